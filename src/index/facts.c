#include "index/facts.h"

#include "base/digest.h"
#include "base/fail.h"
#include "index/make.h"
#include "index/post.h"
#include "warc/payload.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum {
    /* Mime, status, digest, URL and bodies of one record. */
    MAX_FACTS = 8 << 20,
    MAX_TYPE = 1000, /* a longer media type is cut */
    MAX_NUMBER = 24, /* digits, and more */
};

/* What is under way. */
struct reading {
    struct stet_index_facts *f;
    struct stet_warc_reader *r;
    const struct stet_warc_record *rec;
    const struct stet_index_spec *spec;
    const struct stet_index_place *place;
    struct stet_span *digest; /* of the line; or NULL: not wanted */
    struct stet_buf body;     /* of a request */
};

void stet_index_facts_init(struct stet_index_facts *f)
{
    *f = (struct stet_index_facts){ 0 };
    stet_arena_init(&f->arena, MAX_FACTS);
}

void stet_index_facts_clear(struct stet_index_facts *f)
{
    stet_arena_clear(&f->arena);
    stet_index_facts_init(f);
}

static int no_memory(struct stet_error *err)
{
    return stet_fail(err, STET_ENOMEM, "no memory to index");
}

/* A copy that outlives the record; an absent one stays so. */
static bool keep(struct stet_index_facts *f, struct stet_span *out,
                 struct stet_span s)
{
    *out = s;
    if (s.ptr)
        *out = stet_arena_dup(&f->arena, s);
    return !s.ptr || out->ptr;
}

static bool keep_number(struct stet_index_facts *f, struct stet_span *out,
                        uint64_t n)
{
    char text[MAX_NUMBER];

    snprintf(text, sizeof(text), "%" PRIu64, n);
    return keep(f, out, stet_span_of(text));
}

/* -- the header ------------------------------------------------------------ */

/* The media type alone: up to the first ';' or white space. */
static struct stet_span bare_type(struct stet_span value)
{
    size_t n = 0;

    if (!value.ptr)
        return value;
    while (n < value.len && !strchr("; \t\r\n", value.ptr[n]))
        n++;
    return stet_span_sub(value, 0, n < MAX_TYPE ? n : MAX_TYPE);
}

/* A copy in which spaces, which no URI has, are percent-encoded. */
static bool keep_uri(struct stet_arena *a, struct stet_span *to,
                     struct stet_span uri)
{
    size_t spaces = 0, n = 0;
    char *out;

    *to = uri;
    if (!uri.ptr)
        return true;
    for (size_t i = 0; i < uri.len; i++)
        spaces += uri.ptr[i] == ' ';
    out = stet_arena_alloc(a, uri.len + 2 * spaces + 1);
    for (size_t i = 0; out && i < uri.len; i++) {
        if (uri.ptr[i] == ' ') {
            memcpy(out + n, "%20", 3);
            n += 3;
        } else {
            out[n++] = uri.ptr[i];
        }
    }
    *to = (struct stet_span){ out, out ? n : 0 };
    return out != NULL;
}

/* The type of what has no HTTP head, by the record's own header. */
static struct stet_span type_of_record(const struct reading *x)
{
    if (stet_span_eqs(x->rec->type, "revisit"))
        return STET_SPAN("warc/revisit");
    if (x->f->is_response || x->f->is_request)
        return (struct stet_span){ NULL, 0 };
    return bare_type(stet_warc_record_field(x->rec, "Content-Type"));
}

static struct stet_span field_or_none(const struct stet_warc_record *rec,
                                      const char *name)
{
    struct stet_span v = stet_warc_record_field(rec, name);

    return v.len > 0 ? v : (struct stet_span){ NULL, 0 };
}

/* What one field is by the header; false without memory. */
static bool take_header(struct reading *x, size_t i)
{
    const struct stet_index_field *field = &x->spec->fields[i];
    struct stet_span *out = &x->f->line.values[i];

    *out = (struct stet_span){ NULL, 0 };
    switch (field->source) {
    case STET_INDEX_URL:
        *out = x->f->line.url;
        return true;
    case STET_INDEX_MIME:
        return keep(x->f, out, type_of_record(x));
    case STET_INDEX_DIGEST:
        x->digest = out;
        return keep(x->f, out, field_or_none(x->rec, "WARC-Payload-Digest"));
    case STET_INDEX_OFFSET:
        return keep_number(x->f, out, x->rec->offset);
    case STET_INDEX_FILENAME:
        return keep(x->f, out, x->place->filename);
    case STET_INDEX_RECORD_FIELD:
        return keep(x->f, out, stet_warc_record_field(x->rec, field->what));
    case STET_INDEX_STATUS:
    case STET_INDEX_LENGTH:
    case STET_INDEX_RECORD_DIGEST:
    case STET_INDEX_METHOD:
    case STET_INDEX_REQUEST_FIELD:
    case STET_INDEX_HTTP_FIELD:
        break;
    }
    return true;
}

/* -- the HTTP head --------------------------------------------------------- */

static bool take_status(struct stet_index_facts *f, struct stet_span *out,
                        const struct stet_head *head)
{
    return !head->is_response || head->status <= 0 ||
           keep_number(f, out, (uint64_t)head->status);
}

/* What one field is by the head; false without memory. */
static bool take_http(struct reading *x, const struct stet_head *head, size_t i)
{
    const struct stet_index_field *field = &x->spec->fields[i];
    struct stet_span *out = &x->f->line.values[i];
    bool request = x->f->is_request && !head->is_response;
    struct stet_span type;

    switch (field->source) {
    case STET_INDEX_MIME:
        type = bare_type(stet_head_get(head, "Content-Type"));
        return out->len > 0 || type.len == 0 || keep(x->f, out, type);
    case STET_INDEX_STATUS:
        return x->f->is_request || take_status(x->f, out, head);
    case STET_INDEX_METHOD:
        return !request || keep(x->f, out, head->method);
    case STET_INDEX_REQUEST_FIELD:
        return !request || keep(x->f, out, stet_head_get(head, field->what));
    case STET_INDEX_HTTP_FIELD:
        return keep(x->f, out, stet_head_get(head, field->what));
    case STET_INDEX_URL:
    case STET_INDEX_DIGEST:
    case STET_INDEX_LENGTH:
    case STET_INDEX_OFFSET:
    case STET_INDEX_FILENAME:
    case STET_INDEX_RECORD_DIGEST:
    case STET_INDEX_RECORD_FIELD:
        break;
    }
    return true;
}

static bool wants_head(const struct reading *x)
{
    struct stet_span url = x->f->line.url;

    return (x->f->is_response || x->f->is_request ||
            stet_span_eqs(x->rec->type, "revisit")) &&
           (x->f->listed || x->spec->pairs) &&
           (stet_span_istarts(url, "http:") ||
            stet_span_istarts(url, "https:"));
}

/* -- the body -------------------------------------------------------------- */

/*
 * The digest to make where a record has none.  cdxj-indexer takes the sha1
 * of the payload as stored; but a sha256 block digest is the mark of an
 * archive like ours, whose revisits name the sha256 of the entity.
 */
static enum stet_digest_kind kind_to_make(const struct stet_warc_record *rec)
{
    struct stet_digest d;

    return stet_digest_parse(&d, stet_warc_record_field(
                                     rec, "WARC-Block-Digest")) == STET_OK &&
                   d.kind == STET_SHA256
               ? STET_SHA256
               : STET_SHA1;
}

static bool wants_digest(const struct reading *x)
{
    return x->f->listed && x->digest && x->digest->len == 0 &&
           !stet_span_eqs(x->rec->type, "revisit") &&
           !stet_span_eqs(x->rec->type, "warcinfo");
}

/* Where a head should be, an empty line is an empty one. */
static bool is_empty_head(const struct reading *x, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (x->place->piece[i] != '\r' && x->place->piece[i] != '\n')
            return false;
    return x->f->is_response && len <= 2;
}

/* Reads the payload: into a digest, a body, or both.  A broken one has
 * no digest. */
static int read_payload(struct reading *x, struct stet_warc_payload *p,
                        struct stet_hasher *h, struct stet_error *err)
{
    char text[STET_DIGEST_TEXT_MAX];
    bool headed = !wants_head(x) || stet_warc_payload_http(p);
    struct stet_digest digest;
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(p, x->place->piece, x->place->piece_len,
                                    &got, err);
        if (rc == STET_OK && h && (headed || !is_empty_head(x, got)))
            stet_hasher_add(h, x->place->piece, got);
        if (rc == STET_OK && x->body.len + got <= STET_MAX_POST_BODY)
            stet_buf_add(&x->body, x->place->piece, got);
    }
    if (rc == STET_OK && h) {
        stet_hasher_finish(h, &digest);
        stet_digest_print(text, &digest);
        if (!keep(x->f, x->digest, stet_span_of(text)))
            return no_memory(err);
    }
    if (stet_buf_status(&x->body) == STET_ENOMEM)
        return no_memory(err);
    return stet_is_fatal(rc) ? rc : STET_OK;
}

/* What a request adds to the key of its response. */
static int take_request(struct reading *x, const struct stet_head *head)
{
    struct stet_post post = {
        .method = head->method,
        .type = stet_head_get(head, "Content-Type"),
        .length = stet_head_get(head, "Content-Length"),
        .body = stet_buf_span(&x->body),
    };
    struct stet_buf query;
    int rc;

    stet_buf_init(&query, 4 * STET_MAX_POST_BODY);
    rc = stet_post_query(&query, &post);
    if (rc == STET_OK && !keep(x->f, &x->f->query, (struct stet_span){ "", 0 }))
        rc = STET_ENOMEM;
    if (rc == STET_OK && query.len > 0 &&
        !keep(x->f, &x->f->query, stet_buf_span(&query)))
        rc = STET_ENOMEM;
    if (rc == STET_OK && !keep(x->f, &x->f->method, head->method))
        rc = STET_ENOMEM;
    x->f->has_head = rc == STET_OK;
    stet_buf_clear(&query);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static int look_inside(struct reading *x, struct stet_error *err)
{
    enum stet_digest_kind kind = kind_to_make(x->rec);
    bool request = x->f->is_request && x->spec->pairs;
    bool hash = wants_digest(x), http = wants_head(x);
    const struct stet_head *head = NULL;
    struct stet_warc_payload *p = NULL;
    struct stet_hasher *h = NULL;
    int rc;

    if (!hash && !http)
        return STET_OK;
    rc = stet_warc_payload_open(
        &p, x->r, x->rec,
        kind == STET_SHA256 || request ? STET_WARC_ENTITY : STET_WARC_RAW, err);
    if (rc < 0)
        return rc;
    if (http)
        head = stet_warc_payload_http(p);
    for (size_t i = 0; head && i < x->spec->n_fields; i++)
        if (!take_http(x, head, i))
            rc = no_memory(err);
    if (rc == STET_OK && hash)
        rc = stet_hasher_new(&h, kind, err);
    if (rc == STET_OK && (hash || (request && x->spec->bodies)))
        rc = read_payload(x, p, h, err);
    if (rc == STET_OK && request && head && !head->is_response &&
        take_request(x, head) < 0)
        rc = no_memory(err);
    stet_hasher_free(h);
    stet_warc_payload_free(p);
    return rc;
}

/* -- where it lies --------------------------------------------------------- */

/* The sha256 of the file's bytes. */
static int hash_stored(struct reading *x, uint64_t length,
                       struct stet_span *out, struct stet_error *err)
{
    char text[STET_DIGEST_TEXT_MAX];
    struct stet_hasher *h = NULL;
    struct stet_digest digest;
    uint64_t at = x->rec->offset, end = at + length;
    int rc = stet_hasher_new(&h, STET_SHA256, err);

    while (rc == STET_OK && at < end) {
        size_t want = end - at < x->place->piece_len ? (size_t)(end - at)
                                                     : x->place->piece_len;
        ssize_t n = pread(x->place->fd, x->place->piece, want, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            rc = stet_fail_sys(err, STET_EIO, "cannot read a record");
            break;
        }
        stet_hasher_add(h, x->place->piece, (size_t)n);
        at += (uint64_t)n;
    }
    if (rc == STET_OK) {
        stet_hasher_finish(h, &digest);
        stet_digest_print(text, &digest);
        rc = keep(x->f, out, stet_span_of(text)) ? STET_OK : no_memory(err);
    }
    stet_hasher_free(h);
    return rc;
}

static int take_place(struct reading *x, struct stet_error *err)
{
    uint64_t length;
    int rc = stet_warc_reader_finish(x->r, &length, err);

    if (rc < 0)
        return rc;
    length = stet_index_length(x->r, x->rec, length);
    for (size_t i = 0; i < x->spec->n_fields && rc == STET_OK; i++) {
        struct stet_span *out = &x->f->line.values[i];

        if (x->spec->fields[i].source == STET_INDEX_LENGTH &&
            !keep_number(x->f, out, length))
            rc = no_memory(err);
        else if (x->spec->fields[i].source == STET_INDEX_RECORD_DIGEST)
            rc = hash_stored(x, length, out, err);
    }
    return rc;
}

/* -- the whole ------------------------------------------------------------- */

static int take_all(struct reading *x, struct stet_error *err)
{
    struct stet_index_facts *f = x->f;
    bool good = keep_uri(&f->arena, &f->line.url,
                         stet_warc_record_uri(x->rec, "WARC-Target-URI"));

    if (x->spec->pairs)
        good =
            good &&
            keep(f, &f->id, stet_warc_record_field(x->rec, "WARC-Record-ID")) &&
            keep(f, &f->concurrent_to,
                 stet_warc_record_field(x->rec, "WARC-Concurrent-To"));
    for (size_t i = 0; i < x->spec->n_fields && good; i++)
        good = take_header(x, i);
    if (!good)
        return no_memory(err);
    return look_inside(x, err);
}

int stet_index_facts_read(struct stet_index_facts *f,
                          struct stet_warc_reader *r,
                          const struct stet_warc_record *rec,
                          const struct stet_index_spec *spec,
                          const struct stet_index_place *place,
                          struct stet_error *err)
{
    struct reading x = { f, r, rec, spec, place, NULL, { 0 } };
    int rc;

    stet_index_facts_clear(f);
    f->is_request = stet_span_eqs(rec->type, "request");
    f->is_response = stet_span_eqs(rec->type, "response");
    f->listed = stet_index_spec_takes(spec, rec) && stet_index_is_sane(rec);
    f->line.date_ms = stet_warc_record_date(rec);
    if (!f->listed && !(spec->pairs && (f->is_request || f->is_response)))
        return STET_OK;
    stet_buf_init(&x.body, STET_MAX_POST_BODY);
    rc = take_all(&x, err);
    if (rc == STET_OK && f->listed)
        rc = take_place(&x, err);
    stet_buf_clear(&x.body);
    return rc;
}

/* -- pairs ----------------------------------------------------------------- */

static int take_key(struct stet_index_facts *response,
                    const struct stet_index_facts *request)
{
    struct stet_index_line *line = &response->line;
    struct stet_buf url, method;
    int rc;

    stet_buf_init(&url, MAX_FACTS / 2);
    stet_buf_init(&method, MAX_FACTS / 2);
    stet_buf_add_span(&url, line->url);
    stet_post_append(&url, request->method, request->query);
    for (size_t i = 0; i < request->method.len; i++) {
        char c = request->method.ptr[i];

        stet_buf_addc(&method,
                      c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    rc = stet_buf_status(&url);
    if (rc == STET_OK)
        rc = stet_buf_status(&method);
    if (rc == STET_OK &&
        !(keep(response, &line->key_url, stet_buf_span(&url)) &&
          keep(response, &line->method, stet_buf_span(&method)) &&
          keep(response, &line->body, request->query)))
        rc = STET_ENOMEM;
    line->has_request = rc == STET_OK;
    stet_buf_clear(&url);
    stet_buf_clear(&method);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

bool stet_index_facts_join(struct stet_index_facts *a,
                           struct stet_index_facts *b,
                           const struct stet_index_spec *spec, int *status)
{
    struct stet_index_facts *request = a->is_request ? a : b;
    struct stet_index_facts *response = a->is_request ? b : a;

    *status = STET_OK;
    if (!request->is_request || !response->is_response ||
        !stet_span_eq(a->line.url, b->line.url) || a->id.len == 0 ||
        !stet_span_eq(b->concurrent_to, a->id))
        return false;
    if (!request->has_head)
        return true;
    for (size_t i = 0; i < spec->n_fields; i++)
        if (spec->fields[i].source == STET_INDEX_METHOD ||
            spec->fields[i].source == STET_INDEX_REQUEST_FIELD)
            if (!keep(response, &response->line.values[i],
                      request->line.values[i]))
                *status = STET_ENOMEM;
    if (*status == STET_OK && spec->bodies &&
        !stet_span_ieqs(request->method, "GET"))
        *status = take_key(response, request);
    if (*status == STET_OK && response->line.has_request &&
        !keep(request, &request->line.key_url, response->line.key_url))
        *status = STET_ENOMEM;
    return true;
}
