#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_de;

static const struct stet_lexicon_word comparators[] = {
    { "mehr als", STET_COMPARISON_MORE_THAN, 0 },
    { "über", STET_COMPARISON_OVER, 0 },
    { "älter als", STET_COMPARISON_OLDER_THAN, 0 },
    { "mindestens", STET_COMPARISON_AT_LEAST, 0 },
    { "fast", STET_COMPARISON_ALMOST, 0 },
    { "beinahe", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "ein", 1, 0 },    { "eine", 1, 0 },     { "einen", 1, 0 },
    { "einem", 1, 0 },  { "einer", 1, 0 },    { "zwei", 2, 0 },
    { "drei", 3, 0 },   { "vier", 4, 0 },     { "fünf", 5, 0 },
    { "sechs", 6, 0 },  { "sieben", 7, 0 },   { "acht", 8, 0 },
    { "neun", 9, 0 },   { "zehn", 10, 0 },    { "elf", 11, 0 },
    { "zwölf", 12, 0 }, { "zwanzig", 20, 0 }, { "einundzwanzig", 21, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "jahr", STET_UNIT_YEAR, 1 },        { "jahre", STET_UNIT_YEAR, 1 },
    { "jahren", STET_UNIT_YEAR, 1 },      { "monat", STET_UNIT_MONTH, 1 },
    { "monate", STET_UNIT_MONTH, 1 },     { "monaten", STET_UNIT_MONTH, 1 },
    { "woche", STET_UNIT_WEEK, 1 },       { "wochen", STET_UNIT_WEEK, 1 },
    { "tag", STET_UNIT_DAY, 1 },          { "tage", STET_UNIT_DAY, 1 },
    { "tagen", STET_UNIT_DAY, 1 },        { "jahrzehnt", STET_UNIT_YEAR, 10 },
    { "jahrzehnte", STET_UNIT_YEAR, 10 }, { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s ist|war ?bereits|schon @c @a alt", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ist|scheint älter als @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s wurde|ist ?bereits|schon vor @c @a "
      "veröffentlicht|erschienen|publiziert|verfasst|geschrieben",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s stammt|ist ?bereits|schon ?aus ?von vor @c @a", STET_MARKER_AGE_FLOOR,
      0, STET_FORM_ALONE },
    { "@s ist @v alt", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s wurde|ist ?bereits|schon vor @a "
      "veröffentlicht|erschienen|publiziert|verfasst|geschrieben",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s wurde ?zuletzt|seit ?vor @c @a ?nicht|zuletzt "
      "?mehr aktualisiert|überarbeitet|geändert",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s wurde zuletzt ?am|auf|den @t aktualisiert|geändert", STET_MARKER_DATE,
      0, STET_FORM_STALE },
    { "@s wurde|ist ?auf_der_web archiviert", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s wird|ist nicht mehr aktualisiert|aktuell", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s ist veraltet", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_de = {
    .language = "de",
    .determiners = "dieser|diese|dieses|der vorliegende",
    .nouns = "artikel|beitrag|text|bericht|meldung|seite|nachricht|inhalt|"
             "story|eintrag|blogbeitrag|blogeintrag|webseite|web seite|"
             "internetseite|interview|kommentar|post|pressemitteilung|"
             "dokument|video|sendung|information|informationen|rezept",
    .stale = "veraltet|nicht mehr|überholt|aktuell|aktuellen|kann|können|"
             "könnte|könnten|möglicherweise",
    .veto = "kommentare|kommentarfunktion",
    .leads = "hinweis|achtung|info|archiv|wichtig|anmerkung",
    .several = "mehrere|einige|viele",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
