/*
 * The last pass over a run: for each document a conversion record whose
 * links lead into the offline mirror.  Only now is known what is there.
 *
 * They go to a WARC of their own in derived/, which has the run's number in
 * its name; what an earlier pass of the run left there is put aside and made
 * again.
 */
#include "crawl/run.h"

#include "base/crash.h"
#include "base/fail.h"
#include "base/mem.h"
#include "http/mime.h"
#include "stet/rewrite.h"
#include "stet/warc.h"
#include "warc/payload.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    MAX_DOCUMENT = 64 << 20, /* documents beyond it are left unconverted */
    MAX_NAME = 4096,
    MAX_URL = 1 << 20,
    READ_AT_ONCE = 64 * 1024,
    SPOOL_MEMORY = 4 << 20,
};

/* Where a document is read from, and what it holds, decoded. */
struct source {
    struct stet_warc_reader *reader; /* of the file `filename` */
    struct stet_buf filename;
    struct stet_buf document;
};

struct converter {
    struct stet_run *run;
    struct stet_warc_writer *writer;
    struct stet_gzip *gzip;
    struct source source, other; /* other: what a document takes from */
    struct stet_bytes path;      /* of the last link looked up */
    struct stet_spool spool;
    int64_t n;
    bool stopped;
    struct stet_error *err;
};

/* Browsers show a page or a picture whatever its status, but take no style
 * sheet, script or font from an error. */
static bool takes_errors(enum stet_link_role role)
{
    return role != STET_LINK_STYLE && role != STET_LINK_SCRIPT &&
           role != STET_LINK_FONT;
}

static void init_source(struct source *s, size_t max)
{
    s->reader = NULL;
    stet_buf_init(&s->filename, MAX_NAME);
    stet_buf_init(&s->document, max);
}

static void clear_source(struct source *s)
{
    stet_warc_reader_free(s->reader);
    stet_buf_clear(&s->filename);
    stet_buf_clear(&s->document);
}

/* stet_mirror_options.find: where a link's resource lies in the mirror. */
static int find_link(void *ctx, const struct stet_link *l,
                     struct stet_span *path)
{
    struct converter *c = ctx;
    struct stet_span url = l->url, mime;
    int status = 0;
    int rc =
        stet_archive_find_url(c->run->archive, &url, &mime, &status, c->err);

    if (rc < 0)
        return rc;
    if (status >= 400 && !takes_errors(l->role))
        return STET_ENOTFOUND;
    stet_bytes_clear(&c->path);
    rc = stet_mirror_path(&c->path, url, mime, c->err);
    *path = (struct stet_span){ c->path.data, c->path.len };
    return rc == STET_EFORMAT ? STET_ENOTFOUND : rc;
}

static int open_reader(struct converter *c, struct source *s,
                       struct stet_span filename)
{
    struct stet_buf name;
    int rc;

    if (s->reader && stet_span_eq(stet_buf_span(&s->filename), filename))
        return STET_OK;
    stet_warc_reader_free(s->reader);
    s->reader = NULL;
    stet_buf_reset(&s->filename);
    stet_buf_add_span(&s->filename, filename);
    stet_buf_init(&name, MAX_NAME);
    stet_buf_adds(&name, "archive/");
    stet_buf_add_span(&name, filename);
    rc = stet_buf_status(&name);
    if (rc == STET_OK)
        rc = stet_warc_reader_open(
            &s->reader, stet_archive_path(c->run->archive, name.data), NULL,
            c->err);
    stet_buf_clear(&name);
    return rc;
}

/* All of a payload's bytes; STET_ELIMIT when they are too many. */
static int read_all(struct source *s, struct stet_warc_payload *p,
                    struct stet_error *err)
{
    size_t got = 1;
    int rc = STET_OK;

    stet_buf_reset(&s->document);
    while (rc == STET_OK && got > 0) {
        char *room = stet_buf_room(&s->document, READ_AT_ONCE);
        if (!room)
            return stet_buf_status(&s->document);
        rc = stet_warc_payload_read(p, room, READ_AT_ONCE, &got, err);
        stet_buf_added(&s->document, got);
    }
    return rc;
}

/* Opens the record of a capture; its document is then in s->document. */
static int read_document(struct converter *c, struct source *s,
                         const struct stet_capture *capture,
                         struct stet_warc_payload **p)
{
    struct stet_warc_record rec;
    int rc = open_reader(c, s, capture->filename);

    if (rc == STET_OK)
        rc = stet_warc_reader_seek(s->reader, capture->offset, c->err);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(s->reader, &rec, c->err);
    if (rc == STET_OK)
        rc = stet_warc_payload_open(p, s->reader, &rec, STET_WARC_BODY, c->err);
    if (rc == STET_OK)
        rc = read_all(s, *p, c->err);
    return rc == STET_END ? STET_EFORMAT : rc;
}

/* stet_mirror_document.read: another file that a document takes from. */
static int read_other(void *ctx, struct stet_span url, struct stet_span *text)
{
    struct converter *c = ctx;
    struct stet_warc_payload *p = NULL;
    struct stet_capture capture;
    struct stet_span mime;
    int rc = stet_archive_find_url(c->run->archive, &url, &mime, NULL, c->err);
    struct stet_buf last;

    stet_buf_init(&last, MAX_URL);
    stet_buf_add_span(&last, rc == STET_OK ? url : STET_SPAN(""));
    if (rc == STET_OK)
        rc = stet_buf_status(&last);
    if (rc == STET_OK)
        rc = stet_archive_find_body(c->run->archive, stet_buf_span(&last),
                                    &capture, c->err);
    if (rc == STET_OK)
        rc = read_document(c, &c->other, &capture, &p);
    stet_warc_payload_free(p);
    stet_buf_clear(&last);
    *text = stet_buf_span(&c->other.document);
    return rc < 0 && !stet_is_fatal(rc) ? STET_ENOTFOUND : rc;
}

static int rewrite(struct converter *c, const struct stet_capture *capture,
                   const struct stet_head *head, struct stet_span document,
                   struct stet_bytes *out)
{
    struct stet_mirror_document d = { .url = capture->url,
                                      .media_type = capture->mime,
                                      .find = find_link,
                                      .read = read_other,
                                      .ctx = c };
    struct stet_mime m;
    int rc;

    stet_mime_init(&m);
    if (!head || stet_mime_of_head(&m, head) < 0)
        stet_mime_init(&m);
    d.charset = stet_mime_get(&m, "charset");
    rc = stet_mirror_document(out, NULL, &d, document, c->err);
    stet_mime_clear(&m);
    return rc;
}

static int pack(struct converter *c, const struct stet_capture *capture,
                struct stet_span document)
{
    struct stet_warc_pack how = { .gzip = c->gzip,
                                  .digest = c->run->product.digest };
    char id[STET_UUID_TEXT_MAX], original[STET_UUID_TEXT_MAX];
    struct stet_warc_header h;
    struct stet_digest digest;
    struct stet_buf name;
    int rc;

    snprintf(original, sizeof(original), "%.*s", (int)capture->record_id.len,
             capture->record_id.ptr);
    stet_buf_init(&name, MAX_NAME);
    stet_buf_addf(&name, "%s:conversion", original);
    rc = stet_uuid_make(id, &c->run->ids, stet_buf_span(&name));
    stet_buf_clear(&name);
    if (rc == STET_OK)
        rc = stet_digest_of(&digest, how.digest, document, c->err);
    if (rc < 0)
        return rc;
    stet_spool_clear(&c->spool);
    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, c->run->product.version, "conversion", id,
                           capture->date_ms);
    stet_warc_header_add_uri(&h, "WARC-Target-URI", capture->url);
    stet_warc_header_add_id(&h, "WARC-Refers-To", original);
    stet_warc_header_add(&h, "WARC-Page-ID", capture->page_id);
    stet_warc_header_add_digest(&h, "WARC-Payload-Digest", &digest);
    stet_warc_header_add(&h, "Content-Type", capture->mime);
    rc = stet_warc_record_pack(&c->spool, &h, document,
                               (struct stet_span){ "", 0 }, &how, c->err);
    stet_warc_header_clear(&h);
    return rc;
}

static int convert(struct converter *c, const struct stet_capture *capture)
{
    struct stet_bytes rewritten = { NULL, 0 };
    struct stet_warc_payload *p = NULL;
    struct stet_warc_place place;
    int rc = read_document(c, &c->source, capture, &p);

    if (rc == STET_OK)
        rc = rewrite(c, capture, stet_warc_payload_http(p),
                     stet_buf_span(&c->source.document), &rewritten);
    if (rc == STET_OK)
        rc = pack(c, capture,
                  (struct stet_span){ rewritten.data ? rewritten.data : "",
                                      rewritten.len });
    if (rc == STET_OK)
        rc = stet_warc_writer_add(c->writer, &c->spool,
                                  stet_clock_wall(&c->run->clock), &place,
                                  c->err);
    if (rc == STET_OK) {
        stet_crash_point(STET_CRASH_CONVERT);
        c->n++;
    }
    stet_bytes_clear(&rewritten);
    stet_warc_payload_free(p);
    return rc;
}

/* A document that cannot be converted has its original, and no more. */
static int on_capture(void *ctx, const struct stet_capture *capture)
{
    struct converter *c = ctx;
    int rc;

    if (c->run->o->should_stop && c->run->o->should_stop(c->run->o->ctx) > 0)
        c->stopped = true;
    if (c->stopped)
        return STET_END;
    rc = convert(c, capture);
    return rc < 0 && !stet_is_fatal(rc) ? STET_OK : rc;
}

static int make_writer(struct converter *c)
{
    static const char info[] =
        "description: Documents with links into an offline mirror;"
        " the originals are in archive/\r\n";
    char prefix[64], names[sizeof(prefix) + 1];
    struct stet_warc_writer_options o = {
        .prefix = prefix,
        .host = "localhost",
        .version = c->run->product.version,
        .pack = { .gzip = c->gzip, .digest = c->run->product.digest },
        .ids = &c->run->ids,
        .info = { info, sizeof(info) - 1 },
    };
    int rc;

    snprintf(prefix, sizeof(prefix), "stet-derived-r%" PRId64,
             stet_archive_run(c->run->archive));
    snprintf(names, sizeof(names), "%s-", prefix);
    rc = stet_archive_drop_derived(c->run->archive, names, c->err);
    o.dir = stet_archive_path(c->run->archive, "derived");
    return rc == STET_OK ? stet_warc_writer_new(&c->writer, &o, c->err) : rc;
}

int stet_run_convert(struct stet_run *r, int64_t *n, struct stet_error *err)
{
    struct converter c = { .run = r, .err = err };
    int rc;

    init_source(&c.source, MAX_DOCUMENT);
    init_source(&c.other, READ_AT_ONCE + STET_MAX_MIRROR_TAKEN);
    stet_spool_init(&c.spool, r->product.spool_dir, SPOOL_MEMORY);
    rc = stet_gzip_new(&c.gzip, r->product.gzip_level, err);
    if (rc == STET_OK)
        rc = make_writer(&c);
    if (rc == STET_OK)
        rc = stet_archive_each_document(r->archive, on_capture, &c, err);
    if (rc == STET_OK && c.stopped)
        rc = STET_END;
    if (rc == STET_OK)
        rc = stet_warc_writer_seal(c.writer, err);
    *n = c.n;
    clear_source(&c.source);
    clear_source(&c.other);
    stet_warc_writer_free(c.writer);
    stet_gzip_free(c.gzip);
    stet_spool_clear(&c.spool);
    stet_bytes_clear(&c.path);
    return rc;
}
