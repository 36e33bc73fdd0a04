#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_pt;

static const struct stet_lexicon_word comparators[] = {
    { "mais de", STET_COMPARISON_MORE_THAN, 0 },
    { "pelo menos|no mínimo|ao menos", STET_COMPARISON_AT_LEAST, 0 },
    { "quase", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "um|uma", 1, 0 },  { "dois|duas", 2, 0 }, { "três", 3, 0 },
    { "quatro", 4, 0 },  { "cinco", 5, 0 },     { "seis", 6, 0 },
    { "sete", 7, 0 },    { "oito", 8, 0 },      { "nove", 9, 0 },
    { "dez", 10, 0 },    { "onze", 11, 0 },     { "doze", 12, 0 },
    { "quinze", 15, 0 }, { "vinte", 20, 0 },    { "trinta", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "ano|anos", STET_UNIT_YEAR, 1 },
    { "mês|meses", STET_UNIT_MONTH, 1 },
    { "semana|semanas", STET_UNIT_WEEK, 1 },
    { "dia|dias", STET_UNIT_DAY, 1 },
    { "década|décadas", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s tem|possui ?já @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s foi ?originalmente ?@p há|faz ?já @c @a", STET_MARKER_AGE_FLOOR, 0,
      0 },
    { "@s foi ?originalmente @p @c @a atrás", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s data|é ?já de ?há @c @a ?atrás", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s é mais_antigo|mais_antiga do_que|que|de @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s foi @p há|faz @a", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE },
    { "@s tem @a", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s tem @v", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "@s foi @m ?pela_última_vez há|faz @c @a", STET_MARKER_SINCE_UPDATE, 0,
      0 },
    { "@s não é|foi|está|recebe|sofre @m|atualização|atualizações há|faz @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s foi @m ?pela_última_vez há|faz @a", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s foi @m ?pela_última_vez ?em|no_dia|a @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s foi @p ?em|no_dia|a @t", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s foi|está|encontra_se arquivad*", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s está|é|pode_estar desatualizad*|desactualizad*|obsolet*",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s já_não|não_mais é|está @m", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s não está|é mais @m", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_pt = {
    .language = "pt",
    .determiners = "este|esta|esse|essa|o presente|a presente",
    .nouns =
        "artigo|publicação|notícia|postagem|página|página "
        "web|post|texto|matéria|conteúdo|reportagem|entrevista|reclamação|"
        "documento|vídeo|receita|informação|nota|comunicado|mensagem|coluna",
    .published = "publicad*|escrit*|postad*|redigid*|criad*|veiculad*",
    .updated = "atualizad*|actualizad*|modificad*|revist*|revisad*|editad*",
    .stale = "pode|podem|poderá|desatualizad*|desactualizad*|obsolet*|arquivo|"
             "já não|não mais|possível|talvez",
    .veto = "comentários",
    .leads = "atenção|aviso|nota|importante|info|arquivo|cuidado",
    .several = "vários|várias|alguns|muitos",
    .joint = "e",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
