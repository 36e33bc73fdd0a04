/*
 * What becomes of an exchange that is over: it goes to be archived, or is
 * tried again later; and what it says of its host.
 */
#include "crawl/engine.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/uuid.h"
#include "http/message.h"

/* What Retry-After says; -1: nothing. */
static int64_t retry_after(const struct engine *e,
                           const struct stet_exchange *x)
{
    struct stet_head head;
    int64_t wait = -1;

    stet_head_init(&head);
    if (x->head.len > 0 &&
        stet_head_parse_response(
            &head, (struct stet_span){ x->head.data, x->head.len }, NULL) ==
            STET_OK)
        wait =
            stet_retry_after(stet_head_get(&head, "Retry-After"),
                             stet_head_get(&head, "Date"), stet_engine_wall(e));
    stet_head_clear(&head);
    return wait;
}

static struct stet_manners_answer answer_of(const struct engine *e,
                                            const struct stet_exchange *x)
{
    struct stet_span outcome = stet_span_of(stet_outcome_name(x->outcome));
    struct stet_manners_answer a = {
        .fault = stet_fault_of(outcome, x->status),
        .answered = x->head.len > 0,
        .took_ms = x->took_ms,
        .retry_after_ms = -1,
        .bytes = x->body.len,
        .random = stet_random_u64(),
    };

    if (a.fault == STET_FAULT_BUSY || a.fault == STET_FAULT_SERVER)
        a.retry_after_ms = retry_after(e, x);
    return a;
}

/* A host that was given up fails with all that is queued for it. */
static void tell_death(struct engine *e, struct stet_host *host,
                       struct stet_span url)
{
    struct stet_message *m;

    if (host->manners.breaker != STET_BREAKER_DEAD || host->dead_told)
        return;
    host->dead_told = true;
    m = stet_engine_about(STET_MSG_DEAD, url);
    if (m)
        m->outcome = host->outcome ? host->outcome : "refused";
    stet_engine_tell(e, m);
}

/* Sends the target back to wait for another try; false: it is not worth
 * one. */
static bool defer(struct engine *e, struct stet_target *t,
                  const struct stet_exchange *x,
                  const struct stet_manners_answer *a, bool is_dead)
{
    struct stet_retry_case c = { a->fault, t->attempts + 1, a->retry_after_ms,
                                 a->random };
    struct stet_message *m;
    int64_t wait;

    if (is_dead || !stet_retry_decide(&e->retry, &c, &wait))
        return false;
    m = stet_message_new(STET_MSG_DEFER);
    if (m && !stet_message_set(&m->why, stet_span_of(x->why))) {
        stet_message_free(m);
        m = NULL;
    }
    if (m) {
        m->target = t;
        t->attempts++;
        m->when_ms = stet_engine_wall(e) + wait;
    } else {
        stet_target_free(t);
    }
    e->in_work--;
    e->progress.retried++;
    stet_engine_tell(e, m);
    return true;
}

/* On its way to be archived.  False: no memory; all stays the caller's. */
static bool archive(struct engine *e, struct stet_target *t,
                    struct stet_exchange *x)
{
    struct stet_message *m = stet_message_new(STET_MSG_LOOKUP);

    if (m)
        m->job = stet_alloc(sizeof(*m->job));
    if (!m || !m->job) {
        stet_message_free(m);
        return false;
    }
    m->job->target = t;
    m->job->exchange = x;
    if (e->run->o->fixed.clock_ms != 0)
        x->took_ms = 0;
    stet_engine_tell(e, m);
    return true;
}

void stet_run_on_exchange(void *ctx, struct stet_exchange *x)
{
    struct engine *e = ((struct stet_run *)ctx)->engine;
    struct stet_target *t = x->ctx;
    struct stet_manners_answer a = answer_of(e, x);
    struct stet_host *host;
    int rc = stet_hosts_get(&e->hosts, t->url, &host);

    e->active--;
    if (rc == STET_OK) {
        host->targets--;
        stet_host_end(&e->hosts, host, t, &a, stet_outcome_name(x->outcome),
                      stet_engine_now());
        stet_rate_take(&e->rate, a.bytes, stet_engine_now());
        tell_death(e, host, t->url);
    }
    if (rc < 0) {
        stet_engine_fail(e, rc, "no memory for a host");
    } else if (x->outcome == STET_OUT_INTERNAL) {
        stet_engine_fail(e, x->fatal, x->why);
    } else if (x->outcome != STET_OUT_CANCELLED) {
        if (defer(e, t, x, &a, host->manners.breaker == STET_BREAKER_DEAD)) {
            stet_exchange_free(x);
            return;
        }
        if (archive(e, t, x))
            return;
        stet_engine_fail(e, STET_ENOMEM, "no memory for a capture");
    }
    /* A cancelled one stays queued: the next run takes it up. */
    e->in_work--;
    stet_exchange_free(x);
    stet_target_free(t);
}
