#ifndef STET_ARTICLE_PHRASE_H
#define STET_ARTICLE_PHRASE_H

#include "article/day.h"
#include "article/lexicon.h"
#include "base/span.h"

/* What a sentence says of an article's age. */
struct stet_phrase {
    const struct stet_lexicon *lexicon;
    const struct stet_lexicon_form *form;
    enum stet_article_comparison comparison;
    int64_t amount; /* 0: none */
    enum stet_article_unit unit;
    bool has_date;
    struct stet_day date;
    struct stet_span text; /* the sentence, in what was searched */
    bool at_start;         /* nothing but a warning word stands before it */
};

/*
 * The first sentence in text (white space folded) that one of the forms
 * of a language fits.  `text` is the text of one block: what is longer
 * than STET_MAX_PHRASE_TEXT is read so far.
 */
enum { STET_MAX_PHRASE_TEXT = 700 };
bool stet_phrase_find(struct stet_phrase *out, struct stet_span text);

#endif
