#ifndef STET_CRAWL_RUN_H
#define STET_CRAWL_RUN_H

#include "archive/archive.h"
#include "base/pool.h"
#include "crawl/message.h"
#include "crawl/work.h"
#include "fetch/fetch.h"

#include <semaphore.h>
#include <stdatomic.h>

/*
 * One run and its threads.  The engine (the caller's thread) owns the
 * fetcher and the hosts; the commit thread owns the archive; workers own
 * nothing.  They share these queues, and what is set before they start.
 */
struct engine;

struct stet_run {
    const struct stet_crawl_options *o;
    struct stet_work work;
    struct stet_fetch_options fetch;
    struct stet_clock clock;
    struct stet_ids ids;
    struct stet_product_config product;
    struct stet_archive *archive; /* the commit thread's while it runs */
    struct stet_fetcher fetcher;  /* the engine's; wakeups come from all */
    struct engine *engine;        /* while it runs */
    const char *agent;            /* User-Agent as sent */

    struct stet_error commit_error; /* code 0: none; the commit thread's until
                                       it is joined */
    struct stet_queue *to_engine, *to_commit; /* of struct stet_message */
    atomic_bool called;      /* the engine was woken and has not looked yet */
    struct stet_queue *jobs; /* of struct stet_job */
    sem_t slices;            /* how many more may be sent */
    atomic_bool cut;         /* large captures under way are given up */
    size_t window;           /* how many targets the engine holds at the most */
    bool resumed;
    bool revisits;     /* what earlier runs have is made use of */
    const char *limit; /* the option that stopped it; the engine's */
};

enum { STET_CONNECTIONS_PER_HOST = 6 }; /* or one a page, if more */

/* How many connections one host gets at the most. */
int stet_run_connections(const struct stet_crawl_options *o);

/* Sends to the engine and wakes it.  False: it is gone; m is freed. */
bool stet_run_tell_engine(struct stet_run *r, struct stet_message *m);

/* Says that the run cannot go on because of rc (negative), as far as memory
 * lets it; *err may be without words. */
void stet_run_fail(struct stet_run *r, int rc, const struct stet_error *err);

/* engine.c: takes what the fetcher is done with; ctx is the run. */
void stet_run_on_exchange(void *ctx, struct stet_exchange *x);

/* worker.c: hands a slice to the commit thread, and waits while too many are
 * on their way; ctx is the run. */
STET_NODISCARD int stet_run_put_slice(void *ctx, const struct stet_target *t,
                                      struct stet_spool *slice,
                                      struct stet_error *err);

/* worker.c: what a pool thread runs, until the queue of jobs is closed;
 * ctx is the run. */
void stet_run_work(void *ctx);

/* committer.c: what the commit thread runs, until its queue is closed and
 * empty; it commits then.  ctx is the run. */
void stet_run_commit(void *ctx);

/* engine.c: fetches until nothing is left, a stop is asked for or the run
 * has failed; *stopped says that more is left.  The fatal error, if any. */
STET_NODISCARD int stet_run_fetch(struct stet_run *r, bool *stopped,
                                  struct stet_error *err);

/* convert.c: conversion records of the run's documents into derived/; *n is
 * how many.  STET_END: stopped before the last one; what was made is put
 * aside at the next opening. */
STET_NODISCARD int stet_run_convert(struct stet_run *r, int64_t *n,
                                    struct stet_error *err);

/* summary.c: counts what the run did, and tells of each failure. */
STET_NODISCARD int stet_run_sum_up(struct stet_run *r,
                                   struct stet_crawl_summary *out,
                                   struct stet_error *err);

#endif
