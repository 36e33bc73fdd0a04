#include "json/write.h"

#include "lib/tap.h"
#include "stet/error.h"

#include <string.h>

static void write_sample(struct stet_buf *b, enum stet_json_style style)
{
    struct stet_json_writer w;

    stet_json_writer_init(&w, b, style);
    stet_json_begin_object(&w);
    stet_json_member_int(&w, "a", -1);
    stet_json_key(&w, "b");
    stet_json_begin_array(&w);
    stet_json_put_bool(&w, true);
    stet_json_put_null(&w);
    stet_json_begin_object(&w);
    stet_json_end(&w);
    stet_json_put_real(&w, 2.5);
    stet_json_end(&w);
    stet_json_member_string(&w, "c", STET_SPAN("d"));
    stet_json_member_bool(&w, "e", false);
    stet_json_key(&w, "f");
    stet_json_put_raw(&w, STET_SPAN("[]"));
    stet_json_end(&w);
}

static void writes_in_three_styles(void)
{
    static const struct {
        enum stet_json_style style;
        const char *want;
    } rows[] = {
        { STET_JSON_COMPACT, "{\"a\":-1,\"b\":[true,null,{},2.5],\"c\":\"d\","
                             "\"e\":false,\"f\":[]}" },
        { STET_JSON_SPACED, "{\"a\": -1, \"b\": [true, null, {}, 2.5], "
                            "\"c\": \"d\", \"e\": false, \"f\": []}" },
        { STET_JSON_PRETTY,
          "{\n  \"a\": -1,\n  \"b\": [\n    true,\n    null,\n    {},\n    "
          "2.5\n  ],\n  \"c\": \"d\",\n  \"e\": false,\n  \"f\": []\n}" },
    };
    struct stet_buf b;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        stet_buf_init(&b, 1000);
        write_sample(&b, rows[i].style);
        CHECK_INT(stet_buf_status(&b), STET_OK);
        CHECK_STR(b.data, rows[i].want);
        stet_buf_clear(&b);
    }
}

static void writes_any_whole_number(void)
{
    struct stet_json_writer w;
    struct stet_buf b;

    stet_buf_init(&b, 1000);
    stet_json_writer_init(&w, &b, STET_JSON_COMPACT);
    stet_json_begin_array(&w);
    stet_json_put_int(&w, 0);
    stet_json_put_int(&w, INT64_MAX);
    stet_json_put_int(&w, INT64_MIN);
    stet_json_end(&w);
    CHECK_STR(b.data, "[0,9223372036854775807,-9223372036854775808]");
    stet_buf_clear(&b);
}

static void escapes_what_must_be(void)
{
    static const struct {
        struct stet_span text;
        const char *want;
    } rows[] = {
        { STET_SPAN_INIT(""), "\"\"" },
        { STET_SPAN_INIT("a\"b\\c/"), "\"a\\\"b\\\\c/\"" },
        { STET_SPAN_INIT("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"" },
        { STET_SPAN_INIT("\0\x01\x1f\x7f"), "\"\\u0000\\u0001\\u001f\x7f\"" },
        { STET_SPAN_INIT("\xC3\xA9\xE2\x80\xA8"), "\"\xC3\xA9\xE2\x80\xA8\"" },
        { STET_SPAN_INIT("a\xff\xC3"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    };
    struct stet_buf b;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        stet_buf_init(&b, 1000);
        stet_json_add_string(&b, rows[i].text);
        CHECK_STR(b.data, rows[i].want);
        stet_buf_clear(&b);
    }
}

static void latches_the_buffers_limit(void)
{
    struct stet_buf b;

    stet_buf_init(&b, 10);
    write_sample(&b, STET_JSON_COMPACT);
    CHECK_INT(stet_buf_status(&b), STET_ELIMIT);
    stet_buf_clear(&b);
}

TESTS({ "writes in three styles", writes_in_three_styles },
      { "writes any whole number", writes_any_whole_number },
      { "escapes what must be escaped", escapes_what_must_be },
      { "latches the buffer's limit", latches_the_buffers_limit })
