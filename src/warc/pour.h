#ifndef STET_WARC_POUR_H
#define STET_WARC_POUR_H

#include "warc/record.h"

/*
 * Records whose body is too large to be in memory: read from its spool piece
 * by piece, packed, and handed on in slices.
 */
enum {
    STET_WARC_PIECE = 256 << 10, /* of a body that is read at a time */
    STET_WARC_SLICE = 1 << 20,   /* packed bytes that are handed on together,
                                    and what one more piece makes of them */
};

/* Takes a slice, which may be moved out of the spool.  What it returns, if
 * not STET_OK, ends the pouring. */
typedef int stet_warc_slice_fn(void *ctx, struct stet_spool *slice,
                               struct stet_error *err);

struct stet_warc_sink {
    stet_warc_slice_fn *put;
    void *ctx;
};

/*
 * As stet_warc_record_pack(), for a gzip member of any size (how->gzip is
 * set) that goes to a sink.  The body is read twice, as its digest stands
 * before it.  What was put is no whole record unless it returns STET_OK.
 * STET_ENOMEM, STET_ELIMIT (header too large), STET_EIO (of the body), or
 * what the sink returned.
 */
STET_NODISCARD int stet_warc_record_pour(const struct stet_warc_sink *sink,
                                         struct stet_warc_header *h,
                                         struct stet_span head,
                                         const struct stet_spool *body,
                                         const struct stet_warc_pack *how,
                                         struct stet_error *err);

#endif
