#ifndef STET_REPORT_H
#define STET_REPORT_H

#include "stet/error.h"

/*
 * What an archive's stories say of themselves: as rows, and as one page for
 * people.  Read from the page lists of an archive folder or of an unpacked
 * WACZ (pages/pages.jsonl, pages/extraPages.jsonl); nothing is locked or
 * written.
 */

/* A story and how it was seen; the strings are good within the call. */
struct stet_stale_row {
    struct stet_span url, headline;
    struct stet_span same_text_as; /* a story at another address; "": none */
    struct stet_span published, published_source; /* of the newest capture */
    struct stet_span age; /* at the newest capture, "P6Y302D"; "" unknown */
    struct stet_span marker, marker_kind, verdict; /* likewise */
    struct stet_span first_seen, last_seen;        /* RFC 3339 */
    int64_t captures;
    /* What is different between captures that follow each other, the newest
     * change last: "2026-11-28T03:29:23.719Z headline, text". */
    const struct stet_span *changes;
    size_t n_changes;
};

/* STET_OK to go on, else that is the answer. */
typedef int stet_stale_fn(void *ctx, const struct stet_stale_row *row);

/*
 * Every story of an archive, the oldest first, those without a date last.
 * What has the same text as another comes right behind that.
 * STET_ENOTFOUND: no page list is there; STET_EIO; STET_ENOMEM; STET_ELIMIT.
 */
STET_API STET_NODISCARD int stet_stale_each(const char *archive,
                                            stet_stale_fn *fn, void *ctx,
                                            struct stet_error *err);

/*
 * One HTML page that needs nothing but itself, for the caller to clear: the
 * stories and how they hang together, when they were published and captured,
 * their markers, their pictures, sizes and failures.  Errors as above.
 */
STET_API STET_NODISCARD int stet_report_print(struct stet_bytes *html,
                                              const char *archive,
                                              struct stet_error *err);

#endif
