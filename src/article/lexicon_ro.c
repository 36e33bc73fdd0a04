#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_ro;

static const struct stet_lexicon_word comparators[] = {
    { "mai mult de|mai mult decât|mai bine de", STET_COMPARISON_MORE_THAN, 0 },
    { "peste", STET_COMPARISON_OVER, 0 },
    { "cel puțin", STET_COMPARISON_AT_LEAST, 0 },
    { "aproape", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "un|o|una|unu", 1, 0 },   { "doi|două", 2, 0 },
    { "trei", 3, 0 },           { "patru", 4, 0 },
    { "cinci", 5, 0 },          { "șase", 6, 0 },
    { "șapte", 7, 0 },          { "opt", 8, 0 },
    { "nouă", 9, 0 },           { "zece", 10, 0 },
    { "unsprezece", 11, 0 },    { "doisprezece|douăsprezece", 12, 0 },
    { "cincisprezece", 15, 0 }, { "douăzeci", 20, 0 },
    { "treizeci", 30, 0 },      { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "an|ani", STET_UNIT_YEAR, 1 },
    { "lună|luni", STET_UNIT_MONTH, 1 },
    { "săptămână|săptămâni", STET_UNIT_WEEK, 1 },
    { "zi|zile", STET_UNIT_DAY, 1 },
    { "deceniu|decenii", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s nu a|este ?mai ?fost @m ?de @c @a", STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s a|este ?fost @m ?ultima_dată|ultima_oară ?acum|în_urmă_cu @c @a "
      "?în_urmă",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s a|este ?fost @m ?ultima_dată|ultima_oară acum|în_urmă_cu @a",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s are ?deja @c @a ?vechime", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s a|este ?fost ?inițial ?@p ?acum|în_urmă_cu|de @c @a ?în_urmă",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s este|e mai_vechi|mai_veche de|decât @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s datează ?de|din ?acum @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s a|este ?fost @p acum|în_urmă_cu @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s are @a", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s are @v", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s a|este ?fost ?ultima_dată @m ?ultima_dată|ultima_oară ?la|pe|în "
      "?data|data_de @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s a|este ?fost @p ?la|pe|în ?data_de|data @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s a|este ?fost arhivat*", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s este|e învechit*|depășit*", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s nu mai este|e @m|actual*", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_ro = {
    .language = "ro",
    .subjects = "articolul|articolul acesta",
    .determiners = "acest|această|aceasta|prezentul|prezenta",
    .nouns = "articol|material|text|postare|pagină|pagină "
             "web|știre|publicație|interviu|conținut|document|reportaj|mesaj|"
             "video|rețetă|comunicat|informație|articolul",
    .published = "publicat*|scris*|postat*|redactat*|creat*",
    .updated = "actualizat*|modificat*|revizuit*",
    .stale =
        "poate|pot|ar putea|posibil|învechit*|depășit*|arhivă|neactual*|nu mai",
    .veto = "comentarii|comentariile",
    .leads = "atenție|notă|avertisment|important|info|arhivă",
    .several = "mulți|câțiva|câteva|multe|mai mulți|mai multe",
    .joint = "și",
    .of = "de",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
