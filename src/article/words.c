#include "article/words.h"

#include "article/letter.h"

void stet_words_cut(struct stet_words *w, struct stet_span text)
{
    size_t i = 0;

    w->text = text;
    w->n = 0;
    while (w->n < STET_MAX_WORDS && stet_letter_word(text, &i, &w->at[w->n]))
        w->n++;
}

/* How many words at `at` the phrase has, or 0 if it does not stand there. */
static size_t match_phrase(const struct stet_words *w, size_t at,
                           struct stet_span phrase)
{
    struct stet_span word;
    size_t i = 0;
    size_t n = 0;

    while (stet_letter_word(phrase, &i, &word)) {
        bool begins = i < phrase.len && phrase.ptr[i] == '*';

        if (at + n >= w->n || !stet_letter_same(w->at[at + n], word, begins))
            return 0;
        n++;
    }
    return n;
}

size_t stet_words_match(const struct stet_words *w, size_t at,
                        struct stet_span list)
{
    size_t best = 0;

    while (list.ptr) {
        size_t n = match_phrase(w, at, stet_span_cut(&list, '|'));

        best = n > best ? n : best;
    }
    return best;
}

/* By its first two letters, since that is all that a "begin*" may have. */
static uint32_t start_of(struct stet_span word)
{
    uint32_t a = stet_letter_next(&word);
    uint32_t b = 0;

    while (b == 0 && word.len > 0)
        b = stet_letter_next(&word);
    return (a * 31 + b) % (sizeof(((struct stet_phrases *)0)->starts) * 8);
}

void stet_phrases_init(struct stet_phrases *p, const char *list)
{
    struct stet_span rest = stet_span_of(list);

    *p = (struct stet_phrases){ .list = list };
    while (rest.ptr) {
        struct stet_span phrase = stet_span_cut(&rest, '|');
        struct stet_span word;
        size_t i = 0;

        if (stet_letter_word(phrase, &i, &word))
            p->starts[start_of(word) / 32] |= 1U << start_of(word) % 32;
    }
}

bool stet_phrases_in(const struct stet_phrases *p, struct stet_span text)
{
    struct stet_words w;

    stet_words_cut(&w, text);
    for (size_t i = 0; i < w.n; i++) {
        uint32_t k = start_of(w.at[i]);

        if ((p->starts[k / 32] >> k % 32 & 1) &&
            stet_words_match(&w, i, stet_span_of(p->list)) > 0)
            return true;
    }
    return false;
}
