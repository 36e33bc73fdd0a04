/*
 * What earlier runs have of a URL, for a run that need not have its body
 * again.
 */
#include "archive/inside.h"

#include "base/fail.h"
#include "base/mem.h"
#include "stet/url.h"

#include <string.h>

/* The newest capture of a URL, as far as it matters. */
struct newest {
    bool revisit;
    int status;
    int64_t date_ms;
};

/* Statuses whose answers hold for a while: success, and redirects. */
static bool is_good(const struct newest *n)
{
    switch (n->status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return !n->revisit;
    case 0: /* the server said that nothing had changed */
        return n->revisit;
    default:
        return n->status >= 200 && n->status < 300;
    }
}

static int keep(struct stet_former *f, struct stet_span *to, struct stet_span s,
                struct stet_error *err)
{
    *to = stet_arena_dup(&f->text, s);
    return to->ptr ? STET_OK
                   : stet_fail(err, STET_ENOMEM, "no memory for a capture");
}

/* Columns from `i` on: url, file, offset, record id. */
static int keep_place(struct stet_former *f, struct stet_stmt *q, int i,
                      struct stet_error *err)
{
    struct stet_span id = stet_stmt_text(q, i + 3);
    int rc = keep(f, &f->url, stet_stmt_text(q, i), err);

    if (rc == STET_OK)
        rc = keep(f, &f->file, stet_stmt_text(q, i + 1), err);
    f->offset = (uint64_t)stet_stmt_int(q, i + 2);
    if (id.len < sizeof(f->record_id) && id.len > 0)
        memcpy(f->record_id, id.ptr, id.len);
    return rc;
}

static int read_newest(struct stet_archive *a, struct stet_span key,
                       struct stet_span url, struct newest *n,
                       struct stet_former *f, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_find_former);
    int rc;

    stet_stmt_bind_text(q, 1, key);
    stet_stmt_bind_text(q, 2, url);
    stet_stmt_bind_int(q, 3, a->run);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK) {
        n->revisit = stet_span_eqs(stet_stmt_text(q, 0), "revisit");
        n->status = (int)stet_stmt_int(q, 1);
        n->date_ms = f->date_ms = stet_stmt_int(q, 2);
        f->chunked = stet_stmt_int(q, 4) != 0;
        rc = stet_span_eqs(stet_stmt_text(q, 5), "ok") && is_good(n)
                 ? keep(f, &f->digest, stet_stmt_text(q, 3), err)
                 : STET_END;
    }
    if (rc == STET_OK)
        rc = keep_place(f, q, 6, err);
    stet_stmt_reset(q);
    return rc;
}

/* Of which response a revisit is: that of its own URL, or the oldest with
 * the same payload, to which others refer too. */
static int read_original(struct stet_archive *a, struct stet_span key,
                         struct stet_span url, struct stet_former *f,
                         struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_find_own_body);
    int rc;

    if (f->digest.len == 0)
        return STET_END;
    stet_stmt_bind_text(q, 1, key);
    stet_stmt_bind_text(q, 2, url);
    stet_stmt_bind_text(q, 3, f->digest);
    stet_stmt_bind_int(q, 4, f->chunked);
    rc = stet_stmt_step(q, err);
    if (rc == STET_END) {
        q = stet_archive_query(a, STET_Q_find_same_body);
        stet_stmt_bind_text(q, 1, f->digest);
        stet_stmt_bind_int(q, 2, f->chunked);
        rc = stet_stmt_step(q, err);
    }
    if (rc == STET_OK) {
        f->date_ms = stet_stmt_int(q, 0);
        rc = keep_place(f, q, 1, err);
    }
    stet_stmt_reset(q);
    return rc;
}

int stet_archive_find_former(struct stet_archive *a,
                             const struct stet_target *t, int64_t max_age_ms,
                             struct stet_former **out, struct stet_error *err)
{
    struct stet_former *f;
    struct stet_bytes bytes;
    struct stet_span key;
    struct newest n = { false, 0, 0 };
    int rc = stet_url_surt(&bytes, t->url, NULL);

    *out = NULL;
    if (rc < 0) /* what has no key has no line either */
        return rc == STET_ENOMEM ? stet_fail(err, rc, "no memory for a URL")
                                 : STET_OK;
    key = (struct stet_span){ bytes.data, bytes.len };
    f = stet_former_new();
    if (!f) {
        stet_bytes_clear(&bytes);
        return stet_fail(err, STET_ENOMEM, "no memory for a capture");
    }
    rc = read_newest(a, key, t->url, &n, f, err);
    if (rc == STET_OK && n.revisit)
        rc = read_original(a, key, t->url, f, err);
    stet_bytes_clear(&bytes);
    if (rc != STET_OK) {
        stet_former_free(f);
        return rc == STET_END ? STET_OK : rc;
    }
    f->status = n.revisit ? 200 : n.status;
    f->now_ms = stet_clock_wall(a->o.clock);
    f->fresh = n.date_ms > a->began_ms - max_age_ms;
    *out = f;
    return STET_OK;
}
