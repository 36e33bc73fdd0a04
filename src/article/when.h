#ifndef STET_ARTICLE_WHEN_H
#define STET_ARTICLE_WHEN_H

#include "article/facts.h"

/*
 * Finds when the story was published and last modified.  The sources in
 * their order: JSON-LD, meta elements, microdata, time elements, the URL's
 * path, text near the headline.  A date later than the capture (by more
 * than a day, for zones) is none.
 */
void stet_when_find(struct stet_facts *f);

#endif
