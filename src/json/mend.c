#include "json/mend.h"

#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"

/* The value of the \uXXXX at the front of s, or -1. */
static long escape_of(struct stet_span s)
{
    long n = 0;

    if (s.len < 6 || s.ptr[0] != '\\' || s.ptr[1] != 'u')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        int digit = stet_hex_value((unsigned char)s.ptr[i]);
        if (digit < 0)
            return -1;
        n = n * 16 + digit;
    }
    return n;
}

static bool is_high(long n)
{
    return n >= 0xD800 && n <= 0xDBFF;
}

static bool is_low(long n)
{
    return n >= 0xDC00 && n <= 0xDFFF;
}

/* An escape at the front of s; how many bytes of s it took. */
static size_t mend_escape(struct stet_buf *out, struct stet_span s)
{
    long n = escape_of(s);

    if (n < 0) {
        stet_buf_add(out, s.ptr, s.len < 2 ? s.len : 2);
        return s.len < 2 ? s.len : 2;
    }
    if (is_high(n) && is_low(escape_of(stet_span_sub(s, 6, 6)))) {
        stet_buf_add(out, s.ptr, 12);
        return 12;
    }
    if (is_high(n) || is_low(n))
        stet_buf_adds(out, "\\uFFFD");
    else
        stet_buf_add(out, s.ptr, 6);
    return 6;
}

/* A string whose opening quote has been added; what is left after it. */
static struct stet_span mend_string(struct stet_buf *out, struct stet_span s)
{
    while (s.len > 0) {
        unsigned char c = (unsigned char)s.ptr[0];
        size_t used = 1;

        if (c == '\\') {
            used = mend_escape(out, s);
        } else if (c < 0x20) {
            stet_buf_addf(out, "\\u%04x", c);
        } else if (c < 0x80) {
            stet_buf_addc(out, (char)c);
        } else {
            stet_utf8_add(out, stet_utf8_next(&s));
            continue;
        }
        s = stet_span_sub(s, used, s.len);
        if (c == '"')
            break;
    }
    return s;
}

static bool closes_next(struct stet_span s)
{
    size_t i = 0;

    while (i < s.len && stet_is_space((unsigned char)s.ptr[i]))
        i++;
    return i < s.len && (s.ptr[i] == ']' || s.ptr[i] == '}');
}

void stet_json_mend(struct stet_buf *out, struct stet_span text)
{
    static const struct stet_span bom = STET_SPAN_INIT("\xEF\xBB\xBF");

    if (stet_span_starts(text, bom))
        text = stet_span_sub(text, bom.len, text.len);
    while (text.len > 0) {
        char c = text.ptr[0];
        text = stet_span_sub(text, 1, text.len);
        if (c == ',' && closes_next(text))
            continue;
        stet_buf_addc(out, c);
        if (c == '"')
            text = mend_string(out, text);
    }
}
