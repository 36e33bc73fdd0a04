#include "base/span.h"

#include "base/mem.h"

#include <assert.h>
#include <string.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

bool stet_span_ieq(struct stet_span a, struct stet_span b)
{
    if (a.len != b.len)
        return false;
    assert(a.len == 0 || (a.ptr && b.ptr));
    /* Names are mostly written as they are looked for. */
    if (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0)
        return true;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    }
    return true;
}

bool stet_span_ends(struct stet_span s, struct stet_span suffix)
{
    return suffix.len > 0 && s.len >= suffix.len &&
           memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

size_t stet_span_find(struct stet_span s, struct stet_span what)
{
    const char *p = s.ptr;
    const char *end = s.ptr + s.len;

    while (what.len > 0 && (size_t)(end - p) >= what.len) {
        p = memchr(p, what.ptr[0], (size_t)(end - p) - what.len + 1);
        if (!p)
            break;
        if (memcmp(p, what.ptr, what.len) == 0)
            return (size_t)(p - s.ptr);
        p++;
    }
    return s.len;
}

size_t stet_span_ifind(struct stet_span s, struct stet_span what)
{
    for (size_t i = 0; what.len > 0 && i + what.len <= s.len; i++) {
        /* All letters, and little else, differ in this bit alone. */
        if (((s.ptr[i] ^ what.ptr[0]) & ~0x20) == 0 &&
            stet_span_ieq(stet_span_sub(s, i, what.len), what))
            return i;
    }
    return s.len;
}

char *stet_span_dup(struct stet_span s)
{
    char *p = stet_alloc(s.len + 1);

    if (p && s.len > 0)
        memcpy(p, s.ptr, s.len);
    return p;
}

bool stet_span_starts(struct stet_span s, struct stet_span prefix)
{
    return s.len >= prefix.len && prefix.len > 0 &&
           memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

struct stet_span stet_span_trim(struct stet_span s)
{
    while (s.len > 0 && is_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

struct stet_span stet_span_cut(struct stet_span *rest, char sep)
{
    struct stet_span head = *rest;
    const char *p = rest->len > 0 ? memchr(rest->ptr, sep, rest->len) : NULL;

    if (!p) {
        *rest = (struct stet_span){ 0 };
        return head;
    }
    head.len = (size_t)(p - head.ptr);
    rest->ptr = p + 1;
    rest->len -= head.len + 1;
    return head;
}

bool stet_span_to_u64(struct stet_span s, uint64_t *out)
{
    uint64_t n = 0;

    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned digit = (unsigned)(s.ptr[i] - '0');
        if (digit > 9 || n > (UINT64_MAX - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *out = n;
    return true;
}
