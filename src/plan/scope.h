#ifndef STET_PLAN_SCOPE_H
#define STET_PLAN_SCOPE_H

#include "plan/target.h"
#include "stet/links.h"

/*
 * What follows from what: whether a thing that a document names is to be
 * fetched too, and as what.  Pure: a target, a link and the run's scope in,
 * a want out.
 */
enum {
    STET_MAX_REDIRECTS = 10,       /* in a row (Fetch: 20; curl: 50) */
    STET_MAX_ROBOTS_REDIRECTS = 5, /* RFC 9309 section 2.3.1.2 */
    STET_MAX_EMBEDS = 8,           /* sheets in sheets, frames in frames */
    STET_MAX_HOPS = 64,            /* letters of a hop path */
};

struct stet_scope {
    int related_hops;   /* how far related stories are followed; 0: not */
    bool linked_images; /* full-size pictures behind links */
    bool requisites;    /* what pages need */
};

/* What a target's document makes us want. */
struct stet_want {
    enum stet_role role;
    enum stet_resource resource;
    char hop; /* L link, E embed, R redirect, X speculative, I inferred,
                 P prerequisite */
    int depth, embeds, redirects;
};

/* True, with *out filled, if a link of `from`'s document is to be fetched. */
bool stet_scope_link(const struct stet_scope *s, const struct stet_target *from,
                     const struct stet_link *l, struct stet_want *out);

/* The same for a story that the page lists as related. */
bool stet_scope_related(const struct stet_scope *s,
                        const struct stet_target *from, struct stet_want *out);

/* For the target of a redirect; false at the end of our patience. */
bool stet_scope_redirect(const struct stet_target *from, struct stet_want *out);

/* For /favicon.ico of a page that names no icon. */
bool stet_scope_favicon(const struct stet_scope *s,
                        const struct stet_target *from, struct stet_want *out);

/*
 * Whether robots.txt is asked before a target is fetched: for what stet
 * finds by itself and for seeds, not for what an allowed page needs.
 */
bool stet_scope_asks_robots(const struct stet_target *t);

#endif
