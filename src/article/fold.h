#ifndef STET_ARTICLE_FOLD_H
#define STET_ARTICLE_FOLD_H

#include "base/buf.h"
#include "dom/dom.h"

/*
 * Text as a reader sees it: runs of white space (no-break spaces and the
 * like too) become one space, none at the ends; soft hyphens and zero-width
 * marks go; what is not shown (script, style, template, ...) is left out.
 */
struct stet_fold {
    struct stet_buf *out;
    size_t start; /* where in *out it began */
    bool gap;     /* a space is due before the next character */
};

/* Begins at the present end of *out. */
void stet_fold_begin(struct stet_fold *f, struct stet_buf *out);
void stet_fold_add(struct stet_fold *f, struct stet_span text);
void stet_fold_gap(struct stet_fold *f);

/* The same with character references decoded and tags dropped, for texts
 * out of JSON that are HTML by mistake. */
void stet_fold_add_html(struct stet_fold *f, struct stet_span text);

enum stet_fold_mode {
    STET_FOLD_PLAIN, /* a space where a block or br begins or ends */
    STET_FOLD_SPACED /* a space at every tag */
};

/*
 * Adds what stands in root, at most about max_bytes (more is cut at a node's
 * end), without the subtree `but` (may be NULL).
 */
void stet_fold_add_node(struct stet_fold *f, const xmlNode *root,
                        const xmlNode *but, enum stet_fold_mode mode,
                        size_t max_bytes);

/* Is n, by itself, something that is not shown: by its tag, `hidden`, or
 * display:none in its style. */
bool stet_fold_is_hidden(const xmlNode *n);

/* Does this element begin and end a line? */
bool stet_fold_is_block(const xmlNode *n);

#endif
