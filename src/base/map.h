#ifndef STET_BASE_MAP_H
#define STET_BASE_MAP_H

#include "base/arena.h"

/*
 * A hash map from bytes to a pointer, in the order of insertion.  Keys are
 * copied into it; values are the caller's.  Hashing is keyed by a random
 * number, so that no page can choose keys that collide.
 */
struct stet_map_entry {
    struct stet_span key;
    uint64_t hash;
    void *value;
};

struct stet_map {
    struct stet_map_entry *entries; /* in order of insertion */
    size_t len, cap;
    uint32_t *slots; /* index into entries plus one, or 0 */
    size_t n_slots;
    uint64_t seed;
    struct stet_arena keys;
};

/* Allocates nothing.  The keys together never pass max_bytes. */
void stet_map_init(struct stet_map *m, size_t max_bytes);
void stet_map_clear(struct stet_map *m);

/* The entry of a key, until the next _put(); or NULL. */
struct stet_map_entry *stet_map_find(const struct stet_map *m,
                                     struct stet_span key);

/*
 * The entry of a key, made with value NULL when it was not there (*fresh
 * says so; it may be NULL).  NULL: no memory, or the limit is reached.
 */
struct stet_map_entry *stet_map_put(struct stet_map *m, struct stet_span key,
                                    bool *fresh);

#endif
