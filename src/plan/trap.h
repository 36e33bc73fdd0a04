#ifndef STET_PLAN_TRAP_H
#define STET_PLAN_TRAP_H

#include "plan/place.h"
#include "plan/rule.h"
#include "stet/error.h"

/*
 * Traps: places where a site makes pages without end, by design or by a
 * mistake in a relative link.  They are judged by the URL alone, before it
 * is fetched, and only for pages that were found by crawling: what the user
 * named, what a page needs and where redirects lead is never a trap.
 *
 * Every limit errs on the side of taking too much: a trap costs time, which
 * the limits of a run bound, but a page that is not taken is lost.
 */
struct stet_trap_limits {
    int max_url;   /* 2000 bytes of a URL; 0 switches this and any off */
    int max_parts; /* 20 parts of a path */
    /* 3: a path whose parts repeat so often in a row (/a/b/a/b/a/b), or that
     * has a part once more than that anywhere, and a query that has the same
     * parameter with the same value so often.  Numbers alone do not count:
     * they are dates and pages. */
    int max_repeats;
    int max_parameters; /* 20 in a query */
    /*
     * 366: a calendar's days so far ahead.  A calendar is what says so in its
     * path, or has the date in its query; others, whose dates may be titles,
     * have five times as long.
     */
    int max_days_ahead;
    int64_t now_ms; /* wall time of the run; 0: dates are not looked at */

    /* Counted over a run, by struct stet_traps: */
    int max_old_days; /* 500 days of a host's calendar that are more than 30
                         years ago */
    int max_facets;   /* 1000 URLs of one path with four parameters or more,
                         4000 with three: filters and orders of one list.
                         With one or two they name things and are free */
    bool sessions;    /* one page under many session ids is taken once */
};

/* The numbers named above. */
void stet_trap_limits_init(struct stet_trap_limits *l, int64_t now_ms);

/*
 * True, with the rule, if the URL (absolute, serialised; `p` is its parts)
 * looks like a trap by itself.  It reads but the URL: any number of threads
 * may.
 */
bool stet_trap_look(const struct stet_trap_limits *l, struct stet_span url,
                    const struct stet_place *p, enum stet_rule *rule);

/*
 * The day that a URL is about, as days since 1970: YYYY-MM-DD, YYYY/MM/DD,
 * YYYY/mon/DD; in a calendar also YYYY-MM and YYYYMMDD, which elsewhere are
 * numbers of things; in a query also year= with month=, and seconds since
 * 1970.  A month alone is its first day.  *is_calendar: see above.  False:
 * no date.
 */
bool stet_trap_date(const struct stet_place *p, int64_t *days,
                    bool *is_calendar);

/* True if that day is further ahead than the limit. */
bool stet_trap_is_ahead(const struct stet_trap_limits *l,
                        const struct stet_place *p);

/*
 * The URL without its session id (jsessionid, PHPSESSID, sid, ASP.NET's
 * (S(…)) and the like; utm_… and others that only say whence one came are
 * none), written to `out`, which has room for url.len bytes; *len is its
 * length.  False: there is none.
 */
bool stet_trap_strip_session(struct stet_span url, char *out, size_t *len);

/*
 * What has to be counted to be seen.  It belongs to one thread, which asks
 * once for each new page, last, when all else would take it.
 *
 * Memory: a table of STET_MAX_TRAP_COUNTS entries, twice, 4 MB in all,
 * however many pages and hosts there are.  When one is full the other is
 * emptied and takes over: what was not met for that long is forgotten, and a
 * trap may then count anew.
 */
enum { STET_MAX_TRAP_COUNTS = 1 << 17 };

struct stet_traps;

STET_NODISCARD int stet_traps_new(struct stet_traps **out,
                                  const struct stet_trap_limits *l,
                                  struct stet_error *err);
void stet_traps_free(struct stet_traps *t); /* NULL too */

/* True, with the rule, if this page is one too many; else it is counted. */
bool stet_traps_catch(struct stet_traps *t, struct stet_span url,
                      enum stet_rule *rule);

#endif
