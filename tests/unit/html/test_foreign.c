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

TESTS({ "svg and math change what markup means", test_foreign },
      { "tokens of svg and math are marked", test_mark })
