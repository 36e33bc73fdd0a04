#ifndef STET_ARTICLE_LINKS_H
#define STET_ARTICLE_LINKS_H

#include "article/facts.h"

/* The links of a page, in document order. */
struct stet_page_link {
    const xmlNode *a;
    struct stet_span href; /* as written */
    bool story;            /* looks like a story of this site */
    bool away;             /* leads to another site */
    bool self;             /* leads to the page itself, not to a part of it */
};

struct stet_page_links {
    struct stet_page_link *items;
    size_t len, cap;
};

/* Does the path of a URL look like a story's: a long last segment or one
 * with three hyphens or a number in the path, not under tags, topics or
 * authors? */
bool stet_page_links_is_story(struct stet_span path);

/* Judged by the look of the URL: same registrable domain, not this page, a
 * path like a story's. */
void stet_page_links_read(struct stet_facts *f, struct stet_page_links *to);
void stet_page_links_clear(struct stet_page_links *l);

/* The link's own words: its text, else aria-label or title; bytes. */
size_t stet_page_links_title_bytes(const xmlNode *a);

/* The first link at or after a place in document order. */
size_t stet_page_links_at(const struct stet_page_links *l, uint32_t order);

/* What is in an element; counting ends at a few hundred. */
struct stet_link_count {
    size_t stories; /* the same one after another counts once */
    size_t others, away, self;
};
void stet_page_links_count(struct stet_link_count *out,
                           const struct stet_page_links *l, const xmlNode *in);

#endif
