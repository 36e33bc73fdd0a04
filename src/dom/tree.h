#ifndef STET_DOM_TREE_H
#define STET_DOM_TREE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "dom/dom.h"
#include "dom/tag.h"

/*
 * The making of nodes: everything in one arena, each node one piece with
 * what libxml2 needs first.  What is open is a stack.
 */
struct stet_dom_node {
    xmlNode x; /* first: an xmlNode * of ours is one of these */
    struct stet_dom_node *next; /* with the same tag */
    struct stet_dom_name *name;
    uint32_t order, end;
    uint32_t len; /* of a text, which may hold no NUL */
    enum stet_html_tag tag;
};

/* An element name that the document uses. */
struct stet_dom_name {
    const xmlChar *text;
    const struct stet_tag_kind *kind;
    enum stet_html_tag tag;
    uint32_t n_open; /* how many are on the stack */
};

struct stet_dom {
    struct stet_arena arena;
    struct stet_dom_name *known[STET_N_HTML_TAGS]; /* by the token's tag */
    struct stet_map names; /* the others, to struct stet_dom_name */
    struct stet_buf text;  /* seen since the last tag */
    xmlDoc *doc;
    struct stet_dom_node *html, *head, *body;
    struct stet_dom_node *open[STET_MAX_DOM_DEPTH];
    struct stet_dom_node *newest; /* element; its tag may go on */
    size_t depth;
    size_t n_too_deep;  /* open elements that found no room there */
    uint32_t n_foreign; /* open svg and math elements */
    uint32_t n_nodes;
    struct stet_dom_node *first[STET_N_HTML_TAGS], *last[STET_N_HTML_TAGS];
    struct stet_dom_limits limits;
    int status; /* STET_OK, or what a text met that could not be added */
};

/* The document node.  STET_OK or STET_ENOMEM. */
int stet_tree_begin(struct stet_dom *d);

/* *out is NULL when the arena's limit is reached (recorded). */
int stet_tree_name(struct stet_dom *d, enum stet_html_tag tag,
                   struct stet_span name, struct stet_dom_name **out);

/* The same if the document has used it, else NULL. */
struct stet_dom_name *stet_tree_find_name(const struct stet_dom *d,
                                          const struct stet_html_token *t);

/*
 * A new element as the last child of what is open, with the attributes of
 * t; *out is NULL when a limit forbids it (recorded).
 */
int stet_tree_add(struct stet_dom *d, struct stet_dom_name *name,
                  const struct stet_html_token *t, struct stet_dom_node **out);

/* Adds those attributes of t that n has not. */
int stet_tree_merge(struct stet_dom *d, struct stet_dom_node *n,
                    const struct stet_html_token *t);

/* The text seen so far becomes a node, in what is open.  _add() and
 * _pop_to() do it by themselves; failure is latched in `status`. */
void stet_tree_flush(struct stet_dom *d);

void stet_tree_push(struct stet_dom *d, struct stet_dom_node *n);
/* Closes elements until `depth` are open. */
void stet_tree_pop_to(struct stet_dom *d, size_t depth);

/* The innermost open element, or NULL. */
struct stet_dom_node *stet_tree_top(const struct stet_dom *d);

#endif
