#ifndef STET_FRONTIER_LANES_H
#define STET_FRONTIER_LANES_H

#include "base/sip.h"

/*
 * The hosts of a run as its frontier holds them in memory: what each has
 * queued and handed out, and whose turn it is.  The store has them all;
 * here are those that have their turn, that have something handed out, and
 * a bounded number of those that had to do with something lately.
 *
 * A lane that can be leased from stands in one of two rings: that of hosts
 * with parts of pages to fetch, which come first so that pages complete, or
 * the common one.  Who is served goes to the end of its ring.  A ring holds
 * a bounded number; when there are more lanes than that it is not `whole`,
 * who is served leaves it, and it is filled from the store in the order of
 * ids, lap after lap.
 *
 * Pure but for memory.
 */
enum {
    STET_MAX_RING = 1024,       /* lanes of a ring */
    STET_MAX_IDLE_LANES = 4096, /* lanes kept for being known only */
};

/* What a host has queued, by what holds it up. */
enum stet_lane_kind {
    STET_LANE_RULES, /* robots.txt */
    STET_LANE_PARTS, /* what pages need or show */
    STET_LANE_PAGES,
    STET_N_LANE_KINDS,
};

enum stet_lane_place {
    STET_LANE_PARTS_RING,
    STET_LANE_COMMON_RING,
    STET_LANE_BUSY, /* something is handed out, and no ring has it */
    STET_LANE_IDLE, /* the store alone may have it */
    STET_N_LANE_PLACES,
};

struct stet_lane {
    int64_t id;
    struct stet_sip name;           /* fingerprint of the origin */
    int64_t due[STET_N_LANE_KINDS]; /* queued and due, those handed out among
                                       them */
    int64_t out[STET_N_LANE_KINDS]; /* of these: handed out */
    int64_t later;                  /* queued and not yet due */
    int64_t held_ms;                /* nothing is leased before; 0: not held */
    bool dirty;                     /* the store does not know all this */

    /* All that is due up to here, in the order of leasing, is handed out. */
    int past_priority;
    int64_t past_id;

    enum stet_lane_place place;
    struct stet_lane *before, *after;      /* where it is placed */
    struct stet_lane *same_id, *same_name; /* of its buckets */
    struct stet_lane *next_dirty;
};

struct stet_lane_list {
    struct stet_lane *first, *last;
    size_t len;
};

enum { STET_LANE_BUCKETS = 4096 };

struct stet_lanes {
    int pages_per_host, targets_per_host; /* 0: no limit */
    struct stet_lane *by_id[STET_LANE_BUCKETS];
    struct stet_lane *by_name[STET_LANE_BUCKETS];
    struct stet_lane_list lists[STET_N_LANE_PLACES];
    bool whole[2];     /* of the two rings: no leasable lane is outside */
    int64_t cursor[2]; /* the highest id of this lap that came into it */
    struct stet_lane *dirty;
};

/* Allocates nothing; the rings are whole. */
void stet_lanes_init(struct stet_lanes *l, int pages_per_host,
                     int targets_per_host);
void stet_lanes_clear(struct stet_lanes *l);

struct stet_lane *stet_lanes_find(const struct stet_lanes *l, int64_t id);
struct stet_lane *stet_lanes_find_name(const struct stet_lanes *l,
                                       const struct stet_sip *name);

/* A new idle lane; NULL: no memory. */
struct stet_lane *stet_lanes_add(struct stet_lanes *l, int64_t id,
                                 const struct stet_sip *name);

/* The idle lane to let go of when there are too many, or NULL.  It may be
 * dirty. */
struct stet_lane *stet_lanes_spare(const struct stet_lanes *l);
void stet_lanes_drop(struct stet_lanes *l, struct stet_lane *lane);

/* Notes that its counts have changed, for the store. */
void stet_lanes_touch(struct stet_lanes *l, struct stet_lane *lane);

/* Puts it where its counts say it belongs.  Into a ring it comes at the end,
 * if that has room and is whole; where it stands in one it stays. */
void stet_lanes_settle(struct stet_lanes *l, struct stet_lane *lane);

/* The same once something of it was handed out: the others come first. */
void stet_lanes_serve(struct stet_lanes *l, struct stet_lane *lane);

/* The same for a lane that comes from the store in its turn.  False: it
 * belongs into that ring, which is full. */
bool stet_lanes_enlist(struct stet_lanes *l, struct stet_lane *lane,
                       enum stet_lane_place ring);

/* True if pages may be leased too. */
bool stet_lane_takes_pages(const struct stet_lanes *l,
                           const struct stet_lane *lane);
int64_t stet_lane_due(const struct stet_lane *lane);
int64_t stet_lane_queued(const struct stet_lane *lane);
int64_t stet_lane_out(const struct stet_lane *lane);

/* Something that is due and not handed out stands here in the order. */
void stet_lane_look_again(struct stet_lane *lane, int priority, int64_t id);

#endif
