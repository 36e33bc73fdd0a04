#include "plan/keyset.h"

#include "base/mem.h"
#include "base/uuid.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

void stet_keyset_init(struct stet_keyset *k)
{
    *k = (struct stet_keyset){ .slots = NULL };
}

void stet_keyset_clear(struct stet_keyset *k)
{
    stet_free(k->slots);
    stet_keyset_init(k);
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 32;
    h *= UINT64_C(0xD6E8FEB86659FD93);
    return h ^ h >> 32;
}

/* Never 0. */
static uint64_t hash_of(const struct stet_keyset *k, struct stet_span key)
{
    uint64_t h = k->seed ^ key.len, word;

    while (key.len >= sizeof(word)) {
        memcpy(&word, key.ptr, sizeof(word));
        h = mix(h ^ word) + k->seed;
        key.ptr += sizeof(word);
        key.len -= sizeof(word);
    }
    word = 0;
    if (key.len > 0)
        memcpy(&word, key.ptr, key.len);
    h = mix(mix(h ^ word) + k->seed);
    return h ? h : 1;
}

static uint64_t get(const _Atomic uint64_t *slot)
{
    return atomic_load_explicit(slot, memory_order_relaxed);
}

static void set(_Atomic uint64_t *slot, uint64_t hash)
{
    atomic_store_explicit(slot, hash, memory_order_relaxed);
}

/* Where a hash is, or is to be. */
static size_t slot_of(const _Atomic uint64_t *slots, size_t cap, uint64_t hash)
{
    size_t at = (size_t)hash & (cap - 1);
    uint64_t there;

    while ((there = get(&slots[at])) != 0 && there != hash)
        at = (at + 1) & (cap - 1);
    return at;
}

static int grow(struct stet_keyset *k)
{
    size_t cap = k->cap ? k->cap * 2 : FIRST_SLOTS;
    _Atomic uint64_t *slots = cap <= SIZE_MAX / sizeof(*slots)
                                  ? stet_alloc(cap * sizeof(*slots))
                                  : NULL;

    if (!slots)
        return STET_ENOMEM;
    if (k->cap == 0)
        k->seed = stet_random_u64() | 1;
    for (size_t i = 0; i < k->cap; i++) {
        uint64_t hash = get(&k->slots[i]);
        if (hash != 0)
            set(&slots[slot_of(slots, cap, hash)], hash);
    }
    stet_free(k->slots);
    k->slots = slots;
    k->cap = cap;
    return STET_OK;
}

static bool is_full(const struct stet_keyset *k, size_t len)
{
    return len * 4 >= k->cap * 3;
}

int stet_keyset_add_late(struct stet_keyset *k, struct stet_span key)
{
    uint64_t hash = hash_of(k, key);
    size_t at;

    if (is_full(k, k->len))
        return STET_ELIMIT;
    at = slot_of(k->slots, k->cap, hash);
    if (get(&k->slots[at]) != 0)
        return STET_END;
    set(&k->slots[at], hash);
    k->len++;
    return STET_OK;
}

int stet_keyset_add(struct stet_keyset *k, struct stet_span key)
{
    if (is_full(k, k->len) && grow(k) < 0)
        return STET_ENOMEM;
    return stet_keyset_add_late(k, key);
}

int stet_keyset_reserve(struct stet_keyset *k, size_t more)
{
    while (is_full(k, k->len + more))
        if (grow(k) < 0)
            return STET_ENOMEM;
    return STET_OK;
}

bool stet_keyset_has(const struct stet_keyset *k, struct stet_span key)
{
    return k->cap > 0 &&
           get(&k->slots[slot_of(k->slots, k->cap, hash_of(k, key))]) != 0;
}
