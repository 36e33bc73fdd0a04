#ifndef STET_PRODUCT_RECORDS_H
#define STET_PRODUCT_RECORDS_H

#include "http/mime.h"
#include "product/page.h"

/*
 * The WARC records of one capture, packed one after the other into the
 * product's spool: response (or revisit), request, metadata, urn:text.
 */
struct stet_record_maker {
    const struct stet_product_config *config;
    struct stet_warc_pack pack;  /* of what the server said */
    struct stet_warc_pack notes; /* of the small ones beside it */
    struct stet_product *product;
    const struct stet_exchange *exchange;
    const struct stet_original *original;
    char first_id[STET_UUID_TEXT_MAX]; /* of the response or revisit */
};

/* What the exchange's stored body looks like, when it is already known. */
struct stet_record_facts {
    struct stet_span body; /* raw, a view of the exchange's spool; of a large
                              one its front */
    bool large;            /* it is never in memory as a whole */
    bool stored;           /* compressed already: do not try again */
};

/* The capture itself and its request.  Errors as stet_warc_record_pack();
 * STET_END: slices are not wanted any more. */
STET_NODISCARD int stet_records_capture(struct stet_record_maker *m,
                                        const struct stet_record_facts *f,
                                        struct stet_error *err);

/*
 * The metadata record: how the capture came about, what is odd about it,
 * its outlinks, its article facts.  `head` may be NULL (no response).
 */
STET_NODISCARD int stet_records_metadata(struct stet_record_maker *m,
                                         const struct stet_reading *r,
                                         const struct stet_head *head,
                                         struct stet_error *err);

/* urn:text:URL with the article's main text; none when there is none. */
STET_NODISCARD int stet_records_text(struct stet_record_maker *m,
                                     const struct stet_article *a,
                                     struct stet_error *err);

#endif
