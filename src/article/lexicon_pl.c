#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_pl;

static const struct stet_lexicon_word comparators[] = {
    { "więcej niż|dłużej niż", STET_COMPARISON_MORE_THAN, 0 },
    { "ponad", STET_COMPARISON_OVER, 0 },
    { "co najmniej|przynajmniej", STET_COMPARISON_AT_LEAST, 0 },
    { "prawie|niemal|blisko", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "jeden|jedna|jedno|jednego|jedną|jednym", 1, 0 },
    { "dwa|dwie|dwóch", 2, 0 },
    { "trzy|trzech", 3, 0 },
    { "cztery|czterech", 4, 0 },
    { "pięć|pięciu", 5, 0 },
    { "sześć|sześciu", 6, 0 },
    { "siedem|siedmiu", 7, 0 },
    { "osiem|ośmiu", 8, 0 },
    { "dziewięć|dziewięciu", 9, 0 },
    { "dziesięć|dziesięciu", 10, 0 },
    { "jedenaście|jedenastu", 11, 0 },
    { "dwanaście|dwunastu", 12, 0 },
    { "piętnaście|piętnastu", 15, 0 },
    { "dwadzieścia|dwudziestu", 20, 0 },
    { "dwadzieścia jeden|dwudziestu jeden", 21, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "rok|roku|lata|lat", STET_UNIT_YEAR, 1 },
    { "miesiąc|miesiąca|miesiące|miesięcy", STET_UNIT_MONTH, 1 },
    { "tydzień|tygodnia|tygodnie|tygodni", STET_UNIT_WEEK, 1 },
    { "dzień|dnia|dni", STET_UNIT_DAY, 1 },
    { "dekada|dekady|dekad", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "rok|roku", STET_UNIT_YEAR, 1 },
    { "miesiąc|miesiąca", STET_UNIT_MONTH, 1 },
    { "tydzień|tygodnia", STET_UNIT_WEEK, 1 },
    { "dekadę", STET_UNIT_YEAR, 10 },
    { "pół roku", STET_UNIT_MONTH, 6 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s ma ?już @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s jest ?już starszy|starsza|starsze niż @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s ?został|została|zostało|był|była|było|jest|ukazał|ukazała ?się "
      "?po_raz_pierwszy ?@p ?się @c @a temu",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s pochodzi sprzed @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?został|została|zostało|był|była @p ?się @a temu",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ma @a", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s ma @v", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s nie był|była|było|został|została|jest ?już @m od @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?był|była|było|został|została ?ostatnio|ostatni_raz @m "
      "?ostatnio|ostatni_raz @c @a temu",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?był|była|było|został|została ?ostatnio|ostatni_raz @m "
      "?ostatnio|ostatni_raz @a temu",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?był|była|było|został|została|zostało ?ostatnio|ostatni_raz @m "
      "?ostatnio|ostatni_raz ?w_dniu|dnia @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?był|była|było|został|została|zostało @p ?w_dniu|dnia @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s jest|został|została ?już archiwaln*|zarchiwizowan*|w_archiwum",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s jest|może_być|straciła ?już nieaktualn*|przestarzał*",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s nie jest ?już dłużej|@m|aktualn* ?@m", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s pochodzi sprzed @a", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_pl = {
    .language = "pl",
    .determiners = "ten|ta|to|niniejszy|niniejsza|niniejsze",
    .nouns = "artykuł|tekst|wpis|materiał|strona|strona "
             "internetowa|wiadomość|post|publikacja|news|wywiad|treść|"
             "informacja|dokument|przepis|felieton|reportaż|notatka|komunikat|"
             "film|wideo|zawartość|depesza",
    .published = "opublikowan*|napisan*|ukazał|ukazała|ukazało|powstał*|dodan*|"
                 "zamieszczon*|utworzon*",
    .updated = "aktualizowan*|zaktualizowan*|edytowan*|zmodyfikowan*|"
               "modyfikowan*|zmienian*",
    .stale = "może|mogą|możliwe|nieaktualn*|przestarzał*|archiwaln*|archiwum|"
             "zdezaktualizowa*|już nie",
    .veto = "komentarze|komentowanie",
    .leads = "uwaga|ostrzeżenie|ważne|info|informacja|archiwum",
    .several = "kilka|wiele",
    .joint = "i",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
