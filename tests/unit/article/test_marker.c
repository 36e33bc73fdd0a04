#include "base/date.h"
#include "base/span.h"
#include "lib/tap.h"
#include "stet/article.h"

#define PARAGRAPHS                                                            \
    "<p>The first paragraph of the story is long enough to be running text, " \
    "and says what happened.</p><p>The second goes on for a while about the " \
    "same thing, with names, places and a number or two.</p>"                 \
    "<p>The third ends it; there is no more to be said of the matter, and "   \
    "nobody has said anything more.</p>"
#define HEAD                                                               \
    "<title>One long story about it</title><meta property="                \
    "'article:published_time' content='2018-01-01T00:00:00Z'><body><main>" \
    "<h1>One long story about it</h1>"
#define LONG PARAGRAPHS PARAGRAPHS

struct row {
    const char *name, *url, *html;
    enum stet_article_kind kind;
    enum stet_article_place place;
    const char *language;
};

#define SITE "https://news.example/a"

static const struct row rows[] = {
    { "The Register prints a year at any age",
      "https://www.theregister.com/2018/a",
      HEAD "<p>This article is more than 1 year old</p>" LONG,
      STET_MARKER_THRESHOLD, STET_MARKER_AT_HEADLINE, "en" },
    { "VICE prints five", "https://www.vice.com/en/a",
      HEAD "<h3>This story is over 5 years old.</h3>" LONG,
      STET_MARKER_THRESHOLD, STET_MARKER_AT_HEADLINE, "en" },
    { "another number of theirs is no constant", "https://www.vice.com/en/a",
      HEAD "<h3>This story is over 6 years old.</h3>" LONG,
      STET_MARKER_AGE_FLOOR, STET_MARKER_AT_HEADLINE, "en" },
    { "the same of others is an age", SITE,
      HEAD "<p>This article is more than 1 year old</p>" LONG,
      STET_MARKER_AGE_FLOOR, STET_MARKER_AT_HEADLINE, "en" },
    { "a site that only ends alike is another", "https://nottheregister.com/a",
      HEAD "<p>This article is more than 1 year old</p>" LONG,
      STET_MARKER_AGE_FLOOR, STET_MARKER_AT_HEADLINE, "en" },
    { "the Guardian's hook counts far from the headline", SITE,
      HEAD "<div>" LONG "<div data-gu-name=age-warning>This article is more "
           "than <b>5 years old</b></div>" LONG "</div>",
      STET_MARKER_AGE_FLOOR, STET_MARKER_AT_HEADLINE, "en" },
    { "so does a plug-in's notice", SITE,
      HEAD "<div>" LONG "<div class='x opn-notice'><p>This article was "
           "published 5 years ago. It may be outdated.</p></div>" LONG "</div>",
      STET_MARKER_AGE_FLOOR, STET_MARKER_AT_BODY_END, "en" },
    { "not when it says something else", SITE,
      HEAD "<div>" LONG "<div class='opn-notice'><p>This article is more than "
           "1000 words</p></div>" LONG "</div>",
      STET_MARKER_NONE, 0, NULL },
    { "nor without the notice", SITE,
      HEAD "<div>" LONG "<div><p>This article was published 5 years ago. It "
           "may be outdated.</p></div>" LONG "</div>",
      STET_MARKER_NONE, 0, NULL },
    { "nor in another story's card", SITE,
      HEAD LONG "</main><ul><li><a href=/2010/b>Another story of long ago, "
                "told again</a><div class=old_article>This article is more "
                "than 9 years old</div></li></ul>",
      STET_MARKER_NONE, 0, NULL },
    { "Norwegian, as NRK has it", SITE,
      HEAD "<div>Artikkelen er over to &aring;r gammel.</div>" LONG,
      STET_MARKER_AGE_FLOOR, STET_MARKER_AT_HEADLINE, "no" },
    { "Japanese, as Qiita has it", SITE,
      HEAD "<div>この記事は最終更新日から<b>5</b>年以上が経過しています。"
           "</div>" LONG,
      STET_MARKER_SINCE_UPDATE, STET_MARKER_AT_HEADLINE, "ja" },
    { "Hungarian, as M\xC3\xA9rce has it", SITE,
      HEAD "<p>Ez a cikk t\xC3\xB6"
           "bb mint 5 éves.</p>" LONG,
      STET_MARKER_AGE_FLOOR, STET_MARKER_AT_HEADLINE, "hu" },
    { "Chinese, with full-width digits", SITE,
      HEAD "<p>本文发布已超过５年。</p>" LONG, STET_MARKER_AGE_FLOOR,
      STET_MARKER_AT_HEADLINE, "zh" },
    { "Arabic, with its own digits", SITE,
      HEAD "<p dir=rtl>نُشر هذا المقال منذ أكثر من ٥ سنوات</p>" LONG,
      STET_MARKER_AGE_FLOOR, STET_MARKER_AT_HEADLINE, "ar" },
};

static void finds_the_pages_marker(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *r = &rows[i];
        struct stet_article *a = NULL;

        tap_row(r->name);
        CHECK_INT(stet_article_parse(
                      &a, stet_span_of(r->html), stet_span_of(r->url),
                      STET_SPAN("utf-8"),
                      stet_date_parse_w3c(STET_SPAN("2024-01-01")), NULL),
                  STET_OK);
        if (!a)
            continue;
        CHECK_INT(a->marker.kind, r->kind);
        if (r->kind != STET_MARKER_NONE && r->language) {
            CHECK_INT(a->marker.place, r->place);
            CHECK_SPAN(a->marker.language, r->language);
            CHECK_INT(a->marker.verdict, STET_VERDICT_CONSISTENT);
        }
        stet_article_free(a);
    }
    tap_row(NULL);
}

TESTS({ "the page's own marker is found, and what it means",
        finds_the_pages_marker })
