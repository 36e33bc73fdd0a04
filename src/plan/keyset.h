#ifndef STET_PLAN_KEYSET_H
#define STET_PLAN_KEYSET_H

#include "stet/error.h"

#include <stdatomic.h>

/*
 * A set of texts that keeps none of them, only a hash of 64 bits: 11 to 21
 * bytes a text, however long.  Of n texts that are not in it one is taken
 * for another with a chance of n * len / 2^64; the hash is keyed by a random
 * number, so that no page can look for such a text.  It may be read by any
 * number of threads while nobody adds, or one adds by _add_late().
 */
struct stet_keyset {
    _Atomic uint64_t *slots; /* 0: empty */
    size_t len, cap;         /* cap is a power of two, or 0 */
    uint64_t seed;
};

/* Allocates nothing. */
void stet_keyset_init(struct stet_keyset *k);
void stet_keyset_clear(struct stet_keyset *k);

/* STET_OK; STET_END when it is there already; STET_ENOMEM. */
STET_NODISCARD int stet_keyset_add(struct stet_keyset *k, struct stet_span key);
/* Makes room for so many more; then one thread may add them while others
 * read.  STET_ENOMEM.  _add_late() as _add(), but STET_ELIMIT: no room. */
STET_NODISCARD int stet_keyset_reserve(struct stet_keyset *k, size_t more);
STET_NODISCARD int stet_keyset_add_late(struct stet_keyset *k,
                                        struct stet_span key);

bool stet_keyset_has(const struct stet_keyset *k, struct stet_span key);

#endif
