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

/*
 * A long list made ready for many texts: its phrases by their first words.
 * Those that begin with a "word*" are tried everywhere.
 */
enum { STET_MAX_PHRASES = 320, STET_PHRASE_SLOTS = 256 };

struct stet_phrases {
    struct {
        struct stet_span text; /* in the list */
        uint32_t hash; /* of the first word; its first letter in `open` */
        uint16_t next; /* with the same slot, counted from 1 */
    } items[STET_MAX_PHRASES];
    size_t n;
    uint16_t slots[STET_PHRASE_SLOTS]; /* counted from 1 */
    uint16_t open;                     /* those that begin with "word*" */
};

/* The list must live as long; what is beyond the limit is left out. */
void stet_phrases_init(struct stet_phrases *p, const char *list);

/* Does one of the phrases stand anywhere in the text? */
bool stet_phrases_in(const struct stet_phrases *p, struct stet_span text);

/* How many words of the phrase that stands at word `at`, or 0. */
size_t stet_phrases_at(const struct stet_phrases *p, const struct stet_words *w,
                       size_t at);

#endif
