#include "stet/robots.h"

#include "base/fail.h"
#include "base/span.h"
#include "plumb/question.h"
#include "stet/url.h"

/* A rule is held against path and search; what begins with '/' is taken to
 * be that already, and nothing at all to be "/". */
static int find_target(struct stet_url *u, struct stet_span url,
                       struct stet_span *target, struct stet_error *err)
{
    int rc;

    *target = url;
    if (url.len == 0 || url.ptr[0] == '/')
        return STET_OK;
    if ((rc = stet_url_parse(u, url, NULL, err)) == STET_OK)
        *target = stet_url_target(u);
    return rc;
}

static void put_verdict(struct stet_json_writer *w,
                        const struct stet_robots_verdict *v)
{
    stet_json_member_bool(w, "allowed", v->allowed);
    if (v->line > 0) {
        stet_json_member_string(w, "rule", v->rule);
        stet_json_member_int(w, "line", (int64_t)v->line);
    }
    if (v->crawl_delay_ms >= 0) {
        stet_json_key(w, "crawlDelay");
        stet_json_put_real(w, (double)v->crawl_delay_ms / 1000);
    }
}

static void put_sitemaps(struct stet_json_writer *w,
                         const struct stet_robots *r)
{
    size_t n = stet_robots_sitemaps(r);

    if (n == 0)
        return;
    stet_json_key(w, "sitemaps");
    stet_json_begin_array(w);
    for (size_t i = 0; i < n; i++)
        stet_json_put_string(w, stet_robots_sitemap(r, i));
    stet_json_end(w);
}

static int answer(struct stet_question *q, struct stet_json_writer *w,
                  struct stet_error *err)
{
    struct stet_span body, agent, url, target;
    struct stet_robots *r = NULL;
    struct stet_robots_verdict v;
    struct stet_url u;
    int rc;

    stet_url_init(&u);
    if ((rc = stet_question_need(q, "robots", &body, err)) < 0 ||
        (rc = stet_question_need(q, "agent", &agent, err)) < 0 ||
        (rc = stet_question_need(q, "url", &url, err)) < 0 ||
        (rc = find_target(&u, url, &target, err)) < 0 ||
        (rc = stet_robots_parse(&r, body, err)) < 0)
        goto done;
    if ((rc = stet_robots_allows(r, agent, target, &v)) < 0) {
        stet_fail(err, rc, "robots: %s", stet_strerror(rc));
        goto done;
    }
    put_verdict(w, &v);
    put_sitemaps(w, r);
done:
    stet_robots_free(r);
    stet_url_clear(&u);
    return rc;
}

const struct stet_stage stet_stage_robots = { "robots", answer };
