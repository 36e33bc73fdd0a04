#include "crawl/hosts.h"

#include "lib/tap.h"

#include "base/span.h"

#include <stdio.h>

enum { DAY_MS = 24 * 60 * 60 * 1000 };

static struct stet_target target(enum stet_role role, const char *url)
{
    return (struct stet_target){ .role = role, .url = stet_span_of(url) };
}

static void make(struct stet_hosts *h, int64_t delay_ms, bool ignore)
{
    struct stet_manners_rules rules;

    stet_manners_rules_init(&rules);
    rules.delay_ms = delay_ms;
    stet_hosts_init(h, "stet/1.0 (x)", &rules, ignore);
}

static struct stet_host *host_of(struct stet_hosts *h,
                                 const struct stet_target *t)
{
    struct stet_host *host = NULL;

    CHECK_INT(stet_hosts_get(h, t->url, &host), STET_OK);
    return host;
}

/* By its rules at that wall time. */
static enum stet_readiness judge(struct stet_hosts *h,
                                 const struct stet_target *t, int64_t wall)
{
    struct stet_leave leave;

    CHECK_INT(stet_host_judge(h, host_of(h, t), t, wall, &leave), STET_OK);
    return leave.ready;
}

static enum stet_readiness turn(struct stet_hosts *h,
                                const struct stet_target *t, int64_t now,
                                int64_t *due)
{
    struct stet_leave leave;

    stet_host_turn(h, host_of(h, t), t, now, &leave);
    if (due)
        *due = leave.due_ms;
    return leave.ready;
}

static int learn(struct stet_hosts *h, const char *url,
                 enum stet_robots_answer answer, const char *body)
{
    return stet_hosts_learn(h, stet_span_of(url), answer, stet_span_of(body),
                            0);
}

static void end(struct stet_hosts *h, const struct stet_target *t,
                enum stet_fault fault, int64_t now)
{
    struct stet_manners_answer a = { .fault = fault,
                                     .answered = fault == STET_FAULT_NONE,
                                     .retry_after_ms = -1 };

    stet_host_end(h, host_of(h, t), t, &a, "refused", now);
}

static void waits_for_the_rules_of_each_origin(void)
{
    struct stet_target page = target(STET_ROLE_PAGE, "http://a.example/x?y");
    struct stet_target tls = target(STET_ROLE_SEED, "https://a.example/x?y");
    struct stet_target part =
        target(STET_ROLE_REQUISITE, "http://a.example/private/a.css");
    struct stet_target no =
        target(STET_ROLE_LINKED, "http://a.example/private/a.jpg");
    struct stet_leave leave;
    struct stet_hosts h;

    make(&h, 0, false);
    CHECK_INT(judge(&h, &page, 0), STET_WAIT_ROBOTS);
    CHECK_INT(judge(&h, &part, 0), STET_READY);
    CHECK_INT(learn(&h, "http://a.example/robots.txt", STET_ROBOTS_RULES,
                    "User-agent: *\nDisallow: /private\n"),
              STET_OK);
    CHECK_INT(judge(&h, &page, 0), STET_READY);
    CHECK_INT(judge(&h, &no, 0), STET_FORBIDDEN);
    CHECK_INT(judge(&h, &part, 0), STET_READY);
    CHECK_INT(judge(&h, &tls, 0), STET_WAIT_ROBOTS);
    CHECK_INT(learn(&h, "https://a.example/robots.txt", STET_ROBOTS_DENY,
                    "dns: no such name: a.example"),
              STET_OK);
    CHECK_INT(stet_host_judge(&h, host_of(&h, &tls), &tls, 0, &leave), 0);
    CHECK_INT(leave.ready, STET_FORBIDDEN);
    CHECK_STR(leave.outcome, "dns");
    CHECK_SPAN(leave.why, "no such name: a.example");
    CHECK_INT(learn(&h, "https://a.example/robots.txt", STET_ROBOTS_ALLOW, ""),
              STET_OK);
    CHECK_INT(judge(&h, &tls, 0), STET_READY);
    stet_hosts_clear(&h);
}

static void asks_for_rules_again_after_a_day(void)
{
    struct stet_target page = target(STET_ROLE_PAGE, "http://a.example/");
    struct stet_hosts h;

    make(&h, 0, false);
    CHECK_INT(learn(&h, "http://a.example/", STET_ROBOTS_ALLOW, ""), 0);
    CHECK_INT(judge(&h, &page, DAY_MS - 1), STET_READY);
    CHECK_INT(judge(&h, &page, DAY_MS), STET_WAIT_ROBOTS);
    stet_hosts_clear(&h);
}

static void asks_for_one_page_at_a_time_and_not_too_soon(void)
{
    struct stet_target page = target(STET_ROLE_SEED, "http://a.example/");
    struct stet_target list = target(STET_ROLE_LIST, "http://a.example/rss");
    struct stet_target part = target(STET_ROLE_REQUISITE, "http://a.example/c");
    struct stet_target other = target(STET_ROLE_SEED, "http://b.example/");
    struct stet_hosts h;
    int64_t due = 0;

    make(&h, 1000, false);
    stet_host_begin(&h, host_of(&h, &page), &page, 0);
    CHECK_INT(turn(&h, &page, 5, &due), STET_WAIT_TURN);
    CHECK_INT(due, INT64_MAX);
    CHECK_INT(turn(&h, &list, 5, NULL), STET_WAIT_TURN);
    CHECK_INT(turn(&h, &part, 5, NULL), STET_READY);
    CHECK_INT(turn(&h, &other, 5, NULL), STET_READY);
    end(&h, &page, STET_FAULT_NONE, 100);
    CHECK_INT(turn(&h, &page, 1099, &due), STET_WAIT_TURN);
    CHECK_INT(due, 1100);
    CHECK_INT(turn(&h, &page, 1100, NULL), STET_READY);
    stet_hosts_clear(&h);
}

static void obeys_a_crawl_delay(void)
{
    struct stet_target page = target(STET_ROLE_SEED, "http://a.example/");
    struct stet_hosts h;
    int64_t due = 0;

    make(&h, 1000, false);
    CHECK_INT(learn(&h, "http://a.example/", STET_ROBOTS_RULES,
                    "User-agent: stet\nCrawl-delay: 5\n"),
              STET_OK);
    stet_host_begin(&h, host_of(&h, &page), &page, 0);
    end(&h, &page, STET_FAULT_NONE, 0);
    CHECK_INT(turn(&h, &page, 1, &due), STET_WAIT_TURN);
    CHECK_INT(due, 5000);
    stet_hosts_clear(&h);
}

static void can_be_told_to_ignore_the_rules(void)
{
    struct stet_target page = target(STET_ROLE_SEED, "http://a.example/");
    struct stet_hosts h;

    make(&h, 0, true);
    CHECK_INT(judge(&h, &page, 0), STET_READY);
    CHECK_INT(learn(&h, "http://a.example/", STET_ROBOTS_DENY, ""), STET_OK);
    CHECK_INT(judge(&h, &page, 0), STET_READY);
    stet_hosts_clear(&h);
}

static void gives_a_dead_host_up(void)
{
    struct stet_target page = target(STET_ROLE_PAGE, "http://a.example/");
    struct stet_leave leave = { .ready = STET_READY };
    struct stet_hosts h;
    int64_t now = 0;

    make(&h, 0, false);
    for (int i = 0; i < 1000 && leave.ready != STET_FORBIDDEN; i++) {
        stet_host_turn(&h, host_of(&h, &page), &page, now, &leave);
        if (leave.ready == STET_WAIT_TURN)
            now = leave.due_ms;
        if (leave.ready != STET_READY)
            continue;
        stet_host_begin(&h, host_of(&h, &page), &page, now);
        end(&h, &page, STET_FAULT_CONNECT, now);
    }
    CHECK_INT(leave.ready, STET_FORBIDDEN);
    CHECK_STR(leave.outcome, "refused");
    stet_hosts_clear(&h);
}

static void forgets_hosts_that_nothing_is_wanted_of(void)
{
    struct stet_hosts h;
    char url[64];

    make(&h, 0, false);
    for (int i = 0; i < STET_MAX_IDLE_HOSTS + 100; i++) {
        struct stet_host *host;
        snprintf(url, sizeof(url), "http://h%d.example/", i);
        CHECK_INT(stet_hosts_get(&h, stet_span_of(url), &host), STET_OK);
        host->targets = i < 10;
        stet_hosts_forget_idle(&h, 0);
    }
    CHECK(h.map.len < STET_MAX_IDLE_HOSTS + 11);
    CHECK_INT(h.seen, STET_MAX_IDLE_HOSTS + 100);
    for (int i = 0; i < 10; i++) {
        snprintf(url, sizeof(url), "http://h%d.example", i);
        CHECK(stet_map_find(&h.map, stet_span_of(url)) != NULL);
    }
    stet_hosts_clear(&h);
}

TESTS({ "waits for the rules of each origin",
        waits_for_the_rules_of_each_origin },
      { "asks for rules again after a day", asks_for_rules_again_after_a_day },
      { "asks for one page at a time and not too soon",
        asks_for_one_page_at_a_time_and_not_too_soon },
      { "obeys a crawl delay", obeys_a_crawl_delay },
      { "can be told to ignore the rules", can_be_told_to_ignore_the_rules },
      { "gives a dead host up", gives_a_dead_host_up },
      { "forgets hosts that nothing is wanted of",
        forgets_hosts_that_nothing_is_wanted_of })
