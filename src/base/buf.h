#ifndef STET_BASE_BUF_H
#define STET_BASE_BUF_H

#include "stet/base.h"
#include "stet/error.h"

/*
 * A growing byte buffer with a ceiling and a memory for failure.
 *
 * Every add either does all of its work or latches an error and does
 * nothing, and so does every add after it.  Build first, ask once:
 *
 *     stet_buf_adds(&b, "WARC-Date: ");
 *     stet_buf_adds(&b, date);
 *     stet_buf_adds(&b, "\r\n");
 *     if ((rc = stet_buf_status(&b)) < 0)
 *         goto done;
 */
struct stet_buf {
    char *data; /* NUL-terminated when not NULL */
    size_t len; /* without the NUL */
    size_t cap;
    size_t max; /* len never passes this */
    int status; /* STET_OK, STET_ENOMEM or STET_ELIMIT */
};

/* Allocates nothing.  `max` is a named limit, never SIZE_MAX. */
void stet_buf_init(struct stet_buf *b, size_t max);

/* Frees the contents; the buffer is as after _init() with the same max. */
void stet_buf_clear(struct stet_buf *b);

void stet_buf_add(struct stet_buf *b, const void *p, size_t n);
void stet_buf_adds(struct stet_buf *b, const char *s);

static inline void stet_buf_addc(struct stet_buf *b, char c)
{
    if (b->status < 0 || b->len >= b->max || b->len + 1 >= b->cap) {
        stet_buf_add(b, &c, 1);
        return;
    }
    b->data[b->len++] = c;
    b->data[b->len] = '\0';
}

static inline void stet_buf_add_span(struct stet_buf *b, struct stet_span s)
{
    stet_buf_add(b, s.ptr, s.len);
}

STET_PRINTF(2, 3) void stet_buf_addf(struct stet_buf *b, const char *fmt, ...);

/* Room for n more bytes at the end, to be filled before anything else is
 * added, and counted by _added(); NULL latches the error. */
STET_NODISCARD char *stet_buf_room(struct stet_buf *b, size_t n);
void stet_buf_added(struct stet_buf *b, size_t n);

/* Empties it and forgets the error; the allocation stays. */
static inline void stet_buf_reset(struct stet_buf *b)
{
    b->len = 0;
    b->status = STET_OK;
    if (b->data)
        b->data[0] = '\0';
}

/* Cuts it back to n bytes (n <= len). */
void stet_buf_cut(struct stet_buf *b, size_t n);

/* What it holds, until the next change. */
static inline struct stet_span stet_buf_span(const struct stet_buf *b)
{
    return (struct stet_span){ b->data ? b->data : "", b->len };
}

/* Drops the first n bytes (n <= len); keeps the allocation. */
void stet_buf_drop(struct stet_buf *b, size_t n);

STET_NODISCARD static inline int stet_buf_status(const struct stet_buf *b)
{
    return b->status;
}

/* Hands the bytes to the caller, who frees them with stet_free(). */
STET_NODISCARD char *stet_buf_take(struct stet_buf *b, size_t *len);
struct stet_bytes stet_buf_take_bytes(struct stet_buf *b);

#endif
