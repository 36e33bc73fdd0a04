#ifndef STET_WARC_VERIFY_H
#define STET_WARC_VERIFY_H

#include "stet/warc.h"

/*
 * Whether a record is what its digests say.
 */
enum stet_warc_verdict {
    STET_WARC_UNPROVEN, /* no digest, or none that can be computed */
    STET_WARC_PROVEN,
    STET_WARC_DISPROVEN,
};

struct stet_warc_verdicts {
    enum stet_warc_verdict block;
    enum stet_warc_verdict payload; /* chunked: either form will do */
};

/*
 * Verifies a record whose bytes, header (rec->raw_header) and block and no
 * more, are in memory.  The payload digest of a revisit or a segment is
 * another record's: unproven, and so is one of a payload that was truncated
 * on purpose.  STET_ENOMEM.
 */
STET_NODISCARD int stet_warc_verify(struct stet_warc_verdicts *out,
                                    const struct stet_warc_record *rec,
                                    struct stet_span record,
                                    struct stet_error *err);

#endif
