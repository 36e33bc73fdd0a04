#include "fetch/guard.h"

#include "lib/tap.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

/* Why the guard refuses an address written as inet_pton() reads it. */
static const char *refuses(const char *text, const struct stet_cidr *allow,
                           size_t n)
{
    struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
    struct sockaddr_in four = { .sin_family = AF_INET };

    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        return stet_guard_refuses((const struct sockaddr *)&four, sizeof(four),
                                  allow, n);
    if (inet_pton(AF_INET6, text, &six.sin6_addr) != 1)
        return "unreadable";
    return stet_guard_refuses((const struct sockaddr *)&six, sizeof(six), allow,
                              n);
}

static const struct {
    const char *address, *why; /* NULL: may be connected to */
} rows[] = {
    { "8.8.8.8", NULL },
    { "1.0.0.1", NULL },
    { "0.0.0.0", "unspecified" },
    { "0.1.2.3", "unspecified" },
    { "9.255.255.255", NULL },
    { "10.0.0.0", "private" },
    { "10.255.255.255", "private" },
    { "11.0.0.0", NULL },
    { "100.63.255.255", NULL },
    { "100.64.0.0", "shared" },
    { "100.127.255.255", "shared" },
    { "100.128.0.0", NULL },
    { "127.0.0.1", "loopback" },
    { "127.255.255.254", "loopback" },
    { "128.0.0.1", NULL },
    { "169.253.255.255", NULL },
    { "169.254.169.254", "link-local" },
    { "172.15.255.255", NULL },
    { "172.16.0.1", "private" },
    { "172.31.255.255", "private" },
    { "172.32.0.0", NULL },
    { "192.0.0.8", "reserved" },
    { "192.0.1.0", NULL },
    { "192.0.2.1", "documentation" },
    { "192.88.99.1", "reserved" },
    { "192.168.0.1", "private" },
    { "192.169.0.0", NULL },
    { "198.17.255.255", NULL },
    { "198.18.0.1", "benchmark" },
    { "198.19.255.255", "benchmark" },
    { "198.20.0.0", NULL },
    { "198.51.100.7", "documentation" },
    { "203.0.113.7", "documentation" },
    { "223.255.255.255", NULL },
    { "224.0.0.1", "multicast" },
    { "239.255.255.255", "multicast" },
    { "240.0.0.1", "reserved" },
    { "255.255.255.255", "reserved" },

    { "2606:4700:4700::1111", NULL },
    { "2a00:1450:4001:800::200e", NULL },
    { "::", "unspecified" },
    { "::1", "loopback" },
    { "::127.0.0.1", "reserved" },
    { "::8.8.8.8", "reserved" },
    { "100::1", "reserved" },
    { "2001:db8::1", "documentation" },
    { "3fff::1", "documentation" },
    { "3fff:1000::1", NULL },
    { "2001:2::1", "benchmark" },
    { "2001:10::1", "reserved" },
    { "4000::1", "reserved" },
    { "fc00::1", "private" },
    { "fdff:ffff::1", "private" },
    { "fe80::1", "link-local" },
    { "febf::1", "link-local" },
    { "fec0::1", "private" },
    { "ff02::1", "multicast" },

    { "::ffff:127.0.0.1", "loopback" },
    { "::ffff:10.1.2.3", "private" },
    { "::ffff:8.8.8.8", NULL },
    { "::ffff:0:127.0.0.1", "reserved" },
    { "64:ff9b::127.0.0.1", "loopback" },
    { "64:ff9b::169.254.169.254", "link-local" },
    { "64:ff9b::8.8.8.8", NULL },
    { "64:ff9b:1::8.8.8.8", "reserved" },
    { "2002:7f00:1::1", "loopback" },
    { "2002:a00:1::", "private" },
    { "2002:808:808::1", NULL },
    { "2001:0:4136:e378:8000:63bf:80ff:fffe", "loopback" },
    { "2001:0:4136:e378:8000:63bf:3fff:fdd2", "documentation" },
    { "2001:0:4136:e378:8000:63bf:f7f7:f7f7", NULL },
    { "2606::5efe:10.0.0.1", "private" },
    { "2606::200:5efe:127.0.0.1", "loopback" },
    { "fe80::5efe:8.8.8.8", "link-local" },
};

static void refuses_what_is_not_the_public_internet(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].address);
        if (rows[i].why)
            CHECK_STR(refuses(rows[i].address, NULL, 0), rows[i].why);
        else
            CHECK(!refuses(rows[i].address, NULL, 0));
    }
    tap_row(NULL);
}

static void refuses_other_families(void)
{
    struct sockaddr sa = { .sa_family = AF_UNIX };

    CHECK_STR(stet_guard_refuses(&sa, sizeof(sa), NULL, 0), "family");
    sa.sa_family = AF_INET6;
    CHECK_STR(stet_guard_refuses(&sa, sizeof(sa), NULL, 0), "family");
}

static void lets_through_what_is_allowed(void)
{
    struct stet_cidr c[2];

    CHECK_INT(stet_cidr_parse(&c[0], STET_SPAN("127.0.0.0/8")), STET_OK);
    CHECK_INT(stet_cidr_parse(&c[1], STET_SPAN("fd00:1::/33")), STET_OK);
    CHECK(!refuses("127.1.2.3", c, 2));
    CHECK(!refuses("::ffff:127.0.0.1", c, 2));
    CHECK(!refuses("64:ff9b::127.0.0.1", c, 2));
    CHECK(!refuses("2002:7f00:1::1", c, 2));
    CHECK_STR(refuses("::1", c, 2), "loopback");
    CHECK_STR(refuses("10.0.0.1", c, 2), "private");
    CHECK(!refuses("fd00:1:7fff::1", c, 2));
    CHECK_STR(refuses("fd00:1:8000::1", c, 2), "private");
}

static const struct {
    const char *text;
    int rc;
    unsigned bits;
} cidrs[] = {
    { "10.0.0.0/8", STET_OK, 104 },    { "10.1.2.3", STET_OK, 128 },
    { "0.0.0.0/0", STET_OK, 96 },      { "::/0", STET_OK, 0 },
    { "fc00::/7", STET_OK, 7 },        { "::1", STET_OK, 128 },
    { "10.0.0.1/8", STET_EFORMAT, 0 }, { "10.0.0.0/33", STET_EFORMAT, 0 },
    { "::/129", STET_EFORMAT, 0 },     { "10.0.0/8", STET_EFORMAT, 0 },
    { "10.0.0.0/", STET_EFORMAT, 0 },  { "10.0.0.0/-1", STET_EFORMAT, 0 },
    { "localhost", STET_EFORMAT, 0 },  { "", STET_EFORMAT, 0 },
};

static void reads_cidrs(void)
{
    for (size_t i = 0; i < sizeof(cidrs) / sizeof(cidrs[0]); i++) {
        struct stet_cidr c = { .bits = 0 };

        tap_row(cidrs[i].text);
        CHECK_INT(stet_cidr_parse(&c, stet_span_of(cidrs[i].text)),
                  cidrs[i].rc);
        if (!cidrs[i].rc)
            CHECK_INT(c.bits, cidrs[i].bits);
    }
    tap_row(NULL);
}

TESTS({ "refuses what is not the public internet",
        refuses_what_is_not_the_public_internet },
      { "refuses other families", refuses_other_families },
      { "lets through what is allowed", lets_through_what_is_allowed },
      { "reads CIDRs", reads_cidrs })
