#ifndef STET_CRAWL_SETUP_H
#define STET_CRAWL_SETUP_H

#include "crawl/run.h"

/*
 * What a run is made of before its threads start: options checked, seeds
 * parsed, and what fetcher and workers are told.  Touches neither disk nor
 * network.
 */
#define STET_SOFTWARE "stet/" STET_VERSION

struct stet_setup {
    struct stet_run run;
    struct stet_cidr *allow;
    struct stet_buf agent;
    struct stet_buf stored; /* where the archive has its WARC files */
    int64_t fixed_ms;       /* where the wall clock stands still */
};

/*
 * Fills *s (zeroed by the caller, cleared by it whatever comes).  The
 * options are borrowed.  STET_EUSAGE for what makes no sense, STET_ENOMEM.
 */
STET_NODISCARD int stet_setup_make(struct stet_setup *s,
                                   const struct stet_crawl_options *o,
                                   struct stet_error *err);
void stet_setup_clear(struct stet_setup *s);

/* What workers take in, of the run's work as it stands.  STET_EUSAGE names
 * an expression that is none; STET_ENOMEM. */
STET_NODISCARD int stet_setup_scope(struct stet_setup *s,
                                    struct stet_error *err);

#endif
