#include "plan/retry.h"

#include "base/span.h"
#include "lib/tap.h"

static const struct {
    const char *outcome;
    int status;
    const char *fault;
} faults[] = {
    { "ok", 200, "none" },
    { "ok", 404, "none" },
    { "ok", 403, "none" },
    { "ok", 501, "none" },
    { "ok", 429, "busy" },
    { "ok", 503, "busy" },
    { "ok", 500, "server" },
    { "ok", 502, "server" },
    { "ok", 504, "server" },
    { "ok", 408, "server" },
    { "ok", 522, "server" },
    { "dns", 0, "name" },
    { "refused", 0, "connect" },
    { "connect-timeout", 0, "connect" },
    { "proxy", 0, "connect" },
    { "tls", 0, "connect" },
    { "send", 0, "broken" },
    { "empty", 0, "broken" },
    { "timeout", 0, "broken" },
    { "disconnected", 200, "broken" },
    { "tls-certificate", 0, "none" },
    { "blocked-address", 0, "none" },
    { "bad-scheme", 0, "none" },
    { "bad-url", 0, "none" },
    { "malformed", 0, "none" },
    { "length", 200, "none" },
    { "time", 200, "none" },
    { "cancelled", 0, "none" },
    { "internal", 0, "none" },
    { "robots", 0, "none" },
};

static void names_the_fault(void)
{
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        tap_row(faults[i].outcome);
        CHECK_STR(stet_fault_name(stet_fault_of(stet_span_of(faults[i].outcome),
                                                faults[i].status)),
                  faults[i].fault);
    }
}

static void waits_twice_as_long_each_time(void)
{
    struct stet_retry_policy p;

    stet_retry_policy_init(&p);
    for (int n = 1; n <= 60; n++) {
        int64_t whole = n < 7 ? INT64_C(10000) << (n - 1) : 600000;

        if (whole > 600000)
            whole = 600000;
        for (uint64_t random = 0; random < 200000; random += 7919) {
            int64_t w = stet_retry_wait(&p, STET_FAULT_NAME, n, random);
            CHECK(w >= whole / 2 && w <= whole);
        }
        CHECK_INT(stet_retry_wait(&p, STET_FAULT_NAME, n, 0), whole / 2);
        CHECK_INT(stet_retry_wait(&p, STET_FAULT_NAME, n,
                                  (uint64_t)(whole - whole / 2)),
                  whole);
        stet_retry_wait(&p, STET_FAULT_NAME, n, UINT64_MAX);
    }
}

static void gives_up_in_the_end(void)
{
    struct stet_retry_policy p;
    struct stet_retry_case c = { STET_FAULT_SERVER, 2, -1, 0 };
    int64_t wait;

    stet_retry_policy_init(&p);
    CHECK(stet_retry_decide(&p, &c, &wait));
    CHECK_INT(wait, 10000);
    c.tries = 3;
    CHECK(!stet_retry_decide(&p, &c, &wait));
    c.fault = STET_FAULT_BUSY;
    CHECK(stet_retry_decide(&p, &c, &wait));
    c.tries = 5;
    CHECK(!stet_retry_decide(&p, &c, &wait));
    c.fault = STET_FAULT_NONE;
    c.tries = 1;
    CHECK(!stet_retry_decide(&p, &c, &wait));
    c.fault = STET_FAULT_CONNECT;
    p.max_tries = 1;
    CHECK(!stet_retry_decide(&p, &c, &wait));
}

static void heeds_the_server(void)
{
    struct stet_retry_policy p;
    struct stet_retry_case c = { STET_FAULT_BUSY, 1, 100 * 1000, 0 };
    int64_t wait;

    stet_retry_policy_init(&p);
    CHECK(stet_retry_decide(&p, &c, &wait));
    CHECK_INT(wait, 100 * 1000);
    c.retry_after_ms = 1;
    CHECK(stet_retry_decide(&p, &c, &wait));
    CHECK_INT(wait, 15 * 1000);
    c.retry_after_ms = INT64_MAX;
    CHECK(stet_retry_decide(&p, &c, &wait));
    CHECK_INT(wait, STET_MAX_RETRY_AFTER_MS);
}

static const struct {
    const char *retry_after, *date;
    int64_t wait_ms;
} afters[] = {
    { "120", "", 120000 },
    { " 0 ", "", 0 },
    { "86400", "", 3600000 },
    { "99999999999999999999999999", "", 3600000 },
    { "-1", "", -1 },
    { "1e30", "", -1 },
    { "1.5", "", -1 },
    { "soon", "", -1 },
    { "", "", -1 },
    /* Our clock says Mon, 23 Nov 2026 15:40:00 GMT. */
    { "Mon, 23 Nov 2026 15:41:30 GMT", "", 90000 },
    { "Monday, 23-Nov-26 15:41:30 GMT", "", 90000 },
    { "Mon Nov 23 15:41:30 2026", "", 90000 },
    { "Mon, 23 Nov 2026 15:30:00 GMT", "", 0 },
    { "Tue, 23 Nov 2027 15:30:00 GMT", "", 3600000 },
    /* The server's own clock is ten minutes late. */
    { "Mon, 23 Nov 2026 15:31:30 GMT", "Mon, 23 Nov 2026 15:30:00 GMT", 90000 },
    { "Mon, 23 Nov 2026 15:41:30 GMT", "yesterday", 90000 },
    { "30", "Mon, 23 Nov 2026 15:30:00 GMT", 30000 },
};

static void reads_retry_after(void)
{
    const int64_t now = INT64_C(1795448400000);

    for (size_t i = 0; i < sizeof(afters) / sizeof(afters[0]); i++) {
        tap_row(afters[i].retry_after);
        CHECK_INT(stet_retry_after(stet_span_of(afters[i].retry_after),
                                   stet_span_of(afters[i].date), now),
                  afters[i].wait_ms);
    }
}

TESTS({ "names the fault", names_the_fault },
      { "waits twice as long each time", waits_twice_as_long_each_time },
      { "gives up in the end", gives_up_in_the_end },
      { "heeds the server", heeds_the_server },
      { "reads Retry-After", reads_retry_after })
