#ifndef STET_WARC_RECORD_H
#define STET_WARC_RECORD_H

#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/spool.h"
#include "base/uuid.h"
#include "codec/codec.h"
#include "stet/error.h"
#include "stet/write.h"

/*
 * Building WARC records in memory (ISO 28500:2017, sections 4 to 6).
 *
 *     stet_warc_header_init(&h);
 *     stet_warc_header_begin(&h, STET_WARC_1_1, "response", uuid, date_ms);
 *     stet_warc_header_add_uri(&h, "WARC-Target-URI", url);
 *     stet_warc_header_add(&h, "Content-Type", STET_WARC_HTTP_RESPONSE);
 *     rc = stet_warc_record_pack(&spool, &h, http_head, http_body, &how, err);
 *     stet_warc_header_clear(&h);
 *
 * Writing is strict: what is not a legal header cannot be written.
 */
/* Content types of blocks. */
#define STET_WARC_FIELDS        STET_SPAN("application/warc-fields")
#define STET_WARC_HTTP_RESPONSE STET_SPAN("application/http;msgtype=response")
#define STET_WARC_HTTP_REQUEST  STET_SPAN("application/http;msgtype=request")

/* WARC-Profile of revisits (section 6.7; 1.0 has its own). */
struct stet_span stet_warc_profile_identical(enum stet_warc_version v);
struct stet_span stet_warc_profile_not_modified(enum stet_warc_version v);

/* A header block never grows beyond this; readers refuse more as well. */
#define STET_WARC_MAX_HEADER ((size_t)1 << 20)

/* The named fields of a record in the making.  Adds latch their errors. */
struct stet_warc_header {
    struct stet_buf text; /* from the version line on; CRLF after each */
    enum stet_warc_version version;
};

void stet_warc_header_init(struct stet_warc_header *h);
void stet_warc_header_clear(struct stet_warc_header *h);

/*
 * Empties it and writes the version line, WARC-Type, WARC-Record-ID and
 * WARC-Date (milliseconds in 1.1, seconds in 1.0).  `uuid` is the bare 36
 * characters.
 */
void stet_warc_header_begin(struct stet_warc_header *h,
                            enum stet_warc_version v, const char *type,
                            const char *uuid, int64_t date_ms);

/*
 * Adds a named field.  This is the only way values come in: each control
 * character (CR, LF and NUL among them) becomes a space, ill-formed UTF-8
 * becomes U+FFFD, and white space at both ends is dropped.  An empty value
 * adds nothing.  `name` is a token that the program chose, never input.
 */
void stet_warc_header_add(struct stet_warc_header *h, const char *name,
                          struct stet_span value);

/* The same for a bare URI: controls, spaces, <, > and " are
 * percent-encoded instead, and so are bytes that are not UTF-8. */
void stet_warc_header_add_uri(struct stet_warc_header *h, const char *name,
                              struct stet_span uri);

/* "<urn:uuid:...>" */
void stet_warc_header_add_id(struct stet_warc_header *h, const char *name,
                             const char *uuid);
void stet_warc_header_add_date(struct stet_warc_header *h, const char *name,
                               int64_t date_ms);
void stet_warc_header_add_digest(struct stet_warc_header *h, const char *name,
                                 const struct stet_digest *d);

/* How records are written. */
struct stet_warc_pack {
    struct stet_gzip *gzip;          /* borrowed; ... */
    struct stet_zstd *zstd;          /* ... or this; both NULL: a plain WARC */
    bool stored;                     /* the body is compressed already */
    enum stet_digest_kind digest;    /* of WARC-Block-Digest */
    const struct stet_digest *block; /* it, where it is known; else NULL */
};

/*
 * Adds one whole record to the spool: the fields of `h`, then
 * WARC-Block-Digest and Content-Length, then the block, which is head and
 * body together, in one gzip member or zstd frame.  `body` may be a mapped file
 * of any size.  On failure the spool is as before (unless its file failed).
 * STET_ENOMEM, STET_ELIMIT (header too large), STET_EIO.
 */
STET_NODISCARD int stet_warc_record_pack(struct stet_spool *out,
                                         const struct stet_warc_header *h,
                                         struct stet_span head,
                                         struct stet_span body,
                                         const struct stet_warc_pack *how,
                                         struct stet_error *err);

/*
 * Adds what the block decides to a header that is otherwise whole:
 * WARC-Block-Digest, Content-Length and the empty line.  STET_ENOMEM,
 * STET_ELIMIT (header too large).
 */
STET_NODISCARD int stet_warc_header_finish(struct stet_warc_header *h,
                                           const struct stet_digest *block,
                                           uint64_t length,
                                           struct stet_error *err);

/* Adds the parts as they are, one after the other, packed as one record. */
STET_NODISCARD int stet_warc_pack_add(const struct stet_warc_pack *how,
                                      struct stet_spool *out,
                                      const struct stet_span *parts, size_t n,
                                      struct stet_error *err);

#endif
