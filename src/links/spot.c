#include "links/spot.h"

#include "base/utf8.h"
#include "html/charref.h"

void stet_links_spot_verbatim(struct stet_links_spot *s, struct stet_span text,
                              uint64_t offset)
{
    *s = (struct stet_links_spot){
        .text = text,
        .offset = offset,
        .length = text.len,
        .place = STET_PLACE_TEXT,
        .verbatim = true,
    };
}

static size_t utf8_len(uint32_t cp)
{
    char out[4];

    return cp ? stet_utf8_encode(out, cp) : 0;
}

/* Bytes of the reference at the front of raw; *text_len what it became. */
static size_t take_reference(struct stet_span raw, bool in_attr,
                             size_t *text_len)
{
    struct stet_charref r;

    stet_charref_read(&r, raw, in_attr);
    if (!r.len) {
        *text_len = 1;
        return 1;
    }
    *text_len = utf8_len(r.cps[0]) + utf8_len(r.cps[1]);
    return r.len;
}

/* One character of UTF-8, or what stands for a part that is none. */
static size_t take_utf8(struct stet_span raw, size_t *text_len)
{
    struct stet_span rest = raw;

    *text_len = utf8_len(stet_utf8_next(&rest));
    return raw.len - rest.len;
}

/* Characters of another encoding, up to where the decoder owes nothing. */
static size_t take_wide(enum stet_charset charset, struct stet_span raw,
                        size_t *text_len)
{
    struct stet_decoder d;
    struct stet_buf out;
    size_t n = 0;

    stet_decoder_init(&d, charset);
    stet_buf_init(&out, 8 * raw.len + 16);
    do {
        stet_decoder_add(&d, (struct stet_span){ raw.ptr + n, 1 }, &out);
        n++;
    } while (d.n_lead && n < raw.len && raw.ptr[n] && raw.ptr[n] != '&' &&
             raw.ptr[n] != '\r');
    stet_decoder_finish(&d, &out);
    *text_len = out.len;
    /* What ends a sequence that is not complete stands for itself. */
    if (n > 1 && out.len > 1 && (unsigned char)raw.ptr[n - 1] < 0x80 &&
        out.data[out.len - 1] == raw.ptr[n - 1]) {
        n--;
        --*text_len;
    }
    stet_buf_clear(&out);
    return n;
}

static void step(struct stet_links_spot *s)
{
    struct stet_span raw = { s->raw.ptr + s->at_raw, s->raw.len - s->at_raw };
    unsigned char c = (unsigned char)*raw.ptr;
    size_t n = 1, text_len = 1;

    if (c == '&')
        n = take_reference(raw, s->place != STET_PLACE_XML_TEXT, &text_len);
    else if (c == '\r' && raw.len > 1 && raw.ptr[1] == '\n')
        n = 2;
    else if (!c)
        text_len = 3; /* U+FFFD */
    else if (c >= 0x80 && s->charset && s->charset != STET_CHARSET_UTF_8)
        n = take_wide(s->charset, raw, &text_len);
    else if (c >= 0x80)
        n = take_utf8(raw, &text_len);
    s->at_raw += n;
    s->at_text += text_len;
}

static void go_to(struct stet_links_spot *s, size_t text)
{
    if (text < s->at_text)
        s->at_text = s->at_raw = 0;
    while (s->at_text < text && s->at_raw < s->raw.len)
        step(s);
}

void stet_links_spot_locate(struct stet_links_spot *s, struct stet_span part,
                            struct stet_link *l)
{
    size_t from = (size_t)(part.ptr - s->text.ptr), start;

    l->place = s->place;
    if (s->verbatim) {
        l->offset = s->offset + from;
        l->length = part.len;
    } else if (part.len == s->text.len) {
        l->offset = s->offset;
        l->length = s->length;
    } else if (s->raw.ptr) {
        go_to(s, from);
        start = s->at_raw;
        go_to(s, from + part.len);
        l->offset = s->offset + start;
        l->length = s->at_raw - start;
    } else {
        l->offset = s->offset;
        l->length = s->length;
        l->place = STET_PLACE_NONE;
    }
}
