#include "url/punycode.h"

#include "lib/tap.h"
#include "stet/error.h"

#include <string.h>

static const struct {
    const char *code;
    uint32_t points[12]; /* ends with 0 */
} rows[] = {
    { "bcher-kva", { 'b', 0xFC, 'c', 'h', 'e', 'r' } },
    { "53h", { 0x2615 } },
    { "maana-pta", { 'm', 'a', 0xF1, 'a', 'n', 'a' } },
    { "fiqs8s", { 0x4E2D, 0x56FD } },
    { "ls8h", { 0x1F4A9 } },
    { "wgv71a119e", { 0x65E5, 0x672C, 0x8A9E } },
};

static void goes_both_ways(void)
{
    uint32_t points[12];
    struct stet_buf b;
    size_t n;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t want = 0;
        struct stet_span code = { rows[i].code, strlen(rows[i].code) };

        while (rows[i].points[want] != 0)
            want++;
        tap_row(rows[i].code);
        CHECK_INT(stet_punycode_decode(code, points, 12, &n), STET_OK);
        CHECK_INT(n, want);
        CHECK(memcmp(points, rows[i].points, want * sizeof(*points)) == 0);
        stet_buf_init(&b, 100);
        CHECK_INT(stet_punycode_encode(&b, rows[i].points, want), STET_OK);
        CHECK_STR(b.data, rows[i].code);
        stet_buf_clear(&b);
    }
}

static void refuses_what_is_not_punycode(void)
{
    static const char *const bad[] = { "b\xC3\xBC-x", "a-!", "99999999", "-99",
                                       "bcher-k" };
    uint32_t points[12];
    size_t n;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        tap_row(bad[i]);
        CHECK_INT(
            stet_punycode_decode((struct stet_span){ bad[i], strlen(bad[i]) },
                                 points, 12, &n),
            STET_EFORMAT);
    }
    tap_row("too long");
    CHECK_INT(stet_punycode_decode(STET_SPAN("bcher-kva"), points, 5, &n),
              STET_EFORMAT);
    CHECK_INT(stet_punycode_decode(STET_SPAN("bcher-kva"), points, 4, &n),
              STET_EFORMAT);
}

TESTS({ "goes both ways", goes_both_ways },
      { "refuses what is not Punycode", refuses_what_is_not_punycode })
