#ifndef STET_HTML_CHARREF_H
#define STET_HTML_CHARREF_H

/*
 * Character references (HTML section 13.2.5.72 and on).
 */

#include "stet/html.h"

enum {
    /* A named reference is at most this long, '&' and ';' included: what
     * follows an '&' further away cannot change what it means. */
    STET_CHARREF_NAME_MAX = 34,
};

struct stet_charref {
    size_t len;      /* source bytes, '&' included; 0: not a reference */
    uint32_t cps[2]; /* the second is 0 when there is none */
};

/*
 * Reads the reference at the start of s, which begins with '&'.  The end of
 * s counts as the end of the reference.  In an attribute a name without ';'
 * is no reference before '=' or an alphanumeric.
 */
void stet_charref_read(struct stet_charref *out, struct stet_span s,
                       bool in_attribute);

/* True if more bytes after s, which begins with '&', could change what
 * stet_charref_read() says of it. */
bool stet_charref_is_open(struct stet_span s);

#endif
