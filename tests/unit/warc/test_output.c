#include "stet/write.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/span.h"

#include "lib/folder.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <stdio.h>
#include <string.h>

/* 2026-11-23T15:40:19.123Z */
#define NOW INT64_C(1795448419123)

enum { MAX = 1 << 24, MANY = 2500 };

static const char *const suffixes[] = { ".gz", "", ".zst" };

static const char *name_of(unsigned n, enum stet_warc_packing packing)
{
    static char name[100];

    snprintf(name, sizeof(name), "stet-20261123154019123-%05u-localhost.warc%s",
             n, suffixes[packing]);
    return name;
}

static struct stet_warc_output_options options(enum stet_warc_packing packing)
{
    static const struct stet_warc_field info[] = {
        { STET_SPAN_INIT("software"), STET_SPAN_INIT("a test") }
    };

    return (struct stet_warc_output_options){ .dir = folder_path(""),
                                              .packing = packing,
                                              .info = info,
                                              .n_info = 1,
                                              .seeded = true,
                                              .seed = 7,
                                              .now_ms = NOW };
}

/* A capture with all that belongs to it. */
static int put_capture(struct stet_warc_output *o)
{
    static const struct stet_warc_field facts[] = {
        { STET_SPAN_INIT("via"),
          STET_SPAN_INIT("http://a.example/\r\nX: y") }
    };
    struct stet_warc_original first = { STET_SPAN("http://a.example/"), NOW,
                                        STET_SPAN("sha1:"
                                                  "VGMT4NSHA2AWVOR6EVYXQUGCNSON"
                                                  "BWE5") };
    struct stet_warc_entry e = {
        .url = STET_SPAN("http://a.example/"),
        .head = STET_SPAN("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"),
        .body = STET_SPAN("abc"),
    };
    struct stet_warc_put response, place;
    int rc = stet_warc_output_put_response(o, &e, &response, NULL);

    e.concurrent_to = response.id;
    e.body = STET_SPAN("");
    e.head = STET_SPAN("GET / HTTP/1.1\r\n\r\n");
    if (rc == STET_OK)
        rc = stet_warc_output_put_request(o, &e, &place, NULL);
    if (rc == STET_OK)
        rc = stet_warc_output_put_metadata(o, &e, facts, 1, NULL, NULL);
    e.concurrent_to = NULL;
    e.refers_to = response.id;
    e.head = STET_SPAN("");
    e.body = STET_SPAN("a b c");
    e.content_type = STET_SPAN("text/plain");
    if (rc == STET_OK)
        rc = stet_warc_output_put_conversion(o, &e, NULL, NULL);
    e.body = STET_SPAN("");
    e.head = STET_SPAN("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
    e.url = STET_SPAN("http://b.example/");
    if (rc == STET_OK)
        rc = stet_warc_output_put_revisit(o, &e, &first, NULL, NULL);
    return rc;
}

static int write_captures(const struct stet_warc_output_options *how, size_t n)
{
    struct stet_warc_output *o = NULL;
    int rc = stet_warc_output_open(&o, how, NULL);

    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = put_capture(o);
    return stet_warc_output_close(o, rc, NULL);
}

/* How many records of each type there are: "warcinfo 1 response 1 ..." */
static int count(struct stet_buf *out, const char *path)
{
    static const char *const types[] = { "warcinfo", "response",   "request",
                                         "metadata", "conversion", "revisit" };
    struct stet_warc_reader_options strict = { .policy = STET_WARC_STRICT };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    unsigned n[6] = { 0 };
    struct stet_error err = { 0 };
    int rc = stet_warc_reader_open(&r, path, &strict, &err);

    while (rc == STET_OK) {
        rc = stet_warc_reader_next(r, &rec, &err);
        for (size_t i = 0; i < 6 && rc == STET_OK; i++)
            n[i] += stet_span_eqs(rec.type, types[i]);
    }
    stet_warc_reader_free(r);
    for (size_t i = 0; i < 6; i++)
        stet_buf_addf(out, "%u ", n[i]);
    CHECK_STR(err.text, "");
    return rc == STET_END ? STET_OK : rc;
}

static void check_count(const char *path, const char *want)
{
    struct stet_buf got;

    stet_buf_init(&got, MAX);
    CHECK_INT(count(&got, path), STET_OK);
    CHECK_SPAN(stet_buf_span(&got), want);
    stet_buf_clear(&got);
}

static void every_packing_is_read_by_the_strict(void)
{
    for (enum stet_warc_packing p = STET_WARC_GZIP; p <= STET_WARC_ZSTD; p++) {
        struct stet_warc_output_options how;

        folder_make();
        how = options(p);
        tap_row(suffixes[p]);
        CHECK_INT(write_captures(&how, 2), STET_OK);
        check_count(folder_path(name_of(1, p)), "1 2 2 2 2 2 ");
        folder_remove();
    }
    tap_row(NULL);
}

static void the_same_comes_out_twice(void)
{
    struct stet_buf one, two;

    stet_buf_init(&one, MAX);
    stet_buf_init(&two, MAX);
    for (int version = STET_WARC_1_1; version <= STET_WARC_1_0; version++) {
        for (int i = 0; i < 2; i++) {
            struct stet_warc_output_options how;

            folder_make();
            how = options(STET_WARC_PLAIN);
            how.version = (enum stet_warc_version)version;
            CHECK_INT(write_captures(&how, 1), STET_OK);
            stet_buf_reset(i ? &two : &one);
            CHECK_INT(stet_file_read(folder_path(name_of(1, STET_WARC_PLAIN)),
                                     i ? &two : &one, NULL),
                      STET_OK);
            folder_remove();
        }
        CHECK(one.len > 1000 &&
              stet_span_eq(stet_buf_span(&one), stet_buf_span(&two)));
        CHECK(
            stet_span_starts(stet_buf_span(&one),
                             stet_span_of(version ? "WARC/1.0" : "WARC/1.1")));
        /* One line, whatever the value. */
        CHECK(stet_span_find(
                  stet_buf_span(&one),
                  STET_SPAN("\r\nvia: http://a.example/  X: y\r\n")) < one.len);
    }
    stet_buf_clear(&one);
    stet_buf_clear(&two);
}

static void files_follow_one_another(void)
{
    struct stet_warc_output_options how;

    folder_make();
    how = options(STET_WARC_GZIP);
    how.max_bytes = 1;
    CHECK_INT(write_captures(&how, 1), STET_OK);
    for (unsigned i = 1; i <= 5; i++) {
        char want[] = "1 0 0 0 0 0 ";

        want[2 * i] = '1';
        check_count(folder_path(name_of(i, STET_WARC_GZIP)), want);
    }
    folder_remove();
}

static void dictionaries_hold_back_and_let_go(void)
{
    for (size_t n = 1; n <= MANY; n += MANY - 1) {
        struct stet_warc_output_options how;
        char want[100];

        folder_make();
        how = options(STET_WARC_ZSTD);
        how.dictionary = true;
        CHECK_INT(write_captures(&how, n), STET_OK);
        snprintf(want, sizeof(want), "1 %zu %zu %zu %zu %zu ", n, n, n, n, n);
        check_count(folder_path(name_of(1, STET_WARC_ZSTD)), want);
        folder_remove();
    }
}

static void what_the_standard_forbids_is_refused(void)
{
    static const struct stet_warc_field taken[] = {
        { STET_SPAN_INIT("content-length"), STET_SPAN_INIT("7") }
    };
    static const struct stet_warc_field no_token[] = {
        { STET_SPAN_INIT("a:b"), STET_SPAN_INIT("7") }
    };
    struct stet_warc_entry good = { .url = STET_SPAN("http://a.example/"),
                                    .content_type = STET_SPAN("text/plain"),
                                    .body = STET_SPAN("x") };
    struct stet_warc_output_options how;
    struct stet_warc_output *o = NULL;
    struct stet_warc_entry e = good;
    struct stet_warc_put place;

    folder_make();
    how = options(STET_WARC_GZIP);
    CHECK_INT(stet_warc_output_open(&o, &how, NULL), STET_OK);
    CHECK_INT(stet_warc_output_put(o, "re source", &e, NULL, NULL),
              STET_EUSAGE);
    e.url = STET_SPAN("");
    CHECK_INT(stet_warc_output_put_resource(o, &e, NULL, NULL), STET_EUSAGE);
    e = good;
    e.content_type = STET_SPAN("");
    CHECK_INT(stet_warc_output_put_resource(o, &e, NULL, NULL), STET_EUSAGE);
    e = good;
    e.fields = taken;
    e.n_fields = 1;
    CHECK_INT(stet_warc_output_put_resource(o, &e, NULL, NULL), STET_EUSAGE);
    e.fields = no_token;
    CHECK_INT(stet_warc_output_put_resource(o, &e, NULL, NULL), STET_EUSAGE);
    CHECK_INT(stet_warc_output_put_response(o, &good, NULL, NULL), STET_EUSAGE);
    CHECK_INT(stet_warc_output_put(o, "x-own", &good, &place, NULL), STET_OK);
    CHECK_INT(strlen(place.id), 47);
    CHECK_STR(place.filename, name_of(1, STET_WARC_GZIP));
    CHECK(place.offset > 0 && place.length > 0);
    CHECK_INT(stet_warc_output_close(o, STET_OK, NULL), STET_OK);
    how.prefix = "a/b";
    CHECK_INT(stet_warc_output_open(&o, &how, NULL), STET_EUSAGE);
    folder_remove();
}

static int write_once(void)
{
    struct stet_warc_output_options how = options(STET_WARC_PLAIN);
    int rc;

    remove(folder_path(name_of(1, STET_WARC_PLAIN)));
    rc = write_captures(&how, 1);
    if (rc < 0) {
        char open_path[200];

        snprintf(open_path, sizeof(open_path), "%s.open",
                 folder_path(name_of(1, STET_WARC_PLAIN)));
        remove(open_path);
    }
    return rc;
}

static void no_memory_is_told(void)
{
    folder_make();
    CHECK(torture(write_once));
    folder_remove();
}

TESTS({ "every packing is read by the strict",
        every_packing_is_read_by_the_strict },
      { "the same comes out twice", the_same_comes_out_twice },
      { "files follow one another", files_follow_one_another },
      { "dictionaries hold back and let go",
        dictionaries_hold_back_and_let_go },
      { "what the standard forbids is refused",
        what_the_standard_forbids_is_refused },
      { "no memory is told", no_memory_is_told })
