#include "archive/elsewhere.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "stet/index.h"
#include "stet/warc.h"
#include "json/json.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>

/* How a payload is framed, as far as it is known. */
enum framing { PLAIN = 0, CHUNKED = 1, UNKNOWN = 2 };

struct stet_elsewhere {
    struct stet_store *store;
    struct stet_stmt *add, *find;
};

int stet_elsewhere_new(struct stet_elsewhere **out, struct stet_store *store,
                       struct stet_error *err)
{
    struct stet_elsewhere *e = stet_alloc(sizeof(*e));
    int rc;

    *out = NULL;
    if (!e)
        return stet_fail(err, STET_ENOMEM, "no memory for other archives");
    e->store = store;
    rc = stet_store_exec(store,
                         "CREATE TEMP TABLE elsewhere(digest TEXT NOT NULL,"
                         " chunked INTEGER NOT NULL, url TEXT NOT NULL,"
                         " date_ms INTEGER NOT NULL, file TEXT, offset INTEGER,"
                         " PRIMARY KEY(digest, chunked)) WITHOUT ROWID",
                         err);
    if (rc == STET_OK)
        rc = stet_stmt_new(&e->add, store,
                           "INSERT OR IGNORE INTO temp.elsewhere"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                           err);
    if (rc == STET_OK)
        rc = stet_stmt_new(&e->find, store,
                           "SELECT url, date_ms, chunked, file, offset"
                           " FROM temp.elsewhere WHERE digest = ?1"
                           " AND chunked IN (?2, 2) ORDER BY chunked",
                           err);
    if (rc < 0) {
        stet_elsewhere_free(e);
        return rc;
    }
    *out = e;
    return STET_OK;
}

void stet_elsewhere_free(struct stet_elsewhere *e)
{
    if (!e)
        return;
    stet_stmt_free(e->add);
    stet_stmt_free(e->find);
    stet_free(e);
}

/* Copies what the database of another folder says. */
static int add_folder(struct stet_elsewhere *e, const char *db,
                      struct stet_error *err)
{
    struct stet_stmt *attach = NULL;
    int rc = stet_stmt_new(&attach, e->store, "ATTACH ?1 AS other", err);

    if (rc == STET_OK) {
        stet_stmt_bind_text(attach, 1, stet_span_of(db));
        rc = stet_stmt_run(attach, err);
    }
    stet_stmt_free(attach);
    if (rc < 0)
        return rc;
    rc = stet_store_exec(e->store,
                         "INSERT OR IGNORE INTO temp.elsewhere"
                         " SELECT digest, chunked, url, date_ms, NULL, NULL"
                         " FROM other.capture WHERE type = 'response'"
                         " AND status = 200 AND size >= 1024"
                         " AND digest <> ''",
                         err);
    /* After a failure the store is closed, and that detaches it. */
    return rc == STET_OK ? stet_store_exec(e->store, "DETACH other", err) : rc;
}

/* The WARC file of a line: beside the index, or in ../archive/. */
static int find_file(struct stet_buf *out, const char *index,
                     struct stet_span name)
{
    const char *slash = strrchr(index, '/');
    int folder = slash ? (int)(slash - index) + 1 : 0;
    struct stat st;

    for (int i = 0; i < 2; i++) {
        stet_buf_reset(out);
        stet_buf_addf(out, "%.*s%s", folder, index, i ? "../archive/" : "");
        stet_buf_add_span(out, name);
        if (stet_buf_status(out) < 0)
            return stet_buf_status(out) == STET_ENOMEM ? STET_ENOMEM
                                                       : STET_ENOTFOUND;
        if (stat(out->data, &st) == 0)
            return STET_OK;
    }
    return STET_ENOTFOUND;
}

static int add_row(struct stet_elsewhere *e, const struct stet_json_value *v,
                   int64_t date_ms, struct stet_span file,
                   struct stet_error *err)
{
    uint64_t offset = 0;

    if (!stet_span_to_u64(stet_json_get_string(v, "offset"), &offset))
        return STET_OK;
    stet_stmt_reset(e->add);
    stet_stmt_bind_text(e->add, 1, stet_json_get_string(v, "digest"));
    stet_stmt_bind_int(e->add, 2, UNKNOWN);
    stet_stmt_bind_text(e->add, 3, stet_json_get_string(v, "url"));
    stet_stmt_bind_int(e->add, 4, date_ms);
    stet_stmt_bind_text(e->add, 5, file);
    stet_stmt_bind_int(e->add, 6, (int64_t)offset);
    return stet_stmt_run(e->add, err);
}

/* Lines of whole 200 responses with a digest count, and no others. */
static int add_line(struct stet_elsewhere *e, const char *index,
                    struct stet_span line, struct stet_error *err)
{
    size_t at = stet_span_find(line, STET_SPAN(" {"));
    struct stet_span key = stet_span_sub(line, 0, at);
    struct stet_json *tree = NULL;
    const struct stet_json_value *v;
    struct stet_span name;
    struct stet_buf file;
    int64_t date_ms;
    int rc =
        stet_json_parse(&tree, stet_span_sub(line, at, line.len), NULL, NULL);

    v = stet_json_root(tree);
    stet_buf_init(&file, PATH_MAX);
    (void)stet_span_cut(&key, ' ');
    date_ms = key.ptr ? stet_date_parse_digits(key) : STET_NO_DATE;
    name = stet_json_get_string(v, "filename");
    if (rc == STET_OK && date_ms != STET_NO_DATE && name.len > 0 &&
        !memchr(name.ptr, '/', name.len) &&
        stet_span_eqs(stet_json_get_string(v, "status"), "200") &&
        !stet_span_eqs(stet_json_get_string(v, "mime"), "warc/revisit") &&
        stet_json_get_string(v, "digest").len > 0)
        rc = find_file(&file, index, name);
    if (rc == STET_OK && file.len > 0)
        rc = add_row(e, v, date_ms, stet_buf_span(&file), err);
    stet_buf_clear(&file);
    stet_json_free(tree);
    return rc == STET_ENOMEM || rc == STET_EIO ? rc : STET_OK;
}

static int add_index(struct stet_elsewhere *e, const char *path,
                     struct stet_error *err)
{
    struct stet_cdx *index = NULL;
    struct stet_span line;
    int rc = stet_cdx_open(&index, path, err);

    if (rc == STET_OK)
        rc = stet_cdx_seek(index, STET_SPAN(""), err);
    while (rc == STET_OK && (rc = stet_cdx_next(index, &line, err)) == STET_OK)
        rc = add_line(e, path, line, err);
    stet_cdx_close(index);
    return rc == STET_END ? STET_OK : rc;
}

int stet_elsewhere_add(struct stet_elsewhere *e, const char *path,
                       struct stet_error *err)
{
    struct stet_buf db;
    struct stat st;
    int rc;

    if (stat(path, &st) < 0)
        return stet_fail(err, STET_ENOTFOUND,
                         "%.150s: there is no such archive"
                         " or index",
                         path);
    if (!S_ISDIR(st.st_mode))
        return add_index(e, path, err);
    stet_buf_init(&db, PATH_MAX);
    rc = stet_path_join(&db, path, "stet.db");
    if (rc == STET_OK && stat(db.data, &st) == 0)
        rc = add_folder(e, db.data, err);
    else if (rc == STET_OK)
        rc = stet_fail(err, STET_ENOTFOUND, "%.150s: no archive of stet", path);
    stet_buf_clear(&db);
    return rc;
}

/* Whether the record there is framed so; what cannot be read is not. */
static bool is_framed(struct stet_span file, int64_t offset, bool chunked)
{
    struct stet_warc_reader *r = NULL;
    struct stet_warc_payload *p = NULL;
    struct stet_warc_record rec;
    char *path = stet_span_dup(file);
    int rc = path ? stet_warc_reader_open(&r, path, NULL, NULL) : STET_ENOMEM;
    bool framed = false;

    if (rc == STET_OK)
        rc = stet_warc_reader_seek(r, (uint64_t)offset, NULL);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(r, &rec, NULL);
    if (rc == STET_OK)
        rc = stet_warc_payload_open(&p, r, &rec, STET_WARC_RAW, NULL);
    if (rc == STET_OK)
        framed = stet_warc_payload_is_chunked(p) == chunked;
    stet_warc_payload_free(p);
    stet_warc_reader_free(r);
    stet_free(path);
    return framed;
}

int stet_elsewhere_find(struct stet_elsewhere *e, struct stet_span digest,
                        bool chunked, struct stet_original *out,
                        struct stet_error *err)
{
    struct stet_stmt *q = e->find;
    int rc;

    *out = (struct stet_original){ .text = NULL };
    stet_stmt_reset(q);
    stet_stmt_bind_text(q, 1, digest);
    stet_stmt_bind_int(q, 2, chunked ? CHUNKED : PLAIN);
    while ((rc = stet_stmt_step(q, err)) == STET_OK) {
        struct stet_span url = stet_stmt_text(q, 0);
        if (stet_stmt_int(q, 2) == UNKNOWN &&
            !is_framed(stet_stmt_text(q, 3), stet_stmt_int(q, 4), chunked))
            continue;
        out->date_ms = stet_stmt_int(q, 1);
        out->text = stet_span_dup(url);
        out->url = (struct stet_span){ out->text, url.len };
        if (!out->text)
            rc = stet_fail(err, STET_ENOMEM, "no memory for a URL");
        break;
    }
    stet_stmt_reset(q);
    return rc == STET_END ? STET_OK : rc;
}
