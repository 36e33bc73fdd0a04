#include "crawl/hosts.h"

#include "base/mem.h"
#include "fetch/exchange.h"
#include "plan/scope.h"
#include "stet/url.h"

#include <string.h>

/* The outcome of what a host is not asked for that wants to be left alone. */
static const char busy[] = "busy";

void stet_hosts_init(struct stet_hosts *h, const char *agent,
                     const struct stet_manners_rules *rules, bool ignore_robots)
{
    *h = (struct stet_hosts){ .agent = agent,
                              .rules = *rules,
                              .ignore_robots = ignore_robots };
    stet_map_init(&h->map, STET_MAX_HOSTS_BYTES);
}

static void free_host(struct stet_host *host)
{
    if (!host)
        return;
    stet_robots_free(host->robots);
    stet_bytes_clear(&host->why);
    stet_free(host);
}

void stet_hosts_clear(struct stet_hosts *h)
{
    for (size_t i = 0; i < h->map.len; i++)
        free_host(h->map.entries[i].value);
    stet_map_clear(&h->map);
}

int stet_hosts_get(struct stet_hosts *h, struct stet_span url,
                   struct stet_host **out)
{
    struct stet_span origin = stet_frontier_origin(url);
    struct stet_map_entry *e;
    struct stet_host *host;

    *out = NULL;
    if (origin.len == 0)
        return STET_EFORMAT;
    e = stet_map_find(&h->map, origin);
    if (e) {
        *out = e->value;
        return STET_OK;
    }
    /* First, since those who look at the map know no entry without one. */
    host = stet_alloc(sizeof(*host));
    e = host ? stet_map_put(&h->map, origin, NULL) : NULL;
    if (!e) {
        stet_free(host);
        return STET_ENOMEM;
    }
    stet_manners_init(&host->manners, &h->rules);
    e->value = *out = host;
    h->seen++;
    return STET_OK;
}

/* What its robots.txt says of the pause between pages; 0: nothing. */
static int64_t crawl_delay_of(const struct stet_hosts *h,
                              const struct stet_host *host)
{
    struct stet_robots_verdict v = { .crawl_delay_ms = -1 };

    if (host->robots && !h->ignore_robots)
        stet_robots_allows(host->robots, stet_span_of(h->agent), STET_SPAN("/"),
                           &v);
    return v.crawl_delay_ms > 0 ? v.crawl_delay_ms : 0;
}

int stet_hosts_learn(struct stet_hosts *h, struct stet_span robots_url,
                     enum stet_robots_answer answer, struct stet_span body,
                     int64_t date_ms)
{
    struct stet_bytes why = { NULL, 0 };
    struct stet_robots *robots = NULL;
    struct stet_host *host;
    int rc = stet_hosts_get(h, robots_url, &host);

    if (rc == STET_OK && answer == STET_ROBOTS_RULES)
        rc = stet_robots_parse(&robots, body, NULL);
    if (rc == STET_OK && answer == STET_ROBOTS_DENY) {
        why.data = stet_span_dup(body);
        why.len = body.len;
        rc = why.data ? STET_OK : STET_ENOMEM;
    }
    if (rc < 0)
        return rc;
    stet_robots_free(host->robots);
    stet_bytes_clear(&host->why);
    host->why = why;
    host->robots = robots;
    host->answer = answer;
    host->rules_ms = date_ms;
    stet_manners_crawl_delay(&host->manners, crawl_delay_of(h, host));
    return STET_OK;
}

/* Path and query of a serialised URL. */
static struct stet_span target_of(struct stet_span url)
{
    return stet_span_sub(url, stet_frontier_origin(url).len, url.len);
}

/* The constant that an outcome's word stands for. */
static const char *outcome_of(struct stet_span word)
{
    for (int i = 0; i < STET_OUTCOMES_COUNT; i++) {
        const char *name = stet_outcome_name((enum stet_outcome)i);
        if (stet_span_eqs(word, name))
            return name;
    }
    return "robots";
}

static bool knows_rules(const struct stet_host *host, int64_t wall_ms)
{
    return host->answer != STET_ROBOTS_NONE &&
           wall_ms - host->rules_ms < STET_MAX_RULES_AGE_MS;
}

int stet_host_judge(const struct stet_hosts *h, const struct stet_host *host,
                    const struct stet_target *t, int64_t wall_ms,
                    struct stet_leave *out)
{
    struct stet_robots_verdict v;
    int rc;

    *out = (struct stet_leave){ .ready = STET_READY };
    if (h->ignore_robots || !stet_scope_asks_robots(t))
        return STET_OK;
    if (!knows_rules(host, wall_ms)) {
        out->ready = STET_WAIT_ROBOTS;
        return STET_OK;
    }
    if (host->answer == STET_ROBOTS_ALLOW)
        return STET_OK;
    if (host->answer == STET_ROBOTS_DENY) {
        out->ready = STET_FORBIDDEN;
        out->why = (struct stet_span){ host->why.data, host->why.len };
        out->outcome = outcome_of(stet_span_cut(&out->why, ':'));
        out->why = stet_span_trim(out->why);
        return STET_OK;
    }
    rc = stet_robots_allows(host->robots, stet_span_of(h->agent),
                            target_of(t->url), &v);
    if (rc < 0)
        return rc;
    out->ready = v.allowed ? STET_READY : STET_FORBIDDEN;
    out->outcome = "robots";
    out->why = v.rule;
    return STET_OK;
}

static enum stet_errand errand_of(const struct stet_target *t)
{
    return stet_role_is_page(t->role) || t->role == STET_ROLE_LIST
               ? STET_ERRAND_PAGE
               : STET_ERRAND_REQUISITE;
}

void stet_host_turn(const struct stet_hosts *h, const struct stet_host *host,
                    const struct stet_target *t, int64_t now_ms,
                    struct stet_leave *out)
{
    const struct stet_manners *m = &host->manners;
    struct stet_turn turn =
        stet_manners_ask(m, &h->rules, errand_of(t), now_ms);

    *out = (struct stet_leave){ .ready = STET_READY };
    if (h->max_per_host > 0 && host->begun >= h->max_per_host) {
        out->ready = STET_FORBIDDEN;
        out->outcome = "limit";
        out->why = STET_SPAN("--max-per-host");
    } else if (turn.kind == STET_TURN_WAIT) {
        out->ready = STET_WAIT_TURN;
        out->due_ms = turn.due_ms;
        out->host_waits = m->held_ms > now_ms || m->breaker_ms > now_ms;
    } else if (turn.kind == STET_TURN_NEVER) {
        out->ready = STET_FORBIDDEN;
        out->outcome = host->outcome ? host->outcome : "refused";
        out->why = stet_host_given_up(out->outcome);
    }
}

struct stet_span stet_host_given_up(const char *outcome)
{
    return strcmp(outcome, busy) == 0
               ? STET_SPAN("the host asked to be left alone for too long")
               : STET_SPAN("the host was given up after many faults in a row");
}

void stet_host_begin(const struct stet_hosts *h, struct stet_host *host,
                     const struct stet_target *t, int64_t now_ms)
{
    host->begun++;
    stet_manners_begin(&host->manners, &h->rules, errand_of(t), now_ms);
}

void stet_host_end(const struct stet_hosts *h, struct stet_host *host,
                   const struct stet_target *t,
                   const struct stet_manners_answer *a, const char *outcome,
                   int64_t now_ms)
{
    stet_manners_end(&host->manners, &h->rules, errand_of(t), a, now_ms);
    if (stet_fault_is_of_host(a->fault))
        host->outcome = outcome;
    else if (a->fault == STET_FAULT_BUSY &&
             host->manners.breaker == STET_BREAKER_DEAD)
        host->outcome = busy;
}

/* Nothing would be done otherwise if it were new. */
static bool is_idle(const struct stet_hosts *h, const struct stet_host *host,
                    int64_t now_ms)
{
    const struct stet_manners *m = &host->manners;

    return h->max_per_host == 0 && host->targets == 0 && m->requests == 0 &&
           m->next_page_ms <= now_ms && m->held_ms <= now_ms &&
           m->breaker == STET_BREAKER_CLOSED && m->faults == 0 && m->busy == 0;
}

void stet_hosts_forget_idle(struct stet_hosts *h, int64_t now_ms)
{
    struct stet_map kept;
    size_t idle = 0;

    for (size_t i = 0; i < h->map.len; i++)
        idle += is_idle(h, h->map.entries[i].value, now_ms);
    if (idle <= STET_MAX_IDLE_HOSTS)
        return;
    stet_map_init(&kept, STET_MAX_HOSTS_BYTES);
    for (size_t i = 0; i < h->map.len; i++) {
        struct stet_map_entry *from = &h->map.entries[i], *to;
        if (is_idle(h, from->value, now_ms))
            continue;
        to = stet_map_put(&kept, from->key, NULL);
        if (!to) {
            /* No memory: all are kept as they were. */
            stet_map_clear(&kept);
            return;
        }
        to->value = from->value;
    }
    for (size_t i = 0; i < h->map.len; i++) {
        struct stet_host *host = h->map.entries[i].value;
        if (is_idle(h, host, now_ms))
            free_host(host);
    }
    stet_map_clear(&h->map);
    h->map = kept;
}
