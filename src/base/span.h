#ifndef STET_BASE_SPAN_H
#define STET_BASE_SPAN_H

#include <string.h>

#include "stet/base.h"

/*
 * Comparisons with constants are inline: then their length is known where
 * they are compiled, and most are over when the lengths differ.
 */

/* From a NUL-terminated string; NULL gives an empty span. */
static inline struct stet_span stet_span_of(const char *s)
{
    return (struct stet_span){ s, s ? strlen(s) : 0 };
}

static inline bool stet_span_eq(struct stet_span a, struct stet_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool stet_span_eqs(struct stet_span a, const char *s)
{
    return stet_span_eq(a, stet_span_of(s));
}

/* The order of their bytes, as memcmp has it; a beginning comes first. */
static inline int stet_span_compare(struct stet_span a, struct stet_span b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n > 0 ? memcmp(a.ptr, b.ptr, n) : 0;

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* ASCII only, in any case; the locale has no say. */
bool stet_span_ieq(struct stet_span a, struct stet_span b);

static inline bool stet_span_ieqs(struct stet_span a, const char *s)
{
    size_t n = s ? strlen(s) : 0;

    return a.len == n && stet_span_ieq(a, (struct stet_span){ s, n });
}

static inline bool stet_span_istarts(struct stet_span s, const char *prefix)
{
    size_t n;

    /* Most are over before their length is asked for. */
    if (prefix[0] == '\0')
        return true;
    if (s.len == 0 || (s.ptr[0] | 0x20) != (prefix[0] | 0x20))
        return false;
    n = strlen(prefix);
    return s.len >= n && stet_span_ieq((struct stet_span){ s.ptr, n },
                                       (struct stet_span){ prefix, n });
}

bool stet_span_ends(struct stet_span s, struct stet_span suffix); /* not "" */

/* The part from `from` on, of at most `len` bytes; never past the end. */
static inline struct stet_span stet_span_sub(struct stet_span s, size_t from,
                                             size_t len)
{
    if (from > s.len)
        from = s.len;
    if (len > s.len - from)
        len = s.len - from;
    /* NULL stays as it is: there is nothing to pass over. */
    if (from > 0)
        s.ptr += from;
    s.len = len;
    return s;
}

/* Where `what` (not "") first stands; s.len when it does not. */
size_t stet_span_find(struct stet_span s, struct stet_span what);
size_t stet_span_ifind(struct stet_span s, struct stet_span what);

/* A NUL-terminated copy on the heap, or NULL: no memory. */
char *stet_span_dup(struct stet_span s);

bool stet_span_starts(struct stet_span s, struct stet_span prefix); /* not "" */

/* Without the spaces, tabs, form feeds and line ends on both sides. */
struct stet_span stet_span_trim(struct stet_span s);

/*
 * Cuts *rest at the first `sep`: the part before it is returned and *rest
 * becomes the part after it.  With no `sep` left the whole is returned and
 * rest->ptr becomes NULL, so that
 *
 *     while (rest.ptr) { line = stet_span_cut(&rest, '\n'); ... }
 *
 * visits every line once, the last one without a '\n' too.
 */
struct stet_span stet_span_cut(struct stet_span *rest, char sep);

/* Decimal digits and nothing else, no overflow; false if it is not so. */
STET_NODISCARD bool stet_span_to_u64(struct stet_span s, uint64_t *out);

#endif
