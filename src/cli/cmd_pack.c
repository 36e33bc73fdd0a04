/*
 * stet pack FILE|ARCHIVE... -o F.wacz
 */
#include "cli/options.h"

#include "stet/pack.h"

#include <inttypes.h>
#include <stddef.h>

struct args {
    const char *output;
    struct stet_pack_options pack;
    bool quiet;
};

static const struct cli_option options[] = {
    { "output", 'o', CLI_STRING, "WACZ", "write this file",
      offsetof(struct args, output) },
    { "title", 0, CLI_STRING, "TEXT", "what the collection is called",
      offsetof(struct args, pack.title) },
    { "description", 0, CLI_STRING, "TEXT", "what it is about",
      offsetof(struct args, pack.description) },
    { "text", 0, CLI_FLAG, NULL, "the text of pages into their list",
      offsetof(struct args, pack.text) },
    { "sign", 0, CLI_FLAG, NULL, "sign it with a key of one's own",
      offsetof(struct args, pack.sign) },
    { "key", 0, CLI_STRING, "FILE", "sign with the key in FILE",
      offsetof(struct args, pack.key) },
    { "sign-url", 0, CLI_STRING, "URL", "have it signed by this service",
      offsetof(struct args, pack.sign_url) },
    { "sign-token-file", 0, CLI_STRING, "FILE", "what lets us ask it",
      offsetof(struct args, pack.sign_token_file) },
    { "cacert", 0, CLI_STRING, "FILE", "trust these there, not the system's",
      offsetof(struct args, pack.cacert) },
    { "quiet", 'q', CLI_FLAG, NULL, "only the exit status and errors",
      offsetof(struct args, quiet) },
    CLI_OPTIONS_END,
};

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    const char *const *paths = (const char *const *)(argv + 1);
    struct stet_pack_result r;
    struct stet_error err = { 0 };
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n == 0)
        return cli_misuse(self, "no archive was named");
    if (!args.output)
        return cli_misuse(self, "no file was named: -o WACZ");
    if (args.pack.sign_url && (args.pack.sign || args.pack.key))
        return cli_misuse(self, "a key or a service signs, not both");
    if (stet_pack(paths, (size_t)n, args.output, &args.pack, &r, &err) < 0)
        return cli_fail(NULL, &err);
    if (!args.quiet)
        fprintf(
            stderr, "%" PRIu64 " WARC file%s and %" PRIu64 " page%s packed\n",
            r.warcs, r.warcs == 1 ? "" : "s", r.pages, r.pages == 1 ? "" : "s");
    return CLI_OK;
}

const struct cli_command cli_pack = { "pack", "FILE|ARCHIVE...",
                                      "pack archives into a WACZ file", options,
                                      run };
