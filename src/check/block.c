#include "check/inside.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/span.h"
#include "http/body.h"
#include "http/message.h"
#include "http/mime.h"
#include "warc/payload.h"

#include <inttypes.h>
#include <string.h>

enum {
    STET_MAX_CHECK_DOC = 16 << 20, /* bytes of a document, coded */
    FIRST = 64,                    /* enough to know a picture by */
};

/* A block being read, once, from front to back. */
struct block {
    struct stet_checker *c;
    const struct stet_warc_record *rec;
    struct stet_digest block_said, payload_said; /* len 0: none to check */
    bool is_http, truncated;
    bool two_forms;    /* chunked: the entity is hashed as well */
    bool wants_doc;    /* the entity is kept in `doc` */
    char first[FIRST]; /* bytes of the entity, for its type */
    size_t n_first;
    struct stet_buf doc;  /* of a document, to STET_MAX_CHECK_DOC */
    struct stet_buf head; /* until the HTTP head is whole; then it alone */
    bool head_done;
    size_t scanned;
    struct stet_head http;
    bool has_http;
    struct stet_framing framing;
    struct stet_body_reader body;
    int body_status;
    uint64_t raw; /* bytes after the head */
};

static bool is_revisit(const struct block *b)
{
    return stet_check_type_of(b->rec->type) == STET_CHECK_REVISIT;
}

/* -- digests --------------------------------------------------------------- */

/* Reads what a digest field says; one that cannot be checked is told. */
static void read_said(struct block *b, const char *name,
                      struct stet_digest *out)
{
    struct stet_span text = stet_warc_record_field(b->rec, name);

    *out = (struct stet_digest){ 0 };
    if (text.len == 0 || stet_digest_parse(out, text) == STET_OK)
        return;
    *out = (struct stet_digest){ 0 };
    stet_check_tell(b->c, STET_CHECK_DIGEST_UNCHECKED, b->rec->offset,
                    "%s cannot be checked: '%.*s'", name,
                    (int)(text.len < 80 ? text.len : 80), text.ptr);
}

/* A hasher for the kind, kept from record to record. */
static int ready(struct stet_hasher **h, enum stet_digest_kind *kind,
                 const struct stet_digest *said, struct stet_error *err)
{
    if (*h && *kind == said->kind)
        return STET_OK;
    stet_hasher_free(*h);
    *h = NULL;
    *kind = said->kind;
    return stet_hasher_new(h, said->kind, err);
}

static int begin_hashers(struct block *b, struct stet_error *err)
{
    struct stet_checker *c = b->c;
    int rc = STET_OK;

    if (b->block_said.len > 0)
        rc = ready(&c->block, &c->block_kind, &b->block_said, err);
    if (rc == STET_OK && b->payload_said.len > 0)
        rc = ready(&c->raw, &c->raw_kind, &b->payload_said, err);
    return rc;
}

static void judge_block(struct block *b)
{
    struct stet_digest is;

    stet_hasher_finish(b->c->block, &is);
    if (!stet_digest_eq(&is, &b->block_said))
        stet_check_tell(b->c, STET_CHECK_BLOCK_DIGEST, b->rec->offset,
                        "the block has another digest than its header says");
}

/*
 * Section 5.9 wants the entity body hashed; most writers hash what is
 * stored.  They differ only under chunked framing, where both are taken.
 */
static void judge_payload(struct block *b)
{
    bool chunked = b->two_forms && b->body_status == STET_END;
    struct stet_digest raw, entity = { 0 };

    stet_hasher_finish(b->c->raw, &raw);
    if (b->two_forms)
        stet_hasher_finish(b->c->entity, &entity);
    if (stet_digest_eq(&raw, &b->payload_said)) {
        if (chunked)
            stet_check_tell(b->c, STET_CHECK_PAYLOAD_CHUNKED, b->rec->offset,
                            "the digest is of the chunked bytes (warcio, JWAT "
                            "agree; jwarc does not)");
    } else if (chunked && stet_digest_eq(&entity, &b->payload_said)) {
        stet_check_tell(b->c, STET_CHECK_PAYLOAD_CHUNKED, b->rec->offset,
                        "the digest is of the de-chunked bytes (jwarc agrees; "
                        "warcio, JWAT do not)");
    } else if (!b->truncated) {
        stet_check_tell(b->c, STET_CHECK_PAYLOAD_DIGEST, b->rec->offset,
                        "the payload has another digest than its header says");
    }
}

/* -- HTTP ------------------------------------------------------------------ */

static void take_first(struct block *b, const char *p, size_t n)
{
    size_t room = FIRST - b->n_first;

    if (n > room)
        n = room;
    if (n > 0)
        memcpy(b->first + b->n_first, p, n);
    b->n_first += n;
}

static int on_entity(void *ctx, const char *p, size_t n)
{
    struct block *b = ctx;

    take_first(b, p, n);
    if (b->two_forms)
        stet_hasher_add(b->c->entity, p, n);
    if (b->wants_doc && b->doc.len + n <= STET_MAX_CHECK_DOC)
        stet_buf_add(&b->doc, p, n);
    return STET_OK;
}

static void add_payload(struct block *b, struct stet_span s)
{
    size_t used;

    b->raw += s.len;
    if (b->payload_said.len > 0)
        stet_hasher_add(b->c->raw, s.ptr, s.len);
    if (b->has_http && b->body_status == STET_OK)
        b->body_status = stet_body_feed(&b->body, s, &used);
}

/* The head is there, or as much of it as there will be. */
static int end_head(struct block *b, size_t len)
{
    bool response = stet_check_type_of(b->rec->type) != STET_CHECK_REQUEST;
    struct stet_span all = stet_buf_span(&b->head);
    int rc = stet_head_parse(&b->http, stet_span_sub(all, 0, len), NULL);

    b->head_done = true;
    if (rc == STET_ENOMEM)
        return rc;
    b->has_http = rc == STET_OK;
    if (!b->has_http) {
        if (all.len > 0 ||
            stet_check_type_of(b->rec->type) != STET_CHECK_REVISIT)
            stet_check_tell(b->c, STET_CHECK_HTTP_HEAD, b->rec->offset,
                            "the block is no HTTP message");
        add_payload(b, all);
        return STET_OK;
    }
    if (b->http.is_response != response)
        stet_check_tell(b->c, STET_CHECK_HTTP_DIRECTION, b->rec->offset,
                        response ? "an HTTP request in a response record"
                                 : "an HTTP response in a request record");
    rc = b->http.is_response
             ? stet_framing_of_response(&b->framing, &b->http, STET_SPAN("GET"))
             : stet_framing_of_request(&b->framing, &b->http);
    if (rc == STET_OK && b->payload_said.len > 0 &&
        b->framing.kind == STET_FRAMING_CHUNKED) {
        rc = ready(&b->c->entity, &b->c->entity_kind, &b->payload_said, NULL);
        b->two_forms = rc == STET_OK;
    }
    if (rc < 0)
        return rc;
    b->wants_doc = b->c->wants_docs && response && !is_revisit(b) &&
                   b->http.is_response && stet_check_is_doc(&b->http);
    stet_body_init(&b->body, &b->framing, on_entity, b);
    add_payload(b, stet_span_sub(all, len, all.len));
    return STET_OK;
}

static int take(struct block *b, struct stet_span s, struct stet_error *err)
{
    size_t len;
    int rc = STET_OK;

    if (b->block_said.len > 0)
        stet_hasher_add(b->c->block, s.ptr, s.len);
    if (!b->is_http)
        take_first(b, s.ptr, s.len);
    if (!b->is_http || b->head_done) {
        add_payload(b, s);
        return STET_OK;
    }
    stet_buf_add_span(&b->head, s);
    if (stet_buf_status(&b->head) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for an HTTP head");
    len = stet_head_end(stet_buf_span(&b->head), &b->scanned);
    if (len > 0 || b->head.len >= STET_MAX_HEAD)
        rc = end_head(b, len > 0 ? len : b->head.len);
    return rc < 0 ? stet_fail(err, rc, "no memory for an HTTP head") : rc;
}

/* Section 6.7.2: the block is empty, or headers. */
static void judge_revisit(struct block *b)
{
    if (b->has_http && b->http.status != 304 && b->raw > 0)
        stet_check_tell(b->c, STET_CHECK_REVISIT_BLOCK, b->rec->offset,
                        "a revisit with %" PRIu64 " bytes of payload", b->raw);
}

static void judge_http(struct block *b)
{
    bool whole;

    if (b->has_http && is_revisit(b))
        judge_revisit(b);
    if (!b->has_http || is_revisit(b))
        return;
    if (b->body_status == STET_OK)
        b->body_status = stet_body_finish(&b->body);
    whole =
        (b->framing.kind == STET_FRAMING_LENGTH &&
         b->raw >= b->framing.length) ||
        (b->framing.kind == STET_FRAMING_CHUNKED && b->body_status == STET_END);
    if (whole && stet_warc_record_field(b->rec, "WARC-Truncated").len > 0)
        stet_check_tell(b->c, STET_CHECK_TRUNCATED_WHOLE, b->rec->offset,
                        "WARC-Truncated, and the HTTP message is whole");
    if (b->truncated)
        return;
    if (b->framing.kind == STET_FRAMING_LENGTH && b->raw < b->framing.length &&
        (b->raw > 0 || b->http.status == 0))
        stet_check_tell(b->c, STET_CHECK_HTTP_LENGTH, b->rec->offset,
                        "Content-Length is %" PRIu64 " but %" PRIu64
                        " bytes are there, and no WARC-Truncated",
                        b->framing.length, b->raw);
    else if (b->framing.kind == STET_FRAMING_CHUNKED &&
             b->body_status != STET_END)
        stet_check_tell(b->c, STET_CHECK_HTTP_CHUNKS, b->rec->offset,
                        "the head says chunked, the body is not, or not whole");
}

/* -- the identified type --------------------------------------------------- */

static bool is_picture(struct stet_span type)
{
    static const char *const types[] = { "image/png", "image/jpeg", "image/gif",
                                         "image/webp" };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (stet_span_istarts(type, types[i]))
            return true;
    return false;
}

/* Section 5.19: what the payload was found to be.  Pictures are known by
 * their first bytes, beyond doubt. */
static void judge_type(struct block *b)
{
    struct stet_span said =
        stet_warc_record_field(b->rec, "WARC-Identified-Payload-Type");
    struct stet_span bytes = { b->first, b->n_first }, is;

    if (said.len == 0 || b->n_first == 0 || is_revisit(b) ||
        (b->has_http && stet_head_get(&b->http, "Content-Encoding").len > 0))
        return;
    is = stet_span_of(stet_mime_sniff_image(bytes));
    if ((is_picture(is) || is_picture(said)) &&
        (is.len == 0 || !stet_span_ieq(stet_span_sub(said, 0, is.len), is)))
        stet_check_tell(b->c, STET_CHECK_PAYLOAD_TYPE, b->rec->offset,
                        "identified as %.*s, but it is %.*s",
                        (int)(said.len < 80 ? said.len : 80), said.ptr,
                        is.len ? (int)is.len : 14,
                        is.len ? is.ptr : "something else");
}

/* -- application/warc-fields ----------------------------------------------- */

/* Section 6.2: "name: value" lines; told once a record. */
static void judge_fields(struct block *b)
{
    struct stet_span rest = stet_buf_span(&b->head);

    while (rest.ptr && rest.len > 0) {
        struct stet_span line = stet_span_cut(&rest, '\n');
        size_t colon = stet_span_find(line, STET_SPAN(":"));

        line = line.len > 0 && line.ptr[line.len - 1] == '\r'
                   ? stet_span_sub(line, 0, line.len - 1)
                   : line;
        if (line.len == 0 || line.ptr[0] == ' ' || line.ptr[0] == '\t')
            continue;
        if (colon == 0 || colon >= line.len) {
            stet_check_tell(b->c, STET_CHECK_WARCINFO_LINE, b->rec->offset,
                            "a line is no field: '%.*s'",
                            (int)(line.len < 80 ? line.len : 80), line.ptr);
            return;
        }
    }
}

/* -- the whole ------------------------------------------------------------- */

static int read_block(struct block *b, struct stet_warc_reader *r,
                      struct stet_error *err)
{
    bool fields =
        stet_span_istarts(stet_warc_record_field(b->rec, "Content-Type"),
                          "application/warc-fields");
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0) {
        struct stet_span s = { b->c->piece, 0 };

        rc = stet_warc_reader_read(r, b->c->piece, STET_CHECK_PIECE, &got, err);
        s.len = got;
        if (rc == STET_OK && fields && b->head.len + got <= STET_MAX_HEAD)
            stet_buf_add_span(&b->head, s);
        if (rc == STET_OK)
            rc = take(b, s, err);
    }
    if (rc == STET_OK && b->is_http && !b->head_done)
        rc = end_head(b, b->head.len);
    if (rc == STET_OK && fields)
        judge_fields(b);
    return rc;
}

int stet_check_block(struct stet_checker *c, struct stet_warc_reader *r,
                     const struct stet_warc_record *rec, struct stet_error *err)
{
    struct block b = { .c = c, .rec = rec };
    bool segmented = stet_warc_record_field(rec, "WARC-Segment-Number").len > 0;
    int rc;

    b.is_http = stet_warc_record_is_http(rec) &&
                stet_check_type_of(rec->type) != STET_CHECK_CONTINUATION;
    b.truncated =
        segmented || stet_warc_record_field(rec, "WARC-Truncated").len > 0;
    stet_buf_init(&b.head, STET_MAX_HEAD + STET_CHECK_PIECE);
    stet_buf_init(&b.doc, STET_MAX_CHECK_DOC);
    stet_head_init(&b.http);
    read_said(&b, "WARC-Block-Digest", &b.block_said);
    read_said(&b, "WARC-Payload-Digest", &b.payload_said);
    /* Sections 6.7 and 7: there it is of another record's payload. */
    if (is_revisit(&b) || segmented)
        b.payload_said.len = 0;
    rc = begin_hashers(&b, err);
    if (rc == STET_OK)
        rc = read_block(&b, r, err);
    if (rc == STET_OK) {
        judge_http(&b);
        judge_type(&b);
        if (b.block_said.len > 0)
            judge_block(&b);
        if (b.payload_said.len > 0)
            judge_payload(&b);
        if (b.wants_doc)
            rc = stet_check_doc(c, stet_warc_record_uri(rec, "WARC-Target-URI"),
                                &b.http, stet_buf_span(&b.doc));
        if (rc < 0)
            rc = stet_fail(err, rc, "no memory for a document");
    } else if (rc == STET_ETRUNC) {
        rc = STET_OK; /* the reader has told it */
        if (b.block_said.len > 0)
            stet_hasher_finish(c->block, &b.block_said);
        if (b.payload_said.len > 0)
            stet_hasher_finish(c->raw, &b.payload_said);
        if (b.two_forms)
            stet_hasher_finish(c->entity, &b.payload_said);
    }
    stet_head_clear(&b.http);
    stet_buf_clear(&b.head);
    stet_buf_clear(&b.doc);
    return rc;
}
