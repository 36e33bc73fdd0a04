/*
 * stet extract FILE... -o DIR
 *
 * The bodies of records as files.
 */
#include "cli/filter.h"

#include "stet/pack.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

struct args {
    struct cli_filter filter;
    const char *output;
    bool payload, quiet;
};

static const struct cli_option options[] = {
    { "output", 'o', CLI_STRING, "DIR", "write into this folder",
      offsetof(struct args, output) },
    CLI_FILTER_OPTIONS(args),
    { "payload", 0, CLI_FLAG, NULL, "leave content codings as they are",
      offsetof(struct args, payload) },
    { "quiet", 'q', CLI_FLAG, NULL, "do not list what is written",
      offsetof(struct args, quiet) },
    CLI_OPTIONS_END,
};

/* A file whose bodies are extracted. */
struct source {
    const struct args *args;
    const char *path;
    struct stet_extract *to;
    struct stet_warc_reader *reader;
    bool bad;
};

static void tell(struct source *s, uint64_t offset, const char *text)
{
    s->bad = true;
    fprintf(stderr, "stet: ");
    cli_put_text(stderr, (struct stet_span){ s->path, strlen(s->path) });
    fprintf(stderr, ": at %" PRIu64 ": ", offset);
    cli_put_text(stderr, (struct stet_span){ text, strlen(text) });
    fprintf(stderr, "\n");
}

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    (void)p;
    tell(ctx, offset, text);
}

static bool is_type(const struct stet_warc_record *rec, const char *type)
{
    return rec->type.len == strlen(type) &&
           memcmp(rec->type.ptr, type, rec->type.len) == 0;
}

/* Unless a type is asked for: what has a body that a browser would show. */
static bool is_wanted(const struct args *args,
                      const struct stet_warc_record *rec)
{
    return cli_filter_header(&args->filter, rec) &&
           (args->filter.type || is_type(rec, "response") ||
            is_type(rec, "resource") || is_type(rec, "conversion"));
}

static void put_path(const struct source *s, const struct stet_bytes *path,
                     const struct stet_warc_record *rec)
{
    if (s->args->quiet)
        return;
    printf("%s\t", path->data);
    cli_put_text(stdout, stet_warc_record_uri(rec, "WARC-Target-URI"));
    putchar('\n');
}

static int extract(struct source *s, struct stet_warc_payload *p,
                   const struct stet_warc_record *rec, struct stet_error *err)
{
    char type[STET_WARC_MEDIA_TYPE_MAX];
    struct stet_bytes path = { 0 };
    int rc = stet_warc_payload_media_type(p, rec, type);

    if (rc < 0)
        return rc;
    if (!cli_filter_http(&s->args->filter, stet_warc_payload_status(p), type))
        return STET_OK;
    rc = stet_extract_body(s->to, p, rec, &path, err);
    if (path.data)
        put_path(s, &path, rec);
    stet_bytes_clear(&path);
    return rc == STET_END ? STET_OK : rc;
}

/* What cannot be decoded is told, and taken as it is stored. */
static int extract_record(struct source *s, const struct stet_warc_record *rec,
                          struct stet_error *err)
{
    enum stet_warc_form form =
        s->args->payload ? STET_WARC_ENTITY : STET_WARC_BODY;
    struct stet_warc_payload *p = NULL;
    uint64_t offset = rec->offset;
    int rc = stet_warc_payload_open(&p, s->reader, rec, form, err);

    if (rc == STET_OK)
        rc = extract(s, p, rec, err);
    stet_warc_payload_free(p);
    if (rc == STET_OK || stet_is_fatal(rc) || rc == STET_EIO)
        return rc;
    tell(s, offset, err->text);
    return STET_OK;
}

static int extract_file(struct source *s)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, s };
    struct stet_warc_record rec;
    struct stet_error err = { 0 };
    int rc = stet_warc_reader_open(&s->reader, s->path, &o, &err);

    while (rc == STET_OK) {
        rc = stet_warc_reader_next(s->reader, &rec, &err);
        if (rc == STET_OK && is_wanted(s->args, &rec))
            rc = extract_record(s, &rec, &err);
    }
    stet_warc_reader_free(s->reader);
    if (rc < 0)
        return cli_fail(s->path, &err);
    return s->bad ? CLI_BAD : CLI_OK;
}

static int extract_files(const struct args *args,
                         const struct stet_warc_files *files)
{
    struct stet_extract *to;
    struct stet_error err = { 0 };
    int worst = CLI_OK;

    if (stet_extract_open(&to, args->output, &err) < 0)
        return cli_fail(NULL, &err);
    for (size_t i = 0; i < files->len; i++) {
        struct source s = { .args = args, .path = files->paths[i], .to = to };
        int status = extract_file(&s);

        if (status > worst)
            worst = status;
    }
    stet_extract_close(to);
    return worst;
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
    if (!args.output)
        return cli_misuse(self, "no folder was named: -o DIR");
    if (cli_filter_check(&args.filter, &err) < 0)
        return cli_misuse(self, "%s", err.text);
    status = CLI_OK;
    for (int i = 1; i <= n && status == CLI_OK; i++)
        if (stet_warc_files_add(&files, argv[i], &err) < 0)
            status = cli_fail(NULL, &err);
    if (status == CLI_OK)
        status = extract_files(&args, &files);
    stet_warc_files_clear(&files);
    return status;
}

const struct cli_command cli_extract = { "extract", "FILE...",
                                         "write the bodies of records to files",
                                         options, run };
