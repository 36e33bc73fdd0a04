#include "url/percent.h"

#include "base/ascii.h"
#include "base/utf8.h"

#include <string.h>

enum {
    F = STET_PERCENT_FRAGMENT,
    Q = STET_PERCENT_QUERY,
    S = STET_PERCENT_SPECIAL_QUERY,
    P = STET_PERCENT_PATH,
    U = STET_PERCENT_USERINFO,
};

/* Printable ASCII that some set encodes; the rest is in every set or none. */
static const unsigned char in_sets[128] = {
    [' '] = F | Q | S | P | U,
    ['"'] = F | Q | S | P | U,
    ['<'] = F | Q | S | P | U,
    ['>'] = F | Q | S | P | U,
    ['#'] = Q | S | P | U,
    ['\''] = S,
    ['`'] = F | P | U,
    ['?'] = P | U,
    ['^'] = P | U,
    ['{'] = P | U,
    ['}'] = P | U,
    ['/'] = U,
    [':'] = U,
    [';'] = U,
    ['='] = U,
    ['@'] = U,
    ['['] = U,
    ['\\'] = U,
    [']'] = U,
    ['|'] = U,
};

static bool must_encode(unsigned char c, enum stet_percent_set set)
{
    return c < 0x20 || c >= 0x7F || (in_sets[c] & set);
}

void stet_percent_add(struct stet_buf *out, unsigned char c)
{
    static const char hex[] = "0123456789ABCDEF";
    char triple[3] = { '%', hex[c >> 4], hex[c & 15] };

    stet_buf_add(out, triple, sizeof(triple));
}

static void encode_code_point(struct stet_buf *out, struct stet_span *rest)
{
    char bytes[4];
    size_t n = stet_utf8_encode(bytes, stet_utf8_next(rest));

    for (size_t i = 0; i < n; i++)
        stet_percent_add(out, (unsigned char)bytes[i]);
}

void stet_percent_encode(struct stet_buf *out, struct stet_span s,
                         enum stet_percent_set set)
{
    while (s.len > 0) {
        size_t run = 0;
        while (run < s.len && !must_encode((unsigned char)s.ptr[run], set))
            run++;
        stet_buf_add(out, s.ptr, run);
        s.ptr += run;
        s.len -= run;
        if (s.len > 0)
            encode_code_point(out, &s);
    }
}

int stet_percent_byte(struct stet_span s)
{
    int high, low;

    if (s.len < 3 || s.ptr[0] != '%')
        return -1;
    high = stet_hex_value((unsigned char)s.ptr[1]);
    low = stet_hex_value((unsigned char)s.ptr[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void stet_percent_decode(struct stet_buf *out, struct stet_span s)
{
    while (s.len > 0) {
        const char *p = memchr(s.ptr, '%', s.len);
        size_t run = p ? (size_t)(p - s.ptr) : s.len;
        int byte;

        stet_buf_add(out, s.ptr, run);
        s.ptr += run;
        s.len -= run;
        if (s.len == 0)
            break;
        byte = stet_percent_byte(s);
        run = byte < 0 ? 1 : 3;
        stet_buf_addc(out, byte < 0 ? '%' : (char)byte);
        s.ptr += run;
        s.len -= run;
    }
}
