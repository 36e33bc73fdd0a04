#ifndef STET_ARTICLE_KIND_WORDS_H
#define STET_ARTICLE_KIND_WORDS_H

/*
 * Phrases that tell pages apart, as lists for words.h, and the names that
 * the programs behind such pages give to their parts (lower case; lists end
 * with NULL).
 */
extern const char stet_kind_robot_words[];   /* "verify you are human" */
extern const char stet_kind_error_words[];   /* "page not found" */
extern const char stet_kind_consent_words[]; /* "cookies", "our partners" */
extern const char stet_kind_accept_words[];  /* of a button: "accept all" */
extern const char stet_kind_wall_words[];    /* "subscribe to continue" */

extern const char *const stet_kind_robot_marks[];
extern const char *const stet_kind_wall_marks[];

#endif
