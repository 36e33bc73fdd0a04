#include "stet/article.h"

#define STET_X(name, text) text,

const char *stet_article_source_name(enum stet_article_source s)
{
    static const char *const names[] = { STET_ARTICLE_SOURCES(STET_X) };

    return names[s];
}

const char *stet_article_page_name(enum stet_article_page p)
{
    static const char *const names[] = { STET_ARTICLE_PAGES(STET_X) };

    return names[p];
}

const char *stet_article_kind_name(enum stet_article_kind k)
{
    static const char *const names[] = { STET_ARTICLE_KINDS(STET_X) };

    return names[k];
}

const char *stet_article_comparison_name(enum stet_article_comparison c)
{
    static const char *const names[] = { STET_ARTICLE_COMPARISONS(STET_X) };

    return names[c];
}

const char *stet_article_unit_name(enum stet_article_unit u)
{
    static const char *const names[] = { STET_ARTICLE_UNITS(STET_X) };

    return names[u];
}

const char *stet_article_place_name(enum stet_article_place p)
{
    static const char *const names[] = { STET_ARTICLE_PLACES(STET_X) };

    return names[p];
}

const char *stet_article_verdict_name(enum stet_article_verdict v)
{
    static const char *const names[] = { STET_ARTICLE_VERDICTS(STET_X) };

    return names[v];
}
