#include "base/arena.h"

#include "base/mem.h"

#include <stdalign.h>
#include <string.h>

enum { BLOCK = 16 * 1024, ALIGN = alignof(max_align_t) };

struct stet_arena_block {
    struct stet_arena_block *next;
    size_t len, cap;
    alignas(max_align_t) char data[];
};

void stet_arena_init(struct stet_arena *a, size_t max)
{
    *a = (struct stet_arena){ .max = max };
}

void stet_arena_clear(struct stet_arena *a)
{
    struct stet_arena_block *b = a->blocks;

    while (b) {
        struct stet_arena_block *next = b->next;
        stet_free(b);
        b = next;
    }
    stet_arena_init(a, a->max);
}

static bool add_block(struct stet_arena *a, size_t n)
{
    size_t cap = n > BLOCK ? n : BLOCK;
    struct stet_arena_block *b = stet_grow(NULL, sizeof(*b) + cap);

    if (!b)
        return false;
    *b = (struct stet_arena_block){ .next = a->blocks, .cap = cap };
    a->blocks = b;
    return true;
}

void *stet_arena_alloc(struct stet_arena *a, size_t n)
{
    void *p;

    if (n > a->max - a->used)
        return NULL;
    n = n == 0 ? ALIGN : (n + ALIGN - 1) / ALIGN * ALIGN;
    if ((!a->blocks || a->blocks->cap - a->blocks->len < n) && !add_block(a, n))
        return NULL;
    p = a->blocks->data + a->blocks->len;
    a->blocks->len += n;
    a->used += n < a->max - a->used ? n : a->max - a->used;
    return memset(p, 0, n);
}

struct stet_span stet_arena_dup(struct stet_arena *a, struct stet_span s)
{
    char *p = stet_arena_alloc(a, s.len + 1);

    if (p && s.len > 0)
        memcpy(p, s.ptr, s.len);
    return (struct stet_span){ p, p ? s.len : 0 };
}
