#ifndef STET_CHECK_INSIDE_H
#define STET_CHECK_INSIDE_H

#include "base/digest.h"
#include "check/refs.h"
#include "check/rules.h"
#include "stet/warc.h"

/*
 * A check under way.  The parts of the module take one and tell what they
 * find through it.
 */
struct stet_checker {
    stet_finding_fn on_finding;
    void *ctx;
    struct stet_check_result *result;
    const char *file; /* being read */
    struct stet_check_refs refs;
    struct stet_hasher *block, *raw, *entity; /* made when first needed */
    enum stet_digest_kind block_kind, payload_kind;
    char *piece; /* STET_CHECK_PIECE bytes */
};

enum { STET_CHECK_PIECE = 64 * 1024 };

/* The record types of the standard, in the order of its table A.1. */
enum stet_check_type {
    STET_CHECK_WARCINFO,
    STET_CHECK_RESPONSE,
    STET_CHECK_RESOURCE,
    STET_CHECK_REQUEST,
    STET_CHECK_METADATA,
    STET_CHECK_REVISIT,
    STET_CHECK_CONVERSION,
    STET_CHECK_CONTINUATION,
    STET_CHECK_OTHER,
};

enum stet_check_type stet_check_type_of(struct stet_span type);

/* Tells a finding in the file being read. */
STET_PRINTF(4, 5)
void stet_check_tell(struct stet_checker *c, enum stet_check_rule rule,
                     uint64_t offset, const char *fmt, ...);

/* The header's fields against the table, and their formats. */
void stet_check_fields(struct stet_checker *c,
                       const struct stet_warc_record *rec);

/* Reads the block: digests, HTTP framing, warc-fields.  STET_ENOMEM,
 * STET_EIO; what is damaged is told. */
STET_NODISCARD int stet_check_block(struct stet_checker *c,
                                    struct stet_warc_reader *r,
                                    const struct stet_warc_record *rec,
                                    struct stet_error *err);

/* Holds an index file against the captures of the set; `dir` is the
 * archive folder.  STET_ENOMEM, STET_EIO. */
STET_NODISCARD int stet_check_index(struct stet_checker *c, const char *dir,
                                    struct stet_error *err);

#endif
