/*
 * stet dedup IN... OUT
 *
 * WARC files in which a body that comes again is a revisit.
 */
#include "cli/copy.h"

#include "stet/dedup.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

struct run {
    struct cli_copy_args args;
    struct stet_warc_dedup *dedup;
    struct stet_warc_files in;
    const char *reading; /* the file, for what is told */
    struct stet_warc_dedup_result sum;
};

static void on_note(void *ctx, enum stet_warc_copy_note kind, uint64_t offset,
                    const char *text)
{
    const struct run *r = ctx;

    (void)kind;
    if (r->args.quiet)
        return;
    fprintf(stderr, "stet: %s: at %" PRIu64 ": ", r->reading, offset);
    cli_put_text(stderr, (struct stet_span){ text, strlen(text) });
    fprintf(stderr, "\n");
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* Two inputs of one name would be one output. */
static bool has_twins(const struct stet_warc_files *f)
{
    for (size_t i = 0; i < f->len; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(base_name(f->paths[i]), base_name(f->paths[k])) == 0)
                return true;
    return false;
}

/* The path of an output: OUT itself, or under its input's name in it. */
static bool name_output(const struct run *r, size_t i, const char *out,
                        bool folder, char path[PATH_MAX])
{
    const char *name = base_name(r->in.paths[i]);
    int n = folder ? snprintf(path, PATH_MAX, "%s/%s", out, name)
                   : snprintf(path, PATH_MAX, "%s", out);

    return n > 0 && n < PATH_MAX;
}

static void sum_up(const struct run *r)
{
    fprintf(stderr,
            "%" PRIu64 " record%s, %" PRIu64 " of them now revisits, %" PRIu64
            " bytes of bodies left out\n",
            r->sum.records, r->sum.records == 1 ? "" : "s", r->sum.revisits,
            r->sum.saved);
}

static int copy_one(struct run *r, size_t i, const char *out)
{
    struct stet_warc_dedup_result result;
    struct stet_error err = { 0 };

    r->reading = r->in.paths[i];
    if (stet_warc_dedup_copy(r->dedup, r->in.paths[i], out, &result, &err) < 0)
        return cli_fail(r->in.paths[i], &err);
    r->sum.records += result.records;
    r->sum.revisits += result.revisits;
    r->sum.saved += result.saved;
    r->sum.bad_digests += result.bad_digests;
    return CLI_OK;
}

static int copy_all(struct run *r, const char *out, bool folder)
{
    struct stet_error err = { 0 };
    char path[PATH_MAX];
    int status = CLI_OK;

    for (size_t i = 0; i < r->in.len; i++)
        if (stet_warc_dedup_look(r->dedup, r->in.paths[i], &err) < 0)
            return cli_fail(r->in.paths[i], &err);
    if (folder && mkdir(out, 0777) < 0) {
        fprintf(stderr, "stet: cannot make %s: %s\n", out, strerror(errno));
        return CLI_FAULT;
    }
    for (size_t i = 0; i < r->in.len && status == CLI_OK; i++) {
        if (!name_output(r, i, out, folder, path)) {
            fprintf(stderr, "stet: %s: the path is too long\n", out);
            return CLI_FAULT;
        }
        status = copy_one(r, i, path);
    }
    return status;
}

static int dedup(struct run *r, const char *out, bool folder)
{
    int status = copy_all(r, out, folder);

    if (status != CLI_OK)
        return status;
    if (!r->args.quiet)
        sum_up(r);
    if (r->args.index && cli_copy_index(out, r->args.index) != CLI_OK)
        return CLI_FAULT;
    return r->sum.bad_digests > 0 ? CLI_BAD : CLI_OK;
}

/* Adds the files that an operand stands for; *folder: it is one. */
static int add_input(struct run *r, const char *path, bool *folder)
{
    struct stet_error err = { 0 };
    struct stat st;

    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        *folder = true;
    return stet_warc_files_add(&r->in, path, &err) < 0 ? cli_fail(NULL, &err)
                                                       : CLI_OK;
}

static int run_with(struct run *r, const struct cli_command *self, int n,
                    char **argv)
{
    struct stet_warc_copy_options o = { .on_note = on_note, .ctx = r };
    struct stet_error err = { 0 };
    const char *out = argv[n];
    bool folder = n > 2;
    int status = cli_copy_packing(self, &r->args, out, &o);

    if (status != CLI_GO_ON)
        return status;
    for (int i = 1; i < n; i++) {
        if (strcmp(argv[i], "-") == 0)
            return cli_misuse(self, "an input is read twice: it needs a name");
        status = add_input(r, argv[i], &folder);
        if (status != CLI_OK)
            return status;
    }
    if (has_twins(&r->in))
        return cli_misuse(self, "two files have the same name");
    if (folder && (r->args.plain || o.packing == STET_WARC_ZSTD))
        return cli_misuse(self, "in a folder files keep their names: gzip");
    if (stet_warc_dedup_new(&r->dedup, &o, &err) < 0)
        return cli_fail(NULL, &err);
    return dedup(r, out, folder);
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct run r = { 0 };
    int n;
    int status = cli_parse(self, &r.args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n < 2)
        return cli_misuse(self, "an input and an output are needed");
    status = run_with(&r, self, n, argv);
    stet_warc_dedup_free(r.dedup);
    stet_warc_files_clear(&r.in);
    return status;
}

const struct cli_command cli_dedup = { "dedup", "IN... OUT",
                                       "make bodies that come again revisits",
                                       cli_copy_options, run };
