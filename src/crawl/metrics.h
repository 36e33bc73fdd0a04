#ifndef STET_CRAWL_METRICS_H
#define STET_CRAWL_METRICS_H

#include "base/buf.h"
#include "frontier/frontier.h"
#include "stet/crawl.h"

/*
 * What a run counts, and how it is shown: as Prometheus' text format (0.0.4)
 * and as a page for people.  Plain numbers of the engine's thread.
 */
enum {
    STET_MAX_METRIC_OUTCOMES = 32,
    STET_MAX_METRIC_HOSTS = 50, /* of those that are shown */
    STET_N_BUCKETS = 11,
};

/* How often something took how long: buckets of at most 5 ms to 60 s, and
 * one for all that took longer. */
struct stet_histogram {
    int64_t counts[STET_N_BUCKETS + 1];
    int64_t sum_ms, n;
};

void stet_histogram_add(struct stet_histogram *h, int64_t ms);

/* A host, as it is shown. */
struct stet_host_row {
    struct stet_span name; /* its origin */
    int64_t begun;         /* requests so far */
    int64_t active;        /* under way */
    int64_t waits_ms;      /* until it is asked again; 0: it does not wait */
    const char *state;     /* of its breaker */
};

struct stet_metrics {
    struct {
        const char *word; /* a constant */
        int64_t n;
    } outcomes[STET_MAX_METRIC_OUTCOMES];
    size_t n_outcomes;
    int64_t statuses[6]; /* by hundreds; [0]: none */
    int64_t revisits;
    struct stet_histogram answers; /* from the request to the answer's end */
    struct stet_histogram commits;
    struct stet_frontier_counts queue; /* as of the last URL done */
    struct stet_crawl_progress progress;

    struct stet_host_row hosts[STET_MAX_METRIC_HOSTS]; /* the busiest first */
    size_t n_hosts;
};

/* A URL came to its end. */
void stet_metrics_count(struct stet_metrics *m, const char *outcome, int status,
                        bool revisit);

/* The buffer's status tells what became of it. */
void stet_metrics_print(const struct stet_metrics *m, struct stet_buf *out);
void stet_metrics_print_page(const struct stet_metrics *m,
                             struct stet_buf *out);

#endif
