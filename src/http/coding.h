#ifndef STET_HTTP_CODING_H
#define STET_HTTP_CODING_H

#include "codec/codec.h"

/*
 * Content codings (RFC 9110 section 8.4.1): the readable form of an entity,
 * made within a budget.  What the archive holds is never touched.
 */
enum { STET_MAX_CODINGS = 5 };

/* How a decoding came out.  All but WHOLE have a word for the log. */
enum stet_decoded {
    STET_DECODED_WHOLE,
    STET_DECODED_TRUNCATED, /* the coded bytes end too early */
    STET_DECODED_BAD,       /* not that coding, or its check does not hold */
    STET_DECODED_BOMB,      /* past the budget */
    STET_DECODED_UNKNOWN,   /* a coding we do not know */
    STET_DECODED_CHAIN,     /* more than STET_MAX_CODINGS */
};

/* "whole", "truncated", "bad-coding", "bomb", "unknown-coding", "chain". */
const char *stet_decoded_name(enum stet_decoded d);

struct stet_coding_chain {
    enum stet_coding list[STET_MAX_CODINGS]; /* in the order applied */
    size_t n;
    enum stet_decoded fault; /* WHOLE, UNKNOWN or CHAIN */
};

/*
 * Reads a Content-Encoding value (joined; "" and "identity" are no coding).
 * For Transfer-Encoding, `chunked` is passed over.  Never fails: see fault.
 */
void stet_coding_parse(struct stet_coding_chain *out, struct stet_span value);

struct stet_decode_limits {
    size_t max_bytes; /* of any layer's output */
    struct stet_inflate_limits inflate;
};

/* 64 MB, and 200 : 1 after the first 1 MB. */
extern const struct stet_decode_limits stet_decode_limits_default;

/*
 * Decodes an entity.  With an empty chain *out is the entity itself, else
 * it is in *room (replaced; limits->max_bytes holds, not its max).
 * A damaged or over-large one gives in *verdict what happened and in *out
 * the part that could be had: for BAD and UNKNOWN at the first byte that is
 * the entity as it came.  Bytes after the end of a coding are passed over.
 * Fails only with STET_ENOMEM.
 */
STET_NODISCARD int stet_coding_decode(struct stet_span *out,
                                      struct stet_buf *room,
                                      const struct stet_coding_chain *chain,
                                      struct stet_span entity,
                                      const struct stet_decode_limits *limits,
                                      enum stet_decoded *verdict);

#endif
