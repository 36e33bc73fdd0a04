#include "stet/robots.h"

#include "base/mem.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s, strlen(s) };
}

static struct stet_robots_verdict ask(const struct stet_robots *r,
                                      const char *agent, const char *target)
{
    struct stet_robots_verdict v;

    stet_robots_allows(r, span(agent), span(target), &v);
    return v;
}

static void finds_the_rule_that_counts(void)
{
    static const struct {
        const char *robots, *agent, *target, *rule; /* "": none applies */
        bool allowed;
    } rows[] = {
        { "", "stet", "/", "", true },
        { "user-agent: *\ndisallow: /", "stet", "/x", "/", false },
        { "user-agent: *\ndisallow: /", "stet", "/robots.txt", "", true },
        { "user-agent: *\ndisallow:", "stet", "/x", "", true },
        { "disallow: /\nuser-agent: *", "stet", "/x", "", true },
        { "user-agent: *\ndisallow: /\n\nuser-agent: stet\n", "Stet/1.0 (x)",
          "/x", "", true },
        { "user-agent: stet\ndisallow: /a\nuser-agent: b\ndisallow: /b\n"
          "user-agent: stet\ndisallow: /c",
          "stet", "/c", "/c", false },
        { "user-agent: a\nsitemap: x\nuser-agent: stet\ndisallow: /c", "a",
          "/c", "/c", false },
        { "user-agent: *\nallow: /p\ndisallow: /", "stet", "/page", "/p",
          true },
        { "user-agent: *\ndisallow: /page\nallow: /page", "stet", "/page",
          "/page", true },
        { "user-agent: *\ndisallow: /*.gif$", "stet", "/a.gif", "/*.gif$",
          false },
        { "user-agent: *\ndisallow: /*.gif$", "stet", "/a.gif?x", "", true },
        { "user-agent: *\ndisallow: /a$b", "stet", "/a$bc", "/a$b", false },
        { "user-agent: *\ndisallow: /*a*b*c$", "stet", "/aabbcc", "/*a*b*c$",
          false },
        { "user-agent: *\ndisallow: /*a*b*c$", "stet", "/aacbb", "", true },
        { "user-agent: *\ndisallow: *", "stet", "/", "*", false },
        { "user-agent: *\ndisallow: /$", "stet", "", "/$", false },
        { "user-agent: *\ndisallow: /a%2Ab", "stet", "/a*b", "/a%2Ab", false },
        { "user-agent: *\ndisallow: /%61", "stet", "/a", "/%61", false },
        { "user-agent: *\ndisallow: /a%2fb", "stet", "/a/b", "", true },
        { "user-agent: *\ndisallow: /a%2fb", "stet", "/a%2Fb", "/a%2fb",
          false },
        { "user-agent: *\ndisallow: /\xC3\xA9", "stet", "/%c3%a9", "/\xC3\xA9",
          false },
        { "\xEF\xBB\xBFuser-agent: *\rdisallow: /x#y\r", "stet", "/x", "/x",
          false },
        { "user-agent: stet2\ndisallow: /x", "stet2", "/x", "/x", false },
        { "user-agent: stet3\ndisallow: /x", "stet2", "/x", "", true },
        { "user-agent: stet3\ndisallow: /x", "stet", "/x", "/x", false },
        { "user-agent *\ndisallow /x", "stet", "/x", "/x", false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_robots_verdict v;
        struct stet_robots *r;

        tap_row(rows[i].robots);
        CHECK_INT(stet_robots_parse(&r, span(rows[i].robots), NULL), STET_OK);
        v = ask(r, rows[i].agent, rows[i].target);
        CHECK_INT(v.allowed, rows[i].allowed);
        CHECK_SPAN(v.rule, rows[i].rule);
        stet_robots_free(r);
    }
}

static void tells_line_delay_and_sitemaps(void)
{
    struct stet_robots_verdict v;
    struct stet_robots *r;

    CHECK_INT(stet_robots_parse(
                  &r,
                  STET_SPAN("Sitemap: https://a.org/s.xml\r\n"
                            "User-agent: *\r\nCrawl-delay: 1.25\r\n"
                            "Disallow: /x\r\nCrawl-delay: 1\r\n"
                            "User-agent: slow\nCrawl-delay: 999999999\n"
                            "User-agent: odd\nDisallow:\nCrawl-delay: 2x\n"
                            "site-map: b.xml"),
                  NULL),
              STET_OK);
    v = ask(r, "stet", "/x");
    CHECK_INT(v.line, 4);
    CHECK_INT(v.crawl_delay_ms, 1250);
    CHECK_INT(ask(r, "slow", "/").crawl_delay_ms, STET_MAX_ROBOTS_DELAY_MS);
    CHECK_INT(ask(r, "odd", "/").crawl_delay_ms, STET_MAX_ROBOTS_DELAY_MS);
    CHECK_INT(stet_robots_sitemaps(r), 2);
    CHECK_SPAN(stet_robots_sitemap(r, 0), "https://a.org/s.xml");
    CHECK_SPAN(stet_robots_sitemap(r, 1), "b.xml");
    CHECK_SPAN(stet_robots_sitemap(r, 2), "");
    CHECK(!stet_robots_is_truncated(r));
    stet_robots_free(r);
}

static void reads_what_says_it_is_utf16(void)
{
    static const char body[] = "u\0s\0e\0r\0-\0a\0g\0e\0n\0t\0:\0*\0\n\0"
                               "d\0i\0s\0a\0l\0l\0o\0w\0:\0/\0";
    char marked[sizeof(body) + 1] = "\xFF\xFE";
    struct stet_robots *r;

    memcpy(marked + 2, body, sizeof(body) - 1);
    CHECK_INT(stet_robots_parse(
                  &r, (struct stet_span){ marked, sizeof(marked) }, NULL),
              STET_OK);
    CHECK(!ask(r, "stet", "/x").allowed);
    stet_robots_free(r);
}

/* The rule that the limit cuts in two is dropped: "Disallow: /" would be
 * another one than "Disallow: /private". */
static void drops_what_is_above_its_limits(void)
{
    size_t n = STET_MAX_ROBOTS_BYTES + 100;
    char *body = stet_alloc(n);
    struct stet_robots *r;

    memset(body, '#', n);
    memcpy(body, "user-agent:*\ndisallow:/a\n", 25);
    memcpy(body + STET_MAX_ROBOTS_BYTES - 13, "\ndisallow: /", 12);
    CHECK_INT(stet_robots_parse(&r, (struct stet_span){ body, n }, NULL),
              STET_OK);
    CHECK(stet_robots_is_truncated(r));
    CHECK(!ask(r, "stet", "/a").allowed);
    CHECK(ask(r, "stet", "/b").allowed);
    stet_robots_free(r);
    stet_free(body);
}

/* Many stars against a long target: not more than linear per rule. */
static void is_not_slowed_down_by_stars(void)
{
    enum { N = 20000 };
    char *body = stet_alloc(N + 40);
    char *target = stet_alloc(N + 1);
    struct stet_robots *r;

    memcpy(body, "user-agent:*\ndisallow:/", 23);
    for (size_t i = 24; i < N; i += 2)
        memcpy(body + i - 1, "*a", 2);
    body[N - 1] = 'b';
    memset(target, 'a', N);
    target[0] = '/';
    CHECK_INT(stet_robots_parse(&r, span(body), NULL), STET_OK);
    CHECK(ask(r, "stet", target).allowed);
    stet_robots_free(r);
    stet_free(target);
    stet_free(body);
}

static int work(void)
{
    struct stet_robots *r;
    int rc = stet_robots_parse(
        &r, STET_SPAN("user-agent: a\ndisallow: /x\nsitemap: y\n"), NULL);

    stet_robots_free(r);
    return rc;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(work));
}

TESTS({ "finds the rule that counts", finds_the_rule_that_counts },
      { "tells line, delay and sitemaps", tells_line_delay_and_sitemaps },
      { "reads what says it is UTF-16", reads_what_says_it_is_utf16 },
      { "drops what is above its limits", drops_what_is_above_its_limits },
      { "is not slowed down by stars", is_not_slowed_down_by_stars },
      { "survives every failed allocation", survives_every_failed_allocation })
