#ifndef STET_CHECK_H
#define STET_CHECK_H

/*
 * Checking WARC files and archive folders against ISO 28500:2017 and what
 * its users agreed on.  Every rule has a name; stet-check(1) lists them.
 */

#include "stet/error.h"

enum stet_level {
    STET_MUST,   /* the standard says "shall", or the data is damaged */
    STET_SHOULD, /* it says "should", or other tools stumble over it */
    STET_ADVICE, /* good to know */
};

struct stet_rule {
    const char *name;
    const char *clause; /* of the standard ("5.9"), or "" */
    enum stet_level level;
};

/* What was found at one place.  All of it is good during the call. */
struct stet_finding {
    const struct stet_rule *rule; /* good for ever */
    const char *file;
    uint64_t offset; /* of the record; in an index, of the line */
    const char *text;
};

typedef void (*stet_finding_fn)(void *ctx, const struct stet_finding *f);

struct stet_check_result {
    uint64_t files, records;
    uint64_t counts[3]; /* of findings, by enum stet_level */
};

/*
 * Checks files as one set, so that references between them resolve.  A
 * path that is a folder stands for its WARC files (in archive/ and
 * derived/, if it has those); its indexes/index.cdx is then held against the
 * records.
 *
 * A bad file is findings, not an error.  STET_ENOTFOUND, STET_EIO,
 * STET_ENOMEM, STET_EUNSUPPORTED (an ARC file): the check could not be
 * done to its end.
 */
STET_API STET_NODISCARD int stet_check(const char *const *paths, size_t n,
                                       stet_finding_fn on_finding, void *ctx,
                                       struct stet_check_result *result,
                                       struct stet_error *err);

/* All rules, for listing them; ends with a NULL name. */
STET_API const struct stet_rule *stet_check_rules(void);

STET_API const char *stet_level_name(enum stet_level level);

#endif
