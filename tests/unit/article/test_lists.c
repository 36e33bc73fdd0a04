#include "article/headings.h"
#include "base/buf.h"
#include "base/span.h"
#include "lib/tap.h"
#include "stet/article.h"

/*
 * Each row is a page around its lists; what is expected are the last
 * segments of the URLs, in order, spaces between.
 */
#define SITE        "https://news.example"
#define URL         SITE "/world/2020/jan/25/one-long-story-about-it"
#define STORY(name) "<li><a href='/2020/01/" name "'>Title of " name "</a></li>"
#define LINK(name)  "<a href='/2020/01/" name "'>Title of " name "</a>"
#define BODY                                                                 \
    "<h1>A headline of some words</h1><div class=body>"                      \
    "<p>The first paragraph of the story is long enough to be running text," \
    " and says what happened on that day and who was there.</p>"             \
    "<p>The second goes on for a while about the same thing, with names,"    \
    " places and a number or two, so that it is the longest of them.</p>"    \
    "<p>The third ends it; there is no more to be said of the matter, and"   \
    " nobody has said anything more until this was written down.</p></div>"

struct row {
    const char *name, *html;
    const char *related, *recommended, *most;
};

static struct stet_article *parse(const char *lists)
{
    struct stet_article *a = NULL;
    struct stet_buf b;

    stet_buf_init(&b, 1 << 20);
    stet_buf_adds(&b, "<!doctype html><title>A headline of some words</title>"
                      "<body><article>" BODY "</article>");
    stet_buf_adds(&b, lists);
    CHECK_INT(stet_article_parse(&a, stet_buf_span(&b), STET_SPAN(URL),
                                 STET_SPAN("utf-8"), STET_ARTICLE_NO_TIME,
                                 NULL),
              STET_OK);
    stet_buf_clear(&b);
    return a;
}

static void check_list(const struct stet_article_links *list, const char *want)
{
    struct stet_buf b;

    stet_buf_init(&b, 1 << 16);
    for (size_t i = 0; i < list->len; i++) {
        struct stet_span rest = list->items[i].url;
        struct stet_span last = rest;

        while (rest.ptr)
            last = stet_span_cut(&rest, '/');
        stet_buf_adds(&b, i > 0 ? " " : "");
        stet_buf_add_span(&b, last);
    }
    CHECK_SPAN(stet_buf_span(&b), want);
    stet_buf_clear(&b);
}

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct stet_article *a;

        tap_row(rows[i].name);
        a = parse(rows[i].html);
        if (!a)
            continue;
        check_list(&a->related, rows[i].related);
        check_list(&a->recommended, rows[i].recommended);
        check_list(&a->most_viewed, rows[i].most);
        stet_article_free(a);
    }
    tap_row(NULL);
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void headings_name_lists(void)
{
    static const struct row rows[] = {
        { "related",
          "<aside><h2>Related stories</h2><ul>" STORY("the-a-b-c")
              STORY("the-d-e-f") "</ul></aside>",
          "the-a-b-c the-d-e-f", "", "" },
        { "recommended",
          "<aside><h2>You may also like</h2><ul>" STORY(
              "the-a-b-c") "</ul></aside>",
          "", "the-a-b-c", "" },
        { "most read",
          "<aside><h2>Meistgelesen</h2><ol>" STORY("the-a-b-c") "</ol></aside>",
          "", "", "the-a-b-c" },
        { "topics",
          "<aside><h2>Related topics</h2><ul>" STORY(
              "the-a-b-c") "</ul></aside>",
          "", "", "" },
        { "no heading", "<aside><ul>" STORY("the-a-b-c") "</ul></aside>", "",
          "", "" },
    };

    CHECK_ROWS(rows);
}

static void a_story_is_listed_once(void)
{
    static const struct row rows[] = {
        { "two lists of one kind",
          "<aside><h2>Related stories</h2><ul>" STORY(
              "the-a-b-c") "</ul>"
                           "</aside><aside><h2>More on this "
                           "story</h2><ul>" STORY("the-a-b-c")
                               STORY("the-d-e-f") "</ul></aside>",
          "the-a-b-c the-d-e-f", "", "" },
        { "where it was clicked does not count",
          "<aside><h2>Related stories</h2><ul>" STORY("the-a-b-c")
              STORY("the-a-b-c?ico=related#top") "</ul></aside>",
          "the-a-b-c", "", "" },
        { "what is related is not recommended too",
          "<aside><h2>Related stories</h2><ul>" STORY(
              "the-a-b-c") "</ul>"
                           "</aside><aside><h2>You may also "
                           "like</h2><ul>" STORY("the-a-b-c")
                               STORY("the-d-e-f") "</ul></aside>",
          "the-a-b-c", "the-d-e-f", "" },
        { "the page itself is in no list",
          "<aside><h2>Related stories</h2><ul><li><a href='" URL "?x=1'>This"
          "</a></li>" STORY("the-a-b-c") "</ul></aside>",
          "the-a-b-c", "", "" },
    };

    CHECK_ROWS(rows);
}

TESTS({ "headings name lists", headings_name_lists },
      { "a story is listed once", a_story_is_listed_once })
