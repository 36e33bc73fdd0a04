#ifndef STET_EXPORT_FRONT_H
#define STET_EXPORT_FRONT_H

#include "base/buf.h"
#include "export/catalogue.h"

/*
 * The mirror's own pages.  They need nothing but themselves.
 */

/* At the mirror's top; no host's folder has such a name. */
#define STET_FRONT_PATH  "index.html"
#define STET_NOTICE_PATH "_missing.html"

/* A row of the list. */
struct stet_front_page {
    const struct stet_holding *holding;        /* has a path */
    struct stet_span title, marker, published; /* published: as given */
    bool is_seed;
};

struct stet_front {
    struct stet_arena arena; /* of texts */
    struct stet_front_page *pages;
    size_t len, cap;
    struct stet_map urls; /* one row a URL; its place in pages plus one */
};

void stet_front_init(struct stet_front *f);
void stet_front_clear(struct stet_front *f);

/*
 * Adds the pages of an archive's pages.jsonl and extraPages.jsonl
 * (https://specs.webrecorder.net/wacz) that the mirror holds.  Of several
 * lines of one URL that counts which tells of the chosen capture, else the
 * last.  What is no such line is passed by; *any is set if a line counted.
 * STET_EIO, STET_ENOMEM.
 */
STET_NODISCARD int stet_front_add_lists(struct stet_front *f,
                                        const struct stet_catalogue *c,
                                        const char *archive, bool *any,
                                        struct stet_error *err);

/* Adds one page by what it holds. */
STET_NODISCARD int stet_front_add(struct stet_front *f,
                                  const struct stet_holding *h,
                                  struct stet_error *err);

/* The list, as HTML.  STET_ENOMEM, STET_ELIMIT. */
STET_NODISCARD int stet_front_print(const struct stet_front *f,
                                    struct stet_buf *out,
                                    struct stet_error *err);

/* The page that links to what is missing lead to: static. */
struct stet_span stet_front_notice(void);

#endif
