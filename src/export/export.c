#include "stet/export.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "export/folder.h"
#include "export/front.h"
#include "export/scan.h"
#include "stet/rewrite.h"

#include <fcntl.h>
#include <unistd.h>

enum {
    CHUNK = 64 * 1024,
    MAX_LIST = 1 << 30, /* bytes of index.html */
};

struct exporter {
    const struct stet_export_options *o;
    struct stet_export_summary *out;
    struct stet_warc_files files;
    size_t *ends; /* of each input's files in the list */
    struct stet_catalogue catalogue;
    struct stet_folder folder;
    struct stet_front front;
    struct stet_warc_reader *reader;
    size_t reader_file;
    struct stet_buf document, other; /* other: what a document takes from */
    const struct stet_holding *in_other;
    char chunk[CHUNK];
    struct stet_error *err;
};

void stet_export_options_init(struct stet_export_options *o)
{
    *o = (struct stet_export_options){ .inputs = NULL };
}

int stet_export_set_time(struct stet_export_options *o, struct stet_span text)
{
    int64_t ms = stet_date_parse_digits(text);

    if (ms == STET_NO_DATE)
        ms = stet_date_parse_w3c(text);
    if (ms == STET_NO_DATE)
        return STET_EFORMAT;
    o->has_time = true;
    o->time_ms = ms;
    return STET_OK;
}

static void tell(void *ctx, struct stet_span what, const char *text)
{
    struct exporter *x = ctx;

    x->out->failed++;
    if (x->o->on_problem)
        x->o->on_problem(x->o->ctx, what, text);
}

/* -- bodies ---------------------------------------------------------------- */

static int open_file(struct exporter *x, size_t file, struct stet_error *err)
{
    static const struct stet_warc_reader_options lenient = {
        .policy = STET_WARC_LENIENT
    };

    if (x->reader && x->reader_file == file)
        return STET_OK;
    stet_warc_reader_free(x->reader);
    x->reader = NULL;
    x->reader_file = file;
    return stet_warc_reader_open(&x->reader, x->files.paths[file], &lenient,
                                 err);
}

static int open_body(struct exporter *x, const struct stet_holding *h,
                     struct stet_warc_payload **p, struct stet_error *err)
{
    struct stet_warc_record rec = { .offset = 0 };
    int rc = open_file(x, h->body->file, err);

    *p = NULL;
    if (rc == STET_OK)
        rc = stet_warc_reader_seek(x->reader, h->body->offset, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(x->reader, &rec, err);
    while (rc == STET_OK && rec.in_member < h->body->in_member)
        rc = stet_warc_reader_next(x->reader, &rec, err);
    if (rc == STET_END || (rc == STET_OK && rec.offset != h->body->offset))
        return stet_fail(err, STET_EFORMAT, "its record is gone");
    if (rc == STET_OK)
        rc = stet_warc_payload_open(p, x->reader, &rec, STET_WARC_BODY, err);
    return rc;
}

/* All of a body; STET_EUNSUPPORTED when it is too long. */
static int read_body(struct exporter *x, const struct stet_holding *h,
                     struct stet_buf *out, struct stet_error *err)
{
    struct stet_warc_payload *p;
    size_t got = 1;
    int rc = open_body(x, h, &p, err);

    stet_buf_reset(out);
    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(p, x->chunk, CHUNK, &got, err);
        if (rc == STET_OK)
            stet_buf_add(out, x->chunk, got);
        if (stet_buf_status(out) == STET_ENOMEM)
            rc = stet_fail(err, STET_ENOMEM, "no memory for a body");
        else if (stet_buf_status(out) < 0)
            rc = stet_fail(err, STET_EUNSUPPORTED,
                           "too long for its links to be rewritten");
    }
    stet_warc_payload_free(p);
    return rc;
}

/* -- links ----------------------------------------------------------------- */

/* Browsers show a page or a picture whatever its status, but take no style
 * sheet, script or font from an error. */
static bool takes_errors(enum stet_link_role role)
{
    return role != STET_LINK_STYLE && role != STET_LINK_SCRIPT &&
           role != STET_LINK_FONT;
}

static struct stet_holding *find(const struct exporter *x, struct stet_span url)
{
    struct stet_holding *h = stet_catalogue_follow(
        &x->catalogue, stet_catalogue_find(&x->catalogue, url));

    return h && h->path.len ? h : NULL;
}

static int find_link(void *ctx, const struct stet_link *l,
                     struct stet_span *path)
{
    const struct exporter *x = ctx;
    const struct stet_holding *h = find(x, l->url);

    if (!h || (h->status >= 400 && !takes_errors(l->role)))
        return STET_ENOTFOUND;
    *path = h->path;
    return STET_OK;
}

static int read_other(void *ctx, struct stet_span url, struct stet_span *text)
{
    struct exporter *x = ctx;
    const struct stet_holding *h = find(x, url);
    int rc = STET_OK;

    if (!h || h->status >= 400)
        return STET_ENOTFOUND;
    if (x->in_other != h) {
        x->in_other = NULL;
        rc = read_body(x, h, &x->other, NULL);
    }
    if (rc < 0)
        return stet_is_fatal(rc) ? rc : STET_ENOTFOUND;
    x->in_other = h;
    *text = stet_buf_span(&x->other);
    return STET_OK;
}

/* -- files ----------------------------------------------------------------- */

static void count(struct exporter *x, uint64_t bytes)
{
    x->out->files++;
    x->out->bytes += (int64_t)bytes;
}

/* The body as it is.  A broken one is kept as far as it goes, as a browser
 * would show it. */
static int copy_body(struct exporter *x, const struct stet_holding *h)
{
    struct stet_error why = { 0, 0, "" };
    struct stet_warc_payload *p;
    uint64_t at = 0;
    size_t got = 1;
    int fd = -1, body = open_body(x, h, &p, &why), rc = STET_OK;

    if (body == STET_OK)
        rc = stet_folder_create(&x->folder, h->path, &fd, x->err);
    while (body == STET_OK && rc == STET_OK && got > 0) {
        body = stet_warc_payload_read(p, x->chunk, CHUNK, &got, &why);
        if (body < 0)
            break;
        rc = stet_folder_write(&x->folder, fd, at,
                               (struct stet_span){ x->chunk, got }, x->err);
        at += got;
    }
    stet_warc_payload_free(p);
    if (fd >= 0 && close(fd) < 0 && rc == STET_OK)
        rc = stet_fail_sys(x->err, STET_EIO, "cannot write %s/%.*s", x->o->dir,
                           (int)h->path.len, h->path.ptr);
    if (rc < 0 && fd >= 0)
        stet_folder_remove_last(&x->folder);
    if (rc < 0 || body == STET_ENOMEM)
        return rc < 0 ? rc : stet_fail(x->err, body, "no memory for a body");
    if (body < 0)
        tell(x, h->url, why.text);
    if (fd >= 0)
        count(x, at);
    return STET_OK;
}

/* Made of what is in x->document. */
static int put_document(struct exporter *x, const struct stet_holding *h,
                        struct stet_error *why)
{
    struct stet_mirror_document d = {
        .url = h->url,
        .media_type = h->mime,
        .charset = h->charset,
        .find = find_link,
        .read = read_other,
        .ctx = x,
        .missing = x->o->missing == STET_EXPORT_NOTICE
                       ? STET_SPAN(STET_NOTICE_PATH)
                       : STET_SPAN(""),
    };
    struct stet_bytes made;
    unsigned done;
    int rc = stet_mirror_document(&made, &done, &d, stet_buf_span(&x->document),
                                  why);

    if (rc < 0)
        return rc;
    rc = stet_folder_put(
        &x->folder, h->path,
        (struct stet_span){ made.data ? made.data : "", made.len }, why);
    if (rc == STET_OK) {
        count(x, made.len);
        x->out->documents++;
        x->out->declared += (done & STET_MIRROR_DECLARED) != 0;
        x->out->recoded += (done & STET_MIRROR_RECODED) != 0;
        x->out->inlined += (done & STET_MIRROR_INLINED) != 0;
    }
    stet_bytes_clear(&made);
    return rc;
}

static int put_holding(struct exporter *x, const struct stet_holding *h)
{
    struct stet_error why = { 0, 0, "" };
    int rc;

    if (!stet_mirror_changes(h->mime))
        return copy_body(x, h);
    rc = read_body(x, h, &x->document, &why);
    /* What is there of a broken one is a document still. */
    if (rc < 0 && !stet_is_fatal(rc) && rc != STET_EUNSUPPORTED &&
        x->document.len > 0) {
        tell(x, h->url, why.text);
        rc = STET_OK;
    } else if (rc < 0 && !stet_is_fatal(rc) && rc != STET_EUNSUPPORTED) {
        return copy_body(x, h); /* which tells why it cannot */
    }
    if (rc == STET_OK)
        rc = put_document(x, h, &why);
    if (rc == STET_OK)
        return rc;
    if (stet_is_fatal(rc)) {
        if (x->err)
            *x->err = why;
        return rc;
    }
    tell(x, h->url, why.text[0] ? why.text : stet_strerror(rc));
    return copy_body(x, h);
}

/* -- the run --------------------------------------------------------------- */

static int scan(struct exporter *x)
{
    struct stet_scan s = { .catalogue = &x->catalogue,
                           .on_problem = tell,
                           .ctx = x };
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < x->files.len; i++)
        rc = stet_scan_file(&s, i, x->files.paths[i], x->err);
    stet_catalogue_choose(&x->catalogue,
                          x->o->has_time ? &x->o->time_ms : NULL);
    x->out->captures = (int64_t)x->catalogue.len;
    return rc;
}

/* A path for everything that has a body of its own. */
static int name(struct exporter *x, struct stet_holding *h)
{
    struct stet_bytes path;
    int rc;

    if (h->location.len) {
        x->out->redirects++;
        return STET_OK;
    }
    if (!h->body) {
        tell(x, h->url, "a revisit of what is not in the archive");
        return STET_OK;
    }
    rc = stet_mirror_path(&path, h->url, h->mime, x->err);
    if (rc < 0)
        return rc;
    h->path = stet_arena_dup(&x->catalogue.arena,
                             (struct stet_span){ path.data, path.len });
    stet_bytes_clear(&path);
    return h->path.ptr ? STET_OK
                       : stet_fail(x->err, STET_ENOMEM, "no memory for paths");
}

static int put_all(struct exporter *x)
{
    const struct stet_map *urls = &x->catalogue.urls;
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < urls->len; i++)
        rc = name(x, urls->entries[i].value);
    for (size_t i = 0; rc == STET_OK && i < urls->len; i++) {
        const struct stet_holding *h = urls->entries[i].value;

        if (h->path.len)
            rc = put_holding(x, h);
    }
    return rc;
}

static bool is_page(struct stet_span mime)
{
    return stet_span_eqs(mime, "text/html") ||
           stet_span_eqs(mime, "application/xhtml+xml");
}

/* Every page of an input without a list: files `from` to `to`. */
static int add_documents(struct exporter *x, size_t from, size_t to)
{
    const struct stet_map *urls = &x->catalogue.urls;
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < urls->len; i++) {
        const struct stet_holding *h = urls->entries[i].value;

        if (h->path.len && h->status < 400 && h->file >= from && h->file < to &&
            is_page(h->mime))
            rc = stet_front_add(&x->front, h, x->err);
    }
    return rc;
}

static int add_lists(struct exporter *x)
{
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < x->o->n_inputs; i++) {
        bool any = false;

        rc = stet_front_add_lists(&x->front, &x->catalogue, x->o->inputs[i],
                                  &any, x->err);
        if (rc == STET_OK && !any)
            rc = add_documents(x, i > 0 ? x->ends[i - 1] : 0, x->ends[i]);
    }
    return rc;
}

static int put_own(struct exporter *x)
{
    struct stet_buf page;
    int rc = add_lists(x);

    stet_buf_init(&page, MAX_LIST);
    if (rc == STET_OK)
        rc = stet_front_print(&x->front, &page, x->err);
    if (rc == STET_OK)
        rc = stet_folder_put(&x->folder, STET_SPAN(STET_FRONT_PATH),
                             stet_buf_span(&page), x->err);
    if (rc == STET_OK)
        count(x, page.len);
    stet_buf_clear(&page);
    x->out->pages = (int64_t)x->front.len;
    if (rc == STET_OK && x->o->missing == STET_EXPORT_NOTICE) {
        rc = stet_folder_put(&x->folder, STET_SPAN(STET_NOTICE_PATH),
                             stet_front_notice(), x->err);
        count(x, stet_front_notice().len);
    }
    return rc;
}

static int run(struct exporter *x)
{
    int rc = STET_OK;

    x->ends = stet_alloc(x->o->n_inputs * sizeof(*x->ends) + 1);
    if (!x->ends)
        rc = stet_fail(x->err, STET_ENOMEM, "no memory for the inputs");
    for (size_t i = 0; rc == STET_OK && i < x->o->n_inputs; i++) {
        rc = stet_warc_files_add(&x->files, x->o->inputs[i], x->err);
        x->ends[i] = x->files.len;
    }
    if (rc == STET_OK)
        rc = stet_folder_open(&x->folder, x->o->dir, x->o->force, x->err);
    if (rc == STET_OK)
        rc = scan(x);
    if (rc == STET_OK)
        rc = put_all(x);
    if (rc == STET_OK)
        rc = put_own(x);
    return rc;
}

int stet_export(const struct stet_export_options *o,
                struct stet_export_summary *out, struct stet_error *err)
{
    struct exporter x = { .o = o, .out = out, .err = err };
    int rc;

    *out = (struct stet_export_summary){ .captures = 0 };
    stet_catalogue_init(&x.catalogue);
    stet_front_init(&x.front);
    stet_buf_init(&x.document, STET_MAX_EXPORT_DOCUMENT);
    stet_buf_init(&x.other, STET_MAX_MIRROR_TAKEN);
    rc = run(&x);
    stet_buf_clear(&x.other);
    stet_buf_clear(&x.document);
    stet_warc_reader_free(x.reader);
    stet_front_clear(&x.front);
    stet_folder_close(&x.folder);
    stet_catalogue_clear(&x.catalogue);
    stet_warc_files_clear(&x.files);
    stet_free(x.ends);
    return rc;
}
