/*
 * stet index FILE...
 *
 * The CDXJ index of WARC files, sorted, on standard output.
 */
#include "cli/options.h"

#include "stet/index.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

struct args {
    const char *output;
    bool unsorted, wabac;
};

static const struct cli_option options[] = {
    { "output", 'o', CLI_STRING, "FILE", "write to FILE",
      offsetof(struct args, output) },
    { "unsorted", 0, CLI_FLAG, NULL, "in the order of the records",
      offsetof(struct args, unsorted) },
    { "wabac", 0, CLI_FLAG, NULL, "keys as wabac.js makes them",
      offsetof(struct args, wabac) },
    CLI_OPTIONS_END,
};

struct run {
    FILE *to;
    bool bad; /* a problem was told */
};

static int put_line(void *ctx, struct stet_span line)
{
    struct run *r = ctx;

    fwrite(line.ptr, 1, line.len, r->to);
    return putc('\n', r->to) == EOF ? STET_EIO : STET_OK;
}

static void on_problem(void *ctx, const char *path, enum stet_warc_problem p,
                       uint64_t offset, const char *text)
{
    struct run *r = ctx;

    (void)p;
    r->bad = true;
    fprintf(stderr, "stet: %s: at %" PRIu64 ": ", path, offset);
    cli_put_text(stderr, (struct stet_span){ text, strlen(text) });
    fprintf(stderr, "\n");
}

static int index_files(const struct args *args,
                       const struct stet_warc_files *files)
{
    struct stet_index_options o = { .sort = !args->unsorted,
                                    .wabac_keys = args->wabac,
                                    .on_problem = on_problem };
    struct run r = { stdout, false };
    struct stet_error err = { 0 };
    const char *const *paths = (const char *const *)files->paths;
    int rc;

    if (args->output)
        r.to = fopen(args->output, "wb");
    if (!r.to) {
        fprintf(stderr, "stet: %s: %s\n", args->output, strerror(errno));
        return CLI_FAULT;
    }
    rc = stet_index_files(paths, files->len, &o, put_line, &r, &err);
    if (rc == STET_OK && r.to != stdout && fflush(r.to) != 0)
        rc = STET_EIO;
    if (rc == STET_EIO && err.code == 0) {
        err.code = rc;
        snprintf(err.text, sizeof(err.text), "cannot write: %s",
                 strerror(errno));
    }
    if (r.to != stdout)
        fclose(r.to);
    if (rc < 0)
        return cli_fail(NULL, &err);
    return r.bad ? CLI_BAD : CLI_OK;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct stet_warc_files files = { 0 };
    struct stet_error err = { 0 };
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n == 0)
        return cli_misuse(self, "no file was named");
    status = CLI_OK;
    for (int i = 1; i <= n && status == CLI_OK; i++) {
        if (stet_warc_files_add(&files, argv[i], &err) < 0)
            status = cli_fail(NULL, &err);
    }
    if (status == CLI_OK)
        status = index_files(&args, &files);
    stet_warc_files_clear(&files);
    return status;
}

const struct cli_command cli_index = { "index", "FILE...",
                                       "make a CDXJ index of WARC files",
                                       options, run };
