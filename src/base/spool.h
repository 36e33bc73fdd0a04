#ifndef STET_BASE_SPOOL_H
#define STET_BASE_SPOOL_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * Bytes of any number: in memory up to a threshold, then in an unnamed
 * temporary file.  Written front to back, read anywhere, by one thread at
 * a time.
 */
struct stet_spool {
    struct stet_buf mem;  /* everything, while fd < 0 */
    const char *dir;      /* of the temporary file; borrowed */
    size_t max_in_memory; /* beyond it the file */
    int fd;
    uint64_t len;
    void *map; /* of the file, by _view() or _front() */
    size_t map_len;
};

/* Allocates nothing.  `dir` outlives the spool; NULL is $TMPDIR or /tmp. */
void stet_spool_init(struct stet_spool *s, const char *dir,
                     size_t max_in_memory);
void stet_spool_clear(struct stet_spool *s);

/* So many bytes more are to come, as far as one knows: room is made for them
 * at once where they may stay in memory. */
void stet_spool_expect(struct stet_spool *s, uint64_t n);

/* STET_ENOMEM, or STET_EIO: then the spool is of no more use. */
STET_NODISCARD int stet_spool_add(struct stet_spool *s, const void *p, size_t n,
                                  struct stet_error *err);

/* Reads up to cap bytes at an offset; *got is 0 at the end. */
STET_NODISCARD int stet_spool_read(const struct stet_spool *s, uint64_t offset,
                                   char *buf, size_t cap, size_t *got,
                                   struct stet_error *err);

/*
 * All of it as one span, until the next call on the spool.  A file is
 * mapped, not read.  STET_EIO, STET_ELIMIT (no room to map it).
 */
STET_NODISCARD int stet_spool_view(struct stet_spool *s, struct stet_span *out,
                                   struct stet_error *err);

/* Its first `max` bytes alone, or all if there are fewer. */
STET_NODISCARD int stet_spool_front(struct stet_spool *s, size_t max,
                                    struct stet_span *out,
                                    struct stet_error *err);

/* Ends a view before the spool does: a file takes no memory then. */
void stet_spool_drop_view(struct stet_spool *s);

/* Forgets everything past `len` (len <= s->len). */
STET_NODISCARD int stet_spool_cut(struct stet_spool *s, uint64_t len,
                                  struct stet_error *err);

/* Hands everything over to *to, which must be cleared; s is then empty. */
void stet_spool_move(struct stet_spool *to, struct stet_spool *s);

#endif
