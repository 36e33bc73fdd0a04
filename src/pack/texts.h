#ifndef STET_PACK_TEXTS_H
#define STET_PACK_TEXTS_H

#include "base/map.h"
#include "base/spool.h"
#include "stet/warc.h"

/*
 * The texts of pages, which stand in records of their own (urn:text:URL, and
 * urn:textFinal:URL of Browsertrix), for the lists of pages.
 */
struct stet_texts {
    struct stet_map places; /* by "URL", and by "MILLISECONDS URL" */
    struct stet_arena arena;
    struct stet_spool all;
};

enum {
    STET_MAX_PAGE_TEXT = 1 << 20, /* bytes of one; the rest is cut */
};

void stet_texts_init(struct stet_texts *t);
void stet_texts_clear(struct stet_texts *t);

/* Keeps the block of a text record that r has just given; passes by any
 * other.  STET_ENOMEM, STET_EIO. */
STET_NODISCARD int stet_texts_take(struct stet_texts *t,
                                   struct stet_warc_reader *r,
                                   const struct stet_warc_record *rec,
                                   struct stet_error *err);

/*
 * Adds the lines of a page list to *out, each with the "text" of its URL,
 * at its time or else at any, unless it has one.  STET_ENOMEM, STET_EIO.
 */
STET_NODISCARD int stet_texts_add(struct stet_texts *t, struct stet_spool *out,
                                  struct stet_span lines,
                                  struct stet_error *err);

#endif
