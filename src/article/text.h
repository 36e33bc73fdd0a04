#ifndef STET_ARTICLE_TEXT_H
#define STET_ARTICLE_TEXT_H

#include "article/facts.h"

/* Finds the main text: the blocks of the body that are not asides, lists
 * of links or captions, each on its own with a blank line between. */
void stet_text_find(struct stet_facts *f);

#endif
