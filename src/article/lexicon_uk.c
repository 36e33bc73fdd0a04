#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_uk;

static const struct stet_lexicon_word comparators[] = {
    { "більше|більш ніж|більше ніж|більше як|довше", STET_COMPARISON_MORE_THAN,
      0 },
    { "понад", STET_COMPARISON_OVER, 0 },
    { "не менше|щонайменше|принаймні|як мінімум", STET_COMPARISON_AT_LEAST, 0 },
    { "майже", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "один|одного|одна|одну|однієї|одному", 1, 0 },
    { "два|двох|дві", 2, 0 },
    { "три|трьох", 3, 0 },
    { "чотири|чотирьох", 4, 0 },
    { "п'ять|п'яти|п'ятьох", 5, 0 },
    { "шість|шести", 6, 0 },
    { "сім|семи", 7, 0 },
    { "вісім|восьми", 8, 0 },
    { "дев'ять|дев'яти", 9, 0 },
    { "десять|десяти", 10, 0 },
    { "одинадцять|одинадцяти", 11, 0 },
    { "дванадцять|дванадцяти", 12, 0 },
    { "двадцять|двадцяти", 20, 0 },
    { "тридцять|тридцяти", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "рік|року|роки|років", STET_UNIT_YEAR, 1 },
    { "місяць|місяця|місяці|місяців", STET_UNIT_MONTH, 1 },
    { "тиждень|тижня|тижні|тижнів", STET_UNIT_WEEK, 1 },
    { "день|дня|дні|днів", STET_UNIT_DAY, 1 },
    { "десятиліття|десятиліть", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "рік|року", STET_UNIT_YEAR, 1 },
    { "місяць|місяця", STET_UNIT_MONTH, 1 },
    { "тиждень|тижня", STET_UNIT_WEEK, 1 },
    { "півроку|пів року", STET_UNIT_MONTH, 6 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s ?була|був|було ?вперше @p ?вже @c @a ?тому", STET_MARKER_AGE_FLOOR, 0,
      0 },
    { "@s ?вже старша|старший|старіша|старіший|старіше за|ніж @a",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_OLDER_THAN, 0 },
    { "цій_статті|цьому_матеріалу|цій_новині|цій_публікації|цьому_допису|цьому_"
      "запису ?вже @c @a",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?була|був|було @p @a тому", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "цій_статті|цьому_матеріалу|цій_новині|цій_публікації|цьому_допису ?вже "
      "@v",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL, STET_FORM_ALONE },
    { "@s не ?була|був|було @m ?вже @c @a", STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?востаннє|останній_раз ?була|був|було @m ?востаннє|останній_раз @c "
      "@a тому",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?востаннє|останній_раз ?була|був|було @m ?востаннє|останній_раз @a "
      "тому",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?востаннє|останній_раз ?була|був|було ?востаннє|останній_раз @m "
      "?востаннє|останній_раз @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?була|був|було @p @t", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?була|був|було "
      "заархівован*|архівован*|переміщен*_в_архів|перенесен*_до_архіву",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s ?вже застарі*|перебуває_в_архіві", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s більше не оновлю*|підтриму*", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_uk = {
    .language = "uk",
    .determiners = "ця|цю|цей|це|дана|дану|даний|дане|ця наша",
    .nouns =
        "статтю|новину|публікацію|нотатку|замітку|сторінку|колонку|"
        "інформацію|стаття|матеріал|новина|публікація|пост|запис|допис|нотатка|"
        "замітка|сторінка|веб "
        "сторінка|текст|повідомлення|інтерв'ю|репортаж|документ|відео|"
        "контент|рецепт|колонка|інформація",
    .published = "опублікован*|написан*|вийшла|вийшов|вийшло|розміщен*|створен*"
                 "|з'явил*|опубліковано",
    .updated = "оновлен*|оновлювал*|оновил*|редагувал*|змінювал*|змінен*|"
               "відредагован*|оновлено",
    .stale = "може|можуть|могла|могло|могли|міг|можливо|застарі*|неактуальн*|"
             "архів|архіві|вже не",
    .veto = "коментарі|коментування",
    .leads = "увага|попередження|важливо|примітка|архів|інфо",
    .several = "кілька|декілька|багато",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
