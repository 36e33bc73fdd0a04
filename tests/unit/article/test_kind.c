#include <stdio.h>
#include <string.h>

#include "article/find.h"
#include "article/words.h"
#include "base/buf.h"
#include "base/mem.h"
#include "dom/dom.h"
#include "lib/tap.h"
#include "stet/article.h"

#define PARAGRAPH                                                             \
    "<p>The first paragraph of the story is long enough to be running text, " \
    "and says what happened, to whom, and on which of the days.</p>"
#define STORY PARAGRAPH PARAGRAPH PARAGRAPH
#define CARD                                                           \
    "<li><a href=/2024/a-story-of-the-day>A headline of a story that " \
    "happened</a></li>"
#define CARDS CARD CARD CARD CARD CARD CARD CARD CARD CARD CARD CARD CARD CARD
#define FACTS(free)                                                  \
    "<script type='application/ld+json'>{\"@type\":\"NewsArticle\"," \
    "\"headline\":\"One story\",\"isAccessibleForFree\":" free "}</script>"

struct row {
    const char *name, *html;
    enum stet_article_page kind;
};

static const struct row rows[] = {
    { "a story without metadata", "<h1>One story</h1>" STORY,
      STET_PAGE_ARTICLE },
    { "a short one with them",
      FACTS("true") "<h1>One story</h1>" PARAGRAPH PARAGRAPH,
      STET_PAGE_ARTICLE },
    { "a story below which others stand",
      "<h1>One story</h1><div>" STORY "</div><aside>" CARDS "</aside>",
      STET_PAGE_ARTICLE },
    { "a page of links", "<h1>News of the town</h1><ul>" CARDS "</ul>",
      STET_PAGE_LIST },
    { "nothing", "", STET_PAGE_OTHER },
    { "a form", "<h1>Write to us</h1><form><input></form>", STET_PAGE_OTHER },

    { "Cloudflare",
      "<title>Just a moment...</title><h1>news.example</h1><p>"
      "Enable JavaScript and cookies to continue</p>",
      STET_PAGE_CHALLENGE },
    { "DataDome",
      "<title>news.example</title><p id=cmsg>Please enable JS and "
      "disable any ad blocker</p>",
      STET_PAGE_CHALLENGE },
    { "PerimeterX",
      "<title>Access denied</title><div id=px-captcha></div>"
      "<p>Press &amp; Hold to confirm you are a human</p>",
      STET_PAGE_CHALLENGE },
    { "Imperva",
      "<iframe src='/_Incapsula_Resource?SWUDNSAI=31&amp;xinfo=2'>"
      "Request unsuccessful. Incapsula incident ID: 703</iframe>",
      STET_PAGE_CHALLENGE },
    { "a German question",
      "<h1>Sicherheitspr\xC3\xBC"
      "fung</h1><p>Bitte best\xC3\xA4tigen Sie, dass Sie ein Mensch sind.</p>",
      STET_PAGE_CHALLENGE },
    { "a Japanese one",
      "<p>続行するには、人間であることを確認してください"
      "</p>",
      STET_PAGE_CHALLENGE },
    { "a story about them",
      "<h1>Just a moment, are you a robot?</h1>" FACTS("true") STORY,
      STET_PAGE_ARTICLE },
    { "a comment form that asks for a person",
      "<h1>One story</h1>" STORY STORY
      "<form><div class=g-recaptcha></div></form>",
      STET_PAGE_ARTICLE },

    { "English for lost",
      "<title>Page not found</title><h1>Sorry</h1><p>It "
      "is gone.",
      STET_PAGE_ERROR },
    { "French", "<title>Erreur 404</title><h1>Page introuvable</h1>",
      STET_PAGE_ERROR },
    { "Russian, in capitals", "<h1>СТРАНИЦА НЕ НАЙДЕНА</h1>", STET_PAGE_ERROR },
    { "Chinese", "<title>404</title><h1>找不到页面</h1>", STET_PAGE_ERROR },
    { "with the day's news below",
      "<h1>Pagina niet gevonden</h1><ul>" CARDS "</ul>", STET_PAGE_ERROR },
    { "a story about something lost",
      FACTS("true") "<h1>Plane not found after three weeks</h1>" STORY,
      STET_PAGE_ARTICLE },

    { "consent in English",
      "<h1>Before you continue</h1><p>We and our "
      "partners use cookies to store and read personal data on your device, "
      "for advertising and to measure it. You can take your consent back at "
      "any time.</p><button>Accept all</button>",
      STET_PAGE_CONSENT },
    { "in French",
      "<h1>Votre vie priv\xC3\xA9"
      "e</h1><p>Avec votre consentement, nos partenaires et nous utilisons "
      "des cookies pour stocker et acc\xC3\xA9"
      "der \xC3\xA0 des donn\xC3\xA9"
      "es personnelles, comme votre visite sur ce site, et pour mesurer la "
      "publicit\xC3\xA9.</p><button>Accepter et fermer</button>",
      STET_PAGE_CONSENT },
    { "in Swedish",
      "<h1>Vi bryr oss om dig</h1><p>Vi och v\xC3\xA5ra partner "
      "anv\xC3\xA4nder cookies och behandlar personuppgifter f\xC3\xB6r att "
      "visa annonser som passar dig och f\xC3\xB6r att m\xC3\xA4ta dem. Ditt "
      "samtycke kan du alltid ta tillbaka h\xC3\xA4r.</p><button>Godk\xC3\xA4"
      "nn alla</button>",
      STET_PAGE_CONSENT },
    { "a notice of cookies over a story",
      FACTS("true") "<div><p>We and our "
                    "partners use cookies.</p><button>Accept "
                    "all</button></div><h1>One "
                    "story</h1>" STORY,
      STET_PAGE_ARTICLE },
    { "what a paper says of its cookies",
      "<h1>Our cookies</h1>" STORY STORY
      "<p>The cookies that we set are named here, and what they are for.</p>",
      STET_PAGE_ARTICLE },

    { "cut off, in English",
      FACTS("false") "<h1>One story</h1>" PARAGRAPH
                     "<div><p>Subscribe to continue reading</p></div>",
      STET_PAGE_TEASER },
    { "cut off, in German",
      FACTS("false") "<h1>One story</h1>" PARAGRAPH
                     "<div>Jetzt weiterlesen mit dem Digitalabo</div>",
      STET_PAGE_TEASER },
    { "cut off, in Japanese",
      FACTS("false") "<h1>One story</h1>" PARAGRAPH
                     "<div>この記事は有料会員限定です</div>",
      STET_PAGE_TEASER },
    { "cut off within a sentence",
      FACTS(
          "false") "<h1>One story</h1>" PARAGRAPH
                   "<p>The second paragraph of it begins like this and goes on "
                   "as far as \xE2\x80\xA6</p>",
      STET_PAGE_TEASER },
    { "paid, and whole", FACTS("false") "<h1>One story</h1>" STORY,
      STET_PAGE_ARTICLE },
    { "free, with an offer below",
      FACTS("true") "<h1>One story</h1>" STORY
                    "<div class=paywall>Subscribe to continue reading</div>",
      STET_PAGE_ARTICLE },
};

static void tells_what_a_page_is(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_article *a = NULL;

        tap_row(rows[i].name);
        CHECK_INT(stet_article_parse(&a, stet_span_of(rows[i].html),
                                     STET_SPAN("https://news.example/x"),
                                     STET_SPAN("utf-8"), STET_ARTICLE_NO_TIME,
                                     NULL),
                  STET_OK);
        if (a)
            CHECK_STR(stet_article_page_name(a->page_kind),
                      stet_article_page_name(rows[i].kind));
        stet_article_free(a);
    }
    tap_row(NULL);
}

/* As a crawl asks, which knows the status. */
static enum stet_article_page kind_at(const char *html, const char *url,
                                      int status)
{
    struct stet_html_options o = { .on_token = stet_dom_token };
    struct stet_article_input in = { .url = stet_span_of(url),
                                     .captured_ms = STET_ARTICLE_NO_TIME,
                                     .status = status };
    struct stet_article *a = NULL;
    struct stet_dom *dom = NULL;
    enum stet_article_page kind = STET_PAGE_OTHER;

    if (!CHECK_INT(stet_dom_new(&dom, NULL), STET_OK))
        return kind;
    o.ctx = dom;
    if (CHECK_INT(stet_html_tokenize(stet_span_of(html), &o, NULL), STET_OK) &&
        CHECK_INT(stet_dom_finish(dom), STET_OK)) {
        in.dom = dom;
        if (CHECK_INT(stet_article_find(&a, &in, NULL), STET_OK))
            kind = a->page_kind;
    }
    stet_article_free(a);
    stet_dom_free(dom);
    return kind;
}

static void asks_the_status_and_the_address(void)
{
    static const char test[] = "<title>Just a moment...</title>";
    static const char few[] = "<ul>" CARD CARD CARD CARD CARD "</ul>" STORY;

    CHECK_INT(kind_at("<h1>One story</h1>" STORY, "http://a.example/x", 404),
              STET_PAGE_ERROR);
    CHECK_INT(kind_at("<h1>One story</h1>" STORY, "http://a.example/x", 200),
              STET_PAGE_ARTICLE);
    CHECK_INT(kind_at(test, "http://a.example/x", 403), STET_PAGE_CHALLENGE);
    CHECK_INT(kind_at(test, "http://a.example/x", 503), STET_PAGE_CHALLENGE);
    CHECK_INT(kind_at(few, "http://a.example/", 200), STET_PAGE_LIST);
    CHECK_INT(kind_at(few, "http://a.example/x", 200), STET_PAGE_ARTICLE);
}

static void finds_phrases(void)
{
    struct stet_phrases p;

    stet_phrases_init(&p, "not found|accept*|i agree|找不到");
    CHECK(stet_phrases_in(&p, STET_SPAN("Page NOT found!")));
    CHECK(stet_phrases_in(&p, STET_SPAN("Accepting it")));
    CHECK(stet_phrases_in(&p, STET_SPAN("I agree.")));
    CHECK(stet_phrases_in(&p, STET_SPAN("我找不到它")));
    CHECK(!stet_phrases_in(&p, STET_SPAN("not, and then found? Well, not")));
    CHECK(!stet_phrases_in(&p, STET_SPAN("unacceptable")));
    CHECK(!stet_phrases_in(&p, STET_SPAN("in agreement")));
    CHECK(!stet_phrases_in(&p, STET_SPAN("")));
}

TESTS({ "a page's kind is told from the page", tells_what_a_page_is },
      { "and from status and address where they are known",
        asks_the_status_and_the_address },
      { "phrases are found by words", finds_phrases })
