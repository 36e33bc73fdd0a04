#include "product/records.h"

#include "base/fail.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    MAX_BLOCK = 128 << 20, /* of a metadata record */
    MAX_NAME = 1 << 20,    /* what an id is made from */
};

/* An id named by run, target and record, so that seeded ones are stable. */
static int make_id(const struct stet_record_maker *m, const char *type,
                   char out[STET_UUID_TEXT_MAX], struct stet_error *err)
{
    char name[96];
    int n = snprintf(name, sizeof(name), "%" PRId64 ":%" PRId64 ":%s",
                     m->config->run, m->product->target->id, type);
    int rc = stet_uuid_make(out, m->config->ids,
                            (struct stet_span){ name, (size_t)n });

    return rc < 0 ? stet_fail(err, rc, "cannot make a record id") : STET_OK;
}

/* How much of the records there is. */
static uint64_t packed(const struct stet_product *p)
{
    return p->sliced + p->records.len;
}

static struct stet_entry *add_entry(struct stet_record_maker *m,
                                    const char *type)
{
    struct stet_product *p = m->product;
    struct stet_entry *e = &p->entries[p->n_entries++];

    *e = (struct stet_entry){ .type = type,
                              .url = p->target->url,
                              .offset = packed(p) };
    return e;
}

/* The fields that all records of an exchange share. */
static void add_exchange_fields(const struct stet_record_maker *m,
                                struct stet_warc_header *h)
{
    const struct stet_exchange *x = m->exchange;
    const struct stet_target *t = m->product->target;
    const char *protocol = stet_protocol_name(x->protocol);

    stet_warc_header_add_uri(h, "WARC-Target-URI", t->url);
    stet_warc_header_add(h, "WARC-IP-Address", stet_span_of(x->ip));
    stet_warc_header_add(h, "WARC-Protocol", stet_span_of(protocol));
    stet_warc_header_add(h, "WARC-Protocol", stet_span_of(x->tls));
    stet_warc_header_add(h, "WARC-Cipher-Suite", stet_span_of(x->cipher));
    stet_warc_header_add(h, "WARC-Page-ID", stet_span_of(t->page_id));
    stet_warc_header_add(h, "WARC-Resource-Type",
                         stet_span_of(stet_resource_name(t->resource)));
}

static int finish_entry(struct stet_record_maker *m, struct stet_entry *e,
                        int rc)
{
    e->length = packed(m->product) - e->offset;
    if (rc != STET_OK)
        m->product->n_entries--;
    return rc;
}

/*
 * Section 6.7.3: of what the server says that it has not changed.  The block
 * may hold the 304's head, and replay tools would then show that in place
 * of the page: it stands in the metadata record.
 */
static void add_unchanged_fields(const struct stet_record_maker *m,
                                 struct stet_warc_header *h)
{
    const struct stet_former *f = m->product->target->former;

    stet_warc_header_add(h, "WARC-Payload-Digest", f->digest);
    stet_warc_header_add(h, "WARC-Profile",
                         stet_warc_profile_not_modified(m->config->version));
    stet_warc_header_add_id(h, "WARC-Refers-To", f->record_id);
    stet_warc_header_add_uri(h, "WARC-Refers-To-Target-URI", f->url);
    stet_warc_header_add_date(h, "WARC-Refers-To-Date", f->date_ms);
}

static void add_revisit_fields(const struct stet_record_maker *m,
                               struct stet_warc_header *h)
{
    const struct stet_original *o = m->original;

    stet_warc_header_add(h, "WARC-Profile",
                         stet_warc_profile_identical(m->config->version));
    if (o->record_id[0])
        stet_warc_header_add_id(h, "WARC-Refers-To", o->record_id);
    stet_warc_header_add_uri(h, "WARC-Refers-To-Target-URI", o->url);
    stet_warc_header_add_date(h, "WARC-Refers-To-Date", o->date_ms);
    /* Section 6.7.2: the payload is left out, and that is said. */
    stet_warc_header_add(h, "WARC-Truncated", STET_SPAN("length"));
}

/* Validators disagree on the payload digest of chunked bodies: a record
 * that holds one goes without (stet-archive(5), DIGESTS). */
static bool says_digest(const struct stet_product *p)
{
    return p->digest.len > 0 && (p->came == STET_CAME_KNOWN || !p->chunked);
}

static int put_slice(void *ctx, struct stet_spool *slice,
                     struct stet_error *err)
{
    struct stet_record_maker *m = ctx;
    struct stet_product *p = m->product;

    p->sliced += slice->len;
    return m->config->put_slice(m->config->slice_ctx, p->target, slice, err);
}

/* Nowhere to put them: they make up the record in the product. */
static int keep_slice(void *ctx, struct stet_spool *slice,
                      struct stet_error *err)
{
    struct stet_record_maker *m = ctx;
    struct stet_span bytes;
    int rc = stet_spool_view(slice, &bytes, err);

    return rc == STET_OK
               ? stet_spool_add(&m->product->records, bytes.ptr, bytes.len, err)
               : rc;
}

/* A revisit has the head alone, or nothing. */
static int pack_block(struct stet_record_maker *m, struct stet_warc_header *h,
                      const struct stet_record_facts *f, struct stet_error *err)
{
    const struct stet_exchange *x = m->exchange;
    struct stet_product *p = m->product;
    bool revisit = stet_came_is_revisit(p->came);
    struct stet_span none = { "", 0 };
    struct stet_span head = { x->head.data, x->head.len };
    struct stet_span body = revisit ? none : f->body;
    struct stet_warc_sink sink = { m->config->put_slice ? put_slice
                                                        : keep_slice,
                                   m };
    struct stet_warc_pack pack = m->pack;

    pack.stored = f->stored && !revisit;
    if (p->came == STET_CAME_UNCHANGED)
        head = none;
    return f->large && !revisit
               ? stet_warc_record_pour(&sink, h, head, &x->body, &pack, err)
               : stet_warc_record_pack(&p->records, h, head, body, &pack, err);
}

static int pack_response(struct stet_record_maker *m,
                         const struct stet_record_facts *f,
                         struct stet_error *err)
{
    struct stet_product *p = m->product;
    const struct stet_exchange *x = m->exchange;
    bool unchanged = p->came == STET_CAME_UNCHANGED;
    bool revisit = stet_came_is_revisit(p->came);
    const char *type = revisit ? "revisit" : "response";
    struct stet_warc_header h;
    struct stet_entry *e;
    char digest[STET_DIGEST_TEXT_MAX] = "";
    int rc;

    rc = make_id(m, type, m->first_id, err);
    if (rc < 0)
        return rc;
    e = add_entry(m, type);
    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, m->config->version, type, m->first_id,
                           p->date_ms);
    add_exchange_fields(m, &h);
    if (says_digest(p))
        stet_warc_header_add_digest(&h, "WARC-Payload-Digest", &p->digest);
    if (unchanged)
        add_unchanged_fields(m, &h);
    else if (revisit)
        add_revisit_fields(m, &h);
    else
        stet_warc_header_add(&h, "WARC-Truncated",
                             stet_span_of(stet_truncated_name(x->truncated)));
    stet_warc_header_add(&h, "Content-Type", STET_WARC_HTTP_RESPONSE);
    rc = pack_block(m, &h, f, err);
    stet_warc_header_clear(&h);

    if (p->digest.len > 0)
        stet_digest_print(digest, &p->digest);
    memcpy(e->record_id, m->first_id, sizeof(e->record_id));
    e->mime = revisit ? STET_SPAN("warc/revisit") : p->mime;
    e->digest =
        stet_arena_dup(&p->strings, unchanged ? p->target->former->digest
                                              : stet_span_of(digest));
    e->status = unchanged ? 0 : p->status;
    e->indexed = true;
    if (rc == STET_OK && !e->digest.ptr)
        rc = stet_fail(err, STET_ENOMEM, "no memory for a product");
    return finish_entry(m, e, rc);
}

/* The request as it may be kept: without what would let others in. */
static int clean_request(const struct stet_record_maker *m,
                         struct stet_buf *out, bool *redacted,
                         struct stet_error *err)
{
    struct stet_span sent = { m->exchange->request.data,
                              m->exchange->request.len };
    struct stet_head head;
    int rc;

    *redacted = false;
    stet_head_init(&head);
    rc = stet_head_parse_request(&head, sent, err);
    if (rc == STET_OK && !m->config->keep_credentials)
        *redacted = stet_head_redact(&head, out);
    if (rc == STET_EFORMAT || m->config->keep_credentials) {
        stet_buf_add_span(out, sent);
        rc = STET_OK;
    }
    stet_head_clear(&head);
    if (rc == STET_OK)
        rc = stet_buf_status(out);
    return rc;
}

static int pack_request(struct stet_record_maker *m, struct stet_error *err)
{
    struct stet_product *p = m->product;
    struct stet_warc_header h;
    struct stet_buf block;
    struct stet_entry *e;
    bool redacted;
    int rc;

    if (m->exchange->request.len == 0)
        return STET_OK;
    e = add_entry(m, "request");
    stet_warc_header_init(&h);
    stet_buf_init(&block, MAX_BLOCK);
    rc = make_id(m, "request", e->record_id, err);
    if (rc == STET_OK)
        rc = clean_request(m, &block, &redacted, err);
    if (rc == STET_OK) {
        stet_warc_header_begin(&h, m->config->version, "request", e->record_id,
                               p->date_ms);
        add_exchange_fields(m, &h);
        if (m->first_id[0])
            stet_warc_header_add_id(&h, "WARC-Concurrent-To", m->first_id);
        if (redacted)
            stet_warc_header_add(&h, "WARC-Redacted", STET_SPAN("credentials"));
        stet_warc_header_add(&h, "Content-Type", STET_WARC_HTTP_REQUEST);
        rc = stet_warc_record_pack(&p->records, &h, stet_buf_span(&block),
                                   (struct stet_span){ "", 0 }, &m->notes, err);
    }
    stet_buf_clear(&block);
    stet_warc_header_clear(&h);
    return finish_entry(m, e, rc);
}

int stet_records_capture(struct stet_record_maker *m,
                         const struct stet_record_facts *f,
                         struct stet_error *err)
{
    int rc = STET_OK;

    m->first_id[0] = '\0';
    if (m->exchange->head.len > 0)
        rc = pack_response(m, f, err);
    if (rc == STET_OK)
        rc = pack_request(m, err);
    return rc;
}

/* A line of an application/warc-fields block; controls become spaces. */
static void add_line(struct stet_buf *b, const char *name,
                     struct stet_span value)
{
    if (value.len == 0)
        return;
    stet_buf_adds(b, name);
    stet_buf_adds(b, ": ");
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        stet_buf_addc(b, c < 0x20 || c == 0x7F ? ' ' : (char)c);
    }
    stet_buf_adds(b, "\r\n");
}

/* Each interim answer by its status line. */
static void add_interim(struct stet_buf *b, struct stet_span heads)
{
    while (heads.len > 0) {
        size_t end = stet_head_end(heads, NULL);
        struct stet_span line = stet_span_sub(heads, 0, end ? end : heads.len);

        heads = stet_span_sub(heads, line.len, heads.len);
        add_line(b, "interim-response",
                 stet_span_trim(stet_span_cut(&line, '\n')));
    }
}

/* The head of a 304, a line each. */
static void add_head(struct stet_buf *b, struct stet_span head)
{
    while (head.len > 0)
        add_line(b, "not-modified", stet_span_trim(stet_span_cut(&head, '\n')));
}

static void add_limits(struct stet_buf *b, unsigned limits)
{
    static const struct {
        unsigned bit;
        const char *word;
    } list[] = {
#define STET_X(name, bit, word) { name, word },
        STET_PRODUCT_LIMITS(STET_X)
#undef STET_X
    };

    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        if (limits & list[i].bit)
            add_line(b, "limit-reached", stet_span_of(list[i].word));
    }
}

static void add_oddities(const struct stet_record_maker *m, struct stet_buf *b)
{
    const struct stet_exchange *x = m->exchange;

    if (x->outcome != STET_OUT_OK) {
        add_line(b, "fetch-outcome",
                 stet_span_of(stet_outcome_name(x->outcome)));
        add_line(b, "fetch-error", stet_span_of(x->why));
    }
    add_interim(b, (struct stet_span){ x->interim.data, x->interim.len });
    if (m->product->came == STET_CAME_UNCHANGED)
        add_head(b, (struct stet_span){ x->head.data, x->head.len });
    if (x->excess > 0)
        stet_buf_addf(b, "bytes-after-end: %" PRIu64 "\r\n", x->excess);
    add_limits(b, m->product->limits);
}

/* Why a related story was followed. */
static void add_listing(struct stet_buf *b, const struct stet_target *t)
{
    if (t->position == 0)
        return;
    add_line(b, "list", t->list);
    stet_buf_addf(b, "list-position: %" PRIu32 "\r\n", t->position);
}

static int build_metadata(const struct stet_record_maker *m,
                          const struct stet_reading *r, struct stet_buf *b,
                          struct stet_error *err)
{
    const struct stet_product *p = m->product;
    struct stet_bytes fields = { NULL, 0 };
    int rc = STET_OK;

    add_line(b, "via", p->target->via);
    add_line(b, "hopsFromSeed", p->target->hops);
    add_listing(b, p->target);
    stet_buf_addf(b, "fetchTimeMs: %" PRId64 "\r\n", p->took_ms);
    add_oddities(m, b);
    stet_buf_add_span(b, stet_buf_span(&r->outlinks));
    if (stet_buf_status(&r->outlinks) == STET_ENOMEM)
        rc = stet_fail(err, STET_ENOMEM, "no memory for outlinks");
    if (rc == STET_OK && r->article)
        rc = stet_article_print_fields(&fields, r->article, err);
    stet_buf_add(b, fields.data, fields.len);
    stet_bytes_clear(&fields);
    if (rc == STET_OK && stet_buf_status(b) < 0)
        rc = stet_fail(
            err, stet_buf_status(b), "the metadata of %.*s",
            (int)(p->target->url.len < 100 ? p->target->url.len : 100),
            p->target->url.ptr);
    return rc;
}

/* Pages always have one; other captures when there is something to say. */
static bool is_due(const struct stet_record_maker *m,
                   const struct stet_reading *r, const struct stet_head *head)
{
    const struct stet_exchange *x = m->exchange;
    enum stet_mime_kind kind = stet_mime_kind_of(m->product->mime);

    return kind == STET_MIME_HTML || r->article || x->outcome != STET_OUT_OK ||
           !head || x->interim.len > 0 || x->excess > 0 ||
           m->product->came == STET_CAME_UNCHANGED || m->product->limits != 0;
}

int stet_records_metadata(struct stet_record_maker *m,
                          const struct stet_reading *r,
                          const struct stet_head *head, struct stet_error *err)
{
    struct stet_product *p = m->product;
    struct stet_warc_header h;
    struct stet_buf block;
    struct stet_entry *e;
    int rc;

    if (!is_due(m, r, head))
        return STET_OK;
    e = add_entry(m, "metadata");
    stet_buf_init(&block, MAX_BLOCK);
    stet_warc_header_init(&h);
    rc = make_id(m, "metadata", e->record_id, err);
    if (rc == STET_OK)
        rc = build_metadata(m, r, &block, err);
    if (rc == STET_OK) {
        stet_warc_header_begin(&h, m->config->version, "metadata", e->record_id,
                               p->date_ms);
        stet_warc_header_add_uri(&h, "WARC-Target-URI", p->target->url);
        if (m->first_id[0])
            stet_warc_header_add_id(&h, "WARC-Concurrent-To", m->first_id);
        stet_warc_header_add(&h, "WARC-Page-ID",
                             stet_span_of(p->target->page_id));
        stet_warc_header_add(&h, "Content-Type", STET_WARC_FIELDS);
        rc = stet_warc_record_pack(&p->records, &h, stet_buf_span(&block),
                                   (struct stet_span){ "", 0 }, &m->notes, err);
    }
    stet_warc_header_clear(&h);
    stet_buf_clear(&block);
    return finish_entry(m, e, rc);
}

/* A resource record of our own making, under a urn: of the page's URL. */
static int pack_text(struct stet_record_maker *m, struct stet_entry *e,
                     struct stet_span text, struct stet_error *err)
{
    struct stet_product *p = m->product;
    struct stet_digest digest;
    char printed[STET_DIGEST_TEXT_MAX];
    struct stet_warc_pack pack = m->notes;
    struct stet_warc_header h;
    int rc = make_id(m, "text", e->record_id, err);

    if (rc == STET_OK)
        rc = stet_digest_of(&digest, m->config->digest, text, err);
    if (rc < 0)
        return rc;
    pack.block = &digest; /* all of the block is payload */
    stet_digest_print(printed, &digest);
    e->digest = stet_arena_dup(&p->strings, stet_span_of(printed));
    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, m->config->version, "resource", e->record_id,
                           p->date_ms);
    stet_warc_header_add_uri(&h, "WARC-Target-URI", e->url);
    stet_warc_header_add_id(&h, "WARC-Concurrent-To", m->first_id);
    stet_warc_header_add(&h, "WARC-Page-ID", stet_span_of(p->target->page_id));
    stet_warc_header_add_digest(&h, "WARC-Payload-Digest", &digest);
    stet_warc_header_add(&h, "Content-Type", e->mime);
    rc = stet_warc_record_pack(&p->records, &h, text,
                               (struct stet_span){ "", 0 }, &pack, err);
    stet_warc_header_clear(&h);
    if (rc == STET_OK && !e->digest.ptr)
        rc = stet_fail(err, STET_ENOMEM, "no memory for a product");
    return rc;
}

int stet_records_text(struct stet_record_maker *m, const struct stet_article *a,
                      struct stet_error *err)
{
    struct stet_product *p = m->product;
    struct stet_entry *e;
    struct stet_buf urn;
    int rc;

    if (!a || a->text.len == 0)
        return STET_OK;
    stet_buf_init(&urn, MAX_NAME + 16);
    stet_buf_adds(&urn, "urn:text:");
    stet_buf_add_span(&urn, p->target->url);
    e = add_entry(m, "resource");
    e->url = stet_arena_dup(&p->strings, stet_buf_span(&urn));
    e->mime = STET_SPAN("text/plain");
    e->indexed = true;
    rc = e->url.ptr ? stet_buf_status(&urn) : STET_ENOMEM;
    stet_buf_clear(&urn);
    rc = rc < 0 ? stet_fail(err, rc, "no memory for a product")
                : pack_text(m, e, a->text, err);
    return finish_entry(m, e, rc);
}
