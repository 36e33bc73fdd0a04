#ifndef STET_PRODUCT_PAGE_H
#define STET_PRODUCT_PAGE_H

#include "http/message.h"
#include "product/product.h"
#include "stet/article.h"

enum { STET_MAX_OUTLINK_BYTES = 64 << 20 }; /* of all outlink lines */

/*
 * Reading a captured document once: its links, its wants and, for a page,
 * its facts.  Nothing is written to records here.
 */
struct stet_reading {
    struct stet_product *product;
    const struct stet_product_config *config;
    /* A document that is too large to be in one place: read from here, in
     * pieces.  What is given as the document is its beginning then. */
    const struct stet_spool *body; /* NULL: it is in one place */
    const struct stet_framing *framing;
    struct stet_buf outlinks; /* "outlink: URL HOP CONTEXT\r\n" lines */
    size_t n_outlinks;
    bool has_icon;
    struct stet_article *article; /* pages in HTML only; may be NULL */
};

/* Allocates nothing. */
void stet_reading_init(struct stet_reading *r, struct stet_product *p,
                       const struct stet_product_config *config);
void stet_reading_clear(struct stet_reading *r);

/*
 * Reads a decoded document of media type `mime`, whose Content-Type names
 * `charset` ("" when it does not), captured at product->date_ms.
 * STET_ENOMEM, STET_ELIMIT.
 */
STET_NODISCARD int stet_reading_document(struct stet_reading *r,
                                         struct stet_span mime,
                                         struct stet_span charset,
                                         struct stet_span document,
                                         struct stet_error *err);

/* What is read of a document. */
enum stet_reading_need {
    STET_READING_TYPE,   /* the bytes that say what it is */
    STET_READING_PIECES, /* all, and pieces will do */
    STET_READING_WHOLE,  /* all, in one place */
};
enum stet_reading_need stet_reading_needs(const struct stet_reading *r,
                                          struct stet_span mime);

/*
 * The same for the document of an answer that is an error: its facts (what
 * kind of page it is), no links, no wants.
 */
STET_NODISCARD int stet_reading_refusal(struct stet_reading *r,
                                        struct stet_span mime,
                                        struct stet_span charset,
                                        struct stet_span document,
                                        struct stet_error *err);

/* The links of a response head: Location, Link, Refresh. */
STET_NODISCARD int stet_reading_head(struct stet_reading *r,
                                     const struct stet_head *head,
                                     struct stet_error *err);

/* The sitemaps that a robots.txt names.  STET_ENOMEM. */
STET_NODISCARD int stet_reading_robots(struct stet_reading *r,
                                       struct stet_span body);

#endif
