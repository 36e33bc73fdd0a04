#ifndef STET_BASE_SIP_H
#define STET_BASE_SIP_H

#include "stet/base.h"

/*
 * SipHash-2-4 with 128 bits (Aumasson and Bernstein, 2012): a keyed hash of
 * short texts.  Who does not know the key cannot choose texts that collide,
 * and by chance none do.
 */
struct stet_sip {
    uint64_t half[2];
};

struct stet_sip stet_sip_of(const struct stet_sip *key, struct stet_span text);

#endif
