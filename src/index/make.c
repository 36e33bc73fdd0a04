#include "index/make.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"
#include "index/facts.h"
#include "index/sort.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

enum {
    PIECE = 16 * 1024,
    MAX_LINE = 16 << 20, /* with the body of a request in it */
    MAX_URL = 1 << 17,
    MAX_DIGEST = 1 << 16,
};

/* One run over files. */
struct maker {
    const struct stet_index_options *options;
    struct stet_index_spec spec;
    stet_index_line_fn on_line;
    void *ctx;
    struct stet_sorter *sorter;
    const char *path;
    struct stet_index_place place;
    struct stet_buf line;
    struct stet_index_facts facts[2]; /* this record and the one before */
    bool waits; /* facts[0] may still find its request or response */
};

/* -- one record ------------------------------------------------------------ */

bool stet_index_is_sane(const struct stet_warc_record *rec)
{
    size_t url = stet_warc_record_uri(rec, "WARC-Target-URI").len;
    size_t digest = stet_warc_record_field(rec, "WARC-Payload-Digest").len;
    uint64_t length;

    return stet_warc_record_date(rec) != STET_NO_DATE &&
           (rec->is_arc ||
            stet_span_to_u64(stet_warc_record_field(rec, "Content-Length"),
                             &length)) &&
           (url > 0 || stet_span_eqs(rec->type, "warcinfo")) && url < MAX_URL &&
           digest < MAX_DIGEST;
}

/* A capture, dated, with a URL and a digest of sane length. */
bool stet_index_wants(const struct stet_warc_record *rec)
{
    bool capture = stet_span_eqs(rec->type, "response") ||
                   stet_span_eqs(rec->type, "revisit");
    bool other = stet_span_eqs(rec->type, "resource") ||
                 stet_span_eqs(rec->type, "metadata");

    return (capture || (other && !stet_span_eqs(stet_warc_record_field(
                                                    rec, "Content-Type"),
                                                "application/warc-fields"))) &&
           stet_index_is_sane(rec);
}

uint64_t stet_index_length(const struct stet_warc_reader *r,
                           const struct stet_warc_record *rec, uint64_t length)
{
    uint64_t bare = rec->raw_header.len + rec->block_length;

    return stet_warc_reader_is_compressed(r) || bare > length ? length : bare;
}

static int give(struct maker *m, struct stet_span line, struct stet_error *err)
{
    if (m->sorter)
        return stet_sorter_add(m->sorter, line, err);
    return m->on_line(m->ctx, line);
}

/* What cannot have a line, for its URL or length, is left out. */
static int put(struct maker *m, const struct stet_index_facts *f,
               struct stet_error *err)
{
    int rc;

    if (!f->listed)
        return STET_OK;
    stet_buf_reset(&m->line);
    rc = stet_index_line_add(&m->line, &f->line, &m->spec, m->options);
    if (rc == STET_EFORMAT || rc == STET_ELIMIT)
        return STET_OK;
    return rc < 0 ? stet_fail(err, rc, "no memory to index")
                  : give(m, stet_buf_span(&m->line), err);
}

/* Gives out the record that waited for its other half. */
static int put_waiting(struct maker *m, struct stet_error *err)
{
    bool waited = m->waits;

    m->waits = false;
    return waited ? put(m, &m->facts[0], err) : STET_OK;
}

static void swap(struct stet_index_facts *a, struct stet_index_facts *b)
{
    struct stet_index_facts t = *a;

    *a = *b;
    *b = t;
}

/* A record waits for the next one, unless the one before was its half. */
static int pair(struct maker *m, struct stet_error *err)
{
    int status = STET_OK, rc;
    bool joined = m->waits && stet_index_facts_join(&m->facts[0], &m->facts[1],
                                                    &m->spec, &status);

    if (status < 0)
        return stet_fail(err, status, "no memory to index");
    rc = put_waiting(m, err);
    if (rc == STET_OK && joined)
        return put(m, &m->facts[1], err);
    swap(&m->facts[0], &m->facts[1]);
    m->waits = true;
    return rc;
}

static int index_record(struct maker *m, struct stet_warc_reader *r,
                        const struct stet_warc_record *rec,
                        struct stet_error *err)
{
    int rc =
        stet_index_facts_read(&m->facts[1], r, rec, &m->spec, &m->place, err);

    if (rc < 0)
        return rc;
    return m->spec.pairs ? pair(m, err) : put(m, &m->facts[1], err);
}

/* -- files ----------------------------------------------------------------- */

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct maker *m = ctx;

    if (m->options->on_problem)
        m->options->on_problem(m->ctx, m->path, p, offset, text);
}

/* Length of what says that the file is being written. */
static size_t name_end(const char *path)
{
    struct stet_span open = STET_SPAN(".open");

    return stet_span_ends(stet_span_of(path), open) ? open.len : 0;
}

struct stet_span stet_index_filename(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct stet_span name = stet_span_of(slash ? slash + 1 : path);

    name.len -= name_end(path);
    return name;
}

static int open_place(struct maker *m, const char *path, struct stet_buf *name,
                      struct stet_error *err)
{
    int rc = STET_OK;

    m->path = path;
    m->place.fd = -1;
    m->place.filename = stet_index_filename(path);
    if (m->options->dir_root) {
        rc = stet_path_relative(name, path, m->options->dir_root);
        stet_buf_cut(name, name->len - name_end(path));
        m->place.filename = stet_buf_span(name);
    }
    if (rc < 0)
        return stet_fail(err, rc, "no name for %s", path);
    if (!m->spec.digests)
        return STET_OK;
    if (strcmp(path, "-") == 0)
        return stet_fail(err, STET_EUSAGE,
                         "digests of records are not made from a pipe");
    m->place.fd = open(path, O_RDONLY | O_CLOEXEC);
    return m->place.fd >= 0
               ? STET_OK
               : stet_fail_sys(err, errno == ENOENT ? STET_ENOTFOUND : STET_EIO,
                               "cannot open %s", path);
}

static int index_file(struct maker *m, const char *path, struct stet_error *err)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, m };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    struct stet_buf name;
    int rc;

    stet_buf_init(&name, PATH_MAX);
    rc = open_place(m, path, &name, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_open(&r, path, &o, err);
    while (rc == STET_OK) {
        rc = stet_warc_reader_next(r, &rec, err);
        if (rc == STET_OK)
            rc = index_record(m, r, &rec, err);
    }
    stet_warc_reader_free(r);
    rc = rc == STET_END ? put_waiting(m, err) : rc;
    if (m->place.fd >= 0)
        close(m->place.fd);
    stet_buf_clear(&name);
    return rc;
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

static int index_all(struct maker *m, const char *const *paths, size_t n,
                     struct stet_error *err)
{
    struct stet_span head = stet_index_head(m->options->form);
    int rc = STET_OK;

    if (m->options->sort)
        rc = stet_sorter_new(&m->sorter, m->options->temp_dir,
                             m->options->max_memory, err);
    if (rc == STET_OK && head.len > 0)
        rc = m->on_line(m->ctx, head);
    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = index_file(m, paths[i], err);
    if (rc == STET_OK && m->sorter)
        rc = give_sorted(m, err);
    stet_sorter_free(m->sorter);
    return rc;
}

int stet_index_files(const char *const *paths, size_t n,
                     const struct stet_index_options *options,
                     stet_index_line_fn on_line, void *ctx,
                     struct stet_error *err)
{
    static const struct stet_index_options none = { 0 };
    struct maker m = { .options = options ? options : &none,
                       .on_line = on_line,
                       .ctx = ctx };
    int rc = stet_index_spec_init(&m.spec, options, err);

    stet_index_facts_init(&m.facts[0]);
    stet_index_facts_init(&m.facts[1]);
    stet_buf_init(&m.line, MAX_LINE);
    m.place.piece_len = PIECE;
    m.place.piece = stet_alloc(PIECE);
    if (rc == STET_OK && !m.place.piece)
        rc = stet_fail(err, STET_ENOMEM, "no memory to index");
    if (rc == STET_OK)
        rc = index_all(&m, paths, n, err);
    stet_free(m.place.piece);
    stet_index_facts_clear(&m.facts[0]);
    stet_index_facts_clear(&m.facts[1]);
    stet_buf_clear(&m.line);
    stet_index_spec_clear(&m.spec);
    return rc;
}
