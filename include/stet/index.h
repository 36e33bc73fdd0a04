#ifndef STET_INDEX_H
#define STET_INDEX_H

/*
 * CDXJ indexes of WARC files, as cdxj-indexer writes them and pywb reads
 * them: one line a capture, "key timestamp {json}", sorted by byte.
 */

#include "stet/error.h"
#include "stet/warc.h"

/* Takes a line without its line end; STET_OK to go on, else that is the
 * answer. */
typedef int (*stet_index_line_fn)(void *ctx, struct stet_span line);

struct stet_index_options {
    bool sort;            /* by byte, equal lines once; else as they come */
    size_t max_memory;    /* for sorting; 0: 64 MiB */
    const char *temp_dir; /* for sorting; NULL: $TMPDIR or /tmp */
    bool wabac_keys;      /* keys as wabac.js makes them, not Python's surt */

    /* What is wrong with a file, as stet_warc_reader tells it; may be NULL.
     * `path` is the file's. */
    void (*on_problem)(void *ctx, const char *path, enum stet_warc_problem p,
                       uint64_t offset, const char *text);
};

/*
 * Indexes WARC files: response, revisit, resource and metadata records that
 * have a target URI (not application/warc-fields).  A record without a
 * payload digest gets the sha1 of its payload as stored, as cdxj-indexer
 * does it; if its block digest is a sha256, the sha256 of its entity, as
 * stet's archives do it.  One whose key cannot be made is left out.  `filename`
 * in the lines is the file's last path component, without ".open".  options may
 * be NULL.
 *
 * STET_EIO, STET_ENOTFOUND, STET_ENOMEM, STET_EUNSUPPORTED (ARC),
 * STET_ELIMIT, or what on_line returned.
 */
STET_API STET_NODISCARD int stet_index_files(
    const char *const *paths, size_t n,
    const struct stet_index_options *options, stet_index_line_fn on_line,
    void *ctx, struct stet_error *err);

/* A sorted file of lines, to look up in. */
struct stet_cdx;

/* STET_ENOTFOUND, STET_EIO, STET_ENOMEM. */
STET_API STET_NODISCARD int stet_cdx_open(struct stet_cdx **out,
                                          const char *path,
                                          struct stet_error *err);
STET_API void stet_cdx_close(struct stet_cdx *c);

/* Goes to the first line that is not less than `start`, by bisection. */
STET_API STET_NODISCARD int stet_cdx_seek(struct stet_cdx *c,
                                          struct stet_span start,
                                          struct stet_error *err);

/* The next line without its line end, good until the next call.  STET_END;
 * STET_ELIMIT: a line of over 1 MiB. */
STET_API STET_NODISCARD int stet_cdx_next(struct stet_cdx *c,
                                          struct stet_span *line,
                                          struct stet_error *err);

/* The key of a line, as "key " begins it: compare with it to stop. */
STET_API struct stet_span stet_cdx_key(struct stet_span line);

#endif
