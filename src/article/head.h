#ifndef STET_ARTICLE_HEAD_H
#define STET_ARTICLE_HEAD_H

#include "article/facts.h"

/* Finds headline (and the h1 that shows it), title, byline, section,
 * language, canonical and paywalled. */
void stet_meta_find(struct stet_facts *f);

#endif
