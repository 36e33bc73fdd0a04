#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_no;

static const struct stet_lexicon_word comparators[] = {
    { "mer enn|meir enn", STET_COMPARISON_MORE_THAN, 0 },
    { "over", STET_COMPARISON_OVER, 0 },
    { "eldre enn", STET_COMPARISON_OLDER_THAN, 0 },
    { "minst", STET_COMPARISON_AT_LEAST, 0 },
    { "nesten", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "en|ett|et|én|ei|éi|ein|eit|eitt", 1, 0 },
    { "to", 2, 0 },
    { "tre", 3, 0 },
    { "fire", 4, 0 },
    { "fem", 5, 0 },
    { "seks", 6, 0 },
    { "sju|syv", 7, 0 },
    { "åtte", 8, 0 },
    { "ni", 9, 0 },
    { "ti", 10, 0 },
    { "elleve", 11, 0 },
    { "tolv", 12, 0 },
    { "femten", 15, 0 },
    { "tjue|tyve", 20, 0 },
    { "tjueen|tjueett|tjueein|tjueeitt|enogtyve", 21, 0 },
    { "tretti", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "år|års", STET_UNIT_YEAR, 1 },
    { "måned|måneder|måneders|månad|månader|månaden", STET_UNIT_MONTH, 1 },
    { "uke|uker|veke|veker|vekes", STET_UNIT_WEEK, 1 },
    { "dag|dager|dagar|dagers", STET_UNIT_DAY, 1 },
    { "tiår", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s er|ble|vart|blei|har ?blitt ?sist @m for @c @a siden|sidan",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s er|ble|har|vart ikke|ikkje ?blitt ?vorte @m på|siste|de_siste @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s er|ble|vart|blei ?sist @m for @a siden|sidan",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s er ?nå|no|allerede @c @a "
      "gammel|gammelt|gamle|gammal|gamal|gamalt|gammalt",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s er ?nå|no ?allerede eldre_enn @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s er|ble|vart|blei ?opprinnelig|først ?@p ?for @c @a siden|sidan ?@p",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s er|ble|vart|blei @p for @a siden|sidan", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s er @v gammel|gammelt|gammal|gamal|gamalt", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_SEVERAL, STET_FORM_ALONE },
    { "@s er @a gammel|gammelt|gammal|gamal|gamalt", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE | STET_FORM_ALONE },
    { "@s er|ble|vart|blei ?sist ?@m ?sist ?den @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s er|ble|vart|blei ?opprinnelig @p ?den @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s er|ble|har ?blitt|nå arkivert", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s er ?nå|no utdatert|foreldet|forelda", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s er|blir|oppdateres ikke|ikkje lenger|lengre|lenger_blitt "
      "?@m|aktuell|aktuelt",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_no = {
    .language = "no",
    .subjects =
        "artikkelen|saken|saka|innlegget|nyhetssaken|nyhetsartikkelen|teksten",
    .determiners = "denne|dette|den her",
    .nouns = "artikkel|artikkelen|sak|saken|nyhet|nyheten|tekst|teksten|side|"
             "siden|sida|nettside|nettsiden|innlegg|innlegget|bloggpost|"
             "bloggposten|blogginnlegg|blogginnlegget|post|posten|"
             "nyhetsartikkel|nyhetsartikkelen|nyhetssak|nyhetssaken|melding|"
             "meldingen|meldinga|pressemelding|pressemeldingen|pressemeldinga|"
             "intervju|intervjuet|video|videoen|dokument|dokumentet|oppskrift|"
             "oppskriften|oppskrifta|innhold|innholdet|innhald|innhaldet|"
             "kronikk|kronikken|reportasje|reportasjen|reportasja|publikasjon|"
             "publikasjonen|informasjon|informasjonen|saka|nyheita|nyhenda",
    .published = "publisert|skrevet|skriven|skrive|laget|laga|postet|lagt "
                 "ut|utgitt|opprettet",
    .updated = "oppdatert|endret|endra|redigert|revidert",
    .stale = "kan|kanskje|muligens|utdatert|utdaterte|foreldet|foreldede|"
             "forelda|ikke lenger|ikkje lenger|arkiv",
    .veto = "kommentarer|kommentarfelt|kommentarfeltet|kommentarar",
    .leads = "obs|merk|advarsel|viktig|info|arkiv|åtvaring|nb",
    .several = "flere|fleire|mange",
    .joint = "og",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
