/*
 * stet url: parses URLs and shows their parts and keys.
 */
#include "cli/cli.h"

#include "cli/options.h"
#include "cli/plumb.h"

struct args {
    const char *base;
    bool json;
};

static const struct cli_option options[] = {
    { "base", 'b', CLI_STRING, "URL", "resolve against URL",
      offsetof(struct args, base) },
    { "json", 0, CLI_FLAG, NULL,
      "answer a JSON object a line of standard input",
      offsetof(struct args, json) },
    CLI_OPTIONS_END,
};

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    int n, status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (args.json)
        return n > 0 ? cli_misuse(self, "--json takes no URL")
                     : cli_plumb_lines("url");
    if (n == 0)
        return cli_misuse(self, "no URL");
    status = CLI_OK;
    for (int i = 1; i <= n; i++) {
        struct stet_plumb_field fields[] = {
            cli_field("input", argv[i]),
            cli_field("base", args.base),
        };
        int one = cli_plumb_ask("url", fields, 2);
        if (one > status)
            status = one;
    }
    return status;
}

const struct cli_command cli_url = {
    "url", "URL...", "show the parts and keys of URLs", options, run,
};
