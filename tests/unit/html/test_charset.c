#include "base/span.h"
#include "html/charset.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/error.h"

#include <string.h>

static void test_labels(void)
{
    static const struct {
        const char *label, *name;
    } rows[] = {
        { "utf8", "UTF-8" },
        { " \tLatin1\r\n", "windows-1252" },
        { "iso-8859-1", "windows-1252" },
        { "us-ascii", "windows-1252" },
        { "gb2312", "GBK" },
        { "Shift_JIS", "Shift_JIS" },
        { "ks_c_5601-1987", "EUC-KR" },
        { "utf-16", "UTF-16LE" },
        { "hz-gb-2312", "replacement" },
        { "iso-8859-8-i", "ISO-8859-8-I" },
        { "utf-7", "" },
        { "", "" },
        { "a-label-that-is-longer-than-any-label-there-is", "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].label);
        CHECK_STR(stet_charset_name(
                      stet_charset_of_label(stet_span_of(rows[i].label))),
                  rows[i].name);
    }
    tap_row(NULL);
    CHECK_INT(stet_charset_of_label(STET_SPAN("utf-8\0")), STET_CHARSET_NONE);
}

struct row {
    const char *name;
    struct stet_span head;
    const char *http, *want;
    enum stet_charset_source source;
    size_t bom_len;
};

static void test_detect(void)
{
    static const struct row rows[] = {
        { "a byte order mark wins over all",
          STET_SPAN_INIT("\xEF\xBB\xBF<meta charset=latin2>"), "koi8-r",
          "UTF-8", STET_CHARSET_FROM_BOM, 3 },
        { "UTF-16BE by its mark", STET_SPAN_INIT("\xFE\xFF\0<"), "", "UTF-16BE",
          STET_CHARSET_FROM_BOM, 2 },
        { "UTF-16LE by its mark", STET_SPAN_INIT("\xFF\xFE<\0"), "", "UTF-16LE",
          STET_CHARSET_FROM_BOM, 2 },
        { "HTTP wins over meta", STET_SPAN_INIT("<meta charset=latin2>"),
          "koi8-r", "KOI8-R", STET_CHARSET_FROM_HTTP, 0 },
        { "a label that nobody knows is none",
          STET_SPAN_INIT("<meta charset=latin2>"), "bogus", "ISO-8859-2",
          STET_CHARSET_FROM_META, 0 },
        { "meta http-equiv",
          STET_SPAN_INIT("<META content='text/html; charset=\"big5\"' "
                         "http-equiv=Content-Type>"),
          "", "Big5", STET_CHARSET_FROM_META, 0 },
        { "meta content alone says nothing",
          STET_SPAN_INIT("<meta content='text/html; charset=big5'>"), "",
          "windows-1252", STET_CHARSET_FROM_DEFAULT, 0 },
        { "not in a comment, nor in an attribute",
          STET_SPAN_INIT("<!-- <meta charset=big5> --><a b='<meta "
                         "charset=big5>'><meta charset=gbk>"),
          "", "GBK", STET_CHARSET_FROM_META, 0 },
        { "meta UTF-16 means UTF-8", STET_SPAN_INIT("<meta charset=utf-16be>"),
          "", "UTF-8", STET_CHARSET_FROM_META, 0 },
        { "meta x-user-defined means windows-1252",
          STET_SPAN_INIT("<meta charset=x-user-defined>"), "", "windows-1252",
          STET_CHARSET_FROM_META, 0 },
        { "an XML declaration",
          STET_SPAN_INIT("<?xml version='1.0' encoding = 'euc-jp'?><a>"), "",
          "EUC-JP", STET_CHARSET_FROM_XML, 0 },
        { "meta wins over an XML declaration",
          STET_SPAN_INIT("<?xml encoding='euc-jp'?><meta charset=euc-kr>"), "",
          "EUC-KR", STET_CHARSET_FROM_META, 0 },
        { "an XML declaration in UTF-16", STET_SPAN_INIT("<\0?\0x\0m\0l\0"), "",
          "UTF-16LE", STET_CHARSET_FROM_XML, 0 },
        { "good UTF-8, cut", STET_SPAN_INIT("<p>\xC3\xA9\xE2\x82"), "", "UTF-8",
          STET_CHARSET_FROM_BYTES, 0 },
        { "not UTF-8", STET_SPAN_INIT("<p>\xC3\xA9\xE9 "), "", "windows-1252",
          STET_CHARSET_FROM_DEFAULT, 0 },
        { "nothing at all",
          { "", 0 },
          "",
          "windows-1252",
          STET_CHARSET_FROM_DEFAULT,
          0 },
        { "a meta that is cut", STET_SPAN_INIT("<meta charset=big5"), "",
          "windows-1252", STET_CHARSET_FROM_DEFAULT, 0 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *r = &rows[i];
        struct stet_charset_guess g;

        tap_row(r->name);
        CHECK_INT(stet_charset_detect(&g, r->head, stet_span_of(r->http)),
                  STET_OK);
        CHECK_STR(stet_charset_name(g.charset), r->want);
        CHECK_INT(g.source, r->source);
        CHECK_INT(g.bom_len, r->bom_len);
    }
    tap_row(NULL);
}

static void test_late_meta(void)
{
    char head[4096];
    struct stet_charset_guess g;
    static const char meta[] = "--><script><meta charset=gbk></script>"
                               "<meta charset=koi8-u>";

    memset(head, 'x', sizeof(head));
    memcpy(head, "<!--", 4);
    memcpy(head + 2000, meta, sizeof(meta) - 1);
    CHECK_INT(
        stet_charset_prescan((struct stet_span){ head, sizeof(head) }, NULL),
        STET_CHARSET_NONE);
    CHECK_INT(stet_charset_detect(&g, (struct stet_span){ head, sizeof(head) },
                                  STET_SPAN("")),
              STET_OK);
    CHECK_INT(g.charset, STET_CHARSET_KOI8_U);
    CHECK_INT(g.source, STET_CHARSET_FROM_META);
}

/* A meta element beyond the prescan; without memory it would be overlooked. */
static int detect_late(void)
{
    static char head[4096];
    static const char meta[] = "<meta charset=koi8-u>";
    struct stet_charset_guess g;
    int rc;

    memset(head, 'x', sizeof(head));
    memcpy(head + 2000, meta, sizeof(meta) - 1);
    rc = stet_charset_detect(&g, (struct stet_span){ head, sizeof(head) },
                             STET_SPAN(""));
    return rc == STET_OK && g.charset != STET_CHARSET_KOI8_U ? STET_EFORMAT
                                                             : rc;
}

static void test_no_memory(void)
{
    CHECK(torture(detect_late));
}

static void test_meta_content(void)
{
    static const struct {
        const char *content, *want;
    } rows[] = {
        { "text/html; charset=big5", "Big5" },
        { "text/html; CHARSET = 'big5'", "Big5" },
        { "charset charset=gbk;x", "GBK" },
        { "charset=\"gbk", "" },
        { "charset", "" },
        { "charset=", "" },
        { "", "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].content);
        CHECK_STR(stet_charset_name(stet_charset_of_meta_content(
                      stet_span_of(rows[i].content))),
                  rows[i].want);
    }
    tap_row(NULL);
}

TESTS({ "labels in any case and dress", test_labels },
      { "the order of detection", test_detect },
      { "a meta element beyond the prescan", test_late_meta },
      { "no memory at any point", test_no_memory },
      { "a charset in a content attribute", test_meta_content })
