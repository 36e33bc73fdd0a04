#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_it;

static const struct stet_lexicon_word comparators[] = {
    { "più di|più d", STET_COMPARISON_MORE_THAN, 0 },
    { "oltre", STET_COMPARISON_OVER, 0 },
    { "almeno", STET_COMPARISON_AT_LEAST, 0 },
    { "quasi", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "un|uno|una", 1, 0 },
    { "due", 2, 0 },
    { "tre", 3, 0 },
    { "quattro", 4, 0 },
    { "cinque", 5, 0 },
    { "sei", 6, 0 },
    { "sette", 7, 0 },
    { "otto", 8, 0 },
    { "nove", 9, 0 },
    { "dieci", 10, 0 },
    { "undici", 11, 0 },
    { "dodici", 12, 0 },
    { "quindici", 15, 0 },
    { "venti", 20, 0 },
    { "ventun|ventuno|ventuna", 21, 0 },
    { "trenta", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "anno|anni", STET_UNIT_YEAR, 1 },
    { "mese|mesi", STET_UNIT_MONTH, 1 },
    { "settimana|settimane", STET_UNIT_WEEK, 1 },
    { "giorno|giorni", STET_UNIT_DAY, 1 },
    { "decennio|decenni", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s non è|viene|sia ?stato|stata ?più @m da @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s è|risulta ?stato|stata ?@m ?l_ultima_volta|per_l_ultima_volta ?@m @c "
      "@a fa",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s è ?stato|stata ?@m ?l_ultima_volta|per_l_ultima_volta ?@m @a fa",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ha ?ormai|già @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s è ?stato|stata ?originariamente ?@p ?da @c @a fa",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s risale|risalente ?ormai a @c @a fa", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s è ?ormai più_vecchio|più_vecchia di|d @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s è ?stato|stata @p @a fa", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ha @a", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s ha|risale ?a @v", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s è ?stato|stata ?@m ?l_ultima_volta|per_l_ultima_volta ?@m "
      "?il|in_data|l @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s è ?stato|stata @p ?il|in_data|l @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s è ?stato|stata archiviat*", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s è|potrebbe_essere|risulta ?ormai obsolet*|superat*|datat*",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s non è|viene più @m|attuale", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_it = {
    .language = "it",
    .determiners = "questo|questa|quest|il presente|la presente",
    .nouns =
        "articolo|notizia|pagina|pagina "
        "web|post|testo|contenuto|pezzo|intervista|pubblicazione|comunicato|"
        "documento|video|ricetta|scheda|news|servizio|editoriale|informazione",
    .published = "pubblicat*|scritt*|redatt*|uscit*|creat*|caricat*",
    .updated = "aggiornat*|modificat*|rivist*",
    .stale = "potrebbe|potrebbero|può|possono|non "
             "aggiornat*|obsolet*|superat*|datat*|archivio|non più",
    .veto = "commenti",
    .leads = "attenzione|avviso|nota|avvertenza|importante|info|archivio",
    .several = "diversi|diverse|alcuni|parecchi|molti",
    .joint = "e",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
