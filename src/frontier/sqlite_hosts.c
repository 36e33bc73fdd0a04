/*
 * The hosts of a run between memory and the store.
 */
#include "frontier/inside.h"

#include "base/fail.h"

enum { COLUMN_COUNTS = 2 };

static void read_counts(struct stet_lane *lane, struct stet_stmt *row)
{
    for (int i = 0; i < STET_N_LANE_KINDS; i++)
        lane->due[i] = stet_stmt_int(row, COLUMN_COUNTS + i);
    lane->later = stet_stmt_int(row, COLUMN_COUNTS + STET_N_LANE_KINDS);
    lane->held_ms = stet_stmt_int(row, COLUMN_COUNTS + STET_N_LANE_KINDS + 1);
}

/* The store's own index has half of it. */
static int64_t hash_of(const struct stet_sip *name)
{
    return (int64_t)name->half[0];
}

/* Lets go of those that are too many; those that the store does not know as
 * they are must be written before. */
static int make_room(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                     struct stet_error *err)
{
    struct stet_lane *lane;
    int rc = STET_OK;

    while (rc == STET_OK && (lane = stet_lanes_spare(&q->lanes))) {
        if (lane->dirty)
            rc = stet_frontier_flush(f, err);
        if (rc == STET_OK)
            stet_lanes_drop(&q->lanes, lane);
    }
    return rc;
}

static int add_lane(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                    int64_t id, const struct stet_sip *name,
                    struct stet_lane **out, struct stet_error *err)
{
    int rc = make_room(f, q, err);

    *out = NULL;
    if (rc < 0)
        return rc;
    *out = stet_lanes_add(&q->lanes, id, name);
    return *out ? STET_OK : stet_fail(err, STET_ENOMEM, "no memory for a host");
}

int stet_frontier_lane_of_row(struct stet_sqlite_frontier *f,
                              struct stet_run_queue *q, struct stet_stmt *row,
                              struct stet_lane **out, struct stet_error *err)
{
    struct stet_sip name;
    int rc;

    *out = stet_lanes_find(&q->lanes, stet_stmt_int(row, 0));
    if (*out)
        return STET_OK;
    name = stet_sip_of(&f->secret, stet_stmt_text(row, 1));
    rc = add_lane(f, q, stet_stmt_int(row, 0), &name, out, err);
    if (*out)
        read_counts(*out, row);
    return rc;
}

int stet_frontier_lane_of_id(struct stet_sqlite_frontier *f,
                             struct stet_run_queue *q, int64_t id,
                             struct stet_lane **out, struct stet_error *err)
{
    struct stet_stmt *row = stet_frontier_query(f, STET_F_read_host);
    int rc;

    *out = stet_lanes_find(&q->lanes, id);
    if (*out)
        return STET_OK;
    stet_stmt_bind_int(row, 1, id);
    rc = stet_stmt_step(row, err);
    if (rc == STET_END)
        return stet_fail(err, STET_EIO, "stet.db: no host %lld", (long long)id);
    if (rc == STET_OK)
        rc = stet_frontier_lane_of_row(f, q, row, out, err);
    stet_stmt_reset(row);
    return rc;
}

/* A host that the run did not know. */
static int new_lane(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                    struct stet_span origin, const struct stet_sip *name,
                    struct stet_lane **out, struct stet_error *err)
{
    struct stet_stmt *add = stet_frontier_query(f, STET_F_add_host);
    int rc = stet_store_begin(f->store, err);

    if (rc == STET_OK)
        rc = add_lane(f, q, f->last_host + 1, name, out, err);
    if (rc < 0)
        return rc;
    stet_stmt_bind_int(add, 1, ++f->last_host);
    stet_stmt_bind_int(add, 2, q->run);
    stet_stmt_bind_int(add, 3, hash_of(name));
    stet_stmt_bind_text(add, 4, origin);
    for (int i = 5; i <= 9; i++)
        stet_stmt_bind_int(add, i, 0);
    return stet_stmt_run(add, err);
}

int stet_frontier_lane(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                       struct stet_span url, struct stet_lane **out,
                       struct stet_error *err)
{
    struct stet_span origin = stet_frontier_origin(url);
    struct stet_sip name = stet_sip_of(&f->secret, origin);
    struct stet_stmt *find;
    int rc;

    *out = stet_lanes_find_name(&q->lanes, &name);
    if (*out)
        return STET_OK;
    find = stet_frontier_query(f, STET_F_find_host);
    stet_stmt_bind_int(find, 1, hash_of(&name));
    stet_stmt_bind_int(find, 2, q->run);
    stet_stmt_bind_text(find, 3, origin);
    rc = stet_stmt_step(find, err);
    if (rc == STET_OK)
        rc = stet_frontier_lane_of_row(f, q, find, out, err);
    else if (rc == STET_END)
        rc = new_lane(f, q, origin, &name, out, err);
    stet_stmt_reset(find);
    return rc;
}

enum stet_lane_kind stet_frontier_kind(int64_t priority)
{
    if (priority == STET_PRIORITY_ROBOTS)
        return STET_LANE_RULES;
    return priority < STET_PRIORITY_SEED ? STET_LANE_PARTS : STET_LANE_PAGES;
}

/* Counts a lane among those that have something queued. */
static void count_host(struct stet_run_queue *q, const struct stet_lane *lane,
                       int64_t before)
{
    int64_t queued = stet_lane_queued(lane);

    q->counts.queued += queued - before;
    q->counts.hosts += (queued > 0) - (before > 0);
}

void stet_frontier_settle(struct stet_run_queue *q, struct stet_lane *lane)
{
    if (lane->held_ms > 0 && lane->held_ms < q->wake_ms &&
        stet_lane_due(lane) > stet_lane_out(lane))
        q->wake_ms = lane->held_ms;
    stet_lanes_settle(&q->lanes, lane);
}

void stet_frontier_add_due(struct stet_run_queue *q, struct stet_lane *lane,
                           enum stet_lane_kind kind, int64_t by)
{
    int64_t before = stet_lane_queued(lane);

    lane->due[kind] += by;
    count_host(q, lane, before);
    stet_lanes_touch(&q->lanes, lane);
    stet_frontier_settle(q, lane);
}

void stet_frontier_add_later(struct stet_run_queue *q, struct stet_lane *lane,
                             int64_t by)
{
    int64_t before = stet_lane_queued(lane);

    lane->later += by;
    q->counts.later += by;
    count_host(q, lane, before);
    stet_lanes_touch(&q->lanes, lane);
    stet_lanes_settle(&q->lanes, lane);
}

void stet_frontier_take_back(struct stet_run_queue *q, struct stet_handed *h)
{
    struct stet_lane *lane = h->lane;

    lane->out[h->kind]--;
    stet_handed_drop(&q->handed, h);
    stet_frontier_settle(q, lane);
}
