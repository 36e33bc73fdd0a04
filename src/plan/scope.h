#ifndef STET_PLAN_SCOPE_H
#define STET_PLAN_SCOPE_H

#include "base/buf.h"
#include "plan/keyset.h"
#include "plan/regex.h"
#include "plan/rule.h"
#include "plan/target.h"
#include "plan/trap.h"
#include "stet/links.h"

/*
 * What follows from what: whether a thing that a document names is to be
 * fetched too, and as what.  Pure: a target, a link and the run's scope in,
 * a want out, with the rule that decided.  A scope is filled before the run
 * and then read by any number of threads, while one may add where seeds have
 * moved to.
 *
 * What a link of a page becomes, by its role:
 *
 *   anchor, area        a page, if it is in scope; the path of a picture: a
 *                       linked image.  Anchors of frames count as the
 *                       page's own
 *   canonical, paging,  a page, if it is in scope: they are addresses that
 *   alternate           others link to
 *   related (JSON)      a page, if it is in scope
 *   feed, sitemap       a list: a document that is no page, but whose links
 *                       become pages; wherever it is, for only what it lists
 *                       is judged
 *   refresh             a redirect
 *   amp                 nothing, but that an include names it: the same
 *                       story a second time
 *   form, base,         nothing
 *   connect, other
 *   all others          what the page needs to be shown: a requisite,
 *                       wherever it is
 *
 * No scope but an exclude stops requisites and redirects of seeds.
 */
enum {
    STET_MAX_REDIRECTS = 10,       /* in a row (Fetch: 20; curl: 50) */
    STET_MAX_ROBOTS_REDIRECTS = 5, /* RFC 9309 section 2.3.1.2 */
    STET_MAX_EMBEDS = 8,           /* sheets in sheets, frames in frames */
    STET_MAX_LISTS = 3,            /* sitemaps in sitemap indexes */
    STET_MAX_HOPS = 64,            /* letters of a hop path */
    STET_MAX_PATTERNS = 1000,      /* includes, and as many excludes */
    STET_MAX_MOVED_KEYS = 1 << 14, /* that redirects of seeds add */
};

/* Which pages belong to a crawl.  The words are those of --scope. */
#define STET_SCOPES(X)                                                        \
    X(STET_SCOPE_PAGE, "page")       /* the seeds */                          \
    X(STET_SCOPE_CLUSTER, "cluster") /* and the stories related to them */    \
    X(STET_SCOPE_PREFIX, "prefix")   /* what begins as a seed, up to the last \
                                        '/' of its path */                    \
    X(STET_SCOPE_HOST, "host")       /* what is on a seed's host */           \
    X(STET_SCOPE_DOMAIN, "domain")   /* or under its registrable domain */    \
    X(STET_SCOPE_ANY, "any")         /* everything */

enum stet_scope_kind {
#define STET_X(name, word) name,
    STET_SCOPES(STET_X)
#undef STET_X
};

const char *stet_scope_kind_name(enum stet_scope_kind k);
/* False: no such word. */
bool stet_scope_kind_find(struct stet_span word, enum stet_scope_kind *out);

struct stet_patterns {
    struct stet_regex **items;
    size_t len, cap;
};

/*
 * A zeroed one takes requisites as its flag says, and no pages beside the
 * seeds and the related stories.  Hosts compare as stet_place_host_key()
 * says: http and https are one, and so is "www.".
 */
struct stet_scope {
    int related_hops;   /* how far related stories are followed; 0: not.
                           page and cluster count from the seed, the others
                           from a page in scope */
    bool linked_images; /* full-size pictures behind links */
    bool requisites;    /* what pages need */

    enum stet_scope_kind kind;
    int max_depth;      /* pages so many links from a seed; negative: any */
    int extra_hops;     /* pages outside, so many links from one inside */
    bool lists;         /* feeds and sitemaps that pages and robots.txt name;
                           those that a list names are followed with it */
    bool obey_nofollow; /* links that say so are not followed */
    struct stet_patterns includes; /* pages that match are in scope too */
    struct stet_patterns excludes; /* nothing that matches is fetched, but
                                      seeds and robots.txt */
    struct stet_trap_limits traps; /* zeroed: none is looked for */
    struct stet_keyset seeds;      /* their URLs */
    struct stet_keyset keys;       /* hosts, domains or prefixes of seeds */
};

/* What a crawl starts from: lists and requisites are followed, and for a
 * cluster one related hop; no limit of depth.  Allocates nothing. */
void stet_scope_init(struct stet_scope *s, enum stet_scope_kind kind);
void stet_scope_clear(struct stet_scope *s);

/* Adds a seed, as stet_place_normal() has it.  STET_EFORMAT: not http or
 * https; STET_ENOMEM. */
STET_NODISCARD int stet_scope_add_seed(struct stet_scope *s,
                                       struct stet_span url,
                                       struct stet_error *err);

/*
 * A seed redirects to `url`: what the seed itself would have brought into
 * scope is what this does.  _expect_moves() comes when all seeds are there,
 * and makes room for two keys a seed, STET_MAX_MOVED_KEYS at the most; a move
 * that finds none is STET_ELIMIT and changes nothing.
 */
STET_NODISCARD int stet_scope_expect_moves(struct stet_scope *s,
                                           struct stet_error *err);
int stet_scope_add_moved(struct stet_scope *s, struct stet_span url);

/* Adds an expression (plan/regex.h), which matches any part of a URL.
 * STET_ELIMIT also when there are too many. */
STET_NODISCARD int stet_scope_add_include(struct stet_scope *s,
                                          struct stet_span pattern,
                                          struct stet_error *err);
STET_NODISCARD int stet_scope_add_exclude(struct stet_scope *s,
                                          struct stet_span pattern,
                                          struct stet_error *err);

/* What a target's document makes us want. */
struct stet_want {
    enum stet_role role;
    enum stet_resource resource;
    char hop; /* L link, E embed, R redirect, X speculative, I inferred,
                 P prerequisite */
    int depth, embeds, redirects, outside;
    enum stet_rule rule; /* that took or refused it */
    int pattern;         /* of includes or excludes, where rule says so */
};

/* True, with *out filled, if a link of `from`'s document is to be fetched.
 * If not, out->rule says why. */
bool stet_scope_link(const struct stet_scope *s, const struct stet_target *from,
                     const struct stet_link *l, struct stet_want *out);

/* The same for a URL that stands for a plain link of `from`'s document. */
bool stet_scope_page(const struct stet_scope *s, const struct stet_target *from,
                     struct stet_span url, struct stet_want *out);

/* The same for a story that the page, or an answer that its script would
 * ask for, lists as related. */
bool stet_scope_related(const struct stet_scope *s,
                        const struct stet_target *from, struct stet_span url,
                        struct stet_want *out);

/* The same for a feed or sitemap that a page, another list or a robots.txt
 * names. */
bool stet_scope_list(const struct stet_scope *s, const struct stet_target *from,
                     struct stet_span url, struct stet_want *out);

/*
 * For the target of a redirect; false at the end of our patience, and for
 * pages that were found by crawling also where it leaves the scope.
 */
bool stet_scope_redirect(const struct stet_scope *s,
                         const struct stet_target *from, struct stet_span url,
                         struct stet_want *out);

/* For /favicon.ico of a page that names no icon. */
bool stet_scope_favicon(const struct stet_scope *s,
                        const struct stet_target *from, struct stet_span url,
                        struct stet_want *out);

/*
 * Whether robots.txt is asked before a target is fetched: for what stet
 * finds by itself and for seeds, not for what an allowed page needs.
 */
bool stet_scope_asks_robots(const struct stet_target *t);

/*
 * The ruling as a sentence, for people:
 *
 *     taken: www.b.example is a seed's host (--scope host)
 *     refused: it is 4 links from a seed, --depth is 3
 *
 * `taken` and *w are what one of the functions above gave for the URL.  The
 * buffer's status tells when it did not fit.
 */
void stet_scope_explain(const struct stet_scope *s, struct stet_span url,
                        bool taken, const struct stet_want *w,
                        struct stet_buf *out);

#endif
