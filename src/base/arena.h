#ifndef STET_BASE_ARENA_H
#define STET_BASE_ARENA_H

#include "base/span.h"

/*
 * Many small things that live and die together.  Nothing in it moves, and
 * nothing in it is freed alone.
 */
struct stet_arena {
    struct stet_arena_block *blocks; /* newest first */
    size_t used;                     /* bytes given out in all */
    size_t max;                      /* `used` never passes this */
};

/* Allocates nothing.  `max` is a named limit. */
void stet_arena_init(struct stet_arena *a, size_t max);
void stet_arena_clear(struct stet_arena *a);

/* Zeroed room for n bytes, aligned for any object; NULL: memory or limit. */
void *stet_arena_alloc(struct stet_arena *a, size_t n);

/* A NUL-terminated copy of s; its ptr is NULL when there is no room. */
struct stet_span stet_arena_dup(struct stet_arena *a, struct stet_span s);

#endif
