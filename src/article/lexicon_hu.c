#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_hu;

static const struct stet_lexicon_word comparators[] = {
    { "több mint|több, mint", STET_COMPARISON_MORE_THAN, 0 },
    { "legalább", STET_COMPARISON_AT_LEAST, 0 },
    { "majdnem|közel|csaknem", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "egy", 1, 0 },        { "két|kettő", 2, 0 },
    { "három", 3, 0 },      { "négy", 4, 0 },
    { "öt", 5, 0 },         { "hat", 6, 0 },
    { "hét", 7, 0 },        { "nyolc", 8, 0 },
    { "kilenc", 9, 0 },     { "tíz", 10, 0 },
    { "tizenegy", 11, 0 },  { "tizenkét|tizenkettő", 12, 0 },
    { "tizenöt", 15, 0 },   { "húsz", 20, 0 },
    { "huszonegy", 21, 0 }, { "harminc", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "év|éves|éve|évvel|évnél|évesnél", STET_UNIT_YEAR, 1 },
    { "hónap|hónapos|hónapja|hónappal|hónapnál", STET_UNIT_MONTH, 1 },
    { "hét|hetes|hete|héttel|hétnél", STET_UNIT_WEEK, 1 },
    { "nap|napos|napja|nappal|napnál", STET_UNIT_DAY, 1 },
    { "évtized|évtizedes|évtizede|évtizeddel", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "fél éve|fél éves|félév|féléves|fél évvel|fél évnél", STET_UNIT_MONTH,
      6 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s ?utoljára|legutóbb ?már @c @a ?ezelőtt ?nem @m ?utoljára|legutóbb",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?utoljára|legutóbb ?már @a ?ezelőtt @m ?utoljára|legutóbb",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?már|immár|is @c @a ?ezelőtt @p", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?már|immár|is @c @a", STET_MARKER_AGE_FLOOR, 0, STET_FORM_WHOLE },
    { "@s ?már régebbi|idősebb ?mint @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s ?már @a ?ezelőtt @p", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE },
    { "@s ?már @a régebbi|idősebb", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s ?már @v ?ezelőtt @p", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s ?utoljára|legutóbb @t ?én|án|jén|ján|i ?dátummal ?@m "
      "?utoljára|legutóbb",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s @p|@m ?utoljára|legutóbb ?@m @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s ?már archív|archivált|archiválva|archiválták|archiváltuk",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s ?már elavult", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s ?már nem frissül|aktuális|frissítjük", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_hu = {
    .language = "hu",
    .determiners = "ez a|ez az|a jelen|e",
    .nouns = "cikk|írás|bejegyzés|poszt|anyag|hír|tartalom|oldal|weboldal|"
             "interjú|riport|videó|tudósítás|blogbejegyzés|dokumentum|recept|"
             "közlemény|szöveg|cikkünk|írásunk|publikáció|információ",
    .published = "jelent "
                 "meg|megjelent|született|készült|íródott|írtuk|íródott|"
                 "publikálták|publikáltuk|közöltük|tettük közzé",
    .updated = "frissült|frissítették|frissítettük|frissítve|módosult|"
               "módosították|módosítottuk",
    .stale = "elavult*|lehet|lehetnek|lehetséges|már nem|archív|archívum|nem "
             "aktuális|esetleg",
    .veto = "hozzászólás*|kommentek|kommentelés",
    .leads = "figyelem|figyelmeztetés|megjegyzés|fontos|info|archív|archívum",
    .several = "több|néhány|sok",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
