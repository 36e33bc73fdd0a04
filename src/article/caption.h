#ifndef STET_ARTICLE_CAPTION_H
#define STET_ARTICLE_CAPTION_H

#include "article/facts.h"

/*
 * The caption and credit that a figure shows for its picture: each once,
 * the credit without the caption and the other way round.  What is not
 * found stays as it is.
 */
void stet_caption_find(struct stet_facts *f, const xmlNode *img,
                       struct stet_article_image *to);

/* Parts a credit that ends a caption ("... Photograph: A/Agency") from it. */
void stet_caption_split(struct stet_span all, struct stet_span *caption,
                        struct stet_span *credit);

/* Takes `all`, already kept, apart and sets what is not there yet. */
void stet_caption_set(struct stet_article_image *to, struct stet_span all);

#endif
