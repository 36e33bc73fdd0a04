#include "warc/payload.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "http/coding.h"
#include "http/mime.h"

#include <string.h>

enum {
    CHUNK = 16 * 1024,
    ENTITY_ROOM = 2 * CHUNK, /* what one piece of block can become */
    MAX_CODING_TEXT = 4096,
};

/* One content coding being undone, and what waits to go into it. */
struct stage {
    struct stet_decoder *decoder;
    enum stet_coding coding;
    struct stet_buf in;
    size_t at;     /* of `in`, what is used */
    bool begun;    /* something has come into it */
    bool last;     /* nothing more will */
    bool finished; /* the coding has ended */
};

/*
 * The way of the bytes: block -> [chunk reader] -> entity -> stage 0 ->
 * stage 1 -> ... -> caller.  `entity` holds what has come out of the block
 * and was not taken on.
 */
struct stet_warc_payload {
    struct stet_warc_reader *r;
    enum stet_warc_form form;
    struct stet_buf first; /* the head, then the first bytes of the body */
    struct stet_head http;
    bool has_head, chunked;
    size_t head_len;
    struct stet_body_reader body;
    struct stet_buf entity;
    size_t entity_at;
    bool block_over;
    struct stage stages[STET_MAX_CODINGS];
    size_t n_stages;
    int status; /* once negative, every further answer */
    struct stet_error why;
    char piece[CHUNK];
};

bool stet_warc_record_is_http(const struct stet_warc_record *rec)
{
    struct stet_span type = stet_warc_record_field(rec, "Content-Type");
    struct stet_span uri = stet_warc_record_uri(rec, "WARC-Target-URI");

    if (type.len == 0)
        return (stet_span_istarts(uri, "http:") ||
                stet_span_istarts(uri, "https:")) &&
               (stet_span_eqs(rec->type, "response") ||
                stet_span_eqs(rec->type, "request") ||
                stet_span_eqs(rec->type, "revisit"));
    return stet_span_istarts(type, "application/http") ||
           stet_span_istarts(type, "message/http");
}

/* -- the head ------------------------------------------------------------- */

static int read_first(struct stet_warc_payload *p, size_t *got,
                      struct stet_error *err)
{
    int rc = stet_warc_reader_read(p->r, p->piece, CHUNK, got, err);

    stet_buf_add(&p->first, p->piece, *got);
    if (stet_buf_status(&p->first) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for an HTTP head");
    return rc;
}

/* Reads the block until its HTTP head is whole and the body has begun, or
 * that cannot be any more. */
static int read_head(struct stet_warc_payload *p, struct stet_error *err)
{
    size_t scanned = 0, got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0 && p->first.len < STET_MAX_HEAD) {
        if (p->head_len == 0)
            p->head_len = stet_head_end(stet_buf_span(&p->first), &scanned);
        if (p->head_len > 0 && p->first.len > p->head_len)
            return STET_OK;
        rc = read_first(p, &got, err);
    }
    if (rc == STET_ETRUNC) {
        p->block_over = true;
        p->status = stet_fail(&p->why, rc, "the block is cut off");
        rc = STET_OK;
    } else if (rc == STET_OK && got == 0) {
        /* Heads without a body often lack their empty line. */
        if (p->head_len == 0)
            p->head_len = p->first.len;
        p->block_over = true;
    }
    return rc;
}

/*
 * Many writers keep Transfer-Encoding over a body they have de-chunked.
 * A chunk begins with its size: hex digits, then a line end, a blank or ';'.
 */
static bool begins_chunk(struct stet_span s)
{
    size_t n = 0;

    while (n < s.len && stet_hex_value((unsigned char)s.ptr[n]) >= 0)
        n++;
    return s.len == 0 ||
           (n > 0 && (n == s.len || strchr("\r\n; \t", s.ptr[n])));
}

static int parse_head(struct stet_warc_payload *p)
{
    struct stet_span all = stet_buf_span(&p->first);
    struct stet_framing framing = { .kind = STET_FRAMING_CLOSE };
    int rc =
        stet_head_parse(&p->http, stet_span_sub(all, 0, p->head_len), NULL);

    if (rc == STET_ENOMEM)
        return rc;
    p->has_head = rc == STET_OK;
    if (!p->has_head)
        p->head_len = 0;
    else if (p->http.is_response)
        rc = stet_framing_of_response(&framing, &p->http, STET_SPAN("GET"));
    else
        rc = stet_framing_of_request(&framing, &p->http);
    if (rc == STET_ENOMEM)
        return rc;
    p->chunked = framing.kind == STET_FRAMING_CHUNKED &&
                 begins_chunk(stet_span_sub(all, p->head_len, all.len));
    return STET_OK;
}

/* -- the body ------------------------------------------------------------- */

static int on_entity(void *ctx, const char *bytes, size_t n)
{
    struct stet_warc_payload *p = ctx;

    stet_buf_add(&p->entity, bytes, n);
    return stet_buf_status(&p->entity);
}

/* Takes a piece of the stored body. */
static int take_piece(struct stet_warc_payload *p, struct stet_span piece,
                      struct stet_error *err)
{
    size_t used;
    int rc;

    if (!p->chunked || p->form == STET_WARC_RAW) {
        rc = on_entity(p, piece.ptr, piece.len);
        return rc < 0 ? stet_fail(err, rc, "no memory for a payload") : rc;
    }
    rc = stet_body_feed(&p->body, piece, &used);
    if (rc == STET_EFORMAT)
        return stet_fail(err, rc, "a broken chunk: %s",
                         p->body.fault ? p->body.fault : "bad framing");
    return rc < 0 ? stet_fail(err, rc, "chunks that cannot be read") : STET_OK;
}

static int end_block(struct stet_warc_payload *p, struct stet_error *err)
{
    p->block_over = true;
    if (p->chunked && p->form != STET_WARC_RAW &&
        stet_body_finish(&p->body) == STET_ETRUNC)
        return stet_fail(err, STET_ETRUNC, "the last chunk is missing");
    return STET_OK;
}

/* Makes some entity bytes, unless there are no more.  An error that comes
 * with bytes is kept until they are taken. */
static int fill_entity(struct stet_warc_payload *p, struct stet_error *err)
{
    while (p->entity_at == p->entity.len) {
        size_t got;
        int rc;

        if (p->status < 0) {
            if (err)
                *err = p->why;
            return p->status;
        }
        if (p->block_over)
            return STET_OK;
        stet_buf_reset(&p->entity);
        p->entity_at = 0;
        rc = stet_warc_reader_read(p->r, p->piece, CHUNK, &got, &p->why);
        if (rc == STET_OK && got > 0)
            rc = take_piece(p, (struct stet_span){ p->piece, got }, &p->why);
        else if (rc == STET_OK)
            rc = end_block(p, &p->why);
        p->status = rc;
    }
    return STET_OK;
}

static int read_entity(struct stet_warc_payload *p, char *buf, size_t cap,
                       size_t *got, struct stet_error *err)
{
    int rc = fill_entity(p, err);
    size_t n = p->entity.len - p->entity_at;

    if (rc < 0)
        return rc;
    if (n > cap)
        n = cap;
    if (n > 0)
        memcpy(buf, p->entity.data + p->entity_at, n);
    p->entity_at += n;
    *got = n;
    return STET_OK;
}

/* -- content codings ------------------------------------------------------ */

static bool is_next_member(const struct stage *s, struct stet_span in)
{
    return s->coding == STET_CODING_GZIP &&
           stet_span_starts(in, STET_SPAN("\x1f\x8b"));
}

/* Lets stage `i` make some bytes from what it holds. */
static int step(struct stage *s, char *buf, size_t cap, size_t *got,
                struct stet_error *err)
{
    struct stet_span in = { s->in.data ? s->in.data + s->at : "",
                            s->in.len - s->at };
    int rc;

    rc = stet_decoder_step(s->decoder, &in, buf, cap, got, err);
    s->at = s->in.len - in.len;
    if (rc == STET_END && is_next_member(s, in))
        return stet_decoder_reset(s->decoder, err);
    if (rc == STET_END)
        s->finished = true;
    return rc < 0 ? rc : STET_OK;
}

/* Reads from stage n - 1 (n is bounded by STET_MAX_CODINGS), or, with n 0,
 * the entity. */
static int read_stage(struct stet_warc_payload *p, size_t n, char *buf,
                      size_t cap, size_t *got, struct stet_error *err)
{
    struct stage *s;
    int rc = STET_OK;

    *got = 0;
    if (n == 0)
        return read_entity(p, buf, cap, got, err);
    s = &p->stages[n - 1];
    while (rc == STET_OK && *got == 0 && !s->finished) {
        rc = step(s, buf, cap, got, err);
        if (rc < 0 || *got > 0 || s->finished || s->at < s->in.len)
            continue;
        if (s->last && !s->begun) {
            s->finished = true; /* no bytes at all: an empty body */
            continue;
        }
        if (s->last)
            return stet_fail(err, STET_ETRUNC, "the coded body ends early");
        size_t some;
        char *room;
        stet_buf_reset(&s->in);
        s->at = 0;
        room = stet_buf_room(&s->in, CHUNK);
        if (!room)
            return stet_fail(err, STET_ENOMEM, "no memory for a payload");
        rc = read_stage(p, n - 1, room, CHUNK, &some, err);
        stet_buf_added(&s->in, some);
        s->last = some == 0;
        s->begun |= some > 0;
    }
    return rc;
}

static int open_stages(struct stet_warc_payload *p, struct stet_error *err)
{
    struct stet_coding_chain chain;
    struct stet_buf value;
    int rc = STET_OK;

    stet_buf_init(&value, MAX_CODING_TEXT);
    stet_head_join(&p->http, "Content-Encoding", &value);
    stet_coding_parse(&chain, stet_buf_span(&value));
    if (stet_buf_status(&value) == STET_ENOMEM)
        rc = stet_fail(err, STET_ENOMEM, "no memory for a payload");
    else if (stet_buf_status(&value) < 0 || chain.fault != STET_DECODED_WHOLE)
        rc = stet_fail(err, STET_EUNSUPPORTED, "a content coding is not known");
    for (size_t i = 0; i < chain.n && rc == STET_OK; i++) {
        struct stage *s = &p->stages[p->n_stages++];

        s->coding = chain.list[chain.n - 1 - i];
        stet_buf_init(&s->in, CHUNK);
        rc = stet_decoder_new(&s->decoder, s->coding, NULL, err);
    }
    stet_buf_clear(&value);
    return rc;
}

/* -- the outside ---------------------------------------------------------- */

static int begin(struct stet_warc_payload *p,
                 const struct stet_warc_record *rec, struct stet_error *err)
{
    static const struct stet_framing chunks = { .kind = STET_FRAMING_CHUNKED };
    struct stet_span body;
    int rc = STET_OK;

    stet_body_init(&p->body, &chunks, on_entity, p);
    if (!stet_warc_record_is_http(rec))
        return STET_OK;
    rc = read_head(p, err);
    if (rc == STET_OK && parse_head(p) < 0)
        rc = stet_fail(err, STET_ENOMEM, "no memory for an HTTP head");
    if (rc == STET_OK && p->has_head && p->form == STET_WARC_BODY)
        rc = open_stages(p, err);
    if (rc < 0)
        return rc;
    body = stet_span_sub(stet_buf_span(&p->first), p->head_len, p->first.len);
    if (body.len > 0 && p->status == STET_OK)
        p->status = take_piece(p, body, &p->why);
    if (p->block_over && p->status == STET_OK)
        p->status = end_block(p, &p->why);
    return STET_OK;
}

int stet_warc_payload_open(struct stet_warc_payload **out,
                           struct stet_warc_reader *r,
                           const struct stet_warc_record *rec,
                           enum stet_warc_form form, struct stet_error *err)
{
    struct stet_warc_payload *p = stet_alloc(sizeof(*p));
    int rc;

    *out = NULL;
    if (!p)
        return stet_fail(err, STET_ENOMEM, "no memory for a payload");
    p->r = r;
    p->form = form;
    stet_buf_init(&p->first, STET_MAX_HEAD + CHUNK);
    stet_buf_init(&p->entity, STET_MAX_HEAD + ENTITY_ROOM);
    stet_head_init(&p->http);
    rc = begin(p, rec, err);
    if (rc < 0) {
        stet_warc_payload_free(p);
        return rc;
    }
    *out = p;
    return STET_OK;
}

void stet_warc_payload_free(struct stet_warc_payload *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n_stages; i++) {
        stet_decoder_free(p->stages[i].decoder);
        stet_buf_clear(&p->stages[i].in);
    }
    stet_head_clear(&p->http);
    stet_buf_clear(&p->first);
    stet_buf_clear(&p->entity);
    stet_free(p);
}

int stet_warc_payload_read(struct stet_warc_payload *p, void *buf, size_t cap,
                           size_t *got, struct stet_error *err)
{
    int rc = read_stage(p, p->n_stages, buf, cap, got, err);

    if (rc < 0 && p->status == STET_OK) {
        p->status = rc;
        p->why = err ? *err : (struct stet_error){ .code = rc };
        p->entity_at = p->entity.len;
    }
    return rc;
}

struct stet_span stet_warc_payload_head(const struct stet_warc_payload *p)
{
    return stet_span_sub(stet_buf_span(&p->first), 0,
                         p->has_head ? p->head_len : 0);
}

int stet_warc_payload_status(const struct stet_warc_payload *p)
{
    return p->has_head && p->http.is_response ? p->http.status : 0;
}

bool stet_warc_payload_is_chunked(const struct stet_warc_payload *p)
{
    return p->chunked;
}

const struct stet_head *stet_warc_payload_http(
    const struct stet_warc_payload *p)
{
    return p->has_head ? &p->http : NULL;
}

struct stet_span stet_warc_payload_field(const struct stet_warc_payload *p,
                                         const char *name)
{
    const struct stet_field *f =
        p->has_head ? stet_head_find(&p->http, name) : NULL;

    return f ? f->value : (struct stet_span){ NULL, 0 };
}

int stet_warc_payload_media_type(const struct stet_warc_payload *p,
                                 const struct stet_warc_record *rec,
                                 char out[STET_WARC_MEDIA_TYPE_MAX])
{
    const struct stet_head *head = stet_warc_payload_http(p);
    struct stet_mime m;
    int rc;

    out[0] = '\0';
    stet_mime_init(&m);
    rc = head
             ? stet_mime_of_head(&m, head)
             : stet_mime_parse(&m, stet_warc_record_field(rec, "Content-Type"));
    if (rc == STET_OK && m.essence.len < STET_WARC_MEDIA_TYPE_MAX) {
        memcpy(out, m.essence.ptr, m.essence.len);
        out[m.essence.len] = '\0';
    }
    stet_mime_clear(&m);
    return rc == STET_ENOMEM ? rc : STET_OK;
}
