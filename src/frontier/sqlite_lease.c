/*
 * Handing out: whose turn it is, and when.
 */
#include "frontier/inside.h"

#include "base/fail.h"
#include "base/mem.h"

#include <limits.h>

enum {
    WAKE_AT_ONCE = 256, /* of what became due, in one statement */
    JUMP_MS = 1000,     /* a clock that went back so far was set */
};

/* A target to be woken or handed out. */
struct found {
    int64_t id, host;
    int priority;
    bool later;
};

/* Such as are read first and changed after. */
struct batch {
    struct found found[WAKE_AT_ONCE];
    size_t n;
};

static void read_target(struct stet_target *t, struct stet_stmt *row)
{
    struct stet_span page_id = stet_stmt_text(row, 5);

    *t = (struct stet_target){
        .id = stet_stmt_int(row, 0),
        .url = stet_stmt_text(row, 1),
        .via = stet_stmt_text(row, 2),
        .hops = stet_stmt_text(row, 3),
        .page = stet_stmt_int(row, 4),
        .role = (enum stet_role)stet_stmt_int(row, 6),
        .resource = (enum stet_resource)stet_stmt_int(row, 7),
        .depth = (int)stet_stmt_int(row, 8),
        .embeds = (int)stet_stmt_int(row, 9),
        .redirects = (int)stet_stmt_int(row, 10),
        .attempts = (int)stet_stmt_int(row, 11),
        .outside = (int)stet_stmt_int(row, 12),
    };
    if (page_id.len < sizeof(t->page_id) && page_id.len > 0)
        memcpy(t->page_id, page_id.ptr, page_id.len);
}

/* Hands out one target that is due. */
static int hand_out(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                    struct stet_lane *lane, const struct found *x,
                    const struct stet_frontier_taker *to,
                    struct stet_error *err)
{
    struct stet_stmt *row = stet_frontier_query(f, STET_F_read);
    struct stet_handed h = { x->id, lane, x->priority,
                             stet_frontier_kind(x->priority) };
    struct stet_target t;
    int rc;

    stet_stmt_bind_int(row, 1, x->id);
    rc = stet_stmt_step(row, err);
    if (rc == STET_END)
        return stet_fail(err, STET_EIO, "stet.db: no URL %lld",
                         (long long)x->id);
    if (rc < 0)
        return rc;
    rc = stet_handed_put(&q->handed, &h);
    if (rc < 0)
        return stet_fail(err, rc, "no memory for what is handed out");
    lane->out[h.kind]++;
    stet_lanes_serve(&q->lanes, lane);
    read_target(&t, row);
    rc = to->fn(to->ctx, &t);
    stet_stmt_reset(row);
    return rc;
}

/* The most urgent target of a lane that can be leased from. */
static int find_best(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                     struct stet_lane *lane, struct found *x,
                     struct stet_error *err)
{
    struct stet_stmt *best = stet_frontier_query(f, STET_F_best);
    bool pages = stet_lane_takes_pages(&q->lanes, lane);
    int rc;

    stet_stmt_bind_int(best, 1, lane->id);
    stet_stmt_bind_int(best, 2, lane->past_priority);
    stet_stmt_bind_int(best, 3, lane->past_id);
    stet_stmt_bind_int(best, 4, pages ? INT_MAX : STET_PRIORITY_SEED);
    while ((rc = stet_stmt_step(best, err)) == STET_OK) {
        x->id = stet_stmt_int(best, 0);
        x->priority = (int)stet_stmt_int(best, 1);
        lane->past_priority = x->priority;
        lane->past_id = x->id;
        if (!stet_handed_find(&q->handed, x->id))
            break;
    }
    stet_stmt_reset(best);
    if (rc == STET_END)
        rc = stet_fail(err, STET_EIO, "stet.db: the counts of host %lld",
                       (long long)lane->id);
    return rc;
}

/* Fills an empty ring from the store: from where it was filled to last, to
 * the end and, if there is room, once around. */
static int fill_ring(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                     enum stet_lane_place ring, struct stet_error *err)
{
    int64_t *cursor = &q->lanes.cursor[ring], began = *cursor;
    bool room = true;
    int rc = q->lanes.dirty ? stet_frontier_flush(f, err) : STET_OK;

    while (rc == STET_OK && room) {
        struct stet_stmt *rows = stet_frontier_query(
            f, ring == STET_LANE_PARTS_RING ? STET_F_parts_hosts
                                            : STET_F_common_hosts);
        struct stet_lane *lane;
        stet_stmt_bind_int(rows, 1, q->run);
        stet_stmt_bind_int(rows, 2, *cursor);
        while (room && (rc = stet_stmt_step(rows, err)) == STET_OK) {
            rc = stet_frontier_lane_of_row(f, q, rows, &lane, err);
            if (rc < 0)
                break;
            room = stet_lanes_enlist(&q->lanes, lane, ring);
        }
        stet_stmt_reset(rows);
        if (rc != STET_END)
            continue;
        rc = STET_OK;
        *cursor = 0;
        if (began == 0)
            break;
        began = 0;
    }
    if (rc == STET_OK)
        q->lanes.whole[ring] = room;
    return rc;
}

/* The lane whose turn it is; NULL: none can be leased from. */
static int next_lane(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                     struct stet_lane **out, struct stet_error *err)
{
    int rc = STET_OK;

    *out = NULL;
    for (int ring = 0; rc == STET_OK && !*out && ring < 2; ring++) {
        const struct stet_lane_list *list = &q->lanes.lists[ring];
        if (!list->first && !q->lanes.whole[ring])
            rc = fill_ring(f, q, (enum stet_lane_place)ring, err);
        *out = list->first;
    }
    return rc;
}

/* What is found is woken: due, if it was not. */
static int wake(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                struct stet_lane *lane, const struct found *x,
                struct stet_error *err)
{
    struct stet_stmt *w = stet_frontier_query(f, STET_F_wake);
    int rc = stet_frontier_change(f, q, err);

    stet_stmt_bind_int(w, 1, x->id);
    if (rc == STET_OK)
        rc = stet_stmt_run(w, err);
    if (rc < 0)
        return rc;
    stet_lane_look_again(lane, x->priority, x->id);
    stet_frontier_add_later(q, lane, -1);
    stet_frontier_add_due(q, lane, stet_frontier_kind(x->priority), 1);
    return STET_OK;
}

/* Wakes what is due by now, up to a batch of it. */
static int wake_urls(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                     struct stet_error *err)
{
    struct stet_stmt *rows = stet_frontier_query(f, STET_F_due_urls);
    struct batch b = { .n = 0 };
    int rc;

    stet_stmt_bind_int(rows, 1, q->run);
    stet_stmt_bind_int(rows, 2, q->now_ms);
    stet_stmt_bind_int(rows, 3, WAKE_AT_ONCE);
    while ((rc = stet_stmt_step(rows, err)) == STET_OK)
        b.found[b.n++] =
            (struct found){ stet_stmt_int(rows, 0), stet_stmt_int(rows, 1),
                            (int)stet_stmt_int(rows, 2), true };
    rc = rc == STET_END ? STET_OK : rc;
    for (size_t i = 0; rc == STET_OK && i < b.n; i++) {
        struct stet_lane *lane;
        rc = stet_frontier_lane_of_id(f, q, b.found[i].host, &lane, err);
        if (rc == STET_OK)
            rc = wake(f, q, lane, &b.found[i], err);
    }
    return rc;
}

/* Ends the holds that are over.  *next_ms becomes the end of the first one
 * left that keeps something back. */
static int end_holds(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                     int64_t *next_ms, struct stet_error *err)
{
    int64_t over[WAKE_AT_ONCE];
    size_t n = 0;
    struct stet_stmt *rows;
    struct stet_lane *lane;
    int rc = q->lanes.dirty ? stet_frontier_flush(f, err) : STET_OK;

    if (rc < 0)
        return rc;
    rows = stet_frontier_query(f, STET_F_held_hosts);
    stet_stmt_bind_int(rows, 1, q->run);
    while (n < WAKE_AT_ONCE && (rc = stet_stmt_step(rows, err)) == STET_OK) {
        int64_t until = stet_stmt_int(rows, 6);
        if (until > q->now_ms && until >= *next_ms)
            break;
        rc = stet_frontier_lane_of_row(f, q, rows, &lane, err);
        if (rc < 0)
            break;
        if (until > q->now_ms) {
            if (stet_lane_due(lane) > stet_lane_out(lane))
                *next_ms = until;
            continue;
        }
        over[n++] = lane->id;
    }
    stet_stmt_reset(rows);
    rc = rc == STET_END ? STET_OK : rc;
    for (size_t i = 0; rc == STET_OK && i < n; i++) {
        rc = stet_frontier_lane_of_id(f, q, over[i], &lane, err);
        if (rc < 0)
            break;
        lane->held_ms = 0;
        stet_lanes_touch(&q->lanes, lane);
        stet_lanes_settle(&q->lanes, lane);
    }
    if (n == WAKE_AT_ONCE)
        *next_ms = q->now_ms;
    return rc;
}

/* The clock was set back: what waits goes on waiting for as long as it had
 * to by the old one. */
static int hasten(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                  int64_t by_ms, struct stet_error *err)
{
    static const enum stet_frontier_statement both[] = { STET_F_hasten_urls,
                                                         STET_F_hasten_hosts };
    int rc = stet_store_begin(f->store, err);

    if (rc == STET_OK)
        rc = stet_frontier_flush(f, err);
    q->now_ms -= by_ms;
    q->dirty = true;
    for (size_t i = 0; rc == STET_OK && i < 2; i++) {
        struct stet_stmt *s = stet_frontier_query(f, both[i]);
        stet_stmt_bind_int(s, 1, q->run);
        stet_stmt_bind_int(s, 2, by_ms);
        rc = stet_stmt_run(s, err);
    }
    for (int i = 0; i < STET_N_LANE_PLACES; i++) {
        struct stet_lane *lane = q->lanes.lists[i].first;
        for (; lane; lane = lane->after) {
            if (lane->held_ms > 0)
                lane->held_ms =
                    lane->held_ms > by_ms + 1 ? lane->held_ms - by_ms : 1;
        }
    }
    return rc;
}

/* Takes in what time it is, and what has become due by it. */
static int catch_up(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                    int64_t now_ms, struct stet_error *err)
{
    struct stet_stmt *next;
    int rc = STET_OK;

    if (now_ms < q->now_ms - JUMP_MS) {
        rc = hasten(f, q, q->now_ms - now_ms, err);
        q->wake_ms = INT64_MIN;
    }
    if (now_ms > q->now_ms)
        q->now_ms = now_ms;
    if (rc < 0 || q->wake_ms > q->now_ms)
        return rc;
    rc = wake_urls(f, q, err);
    q->wake_ms = INT64_MAX;
    if (rc == STET_OK)
        rc = end_holds(f, q, &q->wake_ms, err);
    if (rc < 0)
        return rc;
    next = stet_frontier_query(f, STET_F_next_url);
    stet_stmt_bind_int(next, 1, q->run);
    rc = stet_stmt_step(next, err);
    if (rc == STET_OK && stet_stmt_int(next, 0) < q->wake_ms)
        q->wake_ms = stet_stmt_int(next, 0);
    stet_stmt_reset(next);
    return rc == STET_END ? STET_OK : rc;
}

int stet_frontier_sqlite_lease(void *self, int64_t run, size_t max,
                               int64_t now_ms,
                               const struct stet_frontier_taker *to,
                               struct stet_error *err)
{
    struct stet_sqlite_frontier *f = self;
    struct stet_run_queue *q;
    struct stet_lane *lane;
    int rc = stet_frontier_queue(f, run, &q, err);

    if (rc == STET_OK)
        rc = catch_up(f, q, now_ms, err);
    while (rc == STET_OK && max-- > 0) {
        struct found best = { .id = 0 };
        rc = next_lane(f, q, &lane, err);
        if (rc < 0 || !lane)
            break;
        rc = find_best(f, q, lane, &best, err);
        if (rc == STET_OK)
            rc = hand_out(f, q, lane, &best, to, err);
    }
    return rc;
}

int stet_frontier_sqlite_next_due(void *self, int64_t run, int64_t now_ms,
                                  int64_t *due_ms, struct stet_error *err)
{
    struct stet_sqlite_frontier *f = self;
    struct stet_run_queue *q;
    struct stet_lane *lane = NULL;
    int rc = stet_frontier_queue(f, run, &q, err);

    *due_ms = INT64_MAX;
    if (rc == STET_OK)
        rc = catch_up(f, q, now_ms, err);
    if (rc == STET_OK)
        rc = next_lane(f, q, &lane, err);
    if (rc == STET_OK)
        *due_ms = lane ? now_ms : q->wake_ms;
    return rc;
}

/* Up to max targets of a host that are not handed out. */
static int find_all(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                    const struct stet_lane *lane, size_t max, struct batch *out,
                    struct stet_error *err)
{
    struct stet_stmt *rows = stet_frontier_query(f, STET_F_all_of_host);
    int rc = STET_OK;

    if (max > WAKE_AT_ONCE)
        max = WAKE_AT_ONCE;
    stet_stmt_bind_int(rows, 1, lane->id);
    while (out->n < max && (rc = stet_stmt_step(rows, err)) == STET_OK) {
        struct found x = { stet_stmt_int(rows, 0), lane->id,
                           (int)stet_stmt_int(rows, 1),
                           stet_stmt_int(rows, 2) > 0 };
        if (!stet_handed_find(&q->handed, x.id))
            out->found[out->n++] = x;
    }
    stet_stmt_reset(rows);
    return rc == STET_END ? STET_OK : rc;
}

int stet_frontier_sqlite_drain(void *self, int64_t run, struct stet_span origin,
                               size_t max, const struct stet_frontier_taker *to,
                               struct stet_error *err)
{
    struct stet_sqlite_frontier *f = self;
    struct batch b = { .n = 0 };
    struct stet_run_queue *q;
    struct stet_lane *lane = NULL;
    int rc = stet_frontier_queue(f, run, &q, err);

    if (rc == STET_OK)
        rc = stet_frontier_lane(f, q, origin, &lane, err);
    if (rc == STET_OK)
        rc = find_all(f, q, lane, max, &b, err);
    for (size_t i = 0; rc == STET_OK && i < b.n; i++) {
        if (b.found[i].later)
            rc = wake(f, q, lane, &b.found[i], err);
        if (rc == STET_OK)
            rc = hand_out(f, q, lane, &b.found[i], to, err);
    }
    return rc;
}
