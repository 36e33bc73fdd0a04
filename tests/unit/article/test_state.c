#include "article/state.h"

#include <string.h>

#include "lib/tap.h"

#define STORY                                                                \
    "<h1>A headline</h1><p>The first paragraph of the story is long enough " \
    "to be running text, and says what happened to whom.</p>"

static void finds_dates_in_scripts(void)
{
    static const struct {
        const char *name, *html, *url, *want;
    } rows[] = {
        { "__NEXT_DATA__",
          "<script id=__NEXT_DATA__ type=application/json>{\"props\":{\"x\":"
          "{\"publishedAt\":\"2022-01-31T15:58:43+01:00\"}}}</script>" STORY,
          "/a", "2022-01-31T15:58:43+01:00" },
        { "JSON in a string",
          "<script>var s = \"{\\\"publish_date\\\":\\\"2020\\/02\\/24\\\"}\""
          "</script>" STORY,
          "/a", "2020-02-24" },
        { "milliseconds",
          "<script>window.guardian = {\"webPublicationDate\":1579500318000,"
          "\"x\":1};</script>" STORY,
          "/a", "2020-01-20T06:05:18Z" },
        { "the better key counts, wherever it stands",
          "<script>{\"createdAt\":\"2020-01-02\"}</script>"
          "<script>{\"datePublished\":\"2020-01-03\"}</script>" STORY,
          "/a", "2020-01-03" },
        { "a bad value hides no good one",
          "<script>publishedAt: null, x = {'publishedAt': '2020-01-03'}"
          "</script>" STORY,
          "/a", "2020-01-03" },
        { "none", "<script>var published = true;</script>" STORY, "/a", "" },
        { "UTC becomes the zone of the same second",
          "<meta property=article:published_time content=2020-02-25T02:25:54Z>"
          "<script>x={\"date\":\"2020-02-24T21:25:54-05:00\"}</script>" STORY,
          "/a", "2020-02-24T21:25:54-05:00" },
        { "a local time without a zone says the zone",
          "<meta property=article:published_time content=2020-02-25T02:25:54Z>"
          "<script>publication_date = \"2020-02-24 21:25:54\";</script>" STORY,
          "/a", "2020-02-24T21:25:54-05:00" },
        { "but not from a full minute",
          "<meta property=article:published_time content=2020-02-25T02:25:00Z>"
          "<script>publication_date = \"2020-02-24 21:25:00\";</script>" STORY,
          "/a", "2020-02-25T02:25:00Z" },
        { "other seconds say nothing",
          "<meta property=article:published_time content=2020-02-25T02:25:54Z>"
          "<script>{\"a\":\"2020-02-24T20:25:54-05:00\"}</script>" STORY,
          "/a", "2020-02-25T02:25:54Z" },
        { "the URL's day is the first publishing's",
          "<meta property=article:published_time "
          "content=2019-06-17T10:00:00Z>" STORY,
          "/2017/7/12/a", "2017-07-12" },
        { "it is the day where the story was published",
          "<meta property=article:published_time "
          "content=2023-11-01T23:01:00Z>" STORY,
          "/2023/11/02/a", "2023-11-02" },
        { "west of Greenwich too",
          "<meta property=article:published_time "
          "content=2023-11-02T03:01:00Z>" STORY,
          "/2023/11/01/a", "2023-11-01" },
        { "not where no zone is so far away",
          "<meta property=article:published_time "
          "content=2023-11-01T04:01:00Z>" STORY,
          "/2023/11/02/a", "2023-11-01T04:01:00Z" },
        { "unless it is hardly earlier",
          "<meta property=article:published_time "
          "content=2017-07-13T10:00:00Z>" STORY,
          "/2017/7/12/a", "2017-07-13T10:00:00Z" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_article *a = NULL;
        char url[80] = "https://news.example";

        tap_row(rows[i].name);
        strncat(url, rows[i].url, 40);
        CHECK_INT(stet_article_parse(
                      &a,
                      (struct stet_span){ rows[i].html, strlen(rows[i].html) },
                      (struct stet_span){ url, strlen(url) },
                      STET_SPAN("utf-8"), STET_ARTICLE_NO_TIME, NULL),
                  STET_OK);
        if (!a)
            continue;
        CHECK_SPAN(a->published.text, rows[i].want);
        stet_article_free(a);
    }
    tap_row(NULL);
}

TESTS({ "dates and zones in inline scripts", finds_dates_in_scripts })
