#include "http/mime.h"

#include "base/utf8.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include "vectors.h"

static const struct {
    const char *text, *printed, *charset;
} types[] = {
    { "text/html", "text/html", NULL },
    { " TEXT/HTML ; Charset=UTF-8 ", "text/html;charset=UTF-8", "UTF-8" },
    { "text/html;charset=\"a\\\"b\"x;y=1", "text/html;charset=\"a\\\"b\";y=1",
      "a\"b" },
    { "text/html;;;charset=", "text/html", NULL },
    { "text/html;charset=\"\"", "text/html;charset=\"\"", "" },
    { "text/html;charset=a;charset=b", "text/html;charset=a", "a" },
    { "text/", NULL, NULL },
    { "/html", NULL, NULL },
    { "texthtml", NULL, NULL },
    { "te xt/html", NULL, NULL },
    { "", NULL, NULL },
};

static void parses_and_prints_types(void)
{
    struct stet_mime m;
    struct stet_buf b;

    stet_mime_init(&m);
    stet_buf_init(&b, STET_MAX_MIME);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        int rc = stet_mime_parse(&m, stet_span_of(types[i].text));

        tap_row(types[i].text);
        CHECK_INT(rc, types[i].printed ? STET_OK : STET_EFORMAT);
        if (rc)
            continue;
        stet_buf_reset(&b);
        stet_mime_print(&m, &b);
        CHECK_SPAN(stet_buf_span(&b), types[i].printed);
        if (types[i].charset)
            CHECK_SPAN(stet_mime_get(&m, "charset"), types[i].charset);
        else
            CHECK(!stet_mime_get(&m, "charset").ptr);
    }
    tap_row(NULL);
    stet_buf_clear(&b);
    stet_mime_clear(&m);
}

static void survives_a_monstrous_type(void)
{
    struct stet_mime m;
    struct stet_buf b;

    stet_mime_init(&m);
    stet_buf_init(&b, 1 << 20);
    stet_buf_adds(&b, "text/html");
    for (int i = 0; i < 20000; i++)
        stet_buf_addf(&b, ";a%d=\"", i);
    CHECK_INT(stet_mime_parse(&m, stet_buf_span(&b)), STET_OK);
    CHECK_SPAN(m.essence, "text/html");
    stet_buf_reset(&b);
    stet_buf_adds(&b, "text/html");
    for (int i = 0; i < 20000; i++)
        stet_buf_addf(&b, ";a%d=1", i);
    CHECK_INT(stet_mime_parse(&m, stet_buf_span(&b)), STET_OK);
    CHECK_INT(m.n_params, STET_MAX_MIME_PARAMS);
    stet_buf_clear(&b);
    stet_mime_clear(&m);
}

static const struct {
    const char *essence;
    enum stet_mime_kind kind;
} kinds[] = {
    { "text/html", STET_MIME_HTML },
    { "application/xhtml+xml", STET_MIME_HTML },
    { "Text/CSS", STET_MIME_CSS },
    { "text/javascript", STET_MIME_SCRIPT },
    { "text/javascript1.5", STET_MIME_SCRIPT },
    { "application/ld+json", STET_MIME_JSON },
    { "application/rss+xml", STET_MIME_XML },
    { "text/xml", STET_MIME_XML },
    { "image/svg+xml", STET_MIME_IMAGE },
    { "font/woff2", STET_MIME_FONT },
    { "application/x-font-ttf", STET_MIME_FONT },
    { "video/mp4", STET_MIME_VIDEO },
    { "audio/mpeg", STET_MIME_AUDIO },
    { "text/csv", STET_MIME_TEXT },
    { "application/pdf", STET_MIME_OTHER },
    { "", STET_MIME_OTHER },
};

static void sorts_types_into_kinds(void)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        tap_row(kinds[i].essence);
        CHECK_INT(stet_mime_kind_of(stet_span_of(kinds[i].essence)),
                  kinds[i].kind);
    }
    tap_row(NULL);
}

static const struct {
    const char *name, *sent; /* NULL: no field */
    bool no_sniff;
    struct stet_span bytes;
    const char *want;
} computed[] = {
    { "no type, HTML", NULL, false, STET_SPAN_INIT(" \n<!DOCTYPE html>"),
      "text/html" },
    { "no type, HTML, nosniff", NULL, true, STET_SPAN_INIT("<html>"),
      "text/plain" },
    { "no type, a comment", "*/*", false, STET_SPAN_INIT("<!-- x"),
      "text/html" },
    { "no type, not quite HTML", NULL, false, STET_SPAN_INIT("<bar>"),
      "text/plain" },
    { "no type, XML", NULL, false, STET_SPAN_INIT("<?xml version"),
      "text/xml" },
    { "no type, PDF", NULL, false, STET_SPAN_INIT("%PDF-1.4"),
      "application/pdf" },
    { "no type, UTF-16", NULL, false, STET_SPAN_INIT("\xFE\xFF\0a"),
      "text/plain" },
    { "a broken type", "text", false, STET_SPAN_INIT("GIF89a"), "image/gif" },
    { "text that is text", "text/plain", false, STET_SPAN_INIT("<html>"),
      "text/plain" },
    { "text that is binary", "text/plain", false, STET_SPAN_INIT("a\1"),
      "application/octet-stream" },
    { "text with another charset", "text/plain;charset=x", false,
      STET_SPAN_INIT("a\1"), "text/plain" },
    { "a feed as HTML", "text/html; charset=utf-8", false,
      STET_SPAN_INIT("\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- c --><rss>"),
      "application/rss+xml" },
    { "Atom as HTML", "text/html", false, STET_SPAN_INIT("<feed xmlns=''>"),
      "application/atom+xml" },
    { "HTML as HTML", "text/html", false,
      STET_SPAN_INIT("<!doctype html><html>"), "text/html" },
    { "a PNG called JPEG", "image/jpeg", false,
      STET_SPAN_INIT("\x89PNG\r\n\x1A\n"), "image/png" },
    { "the same, nosniff", "image/jpeg", true,
      STET_SPAN_INIT("\x89PNG\r\n\x1A\n"), "image/jpeg" },
    { "AVIF called JPEG", "image/jpeg", false,
      STET_SPAN_INIT("\0\0\0\x14"
                     "ftypavif\0\0\0\0mif1"),
      "image/avif" },
    { "SVG stays SVG", "image/svg+xml", false, STET_SPAN_INIT("GIF89a"),
      "image/svg+xml" },
    { "WebM", "video/x", false,
      STET_SPAN_INIT("\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm\x42\x87"),
      "video/webm" },
    { "gzip", NULL, false, STET_SPAN_INIT("\x1F\x8B\x08\0"),
      "application/x-gzip" },
};

static void computes_the_type_a_browser_would_use(void)
{
    for (size_t i = 0; i < sizeof(computed) / sizeof(computed[0]); i++) {
        struct stet_buf b;

        tap_row(computed[i].name);
        stet_buf_init(&b, 100);
        CHECK_INT(stet_mime_compute(&b, stet_span_of(computed[i].sent),
                                    computed[i].no_sniff, computed[i].bytes),
                  STET_OK);
        CHECK_SPAN(stet_buf_span(&b), computed[i].want);
        stet_buf_clear(&b);
    }
    tap_row(NULL);
    CHECK_STR(stet_mime_sniff_font(STET_SPAN("wOF2....")), "font/woff2");
}

/* -- vectors ------------------------------------------------------------- */

/* The vectors write bytes as the code points of Latin-1; false for what
 * bytes cannot be. */
static bool add_latin1(struct stet_buf *b, struct stet_span s)
{
    while (s.len) {
        uint32_t cp = stet_utf8_next(&s);

        if (cp > 0xFF)
            return false;
        stet_buf_addc(b, (char)cp);
    }
    return true;
}

static void check_type(const struct stet_json_value *row)
{
    struct stet_span want = stet_json_get_string(row, "output");
    struct stet_buf in, out, expected;
    struct stet_mime m;
    int rc;

    stet_mime_init(&m);
    stet_buf_init(&in, STET_MAX_MIME);
    stet_buf_init(&out, STET_MAX_MIME);
    stet_buf_init(&expected, STET_MAX_MIME);
    if (!add_latin1(&in, stet_json_get_string(row, "input")) ||
        !add_latin1(&expected, want))
        goto done;
    tap_row(in.data);
    rc = stet_mime_parse(&m, stet_buf_span(&in));
    CHECK_INT(rc, want.ptr ? STET_OK : STET_EFORMAT);
    if (!rc)
        stet_mime_print(&m, &out);
    if (!rc && want.ptr)
        CHECK_SPAN(stet_buf_span(&out), expected.data);
done:
    stet_buf_clear(&in);
    stet_buf_clear(&out);
    stet_buf_clear(&expected);
    stet_mime_clear(&m);
    tap_row(NULL);
}

static void check_types_of(const char *name)
{
    struct stet_json *j = NULL;
    struct stet_json_iter it;
    struct stet_buf text;
    size_t n = 0;

    if (!read_vectors(&text, name))
        return;
    CHECK_INT(stet_json_parse(&j, stet_buf_span(&text), NULL, NULL), STET_OK);
    it = (struct stet_json_iter){ .of = stet_json_root(j) };
    while (stet_json_next(&it))
        if (stet_json_type(it.value) == STET_JSON_OBJECT) {
            check_type(it.value);
            n++;
        }
    CHECK(n > 0);
    stet_json_free(j);
    stet_buf_clear(&text);
}

static void agrees_with_the_standard_s_tests(void)
{
    check_types_of("wpt-mime/mime-types.json");
    check_types_of("wpt-mime/generated-mime-types.json");
}

static int hex(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static void check_sniff(const struct stet_json_value *row)
{
    struct stet_span payload = stet_json_get_string(row, "payload_hex");
    struct stet_span want = stet_json_get_string(row, "want");
    struct stet_buf b;

    stet_buf_init(&b, 4096);
    for (size_t i = 0; i + 1 < payload.len; i += 2)
        stet_buf_addc(
            &b, (char)(hex(payload.ptr[i]) << 4 | hex(payload.ptr[i + 1])));
    tap_row(stet_json_get_string(row, "desc").ptr);
    CHECK_SPAN(want, stet_mime_sniff(stet_buf_span(&b), true));
    tap_row(NULL);
    stet_buf_clear(&b);
}

static void sniffs_as_the_standard_s_tests_want(void)
{
    each_line("wpt-mime/sniff_unknown.jsonl", check_sniff);
}

static void check_extract(const struct stet_json_value *row)
{
    struct stet_json_iter it = { .of = stet_json_get(row,
                                                     "content_type_headers") };
    struct stet_span want = stet_json_get_string(row, "want_mime");
    struct stet_buf head, out;
    struct stet_mime m;
    struct stet_head h;
    int rc;

    stet_buf_init(&head, STET_MAX_HEAD);
    stet_buf_init(&out, STET_MAX_MIME);
    stet_mime_init(&m);
    stet_head_init(&h);
    stet_buf_adds(&head, "HTTP/1.1 200 OK\r\n");
    while (stet_json_next(&it)) {
        stet_buf_adds(&head, "Content-Type: ");
        stet_buf_add_span(&head, stet_json_string(it.value));
        stet_buf_adds(&head, "\r\n");
    }
    stet_buf_adds(&head, "\r\n");
    tap_row(head.data);
    CHECK_INT(stet_head_parse(&h, stet_buf_span(&head), NULL), STET_OK);
    rc = stet_mime_of_head(&m, &h);
    CHECK_INT(rc, want.ptr ? STET_OK : STET_EFORMAT);
    stet_mime_print(&m, &out);
    if (want.ptr)
        CHECK(stet_span_eq(stet_buf_span(&out), want));
    tap_row(NULL);
    stet_head_clear(&h);
    stet_mime_clear(&m);
    stet_buf_clear(&head);
    stet_buf_clear(&out);
}

static void extracts_types_as_the_standard_s_tests_want(void)
{
    each_line("wpt-http/content_types.jsonl", check_extract);
}

static int parse_one(void)
{
    struct stet_head h;
    struct stet_mime m;
    int rc;

    stet_head_init(&h);
    stet_mime_init(&m);
    rc = stet_head_parse(&h,
                         STET_SPAN("HTTP/1.1 200 OK\r\n"
                                   "Content-Type: text/html;charset=\"x\"\r\n"
                                   "Content-Type: text/html\r\n\r\n"),
                         NULL);
    if (!rc)
        rc = stet_mime_of_head(&m, &h);
    stet_mime_clear(&m);
    stet_head_clear(&h);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(parse_one));
}

TESTS({ "parses and prints types", parses_and_prints_types },
      { "survives a monstrous type", survives_a_monstrous_type },
      { "sorts types into kinds", sorts_types_into_kinds },
      { "computes the type a browser would use",
        computes_the_type_a_browser_would_use },
      { "agrees with the standard's tests", agrees_with_the_standard_s_tests },
      { "sniffs as the standard's tests want",
        sniffs_as_the_standard_s_tests_want },
      { "extracts types as the standard's tests want",
        extracts_types_as_the_standard_s_tests_want },
      { "survives want of memory", survives_want_of_memory })
