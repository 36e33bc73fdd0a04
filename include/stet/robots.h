#ifndef STET_ROBOTS_H
#define STET_ROBOTS_H

#include "stet/error.h"

/*
 * robots.txt: RFC 9309, matched as Google matches (the longest pattern
 * wins, allow wins a tie, '*' and a final '$' are special), with
 * Crawl-delay and Sitemap beside it.
 */

enum {
    STET_MAX_ROBOTS_BYTES = 1 << 20, /* read of a body; the rest is dropped */
    STET_MAX_ROBOTS_RULES = 20000,   /* kept; the rest is dropped */
    STET_MAX_ROBOTS_SITEMAPS = 1000,
    STET_MAX_ROBOTS_TARGET = 3 << 20, /* of a URL, %-encoded */
    STET_MAX_ROBOTS_DELAY_MS = 24 * 3600 * 1000,
};

struct stet_robots;

/* What a file says of one URL.  The rule points into the robots object. */
struct stet_robots_verdict {
    bool allowed;
    struct stet_span rule;  /* its pattern as written; empty: none applied */
    size_t line;            /* of that rule, from 1; 0: none applied */
    int64_t crawl_delay_ms; /* of the agent's group; -1: none given */
};

/*
 * Reads a robots.txt.  There is no wrong one: what is not understood is
 * skipped, as the RFC asks.  Only STET_ENOMEM.
 */
STET_API int stet_robots_parse(struct stet_robots **out, struct stet_span body,
                               struct stet_error *err);
STET_API void stet_robots_free(struct stet_robots *r);

/*
 * May `agent` (a product token, or a User-Agent that starts with one) fetch
 * `target`, a URL's path and search as stet_url_target() gives them?  An
 * empty target counts as "/", /robots.txt is always allowed.  It may
 * not when that cannot be told: STET_ENOMEM, STET_ELIMIT (the target).
 */
STET_API int stet_robots_allows(const struct stet_robots *r,
                                struct stet_span agent, struct stet_span target,
                                struct stet_robots_verdict *v);

/* The URLs of the Sitemap lines, in order, as they stand there. */
STET_API size_t stet_robots_sitemaps(const struct stet_robots *r);
STET_API struct stet_span stet_robots_sitemap(const struct stet_robots *r,
                                              size_t i);

/* A limit was reached and something dropped. */
STET_API bool stet_robots_is_truncated(const struct stet_robots *r);

#endif
