#ifndef STET_ARTICLE_IMAGE_H
#define STET_ARTICLE_IMAGE_H

#include "article/figure.h"

/*
 * One picture and all that the page says of it: its URLs, its alternative
 * text, caption and credit, from its figure, from a publisher's own data
 * and from JSON-LD.
 */
void stet_image_read(struct stet_facts *f, const xmlNode *img,
                     struct stet_article_image *to);

/* What JSON-LD says of the picture at to->url, where that is missing. */
void stet_image_objects(struct stet_facts *f, struct stet_article_image *to);

/* Adds what `from` has and `to` has not: the same picture, shown again. */
void stet_image_merge(struct stet_facts *f, struct stet_article_image *to,
                      const struct stet_article_image *from);

#endif
