#ifndef STET_ARTICLE_LEXICON_H
#define STET_ARTICLE_LEXICON_H

#include "stet/article.h"

/*
 * How a language says that an article is old: words by their part in the
 * sentence, and the sentences as forms over those parts.  Alternatives
 * stand between '|'; case, Greek accents and the like do not matter (see
 * letter.h).  An ideograph, a kana or a Hangul syllable is a word of
 * its own, so that spaces are free there.  A word that ends in '*' stands for
 * all that begin like it.
 *
 * A form is a row of items between spaces:
 *
 *     a|b_c     one of these ('_' is a space)      ?x   x or nothing
 *     @s        a subject: one of `subjects`, or a determiner and a noun
 *     @p  @m    a word of `published`, of `updated`
 *     @c        a comparator
 *     @a        an amount: a number and a unit, or one of `spans`
 *     @v        a vague amount: a word of `several` and a unit
 *     @t        a date
 *
 * Parts stand among words too: @m|a_b.  The first item, an optional one
 * apart, is @s or words without '*'.
 */
struct stet_lexicon_word {
    const char *text;
    int value;  /* a number; a comparison; a unit */
    int factor; /* of a unit: a decade is ten years; of a span: how many */
};

enum {
    STET_FORM_STALE = 1 << 0, /* only with a word of `stale` behind it */
    STET_FORM_ALONE = 1 << 1, /* only where the text begins */
    STET_FORM_WHOLE = 1 << 2  /* only with a stop or nothing behind it */
};

struct stet_lexicon_form {
    const char *text;
    enum stet_article_kind kind;
    enum stet_article_comparison comparison; /* NONE: the one of @c */
    unsigned flags;
};

/* Lists may be NULL; tables and forms end with a NULL text. */
struct stet_lexicon {
    const char *language;
    const char *subjects, *determiners, *nouns;
    const char *published, *updated;
    const char *stale;   /* that the content may not be right any more */
    const char *veto;    /* the sentence is about something else */
    const char *leads;   /* "Warning" and the like, before a sentence */
    const char *several; /* of a vague amount */
    const char *joint;   /* "and" between tens and ones */
    const char *of;      /* between a number and its unit */
    const char *months;  /* twelve, between ',', where month.c has none */
    const struct stet_lexicon_word *comparators, *numbers, *units, *spans;
    const struct stet_lexicon_form *forms;
};

/* NULL after the last. */
enum { STET_MAX_LEXICONS = 32 };
const struct stet_lexicon *stet_lexicon_at(size_t i);

#endif
