#include "plan/regex_code.h"

#include "base/fail.h"
#include "base/span.h"

#include <string.h>

/* The classes of POSIX, in its own locale. */
static const struct {
    const char *name;
    const char *ranges; /* pairs of first and last */
} classes[] = {
    { "alpha", "azAZ" },
    { "digit", "09" },
    { "alnum", "azAZ09" },
    { "upper", "AZ" },
    { "lower", "az" },
    { "space", "\t\r  " },
    { "blank", "\t\t  " },
    { "punct", "!/:@[`{~" },
    { "print", " ~" },
    { "graph", "!~" },
    { "cntrl", "\1\x1f\x7f\x7f" },
    { "xdigit", "09afAF" },
};

static void put_range(struct stet_regex_class *c, unsigned char from,
                      unsigned char to)
{
    for (unsigned b = from; b <= to; b++)
        stet_regex_put(c, (unsigned char)b);
}

static void put_ranges(struct stet_regex_class *c, const char *ranges)
{
    for (; *ranges; ranges += 2)
        put_range(c, (unsigned char)ranges[0], (unsigned char)ranges[1]);
}

static void negate(struct stet_regex_class *c)
{
    for (size_t i = 0; i < 4; i++)
        c->bits[i] = ~c->bits[i];
}

bool stet_regex_escape(struct stet_regex_class *out, char c)
{
    *out = (struct stet_regex_class){ { 0 } };
    switch (c | 0x20) {
    case 'd':
        put_ranges(out, "09");
        break;
    case 'w':
        put_ranges(out, "azAZ09__");
        break;
    case 's':
        put_ranges(out, "\t\r  ");
        break;
    default:
        return false;
    }
    if (!(c & 0x20))
        negate(out);
    return true;
}

/* [:name:], from after its "[:". */
static int named(struct stet_regex_class *out, struct stet_span pattern,
                 size_t *at, struct stet_error *err)
{
    struct stet_span rest = stet_span_sub(pattern, *at, pattern.len);
    size_t n = stet_span_find(rest, STET_SPAN(":]"));

    rest.len = n;
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        if (!stet_span_eqs(rest, classes[i].name))
            continue;
        put_ranges(out, classes[i].ranges);
        *at += n + 2;
        return STET_OK;
    }
    return stet_fail(err, STET_EFORMAT, "no such class at byte %zu", *at);
}

/* The byte at *at is one of the set, or begins a range or a class. */
static int element(struct stet_regex_class *out, struct stet_span p, size_t *at,
                   struct stet_error *err)
{
    unsigned char c = (unsigned char)p.ptr[*at], last = c;
    char next = *at + 1 < p.len ? p.ptr[*at + 1] : '\0';

    if (c == '[' && next == ':') {
        *at += 2;
        return named(out, p, at, err);
    }
    if (c == '[' && (next == '.' || next == '='))
        return stet_fail(err, STET_EFORMAT,
                         "collating elements are not supported (byte %zu)",
                         *at);
    if (c == '\\' && ((next | 0x20) >= 'a' && (next | 0x20) <= 'z'))
        return stet_fail(err, STET_EFORMAT,
                         "a backslash in brackets stands for itself: write "
                         "[:digit:] and the like (byte %zu)",
                         *at);
    if (next == '-' && *at + 2 < p.len && p.ptr[*at + 2] != ']') {
        last = (unsigned char)p.ptr[*at + 2];
        *at += 2;
    }
    if (last < c || (last == '[' && last != c))
        return stet_fail(err, STET_EFORMAT, "no range ends at byte %zu", *at);
    put_range(out, c, last);
    *at += 1;
    return STET_OK;
}

int stet_regex_bracket(struct stet_regex_class *out, struct stet_span p,
                       size_t *at, struct stet_error *err)
{
    bool inverse = *at < p.len && p.ptr[*at] == '^';
    size_t first;
    int rc = STET_OK;

    *out = (struct stet_regex_class){ { 0 } };
    *at += inverse;
    first = *at;
    while (*at < p.len && (p.ptr[*at] != ']' || *at == first)) {
        rc = element(out, p, at, err);
        if (rc < 0)
            return rc;
    }
    if (*at >= p.len)
        return stet_fail(err, STET_EFORMAT, "a '[' without its ']'");
    *at += 1;
    if (inverse)
        negate(out);
    return STET_OK;
}
