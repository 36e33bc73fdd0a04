#ifndef STET_BASE_QUEUE_H
#define STET_BASE_QUEUE_H

#include "stet/error.h"

/*
 * A bounded queue of pointers between threads: what bounds the work that
 * is under way.  A closed queue takes nothing more and gives out what it
 * still holds.
 */
struct stet_queue;

STET_NODISCARD int stet_queue_new(struct stet_queue **out, size_t max);

/* What is still in it is the caller's to pop first.  NULL is fine. */
void stet_queue_free(struct stet_queue *q);

/* Waits for room.  False: the queue is closed, the item is not taken. */
STET_NODISCARD bool stet_queue_put(struct stet_queue *q, void *item);

/* As _put(), but false at once when there is no room. */
STET_NODISCARD bool stet_queue_try_put(struct stet_queue *q, void *item);

/* Waits for an item.  NULL: closed and empty. */
void *stet_queue_pop(struct stet_queue *q);

/*
 * Waits at most wait_ms (-1: for ever).  NULL: none came in time, or closed
 * and empty (then *closed is true; it may be NULL).
 */
void *stet_queue_pop_within(struct stet_queue *q, int wait_ms, bool *closed);

size_t stet_queue_len(struct stet_queue *q);
void stet_queue_close(struct stet_queue *q);

#endif
