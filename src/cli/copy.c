#include "cli/copy.h"

#include "stet/index.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

enum { GZIP_LEVEL_MAX = 9, ZSTD_LEVEL_MAX = 19 };

const struct cli_option cli_copy_options[] = {
    { "plain", 0, CLI_FLAG, NULL, "do not compress",
      offsetof(struct cli_copy_args, plain) },
    { "zstd", 0, CLI_FLAG, NULL, "a zstd frame a record",
      offsetof(struct cli_copy_args, zstd) },
    { "dictionary", 0, CLI_FLAG, NULL,
      "zstd with a dictionary trained on the first records",
      offsetof(struct cli_copy_args, dictionary) },
    { "level", 0, CLI_NUMBER, "N",
      "level of gzip, 1 to 9 (default: 6), or zstd, 1 to 19 (9)",
      offsetof(struct cli_copy_args, level) },
    { "index", 0, CLI_STRING, "FILE", "write a CDXJ index of OUT to FILE",
      offsetof(struct cli_copy_args, index) },
    { "quiet", 'q', CLI_FLAG, NULL, "only the exit status and errors",
      offsetof(struct cli_copy_args, quiet) },
    CLI_OPTIONS_END,
};

/* A file being copied. */
struct telling {
    const char *in;
    bool quiet;
};

static void on_note(void *ctx, enum stet_warc_copy_note kind, uint64_t offset,
                    const char *text)
{
    const struct telling *t = ctx;

    (void)kind;
    if (t->quiet)
        return;
    fprintf(stderr, "stet: %s: at %" PRIu64 ": ", t->in, offset);
    cli_put_text(stderr, (struct stet_span){ text, strlen(text) });
    fprintf(stderr, "\n");
}

static void sum_up(const struct stet_warc_copy_result *r)
{
    fprintf(stderr, "%" PRIu64 " record%s copied", r->records,
            r->records == 1 ? "" : "s");
    if (r->bad_digests > 0)
        fprintf(stderr, ", %" PRIu64 " with a wrong digest", r->bad_digests);
    if (r->lost > 0)
        fprintf(stderr, ", %" PRIu64 " lost", r->lost);
    if (r->gap_bytes > 0)
        fprintf(stderr, ", %" PRIu64 " bytes gave no record", r->gap_bytes);
    fprintf(stderr, "\n");
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);

    return n >= m && strcmp(text + n - m, end) == 0;
}

int cli_copy_packing(const struct cli_command *self,
                     const struct cli_copy_args *args, const char *out,
                     struct stet_warc_copy_options *o)
{
    bool zstd = args->zstd || args->dictionary;

    if (args->plain && (zstd || args->level > 0))
        return cli_misuse(self, "--plain goes with no other packing");
    zstd = zstd || (!args->plain && ends_with(out, ".zst"));
    if (args->level > (zstd ? ZSTD_LEVEL_MAX : GZIP_LEVEL_MAX))
        return cli_misuse(self, "--level is 1 to %d",
                          zstd ? ZSTD_LEVEL_MAX : GZIP_LEVEL_MAX);
    if (args->index && strcmp(out, "-") == 0)
        return cli_misuse(self, "--index needs an output with a name");
    o->packing = zstd          ? STET_WARC_ZSTD
                 : args->plain ? STET_WARC_PLAIN
                               : STET_WARC_GZIP;
    o->level = (int)args->level;
    o->dictionary = args->dictionary;
    return CLI_GO_ON;
}

static int put_line(void *ctx, struct stet_span line)
{
    FILE *to = ctx;

    fwrite(line.ptr, 1, line.len, to);
    return putc('\n', to) == EOF ? STET_EIO : STET_OK;
}

int cli_copy_index(const char *warc, const char *to)
{
    static const struct stet_index_options sorted = { .sort = true };
    struct stet_warc_files files = { 0 };
    struct stet_error err = { 0 };
    FILE *f = fopen(to, "wb");
    int rc;

    if (!f) {
        fprintf(stderr, "stet: %s: %s\n", to, strerror(errno));
        return CLI_FAULT;
    }
    rc = stet_warc_files_add(&files, warc, &err);
    if (rc == STET_OK)
        rc = stet_index_files((const char *const *)files.paths, files.len,
                              &sorted, put_line, f, &err);
    stet_warc_files_clear(&files);
    if (fclose(f) != 0 || rc == STET_EIO) {
        fprintf(stderr, "stet: %s: cannot write\n", to);
        return CLI_FAULT;
    }
    return rc < 0 ? cli_fail(warc, &err) : CLI_OK;
}

int cli_copy(const struct cli_command *self, int argc, char **argv,
             cli_copy_fn copy)
{
    struct cli_copy_args args = { 0 };
    struct telling telling = { NULL, false };
    struct stet_warc_copy_options o = { .on_note = on_note, .ctx = &telling };
    struct stet_warc_copy_result result;
    struct stet_error err = { 0 };
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);
    int rc;

    if (status != CLI_GO_ON)
        return status;
    if (n != 2)
        return cli_misuse(self, "an input and an output are needed");
    status = cli_copy_packing(self, &args, argv[2], &o);
    if (status != CLI_GO_ON)
        return status;
    telling.in = argv[1];
    telling.quiet = args.quiet;
    rc = copy(argv[1], argv[2], &o, &result, &err);
    if (rc < 0)
        return cli_fail(argv[1], &err);
    if (!args.quiet)
        sum_up(&result);
    status = result.lost > 0 || result.gap_bytes > 0 || result.bad_digests > 0
                 ? CLI_BAD
                 : CLI_OK;
    if (args.index && cli_copy_index(argv[2], args.index) != CLI_OK)
        return CLI_FAULT;
    return status;
}
