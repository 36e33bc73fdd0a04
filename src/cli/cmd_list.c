/*
 * stet list FILE...
 *
 * One line a record: offset, length, type, date, HTTP status and target,
 * separated by tabs, for cut(1) and awk(1).
 */
#include "cli/filter.h"
#include "cli/json.h"
#include "cli/options.h"

#include "stet/warc.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

struct args {
    struct cli_filter filter;
    bool json;
};

static const struct cli_option options[] = {
    CLI_FILTER_OPTIONS(args),
    { "json", 0, CLI_FLAG, NULL, "one JSON object a line",
      offsetof(struct args, json) },
    CLI_OPTIONS_END,
};

/* A file being listed. */
struct listing {
    const struct args *args;
    const char *path;
    bool many; /* files: then each line names its own */
    struct stet_warc_reader *reader;
};

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    const struct listing *l = ctx;

    (void)p;
    fprintf(stderr, "stet: %s: at %" PRIu64 ": ", l->path, offset);
    cli_put_text(stderr, (struct stet_span){ text, strlen(text) });
    fprintf(stderr, "\n");
}

static void put_field(struct stet_span s)
{
    putchar('\t');
    if (s.len == 0)
        putchar('-');
    else
        cli_put_text(stdout, s);
}

static void put_line(const struct listing *l,
                     const struct stet_warc_record *rec, int status,
                     uint64_t length)
{
    if (l->many)
        printf("%s\t", l->path);
    printf("%" PRIu64 "\t%" PRIu64, rec->offset, length);
    put_field(rec->type);
    put_field(stet_warc_record_field(rec, "WARC-Date"));
    if (status > 0)
        printf("\t%d", status);
    else
        printf("\t-");
    put_field(stet_warc_record_uri(rec, "WARC-Target-URI"));
    putchar('\n');
}

/* What a record is beyond its header. */
struct http {
    int status;
    char media_type[STET_WARC_MEDIA_TYPE_MAX];
};

static void put_json(const struct listing *l,
                     const struct stet_warc_record *rec,
                     const struct http *http, uint64_t length)
{
    static const struct {
        const char *name, *field;
    } members[] = {
        { "url", "WARC-Target-URI" },
        { "date", "WARC-Date" },
        { "id", "WARC-Record-ID" },
        { "contentType", "Content-Type" },
        { "payloadDigest", "WARC-Payload-Digest" },
        { "blockDigest", "WARC-Block-Digest" },
        { "refersTo", "WARC-Refers-To" },
        { "concurrentTo", "WARC-Concurrent-To" },
        { "truncated", "WARC-Truncated" },
    };

    putchar('{');
    cli_put_json_member(stdout, true, "file",
                        (struct stet_span){ l->path, strlen(l->path) });
    printf(",\"offset\":%" PRIu64 ",\"length\":%" PRIu64
           ",\"blockLength\":%" PRIu64,
           rec->offset, length, rec->block_length);
    cli_put_json_member(stdout, false, "type", rec->type);
    if (http->status > 0)
        printf(",\"status\":%d", http->status);
    if (http->media_type[0])
        cli_put_json_member(
            stdout, false, "mime",
            (struct stet_span){ http->media_type, strlen(http->media_type) });
    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
        cli_put_json_member(stdout, false, members[i].name,
                            stet_warc_record_uri(rec, members[i].field));
    printf("}\n");
}

/* The status line of an HTTP response is inside the block. */
static int read_http(const struct listing *l,
                     const struct stet_warc_record *rec, struct http *out,
                     struct stet_error *err)
{
    struct stet_warc_payload *p = NULL;
    int rc = stet_warc_payload_open(&p, l->reader, rec, STET_WARC_RAW, err);

    *out = (struct http){ 0 };
    if (rc == STET_OK) {
        out->status = stet_warc_payload_status(p);
        rc = stet_warc_payload_media_type(p, rec, out->media_type);
    }
    stet_warc_payload_free(p);
    return rc;
}

static int list_record(const struct listing *l,
                       const struct stet_warc_record *rec,
                       struct stet_error *err)
{
    struct http http;
    uint64_t length = 0;
    int rc;

    if (!cli_filter_header(&l->args->filter, rec))
        return STET_OK;
    rc = read_http(l, rec, &http, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_finish(l->reader, &length, err);
    if (rc < 0)
        return rc;
    if (!cli_filter_http(&l->args->filter, http.status, http.media_type))
        return STET_OK;
    if (l->args->json)
        put_json(l, rec, &http, length);
    else
        put_line(l, rec, http.status, length);
    return STET_OK;
}

static int list_file(const struct args *args, const char *path, bool many)
{
    struct listing l = { args, path, many, NULL };
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, &l };
    struct stet_warc_record rec;
    struct stet_error err = { 0 };
    int rc = stet_warc_reader_open(&l.reader, path, &o, &err);

    while (rc == STET_OK) {
        rc = stet_warc_reader_next(l.reader, &rec, &err);
        if (rc == STET_OK)
            rc = list_record(&l, &rec, &err);
    }
    stet_warc_reader_free(l.reader);
    return rc < 0 ? cli_fail(path, &err) : CLI_OK;
}

/* A bad file does not stop the ones after it; the worst status wins. */
static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct stet_warc_files files = { 0 };
    struct stet_error err = { 0 };
    int worst = CLI_OK;
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n == 0)
        return cli_misuse(self, "no file was named");
    if (cli_filter_check(&args.filter, &err) < 0)
        return cli_misuse(self, "%s", err.text);
    for (int i = 1; i <= n; i++) {
        if (stet_warc_files_add(&files, argv[i], &err) < 0)
            worst = cli_fail(NULL, &err);
    }
    for (size_t i = 0; i < files.len; i++) {
        status = list_file(&args, files.paths[i], files.len > 1);
        if (status > worst)
            worst = status;
    }
    stet_warc_files_clear(&files);
    return worst;
}

const struct cli_command cli_list = { "list", "FILE...",
                                      "list the records of WARC files", options,
                                      run };
