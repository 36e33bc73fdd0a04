#include "article/dateline.h"

#include <string.h>

#include "lib/tap.h"

static void reads_the_words_before_a_date(void)
{
    static const struct {
        const char *before;
        enum stet_dateline_role want;
    } rows[] = {
        { "", STET_DATELINE_PLAIN },
        { "By A. Writer, ", STET_DATELINE_PLAIN },
        { "Posted on ", STET_DATELINE_PUBLISHED },
        { "First published ", STET_DATELINE_PUBLISHED },
        { "Veröffentlicht am ", STET_DATELINE_PUBLISHED },
        { "Publié le ", STET_DATELINE_PUBLISHED },
        { "公開日：", STET_DATELINE_PUBLISHED },
        { "Опубликовано ", STET_DATELINE_PLAIN },
        { "опубликовано ", STET_DATELINE_PUBLISHED },
        { "Last updated ", STET_DATELINE_MODIFIED },
        { "Letzte Änderung: ", STET_DATELINE_MODIFIED },
        { "Mis à jour le ", STET_DATELINE_MODIFIED },
        { "更新日 ", STET_DATELINE_MODIFIED },
        { "Copyright © ", STET_DATELINE_OTHER },
        { "Member since ", STET_DATELINE_OTHER },
        { "Updated often. Published ", STET_DATELINE_PUBLISHED },
        { "Published and since then updated ", STET_DATELINE_MODIFIED },
        { "Posted long, long before what is said in the other words here ",
          STET_DATELINE_PLAIN },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].before);
        CHECK_INT(stet_dateline_role((struct stet_span){
                      rows[i].before, strlen(rows[i].before) }),
                  rows[i].want);
    }
    tap_row(NULL);
}

#define STORY                                                                 \
    "<p>The first paragraph of the story is long enough to be running text, " \
    "and says what happened to whom on that day.</p><p>The second goes on "   \
    "for a while about the same thing, with names, places and numbers.</p>"

/* Pages that say their date to readers alone. */
static void finds_dates_that_readers_see(void)
{
    static const struct {
        const char *name, *html, *want;
    } rows[] = {
        { "behind the headline",
          "<h1>A headline</h1><ul><li>27 juin 2019</li></ul>" STORY
          "<p>Comments<p><time datetime='2019-07-30'>later</time>",
          "2019-06-27" },
        { "right above the headline",
          "<p>21. Jan 2022 // A. Writer</p><h1>A headline</h1>" STORY
          "<p>06. Aug 2020 // Tips</p>",
          "2022-01-21" },
        { "an update is not it",
          "<h1>A headline</h1><p>Updated 4 June 2020, created 17 June "
          "2019</p>" STORY,
          "2019-06-17" },
        { "words lead to it, after those of a change",
          "<h1>A headline</h1>" STORY
          "<p>Letzte Änderung: 31.10.2023<br>Erschienen am: 01.11.2023</p>",
          "2023-11-01" },
        { "the German verb follows",
          "<h1>A headline</h1>" STORY STORY STORY STORY STORY STORY STORY STORY
          "<p>Dieser Beitrag wurde am <b>19. Mai 2010</b> um 23:03 Uhr "
          "gepostet "
          "und ist einer von vielen in einer langen Reihe von Beiträgen dieser "
          "Art.</p>",
          "2010-05-19" },
        { "it begins the first paragraph",
          "<h1>A headline</h1><p>Kassel, 27.1.2022 - The story begins here and "
          "goes on and on until the paragraph is long enough to be no "
          "dateline, "
          "but running text for sure.</p>" STORY,
          "2022-01-27" },
        { "a date in the story is none",
          "<h1>A headline</h1><p>It was on 27 January 2012 that the story "
          "began "
          "and went on and on until the paragraph is long enough to be no "
          "dateline, but running text for sure.</p>" STORY,
          NULL },
        { "the year of a copyright is none",
          "<h1>A headline</h1>" STORY "<footer>Copyright © 19.12.2019 by us "
          "</footer>",
          NULL },
        { "an abbr that is called published",
          "<h1>A headline</h1>" STORY STORY "<div><abbr class=published "
          "title='Sunday, December 16th, 2012, 7:05 pm'>last week</abbr></div>",
          "2012-12-16" },
        { "one that readers see against one of a meta element",
          "<meta name=date content=2024-02-01><h1>A headline</h1><p>12.03.2024"
          "</p>" STORY,
          "2024-03-12" },
        { "unless metadata tell of a change too",
          "<meta name=date content=2024-02-01><meta name=last-modified "
          "content=2024-03-12><h1>A headline</h1><p>12.03.2024</p>" STORY,
          "2024-02-01" },
        { "nothing but a change",
          "<h1>A headline</h1>" STORY "<p>Last edited 10 November 2019</p>",
          "2019-11-10" },
        { "text tells the zone of a time in UTC",
          "<meta property=article:published_time content="
          "2023-11-01T23:01:20Z><h1>A headline</h1><p>2 Novembre 2023 alle "
          "00:01</p>" STORY,
          "2023-11-02T00:01:20+01:00" },
        { "not by another minute",
          "<meta property=article:published_time content="
          "2023-11-01T23:01:20Z><h1>A headline</h1><p>2 Novembre 2023 alle "
          "00:07</p>" STORY,
          "2023-11-01T23:01:20Z" },
        { "nor by the time of a change",
          "<meta property=article:published_time content="
          "2023-11-01T23:01:20Z><h1>A headline</h1><p>Updated 2 Nov 2023 "
          "04:01</p>" STORY,
          "2023-11-01T23:01:20Z" },
        { "Persian digits", "<h1>A headline</h1><p>۱۲.۰۳.۲۰۲۴</p>" STORY,
          "2024-03-12" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_article *a = NULL;

        tap_row(rows[i].name);
        CHECK_INT(stet_article_parse(
                      &a,
                      (struct stet_span){ rows[i].html, strlen(rows[i].html) },
                      STET_SPAN("https://news.example/a-story"),
                      STET_SPAN("utf-8"), STET_ARTICLE_NO_TIME, NULL),
                  STET_OK);
        if (!a)
            continue;
        CHECK_SPAN(a->published.text, rows[i].want ? rows[i].want : "");
        stet_article_free(a);
    }
    tap_row(NULL);
}

TESTS({ "the words before a date give its role",
        reads_the_words_before_a_date },
      { "dates that only readers see", finds_dates_that_readers_see })
