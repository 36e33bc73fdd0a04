#include "diff/side.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "http/mime.h"
#include "warc/payload.h"

enum {
    MAX_BYTES = 1 << 30, /* of URLs and digests */
    PIECE = 16 * 1024,
};

static int no_memory(struct stet_error *err)
{
    return stet_fail(err, STET_ENOMEM, "no memory to compare");
}

/* The sha256 of the entity, where the record has no digest: so archives of
 * ours count, and others are compared with themselves. */
static int make_digest(struct stet_side *s, struct stet_warc_payload *p,
                       struct stet_span *out)
{
    char piece[PIECE], text[STET_DIGEST_TEXT_MAX];
    struct stet_hasher *h = NULL;
    struct stet_digest d;
    size_t got = 1;
    int rc = stet_hasher_new(&h, STET_SHA256, NULL);

    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(p, piece, sizeof(piece), &got, NULL);
        if (rc == STET_OK)
            stet_hasher_add(h, piece, got);
    }
    if (rc == STET_OK) {
        stet_hasher_finish(h, &d);
        stet_digest_print(text, &d);
        *out = stet_arena_dup(&s->arena, stet_span_of(text));
        rc = out->ptr ? STET_OK : STET_ENOMEM;
    }
    stet_hasher_free(h);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

/* A digest as we write it, whatever form it has in the record; one of a kind
 * that we do not know as it is. */
static struct stet_span keep_digest(struct stet_side *s, struct stet_span field)
{
    char text[STET_DIGEST_TEXT_MAX];
    struct stet_digest d;

    if (stet_digest_parse(&d, field) == STET_OK) {
        stet_digest_print(text, &d);
        field = stet_span_of(text);
    }
    return stet_arena_dup(&s->arena, field);
}

static int add(struct stet_side *s, struct stet_side_capture *c)
{
    struct stet_map_entry *e = stet_map_put(&s->by_url, c->url, NULL);
    struct stet_side_capture *last;
    bool fresh;

    if (!e)
        return STET_ENOMEM;
    last = e->value;
    while (last && last->next)
        last = last->next;
    if (last)
        last->next = c;
    else
        e->value = c;
    if (c->is_revisit || c->digest.len == 0)
        return STET_OK;
    e = stet_map_put(&s->by_digest, c->digest, &fresh);
    if (!e)
        return STET_ENOMEM;
    if (fresh)
        e->value = c;
    return STET_OK;
}

static int take(struct stet_side *s, struct stet_warc_reader *r,
                const struct stet_warc_record *rec, size_t file,
                struct stet_error *err)
{
    struct stet_span url = stet_warc_record_uri(rec, "WARC-Target-URI");
    struct stet_span digest =
        stet_warc_record_field(rec, "WARC-Payload-Digest");
    struct stet_side_capture *c = stet_arena_alloc(&s->arena, sizeof(*c));
    char type[STET_WARC_MEDIA_TYPE_MAX];
    struct stet_warc_payload *p = NULL;
    int rc, status;

    if (!c)
        return no_memory(err);
    c->url = stet_arena_dup(&s->arena, url);
    c->date_ms = stet_warc_record_date(rec);
    c->file = file;
    c->offset = rec->offset;
    c->is_revisit = stet_span_eqs(rec->type, "revisit");
    if (digest.len > 0)
        c->digest = keep_digest(s, digest);
    rc = stet_warc_payload_open(&p, r, rec, STET_WARC_ENTITY, err);
    if (rc < 0)
        return rc;
    status = stet_warc_payload_status(p);
    rc = stet_warc_payload_media_type(p, rec, type);
    c->is_page = status == 200 && (strcmp(type, "text/html") == 0 ||
                                   strcmp(type, "application/xhtml+xml") == 0);
    if (rc == STET_OK && digest.len == 0 && !c->is_revisit)
        rc = make_digest(s, p, &c->digest);
    stet_warc_payload_free(p);
    if (rc == STET_OK && (!c->url.ptr || (digest.len > 0 && !c->digest.ptr)))
        rc = STET_ENOMEM;
    if (rc == STET_OK && status > 0)
        rc = add(s, c);
    return rc < 0 ? no_memory(err) : STET_OK;
}

static bool is_capture(const struct stet_warc_record *rec)
{
    struct stet_span url = stet_warc_record_uri(rec, "WARC-Target-URI");

    return (stet_span_eqs(rec->type, "response") ||
            stet_span_eqs(rec->type, "revisit")) &&
           (stet_span_istarts(url, "http:") ||
            stet_span_istarts(url, "https:")) &&
           stet_warc_record_date(rec) != STET_NO_DATE;
}

static int read_file(struct stet_side *s, size_t file, struct stet_error *err)
{
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    int rc = stet_warc_reader_open(&r, s->files.paths[file], NULL, err);

    while (rc == STET_OK) {
        rc = stet_warc_reader_next(r, &rec, err);
        if (rc == STET_OK && is_capture(&rec))
            rc = take(s, r, &rec, file, err);
    }
    stet_warc_reader_free(r);
    return rc == STET_END ? STET_OK : rc;
}

int stet_side_open(struct stet_side *s, const char *path,
                   struct stet_error *err)
{
    int rc;

    *s = (struct stet_side){ 0 };
    stet_arena_init(&s->arena, MAX_BYTES);
    stet_map_init(&s->by_url, MAX_BYTES);
    stet_map_init(&s->by_digest, MAX_BYTES);
    rc = stet_warc_files_add(&s->files, path, err);
    for (size_t i = 0; i < s->files.len && rc == STET_OK; i++)
        rc = read_file(s, i, err);
    return rc;
}

void stet_side_clear(struct stet_side *s)
{
    stet_warc_files_clear(&s->files);
    stet_map_clear(&s->by_url);
    stet_map_clear(&s->by_digest);
    stet_arena_clear(&s->arena);
}

static uint64_t between(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

/* What a revisit stands for; itself when it is none. */
static const struct stet_side_capture *original(
    const struct stet_side *s, const struct stet_side_capture *c)
{
    const struct stet_map_entry *e =
        c->is_revisit ? stet_map_find(&s->by_digest, c->digest) : NULL;

    return c->is_revisit ? (e ? e->value : NULL) : c;
}

static bool is_page(const struct stet_side *s,
                    const struct stet_side_capture *c)
{
    const struct stet_side_capture *o = original(s, c);

    return o && o->is_page;
}

const struct stet_side_capture *stet_side_find(const struct stet_side *s,
                                               struct stet_span url,
                                               int64_t near_ms, bool pages)
{
    const struct stet_map_entry *e = stet_map_find(&s->by_url, url);
    const struct stet_side_capture *best = NULL;

    for (const struct stet_side_capture *c = e ? e->value : NULL; c;
         c = c->next)
        if ((!pages || is_page(s, c)) &&
            (!best ||
             between(c->date_ms, near_ms) < between(best->date_ms, near_ms)))
            best = c;
    return best;
}

static int read_charset(const struct stet_warc_payload *p,
                        struct stet_buf *charset)
{
    const struct stet_head *head = stet_warc_payload_http(p);
    struct stet_mime m;
    int rc = STET_OK;

    stet_mime_init(&m);
    if (head)
        rc = stet_mime_of_head(&m, head);
    if (head && rc == STET_OK)
        stet_buf_add_span(charset, stet_mime_get(&m, "charset"));
    stet_mime_clear(&m);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static int read_body(struct stet_warc_payload *p, struct stet_buf *out,
                     struct stet_error *err)
{
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0) {
        char *room = stet_buf_room(out, PIECE);

        if (!room)
            return stet_fail(err, stet_buf_status(out), "a page is too large");
        rc = stet_warc_payload_read(p, room, PIECE, &got, err);
        if (rc == STET_OK)
            stet_buf_added(out, got);
    }
    /* What came of a broken body is compared. */
    return stet_is_fatal(rc) ? rc : STET_OK;
}

int stet_side_read(const struct stet_side *s, const struct stet_side_capture *c,
                   struct stet_buf *out, struct stet_buf *charset,
                   struct stet_error *err)
{
    struct stet_warc_reader *r = NULL;
    struct stet_warc_payload *p = NULL;
    struct stet_warc_record rec;
    int rc;

    c = original(s, c);
    if (!c)
        return stet_fail(err, STET_ENOTFOUND, "a revisit has no original");
    rc = stet_warc_reader_open(&r, s->files.paths[c->file], NULL, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_seek(r, c->offset, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(r, &rec, err);
    if (rc == STET_OK)
        rc = stet_warc_payload_open(&p, r, &rec, STET_WARC_BODY, err);
    if (rc == STET_OK)
        rc = read_charset(p, charset);
    if (rc == STET_OK)
        rc = read_body(p, out, err);
    stet_warc_payload_free(p);
    stet_warc_reader_free(r);
    return rc == STET_END ? stet_fail(err, STET_EIO, "a record is gone") : rc;
}
