#ifndef STET_ARTICLE_LEXICON_H
#define STET_ARTICLE_LEXICON_H

#include "stet/article.h"

/*
 * How a language says that an article is old: words by their part in the
 * sentence, and the sentences as forms over those parts.  All in lower
 * case; alternatives stand between '|', words of one alternative between
 * spaces.
 *
 * A form is a row of items between spaces:
 *
 *     word      itself           a|b   one of them      ?x   x or nothing
 *     @d        a determiner     @n    a content noun   @c   a comparator
 *     @#        an amount        @u    a unit           @t   a date
 *     ...       up to four words of any kind
 */
struct stet_lexicon_word {
    const char *text;
    int value;  /* a number; a comparison; a unit */
    int factor; /* of a unit: a decade is ten years */
};

enum {
    STET_FORM_STALE = 1 << 0, /* only with a word of `stale` behind it */
    STET_FORM_ALONE = 1 << 1  /* only where the text begins */
};

struct stet_lexicon_form {
    const char *text;
    enum stet_article_kind kind;
    enum stet_article_comparison comparison; /* NONE: the one of @c */
    unsigned flags;
};

struct stet_lexicon {
    const char *language;
    const char *determiners, *nouns;
    const char *stale; /* that the content may not be right any more */
    const char *veto;  /* the sentence is about something else */
    const struct stet_lexicon_word *comparators, *numbers, *units;
    const struct stet_lexicon_form *forms; /* each ends with a NULL text */
};

/* NULL after the last. */
const struct stet_lexicon *stet_lexicon_at(size_t i);

#endif
