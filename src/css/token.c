#include "css/token.h"

#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"

enum {
    NAME = 1,  /* may stand in a name */
    START = 2, /* may start one */
    BLANK = 4,
    PLAIN = 8, /* needs no look inside a bare url( ) */
};

#define N  (NAME | PLAIN)
#define S  (NAME | START | PLAIN)
#define P  PLAIN
#define W  BLANK
#define N8 N, N, N, N, N, N, N, N
#define S8 S, S, S, S, S, S, S, S

/* clang-format off */
static const unsigned char classes[256] = {
    [0] = NAME | START | PLAIN,
    ['\t'] = W, ['\n'] = W, ['\f'] = W, ['\r'] = W, [' '] = W,
    ['!'] = P, ['#'] = P, ['$'] = P, ['%'] = P, ['&'] = P, ['*'] = P,
    ['+'] = P, [','] = P, ['-'] = N, ['.'] = P, ['/'] = P,
    ['0'] = N8, N, N,
    [':'] = P, [';'] = P, ['<'] = P, ['='] = P, ['>'] = P, ['?'] = P,
    ['@'] = P,
    ['A'] = S8, S8, S8, S, S,
    ['['] = P, [']'] = P, ['^'] = P, ['_'] = S, ['`'] = P,
    ['a'] = S8, S8, S8, S, S,
    ['{'] = P, ['|'] = P, ['}'] = P, ['~'] = P,
    [0x80] = S8, S8, S8, S8, S8, S8, S8, S8,
             S8, S8, S8, S8, S8, S8, S8, S8,
};
/* clang-format on */

static unsigned class_of(const char *p)
{
    return classes[(unsigned char)*p];
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r' || c == '\f';
}

void stet_css_lexer_init(struct stet_css_lexer *x, struct stet_span css)
{
    x->at = css.ptr;
    x->end = css.ptr ? css.ptr + css.len : NULL;
}

/* Section 4.3.8; at the end of the input a backslash is an escape inside
 * a name (and stands for U+FFFD), elsewhere never. */
static bool is_escape(const char *p, const char *end)
{
    return p < end && *p == '\\' && (p + 1 == end || !is_newline(p[1]));
}

/* Section 4.3.9. */
static bool starts_name(const char *p, const char *end)
{
    if (p < end && *p == '-') {
        p++;
        if (p < end && *p == '-')
            return true;
    }
    return p < end && ((class_of(p) & START) || is_escape(p, end));
}

/* Section 4.3.10. */
static bool starts_number(const char *p, const char *end)
{
    if (p < end && (*p == '+' || *p == '-'))
        p++;
    if (p < end && *p == '.')
        p++;
    return p < end && stet_is_digit((unsigned char)*p);
}

/* Past an escape whose backslash is at p (section 4.3.7). */
static const char *skip_escape(const char *p, const char *end)
{
    int digits = 0;

    p++;
    if (p == end)
        return p;
    if (stet_hex_value((unsigned char)*p) < 0)
        return p + 1;
    while (p < end && digits < 6 && stet_hex_value((unsigned char)*p) >= 0) {
        p++;
        digits++;
    }
    if (p + 1 < end && p[0] == '\r' && p[1] == '\n')
        return p + 2;
    return p < end && (class_of(p) & BLANK) ? p + 1 : p;
}

/* Section 4.3.12. */
static const char *skip_name(const char *p, const char *end, bool *escaped)
{
    for (;;) {
        while (p < end && (class_of(p) & NAME)) {
            if (!*p)
                *escaped = true;
            p++;
        }
        if (!is_escape(p, end))
            return p;
        *escaped = true;
        p = skip_escape(p, end);
    }
}

static void set_text(struct stet_css_token *t, const char *from, const char *to)
{
    t->text.ptr = from;
    t->text.len = (size_t)(to - from);
}

/* Section 4.3.5, from the opening quote. */
static const char *take_string(const char *p, const char *end,
                               struct stet_css_token *t)
{
    const char *start = p + 1;

    t->kind = STET_CSS_STRING;
    t->mark = *p++;
    while (p < end && *p != t->mark) {
        if (is_newline(*p)) {
            t->kind = STET_CSS_BAD_STRING;
            set_text(t, start, p);
            return p;
        }
        if (*p == '\\' || !*p)
            t->escaped = true;
        if (*p == '\\' && p + 1 < end)
            p += p[1] == '\r' && p + 2 < end && p[2] == '\n' ? 2 : 1;
        p++;
    }
    set_text(t, start, p);
    t->closed = p < end;
    return p < end ? p + 1 : p;
}

/* Section 4.3.14: up to the ')' that ends a url nobody can read. */
static const char *take_bad_url(const char *p, const char *end,
                                const char *start, struct stet_css_token *t)
{
    t->kind = STET_CSS_BAD_URL;
    while (p < end && *p != ')')
        p = is_escape(p, end) ? skip_escape(p, end) : p + 1;
    set_text(t, start, p);
    t->closed = p < end;
    return p < end ? p + 1 : p;
}

/* Section 4.3.6, from the byte after "url(" and white space. */
static const char *take_url(const char *p, const char *end,
                            struct stet_css_token *t)
{
    const char *start = p, *stop;

    t->kind = STET_CSS_URL;
    for (;;) {
        while (p < end && (class_of(p) & PLAIN)) {
            unsigned char c = (unsigned char)*p;

            if (!c)
                t->escaped = true;
            p++;
        }
        if (!is_escape(p, end))
            break;
        t->escaped = true;
        p = skip_escape(p, end);
    }
    stop = p;
    while (p < end && (class_of(p) & BLANK))
        p++;
    if (p < end && *p != ')')
        return take_bad_url(p, end, start, t);
    set_text(t, start, stop);
    t->closed = p < end;
    return p < end ? p + 1 : p;
}

static bool is_url_name(struct stet_span name, bool escaped)
{
    char room[16];
    struct stet_buf b;
    bool is;

    if (!escaped)
        return stet_span_ieqs(name, "url");
    /* Only "url" itself, spelt with at most three full escapes. */
    if (name.len > 3 * 9)
        return false;
    stet_buf_init(&b, sizeof(room));
    stet_css_unescape(&b, name);
    is = !stet_buf_status(&b) && stet_span_ieqs(stet_buf_span(&b), "url");
    stet_buf_clear(&b);
    return is;
}

/* Section 4.3.4: a name, a function, or a bare url. */
static const char *take_ident(const char *p, const char *end,
                              struct stet_css_token *t)
{
    const char *start = p, *q;

    p = skip_name(p, end, &t->escaped);
    set_text(t, start, p);
    t->kind = STET_CSS_IDENT;
    if (p == end || *p != '(')
        return p;
    t->kind = STET_CSS_FUNCTION;
    p++;
    if (!is_url_name(t->text, t->escaped))
        return p;
    for (q = p; q < end && (class_of(q) & BLANK); q++)
        ;
    if (q < end && (*q == '"' || *q == '\''))
        return p;
    t->escaped = false;
    return take_url(q, end, t);
}

/* Sections 4.3.3 and 4.3.13. */
static const char *take_number(const char *p, const char *end,
                               struct stet_css_token *t)
{
    const char *e;

    if (*p == '+' || *p == '-')
        p++;
    while (p < end && stet_is_digit((unsigned char)*p))
        p++;
    if (p + 1 < end && *p == '.' && stet_is_digit((unsigned char)p[1]))
        for (p++; p < end && stet_is_digit((unsigned char)*p);)
            p++;
    if (p < end && (*p | 0x20) == 'e') {
        e = p + 1;
        if (e < end && (*e == '+' || *e == '-'))
            e++;
        if (e < end && stet_is_digit((unsigned char)*e))
            for (p = e; p < end && stet_is_digit((unsigned char)*p);)
                p++;
    }
    t->kind = STET_CSS_NUMBER;
    if (starts_name(p, end)) {
        e = p;
        t->kind = STET_CSS_DIMENSION;
        p = skip_name(p, end, &t->escaped);
        set_text(t, e, p);
    } else if (p < end && *p == '%') {
        t->kind = STET_CSS_PERCENTAGE;
        p++;
    }
    return p;
}

static const char *take_comment(const char *p, const char *end,
                                struct stet_css_token *t)
{
    t->kind = STET_CSS_COMMENT;
    for (p += 2; p < end; p++) {
        p = memchr(p, '*', (size_t)(end - p));
        if (!p)
            return end;
        if (p + 1 < end && p[1] == '/')
            return p + 2;
    }
    return end;
}

static bool looking_at(const char *p, const char *end, const char *what,
                       size_t len)
{
    return (size_t)(end - p) >= len && memcmp(p, what, len) == 0;
}

static const char *take_delim(const char *p, struct stet_css_token *t)
{
    t->kind = STET_CSS_DELIM;
    t->mark = *p;
    set_text(t, p, p + 1);
    return p + 1;
}

/* '@' and '#', and what they become before a name. */
static const char *take_marked(const char *p, const char *end,
                               struct stet_css_token *t)
{
    const char *q = p + 1;
    bool is = *p == '@'
                  ? starts_name(q, end)
                  : q < end && ((class_of(q) & NAME) || is_escape(q, end));

    if (!is)
        return take_delim(p, t);
    t->kind = *p == '@' ? STET_CSS_AT : STET_CSS_HASH;
    p = skip_name(q, end, &t->escaped);
    set_text(t, q, p);
    return p;
}

/* Everything that is told by its first byte and what follows it. */
static const char *take_other(const char *p, const char *end,
                              struct stet_css_token *t)
{
    switch (*p) {
    case '"':
    case '\'':
        return take_string(p, end, t);
    case '@':
    case '#':
        return take_marked(p, end, t);
    case '/':
        if (looking_at(p, end, "/*", 2))
            return take_comment(p, end, t);
        break;
    case '<':
        if (looking_at(p, end, "<!--", 4)) {
            t->kind = STET_CSS_CDO;
            return p + 4;
        }
        break;
    case '-':
        if (looking_at(p, end, "-->", 3)) {
            t->kind = STET_CSS_CDC;
            return p + 3;
        }
        break;
    default:
        break;
    }
    return take_delim(p, t);
}

/* Section 4.3.1. */
void stet_css_next(struct stet_css_lexer *x, struct stet_css_token *t)
{
    const char *p = x->at, *end = x->end;

    *t = (struct stet_css_token){ .kind = STET_CSS_END };
    t->all.ptr = p;
    if (p == end)
        return;
    if (class_of(p) & BLANK) {
        t->kind = STET_CSS_SPACE;
        while (p < end && (class_of(p) & BLANK))
            p++;
    } else if (starts_number(p, end)) {
        p = take_number(p, end, t);
    } else if (starts_name(p, end) && !looking_at(p, end, "-->", 3)) {
        p = take_ident(p, end, t);
    } else {
        p = take_other(p, end, t);
    }
    t->all.len = (size_t)(p - t->all.ptr);
    x->at = p;
}
