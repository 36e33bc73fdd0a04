/*
 * stet index FILE...
 *
 * The index of WARC files, CDXJ or CDX, sorted, on standard output.
 */
#include "cli/options.h"

#include "stet/index.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

struct args {
    const char *output, *compress, *records, *fields, *replace, *root;
    int64_t lines;
    bool unsorted, wabac, cdx, cdx9, post, digests, merge;
};

static const struct cli_option options[] = {
    { "output", 'o', CLI_STRING, "FILE", "write to FILE",
      offsetof(struct args, output) },
    { "unsorted", 0, CLI_FLAG, NULL, "in the order of the records",
      offsetof(struct args, unsorted) },
    { "cdx", 0, CLI_FLAG, NULL, "CDX of 11 columns, not CDXJ",
      offsetof(struct args, cdx) },
    { "cdx9", 0, CLI_FLAG, NULL, "CDX of 9 columns",
      offsetof(struct args, cdx9) },
    { "post-append", 'p', CLI_FLAG, NULL, "requests' bodies into the keys",
      offsetof(struct args, post) },
    { "wabac", 0, CLI_FLAG, NULL, "keys as wabac.js makes them",
      offsetof(struct args, wabac) },
    { "records", 0, CLI_STRING, "TYPES", "records of these types; or all",
      offsetof(struct args, records) },
    { "fields", 'f', CLI_STRING, "NAMES", "these fields as well",
      offsetof(struct args, fields) },
    { "replace-fields", 0, CLI_STRING, "NAMES", "these fields and no others",
      offsetof(struct args, replace) },
    { "digest-records", 'd', CLI_FLAG, NULL, "the sha256 of stored records",
      offsetof(struct args, digests) },
    { "dir-root", 0, CLI_STRING, "DIR", "file names as seen from DIR",
      offsetof(struct args, root) },
    { "compress", 'c', CLI_STRING, "FILE", "lines to FILE, in gzip blocks",
      offsetof(struct args, compress) },
    { "lines", 'l', CLI_NUMBER, "N", "lines of a block (1024)",
      offsetof(struct args, lines) },
    { "merge", 'm', CLI_FLAG, NULL, "merge sorted indexes",
      offsetof(struct args, merge) },
    CLI_OPTIONS_END,
};

struct run {
    const struct args *args;
    FILE *to, *data;
    struct stet_index_blocks *blocks; /* with --compress */
    struct stet_error err;
    bool bad; /* a problem was told */
};

static int put_line(void *ctx, struct stet_span line)
{
    struct run *r = ctx;

    fwrite(line.ptr, 1, line.len, r->to);
    return putc('\n', r->to) == EOF ? STET_EIO : STET_OK;
}

static int put_data(void *ctx, struct stet_span bytes)
{
    struct run *r = ctx;

    return fwrite(bytes.ptr, 1, bytes.len, r->data) == bytes.len ? STET_OK
                                                                 : STET_EIO;
}

static int take_line(void *ctx, struct stet_span line)
{
    struct run *r = ctx;

    return r->blocks ? stet_index_blocks_add(r->blocks, line, &r->err)
                     : put_line(r, line);
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

static int begin_blocks(struct run *r)
{
    const char *slash = strrchr(r->args->compress, '/');
    struct stet_index_blocks_options o = {
        .name = slash ? slash + 1 : r->args->compress,
        .lines = (unsigned)r->args->lines,
        .on_data = put_data,
        .on_line = put_line,
        .ctx = r,
    };

    return stet_index_blocks_new(&r->blocks, &o, &r->err);
}

/* Merges or makes the lines, and ends what they went into. */
static int put_all(struct run *r, const char *const *paths, size_t n)
{
    const struct args *a = r->args;
    struct stet_index_options o = {
        .sort = !a->unsorted,
        .wabac_keys = a->wabac,
        .form = a->cdx    ? STET_INDEX_CDX11
                : a->cdx9 ? STET_INDEX_CDX9
                          : STET_INDEX_CDXJ,
        .post_append = a->post,
        .records = a->records,
        .fields = a->fields,
        .replace_fields = a->replace,
        .record_digests = a->digests,
        .dir_root = a->root,
        .on_problem = on_problem,
    };
    int rc = a->compress ? begin_blocks(r) : STET_OK;

    if (rc == STET_OK && a->merge)
        rc = stet_index_merge(paths, n, take_line, r, &r->err);
    else if (rc == STET_OK)
        rc = stet_index_files(paths, n, &o, take_line, r, &r->err);
    if (rc == STET_OK && r->blocks)
        rc = stet_index_blocks_finish(r->blocks, &r->err);
    stet_index_blocks_free(r->blocks);
    return rc;
}

/* NULL, and told, when it cannot be made. */
static FILE *make_file(const char *path)
{
    FILE *f = fopen(path, "wb");

    if (!f)
        fprintf(stderr, "stet: %s: %s\n", path, strerror(errno));
    return f;
}

static int close_file(FILE *f, int rc)
{
    if (f == stdout)
        return fflush(f) != 0 && rc == STET_OK ? STET_EIO : rc;
    return f && fclose(f) != 0 && rc == STET_OK ? STET_EIO : rc;
}

static int make_index(const struct args *args, const char *const *paths,
                      size_t n)
{
    struct run r = { .args = args, .to = stdout };
    int rc = STET_OK;

    if (args->output)
        r.to = make_file(args->output);
    if (r.to && args->compress)
        r.data = make_file(args->compress);
    if (!r.to || (args->compress && !r.data)) {
        (void)close_file(r.to, STET_OK);
        return CLI_FAULT;
    }
    rc = put_all(&r, paths, n);
    rc = close_file(r.data, rc);
    rc = close_file(r.to, rc);
    if (rc == STET_EIO && r.err.code == 0) {
        r.err.code = rc;
        snprintf(r.err.text, sizeof(r.err.text), "cannot write: %s",
                 strerror(errno));
    }
    if (rc == STET_EUSAGE) {
        fprintf(stderr, "stet: %s\n", r.err.text);
        return CLI_USAGE;
    }
    if (rc == STET_EFORMAT) {
        fprintf(stderr, "stet: %s\n", r.err.text);
        return CLI_BAD;
    }
    if (rc < 0)
        return cli_fail(NULL, &r.err);
    return r.bad ? CLI_BAD : CLI_OK;
}

/* What cannot be asked for together; NULL: nothing. */
static const char *mistake(const struct args *a)
{
    bool cdx = a->cdx || a->cdx9;

    if (a->cdx && a->cdx9)
        return "--cdx or --cdx9, not both";
    if (cdx && (a->fields || a->replace || a->digests))
        return "the columns of CDX are fixed";
    if (a->fields && a->replace)
        return "--fields or --replace-fields, not both";
    if (a->compress && (cdx || a->unsorted))
        return "--compress takes sorted CDXJ";
    if (a->lines > 1000000 || (a->lines == 0 && a->compress))
        return "--lines is from 1 to 1000000";
    return NULL;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { .lines = 1024 };
    struct stet_warc_files files = { 0 };
    struct stet_error err = { 0 };
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n == 0)
        return cli_misuse(self, "no file was named");
    if (mistake(&args))
        return cli_misuse(self, "%s", mistake(&args));
    if (args.merge)
        return make_index(&args, (const char *const *)(argv + 1), (size_t)n);
    status = CLI_OK;
    for (int i = 1; i <= n && status == CLI_OK; i++) {
        if (stet_warc_files_add(&files, argv[i], &err) < 0)
            status = cli_fail(NULL, &err);
    }
    if (status == CLI_OK)
        status = make_index(&args, (const char *const *)files.paths, files.len);
    stet_warc_files_clear(&files);
    return status;
}

const struct cli_command cli_index = { "index", "FILE...",
                                       "make a CDXJ index of WARC files",
                                       options, run };
