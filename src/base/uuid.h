#ifndef STET_BASE_UUID_H
#define STET_BASE_UUID_H

#include "base/span.h"

enum { STET_UUID_TEXT_MAX = 37 }; /* 36 characters and the NUL */

/*
 * Where record and page ids come from.  Random ones (RFC 9562 version 4)
 * come from the kernel; seeded ones, for archives that must come out the
 * same twice, are a hash of seed and name (version 8), so that neither the
 * order of threads nor of answers shows in them.
 */
struct stet_ids {
    bool seeded;
    uint64_t seed;
};

/*
 * Prints a fresh id.  `name` says what the id is for and is used only when
 * seeded: the same name gives the same id.  STET_EIO when the kernel has no
 * random bytes.
 */
STET_NODISCARD int stet_uuid_make(char out[STET_UUID_TEXT_MAX],
                                  const struct stet_ids *ids,
                                  struct stet_span name);

/* A number of 64 random bits (0 when the kernel has none). */
uint64_t stet_random_u64(void);

/* A seed for a hash table: another one each time, and not to be foretold,
 * though the kernel is asked but once. */
uint64_t stet_hash_seed(void);

#endif
