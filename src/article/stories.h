#ifndef STET_ARTICLE_STORIES_H
#define STET_ARTICLE_STORIES_H

#include "article/facts.h"
#include "base/map.h"

/*
 * One list of stories while it is put together: each story once, under the
 * best title that was seen for it.
 */
struct stet_stories {
    struct stet_article_link *items;
    int *strengths; /* of the items' titles */
    size_t len, cap, strengths_cap;
    struct stet_map seen; /* a story's key to its index, a size_t */
};

/* What a link is called, and how surely: 4 is a heading, 1 an alt text. */
struct stet_story_title {
    struct stet_span text; /* kept */
    int strength;
};

/* Allocates nothing. */
void stet_stories_init(struct stet_stories *l);
void stet_stories_clear(struct stet_stories *l);

/*
 * Adds a story, or gives its title to the same one added before under a
 * weaker one; the page itself is left out.  True if it is new: its position
 * is then 0.  `heading` is kept already.
 *
 * Two addresses are one story if they differ in their fragments alone or,
 * where the path is a story's by itself, in their queries: those say where
 * it was clicked ("?ico=most_popular").
 */
bool stet_stories_add(struct stet_facts *f, struct stet_stories *l,
                      struct stet_span href, struct stet_story_title title,
                      struct stet_span heading);

/* Is the story of this address, which is absolute, in the list? */
bool stet_stories_has(const struct stet_stories *l, struct stet_span url);

/* Into the article's memory; the list is cleared. */
void stet_stories_take(struct stet_facts *f, struct stet_stories *l,
                       struct stet_article_links *to);

#endif
