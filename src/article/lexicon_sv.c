#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_sv;

static const struct stet_lexicon_word comparators[] = {
    { "mer än", STET_COMPARISON_MORE_THAN, 0 },
    { "över", STET_COMPARISON_OVER, 0 },
    { "äldre än", STET_COMPARISON_OLDER_THAN, 0 },
    { "minst", STET_COMPARISON_AT_LEAST, 0 },
    { "nästan", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "en|ett", 1, 0 },   { "två", 2, 0 },    { "tre", 3, 0 },
    { "fyra", 4, 0 },     { "fem", 5, 0 },    { "sex", 6, 0 },
    { "sju", 7, 0 },      { "åtta", 8, 0 },   { "nio", 9, 0 },
    { "tio", 10, 0 },     { "elva", 11, 0 },  { "tolv", 12, 0 },
    { "femton", 15, 0 },  { "tjugo", 20, 0 }, { "tjugoen|tjugoett", 21, 0 },
    { "trettio", 30, 0 }, { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "år|års", STET_UNIT_YEAR, 1 },
    { "månad|månader|månaders", STET_UNIT_MONTH, 1 },
    { "vecka|veckor|veckors", STET_UNIT_WEEK, 1 },
    { "dag|dagar|dagars", STET_UNIT_DAY, 1 },
    { "decennium|decennier", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s ?är|blev ?senast|sist @m ?senast|sist för @c @a sedan|sen",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s har|är inte ?blivit @m på|sedan|de_senaste|i @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?är|blev ?senast|sist @m ?senast|sist för @a sedan|sen",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s är ?nu|redan @c @a gammal|gammalt|gamla", STET_MARKER_AGE_FLOOR, 0,
      0 },
    { "@s är ?nu äldre_än @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s är|blev|har ?ursprungligen|först ?@p ?för @c @a sedan|sen ?@p",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s @p ?för @c @a sedan|sen", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?är @p för @a sedan|sen", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s är @v gammal|gammalt", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s är @a gammal|gammalt", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s ?är|blev ?senast|sist @m ?senast|sist ?den @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s ?är|blev ?ursprungligen @p ?den @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s är|har ?nu|blivit arkiverad|arkiverat|arkiverats", STET_MARKER_STATUS,
      0, STET_FORM_ALONE },
    { "@s är ?nu inaktuell|inaktuellt|föråldrad|föråldrat|utdaterad",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s är|uppdateras inte längre ?@m|aktuell|aktuellt", STET_MARKER_STATUS,
      0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_sv = {
    .language = "sv",
    .subjects = "artikeln|texten|inlägget|nyheten|nyhetsartikeln|blogginlägget",
    .determiners = "denna|detta|den här|det här",
    .nouns =
        "artikel|artikeln|text|texten|nyhet|nyheten|sida|sidan|webbsida|"
        "webbsidan|inlägg|inlägget|blogginlägg|blogginlägget|intervju|"
        "intervjun|innehåll|innehållet|video|videon|recept|receptet|"
        "pressmeddelande|pressmeddelandet|dokument|dokumentet|publikation|"
        "publikationen|reportage|reportaget|krönika|krönikan|nyhetsartikel|"
        "nyhetsartikeln|information|informationen|rapport|rapporten",
    .published = "publicerad|publicerat|publicerades|skriven|skrivet|skrevs|"
                 "postad|postat|utgiven|skapad|lades upp|upplagd",
    .updated = "uppdaterad|uppdaterat|uppdaterats|uppdaterades|ändrad|ändrat|"
               "ändrades|reviderad|reviderades|redigerades|redigerad",
    .stale = "kan|kanske|möjligen|inaktuell*|föråldrad*|utdaterad*|inte "
             "längre|arkiv",
    .veto = "kommentarer|kommentarsfält*|kommentering",
    .leads = "obs|observera|varning|viktigt|info|arkiv|notera",
    .several = "flera|många",
    .joint = "och",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
