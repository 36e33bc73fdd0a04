#ifndef STET_CRAWL_HOSTS_H
#define STET_CRAWL_HOSTS_H

#include "base/map.h"
#include "plan/target.h"
#include "product/product.h"
#include "stet/robots.h"

/*
 * What the engine knows of hosts: their rules, and when the next page may
 * be asked for.  A host is an origin: scheme, name and port.  Pure but for
 * memory: the time comes in.
 */
enum {
    STET_MAX_HOSTS_BYTES = 64 << 20,     /* names of all hosts */
    STET_MAX_CRAWL_DELAY_MS = 30 * 1000, /* of robots.txt that is obeyed */
};

struct stet_host {
    enum stet_robots_answer answer; /* NONE: not known yet */
    struct stet_robots *robots;     /* when the answer is RULES */
    struct stet_bytes why;          /* when it is DENY: see stet_product */
    int64_t next_page_ms;           /* steady time; pages not before it */
    int pages_active;
};

struct stet_hosts {
    struct stet_map map; /* origin -> struct stet_host */
    const char *agent;   /* product token or User-Agent; borrowed */
    int64_t delay_ms;
    bool ignore_robots;
};

void stet_hosts_init(struct stet_hosts *h, const char *agent, int64_t delay_ms,
                     bool ignore_robots);
void stet_hosts_clear(struct stet_hosts *h);

/* The host of a URL, made when it is new.  STET_ENOMEM, STET_EFORMAT. */
STET_NODISCARD int stet_hosts_get(struct stet_hosts *h, struct stet_span url,
                                  struct stet_host **out);

/* Takes in the answer to the robots.txt at that URL, and what goes with it
 * (struct stet_product, robots).  STET_ENOMEM. */
STET_NODISCARD int stet_hosts_learn(struct stet_hosts *h,
                                    struct stet_span robots_url,
                                    enum stet_robots_answer answer,
                                    struct stet_span body);

enum stet_readiness {
    STET_READY,
    STET_WAIT_ROBOTS, /* the host's rules are not known yet */
    STET_WAIT_TURN,   /* for another page, or until next_page_ms */
    STET_FORBIDDEN,   /* by the host's rules */
};

/* Whether a target may be fetched now. */
struct stet_leave {
    enum stet_readiness ready;
    int64_t due_ms;       /* WAIT_TURN: when to ask again at the latest
                             (INT64_MAX: when the page under way is done) */
    const char *outcome;  /* FORBIDDEN: what becomes of the target, a
                             constant: "robots" or that of the robots.txt */
    struct stet_span why; /* the rule, or words; until the host learns */
};

STET_NODISCARD int stet_hosts_ask(struct stet_hosts *h,
                                  const struct stet_target *t, int64_t now_ms,
                                  struct stet_leave *out);

/* A target of the host is begun, and over. */
STET_NODISCARD int stet_hosts_begin(struct stet_hosts *h,
                                    const struct stet_target *t);
STET_NODISCARD int stet_hosts_end(struct stet_hosts *h,
                                  const struct stet_target *t, int64_t now_ms);

#endif
