#ifndef STET_ARTICLE_BLOCKS_H
#define STET_ARTICLE_BLOCKS_H

#include "article/headings.h"
#include "article/links.h"

/* The blocks of a page that hold links to other stories. */
struct stet_block {
    const xmlNode *node;
    enum stet_block_class is;
    struct stet_span heading; /* kept; may be empty */
    uint32_t n_taken;         /* the caller's count */
    bool is_tab; /* the heading is a button: others share the block */
};

struct stet_blocks {
    struct stet_block *items;
    size_t len, cap;
};

/* Finds them by heading and by attribute, and decides what each is. */
void stet_blocks_find(struct stet_facts *f, const struct stet_page_links *links,
                      struct stet_blocks *to);
void stet_blocks_clear(struct stet_blocks *b);

/* The innermost block around n, or NULL. */
struct stet_block *stet_blocks_of(struct stet_blocks *all, const xmlNode *n);

/* The outermost one around b of b's class, b itself if there is none. */
struct stet_block *stet_blocks_outer(struct stet_blocks *all,
                                     struct stet_block *b);

#endif
