/*
 * What can be made from the store at any time: the index, the page lists
 * and the log.
 */
#include "archive/inside.h"

#include "base/crash.h"
#include "base/fail.h"
#include "base/file.h"
#include "index/cdxj.h"
#include "json/write.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    MAX_LINE = 64 << 20,
    FLUSH = 1 << 20, /* written out when so much has gathered */
};

/* A file written beside its place and put there whole. */
struct output {
    struct stet_buf path, part, held;
    uint64_t written;
    int fd;
};

static int output_open(struct output *o, const char *path,
                       struct stet_error *err)
{
    o->fd = -1;
    o->written = 0;
    stet_buf_init(&o->path, PATH_MAX);
    stet_buf_init(&o->part, PATH_MAX);
    stet_buf_init(&o->held, MAX_LINE + FLUSH);
    stet_buf_adds(&o->path, path);
    stet_buf_addf(&o->part, "%s.part", path);
    if (stet_buf_status(&o->path) < 0)
        return stet_fail(err, stet_buf_status(&o->path), "the path of a list");
    if (stet_buf_status(&o->part) < 0)
        return stet_fail(err, stet_buf_status(&o->part), "the path of a list");
    o->fd = open(o->part.data,
                 O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (o->fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot make %s", o->part.data);
    return STET_OK;
}

static int output_flush(struct output *o, size_t at_least,
                        struct stet_error *err)
{
    int rc = stet_buf_status(&o->held);

    if (rc < 0)
        return stet_fail(err, rc, "a line of %s", o->path.data);
    if (o->held.len < at_least || o->held.len == 0)
        return STET_OK;
    rc = stet_file_write_at(o->fd, o->written, stet_buf_span(&o->held), err);
    o->written += o->held.len;
    stet_buf_reset(&o->held);
    return rc;
}

/* Puts the file in place if rc says that all went well; cleans up. */
static int output_close(struct output *o, int rc, struct stet_error *err)
{
    if (rc == STET_OK)
        rc = output_flush(o, 1, err);
    if (rc == STET_OK && fsync(o->fd) < 0)
        rc = stet_fail_sys(err, STET_EIO, "cannot write %s", o->part.data);
    if (o->fd >= 0)
        close(o->fd);
    if (rc == STET_OK && rename(o->part.data, o->path.data) < 0)
        rc = stet_fail_sys(err, STET_EIO, "cannot put %s in place",
                           o->path.data);
    if (rc == STET_OK)
        stet_crash_point(STET_CRASH_DERIVE);
    if (rc < 0 && o->fd >= 0)
        unlink(o->part.data);
    stet_buf_clear(&o->held);
    stet_buf_clear(&o->part);
    stet_buf_clear(&o->path);
    return rc;
}

/* Writes a line a row of `sql` to the file `name`. */
static int write_rows(struct stet_archive *a, const char *name,
                      const char *header, const char *sql,
                      int (*line)(struct stet_buf *out, struct stet_stmt *q),
                      struct stet_error *err)
{
    struct stet_stmt *q = NULL;
    struct output o;
    int rc = output_open(&o, stet_archive_path(a, name), err);

    if (rc == STET_OK)
        rc = stet_stmt_new(&q, a->store, sql, err);
    if (rc == STET_OK)
        stet_buf_adds(&o.held, header);
    while (rc == STET_OK && (rc = stet_stmt_step(q, err)) == STET_OK) {
        rc = line(&o.held, q);
        if (rc == STET_OK)
            rc = output_flush(&o, FLUSH, err);
        else
            stet_fail(err, rc, "a line of %s", name);
    }
    stet_stmt_free(q);
    return output_close(&o, rc == STET_END ? STET_OK : rc, err);
}

static int cdx_line(struct stet_buf *out, struct stet_stmt *q)
{
    struct stet_cdxj line = {
        .key = stet_stmt_text(q, 0),
        .url = stet_stmt_text(q, 1),
        .date_ms = stet_stmt_int(q, 2),
        .mime = stet_stmt_text(q, 3),
        .status = stet_stmt_text(q, 4),
        .digest = stet_stmt_text(q, 5),
        .length = (uint64_t)stet_stmt_int(q, 6),
        .offset = (uint64_t)stet_stmt_int(q, 7),
        .filename = stet_stmt_text(q, 8),
    };

    return stet_cdxj_add(out, &line);
}

static int page_line(struct stet_buf *out, struct stet_stmt *q)
{
    char date[STET_DATE_TEXT_MAX];
    struct stet_json_writer w;

    stet_date_print_ms(date, stet_stmt_int(q, 3));
    stet_json_writer_init(&w, out, STET_JSON_COMPACT);
    stet_json_begin_object(&w);
    stet_json_member_string(&w, "id", stet_stmt_text(q, 0));
    stet_json_member_string(&w, "url", stet_stmt_text(q, 1));
    stet_json_member_string(&w, "title", stet_stmt_text(q, 2));
    stet_json_member_string(&w, "ts", stet_span_of(date));
    stet_json_member_string(&w, "mime", stet_stmt_text(q, 4));
    stet_json_member_int(&w, "status", stet_stmt_int(q, 5));
    stet_json_member_int(&w, "depth", stet_stmt_int(q, 6));
    stet_json_member_bool(&w, "seed", stet_stmt_int(q, 7) != 0);
    if (stet_stmt_text(q, 8).len > 0)
        stet_json_member_string(&w, "favIconUrl", stet_stmt_text(q, 8));
    if (stet_stmt_text(q, 10).len > 0)
        stet_json_member_string(&w, "same-text-as", stet_stmt_text(q, 10));
    if (stet_stmt_text(q, 9).len > 0) {
        stet_json_key(&w, "article");
        stet_json_put_raw(&w, stet_stmt_text(q, 9));
    }
    stet_json_end(&w);
    stet_buf_addc(out, '\n');
    return STET_OK;
}

/* A line of crawl.jsonl. */
struct line {
    int64_t date_ms, status, bytes, took_ms, position;
    struct stet_span outcome, url, mime, via, hops, page_id, why;
    struct stet_span list, same_text_as;
    enum stet_role role;
    enum stet_came came;
};

static void add_line(struct stet_buf *out, const struct line *l)
{
    const struct {
        const char *key;
        struct stet_span value;
    } more[] = { { "via", l->via },
                 { "hops", l->hops },
                 { "page", l->page_id },
                 { "error", l->why },
                 { "same-text-as", l->same_text_as },
                 { "list", l->list } };
    char date[STET_DATE_TEXT_MAX];
    struct stet_json_writer w;

    stet_date_print_ms(date, l->date_ms);
    stet_json_writer_init(&w, out, STET_JSON_COMPACT);
    stet_json_begin_object(&w);
    stet_json_member_string(&w, "ts", stet_span_of(date));
    stet_json_member_string(&w, "url", l->url);
    stet_json_member_string(&w, "outcome",
                            l->came == STET_CAME_FRESH ? STET_SPAN("fresh")
                                                       : l->outcome);
    if (l->status > 0)
        stet_json_member_int(&w, "status",
                             l->came == STET_CAME_UNCHANGED ? 304 : l->status);
    stet_json_member_int(&w, "bytes", l->bytes);
    stet_json_member_int(&w, "ms", l->took_ms);
    if (l->mime.len > 0)
        stet_json_member_string(&w, "mime", l->mime);
    stet_json_member_string(&w, "role", stet_span_of(stet_role_name(l->role)));
    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
        if (more[i].value.len > 0)
            stet_json_member_string(&w, more[i].key, more[i].value);
    }
    if (l->position > 0)
        stet_json_member_int(&w, "position", l->position);
    if (stet_came_is_revisit(l->came))
        stet_json_member_bool(&w, "revisit", true);
    stet_json_end(&w);
    stet_buf_addc(out, '\n');
}

static int log_row(struct stet_buf *out, struct stet_stmt *q)
{
    struct line l = {
        .date_ms = stet_stmt_int(q, 0),
        .outcome = stet_stmt_text(q, 1),
        .status = stet_stmt_int(q, 2),
        .bytes = stet_stmt_int(q, 3),
        .took_ms = stet_stmt_int(q, 4),
        .url = stet_stmt_text(q, 5),
        .mime = stet_stmt_text(q, 6),
        .role = (enum stet_role)stet_stmt_int(q, 7),
        .via = stet_stmt_text(q, 8),
        .hops = stet_stmt_text(q, 9),
        .page_id = stet_stmt_text(q, 10),
        .why = stet_stmt_text(q, 11),
        .came = (enum stet_came)stet_stmt_int(q, 12),
        .list = stet_stmt_text(q, 13),
        .position = stet_stmt_int(q, 14),
        .same_text_as = stet_stmt_text(q, 15),
    };

    add_line(out, &l);
    return STET_OK;
}

int stet_archive_log(const struct stet_product *p, struct stet_buf *out,
                     struct stet_error *err)
{
    const struct stet_target *t = p->target;
    struct line l = {
        .date_ms = p->date_ms,
        .outcome = stet_span_of(p->outcome),
        .status = p->status,
        .bytes = (int64_t)p->bytes,
        .took_ms = p->took_ms,
        .url = t->url,
        .mime = p->mime,
        .role = t->role,
        .via = t->via,
        .hops = t->hops,
        .page_id = stet_span_of(t->page_id),
        .why = p->why,
        .came = p->came,
        .list = t->list,
        .position = t->position,
        .same_text_as = p->same_text_as,
    };

    add_line(out, &l);
    return stet_buf_status(out) < 0
               ? stet_fail(err, stet_buf_status(out), "a line of crawl.jsonl")
               : STET_OK;
}

int stet_archive_rebuild_log(struct stet_archive *a, struct stet_error *err)
{
    int rc = write_rows(
        a, "logs/crawl.jsonl", "",
        "SELECT u.date_ms, u.outcome, u.status, bytes, took_ms, u.url, u.mime,"
        " role, via, hops, u.page_id, why, revisit, heading, position, ("
        "SELECT f.url FROM page p JOIN page f ON f.id = p.same"
        " WHERE p.id = u.page AND p.url = u.url AND " STET_ROLES_OF_PAGES ")"
        " FROM url u LEFT JOIN listed ON target = u.id WHERE done = 1"
        " ORDER BY u.run, u.date_ms, u.id",
        log_row, err);

    if (rc < 0)
        return rc;
    if (a->log_fd >= 0)
        close(a->log_fd);
    a->log_fd = open(stet_archive_path(a, "logs/crawl.jsonl"),
                     O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (a->log_fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot open %s", a->path.data);
    return STET_OK;
}

#define PAGE_COLUMNS                                                  \
    "SELECT page_id, url, title, date_ms, mime, status, depth, seed," \
    " favicon, facts, (SELECT f.url FROM page f WHERE f.id = p.same)" \
    " FROM page p WHERE date_ms IS NOT NULL AND outcome IS NOT 'fresh'"

int stet_archive_derive(struct stet_archive *a, struct stet_error *err)
{
    static const char pages[] =
        "{\"format\":\"json-pages-1.0\",\"id\":\"pages\","
        "\"title\":\"All Pages\"}\n";
    static const char extra[] =
        "{\"format\":\"json-pages-1.0\",\"id\":\"extra-pages\","
        "\"title\":\"Related Pages\"}\n";
    int rc = stet_archive_commit(a, err);

    if (rc == STET_OK)
        rc = stet_warc_writer_seal(a->writer, err);
    if (rc == STET_OK)
        rc = write_rows(a, "indexes/index.cdx", "",
                        "SELECT key, url, date_ms, mime, status, digest,"
                        " length, offset, file FROM capture"
                        " ORDER BY key, date_ms / 1000, url, mime,"
                        " CAST(status AS TEXT), digest, CAST(length AS TEXT),"
                        " CAST(offset AS TEXT)",
                        cdx_line, err);
    if (rc == STET_OK)
        rc = write_rows(a, "pages/pages.jsonl", pages,
                        PAGE_COLUMNS " AND seed = 1 ORDER BY id", page_line,
                        err);
    if (rc == STET_OK)
        rc = write_rows(a, "pages/extraPages.jsonl", extra,
                        PAGE_COLUMNS " AND seed = 0 ORDER BY id", page_line,
                        err);
    if (rc == STET_OK)
        rc = stet_file_sync_dir(stet_archive_path(a, "indexes"), err);
    return rc;
}
