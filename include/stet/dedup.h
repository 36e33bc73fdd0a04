#ifndef STET_DEDUP_H
#define STET_DEDUP_H

/*
 * Rewriting WARC files so that a body that was captured twice is stored
 * once: the later response becomes a revisit (identical-payload-digest) of
 * the first, with its own head, id, date and URL.
 *
 *     rc = stet_warc_dedup_new(&d, NULL, &err);
 *     for each file: rc = stet_warc_dedup_look(d, in, &err);
 *     for each file: rc = stet_warc_dedup_copy(d, in, out, &result, &err);
 *     stet_warc_dedup_free(d);
 *
 * A response becomes a revisit when its body, transfer coding removed, is of
 * 1 KB or more and the same as one before; when both were answered with 200,
 * framed alike (a head that says chunked over a body that is not replays as
 * garbage), whole (not truncated, not segmented), and have the digests that
 * they say; and when they are not the same capture.  A response that another
 * revisit is of already stays one: that is what the first round looks for.
 * All else is copied as it is.  Inputs are only read.
 */

#include "stet/copy.h"

/* No more bodies than these are remembered; further ones are copied. */
#define STET_WARC_DEDUP_MAX ((size_t)1 << 24)

struct stet_warc_dedup;

struct stet_warc_dedup_result {
    uint64_t records;     /* copied or made revisits */
    uint64_t revisits;    /* of these, made here */
    uint64_t saved;       /* bytes of bodies left out */
    uint64_t bytes;       /* written */
    uint64_t bad_digests; /* copied, with a digest that does not hold */
};

/* options may be NULL; what they point to must outlive *out.  STET_EUSAGE:
 * no such level.  STET_ENOMEM. */
STET_API STET_NODISCARD int stet_warc_dedup_new(
    struct stet_warc_dedup **out, const struct stet_warc_copy_options *options,
    struct stet_error *err);
STET_API void stet_warc_dedup_free(struct stet_warc_dedup *d);

/* Notes of which records the revisits in a file are.  STET_EIO,
 * STET_ENOTFOUND, STET_ENOMEM. */
STET_API STET_NODISCARD int stet_warc_dedup_look(struct stet_warc_dedup *d,
                                                 const char *in,
                                                 struct stet_error *err);

/*
 * Copies `in` to `out`, which must not be there, and is removed again when
 * this fails.  Bodies are compared with those of all files copied before.
 * result may be NULL.  Errors as of stet_warc_recompress().
 */
STET_API STET_NODISCARD int stet_warc_dedup_copy(
    struct stet_warc_dedup *d, const char *in, const char *out,
    struct stet_warc_dedup_result *result, struct stet_error *err);

#endif
