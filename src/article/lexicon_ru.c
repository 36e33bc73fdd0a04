#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_ru;

static const struct stet_lexicon_word comparators[] = {
    { "более|больше|более чем|больше чем|дольше", STET_COMPARISON_MORE_THAN,
      0 },
    { "свыше", STET_COMPARISON_OVER, 0 },
    { "не менее|как минимум|по меньшей мере", STET_COMPARISON_AT_LEAST, 0 },
    { "почти", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "один|одного|одна|одну|одной|одному", 1, 0 },
    { "два|двух|две", 2, 0 },
    { "три|трех", 3, 0 },
    { "четыре|четырех", 4, 0 },
    { "пять|пяти", 5, 0 },
    { "шесть|шести", 6, 0 },
    { "семь|семи", 7, 0 },
    { "восемь|восьми", 8, 0 },
    { "девять|девяти", 9, 0 },
    { "десять|десяти", 10, 0 },
    { "одиннадцать|одиннадцати", 11, 0 },
    { "двенадцать|двенадцати", 12, 0 },
    { "пятнадцать|пятнадцати", 15, 0 },
    { "двадцать|двадцати", 20, 0 },
    { "тридцать|тридцати", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "год|года|лет|году|годов", STET_UNIT_YEAR, 1 },
    { "месяц|месяца|месяцев", STET_UNIT_MONTH, 1 },
    { "неделя|недели|недель|неделю", STET_UNIT_WEEK, 1 },
    { "день|дня|дней|суток", STET_UNIT_DAY, 1 },
    { "десятилетия|десятилетие|десятилетий", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "год|года|году", STET_UNIT_YEAR, 1 },
    { "месяц|месяца", STET_UNIT_MONTH, 1 },
    { "неделю|недели", STET_UNIT_WEEK, 1 },
    { "полугода|полгода", STET_UNIT_MONTH, 6 },
    { "полутора лет|полтора года", STET_UNIT_MONTH, 18 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s ?была|был|было ?впервые @p ?уже @c @a ?тому назад",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?уже|была старше @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "этой_статье|этому_материалу|этой_новости|этой_публикации|этой_записи|"
      "этому_посту|данной_статье|данному_материалу|данной_публикации ?уже @c "
      "@a",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?была|был|было @p @a ?тому назад", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "этой_статье|этому_материалу|этой_новости|этой_публикации|этой_записи|"
      "этому_посту ?уже @v",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL, STET_FORM_ALONE },
    { "этой_статье|этому_материалу|этой_новости|этой_публикации|этой_записи|"
      "этому_посту ?уже @a",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s не ?была|был|было @m ?уже @c @a", STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?последний_раз|в_последний_раз ?была|был|было @m "
      "?в_последний_раз|последний_раз @c @a назад",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?последний_раз|в_последний_раз ?была|был|было @m "
      "?в_последний_раз|последний_раз @a назад",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?последний_раз|в_последний_раз ?была|был|было "
      "?последний_раз|в_последний_раз @m ?в_последний_раз|последний_раз @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?была|был|было @p @t", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?была|был|было "
      "заархивирован*|архивирован*|перемещен*_в_архив|перенесен*_в_архив",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s ?уже|безнадежно устарел*|находится_в_архиве", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s больше не обновля*|поддержива*|является_актуальн*",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_ru = {
    .language = "ru",
    .determiners = "эта|этот|это|данная|данный|данное|настоящая|настоящий",
    .nouns =
        "статья|материал|новость|публикация|пост|запись|заметка|страница|веб "
        "страница|текст|сообщение|интервью|репортаж|документ|видео|контент|"
        "рецепт|колонка|информация|инструкция|обзор|сюжет",
    .published = "опубликован*|написан*|вышл*|вышел|размещен*|создан*|"
                 "публиковал*|появил*",
    .updated = "обновлен*|обновлял*|обновлял*|обновил*|редактировал*|изменял*|"
               "изменен*|отредактирован*",
    .stale = "может|могут|могла|могло|могли|мог|возможно|устаре*|неактуальн*|"
             "архив|архиве|уже не",
    .veto = "комментарии|комментирование",
    .leads = "внимание|предупреждение|важно|примечание|архив|инфо|осторожно",
    .several = "несколько|нескольких|много",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
