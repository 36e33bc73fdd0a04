#ifndef STET_PLAN_RETRY_H
#define STET_PLAN_RETRY_H

#include "stet/error.h"

/*
 * Whether a request that did not go well is made again, and when.
 *
 * The waits grow by two from try to try, and half of each is chance, so that
 * what failed together does not come back together.  All times are in
 * milliseconds.
 */
enum {
    STET_MAX_RETRY_AFTER_MS = 3600 * 1000, /* of a server's word for it */
    STET_MAX_TRIES = 100,                  /* of one URL, whatever is asked */
};

/* What went wrong, as far as trying again depends on it. */
#define STET_FAULTS(X)                                                      \
    X(STET_FAULT_NONE, "none")       /* answered, or not to be mended */    \
    X(STET_FAULT_NAME, "name")       /* no address for the name */          \
    X(STET_FAULT_CONNECT, "connect") /* no connection, no TLS, no proxy */  \
    X(STET_FAULT_BROKEN, "broken")   /* the exchange broke off or hung */   \
    X(STET_FAULT_BUSY, "busy")       /* 429 and 503: the server asks for it \
                                      */                                    \
    X(STET_FAULT_SERVER, "server")   /* 408, 500, 502, 504 and Cloudflare's \
                                        520 to 524 */

enum stet_fault {
#define STET_X(name, word) name,
    STET_FAULTS(STET_X)
#undef STET_X
        STET_FAULTS_COUNT
};

const char *stet_fault_name(enum stet_fault f);

/*
 * The fault behind an outcome's word ("ok", "dns", "refused", …: see
 * stet-archive(5)) and a status, 0 for none.  A cancelled request is no
 * fault, nor is what will be the same next time: a bad certificate, a
 * blocked address, an answer that is too long or not HTTP.
 */
enum stet_fault stet_fault_of(struct stet_span outcome, int status);

/* True if it is the host that does not answer, not one of its pages. */
bool stet_fault_is_of_host(enum stet_fault f);

struct stet_retry_rule {
    int tries;        /* in all; 1: never again */
    int64_t first_ms; /* the wait after the first */
    int64_t most_ms;  /* no wait is longer */
};

struct stet_retry_policy {
    struct stet_retry_rule rules[STET_FAULTS_COUNT];
    int max_tries; /* of any kind of fault */
};

/*
 * name 3 tries from 10 s, connect 3 from 15 s, broken 3 from 5 s, busy 5 from
 * 30 s, server 3 from 10 s; at most 10 minutes, busy an hour.
 */
void stet_retry_policy_init(struct stet_retry_policy *p);

/* The wait after the n-th try (from 1) that failed so; `random` is any
 * number.  Between a half and the whole of what the rule gives. */
int64_t stet_retry_wait(const struct stet_retry_policy *p, enum stet_fault f,
                        int n, uint64_t random);

struct stet_retry_case {
    enum stet_fault fault;
    int tries;              /* made so far, this one too */
    int64_t retry_after_ms; /* the server's word, -1: none */
    uint64_t random;
};

/*
 * True if the URL is to be tried again, *wait_ms from now: not before the
 * server said, and not before its turn.
 */
bool stet_retry_decide(const struct stet_retry_policy *p,
                       const struct stet_retry_case *c, int64_t *wait_ms);

/*
 * How long a Retry-After field (RFC 9110, 10.2.3) asks to wait: 0 for a date
 * that is over, at most STET_MAX_RETRY_AFTER_MS, -1 when the field says
 * nothing.  A date counts from the response's own Date field where that can
 * be read, for the two come from one clock; else from now_ms, wall time.
 */
int64_t stet_retry_after(struct stet_span retry_after, struct stet_span date,
                         int64_t now_ms);

#endif
