#include "crawl/metrics.h"

#include <inttypes.h>
#include <string.h>

static const int64_t bounds_ms[STET_N_BUCKETS] = {
    5, 10, 25, 50, 100, 250, 500, 1000, 5000, 15000, 60000,
};

void stet_histogram_add(struct stet_histogram *h, int64_t ms)
{
    size_t i = 0;

    while (i < STET_N_BUCKETS && ms > bounds_ms[i])
        i++;
    h->counts[i]++;
    h->sum_ms += ms;
    h->n++;
}

void stet_metrics_count(struct stet_metrics *m, const char *outcome, int status,
                        bool revisit)
{
    size_t i = 0;

    m->statuses[status >= 100 && status < 600 ? status / 100 : 0]++;
    m->revisits += revisit;
    while (i < m->n_outcomes && strcmp(m->outcomes[i].word, outcome) != 0)
        i++;
    if (i == STET_MAX_METRIC_OUTCOMES)
        return;
    if (i == m->n_outcomes)
        m->outcomes[m->n_outcomes++].word = outcome;
    m->outcomes[i].n++;
}

/* -- for Prometheus ------------------------------------------------------- */

static void head(struct stet_buf *out, const char *name, const char *type,
                 const char *help)
{
    stet_buf_addf(out, "# HELP stet_%s %s\n# TYPE stet_%s %s\n", name, help,
                  name, type);
}

static void number(struct stet_buf *out, const char *name, const char *type,
                   const char *help, int64_t value)
{
    head(out, name, type, help);
    stet_buf_addf(out, "stet_%s %" PRId64 "\n", name, value);
}

/* A label's value: backslash, quote and line end are escaped. */
static void label(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\\' || s.ptr[i] == '"')
            stet_buf_addc(out, '\\');
        stet_buf_addc(out, s.ptr[i] == '\n' ? ' ' : s.ptr[i]);
    }
}

static void histogram(struct stet_buf *out, const char *name, const char *help,
                      const struct stet_histogram *h)
{
    int64_t below = 0;

    head(out, name, "histogram", help);
    for (size_t i = 0; i < STET_N_BUCKETS; i++) {
        below += h->counts[i];
        stet_buf_addf(out, "stet_%s_bucket{le=\"%g\"} %" PRId64 "\n", name,
                      (double)bounds_ms[i] / 1000, below);
    }
    stet_buf_addf(out, "stet_%s_bucket{le=\"+Inf\"} %" PRId64 "\n", name, h->n);
    stet_buf_addf(out, "stet_%s_sum %.3f\nstet_%s_count %" PRId64 "\n", name,
                  (double)h->sum_ms / 1000, name, h->n);
}

static void counters(const struct stet_metrics *m, struct stet_buf *out)
{
    head(out, "urls_total", "counter", "URLs done, by outcome.");
    for (size_t i = 0; i < m->n_outcomes; i++)
        stet_buf_addf(out, "stet_urls_total{outcome=\"%s\"} %" PRId64 "\n",
                      m->outcomes[i].word, m->outcomes[i].n);
    head(out, "responses_total", "counter", "Responses, by class of status.");
    for (int i = 1; i < 6; i++)
        stet_buf_addf(out, "stet_responses_total{class=\"%dxx\"} %" PRId64 "\n",
                      i, m->statuses[i]);
    number(out, "bytes_total", "counter", "Bytes of message bodies.",
           m->progress.bytes);
    number(out, "revisits_total", "counter",
           "Bodies that the archive had already.", m->revisits);
    number(out, "retries_total", "counter", "Tries that are made again.",
           m->progress.retried);
}

static void gauges(const struct stet_metrics *m, struct stet_buf *out)
{
    const struct {
        const char *state;
        int64_t n;
    } queue[] = { { "queued", m->queue.queued },
                  { "later", m->queue.later },
                  { "handed_out", m->queue.handed_out },
                  { "active", m->progress.active } };

    head(out, "queue", "gauge", "URLs not done, by state.");
    for (size_t i = 0; i < sizeof(queue) / sizeof(queue[0]); i++)
        stet_buf_addf(out, "stet_queue{state=\"%s\"} %" PRId64 "\n",
                      queue[i].state, queue[i].n);
    number(out, "hosts", "gauge", "Hosts with something queued.",
           m->queue.hosts);
    number(out, "elapsed_seconds", "gauge", "Since the run went on.",
           m->progress.elapsed_ms / 1000);
    head(out, "host_backoff_seconds", "gauge",
         "Until a host is asked again, of those that wait.");
    for (size_t i = 0; i < m->n_hosts; i++) {
        if (m->hosts[i].waits_ms <= 0)
            continue;
        stet_buf_adds(out, "stet_host_backoff_seconds{host=\"");
        label(out, m->hosts[i].name);
        stet_buf_addf(out, "\"} %g\n", (double)m->hosts[i].waits_ms / 1000);
    }
}

void stet_metrics_print(const struct stet_metrics *m, struct stet_buf *out)
{
    counters(m, out);
    gauges(m, out);
    histogram(out, "answer_seconds", "From a request to its answer's end.",
              &m->answers);
    histogram(out, "commit_seconds", "Making a group durable.", &m->commits);
}

/* -- for people ----------------------------------------------------------- */

static const char style[] =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"refresh\" content=\"3\">\n<title>stet crawl</title>\n"
    "<style>\n:root{color-scheme:light dark}\n"
    "body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;"
    "padding:0 1rem}\nh1{font-size:1.4rem;font-weight:600}\n"
    "h2{font-size:1rem;font-weight:600;margin:2rem 0 .4rem}\n"
    "dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));"
    "gap:1rem;margin:0}\ndt{opacity:.65;font-size:.85rem}\n"
    "dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}\n"
    "table{border-collapse:collapse;width:100%}\n"
    "th,td{text-align:left;padding:.2rem .6rem .2rem 0;"
    "border-bottom:1px solid color-mix(in srgb,currentColor 15%,transparent)}\n"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\n</style>\n";

static void escaped(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        switch (s.ptr[i]) {
        case '<':
            stet_buf_adds(out, "&lt;");
            break;
        case '&':
            stet_buf_adds(out, "&amp;");
            break;
        default:
            stet_buf_addc(out, s.ptr[i]);
        }
    }
}

static void figure(struct stet_buf *out, const char *name, int64_t n)
{
    stet_buf_addf(out, "<div><dt>%s</dt><dd>%" PRId64 "</dd></div>\n", name, n);
}

static void outcome_table(const struct stet_metrics *m, struct stet_buf *out)
{
    stet_buf_adds(out, "<h2>Outcomes</h2>\n<table><tr><th>outcome</th>"
                       "<th class=n>URLs</th></tr>\n");
    for (size_t i = 0; i < m->n_outcomes; i++)
        stet_buf_addf(out, "<tr><td>%s</td><td class=n>%" PRId64 "</td></tr>\n",
                      m->outcomes[i].word, m->outcomes[i].n);
    stet_buf_adds(out, "</table>\n");
}

static void host_table(const struct stet_metrics *m, struct stet_buf *out)
{
    stet_buf_adds(out, "<h2>Busiest hosts</h2>\n<table><tr><th>host</th>"
                       "<th class=n>requests</th><th class=n>under way</th>"
                       "<th class=n>waits</th><th>breaker</th></tr>\n");
    for (size_t i = 0; i < m->n_hosts; i++) {
        const struct stet_host_row *h = &m->hosts[i];
        stet_buf_adds(out, "<tr><td>");
        escaped(out, h->name);
        stet_buf_addf(out,
                      "</td><td class=n>%" PRId64 "</td><td class=n>%" PRId64
                      "</td><td class=n>%.1f s</td><td>%s</td></tr>\n",
                      h->begun, h->active, (double)h->waits_ms / 1000,
                      h->state);
    }
    stet_buf_adds(out, "</table>\n");
}

void stet_metrics_print_page(const struct stet_metrics *m, struct stet_buf *out)
{
    int64_t seconds = m->progress.elapsed_ms / 1000;

    stet_buf_adds(out, style);
    stet_buf_addf(out, "<h1>stet crawl: %s</h1>\n<dl>\n", m->progress.phase);
    figure(out, "done", m->progress.done);
    figure(out, "to go", m->progress.queued);
    figure(out, "under way", m->progress.active);
    figure(out, "failed", m->progress.failed);
    figure(out, "tried again", m->progress.retried);
    figure(out, "revisits", m->revisits);
    figure(out, "bytes", m->progress.bytes);
    figure(out, "a second", seconds > 0 ? m->progress.done / seconds : 0);
    figure(out, "hosts", m->progress.hosts);
    figure(out, "seconds", seconds);
    if (m->progress.left_ms >= 0)
        figure(out, "seconds left", m->progress.left_ms / 1000);
    stet_buf_adds(out, "</dl>\n");
    outcome_table(m, out);
    host_table(m, out);
    stet_buf_adds(out, "<p><a href=\"metrics\">metrics</a> for Prometheus\n");
}
