#include "base/utf8.h"

#include <string.h>

/* How many bytes follow, and the range the first of them must lie in. */
static int shape(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 1;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (lead == 0xE0)
            *low = 0xA0;
        if (lead == 0xED)
            *high = 0x9F;
        return 2;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (lead == 0xF0)
            *low = 0x90;
        if (lead == 0xF4)
            *high = 0x8F;
        return 3;
    }
    return -1;
}

/* As stet_utf8_next(), but says whether the bytes were well-formed. */
static bool take(struct stet_span *rest, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)rest->ptr;
    unsigned char low, high;
    size_t used = 1;
    int more;

    if (p[0] < 0x80) {
        *cp = p[0];
        rest->ptr++;
        rest->len--;
        return true;
    }
    more = shape(p[0], &low, &high);
    *cp = more > 0 ? p[0] & (0x3FU >> more) : 0;
    for (int i = 0; i < more; i++, used++) {
        if (used >= rest->len || p[used] < low || p[used] > high) {
            more = -1;
            break;
        }
        *cp = *cp << 6 | (p[used] & 0x3FU);
        low = 0x80;
        high = 0xBF;
    }
    rest->ptr += used;
    rest->len -= used;
    return more > 0;
}

uint32_t stet_utf8_next(struct stet_span *rest)
{
    uint32_t cp;

    return take(rest, &cp) ? cp : STET_UTF8_REPLACEMENT;
}

/* The length of the well-formed sequence at p, or 0. */
static size_t sequence(const unsigned char *p, const unsigned char *end)
{
    size_t n = (size_t)(end - p);

    if (p[0] < 0x80)
        return 1;
    if (n < 2 || (p[1] & 0xC0) != 0x80)
        return 0;
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        return 2;
    if (n < 3 || (p[2] & 0xC0) != 0x80)
        return 0;
    if ((p[0] & 0xF0) == 0xE0)
        return (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F)
                   ? 0
                   : 3;
    if (n < 4 || (p[3] & 0xC0) != 0x80 || p[0] < 0xF0 || p[0] > 0xF4)
        return 0;
    return (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F) ? 0
                                                                          : 4;
}

/* ASCII, eight bytes at a time, and a look at each sequence in it. */
bool stet_utf8_is_valid(struct stet_span s)
{
    const unsigned char *p = (const unsigned char *)s.ptr, *end;
    uint64_t eight;

    if (s.len == 0)
        return true; /* of bytes that may be nowhere */
    end = p + s.len;
    while (p < end) {
        size_t n;

        while (end - p >= 8) {
            memcpy(&eight, p, sizeof(eight));
            if (eight & UINT64_C(0x8080808080808080))
                break;
            p += 8;
        }
        if (p == end)
            break;
        n = sequence(p, end);
        if (n == 0)
            return false;
        p += n;
    }
    return true;
}

size_t stet_utf8_encode(char out[4], uint32_t cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

void stet_utf8_add(struct stet_buf *b, uint32_t cp)
{
    char out[4];

    stet_buf_add(b, out, stet_utf8_encode(out, cp));
}

void stet_utf8_add_clean(struct stet_buf *b, struct stet_span s)
{
    while (s.len > 0) {
        struct stet_span from = s;
        uint32_t cp;

        while (s.len > 0 && (unsigned char)s.ptr[0] < 0x80) {
            s.ptr++;
            s.len--;
        }
        stet_buf_add(b, from.ptr, (size_t)(s.ptr - from.ptr));
        if (s.len == 0)
            break;
        from = s;
        if (take(&s, &cp))
            stet_buf_add(b, from.ptr, (size_t)(s.ptr - from.ptr));
        else
            stet_utf8_add(b, STET_UTF8_REPLACEMENT);
    }
}
