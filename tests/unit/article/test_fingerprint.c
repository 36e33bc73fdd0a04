#include "article/fingerprint.h"
#include "base/buf.h"
#include "lib/tap.h"
#include "stet/article.h"

#include <string.h>

static const char story[] =
    "The harbour board voted on Tuesday to widen the northern channel, ending "
    "an argument that has split the town for the better part of nine years "
    "and outlived two of its mayors. Boats of the larger class have had to "
    "wait for the tide since the old breakwater was lengthened, and on some "
    "days in the autumn as many as fourteen lay outside, visible from the "
    "market and costing their owners money. Opponents say that the dredging "
    "will take the sand from the eastern beach within two winters. The "
    "engineers, whose report runs to three hundred pages, put it at a tenth "
    "of that and offered to bring the sand back by barge. Work is to begin "
    "when the herring have gone. The board expects it to last until the "
    "following summer, and has set aside a sum for the fishermen who will "
    "have to land their catch elsewhere.";

static const char other[] =
    "A soup that needs nothing but time and leeks was on every table of the "
    "county last week, when the cold came early and the shops had little "
    "else. It wants three of them, washed well, a potato, and an hour in "
    "which nobody lifts the lid. Those who have cream may add it at the end; "
    "those who have none will not miss it, says the cook of the old inn, "
    "who has made it for forty winters and has never written it down.";

static struct stet_fingerprint print_of(struct stet_span text)
{
    struct stet_fingerprint out;

    CHECK(stet_fingerprint(text, &out));
    return out;
}

static int distance(struct stet_fingerprint a, struct stet_fingerprint b)
{
    int n = 0;

    for (int i = 0; i < 128; i++)
        n += (int)((a.bits[i / 64] ^ b.bits[i / 64]) >> i % 64 & 1);
    return n;
}

static void is_the_same_everywhere(void)
{
    /* Archives of many years are compared by it: it must never change. */
    struct stet_fingerprint f = print_of(stet_span_of(story));

    CHECK(f.bits[0] == 0x814962b9e55e884bULL);
    CHECK(f.bits[1] == 0x00c5d3fdf080ffdeULL);
}

static void knows_a_text_again(void)
{
    struct stet_fingerprint whole = print_of(stet_span_of(story));
    struct stet_fingerprint changed;
    struct stet_buf b;

    stet_buf_init(&b, 1 << 16);
    stet_buf_adds(&b, "  ");
    for (const char *c = story; *c; c++)
        stet_buf_adds(&b, *c == ' ' ? "\n\t" : (char[]){ *c, '\0' });
    CHECK_INT(distance(whole, print_of(stet_buf_span(&b))), 0);
    stet_buf_reset(&b);
    stet_buf_adds(&b, story);
    stet_buf_adds(&b, " Updated on Friday.");
    changed = print_of(stet_buf_span(&b));
    CHECK(stet_article_same_text(&whole, &changed));
    stet_buf_reset(&b);
    stet_buf_adds(&b, "NORTH HARBOUR (Wire) - ");
    stet_buf_add(&b, story, strstr(story, " Opponents say") - story);
    stet_buf_adds(&b, strstr(story, " The engineers"));
    changed = print_of(stet_buf_span(&b));
    CHECK(distance(whole, changed) > 0);
    CHECK(stet_article_same_text(&whole, &changed));
    stet_buf_clear(&b);
}

static void tells_texts_apart(void)
{
    struct stet_fingerprint a = print_of(stet_span_of(story));
    struct stet_fingerprint b = print_of(stet_span_of(other));

    CHECK(distance(a, b) > 36);
    CHECK(!stet_article_same_text(&a, &b));
    b = a;
    CHECK(stet_article_same_text(&a, &b));
    b.bits[0] ^= 0x8000000000003FFFULL; /* 15 bits */
    b.bits[1] ^= 0x8000000000000FFFULL; /* and 13 more */
    CHECK(stet_article_same_text(&a, &b));
    b.bits[1] ^= 0x1000;
    CHECK(!stet_article_same_text(&a, &b));
    b.bits[0] = ~a.bits[0];
    b.bits[1] = ~a.bits[1];
    CHECK(!stet_article_same_text(&a, &b));
}

static void leaves_short_texts_alone(void)
{
    struct stet_span text = stet_span_of(story);
    struct stet_fingerprint out;

    text.len = 100;
    CHECK(!stet_fingerprint(text, &out));
    text.len = 0;
    CHECK(!stet_fingerprint(text, &out));
}

static void counts_ideographs_as_words(void)
{
    static const char text[] =
        "県は１３日、北部の港の航路を広げることを決めた。九年にわたり町を二分し"
        "た議論に終止符が打たれる。反対派は東の浜の砂が失われると話す。";
    struct stet_fingerprint out;

    CHECK(stet_fingerprint(stet_span_of(text), &out));
}

static void bears_bytes_that_are_no_text(void)
{
    char bytes[4096];
    struct stet_fingerprint out;

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 37 + i / 256 * 11);
    for (size_t len = sizeof(bytes) - 8; len <= sizeof(bytes); len++)
        (void)stet_fingerprint((struct stet_span){ bytes, len }, &out);
    CHECK(true);
}

TESTS({ "is the same everywhere", is_the_same_everywhere },
      { "knows a text again", knows_a_text_again },
      { "tells texts apart", tells_texts_apart },
      { "leaves short texts alone", leaves_short_texts_alone },
      { "counts ideographs as words", counts_ideographs_as_words },
      { "bears bytes that are no text", bears_bytes_that_are_no_text })
