#include "stet/index.h"

#include "base/buf.h"
#include "base/span.h"
#include "json/json.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int put_line(void *ctx, struct stet_span line)
{
    struct stet_buf *b = ctx;

    stet_buf_add_span(b, line);
    stet_buf_addc(b, '\n');
    return stet_buf_status(b);
}

static int index_one(const char *path, bool sort, struct stet_buf *out)
{
    struct stet_index_options o = { .sort = sort };

    return stet_index_files(&path, 1, &o, put_line, out, NULL);
}

/* True if the options of an expectation are ones that we have. */
static bool is_ours(const struct stet_json_value *row)
{
    const struct stet_json_value *opts = stet_json_get(row, "opts");
    const struct stet_json_value *sort = stet_json_get(opts, "sort");
    struct stet_span file = stet_json_get_string(row, "file");

    return !stet_json_get(row, "cli") && !stet_json_get(row, "files") &&
           file.len > 0 && !stet_span_ends(file, STET_SPAN(".arc")) &&
           stet_json_len(opts) == (sort ? 1U : 0U) &&
           stet_json_get_string(row, "want").len > 0;
}

static bool check_row(const char *dir, const struct stet_json_value *row)
{
    struct stet_span file = stet_json_get_string(row, "file");
    struct stet_span id = stet_json_get_string(row, "id");
    struct stet_json_iter it = { .of = stet_json_get(row, "opts") };
    char path[PATH_MAX], name[100];
    struct stet_buf out;

    if (!is_ours(row))
        return false;
    snprintf(path, sizeof(path), "%s/%.*s", dir, (int)file.len, file.ptr);
    snprintf(name, sizeof(name), "%.*s", (int)id.len, id.ptr);
    tap_row(name);
    stet_buf_init(&out, 1 << 20);
    CHECK_INT(index_one(path, stet_json_next(&it), &out), STET_OK);
    stet_buf_addc(&out, '\0');
    CHECK_SPAN(stet_json_get_string(row, "want"), out.data);
    stet_buf_clear(&out);
    tap_row(NULL);
    return true;
}

/* The exact outputs of cdxj-indexer over its own samples. */
static void lines_are_those_of_cdxj_indexer(void)
{
    const char *vectors = getenv("STET_VECTORS");
    char dir[PATH_MAX - 300], path[PATH_MAX];
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    int n = 0;
    FILE *f;

    snprintf(dir, sizeof(dir), "%s/cdxj-indexer",
             vectors ? vectors : "../shared/vectors");
    snprintf(path, sizeof(path), "%s/expect.jsonl", dir);
    f = fopen(path, "r");
    if (!f) {
        tap_skip("no vectors of cdxj-indexer here");
        return;
    }
    while ((len = getline(&line, &cap, f)) > 0) {
        struct stet_json *j = NULL;

        if (CHECK_INT(stet_json_parse(&j,
                                      (struct stet_span){ line, (size_t)len },
                                      NULL, NULL),
                      STET_OK))
            n += check_row(dir, stet_json_root(j));
        stet_json_free(j);
    }
    free(line);
    fclose(f);
    CHECK(n >= 3);
}

/* A small file of all kinds of records. */
#define REC(type, more, len, block)                                     \
    "WARC/1.1\r\nWARC-Type: " type "\r\nWARC-Date: 2026-11-23T15:40:19" \
    ".123Z\r\n" more "Content-Length: " len "\r\n\r\n" block "\r\n\r\n"
#define AT(url) "WARC-Target-URI: " url "\r\n"

static const char sample[] = REC("warcinfo", "", "0", "") REC(
    "response", AT("http://b.example/"), "21", "HTTP/1.1 404 No\r\n\r\nab")
    REC("request", AT("http://b.example/"), "0",
        "") REC("resource",
                AT("urn:text:http://a.example/") "Content-Type: "
                                                 "text/plain;charset=utf-8\r\n",
                "1", "x")
        REC("metadata",
            AT("http://b.example/") "Content-Type: application/warc-fields\r\n",
            "0", "")
            REC("revisit",
                AT("<http://a.example/>") "WARC-Payload-Digest: sha1:ABC\r\n",
                "0", "") REC("conversion", AT("http://b.example/"), "0", "");

static char *write_sample(char path[32])
{
    snprintf(path, 32, "/tmp/stet-test-XXXXXX");
    int fd = mkstemp(path);
    bool good = fd >= 0 && write(fd, sample, sizeof(sample) - 1) ==
                               (ssize_t)sizeof(sample) - 1;

    if (fd >= 0)
        close(fd);
    return good ? path : NULL;
}

static void captures_are_indexed_and_nothing_else(void)
{
    char path[32];
    struct stet_buf out;

    stet_buf_init(&out, 1 << 20);
    if (!CHECK(write_sample(path)))
        return;
    CHECK_INT(index_one(path, true, &out), STET_OK);
    CHECK(stet_span_starts(
        stet_buf_span(&out),
        STET_SPAN("example,a)/ 20261123154019 {\"url\": "
                  "\"http://a.example/\", \"mime\": \"warc/revisit\", "
                  "\"digest\": \"sha1:ABC\", \"length\": ")));
    CHECK(
        stet_span_find(
            stet_buf_span(&out),
            STET_SPAN("\nexample,b)/ 20261123154019 {\"url\": "
                      "\"http://b.example/\", \"status\": \"404\", "
                      "\"digest\": \"sha1:3IRWCTQCI2NA27D32G62WXE4I5FRSBG4\", "
                      "\"length\": ")) < out.len);
    CHECK(stet_span_find(stet_buf_span(&out),
                         STET_SPAN("\"mime\": \"text/plain\"")) < out.len);
    size_t lines = 0;
    for (size_t i = 0; i < out.len; i++)
        lines += out.data[i] == '\n';
    CHECK_INT(lines, 3);
    stet_buf_clear(&out);
    unlink(path);
}

static const char *tortured;

static int index_sample(void)
{
    struct stet_buf out;
    int rc;

    stet_buf_init(&out, 1 << 20);
    rc = index_one(tortured, true, &out);
    stet_buf_clear(&out);
    return rc;
}

static void survives_want_of_memory(void)
{
    char path[32];

    tortured = write_sample(path);
    if (CHECK(tortured))
        CHECK(torture(index_sample));
    unlink(path);
}

TESTS({ "lines are those of cdxj-indexer", lines_are_those_of_cdxj_indexer },
      { "captures are indexed, and nothing else",
        captures_are_indexed_and_nothing_else },
      { "survives want of memory", survives_want_of_memory })
