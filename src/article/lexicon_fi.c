#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_fi;

static const struct stet_lexicon_word comparators[] = {
    { "yli", STET_COMPARISON_OVER, 0 },
    { "enemmän kuin", STET_COMPARISON_MORE_THAN, 0 },
    { "vähintään|ainakin", STET_COMPARISON_AT_LEAST, 0 },
    { "lähes|melkein", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "yksi|yhden|yhtä", 1, 0 },
    { "kaksi|kahden|kahta", 2, 0 },
    { "kolme|kolmen|kolmea", 3, 0 },
    { "neljä|neljän", 4, 0 },
    { "viisi|viiden|viittä", 5, 0 },
    { "kuusi|kuuden", 6, 0 },
    { "seitsemän", 7, 0 },
    { "kahdeksan", 8, 0 },
    { "yhdeksän", 9, 0 },
    { "kymmenen", 10, 0 },
    { "yksitoista|yhdentoista", 11, 0 },
    { "kaksitoista|kahdentoista", 12, 0 },
    { "kaksikymmentä|kahdenkymmenen", 20, 0 },
    { "kaksikymmentäyksi|kahdenkymmenenyhden", 21, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "vuosi|vuotta|vuoden|vuosia", STET_UNIT_YEAR, 1 },
    { "kuukausi|kuukautta|kuukauden|kuukausia", STET_UNIT_MONTH, 1 },
    { "viikko|viikkoa|viikon|viikkoja", STET_UNIT_WEEK, 1 },
    { "päivä|päivää|päivän|päiviä", STET_UNIT_DAY, 1 },
    { "vuosikymmen|vuosikymmentä|vuosikymmenen", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "vuosi|vuoden", STET_UNIT_YEAR, 1 },
    { "kuukausi|kuukauden", STET_UNIT_MONTH, 1 },
    { "viikko|viikon", STET_UNIT_WEEK, 1 },
    { "puoli vuotta|puolen vuoden", STET_UNIT_MONTH, 6 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s on ?jo @c @a vanha", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s on ?jo vanhempi kuin @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s ?on ?alun_perin ?jo @p ?jo @c @a sitten", STET_MARKER_AGE_FLOOR, 0,
      0 },
    { "@s on ?jo @c @a takaa", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s on @c @a sitten @p", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?on @p @a sitten", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE },
    { "@s on @a vanha", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s on @v vanha", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s ei ole @m @c @a", STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?on ?viimeksi @m ?viimeksi @c @a sitten", STET_MARKER_SINCE_UPDATE, 0,
      0 },
    { "@s ?on ?viimeksi @m ?viimeksi @a sitten", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?on ?viimeksi @m ?viimeksi @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s ?on ?alun_perin @p @t", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s on ?siirretty arkistoitu|arkistoon", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s on ?jo vanhentunut", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s ei ole enää ajantasainen|ajankohtainen", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s ei ?enää päivitetä ?enää", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_fi = {
    .language = "fi",
    .subjects = "artikkeli|juttu|uutinen|kirjoitus",
    .determiners = "tämä|kyseinen|tämän",
    .nouns = "artikkeli|juttu|uutinen|teksti|sivu|verkkosivu|kirjoitus|"
             "julkaisu|haastattelu|blogikirjoitus|blogipostaus|postaus|sisältö|"
             "tiedote|video|resepti|kolumni|asiakirja|uutisartikkeli|tieto",
    .published =
        "julkaistu|julkaistiin|kirjoitettu|kirjoitettiin|tehty|laadittu",
    .updated = "päivitetty|päivitettiin|muokattu|muutettu",
    .stale = "voi|voivat|saattaa|saattavat|vanhentun*|arkisto|ehkä|"
             "mahdollisesti|enää",
    .veto = "kommentit|kommentointi",
    .leads = "huom|huomio|varoitus|huomaa|tärkeää|info|arkisto|huomautus",
    .several = "useita|monta|useamman",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
