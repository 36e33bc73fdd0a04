#ifndef STET_ARTICLE_EMBEDDED_H
#define STET_ARTICLE_EMBEDDED_H

#include "article/stories.h"

/*
 * Related stories that a page names in JSON: in the Guardian's islands, by
 * relatedLink in JSON-LD, and in the state that its program starts from, in
 * the object of its own story.
 */
void stet_embedded_find(struct stet_facts *f, struct stet_stories *related);

#endif
