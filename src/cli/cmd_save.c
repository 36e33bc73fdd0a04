/*
 * stet save URL...
 *
 * Saves pages with all they need and their related stories.
 */
#include "cli/job.h"

struct args {
    struct cli_job job;
    int64_t related;
    bool no_related, no_rewrite;
};

/* clang-format off */
static const struct cli_option options[] = {
    CLI_JOB_OPTIONS(struct args, job),
    { "tries", 0, CLI_NUMBER, "N", "tries of what fails in passing (default 1)", offsetof(struct args, job.tries) },
    { "retry-delay", 0, CLI_SECONDS, "TIME", "before the second try, then growing (default: as fits the fault)", offsetof(struct args, job.retry_delay_ms) },
    { "related", 0, CLI_NUMBER, "HOPS", "follow related stories so far (default 1)", offsetof(struct args, related) },
    { "no-related", 0, CLI_FLAG, NULL, "do not follow related stories", offsetof(struct args, no_related) },
    { "no-rewrite", 0, CLI_FLAG, NULL, "make no conversion records", offsetof(struct args, no_rewrite) },
    CLI_OPTIONS_END,
};
/* clang-format on */

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct stet_crawl_options o;
    struct args a = { .related = 1 };
    int n, status;

    stet_crawl_options_init(&o);
    cli_job_init(&a.job);
    status = cli_parse(self, &a, argc, argv, &n);
    if (status == CLI_GO_ON && a.related > STET_CRAWL_MAX_HOPS)
        status = cli_misuse(self, "--related: more than %d hops",
                            STET_CRAWL_MAX_HOPS);
    if (status == CLI_GO_ON)
        status = cli_job_set(&a.job, self, &o);
    if (status == CLI_GO_ON) {
        o.related_hops = a.no_related ? 0 : (int)a.related;
        o.rewrite = !a.no_rewrite;
        status = cli_job_run(&a.job, self, &o, argv, n);
    }
    cli_job_clear(&a.job);
    return status;
}

const struct cli_command cli_save = {
    "save", "URL...", "save pages with all they need and related stories",
    options, run
};
