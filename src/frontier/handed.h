#ifndef STET_FRONTIER_HANDED_H
#define STET_FRONTIER_HANDED_H

#include "frontier/lanes.h"

/*
 * What is handed out: a hash map from a target's id.  It is in memory
 * alone, so that a program that dies has nothing to give back.
 */
struct stet_handed {
    int64_t id; /* 0: free */
    struct stet_lane *lane;
    int priority;
    enum stet_lane_kind kind;
};

struct stet_handed_set {
    struct stet_handed *slots;
    size_t n_slots, len;
};

/* Allocates nothing. */
void stet_handed_init(struct stet_handed_set *s);
void stet_handed_clear(struct stet_handed_set *s);

/* Until the next _put() or _drop(); NULL: not handed out. */
struct stet_handed *stet_handed_find(const struct stet_handed_set *s,
                                     int64_t id);

/* Adds what is not in it.  STET_ENOMEM. */
STET_NODISCARD int stet_handed_put(struct stet_handed_set *s,
                                   const struct stet_handed *h);
void stet_handed_drop(struct stet_handed_set *s, struct stet_handed *h);

#endif
