#ifndef STET_ARTICLE_TRAILS_H
#define STET_ARTICLE_TRAILS_H

#include "article/stories.h"

/*
 * Trails: the Guardian's word for the stories of a list, as its islands
 * and its API have them in JSON.
 */

/* Adds an array of them under a heading, which is kept already. */
void stet_trails_add(struct stet_facts *f, struct stet_stories *to,
                     const struct stet_json_value *trails,
                     struct stet_span heading);

/* Reads what the API answered at `url`: its "trails" and those of its
 * "tabs".  Related, most viewed or recommended, as the path says. */
void stet_trails_read(struct stet_facts *f, const struct stet_json_value *v,
                      struct stet_span url);

#endif
