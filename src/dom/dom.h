#ifndef STET_DOM_DOM_H
#define STET_DOM_DOM_H

#include <libxml/tree.h>

#include "stet/error.h"
#include "stet/html.h"

/*
 * A tree from the tokens of one HTML document.
 *
 * It is a libxml2 tree in shape (XPath and every reading function work on
 * it), but all of it lives in one arena: it is read-only, it dies with the
 * stet_dom, and xmlFreeDoc() must never see it.  There is always an html
 * element with a head and a body.  Void elements have no children, end
 * tags that HTML implies are implied (p, li, dt, dd, option, table parts,
 * nested links); formatting elements are not rebuilt across blocks.
 * Template contents are children of their template.  Comments and the
 * doctype are left out.  Names are in lower case, text is UTF-8, adjacent
 * text is one node.
 *
 * The work is linear in the number of tokens.  A limit that is reached is
 * recorded, never a failure: what lies deeper than the depth limit becomes
 * a child of the deepest element, attributes past theirs are dropped, and
 * after the last node everything is.
 */
enum {
    STET_MAX_DOM_DEPTH = 512,
    STET_MAX_DOM_ATTRIBUTES = 256, /* of one element */
    STET_MAX_DOM_NODES = 250000,   /* elements and texts */
    STET_MAX_DOM_BYTES = 256 << 20 /* the arena, text included */
};

struct stet_dom;

/* Which limits were reached. */
struct stet_dom_limits {
    bool depth, attributes, nodes, bytes;
};

STET_NODISCARD int stet_dom_new(struct stet_dom **out, struct stet_error *err);
void stet_dom_free(struct stet_dom *d);

/*
 * Takes the next token; a stet_html_token_fn whose ctx is the stet_dom.
 * STET_OK or STET_ENOMEM.
 */
STET_NODISCARD int stet_dom_token(void *dom, const struct stet_html_token *t);

/* After the last token. */
STET_NODISCARD int stet_dom_finish(struct stet_dom *d);

/* The tree, after _finish() and until _free(). */
xmlDoc *stet_dom_doc(const struct stet_dom *d);
xmlNode *stet_dom_body(const struct stet_dom *d);
struct stet_dom_limits stet_dom_limits(const struct stet_dom *d);
size_t stet_dom_n_nodes(const struct stet_dom *d);

/*
 * The elements of one tag in document order: first, then next, then NULL.
 * STET_HTML_TAG_OTHER has no list; nor has what is in svg or math, but for
 * those themselves.
 */
xmlNode *stet_dom_first(const struct stet_dom *d, enum stet_html_tag tag);
xmlNode *stet_dom_next(const xmlNode *n);

/* What an element is; STET_HTML_TAG_OTHER for text too. */
enum stet_html_tag stet_dom_tag(const xmlNode *n);

/*
 * Places in document order: a node's own number, from 1, and the greatest
 * number in its subtree.  So b is a or lies in a when
 * order(a) <= order(b) <= end(a).
 */
uint32_t stet_dom_order(const xmlNode *n);
uint32_t stet_dom_end(const xmlNode *n);
bool stet_dom_has(const xmlNode *outer, const xmlNode *inner);

/* The node after n in document order, in `root` or below; NULL: no more. */
xmlNode *stet_dom_walk(const xmlNode *n, const xmlNode *root);
/* The same, but what is below n is stepped over. */
xmlNode *stet_dom_skip(const xmlNode *n, const xmlNode *root);

/* An attribute's value, until _free(); ptr NULL when it is not there. */
struct stet_span stet_dom_attr(const xmlNode *n, const char *name);

/* A text node's text; ptr NULL for an element. */
struct stet_span stet_dom_text(const xmlNode *n);

#endif
