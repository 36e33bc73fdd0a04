#include "article/caption.h"

#include <string.h>

#include "lib/tap.h"

#define IMG "<img src=/p/large-picture.jpg width=900 alt='A thing'>"
#define STORY                                                                 \
    "<p>The first paragraph of the story is long enough to be running text, " \
    "and says what happened to whom on that day.</p><p>The second goes on "   \
    "for a while about the same thing, with names, places and numbers.</p>"

static void finds_captions_and_credits(void)
{
    static const struct {
        const char *name, *html, *caption, *credit;
    } rows[] = {
        { "a label before the credit's element",
          "<figure>" IMG "<figcaption>What is seen. <span class=c__copyright>"
          "Copyright&nbsp;</span><span class=c__credit>A. Eye</span>"
          "</figcaption></figure>",
          "What is seen.", "A. Eye" },
        { "a label in French",
          "<figure>" IMG "<figcaption>What is seen. <span class=c__copyright>"
          "Tous droits réservés&nbsp;</span><span class=c__credit>A. Eye</span>"
          "</figcaption></figure>",
          "What is seen.", "A. Eye" },
        { "an agency behind a slash",
          "<figure>" IMG "<figcaption><span>What is seen.</span> <span "
          "class=credit>Photo by A. Eye</span> /<span class=distributor>The "
          "Agency</span></figcaption></figure>",
          "What is seen.", "Photo by A. Eye/The Agency" },
        { "a picture's info",
          "<div>" IMG "<span class=img-info>What is seen. "
          "Bild: A. Eye/Archiv</span></div>",
          "What is seen.", "Bild: A. Eye/Archiv" },
        { "a final agency",
          "<figure>" IMG "<figcaption>무엇이 보인다. 뉴시스"
          "</figcaption></figure>",
          "무엇이 보인다.", "뉴시스" },
        { "a final photograph",
          "<figure>" IMG "<figcaption>Who is seen / A. "
          "Eye / Paper nuotr.</figcaption></figure>",
          "Who is seen", "A. Eye / Paper nuotr." },
        { "blocks without names",
          "<div><div>" IMG "</div><p><span>What is seen</span></p>"
          "<p>Image: A. Eye</p></div>",
          "What is seen", "Image: A. Eye" },
        { "the picture's own attributes",
          "<div><img src=/p/large-picture.jpg width=900 data-caption='What is "
          "seen' data-source='A. Eye/agency'></div>",
          "What is seen", "A. Eye/agency" },
        { "an address is no credit",
          "<div><img src=/p/large-picture.jpg width=900 "
          "data-source='https://img.example/p.jpg'></div>",
          "", "" },
        { "a credit in the alternative text",
          "<div><img src=/p/large-picture.jpg width=900 alt='A thing © Paper "
          "Foto: A. Eye'></div>",
          "", "© Paper Foto: A. Eye" },
        { "an element of the publisher's own",
          "<meta property=og:image content=/p/large-picture.jpg><div>"
          "<brick-image src=/p/large-picture.jpg></brick-image><div><span>What "
          "is seen.</span> <span class=image-photographer>Foto: A. Eye</span>"
          "</div></div>",
          "What is seen.", "Foto: A. Eye" },
        { "one whose picture a script loads",
          "<meta property=og:image content=/p/large-picture.jpg><div>"
          "<brick-image data-src=/p/large-picture.jpg></brick-image><div><span>"
          "What is seen.</span> <span class=image-photographer>Foto: A. Eye"
          "</span></div></div>",
          "What is seen.", "Foto: A. Eye" },
        { "a button before the caption",
          "<figure>" IMG "<button class=caption-trigger><svg><path/></svg>"
          "</button><figcaption>What is seen.</figcaption></figure>",
          "What is seen.", "" },
        { "an agency on the first line",
          "<figure>" IMG "<figcaption><span>The Agency</span><br>What is seen "
          "on the day.</figcaption></figure>",
          "What is seen on the day.", "The Agency" },
        { "a part of its own behind a sentence",
          "<figure>" IMG
          "<figcaption><span>What is seen on it.</span><span>A. Eye "
          "(Agency)</span></figcaption></figure>",
          "What is seen on it.", "A. Eye (Agency)" },
        { "a credit without a space before it",
          "<figure>" IMG "<figcaption>What is seen.Credit: A. Eye"
          "</figcaption></figure>",
          "What is seen.", "Credit: A. Eye" },
        { "a first line that is a sentence",
          "<figure>" IMG "<figcaption><b>What is seen.</b><br>And where."
          "</figcaption></figure>",
          "What is seen. And where.", "" },
        { "a face with the author's name, before the picture",
          "<figure><a rel=author href=/by/a><img src=/p/face-of-a-writer.jpg>"
          "</a><figcaption>By A. Writer</figcaption></figure><figure>" IMG
          "<figcaption>What is seen.</figcaption></figure>",
          "What is seen.", "" },
        { "a link to the picture's own page",
          "<figure><a href=photo/large-picture.html>" IMG "</a><p "
          "class=caption>What is seen.</p></figure>",
          "What is seen.", "" },
        { "what only shows without scripts",
          "<div><img src=/transparent.gif><noscript>" IMG "</noscript><div "
          "class=mediaCaption>What is seen.</div></div>",
          "What is seen.", "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_article *a = NULL;
        char page[2000] = "<title>A headline here</title>";

        strncat(page, rows[i].html, 1000);
        strncat(page, "<h1>A headline here</h1>" STORY, 800);
        tap_row(rows[i].name);
        CHECK_INT(
            stet_article_parse(&a, (struct stet_span){ page, strlen(page) },
                               STET_SPAN("https://news.example/a"),
                               STET_SPAN("utf-8"), STET_ARTICLE_NO_TIME, NULL),
            STET_OK);
        if (!a)
            continue;
        CHECK_SPAN(a->lead_image.caption, rows[i].caption);
        CHECK_SPAN(a->lead_image.credit, rows[i].credit);
        stet_article_free(a);
    }
    tap_row(NULL);
}

TESTS({ "captions and credits, each once", finds_captions_and_credits })
