#include "base/span.h"
#include "lib/tap.h"
#include "stet/article.h"

#define STORY                                                                \
    "<h1>One story</h1><div><p>The first paragraph of the story is long "    \
    "enough to be running text, and says what happened.</p><p>The second "   \
    "goes on for a while about the same thing, with names, places and "      \
    "numbers.</p><p>The third says what came of it in the following weeks, " \
    "and who was there when it did.</p><p>The fourth is about the weather "  \
    "on that day, which was fine in the morning.</p><p>The fifth ends it; "  \
    "there is no more to be said of the matter.</p>"

static const struct {
    const char *name, *html;
    const char *note; /* NULL: none */
    enum stet_article_source source;
} rows[] = {
    { "the Guardian's",
      STORY "<p>This article was amended on 5 March 2024 to correct the name "
            "of the harbour.</p></div>",
      "This article was amended on 5 March 2024 to correct the name of the "
      "harbour.",
      STET_SOURCE_TEXT },
    { "one with a label",
      STORY "</div><p><b>Correction:</b> The bridge is 300 metres long, not "
            "30.</p>",
      "Correction: The bridge is 300 metres long, not 30.", STET_SOURCE_TEXT },
    { "a label and a date",
      STORY "</div><p>Correction, March 5, 2024: The bridge is 300 metres long."
            "</p>",
      "Correction, March 5, 2024: The bridge is 300 metres long.",
      STET_SOURCE_TEXT },
    { "a label in a line of its own",
      STORY "</div><h4>Corrections</h4><p>The bridge is 300 metres long, not "
            "30 as we said.</p>",
      "The bridge is 300 metres long, not 30 as we said.", STET_SOURCE_TEXT },
    { "German",
      STORY "<p>In einer früheren Version dieses Textes stand, die Brücke sei "
            "30 Meter lang.</p></div>",
      "In einer früheren Version dieses Textes stand, die Brücke sei 30 Meter "
      "lang.",
      STET_SOURCE_TEXT },
    { "Japanese",
      STORY
      "</div><p>訂正：橋の長さは３０メートルではなく３００メートルでした。"
      "</p>",
      "訂正：橋の長さは３０メートルではなく３００メートルでした。",
      STET_SOURCE_TEXT },
    { "metadata's",
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
      "\"correction\":[{\"@type\":\"CorrectionComment\",\"text\":\"The bridge "
      "is 300 metres long, not 30.\"}]}</script>" STORY "</div>",
      "The bridge is 300 metres long, not 30.", STET_SOURCE_JSON_LD },

    { "a story about a correction",
      STORY "<p>Correction of the river's bed will take until spring, said "
            "the board of the harbour.</p></div>",
      NULL, 0 },
    { "a link to the desk",
      STORY "</div><p><a href=/c>Corrections and clarifications</a> | <a "
            "href=/t>Submit a news tip to the desk</a></p>",
      NULL, 0 },
    { "one in a list of other stories",
      STORY "</div><ul><li><a href=/a>Correction: what we got wrong about the "
            "bridge last week</a></li></ul>",
      NULL, 0 },
    { "nothing", STORY "</div>", NULL, 0 },
};

static void finds_notes_of_corrections(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_article *a = NULL;

        tap_row(rows[i].name);
        CHECK_INT(stet_article_parse(&a, stet_span_of(rows[i].html),
                                     STET_SPAN("https://news.example/x"),
                                     STET_SPAN("utf-8"), STET_ARTICLE_NO_TIME,
                                     NULL),
                  STET_OK);
        if (!a)
            continue;
        if (CHECK_INT(a->corrections.len, rows[i].note ? 1 : 0) &&
            rows[i].note) {
            CHECK_SPAN(a->corrections.items[0].text, rows[i].note);
            CHECK_INT(a->corrections.items[0].source, rows[i].source);
        }
        stet_article_free(a);
    }
    tap_row(NULL);
}

TESTS({ "what a page says that it mended", finds_notes_of_corrections })
