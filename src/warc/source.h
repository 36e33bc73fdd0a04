#ifndef STET_WARC_SOURCE_H
#define STET_WARC_SOURCE_H

#include "stet/error.h"

/*
 * The raw bytes of a WARC file: a descriptor, or memory, which is there
 * already (then nothing is read from it, and `at` is its end).
 */
struct stet_warc_source {
    int fd; /* -1: memory */
    bool owns_fd;
    struct stet_span bytes; /* the whole of the memory */
    uint64_t at;            /* where the next read begins */
};

/* "-" is standard input.  STET_ENOTFOUND, STET_EIO. */
STET_NODISCARD int stet_warc_source_open(struct stet_warc_source *s,
                                         const char *path,
                                         struct stet_error *err);
void stet_warc_source_of(struct stet_warc_source *s, struct stet_span bytes);
void stet_warc_source_close(struct stet_warc_source *s); /* twice is fine */

/* Of a descriptor: up to cap bytes; *got is 0 at the end. */
STET_NODISCARD int stet_warc_source_read(struct stet_warc_source *s, char *buf,
                                         size_t cap, size_t *got,
                                         struct stet_error *err);

/* Likewise.  STET_EIO: it cannot seek; nothing has changed. */
STET_NODISCARD int stet_warc_source_seek(struct stet_warc_source *s,
                                         uint64_t offset,
                                         struct stet_error *err);

#endif
