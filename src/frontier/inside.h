#ifndef STET_FRONTIER_INSIDE_H
#define STET_FRONTIER_INSIDE_H

#include "frontier/frontier.h"
#include "frontier/handed.h"
#include "frontier/seen.h"

/*
 * What the files of the frontier in SQLite share.
 *
 * Of a run's hosts and counts the newest state is in memory; it is written
 * when the caller's transaction ends (_flush).  After a failure or a
 * rollback memory and tables differ: the frontier is of no more use then.
 */
#define STET_FRONTIER_STATEMENTS(X)                                            \
    X(insert, "INSERT INTO url(run, url, via, hops, role, resource, page,"     \
              " page_id, depth, embeds, redirects, priority, hash, host,"      \
              " outside)"                                                      \
              " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)")   \
    X(find, "SELECT id FROM url WHERE hash = ?1 AND run = ?2 AND url = ?3"     \
            " AND CASE WHEN role = 4 THEN page ELSE -1 END = ?4")              \
    X(read, "SELECT id, url, via, hops, page, page_id, role, resource, depth," \
            " embeds, redirects, attempts, outside FROM url WHERE id = ?1")    \
    X(state,                                                                   \
      "SELECT run, host, priority, due_ms, done FROM url WHERE id = ?1")       \
    X(finish,                                                                  \
      "UPDATE url SET done = 1, due_ms = 0, outcome = ?1, why = ?2,"           \
      " status = ?3, mime = ?4, date_ms = ?5, took_ms = ?6, bytes = ?7,"       \
      " revisit = ?8, resource = ?9 WHERE id = ?10")                           \
    X(defer, "UPDATE url SET due_ms = ?1, attempts = ?2, why = ?3"             \
             " WHERE id = ?4")                                                 \
    X(wake, "UPDATE url SET due_ms = 0 WHERE id = ?1")                         \
    X(find_answer,                                                             \
      "SELECT id FROM url WHERE hash = ?1 AND url = ?2 AND done = 1"           \
      " AND status > 0 ORDER BY run DESC LIMIT 1")                             \
    X(is_done, "SELECT done FROM url WHERE id = ?1")                           \
    X(best, "SELECT id, priority FROM url"                                     \
            " WHERE host = ?1 AND done = 0 AND due_ms = 0"                     \
            " AND (priority, id) > (?2, ?3) AND priority < ?4"                 \
            " ORDER BY priority, id")                                          \
    X(all_of_host, "SELECT id, priority, due_ms FROM url"                      \
                   " WHERE host = ?1 AND done = 0 ORDER BY due_ms, priority")  \
    X(due_urls, "SELECT id, host, priority FROM url"                           \
                " WHERE run = ?1 AND done = 0 AND due_ms > 0 AND due_ms <= ?2" \
                " ORDER BY due_ms LIMIT ?3")                                   \
    X(next_url, "SELECT due_ms FROM url"                                       \
                " WHERE run = ?1 AND done = 0 AND due_ms > 0"                  \
                " ORDER BY due_ms LIMIT 1")                                    \
    X(hasten_urls, "UPDATE url SET due_ms = max(due_ms - ?2, 1)"               \
                   " WHERE run = ?1 AND done = 0 AND due_ms > 0")              \
    X(add_host, "INSERT INTO host(id, run, hash, origin, rules, parts, pages," \
                " later, held_ms) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)")         \
    X(set_host, "UPDATE host SET rules = ?1, parts = ?2, pages = ?3,"          \
                " later = ?4, held_ms = ?5 WHERE id = ?6")                     \
    X(find_host, "SELECT id, origin, rules, parts, pages, later, held_ms"      \
                 " FROM host WHERE hash = ?1 AND run = ?2 AND origin = ?3")    \
    X(read_host, "SELECT id, origin, rules, parts, pages, later, held_ms"      \
                 " FROM host WHERE id = ?1")                                   \
    X(last_host, "SELECT max(id) FROM host")                                   \
    X(parts_hosts, "SELECT id, origin, rules, parts, pages, later, held_ms"    \
                   " FROM host WHERE run = ?1 AND id > ?2"                     \
                   " AND parts > 0 AND held_ms = 0 ORDER BY id")               \
    X(common_hosts, "SELECT id, origin, rules, parts, pages, later, held_ms"   \
                    " FROM host WHERE run = ?1 AND id > ?2"                    \
                    " AND rules + pages > 0 AND held_ms = 0 ORDER BY id")      \
    X(held_hosts, "SELECT id, origin, rules, parts, pages, later, held_ms"     \
                  " FROM host WHERE run = ?1 AND held_ms > 0"                  \
                  " AND rules + parts + pages > 0 ORDER BY held_ms")           \
    X(hasten_hosts, "UPDATE host SET held_ms = max(held_ms - ?2, 1)"           \
                    " WHERE run = ?1 AND held_ms > 0")                         \
    X(read_queue, "SELECT due, later, done, hosts, now_ms FROM queue"          \
                  " WHERE run = ?1")                                           \
    X(set_queue, "INSERT OR REPLACE INTO"                                      \
                 " queue(run, due, later, done, hosts, now_ms)"                \
                 " VALUES(?1,?2,?3,?4,?5,?6)")                                 \
    X(secret, "SELECT a, b, adopted FROM secret")

enum stet_frontier_statement {
#define STET_X(name, sql) STET_F_##name,
    STET_FRONTIER_STATEMENTS(STET_X)
#undef STET_X
        STET_N_FRONTIER_STATEMENTS
};

/* url.priority: lower is sooner.  The rules of a host, then what pages under
 * way still need, then pages. */
enum stet_priority {
    STET_PRIORITY_ROBOTS,
    STET_PRIORITY_REQUISITE,
    STET_PRIORITY_LINKED,
    STET_PRIORITY_SEED,
    STET_PRIORITY_RELATED, /* plus the depth */
};

/* The queue of one run. */
struct stet_run_queue {
    int64_t run;
    struct stet_frontier_counts counts; /* all but handed_out */
    bool dirty;                         /* so the store does not know them */
    struct stet_seen seen;
    struct stet_lanes lanes;
    struct stet_handed_set handed;
    int64_t now_ms;  /* the latest time given; 0: none yet */
    int64_t wake_ms; /* nothing becomes due before */
    struct stet_run_queue *next;
};

struct stet_sqlite_frontier {
    struct stet_store *store;
    struct stet_frontier_options o;
    struct stet_stmt *q[STET_N_FRONTIER_STATEMENTS];
    struct stet_run_queue *queues;
    struct stet_sip secret;
    int64_t last_host; /* the highest id of one */
};

/* A statement, reset and ready to be bound. */
struct stet_stmt *stet_frontier_query(struct stet_sqlite_frontier *f,
                                      enum stet_frontier_statement q);

/* The queue of a run, read from the store when it is new here. */
STET_NODISCARD int stet_frontier_queue(struct stet_sqlite_frontier *f,
                                       int64_t run, struct stet_run_queue **out,
                                       struct stet_error *err);

/* Begins a transaction if there is none, and notes that counts change. */
STET_NODISCARD int stet_frontier_change(struct stet_sqlite_frontier *f,
                                        struct stet_run_queue *q,
                                        struct stet_error *err);

/* Writes what memory alone knows; ctx is the frontier. */
STET_NODISCARD int stet_frontier_flush(void *ctx, struct stet_error *err);

/* sqlite_hosts.c: the lane of a URL's host, by its id, or of a row. */
STET_NODISCARD int stet_frontier_lane(struct stet_sqlite_frontier *f,
                                      struct stet_run_queue *q,
                                      struct stet_span url,
                                      struct stet_lane **out,
                                      struct stet_error *err);
STET_NODISCARD int stet_frontier_lane_of_id(struct stet_sqlite_frontier *f,
                                            struct stet_run_queue *q,
                                            int64_t id, struct stet_lane **out,
                                            struct stet_error *err);
STET_NODISCARD int stet_frontier_lane_of_row(struct stet_sqlite_frontier *f,
                                             struct stet_run_queue *q,
                                             struct stet_stmt *row,
                                             struct stet_lane **out,
                                             struct stet_error *err);

enum stet_lane_kind stet_frontier_kind(int64_t priority);

/* Places a lane, and notes when its hold ends if that keeps something back. */
void stet_frontier_settle(struct stet_run_queue *q, struct stet_lane *lane);

/* Adds to what is due (not due) of a kind, in the lane and the counts, and
 * places the lane.  It must have been read before. */
void stet_frontier_add_due(struct stet_run_queue *q, struct stet_lane *lane,
                           enum stet_lane_kind kind, int64_t by);
void stet_frontier_add_later(struct stet_run_queue *q, struct stet_lane *lane,
                             int64_t by);

/* A target is handed out no more; *h is gone. */
void stet_frontier_take_back(struct stet_run_queue *q, struct stet_handed *h);

/* sqlite_lease.c */
STET_NODISCARD int stet_frontier_sqlite_lease(
    void *self, int64_t run, size_t max, int64_t now_ms,
    const struct stet_frontier_taker *to, struct stet_error *err);
STET_NODISCARD int stet_frontier_sqlite_drain(
    void *self, int64_t run, struct stet_span origin, size_t max,
    const struct stet_frontier_taker *to, struct stet_error *err);
STET_NODISCARD int stet_frontier_sqlite_next_due(void *self, int64_t run,
                                                 int64_t now_ms,
                                                 int64_t *due_ms,
                                                 struct stet_error *err);

/* No later than a hold may last from now. */
int64_t stet_frontier_bound(const struct stet_run_queue *q, int64_t due_ms);

#endif
