#include "fetch/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* Every address is judged as 16 bytes; IPv4 stands behind ::ffff:0:0/96. */
struct address {
    unsigned char b[16];
};

static struct address from_v4(const unsigned char v4[4])
{
    struct address a = { { 0 } };

    a.b[10] = a.b[11] = 0xFF;
    memcpy(a.b + 12, v4, 4);
    return a;
}

static bool in_prefix(const struct address *a, const unsigned char *prefix,
                      unsigned bits)
{
    unsigned whole = bits / 8, rest = bits % 8;

    if (memcmp(a->b, prefix, whole) != 0)
        return false;
    return !rest || !((a->b[whole] ^ prefix[whole]) >> (8 - rest));
}

/* -- ranges that are not the public internet ----------------------------- */

struct range {
    unsigned char prefix[16];
    unsigned char bits;
    const char *why;
};

/* IANA's special-purpose registry for IPv4 (RFC 6890), and multicast. */
static const struct range v4_ranges[] = {
    { { 0 }, 8, "unspecified" },
    { { 10 }, 8, "private" },
    { { 100, 64 }, 10, "shared" },
    { { 127 }, 8, "loopback" },
    { { 169, 254 }, 16, "link-local" },
    { { 172, 16 }, 12, "private" },
    { { 192, 0, 0 }, 24, "reserved" },
    { { 192, 0, 2 }, 24, "documentation" },
    { { 192, 88, 99 }, 24, "reserved" },
    { { 192, 168 }, 16, "private" },
    { { 198, 18 }, 15, "benchmark" },
    { { 198, 51, 100 }, 24, "documentation" },
    { { 203, 0, 113 }, 24, "documentation" },
    { { 224 }, 4, "multicast" },
    { { 240 }, 4, "reserved" },
};

/* IANA's registry for IPv6; of 2000::/3 only what is named here is not
 * global, and nothing outside of it is. */
static const struct range v6_ranges[] = {
    { { 0x20, 0x01, 0x0D, 0xB8 }, 32, "documentation" },
    { { 0x3F, 0xFF }, 20, "documentation" },
    { { 0x20, 0x01, 0, 2, 0, 0 }, 48, "benchmark" },
    { { 0x20, 0x01, 0, 0x10 }, 28, "reserved" },
    { { 0x20, 0x01, 0, 0x20 }, 28, "reserved" },
    { { 0x20, 0x01, 0, 0x30 }, 28, "reserved" },
    { { 0xFC }, 7, "private" },
    { { 0xFE, 0x80 }, 10, "link-local" },
    { { 0xFE, 0xC0 }, 10, "private" },
    { { 0xFF }, 8, "multicast" },
};

static const char *find_range(const struct address *a,
                              const struct range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (in_prefix(a, ranges[i].prefix, ranges[i].bits))
            return ranges[i].why;
    return NULL;
}

static const char *judge_v4(const unsigned char *v4)
{
    struct address a = { { 0 } };

    memcpy(a.b, v4, 4);
    return find_range(&a, v4_ranges, sizeof(v4_ranges) / sizeof(v4_ranges[0]));
}

static const char *judge_v6(const struct address *a)
{
    static const struct address none, loopback = { { [15] = 1 } };
    const char *why;

    if (memcmp(a, &none, sizeof(none)) == 0)
        return "unspecified";
    if (memcmp(a, &loopback, sizeof(loopback)) == 0)
        return "loopback";
    why = find_range(a, v6_ranges, sizeof(v6_ranges) / sizeof(v6_ranges[0]));
    if (!why && (a->b[0] & 0xE0) != 0x20)
        why = "reserved";
    return why;
}

/* -- IPv4 inside IPv6 ---------------------------------------------------- */

static bool starts(const struct address *a, const unsigned char *p, size_t n)
{
    return memcmp(a->b, p, n) == 0;
}

/* ::ffff:0:0/96 and NAT64's 64:ff9b::/96 (RFC 6052) are IPv4 addresses. */
static bool is_v4(const struct address *a, unsigned char v4[4])
{
    static const unsigned char mapped[12] = { [10] = 0xFF, [11] = 0xFF };
    static const unsigned char nat64[12] = { 0, 0x64, 0xFF, 0x9B };

    memcpy(v4, a->b + 12, 4);
    return starts(a, mapped, 12) || starts(a, nat64, 12);
}

/* 6to4 (RFC 3056), Teredo (RFC 4380), ISATAP (RFC 5214): IPv6 addresses
 * whose packets go to an IPv4 one. */
static bool has_v4(const struct address *a, unsigned char v4[4])
{
    static const unsigned char six_to_four[2] = { 0x20, 0x02 };
    static const unsigned char teredo[4] = { 0x20, 0x01, 0, 0 };
    static const unsigned char isatap[3] = { 0, 0x5E, 0xFE };

    if (starts(a, six_to_four, 2)) {
        memcpy(v4, a->b + 2, 4);
    } else if (starts(a, teredo, 4)) {
        for (int i = 0; i < 4; i++)
            v4[i] = a->b[12 + i] ^ 0xFF;
    } else if ((a->b[8] & 0xFD) == 0 && memcmp(a->b + 9, isatap, 3) == 0) {
        memcpy(v4, a->b + 12, 4);
    } else {
        return false;
    }
    return true;
}

/* -- the door ------------------------------------------------------------ */

static bool read_address(const struct sockaddr *sa, size_t len,
                         struct address *out)
{
    if (sa->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in in;

        memcpy(&in, sa, sizeof(in));
        *out = from_v4((const unsigned char *)&in.sin_addr);
        return true;
    }
    if (sa->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 in;

        memcpy(&in, sa, sizeof(in));
        memcpy(out->b, &in.sin6_addr, 16);
        return true;
    }
    return false;
}

static bool is_allowed(const struct address *a, const struct stet_cidr *allow,
                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (in_prefix(a, allow[i].bytes, allow[i].bits))
            return true;
    return false;
}

const char *stet_guard_refuses(const struct sockaddr *sa, size_t len,
                               const struct stet_cidr *allow, size_t n)
{
    struct address a, inner;
    unsigned char v4[4];
    const char *why;

    if (!read_address(sa, len, &a))
        return "family";
    if (is_allowed(&a, allow, n))
        return NULL;
    if (is_v4(&a, v4)) {
        why = judge_v4(v4);
    } else {
        why = judge_v6(&a);
        if (why || !has_v4(&a, v4))
            return why;
        why = judge_v4(v4);
    }
    inner = from_v4(v4);
    return why && is_allowed(&inner, allow, n) ? NULL : why;
}

/* -- CIDRs --------------------------------------------------------------- */

int stet_cidr_parse(struct stet_cidr *out, struct stet_span s)
{
    struct stet_span rest = s, host = stet_span_cut(&rest, '/');
    char text[INET6_ADDRSTRLEN + 1] = "";
    unsigned char v4[4];
    uint64_t bits;
    unsigned base = 0;

    if (!host.len || host.len >= sizeof(text))
        return STET_EFORMAT;
    memcpy(text, host.ptr, host.len);
    if (inet_pton(AF_INET, text, v4) == 1) {
        struct address a = from_v4(v4);

        memcpy(out->bytes, a.b, 16);
        base = 96;
    } else if (inet_pton(AF_INET6, text, out->bytes) != 1) {
        return STET_EFORMAT;
    }
    bits = 128 - base;
    if (rest.ptr && (!stet_span_to_u64(rest, &bits) || bits > 128 - base))
        return STET_EFORMAT;
    out->bits = (unsigned)bits + base;
    for (unsigned i = out->bits; i < 128; i++)
        if (out->bytes[i / 8] & 0x80 >> i % 8)
            return STET_EFORMAT;
    return STET_OK;
}
