/*
 * What is shown of a run: progress to the caller, figures to a browser.
 */
#include "crawl/engine.h"

enum {
    TELL_PROGRESS_MS = 100,
    PACE_MS = 10000, /* the time left is told from so much of the past */
};

static int64_t waits_ms(const struct stet_host *host, int64_t now)
{
    const struct stet_manners *m = &host->manners;
    int64_t until = m->held_ms > m->breaker_ms ? m->held_ms : m->breaker_ms;

    return until > now ? until - now : 0;
}

/* Busier, or longer kept waiting. */
static bool is_before(const struct stet_host_row *a,
                      const struct stet_host_row *b)
{
    if (a->active != b->active)
        return a->active > b->active;
    if ((a->waits_ms > 0) != (b->waits_ms > 0))
        return a->waits_ms > 0;
    return a->begun > b->begun;
}

/* Puts a row where it belongs among the `max` first. */
static void put_row(struct stet_metrics *m, const struct stet_host_row *row,
                    size_t max)
{
    size_t at = m->n_hosts;

    while (at > 0 && is_before(row, &m->hosts[at - 1]))
        at--;
    if (at >= max)
        return;
    if (m->n_hosts < max)
        m->n_hosts++;
    for (size_t i = m->n_hosts - 1; i > at; i--)
        m->hosts[i] = m->hosts[i - 1];
    m->hosts[at] = *row;
}

static void look_at_hosts(struct engine *e, size_t max)
{
    int64_t now = stet_engine_now();

    e->metrics.n_hosts = 0;
    for (size_t i = 0; i < e->hosts.map.len; i++) {
        const struct stet_map_entry *entry = &e->hosts.map.entries[i];
        const struct stet_host *host = entry->value;
        struct stet_host_row row = {
            .name = entry->key,
            .begun = host->begun,
            .active = host->manners.requests,
            .waits_ms = waits_ms(host, now),
            .state = stet_breaker_name(host->manners.breaker),
        };
        put_row(&e->metrics, &row, max);
    }
}

/* What is left at the pace of late. */
static int64_t left_ms(struct engine *e, int64_t now)
{
    int64_t done = e->progress.done - e->pace_done, took = now - e->pace_ms;
    int64_t left = -1;

    if (done > 0 && took > 0)
        left = e->progress.queued * took / done;
    if (took > PACE_MS) {
        /* Half of the past is forgotten, so that there always is some. */
        e->pace_ms += took / 2;
        e->pace_done += done / 2;
    }
    return left;
}

static void bring_up_to_date(struct engine *e)
{
    int64_t now = stet_engine_now();

    e->progress.active = (int64_t)e->active;
    e->progress.hosts = e->hosts.seen;
    e->progress.elapsed_ms = now - e->began_ms;
    e->progress.left_ms = left_ms(e, now);
}

static const struct stet_metrics *look(void *ctx)
{
    struct engine *e = ctx;

    bring_up_to_date(e);
    look_at_hosts(e, STET_MAX_METRIC_HOSTS);
    e->metrics.progress = e->progress;
    return &e->metrics;
}

int stet_engine_watch(struct engine *e, struct stet_error *err)
{
    int port = e->run->o->metrics_port, rc;

    e->pace_ms = e->began_ms;
    if (port < 0)
        return STET_OK;
    rc = stet_monitor_new(&e->monitor, port, look, e, err);
    if (rc == STET_OK)
        e->progress.metrics_port = stet_monitor_port(e->monitor);
    return rc;
}

void stet_engine_tell_progress(struct engine *e, bool always)
{
    int64_t now = stet_engine_now();

    if (!e->run->o->on_progress ||
        (!always && now - e->told_ms < TELL_PROGRESS_MS))
        return;
    e->told_ms = now;
    bring_up_to_date(e);
    look_at_hosts(e, STET_N_BUSIEST);
    for (size_t i = 0; i < e->metrics.n_hosts; i++)
        e->busiest[i] = (struct stet_crawl_host){ e->metrics.hosts[i].name,
                                                  e->metrics.hosts[i].active,
                                                  e->metrics.hosts[i].begun };
    e->progress.busiest = e->busiest;
    e->progress.n_busiest = e->metrics.n_hosts;
    e->run->o->on_progress(e->run->o->ctx, &e->progress);
}
