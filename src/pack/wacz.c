#include "pack/wacz.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

enum { PIECE = 64 * 1024, IN_MEMORY = 4 << 20, FIRST_YEAR = 1980 };

static void free_member(struct stet_wacz_member *m)
{
    if (!m)
        return;
    stet_spool_clear(&m->spool);
    stet_free(m->path);
    stet_free(m->file);
    stet_free(m);
}

void stet_wacz_clear(struct stet_wacz *w)
{
    for (size_t i = 0; i < w->len; i++)
        free_member(w->members[i]);
    stet_free(w->members);
    *w = (struct stet_wacz){ 0 };
}

struct stet_wacz_member *stet_wacz_add(struct stet_wacz *w, const char *path,
                                       const char *file)
{
    struct stet_wacz_member *m = stet_alloc(sizeof(*m));

    if (!m)
        return NULL;
    stet_spool_init(&m->spool, NULL, IN_MEMORY);
    m->path = stet_span_dup(stet_span_of(path));
    m->file = file ? stet_span_dup(stet_span_of(file)) : NULL;
    if (!m->path || (file && !m->file) ||
        stet_grow_array(&w->members, &w->cap, w->len + 1,
                        sizeof(struct stet_wacz_member *)) < 0) {
        free_member(m);
        return NULL;
    }
    w->members[w->len++] = m;
    return m;
}

struct stet_wacz_member *stet_wacz_find(const struct stet_wacz *w,
                                        const char *path)
{
    for (size_t i = 0; i < w->len; i++)
        if (strcmp(w->members[i]->path, path) == 0)
            return w->members[i];
    return NULL;
}

/* -- hashes ---------------------------------------------------------------- */

static int hash_file(struct stet_wacz_member *m, struct stet_hasher *h,
                     struct stet_error *err)
{
    static const size_t piece = PIECE;
    FILE *f = fopen(m->file, "rb");
    char *buf = stet_alloc(piece);
    int rc = STET_OK;
    size_t n;

    if (!f || !buf) {
        rc = f ? stet_fail(err, STET_ENOMEM, "no memory to read")
               : stet_fail_sys(err, STET_EIO, "cannot open %s", m->file);
        goto done;
    }
    while ((n = fread(buf, 1, piece, f)) > 0) {
        stet_hasher_add(h, buf, n);
        m->bytes += n;
    }
    if (ferror(f))
        rc = stet_fail_sys(err, STET_EIO, "cannot read %s", m->file);

done:
    stet_free(buf);
    if (f)
        fclose(f);
    return rc;
}

int stet_wacz_hash(struct stet_wacz_member *m, struct stet_error *err)
{
    struct stet_hasher *h = NULL;
    struct stet_span all = { NULL, 0 };
    int rc = stet_hasher_new(&h, STET_SHA256, err);

    m->bytes = 0;
    if (rc == STET_OK && m->file)
        rc = hash_file(m, h, err);
    else if (rc == STET_OK)
        rc = stet_spool_view(&m->spool, &all, err);
    if (rc == STET_OK && !m->file) {
        stet_hasher_add(h, all.ptr, all.len);
        m->bytes = all.len;
    }
    if (rc == STET_OK)
        stet_hasher_finish(h, &m->hash);
    stet_hasher_free(h);
    return rc;
}

/* -- the ZIP --------------------------------------------------------------- */

/* MS-DOS's date and time (APPNOTE 4.4.6), which know no time zone. */
struct dos {
    zip_uint16_t date, time;
};

static struct dos dos_of(int64_t date_ms)
{
    struct stet_civil c;
    struct dos d;

    stet_date_split(&c, date_ms);
    if (c.year < FIRST_YEAR)
        c = (struct stet_civil){ .year = FIRST_YEAR, .month = 1, .day = 1 };
    d.date = (zip_uint16_t)((unsigned)(c.year - FIRST_YEAR) << 9 |
                            (unsigned)c.month << 5 | (unsigned)c.day);
    d.time = (zip_uint16_t)((unsigned)c.hour << 11 | (unsigned)c.minute << 5 |
                            (unsigned)c.second / 2);
    return d;
}

static int fail_zip(zip_t *z, const char *what, struct stet_error *err)
{
    return stet_fail(err, STET_EIO, "cannot write %s: %s", what,
                     zip_strerror(z));
}

static int add_member(zip_t *z, struct stet_wacz_member *m, struct dos when,
                      struct stet_error *err)
{
    struct stet_span all = { "", 0 };
    zip_source_t *source;
    zip_int64_t at;
    int rc = m->file ? STET_OK : stet_spool_view(&m->spool, &all, err);

    if (rc < 0)
        return rc;
    source = m->file ? zip_source_file(z, m->file, 0, (zip_int64_t)m->bytes)
                     : zip_source_buffer(z, all.ptr, all.len, 0);
    if (!source)
        return fail_zip(z, m->path, err);
    at = zip_file_add(z, m->path, source, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
        zip_source_free(source);
        return fail_zip(z, m->path, err);
    }
    if (zip_set_file_compression(z, (zip_uint64_t)at,
                                 m->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE,
                                 0) < 0 ||
        zip_file_set_dostime(z, (zip_uint64_t)at, when.time, when.date, 0) < 0)
        return fail_zip(z, m->path, err);
    return STET_OK;
}

int stet_wacz_write(struct stet_wacz *w, const char *out, int64_t date_ms,
                    struct stet_error *err)
{
    struct dos when = dos_of(date_ms);
    zip_error_t why;
    int code = 0;
    int rc = STET_OK;
    zip_t *z = zip_open(out, ZIP_CREATE | ZIP_TRUNCATE, &code);

    if (!z) {
        zip_error_init_with_code(&why, code);
        rc = stet_fail(err, STET_EIO, "cannot make %s: %s", out,
                       zip_error_strerror(&why));
        zip_error_fini(&why);
        return rc;
    }
    for (size_t i = 0; i < w->len && rc == STET_OK; i++)
        rc = add_member(z, w->members[i], when, err);
    /* It is written here, beside `out`, and then renamed. */
    if (rc == STET_OK && zip_close(z) < 0)
        rc = fail_zip(z, out, err);
    if (rc < 0)
        zip_discard(z);
    return rc;
}
