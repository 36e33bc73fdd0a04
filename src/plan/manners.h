#ifndef STET_PLAN_MANNERS_H
#define STET_PLAN_MANNERS_H

#include "plan/rate.h"
#include "plan/retry.h"

/*
 * What one host is asked for, and when: a state of a few words for each host
 * and three calls.  Pure: the time comes in (milliseconds of a clock that
 * never goes back), nothing is waited for here.
 *
 *     ask    may a request start now; if not, when to ask again
 *     begin  it starts
 *     end    it is over, and how it went
 *
 * Pages wait for their turn: at most max_pages at once, and after one a pause
 * that grows with the time the host takes to answer and, by two from fault to
 * fault, with its troubles; it shrinks as they pass.  What a page needs does
 * not pause, but takes no more than max_requests connections in all.
 *
 * A host that says it is busy (429, 503) is left alone altogether, as long as
 * it asks for or, if it does not say, for a time that grows.  One that asks
 * for more than is to be waited is dead.
 *
 * A host that does not answer at all has a breaker: after so many faults in a
 * row it opens and nothing is asked for; then one request probes (half-open).
 * If that fails the breaker is open for twice as long, and when it has opened
 * so many times the host is dead for the rest of the run: what is queued for
 * it fails at once instead of waiting for one time-out after the other.
 */
struct stet_manners_rules {
    int64_t delay_ms;           /* 1000; the pause's least; 0: no pause but
                                   that of robots.txt */
    int64_t max_delay_ms;       /* 30,000; the pause's most */
    int delay_factor;           /* 2; the pause is so many answer times */
    int64_t max_crawl_delay_ms; /* 30,000; of robots.txt that is obeyed */
    int max_pages;              /* 1; at once */
    int max_requests;           /* 6; at once, pages among them */
    int64_t bytes_per_s;        /* 0: no limit; of each host */

    int breaker_faults;      /* 5; in a row, that open it; 0: never */
    int64_t breaker_open_ms; /* 30,000; the first time */
    int64_t breaker_most_ms; /* 1,800,000 */
    int breaker_openings;    /* 6; in a row, then the host is dead */

    int64_t most_hold_ms;        /* 0: whatever a host asks for is waited */
    struct stet_retry_rule busy; /* how long a busy host is left alone that
                                    does not say: 30 s to 1 h */
};

/* The defaults named above. */
void stet_manners_rules_init(struct stet_manners_rules *r);

#define STET_BREAKERS(X)                                       \
    X(STET_BREAKER_CLOSED, "closed")       /* all is well */   \
    X(STET_BREAKER_OPEN, "open")           /* left alone */    \
    X(STET_BREAKER_HALF_OPEN, "half-open") /* one probes it */ \
    X(STET_BREAKER_DEAD, "dead")           /* given up */

enum stet_breaker {
#define STET_X(name, word) name,
    STET_BREAKERS(STET_X)
#undef STET_X
};

const char *stet_breaker_name(enum stet_breaker b);

/* A host.  To be read; only the functions below change it. */
struct stet_manners {
    int64_t next_page_ms;   /* no page before it */
    int64_t held_ms;        /* nothing before it: the host said so */
    int64_t breaker_ms;     /* nor before it: it said nothing */
    int64_t crawl_delay_ms; /* of its robots.txt; 0: none */
    int64_t answer_ms;      /* how long answers take, smoothed; 0: unknown */
    struct stet_rate rate;
    int pages, requests; /* under way; pages are requests too */
    int strain;          /* troubles of late: each doubles the pause */
    int busy;            /* answers in a row that said so */
    int faults;          /* in a row, of the breaker's kind */
    int openings;        /* of the breaker since it was last closed */
    enum stet_breaker breaker;
};

void stet_manners_init(struct stet_manners *m,
                       const struct stet_manners_rules *r);

/* The host's robots.txt says Crawl-delay; 0 or less: it does not. */
void stet_manners_crawl_delay(struct stet_manners *m, int64_t delay_ms);

/* What a request is, to its host. */
enum stet_errand {
    STET_ERRAND_PAGE,      /* a page, or a list of them */
    STET_ERRAND_REQUISITE, /* all else, robots.txt too */
};

enum stet_turn_kind {
    STET_TURN_NOW,
    STET_TURN_WAIT,
    STET_TURN_NEVER, /* the host is dead */
};

struct stet_turn {
    enum stet_turn_kind kind;
    int64_t due_ms;  /* WAIT: when to ask again; INT64_MAX: when one that is
                        under way is over */
    const char *why; /* WAIT and NEVER: "page", "connections", "delay",
                        "held", "breaker", "rate", "dead"; a constant */
};

struct stet_turn stet_manners_ask(const struct stet_manners *m,
                                  const struct stet_manners_rules *r,
                                  enum stet_errand e, int64_t now_ms);

void stet_manners_begin(struct stet_manners *m,
                        const struct stet_manners_rules *r, enum stet_errand e,
                        int64_t now_ms);

/*
 * How a request went.  Without fault and without answer (cancelled, an
 * address that is blocked) it tells nothing about the host; a fault after an
 * answer, as a body that is cut, does not open the breaker.
 */
struct stet_manners_answer {
    enum stet_fault fault;
    bool answered;          /* a response came, whatever it says */
    int64_t took_ms;        /* to answer */
    int64_t retry_after_ms; /* -1: not said */
    uint64_t bytes;         /* of the body */
    uint64_t random;        /* any number */
};

void stet_manners_end(struct stet_manners *m,
                      const struct stet_manners_rules *r, enum stet_errand e,
                      const struct stet_manners_answer *a, int64_t now_ms);

/* The pause after a page, as things stand. */
int64_t stet_manners_delay(const struct stet_manners *m,
                           const struct stet_manners_rules *r);

#endif
