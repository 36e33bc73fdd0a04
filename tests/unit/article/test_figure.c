#include "article/figure.h"

#include "lib/tap.h"

static void knows_a_picture_by_its_url(void)
{
    static const struct {
        const char *name, *a, *b;
        bool same;
    } rows[] = {
        { "the same", "https://a.example/p.jpg", "https://a.example/p.jpg",
          true },
        { "another size", "https://a.example/2024/harbour-view.jpg?w=1200",
          "https://a.example/2024/harbour-view.jpg?w=300", true },
        { "another host's path", "https://a.example/media/2024/harbour.jpg",
          "https://cdn.example/x/media/2024/harbour.jpg", true },
        { "a name inside another service's URL",
          "https://a.example/harbour-view.jpg",
          "https://r.example/fit/https%3A%2F%2Fa.example%2Fharbour-view.jpg",
          true },
        { "a number that both have",
          "https://i.example/409952153/409952153_1757404707_v4_3_800.jpeg",
          "https://i.example/409952153/409952153_1757404707_v16_9_1600.webp",
          true },
        { "a key that both have",
          "https://a.example/image.be7b8bf8-9051-4c0a-bd8f-8f800bc5471a.orig",
          "https://a.example/m.be7b8bf8-9051-4c0a-bd8f-8f800bc5471a.16x9.jpg",
          true },
        { "two of a series", "https://a.example/harbour-view-1.jpg",
          "https://a.example/harbour-view-2.jpg", false },
        { "two of one day", "https://a.example/20240312/harbour.jpg",
          "https://a.example/20240312/market.jpg", false },
        { "two through one service",
          "https://r.example/a1=/750x0/https%3A%2F%2Fimg.example.au%2Ffs%2F"
          "harbour",
          "https://r.example/b2=/750x0/https%3A%2F%2Fimg.example.au%2Ffs%2F"
          "market",
          false },
        { "names that say nothing", "https://a.example/1/image.jpg",
          "https://a.example/2/image.jpg", false },
        { "nothing", "", "https://a.example/p.jpg", false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].name);
        CHECK_INT(
            stet_figure_same(stet_span_of(rows[i].a), stet_span_of(rows[i].b)),
            rows[i].same);
    }
    tap_row(NULL);
}

static void reads_a_srcset(void)
{
    struct stet_span s = STET_SPAN(" /a.jpg 100w, /b,c.jpg 2x,/d.jpg,  /e.jpg");
    static const char *const urls[] = { "/a.jpg", "/b,c.jpg", "/d.jpg",
                                        "/e.jpg" };
    struct stet_candidate c;
    size_t at = 0;
    size_t n = 0;

    while (stet_srcset_next(&c, s, &at) && n < 4) {
        CHECK_SPAN(c.url, urls[n]);
        if (n == 0)
            CHECK_INT(c.width, 100);
        n++;
    }
    CHECK_INT(n, 4);
}

TESTS({ "one picture is known in every size", knows_a_picture_by_its_url },
      { "a srcset is read candidate by candidate", reads_a_srcset })
