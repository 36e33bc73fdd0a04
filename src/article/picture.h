#ifndef STET_ARTICLE_PICTURE_H
#define STET_ARTICLE_PICTURE_H

#include "article/facts.h"

/*
 * Finds the lead picture: the one of the page's own pictures that its
 * metadata names, else the first large one in the story, else what the
 * metadata names.  Its URL is the largest that the page offers for it
 * (sources, srcset, lazy attributes); caption and
 * credit are those of its figure, else of the metadata.  And all pictures
 * of the story in their order, the lead among them.
 */
void stet_picture_find(struct stet_facts *f);

#endif
