#include "base/span.h"
#include "html/charref.h"
#include "lib/tap.h"

struct row {
    const char *in;
    bool in_attribute;
    size_t len;
    uint32_t first, second;
};

static void test_read(void)
{
    static const struct row rows[] = {
        { "&amp;", false, 5, '&', 0 },
        { "&amp", true, 4, '&', 0 },
        { "&amp=", true, 0, 0, 0 },
        { "&amp=", false, 4, '&', 0 },
        { "&ampx", true, 0, 0, 0 },
        { "&amp;x", true, 5, '&', 0 },
        { "&notin;", false, 7, 0x2209, 0 },
        { "&notin", false, 4, 0xAC, 0 },
        { "&notin", true, 0, 0, 0 },
        { "&ngE;", false, 5, 0x2267, 0x338 },
        { "&CounterClockwiseContourIntegral;", false, 33, 0x2233, 0 },
        { "&zwnj;", false, 6, 0x200C, 0 },
        { "&AElig", false, 6, 0xC6, 0 },
        { "&aelig", false, 6, 0xE6, 0 },
        { "&xyz;", false, 0, 0, 0 },
        { "&;", false, 0, 0, 0 },
        { "&#38;", false, 5, '&', 0 },
        { "&#38x", false, 4, '&', 0 },
        { "&#x26;", true, 6, '&', 0 },
        { "&#X26=", true, 5, '&', 0 },
        { "&#;", false, 0, 0, 0 },
        { "&#x;", false, 0, 0, 0 },
        { "&#0;", false, 4, 0xFFFD, 0 },
        { "&#128;", false, 6, 0x20AC, 0 },
        { "&#x9F;", false, 6, 0x178, 0 },
        { "&#x81;", false, 6, 0x81, 0 },
        { "&#xD800;", false, 8, 0xFFFD, 0 },
        { "&#x110000;", false, 10, 0xFFFD, 0 },
        { "&#x10FFFF;", false, 10, 0x10FFFF, 0 },
        { "&#99999999999999999999;", false, 23, 0xFFFD, 0 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *r = &rows[i];
        struct stet_charref ref;

        tap_row(r->in);
        stet_charref_read(&ref, stet_span_of(r->in), r->in_attribute);
        CHECK_INT(ref.len, r->len);
        CHECK_INT(ref.cps[0], r->first);
        CHECK_INT(ref.cps[1], r->second);
    }
    tap_row(NULL);
}

static void test_is_open(void)
{
    CHECK(stet_charref_is_open(STET_SPAN("&")));
    CHECK(stet_charref_is_open(STET_SPAN("&am")));
    CHECK(stet_charref_is_open(STET_SPAN("&amp")));
    CHECK(!stet_charref_is_open(STET_SPAN("&amp;")));
    CHECK(!stet_charref_is_open(STET_SPAN("&amp ")));
    CHECK(stet_charref_is_open(STET_SPAN("&#")));
    CHECK(stet_charref_is_open(STET_SPAN("&#x")));
    CHECK(stet_charref_is_open(STET_SPAN("&#x26")));
    CHECK(!stet_charref_is_open(STET_SPAN("&#26;")));
    CHECK(!stet_charref_is_open(
        STET_SPAN("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")));
}

TESTS({ "references are read", test_read },
      { "what more bytes could change is open", test_is_open })
