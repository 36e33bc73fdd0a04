#ifndef STET_ARTICLE_FIND_H
#define STET_ARTICLE_FIND_H

#include "dom/dom.h"
#include "stet/article.h"

/* One page, its tree made; the caller's until the call returns. */
struct stet_article_input {
    struct stet_span url;
    const struct stet_dom *dom;
    int64_t captured_ms; /* or STET_ARTICLE_NO_TIME */
    int status;          /* HTTP's; 0: not known */
};

/*
 * The facts of a page.  The result is the caller's to free and points into
 * nothing but itself: the tree may go before it.
 */
STET_NODISCARD int stet_article_find(struct stet_article **out,
                                     const struct stet_article_input *in,
                                     struct stet_error *err);

/*
 * The lists of stories in a JSON document that the script of `page` would
 * have asked for at `url`, where they are of a form that is known: an
 * article of which only lists are set.  STET_END: there are none.
 */
STET_NODISCARD int stet_article_find_trails(struct stet_article **out,
                                            struct stet_span json,
                                            struct stet_span url,
                                            struct stet_span page,
                                            struct stet_error *err);

#endif
