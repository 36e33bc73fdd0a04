#include "plan/regex_code.h"

#include "base/ascii.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <string.h>

/*
 * The compiler writes code while it reads: what it has read last is the end
 * of the code, and an operator behind it puts steps before or after that.
 */
struct parser {
    struct stet_regex *r;
    struct stet_span p;
    size_t at;
    int depth;
    struct stet_error *err;
};

static int alternatives(struct parser *p);

static int room_for(struct parser *p, size_t n)
{
    /* One is left for the MATCH. */
    if (p->r->len + n >= STET_MAX_REGEX_CODE)
        return stet_fail(p->err, STET_ELIMIT,
                         "the expression is too large (byte %zu)", p->at);
    return STET_OK;
}

static int put(struct parser *p, enum stet_regex_op op, int arg)
{
    int rc = room_for(p, 1);

    if (rc == STET_OK)
        p->r->code[p->r->len++] = (struct stet_regex_step){ op, arg };
    return rc;
}

/* Puts a step before the block that begins at `from`. */
static int put_before(struct parser *p, size_t from, enum stet_regex_op op,
                      int arg)
{
    struct stet_regex_step *at = p->r->code + from;
    int rc = room_for(p, 1);

    if (rc < 0)
        return rc;
    memmove(at + 1, at, (p->r->len - from) * sizeof(*at));
    *at = (struct stet_regex_step){ op, arg };
    p->r->len++;
    return STET_OK;
}

static int put_class(struct parser *p, const struct stet_regex_class *c)
{
    struct stet_regex *r = p->r;

    if (stet_grow_array(&r->classes, &r->cap_classes, r->n_classes + 1,
                        sizeof(*r->classes)) < 0)
        return stet_fail(p->err, STET_ENOMEM, "no memory for an expression");
    r->classes[r->n_classes] = *c;
    return put(p, STET_REGEX_CLASS, (int)r->n_classes++);
}

static int put_byte(struct parser *p, char c)
{
    struct stet_regex_class set = { { 0 } };

    stet_regex_put(&set, (unsigned char)c);
    return put_class(p, &set);
}

static int escape(struct parser *p)
{
    struct stet_regex_class set;
    char c;

    if (p->at >= p->p.len)
        return stet_fail(p->err, STET_EFORMAT, "a '\\' at the end");
    c = p->p.ptr[p->at++];
    if (stet_regex_escape(&set, c))
        return put_class(p, &set);
    if (stet_is_digit((unsigned char)c))
        return stet_fail(p->err, STET_EFORMAT,
                         "back-references are not supported (byte %zu)",
                         p->at - 1);
    if (stet_is_alpha((unsigned char)c))
        return stet_fail(p->err, STET_EFORMAT, "\\%c means nothing (byte %zu)",
                         c, p->at - 1);
    return put_byte(p, c);
}

static int group(struct parser *p)
{
    int rc;

    if (++p->depth > STET_MAX_REGEX_DEPTH)
        return stet_fail(p->err, STET_ELIMIT, "groups are nested too deeply");
    if (stet_span_starts(stet_span_sub(p->p, p->at, 2), STET_SPAN("?:")))
        p->at += 2;
    rc = alternatives(p);
    if (rc < 0)
        return rc;
    if (p->at >= p->p.len)
        return stet_fail(p->err, STET_EFORMAT, "a '(' without its ')'");
    p->at++;
    p->depth--;
    return STET_OK;
}

static int atom(struct parser *p)
{
    struct stet_regex_class set = { { ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0),
                                      ~UINT64_C(0) } };
    char c = p->p.ptr[p->at++];
    int rc;

    switch (c) {
    case '(':
        return group(p);
    case '.':
        return put_class(p, &set);
    case '^':
        return put(p, STET_REGEX_BEGIN, 0);
    case '$':
        return put(p, STET_REGEX_END, 0);
    case '\\':
        return escape(p);
    case '[':
        rc = stet_regex_bracket(&set, p->p, &p->at, p->err);
        return rc < 0 ? rc : put_class(p, &set);
    case '*':
    case '+':
    case '?':
        return stet_fail(p->err, STET_EFORMAT,
                         "nothing to repeat at byte %zu (\\%c is the "
                         "character itself)",
                         p->at - 1, c);
    default:
        return put_byte(p, c);
    }
}

/* The block from `from` on, none or more times. */
static int star(struct parser *p, size_t from)
{
    int n = (int)(p->r->len - from);
    int rc = put_before(p, from, STET_REGEX_SPLIT, n + 2);

    return rc < 0 ? rc : put(p, STET_REGEX_JUMP, -(n + 1));
}

static int maybe(struct parser *p, size_t from)
{
    return put_before(p, from, STET_REGEX_SPLIT, (int)(p->r->len - from) + 1);
}

/* Another copy of the block of n steps that begins at `from`. */
static int copy(struct parser *p, size_t from, size_t n)
{
    int rc = room_for(p, n);

    if (rc < 0)
        return rc;
    memcpy(p->r->code + p->r->len, p->r->code + from,
           n * sizeof(p->r->code[0]));
    p->r->len += n;
    return STET_OK;
}

/* x{2,4} is xx(x(x)?)?, and x{2,} is xxx*; max < 0: no end. */
static int repeat(struct parser *p, size_t from, int min, int max)
{
    size_t n = p->r->len - from, starts[STET_MAX_REGEX_REPEAT];
    int rc = STET_OK, extra = max < 0 ? 1 : max - min;

    for (int i = 1; rc == STET_OK && i < min; i++)
        rc = copy(p, from, n);
    for (int i = 0; rc == STET_OK && i < extra; i++) {
        /* The first of all is there already. */
        starts[i] = min == 0 && i == 0 ? from : p->r->len;
        if (starts[i] != from)
            rc = copy(p, from, n);
    }
    if (max < 0)
        return rc < 0 ? rc : star(p, starts[0]);
    while (rc == STET_OK && extra-- > 0)
        rc = maybe(p, starts[extra]);
    if (max == 0)
        p->r->len = from;
    return rc;
}

static bool number(struct parser *p, int *out)
{
    size_t begin = p->at;

    *out = 0;
    while (p->at < p->p.len && stet_is_digit((unsigned char)p->p.ptr[p->at])) {
        if (*out <= STET_MAX_REGEX_REPEAT)
            *out = *out * 10 + (p->p.ptr[p->at] - '0');
        p->at++;
    }
    return p->at > begin;
}

/* {3}, {3,} or {3,5}, from after its '{'. */
static int braces(struct parser *p, size_t from)
{
    int min = 0, max;
    bool ok = number(p, &min);

    max = min;
    if (ok && p->at < p->p.len && p->p.ptr[p->at] == ',') {
        p->at++;
        if (!number(p, &max))
            max = -1;
    }
    ok = ok && p->at < p->p.len && p->p.ptr[p->at] == '}' &&
         (max < 0 || min <= max) && min <= STET_MAX_REGEX_REPEAT &&
         max <= STET_MAX_REGEX_REPEAT;
    if (!ok)
        return stet_fail(p->err, STET_EFORMAT,
                         "not a number of times, of at most %d (byte %zu)",
                         STET_MAX_REGEX_REPEAT, p->at);
    p->at++;
    return repeat(p, from, min, max);
}

static bool is_braces(const struct parser *p)
{
    return p->p.ptr[p->at] == '{' && p->at + 1 < p->p.len &&
           stet_is_digit((unsigned char)p->p.ptr[p->at + 1]);
}

/* An atom and what stands behind it. */
static int piece(struct parser *p)
{
    size_t from = p->r->len;
    int rc = atom(p);

    while (rc == STET_OK && p->at < p->p.len) {
        char c = p->p.ptr[p->at];

        if (c != '*' && c != '+' && c != '?' && !is_braces(p))
            break;
        p->at++;
        rc = c == '*'   ? star(p, from)
             : c == '?' ? maybe(p, from)
             : c == '+' ? repeat(p, from, 1, -1)
                        : braces(p, from);
    }
    return rc;
}

static int branch(struct parser *p)
{
    int rc = STET_OK;

    while (rc == STET_OK && p->at < p->p.len && p->p.ptr[p->at] != '|' &&
           p->p.ptr[p->at] != ')')
        rc = piece(p);
    return rc;
}

/* a|b: split to both; a jumps over b. */
static int alternatives(struct parser *p)
{
    size_t from = p->r->len;
    int rc = branch(p);

    while (rc == STET_OK && p->at < p->p.len && p->p.ptr[p->at] == '|') {
        size_t jump;

        p->at++;
        rc = put_before(p, from, STET_REGEX_SPLIT, (int)(p->r->len - from) + 2);
        jump = p->r->len;
        if (rc == STET_OK)
            rc = put(p, STET_REGEX_JUMP, 0);
        if (rc == STET_OK)
            rc = branch(p);
        if (rc == STET_OK)
            p->r->code[jump].arg = (int)(p->r->len - jump);
    }
    return rc;
}

int stet_regex_compile(struct stet_regex **out, struct stet_span pattern,
                       struct stet_error *err)
{
    struct stet_regex *r;
    struct parser p = { .p = pattern, .err = err };
    int rc;

    *out = NULL;
    if (pattern.len > STET_MAX_REGEX)
        return stet_fail(err, STET_ELIMIT,
                         "the expression is longer than %d bytes",
                         STET_MAX_REGEX);
    p.r = r = stet_alloc(sizeof(*r));
    if (!r || !(r->source = stet_span_dup(pattern))) {
        stet_regex_free(r);
        return stet_fail(err, STET_ENOMEM, "no memory for an expression");
    }
    r->source_len = pattern.len;
    rc = alternatives(&p);
    if (rc == STET_OK && p.at < pattern.len)
        rc = stet_fail(err, STET_EFORMAT, "a ')' without its '(' (byte %zu)",
                       p.at);
    if (rc < 0) {
        stet_regex_free(r);
        return rc;
    }
    r->code[r->len++] = (struct stet_regex_step){ STET_REGEX_MATCH, 0 };
    stet_regex_find_first(r);
    *out = r;
    return STET_OK;
}

void stet_regex_free(struct stet_regex *r)
{
    if (!r)
        return;
    stet_free(r->classes);
    stet_free(r->source);
    stet_free(r);
}

struct stet_span stet_regex_source(const struct stet_regex *r)
{
    return (struct stet_span){ r->source, r->source_len };
}
