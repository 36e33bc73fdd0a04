/*
 * Asking an archive what it holds.
 */
#include "archive/inside.h"

#include "base/fail.h"
#include "base/mem.h"
#include "stet/url.h"

#include <string.h>

enum {
    MAX_FOLLOW = STET_MAX_REDIRECTS,
    MAX_ORIGIN = 64 << 10,
};

struct stet_frontier *stet_archive_frontier(struct stet_archive *a)
{
    return &a->frontier;
}

struct lease {
    struct stet_archive *a;
    int (*take)(void *ctx, const struct stet_target *t);
    void *ctx;
    struct stet_error *err;
};

/* A story comes with its place in the list that named it. */
static int take_listed(struct lease *l, struct stet_target *t)
{
    struct stet_stmt *q = stet_archive_query(l->a, STET_Q_listing);
    int rc;

    stet_stmt_bind_int(q, 1, t->id);
    rc = stet_stmt_step(q, l->err);
    if (rc == STET_OK) {
        t->list = stet_stmt_text(q, 0);
        t->position = (uint32_t)stet_stmt_int(q, 1);
    }
    if (rc >= 0)
        rc = l->take(l->ctx, t);
    stet_stmt_reset(q);
    return rc;
}

/* A page is named before it is fetched, as its records bear the name; it is
 * noted when they come. */
static int name_page(void *ctx, const struct stet_target *t)
{
    struct lease *l = ctx;
    struct stet_target named = *t;
    int rc = STET_OK;

    if (stet_role_is_page(t->role) && t->page_id[0] == '\0')
        rc = stet_pages_name(l->a, t->id, named.page_id, l->err);
    if (rc < 0)
        return rc;
    return t->role == STET_ROLE_RELATED ? take_listed(l, &named)
                                        : l->take(l->ctx, &named);
}

int stet_archive_lease(struct stet_archive *a, size_t max,
                       int (*take)(void *ctx, const struct stet_target *t),
                       void *ctx, struct stet_error *err)
{
    struct lease l = { a, take, ctx, err };
    const struct stet_frontier_taker to = { name_page, &l };

    return stet_frontier_lease(&a->frontier, a->run, max,
                               stet_clock_wall(a->o.clock), &to, err);
}

int stet_archive_count(struct stet_archive *a, struct stet_frontier_counts *out,
                       struct stet_error *err)
{
    return stet_frontier_count(&a->frontier, a->run, out, err);
}

int stet_archive_find_original(struct stet_archive *a,
                               const struct stet_digest *digest, bool chunked,
                               struct stet_original *out,
                               struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_find_original);
    char text[STET_DIGEST_TEXT_MAX];
    struct stet_span url, id;
    int rc;

    *out = (struct stet_original){ .text = NULL };
    stet_digest_print(text, digest);
    stet_stmt_bind_text(q, 1, stet_span_of(text));
    stet_stmt_bind_int(q, 2, chunked);
    rc = stet_stmt_step(q, err);
    if (rc == STET_END && a->elsewhere)
        return stet_elsewhere_find(a->elsewhere, stet_span_of(text), chunked,
                                   out, err);
    if (rc != STET_OK)
        return rc == STET_END ? STET_OK : rc;
    url = stet_stmt_text(q, 0);
    id = stet_stmt_text(q, 2);
    out->date_ms = stet_stmt_int(q, 1);
    if (id.len < sizeof(out->record_id) && id.len > 0)
        memcpy(out->record_id, id.ptr, id.len);
    out->text = stet_span_dup(url);
    out->url = (struct stet_span){ out->text, url.len };
    stet_stmt_reset(q);
    return out->text ? STET_OK
                     : stet_fail(err, STET_ENOMEM, "no memory for a URL");
}

/* Keeps a copy of s in *out. */
static int keep(struct stet_bytes *out, struct stet_span s,
                struct stet_error *err)
{
    stet_bytes_clear(out);
    out->data = stet_span_dup(s);
    out->len = s.len;
    return out->data ? STET_OK
                     : stet_fail(err, STET_ENOMEM, "no memory for a URL");
}

int stet_archive_robots_origin(struct stet_archive *a,
                               const struct stet_target *t,
                               struct stet_span *out, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_url_of);
    int rc;

    *out = t->url;
    if (t->page <= 0)
        return STET_OK;
    stet_stmt_bind_int(q, 1, t->page);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK)
        rc = keep(&a->found, stet_stmt_text(q, 0), err);
    stet_stmt_reset(q);
    if (rc == STET_OK)
        *out = (struct stet_span){ a->found.data, a->found.len };
    return rc == STET_END ? STET_OK : rc;
}

int stet_archive_find_rules(struct stet_archive *a, struct stet_span host,
                            struct stet_rules *out, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_find_rules);
    struct stet_buf origin;
    int rc;

    *out = (struct stet_rules){ .answer = STET_ROBOTS_NONE };
    stet_buf_init(&origin, MAX_ORIGIN);
    stet_buf_add_span(&origin, host);
    stet_buf_adds(&origin, "/robots.txt");
    rc = stet_buf_status(&origin);
    if (rc < 0)
        rc = stet_fail(err, rc, "the name of a host");
    if (rc == STET_OK) {
        stet_stmt_bind_int(q, 1, a->run);
        stet_stmt_bind_text(q, 2, stet_buf_span(&origin));
        rc = stet_stmt_step(q, err);
    }
    if (rc == STET_OK)
        rc = keep(&a->found, stet_stmt_text(q, 0), err);
    if (rc == STET_OK)
        rc = keep(&a->found_mime, stet_stmt_text(q, 2), err);
    if (rc == STET_OK)
        *out = (struct stet_rules){
            .answer = (enum stet_robots_answer)stet_stmt_int(q, 1),
            .origin = { a->found.data, a->found.len },
            .body = { a->found_mime.data, a->found_mime.len },
            .date_ms = stet_stmt_int(q, 3),
            .edition = stet_stmt_int(q, 4),
        };
    stet_stmt_reset(q);
    stet_buf_clear(&origin);
    return rc == STET_END ? STET_OK : rc;
}

int stet_archive_each_moved_seed(struct stet_archive *a,
                                 int (*fn)(void *ctx, struct stet_span url),
                                 void *ctx, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_moved_seeds);
    int rc;

    stet_stmt_bind_int(q, 1, a->run);
    while ((rc = stet_stmt_step(q, err)) == STET_OK) {
        rc = fn(ctx, stet_stmt_text(q, 0));
        if (rc != STET_OK)
            break;
    }
    stet_stmt_reset(q);
    return rc == STET_END ? STET_OK : rc;
}

int stet_archive_each_document(struct stet_archive *a,
                               stet_archive_capture_fn *fn, void *ctx,
                               struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_each_document);
    int rc;

    stet_stmt_bind_int(q, 1, a->run);
    while ((rc = stet_stmt_step(q, err)) == STET_OK) {
        struct stet_capture c = {
            .url = stet_stmt_text(q, 0),
            .mime = stet_stmt_text(q, 1),
            .filename = stet_stmt_text(q, 2),
            .record_id = stet_stmt_text(q, 3),
            .page_id = stet_stmt_text(q, 4),
            .date_ms = stet_stmt_int(q, 5),
            .offset = (uint64_t)stet_stmt_int(q, 6),
            .length = (uint64_t)stet_stmt_int(q, 7),
        };
        rc = fn(ctx, &c);
        if (rc != STET_OK)
            break;
    }
    stet_stmt_reset(q);
    return rc == STET_END ? STET_OK : rc;
}

/* The row of a->found; its mime goes to a->found_mime. */
static int find_row(struct stet_archive *a, int64_t *id, int64_t *status,
                    struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_answer);
    int rc = stet_frontier_find_answer(
        &a->frontier, (struct stet_span){ a->found.data, a->found.len }, id,
        err);

    if (rc < 0)
        return rc;
    stet_stmt_bind_int(q, 1, *id);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK) {
        *status = stet_stmt_int(q, 0);
        rc = keep(&a->found_mime, stet_stmt_text(q, 1), err);
    }
    stet_stmt_reset(q);
    return rc == STET_END ? STET_ENOTFOUND : rc;
}

static int follow(struct stet_archive *a, int64_t id, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_url_of);
    int64_t child = 0;
    int rc = stet_needs_first(a, id, &child, err);

    if (rc != STET_OK)
        return rc == STET_END ? STET_ENOTFOUND : rc;
    stet_stmt_bind_int(q, 1, child);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK)
        rc = keep(&a->found, stet_stmt_text(q, 0), err);
    stet_stmt_reset(q);
    return rc == STET_END ? STET_ENOTFOUND : rc;
}

int stet_archive_find_url(struct stet_archive *a, struct stet_span *url,
                          struct stet_span *mime, int *last,
                          struct stet_error *err)
{
    int64_t id = 0, status = 0;
    int rc = keep(&a->found, *url, err);

    for (int i = 0; rc == STET_OK && i <= MAX_FOLLOW; i++) {
        rc = find_row(a, &id, &status, err);
        if (rc == STET_OK && (status < 300 || status > 399)) {
            *url = (struct stet_span){ a->found.data, a->found.len };
            *mime = (struct stet_span){ a->found_mime.data, a->found_mime.len };
            if (last)
                *last = (int)status;
            return STET_OK;
        }
        if (rc == STET_OK)
            rc = follow(a, id, err);
    }
    return rc == STET_OK ? STET_ENOTFOUND : rc;
}

int stet_archive_find_body(struct stet_archive *a, struct stet_span url,
                           struct stet_capture *out, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_find_body);
    struct stet_bytes key;
    int rc = stet_url_surt(&key, url, NULL);

    *out = (struct stet_capture){ .offset = 0 };
    if (rc < 0)
        return rc == STET_ENOMEM ? rc : STET_ENOTFOUND;
    stet_stmt_bind_text(q, 1, (struct stet_span){ key.data, key.len });
    stet_stmt_bind_text(q, 2, url);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK) {
        rc = keep(&a->found, stet_stmt_text(q, 0), err);
        out->filename = (struct stet_span){ a->found.data, a->found.len };
        out->offset = (uint64_t)stet_stmt_int(q, 1);
    }
    stet_stmt_reset(q);
    stet_bytes_clear(&key);
    return rc == STET_END ? STET_ENOTFOUND : rc;
}

int stet_archive_tally_pages(struct stet_archive *a,
                             stet_archive_page_tally_fn *fn, void *ctx,
                             struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_tally_pages);
    int rc;

    stet_stmt_bind_int(q, 1, a->run);
    while ((rc = stet_stmt_step(q, err)) == STET_OK) {
        struct stet_page_tally t = {
            .role = (enum stet_role)stet_stmt_int(q, 0),
            .n = stet_stmt_int(q, 1),
            .failed = stet_stmt_int(q, 2),
        };
        rc = fn(ctx, &t);
        if (rc != STET_OK)
            break;
    }
    stet_stmt_reset(q);
    return rc == STET_END ? STET_OK : rc;
}

int stet_archive_each_failure(struct stet_archive *a,
                              stet_archive_failure_fn *fn, void *ctx,
                              struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_failures);
    int rc;

    stet_stmt_bind_int(q, 1, a->run);
    while ((rc = stet_stmt_step(q, err)) == STET_OK) {
        struct stet_failure f = {
            .url = stet_stmt_text(q, 0),
            .role = (enum stet_role)stet_stmt_int(q, 1),
            .outcome = stet_stmt_text(q, 2),
            .why = stet_stmt_text(q, 3),
            .status = (int)stet_stmt_int(q, 4),
        };
        rc = fn(ctx, &f);
        if (rc != STET_OK)
            break;
    }
    stet_stmt_reset(q);
    return rc == STET_END ? STET_OK : rc;
}
