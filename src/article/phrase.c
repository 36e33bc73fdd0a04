#include "article/phrase.h"

#include <pthread.h>
#include <string.h>

#include "article/letter.h"
#include "article/words.h"

enum {
    MAX_ITEMS = 24,
    MAX_STEPS = 2000, /* of one form at one place */
    MAX_AMOUNT = 1000000
};

static size_t match_list(const struct stet_words *w, size_t at,
                         const char *list)
{
    return list ? stet_words_match(w, at, stet_span_of(list)) : 0;
}

static size_t match_table(const struct stet_words *w, size_t at,
                          const struct stet_lexicon_word *table,
                          const struct stet_lexicon_word **which)
{
    size_t best = 0;

    for (; table && table->text; table++) {
        size_t n = match_list(w, at, table->text);

        if (n > best) {
            best = n;
            *which = table;
        }
    }
    return best;
}

/* Digits, or words: "twenty-one" is a round number with another behind. */
static size_t match_number(const struct stet_words *w, size_t at,
                           const struct stet_lexicon *lex, int64_t *out)
{
    const struct stet_lexicon_word *word = NULL;
    const struct stet_lexicon_word *ones = NULL;
    size_t len;
    size_t joint;
    size_t more;
    uint64_t n;

    if (at >= w->n)
        return 0;
    if (stet_letter_number(w->at[at], &n)) {
        *out = (int64_t)n;
        return n > 0 && n < MAX_AMOUNT;
    }
    len = match_table(w, at, lex->numbers, &word);
    if (len == 0)
        return 0;
    *out = word->value;
    if (word->value < 10 || word->value % 10 != 0)
        return len;
    joint = match_list(w, at + len, lex->joint);
    more = match_table(w, at + len + joint, lex->numbers, &ones);
    if (more == 0 || ones->value >= 10)
        return len;
    *out += ones->value;
    return len + joint + more;
}

static size_t match_unit(const struct stet_words *w, size_t at,
                         const struct stet_lexicon *lex,
                         struct stet_phrase *out)
{
    const struct stet_lexicon_word *word = NULL;
    size_t n = match_table(w, at, lex->units, &word);

    if (n > 0) {
        out->unit = (enum stet_article_unit)word->value;
        out->amount *= word->factor;
    }
    return n;
}

/* A number and its unit, or a word for both. */
static size_t match_amount(const struct stet_words *w, size_t at,
                           const struct stet_lexicon *lex,
                           struct stet_phrase *out)
{
    const struct stet_lexicon_word *span = NULL;
    size_t whole = match_table(w, at, lex->spans, &span);
    size_t n = match_number(w, at, lex, &out->amount);
    size_t unit;

    if (n > 0) {
        n += match_list(w, at + n, lex->of);
        unit = match_unit(w, at + n, lex, out);
        n = unit > 0 ? n + unit : 0;
    }
    if (whole <= n)
        return n;
    out->amount = span->factor;
    out->unit = (enum stet_article_unit)span->value;
    return whole;
}

static size_t match_vague(const struct stet_words *w, size_t at,
                          const struct stet_lexicon *lex,
                          struct stet_phrase *out)
{
    size_t n = match_list(w, at, lex->several);
    size_t unit;

    out->amount = 0;
    if (n == 0)
        return 0;
    n += match_list(w, at + n, lex->of);
    unit = match_unit(w, at + n, lex, out);
    return unit > 0 ? n + unit : 0;
}

static size_t match_subject(const struct stet_words *w, size_t at,
                            const struct stet_lexicon *lex)
{
    size_t whole = match_list(w, at, lex->subjects);
    size_t n = match_list(w, at, lex->determiners);
    size_t noun = n > 0 ? match_list(w, at + n, lex->nouns) : 0;

    n = noun > 0 ? n + noun : 0;
    return whole > n ? whole : n;
}

/* A number of one to four digits at word `at` that can be part of a date. */
static int date_part(const struct stet_words *w, size_t at)
{
    uint64_t n;

    return at < w->n && w->at[at].len <= 4 && stet_letter_number(w->at[at], &n)
               ? (int)n
               : 0;
}

static int month_at(const struct stet_words *w, size_t at,
                    const struct stet_lexicon *lex)
{
    struct stet_span rest;
    size_t used;

    if (at >= w->n)
        return 0;
    rest = stet_span_of(lex->months);
    for (int month = 1; rest.ptr && month <= 12; month++)
        if (stet_words_match(w, at, stet_span_cut(&rest, ',')) > 0)
            return month;
    rest = stet_span_sub(w->text, (size_t)(w->at[at].ptr - w->text.ptr), 32);
    return stet_month_of(rest, &used);
}

/* Dates that stet_day_parse does not know: 4.3.2021, with the year first
 * and a month's name, with one of the lexicon's months, or as in CJK. */
static size_t match_parts(const struct stet_words *w, size_t at,
                          const struct stet_lexicon *lex, struct stet_day *out)
{
    static const char *const year_signs = "\xE5\xB9\xB4|\xEB\x85\x84";
    static const char *const month_signs = "\xE6\x9C\x88|\xEC\x9B\x94";
    static const char *const day_signs = "\xE6\x97\xA5|\xEC\x9D\xBC";
    struct stet_civil c = { .year = date_part(w, at) };
    size_t n = 3;

    if (match_list(w, at + 1, year_signs) > 0) {
        c.month = date_part(w, at + 2);
        c.day = date_part(w, at + 4);
        n = match_list(w, at + 3, month_signs) > 0 &&
                    match_list(w, at + 5, day_signs) > 0
                ? 6
                : 0;
    } else if (c.year > 31) {
        c.month = month_at(w, at + 1, lex);
        c.day = date_part(w, at + 2);
    } else {
        c.day = c.year;
        c.month = month_at(w, at + 1, lex);
        if (c.month == 0)
            c.month = date_part(w, at + 1);
        c.year = date_part(w, at + 2);
    }
    if (c.year < 1900 || c.year > 2099 || c.month < 1 || c.month > 12 ||
        c.day < 1 || c.day > stet_date_month_days(c.year, c.month))
        return 0;
    *out = (struct stet_day){ .at = c };
    return n;
}

static size_t match_date(const struct stet_words *w, size_t at,
                         const struct stet_lexicon *lex, struct stet_day *out)
{
    struct stet_span rest;
    size_t used = 0;
    size_t from;
    size_t n = 0;

    if (at >= w->n)
        return 0;
    from = (size_t)(w->at[at].ptr - w->text.ptr);
    rest = stet_span_sub(w->text, from, 48);
    if (!stet_day_parse(out, rest, &used))
        return match_parts(w, at, lex, out);
    while (at + n < w->n &&
           (size_t)(w->at[at + n].ptr - w->text.ptr) < from + used)
        n++;
    return n;
}

struct match {
    const struct stet_words *w;
    const struct stet_lexicon *lex;
    struct stet_span items[MAX_ITEMS];
    size_t n_items;
    int steps;
    struct stet_phrase *out;
};

static size_t match_part(struct match *m, char part, size_t at)
{
    const struct stet_lexicon_word *word = NULL;
    size_t n;

    switch (part) {
    case 's':
        return match_subject(m->w, at, m->lex);
    case 'p':
        return match_list(m->w, at, m->lex->published);
    case 'm':
        return match_list(m->w, at, m->lex->updated);
    case 'a':
        return match_amount(m->w, at, m->lex, m->out);
    case 'v':
        return match_vague(m->w, at, m->lex, m->out);
    case 't':
        n = match_date(m->w, at, m->lex, &m->out->date);
        m->out->has_date = n > 0;
        return n;
    case 'c':
        n = match_table(m->w, at, m->lex->comparators, &word);
        if (n > 0)
            m->out->comparison = (enum stet_article_comparison)word->value;
        return n;
    default:
        return 0;
    }
}

static size_t match_item(struct match *m, struct stet_span item, size_t at)
{
    size_t best = 0;

    while (item.ptr) {
        struct stet_span one = stet_span_cut(&item, '|');
        size_t n = one.len == 2 && one.ptr[0] == '@'
                       ? match_part(m, one.ptr[1], at)
                       : stet_words_match(m->w, at, one);

        best = n > best ? n : best;
    }
    return best;
}

/* Whether the items from k on stand at word `at`; *end is the word after
 * them.  Depth is bounded by MAX_ITEMS, work by MAX_STEPS. */
static bool match_from(struct match *m, size_t k, size_t at, size_t *end)
{
    struct stet_span item;
    size_t n;

    if (k == m->n_items) {
        *end = at;
        return true;
    }
    if (++m->steps > MAX_STEPS)
        return false;
    item = m->items[k];
    if (item.len > 1 && item.ptr[0] == '?') {
        n = match_item(m, stet_span_sub(item, 1, item.len), at);
        if (n > 0 && match_from(m, k + 1, at + n, end))
            return true;
        return match_from(m, k + 1, at, end);
    }
    n = match_item(m, item, at);
    return n > 0 && match_from(m, k + 1, at + n, end);
}

static void cut_form(struct match *m, const char *form)
{
    struct stet_span rest = stet_span_of(form);

    m->n_items = 0;
    while (rest.ptr && m->n_items < MAX_ITEMS)
        m->items[m->n_items++] = stet_span_cut(&rest, ' ');
}

static bool ends_sentence(struct stet_span s, size_t i)
{
    static const char *const stops[] = { "\xE3\x80\x82", "\xEF\xBC\x81",
                                         "\xEF\xBC\x9F" }; /* wide . ! ? */
    struct stet_span rest = stet_span_sub(s, i, 3);

    if (s.ptr[i] == '.' || s.ptr[i] == '!' || s.ptr[i] == '?')
        return i + 1 == s.len || s.ptr[i + 1] == ' ';
    for (size_t k = 0; k < sizeof(stops) / sizeof(stops[0]); k++)
        if (stet_span_eqs(rest, stops[k]))
            return true;
    return false;
}

/* From the first word of the match to the end of its sentence. */
static struct stet_span sentence(const struct stet_words *w, size_t from,
                                 size_t end)
{
    size_t start = (size_t)(w->at[from].ptr - w->text.ptr);
    size_t i = end > 0 ? (size_t)(w->at[end - 1].ptr - w->text.ptr) +
                             w->at[end - 1].len
                       : start;

    while (i < w->text.len && !ends_sentence(w->text, i))
        i++;
    if (i < w->text.len)
        i += (unsigned char)w->text.ptr[i] < 0x80 ? 1 : 3;
    return stet_span_trim(stet_span_sub(w->text, start, i - start));
}

/* Is there a stop, or nothing more, behind the word before `end`? */
static bool stops_at(const struct stet_words *w, size_t end)
{
    const char *p = w->at[end - 1].ptr + w->at[end - 1].len;
    const char *stop = w->text.ptr + w->text.len;

    while (p < stop && *p == ' ')
        p++;
    return p == stop || memchr(".!,;:", *p, 5) != NULL;
}

static bool has_any(const struct stet_words *w, size_t from, const char *list,
                    struct stet_span within)
{
    for (size_t i = from; i < w->n && w->at[i].ptr < within.ptr + within.len;
         i++)
        if (match_list(w, i, list) > 0)
            return true;
    return false;
}

/* A match is at the start if only words like "Warning" come before it. */
static bool is_lead_in(const struct stet_words *w, size_t at,
                       const struct stet_lexicon *lex)
{
    size_t i = 0;

    while (i < at) {
        size_t n = match_list(w, i, lex->leads);

        if (n == 0)
            return false;
        i += n;
    }
    return i == at;
}

static bool try_form(struct match *m, const struct stet_lexicon_form *form,
                     size_t at)
{
    size_t end = 0;

    *m->out = (struct stet_phrase){ .lexicon = m->lex, .form = form };
    m->steps = 0;
    if (!match_from(m, 0, at, &end))
        return false;
    if (m->out->has_date)
        m->out->amount = 0;
    if (form->comparison != STET_COMPARISON_NONE)
        m->out->comparison = form->comparison;
    m->out->at_start = is_lead_in(m->w, at, m->lex);
    if ((form->flags & STET_FORM_ALONE) && !m->out->at_start)
        return false;
    if ((form->flags & STET_FORM_WHOLE) && !stops_at(m->w, end))
        return false;
    if ((form->flags & STET_FORM_STALE) &&
        !has_any(m->w, end, m->lex->stale, m->w->text))
        return false;
    m->out->text = sentence(m->w, at, end);
    return form->kind != STET_MARKER_AGE_FLOOR ||
           !has_any(m->w, end, m->lex->veto, m->out->text);
}

/* Which lexicons have a form that begins with a word of this hash. */
enum { STARTS = 1 << 12 };
static uint32_t starts[STARTS];

static void index_words(struct stet_span list, size_t lexicon)
{
    struct stet_span word;

    while (list.ptr) {
        struct stet_span phrase = stet_span_cut(&list, '|');
        size_t i = 0;

        if (stet_letter_word(phrase, &i, &word))
            starts[stet_letter_hash(word) % STARTS] |= 1U << lexicon;
    }
}

static void index_form(const struct stet_lexicon_form *form, size_t lexicon)
{
    struct stet_span rest = stet_span_of(form->text);
    struct stet_span item;

    do {
        item = stet_span_cut(&rest, ' ');
        if (item.ptr[0] == '?')
            index_words(stet_span_sub(item, 1, item.len), lexicon);
        else if (item.ptr[0] != '@')
            index_words(item, lexicon);
    } while (rest.ptr && item.ptr[0] == '?');
}

static void index_lexicons(void)
{
    const struct stet_lexicon *lex;

    for (size_t i = 0; (lex = stet_lexicon_at(i)) != NULL; i++) {
        index_words(stet_span_of(lex->subjects), i);
        index_words(stet_span_of(lex->determiners), i);
        for (size_t k = 0; lex->forms[k].text; k++)
            index_form(&lex->forms[k], i);
    }
}

static bool find_at(struct match *m, size_t at)
{
    size_t subject = match_subject(m->w, at, m->lex);

    for (const struct stet_lexicon_form *form = m->lex->forms; form->text;
         form++) {
        /* Most places fail at the first item. */
        if (form->text[0] == '@' && subject == 0)
            continue;
        cut_form(m, form->text);
        if (try_form(m, form, at))
            return true;
    }
    return false;
}

bool stet_phrase_find(struct stet_phrase *out, struct stet_span text)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct stet_words w;
    struct match m = { .w = &w, .out = out };

    pthread_once(&once, index_lexicons);
    stet_words_cut(&w, stet_span_sub(text, 0, STET_MAX_PHRASE_TEXT));
    for (size_t at = 0; at < w.n; at++) {
        uint32_t which = starts[stet_letter_hash(w.at[at]) % STARTS];

        for (size_t i = 0; which != 0; i++, which >>= 1) {
            if ((which & 1) == 0)
                continue;
            m.lex = stet_lexicon_at(i);
            if (find_at(&m, at))
                return true;
        }
    }
    return false;
}
