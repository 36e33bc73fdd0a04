#ifndef STET_PLAN_PATTERN_H
#define STET_PLAN_PATTERN_H

#include "base/buf.h"

/*
 * The patterns of robots.txt (RFC 9309, 2.2.2 and 2.2.3) in a normal form
 * that octets can be compared in: what is not ASCII is percent-encoded,
 * unreserved characters are not, %xx is in capitals, and a '*' or '$' that
 * means itself is %2A or %24.
 */

/* Adds the normal form of a rule's pattern; its weight is returned, the
 * octets of it that were written. */
size_t stet_pattern_add(struct stet_buf *out, struct stet_span s);

/* Adds the normal form of what a pattern is held against. */
void stet_pattern_add_target(struct stet_buf *out, struct stet_span s);

/* Both in normal form.  A pattern matches the beginning, or with a '$' at
 * its end the whole. */
bool stet_pattern_matches(struct stet_span pattern, struct stet_span target);

#endif
