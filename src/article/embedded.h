#ifndef STET_ARTICLE_EMBEDDED_H
#define STET_ARTICLE_EMBEDDED_H

#include "article/stories.h"

/*
 * Related stories that a page names in JSON: in the Guardian's islands, and
 * by relatedLink in JSON-LD.
 */
void stet_embedded_find(struct stet_facts *f, struct stet_stories *related);

#endif
