/*
 * What pages need, and whether it is all there.
 *
 * `part` names what each finished document needs, once however many pages
 * share it; what a page needs is all that can be reached from its own
 * document.  `wait` has a row for each page and target that is not done,
 * `pending` counts them by page.  Most of what a page names was fetched for
 * an earlier one, and costs no row at all.
 */
#include "archive/inside.h"

#include "base/fail.h"
#include "base/map.h"
#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>

enum {
    MAX_PARTS = 64 << 20, /* bytes of one document's list */
    MAX_WALK = 64 << 20,  /* bytes of ids of one walk */
};

int stet_rows_add(struct stet_rows *v, int64_t id, struct stet_error *err)
{
    int rc = stet_grow_array(&v->items, &v->cap, v->len + 1, sizeof(int64_t));

    if (rc < 0)
        return stet_fail(err, rc, "no memory for what pages need");
    v->items[v->len++] = id;
    return STET_OK;
}

void stet_rows_clear(struct stet_rows *v)
{
    stet_free(v->items);
    *v = (struct stet_rows){ NULL, 0, 0 };
}

/* Adds the numbers of a list as the table has it: "12,7,30". */
static int read_list(struct stet_rows *out, struct stet_span list,
                     struct stet_error *err)
{
    int rc = STET_OK;

    while (rc == STET_OK && list.len > 0) {
        struct stet_span one = stet_span_cut(&list, ',');
        uint64_t id = 0;

        if (!stet_span_to_u64(one, &id) || id > INT64_MAX)
            return stet_fail(err, STET_EIO, "stet.db: not a list of ids");
        rc = stet_rows_add(out, (int64_t)id, err);
    }
    return rc;
}

/* What a done target needs itself.  Leaves are remembered: to the end of
 * time a picture needs nothing. */
static int read_parts(struct stet_archive *a, int64_t parent,
                      struct stet_rows *out, struct stet_error *err)
{
    int64_t *leaf = &a->leaves[(uint64_t)parent % STET_ARCHIVE_LEAVES];
    struct stet_stmt *q;
    int rc;

    if (*leaf == parent)
        return STET_OK;
    q = stet_archive_query(a, STET_Q_parts);
    stet_stmt_bind_int(q, 1, parent);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK)
        rc = read_list(out, stet_stmt_text(q, 0), err);
    else if (rc == STET_END)
        *leaf = parent;
    stet_stmt_reset(q);
    return rc == STET_END ? STET_OK : rc;
}

/* True if it is known without a look that a target is done and needs
 * nothing. */
static bool is_leaf(const struct stet_archive *a, int64_t id)
{
    return a->leaves[(uint64_t)id % STET_ARCHIVE_LEAVES] == id;
}

/* Where one walk has been: style sheets may import each other. */
static int visit(struct stet_map *seen, int64_t id, bool *fresh,
                 struct stet_error *err)
{
    struct stet_span key = { (const char *)&id, sizeof(id) };

    return stet_map_put(seen, key, fresh)
               ? STET_OK
               : stet_fail(err, STET_ENOMEM, "no memory for what pages need");
}

static int add_wait(struct stet_archive *a, int64_t page, int64_t target,
                    int64_t *more, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_add_wait);
    int rc;

    stet_stmt_bind_int(q, 1, target);
    stet_stmt_bind_int(q, 2, page);
    rc = stet_stmt_run(q, err);
    if (rc == STET_OK)
        *more += stet_store_changes(a->store);
    return rc;
}

/* A page needs targets and, of those that are done, what they need: it
 * waits for what is not done; *more is for how much it did not yet. */
static int spread(struct stet_archive *a, int64_t page,
                  const struct stet_rows *targets, int64_t *more,
                  struct stet_error *err)
{
    struct stet_rows left = { NULL, 0, 0 };
    struct stet_map seen;
    int rc = STET_OK;

    stet_map_init(&seen, MAX_WALK);
    for (size_t i = 0; rc == STET_OK && i < targets->len; i++)
        rc = stet_rows_add(&left, targets->items[i], err);
    while (rc == STET_OK && left.len > 0) {
        int64_t id = left.items[--left.len];
        bool done = false, fresh = false;

        if (is_leaf(a, id))
            continue;
        rc = visit(&seen, id, &fresh, err);
        if (rc == STET_OK && fresh)
            rc = stet_frontier_is_done(&a->frontier, id, &done, err);
        if (rc == STET_OK && fresh)
            rc = done ? read_parts(a, id, &left, err)
                      : add_wait(a, page, id, more, err);
    }
    stet_map_clear(&seen);
    stet_rows_clear(&left);
    return rc;
}

int stet_needs_note(struct stet_archive *a, int64_t child,
                    struct stet_error *err)
{
    return stet_rows_add(&a->needed, child, err);
}

/* Keeps what the document in hand needs. */
static int keep_parts(struct stet_archive *a, int64_t parent,
                      struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_add_parts);
    struct stet_buf list;
    int rc;

    if (a->needed.len == 0)
        return STET_OK;
    stet_buf_init(&list, MAX_PARTS);
    for (size_t i = 0; i < a->needed.len; i++)
        stet_buf_addf(&list, "%s%" PRId64, i ? "," : "", a->needed.items[i]);
    stet_stmt_bind_int(q, 1, parent);
    stet_stmt_bind_text(q, 2, stet_buf_span(&list));
    rc = stet_buf_status(&list);
    rc = rc < 0 ? stet_fail(err, rc, "the list of what a document needs")
                : stet_stmt_run(q, err);
    stet_stmt_reset(q);
    stet_buf_clear(&list);
    return rc;
}

/* The pages that wait for a target; they do no longer. */
static int take_waiting(struct stet_archive *a, int64_t target,
                        struct stet_rows *out, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_waiting);
    int rc;

    stet_stmt_bind_int(q, 1, target);
    while ((rc = stet_stmt_step(q, err)) == STET_OK) {
        rc = stet_rows_add(out, stet_stmt_int(q, 0), err);
        if (rc < 0)
            break;
    }
    if (rc != STET_END || out->len == 0)
        return rc == STET_END ? STET_OK : rc;
    q = stet_archive_query(a, STET_Q_drop_waits);
    stet_stmt_bind_int(q, 1, target);
    return stet_stmt_run(q, err);
}

/* Counts what a page waits for; *left is how much that is now. */
static int count(struct stet_archive *a, int64_t page, int64_t by,
                 int64_t *left, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_count_pending);
    int rc = STET_OK;

    *left = -1;
    if (by != 0) {
        stet_stmt_bind_int(q, 1, by);
        stet_stmt_bind_int(q, 2, page);
        rc = stet_stmt_run(q, err);
    }
    if (rc < 0)
        return rc;
    q = stet_archive_query(a, STET_Q_pending);
    stet_stmt_bind_int(q, 1, page);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK)
        *left = stet_stmt_int(q, 0);
    stet_stmt_reset(q);
    return rc == STET_END ? STET_OK : rc;
}

/* One page less to wait: for the target, but for what that needs. */
static int settle_page(struct stet_archive *a, int64_t page,
                       struct stet_rows *ready, struct stet_error *err)
{
    int64_t by = -1, left = 0;
    struct stet_stmt *q;
    int rc = spread(a, page, &a->needed, &by, err);

    if (rc == STET_OK)
        rc = count(a, page, by, &left, err);
    if (rc < 0 || left != 0)
        return rc;
    q = stet_archive_query(a, STET_Q_drop_pending);
    stet_stmt_bind_int(q, 1, page);
    rc = stet_stmt_run(q, err);
    return rc == STET_OK ? stet_rows_add(ready, page, err) : rc;
}

int stet_needs_begin(struct stet_archive *a, int64_t page,
                     struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_add_pending);

    stet_stmt_bind_int(q, 1, page);
    return stet_stmt_run(q, err);
}

int stet_needs_settle(struct stet_archive *a, const struct stet_target *t,
                      struct stet_rows *waited, struct stet_rows *ready,
                      struct stet_error *err)
{
    int rc = keep_parts(a, t->id, err);

    if (rc == STET_OK)
        rc = take_waiting(a, t->id, waited, err);
    /* A page waits for its own document from the beginning. */
    if (rc == STET_OK && stet_role_is_page(t->role) && t->redirects == 0)
        rc = stet_rows_add(waited, t->page, err);
    for (size_t i = 0; rc == STET_OK && i < waited->len; i++)
        rc = settle_page(a, waited->items[i], ready, err);
    a->needed.len = 0;
    return rc;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

int stet_needs_all(struct stet_archive *a, int64_t root, struct stet_rows *out,
                   struct stet_error *err)
{
    struct stet_map seen;
    bool fresh;
    int rc;

    stet_map_init(&seen, MAX_WALK);
    rc = visit(&seen, root, &fresh, err);
    if (rc == STET_OK)
        rc = stet_rows_add(out, root, err);
    for (size_t i = 0; rc == STET_OK && i < out->len; i++) {
        size_t known = out->len, kept = known;

        rc = read_parts(a, out->items[i], out, err);
        for (size_t k = known; rc == STET_OK && k < out->len; k++) {
            rc = visit(&seen, out->items[k], &fresh, err);
            if (fresh)
                out->items[kept++] = out->items[k];
        }
        out->len = kept;
    }
    stet_map_clear(&seen);
    if (out->len > 0)
        qsort(out->items, out->len, sizeof(int64_t), by_number);
    return rc;
}

int stet_needs_first(struct stet_archive *a, int64_t parent, int64_t *child,
                     struct stet_error *err)
{
    struct stet_rows parts = { NULL, 0, 0 };
    int rc = read_parts(a, parent, &parts, err);

    if (rc == STET_OK)
        rc = parts.len > 0 ? STET_OK : STET_END;
    if (rc == STET_OK)
        *child = parts.items[0];
    stet_rows_clear(&parts);
    return rc;
}
