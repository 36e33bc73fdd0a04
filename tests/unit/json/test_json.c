#include "json/json.h"
#include "json/write.h"

#include "base/mem.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s, strlen(s) };
}

static void reads_every_type(void)
{
    static const char text[] =
        "{\"s\":\"a\\u0000b\\u00e9\",\"n\":-12,\"r\":2.5,"
        "\"w\":3.0,\"t\":true,\"f\":false,\"z\":null,"
        "\"a\":[1,[2]],\"o\":{\"k\":\"v\"}}";
    const struct stet_json_value *root;
    struct stet_json *j;
    int64_t n = 0;
    double x = 0;

    CHECK_INT(stet_json_parse(&j, span(text), NULL, NULL), STET_OK);
    root = stet_json_root(j);
    CHECK_INT(stet_json_type(root), STET_JSON_OBJECT);
    CHECK_INT(stet_json_len(root), 9);
    CHECK_INT(stet_json_get_string(root, "s").len, 5);
    CHECK(stet_json_int(stet_json_get(root, "n"), &n) && n == -12);
    CHECK(!stet_json_int(stet_json_get(root, "r"), &n));
    CHECK(stet_json_int(stet_json_get(root, "w"), &n) && n == 3);
    CHECK(stet_json_real(stet_json_get(root, "r"), &x) && x > 2.4 && x < 2.6);
    CHECK(stet_json_is_true(stet_json_get(root, "t")));
    CHECK(!stet_json_is_true(stet_json_get(root, "f")));
    CHECK_INT(stet_json_type(stet_json_get(root, "z")), STET_JSON_NULL);
    CHECK_INT(stet_json_len(stet_json_get(root, "a")), 2);
    CHECK(stet_json_at(stet_json_get(root, "a"), 2) == NULL);
    CHECK_SPAN(stet_json_get_string(stet_json_get(root, "o"), "k"), "v");
    stet_json_free(j);
}

static void answers_for_what_is_not_there(void)
{
    struct stet_json_iter it = { 0 };
    int64_t n = 7;

    CHECK_INT(stet_json_type(NULL), STET_JSON_NONE);
    CHECK(stet_json_get(NULL, "a") == NULL);
    CHECK(stet_json_get_string(NULL, "a").ptr == NULL);
    CHECK(stet_json_at(NULL, 0) == NULL);
    CHECK(!stet_json_int(NULL, &n) && n == 7);
    CHECK(!stet_json_next(&it));
    stet_json_free(NULL);
}

static void visits_in_order_and_the_last_of_two_counts(void)
{
    struct stet_json_iter it = { 0 };
    struct stet_json *j;
    char seen[64] = "";
    int64_t n;

    CHECK_INT(
        stet_json_parse(&j, STET_SPAN("{\"b\":1,\"a\":2,\"b\":3}"), NULL, NULL),
        STET_OK);
    it.of = stet_json_root(j);
    while (stet_json_next(&it)) {
        strncat(seen, it.key.ptr, it.key.len);
        if (stet_json_int(it.value, &n))
            seen[strlen(seen)] = (char)('0' + n);
    }
    CHECK_STR(seen, "b3a2");
    stet_json_free(j);

    CHECK_INT(stet_json_parse(&j, STET_SPAN("[\"x\",\"y\"]"), NULL, NULL),
              STET_OK);
    it = (struct stet_json_iter){ .of = stet_json_root(j) };
    CHECK(stet_json_next(&it));
    CHECK_SPAN(stet_json_string(it.value), "x");
    CHECK(stet_json_next(&it));
    CHECK_INT(it.i, 1);
    CHECK(!stet_json_next(&it));
    CHECK(!stet_json_next(&it));
    stet_json_free(j);
}

static void refuses_what_is_not_json(void)
{
    static const struct {
        const char *text;
        int rc;
    } rows[] = {
        { "", STET_EFORMAT },
        { "{", STET_EFORMAT },
        { "[1,]", STET_EFORMAT },
        { "[1] x", STET_EFORMAT },
        { "\"\xff\"", STET_EFORMAT },
        { "\"\\ud800\"", STET_EFORMAT },
        { "\"a\nb\"", STET_EFORMAT },
        { "[1]", STET_OK },
        { "7", STET_OK },
        { "123456789012345678901234", STET_OK },
        { "1e999", STET_EFORMAT },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_json *j;
        tap_row(rows[i].text);
        CHECK_INT(stet_json_parse(&j, span(rows[i].text), NULL, NULL),
                  rows[i].rc);
        CHECK((j != NULL) == (rows[i].rc == STET_OK));
        stet_json_free(j);
    }
}

static void says_where_the_fault_is(void)
{
    struct stet_error err = { 0 };
    struct stet_json *j;

    CHECK_INT(stet_json_parse(&j, STET_SPAN("{\n \"a\": tru }"), NULL, &err),
              STET_EFORMAT);
    CHECK(strncmp(err.text, "JSON line 2 column 9", 20) == 0);
}

static void keeps_its_limits(void)
{
    struct stet_json_options o = { .max_depth = 3 };
    struct stet_json *j;
    char deep[400];

    CHECK_INT(stet_json_parse(&j, STET_SPAN("[[[\"[[[[\"]]]"), &o, NULL),
              STET_OK);
    stet_json_free(j);
    CHECK_INT(stet_json_parse(&j, STET_SPAN("[[[[]]]]"), &o, NULL),
              STET_ELIMIT);
    o = (struct stet_json_options){ .max_bytes = 4 };
    CHECK_INT(stet_json_parse(&j, STET_SPAN("[1,2]"), &o, NULL), STET_ELIMIT);
    memset(deep, '[', sizeof(deep));
    o = (struct stet_json_options){ .max_depth = 1000000 };
    CHECK_INT(
        stet_json_parse(&j, (struct stet_span){ deep, sizeof(deep) }, &o, NULL),
        STET_ELIMIT);
}

static void mends_when_asked(void)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "\"a\tb\nc\"", "a\tb\nc" },
        { "\"\\ud800x\"", "\xEF\xBF\xBDx" },
        { "\"\\udc00\"", "\xEF\xBF\xBD" },
        { "\"\\ud83d\\ude00\"", "\xF0\x9F\x98\x80" },
        { "\"\\ud83d\\u0041\"", "\xEF\xBF\xBD"
                                "A" },
        { "\"a\xff"
          "b\"",
          "a\xEF\xBF\xBD"
          "b" },
        { "\xEF\xBB\xBF\"a\"", "a" },
        { "\"\\\\\\\"\"", "\\\"" },
        { "\"\\u00e9\"", "\xC3\xA9" },
    };
    struct stet_json_options o = { .lenient = true };
    struct stet_json *j;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].text);
        CHECK_INT(stet_json_parse(&j, span(rows[i].text), &o, NULL), STET_OK);
        CHECK_SPAN(stet_json_string(stet_json_root(j)), rows[i].want);
        stet_json_free(j);
    }
    tap_row(NULL);
    CHECK_INT(stet_json_parse(&j, STET_SPAN("{\"a\":[1,2, ],\n}"), &o, NULL),
              STET_OK);
    CHECK_INT(stet_json_len(stet_json_get(stet_json_root(j), "a")), 2);
    stet_json_free(j);
    CHECK_INT(stet_json_parse(&j, STET_SPAN("\"a\\"), &o, NULL), STET_EFORMAT);
}

static void allows_trailing_text_when_asked(void)
{
    struct stet_json_options o = { .allow_trailing = true };
    struct stet_json *j;

    CHECK_INT(stet_json_parse(&j, STET_SPAN("{\"a\":1}; more()"), &o, NULL),
              STET_OK);
    stet_json_free(j);
}

static void prints_what_it_read(void)
{
    static const char text[] = "{\"a\":[1,\"x\",null],\"b\":{}}";
    struct stet_json_writer w;
    struct stet_json *j;
    struct stet_buf b;

    stet_buf_init(&b, 1000);
    stet_json_writer_init(&w, &b, STET_JSON_SPACED);
    CHECK_INT(stet_json_parse(&j, span(text), NULL, NULL), STET_OK);
    stet_json_begin_array(&w);
    stet_json_put_value(&w, stet_json_root(j));
    stet_json_put_value(&w, NULL);
    stet_json_end(&w);
    CHECK_STR(b.data, "[{\"a\":[1,\"x\",null],\"b\":{}}, null]");
    stet_json_free(j);
    stet_buf_clear(&b);
}

static int work(void)
{
    struct stet_json_options o = { .lenient = true };
    struct stet_json *j;
    int rc = stet_json_parse(
        &j, STET_SPAN("{\"a\":[1,2.5,\"x\",{\"b\":null}],\"c\":\"d\",}"), &o,
        NULL);

    stet_json_free(j);
    return rc;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(work));
}

TESTS({ "reads every type", reads_every_type },
      { "answers for what is not there", answers_for_what_is_not_there },
      { "visits in order, and the last of two counts",
        visits_in_order_and_the_last_of_two_counts },
      { "refuses what is not JSON", refuses_what_is_not_json },
      { "says where the fault is", says_where_the_fault_is },
      { "keeps its limits", keeps_its_limits },
      { "mends when asked", mends_when_asked },
      { "allows trailing text when asked", allows_trailing_text_when_asked },
      { "prints what it read", prints_what_it_read },
      { "survives every failed allocation", survives_every_failed_allocation })
