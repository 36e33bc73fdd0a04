#include "css/urls.h"

#include "base/ascii.h"
#include "base/span.h"

enum {
    MAX_NESTING = 63, /* parentheses whose kind is remembered */
};

/* What an at-rule makes of the URLs in its prelude. */
enum prelude {
    NO_PRELUDE,
    IMPORT, /* the first one is the sheet */
    NOTHING_LOADED,
};

struct finder {
    stet_css_url_fn fn;
    void *ctx;
    enum prelude prelude;
    unsigned braces;
    unsigned font_brace;   /* depth of the braces of @font-face, or 0 */
    bool font_next;        /* @font-face came, its '{' has not */
    unsigned parens;       /* open ( and functions */
    uint64_t string_urls;  /* bit d: strings at depth d are URLs */
    uint64_t single;       /* bit d: only the first one is */
    const char *statement; /* where the one at hand begins */
};

static bool is_one_of(struct stet_span name, const char *const *names)
{
    for (; *names; names++)
        if (stet_span_ieqs(name, *names))
            return true;
    return false;
}

/* Properties whose url() is no picture. */
static const char *const others[] = {
    "filter",    "-webkit-filter", "backdrop-filter",
    "clip-path", "behavior",       "-moz-binding",
    NULL
};

/* The name of the declaration that t stands in. */
static struct stet_span property_of(const struct finder *f,
                                    const struct stet_css_token *t)
{
    struct stet_span rest = { f->statement,
                              (size_t)(t->all.ptr - f->statement) };

    return stet_span_trim(stet_span_cut(&rest, ':'));
}

static int report(struct finder *f, const struct stet_css_token *t, char form)
{
    struct stet_css_url u = {
        .form = form,
        .text = t->text,
        .escaped = t->escaped,
    };

    if (f->prelude == NOTHING_LOADED)
        return STET_OK;
    if (f->prelude == IMPORT) {
        u.use = STET_CSS_USE_IMPORT;
        f->prelude = NOTHING_LOADED;
    } else if (f->font_brace) {
        u.use = STET_CSS_USE_FONT;
    } else {
        u.use = is_one_of(property_of(f, t), others) ? STET_CSS_USE_OTHER
                                                     : STET_CSS_USE_IMAGE;
    }
    return f->fn(f->ctx, &u);
}

static void on_at(struct finder *f, struct stet_span name)
{
    f->prelude = NO_PRELUDE;
    if (stet_span_ieqs(name, "import"))
        f->prelude = IMPORT;
    else if (stet_span_ieqs(name, "namespace") ||
             stet_span_ieqs(name, "charset"))
        f->prelude = NOTHING_LOADED;
    f->font_next = stet_span_ieqs(name, "font-face");
}

/* A parenthesis after @import is no syntax of CSS, but of many sheets and of
 * those that read them without a tokenizer: @import ("a.css"). */
static void on_function(struct finder *f, struct stet_span name)
{
    static const char *const singles[] = { "url", "src", NULL };
    static const char *const lists[] = { "image", "image-set",
                                         "-webkit-image-set", NULL };

    if (f->parens < MAX_NESTING) {
        uint64_t bit = (uint64_t)1 << (f->parens + 1);
        bool single =
            is_one_of(name, singles) || (f->prelude == IMPORT && !name.len);

        f->string_urls &= ~bit;
        f->single &= ~bit;
        if (single || is_one_of(name, lists))
            f->string_urls |= bit;
        if (single)
            f->single |= bit;
    }
    f->parens++;
}

static int on_string(struct finder *f, const struct stet_css_token *t)
{
    bool is_url = f->parens && f->parens <= MAX_NESTING &&
                  (f->string_urls >> f->parens & 1);

    if (!is_url && (f->parens || f->prelude != IMPORT))
        return STET_OK;
    if (is_url)
        f->string_urls &= ~(f->single & ((uint64_t)1 << f->parens));
    return report(f, t, t->mark);
}

/* Where a statement ends, whatever was left open in it ends too, so that
 * one missing parenthesis does not spoil the sheet. */
static void end_statement(struct finder *f, const struct stet_css_token *t)
{
    f->parens = 0;
    f->prelude = NO_PRELUDE;
    f->statement = t->all.ptr + 1;
}

static void on_delim(struct finder *f, const struct stet_css_token *t)
{
    switch (t->mark) {
    case '(':
        on_function(f, STET_SPAN(""));
        break;
    case ')':
        if (f->parens)
            f->parens--;
        break;
    case '{':
        end_statement(f, t);
        f->braces++;
        if (f->font_next && !f->font_brace)
            f->font_brace = f->braces;
        f->font_next = false;
        break;
    case '}':
        end_statement(f, t);
        if (f->braces == f->font_brace)
            f->font_brace = 0;
        if (f->braces)
            f->braces--;
        break;
    case ';':
        end_statement(f, t);
        f->font_next = false;
        break;
    default:
        break;
    }
}

static int on_token(struct finder *f, const struct stet_css_token *t)
{
    int rc = STET_OK;

    if (t->kind == STET_CSS_AT)
        on_at(f, t->text);
    else if (t->kind == STET_CSS_URL)
        rc = report(f, t, '(');
    else if (t->kind == STET_CSS_STRING)
        rc = on_string(f, t);
    else if (t->kind == STET_CSS_FUNCTION)
        on_function(f, t->escaped ? STET_SPAN("url") : t->text);
    else if (t->kind == STET_CSS_DELIM)
        on_delim(f, t);
    return rc;
}

/* Bytes that a URL may begin with, or something around one begin or end. */
static const unsigned char telling[256] = {
    ['@'] = 1, ['"'] = 1,  ['\''] = 1, ['/'] = 1, ['('] = 1,
    [')'] = 1, ['\\'] = 1, ['{'] = 1,  ['}'] = 1, [';'] = 1,
};

static int tells(const char *p)
{
    return telling[(unsigned char)*p];
}

/* Where the name that ends before p begins; not before `from`. */
static const char *name_start(const char *from, const char *p)
{
    while (p > from) {
        unsigned char c = (unsigned char)p[-1];

        if (c && c < 0x80 && !stet_is_alnum(c) && c != '-' && c != '_')
            break;
        p--;
    }
    return p > from && p[-1] == '#' ? p - 1 : p;
}

/* What ends a statement is most of what a sheet is left with: it is a token
 * of one byte. */
static bool is_mark(char c)
{
    return c == '{' || c == '}' || c == ';' || c == ')';
}

static void take_marks(struct finder *f, struct stet_css_lexer *x)
{
    while (x->at < x->end && is_mark(*x->at)) {
        struct stet_css_token t = { .kind = STET_CSS_DELIM,
                                    .all = { x->at, 1 },
                                    .mark = *x->at };

        on_delim(f, &t);
        x->at++;
    }
}

/*
 * Goes to the next token that matters.  Most of a sheet need not be cut
 * into tokens to find that; a function or an escape is read from where its
 * name begins.
 */
static void skip_dull(struct stet_css_lexer *x)
{
    const char *p = x->at;

    /* Four at a time: this loop reads nearly all of a sheet. */
    while (x->end - p >= 4 &&
           !(tells(p) | tells(p + 1) | tells(p + 2) | tells(p + 3)))
        p += 4;
    while (p < x->end && !tells(p))
        p++;
    if (p < x->end && (*p == '(' || *p == '\\'))
        p = name_start(x->at, p);
    x->at = p;
}

int stet_css_urls(struct stet_span css, stet_css_url_fn fn, void *ctx)
{
    struct finder f = { .fn = fn, .ctx = ctx, .statement = css.ptr };
    struct stet_css_lexer x;
    struct stet_css_token t;
    int rc = STET_OK;

    stet_css_lexer_init(&x, css);
    do {
        skip_dull(&x);
        if (x.at < x.end && is_mark(*x.at)) {
            take_marks(&f, &x);
            t.kind = STET_CSS_DELIM;
            continue;
        }
        stet_css_next(&x, &t);
        rc = on_token(&f, &t);
    } while (!rc && t.kind != STET_CSS_END);
    return rc;
}
