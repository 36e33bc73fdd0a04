#include "crawl/hosts.h"

#include "lib/tap.h"

#include "base/span.h"

static struct stet_target target(enum stet_role role, const char *url)
{
    return (struct stet_target){ .role = role, .url = stet_span_of(url) };
}

static enum stet_readiness ask(struct stet_hosts *h,
                               const struct stet_target *t, int64_t now,
                               int64_t *due)
{
    struct stet_leave leave;

    CHECK_INT(stet_hosts_ask(h, t, now, &leave), STET_OK);
    if (due)
        *due = leave.due_ms;
    return leave.ready;
}

static int learn(struct stet_hosts *h, const char *url,
                 enum stet_robots_answer answer, const char *body)
{
    return stet_hosts_learn(h, stet_span_of(url), answer, stet_span_of(body));
}

static void waits_for_the_rules_of_each_origin(void)
{
    struct stet_target page = target(STET_ROLE_SEED, "http://a.example/x?y");
    struct stet_target tls = target(STET_ROLE_SEED, "https://a.example/x?y");
    struct stet_target part =
        target(STET_ROLE_REQUISITE, "http://a.example/private/a.css");
    struct stet_target no =
        target(STET_ROLE_LINKED, "http://a.example/private/a.jpg");
    struct stet_leave leave;
    struct stet_hosts h;

    stet_hosts_init(&h, "stet/1.0 (x)", 0, false);
    CHECK_INT(ask(&h, &page, 0, NULL), STET_WAIT_ROBOTS);
    CHECK_INT(ask(&h, &part, 0, NULL), STET_READY);
    CHECK_INT(learn(&h, "http://a.example/robots.txt", STET_ROBOTS_RULES,
                    "User-agent: *\nDisallow: /private\n"),
              STET_OK);
    CHECK_INT(ask(&h, &page, 0, NULL), STET_READY);
    CHECK_INT(ask(&h, &no, 0, NULL), STET_FORBIDDEN);
    CHECK_INT(ask(&h, &part, 0, NULL), STET_READY);
    CHECK_INT(ask(&h, &tls, 0, NULL), STET_WAIT_ROBOTS);
    CHECK_INT(learn(&h, "https://a.example/robots.txt", STET_ROBOTS_DENY,
                    "dns: no such name: a.example"),
              STET_OK);
    CHECK_INT(stet_hosts_ask(&h, &tls, 0, &leave), STET_OK);
    CHECK_INT(leave.ready, STET_FORBIDDEN);
    CHECK_STR(leave.outcome, "dns");
    CHECK_SPAN(leave.why, "no such name: a.example");
    CHECK_INT(learn(&h, "https://a.example/robots.txt", STET_ROBOTS_ALLOW, ""),
              STET_OK);
    CHECK_INT(ask(&h, &tls, 0, NULL), STET_READY);
    stet_hosts_clear(&h);
}

static void asks_for_one_page_at_a_time_and_not_too_soon(void)
{
    struct stet_target page = target(STET_ROLE_SEED, "http://a.example/");
    struct stet_target part = target(STET_ROLE_REQUISITE, "http://a.example/c");
    struct stet_target other = target(STET_ROLE_SEED, "http://b.example/");
    struct stet_hosts h;
    int64_t due = 0;

    stet_hosts_init(&h, "stet", 1000, false);
    CHECK_INT(learn(&h, "http://a.example/", STET_ROBOTS_ALLOW, ""), 0);
    CHECK_INT(learn(&h, "http://b.example/", STET_ROBOTS_ALLOW, ""), 0);
    CHECK_INT(stet_hosts_begin(&h, &page), STET_OK);
    CHECK_INT(ask(&h, &page, 5, &due), STET_WAIT_TURN);
    CHECK_INT(due, INT64_MAX);
    CHECK_INT(ask(&h, &part, 5, NULL), STET_READY);
    CHECK_INT(ask(&h, &other, 5, NULL), STET_READY);
    CHECK_INT(stet_hosts_end(&h, &page, 100), STET_OK);
    CHECK_INT(ask(&h, &page, 1099, &due), STET_WAIT_TURN);
    CHECK_INT(due, 1100);
    CHECK_INT(ask(&h, &page, 1100, NULL), STET_READY);
    stet_hosts_clear(&h);
}

static void obeys_a_crawl_delay_within_reason(void)
{
    struct stet_target page = target(STET_ROLE_SEED, "http://a.example/");
    struct stet_hosts h;
    int64_t due = 0;

    stet_hosts_init(&h, "stet", 1000, false);
    CHECK_INT(learn(&h, "http://a.example/", STET_ROBOTS_RULES,
                    "User-agent: stet\nCrawl-delay: 5\n"),
              STET_OK);
    CHECK_INT(stet_hosts_begin(&h, &page), STET_OK);
    CHECK_INT(stet_hosts_end(&h, &page, 0), STET_OK);
    CHECK_INT(ask(&h, &page, 1, &due), STET_WAIT_TURN);
    CHECK_INT(due, 5000);
    CHECK_INT(learn(&h, "http://a.example/", STET_ROBOTS_RULES,
                    "User-agent: stet\nCrawl-delay: 4000\n"),
              STET_OK);
    CHECK_INT(stet_hosts_begin(&h, &page), STET_OK);
    CHECK_INT(stet_hosts_end(&h, &page, 0), STET_OK);
    CHECK_INT(ask(&h, &page, 1, &due), STET_WAIT_TURN);
    CHECK_INT(due, STET_MAX_CRAWL_DELAY_MS);
    stet_hosts_clear(&h);
}

static void can_be_told_to_ignore_the_rules(void)
{
    struct stet_target page = target(STET_ROLE_SEED, "http://a.example/");
    struct stet_hosts h;

    stet_hosts_init(&h, "stet", 0, true);
    CHECK_INT(ask(&h, &page, 0, NULL), STET_READY);
    CHECK_INT(learn(&h, "http://a.example/", STET_ROBOTS_DENY, ""), STET_OK);
    CHECK_INT(ask(&h, &page, 0, NULL), STET_READY);
    stet_hosts_clear(&h);
}

TESTS({ "waits for the rules of each origin",
        waits_for_the_rules_of_each_origin },
      { "asks for one page at a time and not too soon",
        asks_for_one_page_at_a_time_and_not_too_soon },
      { "obeys a crawl delay within reason",
        obeys_a_crawl_delay_within_reason },
      { "can be told to ignore the rules", can_be_told_to_ignore_the_rules })
