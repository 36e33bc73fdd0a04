#include "base/buf.h"

#include "base/mem.h"
#include "stet/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAP = 64 };

void stet_buf_init(struct stet_buf *b, size_t max)
{
    assert(max > 0 && max < SIZE_MAX / 2);
    *b = (struct stet_buf){ .max = max };
}

void stet_buf_clear(struct stet_buf *b)
{
    stet_free(b->data);
    stet_buf_init(b, b->max);
}

static int reserve(struct stet_buf *b, size_t extra)
{
    if (extra > b->max - b->len)
        return STET_ELIMIT;

    size_t need = b->len + extra + 1;
    if (need <= b->cap)
        return STET_OK;

    size_t cap = b->cap ? b->cap : FIRST_CAP;
    while (cap < need)
        cap *= 2;

    char *p = stet_grow(b->data, cap);
    if (!p)
        return STET_ENOMEM;
    b->data = p;
    b->cap = cap;
    return STET_OK;
}

void stet_buf_add(struct stet_buf *b, const void *p, size_t n)
{
    if (b->status < 0)
        return;
    b->status = reserve(b, n);
    if (b->status < 0)
        return;
    if (n > 0)
        memcpy(b->data + b->len, p, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void stet_buf_adds(struct stet_buf *b, const char *s)
{
    stet_buf_add(b, s, strlen(s));
}

void stet_buf_addf(struct stet_buf *b, const char *fmt, ...)
{
    va_list ap, again;
    char none[1], *end = b->data ? b->data + b->len : none;
    size_t left = b->data ? b->cap - b->len : sizeof(none);

    va_start(ap, fmt);
    va_copy(again, ap);
    /* Mostly there is room enough. */
    int n = vsnprintf(end, left, fmt, ap);
    if (n < 0 && b->status == STET_OK)
        b->status = STET_ENOMEM;
    char *room = n < 0 ? NULL : stet_buf_room(b, (size_t)n);
    if (room) {
        if ((size_t)n >= left)
            vsnprintf(room, (size_t)n + 1, fmt, again);
        stet_buf_added(b, (size_t)n);
    } else {
        *end = '\0';
    }
    va_end(again);
    va_end(ap);
}

char *stet_buf_room(struct stet_buf *b, size_t n)
{
    if (b->status < 0)
        return NULL;
    b->status = reserve(b, n);
    return b->status < 0 ? NULL : b->data + b->len;
}

void stet_buf_added(struct stet_buf *b, size_t n)
{
    assert(b->len + n < b->cap);
    b->len += n;
    b->data[b->len] = '\0';
}

void stet_buf_cut(struct stet_buf *b, size_t n)
{
    assert(n <= b->len);
    b->len = n;
    if (b->data)
        b->data[n] = '\0';
}

void stet_buf_drop(struct stet_buf *b, size_t n)
{
    assert(n <= b->len);
    if (n == 0)
        return;
    b->len -= n;
    memmove(b->data, b->data + n, b->len + 1);
}

char *stet_buf_take(struct stet_buf *b, size_t *len)
{
    char *p = b->data;

    if (len)
        *len = b->len;
    stet_buf_init(b, b->max);
    return p;
}

struct stet_bytes stet_buf_take_bytes(struct stet_buf *b)
{
    struct stet_bytes out = { NULL, 0 };

    out.data = stet_buf_take(b, &out.len);
    return out;
}
