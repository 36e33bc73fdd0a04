#ifndef STET_ARTICLE_MARKER_H
#define STET_ARTICLE_MARKER_H

#include "article/facts.h"

/*
 * Finds the sentence that says how old the story is, near its own
 * headline, dateline and the edges of its body, and what it means: kind,
 * numbers, place.  Sentences in cards of other stories are not looked at.
 * Without a sentence, the year that the Guardian paints on its social
 * image.  Then age, verdict and bounds.
 */
void stet_marker_find(struct stet_facts *f);

#endif
