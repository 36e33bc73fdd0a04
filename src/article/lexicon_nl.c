#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_nl;

static const struct stet_lexicon_word comparators[] = {
    { "meer dan", STET_COMPARISON_MORE_THAN, 0 },
    { "langer dan", STET_COMPARISON_MORE_THAN, 0 },
    { "ruim", STET_COMPARISON_OVER, 0 },
    { "ten minste|minstens|minimaal", STET_COMPARISON_AT_LEAST, 0 },
    { "bijna", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "een", 1, 0 },       { "twee", 2, 0 },     { "drie", 3, 0 },
    { "vier", 4, 0 },      { "vijf", 5, 0 },     { "zes", 6, 0 },
    { "zeven", 7, 0 },     { "acht", 8, 0 },     { "negen", 9, 0 },
    { "tien", 10, 0 },     { "elf", 11, 0 },     { "twaalf", 12, 0 },
    { "vijftien", 15, 0 }, { "twintig", 20, 0 }, { "eenentwintig", 21, 0 },
    { "dertig", 30, 0 },   { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "jaar|jaren", STET_UNIT_YEAR, 1 },
    { "maand|maanden", STET_UNIT_MONTH, 1 },
    { "week|weken", STET_UNIT_WEEK, 1 },
    { "dag|dagen", STET_UNIT_DAY, 1 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s is|werd ?al ?sinds @c @a niet ?meer @m", STET_MARKER_SINCE_UPDATE, 0,
      0 },
    { "@s is|werd ?voor_het ?laatst @c @a geleden ?voor_het_laatst @m",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s is|werd ?voor_het ?laatst @a geleden ?voor_het_laatst @m",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s is ?inmiddels|ondertussen|nu|al|reeds ?al @c @a oud",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s is|lijkt ?inmiddels|al ouder dan @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s is|werd ?inmiddels|al|reeds ?oorspronkelijk ?@p @c @a geleden ?@p",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s dateert|stamt ?al ?uit|van @c @a geleden", STET_MARKER_AGE_FLOOR, 0,
      0 },
    { "@s is|werd @a geleden @p", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s is @a oud", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s is ?al @v oud", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s is|werd ?voor_het_laatst|laatst ?@m ?op @t ?voor_het_laatst|laatst "
      "?@m",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s is|werd ?@p ?op @t @p", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s is|werd ?inmiddels|nu gearchiveerd", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s is ?inmiddels|mogelijk verouderd|achterhaald", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s is|wordt niet_meer|niet_langer @m|actueel|onderhouden",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_nl = {
    .language = "nl",
    .determiners = "dit|deze|het onderhavige|dit nieuws",
    .nouns = "artikel|bericht|pagina|webpagina|verhaal|nieuwsbericht|"
             "nieuwsartikel|tekst|blog|blogpost|blogbericht|post|stuk|"
             "publicatie|reportage|interview|column|document|video|inhoud|"
             "persbericht|informatie|nieuws|recept|item|webpagina",
    .published = "gepubliceerd|geschreven|geplaatst|verschenen|gepost|gemaakt|"
                 "online gezet",
    .updated =
        "bijgewerkt|aangepast|gewijzigd|geüpdatet|herzien|geactualiseerd",
    .stale = "kan|kunnen|mogelijk|misschien|verouderd|verouderde|achterhaald|"
             "niet meer|archief|wellicht",
    .veto = "reacties|reageren",
    .leads =
        "let op|waarschuwing|opgelet|info|archief|opmerking|belangrijk|noot",
    .several = "meerdere|enkele|verschillende",
    .joint = "en",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
