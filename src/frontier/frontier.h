#ifndef STET_FRONTIER_FRONTIER_H
#define STET_FRONTIER_FRONTIER_H

#include "plan/target.h"
#include "store/store.h"

/*
 * The frontier: every URL a run has come to know, what is still to be
 * fetched, and what became of the rest.  It stands behind a table of
 * functions, so that other stores than SQLite can serve many machines.
 *
 * Nothing in it says "being fetched": what is handed out and not finished
 * when the program dies is simply still queued.
 */

/* What became of a target. */
struct stet_fate {
    const char *outcome; /* "ok", an outcome of fetch/exchange.h, "robots" */
    const char *why;     /* words for people; "" */
    int status;          /* HTTP; 0 for none */
    struct stet_span mime;
    int64_t date_ms, took_ms;
    uint64_t bytes; /* of the message body */
    bool revisit;
    enum stet_resource resource; /* what it turned out to be */
};

struct stet_frontier_counts {
    int64_t queued; /* not finished, those handed out among them */
    int64_t done;
};

struct stet_frontier_ops {
    int (*add)(void *self, int64_t run, const struct stet_target *t,
               int64_t *id, bool *fresh, struct stet_error *err);
    int (*lease)(void *self, int64_t run, size_t max,
                 int (*take)(void *ctx, const struct stet_target *t), void *ctx,
                 struct stet_error *err);
    int (*finish)(void *self, int64_t id, const struct stet_fate *fate,
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

/* In the store's own tables (stet_frontier_schema); the store outlives it
 * and its transactions are the caller's. */
STET_NODISCARD int stet_frontier_sqlite_new(struct stet_frontier *out,
                                            struct stet_store *store,
                                            struct stet_error *err);
extern const char stet_frontier_schema[];

void stet_frontier_free(struct stet_frontier *f);

/*
 * Adds a target unless the run knows its URL (*fresh says; *id is its id
 * either way).  A robots.txt is known as such only, not as what a page
 * needs; one that another redirects to only together with that one.
 */
STET_NODISCARD int stet_frontier_add(struct stet_frontier *f, int64_t run,
                                     const struct stet_target *t, int64_t *id,
                                     bool *fresh, struct stet_error *err);

/*
 * Hands out up to max queued targets, the most urgent first (robots.txt,
 * requisites, then pages; older first), each once while the frontier is
 * open.  The target is good until take() returns; what it returns but
 * STET_OK ends the lease and is returned.
 */
STET_NODISCARD int stet_frontier_lease(struct stet_frontier *f, int64_t run,
                                       size_t max,
                                       int (*take)(void *ctx,
                                                   const struct stet_target *t),
                                       void *ctx, struct stet_error *err);

STET_NODISCARD int stet_frontier_finish(struct stet_frontier *f, int64_t id,
                                        const struct stet_fate *fate,
                                        struct stet_error *err);
STET_NODISCARD int stet_frontier_is_done(struct stet_frontier *f, int64_t id,
                                         bool *done, struct stet_error *err);
STET_NODISCARD int stet_frontier_count(struct stet_frontier *f, int64_t run,
                                       struct stet_frontier_counts *out,
                                       struct stet_error *err);

#endif
