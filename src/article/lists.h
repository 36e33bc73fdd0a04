#ifndef STET_ARTICLE_LISTS_H
#define STET_ARTICLE_LISTS_H
#include "article/facts.h"
void stet_lists_find(struct stet_facts *f);
#endif
