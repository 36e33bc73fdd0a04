#ifndef STET_FRONTIER_SEEN_H
#define STET_FRONTIER_SEEN_H

#include "base/sip.h"
#include "stet/error.h"

/*
 * What a run met lately: most links of a page were on the page before it,
 * and need no look into the store.  A bounded cache from 128-bit keyed
 * fingerprints to ids.  Each has its place in one of two sets, so that the
 * table is more than half full before it grows, up to its limit; then what
 * was not asked for the longest in a set makes room.
 */
enum { STET_MAX_SEEN_BYTES = 16 << 20 };

struct stet_seen_entry {
    struct stet_sip print;
    int64_t id; /* 0: free */
};

struct stet_seen {
    struct stet_seen_entry *entries; /* set by set, the newest first */
    size_t n_sets;
    size_t max_bytes;
    bool whole; /* nothing was dropped since _init() */
};

/* Allocates nothing. */
void stet_seen_init(struct stet_seen *s, size_t max_bytes);
void stet_seen_clear(struct stet_seen *s);

/* The id of a fingerprint; 0: not in it, and while it is whole, never put
 * in. */
int64_t stet_seen_find(struct stet_seen *s, const struct stet_sip *print);

/* Remembers what is not in it.  STET_ENOMEM. */
STET_NODISCARD int stet_seen_put(struct stet_seen *s,
                                 const struct stet_sip *print, int64_t id);

#endif
