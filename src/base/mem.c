#include "base/mem.h"

#include "stet/base.h"
#include "stet/error.h"

#include <stdlib.h>
#include <string.h>

static const struct stet_allocator libc_allocator = { realloc, free };
static struct stet_allocator current = { realloc, free };

void stet_set_allocator(const struct stet_allocator *a)
{
    current = a ? *a : libc_allocator;
}

void *stet_alloc(size_t size)
{
    void *p = current.grow(NULL, size);

    if (p)
        memset(p, 0, size);
    return p;
}

void *stet_grow(void *p, size_t size)
{
    return current.grow(p, size);
}

void stet_free(void *p)
{
    current.free(p);
}

void stet_bytes_clear(struct stet_bytes *b)
{
    stet_free(b->data);
    *b = (struct stet_bytes){ NULL, 0 };
}

int stet_grow_array(void *items, size_t *cap, size_t need, size_t item_size)
{
    void *old, *fresh;
    size_t n = *cap ? *cap : 8;

    if (need <= *cap)
        return STET_OK;
    while (n < need)
        n *= 2;
    memcpy(&old, items, sizeof(old));
    fresh = stet_grow(old, n * item_size);
    if (!fresh)
        return STET_ENOMEM;
    memcpy(items, &fresh, sizeof(fresh));
    *cap = n;
    return STET_OK;
}
