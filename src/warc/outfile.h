#ifndef STET_WARC_OUTFILE_H
#define STET_WARC_OUTFILE_H

#include "warc/press.h"

/*
 * One new WARC file, record by record, for what copies: it must not be
 * there before, and is removed again unless the copy ends well.
 */
struct stet_warc_outfile;

/* "-" is standard output.  STET_EIO: it cannot be made, or is there. */
STET_NODISCARD int stet_warc_outfile_open(
    struct stet_warc_outfile **out, const char *path,
    const struct stet_warc_press_options *how, struct stet_error *err);

/* Adds a record, its parts one after the other. */
STET_NODISCARD int stet_warc_outfile_add(struct stet_warc_outfile *f,
                                         const struct stet_span *parts,
                                         size_t n, struct stet_error *err);

/*
 * Ends the file and frees f (NULL is fine).  `rc` is how the copy went: if
 * well, all is written and made durable, and *bytes (may be NULL) says how
 * much that is; else, or if that fails, the file is removed.  Returns rc or
 * the failure.
 */
STET_NODISCARD int stet_warc_outfile_close(struct stet_warc_outfile *f, int rc,
                                           uint64_t *bytes,
                                           struct stet_error *err);

/* The folder of an archive, whose index and state belong to its files as
 * they are, and any other folder, is refused: STET_EUSAGE.  *size is that of
 * a file, 0 when it is not known. */
STET_NODISCARD int stet_warc_infile_check(const char *path, uint64_t *size,
                                          struct stet_error *err);

#endif
