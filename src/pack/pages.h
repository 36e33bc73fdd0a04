#ifndef STET_PACK_PAGES_H
#define STET_PACK_PAGES_H

#include "pack/texts.h"
#include "pack/wacz.h"

/*
 * The page lists of a WACZ, and what else takes reading the records.
 */
struct stet_pages_scan {
    struct stet_spool *pages; /* lines are added; NULL: not wanted */
    struct stet_texts *texts; /* what they say is kept; NULL: not wanted */
    uint64_t n_pages;
    int64_t newest; /* WARC-Date; STET_NO_DATE: none yet */
};

/*
 * Reads all records of a WARC file for the newest date and, where wanted,
 * its pages: HTML responses of status 200.  STET_EFORMAT: it is damaged.
 */
STET_NODISCARD int stet_pages_scan(struct stet_pages_scan *s, const char *path,
                                   struct stet_error *err);

/*
 * Adds the lines of a page list, but its header.  STET_ENOTFOUND: there is
 * no such file.
 */
STET_NODISCARD int stet_pages_copy(struct stet_spool *out, const char *path,
                                   uint64_t *n, struct stet_error *err);

#endif
