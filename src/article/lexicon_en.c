#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_en;

static const struct stet_lexicon_word comparators[] = {
    { "more than", STET_COMPARISON_MORE_THAN, 0 },
    { "over", STET_COMPARISON_OVER, 0 },
    { "older than", STET_COMPARISON_OLDER_THAN, 0 },
    { "at least", STET_COMPARISON_AT_LEAST, 0 },
    { "almost", STET_COMPARISON_ALMOST, 0 },
    { "nearly", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "a", 1, 0 },       { "an", 1, 0 },      { "one", 1, 0 },
    { "two", 2, 0 },     { "three", 3, 0 },   { "four", 4, 0 },
    { "five", 5, 0 },    { "six", 6, 0 },     { "seven", 7, 0 },
    { "eight", 8, 0 },   { "nine", 9, 0 },    { "ten", 10, 0 },
    { "eleven", 11, 0 }, { "twelve", 12, 0 }, { "twenty", 20, 0 },
    { "thirty", 30, 0 }, { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "year", STET_UNIT_YEAR, 1 },
    { "years", STET_UNIT_YEAR, 1 },
    { "month", STET_UNIT_MONTH, 1 },
    { "months", STET_UNIT_MONTH, 1 },
    { "week", STET_UNIT_WEEK, 1 },
    { "weeks", STET_UNIT_WEEK, 1 },
    { "day", STET_UNIT_DAY, 1 },
    { "days", STET_UNIT_DAY, 1 },
    { "decade", STET_UNIT_YEAR, 10 },
    { "decades", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

/* The publishers' sentences, themes' and plug-ins' included, taken apart. */
static const struct stet_lexicon_form forms[] = {
    { "@s is|was ?now @c @a old", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s is|seems ?to ?be older than @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s is|was ?originally|first|been ?been "
      "published|posted|written|created @c @a ago",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s has been published|posted|written @c @a ago", STET_MARKER_AGE_FLOOR,
      0, 0 },
    { "@s is|was ?originally|first published|posted|written @a ago",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s is @a old", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s is|was @v old", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_ALONE },
    { "it has been|is ?@c @a since the last update", STET_MARKER_SINCE_UPDATE,
      0, 0 },
    { "@s was|is last updated|modified @c @a ago", STET_MARKER_SINCE_UPDATE, 0,
      0 },
    { "@s was|is last updated|modified @a ago", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s has|was not ?been updated|modified in|for ?@c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s was last updated|modified ?on @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s was|is ?originally|first published|posted|written ?on @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s was|is withdrawn|archived on @t", STET_MARKER_DATE, 0, 0 },
    { "@s is|was|has ?been ?now archived", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "the_article|the_story|the_page|the_content you requested|want ?is|has "
      "?been archived",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s is ?very old", STET_MARKER_STATUS, 0,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s is outdated|obsolete", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s is out of date", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s is no longer ?being updated|maintained|current", STET_MARKER_STATUS,
      0, STET_FORM_ALONE },
    { "@s is historical ?material", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "this is historical|archived material|content", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "we are|re no longer updating @s", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s needs to be updated", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "this was published under the", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s was published under the", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_en = {
    .language = "en",
    .determiners = "this|this news",
    .nouns = "article|story|post|page|web page|webpage|content|report|piece|"
             "blog post|blog|thread|news story|news article|news item|item|"
             "document|interview|column|video|review|entry|information|"
             "press release|recipe|guide|guidance|publication|site|website|"
             "news|feature|announcement|live blog|liveblog|podcast",
    .stale = "may|might|could|outdated|obsolete|out of date|up to date|"
             "archival|archive|no longer|date back|stale|changed",
    .veto = "comments|comment",
    .leads = "note|warning|please "
             "note|attention|notice|important|update|archived|editor s "
             "note|info|disclaimer|caution",
    .several = "several|many|a few|some",
    .joint = "and",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
