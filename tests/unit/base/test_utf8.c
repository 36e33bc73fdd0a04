#include "base/utf8.h"

#include "lib/tap.h"

#include <string.h>

/* Bytes and what they clean up to; U+FFFD is EF BF BD. */
static const struct {
    const char *name, *in, *want;
} rows[] = {
    { "ASCII", "abc", "abc" },
    { "two, three and four bytes", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80",
      "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80" },
    { "a lone continuation byte", "a\x80z", "a\xEF\xBF\xBDz" },
    { "an overlong slash", "\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD" },
    { "a surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
    { "past the last code point", "\xF4\x90\x80\x80",
      "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
    { "cut by the end: one for the whole part", "\xE2\x82", "\xEF\xBF\xBD" },
    { "cut by another character",
      "\xF0\x9F\x98"
      "A",
      "\xEF\xBF\xBD"
      "A" },
};

static void cleans_as_the_standard_decodes(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_buf b;

        tap_row(rows[i].name);
        stet_buf_init(&b, 100);
        stet_utf8_add_clean(
            &b, (struct stet_span){ rows[i].in, strlen(rows[i].in) });
        CHECK_SPAN(stet_buf_span(&b), rows[i].want);
        CHECK(stet_utf8_is_valid(stet_buf_span(&b)));
        CHECK_INT(stet_utf8_is_valid(
                      (struct stet_span){ rows[i].in, strlen(rows[i].in) }),
                  strcmp(rows[i].in, rows[i].want) == 0);
        stet_buf_clear(&b);
    }
}

static void nothing_is_valid(void)
{
    CHECK(stet_utf8_is_valid((struct stet_span){ NULL, 0 }));
    CHECK(stet_utf8_is_valid((struct stet_span){ "\x80", 0 }));
}

static void reads_back_what_it_writes(void)
{
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp += cp < 0x900 ? 1 : 97) {
        char out[4];
        struct stet_span s = { out, stet_utf8_encode(out, cp) };
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;

        if (stet_utf8_next(&s) != (surrogate ? STET_UTF8_REPLACEMENT : cp))
            CHECK_INT(-1, cp);
    }
}

TESTS({ "cleans as the standard decodes", cleans_as_the_standard_decodes },
      { "nothing is valid", nothing_is_valid },
      { "reads back what it writes", reads_back_what_it_writes })
