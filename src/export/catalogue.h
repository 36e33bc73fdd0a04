#ifndef STET_EXPORT_CATALOGUE_H
#define STET_EXPORT_CATALOGUE_H

#include "base/map.h"
#include "stet/error.h"

/*
 * What an archive holds, as far as a mirror asks: every capture of http and
 * https, and which one of each URL counts.
 */
struct stet_holding {
    struct stet_span url;      /* without fragment, serialised */
    struct stet_span mime;     /* essence, as a browser takes it */
    struct stet_span charset;  /* the label in its Content-Type, or empty */
    struct stet_span location; /* of a redirect: where to, absolute */
    struct stet_span digest;   /* of the payload, as its record says it */
    struct stet_span refers_url;
    int64_t refers_ms;
    int64_t date_ms;
    int status; /* 0: no HTTP response */
    bool is_revisit;
    size_t file;                     /* in the list of WARC files */
    uint64_t offset;                 /* of its record */
    unsigned in_member;              /* the same, in a gzip member of several */
    const struct stet_holding *body; /* itself, or what a revisit refers to */
    struct stet_span path;           /* in the mirror; empty until it has one */
    /* Of the same URL, the last response until then (it may be itself), and
     * the last with a status below 300; once the catalogue has chosen. */
    struct stet_holding *before, *good_before;
};

struct stet_catalogue {
    struct stet_arena arena;
    struct stet_holding **list; /* as added, then by URL and time */
    size_t len, cap;
    struct stet_map urls;    /* URL: the chosen holding */
    struct stet_map digests; /* payload digest: a response */
};

#define STET_MAX_CATALOGUE ((size_t)2 << 30) /* bytes of it in memory */

void stet_catalogue_init(struct stet_catalogue *c);
void stet_catalogue_clear(struct stet_catalogue *c);

/* Copies *h and all it points to.  STET_ENOMEM. */
STET_NODISCARD int stet_catalogue_add(struct stet_catalogue *c,
                                      const struct stet_holding *h,
                                      struct stet_error *err);

/*
 * When all are added: finds the bodies of revisits and chooses a holding for
 * every URL, the latest or that nearest to *time_ms.  One without a body
 * counts less than an error, an error less than a part (206), a part less
 * than any other.  A redirect that ends nowhere in the catalogue counts less
 * than an answer that is neither an error nor a redirect.
 */
void stet_catalogue_choose(struct stet_catalogue *c, const int64_t *time_ms);

/* The chosen holding of a URL (serialised, without fragment), or NULL. */
struct stet_holding *stet_catalogue_find(const struct stet_catalogue *c,
                                         struct stet_span url);

/* Where its redirects end; NULL when that is not there. */
struct stet_holding *stet_catalogue_follow(const struct stet_catalogue *c,
                                           struct stet_holding *h);

#endif
