#ifndef STET_PLAN_TARGET_H
#define STET_PLAN_TARGET_H

#include "base/span.h"
#include "base/uuid.h"
#include "plan/former.h"
#include "stet/error.h"

/*
 * A target: one URL that a run means to fetch, why, and how it came to it.
 * The frontier keeps targets, the engine fetches them, a product is made
 * of what came.
 */

/* What a target is to its run.  The words are those of logs. */
#define STET_ROLES(X)                                                        \
    X(STET_ROLE_SEED, "seed")           /* the user named it */              \
    X(STET_ROLE_RELATED, "related")     /* a story that a story points to */ \
    X(STET_ROLE_REQUISITE, "requisite") /* needed to show a page */          \
    X(STET_ROLE_LINKED, "linked")       /* a picture that a page links to */ \
    X(STET_ROLE_ROBOTS, "robots")       /* a robots.txt */                   \
    X(STET_ROLE_PAGE, "page")           /* found by crawling */              \
    X(STET_ROLE_LIST, "list")           /* a feed or sitemap so found */

enum stet_role {
#define STET_X(name, word) name,
    STET_ROLES(STET_X)
#undef STET_X
};

const char *stet_role_name(enum stet_role r);

/* True for those that make a page of their own: seeds, related and pages. */
bool stet_role_is_page(enum stet_role r);

/* What kind of thing is expected: the words of WARC-Resource-Type, which
 * are the lower-case resource types of the DevTools protocol. */
#define STET_RESOURCES(X)                 \
    X(STET_RESOURCE_DOCUMENT, "document") \
    X(STET_RESOURCE_STYLE, "stylesheet")  \
    X(STET_RESOURCE_IMAGE, "image")       \
    X(STET_RESOURCE_FONT, "font")         \
    X(STET_RESOURCE_SCRIPT, "script")     \
    X(STET_RESOURCE_MEDIA, "media")       \
    X(STET_RESOURCE_MANIFEST, "manifest") \
    X(STET_RESOURCE_OTHER, "other")       \
    X(STET_RESOURCE_FETCH, "fetch") /* JSON for a script */

enum stet_resource {
#define STET_X(name, word) name,
    STET_RESOURCES(STET_X)
#undef STET_X
};

const char *stet_resource_name(enum stet_resource r);

struct stet_target {
    int64_t id;   /* in the frontier; 0 before it is there */
    int64_t page; /* the page it belongs to; robots: the id of the first
                     robots.txt of a chain of redirects, 0 if it is that,
                     -2 and less if it is that and asked for again */
    char page_id[STET_UUID_TEXT_MAX]; /* WARC-Page-ID; "" for none */
    struct stet_span url;             /* absolute, without fragment */
    struct stet_span via;             /* where it was found; "" for seeds */
    struct stet_span hops;            /* Heritrix's letters from the seed */
    enum stet_role role;
    enum stet_resource resource;
    int depth;     /* links from the seed, of pages and related stories */
    int embeds;    /* documents or sheets between it and its page, or lists
                      between it and what named the first */
    int redirects; /* in a row, so far */
    int outside;   /* links from the last page in scope; 0: it is in scope */
    struct stet_span list; /* a related story: the heading of the list that
                              named it, and its place there; 0: in none */
    uint32_t position;
    int attempts;               /* that came to nothing, so far */
    char *text;                 /* what the spans point to; owned */
    struct stet_former *former; /* owned; NULL: nothing to compare with */
};

/* A deep copy on the heap, but for `former`.  STET_ENOMEM. */
STET_NODISCARD int stet_target_copy(struct stet_target **out,
                                    const struct stet_target *from);
void stet_target_free(struct stet_target *t);

#endif
