#ifndef STET_BASE_UTF8_H
#define STET_BASE_UTF8_H

#include "base/buf.h"

#define STET_UTF8_REPLACEMENT 0xFFFDU

/*
 * Takes one code point from the front of *rest (not empty).  A byte
 * sequence that is not UTF-8 gives U+FFFD for its maximal subpart, as the
 * Encoding Standard's decoder does (section 8.1.1).
 */
uint32_t stet_utf8_next(struct stet_span *rest);

/* True if all of s is well-formed UTF-8 (no surrogates, no overlongs). */
bool stet_utf8_is_valid(struct stet_span s);

/* Writes cp (<= 0x10FFFF) to out[4]; the number of bytes, 1 to 4. */
size_t stet_utf8_encode(char out[4], uint32_t cp);
void stet_utf8_add(struct stet_buf *b, uint32_t cp);

/* Adds s with every ill-formed part replaced by U+FFFD. */
void stet_utf8_add_clean(struct stet_buf *b, struct stet_span s);

#endif
