#ifndef STET_ARTICLE_LD_H
#define STET_ARTICLE_LD_H

#include "article/facts.h"

/*
 * JSON-LD: the scripts of a page read leniently, and in them the object
 * that describes the page's own article.  Scripts that cannot be read are
 * passed over.
 */

/* Fills scripts, ld and ld_page. */
void stet_ld_read(struct stet_facts *f);
void stet_ld_clear(struct stet_facts *f);

/* Has the object v this @type (a string or one of an array; with or without
 * "http://schema.org/" before it)? */
bool stet_ld_is(const struct stet_json_value *v, const char *type);

/* The first string in v: itself, its first element's, or its member "@id",
 * "url", "name" or "@value" after `key` (may be NULL). */
struct stet_span stet_ld_string(const struct stet_json_value *v,
                                const char *key);

/* The names of persons or organisations, joined by ", "; HTML decoded. */
struct stet_span stet_ld_names(struct stet_facts *f,
                               const struct stet_json_value *v);

#endif
