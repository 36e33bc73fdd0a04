#include "plan/retry.h"

#include "base/date.h"
#include "base/span.h"
#include "http/link.h"

const char *stet_fault_name(enum stet_fault f)
{
    static const char *const names[] = {
#define STET_X(name, word) word,
        STET_FAULTS(STET_X)
#undef STET_X
    };
    return names[f];
}

static enum stet_fault fault_of_status(int status)
{
    switch (status) {
    case 429:
    case 503:
        return STET_FAULT_BUSY;
    case 408:
    case 500:
    case 502:
    case 504:
        return STET_FAULT_SERVER;
    default:
        return status >= 520 && status <= 524 ? STET_FAULT_SERVER
                                              : STET_FAULT_NONE;
    }
}

enum stet_fault stet_fault_of(struct stet_span outcome, int status)
{
    static const struct {
        const char *word;
        enum stet_fault fault;
    } faults[] = {
        { "dns", STET_FAULT_NAME },
        { "refused", STET_FAULT_CONNECT },
        { "connect-timeout", STET_FAULT_CONNECT },
        { "proxy", STET_FAULT_CONNECT },
        { "tls", STET_FAULT_CONNECT },
        { "send", STET_FAULT_BROKEN },
        { "empty", STET_FAULT_BROKEN },
        { "timeout", STET_FAULT_BROKEN },
        { "disconnected", STET_FAULT_BROKEN },
    };

    if (stet_span_eqs(outcome, "ok"))
        return fault_of_status(status);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (stet_span_eqs(outcome, faults[i].word))
            return faults[i].fault;
    return STET_FAULT_NONE;
}

bool stet_fault_is_of_host(enum stet_fault f)
{
    return f == STET_FAULT_NAME || f == STET_FAULT_CONNECT ||
           f == STET_FAULT_BROKEN;
}

void stet_retry_policy_init(struct stet_retry_policy *p)
{
    enum { SECOND = 1000, MINUTE = 60 * SECOND };

    *p = (struct stet_retry_policy){
        .rules = {
            [STET_FAULT_NONE] = { 1, 0, 0 },
            [STET_FAULT_NAME] = { 3, 10 * SECOND, 10 * MINUTE },
            [STET_FAULT_CONNECT] = { 3, 15 * SECOND, 10 * MINUTE },
            [STET_FAULT_BROKEN] = { 3, 5 * SECOND, 10 * MINUTE },
            [STET_FAULT_BUSY] = { 5, 30 * SECOND, 60 * MINUTE },
            [STET_FAULT_SERVER] = { 3, 10 * SECOND, 10 * MINUTE },
        },
        .max_tries = STET_MAX_TRIES,
    };
}

int64_t stet_retry_wait(const struct stet_retry_policy *p, enum stet_fault f,
                        int n, uint64_t random)
{
    const struct stet_retry_rule *r = &p->rules[f];
    int64_t wait = r->first_ms, half;

    for (; n > 1 && wait < r->most_ms; n--)
        wait *= 2;
    if (wait > r->most_ms)
        wait = r->most_ms;
    half = wait / 2;
    return half + (int64_t)(random % (uint64_t)(wait - half + 1));
}

bool stet_retry_decide(const struct stet_retry_policy *p,
                       const struct stet_retry_case *c, int64_t *wait_ms)
{
    int most = p->rules[c->fault].tries;

    *wait_ms = 0;
    if (most > p->max_tries)
        most = p->max_tries;
    if (c->fault == STET_FAULT_NONE || c->tries >= most)
        return false;
    *wait_ms = stet_retry_wait(p, c->fault, c->tries, c->random);
    if (c->retry_after_ms > *wait_ms)
        *wait_ms = c->retry_after_ms < STET_MAX_RETRY_AFTER_MS
                       ? c->retry_after_ms
                       : STET_MAX_RETRY_AFTER_MS;
    return true;
}

int64_t stet_retry_after(struct stet_span retry_after, struct stet_span date,
                         int64_t now_ms)
{
    int64_t sent = stet_http_date_parse(date, now_ms);

    return stet_retry_after_parse(retry_after,
                                  sent == STET_NO_DATE ? now_ms : sent,
                                  STET_MAX_RETRY_AFTER_MS);
}
