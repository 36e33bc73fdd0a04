#ifndef STET_ARTICLE_VETO_H
#define STET_ARTICLE_VETO_H

#include "article/headings.h"
#include "article/links.h"

enum {
    STET_MAX_BLOCK_LINKS = 25, /* stories; more is navigation */
    STET_MAX_MOST_LINKS = 60   /* in a list with tabs, of the most read */
};

/*
 * What a block is of which its heading or its names say `said`: not
 * that if it stands among advertisements, in a menu, leads away from the
 * site or lists topics.
 */
enum stet_block_class stet_veto_decide(const struct stet_facts *f,
                                       const struct stet_page_links *links,
                                       const xmlNode *n,
                                       enum stet_block_class said);

/*
 * Does a link not belong to the list it stands in, which is `is`?  What
 * sells a newsletter or names a section, and what the tracking of its own
 * address says is of another list ("?ico=most_popular" among the related).
 */
bool stet_veto_link(const struct stet_page_link *l, enum stet_block_class is);

/* Does a title offer a newsletter? */
bool stet_veto_title(struct stet_span title);

#endif
