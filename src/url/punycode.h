#ifndef STET_URL_PUNYCODE_H
#define STET_URL_PUNYCODE_H

#include "base/buf.h"

/* RFC 3492, without the "xn--".  STET_EFORMAT: not Punycode, or more than
 * `max` code points. */
int stet_punycode_encode(struct stet_buf *out, const uint32_t *points,
                         size_t n);
int stet_punycode_decode(struct stet_span s, uint32_t *points, size_t max,
                         size_t *n);

#endif
