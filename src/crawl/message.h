#ifndef STET_CRAWL_MESSAGE_H
#define STET_CRAWL_MESSAGE_H

#include "base/queue.h"
#include "frontier/frontier.h"
#include "product/product.h"

/*
 * What passes between the threads of a run.  Each message owns what it
 * points to, and ownership goes with it.
 *
 *     engine  --LOOKUP(job)--------> commit      is this payload known?
 *     commit  --JOB(job)-----------> workers     with the answer
 *     commit  --JOB(target)--------> workers     what is its former response?
 *     workers --SLICE(target_id)---> commit      of a large capture
 *     workers --PRODUCT------------> commit
 *     workers --CUT(product)-------> commit      a large one is given up
 *     engine  --SKIP(product)------> commit      not fetched at all
 *     engine  --DEFER--------------> commit      to be tried again later
 *     engine  --RELEASE------------> commit      not now: its host waits
 *     engine  --HOLD---------------> commit      until when a host waits
 *     engine  --DEAD---------------> commit      a host is given up
 *     engine  --RULES--------------> commit      what are a host's rules?
 *     engine  <-TARGET-------------- commit      from the frontier; or from
 *                                    workers, with validators
 *     engine  <-ROBOTS-------------- commit      an answer to robots.txt
 *     engine  <-DONE---------------- commit      a target is finished
 *     engine  <-CUT----------------- commit      one stays queued
 *     engine  <-IDLE---------------- commit      nothing is left to do
 *     engine  <-FULL---------------- commit      the disk is nearly so
 *     engine  <-COMMITTED----------- commit      a group is durable
 *     engine  <-FAILED-------------- anyone      the run cannot go on
 *
 * At most STET_MAX_WINDOW targets are with the engine at any time, and each
 * causes a fixed number of messages: queues of STET_MAX_MESSAGES never fill.
 * Slices are any number, but no more than STET_MAX_SLICES are on their way.
 */
enum stet_message_kind {
    STET_MSG_TARGET,
    STET_MSG_ROBOTS,
    STET_MSG_DONE,
    STET_MSG_IDLE,
    STET_MSG_FULL,
    STET_MSG_COMMITTED,
    STET_MSG_FAILED,
    STET_MSG_LOOKUP,
    STET_MSG_SLICE,
    STET_MSG_PRODUCT,
    STET_MSG_CUT,
    STET_MSG_DEFER,
    STET_MSG_RELEASE,
    STET_MSG_HOLD,
    STET_MSG_DEAD,
    STET_MSG_RULES,
};

enum {
    STET_MAX_WINDOW = 256,
    STET_MAX_MESSAGES = 8 * STET_MAX_WINDOW,
    STET_MAX_SLICES = 4, /* on their way to the commit thread */
};

struct stet_message {
    enum stet_message_kind kind;
    struct stet_target *target;   /* TARGET, DONE, DEFER, RELEASE */
    struct stet_job *job;         /* LOOKUP */
    struct stet_product *product; /* PRODUCT, CUT */
    int64_t target_id;            /* SLICE */
    struct stet_spool slice;      /* SLICE */
    struct stet_bytes origin;     /* ROBOTS: URL of the first robots.txt; HOLD,
                                     DEAD, RULES: of the host */
    struct stet_bytes body;       /* ROBOTS */
    enum stet_robots_answer answer;
    int64_t when_ms;       /* wall clock.  ROBOTS: when it came; HOLD, DEFER:
                              until when */
    const char *outcome;   /* DONE, DEAD */
    struct stet_bytes why; /* DONE, DEAD, DEFER */
    bool unasked;          /* DONE, PRODUCT: the engine did not have it */
    /* DONE */
    int status;
    int64_t bytes;
    enum stet_came came;
    int64_t known;                     /* URLs that the run knows by then */
    struct stet_frontier_counts queue; /* DONE, COMMITTED */
    int64_t took_ms;                   /* COMMITTED; DONE: the exchange */
    struct stet_error error;           /* FAILED */
};

/* Copies s into one of a message's texts.  False: no memory. */
bool stet_message_set(struct stet_bytes *text, struct stet_span s);

/* A message of a kind with the rest zero; NULL: no memory. */
struct stet_message *stet_message_new(enum stet_message_kind kind);

/* With all that it owns.  NULL is fine. */
void stet_message_free(struct stet_message *m);

/* Frees what is still in a queue of messages, then the queue. */
void stet_message_queue_free(struct stet_queue *q);

#endif
