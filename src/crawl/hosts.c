#include "crawl/hosts.h"

#include "base/mem.h"
#include "fetch/exchange.h"
#include "plan/scope.h"
#include "stet/url.h"

void stet_hosts_init(struct stet_hosts *h, const char *agent, int64_t delay_ms,
                     bool ignore_robots)
{
    *h = (struct stet_hosts){ .agent = agent,
                              .delay_ms = delay_ms,
                              .ignore_robots = ignore_robots };
    stet_map_init(&h->map, STET_MAX_HOSTS_BYTES);
}

void stet_hosts_clear(struct stet_hosts *h)
{
    for (size_t i = 0; i < h->map.len; i++) {
        struct stet_host *host = h->map.entries[i].value;
        if (host) {
            stet_robots_free(host->robots);
            stet_bytes_clear(&host->why);
        }
        stet_free(host);
    }
    stet_map_clear(&h->map);
}

/* http and https URLs are serialised: the origin ends at the third '/'. */
static struct stet_span origin_of(struct stet_span url)
{
    size_t at = stet_span_find(url, STET_SPAN("://"));
    size_t end = at < url.len ? at + 3 : url.len;

    while (end < url.len && url.ptr[end] != '/')
        end++;
    return stet_span_sub(url, 0, end);
}

int stet_hosts_get(struct stet_hosts *h, struct stet_span url,
                   struct stet_host **out)
{
    struct stet_span origin = origin_of(url);
    struct stet_map_entry *e;

    *out = NULL;
    if (origin.len == 0)
        return STET_EFORMAT;
    e = stet_map_put(&h->map, origin, NULL);
    if (e && !e->value)
        e->value = stet_alloc(sizeof(struct stet_host));
    if (!e || !e->value)
        return STET_ENOMEM;
    *out = e->value;
    return STET_OK;
}

int stet_hosts_learn(struct stet_hosts *h, struct stet_span robots_url,
                     enum stet_robots_answer answer, struct stet_span body)
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
    return STET_OK;
}

/* Path and query of a serialised URL. */
static struct stet_span target_of(struct stet_span url)
{
    return stet_span_sub(url, origin_of(url).len, url.len);
}

static int64_t delay_of(const struct stet_hosts *h,
                        const struct stet_host *host)
{
    struct stet_robots_verdict v = { .crawl_delay_ms = -1 };
    int64_t delay = h->delay_ms;

    if (host->robots && !h->ignore_robots)
        stet_robots_allows(host->robots, stet_span_of(h->agent), STET_SPAN("/"),
                           &v);
    if (v.crawl_delay_ms > STET_MAX_CRAWL_DELAY_MS)
        v.crawl_delay_ms = STET_MAX_CRAWL_DELAY_MS;
    return v.crawl_delay_ms > delay ? v.crawl_delay_ms : delay;
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

/* What the host's rules say: READY, WAIT_ROBOTS or FORBIDDEN. */
static int judge(const struct stet_hosts *h, const struct stet_host *host,
                 const struct stet_target *t, struct stet_leave *out)
{
    struct stet_robots_verdict v;
    int rc;

    out->ready = STET_READY;
    if (h->ignore_robots || !stet_scope_asks_robots(t) ||
        host->answer == STET_ROBOTS_ALLOW)
        return STET_OK;
    if (host->answer == STET_ROBOTS_NONE) {
        out->ready = STET_WAIT_ROBOTS;
        return STET_OK;
    }
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

/* Whether a page has to wait for its turn, and until when. */
static bool waits(const struct stet_host *host, int64_t now_ms,
                  struct stet_leave *out)
{
    if (host->pages_active > 0)
        return true;
    out->due_ms = host->next_page_ms;
    return out->due_ms > now_ms;
}

/* The turn is looked at before the rules, which take longer to read: all
 * that wait are asked about again and again. */
int stet_hosts_ask(struct stet_hosts *h, const struct stet_target *t,
                   int64_t now_ms, struct stet_leave *out)
{
    struct stet_host *host;
    int rc = stet_hosts_get(h, t->url, &host);

    *out = (struct stet_leave){ .ready = STET_WAIT_TURN, .due_ms = INT64_MAX };
    if (rc < 0 || (stet_role_is_page(t->role) && waits(host, now_ms, out)))
        return rc;
    return judge(h, host, t, out);
}

int stet_hosts_begin(struct stet_hosts *h, const struct stet_target *t)
{
    struct stet_host *host;
    int rc = stet_hosts_get(h, t->url, &host);

    if (rc == STET_OK && stet_role_is_page(t->role))
        host->pages_active++;
    return rc;
}

int stet_hosts_end(struct stet_hosts *h, const struct stet_target *t,
                   int64_t now_ms)
{
    struct stet_host *host;
    int rc = stet_hosts_get(h, t->url, &host);

    if (rc == STET_OK && stet_role_is_page(t->role)) {
        host->pages_active--;
        host->next_page_ms = now_ms + delay_of(h, host);
    }
    return rc;
}
