#include "index/cdxj.h"

#include "base/span.h"

#include "lib/tap.h"

/* 2026-11-23T15:40:19.123Z */
#define NOW INT64_C(1795448419123)

static void a_line_to_the_byte(void)
{
    static const struct stet_cdxj whole = {
        .url = STET_SPAN_INIT("https://www.Example.com/A?b=2&a=1"),
        .date_ms = NOW,
        .mime = STET_SPAN_INIT("text/html"),
        .status = STET_SPAN_INIT("200"),
        .digest = STET_SPAN_INIT("sha256:00"),
        .length = 12,
        .offset = 3,
        .filename = STET_SPAN_INIT("a.warc.gz"),
    };
    static const struct stet_cdxj bare = {
        .url = STET_SPAN_INIT("http://a.example/\"\\\n\x7f\xc3\xa9"
                              "\xf0\x9f\x98\x80"),
        .key = STET_SPAN_INIT("k"),
        .date_ms = 0,
        .filename = STET_SPAN_INIT("f"),
    };
    struct stet_buf b;

    stet_buf_init(&b, STET_MAX_CDXJ_LINE);
    CHECK_INT(stet_cdxj_add(&b, &whole), STET_OK);
    CHECK_INT(stet_cdxj_add(&b, &bare), STET_OK);
    CHECK_SPAN(stet_buf_span(&b),
               "com,example)/a?a=1&b=2 20261123154019 {\"url\": "
               "\"https://www.Example.com/A?b=2&a=1\", \"mime\": "
               "\"text/html\", \"status\": \"200\", \"digest\": "
               "\"sha256:00\", \"length\": \"12\", \"offset\": \"3\", "
               "\"filename\": \"a.warc.gz\"}\n"
               "k 19700101000000 {\"url\": \"http://a.example/\\\"\\\\\\n\x7f"
               "\\u00e9\\ud83d\\ude00\", \"length\": \"0\", \"offset\": "
               "\"0\", \"filename\": \"f\"}\n");
    stet_buf_clear(&b);
}

static void a_key_with_a_space_is_refused(void)
{
    static const struct stet_cdxj line = { .key = STET_SPAN_INIT("a b"),
                                           .url = STET_SPAN_INIT("http://a/") };
    struct stet_buf b;

    stet_buf_init(&b, STET_MAX_CDXJ_LINE);
    CHECK_INT(stet_cdxj_add(&b, &line), STET_EFORMAT);
    CHECK_INT(b.len, 0);
    stet_buf_clear(&b);
}

static void lines_are_read(void)
{
    static const struct {
        const char *line;
        int rc;
        uint64_t length, offset;
        const char *url, *filename;
    } rows[] = {
        { "k 20261123154019 {\"url\":\"http://a/\\u00e9\",\"length\":12,"
          "\"offset\":\"3\",\"filename\":\"f\",\"more\":[1]}\n",
          STET_OK, 12, 3, "http://a/\xc3\xa9", "f" },
        { "k 2026 {}", STET_OK, 0, 0, "", "" },
        { "k 2026", STET_EFORMAT, 0, 0, "", "" },
        { "k", STET_EFORMAT, 0, 0, "", "" },
        { "", STET_EFORMAT, 0, 0, "", "" },
        { "k today {}", STET_EFORMAT, 0, 0, "", "" },
        { "k 2026 [1]", STET_EFORMAT, 0, 0, "", "" },
        { "k 2026 {\"length\":\"x\"}", STET_EFORMAT, 0, 0, "", "" },
        { "k 2026 {\"length\":-1}", STET_EFORMAT, 0, 0, "", "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_arena arena;
        struct stet_cdxj got;

        tap_row(rows[i].line);
        stet_arena_init(&arena, STET_MAX_CDXJ_LINE);
        CHECK_INT(stet_cdxj_parse(&got, stet_span_of(rows[i].line), &arena),
                  rows[i].rc);
        if (rows[i].rc == STET_OK) {
            CHECK_SPAN(got.key, "k");
            CHECK_INT(got.length, rows[i].length);
            CHECK_INT(got.offset, rows[i].offset);
            CHECK_SPAN(got.url, rows[i].url);
            CHECK_SPAN(got.filename, rows[i].filename);
        }
        stet_arena_clear(&arena);
    }
    tap_row(NULL);
}

TESTS({ "a line to the byte", a_line_to_the_byte },
      { "a key with a space is refused", a_key_with_a_space_is_refused },
      { "lines are read", lines_are_read })
