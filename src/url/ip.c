#include "base/ascii.h"
#include "base/span.h"
#include "stet/error.h"
#include "url/host.h"

#include <string.h>

/* URL Standard 3.5, the IPv4 number parser; false: not a number.  Numbers
 * above 2^32 are all told as 2^32. */
static bool parse_number(struct stet_span s, uint64_t *out)
{
    const uint64_t most = UINT64_C(1) << 32;
    unsigned radix = 10;
    uint64_t n = 0;

    if (s.len == 0)
        return false;
    if (stet_span_istarts(s, "0x")) {
        radix = 16;
        s = stet_span_sub(s, 2, s.len);
    } else if (s.len > 1 && s.ptr[0] == '0') {
        radix = 8;
        s = stet_span_sub(s, 1, s.len);
    }
    for (size_t i = 0; i < s.len; i++) {
        int digit = stet_hex_value((unsigned char)s.ptr[i]);
        if (digit < 0 || (unsigned)digit >= radix)
            return false;
        n = n * radix + (unsigned)digit;
        if (n > most)
            n = most;
    }
    *out = n;
    return true;
}

/* "Ends in a number": the last label that is not empty at the very end. */
static bool ends_in_number(struct stet_span s)
{
    struct stet_span last;
    uint64_t n;
    bool digits = true;

    if (s.len > 0 && s.ptr[s.len - 1] == '.')
        s.len--;
    last = s;
    for (size_t i = s.len; i > 0; i--) {
        if (s.ptr[i - 1] == '.') {
            last = stet_span_sub(s, i, s.len);
            break;
        }
    }
    for (size_t i = 0; i < last.len; i++)
        digits = digits && stet_is_digit((unsigned char)last.ptr[i]);
    if (last.len == 0)
        return false;
    return digits || (stet_span_istarts(last, "0x") && parse_number(last, &n));
}

int stet_ipv4_parse(struct stet_span s, uint32_t *out)
{
    uint64_t parts[4], address = 0;
    size_t n = 0;

    if (!ends_in_number(s))
        return STET_END;
    if (s.ptr[s.len - 1] == '.')
        s.len--;
    while (s.ptr) {
        if (n == 4 || !parse_number(stet_span_cut(&s, '.'), &parts[n++]))
            return STET_EFORMAT;
    }
    for (size_t i = 0; i + 1 < n; i++) {
        if (parts[i] > 255)
            return STET_EFORMAT;
        address |= parts[i] << (8 * (3 - i));
    }
    if (parts[n - 1] >= UINT64_C(1) << (8 * (5 - n)))
        return STET_EFORMAT;
    *out = (uint32_t)(address | parts[n - 1]);
    return STET_OK;
}

void stet_ipv4_print(struct stet_buf *out, uint32_t a)
{
    stet_buf_addf(out, "%u.%u.%u.%u", (unsigned)(a >> 24),
                  (unsigned)(a >> 16 & 255), (unsigned)(a >> 8 & 255),
                  (unsigned)(a & 255));
}

/* The dotted end of an IPv6 address: exactly four decimal numbers. */
static bool parse_dotted(struct stet_span s, uint16_t out[2])
{
    unsigned bytes[4];
    size_t n = 0;

    while (s.ptr) {
        struct stet_span part = stet_span_cut(&s, '.');
        uint64_t v;
        if (n == 4 || part.len > 3 || !stet_span_to_u64(part, &v) || v > 255 ||
            (part.len > 1 && part.ptr[0] == '0'))
            return false;
        bytes[n++] = (unsigned)v;
    }
    if (n != 4)
        return false;
    out[0] = (uint16_t)(bytes[0] << 8 | bytes[1]);
    out[1] = (uint16_t)(bytes[2] << 8 | bytes[3]);
    return true;
}

/* Up to four hex digits from the front of *s; how many there were. */
static size_t take_piece(struct stet_span *s, uint16_t *out)
{
    unsigned v = 0;
    size_t n = 0;

    while (n < 4 && n < s->len) {
        int digit = stet_hex_value((unsigned char)s->ptr[n]);
        if (digit < 0)
            break;
        v = v * 16 + (unsigned)digit;
        n++;
    }
    *out = (uint16_t)v;
    *s = stet_span_sub(*s, n, s->len);
    return n;
}

/* What stands after the pieces of one "::"; -1: there was none. */
static int fill_gap(uint16_t out[8], size_t n, int gap)
{
    size_t tail;

    if (gap < 0)
        return n == 8 ? STET_OK : STET_EFORMAT;
    if (n == 8)
        return STET_EFORMAT;
    tail = n - (size_t)gap;
    memmove(out + 8 - tail, out + gap, tail * sizeof(*out));
    memset(out + gap, 0, (8 - n) * sizeof(*out));
    return STET_OK;
}

int stet_ipv6_parse(struct stet_span s, uint16_t out[8])
{
    size_t n = 0;
    int gap = -1;

    if (s.len >= 2 && s.ptr[0] == ':' && s.ptr[1] == ':') {
        gap = 0;
        s = stet_span_sub(s, 2, s.len);
    }
    while (s.len > 0) {
        struct stet_span piece = s;
        if (n == 8)
            return STET_EFORMAT;
        if (s.ptr[0] == ':') {
            if (gap >= 0 || n == 0)
                return STET_EFORMAT;
            gap = (int)n;
            s = stet_span_sub(s, 1, s.len);
            continue;
        }
        if (take_piece(&s, &out[n]) == 0)
            return STET_EFORMAT;
        if (s.len > 0 && s.ptr[0] == '.') {
            if (n > 6 || !parse_dotted(piece, out + n))
                return STET_EFORMAT;
            n += 2;
            break;
        }
        n++;
        if (s.len == 0)
            break;
        if (s.ptr[0] != ':' || s.len == 1)
            return STET_EFORMAT;
        s = stet_span_sub(s, 1, s.len);
    }
    return fill_gap(out, n, gap);
}

/* The first longest run of two or more zero pieces; *len is 0: none. */
static size_t longest_zeros(const uint16_t pieces[8], size_t *len)
{
    size_t best = 8, start = 0;

    *len = 1;
    for (size_t i = 0; i <= 8; i++) {
        if (i < 8 && pieces[i] == 0)
            continue;
        if (i - start > *len) {
            best = start;
            *len = i - start;
        }
        start = i + 1;
    }
    if (best == 8)
        *len = 0;
    return best;
}

void stet_ipv6_print(struct stet_buf *out, const uint16_t pieces[8])
{
    size_t zeros;
    size_t at = longest_zeros(pieces, &zeros);

    for (size_t i = 0; i < 8; i++) {
        if (i == at) {
            stet_buf_adds(out, i == 0 ? "::" : ":");
            i += zeros - 1;
            continue;
        }
        stet_buf_addf(out, "%x", pieces[i]);
        if (i < 7)
            stet_buf_addc(out, ':');
    }
}
