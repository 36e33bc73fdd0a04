#include "base/map.h"

#include "base/mem.h"
#include "base/uuid.h"
#include "stet/error.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

void stet_map_init(struct stet_map *m, size_t max_bytes)
{
    *m = (struct stet_map){ .entries = NULL };
    stet_arena_init(&m->keys, max_bytes);
}

void stet_map_clear(struct stet_map *m)
{
    size_t max = m->keys.max;

    stet_free(m->entries);
    stet_free(m->slots);
    stet_arena_clear(&m->keys);
    stet_map_init(m, max);
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 29;
    return h;
}

static uint64_t hash_of(const struct stet_map *m, struct stet_span key)
{
    uint64_t h = m->seed ^ key.len, word;

    while (key.len >= sizeof(word)) {
        memcpy(&word, key.ptr, sizeof(word));
        h = mix(h ^ word) + m->seed;
        key.ptr += sizeof(word);
        key.len -= sizeof(word);
    }
    word = 0;
    if (key.len > 0)
        memcpy(&word, key.ptr, key.len);
    return mix(mix(h ^ word) + m->seed);
}

/* The slot that holds the key, or the empty one where it belongs. */
static size_t slot_of(const struct stet_map *m, struct stet_span key,
                      uint64_t hash)
{
    size_t at = (size_t)hash & (m->n_slots - 1);

    while (m->slots[at]) {
        const struct stet_map_entry *e = &m->entries[m->slots[at] - 1];
        if (e->hash == hash && e->key.len == key.len &&
            memcmp(e->key.ptr, key.ptr, key.len) == 0)
            break;
        at = (at + 1) & (m->n_slots - 1);
    }
    return at;
}

struct stet_map_entry *stet_map_find(const struct stet_map *m,
                                     struct stet_span key)
{
    if (m->n_slots == 0)
        return NULL;
    size_t at = slot_of(m, key, hash_of(m, key));
    return m->slots[at] ? &m->entries[m->slots[at] - 1] : NULL;
}

static bool grow_slots(struct stet_map *m)
{
    size_t n = m->n_slots ? m->n_slots * 2 : FIRST_SLOTS;
    uint32_t *slots = stet_alloc(n * sizeof(*slots));

    if (!slots || n > UINT32_MAX) {
        stet_free(slots);
        return false;
    }
    if (m->n_slots == 0)
        m->seed = stet_hash_seed() | 1;
    stet_free(m->slots);
    m->slots = slots;
    m->n_slots = n;
    for (size_t i = 0; i < m->len; i++) {
        size_t at = (size_t)m->entries[i].hash & (n - 1);
        while (slots[at])
            at = (at + 1) & (n - 1);
        slots[at] = (uint32_t)(i + 1);
    }
    return true;
}

struct stet_map_entry *stet_map_put(struct stet_map *m, struct stet_span key,
                                    bool *fresh)
{
    struct stet_map_entry *e;
    struct stet_span copy;
    size_t at;

    if (fresh)
        *fresh = false;
    if (m->len * 4 >= m->n_slots * 3 && !grow_slots(m))
        return NULL;
    uint64_t hash = hash_of(m, key);
    at = slot_of(m, key, hash);
    if (m->slots[at])
        return &m->entries[m->slots[at] - 1];

    if (stet_grow_array(&m->entries, &m->cap, m->len + 1, sizeof(*m->entries)) <
        0)
        return NULL;
    copy = stet_arena_dup(&m->keys, key);
    if (!copy.ptr)
        return NULL;
    e = &m->entries[m->len++];
    *e = (struct stet_map_entry){ copy, hash, NULL };
    m->slots[at] = (uint32_t)m->len;
    if (fresh)
        *fresh = true;
    return e;
}
