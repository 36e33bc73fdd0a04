#ifndef STET_ARTICLE_HEADINGS_H
#define STET_ARTICLE_HEADINGS_H

#include "stet/base.h"

/*
 * What a block of links is.  Where the names of one element say several,
 * the least that is not NONE counts.
 */
enum stet_block_class {
    STET_BLOCK_NONE,
    STET_BLOCK_AD,
    STET_BLOCK_NAV,
    STET_BLOCK_TOPIC,
    STET_BLOCK_MOST,        /* most read, viewed, popular */
    STET_BLOCK_OTHER,       /* latest, top stories, editors' picks */
    STET_BLOCK_RELATED,     /* to this story */
    STET_BLOCK_RECOMMENDED, /* to the reader */
};

enum {
    STET_N_HEADING_WORDS = 6,     /* classes that headings name */
    STET_MAX_HEADING_WORDS = 2000 /* of all classes and languages */
};

/* How headings of one class begin (heading_words.c). */
struct stet_heading_words {
    enum stet_block_class is;
    const char *const *words;
    size_t n;
};
extern const struct stet_heading_words stet_heading_words[STET_N_HEADING_WORDS];

/* An index of them by their first two bytes, made once a page. */
struct stet_headings {
    uint16_t first[512];                   /* place plus one, or 0 */
    uint16_t next[STET_MAX_HEADING_WORDS]; /* with the same beginning */
    const char *words[STET_MAX_HEADING_WORDS];
    uint8_t is[STET_MAX_HEADING_WORDS];
};

void stet_headings_init(struct stet_headings *h);

/*
 * What a heading says of the links below it, in any language of the table;
 * marks before the words, what comes after them, and case do not count.
 */
enum stet_block_class stet_heading_class(const struct stet_headings *h,
                                         struct stet_span s);

/*
 * The part of s behind such a beginning and a colon: "Read more: Title".
 * ptr NULL if there is none.
 */
struct stet_span stet_heading_rest(const struct stet_headings *h,
                                   struct stet_span s,
                                   enum stet_block_class *is);

/* Is s nothing but "Read more" or the like, with a colon or without? */
bool stet_heading_is_label(const struct stet_headings *h, struct stet_span s);

/* What the words of an attribute (class, id, data-..., aria-label) say. */
enum stet_block_class stet_token_class(struct stet_span value);

#endif
