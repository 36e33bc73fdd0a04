/*
 * The frontier in SQLite: a row a URL and run, a row a host and run, and
 * the counts of a run in one.
 */
#include "frontier/inside.h"

#include "base/fail.h"
#include "base/mem.h"

#include <string.h>

/* The second step is what hosts came with: rows of the first one have no
 * hash and no host until the frontier is opened (adopt). */
const char stet_frontier_schema[] =
    "CREATE TABLE url("
    " id INTEGER PRIMARY KEY, run INTEGER NOT NULL, key TEXT NOT NULL,"
    " url TEXT NOT NULL, via TEXT NOT NULL, hops TEXT NOT NULL,"
    " role INTEGER NOT NULL, resource INTEGER NOT NULL,"
    " page INTEGER NOT NULL, page_id TEXT NOT NULL,"
    " depth INTEGER NOT NULL, embeds INTEGER NOT NULL,"
    " redirects INTEGER NOT NULL, priority INTEGER NOT NULL,"
    " done INTEGER NOT NULL DEFAULT 0, outcome TEXT, why TEXT,"
    " status INTEGER, mime TEXT, date_ms INTEGER, took_ms INTEGER,"
    " bytes INTEGER, revisit INTEGER);"
    "CREATE UNIQUE INDEX url_key ON url(run, key);"
    "CREATE INDEX url_queue ON url(run, priority, id) WHERE done = 0;";
const char stet_frontier_schema_hosts[] =
    "DROP INDEX url_key;"
    "DROP INDEX url_queue;"
    "ALTER TABLE url DROP COLUMN key;"
    "ALTER TABLE url ADD COLUMN hash INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE url ADD COLUMN host INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE url ADD COLUMN due_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE url ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE url ADD COLUMN outside INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX url_hash ON url(hash, run);"
    "CREATE INDEX url_queue ON url(host, due_ms, priority) WHERE done = 0;"
    "CREATE INDEX url_later ON url(run, due_ms)"
    " WHERE done = 0 AND due_ms > 0;"
    "CREATE TABLE host("
    " id INTEGER PRIMARY KEY, run INTEGER NOT NULL, hash INTEGER NOT NULL,"
    " origin TEXT NOT NULL, rules INTEGER NOT NULL, parts INTEGER NOT NULL,"
    " pages INTEGER NOT NULL, later INTEGER NOT NULL,"
    " held_ms INTEGER NOT NULL);"
    "CREATE INDEX host_hash ON host(hash, run);"
    "CREATE INDEX host_parts ON host(run, id)"
    " WHERE parts > 0 AND held_ms = 0;"
    "CREATE INDEX host_common ON host(run, id)"
    " WHERE rules + pages > 0 AND held_ms = 0;"
    "CREATE INDEX host_held ON host(run, held_ms)"
    " WHERE held_ms > 0 AND rules + parts + pages > 0;"
    "CREATE TABLE queue("
    " run INTEGER PRIMARY KEY, due INTEGER NOT NULL, later INTEGER NOT NULL,"
    " done INTEGER NOT NULL, hosts INTEGER NOT NULL,"
    " now_ms INTEGER NOT NULL);"
    "CREATE TABLE secret(a INTEGER NOT NULL, b INTEGER NOT NULL,"
    " adopted INTEGER NOT NULL);"
    "INSERT INTO secret VALUES(random(), random(),"
    " NOT EXISTS(SELECT 1 FROM url));";

struct stet_stmt *stet_frontier_query(struct stet_sqlite_frontier *f,
                                      enum stet_frontier_statement q)
{
    stet_stmt_reset(f->q[q]);
    return f->q[q];
}

static int priority_of(const struct stet_target *t)
{
    switch (t->role) {
    case STET_ROLE_ROBOTS:
        return STET_PRIORITY_ROBOTS;
    case STET_ROLE_REQUISITE:
        return STET_PRIORITY_REQUISITE;
    case STET_ROLE_LINKED:
    case STET_ROLE_LIST:
        return STET_PRIORITY_LINKED;
    case STET_ROLE_SEED:
        return STET_PRIORITY_SEED;
    case STET_ROLE_RELATED:
    case STET_ROLE_PAGE:
        break;
    }
    return STET_PRIORITY_RELATED + t->depth;
}

/*
 * What tells targets apart.  A robots.txt that is asked for its rules is one
 * beside that of the same URL that a page needs, and what it redirects to
 * may be the same place for several hosts.
 */
struct key {
    struct stet_sip print; /* with the run */
    int64_t hash;          /* the store's; without it */
    int64_t rules_of;      /* robots: its page; else -1 */
    int64_t host;          /* once it is known */
};

static struct key key_of(const struct stet_sqlite_frontier *f, int64_t run,
                         enum stet_role role, int64_t page,
                         struct stet_span url)
{
    struct key k = { stet_sip_of(&f->secret, url), 0,
                     role == STET_ROLE_ROBOTS ? page : -1, 0 };

    if (k.rules_of > 0 || k.rules_of < -1)
        k.print.half[0] += (uint64_t)k.rules_of * UINT64_C(0x9E3779B97F4A7C15);
    k.hash = (int64_t)k.print.half[0];
    k.print.half[0] += (uint64_t)run * UINT64_C(0xC2B2AE3D27D4EB4F);
    k.print.half[1] += k.rules_of != -1;
    return k;
}

static int read_queue(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                      struct stet_error *err)
{
    struct stet_stmt *row = stet_frontier_query(f, STET_F_read_queue);
    int rc;

    stet_stmt_bind_int(row, 1, q->run);
    rc = stet_stmt_step(row, err);
    if (rc == STET_OK) {
        q->counts.later = stet_stmt_int(row, 1);
        q->counts.queued = stet_stmt_int(row, 0) + q->counts.later;
        q->counts.done = stet_stmt_int(row, 2);
        q->counts.hosts = stet_stmt_int(row, 3);
        q->now_ms = stet_stmt_int(row, 4);
        q->lanes.whole[0] = q->lanes.whole[1] = false;
        q->seen.whole = q->counts.queued + q->counts.done == 0;
    }
    stet_stmt_reset(row);
    return rc == STET_END ? STET_OK : rc;
}

int stet_frontier_queue(struct stet_sqlite_frontier *f, int64_t run,
                        struct stet_run_queue **out, struct stet_error *err)
{
    struct stet_run_queue *q = f->queues;
    int rc;

    while (q && q->run != run)
        q = q->next;
    *out = q;
    if (q)
        return STET_OK;
    q = stet_alloc(sizeof(*q));
    if (!q)
        return stet_fail(err, STET_ENOMEM, "no memory for a queue");
    q->run = run;
    q->wake_ms = INT64_MIN;
    stet_seen_init(&q->seen, STET_MAX_SEEN_BYTES);
    stet_lanes_init(&q->lanes, f->o.pages_per_host, f->o.targets_per_host);
    stet_handed_init(&q->handed);
    rc = read_queue(f, q, err);
    if (rc < 0) {
        stet_free(q);
        return rc;
    }
    q->next = f->queues;
    f->queues = q;
    *out = q;
    return STET_OK;
}

int stet_frontier_change(struct stet_sqlite_frontier *f,
                         struct stet_run_queue *q, struct stet_error *err)
{
    q->dirty = true;
    return stet_store_begin(f->store, err);
}

static int write_lanes(struct stet_sqlite_frontier *f, struct stet_lanes *l,
                       struct stet_error *err)
{
    int rc = l->dirty ? stet_store_begin(f->store, err) : STET_OK;

    while (rc == STET_OK && l->dirty) {
        struct stet_lane *lane = l->dirty;
        struct stet_stmt *set = stet_frontier_query(f, STET_F_set_host);
        for (int i = 0; i < STET_N_LANE_KINDS; i++)
            stet_stmt_bind_int(set, 1 + i, lane->due[i]);
        stet_stmt_bind_int(set, 4, lane->later);
        stet_stmt_bind_int(set, 5, lane->held_ms);
        stet_stmt_bind_int(set, 6, lane->id);
        rc = stet_stmt_run(set, err);
        lane->dirty = false;
        l->dirty = lane->next_dirty;
    }
    return rc;
}

static int write_queue(struct stet_sqlite_frontier *f, struct stet_run_queue *q,
                       struct stet_error *err)
{
    struct stet_stmt *set;
    int rc = q->dirty ? stet_store_begin(f->store, err) : STET_OK;

    if (rc < 0 || !q->dirty)
        return rc;
    set = stet_frontier_query(f, STET_F_set_queue);
    stet_stmt_bind_int(set, 1, q->run);
    stet_stmt_bind_int(set, 2, q->counts.queued - q->counts.later);
    stet_stmt_bind_int(set, 3, q->counts.later);
    stet_stmt_bind_int(set, 4, q->counts.done);
    stet_stmt_bind_int(set, 5, q->counts.hosts);
    stet_stmt_bind_int(set, 6, q->now_ms);
    q->dirty = false;
    return stet_stmt_run(set, err);
}

int stet_frontier_flush(void *ctx, struct stet_error *err)
{
    struct stet_sqlite_frontier *f = ctx;
    int rc = STET_OK;

    for (struct stet_run_queue *q = f->queues; rc == STET_OK && q;
         q = q->next) {
        rc = write_lanes(f, &q->lanes, err);
        if (rc == STET_OK)
            rc = write_queue(f, q, err);
    }
    return rc;
}

static int find(struct stet_sqlite_frontier *f, int64_t run,
                const struct key *k, struct stet_span url, int64_t *id,
                struct stet_error *err)
{
    struct stet_stmt *find = stet_frontier_query(f, STET_F_find);
    int rc;

    stet_stmt_bind_int(find, 1, k->hash);
    stet_stmt_bind_int(find, 2, run);
    stet_stmt_bind_text(find, 3, url);
    stet_stmt_bind_int(find, 4, k->rules_of);
    rc = stet_stmt_step(find, err);
    if (rc == STET_OK)
        *id = stet_stmt_int(find, 0);
    stet_stmt_reset(find);
    return rc;
}

static int insert(struct stet_sqlite_frontier *f, int64_t run,
                  const struct stet_target *t, const struct key *k, int64_t *id,
                  struct stet_error *err)
{
    struct stet_stmt *add = stet_frontier_query(f, STET_F_insert);
    int rc;

    stet_stmt_bind_int(add, 1, run);
    stet_stmt_bind_text(add, 2, t->url);
    stet_stmt_bind_text(add, 3, t->via);
    stet_stmt_bind_text(add, 4, t->hops);
    stet_stmt_bind_int(add, 5, t->role);
    stet_stmt_bind_int(add, 6, t->resource);
    stet_stmt_bind_int(add, 7, t->page);
    stet_stmt_bind_text(add, 8, stet_span_of(t->page_id));
    stet_stmt_bind_int(add, 9, t->depth);
    stet_stmt_bind_int(add, 10, t->embeds);
    stet_stmt_bind_int(add, 11, t->redirects);
    stet_stmt_bind_int(add, 12, priority_of(t));
    stet_stmt_bind_int(add, 13, k->hash);
    stet_stmt_bind_int(add, 14, k->host);
    stet_stmt_bind_int(add, 15, t->outside);
    rc = stet_stmt_run(add, err);
    if (rc == STET_OK)
        *id = stet_store_last_id(f->store);
    return rc;
}

static int remember(struct stet_run_queue *q, const struct key *k, int64_t id,
                    struct stet_error *err)
{
    int rc = stet_seen_put(&q->seen, &k->print, id);

    return rc < 0 ? stet_fail(err, rc, "no memory for what was seen") : rc;
}

static int frontier_add(void *self, int64_t run, const struct stet_target *t,
                        int64_t *id, bool *fresh, struct stet_error *err)
{
    struct stet_sqlite_frontier *f = self;
    struct key k = key_of(f, run, t->role, t->page, t->url);
    struct stet_run_queue *q;
    struct stet_lane *lane;
    int rc = stet_frontier_queue(f, run, &q, err);

    *fresh = false;
    if (rc < 0)
        return rc;
    *id = stet_seen_find(&q->seen, &k.print);
    if (*id != 0)
        return STET_OK;
    rc = q->seen.whole ? STET_END : find(f, run, &k, t->url, id, err);
    if (rc == STET_OK)
        return remember(q, &k, *id, err);
    if (rc < 0)
        return rc;
    rc = stet_frontier_change(f, q, err);
    if (rc == STET_OK)
        rc = stet_frontier_lane(f, q, t->url, &lane, err);
    if (rc == STET_OK)
        k.host = lane->id;
    if (rc == STET_OK)
        rc = insert(f, run, t, &k, id, err);
    if (rc == STET_OK)
        rc = remember(q, &k, *id, err);
    if (rc != STET_OK)
        return rc;
    *fresh = true;
    stet_lane_look_again(lane, priority_of(t), *id);
    stet_frontier_add_due(q, lane, stet_frontier_kind(priority_of(t)), 1);
    return STET_OK;
}

/* Where a target is handed out; NULL: nowhere. */
static struct stet_handed *find_handed(struct stet_sqlite_frontier *f,
                                       int64_t id, struct stet_run_queue **q)
{
    struct stet_handed *h = NULL;

    for (*q = f->queues; *q; *q = (*q)->next) {
        h = stet_handed_find(&(*q)->handed, id);
        if (h)
            break;
    }
    return h;
}

/* A target that is finished without being handed out. */
static int forget(struct stet_sqlite_frontier *f, int64_t id, bool *done,
                  struct stet_error *err)
{
    struct stet_stmt *row = stet_frontier_query(f, STET_F_state);
    struct stet_run_queue *q;
    struct stet_lane *lane;
    int64_t run, host, priority, due_ms;
    int rc;

    stet_stmt_bind_int(row, 1, id);
    rc = stet_stmt_step(row, err);
    *done = rc == STET_END || (rc == STET_OK && stet_stmt_int(row, 4) != 0);
    if (rc < 0 || *done) {
        stet_stmt_reset(row);
        return rc < 0 ? rc : STET_OK;
    }
    run = stet_stmt_int(row, 0);
    host = stet_stmt_int(row, 1);
    priority = stet_stmt_int(row, 2);
    due_ms = stet_stmt_int(row, 3);
    stet_stmt_reset(row);
    rc = stet_frontier_queue(f, run, &q, err);
    if (rc == STET_OK)
        rc = stet_frontier_lane_of_id(f, q, host, &lane, err);
    if (rc == STET_OK)
        rc = stet_frontier_change(f, q, err);
    if (rc != STET_OK)
        return rc;
    if (due_ms > 0)
        stet_frontier_add_later(q, lane, -1);
    else
        stet_frontier_add_due(q, lane, stet_frontier_kind(priority), -1);
    q->counts.done++;
    return STET_OK;
}

static int write_fate(struct stet_sqlite_frontier *f, int64_t id,
                      const struct stet_fate *fate, struct stet_error *err)
{
    struct stet_stmt *set = stet_frontier_query(f, STET_F_finish);

    stet_stmt_bind_text(set, 1, stet_span_of(fate->outcome));
    stet_stmt_bind_text(set, 2, stet_span_of(fate->why));
    stet_stmt_bind_int(set, 3, fate->status);
    stet_stmt_bind_text(set, 4, fate->mime);
    stet_stmt_bind_int(set, 5, fate->date_ms);
    stet_stmt_bind_int(set, 6, fate->took_ms);
    stet_stmt_bind_int(set, 7, (int64_t)fate->bytes);
    stet_stmt_bind_int(set, 8, fate->came);
    stet_stmt_bind_int(set, 9, fate->resource);
    stet_stmt_bind_int(set, 10, id);
    return stet_stmt_run(set, err);
}

static int frontier_finish(void *self, int64_t id, const struct stet_fate *fate,
                           struct stet_error *err)
{
    struct stet_sqlite_frontier *f = self;
    struct stet_run_queue *q;
    struct stet_handed *h = find_handed(f, id, &q);
    bool done = false;
    int rc;

    if (h) {
        struct stet_lane *lane = h->lane;
        enum stet_lane_kind kind = h->kind;
        rc = stet_frontier_change(f, q, err);
        stet_frontier_take_back(q, h);
        stet_frontier_add_due(q, lane, kind, -1);
        q->counts.done++;
    } else {
        rc = forget(f, id, &done, err);
    }
    return rc == STET_OK && !done ? write_fate(f, id, fate, err) : rc;
}

int64_t stet_frontier_bound(const struct stet_run_queue *q, int64_t due_ms)
{
    return q->now_ms > 0 && due_ms - STET_MAX_HOLD_MS > q->now_ms
               ? q->now_ms + STET_MAX_HOLD_MS
               : due_ms;
}

static int write_deferral(struct stet_sqlite_frontier *f, int64_t id,
                          int64_t due_ms, int attempts, struct stet_span why,
                          struct stet_error *err)
{
    struct stet_stmt *set = stet_frontier_query(f, STET_F_defer);

    stet_stmt_bind_int(set, 1, due_ms);
    stet_stmt_bind_int(set, 2, attempts);
    stet_stmt_bind_text(set, 3, why);
    stet_stmt_bind_int(set, 4, id);
    return stet_stmt_run(set, err);
}

static int frontier_defer(void *self, int64_t id, int64_t due_ms, int attempts,
                          struct stet_span why, struct stet_error *err)
{
    struct stet_sqlite_frontier *f = self;
    struct stet_run_queue *q;
    struct stet_handed *h = find_handed(f, id, &q);
    struct stet_lane *lane;
    int rc;

    if (!h)
        return stet_fail(err, STET_EUSAGE, "URL %lld is not handed out",
                         (long long)id);
    due_ms = due_ms <= q->now_ms ? 0 : stet_frontier_bound(q, due_ms);
    rc = stet_frontier_change(f, q, err);
    if (rc == STET_OK)
        rc = write_deferral(f, id, due_ms, attempts, why, err);
    if (rc < 0)
        return rc;
    lane = h->lane;
    if (due_ms > 0) {
        enum stet_lane_kind kind = h->kind;
        stet_frontier_take_back(q, h);
        stet_frontier_add_due(q, lane, kind, -1);
        stet_frontier_add_later(q, lane, 1);
        if (due_ms < q->wake_ms)
            q->wake_ms = due_ms;
    } else {
        stet_lane_look_again(lane, h->priority, id);
        stet_frontier_take_back(q, h);
    }
    return STET_OK;
}

static void frontier_release(void *self, int64_t id)
{
    struct stet_run_queue *q;
    struct stet_handed *h = find_handed(self, id, &q);

    if (!h)
        return;
    stet_lane_look_again(h->lane, h->priority, id);
    stet_frontier_take_back(q, h);
}

static int frontier_hold(void *self, int64_t run, struct stet_span origin,
                         int64_t until_ms, struct stet_error *err)
{
    struct stet_sqlite_frontier *f = self;
    struct stet_run_queue *q;
    struct stet_lane *lane;
    int rc = stet_frontier_queue(f, run, &q, err);

    if (rc == STET_OK)
        rc = stet_frontier_change(f, q, err);
    if (rc == STET_OK)
        rc = stet_frontier_lane(f, q, origin, &lane, err);
    if (rc != STET_OK)
        return rc;
    if (lane->held_ms > 0)
        q->wake_ms = INT64_MIN; /* it may have been the first to end */
    lane->held_ms =
        until_ms <= q->now_ms ? 0 : stet_frontier_bound(q, until_ms);
    stet_lanes_touch(&q->lanes, lane);
    stet_frontier_settle(q, lane);
    return STET_OK;
}

static int frontier_find_answer(void *self, struct stet_span url, int64_t *id,
                                struct stet_error *err)
{
    struct stet_sqlite_frontier *f = self;
    struct key k = key_of(f, 0, STET_ROLE_SEED, 0, url);
    struct stet_stmt *find = stet_frontier_query(f, STET_F_find_answer);
    int rc;

    *id = 0;
    stet_stmt_bind_int(find, 1, k.hash);
    stet_stmt_bind_text(find, 2, url);
    rc = stet_stmt_step(find, err);
    if (rc == STET_OK)
        *id = stet_stmt_int(find, 0);
    stet_stmt_reset(find);
    return rc == STET_END ? STET_ENOTFOUND : rc;
}

static int frontier_is_done(void *self, int64_t id, bool *done,
                            struct stet_error *err)
{
    struct stet_stmt *row = stet_frontier_query(self, STET_F_is_done);
    int rc;

    stet_stmt_bind_int(row, 1, id);
    rc = stet_stmt_step(row, err);
    *done = rc == STET_OK && stet_stmt_int(row, 0) != 0;
    stet_stmt_reset(row);
    return rc == STET_END ? STET_OK : rc;
}

static int frontier_count(void *self, int64_t run,
                          struct stet_frontier_counts *out,
                          struct stet_error *err)
{
    struct stet_run_queue *q;
    int rc = stet_frontier_queue(self, run, &q, err);

    *out = (struct stet_frontier_counts){ 0, 0, 0, 0, 0 };
    if (rc < 0)
        return rc;
    *out = q->counts;
    out->handed_out = (int64_t)q->handed.len;
    return STET_OK;
}

static void frontier_free(void *self)
{
    struct stet_sqlite_frontier *f = self;
    struct stet_run_queue *q;

    stet_store_before_commit(f->store, NULL, NULL);
    while ((q = f->queues)) {
        f->queues = q->next;
        stet_seen_clear(&q->seen);
        stet_lanes_clear(&q->lanes);
        stet_handed_clear(&q->handed);
        stet_free(q);
    }
    for (size_t i = 0; i < STET_N_FRONTIER_STATEMENTS; i++)
        stet_stmt_free(f->q[i]);
    stet_free(f);
}

static const struct stet_frontier_ops ops = {
    .add = frontier_add,
    .lease = stet_frontier_sqlite_lease,
    .drain = stet_frontier_sqlite_drain,
    .finish = frontier_finish,
    .defer = frontier_defer,
    .release = frontier_release,
    .hold = frontier_hold,
    .next_due = stet_frontier_sqlite_next_due,
    .find_answer = frontier_find_answer,
    .is_done = frontier_is_done,
    .count = frontier_count,
    .free = frontier_free,
};

/* Gives one row of an older table its hash and its host. */
static int adopt_row(struct stet_sqlite_frontier *f, struct stet_stmt *row,
                     struct stet_stmt *set, struct stet_error *err)
{
    int64_t run = stet_stmt_int(row, 1), priority = stet_stmt_int(row, 5);
    struct stet_span url = stet_stmt_text(row, 2);
    struct key k = key_of(f, run, (enum stet_role)stet_stmt_int(row, 3),
                          stet_stmt_int(row, 4), url);
    struct stet_run_queue *q;
    struct stet_lane *lane;
    int rc = stet_frontier_queue(f, run, &q, err);

    if (rc == STET_OK)
        rc = stet_frontier_change(f, q, err);
    if (rc == STET_OK)
        rc = stet_frontier_lane(f, q, url, &lane, err);
    if (rc != STET_OK)
        return rc;
    if (stet_stmt_int(row, 6))
        q->counts.done++;
    else
        stet_frontier_add_due(q, lane, stet_frontier_kind(priority), 1);
    stet_stmt_reset(set);
    stet_stmt_bind_int(set, 1, k.hash);
    stet_stmt_bind_int(set, 2, lane->id);
    stet_stmt_bind_int(set, 3, stet_stmt_int(row, 0));
    return stet_stmt_run(set, err);
}

/* Takes over what was written before there were hosts. */
static int adopt(struct stet_sqlite_frontier *f, struct stet_error *err)
{
    struct stet_stmt *rows = NULL, *set = NULL;
    int rc = stet_store_begin(f->store, err);

    if (rc == STET_OK)
        rc = stet_stmt_new(&rows, f->store,
                           "SELECT id, run, url, role, page, priority, done"
                           " FROM url ORDER BY id",
                           err);
    if (rc == STET_OK)
        rc = stet_stmt_new(&set, f->store,
                           "UPDATE url SET hash = ?1, host = ?2 WHERE id = ?3",
                           err);
    while (rc == STET_OK && (rc = stet_stmt_step(rows, err)) == STET_OK)
        rc = adopt_row(f, rows, set, err);
    for (struct stet_run_queue *q = f->queues; q; q = q->next)
        q->seen.whole = false;
    if (rc == STET_END)
        rc = stet_store_exec(f->store, "UPDATE secret SET adopted = 1", err);
    stet_stmt_free(rows);
    stet_stmt_free(set);
    return rc == STET_OK ? stet_store_commit(f->store, err) : rc;
}

static int prepare(struct stet_sqlite_frontier *f, struct stet_error *err)
{
    static const char *const sql[] = {
#define STET_X(name, text) text,
        STET_FRONTIER_STATEMENTS(STET_X)
#undef STET_X
    };
    struct stet_stmt *row;
    bool adopted = false;
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < STET_N_FRONTIER_STATEMENTS; i++)
        rc = stet_stmt_new(&f->q[i], f->store, sql[i], err);
    if (rc < 0)
        return rc;
    row = stet_frontier_query(f, STET_F_secret);
    rc = stet_stmt_step(row, err);
    if (rc == STET_OK) {
        f->secret.half[0] = (uint64_t)stet_stmt_int(row, 0);
        f->secret.half[1] = (uint64_t)stet_stmt_int(row, 1);
        adopted = stet_stmt_int(row, 2) != 0;
    }
    stet_stmt_reset(row);
    if (rc == STET_END)
        return stet_fail(err, STET_EIO, "stet.db: no secret");
    row = stet_frontier_query(f, STET_F_last_host);
    if (rc == STET_OK)
        rc = stet_stmt_step(row, err);
    if (rc == STET_OK)
        f->last_host = stet_stmt_int(row, 0);
    stet_stmt_reset(row);
    return rc == STET_OK && !adopted ? adopt(f, err) : rc;
}

int stet_frontier_sqlite_new(struct stet_frontier *out,
                             struct stet_store *store,
                             const struct stet_frontier_options *o,
                             struct stet_error *err)
{
    struct stet_sqlite_frontier *f = stet_alloc(sizeof(*f));
    int rc;

    *out = (struct stet_frontier){ NULL, NULL };
    if (!f)
        return stet_fail(err, STET_ENOMEM, "no memory for the frontier");
    f->store = store;
    f->o = *o;
    stet_store_before_commit(store, stet_frontier_flush, f);
    rc = prepare(f, err);
    if (rc < 0) {
        frontier_free(f);
        return rc;
    }
    *out = (struct stet_frontier){ &ops, f };
    return STET_OK;
}
