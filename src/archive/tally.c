/*
 * How the run's targets came out, counted as they do: a row for those that
 * came out alike.  Commits write the rows that have changed.
 */
#include "archive/inside.h"

#include "base/fail.h"
#include "base/mem.h"

#include <string.h>

/* As much of s as there is room for. */
static void copy(char *to, size_t cap, struct stet_span s)
{
    size_t n = s.len < cap ? s.len : cap - 1;

    if (n > 0)
        memcpy(to, s.ptr, n);
    to[n] = '\0';
}

/* The row of those like t, which is made when there is none. */
static int find(struct stet_archive *a, const struct stet_tally *t,
                struct stet_tally_row **out, struct stet_error *err)
{
    struct stet_tallies *all = &a->tallies;
    struct stet_tally_row *r;

    for (size_t i = 0; i < all->len; i++) {
        r = &all->rows[i];
        if (r->role == t->role && r->came == t->came &&
            r->status_class == t->status_class &&
            stet_span_eqs(t->outcome, r->outcome)) {
            *out = r;
            return STET_OK;
        }
    }
    if (all->len == STET_MAX_TALLIES)
        return stet_fail(err, STET_ELIMIT, "more than %d kinds of outcome",
                         STET_MAX_TALLIES);
    if (stet_grow_array(&all->rows, &all->cap, all->len + 1,
                        sizeof(*all->rows)) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for counts");
    r = &all->rows[all->len++];
    *r = (struct stet_tally_row){ .role = t->role,
                                  .came = t->came,
                                  .status_class = t->status_class };
    copy(r->outcome, sizeof(r->outcome), t->outcome);
    copy(r->why, sizeof(r->why), t->why);
    *out = r;
    return STET_OK;
}

int stet_tallies_add(struct stet_archive *a, const struct stet_tally *t,
                     struct stet_error *err)
{
    struct stet_tally_row *r = NULL;
    int rc = find(a, t, &r, err);

    if (!r)
        return rc;
    r->n += t->n;
    r->bytes += t->bytes;
    r->dirty = true;
    return STET_OK;
}

int stet_tallies_load(struct stet_archive *a, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_tallies);
    int rc;

    stet_tallies_clear(a);
    stet_stmt_bind_int(q, 1, a->run);
    while ((rc = stet_stmt_step(q, err)) == STET_OK) {
        const struct stet_tally t = {
            .role = (enum stet_role)stet_stmt_int(q, 0),
            .outcome = stet_stmt_text(q, 1),
            .status_class = (int)stet_stmt_int(q, 2),
            .came = (enum stet_came)stet_stmt_int(q, 3),
            .n = stet_stmt_int(q, 4),
            .bytes = stet_stmt_int(q, 5),
            .why = stet_stmt_text(q, 6),
        };

        rc = stet_tallies_add(a, &t, err);
        if (rc < 0)
            break;
    }
    stet_stmt_reset(q);
    for (size_t i = 0; i < a->tallies.len; i++)
        a->tallies.rows[i].dirty = false;
    return rc == STET_END ? STET_OK : rc;
}

int stet_tallies_write(struct stet_archive *a, struct stet_error *err)
{
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < a->tallies.len; i++) {
        struct stet_tally_row *r = &a->tallies.rows[i];
        struct stet_stmt *q;

        if (!r->dirty)
            continue;
        q = stet_archive_query(a, STET_Q_set_tally);
        stet_stmt_bind_int(q, 1, a->run);
        stet_stmt_bind_int(q, 2, r->role);
        stet_stmt_bind_text(q, 3, stet_span_of(r->outcome));
        stet_stmt_bind_int(q, 4, r->status_class);
        stet_stmt_bind_int(q, 5, r->came);
        stet_stmt_bind_int(q, 6, r->n);
        stet_stmt_bind_int(q, 7, r->bytes);
        stet_stmt_bind_text(q, 8, stet_span_of(r->why));
        rc = stet_stmt_run(q, err);
        r->dirty = rc != STET_OK;
    }
    return rc;
}

void stet_tallies_clear(struct stet_archive *a)
{
    stet_free(a->tallies.rows);
    a->tallies = (struct stet_tallies){ .rows = NULL };
}

int stet_archive_tally(const struct stet_archive *a, stet_archive_tally_fn *fn,
                       void *ctx)
{
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < a->tallies.len; i++) {
        const struct stet_tally_row *r = &a->tallies.rows[i];
        const struct stet_tally t = { .role = r->role,
                                      .outcome = stet_span_of(r->outcome),
                                      .why = stet_span_of(r->why),
                                      .status_class = r->status_class,
                                      .came = r->came,
                                      .n = r->n,
                                      .bytes = r->bytes };

        rc = fn(ctx, &t);
    }
    return rc;
}
