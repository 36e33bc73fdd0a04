#ifndef STET_ARTICLE_KIND_WORDS_H
#define STET_ARTICLE_KIND_WORDS_H

#include "article/words.h"

/* Phrases that tell pages apart. */
enum stet_kind_list {
    STET_KIND_ROBOT,   /* "verify you are human" */
    STET_KIND_ERROR,   /* "page not found" */
    STET_KIND_CONSENT, /* "cookies", "our partners" */
    STET_KIND_ACCEPT,  /* of a button: "accept all" */
    STET_KIND_WALL,    /* "subscribe to continue" */
    STET_N_KIND_LISTS
};
const struct stet_phrases *stet_kind_phrases(enum stet_kind_list which);

/* The names that the programs behind such pages give to their parts (lower
 * case; lists end with NULL). */
extern const char *const stet_kind_robot_marks[];
extern const char *const stet_kind_wall_marks[];

#endif
