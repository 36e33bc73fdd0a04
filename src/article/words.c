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

void stet_phrases_init(struct stet_phrases *p, const char *list)
{
    struct stet_span rest = stet_span_of(list);

    *p = (struct stet_phrases){ .n = 0 };
    while (rest.ptr && p->n < STET_MAX_PHRASES) {
        struct stet_span phrase = stet_span_cut(&rest, '|');
        struct stet_span word;
        uint16_t *slot = &p->open;
        size_t i = 0;

        if (!stet_letter_word(phrase, &i, &word))
            continue;
        p->items[p->n].text = phrase;
        p->items[p->n].hash = stet_letter_hash(word);
        if (i >= phrase.len || phrase.ptr[i] != '*')
            slot = &p->slots[p->items[p->n].hash % STET_PHRASE_SLOTS];
        else
            p->items[p->n].hash = stet_letter_next(&word);
        p->items[p->n].next = *slot;
        *slot = (uint16_t)++p->n;
    }
}

size_t stet_phrases_at(const struct stet_phrases *p, const struct stet_words *w,
                       size_t at)
{
    struct stet_span word = w->at[at];
    uint32_t hash = stet_letter_hash(word);
    uint32_t first = stet_letter_next(&word);
    size_t best = 0;

    for (size_t k = p->slots[hash % STET_PHRASE_SLOTS]; k > 0;
         k = p->items[k - 1].next) {
        size_t n = p->items[k - 1].hash == hash
                       ? match_phrase(w, at, p->items[k - 1].text)
                       : 0;

        best = n > best ? n : best;
    }
    for (size_t k = p->open; k > 0; k = p->items[k - 1].next) {
        size_t n = p->items[k - 1].hash == first
                       ? match_phrase(w, at, p->items[k - 1].text)
                       : 0;

        best = n > best ? n : best;
    }
    return best;
}

bool stet_phrases_in(const struct stet_phrases *p, struct stet_span text)
{
    struct stet_words w;

    stet_words_cut(&w, text);
    for (size_t i = 0; i < w.n; i++)
        if (stet_phrases_at(p, &w, i) > 0)
            return true;
    return false;
}
