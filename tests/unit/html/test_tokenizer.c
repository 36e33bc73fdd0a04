#include "base/mem.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "unit/html/printer.h"

#include <stdlib.h>
#include <string.h>

struct row {
    const char *name;
    struct stet_span in;
    const char *want;
    struct stet_html_options opts;
};

static void check_row(const struct row *r)
{
    static const size_t pieces[] = { 0, 1, 2, 3, 7, 4096 };
    struct printer p;

    tap_row(r->name);
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        printer_init(&p, false);
        CHECK_INT(print_tokens(&p, r->in, &r->opts, pieces[i]), STET_OK);
        CHECK_STR(p.out.data ? p.out.data : "", r->want);
        CHECK(!p.disorder);
        printer_clear(&p);
    }
    tap_row(NULL);
}

#define CHECK_ROWS(rows)                                           \
    for (size_t i_ = 0; i_ < sizeof(rows) / sizeof(rows[0]); i_++) \
    check_row(&(rows)[i_])

static void test_tags(void)
{
    static const struct row rows[] = {
        { "names are lower case",
          STET_SPAN_INIT("<A HREF=X></A>"),
          "<a|href=X>\n</a>\n",
          { 0 } },
        { "values come in three kinds of quotes",
          STET_SPAN_INIT("<a b=\"1'\" c='2\"' d=3/>x"),
          "<a|b=1'|c=2\"|d=3/>\n'x'\n",
          { 0 } },
        { "no value, an empty value, a value with =",
          STET_SPAN_INIT("<a b c='' d = \"\" e=a=b = f=>"),
          "<a|b|c=|d=|e=a=b|=|f=>\n",
          { 0 } },
        { "slashes separate",
          STET_SPAN_INIT("<a/b/c = 'd'/e/>"),
          "<a|b|c=d|e/>\n",
          { 0 } },
        { "a name may begin with =",
          STET_SPAN_INIT("<a =b=c>"),
          "<a|=b=c>\n",
          { 0 } },
        { "a name may hold quotes and <",
          STET_SPAN_INIT("<a b\"c'<=1>"),
          "<a|b\"c'<=1>\n",
          { 0 } },
        { "values touch names",
          STET_SPAN_INIT("<a b='1'c=\"2\"d>"),
          "<a|b=1|c=2|d>\n",
          { 0 } },
        { "the second of a name is marked",
          STET_SPAN_INIT("<a b=1 B=2 x-y=1 X-Y=2 href=1 href=2>"),
          "<a|b=1|*b=2|x-y=1|*x-y=2|href=1|*href=2>\n",
          { 0 } },
        { "white space of all kinds",
          STET_SPAN_INIT("<a\tb\n=\f1\r\nc='x\r\ny\rz'\r>"),
          "<a|b=1|c=x\ny\nz>\n",
          { 0 } },
        { "an end tag has no attributes",
          STET_SPAN_INIT("</a b=c /></ a></>x"),
          "</a/>\n! a!\n'x'\n",
          { 0 } },
        { "a tag that never ends is none",
          STET_SPAN_INIT("x<a b='c"),
          "'x'\n",
          { 0 } },
        { "the end right after <", STET_SPAN_INIT("x<"), "'x<'\n", { 0 } },
        { "the end right after </", STET_SPAN_INIT("x</"), "'x</'\n", { 0 } },
        { "a < before anything else",
          STET_SPAN_INIT("1 < 2 <3 <> <<b>"),
          "'1 < 2 <3 <> <'\n<b>\n",
          { 0 } },
        { "NUL in names and values",
          STET_SPAN_INIT("<a\0 b\0=\0'\0>"),
          "<a\xEF\xBF\xBD|b\xEF\xBF\xBD=\xEF\xBF\xBD'\xEF\xBF\xBD>\n",
          { 0 } },
    };

    CHECK_ROWS(rows);
}

static void test_references(void)
{
    static const struct row rows[] = {
        { "in text",
          STET_SPAN_INIT("a&amp;b&lt&#65;&#x42;&notit;&"),
          "'a&b<AB\xC2\xACit;&'\n",
          { 0 } },
        { "in values",
          STET_SPAN_INIT("<a b='?x&amp=1&lt;&copy=2&lt' c=&gt;>"),
          "<a|b=?x&amp=1<&copy=2<|c=>>\n",
          { 0 } },
        { "not in raw text",
          STET_SPAN_INIT("<style>&lt;</style>"),
          "<style>\n'&lt;'\n</style>\n",
          { 0 } },
        { "two code points",
          STET_SPAN_INIT("&ngE;"),
          "'\xE2\x89\xA7\xCC\xB8'\n",
          { 0 } },
    };

    CHECK_ROWS(rows);
}

static void test_comments(void)
{
    static const struct row rows[] = {
        { "plain and empty",
          STET_SPAN_INIT("<!--a--><!----><!--><!--->"),
          "!a!\n!!\n!!\n!!\n",
          { 0 } },
        { "ends of other kinds",
          STET_SPAN_INIT("<!--a--!><!--b--!-->-<!--c--->"),
          "!a!\n!b--!!\n'-'\n!c-!\n",
          { 0 } },
        { "one inside another",
          STET_SPAN_INIT("<!--a<!--b-->c"),
          "!a<!--b!\n'c'\n",
          { 0 } },
        { "bogus ones",
          STET_SPAN_INIT("<!x><?y?></ z><![CDATA[a]]>"),
          "!x!\n!?y?!\n! z!\n![CDATA[a]]!\n",
          { 0 } },
        { "cut by the end", STET_SPAN_INIT("<!--a--!"), "!a!\n", { 0 } },
        { "line ends and NUL",
          STET_SPAN_INIT("<!--a\r\nb\rc\0-->"),
          "!a\nb\nc\xEF\xBF\xBD!\n",
          { 0 } },
    };

    CHECK_ROWS(rows);
}

static void test_doctypes(void)
{
    static const struct row rows[] = {
        { "the usual",
          STET_SPAN_INIT("<!DOCTYPE html>"),
          "?html|-|-?\n",
          { 0 } },
        { "with both identifiers",
          STET_SPAN_INIT("<!doctype HTML PUBLIC \"a\" 'b'>"),
          "?html|a|b?\n",
          { 0 } },
        { "system only",
          STET_SPAN_INIT("<!DOCTYPE html SYSTEM ''>"),
          "?html|-|?\n",
          { 0 } },
        { "nothing", STET_SPAN_INIT("<!DOCTYPE>"), "?!-|-|-?\n", { 0 } },
        { "cut",
          STET_SPAN_INIT("<!DOCTYPE html PUBLIC \"a>b"),
          "?!html|a|-?\n'b'\n",
          { 0 } },
        { "rubbish at its end",
          STET_SPAN_INIT("<!DOCTYPE html SYSTEM 'a' x>"),
          "?html|-|a?\n",
          { 0 } },
    };

    CHECK_ROWS(rows);
}

static void test_raw_text(void)
{
    static const struct row rows[] = {
        { "style",
          STET_SPAN_INIT("<style>a<b></stylex></STYLE >c"),
          "<style>\n'a<b></stylex>'\n</style>\n'c'\n",
          { 0 } },
        { "title and textarea",
          STET_SPAN_INIT("<title><b>&amp;</title><textarea></a></textarea>"),
          "<title>\n'<b>&'\n</title>\n<textarea>\n'</a>'\n</textarea>\n",
          { 0 } },
        { "noscript is markup",
          STET_SPAN_INIT("<noscript><img></noscript>"),
          "<noscript>\n<img>\n</noscript>\n",
          { 0 } },
        { "script with a comment that holds a script",
          STET_SPAN_INIT("<script><!--<script></script>--></script>x"),
          "<script>\n'<!--<script></script>-->'\n</script>\n'x'\n",
          { 0 } },
        { "script with a comment that is closed",
          STET_SPAN_INIT("<script><!--<script>--></script>x"),
          "<script>\n'<!--<script>-->'\n</script>\n'x'\n",
          { 0 } },
        { "script that never ends",
          STET_SPAN_INIT("<script>a</scrip"),
          "<script>\n'a</scrip'\n",
          { 0 } },
        { "plaintext",
          STET_SPAN_INIT("<plaintext></plaintext>\0"),
          "<plaintext>\n'</plaintext>\xEF\xBF\xBD'\n",
          { 0 } },
        { "plain: the caller decides",
          STET_SPAN_INIT("<title><b>"),
          "<title>\n<b>\n",
          { .plain = true } },
        { "begun in script",
          STET_SPAN_INIT("a<b></script>c"),
          "'a<b>'\n</script>\n'c'\n",
          { .state = STET_HTML_SCRIPT_DATA,
            .last_start_tag = STET_SPAN_INIT("script") } },
        { "begun in CDATA",
          STET_SPAN_INIT("a]]b]]>c<d>"),
          "'a]]b'\n'c'\n<d>\n",
          { .state = STET_HTML_CDATA } },
    };

    CHECK_ROWS(rows);
}

static void test_skip_text(void)
{
    static const struct row rows[] = {
        { "text of raw elements stays",
          STET_SPAN_INIT("a<b>c&amp;<style>d</style>e < f<i>g"),
          "<b>\n<style>\n'd'\n</style>\n<i>\n",
          { .skip_text = true } },
    };

    CHECK_ROWS(rows);
}

static void test_charsets(void)
{
    static const struct row rows[] = {
        { "UTF-8 that is not",
          STET_SPAN_INIT("<a b='\xE2\x82'>\xC3\xA9\xFF"),
          "<a|b=\xEF\xBF\xBD>\n'\xC3\xA9\xEF\xBF\xBD'\n",
          { 0 } },
        { "windows-1252",
          STET_SPAN_INIT("<a \xC9='\x80'>\x93&amp;"),
          "<a|\xC3\x89=\xE2\x82\xAC>\n'\xE2\x80\x9C&'\n",
          { .charset = STET_CHARSET_WINDOWS_1252 } },
        { "Shift_JIS with a backslash in a character",
          STET_SPAN_INIT("<a b=\"\x83\x5C\">\x83\x5C\x83<b>"),
          "<a|b=\xE3\x82\xBD>\n'\xE3\x82\xBD\xEF\xBF\xBD'\n<b>\n",
          { .charset = STET_CHARSET_SHIFT_JIS } },
        { "gb18030 of four bytes, and three of them before markup",
          STET_SPAN_INIT("\x81\x30\x81\x30\x81\x30\x81<b>"),
          "'\xC2\x80\xEF\xBF\xBD"
          "0\xEF\xBF\xBD'\n<b>\n",
          { .charset = STET_CHARSET_GB18030 } },
        { "UTF-16LE is decoded first",
          STET_SPAN_INIT("\xFF\xFE<\0a\0 \0b\0=\0\xE9\0>\0"),
          "<a|b=\xC3\xA9>\n",
          { .charset = STET_CHARSET_UTF_16LE } },
        { "a byte order mark goes",
          STET_SPAN_INIT("\xEF\xBB\xBFx"),
          "'x'\n",
          { 0 } },
        { "a byte order mark stays",
          STET_SPAN_INIT("\xEF\xBB\xBFx"),
          "'\xEF\xBB\xBFx'\n",
          { .keep_bom = true } },
        { "half a byte order mark",
          STET_SPAN_INIT("\xEF\xBB"),
          "'\xEF\xBF\xBD'\n",
          { 0 } },
    };

    CHECK_ROWS(rows);
}

static void test_offsets(void)
{
    static const struct stet_span in =
        STET_SPAN_INIT("\xEF\xBB\xBF<!DOCTYPE html>a&amp;\r\n"
                       "<a  hr='x&lt;y' B = c d></a\n>&#x26;<!--z-->");
    static const char want[] = "3+15 ?html|-|-?\n"
                               "18+8 'a&\n'\n"
                               "26+24 <a|30+2,34+6'hr=x<y|42+1,46+1_b=c"
                               "|48+1,49+0_d>\n"
                               "50+5 </a>\n"
                               "55+6 '&'\n"
                               "61+8 !z!\n";
    struct printer p;

    for (size_t piece = 0; piece < 9; piece++) {
        printer_init(&p, true);
        CHECK_INT(print_tokens(&p, in, NULL, piece), STET_OK);
        CHECK_STR(p.out.data, want);
        printer_clear(&p);
    }
}

static int stop_at_second(void *ctx, const struct stet_html_token *t)
{
    (void)t;
    return ++*(int *)ctx == 2 ? 77 : STET_OK;
}

static void test_stop(void)
{
    int n = 0;
    struct stet_html_options o = { .on_token = stop_at_second, .ctx = &n };
    struct stet_html_tokenizer *t = NULL;

    CHECK_INT(stet_html_tokenizer_new(&t, &o, NULL), STET_OK);
    CHECK_INT(stet_html_tokenizer_feed(t, STET_SPAN("<a><b><i>"), NULL), 77);
    CHECK_INT(stet_html_tokenizer_feed(t, STET_SPAN("<u>"), NULL), 77);
    CHECK_INT(stet_html_tokenizer_finish(t, NULL), 77);
    CHECK_INT(n, 2);
    stet_html_tokenizer_free(t);
    o.on_token = NULL;
    CHECK_INT(stet_html_tokenizer_new(&t, &o, NULL), STET_EUSAGE);
    CHECK(!t);
}

static int work(void)
{
    static const struct stet_span in = STET_SPAN_INIT(
        "<!DOCTYPE html PUBLIC 'a' \"b\"><A Hr\xC3\x89=&amp; b=c>\xFFx&amp;"
        "<!--a\r\nb--><svg><![CDATA[x]]></svg><title>x&amp;\xFF</title>");
    struct printer p;
    int rc = STET_OK;

    for (size_t piece = 0; rc == STET_OK && piece < 12; piece += 5) {
        printer_init(&p, true);
        rc = print_tokens(&p, in, NULL, piece);
        printer_clear(&p);
    }
    return rc;
}

static int work_utf16(void)
{
    static const struct stet_span in =
        STET_SPAN_INIT("<\0a\0 \0b\0=\0\xE9\0>\0x\0");
    struct stet_html_options o = { .charset = STET_CHARSET_UTF_16LE };
    struct printer p;
    int rc;

    printer_init(&p, false);
    rc = print_tokens(&p, in, &o, 3);
    printer_clear(&p);
    return rc;
}

static void test_torture(void)
{
    CHECK(torture(work));
    CHECK(torture(work_utf16));
}

TESTS({ "tags and attributes", test_tags },
      { "character references", test_references },
      { "comments", test_comments }, { "doctypes", test_doctypes },
      { "raw text begins and ends", test_raw_text },
      { "text can be left out", test_skip_text },
      { "strings are UTF-8 whatever the charset", test_charsets },
      { "offsets are those of the source", test_offsets },
      { "the callback can stop it", test_stop },
      { "no memory at any point", test_torture })
