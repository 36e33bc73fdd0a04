#ifndef STET_DIFF_PAGE_H
#define STET_DIFF_PAGE_H

#include "diff/side.h"
#include "stet/article.h"
#include "stet/diff.h"
#include "json/json.h"

/*
 * A page as it is compared: its facts, the paragraphs of its text, and the
 * URLs of what it needs.
 */
struct stet_diff_page {
    const struct stet_side *side;
    const struct stet_side_capture *capture;
    struct stet_article *article;
    struct stet_json *facts;
    struct stet_span *paragraphs; /* of article->text */
    size_t n_paragraphs;
    struct stet_map needs; /* URLs, in the order of the page */
};

/* To be cleared in any case. */
STET_NODISCARD int stet_diff_page_read(struct stet_diff_page *p,
                                       const struct stet_side *side,
                                       const struct stet_side_capture *capture,
                                       struct stet_error *err);
void stet_diff_page_clear(struct stet_diff_page *p);

/* Gives out what differs.  STET_ENOMEM, or what the function returned. */
STET_NODISCARD int stet_diff_pages(const struct stet_diff_page *a,
                                   const struct stet_diff_page *b,
                                   stet_diff_fn fn, void *ctx,
                                   struct stet_error *err);

#endif
