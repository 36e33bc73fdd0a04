#include "stet/warc.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "html/charset.h"
#include "http/mime.h"
#include "warc/payload.h"

#include <string.h>

enum {
    CHUNK = 16 * 1024,
    GROWTH = 3, /* bytes of UTF-8 for one of any encoding, at the most */
};

/*
 * `head` holds the first bytes, from which the encoding is told; then the
 * body is decoded piece by piece into `out`.
 */
struct stet_warc_text {
    struct stet_warc_payload *payload;
    struct stet_decoder decoder;
    struct stet_buf head, out;
    size_t out_at;
    bool ended;
    int status; /* of the body; told when all before it was given */
    struct stet_error why;
    char piece[CHUNK];
};

static int read_head(struct stet_warc_text *t, struct stet_error *err)
{
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0 && t->head.len < STET_HTML_LATE_META) {
        rc = stet_warc_payload_read(t->payload, t->piece, CHUNK, &got, &t->why);
        stet_buf_add(&t->head, t->piece, got);
    }
    if (rc == STET_ENOMEM || stet_buf_status(&t->head) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for a text");
    t->status = rc;
    t->ended = rc == STET_OK && got == 0;
    return STET_OK;
}

/* The charset of the Content-Type; "" when there is none. */
static int http_charset(const struct stet_warc_text *t,
                        const struct stet_warc_record *rec,
                        struct stet_buf *out, bool *markup)
{
    const struct stet_head *head = stet_warc_payload_http(t->payload);
    struct stet_mime m;
    int rc;

    stet_mime_init(&m);
    rc = head
             ? stet_mime_of_head(&m, head)
             : stet_mime_parse(&m, stet_warc_record_field(rec, "Content-Type"));
    *markup = rc != STET_OK || stet_span_ends(m.essence, STET_SPAN("html")) ||
              stet_span_ends(m.essence, STET_SPAN("xml"));
    if (rc == STET_OK)
        stet_buf_add_span(out, stet_mime_get(&m, "charset"));
    stet_mime_clear(&m);
    return rc == STET_ENOMEM || stet_buf_status(out) == STET_ENOMEM
               ? STET_ENOMEM
               : STET_OK;
}

/* What a meta element says counts in markup alone. */
static struct stet_span hide_markup(struct stet_span head, bool markup)
{
    return markup || !memchr(head.ptr, '<', head.len)
               ? head
               : stet_span_sub(head, 0, stet_span_find(head, STET_SPAN("<")));
}

static int choose(struct stet_warc_text *t, const struct stet_warc_record *rec,
                  struct stet_error *err)
{
    struct stet_span head = stet_buf_span(&t->head);
    struct stet_charset_guess guess = { .bom_len = 0 };
    struct stet_buf label;
    bool markup = false;
    int rc;

    stet_buf_init(&label, STET_WARC_MEDIA_TYPE_MAX);
    rc = http_charset(t, rec, &label, &markup);
    if (rc == STET_OK)
        rc = stet_charset_detect(&guess, hide_markup(head, markup),
                                 stet_buf_span(&label));
    stet_buf_clear(&label);
    if (rc < 0)
        return stet_fail(err, rc, "no memory for a text");
    stet_decoder_init(&t->decoder, guess.charset);
    stet_decoder_add(&t->decoder, stet_span_sub(head, guess.bom_len, head.len),
                     &t->out);
    if (t->ended)
        stet_decoder_finish(&t->decoder, &t->out);
    return STET_OK;
}

int stet_warc_text_open(struct stet_warc_text **out,
                        struct stet_warc_payload *payload,
                        const struct stet_warc_record *rec,
                        struct stet_error *err)
{
    struct stet_warc_text *t = stet_alloc(sizeof(*t));
    int rc;

    *out = NULL;
    if (!t)
        return stet_fail(err, STET_ENOMEM, "no memory for a text");
    t->payload = payload;
    stet_buf_init(&t->head, STET_HTML_LATE_META + CHUNK);
    stet_buf_init(&t->out, GROWTH * (STET_HTML_LATE_META + CHUNK + 4));
    rc = read_head(t, err);
    if (rc == STET_OK)
        rc = choose(t, rec, err);
    stet_buf_clear(&t->head);
    if (rc < 0) {
        stet_warc_text_free(t);
        return rc;
    }
    *out = t;
    return STET_OK;
}

void stet_warc_text_free(struct stet_warc_text *t)
{
    if (!t)
        return;
    stet_buf_clear(&t->head);
    stet_buf_clear(&t->out);
    stet_free(t);
}

const char *stet_warc_text_charset(const struct stet_warc_text *t)
{
    return stet_charset_name(t->decoder.charset);
}

/* Makes some text, unless there is no more. */
static void fill(struct stet_warc_text *t)
{
    while (t->out_at == t->out.len && t->status == STET_OK && !t->ended) {
        size_t got = 0;

        stet_buf_reset(&t->out);
        t->out_at = 0;
        t->status =
            stet_warc_payload_read(t->payload, t->piece, CHUNK, &got, &t->why);
        stet_decoder_add(&t->decoder, (struct stet_span){ t->piece, got },
                         &t->out);
        t->ended = t->status == STET_OK && got == 0;
        if (t->ended)
            stet_decoder_finish(&t->decoder, &t->out);
    }
}

int stet_warc_text_read(struct stet_warc_text *t, void *buf, size_t cap,
                        size_t *got, struct stet_error *err)
{
    struct stet_span some;

    *got = 0;
    fill(t);
    if (stet_buf_status(&t->out) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for a text");
    some = stet_span_sub(stet_buf_span(&t->out), t->out_at, cap);
    if (some.len == 0 && t->status < 0) {
        if (err)
            *err = t->why;
        return t->status;
    }
    if (some.len > 0)
        memcpy(buf, some.ptr, some.len);
    t->out_at += some.len;
    *got = some.len;
    return STET_OK;
}
