/*
 * The first line is a Retry-After field, the second a Date field, and each
 * byte of the rest something that happens to a host: time goes on, a request
 * starts or ends well or badly.  Whatever happens, in whatever order:
 *
 *   - a Retry-After is nothing, or within its bounds;
 *   - there is never more than one page at once, nor more than six requests,
 *     and no page within a second of another;
 *   - nothing waits for what is not under way, nor for more than an hour.
 */
#include "plan/manners.h"

#include "base/span.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool ok)
{
    if (!ok)
        abort();
}

struct world {
    struct stet_manners_rules rules;
    struct stet_manners host;
    int64_t now, page_over, retry_after;
    int pages, others;
};

static void may_start(struct world *w, enum stet_errand e)
{
    struct stet_turn t = stet_manners_ask(&w->host, &w->rules, e, w->now);
    bool is_page = e == STET_ERRAND_PAGE;

    if (t.kind == STET_TURN_WAIT) {
        demand(t.due_ms > w->now);
        demand(t.due_ms == INT64_MAX ? w->pages + w->others > 0
                                     : t.due_ms - w->now <= 3600000);
    }
    if (t.kind != STET_TURN_NOW)
        return;
    stet_manners_begin(&w->host, &w->rules, e, w->now);
    demand(!is_page || w->now - w->page_over >= 1000);
    w->pages += is_page;
    w->others += !is_page;
    demand(w->pages <= 1 && w->pages + w->others <= 6);
}

static void may_end(struct world *w, enum stet_errand e, unsigned how)
{
    struct stet_manners_answer a = {
        .fault = (enum stet_fault)(how % STET_FAULTS_COUNT),
        .answered = how & 8,
        .took_ms = (int64_t)how * 40,
        .retry_after_ms = how & 16 ? w->retry_after : -1,
        .random = how * 7919U,
    };
    int *under_way = e == STET_ERRAND_PAGE ? &w->pages : &w->others;

    if (*under_way == 0)
        return;
    --*under_way;
    if (e == STET_ERRAND_PAGE)
        w->page_over = w->now;
    stet_manners_end(&w->host, &w->rules, e, &a, w->now);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span rest = { (const char *)data, size };
    struct stet_span after = stet_span_cut(&rest, '\n');
    struct stet_span date = { "", 0 };
    struct world w = { .now = 1000, .page_over = -1000000 };

    if (rest.ptr)
        date = stet_span_cut(&rest, '\n');
    w.retry_after = stet_retry_after(after, date, INT64_C(1795448400000));
    demand(w.retry_after >= -1 && w.retry_after <= STET_MAX_RETRY_AFTER_MS);
    stet_manners_rules_init(&w.rules);
    stet_manners_init(&w.host, &w.rules);
    for (size_t i = 0; rest.ptr && i < rest.len; i++) {
        unsigned byte = (unsigned char)rest.ptr[i];
        enum stet_errand e =
            byte & 4 ? STET_ERRAND_PAGE : STET_ERRAND_REQUISITE;

        if ((byte & 3) == 0)
            w.now += (int64_t)(byte >> 2) * (byte >> 2) * 50;
        else if ((byte & 3) == 1)
            may_start(&w, e);
        else
            may_end(&w, e, byte >> 3);
        demand(stet_manners_delay(&w.host, &w.rules) >= 1000);
        demand(stet_manners_delay(&w.host, &w.rules) <= 30000);
    }
    return 0;
}
