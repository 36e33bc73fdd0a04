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
    const char *fields;
};

static const struct cli_option options[] = {
    CLI_FILTER_OPTIONS(args),
    { "fields", 'f', CLI_STRING, "NAMES",
      "these columns: url,status,WARC-IP-Address,http:Server",
      offsetof(struct args, fields) },
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

/* What is told of a record. */
struct row {
    const struct listing *listing;
    const struct stet_warc_record *rec;
    struct stet_warc_payload *payload; /* for its HTTP head */
    int status;
    char media_type[STET_WARC_MEDIA_TYPE_MAX];
    uint64_t length;
};

static struct stet_span span_of(const char *text)
{
    return (struct stet_span){ text, strlen(text) };
}

static bool is(struct stet_span name, const char *text)
{
    return name.len == strlen(text) && memcmp(name.ptr, text, name.len) == 0;
}

/* Our names for fields of the header. */
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

enum { N_MEMBERS = sizeof(members) / sizeof(members[0]) };

static void put_field(struct stet_span s)
{
    if (s.len == 0)
        putchar('-');
    else
        cli_put_text(stdout, s);
}

static void put_line(const struct row *row)
{
    const struct stet_warc_record *rec = row->rec;

    if (row->listing->many)
        printf("%s\t", row->listing->path);
    printf("%" PRIu64 "\t%" PRIu64 "\t", rec->offset, row->length);
    put_field(rec->type);
    putchar('\t');
    put_field(stet_warc_record_field(rec, "WARC-Date"));
    if (row->status > 0)
        printf("\t%d\t", row->status);
    else
        printf("\t-\t");
    put_field(stet_warc_record_uri(rec, "WARC-Target-URI"));
    putchar('\n');
}

static void put_json(const struct row *row)
{
    const struct stet_warc_record *rec = row->rec;

    putchar('{');
    cli_put_json_member(stdout, true, "file", span_of(row->listing->path));
    printf(",\"offset\":%" PRIu64 ",\"length\":%" PRIu64
           ",\"blockLength\":%" PRIu64,
           rec->offset, row->length, rec->block_length);
    cli_put_json_member(stdout, false, "type", rec->type);
    if (row->status > 0)
        printf(",\"status\":%d", row->status);
    if (row->media_type[0])
        cli_put_json_member(stdout, false, "mime", span_of(row->media_type));
    for (size_t i = 0; i < N_MEMBERS; i++)
        cli_put_json_member(stdout, false, members[i].name,
                            stet_warc_record_uri(rec, members[i].field));
    printf("}\n");
}

/* -- columns that were chosen ---------------------------------------------- */

enum { MAX_NAME = 100 };

/* The number of a column; false: it is none, or there is none. */
static bool number_of(const struct row *row, struct stet_span name,
                      uint64_t *out)
{
    if (is(name, "offset"))
        *out = row->rec->offset;
    else if (is(name, "length"))
        *out = row->length;
    else if (is(name, "blockLength"))
        *out = row->rec->block_length;
    else if (is(name, "status") && row->status > 0)
        *out = (uint64_t)row->status;
    else
        return false;
    return true;
}

/* The text of a column: ours, a field of the HTTP head, or of the record. */
static struct stet_span text_of(const struct row *row, struct stet_span name)
{
    char field[MAX_NAME + 1];

    if (is(name, "file"))
        return span_of(row->listing->path);
    if (is(name, "type"))
        return row->rec->type;
    if (is(name, "mime"))
        return span_of(row->media_type);
    for (size_t i = 0; i < N_MEMBERS; i++)
        if (is(name, members[i].name))
            return stet_warc_record_uri(row->rec, members[i].field);
    if (is(name, "status") || name.len > MAX_NAME)
        return (struct stet_span){ NULL, 0 };
    memcpy(field, name.ptr, name.len);
    field[name.len] = '\0';
    if (strncmp(field, "http:", 5) == 0)
        return row->payload ? stet_warc_payload_field(row->payload, field + 5)
                            : (struct stet_span){ NULL, 0 };
    return stet_warc_record_uri(row->rec, field);
}

static bool next_name(const char **at, struct stet_span *name)
{
    size_t n = strcspn(*at, ",");

    *name = (struct stet_span){ *at, n };
    *at += n + ((*at)[n] == ',');
    return n > 0;
}

static void put_column(const struct row *row, struct stet_span name, bool first)
{
    uint64_t n;

    if (!first)
        putchar('\t');
    if (number_of(row, name, &n))
        printf("%" PRIu64, n);
    else
        put_field(text_of(row, name));
}

static void put_member(const struct row *row, struct stet_span name,
                       bool *first)
{
    char member[MAX_NAME + 1] = "";
    struct stet_span text;
    uint64_t n;

    memcpy(member, name.ptr, name.len < MAX_NAME ? name.len : MAX_NAME);
    if (number_of(row, name, &n)) {
        printf("%s\"%s\":%" PRIu64, *first ? "" : ",", member, n);
        *first = false;
        return;
    }
    text = text_of(row, name);
    if (!text.ptr || text.len == 0)
        return;
    cli_put_json_member(stdout, *first, member, text);
    *first = false;
}

static void put_chosen(const struct row *row)
{
    const char *at = row->listing->args->fields;
    bool json = row->listing->args->json;
    bool first = true;
    struct stet_span name;

    if (json)
        putchar('{');
    while (next_name(&at, &name)) {
        if (json)
            put_member(row, name, &first);
        else
            put_column(row, name, first);
        first = json && first;
    }
    puts(json ? "}" : "");
}

/* A column's name is a token: what else it holds cannot be a field's. */
static bool are_fields(const char *at)
{
    struct stet_span name;

    while (*at) {
        if (!next_name(&at, &name) || name.len > MAX_NAME)
            return false;
        for (size_t i = 0; i < name.len; i++)
            if (!strchr("-_:.", name.ptr[i]) &&
                !(name.ptr[i] >= '0' && name.ptr[i] <= '9') &&
                !((name.ptr[i] | 0x20) >= 'a' && (name.ptr[i] | 0x20) <= 'z'))
                return false;
    }
    return true;
}

static void put(const struct row *row)
{
    if (row->listing->args->fields)
        put_chosen(row);
    else if (row->listing->args->json)
        put_json(row);
    else
        put_line(row);
}

static int list_record(const struct listing *l,
                       const struct stet_warc_record *rec,
                       struct stet_error *err)
{
    struct row row = { .listing = l, .rec = rec };
    int rc;

    if (!cli_filter_header(&l->args->filter, rec))
        return STET_OK;
    /* The status line of an HTTP response is inside the block. */
    rc = stet_warc_payload_open(&row.payload, l->reader, rec, STET_WARC_RAW,
                                err);
    if (rc == STET_OK) {
        row.status = stet_warc_payload_status(row.payload);
        rc = stet_warc_payload_media_type(row.payload, rec, row.media_type);
    }
    if (rc == STET_OK)
        rc = stet_warc_reader_finish(l->reader, &row.length, err);
    if (rc == STET_OK &&
        cli_filter_http(&l->args->filter, row.status, row.media_type))
        put(&row);
    stet_warc_payload_free(row.payload);
    return rc;
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
    if (args.fields && !are_fields(args.fields))
        return cli_misuse(self, "--fields takes names with commas between");
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
