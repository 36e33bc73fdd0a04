/*
 * What a frontier promises, whatever store is behind it.
 */
#include "unit/frontier/rig.h"

#include "base/span.h"

static void hands_out_the_most_urgent_once(void)
{
    struct rig r;
    int64_t d;
    bool done = false;

    rig_begin(&r, 0, 0);
    CHECK(rig_add(&r, "http://h/a", STET_ROLE_RELATED) > 0);
    CHECK(rig_add(&r, "http://h/b", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h/c", STET_ROLE_REQUISITE) > 0);
    d = rig_add(&r, "http://h/d", STET_ROLE_ROBOTS);
    CHECK_INT(rig_add(&r, "http://h/d", STET_ROLE_ROBOTS), -d);
    /* What asks for rules does not stand for what a page needs. */
    CHECK(rig_add(&r, "http://h/d", STET_ROLE_REQUISITE) > 0);
    CHECK(rig_add(&r, "http://h/e", STET_ROLE_LINKED) > 0);
    CHECK_STR(rig_lease(&r, 3, noon), "dcd");
    CHECK_STR(rig_lease(&r, 9, noon), "eba");
    CHECK_STR(rig_lease(&r, 9, noon), "");
    CHECK_STR(rig_counts(&r), "6 0 6 0 1");
    rig_finish(&r, d);
    CHECK_INT(stet_frontier_is_done(&r.f, d, &done, NULL), STET_OK);
    CHECK(done);
    CHECK_STR(rig_counts(&r), "5 0 5 1 1");
    rig_end(&r);
}

static int look(void *ctx, const struct stet_target *t)
{
    CHECK_SPAN(t->url, "http://h/a");
    CHECK_SPAN(t->via, "http://via/");
    CHECK_SPAN(t->hops, "LE");
    CHECK_STR(t->page_id, "page-id");
    CHECK_INT(t->depth, 2);
    CHECK_INT(t->outside, 1);
    CHECK_INT(t->role, STET_ROLE_SEED);
    CHECK_INT(t->resource, STET_RESOURCE_IMAGE);
    CHECK_INT(t->attempts, 0);
    *(bool *)ctx = true;
    return STET_OK;
}

static int refuse(void *ctx, const struct stet_target *t)
{
    (void)t;
    ++*(int *)ctx;
    return STET_ELIMIT;
}

static void hands_out_what_was_added(void)
{
    struct rig r;
    bool looked = false;
    int asked = 0;

    rig_begin(&r, 0, 0);
    CHECK(rig_add(&r, "http://h/a", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h/b", STET_ROLE_SEED) > 0);
    CHECK_INT(stet_frontier_lease(
                  &r.f, run_1, 1, noon,
                  &(struct stet_frontier_taker){ look, &looked }, NULL),
              STET_OK);
    CHECK(looked);
    CHECK_INT(stet_frontier_lease(
                  &r.f, run_1, 9, noon,
                  &(struct stet_frontier_taker){ refuse, &asked }, NULL),
              STET_ELIMIT);
    CHECK_INT(asked, 1);
    rig_end(&r);
}

static void serves_hosts_in_turn(void)
{
    struct rig r;

    rig_begin(&r, 0, 0);
    for (int i = 0; i < 9; i++) {
        char url[32];
        snprintf(url, sizeof(url), "http://h%d/%c", i / 3, 'a' + i);
        CHECK(rig_add(&r, url, STET_ROLE_RELATED) > 0);
    }
    CHECK_STR(rig_lease(&r, 4, noon), "adgb");
    /* A host that comes later waits for its turn too. */
    CHECK(rig_add(&r, "http://new/x", STET_ROLE_RELATED) > 0);
    CHECK_STR(rig_lease(&r, 9, noon), "ehcxfi");
    rig_end(&r);
}

/* The same name at another port, and in another scheme, is another host. */
static void tells_origins_apart(void)
{
    struct rig r;

    rig_begin(&r, 1, 1);
    CHECK(rig_add(&r, "http://h/a", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h:81/b", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "https://h/c", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h/d", STET_ROLE_SEED) > 0);
    CHECK_STR(rig_lease(&r, 9, noon), "abc");
    rig_end(&r);
    CHECK_SPAN(stet_frontier_origin(STET_SPAN("http://h:81/a/b")),
               "http://h:81");
    CHECK_SPAN(stet_frontier_origin(STET_SPAN("http://h?q=/")), "http://h");
    CHECK_SPAN(stet_frontier_origin(STET_SPAN("http://h")), "http://h");
    CHECK_SPAN(stet_frontier_origin(STET_SPAN("nonsense")), "nonsense");
}

static void completes_pages_before_new_ones(void)
{
    struct rig r;

    rig_begin(&r, 0, 0);
    CHECK(rig_add(&r, "http://h1/a", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h2/b", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h3/c", STET_ROLE_REQUISITE) > 0);
    CHECK(rig_add(&r, "http://h2/d", STET_ROLE_LINKED) > 0);
    CHECK_STR(rig_lease(&r, 9, noon), "cdab");
    rig_end(&r);
}

static void keeps_to_the_limits_of_a_host(void)
{
    struct rig r;
    int64_t ids[8];

    rig_begin(&r, 1, 3);
    for (int i = 0; i < 4; i++) {
        char url[32];
        snprintf(url, sizeof(url), "http://h/%c", 'a' + i);
        ids[i] = rig_add(&r, url, STET_ROLE_RELATED);
    }
    CHECK_STR(rig_lease(&r, 9, noon), "a");
    for (int i = 4; i < 8; i++) {
        char url[32];
        snprintf(url, sizeof(url), "http://h/%c", 'a' + i);
        ids[i] = rig_add(&r, url, STET_ROLE_REQUISITE);
    }
    CHECK(rig_add(&r, "http://other/x", STET_ROLE_RELATED) > 0);
    CHECK_STR(rig_lease(&r, 9, noon), "efx");
    CHECK_STR(rig_lease(&r, 9, noon), "");
    CHECK(rig_next_due(&r, noon) == INT64_MAX);
    rig_finish(&r, ids[4]);
    CHECK_INT(rig_next_due(&r, noon), noon);
    CHECK_STR(rig_lease(&r, 9, noon), "g");
    rig_finish(&r, ids[0]);
    CHECK_STR(rig_lease(&r, 9, noon), "h");
    rig_finish(&r, ids[5]);
    CHECK_STR(rig_lease(&r, 9, noon), "b");
    rig_finish(&r, ids[6]);
    rig_finish(&r, ids[7]);
    CHECK_STR(rig_lease(&r, 9, noon), "");
    rig_finish(&r, ids[1]);
    CHECK_STR(rig_lease(&r, 9, noon), "c");
    rig_end(&r);
}

static void gives_back_what_is_released(void)
{
    struct rig r;
    int64_t a;

    rig_begin(&r, 0, 0);
    a = rig_add(&r, "http://h/a", STET_ROLE_SEED);
    CHECK(rig_add(&r, "http://h/b", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h/c", STET_ROLE_SEED) > 0);
    CHECK_STR(rig_lease(&r, 2, noon), "ab");
    stet_frontier_release(&r.f, a);
    stet_frontier_release(&r.f, a);
    CHECK_STR(rig_counts(&r), "3 0 1 0 1");
    CHECK_STR(rig_lease(&r, 9, noon), "ac");
    rig_end(&r);
}

static void keeps_what_is_deferred_until_it_is_due(void)
{
    struct rig r;
    int64_t a;

    rig_begin(&r, 0, 0);
    a = rig_add(&r, "http://h/a", STET_ROLE_SEED);
    CHECK(rig_add(&r, "http://h/b", STET_ROLE_SEED) > 0);
    CHECK_INT(stet_frontier_defer(&r.f, a, noon, 1, STET_SPAN(""), NULL),
              STET_EUSAGE);
    CHECK_STR(rig_lease(&r, 1, noon), "a");
    CHECK_INT(stet_frontier_defer(&r.f, a, noon + 5000, 2,
                                  STET_SPAN("connection refused"), NULL),
              STET_OK);
    CHECK_STR(rig_counts(&r), "2 1 0 0 1");
    CHECK_STR(rig_lease(&r, 9, noon + 1), "b");
    CHECK_INT(rig_next_due(&r, noon + 1), noon + 5000);
    CHECK_STR(rig_lease(&r, 9, noon + 4999), "");
    CHECK_STR(rig_lease(&r, 9, noon + 5000), "a");
    CHECK_INT(r.attempts[0], 2);
    CHECK_STR(rig_counts(&r), "2 0 2 0 1");
    CHECK(rig_next_due(&r, noon + 5000) == INT64_MAX);
    /* What was due before is due at once, with what was counted. */
    CHECK_INT(stet_frontier_defer(&r.f, a, 0, 3, STET_SPAN(""), NULL), STET_OK);
    CHECK_STR(rig_lease(&r, 9, noon + 5001), "a");
    CHECK_INT(r.attempts[0], 3);
    rig_end(&r);
}

static void holds_one_host_and_goes_on_with_others(void)
{
    struct rig r;

    rig_begin(&r, 0, 0);
    CHECK(rig_add(&r, "http://h1/a", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h1/b", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h2/c", STET_ROLE_SEED) > 0);
    CHECK(rig_add(&r, "http://h2/d", STET_ROLE_SEED) > 0);
    CHECK_STR(rig_lease(&r, 1, noon), "a");
    rig_hold(&r, "http://h1", noon + 60000);
    CHECK_STR(rig_lease(&r, 9, noon), "cd");
    CHECK(rig_add(&r, "http://h1/e", STET_ROLE_SEED) > 0);
    CHECK_STR(rig_lease(&r, 9, noon + 59999), "");
    CHECK_INT(rig_next_due(&r, noon + 59999), noon + 60000);
    CHECK_STR(rig_lease(&r, 1, noon + 60000), "b");
    rig_hold(&r, "http://h1", noon + 120000);
    CHECK_STR(rig_lease(&r, 9, noon + 60001), "");
    rig_hold(&r, "http://h1", 0);
    CHECK_STR(rig_lease(&r, 9, noon + 60002), "e");
    /* One that nothing is known of yet. */
    rig_hold(&r, "http://h3", noon + 120000);
    CHECK(rig_next_due(&r, noon + 60002) == INT64_MAX);
    CHECK(rig_add(&r, "http://h3/f", STET_ROLE_SEED) > 0);
    CHECK_STR(rig_lease(&r, 9, noon + 60003), "");
    CHECK_INT(rig_next_due(&r, noon + 60003), noon + 120000);
    CHECK_STR(rig_lease(&r, 9, noon + 120000), "f");
    rig_end(&r);
}

static void forgets_what_was_handed_out_when_it_dies(void)
{
    struct rig r;
    int64_t a, b;

    rig_begin(&r, 0, 0);
    a = rig_add(&r, "http://h/a", STET_ROLE_SEED);
    b = rig_add(&r, "http://h/b", STET_ROLE_SEED);
    CHECK(rig_add(&r, "http://h/c", STET_ROLE_SEED) > 0);
    CHECK_STR(rig_lease(&r, 9, noon), "abc");
    rig_finish(&r, a);
    CHECK_INT(
        stet_frontier_defer(&r.f, b, noon + 5000, 4, STET_SPAN("slow"), NULL),
        STET_OK);
    CHECK(rig_add(&r, "http://held/d", STET_ROLE_SEED) > 0);
    rig_hold(&r, "http://held", noon + 9000);
    CHECK_INT(rig_commit(&r), STET_OK);
    CHECK(rig_add(&r, "http://h/lost", STET_ROLE_SEED) > 0);
    rig_crash(&r);
    CHECK_STR(rig_counts(&r), "3 1 0 1 2");
    CHECK_INT(rig_add(&r, "http://h/a", STET_ROLE_SEED), -a);
    CHECK_INT(rig_add(&r, "http://h/b", STET_ROLE_SEED), -b);
    CHECK_STR(rig_lease(&r, 9, noon + 1), "c");
    CHECK_INT(rig_next_due(&r, noon + 1), noon + 5000);
    CHECK_STR(rig_lease(&r, 9, noon + 5000), "b");
    CHECK_INT(r.attempts[0], 4);
    CHECK_STR(rig_lease(&r, 9, noon + 9000), "d");
    rig_end(&r);
}

/* What had so long to wait has so long to wait by the new time. */
static void does_not_mind_a_clock_that_is_set_back(void)
{
    const int64_t hours = 5 * 3600 * 1000;
    struct rig r;
    int64_t b;

    for (int restart = 0; restart < 2; restart++) {
        rig_begin(&r, 0, 0);
        CHECK(rig_add(&r, "http://h1/a", STET_ROLE_SEED) > 0);
        b = rig_add(&r, "http://h2/b", STET_ROLE_SEED);
        CHECK_STR(rig_lease(&r, 2, noon), "ab");
        stet_frontier_release(&r.f, r.ids[0]);
        rig_hold(&r, "http://h1", noon + 4000);
        CHECK_INT(
            stet_frontier_defer(&r.f, b, noon + 6000, 1, STET_SPAN(""), NULL),
            STET_OK);
        CHECK_INT(rig_commit(&r), STET_OK);
        if (restart)
            rig_crash(&r);
        CHECK_INT(rig_next_due(&r, noon - hours), noon - hours + 4000);
        CHECK_STR(rig_lease(&r, 9, noon - hours + 3999), "");
        CHECK_STR(rig_lease(&r, 9, noon - hours + 4000), "a");
        CHECK_STR(rig_lease(&r, 9, noon - hours + 6000), "b");
        rig_end(&r);
    }
}

static void bounds_every_wait(void)
{
    const int64_t year = INT64_C(365) * 24 * 3600 * 1000;
    struct rig r;

    rig_begin(&r, 0, 0);
    CHECK(rig_add(&r, "http://h1/a", STET_ROLE_SEED) > 0);
    CHECK_STR(rig_lease(&r, 1, noon), "a");
    CHECK_INT(stet_frontier_defer(&r.f, r.ids[0], noon + year, 1, STET_SPAN(""),
                                  NULL),
              STET_OK);
    CHECK(rig_add(&r, "http://h2/b", STET_ROLE_SEED) > 0);
    rig_hold(&r, "http://h2", INT64_MAX);
    CHECK_INT(rig_next_due(&r, noon), noon + STET_MAX_HOLD_MS);
    CHECK_INT(strlen(rig_lease(&r, 9, noon + STET_MAX_HOLD_MS)), 2);
    rig_end(&r);
}

static void empties_a_host_that_is_given_up(void)
{
    struct rig r;
    size_t left = 5;

    rig_begin(&r, 1, 1);
    for (int i = 0; i < 5; i++) {
        char url[32];
        snprintf(url, sizeof(url), "http://dead/%c", 'a' + i);
        CHECK(rig_add(&r, url, STET_ROLE_SEED) > 0);
    }
    CHECK(rig_add(&r, "http://h/x", STET_ROLE_SEED) > 0);
    CHECK_STR(rig_lease(&r, 1, noon), "a");
    CHECK_INT(stet_frontier_defer(&r.f, r.ids[0], noon + 5000, 1, STET_SPAN(""),
                                  NULL),
              STET_OK);
    rig_hold(&r, "http://dead", noon + 60000);
    while (left > 0) {
        r.n = 0;
        CHECK_INT(stet_frontier_drain(
                      &r.f, run_1, STET_SPAN("http://dead"), 2,
                      &(struct stet_frontier_taker){ rig_take, &r }, NULL),
                  STET_OK);
        if (!CHECK(r.n > 0 && r.n <= 2 && r.n <= left))
            break;
        left -= r.n;
        for (size_t i = 0; i < r.n; i++)
            rig_finish(&r, r.ids[i]);
    }
    CHECK_STR(rig_counts(&r), "1 0 0 5 1");
    CHECK_STR(rig_lease(&r, 9, noon + 70000), "x");
    rig_end(&r);
}

static void finishes_what_is_not_handed_out_and_nothing_twice(void)
{
    const struct stet_fate other = { .outcome = "dns", .why = "" };
    struct rig r;
    int64_t a, b, found = 0;

    rig_begin(&r, 0, 0);
    a = rig_add(&r, "http://h/a", STET_ROLE_SEED);
    b = rig_add(&r, "http://h/b", STET_ROLE_SEED);
    rig_finish(&r, a);
    CHECK_INT(stet_frontier_finish(&r.f, a, &other, NULL), STET_OK);
    CHECK_STR(rig_counts(&r), "1 0 0 1 1");
    CHECK_STR(rig_lease(&r, 9, noon), "b");
    CHECK_INT(
        stet_frontier_find_answer(&r.f, STET_SPAN("http://h/a"), &found, NULL),
        STET_OK);
    CHECK_INT(found, a);
    CHECK_INT(stet_frontier_finish(&r.f, b, &other, NULL), STET_OK);
    CHECK_INT(
        stet_frontier_find_answer(&r.f, STET_SPAN("http://h/b"), &found, NULL),
        STET_ENOTFOUND);
    CHECK_STR(rig_counts(&r), "0 0 0 2 0");
    rig_end(&r);
}

static void keeps_runs_apart(void)
{
    struct stet_target t = { .url = STET_SPAN_INIT("http://h/a"),
                             .role = STET_ROLE_SEED };
    struct stet_frontier_counts c;
    struct rig r;
    int64_t a, id = 0;
    bool fresh = false;

    rig_begin(&r, 1, 1);
    a = rig_add(&r, "http://h/a", STET_ROLE_SEED);
    CHECK_INT(stet_frontier_add(&r.f, 2, &t, &id, &fresh, NULL), STET_OK);
    CHECK(fresh && id != a);
    CHECK_STR(rig_lease(&r, 9, noon), "a");
    CHECK_INT(r.ids[0], a);
    CHECK_INT(stet_frontier_lease(&r.f, 2, 9, noon,
                                  &(struct stet_frontier_taker){ rig_take, &r },
                                  NULL),
              STET_OK);
    CHECK_INT(r.ids[1], id);
    rig_finish(&r, id);
    CHECK_INT(stet_frontier_count(&r.f, 2, &c, NULL), STET_OK);
    CHECK_INT(c.done, 1);
    CHECK_STR(rig_counts(&r), "1 0 1 0 1");
    rig_finish(&r, a);
    CHECK_INT(
        stet_frontier_find_answer(&r.f, STET_SPAN("http://h/a"), &a, NULL),
        STET_OK);
    CHECK_INT(a, id);
    rig_end(&r);
}

static void knows_robots_redirects_apart(void)
{
    /* Editions of the same rules have negative ones. */
    static const int64_t pages[] = { 0, 5, 6, -2, -3 };
    struct rig r;

    rig_begin(&r, 0, 0);
    for (int again = 0; again < 3; again++) {
        for (size_t i = 0; i < 5; i++) {
            struct stet_target t = { .url = STET_SPAN("http://h/robots.txt"),
                                     .role = STET_ROLE_ROBOTS,
                                     .page = pages[i] };
            int64_t id;
            bool fresh = again;
            CHECK_INT(stet_frontier_add(&r.f, run_1, &t, &id, &fresh, NULL),
                      STET_OK);
            CHECK_INT(fresh, again == 0);
        }
        if (again == 1) {
            CHECK_INT(rig_commit(&r), STET_OK);
            rig_crash(&r);
        }
    }
    rig_end(&r);
}

/* More hosts than any ring holds: each is served once before one is twice,
 * also when the program was started anew. */
static void is_fair_to_many_hosts(void)
{
    enum { HOSTS = 6000 };
    static unsigned char served[HOSTS];
    struct rig r;

    rig_begin(&r, 1, 1);
    for (int i = 0; i < 2 * HOSTS; i++) {
        char url[40];
        snprintf(url, sizeof(url), "http://h%d/%c", i % HOSTS,
                 i < HOSTS ? 'a' : 'b');
        if (rig_add(&r, url, STET_ROLE_RELATED) <= 0)
            CHECK(!"fresh");
    }
    CHECK_INT(rig_commit(&r), STET_OK);
    for (int restart = 0; restart < 2; restart++) {
        size_t twice = 0, n = 0;
        memset(served, 0, sizeof(served));
        while (n < HOSTS) {
            const char *got = rig_lease(&r, 200, noon);
            if (!CHECK(r.n > 0))
                break;
            for (size_t i = 0; i < r.n; i++) {
                size_t host = (size_t)(r.ids[i] - 1) % HOSTS;
                twice += served[host]++ > 0;
                if (restart == 0)
                    CHECK(got[i] == 'a');
            }
            n += r.n;
            for (size_t i = 0; i < r.n; i++)
                rig_finish(&r, r.ids[i]);
        }
        CHECK_INT(twice, 0);
        CHECK_INT(rig_commit(&r), STET_OK);
        rig_crash(&r);
    }
    CHECK_STR(rig_counts(&r), "0 0 0 12000 0");
    CHECK_STR(rig_lease(&r, 1, noon), "");
    CHECK(rig_next_due(&r, noon) == INT64_MAX);
    rig_end(&r);
}

TESTS({ "hands out the most urgent once", hands_out_the_most_urgent_once },
      { "hands out what was added", hands_out_what_was_added },
      { "serves hosts in turn", serves_hosts_in_turn },
      { "tells origins apart", tells_origins_apart },
      { "completes pages before new ones", completes_pages_before_new_ones },
      { "keeps to the limits of a host", keeps_to_the_limits_of_a_host },
      { "gives back what is released", gives_back_what_is_released },
      { "keeps what is deferred until it is due",
        keeps_what_is_deferred_until_it_is_due },
      { "holds one host and goes on with others",
        holds_one_host_and_goes_on_with_others },
      { "forgets what was handed out when it dies",
        forgets_what_was_handed_out_when_it_dies },
      { "does not mind a clock that is set back",
        does_not_mind_a_clock_that_is_set_back },
      { "bounds every wait", bounds_every_wait },
      { "empties a host that is given up", empties_a_host_that_is_given_up },
      { "finishes what is not handed out, and nothing twice",
        finishes_what_is_not_handed_out_and_nothing_twice },
      { "keeps runs apart", keeps_runs_apart },
      { "knows robots redirects apart", knows_robots_redirects_apart },
      { "is fair to many hosts", is_fair_to_many_hosts })
