#ifndef STET_FRONTIER_FRONTIER_H
#define STET_FRONTIER_FRONTIER_H

#include "plan/target.h"
#include "store/store.h"

/*
 * The frontier: every URL a run has come to know, what is still to be
 * fetched, and what became of the rest.  It stands behind a table of
 * functions, so that other stores than SQLite can serve many machines.
 *
 * Each host (an origin: scheme, name and port, as a URL begins) has a queue
 * of its own, and they are served in turn.  Memory does not grow with what
 * is queued.
 *
 * Nothing in it says "being fetched": what is handed out and not finished
 * when the program dies is simply still queued.  Times are those of the wall
 * clock, in ms; they come in, and may jump.
 */
enum {
    /* No hold and no due time is further off than this. */
    STET_MAX_HOLD_MS = 24 * 60 * 60 * 1000,
};

/* How much of one host is handed out at once; 0: no limit. */
struct stet_frontier_options {
    int pages_per_host;
    int targets_per_host; /* pages among them */
};

/* What became of a target. */
struct stet_fate {
    const char *outcome; /* "ok", an outcome of fetch/exchange.h, "robots" */
    const char *why;     /* words for people; "" */
    int status;          /* HTTP; 0 for none */
    struct stet_span mime;
    int64_t date_ms, took_ms;
    uint64_t bytes; /* of the message body */
    enum stet_came came;
    enum stet_resource resource; /* what it turned out to be */
};

struct stet_frontier_counts {
    int64_t queued; /* not finished: what is handed out or not due is, too */
    int64_t later;  /* of these: not due, as far as was looked */
    int64_t handed_out;
    int64_t done;
    int64_t hosts; /* that have something queued */
};

/*
 * Where targets that are handed out go.  One is good until fn() returns;
 * what that returns but STET_OK ends the handing out and is returned.  It
 * calls no function of the frontier.
 */
struct stet_frontier_taker {
    int (*fn)(void *ctx, const struct stet_target *t);
    void *ctx;
};

struct stet_frontier_ops {
    int (*add)(void *self, int64_t run, const struct stet_target *t,
               int64_t *id, bool *fresh, struct stet_error *err);
    int (*lease)(void *self, int64_t run, size_t max, int64_t now_ms,
                 const struct stet_frontier_taker *to, struct stet_error *err);
    int (*drain)(void *self, int64_t run, struct stet_span origin, size_t max,
                 const struct stet_frontier_taker *to, struct stet_error *err);
    int (*finish)(void *self, int64_t id, const struct stet_fate *fate,
                  struct stet_error *err);
    int (*defer)(void *self, int64_t id, int64_t due_ms, int attempts,
                 struct stet_span why, struct stet_error *err);
    void (*release)(void *self, int64_t id);
    int (*hold)(void *self, int64_t run, struct stet_span origin,
                int64_t until_ms, struct stet_error *err);
    int (*next_due)(void *self, int64_t run, int64_t now_ms, int64_t *due_ms,
                    struct stet_error *err);
    int (*find_answer)(void *self, struct stet_span url, int64_t *id,
                       struct stet_error *err);
    int (*is_done)(void *self, int64_t id, bool *done, struct stet_error *err);
    int (*count)(void *self, int64_t run, struct stet_frontier_counts *out,
                 struct stet_error *err);
    void (*free)(void *self);
};

struct stet_frontier {
    const struct stet_frontier_ops *ops; /* NULL when closed */
    void *self;
};

/*
 * In the store's own tables, which two steps of its list make (the second
 * behind the first; others may stand between); the store outlives it.  What it
 * changes is in the store's transaction, which it begins when there is none
 * and the caller ends by stet_store_commit().  After a failure or a rollback
 * nothing but stet_frontier_free() may be called.
 */
STET_NODISCARD int stet_frontier_sqlite_new(
    struct stet_frontier *out, struct stet_store *store,
    const struct stet_frontier_options *o, struct stet_error *err);
extern const char stet_frontier_schema[], stet_frontier_schema_hosts[];

void stet_frontier_free(struct stet_frontier *f);

/* The origin of a serialised URL: what stands before its path. */
struct stet_span stet_frontier_origin(struct stet_span url);

/*
 * Adds a target unless the run knows its URL (*fresh says; *id is its id
 * either way).  A robots.txt is known as such only, not as what a page
 * needs; one that another redirects to only together with that one.
 */
STET_NODISCARD int stet_frontier_add(struct stet_frontier *f, int64_t run,
                                     const struct stet_target *t, int64_t *id,
                                     bool *fresh, struct stet_error *err);

/*
 * Hands out up to max targets that are due and not handed out yet, one host
 * after the other: those first that have parts of pages to fetch
 * (requisites, linked pictures), and who was served the longest ago.  Of one
 * host the most urgent (robots.txt, requisites, linked, seeds, then related
 * by depth) and of these the oldest.
 */
STET_NODISCARD int stet_frontier_lease(struct stet_frontier *f, int64_t run,
                                       size_t max, int64_t now_ms,
                                       const struct stet_frontier_taker *to,
                                       struct stet_error *err);

/*
 * Hands out up to max of what one host has queued, whatever its limits, its
 * hold and due times: a host that is given up is emptied by this and
 * _finish(), until nothing more is handed out.
 */
STET_NODISCARD int stet_frontier_drain(struct stet_frontier *f, int64_t run,
                                       struct stet_span origin, size_t max,
                                       const struct stet_frontier_taker *to,
                                       struct stet_error *err);

/* What is finished already keeps its first fate. */
STET_NODISCARD int stet_frontier_finish(struct stet_frontier *f, int64_t id,
                                        const struct stet_fate *fate,
                                        struct stet_error *err);

/*
 * Gives back what was handed out: to be leased again, not before due_ms,
 * with this count of attempts and why it was not done.  STET_EUSAGE: it is
 * not handed out.
 */
STET_NODISCARD int stet_frontier_defer(struct stet_frontier *f, int64_t id,
                                       int64_t due_ms, int attempts,
                                       struct stet_span why,
                                       struct stet_error *err);

/* Gives back what was handed out, if it is, as if it had never been. */
void stet_frontier_release(struct stet_frontier *f, int64_t id);

/*
 * Nothing of this host is leased before until_ms; 0 ends that.  What is
 * handed out stays so.
 */
STET_NODISCARD int stet_frontier_hold(struct stet_frontier *f, int64_t run,
                                      struct stet_span origin, int64_t until_ms,
                                      struct stet_error *err);

/*
 * When a lease would give something, as far as time alone decides: now_ms
 * (or before) for at once, INT64_MAX when nothing is queued but what is
 * handed out or waits for a limit of its host.  It may be too early, never
 * too late.
 */
STET_NODISCARD int stet_frontier_next_due(struct stet_frontier *f, int64_t run,
                                          int64_t now_ms, int64_t *due_ms,
                                          struct stet_error *err);

/* The target, of the newest run that has one, by which a server answered for
 * this URL.  STET_ENOTFOUND. */
STET_NODISCARD int stet_frontier_find_answer(struct stet_frontier *f,
                                             struct stet_span url, int64_t *id,
                                             struct stet_error *err);

STET_NODISCARD int stet_frontier_is_done(struct stet_frontier *f, int64_t id,
                                         bool *done, struct stet_error *err);
STET_NODISCARD int stet_frontier_count(struct stet_frontier *f, int64_t run,
                                       struct stet_frontier_counts *out,
                                       struct stet_error *err);

#endif
