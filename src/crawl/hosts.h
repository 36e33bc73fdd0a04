#ifndef STET_CRAWL_HOSTS_H
#define STET_CRAWL_HOSTS_H

#include "base/map.h"
#include "frontier/frontier.h"
#include "plan/manners.h"
#include "plan/target.h"
#include "product/product.h"
#include "stet/robots.h"

/*
 * What the engine knows of the hosts it has to do with: their rules, and
 * what may be asked of them when.  A host is an origin: scheme, name and
 * port.  Pure but for memory: the time comes in (of a clock that never goes
 * back), and decisions are plan/manners.h's.
 *
 * Hosts that nothing is wanted of any more are forgotten when there are many;
 * their rules are in the archive, and asked for again.
 */
enum {
    STET_MAX_HOSTS_BYTES = 64 << 20,             /* names of all hosts */
    STET_MAX_IDLE_HOSTS = 2048,                  /* known and not needed */
    STET_MAX_RULES_AGE_MS = 24 * 60 * 60 * 1000, /* RFC 9309 section 2.4 */
};

/* Why a host was given up, by the outcome of what is queued for it. */
struct stet_span stet_host_given_up(const char *outcome);

struct stet_host {
    enum stet_robots_answer answer; /* NONE: not known yet */
    bool asked;                     /* the archive is asked for the rules */
    struct stet_robots *robots;     /* when the answer is RULES */
    struct stet_bytes why;          /* when it is DENY: see stet_product */
    int64_t rules_ms;               /* when the rules were fetched, wall */
    struct stet_manners manners;
    const char *outcome;  /* of its last fault, a constant; NULL */
    size_t targets;       /* of it, with the engine */
    int64_t begun;        /* requests so far */
    int64_t told_ms;      /* what the frontier was told to hold it until */
    int64_t told_wall_ms; /* the same by the wall clock */
    bool dead_told;
};

struct stet_hosts {
    struct stet_map map; /* origin -> struct stet_host */
    const char *agent;   /* product token or User-Agent; borrowed */
    struct stet_manners_rules rules;
    bool ignore_robots;
    int64_t max_per_host; /* requests; 0: no limit */
    int64_t seen;         /* hosts in all */
};

void stet_hosts_init(struct stet_hosts *h, const char *agent,
                     const struct stet_manners_rules *rules,
                     bool ignore_robots);
void stet_hosts_clear(struct stet_hosts *h);

/* The host of a URL, made when it is new; good as long as its
 * `targets` are not 0.  STET_ENOMEM, STET_EFORMAT. */
STET_NODISCARD int stet_hosts_get(struct stet_hosts *h, struct stet_span url,
                                  struct stet_host **out);

/* Takes in the answer to the robots.txt at that URL, and what goes with it
 * (struct stet_product, robots); date_ms is when it came.  STET_ENOMEM. */
STET_NODISCARD int stet_hosts_learn(struct stet_hosts *h,
                                    struct stet_span robots_url,
                                    enum stet_robots_answer answer,
                                    struct stet_span body, int64_t date_ms);

enum stet_readiness {
    STET_READY,
    STET_WAIT_ROBOTS, /* the host's rules are not known, or too old */
    STET_WAIT_TURN,   /* for what is under way, or until due_ms */
    STET_FORBIDDEN,   /* by the host's rules, or it is given up */
};

/* Whether a target may be fetched now. */
struct stet_leave {
    enum stet_readiness ready;
    int64_t due_ms;       /* WAIT_TURN: when to ask again at the latest
                             (INT64_MAX: when what is under way is done) */
    bool host_waits;      /* WAIT_TURN: nothing else of the host may go */
    const char *outcome;  /* FORBIDDEN: what becomes of the target, a
                             constant: "robots" or a fault's outcome */
    struct stet_span why; /* the rule, or words; until the host learns */
};

/* By its rules: READY, WAIT_ROBOTS or FORBIDDEN.  STET_ENOMEM. */
STET_NODISCARD int stet_host_judge(const struct stet_hosts *h,
                                   const struct stet_host *host,
                                   const struct stet_target *t, int64_t wall_ms,
                                   struct stet_leave *out);

/* By its turn, when the rules let it: READY, WAIT_TURN or FORBIDDEN, also
 * when the host has had as many requests as it may have. */
void stet_host_turn(const struct stet_hosts *h, const struct stet_host *host,
                    const struct stet_target *t, int64_t now_ms,
                    struct stet_leave *out);

/* A target of the host is begun, and over; outcome is a constant. */
void stet_host_begin(const struct stet_hosts *h, struct stet_host *host,
                     const struct stet_target *t, int64_t now_ms);
void stet_host_end(const struct stet_hosts *h, struct stet_host *host,
                   const struct stet_target *t,
                   const struct stet_manners_answer *a, const char *outcome,
                   int64_t now_ms);

/* Forgets hosts of which nothing is wanted and that keep nobody waiting, if
 * there are too many. */
void stet_hosts_forget_idle(struct stet_hosts *h, int64_t now_ms);

#endif
