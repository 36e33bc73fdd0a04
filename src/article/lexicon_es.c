#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_es;

static const struct stet_lexicon_word comparators[] = {
    { "más de", STET_COMPARISON_MORE_THAN, 0 },
    { "al menos|como mínimo|por lo menos", STET_COMPARISON_AT_LEAST, 0 },
    { "casi", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "un|una|uno", 1, 0 },
    { "dos", 2, 0 },
    { "tres", 3, 0 },
    { "cuatro", 4, 0 },
    { "cinco", 5, 0 },
    { "seis", 6, 0 },
    { "siete", 7, 0 },
    { "ocho", 8, 0 },
    { "nueve", 9, 0 },
    { "diez", 10, 0 },
    { "once", 11, 0 },
    { "doce", 12, 0 },
    { "quince", 15, 0 },
    { "veinte", 20, 0 },
    { "veintiún|veintiuno|veintiuna", 21, 0 },
    { "treinta", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "año|años", STET_UNIT_YEAR, 1 },
    { "mes|meses", STET_UNIT_MONTH, 1 },
    { "semana|semanas", STET_UNIT_WEEK, 1 },
    { "día|días", STET_UNIT_DAY, 1 },
    { "década|décadas", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s no se|ha|fue|es ?ha|sido ?sido @m desde|en|desde_hace|hace @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s lleva ?ya @c @a sin @m|actualizar*|ser_actualizad*",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s fue|se|ha ?sido @m ?por_última_vez hace @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s fue|se|ha ?sido @m ?por_última_vez hace @a", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s tiene ?ya @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?se|ha fue|sido|@p ?@p hace ?ya @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s fue|se|ha ?sido ?@p hace ?ya @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s data|es ?ya de hace @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s es más_antiguo|más_antigua de|que @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s fue|se|ha ?sido @p hace @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s tiene @a de_antigüedad", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE | STET_FORM_ALONE },
    { "@s tiene @v", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s fue|se|ha ?sido @m ?por_última_vez ?el|en ?día @t", STET_MARKER_DATE,
      0, STET_FORM_STALE },
    { "@s fue|se|ha ?sido @p ?el|en ?día @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s ha|está|fue|se ?ha ?sido archivad*", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s está|es|ha|puede_estar ?quedado desactualizad*|obsolet*|desfasad*",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s ya_no se|está|es ?encuentra @m|vigente|mantiene", STET_MARKER_STATUS,
      0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_es = {
    .language = "es",
    .determiners = "este|esta|el presente|la presente",
    .nouns = "artículo|publicación|noticia|nota|página|página "
             "web|entrada|post|texto|contenido|reportaje|entrevista|documento|"
             "vídeo|video|información|receta|comunicado|mensaje|columna|nota "
             "de prensa|contenido",
    .published =
        "publicad*|publicó|escrit*|escribió|redactad*|editad*|emitid*|cread*",
    .updated =
        "actualizad*|actualizó|actualiza|modificad*|modificó|revisad*|revisó",
    .stale = "puede|pueden|podría|podrían|posible*|desactualizad*|obsolet*|"
             "archivo|no esté|hemeroteca|ya no",
    .veto = "comentarios",
    .leads = "atención|aviso|nota|advertencia|importante|info|archivo|ojo",
    .several = "varios|varias|algunos|muchos",
    .joint = "y",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
