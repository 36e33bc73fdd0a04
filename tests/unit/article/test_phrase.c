#include <stdio.h>
#include <string.h>

#include "article/phrase.h"
#include "lib/tap.h"

struct row {
    const char *text;
    enum stet_article_kind kind; /* NONE: no marker */
    enum stet_article_comparison comparison;
    int64_t amount;
    enum stet_article_unit unit;
    const char *language; /* NULL: en */
};

#define K(name) STET_MARKER_##name
#define C(name) STET_COMPARISON_##name
#define U(name) STET_UNIT_##name

static const struct row rows[] = {
    { "This article is more than 4 years old", K(AGE_FLOOR), C(MORE_THAN), 4,
      U(YEAR), NULL },
    { "This article is more than 1 month old", K(AGE_FLOOR), C(MORE_THAN), 1,
      U(MONTH), NULL },
    { "This article is over 3 months old", K(AGE_FLOOR), C(OVER), 3, U(MONTH),
      NULL },
    { "This story is over 5 years old.", K(AGE_FLOOR), C(OVER), 5, U(YEAR),
      NULL },
    { "Feb 24, 2022 This article is more than 2 years old.", K(AGE_FLOOR),
      C(MORE_THAN), 2, U(YEAR), NULL },
    { "This article was published more than 3 years ago", K(AGE_FLOOR),
      C(MORE_THAN), 3, U(YEAR), NULL },
    { "This article was published more than 6 months ago. Some information "
      "may no longer be current.",
      K(AGE_FLOOR), C(MORE_THAN), 6, U(MONTH), NULL },
    { "WARNING: This article is more than 700 days old and may no longer be "
      "current.",
      K(AGE_FLOOR), C(MORE_THAN), 700, U(DAY), NULL },
    { "This post seems to be older than 3 years\xE2\x80\x94"
      "a long time on the internet. It might be outdated.",
      K(AGE_FLOOR), C(OLDER_THAN), 3, U(YEAR), NULL },
    { "This post seems to be older than a year\xE2\x80\x94"
      "a long time on the internet.",
      K(AGE_FLOOR), C(OLDER_THAN), 1, U(YEAR), NULL },
    { "This article was published 3 years ago and is kept for archival "
      "purposes. Some information may be outdated.",
      K(AGE_FLOOR), C(EXACTLY), 3, U(YEAR), NULL },
    { "THIS POST IS OLDER THAN 90 days", K(AGE_FLOOR), C(OLDER_THAN), 90,
      U(DAY), NULL },
    { "This article was been published more than 6months ago. The "
      "information contained herein may be outdated.",
      K(AGE_FLOOR), C(MORE_THAN), 6, U(MONTH), NULL },
    { "This post is written 400 days ago, and the content may not be up to "
      "date.",
      K(AGE_FLOOR), C(EXACTLY), 400, U(DAY), NULL },
    { "It has been 812 days since the last update, the content of the "
      "article may be outdated.",
      K(SINCE_UPDATE), C(NONE), 812, U(DAY), NULL },
    { "This article was last updated on 2021-03-04, the content may be out "
      "of date.",
      K(DATE), C(NONE), 0, U(NONE), NULL },
    { "This article is more than a decade old, it is no longer relevant in "
      "2025.",
      K(AGE_FLOOR), C(MORE_THAN), 10, U(YEAR), NULL },
    { "This post is more than two years old", K(AGE_FLOOR), C(MORE_THAN), 2,
      U(YEAR), NULL },
    { "This article is over a year old. The information may be outdated.",
      K(AGE_FLOOR), C(OVER), 1, U(YEAR), NULL },
    { "This post is old, the information may be outdated.", K(STATUS), C(NONE),
      0, U(NONE), NULL },
    { "This Web page has been archived on the Web.", K(STATUS), C(NONE), 0,
      U(NONE), NULL },
    { "This page has been archived and is no longer updated.", K(STATUS),
      C(NONE), 0, U(NONE), NULL },
    { "This guidance was withdrawn on 4 March 2021", K(DATE), C(NONE), 0,
      U(NONE), NULL },
    { "This was published under the 2010 to 2015 Conservative and Liberal "
      "Democrat coalition government",
      K(STATUS), C(NONE), 0, U(NONE), NULL },
    { "This is historical material \xE2\x80\x9C"
      "frozen in time\xE2\x80\x9D.",
      K(STATUS), C(NONE), 0, U(NONE), NULL },
    { "We're no longer updating this content regularly.", K(STATUS), C(NONE), 0,
      U(NONE), NULL },
    { "This article needs to be updated.", K(STATUS), C(NONE), 0, U(NONE),
      NULL },
    { "The article you requested has been archived", K(STATUS), C(NONE), 0,
      U(NONE), NULL },
    { "This thread is archived New comments cannot be posted", K(STATUS),
      C(NONE), 0, U(NONE), NULL },
    /* German */
    { "Dieser Artikel ist mehr als ein Jahr alt.", K(AGE_FLOOR), C(MORE_THAN),
      1, U(YEAR), "de" },
    { "Dieser Artikel ist mehr als vier Jahre alt.", K(AGE_FLOOR), C(MORE_THAN),
      4, U(YEAR), "de" },
    { "Dieser Beitrag scheint \xC3\xA4lter als 3 Jahre zu sein \xE2\x80\x93 "
      "eine lange Zeit im Internet.",
      K(AGE_FLOOR), C(OLDER_THAN), 3, U(YEAR), "de" },
    { "Diese Meldung wurde vor \xC3\xBC"
      "ber zwei Monaten ver\xC3\xB6"
      "ffentlicht.",
      K(AGE_FLOOR), C(OVER), 2, U(MONTH), "de" },
    { "Dieser Artikel wurde zuletzt am 3. M\xC3\xA4rz 2020 aktualisiert, der "
      "Inhalt kann veraltet sein.",
      K(DATE), C(NONE), 0, U(NONE), "de" },
    { "Dieser Artikel ist mehr als 1000 W\xC3\xB6rter lang", K(NONE), 0, 0, 0,
      NULL },
    { "Dieser Artikel wurde zuletzt am 3. M\xC3\xA4rz 2020 aktualisiert.",
      K(NONE), 0, 0, 0, NULL },
    /* traps, relative dates, near misses */
    { "This article is more than 1000 words", K(NONE), 0, 0, 0, NULL },
    { "The template in this article is more than you need", K(NONE), 0, 0, 0,
      NULL },
    { "This article has more than 1,400 citations", K(NONE), 0, 0, 0, NULL },
    { "A 91 year old fan read this article more than twice", K(NONE), 0, 0, 0,
      NULL },
    { "17 years ago", K(NONE), 0, 0, 0, NULL },
    { "Posted 8 years ago", K(NONE), 0, 0, 0, NULL },
    { "FROM 1987: This was the year", K(NONE), 0, 0, 0, NULL },
    { "This article was last updated 3 days ago", K(NONE), 0, 0, 0, NULL },
    { "This article was last updated on 4 March 2021", K(NONE), 0, 0, 0, NULL },
    { "This post is more than 2 weeks old, so comments are closed.", K(NONE), 0,
      0, 0, NULL },
    { "Intelligence reports said this had gone on for more than a year",
      K(NONE), 0, 0, 0, NULL },
    { "Post at least 5 times a week", K(NONE), 0, 0, 0, NULL },
    { "This story is more than a tale of two cities", K(NONE), 0, 0, 0, NULL },
    { "This article is more than years old", K(NONE), 0, 0, 0, NULL },
};

static void reads_the_sentences(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *r = &rows[i];
        struct stet_phrase p;
        bool found = stet_phrase_find(&p, stet_span_of(r->text));

        tap_row(r->text);
        CHECK_INT(found, r->kind != STET_MARKER_NONE);
        if (!found || r->kind == STET_MARKER_NONE)
            continue;
        CHECK_INT(p.form->kind, r->kind);
        CHECK_INT(p.comparison, r->comparison);
        CHECK_INT(p.amount, r->amount);
        CHECK_INT(p.unit, r->unit);
        CHECK_STR(p.lexicon->language, r->language ? r->language : "en");
    }
    tap_row(NULL);
}

static void reads_every_slot(void)
{
    static const char *const units[] = { "day",   "days",   "week", "weeks",
                                         "month", "months", "year", "years" };
    static const char *const nouns[] = { "article", "story",     "post",
                                         "page",    "blog post", "news story" };
    static const char *const comparators[] = { "more than", "over", "at least",
                                               "almost" };

    for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++)
        for (size_t n = 0; n < sizeof(nouns) / sizeof(nouns[0]); n++)
            for (size_t c = 0; c < 4; c++)
                for (int amount = 1; amount < 100; amount += 7) {
                    struct stet_phrase p;
                    char text[128];

                    snprintf(text, sizeof(text), "This %s is %s %d %s old",
                             nouns[n], comparators[c], amount, units[u]);
                    tap_row(text);
                    if (!CHECK(stet_phrase_find(&p, stet_span_of(text))))
                        continue;
                    CHECK_INT(p.amount, amount);
                    CHECK_INT(p.unit, STET_UNIT_DAY + (int)u / 2);
                    CHECK_SPAN(p.text, text);
                }
    tap_row(NULL);
}

static void cuts_the_sentence_out(void)
{
    struct stet_phrase p;

    CHECK(stet_phrase_find(
        &p, STET_SPAN("Note: This post is over 3 years old. Read on.")));
    CHECK_SPAN(p.text, "This post is over 3 years old.");
    CHECK(p.at_start);
    CHECK(stet_phrase_find(
        &p, STET_SPAN("He said: This post is over 3 years old and rotten")));
    CHECK_SPAN(p.text, "This post is over 3 years old and rotten");
    CHECK(!p.at_start);
}

TESTS({ "sentences are read as facts/news.md has them", reads_the_sentences },
      { "every slot takes its words", reads_every_slot },
      { "the sentence is cut out of its text", cuts_the_sentence_out })
