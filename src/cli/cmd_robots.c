/*
 * stet robots: says whether a robots.txt lets an agent fetch a URL.
 */
#include "cli/cli.h"

#include "cli/options.h"
#include "cli/plumb.h"

struct args {
    const char *agent, *url;
    bool json;
};

static const struct cli_option options[] = {
    { "agent", 'a', CLI_STRING, "NAME", "the crawler's product token",
      offsetof(struct args, agent) },
    { "url", 'u', CLI_STRING, "URL", "what it wants to fetch (required)",
      offsetof(struct args, url) },
    { "json", 0, CLI_FLAG, NULL,
      "answer a JSON object a line of standard input",
      offsetof(struct args, json) },
    CLI_OPTIONS_END,
};

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { .agent = "stet" };
    struct stet_plumb_field fields[3];
    int n, status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n > (args.json ? 0 : 1))
        return cli_misuse(self, "too many operands");
    if (args.json)
        return cli_plumb_lines("robots");
    if (!args.url)
        return cli_misuse(self, "--url is missing");
    fields[0] = cli_field("robots", NULL);
    fields[1] = cli_field("agent", args.agent);
    fields[2] = cli_field("url", args.url);
    return cli_plumb_file("robots", n > 0 ? argv[1] : NULL, fields, 3, NULL);
}

const struct cli_command cli_robots = {
    "robots", "[FILE]", "say whether robots.txt allows a URL", options, run,
};
