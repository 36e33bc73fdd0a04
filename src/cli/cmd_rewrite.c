/*
 * stet rewrite: points the links of a document elsewhere.
 */
#include "cli/cli.h"

#include "cli/options.h"
#include "cli/plumb.h"
#include "stet/rewrite.h"

#include <stdlib.h>
#include <string.h>

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

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s ? s : "", s ? strlen(s) : 0 };
}

struct job {
    struct stet_rewrite_options o;
    struct stet_replay_map *replay;
    struct stet_mirror_map *mirror;
    struct stet_bytes from;
};

static int prepare(struct job *j, const struct args *a, struct stet_error *err)
{
    struct stet_replay_options replay = { .prefix = span(a->prefix),
                                          .timestamp = span(a->timestamp),
                                          .mod = span(a->mod) };
    struct stet_mirror_options mirror = { .find = NULL };
    bool css = j->o.type == STET_LINKS_CSS;
    int rc;

    j->o.base = span(a->base);
    j->o.charset = span(a->charset);
    j->o.drop = STET_REWRITE_DROP_INTEGRITY | STET_REWRITE_DROP_CSP;
    if (!a->mirror) {
        rc = stet_replay_map_new(&j->replay, &replay, err);
        j->o.map = stet_replay_map_link;
        j->o.ctx = j->replay;
        return rc;
    }
    rc = stet_mirror_path(&j->from, j->o.base,
                          span(css ? "text/css" : "text/html"), err);
    if (rc < 0)
        return rc;
    mirror.from = (struct stet_span){ j->from.data, j->from.len };
    rc = stet_mirror_map_new(&j->mirror, &mirror, err);
    j->o.map = stet_mirror_map_link;
    j->o.ctx = j->mirror;
    j->o.drop |= STET_REWRITE_DROP_CROSSORIGIN | STET_REWRITE_DROP_BASE;
    return rc;
}

static int rewrite_file(struct job *j, const struct args *a, const char *path)
{
    struct stet_error err = { 0 };
    struct stet_bytes in = { NULL, 0 }, out = { NULL, 0 };
    int rc = prepare(j, a, &err);

    if (rc == STET_OK)
        rc = cli_read(&in, path, STET_MAX_PLUMB_LINE, &err);
    if (rc == STET_OK)
        rc = stet_rewrite(&out, &j->o, (struct stet_span){ in.data, in.len },
                          &err);
    if (rc == STET_OK && out.len > 0)
        fwrite(out.data, 1, out.len, stdout);
    stet_bytes_clear(&out);
    free(in.data);
    return rc < 0 ? cli_fail("rewrite", &err) : CLI_OK;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct job j = { .replay = NULL };
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
    j.o.type =
        args.type ? stet_links_type_find(span(args.type)) : STET_LINKS_HTML;
    if (j.o.type == STET_LINKS_NONE)
        return cli_misuse(self, "no type '%s'", args.type);
    status = rewrite_file(&j, &args, n > 0 ? argv[1] : NULL);
    stet_replay_map_free(j.replay);
    stet_mirror_map_free(j.mirror);
    stet_bytes_clear(&j.from);
    return status;
}

const struct cli_command cli_rewrite = {
    "rewrite", "[FILE]", "point the links of a document elsewhere",
    options,   run,
};
