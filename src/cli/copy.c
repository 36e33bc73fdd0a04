#include "cli/copy.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

enum { LEVEL_MAX = 9 };

const struct cli_option cli_copy_options[] = {
    { "plain", 0, CLI_FLAG, NULL, "do not compress",
      offsetof(struct cli_copy_args, plain) },
    { "level", 0, CLI_NUMBER, "N", "gzip level, 1 to 9 (default: 6)",
      offsetof(struct cli_copy_args, level) },
    { "quiet", 'q', CLI_FLAG, NULL, "only the exit status and errors",
      offsetof(struct cli_copy_args, quiet) },
    CLI_OPTIONS_END,
};

/* A file being copied. */
struct telling {
    const char *in;
    bool quiet;
};

static void on_note(void *ctx, enum stet_warc_copy_note kind, uint64_t offset,
                    const char *text)
{
    const struct telling *t = ctx;

    (void)kind;
    if (t->quiet)
        return;
    fprintf(stderr, "stet: %s: at %" PRIu64 ": ", t->in, offset);
    cli_put_text(stderr, (struct stet_span){ text, strlen(text) });
    fprintf(stderr, "\n");
}

static void sum_up(const struct stet_warc_copy_result *r)
{
    fprintf(stderr, "%" PRIu64 " record%s copied", r->records,
            r->records == 1 ? "" : "s");
    if (r->bad_digests > 0)
        fprintf(stderr, ", %" PRIu64 " with a wrong digest", r->bad_digests);
    if (r->lost > 0)
        fprintf(stderr, ", %" PRIu64 " lost", r->lost);
    if (r->gap_bytes > 0)
        fprintf(stderr, ", %" PRIu64 " bytes gave no record", r->gap_bytes);
    fprintf(stderr, "\n");
}

int cli_copy(const struct cli_command *self, int argc, char **argv,
             cli_copy_fn copy)
{
    struct cli_copy_args args = { 0 };
    struct telling telling = { NULL, false };
    struct stet_warc_copy_options o = { .on_note = on_note, .ctx = &telling };
    struct stet_warc_copy_result result;
    struct stet_error err = { 0 };
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);
    int rc;

    if (status != CLI_GO_ON)
        return status;
    if (n != 2)
        return cli_misuse(self, "an input and an output are needed");
    if (args.level > LEVEL_MAX)
        return cli_misuse(self, "--level is 1 to 9");
    telling.in = argv[1];
    telling.quiet = args.quiet;
    o.plain = args.plain;
    o.level = (int)args.level;
    rc = copy(argv[1], argv[2], &o, &result, &err);
    if (rc < 0)
        return cli_fail(argv[1], &err);
    if (!args.quiet)
        sum_up(&result);
    return result.lost > 0 || result.gap_bytes > 0 || result.bad_digests > 0
               ? CLI_BAD
               : CLI_OK;
}
