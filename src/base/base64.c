#include "base/base64.h"

#include "stet/error.h"

static int value_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

int stet_base64_decode(char *out, size_t *n, struct stet_span s)
{
    uint32_t bits = 0;
    unsigned have = 0;

    *n = 0;
    for (int pads = 0; pads < 2 && s.len > 0 && s.ptr[s.len - 1] == '='; pads++)
        s.len--;
    if (s.len % 4 == 1)
        return STET_EFORMAT;
    for (size_t i = 0; i < s.len; i++) {
        int v = value_of(s.ptr[i]);
        if (v < 0)
            return STET_EFORMAT;
        bits = bits << 6 | (uint32_t)v;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[(*n)++] = (char)(bits >> have & 0xFF);
        }
    }
    return STET_OK;
}

void stet_base64_add(struct stet_buf *b, struct stet_span s)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < s.len; i += 3) {
        size_t n = s.len - i < 3 ? s.len - i : 3;
        uint32_t bits = 0;
        char out[4] = { '=', '=', '=', '=' };

        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < n ? (unsigned char)s.ptr[i + k] : 0U);
        for (size_t k = 0; k <= n; k++)
            out[k] = digits[bits >> (18 - 6 * k) & 63];
        stet_buf_add(b, out, sizeof(out));
    }
}
