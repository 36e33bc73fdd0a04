/*
 * stet article: finds the facts of a news story.
 */
#include "cli/cli.h"

#include "cli/options.h"
#include "cli/plumb.h"

struct args {
    const char *url, *captured, *charset;
    bool json;
};

static const struct cli_option options[] = {
    { "url", 'u', CLI_STRING, "URL", "the page's own URL (required)",
      offsetof(struct args, url) },
    { "captured", 0, CLI_STRING, "TIME",
      "when it was fetched (2026-11-23T15:40:19Z or 20261123154019)",
      offsetof(struct args, captured) },
    { "charset", 0, CLI_STRING, "NAME", "the charset of its Content-Type",
      offsetof(struct args, charset) },
    { "json", 0, CLI_FLAG, NULL,
      "answer a JSON object a line of standard input",
      offsetof(struct args, json) },
    CLI_OPTIONS_END,
};

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct stet_plumb_field fields[4];
    int n, status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n > (args.json ? 0 : 1))
        return cli_misuse(self, "too many operands");
    if (args.json)
        return cli_plumb_lines("article");
    if (!args.url)
        return cli_misuse(self, "--url is missing");
    fields[0] = cli_field("content", NULL);
    fields[1] = cli_field("url", args.url);
    fields[2] = cli_field("captured", args.captured);
    fields[3] = cli_field("charset", args.charset);
    return cli_plumb_file("article", n > 0 ? argv[1] : NULL, fields, 4, NULL);
}

const struct cli_command cli_article = {
    "article", "[FILE]", "find the facts of a news story", options, run,
};
