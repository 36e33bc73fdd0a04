#ifndef STET_ARTICLE_LISTS_H
#define STET_ARTICLE_LISTS_H

#include "article/facts.h"

/*
 * Finds the page's lists of other stories and keeps apart what they are:
 * advertisement, navigation, topics, most viewed, related to this story,
 * recommended to the reader.  The last three are kept.
 *
 * A list is found by the heading above it or by what its element is called,
 * and read from the Guardian's islands and JSON-LD where they tell it.
 */
void stet_lists_find(struct stet_facts *f);

#endif
