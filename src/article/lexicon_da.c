#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_da;

static const struct stet_lexicon_word comparators[] = {
    { "mere end", STET_COMPARISON_MORE_THAN, 0 },
    { "over", STET_COMPARISON_OVER, 0 },
    { "ældre end", STET_COMPARISON_OLDER_THAN, 0 },
    { "mindst", STET_COMPARISON_AT_LEAST, 0 },
    { "næsten", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "en|et|én|ét", 1, 0 },
    { "to", 2, 0 },
    { "tre", 3, 0 },
    { "fire", 4, 0 },
    { "fem", 5, 0 },
    { "seks", 6, 0 },
    { "syv", 7, 0 },
    { "otte", 8, 0 },
    { "ni", 9, 0 },
    { "ti", 10, 0 },
    { "elleve", 11, 0 },
    { "tolv", 12, 0 },
    { "femten", 15, 0 },
    { "tyve", 20, 0 },
    { "enogtyve|etogtyve", 21, 0 },
    { "tredive", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "år|års", STET_UNIT_YEAR, 1 },
    { "måned|måneder|måneders", STET_UNIT_MONTH, 1 },
    { "uge|uger|ugers", STET_UNIT_WEEK, 1 },
    { "dag|dage|dages", STET_UNIT_DAY, 1 },
    { "årti|årtier", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s er|blev ?sidst|senest @m for @c @a siden ?sidst @m",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s er|blev sidst|senest @m for @c @a siden", STET_MARKER_SINCE_UPDATE, 0,
      0 },
    { "@s er|blev|har ikke ?blevet @m i|de_sidste|siden ?de_seneste @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s er|blev ?sidst|senest @m for @a siden", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s er ?nu|allerede @c @a gammel|gammelt|gamle", STET_MARKER_AGE_FLOOR, 0,
      0 },
    { "@s er ?nu ?mere ældre_end @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s er|blev ?oprindeligt|først ?@p ?for @c @a siden ?@p",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s er|blev @p for @a siden", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s er @v gammel|gammelt", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s er @a gammel|gammelt", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s er|blev ?sidst|senest ?@m ?sidst|senest ?den|d @t", STET_MARKER_DATE,
      0, STET_FORM_STALE },
    { "@s er|blev ?oprindeligt @p ?den|d @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s er|blev ?nu|blevet arkiveret", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s er ?nu forældet|uaktuel|uaktuelt", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s er|bliver|opdateres ikke længere ?@m|aktuel|aktuelt",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_da = {
    .language = "da",
    .subjects = "artiklen|indlægget|nyheden|historien|blogindlægget",
    .determiners = "denne|dette|den her|det her",
    .nouns = "artikel|historie|indlæg|side|webside|hjemmeside|nyhed|tekst|"
             "opslag|interview|indhold|blogindlæg|blogpost|video|opskrift|"
             "pressemeddelelse|dokument|publikation|nyhedsartikel|sag|"
             "meddelelse|reportage|kronik|information",
    .published = "udgivet|publiceret|skrevet|offentliggjort|bragt|lagt "
                 "op|oprettet|udgivet",
    .updated = "opdateret|ændret|redigeret|revideret|ajourført",
    .stale =
        "kan|måske|muligvis|forældet|forældede|uaktuel*|ikke længere|arkiv",
    .veto = "kommentarer|kommentarfelt*",
    .leads = "obs|bemærk|advarsel|vigtigt|info|arkiv|nb",
    .several = "flere|mange",
    .joint = "og",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
