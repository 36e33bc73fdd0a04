#ifndef STET_URL_PERCENT_H
#define STET_URL_PERCENT_H

#include "base/buf.h"

/* The percent-encode sets of the URL Standard (1.3), by who uses them. */
enum stet_percent_set {
    STET_PERCENT_C0 = 0, /* opaque paths and opaque hosts */
    STET_PERCENT_FRAGMENT = 1,
    STET_PERCENT_QUERY = 2,
    STET_PERCENT_SPECIAL_QUERY = 4,
    STET_PERCENT_PATH = 8,
    STET_PERCENT_USERINFO = 16,
};

/* Adds s with the set's characters as %XX; what is not UTF-8 is U+FFFD. */
void stet_percent_encode(struct stet_buf *out, struct stet_span s,
                         enum stet_percent_set set);

/* Adds the bytes that s stands for; a '%' without two hex digits stays. */
void stet_percent_decode(struct stet_buf *out, struct stet_span s);

/* The byte of the %XX at the front of s, or -1. */
int stet_percent_byte(struct stet_span s);

/* Adds one byte as %XX, in capitals. */
void stet_percent_add(struct stet_buf *out, unsigned char c);

#endif
