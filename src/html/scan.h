#ifndef STET_HTML_SCAN_H
#define STET_HTML_SCAN_H

/*
 * Scanning for the bytes that mean something, 16 at a time where the
 * machine can.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/*
 * The first '&', '\r' or NUL in [p, to), or `to`.  *high is set when a byte
 * before it is above 0x7F.  Bytes up to `limit` (>= to) may be read.
 */
static inline const char *stet_scan_text(const char *p, const char *to,
                                         const char *limit, bool *high)
{
    unsigned any = 0;

#if defined(__SSE2__)
    const __m128i amp = _mm_set1_epi8('&'), cr = _mm_set1_epi8('\r');

    for (; p < to && limit - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i m = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(v, amp), _mm_cmpeq_epi8(v, cr)),
            _mm_cmpeq_epi8(v, _mm_setzero_si128()));
        unsigned stop = (unsigned)_mm_movemask_epi8(m);
        unsigned top = (unsigned)_mm_movemask_epi8(v);

        if (to - p < 16)
            stop |= 1U << (to - p);
        if (stop) {
            unsigned n = (unsigned)__builtin_ctz(stop);

            *high |= any || (top & ((1U << n) - 1)) != 0;
            return p + n;
        }
        any |= top;
    }
#else
    (void)limit;
#endif
    for (; p < to && *p != '&' && *p != '\r' && *p != '\0'; p++)
        any |= (unsigned char)*p & 0x80U;
    *high |= any != 0;
    return p;
}

/* The first `quote`, '&', '\r', NUL or byte above 0x7F in [p, end), or end. */
static inline const char *stet_scan_value(const char *p, const char *end,
                                          char quote)
{
#if defined(__SSE2__)
    const __m128i amp = _mm_set1_epi8('&'), cr = _mm_set1_epi8('\r');
    const __m128i q = _mm_set1_epi8(quote);

    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i m = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(v, amp), _mm_cmpeq_epi8(v, cr)),
            _mm_or_si128(_mm_cmpeq_epi8(v, _mm_setzero_si128()),
                         _mm_cmpeq_epi8(v, q)));
        unsigned stop = (unsigned)_mm_movemask_epi8(_mm_or_si128(m, v));

        if (stop)
            return p + __builtin_ctz(stop);
    }
#endif
    while (p < end && *p != quote && *p != '&' && *p != '\r' && *p != '\0' &&
           (unsigned char)*p < 0x80)
        p++;
    return p;
}

/* The first `c` in [p, end), or NULL: memchr() for when it is near. */
static inline const char *stet_scan_one(const char *p, const char *end, char c)
{
#if defined(__SSE2__)
    const __m128i vc = _mm_set1_epi8(c);

    for (int i = 0; i < 4 && end - p >= 16; i++, p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned stop = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, vc));

        if (stop)
            return p + __builtin_ctz(stop);
    }
#endif
    return memchr(p, c, (size_t)(end - p));
}

/* The first of two bytes in [p, end), or end. */
static inline const char *stet_scan_two(const char *p, const char *end, char a,
                                        char b)
{
#if defined(__SSE2__)
    const __m128i va = _mm_set1_epi8(a), vb = _mm_set1_epi8(b);

    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned stop = (unsigned)_mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(v, va), _mm_cmpeq_epi8(v, vb)));

        if (stop)
            return p + __builtin_ctz(stop);
    }
#endif
    while (p < end && *p != a && *p != b)
        p++;
    return p;
}

#endif
