#ifndef STET_ARTICLE_LETTER_H
#define STET_ARTICLE_LETTER_H

#include "base/span.h"

/*
 * Words of many scripts, and when two are the same.  A word is a run of
 * letters, a run of digits (of any script), or one ideograph, kana or
 * Hangul syllable.
 */

/* The next word at or after *i, which moves behind it; false: no more. */
bool stet_letter_word(struct stet_span s, size_t *i, struct stet_span *word);

/*
 * Takes a letter from the front of *rest (not empty), folded: small; Greek
 * without accents; Arabic without vowel signs, with one alef, yeh and heh;
 * Hebrew without points; Romanian with cedillas; Cyrillic without yo; any
 * digit as ASCII.  0: nothing that counts.
 */
uint32_t stet_letter_next(struct stet_span *rest);

/* The same word?  With `begins`, does a begin with b? */
bool stet_letter_same(struct stet_span a, struct stet_span b, bool begins);

/* Equal for words that are the same. */
uint32_t stet_letter_hash(struct stet_span word);

/* The decimal number that the word is, or false. */
bool stet_letter_number(struct stet_span word, uint64_t *out);

#endif
