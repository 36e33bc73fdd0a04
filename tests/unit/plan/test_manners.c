#include "plan/manners.h"

#include "base/span.h"
#include "lib/tap.h"

#include <string.h>

static const struct stet_manners_answer good = { .answered = true,
                                                 .took_ms = 100,
                                                 .retry_after_ms = -1 };
static const struct stet_manners_answer silent = { .fault = STET_FAULT_CONNECT,
                                                   .retry_after_ms = -1 };

static struct stet_manners_answer busy(int64_t retry_after_ms)
{
    return (struct stet_manners_answer){ .fault = STET_FAULT_BUSY,
                                         .answered = true,
                                         .took_ms = 10,
                                         .retry_after_ms = retry_after_ms };
}

struct host {
    struct stet_manners_rules r;
    struct stet_manners m;
};

static void open_host(struct host *h)
{
    stet_manners_rules_init(&h->r);
    stet_manners_init(&h->m, &h->r);
}

static struct stet_turn ask(const struct host *h, enum stet_errand e,
                            int64_t now)
{
    return stet_manners_ask(&h->m, &h->r, e, now);
}

static void begin(struct host *h, enum stet_errand e, int64_t now)
{
    CHECK_INT(ask(h, e, now).kind, STET_TURN_NOW);
    stet_manners_begin(&h->m, &h->r, e, now);
}

static void end(struct host *h, enum stet_errand e,
                const struct stet_manners_answer *a, int64_t now)
{
    stet_manners_end(&h->m, &h->r, e, a, now);
}

static void one(struct host *h, const struct stet_manners_answer *a,
                int64_t now)
{
    begin(h, STET_ERRAND_PAGE, now);
    end(h, STET_ERRAND_PAGE, a, now + a->took_ms);
}

static void check_waits(const struct host *h, enum stet_errand e, int64_t now,
                        const char *why, int64_t due)
{
    struct stet_turn t = ask(h, e, now);

    CHECK_INT(t.kind, STET_TURN_WAIT);
    CHECK_STR(t.why, why);
    CHECK_INT(t.due_ms, due);
}

static void takes_pages_one_by_one(void)
{
    struct host h;

    open_host(&h);
    begin(&h, STET_ERRAND_PAGE, 0);
    check_waits(&h, STET_ERRAND_PAGE, 10, "page", INT64_MAX);
    end(&h, STET_ERRAND_PAGE, &good, 100);
    check_waits(&h, STET_ERRAND_PAGE, 101, "delay", 1100);
    CHECK_INT(ask(&h, STET_ERRAND_PAGE, 1100).kind, STET_TURN_NOW);
    h.r.delay_ms = 0;
    one(&h, &good, 2000);
    CHECK_INT(ask(&h, STET_ERRAND_PAGE, 2100).kind, STET_TURN_NOW);
}

static void takes_six_requisites_at_once(void)
{
    struct host h;

    open_host(&h);
    begin(&h, STET_ERRAND_PAGE, 0);
    for (int i = 0; i < 5; i++)
        begin(&h, STET_ERRAND_REQUISITE, 0);
    check_waits(&h, STET_ERRAND_REQUISITE, 0, "connections", INT64_MAX);
    end(&h, STET_ERRAND_PAGE, &good, 1);
    begin(&h, STET_ERRAND_REQUISITE, 1);
    check_waits(&h, STET_ERRAND_REQUISITE, 1, "connections", INT64_MAX);
}

static void gives_several_pages_a_start_each(void)
{
    struct host h;

    open_host(&h);
    h.r.max_pages = 3;
    begin(&h, STET_ERRAND_PAGE, 0);
    check_waits(&h, STET_ERRAND_PAGE, 0, "delay", 1000);
    begin(&h, STET_ERRAND_PAGE, 1000);
    begin(&h, STET_ERRAND_PAGE, 2000);
    check_waits(&h, STET_ERRAND_PAGE, 9000, "page", INT64_MAX);
}

static void slows_down_with_a_slow_server(void)
{
    struct host h;
    struct stet_manners_answer slow = good;
    int64_t now = 0;

    open_host(&h);
    slow.took_ms = 4000;
    one(&h, &slow, 0);
    CHECK_INT(stet_manners_delay(&h.m, &h.r), 8000);
    slow.took_ms = 1000 * 1000;
    one(&h, &slow, 100 * 1000);
    CHECK_INT(stet_manners_delay(&h.m, &h.r), 30000);
    for (int i = 0; i < 40; i++)
        one(&h, &good, now += 2000 * 1000);
    CHECK_INT(stet_manners_delay(&h.m, &h.r), 1000);
}

static void slows_down_with_faults(void)
{
    struct stet_manners_answer broken = { .fault = STET_FAULT_SERVER,
                                          .answered = true,
                                          .took_ms = 1,
                                          .retry_after_ms = -1 };
    struct host h;
    int64_t now = 0;

    open_host(&h);
    for (int i = 1; i <= 10; i++) {
        one(&h, &broken, now += 100000);
        CHECK_INT(stet_manners_delay(&h.m, &h.r),
                  i < 5 ? INT64_C(1000) << i : 30000);
    }
    for (int i = 0; i < 6; i++)
        one(&h, &good, now += 100000);
    CHECK_INT(stet_manners_delay(&h.m, &h.r), 1000);
}

static void keeps_the_crawl_delay(void)
{
    struct host h;

    open_host(&h);
    stet_manners_crawl_delay(&h.m, 5000);
    one(&h, &good, 0);
    check_waits(&h, STET_ERRAND_PAGE, 200, "delay", 5100);
    stet_manners_crawl_delay(&h.m, 86400 * 1000);
    CHECK_INT(stet_manners_delay(&h.m, &h.r), 30000);
    stet_manners_crawl_delay(&h.m, 10);
    CHECK_INT(stet_manners_delay(&h.m, &h.r), 1000);
    stet_manners_crawl_delay(&h.m, -1);
    CHECK_INT(stet_manners_delay(&h.m, &h.r), 1000);
}

static void leaves_a_busy_host_alone(void)
{
    struct stet_manners_answer a = busy(120 * 1000);
    struct host h;

    open_host(&h);
    begin(&h, STET_ERRAND_REQUISITE, 0);
    one(&h, &a, 0);
    check_waits(&h, STET_ERRAND_PAGE, 20, "held", 120010);
    check_waits(&h, STET_ERRAND_REQUISITE, 20, "held", 120010);
    /* A shorter word of another answer does not shorten it. */
    a = busy(1000);
    end(&h, STET_ERRAND_REQUISITE, &a, 30);
    check_waits(&h, STET_ERRAND_REQUISITE, 40, "held", 120010);
    CHECK_INT(ask(&h, STET_ERRAND_REQUISITE, 120010).kind, STET_TURN_NOW);
    a = busy(INT64_MAX);
    one(&h, &a, 200000);
    check_waits(&h, STET_ERRAND_PAGE, 200011, "held",
                200010 + STET_MAX_RETRY_AFTER_MS);
}

static void grows_the_time_for_one_that_does_not_say(void)
{
    struct stet_manners_answer a = busy(-1);
    struct host h;
    int64_t now = 0;

    open_host(&h);
    for (int i = 0; i < 12; i++) {
        int64_t whole = INT64_C(30000) << i;

        a.random = (uint64_t)i * 104729;
        if (whole > 3600000)
            whole = 3600000;
        one(&h, &a, now);
        now += a.took_ms;
        CHECK(h.m.held_ms - now >= whole / 2 && h.m.held_ms - now <= whole);
        now = h.m.held_ms + 60000;
    }
    one(&h, &good, now);
    CHECK_INT(h.m.busy, 0);
}

static void asks_again_no_sooner_for_a_zero(void)
{
    struct stet_manners_answer a = busy(0);
    struct host h;

    open_host(&h);
    one(&h, &a, 0);
    check_waits(&h, STET_ERRAND_REQUISITE, 11, "held", 2010);
}

static void opens_the_breaker_on_silence(void)
{
    struct host h;
    int64_t now = 0, open = 30000;

    open_host(&h);
    h.r.delay_ms = 0;
    for (int i = 0; i < 5; i++) {
        CHECK_INT(h.m.breaker, STET_BREAKER_CLOSED);
        one(&h, &silent, now += 10);
    }
    for (int opening = 1; opening < 6; opening++, open *= 2) {
        CHECK_INT(h.m.breaker, STET_BREAKER_OPEN);
        check_waits(&h, STET_ERRAND_REQUISITE, now + 1, "breaker", now + open);
        now += open;
        begin(&h, STET_ERRAND_REQUISITE, now);
        CHECK_INT(h.m.breaker, STET_BREAKER_HALF_OPEN);
        check_waits(&h, STET_ERRAND_REQUISITE, now, "breaker", INT64_MAX);
        end(&h, STET_ERRAND_REQUISITE, &silent, now);
    }
    CHECK_STR(stet_breaker_name(h.m.breaker), "dead");
    CHECK_INT(ask(&h, STET_ERRAND_PAGE, INT64_MAX).kind, STET_TURN_NEVER);
}

static void closes_it_on_a_word(void)
{
    struct stet_manners_answer cut = { .fault = STET_FAULT_BROKEN,
                                       .answered = true,
                                       .retry_after_ms = -1 };
    struct host h;
    int64_t now = 0;

    open_host(&h);
    h.r.delay_ms = 0;
    for (int i = 0; i < 5; i++)
        one(&h, &silent, now += 10);
    now += 30000;
    begin(&h, STET_ERRAND_PAGE, now);
    end(&h, STET_ERRAND_PAGE, &cut, now);
    CHECK_INT(h.m.breaker, STET_BREAKER_CLOSED);
    CHECK_INT(h.m.openings, 0);
    /* Answers that are cut, however many, are answers. */
    for (int i = 0; i < 20; i++)
        one(&h, &cut, now += 10);
    CHECK_INT(h.m.breaker, STET_BREAKER_CLOSED);
}

static void learns_nothing_from_what_never_got_there(void)
{
    struct stet_manners_answer nothing = { .retry_after_ms = -1 };
    struct host h;
    int64_t now = 0;

    open_host(&h);
    h.r.delay_ms = 0;
    for (int i = 0; i < 5; i++)
        one(&h, &silent, now += 10);
    now += 30000;
    begin(&h, STET_ERRAND_REQUISITE, now);
    end(&h, STET_ERRAND_REQUISITE, &nothing, now);
    CHECK_INT(h.m.breaker, STET_BREAKER_OPEN);
    begin(&h, STET_ERRAND_REQUISITE, now);
    end(&h, STET_ERRAND_REQUISITE, &good, now);
    CHECK_INT(h.m.breaker, STET_BREAKER_CLOSED);
}

static void counts_one_outage_once(void)
{
    struct host h;

    open_host(&h);
    for (int i = 0; i < 6; i++)
        begin(&h, STET_ERRAND_REQUISITE, 0);
    for (int i = 0; i < 6; i++)
        end(&h, STET_ERRAND_REQUISITE, &silent, 100 + i);
    CHECK_INT(h.m.openings, 1);
    CHECK_INT(h.m.breaker_ms, 104 + 30000);
}

static void keeps_the_rate_of_a_host(void)
{
    struct stet_manners_answer a = good;
    struct host h;

    open_host(&h);
    h.r.bytes_per_s = 1000;
    stet_manners_init(&h.m, &h.r);
    a.bytes = 11000;
    begin(&h, STET_ERRAND_REQUISITE, 0);
    end(&h, STET_ERRAND_REQUISITE, &a, 500);
    check_waits(&h, STET_ERRAND_REQUISITE, 600, "rate", 10500);
    CHECK_INT(ask(&h, STET_ERRAND_REQUISITE, 10500).kind, STET_TURN_NOW);
}

/*
 * A host of many tempers, asked at every chance for half a day: whatever
 * comes, the promises hold at every instant.
 */
struct flight {
    enum stet_errand errand;
    int64_t over_ms;
};

static unsigned state = 1;

static unsigned draw(unsigned n)
{
    state = state * 1664525U + 1013904223U;
    return (state >> 16) % n;
}

static struct stet_manners_answer temper(int64_t now)
{
    struct stet_manners_answer a = good;

    a.took_ms = 20 + draw(2000);
    a.bytes = draw(50000);
    a.random = draw(65536);
    if (now % 3600000 < 200000)
        a = silent;
    else if (draw(50) == 0)
        a = busy(draw(2) ? -1 : (int64_t)draw(300000));
    else if (draw(20) == 0)
        a.fault = STET_FAULT_SERVER;
    return a;
}

static void keeps_its_promises_all_day(void)
{
    struct flight air[16];
    size_t n = 0;
    int64_t last_page = -1000000, held = 0;
    int pages = 0, requests = 0, done = 0;
    struct host h;

    open_host(&h);
    for (int64_t now = 0; now < 12 * 3600 * 1000; now += 1 + draw(100)) {
        for (size_t i = 0; i < n;) {
            struct stet_manners_answer a;

            if (air[i].over_ms > now) {
                i++;
                continue;
            }
            a = temper(now);
            end(&h, air[i].errand, &a, now);
            if (air[i].errand == STET_ERRAND_PAGE) {
                last_page = now;
                pages--;
            }
            if (a.fault == STET_FAULT_BUSY && a.retry_after_ms > 0 &&
                now + a.retry_after_ms > held)
                held = now + a.retry_after_ms;
            requests--;
            done++;
            air[i] = air[--n];
        }
        for (int e = 0; e < 2; e++) {
            struct stet_turn t = ask(&h, (enum stet_errand)e, now);

            if (t.kind != STET_TURN_NOW) {
                CHECK(t.kind == STET_TURN_WAIT);
                CHECK(t.due_ms > now);
                CHECK(t.due_ms < INT64_MAX || requests > 0);
                continue;
            }
            stet_manners_begin(&h.m, &h.r, (enum stet_errand)e, now);
            if (e == STET_ERRAND_PAGE)
                CHECK(now - last_page >= 1000);
            CHECK(now >= held);
            pages += e == STET_ERRAND_PAGE;
            requests++;
            CHECK(pages <= 1 && requests <= 6);
            air[n++] =
                (struct flight){ (enum stet_errand)e, now + 20 + draw(3000) };
        }
    }
    CHECK(done > 5000);
    CHECK_INT(h.m.breaker == STET_BREAKER_DEAD, false);
}

TESTS({ "takes pages one by one", takes_pages_one_by_one },
      { "takes six requisites at once", takes_six_requisites_at_once },
      { "gives several pages a start each", gives_several_pages_a_start_each },
      { "slows down with a slow server", slows_down_with_a_slow_server },
      { "slows down with faults", slows_down_with_faults },
      { "keeps the Crawl-delay", keeps_the_crawl_delay },
      { "leaves a busy host alone", leaves_a_busy_host_alone },
      { "grows the time for one that does not say",
        grows_the_time_for_one_that_does_not_say },
      { "asks again no sooner for a zero", asks_again_no_sooner_for_a_zero },
      { "opens the breaker on silence", opens_the_breaker_on_silence },
      { "closes it on a word", closes_it_on_a_word },
      { "learns nothing from what never got there",
        learns_nothing_from_what_never_got_there },
      { "counts one outage once", counts_one_outage_once },
      { "keeps the rate of a host", keeps_the_rate_of_a_host },
      { "keeps its promises all day", keeps_its_promises_all_day })
