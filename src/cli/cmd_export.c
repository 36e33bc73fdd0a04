/*
 * stet export ARCHIVE... DIR
 *
 * Writes an offline mirror that a browser opens from disk.
 */
#include "cli/options.h"

#include "stet/export.h"

#include <inttypes.h>
#include <string.h>

struct args {
    const char *at, *missing;
    bool force, quiet;
};

static const struct cli_option options[] = {
    { "at", 0, CLI_STRING, "TIME",
      "take the captures nearest to TIME, not the latest",
      offsetof(struct args, at) },
    { "missing", 0, CLI_STRING, "WAY",
      "lead what is not there to the web ('link') or to a page that says so "
      "('notice')",
      offsetof(struct args, missing) },
    { "force", 'f', CLI_FLAG, NULL,
      "write into a folder that is not empty, replacing files",
      offsetof(struct args, force) },
    { "quiet", 'q', CLI_FLAG, NULL, "say only what failed",
      offsetof(struct args, quiet) },
    CLI_OPTIONS_END,
};

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s, strlen(s) };
}

static void on_problem(void *ctx, struct stet_span what, const char *text)
{
    (void)ctx;
    fprintf(stderr, "stet: ");
    cli_put_text(stderr, what);
    fprintf(stderr, ": ");
    cli_put_text(stderr, span(text));
    fprintf(stderr, "\n");
}

static void sum_up(const struct stet_export_options *o,
                   const struct stet_export_summary *s)
{
    printf("%" PRId64 " files, %" PRId64 " bytes, from %" PRId64 " captures\n",
           s->files, s->bytes, s->captures);
    printf("%" PRId64 " pages listed, %" PRId64 " documents rewritten, %" PRId64
           " redirects resolved\n",
           s->pages, s->documents, s->redirects);
    if (s->declared || s->recoded)
        printf("%" PRId64 " texts now say their charset, %" PRId64
               " are now UTF-8\n",
               s->declared, s->recoded);
    if (s->inlined)
        printf("%" PRId64 " pages hold SVG elements of other files\n",
               s->inlined);
    if (s->failed)
        printf("%" PRId64 " problems\n", s->failed);
    printf("open ");
    cli_put_text(stdout, span(o->dir));
    printf("/index.html\n");
}

/* CLI_GO_ON or CLI_USAGE. */
static int set_options(const struct cli_command *self, const struct args *a,
                       struct stet_export_options *o)
{
    static const struct cli_word missing[] = { { "link", STET_EXPORT_LINK },
                                               { "notice", STET_EXPORT_NOTICE },
                                               { NULL, 0 } };
    int status, value = 0;

    if (a->at && stet_export_set_time(o, span(a->at)) < 0)
        return cli_misuse(self, "--at: '%s' is no time", a->at);
    status = cli_choose(self, "missing", missing, a->missing, &value);
    if (status != CLI_GO_ON)
        return status;
    o->missing = (enum stet_export_missing)value;
    o->force = a->force;
    o->on_problem = on_problem;
    return CLI_GO_ON;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args a = { .missing = "link" };
    struct stet_error err = { 0, 0, "" };
    struct stet_export_summary summary;
    struct stet_export_options o;
    int n, status = cli_parse(self, &a, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    stet_export_options_init(&o);
    status = set_options(self, &a, &o);
    if (status != CLI_GO_ON)
        return status;
    if (n < 2)
        return cli_misuse(self, "%s was named",
                          n ? "no folder to write to" : "no archive");
    o.inputs = (const char *const *)(argv + 1);
    o.n_inputs = (size_t)n - 1;
    o.dir = argv[n];
    if (stet_export(&o, &summary, &err) < 0)
        return cli_fail(NULL, &err);
    if (!a.quiet)
        sum_up(&o, &summary);
    return summary.failed ? CLI_BAD : CLI_OK;
}

const struct cli_command cli_export = {
    "export", "ARCHIVE... DIR", "write a mirror that browsers open from disk",
    options, run
};
