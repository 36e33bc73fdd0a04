#include "url/host.h"

#include "lib/tap.h"
#include "stet/error.h"

#include <string.h>

static void reads_ipv4(void)
{
    static const struct {
        const char *text;
        int rc;
        uint32_t address;
    } rows[] = {
        { "1.2.3.4", STET_OK, 0x01020304 },
        { "1.2.3.4.", STET_OK, 0x01020304 },
        { "1.2.772", STET_OK, 0x01020304 },
        { "0x1020304", STET_OK, 0x01020304 },
        { "01.0X2.3.4", STET_OK, 0x01020304 },
        { "0", STET_OK, 0 },
        { "0x", STET_OK, 0 },
        { "255.255.255.255", STET_OK, 0xFFFFFFFF },
        { "256.1.1.1", STET_EFORMAT, 0 },
        { "1.2.3.256", STET_EFORMAT, 0 },
        { "1.2.65536", STET_EFORMAT, 0 },
        { "99999999999999999999999", STET_EFORMAT, 0 },
        { "1..2", STET_EFORMAT, 0 },
        { "a.08", STET_EFORMAT, 0 },
        { "1.2.3.4.5", STET_EFORMAT, 0 },
        { "1.2.3.a", STET_END, 0 },
        { "1.2.3.0xg", STET_END, 0 },
        { "1.2.3..", STET_END, 0 },
        { "", STET_END, 0 },
        { ".", STET_END, 0 },
    };
    uint32_t address;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_span s = { rows[i].text, strlen(rows[i].text) };

        tap_row(rows[i].text);
        address = 0;
        CHECK_INT(stet_ipv4_parse(s, &address), rows[i].rc);
        CHECK_INT(address, rows[i].address);
    }
}

static void reads_and_prints_ipv6(void)
{
    static const struct {
        const char *text, *want; /* NULL: not an address */
    } rows[] = {
        { "::", "::" },
        { "::1", "::1" },
        { "1::", "1::" },
        { "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8" },
        { "0001:0:0:0:1:0:0:0", "1::1:0:0:0" },
        { "1:0:2:0:0:3:0:0", "1:0:2::3:0:0" },
        { "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" },
        { "::FFFF:1.2.3.4", "::ffff:102:304" },
        { "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304" },
        { "", NULL },
        { ":", NULL },
        { ":1", NULL },
        { "1:", NULL },
        { ":::", NULL },
        { "1::2::3", NULL },
        { "1:2:3:4:5:6:7:8:9", NULL },
        { "1:2:3:4:5:6:7", NULL },
        { "1:2:3:4:5:6:7:8::", NULL },
        { "12345::", NULL },
        { "g::", NULL },
        { "::1.2.3", NULL },
        { "::1.2.3.256", NULL },
        { "::01.2.3.4", NULL },
        { "::1.2.3.4.5", NULL },
        { "::1.2.3.4:5", NULL },
        { "1:2:3:4:5:6:7:1.2.3.4", NULL },
        { "::1%25eth0", NULL },
    };
    uint16_t pieces[8];
    struct stet_buf b;

    stet_buf_init(&b, 100);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_span s = { rows[i].text, strlen(rows[i].text) };

        tap_row(rows[i].text);
        CHECK_INT(stet_ipv6_parse(s, pieces),
                  rows[i].want ? STET_OK : STET_EFORMAT);
        if (!rows[i].want)
            continue;
        stet_buf_reset(&b);
        stet_ipv6_print(&b, pieces);
        CHECK_STR(b.data, rows[i].want);
    }
    stet_buf_clear(&b);
}

TESTS({ "reads IPv4", reads_ipv4 },
      { "reads and prints IPv6", reads_and_prints_ipv6 })
