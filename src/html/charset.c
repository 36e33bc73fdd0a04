#include "html/charset.h"

#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "html/charset_table.h"

#include <string.h>

enum { LABEL_MAX = 32 }; /* longer than any */

enum stet_charset stet_charset_of_label(struct stet_span label)
{
    char text[LABEL_MAX];
    size_t lo = 0, hi = stet_n_charset_labels;

    label = stet_span_trim(label);
    if (label.len == 0 || label.len >= sizeof(text))
        return STET_CHARSET_NONE;
    for (size_t i = 0; i < label.len; i++)
        text[i] = stet_to_lower(label.ptr[i]);
    text[label.len] = '\0';
    if (strlen(text) != label.len)
        return STET_CHARSET_NONE;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int order = strcmp(stet_charset_labels[mid].label, text);

        if (order == 0)
            return stet_charset_labels[mid].charset;
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return STET_CHARSET_NONE;
}

const char *stet_charset_name(enum stet_charset c)
{
    static const char *const names[] = { "",
#define STET_X(id, name) name,
                                         STET_CHARSETS(STET_X)
#undef STET_X
    };

    return c < STET_N_CHARSETS ? names[c] : "";
}

bool stet_charset_keeps_markup(enum stet_charset c)
{
    return c != STET_CHARSET_UTF_16LE && c != STET_CHARSET_UTF_16BE &&
           c != STET_CHARSET_ISO_2022_JP && c != STET_CHARSET_REPLACEMENT;
}

enum stet_charset stet_charset_of_bom(struct stet_span head, size_t *len)
{
    *len = 0;
    if (head.len >= 3 && memcmp(head.ptr, "\xEF\xBB\xBF", 3) == 0) {
        *len = 3;
        return STET_CHARSET_UTF_8;
    }
    if (head.len >= 2 && memcmp(head.ptr, "\xFE\xFF", 2) == 0) {
        *len = 2;
        return STET_CHARSET_UTF_16BE;
    }
    if (head.len >= 2 && memcmp(head.ptr, "\xFF\xFE", 2) == 0) {
        *len = 2;
        return STET_CHARSET_UTF_16LE;
    }
    return STET_CHARSET_NONE;
}

/* Well-formed UTF-8 with something beyond ASCII in it; the end may cut a
 * sequence. */
static bool looks_like_utf8(struct stet_span s)
{
    size_t tail = stet_charset_open_tail(STET_CHARSET_UTF_8, s);
    bool high = false;

    s.len -= tail;
    for (size_t i = 0; i < s.len && !high; i++)
        high = (unsigned char)s.ptr[i] >= 0x80;
    return high && stet_utf8_is_valid(s);
}

int stet_charset_detect(struct stet_charset_guess *out, struct stet_span head,
                        struct stet_span http_charset)
{
    int rc;

    *out = (struct stet_charset_guess){ 0 };
    out->charset = stet_charset_of_bom(head, &out->bom_len);
    out->source = STET_CHARSET_FROM_BOM;
    if (out->charset)
        return STET_OK;
    out->charset = stet_charset_of_label(http_charset);
    out->source = STET_CHARSET_FROM_HTTP;
    if (out->charset)
        return STET_OK;
    out->charset = stet_charset_prescan(head, &out->source);
    if (out->charset)
        return STET_OK;
    rc = stet_charset_late_meta(&out->charset, head);
    out->source = STET_CHARSET_FROM_META;
    if (out->charset)
        return rc;
    if (looks_like_utf8(head)) {
        out->charset = STET_CHARSET_UTF_8;
        out->source = STET_CHARSET_FROM_BYTES;
        return rc;
    }
    out->charset = STET_CHARSET_WINDOWS_1252;
    out->source = STET_CHARSET_FROM_DEFAULT;
    return rc;
}
