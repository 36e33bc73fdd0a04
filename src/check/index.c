#include "check/inside.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "index/cdxj.h"
#include "index/make.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { LINE_ARENA = 4 * STET_MAX_CDXJ_LINE };

/* An index file being read. */
struct reading {
    struct stet_checker *c;
    struct stet_buf last; /* the line before */
    struct stet_arena arena;
    uint64_t at; /* of the line in the file */
    size_t file; /* of the line before: often that of the next */
};

static bool is_file(const struct stet_check_refs *r, size_t i,
                    struct stet_span name)
{
    return i < r->n_files &&
           stet_span_eq(stet_index_filename(r->files[i]), name);
}

/* The file of that name in the set, or n_files. */
static size_t find_file(struct reading *x, struct stet_span name)
{
    const struct stet_check_refs *r = &x->c->refs;
    size_t i = 0;

    if (is_file(r, x->file, name))
        return x->file;
    while (i < r->n_files && !is_file(r, i, name))
        i++;
    x->file = i;
    return i;
}

/* The capture at an offset, or NULL. */
static struct stet_check_capture *find_capture(struct stet_check_refs *r,
                                               size_t file, uint64_t offset)
{
    size_t low = 0, high = r->n_captures;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct stet_check_capture *m = &r->captures[mid];

        if (m->file < file || (m->file == file && m->offset < offset))
            low = mid + 1;
        else
            high = mid;
    }
    if (low < r->n_captures && r->captures[low].file == file &&
        r->captures[low].offset == offset)
        return &r->captures[low];
    return NULL;
}

static void check_place(struct reading *x, const struct stet_cdxj *line)
{
    enum { RECORD_END = 4 }; /* counted by some indexers, by some not */
    struct stet_check_refs *r = &x->c->refs;
    size_t file = find_file(x, line->filename);
    struct stet_check_capture *m = find_capture(r, file, line->offset);

    if (file == r->n_files || !m) {
        stet_check_tell(
            x->c, STET_CHECK_INDEX_RECORD, x->at,
            "no such record: %.*s at %" PRIu64,
            (int)(line->filename.len < 120 ? line->filename.len : 120),
            line->filename.ptr ? line->filename.ptr : "", line->offset);
        return;
    }
    m->seen = true;
    if (m->length != line->length && m->length + RECORD_END != line->length)
        stet_check_tell(x->c, STET_CHECK_INDEX_RECORD, x->at,
                        "the length is %" PRIu64 ", the record's %" PRIu64,
                        line->length, m->length);
    if (m->date_ms / 1000 != line->date_ms / 1000)
        stet_check_tell(x->c, STET_CHECK_INDEX_RECORD, x->at,
                        "the date is not that of the record");
    if (m->url_hash != stet_check_url_hash(line->url))
        stet_check_tell(x->c, STET_CHECK_INDEX_RECORD, x->at,
                        "the URL is not that of the record");
}

static int check_line(struct reading *x, struct stet_span line)
{
    struct stet_span last = stet_buf_span(&x->last);
    struct stet_cdxj parsed;
    size_t n = line.len < last.len ? line.len : last.len;
    int order = n ? memcmp(last.ptr, line.ptr, n) : 0;
    int rc;

    if (order > 0 || (order == 0 && last.len > line.len))
        stet_check_tell(x->c, STET_CHECK_INDEX_ORDER, x->at,
                        "the lines are not sorted by byte");
    stet_buf_reset(&x->last);
    stet_buf_add_span(&x->last, line);
    if (stet_buf_status(&x->last) < 0)
        return STET_ENOMEM;
    if (stet_span_starts(line, STET_SPAN("!meta")) ||
        stet_span_starts(line, STET_SPAN(" CDX")))
        return STET_OK;
    stet_arena_clear(&x->arena);
    rc = stet_cdxj_parse(&parsed, line, &x->arena);
    if (rc == STET_ENOMEM)
        return rc;
    if (rc < 0)
        stet_check_tell(x->c, STET_CHECK_INDEX_LINE, x->at,
                        "not a line of key, date and JSON");
    else
        check_place(x, &parsed);
    return STET_OK;
}

static void tell_unseen(struct stet_checker *c)
{
    for (size_t i = 0; i < c->refs.n_captures; i++) {
        const struct stet_check_capture *m = &c->refs.captures[i];

        c->file = c->refs.files[m->file];
        if (!m->seen)
            stet_check_tell(c, STET_CHECK_INDEX_MISSING, m->offset,
                            "the index has no line for this record");
    }
}

static int check_lines(struct stet_checker *c, struct stet_cdx *cdx,
                       struct stet_error *err)
{
    struct reading x = { .c = c };
    struct stet_span line;
    int rc;

    stet_buf_init(&x.last, STET_MAX_CDXJ_LINE + 64 * 1024);
    stet_arena_init(&x.arena, LINE_ARENA);
    while ((rc = stet_cdx_next(cdx, &line, err)) == STET_OK) {
        rc = check_line(&x, line);
        if (rc < 0) {
            stet_fail(err, rc, "no memory for an index line");
            break;
        }
        x.at += line.len + 1;
    }
    stet_buf_clear(&x.last);
    stet_arena_clear(&x.arena);
    return rc == STET_END ? STET_OK : rc;
}

int stet_check_index(struct stet_checker *c, const char *dir,
                     struct stet_error *err)
{
    char path[PATH_MAX];
    struct stet_cdx *cdx = NULL;
    int n = snprintf(path, sizeof(path), "%s/indexes/index.cdx", dir);
    int rc;

    if (n < 0 || (size_t)n >= sizeof(path) || c->refs.full)
        return STET_OK;
    c->file = path;
    rc = stet_cdx_open(&cdx, path, err);
    if (rc == STET_ENOTFOUND) {
        stet_check_tell(c, STET_CHECK_INDEX_ABSENT, 0, "there is no index");
        return STET_OK;
    }
    if (rc == STET_OK)
        rc = check_lines(c, cdx, err);
    stet_cdx_close(cdx);
    if (rc == STET_OK)
        tell_unseen(c);
    return rc;
}
