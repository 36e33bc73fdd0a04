#include "dom/dom.h"

#include <string.h>

#include "base/fail.h"
#include "base/mem.h"
#include "dom/tree.h"

enum { MAX_NAMES = 1 << 20 }; /* bytes of all element names */

int stet_dom_new(struct stet_dom **out, struct stet_error *err)
{
    struct stet_dom *d = stet_alloc(sizeof(*d));

    *out = NULL;
    if (!d)
        return stet_fail(err, STET_ENOMEM, "no memory for a document tree");
    stet_arena_init(&d->arena, STET_MAX_DOM_BYTES);
    stet_map_init(&d->names, MAX_NAMES);
    stet_buf_init(&d->text, STET_MAX_DOM_BYTES);
    if (stet_tree_begin(d) < 0) {
        stet_dom_free(d);
        return stet_fail(err, STET_ENOMEM, "no memory for a document tree");
    }
    *out = d;
    return STET_OK;
}

void stet_dom_free(struct stet_dom *d)
{
    if (!d)
        return;
    stet_arena_clear(&d->arena);
    stet_map_clear(&d->names);
    stet_buf_clear(&d->text);
    stet_free(d);
}

static const struct stet_dom_node *node_of(const xmlNode *n)
{
    return (const struct stet_dom_node *)(const void *)n;
}

/* libxml2's own links are not const. */
static xmlNode *plain(struct stet_dom_node *n)
{
    return n ? &n->x : NULL;
}

xmlDoc *stet_dom_doc(const struct stet_dom *d)
{
    return d->doc;
}

xmlNode *stet_dom_body(const struct stet_dom *d)
{
    return plain(d->body);
}

struct stet_dom_limits stet_dom_limits(const struct stet_dom *d)
{
    return d->limits;
}

size_t stet_dom_n_nodes(const struct stet_dom *d)
{
    return d->n_nodes;
}

xmlNode *stet_dom_first(const struct stet_dom *d, enum stet_html_tag tag)
{
    return plain(d->first[tag]);
}

xmlNode *stet_dom_next(const xmlNode *n)
{
    return plain(node_of(n)->next);
}

enum stet_html_tag stet_dom_tag(const xmlNode *n)
{
    return node_of(n)->tag;
}

uint32_t stet_dom_order(const xmlNode *n)
{
    return node_of(n)->order;
}

uint32_t stet_dom_end(const xmlNode *n)
{
    return node_of(n)->end;
}

bool stet_dom_has(const xmlNode *outer, const xmlNode *inner)
{
    return stet_dom_order(outer) <= stet_dom_order(inner) &&
           stet_dom_order(inner) <= stet_dom_end(outer);
}

xmlNode *stet_dom_skip(const xmlNode *n, const xmlNode *root)
{
    while (n != root) {
        if (n->next)
            return n->next;
        n = n->parent;
    }
    return NULL;
}

xmlNode *stet_dom_walk(const xmlNode *n, const xmlNode *root)
{
    return n->children ? n->children : stet_dom_skip(n, root);
}

struct stet_span stet_dom_attr(const xmlNode *n, const char *name)
{
    struct stet_span none = { NULL, 0 };

    if (n->type != XML_ELEMENT_NODE)
        return none;
    for (const xmlAttr *a = n->properties; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return stet_span_of((const char *)a->children->content);
    return none;
}

struct stet_span stet_dom_text(const xmlNode *n)
{
    struct stet_span none = { NULL, 0 };

    if (n->type != XML_TEXT_NODE)
        return none;
    return (struct stet_span){ (const char *)n->content, node_of(n)->len };
}
