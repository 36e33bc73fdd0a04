#ifndef STET_ARTICLE_WHEN_H
#define STET_ARTICLE_WHEN_H

#include "article/day.h"
#include "article/facts.h"

/*
 * Finds when the story was published and last modified.  The sources in
 * their order: JSON-LD, meta elements, microdata, time elements, the URL's
 * path, text near the headline.  A date later than the capture (by more
 * than a day, for zones) is none.
 */
void stet_when_find(struct stet_facts *f);

/* Sets a date; false if it lies in the future, or no memory. */
bool stet_when_set(struct stet_facts *f, struct stet_article_date *to,
                   const struct stet_day *d, enum stet_article_source source);

/* Does the element or its parent call itself one of the words (lower case,
 * the list ends with NULL) in class, id or data-testid? */
bool stet_when_is_called(const xmlNode *n, const char *const *words);

#endif
