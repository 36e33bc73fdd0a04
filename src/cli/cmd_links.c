/*
 * stet links: finds the links of a document.
 */
#include "cli/cli.h"

#include "cli/options.h"
#include "cli/plumb.h"

struct args {
    const char *base, *type, *charset;
    bool everything, json;
};

static const struct cli_option options[] = {
    { "base", 'b', CLI_STRING, "URL", "the document's own URL (required)",
      offsetof(struct args, base) },
    { "type", 't', CLI_STRING, "TYPE",
      "html (default), css, srcset, header, sitemap, feed, json ...",
      offsetof(struct args, type) },
    { "charset", 0, CLI_STRING, "NAME", "the document's encoding",
      offsetof(struct args, charset) },
    { "everything", 0, CLI_FLAG, NULL, "also links that no crawler follows",
      offsetof(struct args, everything) },
    { "json", 0, CLI_FLAG, NULL,
      "answer a JSON object a line of standard input",
      offsetof(struct args, json) },
    CLI_OPTIONS_END,
};

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct stet_plumb_field fields[5];
    int n, status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n > (args.json ? 0 : 1))
        return cli_misuse(self, "too many operands");
    if (args.json)
        return cli_plumb_lines("links");
    if (!args.base)
        return cli_misuse(self, "--base is missing");
    fields[0] = cli_field("content", NULL);
    fields[1] = cli_field("base", args.base);
    fields[2] = cli_field("type", args.type);
    fields[3] = cli_field("charset", args.charset);
    fields[4] = cli_field("everything", args.everything ? "yes" : NULL);
    return cli_plumb_file("links", n > 0 ? argv[1] : NULL, fields, 5, NULL);
}

const struct cli_command cli_links = {
    "links", "[FILE]", "find the links of a document", options, run,
};
