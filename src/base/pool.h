#ifndef STET_BASE_POOL_H
#define STET_BASE_POOL_H

#include "stet/error.h"

/* Threads that all run the same function until it returns. */
struct stet_pool;

enum { STET_MAX_POOL_THREADS = 256 };

/*
 * Starts n threads, each running work(ctx).  STET_ENOMEM when one could
 * not be had: then those that run are still to be joined by stop_fn's
 * doing, so `stop` is called first and the pool is gone on return.
 */
STET_NODISCARD int stet_pool_start(struct stet_pool **out, size_t n,
                                   void (*work)(void *ctx),
                                   void (*stop)(void *ctx), void *ctx);

/* Waits for all to return and frees the pool.  NULL is fine. */
void stet_pool_join(struct stet_pool *p);

/* How many processors there are for us, at least 1. */
size_t stet_pool_cores(void);

#endif
