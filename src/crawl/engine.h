#ifndef STET_CRAWL_ENGINE_H
#define STET_CRAWL_ENGINE_H

#include "crawl/hosts.h"
#include "crawl/monitor.h"
#include "crawl/run.h"
#include "plan/rate.h"

/*
 * The engine's own state, shared by the files that make it up: engine.c, the
 * loop; answer.c, what becomes of an exchange that is over; watch.c, what is
 * shown.
 */

enum { STET_N_BUSIEST = 3 };

/* A target in the window. */
struct slot {
    struct stet_target *target;
    struct stet_host *host;
    bool cleared;     /* its host's rules let it be fetched */
    int64_t waits_ms; /* since when it waits for rules; 0: it does not */
};

struct engine {
    struct stet_run *run;
    struct stet_hosts hosts;
    struct stet_retry_policy retry;
    struct stet_rate rate; /* of all hosts together */
    struct slot waiting[STET_MAX_WINDOW];
    size_t n_waiting;
    size_t active;  /* requests under way */
    size_t in_work; /* begun or skipped, and not yet DONE or given back */
    bool idle, stopping, cancelled;
    struct stet_crawl_progress progress;
    struct stet_metrics metrics;
    struct stet_crawl_host busiest[STET_N_BUSIEST];
    struct stet_monitor *monitor; /* NULL: nobody watches */
    int64_t fresh;                /* of those that are done: not asked for */
    int64_t began_ms, told_ms;
    int64_t pace_ms, pace_done; /* where the pace is taken from */
    int rc;
    struct stet_error err;
};

/* watch.c: what is shown of a run. */
STET_NODISCARD int stet_engine_watch(struct engine *e, struct stet_error *err);
void stet_engine_tell_progress(struct engine *e, bool always);

/* Of the steady clock, and of the run's wall clock. */
int64_t stet_engine_now(void);
int64_t stet_engine_wall(const struct engine *e);

/* Ends the run with an error, if none did before. */
void stet_engine_fail(struct engine *e, int code, const char *text);

/* Hands a message on to the commit thread; it is gone either way.  NULL:
 * there was no memory for it. */
void stet_engine_tell(struct engine *e, struct stet_message *m);

/* A message about the host of a URL; NULL: no memory. */
struct stet_message *stet_engine_about(enum stet_message_kind kind,
                                       struct stet_span url);

#endif
