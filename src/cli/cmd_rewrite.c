/*
 * stet rewrite: points the links of a document elsewhere.
 */
#include "cli/cli.h"

#include "cli/options.h"
#include "cli/plumb.h"

struct args {
    const char *base, *type, *charset, *prefix, *timestamp, *mod;
    bool mirror, json;
};

static const struct cli_option options[] = {
    { "base", 'b', CLI_STRING, "URL", "the document's own URL (required)",
      offsetof(struct args, base) },
    { "type", 't', CLI_STRING, "TYPE", "html (default), css ...",
      offsetof(struct args, type) },
    { "charset", 0, CLI_STRING, "NAME", "the document's encoding",
      offsetof(struct args, charset) },
    { "prefix", 'p', CLI_STRING, "P", "point into a replay under P",
      offsetof(struct args, prefix) },
    { "timestamp", 0, CLI_STRING, "TIME", "14 digits after the prefix",
      offsetof(struct args, timestamp) },
    { "mod", 0, CLI_STRING, "MOD", "modifier of links to pages (mp_)",
      offsetof(struct args, mod) },
    { "mirror", 'm', CLI_FLAG, NULL, "point into an offline mirror",
      offsetof(struct args, mirror) },
    { "json", 0, CLI_FLAG, NULL,
      "answer a JSON object a line of standard input",
      offsetof(struct args, json) },
    CLI_OPTIONS_END,
};

/* The answer is a document: its bytes and no more. */
static int put_document(void *ctx, struct stet_span document)
{
    (void)ctx;
    fwrite(document.ptr, 1, document.len, stdout);
    return STET_OK;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct stet_plumb_field fields[8];
    int n, status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n > (args.json ? 0 : 1))
        return cli_misuse(self, "too many operands");
    if (args.json)
        return cli_plumb_lines("rewrite");
    if (!args.base)
        return cli_misuse(self, "--base is missing");
    if (args.mirror == (args.prefix != NULL))
        return cli_misuse(self, "one of --prefix and --mirror");
    fields[0] = cli_field("content", NULL);
    fields[1] = cli_field("base", args.base);
    fields[2] = cli_field("type", args.type);
    fields[3] = cli_field("charset", args.charset);
    fields[4] = cli_field("prefix", args.prefix);
    fields[5] = cli_field("timestamp", args.timestamp);
    fields[6] = cli_field("mod", args.mod);
    fields[7] = cli_field("mirror", args.mirror ? "yes" : NULL);
    return cli_plumb_file("rewrite", n > 0 ? argv[1] : NULL, fields, 8,
                          put_document);
}

const struct cli_command cli_rewrite = {
    "rewrite", "[FILE]", "point the links of a document elsewhere",
    options,   run,
};
