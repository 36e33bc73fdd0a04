#include "plan/manners.h"

enum {
    MAX_STRAIN = 6,            /* the pause at most times 64 */
    MAX_ANSWER_MS = 60 * 1000, /* that the pause is reckoned from */
    SMOOTHING = 4,             /* a new answer counts for a quarter */
};

const char *stet_breaker_name(enum stet_breaker b)
{
    static const char *const names[] = {
#define STET_X(name, word) word,
        STET_BREAKERS(STET_X)
#undef STET_X
    };
    return names[b];
}

void stet_manners_rules_init(struct stet_manners_rules *r)
{
    struct stet_retry_policy p;

    stet_retry_policy_init(&p);
    *r = (struct stet_manners_rules){
        .delay_ms = 1000,
        .max_delay_ms = 30 * 1000,
        .delay_factor = 2,
        .max_crawl_delay_ms = 30 * 1000,
        .max_pages = 1,
        .max_requests = 6,
        .breaker_faults = 5,
        .breaker_open_ms = 30 * 1000,
        .breaker_most_ms = 30 * 60 * 1000,
        .breaker_openings = 6,
        .busy = p.rules[STET_FAULT_BUSY],
    };
}

void stet_manners_init(struct stet_manners *m,
                       const struct stet_manners_rules *r)
{
    *m = (struct stet_manners){ .next_page_ms = INT64_MIN,
                                .held_ms = INT64_MIN,
                                .breaker_ms = INT64_MIN };
    stet_rate_init(&m->rate, r->bytes_per_s);
}

void stet_manners_crawl_delay(struct stet_manners *m, int64_t delay_ms)
{
    m->crawl_delay_ms = delay_ms > 0 ? delay_ms : 0;
}

int64_t stet_manners_delay(const struct stet_manners *m,
                           const struct stet_manners_rules *r)
{
    int64_t delay = r->delay_ms, crawl = m->crawl_delay_ms;

    if (delay > 0) {
        if (m->answer_ms * r->delay_factor > delay)
            delay = m->answer_ms * r->delay_factor;
        for (int i = 0; i < m->strain && delay < r->max_delay_ms; i++)
            delay *= 2;
        if (delay > r->max_delay_ms)
            delay = r->max_delay_ms;
        if (delay < r->delay_ms)
            delay = r->delay_ms;
    }
    if (crawl > r->max_crawl_delay_ms)
        crawl = r->max_crawl_delay_ms;
    return crawl > delay ? crawl : delay;
}

static struct stet_turn wait_until(int64_t due_ms, const char *why)
{
    return (struct stet_turn){ STET_TURN_WAIT, due_ms, why };
}

struct stet_turn stet_manners_ask(const struct stet_manners *m,
                                  const struct stet_manners_rules *r,
                                  enum stet_errand e, int64_t now_ms)
{
    if (m->breaker == STET_BREAKER_DEAD)
        return (struct stet_turn){ STET_TURN_NEVER, 0, "dead" };
    if (m->held_ms > now_ms)
        return wait_until(m->held_ms, "held");
    if (m->breaker_ms > now_ms)
        return wait_until(m->breaker_ms, "breaker");
    if (m->breaker != STET_BREAKER_CLOSED && m->requests > 0)
        return wait_until(INT64_MAX, "breaker");
    if (m->requests >= r->max_requests)
        return wait_until(INT64_MAX, "connections");
    if (stet_rate_due_ms(&m->rate) > now_ms)
        return wait_until(stet_rate_due_ms(&m->rate), "rate");
    if (e == STET_ERRAND_PAGE && m->pages >= r->max_pages)
        return wait_until(INT64_MAX, "page");
    if (e == STET_ERRAND_PAGE && m->next_page_ms > now_ms)
        return wait_until(m->next_page_ms, "delay");
    return (struct stet_turn){ STET_TURN_NOW, now_ms, "" };
}

static void not_before(int64_t *at, int64_t ms)
{
    if (ms > *at)
        *at = ms;
}

void stet_manners_begin(struct stet_manners *m,
                        const struct stet_manners_rules *r, enum stet_errand e,
                        int64_t now_ms)
{
    m->requests++;
    if (m->breaker == STET_BREAKER_OPEN)
        m->breaker = STET_BREAKER_HALF_OPEN;
    if (e != STET_ERRAND_PAGE)
        return;
    m->pages++;
    /* Where several run at once they do not start at once. */
    not_before(&m->next_page_ms, now_ms + stet_manners_delay(m, r));
}

static void open_breaker(struct stet_manners *m,
                         const struct stet_manners_rules *r, int64_t now_ms)
{
    int64_t wait = r->breaker_open_ms;

    m->faults = 0;
    m->openings++;
    if (m->openings >= r->breaker_openings) {
        m->breaker = STET_BREAKER_DEAD;
        return;
    }
    for (int i = 1; i < m->openings && wait < r->breaker_most_ms; i++)
        wait *= 2;
    if (wait > r->breaker_most_ms)
        wait = r->breaker_most_ms;
    m->breaker = STET_BREAKER_OPEN;
    not_before(&m->breaker_ms, now_ms + wait);
}

/* The host did not answer. */
static void on_silence(struct stet_manners *m,
                       const struct stet_manners_rules *r, int64_t now_ms)
{
    m->faults++;
    /* Those that were under way when it opened say nothing new. */
    if (m->breaker == STET_BREAKER_OPEN || m->breaker == STET_BREAKER_DEAD ||
        r->breaker_faults == 0)
        return;
    if (m->breaker == STET_BREAKER_HALF_OPEN || m->faults >= r->breaker_faults)
        open_breaker(m, r, now_ms);
}

/* It did, whatever it said. */
static void on_word(struct stet_manners *m, const struct stet_manners_answer *a)
{
    int64_t took = a->took_ms < 0               ? 0
                   : a->took_ms > MAX_ANSWER_MS ? MAX_ANSWER_MS
                                                : a->took_ms;

    m->faults = 0;
    m->openings = 0;
    if (m->breaker != STET_BREAKER_DEAD)
        m->breaker = STET_BREAKER_CLOSED;
    m->breaker_ms = INT64_MIN;
    m->answer_ms = m->answer_ms == 0
                       ? took
                       : m->answer_ms + (took - m->answer_ms) / SMOOTHING;
}

static void on_busy(struct stet_manners *m, const struct stet_manners_rules *r,
                    const struct stet_manners_answer *a, int64_t now_ms)
{
    struct stet_retry_policy p = { .rules = { [STET_FAULT_BUSY] = r->busy } };
    int64_t wait = a->retry_after_ms;

    if (r->most_hold_ms > 0 && wait > r->most_hold_ms) {
        m->breaker = STET_BREAKER_DEAD;
        return;
    }
    /* Six that were under way are one complaint. */
    if (m->held_ms <= now_ms)
        m->busy++;
    if (wait < 0)
        wait = stet_retry_wait(&p, STET_FAULT_BUSY, m->busy, a->random);
    if (wait > STET_MAX_RETRY_AFTER_MS)
        wait = STET_MAX_RETRY_AFTER_MS;
    if (wait < stet_manners_delay(m, r))
        wait = stet_manners_delay(m, r);
    not_before(&m->held_ms, now_ms + wait);
}

static void learn(struct stet_manners *m, const struct stet_manners_rules *r,
                  const struct stet_manners_answer *a, int64_t now_ms)
{
    if (a->answered)
        on_word(m, a);
    else if (stet_fault_is_of_host(a->fault))
        on_silence(m, r, now_ms);
    else if (m->breaker == STET_BREAKER_HALF_OPEN)
        /* The probe told nothing: another one may. */
        m->breaker = STET_BREAKER_OPEN;

    if (a->fault != STET_FAULT_NONE && m->strain < MAX_STRAIN)
        m->strain++;
    else if (a->answered && a->fault == STET_FAULT_NONE && m->strain > 0)
        m->strain--;
    if (a->fault == STET_FAULT_BUSY)
        on_busy(m, r, a, now_ms);
    else if (a->answered && a->fault == STET_FAULT_NONE)
        m->busy = 0;
}

void stet_manners_end(struct stet_manners *m,
                      const struct stet_manners_rules *r, enum stet_errand e,
                      const struct stet_manners_answer *a, int64_t now_ms)
{
    m->requests--;
    stet_rate_take(&m->rate, a->bytes, now_ms);
    learn(m, r, a, now_ms);
    if (e != STET_ERRAND_PAGE)
        return;
    m->pages--;
    not_before(&m->next_page_ms, now_ms + stet_manners_delay(m, r));
}
