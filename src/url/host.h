#ifndef STET_URL_HOST_H
#define STET_URL_HOST_H

#include "base/buf.h"

/*
 * Adds the serialised host that `s` parses to (URL Standard 3.5); *is_ip
 * says whether it is an address.  STET_EFORMAT: not a host.  Out of memory
 * shows in `out` too.
 */
int stet_host_parse(struct stet_buf *out, struct stet_span s, bool special,
                    bool *is_ip);

/*
 * IPv4 as the URL Standard reads it: one to four numbers, decimal, octal
 * or hexadecimal.  STET_END: s does not end in a number, so it is a name;
 * STET_EFORMAT: it does, and is no address.
 */
int stet_ipv4_parse(struct stet_span s, uint32_t *out);
void stet_ipv4_print(struct stet_buf *out, uint32_t address);

/* IPv6 text without brackets into eight pieces; STET_EFORMAT. */
int stet_ipv6_parse(struct stet_span s, uint16_t out[8]);
void stet_ipv6_print(struct stet_buf *out, const uint16_t pieces[8]);

/* The registrable domain of a serialised host that is a name, as
 * stet_url_site() has it. */
struct stet_span stet_host_site(struct stet_span host);

#endif
