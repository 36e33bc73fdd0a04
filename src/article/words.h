#ifndef STET_ARTICLE_WORDS_H
#define STET_ARTICLE_WORDS_H

#include "base/span.h"

/*
 * A text cut into its words (see letter.h), and lists of phrases to hold
 * against them.  A list has alternatives between '|'; a word in it that ends
 * in '*' stands for all that begin like it.
 */
enum { STET_MAX_WORDS = 128 }; /* of one text; the rest is left out */

struct stet_words {
    struct stet_span text;
    struct stet_span at[STET_MAX_WORDS];
    size_t n;
};

void stet_words_cut(struct stet_words *w, struct stet_span text);

/* How many words the longest of the phrases has that stands at word `at`,
 * or 0. */
size_t stet_words_match(const struct stet_words *w, size_t at,
                        struct stet_span list);

/* A list made ready for many texts: how its phrases begin. */
struct stet_phrases {
    const char *list; /* borrowed */
    uint32_t starts[64];
};

void stet_phrases_init(struct stet_phrases *p, const char *list);

/* Does one of the phrases stand anywhere in the text? */
bool stet_phrases_in(const struct stet_phrases *p, struct stet_span text);

#endif
