/*
 * The first line is a target, the rest a robots.txt.  Then:
 *
 *   - without a rule that applies all is allowed, and the rule that applies
 *     stands in the line it is said to stand in;
 *   - robots.txt itself is allowed;
 *   - an agent that no line names gets what the others get.
 */
#include "base/span.h"
#include "stet/robots.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool ok)
{
    if (!ok)
        abort();
}

static void judge(const struct stet_robots *r, const char *agent,
                  struct stet_span target, struct stet_robots_verdict *v)
{
    int rc = stet_robots_allows(r, (struct stet_span){ agent, strlen(agent) },
                                target, v);

    demand(rc == STET_OK);
    demand(v->allowed || v->line > 0);
    demand((v->line > 0) == (v->rule.len > 0));
    demand(v->crawl_delay_ms >= -1);
    demand(v->crawl_delay_ms <= STET_MAX_ROBOTS_DELAY_MS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span body = { (const char *)data, size };
    struct stet_span target = stet_span_cut(&body, '\n');
    struct stet_robots_verdict ours, others;
    struct stet_robots *r;

    if (!body.ptr)
        body = (struct stet_span){ "", 0 };
    demand(stet_robots_parse(&r, body, NULL) == STET_OK);
    judge(r, "stet", target, &ours);
    judge(r, "qzjxvwkyqzjxvwky", target, &others);
    if (stet_span_ifind(body, STET_SPAN("stet")) == body.len &&
        stet_span_ifind(body, STET_SPAN("qzjx")) == body.len)
        demand(ours.allowed == others.allowed && ours.line == others.line);
    judge(r, "stet", STET_SPAN("/robots.txt"), &ours);
    demand(ours.allowed && ours.line == 0);
    for (size_t i = 0; i < stet_robots_sitemaps(r); i++)
        demand(stet_robots_sitemap(r, i).len > 0);
    stet_robots_free(r);
    return 0;
}
