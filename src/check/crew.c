#include "check/set.h"

#include "base/fail.h"
#include "base/pool.h"
#include "base/queue.h"

/*
 * Units go to the threads in order and come back in any; they are merged in
 * order.  Few are under way at a time, so that little is held.
 */
enum { AHEAD = 4 }; /* units a thread */

struct crew {
    struct stet_check_set *set;
    struct stet_check_units units;
    struct stet_queue *jobs, *done;
    int status; /* of a thread that could not begin */
};

static void work(void *ctx)
{
    struct crew *c = ctx;
    struct stet_checker checker;
    struct stet_check_unit *u;
    int rc = stet_checker_init(&checker, c->set->muted, c->set->replay, NULL);

    while ((u = stet_queue_pop(c->jobs))) {
        if (rc == STET_OK)
            stet_checker_run(&checker, u, &c->set->inputs[u->input], NULL,
                             NULL);
        else
            u->status = rc;
        if (!stet_queue_put(c->done, u))
            break;
    }
    stet_checker_clear(&checker);
}

static void stop(void *ctx)
{
    struct crew *c = ctx;

    stet_queue_close(c->jobs);
}

/* -- a unit by the caller's thread, record by record ----------------------- */

struct direct {
    struct stet_check_set *set;
    struct stet_check_unit *unit;
};

static int step(void *ctx)
{
    struct direct *d = ctx;

    return stet_check_set_merge(d->set, d->unit);
}

/* Checks a unit anew, or for the first time, and merges at once. */
static int run_here(struct stet_check_set *s, struct stet_check_unit *u,
                    struct stet_error *err)
{
    struct direct d = { s, u };
    struct stet_checker c;
    int rc = stet_checker_init(&c, s->muted, s->replay, err);

    u->status = STET_OK;
    stet_check_unit_reset(u);
    if (rc == STET_OK) {
        stet_checker_run(&c, u, &s->inputs[u->input], step, &d);
        rc = u->status;
        if (rc == STET_OK)
            rc = stet_check_set_merge(s, u);
        else if (err)
            *err = u->why;
    }
    stet_checker_clear(&c);
    return rc;
}

/* -- in order -------------------------------------------------------------- */

/*
 * Merges a unit that is done.  When it did not end where the next one
 * begins, damage or a WARC within the WARC has misled us: it is checked
 * again, to the end of the file, and the others of the file are dropped.
 */
static int take(struct crew *c, size_t i, struct stet_error *err)
{
    struct stet_check_unit *u = c->units.items[i];
    bool last = u->to == UINT64_MAX;
    int rc = u->status;

    if (rc < 0 && rc != STET_ELIMIT) {
        if (err)
            *err = u->why;
        return stet_fail(err, rc, "%s",
                         u->why.text[0] ? u->why.text : "no memory to check");
    }
    if (rc == STET_OK && (last || u->end == u->to)) {
        rc = stet_check_set_merge(c->set, u);
    } else {
        u->to = UINT64_MAX;
        rc = run_here(c->set, u, err);
    }
    stet_check_unit_clear(u);
    return rc < 0 ? stet_fail(err, rc, "%s",
                              err && err->text[0] ? err->text
                                                  : "no memory to check")
                  : STET_OK;
}

/* True for a unit that another one has taken over. */
static bool is_dropped(const struct crew *c, size_t i, size_t since)
{
    return i > since && c->units.items[since]->to == UINT64_MAX &&
           c->units.items[since]->input == c->units.items[i]->input;
}

static int run_crew(struct crew *c, size_t n_threads, struct stet_error *err)
{
    size_t sent = 0, since = 0, n = c->units.len;
    struct stet_pool *pool = NULL;
    int rc = stet_pool_start(&pool, n_threads, work, stop, c);

    if (rc < 0)
        return stet_fail(err, rc, "no threads to check");
    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        struct stet_check_unit *u = c->units.items[i];

        while (sent < n && sent < i + AHEAD * n_threads) {
            if (!stet_queue_put(c->jobs, c->units.items[sent]))
                break;
            sent++;
        }
        while (!u->done) {
            struct stet_check_unit *d = stet_queue_pop(c->done);

            if (d)
                d->done = true;
        }
        if (is_dropped(c, i, since)) {
            stet_check_unit_clear(u);
            u->done = true;
            continue;
        }
        rc = take(c, i, err);
        since = i;
    }
    stet_queue_close(c->jobs);
    stet_queue_close(c->done);
    while (stet_queue_pop(c->jobs))
        ;
    stet_pool_join(pool);
    while (stet_queue_pop(c->done))
        ;
    return rc;
}

/* One thread: nothing has to wait for its turn. */
static int run_alone(struct crew *c, struct stet_error *err)
{
    int rc = STET_OK;

    for (size_t i = 0; i < c->units.len && rc == STET_OK; i++)
        rc = run_here(c->set, c->units.items[i], err);
    return rc;
}

int stet_check_set_run(struct stet_check_set *s, size_t from,
                       struct stet_error *err)
{
    size_t n_threads = stet_pool_cores();
    struct crew c = { .set = s };
    int rc = STET_OK;

    for (size_t i = from; i < s->n_inputs && rc == STET_OK; i++)
        rc = stet_check_cut(&c.units, i, &s->inputs[i], n_threads < 2, err);
    if (n_threads > c.units.len)
        n_threads = c.units.len;
    if (rc == STET_OK && n_threads < 2) {
        rc = run_alone(&c, err);
    } else if (rc == STET_OK) {
        rc = stet_queue_new(&c.jobs, AHEAD * n_threads + 1);
        if (rc == STET_OK)
            rc = stet_queue_new(&c.done, AHEAD * n_threads + 1);
        rc = rc < 0 ? stet_fail(err, rc, "no memory to check")
                    : run_crew(&c, n_threads, err);
    }
    for (size_t i = from; i < s->n_inputs && rc == STET_OK; i++)
        s->result->files++;
    stet_queue_free(c.jobs);
    stet_queue_free(c.done);
    stet_check_units_clear(&c.units);
    return rc;
}
