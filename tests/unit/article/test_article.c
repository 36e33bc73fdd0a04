#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/article.h"

#define URL "https://news.example/world/2020/jan/25/one-long-story-about-it"

static struct stet_article *parse(const char *html, const char *captured)
{
    struct stet_article *a = NULL;
    int64_t ms = captured ? stet_date_parse_w3c(stet_span_of(captured))
                          : STET_ARTICLE_NO_TIME;

    CHECK_INT(stet_article_parse(&a, stet_span_of(html), STET_SPAN(URL),
                                 STET_SPAN("utf-8"), ms, NULL),
              STET_OK);
    return a;
}

#define PARAGRAPHS                                                            \
    "<p>The first paragraph of the story is long enough to be running text, " \
    "and says what happened.</p><p>The second goes on for a while about the " \
    "same thing, with names, places and a number or two.</p>"                 \
    "<p>The third ends it; there is no more to be said of the matter, and "   \
    "nobody has said anything more.</p>"

static const char small_page[] =
    "<!doctype html><html lang='en-GB'><head><title>A headline of some words "
    "| News</title>"
    "<link rel=canonical href='/world/2020/jan/25/one-long-story-about-it'>"
    "<meta property='og:title' content='A headline of some words'>"
    "<meta property='article:section' content='World'>"
    "<script type='application/ld+json'>[{\"@type\":\"NewsArticle\","
    "\"headline\":\"A headline of some words\",\"isAccessibleForFree\":true,"
    "\"datePublished\":\"2020-01-25T12:02:43.000Z\","
    "\"dateModified\":\"2020-01-26T01:02:03+01:00\","
    "\"author\":[{\"@type\":\"Person\",\"name\":\"A. Writer\"},"
    "{\"name\":\"B. Hand\"}]},]</script></head><body>"
    "<nav><a href='/world/2019/jan/01/an-old-story-in-the-menu'>Menu</a></nav>"
    "<article><div data-gu-name='headline'><div aria-hidden=true>This article "
    "is more than <strong>4 years old</strong></div><h1>A headline of some "
    "words</h1><div>This article is more than 4 years old</div></div>"
    "<figure><picture><source srcset='/p/large-picture-name.jpg?width=620&amp;"
    "dpr=2'><source srcset='/p/large-picture-name.jpg?width=620&amp;dpr=1'>"
    "<img src='/p/large-picture-name.jpg?width=465' alt='A thing'></picture>"
    "<figcaption><span>A thing stands.</span> Photograph: C. Eye/Agency"
    "</figcaption></figure><div id=maincontent>" PARAGRAPHS
    "</div></article><aside><h2>More on this story</h2><h2>More on this "
    "story</h2><ul><li><a href='/world/2020/jan/24/the-story-before-this-one' "
    "aria-label='Before'></a><h3>Before</h3></li><li>"
    "<a href='/world/2020/jan/27/the-story-after-this-one'>"
    "<h3>After</h3></a><div>This article is more than 9 years old</div></li>"
    "</ul></aside><section><h2>Most viewed</h2><ol><li>"
    "<a href='/life/2020/jan/25/soup-with-many-roots'>Soup</a></li></ol>"
    "</section><footer>This page has been archived</footer></body></html>";

static void finds_the_facts_of_a_page(void)
{
    struct stet_article *a = parse(small_page, "2024-11-23T12:00:00Z");

    if (!a)
        return;
    CHECK_SPAN(a->headline, "A headline of some words");
    CHECK_SPAN(a->byline, "A. Writer, B. Hand");
    CHECK_SPAN(a->section, "World");
    CHECK_SPAN(a->language, "en-GB");
    CHECK_SPAN(a->canonical, URL);
    CHECK_SPAN(a->published.text, "2020-01-25T12:02:43Z");
    CHECK_INT(a->published.source, STET_SOURCE_JSON_LD);
    CHECK_SPAN(a->modified.text, "2020-01-26T01:02:03+01:00");
    CHECK(a->has_paywalled && !a->paywalled);
    CHECK_SPAN(a->lead_image.url,
               "https://news.example/p/large-picture-name.jpg?width=620&dpr=2");
    CHECK_SPAN(a->lead_image.caption, "A thing stands.");
    CHECK_SPAN(a->lead_image.credit, "Photograph: C. Eye/Agency");
    CHECK_SPAN(a->lead_image.alt, "A thing");
    CHECK_SPAN(a->marker.text, "This article is more than 4 years old");
    CHECK_INT(a->marker.place, STET_MARKER_AT_HEADLINE);
    CHECK_INT(a->marker.verdict, STET_VERDICT_EXACT);
    CHECK_SPAN(a->age_at_capture, "P4Y302D");
    CHECK(a->published_no_later_than.ptr == NULL);
    CHECK(stet_span_istarts(a->text, "The first paragraph"));
    CHECK(stet_span_ends(a->text, STET_SPAN("anything more.")));
    stet_article_free(a);
}

static void keeps_the_lists_apart(void)
{
    struct stet_article *a = parse(small_page, NULL);

    if (!a)
        return;
    CHECK_INT(a->related.len, 2);
    CHECK_INT(a->most_viewed.len, 1);
    if (a->related.len == 2 && a->most_viewed.len == 1) {
        CHECK_SPAN(a->related.items[0].title, "Before");
        CHECK_SPAN(
            a->related.items[1].url,
            "https://news.example/world/2020/jan/27/the-story-after-this-one");
        CHECK_SPAN(a->related.items[1].title, "After");
        CHECK_SPAN(a->related.items[1].heading, "More on this story");
        CHECK_INT(a->related.items[1].position, 2);
        CHECK_SPAN(a->most_viewed.items[0].title, "Soup");
        CHECK_SPAN(a->most_viewed.items[0].heading, "Most viewed");
    }
    CHECK_INT(a->marker.verdict, STET_VERDICT_UNVERIFIABLE);
    CHECK(a->age_at_capture.ptr == NULL);
    stet_article_free(a);
}

struct marker_row {
    const char *name, *html;
    const char *text; /* NULL: none */
    enum stet_article_place place;
    enum stet_article_verdict verdict;
};

#define H1   "<h1>One long story about it</h1>"
#define AGE5 "This article is more than 5 years old."
#define META                                                \
    "<title>One long story about it</title><meta property=" \
    "'article:published_time' content='2018-01-01T00:00:00Z'><body>"

static const struct marker_row markers[] = {
    { "before the headline",
      META "<main><div class=old_article><p>" AGE5 "</p></div>" H1 PARAGRAPHS
           "</main>",
      AGE5, STET_MARKER_AT_HEADLINE, STET_VERDICT_CONSISTENT },
    { "glued to the dateline",
      META "<main>" H1 "<div class=byline>By A</div><div><time "
           "datetime=2018-01-01>January 1, 2018</time><span>" AGE5
           "</span></div><div>" PARAGRAPHS "</div></main>",
      AGE5, STET_MARKER_AT_DATELINE, STET_VERDICT_CONSISTENT },
    { "in a line of its own at the body's start",
      META "<main>" H1 "<div class=entry><div class=notice>" AGE5
           "</div>" PARAGRAPHS "</div></main>",
      AGE5, STET_MARKER_AT_BODY_START, STET_VERDICT_CONSISTENT },
    { "at the body's end",
      META "<main>" H1 "<div class=entry>" PARAGRAPHS "<p>" AGE5
           "</p></div></main>",
      AGE5, STET_MARKER_AT_BODY_END, STET_VERDICT_CONSISTENT },
    { "broken by lines and no-break spaces",
      META "<main>" H1 "<p>This article is more\nthan&nbsp;<b>5</b> "
           "years\n old.</p>" PARAGRAPHS "</main>",
      AGE5, STET_MARKER_AT_HEADLINE, STET_VERDICT_CONSISTENT },
    { "a lie",
      META "<main>" H1 "<p>This article is more than 9 years old</p>" PARAGRAPHS
           "</main>",
      "This article is more than 9 years old", STET_MARKER_AT_HEADLINE,
      STET_VERDICT_CONTRADICTED },
    { "in another story's card",
      META "<main>" H1 PARAGRAPHS "</main><ul><li><a href=/a/2010/another-old-"
           "story-here>Another old story of long ago</a><div>" AGE5
           "</div></li></ul>",
      NULL, 0, 0 },
    { "in a card before the headline",
      META "<div><a href='/a/2010/another-old-story' aria-label='Another old "
           "story of long ago'></a><h3>Another</h3><p>" AGE5
           "</p></div><main>" H1 PARAGRAPHS "</main>",
      NULL, 0, 0 },
    { "in a script",
      META "<main>" H1 "<script>var s = '" AGE5 "';</script>" PARAGRAPHS
           "</main>",
      NULL, 0, 0 },
    { "in a template",
      META "<main>" H1 "<template><p>" AGE5 "</p></template>" PARAGRAPHS
           "</main>",
      NULL, 0, 0 },
    { "hidden",
      META "<main>" H1 "<p style='display:none'>" AGE5 "</p>" PARAGRAPHS
           "</main>",
      NULL, 0, 0 },
    { "in a style sheet's class name",
      META "<style>.old-article-message{}</style><main>" H1 PARAGRAPHS
           "</main>",
      NULL, 0, 0 },
    { "in the middle of the body",
      META "<main>" H1 "<div>" PARAGRAPHS PARAGRAPHS "<p>" AGE5
           "</p>" PARAGRAPHS PARAGRAPHS "</div></main>",
      NULL, 0, 0 },
    { "in the footer",
      META "<main>" H1 PARAGRAPHS "</main><footer><p>" AGE5 "</p></footer>",
      NULL, 0, 0 },
    { "said by somebody",
      META "<main>" H1 "<div><p>He told us that " AGE5 "</p>" PARAGRAPHS
           "</div></main>",
      NULL, 0, 0 },
    { "words, not years",
      META "<main>" H1 "<p>This article is more than 1000 words</p>" PARAGRAPHS
           "</main>",
      NULL, 0, 0 },
};

static void finds_only_the_pages_own_marker(void)
{
    for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]); i++) {
        const struct marker_row *r = &markers[i];
        struct stet_article *a;

        tap_row(r->name);
        a = parse(r->html, "2024-01-01T12:00:00Z");
        if (!a)
            continue;
        CHECK_INT(a->marker.kind != STET_MARKER_NONE, r->text != NULL);
        if (r->text) {
            CHECK_SPAN(a->marker.text, r->text);
            CHECK_INT(a->marker.place, r->place);
            CHECK_INT(a->marker.verdict, r->verdict);
        }
        stet_article_free(a);
    }
    tap_row(NULL);
}

static void bounds_what_has_no_date(void)
{
    struct stet_article *a = NULL;

    CHECK_INT(
        stet_article_parse(&a,
                           STET_SPAN("<h1>Undated things of old</h1>"
                                     "<p>This post is more than 4 years "
                                     "old.</p>" PARAGRAPHS),
                           STET_SPAN("https://a.example/x"), STET_SPAN(""),
                           stet_date_parse_w3c(STET_SPAN("2026-11-23")), NULL),
        STET_OK);
    if (!a)
        return;
    CHECK_INT(a->marker.verdict, STET_VERDICT_UNVERIFIABLE);
    CHECK_SPAN(a->published_no_later_than, "2022-11-23");
    CHECK(a->age_at_capture.ptr == NULL);
    stet_article_free(a);
}

static void reads_the_overlay_of_social_images(void)
{
    struct stet_article *a = parse(
        META "<meta property='og:image' content='https://i.guim.co.uk/a.jpg?"
             "overlay-base64=L2ltZy9zdGF0aWMvb3ZlcmxheXMvdGctYWdlLTIwMTgucG5n'>"
             "<main>" H1 PARAGRAPHS "</main>",
        NULL);

    if (!a)
        return;
    CHECK_INT(a->marker.kind, STET_MARKER_DATE);
    CHECK_INT(a->marker.place, STET_MARKER_AT_IMAGE_OVERLAY);
    CHECK_SPAN(a->marker.text, "/img/static/overlays/tg-age-2018.png");
    CHECK_INT(a->marker.verdict, STET_VERDICT_EXACT);
    stet_article_free(a);
}

static const struct {
    const char *name, *head, *want;
    enum stet_article_source source;
} dates[] = {
    { "JSON-LD before metas",
      "<meta property=article:published_time content=2001-01-01>"
      "<script type=application/ld+json>{\"@graph\":[{\"@type\":\"Article\","
      "\"datePublished\":\"2002-02-02\"}]}</script>",
      "2002-02-02", STET_SOURCE_JSON_LD },
    { "metas before times",
      "<meta property=article:published_time content=2001-01-01>"
      "<body><time datetime=2003-03-03>then</time>",
      "2001-01-01", STET_SOURCE_META },
    { "microdata",
      "<body><span itemprop=datePublished content=2004-04-04></span>",
      "2004-04-04", STET_SOURCE_ITEMPROP },
    { "a time element",
      "<body><article><h1>One long story about it</h1><time "
      "datetime='2003-03-03T10:00:00+01:00'>then</time></article>",
      "2003-03-03T10:00:00+01:00", STET_SOURCE_TIME },
    { "broken JSON-LD is passed over",
      "<script type=application/ld+json>{\"@type\":</script>", "2020-01-25",
      STET_SOURCE_URL },
    { "the URL", "", "2020-01-25", STET_SOURCE_URL },
    { "a date in the future is none",
      "<meta property=article:published_time content=2101-01-01>", "2020-01-25",
      STET_SOURCE_URL },
};

static void takes_dates_from_the_best_source(void)
{
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        struct stet_article *a;

        tap_row(dates[i].name);
        a = parse(dates[i].head, "2024-01-01");
        if (!a)
            continue;
        CHECK_SPAN(a->published.text, dates[i].want);
        CHECK_INT(a->published.source, dates[i].source);
        stet_article_free(a);
    }
    tap_row(NULL);
}

static void lists_the_pictures_of_the_story(void)
{
    static const char page[] =
        "<title>One long story about it</title><body><nav><img width=900 "
        "src=/menu-picture.jpg></nav><main>" H1
        "<figure><img width=900 src=/first-picture.jpg srcset='/first-picture."
        "jpg?w=300 300w, /first-picture.jpg?w=900 900w'><figcaption>The first. "
        "Photo: A. Eye</figcaption></figure><div>" PARAGRAPHS
        "<figure><img width=900 data-src=/second-picture.jpg alt=Second>"
        "<noscript><img width=900 src=/second-picture.jpg></noscript>"
        "<figcaption>The second.</figcaption></figure>" PARAGRAPHS
        "<figure><img width=900 src=/first-picture.jpg></figure>"
        "<img width=60 height=60 src=/face-picture.jpg>"
        "<a href=/2024/another-story-of-the-day><img width=900 "
        "src=/card-picture.jpg></a>" PARAGRAPHS "</div></main>"
        "<footer><img width=900 src=/last-picture.jpg></footer>";
    struct stet_article *a = parse(page, NULL);
    const struct stet_article_image *all;

    if (!a)
        return;
    all = a->images.items;
    if (CHECK_INT(a->images.len, 2)) {
        CHECK_SPAN(all[0].url, "https://news.example/first-picture.jpg?w=900");
        CHECK_INT(all[0].n_urls, 3);
        CHECK_SPAN(all[0].caption, "The first.");
        CHECK_SPAN(all[0].credit, "Photo: A. Eye");
        CHECK_SPAN(all[1].url, "https://news.example/second-picture.jpg");
        CHECK_INT(all[1].n_urls, 1);
        CHECK_SPAN(all[1].caption, "The second.");
        CHECK_SPAN(all[1].alt, "Second");
    }
    CHECK_SPAN(a->lead_image.url,
               "https://news.example/first-picture.jpg?w=900");
    stet_article_free(a);
}

static void says_where_facts_come_from(void)
{
    static const char page[] =
        "<html lang=de-AT><title>One long story about it</title><link "
        "rel=canonical href=/c><script type='application/ld+json'>{\"@graph\":"
        "[{\"@type\":\"NewsArticle\",\"datePublished\":\"2020-01-25\","
        "\"isAccessibleForFree\":\"False\"},{\"@type\":\"BreadcrumbList\","
        "\"itemListElement\":[{\"name\":\"Start\"},{\"item\":{\"name\":"
        "\"Politik\"}},{\"name\":\"It\"}]}]}</script><main>" H1
        "<div class=byline>By A. Writer</div>" PARAGRAPHS "</main>";
    struct stet_article *a = parse(page, NULL);

    if (!a)
        return;
    CHECK_INT(a->headline_source, STET_SOURCE_TEXT);
    CHECK_SPAN(a->byline, "A. Writer");
    CHECK_INT(a->byline_source, STET_SOURCE_TEXT);
    CHECK_SPAN(a->section, "Politik");
    CHECK_INT(a->section_source, STET_SOURCE_JSON_LD);
    CHECK_SPAN(a->language, "de-AT");
    CHECK_INT(a->language_source, STET_SOURCE_HTML);
    CHECK_SPAN(a->canonical, "https://news.example/c");
    CHECK_INT(a->canonical_source, STET_SOURCE_LINK);
    CHECK(a->has_paywalled && a->paywalled);
    CHECK_INT(a->paywalled_source, STET_SOURCE_JSON_LD);
    stet_article_free(a);
}

static void prints_json_and_fields(void)
{
    static const char page[] =
        "<title>T\x01 \"x\"</title><main>" H1 "<p>This post is over 2 years "
        "old</p><h2>Related stories</h2><ul><li><a href=/2019/a-story-of-some-"
        "length>A &amp;\tB</a></ul>" PARAGRAPHS "</main>";
    struct stet_article *a = parse(page, "2026-01-25T12:00:00Z");
    struct stet_bytes out = { NULL, 0 };

    if (!a)
        return;
    CHECK_INT(stet_article_print_json(&out, a, NULL), STET_OK);
    CHECK_STR(
        out.data,
        "{\"page-kind\":\"article\",\"headline\":\"One long story about "
        "it\",\"headline-source\":\"text\",\"title\":\"T \\\"x\\\"\","
        "\"published\":\"2020-01-25\",\"published-source\":\"url\","
        "\"marker\":\"This post is over 2 years old\",\"marker-kind\":"
        "\"age-floor\",\"marker-comparison\":\"over\",\"marker-amount\":2,"
        "\"marker-unit\":\"year\",\"marker-language\":\"en\",\"marker-place\":"
        "\"headline\",\"age-at-capture\":\"P6Y\",\"marker-verdict\":"
        "\"consistent\",\"text-fingerprint\":"
        "\"4981a168f7871510b330ca782866bc73\","
        "\"related\":[{\"url\":\"https://news.example/2019/"
        "a-story-of-some-length\",\"title\":\"A & B\",\"heading\":\"Related "
        "stories\",\"position\":1}]}");
    stet_bytes_clear(&out);
    CHECK_INT(stet_article_print_fields(&out, a, NULL), STET_OK);
    CHECK_STR(out.data,
              "page-kind: article\r\nheadline: One long story about "
              "it\r\nheadline-source: text\r\ntitle: T \"x\"\r\n"
              "published: 2020-01-25\r\npublished-source: url\r\n"
              "marker: This post is over 2 years old\r\n"
              "marker-kind: age-floor\r\nmarker-comparison: over\r\n"
              "marker-amount: 2\r\nmarker-unit: year\r\nmarker-language: en\r\n"
              "marker-place: headline\r\nage-at-capture: P6Y\r\n"
              "marker-verdict: consistent\r\n"
              "text-fingerprint: 4981a168f7871510b330ca782866bc73\r\n"
              "related: https://news.example/2019/a-story-of-some-length\t"
              "A & B\tRelated stories\t1\r\n");
    stet_bytes_clear(&out);
    stet_article_free(a);
}

static void takes_nothing_for_granted(void)
{
    static const char *const pages[] = {
        "",
        " ",
        "<",
        "<html>",
        "text",
        "<h1></h1>",
        "<title></title>",
        "<script type=application/ld+json></script>",
        "<script type=application/ld+json>null</script>",
        "<script type=application/ld+json>[[[{\"@type\":[]}]]]</script>",
        "<gu-island name=Carousel props='{\"trails\":7,\"onwardsSource\":"
        "\"series\"}'>",
        "<gu-island name=LightboxLayout>",
        "<img><picture><img srcset=','>",
        "<a href>",
        "<meta content=x>",
        "<base href='::'><a href='http://[/2020/'>Related</a>",
        "<time datetime=''></time><time></time>",
    };

    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct stet_bytes out;
        struct stet_article *a;

        tap_row(pages[i]);
        a = parse(pages[i], NULL);
        if (!a)
            continue;
        CHECK_INT(stet_article_print_json(&out, a, NULL), STET_OK);
        stet_bytes_clear(&out);
        stet_article_free(a);
    }
    tap_row(NULL);
}

static void bears_hostile_pages(void)
{
    static const char *const pieces[] = {
        "<div>",
        "<h2>Related</h2><div>",
        "<a href=/2020/one-story-here>Read "
        "more</a>",
        "<p>This article is more than ",
        "<img srcset='a 1w,",
        "<div class=related>",
        "<time datetime=2020-01-01>x</time>",
        "<meta name=date content=x>",
        "<h1>t</h1>",
        "<li><strong>Related:</strong><a href=/2020/a-b-c-d>e</a>"
    };

    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        struct stet_article *a = NULL;
        struct stet_buf b;

        tap_row(pieces[i]);
        stet_buf_init(&b, 16 << 20);
        for (int k = 0; k < 30000; k++)
            stet_buf_adds(&b, pieces[i]);
        CHECK_INT(stet_article_parse(&a, stet_buf_span(&b), STET_SPAN(URL),
                                     STET_SPAN(""), 0, NULL),
                  STET_OK);
        stet_article_free(a);
        stet_buf_clear(&b);
    }
    tap_row(NULL);
}

static int parse_and_print(void)
{
    struct stet_article *a = NULL;
    struct stet_bytes json = { NULL, 0 };
    struct stet_bytes fields = { NULL, 0 };
    int rc = stet_article_parse(&a, stet_span_of(small_page), STET_SPAN(URL),
                                STET_SPAN("utf-8"), 1700000000000, NULL);

    if (rc == STET_OK)
        rc = stet_article_print_json(&json, a, NULL);
    if (rc == STET_OK)
        rc = stet_article_print_fields(&fields, a, NULL);
    stet_bytes_clear(&json);
    stet_bytes_clear(&fields);
    stet_article_free(a);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(parse_and_print));
}

TESTS({ "a page's facts are found", finds_the_facts_of_a_page },
      { "related and most viewed are kept apart", keeps_the_lists_apart },
      { "only the page's own marker counts", finds_only_the_pages_own_marker },
      { "a marker bounds an unknown date", bounds_what_has_no_date },
      { "a social image's overlay is a marker",
        reads_the_overlay_of_social_images },
      { "dates come from the best source", takes_dates_from_the_best_source },
      { "the story's pictures are listed, each once",
        lists_the_pictures_of_the_story },
      { "each fact says where it came from", says_where_facts_come_from },
      { "facts print as JSON and as fields", prints_json_and_fields },
      { "odd pages give what they have", takes_nothing_for_granted },
      { "hostile pages take bounded work", bears_hostile_pages },
      { "every failed allocation is told", survives_want_of_memory })
