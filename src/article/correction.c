#include "article/correction.h"

#include <pthread.h>

#include "article/words.h"

enum {
    EDGE_BEFORE = 4, /* blocks at the story's beginning that are looked at */
    EDGE_END = 8,    /* at its end */
    EDGE_AFTER = 10, /* and behind it */
    MIN_NOTE = 40,   /* bytes */
    MAX_NOTE = 1500,
    MAX_LABEL = 60, /* of a heading over a note */
    OPENING = 240   /* bytes of a note that say what it is */
};

/* At the beginning, with a colon behind or on a line of their own. */
static const char labels[] =
    "correction|corrections|clarification|correction and clarification|"
    "corrections and clarifications|correction appended|erratum|editor s "
    "note|editors note|amendment|korrektur|korrekturhinweis|berichtigung|"
    "richtigstellung|transparenzhinweis|hinweis der redaktion|anmerkung der "
    "redaktion|anm d red|rectificatif|erratum|précision|mise au point|"
    "correction apportée|corrección|correcciones|fe de errores|fe de erratas|"
    "rectificación|aclaración|rettifica|errata corrige|precisazione|correção|"
    "errata|erramos|retificação|correctie|rectificatie|rättelse|korrigering|"
    "rettelse|rettelser|retting|presisering|præcisering|oikaisu|korjaus|"
    "sprostowanie|korekta|oprava|upřesnění|helyesbítés|pontosítás|rectificare|"
    "erată|düzeltme|διόρθωση|исправление|поправка|уточнение|виправлення|"
    "уточнення|訂正|お詫びと訂正|정정|정정보도|바로잡습니다|更正|勘误|更正啟事|"
    "تصحيح|תיקון|תיקון טעות";

/* Anywhere in the opening words. */
static const char openings[] =
    "was amended on|has been amended|was corrected on|has been corrected|was "
    "updated to correct|has been updated to correct|has been updated to "
    "clarify|earlier version of this|previous version of this|original version "
    "of this|earlier version of the|article originally stated|story originally "
    "said|incorrectly stated|misstated|regrets the error|"
    "in einer früheren version|in einer ersten version|in einer vorherigen "
    "version|frühere version dieses|haben wir korrigiert|haben das korrigiert|"
    "wurde nachträglich korrigiert|wir haben den fehler|une version "
    "précédente|une première version|une version antérieure|cet article a été "
    "corrigé|en una versión anterior|una versión anterior de|este artículo ha "
    "sido corregido|en una primera versión|in una versione precedente|una "
    "precedente versione|questo articolo è stato corretto|uma versão anterior|"
    "versão anterior deste|este texto foi corrigido|esta matéria foi corrigida|"
    "in een eerdere versie|eerdere versie van dit|in eerste instantie stond|i "
    "en tidigare version|tidigare version av|artikeln har korrigerats|i en "
    "tidligere versjon|tidligere versjon av|artikkelen er rettet|saken er "
    "rettet|i en tidligere version|tidligere version af|artiklen er rettet|"
    "aiemmassa versiossa|jutussa luki aiemmin|artikkelia on korjattu|"
    "poprzednia wersja|we wcześniejszej wersji|předchozí verze|v původní "
    "verzi|egy korábbi változat*|cikk korábbi változat*|o versiune anterioară|"
    "haberin önceki|в предыдущей версии|в первоначальной версии|в ранней "
    "версии|у попередній версії";

static struct stet_phrases known_labels;
static struct stet_phrases known_openings;

static void prepare(void)
{
    stet_phrases_init(&known_labels, labels);
    stet_phrases_init(&known_openings, openings);
}

static void add(struct stet_facts *f, struct stet_span text,
                enum stet_article_source source)
{
    struct stet_article_notes *all = &f->out->corrections;

    if (text.len == 0 || all->len == STET_MAX_ARTICLE_NOTES)
        return;
    for (size_t i = 0; i < all->len; i++)
        if (stet_span_eq(all->items[i].text, text))
            return;
    all->items[all->len++] = (struct stet_article_note){ text, source };
}

static void add_value(struct stet_facts *f, const struct stet_json_value *v)
{
    struct stet_span s = stet_json_string(v);

    if (stet_json_type(v) == STET_JSON_OBJECT)
        s = stet_json_get_string(v, "text");
    if (!stet_span_istarts(s, "http"))
        add(f, stet_facts_keep_html(f, s), STET_SOURCE_JSON_LD);
}

static void read_metadata(struct stet_facts *f)
{
    const struct stet_json_value *v = stet_json_get(f->ld, "correction");
    struct stet_json_iter it = { .of = v };

    if (stet_json_type(v) != STET_JSON_ARRAY)
        add_value(f, v);
    else
        while (stet_json_next(&it))
            add_value(f, it.value);
}

enum what { NOTHING, LABEL, NOTE };

/* The words of a label, with what may stand between them and a colon. */
static enum what label_at_start(struct stet_span s)
{
    struct stet_words w;
    const char *p;
    const char *stop = s.ptr + s.len;
    size_t n;

    stet_words_cut(&w, stet_span_sub(s, 0, MAX_LABEL));
    n = w.n > 0 ? stet_phrases_at(&known_labels, &w, 0) : 0;
    if (n == 0)
        return NOTHING;
    p = w.at[n - 1].ptr + w.at[n - 1].len;
    while (p < stop && (*p == ' ' || *p == '.' || *p == ')'))
        p++;
    if (p == stop)
        return LABEL;
    if (*p == ':' || *p == '-' ||
        stet_span_starts((struct stet_span){ p, (size_t)(stop - p) },
                         STET_SPAN("\xEF\xBC\x9A")) ||
        stet_span_starts((struct stet_span){ p, (size_t)(stop - p) },
                         STET_SPAN("\xE2\x80\x93")))
        return NOTE;
    /* "Correction, 5 May 2024: ..." */
    n = stet_span_find(s, STET_SPAN(":"));
    return n < s.len && n < MAX_LABEL ? NOTE : NOTHING;
}

static enum what what_is(struct stet_span s)
{
    enum what what = label_at_start(s);

    if (what == NOTHING &&
        stet_phrases_in(&known_openings, stet_span_sub(s, 0, OPENING)))
        what = NOTE;
    return what;
}

/* Looks at the blocks of [from, to); a label's note is the block behind. */
static void look(struct stet_facts *f, size_t from, size_t to)
{
    bool labelled = false;

    for (size_t i = from; i < to && i < f->runs.len; i++) {
        const struct stet_run *r = &f->runs.items[i];
        enum what what;
        struct stet_span s;
        size_t cut;

        if (r->hidden || r->link_bytes * 2 > r->bytes ||
            r->bytes > 2 * MAX_NOTE)
            continue;
        s = stet_facts_run(f, r, MAX_NOTE, &cut);
        what = labelled && s.len >= MIN_NOTE ? NOTE : what_is(s);
        labelled = what == LABEL;
        if (what == NOTE && s.len >= MIN_NOTE)
            add(f, stet_facts_dup(f, s), STET_SOURCE_TEXT);
        stet_buf_cut(&f->scratch, cut);
    }
}

void stet_correction_find(struct stet_facts *f)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    size_t body;
    size_t end;
    size_t last;

    pthread_once(&once, prepare);
    read_metadata(f);
    if (!f->body)
        return;
    body = stet_facts_find_run(f, stet_dom_order(f->body));
    end = stet_facts_find_run(f, stet_dom_end(f->body) + 1);
    last = end > body + EDGE_BEFORE + EDGE_END ? end - EDGE_END
                                               : body + EDGE_BEFORE;
    look(f, body > EDGE_BEFORE ? body - EDGE_BEFORE : 0,
         body + EDGE_BEFORE < end ? body + EDGE_BEFORE : end);
    look(f, last, end + EDGE_AFTER);
}
