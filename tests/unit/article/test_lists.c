#include <stdio.h>

#include "article/find.h"
#include "article/headings.h"
#include "base/buf.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/article.h"

/*
 * Each row is a page around its lists; what is expected are the last
 * segments of the URLs, in order, spaces between.
 */
#define SITE        "https://news.example"
#define URL         SITE "/world/2020/jan/25/one-long-story-about-it"
#define STORY(name) "<li><a href='/2020/01/" name "'>Title of " name "</a></li>"
#define LONG_STORY(name) \
    "<li><a href='/2020/01/" name "'>A longer title of " name "</a></li>"
#define LINK(name) "<a href='/2020/01/" name "'>Title of " name "</a>"
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

static void a_heading_counts_more_than_names(void)
{
    static const struct row rows[] = {
        { "names alone",
          "<div class='story-related-articles'><ul>" STORY("the-a-b-c")
              STORY("the-d-e-f") "</ul></div>",
          "the-a-b-c the-d-e-f", "", "" },
        { "names of most read beat those of related",
          "<div class='popularlist related'><ul>" STORY("the-a-b-c")
              STORY("the-d-e-f") "</ul></div>",
          "", "", "the-a-b-c the-d-e-f" },
        { "names of the latest beat those of related",
          "<div class='latestlist related'><ul>" STORY("the-a-b-c")
              STORY("the-d-e-f") "</ul></div>",
          "", "", "" },
        { "the heading says the latest",
          "<section class=related-posts><h2>Latest stories</h2><ul>" STORY(
              "the-a-b-c") STORY("the-d-e-f") "</ul></section>",
          "", "", "" },
        { "the heading says related",
          "<section class='brands-most-popular'><h2>Related</h2><div>" STORY(
              "the-a-b-c") STORY("the-d-e-f") "</div></section>",
          "the-a-b-c the-d-e-f", "", "" },
        { "the heading says recommended",
          "<section class='section-morelikethis'><h2>Das könnte Sie auch "
          "interessieren</h2><div>" STORY("the-a-b-c")
              STORY("the-d-e-f") "</div></section>",
          "", "the-a-b-c the-d-e-f", "" },
        { "one card's name is not the list's",
          "<section><h2>Most read</h2><div data-a=related>" STORY(
              "the-a-b-c") "</div><div data-a=related>" STORY("the-d-e-f") "</"
                                                                           "div"
                                                                           "></"
                                                                           "sec"
                                                                           "tio"
                                                                           "n>",
          "", "", "the-a-b-c the-d-e-f" },
        { "a name of two lists says nothing",
          "<div data-tabs=mostReadMostRecent><div data-group=mostRead>" STORY(
              "the-a-b-c")
              STORY("the-d-e-f") "</div><div "
                                 "data-group=mostRecent>" STORY("the-g-h-i")
                                     STORY("the-j-k-l") "</div></div>",
          "", "", "the-a-b-c the-d-e-f" },
        { "tabs of which each has its names",
          "<div><ul><li><button>Related</button></li><li><button>Latest"
          "</button></li></ul><div data-section='Article / Related'>" STORY(
              "the-a-b-c")
              STORY("the-d-e-f") "</div><div "
                                 "data-section='Article / Latest'>" STORY(
                                     "the-g-h-i")
                                     STORY("the-j-k-l") "</div></div>",
          "the-a-b-c the-d-e-f", "", "" },
    };

    CHECK_ROWS(rows);
}

static void what_is_no_list_of_stories_is_left_out(void)
{
    static const struct row rows[] = {
        { "an advertisement by its names",
          "<div id=taboola-below><div><h2>Related stories</h2><ul>" STORY(
              "the-a-b-c") "</ul></div></div>",
          "", "", "" },
        { "an advertisement by its label",
          "<div><h2>Related stories</h2><div>" LINK(
              "the-a-b-c") "</div><div>"
                           "<span>Advertorial</span>" LINK(
                               "the-d-e-f") "</div></div>",
          "the-a-b-c", "", "" },
        { "an empty place for an advertisement before a list",
          "<div><div><p>Advertisement</p></div><div><h4>Read more</h4>" LINK(
              "the-a-b-c") "</div></div>",
          "the-a-b-c", "", "" },
        { "links to other sites",
          "<div><h2>Related stories</h2>" LINK(
              "the-a-b-c") "<a href='https://a.example/2020/x-y-z-1'>One</a>"
                           "<a "
                           "href='https://b.example/2020/x-y-z-2'>Two</a></"
                           "div>",
          "", "", "" },
        { "a menu",
          "<nav><h2>Related stories</h2><ul>" STORY("the-a-b-c") "</ul></nav>",
          "", "", "" },
        { "a footer",
          "<footer><div><h2>Related stories</h2><ul>" STORY(
              "the-a-b-c") "</ul></div></footer>",
          "", "", "" },
        { "the most read in a footer are a list",
          "<footer><div><h2>Meistgelesen und beliebt:</h2><ul>" STORY(
              "the-a-b-c") "</ul></div></footer>",
          "", "", "the-a-b-c" },
        { "names of things",
          "<div><h2>Trending</h2><a href='/2020/one-long-story-a'>Rain</a>"
          "<a href='/2020/one-long-story-b'>Prince Harry</a>"
          "<a href='/2020/one-long-story-c'>US elections</a></div>",
          "", "", "" },
    };

    CHECK_ROWS(rows);
}

static void what_stands_in_a_list_may_not_be_of_it(void)
{
    static const struct row rows[] = {
        { "tracked as of the most read",
          "<aside><h2>Related stories</h2><ul>" STORY("the-a-b-c")
              STORY("the-d-e-f#intcid=fallback_popular4") "</ul></aside>",
          "the-a-b-c", "", "" },
        { "tracked as of another list than the most read",
          "<aside><h2>Most read</h2><ul>" STORY("the-a-b-c?ico=most_popular")
              STORY("the-d-e-f?ico=more_from_Sport") "</ul></aside>",
          "", "", "the-a-b-c?ico=most_popular" },
        { "a newsletter by its address",
          "<p>Read more: " LINK("our-royal-newsletter") "</p>", "", "", "" },
        { "a newsletter by its title",
          "<p>Read more: <a href='/2020/01/the-a-b-c'>Sign up for all of "
          "it</a></p>",
          "", "", "" },
        { "the section on a card",
          "<aside><h2>Most read</h2><div><a "
          "href='/content/books-and-the-arts/'>"
          "Books &amp; Arts</a>" LINK("the-a-b-c") "</div></aside>",
          "", "", "the-a-b-c" },
        { "a page below the story's own",
          "<aside><h2>Related stories</h2><ul>" STORY(
              "the-a-b-c") "<li><a href='" URL "/similar'>All that is "
                           "similar</a></ul></aside>",
          "the-a-b-c", "", "" },
        { "a topic",
          "<aside><h2>Mer om saken</h2><ul>" STORY(
              "the-a-b-c") "<li><a href='/emne/friidrett-1.8835305'>"
                           "Friidrett</a></ul></aside>",
          "the-a-b-c", "", "" },
        { "a document",
          "<aside><h2>Related stories</h2><ul>" STORY("the-a-b-c")
              STORY("the-d-e-f.PDF") "</ul></aside>",
          "the-a-b-c", "", "" },
        { "a list with a heading of its own",
          "<aside><h2>Most read</h2><ul>" LONG_STORY(
              "the-a-b-c") "</ul><section><h3>Culture</h3><div>"
                           "<ul>" LONG_STORY("the-d-e-f")
                               LONG_STORY("the-g-h-i") "</ul></div></section>"
                                                       "</aside>",
          "", "", "the-a-b-c" },
        { "cards with headings of their own",
          "<aside><h2>Most read</h2><div>" LINK(
              "the-a-b-c") "<h3>The first of them</h3></div><div><h3>The "
                           "second of them</h3>" LINK(
                               "the-d-e-f") "</div></aside>",
          "", "", "the-a-b-c the-d-e-f" },
        { "what stands around a list with the same heading",
          "<section><div>Most read</div><div><div><h3>Most "
          "Read</h3><ul>" LONG_STORY("the-a-b-c") LONG_STORY("the-d-e-f")
              LONG_STORY("the-g-h-i") "</ul></div></div>" LONG_STORY(
                  "the-j-k-l") "</section>",
          "", "", "the-a-b-c the-d-e-f the-g-h-i" },
        { "a list made for every story",
          "<section><h3>Lees meer</h3><ul>" STORY(
              "the-a-b-c") "<li><a href='" URL "'>A headline of some "
                           "words</a>" STORY("the-d-e-f") "</ul></section>",
          "", "", "" },
    };

    CHECK_ROWS(rows);
}

static void stories_are_told_by_their_addresses_or_titles(void)
{
    static const struct row rows[] = {
        { "a post that has no name yet",
          "<aside><h2>Related stories</h2><a href='/?post_type=post&p=1725228'>"
          "A title of it</a><a href='/?page=2'>Older</a></aside>",
          "?post_type=post&p=1725228", "", "" },
        { "few words under a headline",
          "<aside><h2>Related stories</h2><h3><a href='/gallery/best-shoes'>"
          "The best shoes to run and walk in</a></h3></aside>",
          "best-shoes", "", "" },
        { "few words under few words",
          "<aside><h2>Related stories</h2><h3><a href='/gallery/best-shoes'>"
          "The best shoes</a></h3></aside>",
          "", "", "" },
        { "one word under a headline",
          "<aside><h2>Related stories</h2><h3><a href='/gallery/shoes'>"
          "The best shoes to run and walk in</a></h3></aside>",
          "", "", "" },
        { "a topic under a headline",
          "<aside><h2>Related stories</h2><h3><a href='/topic/best-shoes'>"
          "The best shoes to run and walk in</a></h3></aside>",
          "", "", "" },
    };

    CHECK_ROWS(rows);
}

static void links_in_the_text_are_told_by_their_labels(void)
{
    static const struct row rows[] = {
        { "a paragraph of label and link",
          "<p>Read also: " LINK("the-a-b-c") "</p>", "the-a-b-c", "", "" },
        { "a label in the link",
          "<p><a href='/2020/01/the-a-b-c'>READ MORE: Some other story of "
          "this</a></p>",
          "the-a-b-c", "", "" },
        { "a label in a box of the link",
          "<a href='/2020/01/the-a-b-c'><div>Lesen Sie auch</div><h3>Some "
          "other story of this</h3></a>",
          "the-a-b-c", "", "" },
        { "a label set apart in the link's text",
          "<a href='/2020/01/the-a-b-c'><h3><small>Les også</small> <span>Some "
          "other story of this</span></h3></a>",
          "the-a-b-c", "", "" },
        { "a title that begins like a label",
          "<a href='/2020/01/the-a-b-c'><h3>See also a doctor, she "
          "said</h3></a>",
          "", "", "" },
        { "in a text behind a wall",
          "<div class=paywall hidden><div><p>Les også</p>" LINK(
              "the-a-b-c") "</div></div>",
          "the-a-b-c", "", "" },
        { "a label before the link",
          "<div><strong>Les også:</strong></div>" LINK("the-a-b-c"),
          "the-a-b-c", "", "" },
        { "a link to read on is none",
          "<p><a href='/2020/01/the-a-b-c'>Read more</a></p>", "", "", "" },
        { "a link to more stands below a list",
          "<div><ul>" STORY("the-a-b-c")
              STORY("the-d-e-f") "</ul><div>"
                                 "<a href='/news'>Read more</a></div></div>",
          "", "", "" },
        { "a word behind the title is none",
          "<a href='/2020/01/the-a-b-c'><h3>Some other story of this</h3>"
          "<div>Read more</div></a>",
          "", "", "" },
    };

    CHECK_ROWS(rows);
}

static void headings_are_known_in_many_languages(void)
{
    static const struct {
        const char *text;
        enum stet_block_class is;
    } rows[] = {
        { "Related Stories", STET_BLOCK_RELATED },
        { "RELATED TOPICS", STET_BLOCK_TOPIC },
        { "Relatedness", STET_BLOCK_NONE },
        { "■ 関連記事", STET_BLOCK_RELATED },
        { "【関連記事】", STET_BLOCK_RELATED },
        { "アクセスランキング", STET_BLOCK_MOST },
        { "ニュースランキング", STET_BLOCK_MOST },
        { "MEHR ZUM THEMA: Landkreis", STET_BLOCK_RELATED },
        { "Mehr zu den Themen", STET_BLOCK_TOPIC },
        { "Mehr aus Sachsen", STET_BLOCK_RECOMMENDED },
        { "À LIRE AUSSI", STET_BLOCK_RELATED },
        { "LES PLUS LUS", STET_BLOCK_MOST },
        { "Noticias relacionadas", STET_BLOCK_RELATED },
        { "LO MÁS LEÍDO", STET_BLOCK_MOST },
        { "Leggi anche", STET_BLOCK_RELATED },
        { "LEIA TAMBÉM", STET_BLOCK_RELATED },
        { "Lees ook", STET_BLOCK_RELATED },
        { "Mest läst – Sverige", STET_BLOCK_MOST },
        { "MEST LÄST", STET_BLOCK_MOST },
        { "LÆS OGSÅ:", STET_BLOCK_RELATED },
        { "Luetuimmat", STET_BLOCK_MOST },
        { "POWIĄZANE", STET_BLOCK_RELATED },
        { "Související články", STET_BLOCK_RELATED },
        { "Související témata", STET_BLOCK_TOPIC },
        { "Kapcsolódó cikkek", STET_BLOCK_RELATED },
        { "ЧИТАЙТЕ ТАКЖЕ", STET_BLOCK_RELATED },
        { "Читайте також", STET_BLOCK_RELATED },
        { "ΔΙΑΒΑΣΤΕ επίσης", STET_BLOCK_NONE },
        { "Διαβάστε επίσης", STET_BLOCK_RELATED },
        { "EN ÇOK OKUNANLAR", STET_BLOCK_MOST },
        { "İlgili Haberler", STET_BLOCK_RELATED },
        { "Citește și", STET_BLOCK_RELATED },
        { "많이 본 뉴스", STET_BLOCK_MOST },
        { "관련기사", STET_BLOCK_RELATED },
        { "相關新聞", STET_BLOCK_RELATED },
        { "熱門新聞", STET_BLOCK_MOST },
        { "اقرأ أيضاً", STET_BLOCK_RELATED },
        { "הנקראות ביותר", STET_BLOCK_MOST },
        { "You may also like", STET_BLOCK_RECOMMENDED },
        { "Mohlo by vás zajímat", STET_BLOCK_RECOMMENDED },
        { "Top stories", STET_BLOCK_OTHER },
        { "Watch live", STET_BLOCK_OTHER },
        { "Watch: a headline about a film", STET_BLOCK_NONE },
        { "Most popular products", STET_BLOCK_AD },
        { "Beliebt im Preisvergleich", STET_BLOCK_AD },
        { "Popularne tematy", STET_BLOCK_TOPIC },
        { "Stellenmarkt", STET_BLOCK_AD },
        { "", STET_BLOCK_NONE },
        { "«", STET_BLOCK_NONE },
        { "A headline that says that more was read", STET_BLOCK_NONE },
    };
    static struct stet_headings h;

    stet_headings_init(&h);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].text);
        CHECK_INT(stet_heading_class(&h, stet_span_of(rows[i].text)),
                  rows[i].is);
    }
    tap_row(NULL);
}

#define STATE(members) "<script>Fusion.globalContent={" members "};</script>"
#define OWN            "\"canonical_url\":\"/world/2020/jan/25/one-long-story-about-it\","

static void state_is_read_where_it_is_the_pages_own(void)
{
    static const struct row rows[] = {
        { "an array",
          STATE(OWN "\"x\":{\"y\":[\"}\"]},\"related_stories\":[{\"url\":"
                    "\"/2020/the-a-b-c\",\"title\":\"A b c\"}],\"z\":1"),
          "the-a-b-c", "", "" },
        { "Arc's",
          STATE("\"related_content\":{\"basic\":[{\"canonical_url\":"
                "\"/2020/the-a-b-c\",\"headlines\":{\"basic\":\"A b\"}}]}," OWN
                "\"z\":1"),
          "the-a-b-c", "", "" },
        { "another story's",
          STATE(OWN "\"cards\":[{\"url\":\"/2020/other\",\"relatedArticles\":"
                    "[{\"url\":\"/2020/the-a-b-c\",\"title\":\"A b\"}]}]"),
          "", "", "" },
        { "without titles",
          STATE(OWN "\"related\":[{\"id\":1,\"url\":\"/2020/the-a-b-c\"}]"), "",
          "", "" },
        { "empty", STATE(OWN "\"related\":[],\"relatedArticles\":{}"), "", "",
          "" },
        { "broken", STATE(OWN "\"related\":[{\"url\":\"/2020/the-a"), "", "",
          "" },
        { "alone", "<script>\"related\":[{\"url\":\"/2020/a\"}]</script>", "",
          "", "" },
    };

    CHECK_ROWS(rows);
}

static void answers_of_an_api_are_lists(void)
{
    static const struct {
        const char *path, *json;
        const char *related, *recommended, *most;
    } rows[] = {
        { "/related/world/x.json?dcr=true",
          "{\"heading\":\"Related &amp; "
          "more\",\"trails\":[{\"url\":\"/2020/a-b\","
          "\"headline\":\"A b\"},{\"url\":\"" URL "\"},{\"url\":\"/2020/c-d\","
          "\"linkText\":\"C d\"}]}",
          "a-b c-d", "", "" },
        { "/series/world/series/x.json?dcr",
          "{\"displayname\":\"X\",\"trails\":[{\"url\":\"/2020/a-b\"}]}", "a-b",
          "", "" },
        { "/most-read/world.json",
          "{\"tabs\":[{\"heading\":\"Here\",\"trails\":[{\"url\":\"/2020/"
          "a-b\"}]},"
          "{\"trails\":[{\"url\":\"/2020/a-b\"},{\"url\":\"/2020/c-d\"}]}]}",
          "", "", "a-b c-d" },
        { "/container/data/x.json?related",
          "{\"trails\":[{\"url\":\"/2020/a-b\"}]}", "", "a-b", "" },
    };
    static const char *const none[] = {
        "", "[]", "{}", "{\"trails\":{}}", "{\"trails\":[1,{}]}", "{\"tabs\":0}"
    };
    struct stet_article *a = NULL;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char url[100];

        snprintf(url, sizeof(url), "https://api.example%s", rows[i].path);
        tap_row(rows[i].path);
        CHECK_INT(stet_article_find_trails(&a, stet_span_of(rows[i].json),
                                           stet_span_of(url), STET_SPAN(URL),
                                           NULL),
                  STET_OK);
        if (!a)
            continue;
        check_list(&a->related, rows[i].related);
        check_list(&a->recommended, rows[i].recommended);
        check_list(&a->most_viewed, rows[i].most);
        stet_article_free(a);
    }
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
        tap_row(none[i]);
        CHECK_INT(stet_article_find_trails(&a, stet_span_of(none[i]),
                                           STET_SPAN(URL), STET_SPAN(URL),
                                           NULL),
                  STET_END);
        CHECK(!a);
    }
    tap_row(NULL);
}

static int find_trails(void)
{
    struct stet_article *a = NULL;
    int rc = stet_article_find_trails(
        &a, STET_SPAN("{\"trails\":[{\"url\":\"/2020/a-b\"}]}"),
        STET_SPAN("https://api.example/related/x.json"), STET_SPAN(URL), NULL);

    stet_article_free(a);
    return rc;
}

static void trails_survive_want_of_memory(void)
{
    CHECK(torture(find_trails));
}

/* Every word of the table is found by itself, or a longer one with it. */
static void every_heading_word_is_found(void)
{
    static struct stet_headings h;
    char text[128];

    stet_headings_init(&h);
    for (size_t i = 0; i < STET_N_HEADING_WORDS; i++)
        for (size_t k = 0; k < stet_heading_words[i].n; k++) {
            struct stet_span w = stet_span_of(stet_heading_words[i].words[k]);

            tap_row(w.ptr);
            CHECK(w.len < sizeof(text) && w.len >= 2);
            if (w.ptr[w.len - 1] == '*')
                w.len--;
            CHECK_INT(stet_heading_class(&h, w), stet_heading_words[i].is);
        }
    tap_row(NULL);
}

static void names_are_split_into_words(void)
{
    static const struct {
        const char *value;
        enum stet_block_class is;
    } rows[] = {
        { "article-related", STET_BLOCK_RELATED },
        { "articleRelatedStories", STET_BLOCK_RELATED },
        { "unrelated", STET_BLOCK_NONE },
        { "related-topics", STET_BLOCK_TOPIC },
        { "related-video", STET_BLOCK_NONE },
        { "c-most-read__item", STET_BLOCK_MOST },
        { "lo-mas-leido-por-los-socios", STET_BLOCK_MOST },
        { "popularlist related", STET_BLOCK_MOST },
        { "latestlist related", STET_BLOCK_OTHER },
        { "mostReadMostRecent", STET_BLOCK_NONE },
        { "c-posts--articleTrending", STET_BLOCK_NONE },
        { "list-widget-trending", STET_BLOCK_MOST },
        { "c-trendingTopics", STET_BLOCK_TOPIC },
        { "recirculation", STET_BLOCK_RECOMMENDED },
        { "", STET_BLOCK_NONE },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].value);
        CHECK_INT(stet_token_class(stet_span_of(rows[i].value)), rows[i].is);
    }
    tap_row(NULL);
}

TESTS({ "headings name lists", headings_name_lists },
      { "a story is listed once", a_story_is_listed_once },
      { "a heading counts more than names", a_heading_counts_more_than_names },
      { "what is no list of stories is left out",
        what_is_no_list_of_stories_is_left_out },
      { "what stands in a list may not be of it",
        what_stands_in_a_list_may_not_be_of_it },
      { "stories are told by their addresses or titles",
        stories_are_told_by_their_addresses_or_titles },
      { "links in the text are told by their labels",
        links_in_the_text_are_told_by_their_labels },
      { "headings are known in many languages",
        headings_are_known_in_many_languages },
      { "state is read where it is the page's own",
        state_is_read_where_it_is_the_pages_own },
      { "answers of an API are lists", answers_of_an_api_are_lists },
      { "trails survive want of memory", trails_survive_want_of_memory },
      { "every heading word is found", every_heading_word_is_found },
      { "names are split into words", names_are_split_into_words })
