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

/* Whether documents are looked into for what their pages need. */
enum stet_check_replay {
    STET_CHECK_REPLAY_AUTO, /* of folders and WACZ files */
    STET_CHECK_REPLAY_YES,
    STET_CHECK_REPLAY_NO,
};

/* All zero is the default; NULL may stand for that. */
struct stet_check_options {
    const char *const *rules; /* these alone; n_rules 0: all */
    size_t n_rules;
    const char *const *ignored; /* but not these */
    size_t n_ignored;
    const char *cacert; /* PEM file of whom signatures may be traced to;
                           NULL: whom the system trusts */
    enum stet_check_replay replay;

    /* Called for each finding, one after the other; may be NULL. */
    stet_finding_fn on_finding;
    void *ctx;
};

/*
 * Checks files as one set, so that references between them resolve.  A
 * path that is a folder stands for its WARC files (in archive/ and
 * derived/, if it has those), its indexes/index.cdx and its page lists.  A
 * WACZ file (a ZIP file) is checked as such, with all that is in it.  Files
 * are read by as many threads as there are processors; findings come one
 * after the other, on the caller's thread.
 *
 * A bad file is findings, not an error.  STET_ENOTFOUND, STET_EIO,
 * STET_ENOMEM: the check could not be done to its end.  STET_EUSAGE: there
 * is no rule of that name.  STET_EFORMAT: cacert has no certificates.
 */
STET_API STET_NODISCARD int stet_check(const char *const *paths, size_t n,
                                       const struct stet_check_options *options,
                                       struct stet_check_result *result,
                                       struct stet_error *err);

/* All rules, for listing them; ends with a NULL name. */
STET_API const struct stet_rule *stet_check_rules(void);

STET_API const char *stet_level_name(enum stet_level level);

#endif
