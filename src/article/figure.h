#ifndef STET_ARTICLE_FIGURE_H
#define STET_ARTICLE_FIGURE_H

#include "article/facts.h"
#include "article/srcset.h"

/*
 * Pictures as a page shows them: what an img element offers, and whether it
 * is one of the story's.
 */

typedef void stet_offer_fn(void *ctx, const struct stet_candidate *c);

/* All that an img (or an element of the publisher's own) offers: srcset,
 * the sources of its picture element, what scripts load later, src. */
void stet_figure_offers(const xmlNode *img, stet_offer_fn *fn, void *ctx);

/* The largest of them; url.len 0: none. */
struct stet_candidate stet_figure_best(const xmlNode *img);

/* Do two URLs name the same picture, in whatever size? */
bool stet_figure_same(struct stet_span a, struct stet_span b);

/* False for logos, faces, icons, pixels, pictures in menus and in the
 * cards of other stories, and for what is too small to be looked at. */
bool stet_figure_is_story(const struct stet_facts *f, const xmlNode *img,
                          const struct stet_candidate *best);

/* The figure element around n, or NULL. */
const xmlNode *stet_figure_around(const xmlNode *n);

#endif
