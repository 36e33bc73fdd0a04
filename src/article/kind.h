#ifndef STET_ARTICLE_KIND_H
#define STET_ARTICLE_KIND_H

#include "article/facts.h"

/*
 * Says what kind of page this is (page_kind), after headline, metadata and
 * text were found.  The order of the questions: an HTTP status that is an
 * error; a test whether a person is there, a notice that nothing is, a wall
 * that asks for consent: all three only where the page has little text of
 * its own; a front or section page; then a story, whole or cut off at a
 * paywall.
 */
void stet_kind_find(struct stet_facts *f);

#endif
