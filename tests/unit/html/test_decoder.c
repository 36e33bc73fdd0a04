#include "base/span.h"
#include "html/charset.h"
#include "lib/tap.h"

#define BAD "\xEF\xBF\xBD"

struct row {
    const char *charset;
    struct stet_span in;
    const char *want;
};

static void test_decode(void)
{
    static const struct row rows[] = {
        { "utf-8", STET_SPAN_INIT("a\xC3\xA9\xF0\x9F\x98\x80"),
          "a\xC3\xA9\xF0\x9F\x98\x80" },
        { "utf-8",
          STET_SPAN_INIT("\xE2\x82"
                         "a\xED\xA0\x80\xC0"),
          BAD "a" BAD BAD BAD BAD },
        { "utf-8", STET_SPAN_INIT("\xF0\x9F"), BAD },
        { "windows-1252", STET_SPAN_INIT("\x80\x81\xFF"),
          "\xE2\x82\xAC\xC2\x81\xC3\xBF" },
        { "windows-1255", STET_SPAN_INIT("\xD9\xE0"), BAD "\xD7\x90" },
        { "koi8-u", STET_SPAN_INIT("\xAE\xA4"), "\xD1\x9E\xD1\x94" },
        { "x-user-defined", STET_SPAN_INIT("a\x80\xFF"),
          "a\xEF\x9E\x80\xEF\x9F\xBF" },
        { "replacement", STET_SPAN_INIT("abc"), BAD },
        { "replacement", { "", 0 }, "" },
        { "shift_jis", STET_SPAN_INIT("\x82\xA0\xB1\x80\x5C\x7E"),
          "\xE3\x81\x82\xEF\xBD\xB1\xC2\x80\\~" },
        { "shift_jis", STET_SPAN_INIT("\x81<\x85\x40\xFD\x81"),
          BAD "<" BAD "@" BAD BAD },
        { "shift_jis", STET_SPAN_INIT("\xF0\x40\xFA\x40"),
          "\xEE\x80\x80\xE2\x85\xB0" },
        { "euc-jp", STET_SPAN_INIT("\xA4\xA2\x8E\xB1\x8F\xB0\xA1"),
          "\xE3\x81\x82\xEF\xBD\xB1\xE4\xB8\x82" },
        { "euc-jp", STET_SPAN_INIT("\xA4<\x8F\xB0<\x8E\xE0"),
          BAD "<" BAD "<" BAD },
        { "euc-kr", STET_SPAN_INIT("\xB0\xA1\x81\x41\x81<"),
          "\xEA\xB0\x80\xEA\xB0\x82" BAD "<" },
        { "big5", STET_SPAN_INIT("\xA4\x40\x88\x62\x88\xA5\x87\x40\x81<"),
          "\xE4\xB8\x80\xC3\x8A\xCC\x84\xC3\xAA\xCC\x8C\xE4\x8F\xB0" BAD "<" },
        { "gbk", STET_SPAN_INIT("\x80\xB0\xA1\xFF"),
          "\xE2\x82\xAC\xE5\x95\x8A" BAD },
        { "gb18030", STET_SPAN_INIT("\x81\x30\x81\x30\x90\x30\x81\x30"),
          "\xC2\x80\xF0\x90\x80\x80" },
        { "gb18030", STET_SPAN_INIT("\x81\x30<\x81\x30\x81<"),
          BAD "0<" BAD "0" BAD "<" },
        { "gb18030", STET_SPAN_INIT("\x81\x30\x81"), BAD },
        { "gb18030", STET_SPAN_INIT("\xEF\x30\xA3\x30z"), BAD "z" },
        { "gb18030", STET_SPAN_INIT("\x84\x31\xB0\xA1"), BAD "1\xE5\x95\x8A" },
        { "utf-16le", STET_SPAN_INIT("a\0\x3D\xD8\x00\xDE"),
          "a\xF0\x9F\x98\x80" },
        { "utf-16le",
          STET_SPAN_INIT("\x3D\xD8"
                         "a\0\x00\xDE\x3D\xD8z"),
          BAD "a" BAD BAD },
        { "utf-16be", STET_SPAN_INIT("\0a\xD8\x3D\xDE\x00"),
          "a\xF0\x9F\x98\x80" },
        { "iso-2022-jp", STET_SPAN_INIT("a\x1B$B$\"\x1B(J\\~\x1B(I1\x1B(Bb"),
          "a\xE3\x81\x82\xC2\xA5\xE2\x80\xBE\xEF\xBD\xB1"
          "b" },
        { "iso-2022-jp", STET_SPAN_INIT("\x1B$B\x1B(Ba"), BAD "a" },
        { "iso-2022-jp", STET_SPAN_INIT("\x1B$xa\x1B$B$"), BAD "$xa" BAD },
        { "iso-2022-jp", STET_SPAN_INIT("\x1B"), BAD },
        { "iso-2022-jp", STET_SPAN_INIT("\x1B("), BAD "(" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *r = &rows[i];
        enum stet_charset c = stet_charset_of_label(stet_span_of(r->charset));

        tap_row(r->charset);
        CHECK(c != STET_CHARSET_NONE);
        for (size_t piece = 1; piece < 5; piece++) {
            struct stet_decoder d;
            struct stet_buf out;

            stet_buf_init(&out, 1000);
            stet_decoder_init(&d, c);
            for (size_t at = 0; at < r->in.len; at += piece)
                stet_decoder_add(&d, stet_span_sub(r->in, at, piece), &out);
            stet_decoder_finish(&d, &out);
            CHECK_SPAN(stet_buf_span(&out), r->want);
            stet_buf_clear(&out);
        }
    }
    tap_row(NULL);
}

static void test_open_tail(void)
{
    CHECK_INT(stet_charset_open_tail(STET_CHARSET_SHIFT_JIS,
                                     STET_SPAN("\x83\x5C\x83")),
              1);
    CHECK_INT(
        stet_charset_open_tail(STET_CHARSET_GB18030, STET_SPAN("\x81\x30\x81")),
        3);
    CHECK_INT(
        stet_charset_open_tail(STET_CHARSET_UTF_8, STET_SPAN("a\xE2\x82")), 2);
    CHECK_INT(stet_charset_open_tail(STET_CHARSET_KOI8_R, STET_SPAN("\x83")),
              0);
}

TESTS({ "bytes in pieces of any size become UTF-8", test_decode },
      { "what is not complete is known", test_open_tail })
