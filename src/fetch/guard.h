#ifndef STET_FETCH_GUARD_H
#define STET_FETCH_GUARD_H

#include "base/span.h"
#include "stet/error.h"

struct sockaddr;

/*
 * Which addresses may be connected to: the answer to links that point into
 * the crawler's own network.  It judges the address that a socket is about
 * to connect to, after DNS, so neither spelling nor rebinding matters.
 */
enum { STET_MAX_CIDRS = 256 };

struct stet_cidr {
    unsigned char bytes[16]; /* IPv4 as ::ffff:a.b.c.d */
    unsigned bits;           /* 0 to 128, of those 16 bytes */
};

/*
 * "10.0.0.0/8", "::1/128", or an address alone.  STET_EFORMAT: not one, or
 * bits are set past the prefix.
 */
STET_NODISCARD int stet_cidr_parse(struct stet_cidr *out, struct stet_span s);

/*
 * Why this address must not be connected to ("loopback", "private",
 * "link-local", "shared", "multicast", "reserved", "unspecified",
 * "documentation", "benchmark", "family"), a constant; NULL when it may:
 * it is global, or one of the n CIDRs holds it.  ::ffff:a.b.c.d and
 * 64:ff9b::a.b.c.d (NAT64) are judged as the IPv4 address; 6to4, Teredo and
 * ISATAP addresses as themselves and as the IPv4 one they lead to.  Either
 * spelling may be allowed.
 */
const char *stet_guard_refuses(const struct sockaddr *sa, size_t len,
                               const struct stet_cidr *allow, size_t n);

#endif
