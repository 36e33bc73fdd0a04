#ifndef STET_BASE_MEM_H
#define STET_BASE_MEM_H

#include <stddef.h>

/*
 * The only doors to the heap.  Tests put a failing allocator behind them;
 * nothing else may.
 */
void *stet_alloc(size_t size); /* zeroed; NULL when there is none */
void *stet_grow(void *p, size_t size);
void stet_free(void *p); /* NULL is fine */

/*
 * Makes room for `need` items in a growing array.  `items` points to the
 * array's own pointer (of any object type); *cap is its room in items.
 * STET_OK or STET_ENOMEM (then nothing has changed).
 */
int stet_grow_array(void *items, size_t *cap, size_t need, size_t item_size);

struct stet_allocator {
    void *(*grow)(void *p, size_t size); /* realloc's contract */
    void (*free)(void *p);
};

/* Before the first allocation, or in a test.  NULL brings back libc's. */
void stet_set_allocator(const struct stet_allocator *a);

#endif
