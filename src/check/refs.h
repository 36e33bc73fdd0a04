#ifndef STET_CHECK_REFS_H
#define STET_CHECK_REFS_H

#include "base/digest.h"
#include "base/map.h"
#include "stet/warc.h"

/*
 * What a set of files says across its records: ids, references to them,
 * and the captures that an index should hold.
 */
struct stet_checker;

/* Of what one record has to be remembered. */
struct stet_check_entry {
    int64_t date_ms;
    struct stet_digest payload; /* len 0: none */
};

enum stet_check_ref_kind {
    STET_CHECK_CONCURRENT_TO,
    STET_CHECK_REFERS_TO_ID,
    STET_CHECK_WARCINFO_ID,
    STET_CHECK_SEGMENT_ORIGIN,
};

struct stet_check_ref {
    struct stet_span target;
    enum stet_check_ref_kind kind;
    uint32_t file;
    bool is_revisit; /* of identical payload: the digests must agree */
    uint64_t offset;
    int64_t date_ms;
    struct stet_digest payload;
};

struct stet_check_capture {
    uint32_t file;
    bool seen; /* in the index */
    uint64_t offset, length, url_hash;
    int64_t date_ms;
};

struct stet_check_refs {
    struct stet_map ids; /* to struct stet_check_entry */
    struct stet_arena arena;
    struct stet_check_ref *refs;
    size_t n_refs, cap_refs;
    struct stet_check_capture *captures; /* by file, then offset */
    size_t n_captures, cap_captures;
    char **files;
    size_t n_files, cap_files;
    bool full; /* no room for more: told once */
};

/* The most that ids and references may take. */
#define STET_MAX_CHECK_BYTES ((size_t)2 << 30)

void stet_check_refs_init(struct stet_check_refs *r);
void stet_check_refs_clear(struct stet_check_refs *r);

/* Begins a file. */
STET_NODISCARD int stet_check_refs_file(struct stet_check_refs *r,
                                        const char *path);

/* Remembers a record, before its block is read. */
STET_NODISCARD int stet_check_refs_add(struct stet_checker *c,
                                       const struct stet_warc_record *rec);

/* Remembers a capture of the index, once its length is known. */
STET_NODISCARD int stet_check_refs_capture(struct stet_checker *c,
                                           const struct stet_warc_record *rec,
                                           uint64_t length);

/* Tells what does not resolve, once all records are in. */
void stet_check_refs_resolve(struct stet_checker *c);

/* A hash of a URL, the same within one process. */
uint64_t stet_check_url_hash(struct stet_span url);

#endif
