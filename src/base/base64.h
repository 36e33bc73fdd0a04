#ifndef STET_BASE_BASE64_H
#define STET_BASE_BASE64_H

#include "base/buf.h"

/*
 * Base64 (RFC 4648, section 4).  Decoding writes at most
 * s.len / 4 * 3 + 3 bytes; padding may be left out, white space may not
 * stand in it.  STET_EFORMAT.
 */
int stet_base64_decode(char *out, size_t *n, struct stet_span s);
void stet_base64_add(struct stet_buf *b, struct stet_span s);

#endif
