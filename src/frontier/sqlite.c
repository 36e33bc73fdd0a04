/*
 * The frontier in SQLite: one table, one row a URL and run.
 *
 * What is handed out is kept in a table of the connection's own, which a
 * crash forgets: there is no claimed state to strand.
 */
#include "frontier/frontier.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"

#include <string.h>

/* `key` is the URL.  A robots.txt that is asked for its rules is a target
 * beside one of the same URL that a page needs, and what it redirects to may
 * be the same place for several hosts: `key` tells them apart. */
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

struct frontier {
    struct stet_stmt *insert, *find, *lease, *hand, *unhand, *finish, *is_done,
        *count;
    struct stet_buf key;
};

enum { MAX_KEY = 2 << 20 };

/* Lower is sooner: rules first, then what pages under way still need. */
static int priority_of(const struct stet_target *t)
{
    switch (t->role) {
    case STET_ROLE_ROBOTS:
        return 0;
    case STET_ROLE_REQUISITE:
        return 1;
    case STET_ROLE_LINKED:
    case STET_ROLE_LIST:
        return 2;
    case STET_ROLE_SEED:
        return 3;
    case STET_ROLE_RELATED:
    case STET_ROLE_PAGE:
        break;
    }
    return 4 + t->depth;
}

static void frontier_free(void *self)
{
    struct frontier *f = self;

    stet_stmt_free(f->insert);
    stet_stmt_free(f->find);
    stet_stmt_free(f->lease);
    stet_stmt_free(f->hand);
    stet_stmt_free(f->unhand);
    stet_stmt_free(f->finish);
    stet_stmt_free(f->is_done);
    stet_stmt_free(f->count);
    stet_buf_clear(&f->key);
    stet_free(f);
}

static struct stet_span key_of(struct frontier *f, const struct stet_target *t)
{
    if (t->role != STET_ROLE_ROBOTS)
        return t->url;
    stet_buf_reset(&f->key);
    stet_buf_add_span(&f->key, t->url);
    stet_buf_adds(&f->key, "#robots");
    if (t->page != 0)
        stet_buf_addf(&f->key, "-of-%lld", (long long)t->page);
    return stet_buf_span(&f->key);
}

static int find(struct frontier *f, int64_t run, struct stet_span key,
                int64_t *id, struct stet_error *err)
{
    int rc;

    stet_stmt_reset(f->find);
    stet_stmt_bind_int(f->find, 1, run);
    stet_stmt_bind_text(f->find, 2, key);
    rc = stet_stmt_step(f->find, err);
    if (rc == STET_OK)
        *id = stet_stmt_int(f->find, 0);
    stet_stmt_reset(f->find);
    return rc;
}

static int frontier_add(void *self, int64_t run, const struct stet_target *t,
                        int64_t *id, bool *fresh, struct stet_error *err)
{
    struct frontier *f = self;
    struct stet_span key = key_of(f, t);
    int rc = stet_buf_status(&f->key);

    if (rc < 0)
        return stet_fail(err, rc, "no memory for a key");
    rc = find(f, run, key, id, err);
    *fresh = rc == STET_END;
    if (rc != STET_END)
        return rc;
    stet_stmt_reset(f->insert);
    stet_stmt_bind_int(f->insert, 1, run);
    stet_stmt_bind_text(f->insert, 2, key);
    stet_stmt_bind_text(f->insert, 3, t->url);
    stet_stmt_bind_text(f->insert, 4, t->via);
    stet_stmt_bind_text(f->insert, 5, t->hops);
    stet_stmt_bind_int(f->insert, 6, t->role);
    stet_stmt_bind_int(f->insert, 7, t->resource);
    stet_stmt_bind_int(f->insert, 8, t->page);
    stet_stmt_bind_text(f->insert, 9, stet_span_of(t->page_id));
    stet_stmt_bind_int(f->insert, 10, t->depth);
    stet_stmt_bind_int(f->insert, 11, t->embeds);
    stet_stmt_bind_int(f->insert, 12, t->redirects);
    stet_stmt_bind_int(f->insert, 13, priority_of(t));
    rc = stet_stmt_step(f->insert, err);
    if (rc == STET_OK)
        *id = stet_stmt_int(f->insert, 0);
    stet_stmt_reset(f->insert);
    return rc == STET_END ? stet_fail(err, STET_EIO, "stet.db: no new id") : rc;
}

static void read_target(struct stet_target *t, struct stet_stmt *q)
{
    struct stet_span page_id = stet_stmt_text(q, 5);

    *t = (struct stet_target){
        .id = stet_stmt_int(q, 0),
        .url = stet_stmt_text(q, 1),
        .via = stet_stmt_text(q, 2),
        .hops = stet_stmt_text(q, 3),
        .page = stet_stmt_int(q, 4),
        .role = (enum stet_role)stet_stmt_int(q, 6),
        .resource = (enum stet_resource)stet_stmt_int(q, 7),
        .depth = (int)stet_stmt_int(q, 8),
        .embeds = (int)stet_stmt_int(q, 9),
        .redirects = (int)stet_stmt_int(q, 10),
    };
    if (page_id.len < sizeof(t->page_id) && page_id.len > 0)
        memcpy(t->page_id, page_id.ptr, page_id.len);
}

static int hand_out(struct frontier *f, int64_t id, struct stet_error *err)
{
    stet_stmt_reset(f->hand);
    stet_stmt_bind_int(f->hand, 1, id);
    return stet_stmt_run(f->hand, err);
}

static int frontier_lease(void *self, int64_t run, size_t max,
                          int (*take)(void *ctx, const struct stet_target *t),
                          void *ctx, struct stet_error *err)
{
    struct frontier *f = self;
    struct stet_target t;
    int rc;

    stet_stmt_reset(f->lease);
    stet_stmt_bind_int(f->lease, 1, run);
    stet_stmt_bind_int(f->lease, 2, (int64_t)max);
    while ((rc = stet_stmt_step(f->lease, err)) == STET_OK) {
        read_target(&t, f->lease);
        rc = hand_out(f, t.id, err);
        if (rc == STET_OK)
            rc = take(ctx, &t);
        if (rc != STET_OK)
            break;
    }
    stet_stmt_reset(f->lease);
    return rc == STET_END ? STET_OK : rc;
}

static int frontier_finish(void *self, int64_t id, const struct stet_fate *fate,
                           struct stet_error *err)
{
    struct frontier *f = self;
    int rc;

    stet_stmt_reset(f->finish);
    stet_stmt_bind_text(f->finish, 1, stet_span_of(fate->outcome));
    stet_stmt_bind_text(f->finish, 2, stet_span_of(fate->why));
    stet_stmt_bind_int(f->finish, 3, fate->status);
    stet_stmt_bind_text(f->finish, 4, fate->mime);
    stet_stmt_bind_int(f->finish, 5, fate->date_ms);
    stet_stmt_bind_int(f->finish, 6, fate->took_ms);
    stet_stmt_bind_int(f->finish, 7, (int64_t)fate->bytes);
    stet_stmt_bind_int(f->finish, 8, fate->revisit);
    stet_stmt_bind_int(f->finish, 9, fate->resource);
    stet_stmt_bind_int(f->finish, 10, id);
    rc = stet_stmt_run(f->finish, err);
    if (rc < 0)
        return rc;
    stet_stmt_reset(f->unhand);
    stet_stmt_bind_int(f->unhand, 1, id);
    return stet_stmt_run(f->unhand, err);
}

static int frontier_is_done(void *self, int64_t id, bool *done,
                            struct stet_error *err)
{
    struct frontier *f = self;
    int rc;

    stet_stmt_reset(f->is_done);
    stet_stmt_bind_int(f->is_done, 1, id);
    rc = stet_stmt_step(f->is_done, err);
    *done = rc == STET_OK && stet_stmt_int(f->is_done, 0) != 0;
    stet_stmt_reset(f->is_done);
    return rc == STET_END ? STET_OK : rc;
}

static int frontier_count(void *self, int64_t run,
                          struct stet_frontier_counts *out,
                          struct stet_error *err)
{
    struct frontier *f = self;
    int rc;

    *out = (struct stet_frontier_counts){ 0, 0 };
    stet_stmt_reset(f->count);
    stet_stmt_bind_int(f->count, 1, run);
    rc = stet_stmt_step(f->count, err);
    if (rc == STET_OK) {
        out->queued = stet_stmt_int(f->count, 0);
        out->done = stet_stmt_int(f->count, 1);
    }
    stet_stmt_reset(f->count);
    return rc == STET_END ? STET_OK : rc;
}

static const struct stet_frontier_ops ops = {
    frontier_add,     frontier_lease, frontier_finish,
    frontier_is_done, frontier_count, frontier_free,
};

static int prepare(struct frontier *f, struct stet_store *store,
                   struct stet_error *err)
{
    const struct {
        struct stet_stmt **out;
        const char *sql;
    } list[] = {
        { &f->insert,
          "INSERT INTO url(run, key, url, via, hops, role, resource, page,"
          " page_id, depth, embeds, redirects, priority)"
          " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13) RETURNING id" },
        { &f->find, "SELECT id FROM url WHERE run = ?1 AND key = ?2" },
        { &f->lease,
          "SELECT id, url, via, hops, page, page_id, role, resource, depth,"
          " embeds, redirects FROM url"
          " WHERE run = ?1 AND done = 0"
          " AND id NOT IN (SELECT id FROM temp.handed)"
          " ORDER BY priority, id LIMIT ?2" },
        { &f->hand, "INSERT OR IGNORE INTO temp.handed(id) VALUES(?1)" },
        { &f->unhand, "DELETE FROM temp.handed WHERE id = ?1" },
        { &f->finish,
          "UPDATE url SET done = 1, outcome = ?1, why = ?2, status = ?3,"
          " mime = ?4, date_ms = ?5, took_ms = ?6, bytes = ?7, revisit = ?8,"
          " resource = ?9 WHERE id = ?10" },
        { &f->is_done, "SELECT done FROM url WHERE id = ?1" },
        { &f->count,
          "SELECT count(*) FILTER (WHERE done = 0),"
          " count(*) FILTER (WHERE done = 1) FROM url WHERE run = ?1" },
    };
    int rc = stet_store_exec(
        store, "CREATE TEMP TABLE IF NOT EXISTS handed(id INTEGER PRIMARY KEY)",
        err);

    for (size_t i = 0; rc == STET_OK && i < sizeof(list) / sizeof(list[0]); i++)
        rc = stet_stmt_new(list[i].out, store, list[i].sql, err);
    return rc;
}

int stet_frontier_sqlite_new(struct stet_frontier *out,
                             struct stet_store *store, struct stet_error *err)
{
    struct frontier *f = stet_alloc(sizeof(*f));
    int rc;

    *out = (struct stet_frontier){ NULL, NULL };
    if (!f)
        return stet_fail(err, STET_ENOMEM, "no memory for the frontier");
    stet_buf_init(&f->key, MAX_KEY);
    rc = prepare(f, store, err);
    if (rc < 0) {
        frontier_free(f);
        return rc;
    }
    *out = (struct stet_frontier){ &ops, f };
    return STET_OK;
}
