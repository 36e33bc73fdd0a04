#ifndef STET_CHECK_INSIDE_H
#define STET_CHECK_INSIDE_H

#include "base/digest.h"
#include "check/rules.h"
#include "check/unit.h"
#include "stet/warc.h"

/*
 * One thread that checks a unit after the other.  The parts of the module
 * that look at records take it and tell what they find through it.
 */
struct stet_checker {
    const bool *muted; /* by rule; borrowed */
    struct stet_check_unit *unit;
    struct stet_hasher *block, *raw, *entity; /* made when first needed */
    enum stet_digest_kind block_kind, raw_kind, entity_kind;
    bool wants_docs; /* what documents need is noted */
    int zstd_fd;     /* of a .warc.zst being read; or -1 */
    char *piece;     /* STET_CHECK_PIECE bytes */
};

enum { STET_CHECK_PIECE = 64 * 1024 };

STET_NODISCARD int stet_checker_init(struct stet_checker *c, const bool *muted,
                                     bool wants_docs, struct stet_error *err);
void stet_checker_clear(struct stet_checker *c);

/* After each record; anything but STET_OK ends the unit. */
typedef int (*stet_check_step_fn)(void *ctx);

/*
 * Checks the records of a unit.  What goes wrong stands in u->status; a
 * damaged file is findings.  `step` may be NULL.
 */
void stet_checker_run(struct stet_checker *c, struct stet_check_unit *u,
                      const struct stet_check_input *in,
                      stet_check_step_fn step, void *ctx);

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

/* Tells a finding in the unit. */
STET_PRINTF(4, 5)
void stet_check_tell(struct stet_checker *c, enum stet_check_rule rule,
                     uint64_t offset, const char *fmt, ...);

/* The header's fields against the table, and their formats. */
void stet_check_fields(struct stet_checker *c,
                       const struct stet_warc_record *rec);

/* What its type asks of a record beyond that. */
void stet_check_by_type(struct stet_checker *c,
                        const struct stet_warc_record *rec,
                        enum stet_check_type type);

/* Notes what the whole has to know of a record: ids, references, segments.
 * Errors latch in the unit. */
void stet_check_note(struct stet_checker *c,
                     const struct stet_warc_record *rec);

/* Reads the block: digests, HTTP framing, warc-fields, and what a document
 * needs.  STET_ENOMEM, STET_EIO; what is damaged is told. */
STET_NODISCARD int stet_check_block(struct stet_checker *c,
                                    struct stet_warc_reader *r,
                                    const struct stet_warc_record *rec,
                                    struct stet_error *err);

/* Notes what a document of the URL needs: `entity` is its body with content
 * codings.  STET_ENOMEM. */
struct stet_head;
STET_NODISCARD int stet_check_doc(struct stet_checker *c, struct stet_span url,
                                  const struct stet_head *head,
                                  struct stet_span entity);

/* True for what stet_check_doc() looks into. */
bool stet_check_is_doc(const struct stet_head *head);

/* A hash of a URL, the same within one process. */
uint64_t stet_check_url_hash(struct stet_span url);

#endif
