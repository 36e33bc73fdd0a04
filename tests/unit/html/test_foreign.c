#include "base/span.h"
#include "lib/tap.h"
#include "unit/html/printer.h"

struct row {
    const char *name, *in, *want;
};

static void test_foreign(void)
{
    static const struct row rows[] = {
        { "a CDATA section in svg and not after it",
          "<svg><![CDATA[a<b]]></svg><![CDATA[c]]>",
          "<svg>\n'a<b'\n</svg>\n![CDATA[c]]!\n" },
        { "style and title in svg are markup",
          "<svg><style><a/></style><title>&lt;<b></title></svg>",
          "<svg>\n<style>\n<a/>\n</style>\n<title>\n'<'\n<b>\n</title>\n"
          "</svg>\n" },
        { "style in HTML inside svg is raw",
          "<svg><foreignObject><style><a></style></foreignObject><style>"
          "</style></svg>",
          "<svg>\n<foreignobject>\n<style>\n'<a>'\n</style>\n"
          "</foreignobject>\n<style>\n</style>\n</svg>\n" },
        { "svg that is never closed ends at a div",
          "<svg><path><div><style><a></style>",
          "<svg>\n<path>\n<div>\n<style>\n'<a>'\n</style>\n" },
        { "svg that closes itself", "<svg/><style><a></style>",
          "<svg/>\n<style>\n'<a>'\n</style>\n" },
        { "font with a colour ends svg, without it does not",
          "<svg><font><style><a></style><font color=x><style><a></style>",
          "<svg>\n<font>\n<style>\n<a>\n</style>\n<font|color=x>\n<style>\n"
          "'<a>'\n</style>\n" },
        { "math and its text",
          "<math><mi><style><a></style></mi><style><a></style></math>",
          "<math>\n<mi>\n<style>\n'<a>'\n</style>\n</mi>\n<style>\n<a>\n"
          "</style>\n</math>\n" },
        { "annotation-xml that is HTML",
          "<math><annotation-xml encoding=text/HTML><xmp><a></xmp>",
          "<math>\n<annotation-xml|encoding=text/HTML>\n<xmp>\n'<a>'\n"
          "</xmp>\n" },
        { "CDATA right in an integration point, not in HTML within it",
          "<svg><desc><![CDATA[x]]><i><![CDATA[y]]></i></desc></svg>",
          "<svg>\n<desc>\n'x'\n<i>\n![CDATA[y]]!\n</i>\n</desc>\n</svg>\n" },
        { "svg in svg", "<svg><svg></svg><![CDATA[x]]></svg><![CDATA[y]]>",
          "<svg>\n<svg>\n</svg>\n'x'\n</svg>\n![CDATA[y]]!\n" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t piece = 0; piece < 8; piece++) {
            struct printer p;

            tap_row(rows[i].name);
            printer_init(&p, false);
            CHECK_INT(print_tokens(&p, stet_span_of(rows[i].in), NULL, piece),
                      STET_OK);
            CHECK_STR(p.out.data, rows[i].want);
            printer_clear(&p);
        }
    }
    tap_row(NULL);
}

static void test_xml(void)
{
    static const struct row rows[] = {
        { "no tag begins raw text", "<title/><script/><style>&lt;<b/></style>",
          "<title/>\n</title>\n<script/>\n</script>\n<style>\n'<'\n<b/>\n</b>\n"
          "</style>\n" },
        { "void elements have no end", "<br/><img src='x'/><br></br>",
          "<br/>\n<img|src=x/>\n<br>\n</br>\n" },
        { "CDATA everywhere", "<p><![CDATA[a<b]]></p>", "<p>\n'a<b'\n</p>\n" },
        { "svg ends where it ends", "<svg><g/><p><b/></p></svg><g/>",
          "<svg>\n<g/>\n<p>\n<b/>\n</p>\n</svg>\n<g/>\n</g>\n" },
    };
    struct stet_html_options o = { .xml = true };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t piece = 0; piece < 8; piece++) {
            struct printer p;

            tap_row(rows[i].name);
            printer_init(&p, false);
            CHECK_INT(print_tokens(&p, stet_span_of(rows[i].in), &o, piece),
                      STET_OK);
            CHECK_STR(p.out.data, rows[i].want);
            CHECK(!p.disorder);
            printer_clear(&p);
        }
    }
    tap_row(NULL);
}

static int count_foreign(void *ctx, const struct stet_html_token *t)
{
    *(int *)ctx = *(int *)ctx * 2 + t->foreign;
    return STET_OK;
}

static void test_mark(void)
{
    int bits = 1;
    struct stet_html_options o = { .on_token = count_foreign, .ctx = &bits };

    CHECK_INT(stet_html_tokenize(
                  STET_SPAN("<a><svg><a><desc><p></desc></svg><div></div>"), &o,
                  NULL),
              STET_OK);
    CHECK_INT(bits, 0x2EC);
}

static int count_raw(void *ctx, const struct stet_html_token *t)
{
    *(int *)ctx += t->kind == STET_HTML_TEXT && t->raw_in;
    return STET_OK;
}

static void test_raw_in(void)
{
    int n = 0;
    struct stet_html_options o = { .on_token = count_raw, .ctx = &n };

    CHECK_INT(
        stet_html_tokenize(
            STET_SPAN("<title>t</title><svg><![CDATA[x]]>y</svg>"), &o, NULL),
        STET_OK);
    CHECK_INT(n, 1);
}

TESTS({ "svg and math change what markup means", test_foreign },
      { "XML has no raw text", test_xml },
      { "tokens of svg and math are marked", test_mark },
      { "CDATA is no raw text, whatever came before", test_raw_in })
