#include "base/ascii.h"
#include "base/utf8.h"
#include "css/token.h"

/* One escape, p at the backslash; returns what follows it. */
static const char *add_escape(struct stet_buf *out, const char *p,
                              const char *end)
{
    uint32_t cp = 0;
    int digits = 0;

    p++;
    if (p == end) {
        stet_utf8_add(out, STET_UTF8_REPLACEMENT);
        return p;
    }
    if (*p == '\n' || *p == '\f')
        return p + 1; /* a line continued, in strings */
    if (*p == '\r')
        return p + 1 < end && p[1] == '\n' ? p + 2 : p + 1;
    if (!*p)
        return p; /* the NUL becomes U+FFFD as any other */
    if (stet_hex_value((unsigned char)*p) < 0) {
        stet_buf_addc(out, *p);
        return p + 1;
    }
    for (; p < end && digits < 6 && stet_hex_value((unsigned char)*p) >= 0;
         p++) {
        cp = cp * 16 + (uint32_t)stet_hex_value((unsigned char)*p);
        digits++;
    }
    if (!cp || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = STET_UTF8_REPLACEMENT;
    stet_utf8_add(out, cp);
    if (p + 1 < end && p[0] == '\r' && p[1] == '\n')
        return p + 2;
    return p < end && stet_is_space((unsigned char)*p) ? p + 1 : p;
}

void stet_css_unescape(struct stet_buf *out, struct stet_span text)
{
    const char *p = text.ptr, *end = text.ptr + text.len, *run = p;

    while (p < end) {
        if (*p && *p != '\\') {
            p++;
            continue;
        }
        stet_buf_add(out, run, (size_t)(p - run));
        if (*p) {
            p = add_escape(out, p, end);
        } else {
            stet_utf8_add(out, STET_UTF8_REPLACEMENT);
            p++;
        }
        run = p;
    }
    stet_buf_add(out, run, (size_t)(p - run));
}

static bool needs_escape(unsigned char c, char form)
{
    if (c < 0x20 || c == 0x7F || c == '\\' || c == (unsigned char)form)
        return true;
    return form == '(' && (c == ')' || c == '"' || c == '\'' || c == ' ');
}

void stet_css_escape(struct stet_buf *out, struct stet_span url, char form)
{
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];

        if (!needs_escape(c, form))
            stet_buf_addc(out, url.ptr[i]);
        else if (c < 0x20 || c == 0x7F)
            stet_buf_addf(out, "\\%x ", c);
        else
            stet_buf_add(out, (char[2]){ '\\', (char)c }, 2);
    }
}
