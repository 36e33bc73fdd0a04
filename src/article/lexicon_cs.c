#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_cs;

static const struct stet_lexicon_word comparators[] = {
    { "více než|víc než|více jak|víc jak", STET_COMPARISON_MORE_THAN, 0 },
    { "déle než|déle jak", STET_COMPARISON_MORE_THAN, 0 },
    { "přes", STET_COMPARISON_OVER, 0 },
    { "alespoň|nejméně|minimálně", STET_COMPARISON_AT_LEAST, 0 },
    { "téměř|skoro", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "jeden|jedna|jedno|jedním|jednou|jednoho", 1, 0 },
    { "dva|dvě|dvěma|dvou", 2, 0 },
    { "tři|třemi|tří", 3, 0 },
    { "čtyři|čtyřmi|čtyř", 4, 0 },
    { "pět|pěti", 5, 0 },
    { "šest|šesti", 6, 0 },
    { "sedm|sedmi", 7, 0 },
    { "osm|osmi", 8, 0 },
    { "devět|devíti", 9, 0 },
    { "deset|deseti", 10, 0 },
    { "jedenáct|jedenácti", 11, 0 },
    { "dvanáct|dvanácti", 12, 0 },
    { "patnáct|patnácti", 15, 0 },
    { "dvacet|dvaceti", 20, 0 },
    { "jedenadvacet|jednadvacet|jedenadvaceti", 21, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "rok|roku|roky|let|lety|rokem|léta|letech", STET_UNIT_YEAR, 1 },
    { "měsíc|měsíce|měsíců|měsícem|měsíci", STET_UNIT_MONTH, 1 },
    { "týden|týdny|týdnů|týdnem|týdne", STET_UNIT_WEEK, 1 },
    { "den|dny|dnů|dní|dnem|dne", STET_UNIT_DAY, 1 },
    { "desetiletí|desetiletím", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "rok|rokem|roku", STET_UNIT_YEAR, 1 },
    { "měsíc|měsícem|měsíce", STET_UNIT_MONTH, 1 },
    { "týden|týdnem", STET_UNIT_WEEK, 1 },
    { "půl roku|půl rokem|půlrokem|půl roku", STET_UNIT_MONTH, 6 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s je ?již|už|více starší než|jak @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s ?byl|byla|bylo|je ?původně|poprvé ?@p ?již|už před @c @a ?@p",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s je ?již|už @c @a starý|stará|staré", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?pochází|je z doby ?před @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?byl|byla|bylo @p před @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s je @a starý|stará|staré", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE | STET_FORM_ALONE },
    { "@s je @v starý|stará|staré", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_SEVERAL, STET_FORM_ALONE },
    { "@s nebyl|nebyla|nebylo|není ?již|už ?@m @c @a ?@m",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?byl|byla|bylo ?naposledy @m ?naposledy ?již|už před @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?byl|byla|bylo ?naposledy @m ?naposledy před @a",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?byl|byla|bylo ?naposledy ?@m ?naposledy ?dne @t", STET_MARKER_DATE,
      0, STET_FORM_STALE },
    { "@s ?byl|byla|bylo @p ?dne @t", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?byl|byla|bylo|je archivován*|archivní", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s je|může_být ?již|už zastaral*|neaktuální", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s již|už není|nebude ?nadále @m|aktuální|udržován*", STET_MARKER_STATUS,
      0, STET_FORM_ALONE },
    { "@s není ?již|už @m|aktuální|aktualizován*", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_cs = {
    .language = "cs",
    .determiners = "tento|tato|toto|tenhle|tahle",
    .nouns = "článek|text|příspěvek|stránka|webová "
             "stránka|zpráva|materiál|rozhovor|obsah|záznam|publikace|dokument|"
             "video|recept|reportáž|zápisek|blog|sloupek|informace",
    .published = "publikován*|zveřejněn*|napsán*|vydán*|vyšel|vyšla|vyšlo|"
                 "vznikl*|vložen*|vytvořen*",
    .updated = "aktualizován*|upraven*|změněn*|aktualizoval*",
    .stale = "může|mohou|možná|mohl|mohla|mohly|zastaral*|neaktuální|archiv|"
             "již neplat*|nemusí",
    .veto = "komentáře|diskuse|diskuze",
    .leads = "pozor|upozornění|poznámka|důležité|info|archiv|varování",
    .several = "několik|několika|mnoho|více",
    .joint = "a",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
