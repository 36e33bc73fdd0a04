#include "base/uuid.h"

#include "base/digest.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>

/* Seed and name are hashed through a buffer of this size at the most. */
enum { STET_MAX_ID_NAME = 1 << 20 };

static int hash_name(unsigned char raw[16], uint64_t seed,
                     struct stet_span name)
{
    struct stet_digest d = { STET_SHA256, 0, { 0 } };
    struct stet_buf b;
    int rc;

    stet_buf_init(&b, STET_MAX_ID_NAME);
    stet_buf_add(&b, &seed, sizeof(seed));
    stet_buf_add_span(&b, name);
    rc = stet_buf_status(&b);
    if (rc == STET_OK)
        rc = stet_digest_of(&d, STET_SHA256, stet_buf_span(&b), NULL);
    memcpy(raw, d.bytes, 16);
    stet_buf_clear(&b);
    return rc;
}

int stet_uuid_make(char out[STET_UUID_TEXT_MAX], const struct stet_ids *ids,
                   struct stet_span name)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char raw[16];
    int version = ids->seeded ? 0x80 : 0x40;
    char *to = out;
    int rc = STET_OK;

    out[0] = '\0';
    if (ids->seeded)
        rc = hash_name(raw, ids->seed, name);
    else if (getrandom(raw, sizeof(raw), 0) != (ssize_t)sizeof(raw))
        rc = STET_EIO;
    if (rc < 0)
        return rc;

    raw[6] = (unsigned char)((raw[6] & 0x0F) | version);
    raw[8] = (unsigned char)((raw[8] & 0x3F) | 0x80);
    for (size_t i = 0; i < sizeof(raw); i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        *to++ = digits[raw[i] >> 4];
        *to++ = digits[raw[i] & 0x0F];
    }
    *to = '\0';
    return STET_OK;
}

uint64_t stet_random_u64(void)
{
    uint64_t n = 0;

    if (getrandom(&n, sizeof(n), 0) != (ssize_t)sizeof(n))
        n = 0;
    return n;
}

static _Atomic uint64_t next_seed;

static void begin_seeds(void)
{
    next_seed = stet_random_u64();
}

/* SplitMix64. */
uint64_t stet_hash_seed(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    uint64_t n;

    pthread_once(&once, begin_seeds);
    n = atomic_fetch_add(&next_seed, UINT64_C(0x9E3779B97F4A7C15));
    n = (n ^ n >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    n = (n ^ n >> 27) * UINT64_C(0x94D049BB133111EB);
    return n ^ n >> 31;
}
