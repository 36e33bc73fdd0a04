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

/* The link's own words: its text, else aria-label or title; bytes. */
size_t stet_veto_title_bytes(const xmlNode *a);

#endif
