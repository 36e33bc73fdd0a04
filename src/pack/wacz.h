#ifndef STET_PACK_WACZ_H
#define STET_PACK_WACZ_H

#include "base/digest.h"
#include "base/spool.h"
#include "stet/error.h"

/*
 * The files of a WACZ in the making: of the disk, or in spools.
 */
struct stet_wacz_member {
    char *path; /* in the WACZ */
    char *file; /* on disk; or NULL: spool */
    struct stet_spool spool;
    bool deflated; /* else stored */
    uint64_t bytes;
    struct stet_digest hash; /* sha256, by stet_wacz_hash() */
};

struct stet_wacz {
    struct stet_wacz_member **members; /* in the order of the WACZ */
    size_t len, cap;
};

/* Starts as all zero. */
void stet_wacz_clear(struct stet_wacz *w);

/*
 * Adds a member: `file` of the disk, or with file NULL one whose spool the
 * caller fills.  Borrowed until cleared; NULL: no memory.
 */
struct stet_wacz_member *stet_wacz_add(struct stet_wacz *w, const char *path,
                                       const char *file);

struct stet_wacz_member *stet_wacz_find(const struct stet_wacz *w,
                                        const char *path);

/* Reads it, for bytes and hash.  STET_EIO, STET_ENOMEM. */
STET_NODISCARD int stet_wacz_hash(struct stet_wacz_member *m,
                                  struct stet_error *err);

/*
 * Writes the ZIP, dated `date_ms` in UTC; ZIP64 where it must be.  A file
 * that is there is replaced when all is written.
 */
STET_NODISCARD int stet_wacz_write(struct stet_wacz *w, const char *out,
                                   int64_t date_ms, struct stet_error *err);

#endif
