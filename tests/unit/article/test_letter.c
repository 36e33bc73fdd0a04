#include "article/letter.h"
#include "lib/tap.h"

static void cuts_text_into_words(void)
{
    static const char text[] =
        "Ça d’un 3年以上, 글은 п'ять — 6months. ٢١ שנה־ו";
    static const char *const words[] = { "Ça",     "d",  "un",  "3",
                                         "年",     "以", "上",  "글",
                                         "은",     "п",  "ять", "6",
                                         "months", "٢١", "שנה", "ו" };
    struct stet_span word;
    size_t i = 0;

    for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
        tap_row(words[k]);
        CHECK(stet_letter_word(stet_span_of(text), &i, &word));
        CHECK_SPAN(word, words[k]);
    }
    tap_row(NULL);
    CHECK(!stet_letter_word(stet_span_of(text), &i, &word));
    i = 0;
    CHECK(!stet_letter_word(STET_SPAN(" .,—。"), &i, &word));
    i = 0;
    CHECK(!stet_letter_word(STET_SPAN(""), &i, &word));
}

struct pair {
    const char *a, *b;
    bool same, begins;
};

static const struct pair pairs[] = {
    { "ÉTÉ", "été", true, true },
    { "été", "ete", false, false },
    { "ΆΡΘΡΟ", "αρθρο", true, true },
    { "παλιός", "ΠΑΛΙΟΣ", true, true },
    { "СТАТЬЯ", "статья", true, true },
    { "трёх", "трех", true, true },
    { "ЇЖАК", "їжак", true, true },
    { "Șase", "şase", true, true },
    { "ŁÓDŹ", "łódź", true, true },
    { "İÇERİK", "içerik", true, true },
    { "نُشِرَ", "نشر", true, true },
    { "أكثر", "اكثر", true, true },
    { "כְּתָבָה", "כתבה", true, true },
    { "２１", "21", true, true },
    { "٢١", "21", true, true },
    { "published", "publish", false, true },
    { "publish", "published", false, false },
    { "\xC3", "\xC3", true, true },
};

static void folds_what_does_not_matter(void)
{
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        struct stet_span a = stet_span_of(pairs[i].a);
        struct stet_span b = stet_span_of(pairs[i].b);

        tap_row(pairs[i].a);
        CHECK_INT(stet_letter_same(a, b, false), pairs[i].same);
        CHECK_INT(stet_letter_same(a, b, true), pairs[i].begins);
        if (pairs[i].same)
            CHECK_INT(stet_letter_hash(a), stet_letter_hash(b));
    }
    tap_row(NULL);
}

static void reads_numbers(void)
{
    uint64_t n = 0;

    CHECK(stet_letter_number(STET_SPAN("٢٠٢١"), &n));
    CHECK_INT(n, 2021);
    CHECK(stet_letter_number(STET_SPAN("007"), &n));
    CHECK_INT(n, 7);
    CHECK(!stet_letter_number(STET_SPAN("1234567890"), &n));
    CHECK(!stet_letter_number(STET_SPAN("two"), &n));
    CHECK(!stet_letter_number(STET_SPAN(""), &n));
}

TESTS({ "text is cut into words of many scripts", cuts_text_into_words },
      { "case, points and the like do not matter", folds_what_does_not_matter },
      { "digits of any script are numbers", reads_numbers })
