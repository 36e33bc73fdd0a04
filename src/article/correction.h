#ifndef STET_ARTICLE_CORRECTION_H
#define STET_ARTICLE_CORRECTION_H

#include "article/facts.h"

/*
 * Finds what the page says of errors that it mended: JSON-LD's `correction`,
 * and notes at the edges of the story ("Correction: ...", "This article was
 * amended on ...", "In einer früheren Version ...").
 */
void stet_correction_find(struct stet_facts *f);

#endif
