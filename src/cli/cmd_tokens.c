/*
 * stet tokens: shows the tokens of an HTML document.
 */
#include "cli/cli.h"

#include "cli/options.h"
#include "cli/plumb.h"

struct args {
    const char *charset, *state, *last;
    bool offsets, json;
};

static const struct cli_option options[] = {
    { "offsets", 0, CLI_FLAG, NULL, "add where each token stands",
      offsetof(struct args, offsets) },
    { "charset", 0, CLI_STRING, "NAME",
      "the charset that its Content-Type names",
      offsetof(struct args, charset) },
    { "state", 0, CLI_STRING, "NAME",
      "begin in this state, as html5lib's tests name it",
      offsetof(struct args, state) },
    { "last-start-tag", 0, CLI_STRING, "NAME",
      "the tag that the text it begins in belongs to",
      offsetof(struct args, last) },
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
        return cli_plumb_lines("tokens");
    fields[0] = cli_field("input", NULL);
    fields[1] = cli_field("offsets", args.offsets ? "yes" : NULL);
    fields[2] = cli_field("initialState", args.state);
    fields[3] = cli_field("lastStartTag", args.last);
    fields[4] = cli_field("charset", args.charset);
    return cli_plumb_file("tokens", n > 0 ? argv[1] : NULL, fields, 5, NULL);
}

const struct cli_command cli_tokens = {
    "tokens", "[FILE]", "show the tokens of an HTML document", options, run,
};
