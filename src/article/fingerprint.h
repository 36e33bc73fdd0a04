#ifndef STET_ARTICLE_FINGERPRINT_H
#define STET_ARTICLE_FINGERPRINT_H

#include "base/span.h"
#include "stet/article.h"

/*
 * A number for a text that differs in few bits from that of a nearly equal
 * one: a simhash (Charikar, "Similarity Estimation Techniques from Rounding
 * Algorithms", 2002) of 128 bits over all runs of three words.  Each bit is
 * what most runs have there, so a changed word or a line more changes few.
 *
 * Words are runs of letters and digits, and single ideographs, kana and
 * syllables; ASCII letters are small.  The same text has the same number on
 * every machine.
 */
enum {
    STET_MIN_FINGERPRINT_WORDS = 30, /* shorter texts have none */
    STET_MAX_FINGERPRINT_WORDS = 20000
};

/* False: the text is too short. */
bool stet_fingerprint(struct stet_span text, struct stet_fingerprint *out);

#endif
