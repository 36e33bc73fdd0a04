#ifndef STET_ARTICLE_SURVEY_H
#define STET_ARTICLE_SURVEY_H

#include "article/facts.h"

/*
 * One walk over the page: collects the elements that finders ask for, and
 * weighs where the running text is.  Fills props, areas, islands, weights,
 * body.
 */
void stet_survey(struct stet_facts *f);

/* After the headline is known: fills main. */
void stet_survey_main(struct stet_facts *f);

/* Letters of running text below n (links and short scraps do not count). */
uint32_t stet_survey_weight(const struct stet_facts *f, const xmlNode *n);

/* The innermost element that has both, or the root. */
const xmlNode *stet_survey_common(const xmlNode *a, const xmlNode *b);

#endif
