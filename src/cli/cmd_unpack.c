/*
 * stet unpack F.wacz DIR
 */
#include "cli/options.h"

#include "stet/pack.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

struct args {
    bool quiet;
};

static const struct cli_option options[] = {
    { "quiet", 'q', CLI_FLAG, NULL, "only the exit status and errors",
      offsetof(struct args, quiet) },
    CLI_OPTIONS_END,
};

static void on_bad(void *ctx, const char *path, const char *text)
{
    const struct args *args = ctx;

    if (args->quiet)
        return;
    fprintf(stderr, "stet: ");
    cli_put_text(stderr, (struct stet_span){ path, strlen(path) });
    fprintf(stderr, ": %s\n", text);
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct stet_pack_result r;
    struct stet_error err = { 0 };
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n != 2)
        return cli_misuse(self, "a WACZ file and a folder are needed");
    if (stet_unpack(argv[1], argv[2], on_bad, &args, &r, &err) < 0)
        return cli_fail(argv[1], &err);
    if (!args.quiet)
        fprintf(stderr, "%" PRIu64 " file%s unpacked\n", r.files,
                r.files == 1 ? "" : "s");
    return r.bad > 0 ? CLI_BAD : CLI_OK;
}

const struct cli_command cli_unpack = { "unpack", "WACZ DIR",
                                        "unpack a WACZ file, and verify it",
                                        options, run };
