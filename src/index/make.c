#include "index/make.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "index/cdxj.h"
#include "index/sort.h"
#include "stet/url.h"
#include "warc/payload.h"

#include <stdio.h>
#include <string.h>

enum {
    PIECE = 16 * 1024,
    FACTS = 1024 * 1024, /* mime, status, digest and URL of one record */
    MAX_TYPE = 1000,     /* a longer media type is cut */
};

/* One run over files. */
struct maker {
    const struct stet_index_options *options;
    stet_index_line_fn on_line;
    void *ctx;
    struct stet_sorter *sorter;
    const char *path;
    struct stet_span filename;
    struct stet_buf line;
    struct stet_arena facts;
    char *piece;
};

/* -- one record ------------------------------------------------------------ */

static bool is_indexed(const struct stet_warc_record *rec)
{
    static const char *const types[] = { "response", "revisit", "resource",
                                         "metadata" };
    struct stet_span content = stet_warc_record_field(rec, "Content-Type");

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (stet_span_eqs(rec->type, types[i]))
            return i < 2 || !stet_span_eqs(content, "application/warc-fields");
    return false;
}

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

static bool is_http_uri(struct stet_span uri)
{
    return stet_span_istarts(uri, "http:") || stet_span_istarts(uri, "https:");
}

/* Hashes what is left of the payload.  A broken one has no digest. */
static int hash_rest(struct maker *m, struct stet_warc_payload *p,
                     enum stet_digest_kind kind, struct stet_span *out,
                     struct stet_error *err)
{
    char text[STET_DIGEST_TEXT_MAX];
    struct stet_hasher *h = NULL;
    struct stet_digest digest;
    size_t got = 1;
    int rc = stet_hasher_new(&h, kind, err);

    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(p, m->piece, PIECE, &got, err);
        if (rc == STET_OK)
            stet_hasher_add(h, m->piece, got);
    }
    if (rc == STET_OK) {
        stet_hasher_finish(h, &digest);
        stet_digest_print(text, &digest);
        *out = stet_arena_dup(&m->facts, stet_span_of(text));
    } else if (!stet_is_fatal(rc)) {
        rc = STET_OK;
    }
    stet_hasher_free(h);
    return rc;
}

static int read_http(struct maker *m, const struct stet_head *head,
                     struct stet_cdxj *line)
{
    char text[16];
    struct stet_span type;

    if (!head || !head->is_response)
        return STET_OK;
    type = bare_type(stet_head_get(head, "Content-Type"));
    if (line->mime.len == 0 && type.ptr) {
        line->mime = stet_arena_dup(&m->facts, type);
        if (!line->mime.ptr)
            return STET_ENOMEM;
    }
    if (head->status > 0) {
        snprintf(text, sizeof(text), "%d", head->status);
        line->status = stet_arena_dup(&m->facts, stet_span_of(text));
        if (!line->status.ptr)
            return STET_ENOMEM;
    }
    return STET_OK;
}

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

/* What only the block can tell: HTTP status and type, and a digest where
 * the header has none. */
static int look_inside(struct maker *m, struct stet_warc_reader *r,
                       const struct stet_warc_record *rec,
                       struct stet_cdxj *line, struct stet_error *err)
{
    bool is_http =
        is_http_uri(line->url) && (stet_span_eqs(rec->type, "response") ||
                                   stet_span_eqs(rec->type, "revisit"));
    enum stet_digest_kind kind = kind_to_make(rec);
    struct stet_warc_payload *p = NULL;
    int rc;

    if (line->digest.len > 0 && !is_http)
        return STET_OK;
    rc = stet_warc_payload_open(
        &p, r, rec, kind == STET_SHA256 ? STET_WARC_ENTITY : STET_WARC_RAW,
        err);
    if (rc < 0)
        return rc;
    if (is_http && read_http(m, stet_warc_payload_http(p), line) < 0)
        rc = stet_fail(err, STET_ENOMEM, "no memory to index");
    if (rc == STET_OK && line->digest.len == 0 &&
        !stet_span_eqs(rec->type, "revisit"))
        rc = hash_rest(m, p, kind, &line->digest, err);
    stet_warc_payload_free(p);
    return rc;
}

/* A copy in which spaces, which no URI has, are percent-encoded. */
static struct stet_span copy_uri(struct stet_arena *a, struct stet_span uri)
{
    size_t spaces = 0, n = 0;
    char *out;

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
    return (struct stet_span){ out, out ? n : 0 };
}

/* Spans of the record are copied: it must be read on for its length. */
static int copy_header(struct maker *m, const struct stet_warc_record *rec,
                       struct stet_cdxj *line)
{
    struct stet_span url = stet_warc_record_uri(rec, "WARC-Target-URI");
    struct stet_span type =
        bare_type(stet_warc_record_field(rec, "Content-Type"));
    struct stet_span digest =
        stet_warc_record_field(rec, "WARC-Payload-Digest");

    line->date_ms = stet_warc_record_date(rec);
    line->offset = rec->offset;
    line->filename = m->filename;
    line->url = copy_uri(&m->facts, url);
    if (!line->url.ptr)
        return STET_ENOMEM;
    if (digest.len > 0) {
        line->digest = stet_arena_dup(&m->facts, digest);
        if (!line->digest.ptr)
            return STET_ENOMEM;
    }
    if (stet_span_eqs(rec->type, "revisit")) {
        line->mime = STET_SPAN("warc/revisit");
    } else if (!stet_span_eqs(rec->type, "response") && type.ptr) {
        line->mime = stet_arena_dup(&m->facts, type);
        if (!line->mime.ptr)
            return STET_ENOMEM;
    }
    return STET_OK;
}

/* A capture, dated, with a URL and a digest of sane length. */
bool stet_index_wants(const struct stet_warc_record *rec)
{
    size_t url = stet_warc_record_uri(rec, "WARC-Target-URI").len;
    size_t digest = stet_warc_record_field(rec, "WARC-Payload-Digest").len;
    uint64_t length;

    return is_indexed(rec) && stet_warc_record_date(rec) != STET_NO_DATE &&
           stet_span_to_u64(stet_warc_record_field(rec, "Content-Length"),
                            &length) &&
           url > 0 && url < FACTS / 6 && digest < FACTS / 4;
}

static int give(struct maker *m, struct stet_error *err)
{
    struct stet_span line = stet_buf_span(&m->line);

    line.len--; /* the LF */
    if (m->sorter)
        return stet_sorter_add(m->sorter, line, err);
    return m->on_line(m->ctx, line);
}

static int add_key(struct maker *m, struct stet_cdxj *line)
{
    struct stet_bytes key = { NULL, 0 };
    int rc = STET_OK;

    if (m->options && m->options->wabac_keys)
        rc = stet_url_surt_wabac(&key, line->url, NULL);
    if (rc == STET_OK && key.len > 0)
        line->key = (struct stet_span){ key.data, key.len };
    if (rc == STET_OK)
        rc = stet_cdxj_add(&m->line, line);
    stet_bytes_clear(&key);
    return rc;
}

uint64_t stet_index_length(const struct stet_warc_reader *r,
                           const struct stet_warc_record *rec, uint64_t length)
{
    uint64_t bare = rec->header.len + rec->block_length;

    return stet_warc_reader_is_compressed(r) || bare > length ? length : bare;
}

static int index_record(struct maker *m, struct stet_warc_reader *r,
                        const struct stet_warc_record *rec,
                        struct stet_error *err)
{
    struct stet_cdxj line = { .date_ms = STET_NO_DATE };
    int rc;

    if (!stet_index_wants(rec))
        return STET_OK;
    stet_arena_clear(&m->facts);
    stet_buf_reset(&m->line);
    rc = copy_header(m, rec, &line);
    if (rc < 0)
        return stet_fail(err, rc, "no memory to index");
    rc = look_inside(m, r, rec, &line, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_finish(r, &line.length, err);
    if (rc == STET_OK) {
        line.length = stet_index_length(r, rec, line.length);
        rc = add_key(m, &line);
        if (rc == STET_EFORMAT || rc == STET_ELIMIT)
            return STET_OK;
        rc = rc < 0 ? stet_fail(err, rc, "no memory to index") : give(m, err);
    }
    return rc;
}

/* -- files ----------------------------------------------------------------- */

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct maker *m = ctx;

    if (m->options && m->options->on_problem)
        m->options->on_problem(m->ctx, m->path, p, offset, text);
}

struct stet_span stet_index_filename(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct stet_span name = stet_span_of(slash ? slash + 1 : path);
    struct stet_span open = STET_SPAN(".open");

    if (stet_span_ends(name, open))
        name.len -= open.len;
    return name;
}

static int index_file(struct maker *m, const char *path, struct stet_error *err)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, m };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    int rc = stet_warc_reader_open(&r, path, &o, err);

    m->path = path;
    m->filename = stet_index_filename(path);
    while (rc == STET_OK) {
        rc = stet_warc_reader_next(r, &rec, err);
        if (rc == STET_OK)
            rc = index_record(m, r, &rec, err);
    }
    stet_warc_reader_free(r);
    return rc == STET_END ? STET_OK : rc;
}

static int give_sorted(struct maker *m, struct stet_error *err)
{
    struct stet_span line;
    int rc;

    while ((rc = stet_sorter_next(m->sorter, &line, err)) == STET_OK) {
        rc = m->on_line(m->ctx, line);
        if (rc != STET_OK)
            return rc;
    }
    return rc == STET_END ? STET_OK : rc;
}

int stet_index_files(const char *const *paths, size_t n,
                     const struct stet_index_options *options,
                     stet_index_line_fn on_line, void *ctx,
                     struct stet_error *err)
{
    struct maker m = { .options = options, .on_line = on_line, .ctx = ctx };
    int rc = STET_OK;

    stet_arena_init(&m.facts, FACTS);
    stet_buf_init(&m.line, STET_MAX_CDXJ_LINE);
    m.piece = stet_alloc(PIECE);
    if (!m.piece)
        rc = stet_fail(err, STET_ENOMEM, "no memory to index");
    if (rc == STET_OK && options && options->sort)
        rc = stet_sorter_new(&m.sorter, options->temp_dir, options->max_memory,
                             err);
    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = index_file(&m, paths[i], err);
    if (rc == STET_OK && m.sorter)
        rc = give_sorted(&m, err);
    stet_sorter_free(m.sorter);
    stet_free(m.piece);
    stet_buf_clear(&m.line);
    stet_arena_clear(&m.facts);
    return rc;
}
