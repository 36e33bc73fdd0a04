#ifndef STET_BASE_FILE_H
#define STET_BASE_FILE_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * Puts the bytes at path, whole or not at all: readers see the old file
 * or the new one, and after a power cut so do we.
 */
STET_NODISCARD int stet_file_replace(const char *path, struct stet_span bytes,
                                     struct stet_error *err);

/* Reads a whole file into *out (its max is the limit: STET_ELIMIT).
 * STET_ENOTFOUND when there is none. */
STET_NODISCARD int stet_file_read(const char *path, struct stet_buf *out,
                                  struct stet_error *err);

/* All of the bytes at an offset: short writes and EINTR are gone on with. */
STET_NODISCARD int stet_file_write_at(int fd, uint64_t offset,
                                      struct stet_span bytes,
                                      struct stet_error *err);

/* Makes a folder, and the ones above it; one that is there is fine. */
STET_NODISCARD int stet_file_make_dirs(const char *path,
                                       struct stet_error *err);

/* Makes what was created, renamed or removed in a folder durable. */
STET_NODISCARD int stet_file_sync_dir(const char *path, struct stet_error *err);

/* "dir/name" into *out, emptied first; STET_ELIMIT past its max. */
STET_NODISCARD int stet_path_join(struct stet_buf *out, const char *dir,
                                  const char *name);

/*
 * Adds the way from the folder `root` to `path`: "../a/b".  Both are read
 * as text, from the working folder on, and nothing need be there.
 * STET_EIO: there is no working folder; STET_ENOMEM, STET_ELIMIT.
 */
STET_NODISCARD int stet_path_relative(struct stet_buf *out, const char *path,
                                      const char *root);

#endif
