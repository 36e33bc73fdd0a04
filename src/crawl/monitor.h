#ifndef STET_CRAWL_MONITOR_H
#define STET_CRAWL_MONITOR_H

#include "crawl/metrics.h"

/*
 * A small web server on loopback that shows a run's metrics: / for people,
 * /metrics for Prometheus.  It has no thread of its own: the engine lets it
 * work a little at each of its turns.
 */
enum {
    STET_MAX_MONITOR_CLIENTS = 16,
    STET_MAX_MONITOR_IDLE_S = 5,
    STET_MAX_MONITOR_ANSWER = 1 << 20,
};

struct stet_monitor;

/* Before an answer is made: brings the metrics up to date. */
typedef const struct stet_metrics *stet_monitor_look_fn(void *ctx);

/* Listens on 127.0.0.1; port 0 is any that is free.  STET_EIO: it cannot. */
STET_NODISCARD int stet_monitor_new(struct stet_monitor **out, int port,
                                    stet_monitor_look_fn *look, void *ctx,
                                    struct stet_error *err);
void stet_monitor_free(struct stet_monitor *m); /* NULL is fine */

int stet_monitor_port(const struct stet_monitor *m);

/* Answers what has been asked; does not wait. */
void stet_monitor_work(struct stet_monitor *m);

#endif
