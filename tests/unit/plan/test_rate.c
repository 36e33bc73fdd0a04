#include "plan/rate.h"

#include "lib/tap.h"

static void without_a_limit_nothing_waits(void)
{
    struct stet_rate r;

    stet_rate_init(&r, 0);
    stet_rate_take(&r, UINT64_MAX, 5);
    CHECK(stet_rate_due_ms(&r) <= 5);
}

static void a_second_may_come_at_once(void)
{
    struct stet_rate r;

    stet_rate_init(&r, 1000);
    CHECK(stet_rate_due_ms(&r) <= 0);
    stet_rate_take(&r, 1000, 0);
    CHECK_INT(stet_rate_due_ms(&r), 0);
    stet_rate_take(&r, 500, 0);
    CHECK_INT(stet_rate_due_ms(&r), 500);
    stet_rate_take(&r, 1, 0);
    CHECK_INT(stet_rate_due_ms(&r), 501);
    /* What was not used is not saved up for more than a second. */
    stet_rate_take(&r, 1500, 100000);
    CHECK_INT(stet_rate_due_ms(&r), 100500);
}

static void keeps_the_rate_over_time(void)
{
    struct stet_rate r;
    int64_t now = 0, total = 0;
    unsigned state = 7;

    stet_rate_init(&r, 12345);
    for (int i = 0; i < 100000; i++) {
        unsigned bytes;

        state = state * 1664525U + 1013904223U;
        bytes = state >> 20;
        if (stet_rate_due_ms(&r) > now)
            now = stet_rate_due_ms(&r);
        stet_rate_take(&r, bytes, now);
        total += bytes;
    }
    CHECK(total * 1000 / now <= 12345 * 101 / 100);
    CHECK(total * 1000 / now >= 12345 * 99 / 100);
}

static void bears_any_number(void)
{
    struct stet_rate r;

    stet_rate_init(&r, 1);
    for (int i = 0; i < 100; i++)
        stet_rate_take(&r, UINT64_MAX, i);
    CHECK(stet_rate_due_ms(&r) <= INT64_C(100) * 86401 * 1000);
    stet_rate_init(&r, INT64_MAX);
    stet_rate_take(&r, UINT64_MAX, 0);
    CHECK(stet_rate_due_ms(&r) <= 2000);
    stet_rate_init(&r, -5);
    CHECK_INT(r.per_s, 0);
}

TESTS({ "without a limit nothing waits", without_a_limit_nothing_waits },
      { "a second may come at once", a_second_may_come_at_once },
      { "keeps the rate over time", keeps_the_rate_over_time },
      { "bears any number", bears_any_number })
