#include "product/product.h"

#include "base/fail.h"
#include "base/mem.h"
#include "http/coding.h"
#include "http/mime.h"
#include "product/records.h"
#include "product/stored.h"

#include <string.h>

struct stet_worker {
    const struct stet_product_config *config;
    struct stet_gzip *gzip, *notes;
    struct stet_buf entity;  /* a body without its chunk framing */
    struct stet_buf decoded; /* and without its content coding */
    struct stet_buf mime;
    struct stet_buf outlinks; /* of the document before */
    struct stet_stored stored;
};

enum {
    MAX_MIME = 1024,
    MAX_WHY = 512,
    KEPT_OUTLINKS = 1 << 20,
    LOOK = 64 << 10, /* of a large body, to see what it is */
    /* What is not made smaller by one part in so many is not packed, as far
     * as so many samples of that length tell. */
    LITTLE = 32,
    SAMPLES = 16,
    SAMPLE = 32 << 10,
};

void stet_job_free(struct stet_job *j)
{
    if (!j)
        return;
    stet_target_free(j->target);
    stet_exchange_free(j->exchange);
    stet_free(j->original.text);
    stet_free(j);
}

void stet_product_free(struct stet_product *p)
{
    if (!p)
        return;
    stet_target_free(p->target);
    stet_spool_clear(&p->records);
    stet_free(p->wants);
    stet_arena_clear(&p->strings);
    stet_free(p);
}

int stet_worker_new(struct stet_worker **out,
                    const struct stet_product_config *config,
                    struct stet_error *err)
{
    struct stet_worker *w = stet_alloc(sizeof(*w));
    int rc;

    *out = NULL;
    if (!w)
        return stet_fail(err, STET_ENOMEM, "no memory for a worker");
    w->config = config;
    stet_buf_init(&w->entity, STET_MAX_PRODUCT_PARSE);
    stet_buf_init(&w->decoded, STET_MAX_PRODUCT_PARSE);
    stet_buf_init(&w->mime, MAX_MIME);
    stet_buf_init(&w->outlinks, STET_MAX_OUTLINK_BYTES);
    stet_stored_init(&w->stored);
    rc = stet_gzip_new(&w->gzip, config->gzip_level, err);
    if (rc == STET_OK)
        rc = stet_gzip_new(&w->notes,
                           stet_gzip_level_of_notes(config->gzip_level), err);
    if (rc < 0) {
        stet_worker_free(w);
        return rc;
    }
    *out = w;
    return STET_OK;
}

void stet_worker_free(struct stet_worker *w)
{
    if (!w)
        return;
    stet_gzip_free(w->gzip);
    stet_gzip_free(w->notes);
    stet_buf_clear(&w->entity);
    stet_buf_clear(&w->decoded);
    stet_buf_clear(&w->mime);
    stet_buf_clear(&w->outlinks);
    stet_stored_clear(&w->stored);
    stet_free(w);
}

static struct stet_product *new_product(struct stet_target *target,
                                        const char *spool_dir,
                                        size_t spool_memory)
{
    struct stet_product *p = stet_alloc(sizeof(*p));

    if (!p)
        return NULL;
    p->target = target;
    stet_arena_init(&p->strings, STET_MAX_PRODUCT_BYTES);
    stet_spool_init(&p->records, spool_dir, spool_memory);
    return p;
}

/* Rules that are not asked for are not known (RFC 9309 section 2.3.1.4). */
static int say_skipped(struct stet_product *p)
{
    struct stet_buf text;

    if (p->target->role != STET_ROLE_ROBOTS)
        return STET_OK;
    stet_buf_init(&text, MAX_WHY);
    stet_buf_addf(&text, "%s: ", p->outcome);
    stet_buf_add_span(&text, p->why);
    p->robots_answer = STET_ROBOTS_DENY;
    p->robots = stet_arena_dup(&p->strings, stet_buf_span(&text));
    stet_buf_clear(&text);
    return p->robots.ptr ? STET_OK : STET_ENOMEM;
}

int stet_product_skip(struct stet_product **out, struct stet_target *target,
                      const char *outcome, struct stet_span why, int64_t now_ms,
                      struct stet_error *err)
{
    struct stet_product *p = new_product(target, NULL, 1);

    *out = p;
    if (!p)
        return stet_fail(err, STET_ENOMEM, "no memory for a product");
    p->outcome = outcome;
    p->date_ms = now_ms;
    p->why = stet_arena_dup(&p->strings, why);
    if (p->why.ptr && say_skipped(p) == STET_OK)
        return STET_OK;
    p->target = NULL; /* it stays the caller's */
    stet_product_free(p);
    *out = NULL;
    return stet_fail(err, STET_ENOMEM, "no memory for a product");
}

/* The document in a body, decoded as far as it can be. */
struct content {
    struct stet_span document;
    struct stet_buf charset; /* that its type names */
    bool coded;              /* a content coding was on it */
    bool cut;                /* there is more of it than was read */
    unsigned limits;         /* reached on the way */
};

static int decode_entity(struct stet_worker *w, const struct stet_head *head,
                         struct stet_span entity, struct content *out)
{
    enum stet_decoded verdict = STET_DECODED_WHOLE;
    struct stet_coding_chain chain;
    struct stet_buf codings;
    int rc;

    stet_buf_init(&codings, STET_MAX_HEAD);
    (void)stet_head_join(head, "Content-Encoding", &codings);
    rc = stet_buf_status(&codings) == STET_ENOMEM ? STET_ENOMEM : STET_OK;
    stet_coding_parse(&chain, stet_buf_span(&codings));
    out->coded = chain.n > 0;
    if (rc == STET_OK)
        rc = stet_coding_decode(&out->document, &w->decoded, &chain, entity,
                                &stet_decode_limits_default, &verdict);
    if (verdict == STET_DECODED_BOMB)
        out->limits |= STET_LIMITED_DECODING;
    stet_buf_clear(&codings);
    return rc;
}

static int decode_body(struct stet_worker *w, const struct stet_exchange *x,
                       const struct stet_head *head, struct stet_span raw,
                       struct content *out)
{
    struct stet_span entity;
    int rc;

    stet_buf_reset(&w->entity);
    rc = stet_body_entity(&entity, &w->entity, &x->framing, raw);
    if (rc == STET_ENOMEM)
        return rc;
    if (rc == STET_ELIMIT)
        out->limits |= STET_LIMITED_PARSING;
    return decode_entity(w, head, entity, out);
}

/* Types whose bytes gzip cannot make smaller. */
static bool is_dense(struct stet_span mime, struct stet_span bytes)
{
    static const char *const dense[] = {
        "image/jpeg", "image/png",  "image/webp",       "image/gif",
        "image/avif", "font/woff2", "application/gzip", "application/zip",
        "font/woff",  "video/mp4",  "video/webm",       "audio/mpeg",
    };
    const char *seen = stet_mime_sniff(bytes, false);
    bool named = false, looks = false;

    for (size_t i = 0; i < sizeof(dense) / sizeof(dense[0]); i++) {
        named = named || stet_span_eqs(mime, dense[i]);
        looks = looks || strcmp(seen, dense[i]) == 0;
    }
    return named && looks;
}

/* Why the rules of a host cannot be known. */
static int say_denied(struct stet_product *p, const struct stet_exchange *x)
{
    struct stet_buf why;

    stet_buf_init(&why, MAX_WHY);
    if (!x->head_is_whole)
        stet_buf_addf(&why, "%s: %s", stet_outcome_name(x->outcome), x->why);
    else
        stet_buf_addf(&why, "robots: robots.txt was answered with status %d",
                      x->status);
    p->robots = stet_arena_dup(&p->strings, stet_buf_span(&why));
    stet_buf_clear(&why);
    return p->robots.ptr ? STET_OK : STET_ENOMEM;
}

/* RFC 9309 section 2.3.1: what an answer to robots.txt means. */
static int keep_robots(struct stet_product *p, const struct stet_exchange *x,
                       struct stet_span document)
{
    if (p->target->role != STET_ROLE_ROBOTS || p->n_wants > 0)
        return STET_OK;
    if (!x->head_is_whole || x->status >= 500) {
        p->robots_answer = STET_ROBOTS_DENY;
        return say_denied(p, x);
    }
    p->robots_answer = STET_ROBOTS_ALLOW;
    if (x->status < 200 || x->status >= 300)
        return STET_OK;
    p->robots_answer = STET_ROBOTS_RULES;
    p->robots = stet_arena_dup(
        &p->strings, stet_span_sub(document, 0, STET_MAX_ROBOTS_BODY));
    return p->robots.ptr ? STET_OK : STET_ENOMEM;
}

/* What an answer calls itself.  A sheet need not do so (HTML, link type
 * "stylesheet"). */
static struct stet_span content_type(const struct stet_product *p,
                                     const struct stet_head *head)
{
    struct stet_span type = stet_head_get(head, "Content-Type");

    return type.len == 0 && p->target->resource == STET_RESOURCE_STYLE
               ? STET_SPAN("text/css")
               : type;
}

static int find_mime(struct stet_worker *w, struct stet_product *p,
                     const struct stet_head *head, struct stet_span bytes,
                     struct stet_buf *charset)
{
    struct stet_mime m;
    int rc;

    stet_mime_init(&m);
    rc = stet_mime_of_head(&m, head);
    if (rc == STET_OK)
        stet_buf_add_span(charset, stet_mime_get(&m, "charset"));
    stet_mime_clear(&m);
    if (rc == STET_ENOMEM || stet_buf_status(charset) == STET_ENOMEM)
        return STET_ENOMEM;
    stet_buf_reset(&w->mime);
    rc = stet_mime_compute(
        &w->mime, content_type(p, head),
        stet_span_ieqs(stet_head_get(head, "X-Content-Type-Options"),
                       "nosniff"),
        bytes);
    if (rc < 0)
        return rc;
    p->mime = stet_arena_dup(&p->strings, stet_buf_span(&w->mime));
    return p->mime.ptr ? STET_OK : STET_ENOMEM;
}

/* A preload says little of what it brings; what came says more. */
static void refine_resource(struct stet_product *p)
{
    enum stet_resource *r = &p->target->resource;

    if (*r != STET_RESOURCE_OTHER || p->target->role == STET_ROLE_ROBOTS)
        return;
    switch (stet_mime_kind_of(p->mime)) {
    case STET_MIME_CSS:
        *r = STET_RESOURCE_STYLE;
        break;
    case STET_MIME_SCRIPT:
        *r = STET_RESOURCE_SCRIPT;
        break;
    case STET_MIME_IMAGE:
        *r = STET_RESOURCE_IMAGE;
        break;
    case STET_MIME_FONT:
        *r = STET_RESOURCE_FONT;
        break;
    case STET_MIME_AUDIO:
    case STET_MIME_VIDEO:
        *r = STET_RESOURCE_MEDIA;
        break;
    case STET_MIME_HTML:
        *r = STET_RESOURCE_DOCUMENT;
        break;
    case STET_MIME_JSON:
    case STET_MIME_XML:
    case STET_MIME_TEXT:
    case STET_MIME_OTHER:
        break;
    }
}

/* Packs a little of a large body here and there: whether that is of use. */
static int try_packing(struct stet_worker *w, const struct stet_spool *body,
                       bool *shrinks, struct stet_error *err)
{
    char *piece = stet_grow(NULL, SAMPLE); /* not zeroed: it is filled */
    struct stet_spool packed;
    uint64_t total = 0;
    size_t got;
    int rc = piece ? STET_OK
                   : stet_fail(err, STET_ENOMEM, "no memory for a product");

    stet_spool_init(&packed, NULL, 2 * SAMPLES * SAMPLE);
    for (uint64_t i = 0; rc == STET_OK && i < SAMPLES; i++) {
        rc = stet_spool_read(body, body->len / SAMPLES * i, piece, SAMPLE, &got,
                             err);
        if (rc == STET_OK) {
            struct stet_span part = { piece, got };
            rc = stet_gzip_add(w->notes, &packed, &part, 1, false, err);
            total += got;
        }
    }
    *shrinks = packed.len < total - total / LITTLE;
    stet_spool_clear(&packed);
    stet_free(piece);
    return rc;
}

/* What is already compressed is not tried again.  Chunk lines are worth it
 * only where there is little between them. */
static int choose_packing(struct stet_worker *w, const struct stet_product *p,
                          const struct stet_exchange *x,
                          const struct content *c, struct stet_record_facts *f,
                          struct stet_error *err)
{
    bool shrinks = true;
    int rc = STET_OK;

    f->stored = c->coded ||
                ((f->large || !p->chunked) && is_dense(p->mime, c->document));
    if (f->large && !f->stored && !stet_came_is_revisit(p->came))
        rc = try_packing(w, &x->body, &shrinks, err);
    f->stored = f->stored || !shrinks;
    return rc;
}

/* The first bytes of a large body say what it is.  STET_END: more has to be
 * decoded, as it is to be read in one place. */
static int look_at_front(struct stet_worker *w, struct stet_reading *r,
                         const struct stet_exchange *x,
                         const struct stet_head *head,
                         const struct stet_record_facts *f, struct content *out)
{
    struct stet_product *p = r->product;
    enum stet_reading_need need;
    int rc = decode_body(w, x, head, stet_span_sub(f->body, 0, LOOK), out);

    if (rc == STET_OK)
        rc = find_mime(w, p, head, out->document, &out->charset);
    if (rc < 0)
        return rc;
    need = stet_reading_needs(r, p->mime);
    out->limits = 0;
    if (need == STET_READING_TYPE)
        return STET_OK;
    if (need == STET_READING_PIECES && !out->coded) {
        r->body = &x->body;
        r->framing = &x->framing;
        return STET_OK;
    }
    if (f->body.len < x->body.len)
        out->limits = STET_LIMITED_PARSING;
    stet_buf_reset(&out->charset);
    return STET_END;
}

static int look_at_body(struct stet_worker *w, struct stet_reading *r,
                        const struct stet_exchange *x,
                        const struct stet_head *head,
                        const struct stet_record_facts *f, struct content *out)
{
    int rc = f->large ? look_at_front(w, r, x, head, f, out) : STET_END;

    if (rc != STET_END)
        return rc;
    rc = decode_body(w, x, head, f->body, out);
    return rc == STET_OK
               ? find_mime(w, r->product, head, out->document, &out->charset)
               : rc;
}

/* Type, links and facts of a document whose type was found. */
static int read_content(struct stet_reading *r, const struct stet_head *head,
                        const struct content *c, struct stet_error *err)
{
    struct stet_product *p = r->product;
    struct stet_span charset = stet_buf_span(&c->charset);
    int rc = stet_reading_head(r, head, err);

    if (rc == STET_OK && p->status >= 200 && p->status < 300)
        rc = stet_reading_document(r, p->mime, charset, c->document, err);
    else if (rc == STET_OK && p->status >= 400)
        rc = stet_reading_refusal(r, p->mime, charset, c->document, err);
    return rc;
}

/* Reads what came: type, links, facts.  *head is parsed when there is one. */
static int read_response(struct stet_worker *w, struct stet_reading *r,
                         const struct stet_exchange *x,
                         const struct stet_head *head,
                         struct stet_record_facts *f, struct stet_error *err)
{
    struct stet_product *p = r->product;
    struct content c = { .document = { "", 0 } };
    int rc;

    stet_buf_init(&c.charset, MAX_MIME);
    rc = look_at_body(w, r, x, head, f, &c);
    p->limits |= c.limits;
    if (rc == STET_OK) {
        refine_resource(p);
        rc = choose_packing(w, p, x, &c, f, err);
    }
    if (rc == STET_OK)
        rc = read_content(r, head, &c, err);
    if (rc == STET_OK)
        rc = keep_robots(p, x, c.document);
    if (rc == STET_OK && p->robots_answer == STET_ROBOTS_RULES)
        rc = stet_reading_robots(r, p->robots);
    stet_buf_clear(&c.charset);
    return rc < 0 ? stet_fail(err, rc, "cannot read a response") : STET_OK;
}

/* As much of the former response as `max` says, and its type. */
static int look_at_stored(struct stet_worker *w, struct stet_reading *r,
                          const struct stet_head *head, size_t max,
                          struct content *out, struct stet_error *err)
{
    int rc = stet_stored_read(&w->stored, &w->entity, max, err);

    out->cut = rc == STET_ELIMIT;
    if (rc == STET_ENOMEM)
        return rc;
    out->limits = 0;
    stet_buf_reset(&out->charset);
    rc = decode_entity(w, head, stet_buf_span(&w->entity), out);
    return rc == STET_OK
               ? find_mime(w, r->product, head, out->document, &out->charset)
               : rc;
}

/* Reads what the open record of the former response holds, as if it had come
 * now.  What cannot be read of it has no links. */
static int read_stored(struct stet_worker *w, struct stet_reading *r,
                       const struct stet_head *head, struct stet_error *err)
{
    struct stet_product *p = r->product;
    struct content c = { .document = { "", 0 } };
    int rc;

    stet_buf_init(&c.charset, MAX_MIME);
    stet_buf_reset(&w->entity);
    rc = look_at_stored(w, r, head, LOOK, &c, err);
    if (rc == STET_OK && c.cut &&
        stet_reading_needs(r, p->mime) != STET_READING_TYPE) {
        rc = look_at_stored(w, r, head, STET_MAX_PRODUCT_PARSE, &c, err);
        if (c.cut)
            c.limits |= STET_LIMITED_PARSING;
    }
    p->limits |= c.limits;
    if (rc == STET_OK) {
        refine_resource(p);
        rc = read_content(r, head, &c, err);
    }
    stet_buf_clear(&c.charset);
    if (rc == STET_EFORMAT || rc == STET_ELIMIT)
        rc = STET_OK;
    return rc < 0 ? stet_fail(err, rc, "cannot read a stored response")
                  : STET_OK;
}

/* An answer to a request with validators: that what they are of still holds.
 * If that cannot be read after all, a 304 is what came, and no more. */
static int find_unchanged(struct stet_worker *w, struct stet_product *p,
                          const struct stet_exchange *x,
                          const struct stet_head **head, struct stet_error *err)
{
    const struct stet_former *f = p->target->former;
    int rc;

    *head = NULL;
    if (!f || x->status != 304 || x->outcome != STET_OUT_OK ||
        !x->head_is_whole)
        return STET_OK;
    rc = stet_stored_open(&w->stored, w->config->stored, f, head, err);
    if (rc < 0) {
        *head = NULL;
        return rc == STET_ENOMEM ? rc : STET_OK;
    }
    p->came = STET_CAME_UNCHANGED;
    p->status = f->status;
    p->chunked = f->chunked;
    p->digest.len = 0; /* that of no body */
    return STET_OK;
}

static int copy_facts(struct stet_product *p, const struct stet_job *job)
{
    const struct stet_exchange *x = job->exchange;

    p->outcome = stet_outcome_name(x->outcome);
    p->why = stet_arena_dup(&p->strings, stet_span_of(x->why));
    p->status = x->status;
    p->date_ms = x->started_ms;
    p->took_ms = x->took_ms;
    p->bytes = x->body.len;
    p->chunked = x->framing.kind == STET_FRAMING_CHUNKED;
    p->entity_len = x->entity_len;
    if (x->truncated == STET_NOT_TRUNCATED && x->head.len > 0)
        p->digest = x->entity_digest;
    if (job->original.url.ptr && p->digest.len > 0)
        p->came = STET_CAME_KNOWN;
    return p->why.ptr ? STET_OK : STET_ENOMEM;
}

static bool is_large(const struct stet_worker *w, const struct stet_exchange *x)
{
    uint64_t most = w->config->large_body;

    return x->body.len > (most ? most : STET_LARGE_BODY);
}

/* What reading a large body took is not kept while it is written. */
static void forget_body(struct stet_worker *w, struct stet_exchange *x)
{
    stet_spool_drop_view(&x->body);
    stet_buf_clear(&w->entity);
    stet_buf_clear(&w->decoded);
}

/* A buffer for outlinks that was used before, and back. */
static void lend_outlinks(struct stet_worker *w, struct stet_reading *r)
{
    r->outlinks = w->outlinks;
    stet_buf_init(&w->outlinks, STET_MAX_OUTLINK_BYTES);
}

static void end_reading(struct stet_worker *w, struct stet_reading *r)
{
    if (r->outlinks.cap <= KEPT_OUTLINKS) {
        stet_buf_reset(&r->outlinks);
        w->outlinks = r->outlinks;
        stet_buf_init(&r->outlinks, STET_MAX_OUTLINK_BYTES);
    }
    stet_reading_clear(r);
}

static int make(struct stet_worker *w, struct stet_product *p,
                struct stet_job *job, struct stet_error *err)
{
    struct stet_exchange *x = job->exchange;
    struct stet_record_maker m = {
        .config = w->config,
        .pack = { .gzip = w->gzip, .digest = w->config->digest },
        .notes = { .gzip = w->notes, .digest = w->config->digest },
        .product = p,
        .exchange = x,
        .original = &job->original,
    };
    struct stet_record_facts f = { { "", 0 }, is_large(w, x), false };
    const struct stet_head *stored = NULL;
    struct stet_head head;
    struct stet_reading r;
    int rc = copy_facts(p, job);

    if (rc < 0)
        return stet_fail(err, rc, "no memory for a product");
    stet_head_init(&head);
    stet_reading_init(&r, p, w->config);
    lend_outlinks(w, &r);
    rc = stet_spool_front(&x->body, STET_MAX_PRODUCT_PARSE, &f.body, err);
    if (rc == STET_OK)
        rc = find_unchanged(w, p, x, &stored, err);
    if (rc == STET_OK && x->head.len > 0) {
        struct stet_span bytes = { x->head.data, x->head.len };
        rc = stet_head_parse_response(&head, bytes, err);
        if (rc == STET_OK)
            rc = stored ? read_stored(w, &r, stored, err)
                        : read_response(w, &r, x, &head, &f, err);
        /* Kept, but not read, or not to its end. */
        if (rc == STET_EFORMAT || rc == STET_ELIMIT)
            rc = keep_robots(p, x, (struct stet_span){ "", 0 });
    } else if (rc == STET_OK) {
        rc = keep_robots(p, x, (struct stet_span){ "", 0 });
    }
    if (f.large)
        forget_body(w, x);
    if (rc == STET_OK)
        rc = stet_records_capture(&m, &f, err);
    if (rc == STET_OK)
        rc = stet_records_metadata(&m, &r, head.bytes.ptr ? &head : NULL, err);
    if (rc == STET_OK && p->status < 400)
        rc = stet_records_text(&m, r.article, err);
    end_reading(w, &r);
    stet_head_clear(&head);
    return rc;
}

int stet_worker_make(struct stet_product **out, struct stet_worker *w,
                     struct stet_job *job, struct stet_error *err)
{
    struct stet_product *p =
        new_product(job->target, w->config->spool_dir, w->config->spool_memory);
    int rc;

    *out = NULL;
    if (!p)
        return stet_fail(err, STET_ENOMEM, "no memory for a product");
    job->target = NULL;
    rc = make(w, p, job, err);
    if (rc < 0) {
        stet_product_free(p);
        return rc;
    }
    *out = p;
    return rc;
}

/* What the server is to be asked with; STET_END: nothing that would do. */
static int keep_validators(struct stet_former *f, const struct stet_head *head)
{
    struct stet_span etag = stet_head_get(head, "ETag");
    struct stet_span modified = stet_head_get(head, "Last-Modified");

    /* Only a whole representation can be said not to have changed. */
    if (f->status != 200)
        return STET_END;
    if (etag.len > 0 && etag.len <= STET_MAX_VALIDATOR)
        f->etag = stet_arena_dup(&f->text, etag);
    if (modified.len > 0 && modified.len <= STET_MAX_VALIDATOR)
        f->last_modified = stet_arena_dup(&f->text, modified);
    return f->etag.len > 0 || f->last_modified.len > 0 ? STET_OK : STET_END;
}

/* As if the former response had come now, but for its records. */
static int make_fresh(struct stet_worker *w, struct stet_product *p,
                      const struct stet_head *head, struct stet_error *err)
{
    const struct stet_former *f = p->target->former;
    struct stet_reading r;
    int rc;

    p->outcome = stet_outcome_name(STET_OUT_OK);
    p->why = STET_SPAN("");
    p->status = f->status;
    p->date_ms = f->now_ms;
    p->chunked = f->chunked;
    p->came = STET_CAME_FRESH;
    stet_reading_init(&r, p, w->config);
    lend_outlinks(w, &r);
    rc = read_stored(w, &r, head, err);
    end_reading(w, &r);
    return rc;
}

int stet_worker_recall(struct stet_product **out, struct stet_worker *w,
                       struct stet_job *job, struct stet_error *err)
{
    struct stet_former *f = job->target->former;
    const struct stet_head *head;
    struct stet_product *p;
    int rc = stet_stored_open(&w->stored, w->config->stored, f, &head, err);

    *out = NULL;
    if (rc == STET_ENOMEM)
        return rc;
    if (rc == STET_OK && !f->fresh)
        rc = keep_validators(f, head);
    if (rc != STET_OK) {
        stet_former_free(f);
        job->target->former = NULL;
        return STET_OK;
    }
    if (!f->fresh)
        return STET_OK;
    p = new_product(job->target, w->config->spool_dir, w->config->spool_memory);
    if (!p)
        return stet_fail(err, STET_ENOMEM, "no memory for a product");
    job->target = NULL;
    rc = make_fresh(w, p, head, err);
    if (rc < 0)
        stet_product_free(p);
    else
        *out = p;
    return rc;
}
