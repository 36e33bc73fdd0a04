#include <string.h>

#include "base/span.h"
#include "base/utf8.h"
#include "html/charref.h"
#include "links/out.h"

/*
 * In a document that is not UTF-8 the query of a URL is sent in the
 * document's encoding (URL Standard, "percent-encode after encoding").  The
 * source has those very bytes, so that no encoder is needed; only a reference
 * to a character beyond ASCII is taken as UTF-8.
 */

static bool is_foreign(const struct stet_links_out *out)
{
    return out->charset && out->charset != STET_CHARSET_UTF_8 &&
           stet_charset_keeps_markup(out->charset);
}

static bool is_ascii(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

/* The bytes the link has in the source; ptr NULL: not at hand. */
static struct stet_span source_of(const struct stet_links_spot *s,
                                  const struct stet_link *l)
{
    struct stet_span all = s->verbatim ? s->text : s->raw;

    if (!all.ptr || l->offset < s->offset)
        return (struct stet_span){ NULL, 0 };
    return stet_span_sub(all, (size_t)(l->offset - s->offset),
                         (size_t)l->length);
}

/* Adds the query, from its '?' to the '#' or the end. */
static void add_query(struct stet_buf *b, struct stet_span bytes, bool refs)
{
    struct stet_charref r;

    while (bytes.len && *bytes.ptr != '#') {
        unsigned char c = (unsigned char)*bytes.ptr;
        size_t n = 1;

        r.len = 0;
        if (refs && c == '&')
            stet_charref_read(&r, bytes, true);
        if (r.len) {
            stet_utf8_add(b, r.cps[0]);
            if (r.cps[1])
                stet_utf8_add(b, r.cps[1]);
            n = r.len;
        } else if (c >= 0x80) {
            stet_buf_addf(b, "%%%02X", c);
        } else {
            stet_buf_addc(b, (char)c);
        }
        bytes = stet_span_sub(bytes, n, bytes.len);
    }
}

static size_t find(struct stet_span s, char c)
{
    return stet_span_find(s, (struct stet_span){ &c, 1 });
}

/* Text that was not decoded yet: that of sheets and scripts. */
static void decode(struct stet_links_out *out, struct stet_link *l)
{
    stet_buf_reset(&out->raw);
    stet_charset_decode(out->charset, l->raw, &out->raw);
    l->raw = stet_buf_span(&out->raw);
}

int stet_links_out_input(struct stet_links_out *out,
                         const struct stet_links_spot *s, struct stet_link *l,
                         struct stet_span *input)
{
    struct stet_span bytes, text;
    size_t query;

    *input = l->raw;
    if (!is_foreign(out) || l->raw.len > STET_MAX_LINK_URL || is_ascii(l->raw))
        return STET_OK;
    bytes = source_of(s, l);
    if (s->place == STET_PLACE_TEXT)
        decode(out, l);
    *input = text = l->raw;
    query = find(text, '?');
    if (!bytes.ptr || query == text.len || find(bytes, '?') == bytes.len)
        return stet_buf_status(&out->raw) == STET_ENOMEM ? STET_ENOMEM
                                                         : STET_OK;
    bytes = stet_span_sub(bytes, find(bytes, '?'), bytes.len);
    stet_buf_reset(&out->input);
    stet_buf_add_span(&out->input, stet_span_sub(text, 0, query));
    add_query(&out->input, bytes, s->place != STET_PLACE_TEXT);
    text = stet_span_sub(text, query, text.len);
    stet_buf_add_span(&out->input,
                      stet_span_sub(text, find(text, '#'), text.len));
    if (stet_buf_status(&out->input) == STET_ENOMEM)
        return STET_ENOMEM;
    if (!stet_buf_status(&out->input))
        *input = stet_buf_span(&out->input);
    return STET_OK;
}
