#include "article/phrase.h"

#include <string.h>

#include "base/ascii.h"

enum {
    MAX_WORDS = 128,
    MAX_ITEMS = 24,
    MAX_STEPS = 2000, /* of one form at one place */
    MAX_GAP = 4,
    MAX_AMOUNT = 1000000
};

/* The text cut into words: letters, digits, or one ideograph or kana. */
struct words {
    struct stet_span text;
    struct stet_span at[MAX_WORDS];
    size_t n;
};

/* The bytes of the UTF-8 character that begins with c. */
static size_t char_length(unsigned char c)
{
    return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

/* CJK and kana (U+2E80 to U+9FFF, bytes E2 BA .. E9): a word each. */
static bool is_single(struct stet_span s, size_t i)
{
    unsigned char c = (unsigned char)s.ptr[i];

    return c >= 0xE3 && c <= 0xE9;
}

static bool is_letter(struct stet_span s, size_t i)
{
    unsigned char c = (unsigned char)s.ptr[i];

    if (c < 0x80)
        return stet_is_alpha(c);
    /* General punctuation, arrows, signs: not letters. */
    if (c == 0xE2 || c == 0xF0 || c == 0xC2)
        return false;
    if (c == 0xE3 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] == 0x80)
        return i + 2 < s.len && (unsigned char)s.ptr[i + 2] >= 0x85;
    if (c == 0xEF)
        return false;
    return true;
}

static bool next_word(struct stet_span s, size_t *i, struct stet_span *word)
{
    size_t from;
    bool digit;

    while (*i < s.len && !stet_is_digit((unsigned char)s.ptr[*i]) &&
           !is_letter(s, *i))
        *i += char_length((unsigned char)s.ptr[*i]);
    if (*i >= s.len)
        return false;
    from = *i;
    digit = stet_is_digit((unsigned char)s.ptr[*i]);
    do {
        bool single = !digit && is_single(s, *i);

        if (single && *i > from)
            break;
        *i += digit ? 1 : char_length((unsigned char)s.ptr[*i]);
        if (single)
            break;
    } while (
        *i < s.len &&
        (digit ? stet_is_digit((unsigned char)s.ptr[*i])
               : is_letter(s, *i) && !stet_is_digit((unsigned char)s.ptr[*i])));
    if (*i > s.len)
        *i = s.len;
    *word = stet_span_sub(s, from, *i - from);
    return true;
}

static void split(struct words *w, struct stet_span text)
{
    size_t i = 0;

    w->text = text;
    w->n = 0;
    while (w->n < MAX_WORDS && next_word(text, &i, &w->at[w->n]))
        w->n++;
}

/* How many words at `at` the phrase has, or 0 if it does not stand there. */
static size_t match_words(const struct words *w, size_t at,
                          struct stet_span phrase)
{
    struct stet_span word;
    size_t i = 0;
    size_t n = 0;

    while (next_word(phrase, &i, &word)) {
        if (at + n >= w->n || !stet_span_ieq(w->at[at + n], word))
            return 0;
        n++;
    }
    return n;
}

/* The longest of the alternatives that stands there. */
static size_t match_any(const struct words *w, size_t at, const char *list)
{
    struct stet_span rest = stet_span_of(list);
    size_t best = 0;

    while (rest.ptr) {
        size_t n = match_words(w, at, stet_span_cut(&rest, '|'));

        best = n > best ? n : best;
    }
    return best;
}

static size_t match_table(const struct words *w, size_t at,
                          const struct stet_lexicon_word *table,
                          const struct stet_lexicon_word **which)
{
    size_t best = 0;

    for (; table->text; table++) {
        size_t n = match_words(w, at, stet_span_of(table->text));

        if (n > best) {
            best = n;
            *which = table;
        }
    }
    return best;
}

static size_t match_number(const struct words *w, size_t at,
                           const struct stet_lexicon *lex, int64_t *out)
{
    const struct stet_lexicon_word *word = NULL;
    uint64_t n;
    size_t len;

    if (at >= w->n)
        return 0;
    if (stet_span_to_u64(w->at[at], &n) && n > 0 && n < MAX_AMOUNT) {
        *out = (int64_t)n;
        return 1;
    }
    len = match_table(w, at, lex->numbers, &word);
    if (len > 0)
        *out = word->value;
    return len;
}

static size_t match_date(const struct words *w, size_t at, struct stet_day *out)
{
    struct stet_day_options o = { .numeric = true };
    struct stet_span rest;
    size_t used = 0;
    size_t from;
    size_t n = 0;

    if (at >= w->n)
        return 0;
    from = (size_t)(w->at[at].ptr - w->text.ptr);
    rest = stet_span_sub(w->text, from, 48);
    if (!stet_day_parse(out, rest, &used)) {
        if (!stet_is_digit((unsigned char)rest.ptr[0]) ||
            !stet_day_find(out, stet_span_sub(rest, 0, 12), &o))
            return 0;
        used = 10;
    }
    while (at + n < w->n &&
           (size_t)(w->at[at + n].ptr - w->text.ptr) < from + used)
        n++;
    return n;
}

struct match {
    const struct words *w;
    const struct stet_lexicon *lex;
    struct stet_span items[MAX_ITEMS];
    size_t n_items;
    int steps;
    struct stet_phrase *out;
};

static size_t match_item(struct match *m, struct stet_span item, size_t at)
{
    const struct stet_lexicon_word *word = NULL;
    struct stet_span rest = item;
    size_t n;

    if (stet_span_eqs(item, "@d"))
        return match_any(m->w, at, m->lex->determiners);
    if (stet_span_eqs(item, "@n"))
        return match_any(m->w, at, m->lex->nouns);
    if (stet_span_eqs(item, "@#"))
        return match_number(m->w, at, m->lex, &m->out->amount);
    if (stet_span_eqs(item, "@t")) {
        n = match_date(m->w, at, &m->out->date);
        m->out->has_date = n > 0;
        return n;
    }
    if (stet_span_eqs(item, "@c")) {
        n = match_table(m->w, at, m->lex->comparators, &word);
        if (n > 0)
            m->out->comparison = (enum stet_article_comparison)word->value;
        return n;
    }
    if (stet_span_eqs(item, "@u")) {
        n = match_table(m->w, at, m->lex->units, &word);
        if (n > 0) {
            m->out->unit = (enum stet_article_unit)word->value;
            m->out->amount *= word->factor;
        }
        return n;
    }
    while (rest.ptr)
        if ((n = match_words(m->w, at, stet_span_cut(&rest, '|'))) > 0)
            return n;
    return 0;
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
    if (stet_span_eqs(item, "...")) {
        for (size_t gap = 0; gap <= MAX_GAP && at + gap <= m->w->n; gap++)
            if (match_from(m, k + 1, at + gap, end))
                return true;
        return false;
    }
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
    static const char wide_stop[] = "\xE3\x80\x82"; /* U+3002 */

    if (s.ptr[i] == '.' || s.ptr[i] == '!' || s.ptr[i] == '?')
        return i + 1 == s.len || s.ptr[i + 1] == ' ';
    return s.len - i >= 3 && memcmp(s.ptr + i, wide_stop, 3) == 0;
}

/* From the first word of the match to the end of its sentence. */
static struct stet_span sentence(const struct words *w, size_t from, size_t end)
{
    size_t start = (size_t)(w->at[from].ptr - w->text.ptr);
    size_t i = end > 0 ? (size_t)(w->at[end - 1].ptr - w->text.ptr) +
                             w->at[end - 1].len
                       : start;

    while (i < w->text.len && !ends_sentence(w->text, i))
        i++;
    if (i < w->text.len)
        i += char_length((unsigned char)w->text.ptr[i]);
    return stet_span_trim(stet_span_sub(w->text, start, i - start));
}

static bool has_any(const struct words *w, size_t from, const char *list,
                    struct stet_span within)
{
    for (size_t i = from; i < w->n && w->at[i].ptr < within.ptr + within.len;
         i++)
        if (match_any(w, i, list) > 0)
            return true;
    return false;
}

/* A match is at the start if only words like "Warning" come before it. */
static bool is_lead_in(const struct words *w, size_t at)
{
    static const char leads[] =
        "note|warning|please note|attention|notice|important|update|"
        "archived|editor s note|info|disclaimer|caution";
    size_t i = 0;

    while (i < at) {
        size_t n = match_any(w, i, leads);

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
    m->out->at_start = is_lead_in(m->w, at);
    if ((form->flags & STET_FORM_ALONE) && !m->out->at_start)
        return false;
    if ((form->flags & STET_FORM_STALE) &&
        !has_any(m->w, end, m->lex->stale, m->w->text))
        return false;
    m->out->text = sentence(m->w, at, end);
    return form->kind != STET_MARKER_AGE_FLOOR ||
           !has_any(m->w, end, m->lex->veto, m->out->text);
}

static bool find_in(struct stet_phrase *out, const struct words *w,
                    const struct stet_lexicon *lex)
{
    struct match m = { .w = w, .lex = lex, .out = out };

    for (size_t at = 0; at < w->n; at++) {
        bool named = match_any(w, at, lex->determiners) > 0;

        for (const struct stet_lexicon_form *form = lex->forms; form->text;
             form++) {
            /* Most places fail at the first item. */
            if (form->text[0] == '@' && form->text[1] == 'd' && !named)
                continue;
            cut_form(&m, form->text);
            if (match_item(&m, m.items[0], at) > 0 && try_form(&m, form, at))
                return true;
        }
    }
    return false;
}

bool stet_phrase_find(struct stet_phrase *out, struct stet_span text)
{
    const struct stet_lexicon *lex;
    struct words w;

    split(&w, stet_span_sub(text, 0, STET_MAX_PHRASE_TEXT));
    for (size_t i = 0; (lex = stet_lexicon_at(i)) != NULL; i++)
        if (find_in(out, &w, lex))
            return true;
    return false;
}
