/*
 * stet crawl [URL...]
 *
 * Follows links from seeds within a scope; goes on with what was stopped.
 */
#include "cli/job.h"

#include <string.h>

struct args {
    struct cli_job job;
    const char *scope, *explain;
    struct cli_list include, exclude, sitemap;
    int64_t related, depth, extra_hops, max_urls, max_bytes, max_time,
        max_per_host, pages_per_host, metrics_port;
    bool rewrite, no_traps, sitemaps;
};

enum { NOT_GIVEN = -1 };

/* clang-format off */
static const struct cli_option options[] = {
    CLI_JOB_OPTIONS(struct args, job),
    { "tries", 0, CLI_NUMBER, "N", "tries of what fails in passing (default 4)", offsetof(struct args, job.tries) },
    { "retry-delay", 0, CLI_SECONDS, "TIME", "before the second try, then growing (default: as fits the fault)", offsetof(struct args, job.retry_delay_ms) },
    { "scope", 0, CLI_STRING, "SCOPE", "page, cluster, prefix, host, domain or any (default host)", offsetof(struct args, scope) },
    { "include", 0, CLI_LIST, "REGEX", "take URLs that match, though out of scope", offsetof(struct args, include) },
    { "exclude", 0, CLI_LIST, "REGEX", "refuse URLs that match, though in scope", offsetof(struct args, exclude) },
    { "depth", 0, CLI_NUMBER, "HOPS", "links from a seed at the most (default: no limit)", offsetof(struct args, depth) },
    { "extra-hops", 0, CLI_NUMBER, "HOPS", "follow links out of the scope so far (default 0)", offsetof(struct args, extra_hops) },
    { "related", 0, CLI_NUMBER, "HOPS", "follow related stories so far, (default 0; scope cluster: no limit)", offsetof(struct args, related) },
    { "sitemap", 0, CLI_LIST, "URL", "take the URLs of this sitemap as seeds", offsetof(struct args, sitemap) },
    { "sitemaps", 0, CLI_FLAG, NULL, "follow the sitemaps and feeds that sites name", offsetof(struct args, sitemaps) },
    { "no-trap-check", 0, CLI_FLAG, NULL, "follow URLs that look endless too", offsetof(struct args, no_traps) },
    { "max-urls", 0, CLI_NUMBER, "N", "stop after so many URLs", offsetof(struct args, max_urls) },
    { "max-bytes", 0, CLI_BYTES, "SIZE", "stop after so many bytes", offsetof(struct args, max_bytes) },
    { "max-time", 0, CLI_SECONDS, "TIME", "stop after so long", offsetof(struct args, max_time) },
    { "rewrite", 0, CLI_FLAG, NULL, "make conversion records", offsetof(struct args, rewrite) },
    { "max-per-host", 0, CLI_NUMBER, "N", "fetch so many URLs of a host at the most", offsetof(struct args, max_per_host) },
    { "pages-per-host", 0, CLI_NUMBER, "N", "fetch so many pages of a host at once (default 1)", offsetof(struct args, pages_per_host) },
    { "metrics-port", 0, CLI_NUMBER, "PORT", "serve figures and a status page on loopback (0: any port)", offsetof(struct args, metrics_port) },
    { "explain", 0, CLI_STRING, "URL", "say which rule takes or refuses URL, and end", offsetof(struct args, explain) },
    CLI_OPTIONS_END,
};
/* clang-format on */

/* CLI_GO_ON or CLI_USAGE. */
static int set_scope(const struct args *a, const struct cli_command *self,
                     struct stet_crawl_options *o)
{
    static const struct cli_word scopes[] = {
        { "page", STET_CRAWL_PAGE },
        { "cluster", STET_CRAWL_CLUSTER },
        { "prefix", STET_CRAWL_PREFIX },
        { "host", STET_CRAWL_HOST },
        { "domain", STET_CRAWL_DOMAIN },
        { "any", STET_CRAWL_ANY },
        { NULL, 0 },
    };
    int scope = 0, status = cli_choose(self, "scope", scopes, a->scope, &scope);

    o->scope = (enum stet_crawl_scope)scope;
    return status;
}

/* A number of hops: -1 is no limit. */
static bool is_hops(int64_t n)
{
    return n <= STET_CRAWL_MAX_HOPS;
}

static int set(const struct args *a, const struct cli_command *self,
               struct stet_crawl_options *o)
{
    int status = cli_job_set(&a->job, self, o);

    if (status == CLI_GO_ON)
        status = set_scope(a, self, o);
    if (status != CLI_GO_ON)
        return status;
    if (!is_hops(a->depth) || !is_hops(a->related) || !is_hops(a->extra_hops))
        return cli_misuse(self, "more than %d hops", STET_CRAWL_MAX_HOPS);
    if (a->pages_per_host < 1 || a->pages_per_host > STET_CRAWL_MAX_PER_HOST)
        return cli_misuse(self, "--pages-per-host: not 1 to %d",
                          STET_CRAWL_MAX_PER_HOST);
    if (a->metrics_port > 65535)
        return cli_misuse(self, "--metrics-port: not a port");
    o->include = a->include.items;
    o->n_include = a->include.len;
    o->exclude = a->exclude.items;
    o->n_exclude = a->exclude.len;
    o->sitemaps = a->sitemap.items;
    o->n_sitemaps = a->sitemap.len;
    o->robots_sitemaps = a->sitemaps;
    o->depth = (int)a->depth;
    o->extra_hops = (int)a->extra_hops;
    o->related_hops = (int)a->related;
    if (a->related == NOT_GIVEN && o->scope != STET_CRAWL_CLUSTER)
        o->related_hops = 0;
    o->check_traps = !a->no_traps;
    o->max_urls = a->max_urls;
    o->max_bytes = a->max_bytes;
    o->max_time_ms = a->max_time;
    o->max_per_host = a->max_per_host;
    o->pages_per_host = (int)a->pages_per_host;
    o->rewrite = a->rewrite;
    o->metrics_port = (int)a->metrics_port;
    o->resume = true;
    return CLI_GO_ON;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct stet_crawl_options o;
    struct args a = { .scope = "host",
                      .related = NOT_GIVEN,
                      .depth = NOT_GIVEN,
                      .metrics_port = NOT_GIVEN,
                      .pages_per_host = 1 };
    int n, status;

    stet_crawl_options_init(&o);
    cli_job_init(&a.job);
    a.job.tries = 4;
    status = cli_parse(self, &a, argc, argv, &n);
    if (status == CLI_GO_ON)
        status = set(&a, self, &o);
    if (status == CLI_GO_ON && a.explain && n == 0 && !a.job.input &&
        a.sitemap.len == 0)
        status = cli_misuse(self, "--explain: no seed to begin at");
    if (status == CLI_GO_ON)
        status = a.explain ? cli_job_explain(&a.job, &o, a.explain, argv, n)
                           : cli_job_run(&a.job, self, &o, argv, n);
    cli_list_clear(&a.include);
    cli_list_clear(&a.exclude);
    cli_list_clear(&a.sitemap);
    cli_job_clear(&a.job);
    return status;
}

const struct cli_command cli_crawl = {
    "crawl", "[URL...]", "follow links from URLs within a scope, and resume",
    options, run
};
