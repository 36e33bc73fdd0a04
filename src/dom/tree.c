#include "dom/tree.h"

#include <string.h>

static const xmlChar text_name[] = "text";

/* Out of memory, or the arena is full: the latter is only recorded. */
static int no_room(struct stet_dom *d, size_t n)
{
    if (n <= d->arena.max - d->arena.used)
        return STET_ENOMEM;
    d->limits.bytes = true;
    return STET_OK;
}

int stet_tree_begin(struct stet_dom *d)
{
    d->doc = stet_arena_alloc(&d->arena, sizeof(*d->doc));
    if (!d->doc)
        return STET_ENOMEM;
    d->doc->type = XML_HTML_DOCUMENT_NODE;
    d->doc->doc = d->doc;
    d->doc->standalone = 1;
    d->doc->charset = XML_CHAR_ENCODING_UTF8;
    d->doc->properties = XML_DOC_HTML;
    return STET_OK;
}

struct stet_dom_name *stet_tree_find_name(const struct stet_dom *d,
                                          const struct stet_html_token *t)
{
    struct stet_map_entry *e;

    if (t->tag != STET_HTML_TAG_OTHER)
        return d->known[t->tag];
    e = stet_map_find(&d->names, t->name);
    return e ? e->value : NULL;
}

static int add_name(struct stet_dom *d, enum stet_html_tag tag,
                    struct stet_span name, struct stet_dom_name **out)
{
    struct stet_dom_name *n = stet_arena_alloc(&d->arena, sizeof(*n));
    struct stet_span text = stet_arena_dup(&d->arena, name);

    *out = NULL;
    if (!n || !text.ptr)
        return no_room(d, sizeof(*n) + name.len + 1);
    n->text = (const xmlChar *)text.ptr;
    n->kind = stet_tag_kind(tag);
    n->tag = tag;
    *out = n;
    return STET_OK;
}

int stet_tree_name(struct stet_dom *d, enum stet_html_tag tag,
                   struct stet_span name, struct stet_dom_name **out)
{
    struct stet_map_entry *e;
    int rc = STET_OK;

    *out = NULL;
    if (tag != STET_HTML_TAG_OTHER) {
        if (!d->known[tag])
            rc = add_name(d, tag, name, &d->known[tag]);
        *out = d->known[tag];
        return rc;
    }
    e = stet_map_put(&d->names, name, NULL);
    if (!e)
        return d->names.keys.used + name.len + 64 > d->names.keys.max
                   ? (d->limits.bytes = true, STET_OK)
                   : STET_ENOMEM;
    if (!e->value) {
        struct stet_dom_name *n;

        rc = add_name(d, tag, name, &n);
        e->value = n;
    }
    *out = e->value;
    return rc;
}

struct stet_dom_node *stet_tree_top(const struct stet_dom *d)
{
    return d->depth > 0 ? d->open[d->depth - 1] : NULL;
}

static void link_child(struct stet_dom *d, struct stet_dom_node *n)
{
    struct stet_dom_node *top = stet_tree_top(d);
    xmlNode *parent = top ? &top->x : (xmlNode *)(void *)d->doc;

    n->x.doc = d->doc;
    n->x.parent = parent;
    n->x.prev = parent->last;
    if (parent->last)
        parent->last->next = &n->x;
    else
        parent->children = &n->x;
    parent->last = &n->x;
    n->order = n->end = ++d->n_nodes;
}

/* One attribute and its text in one piece. */
struct attribute {
    xmlAttr x;
    xmlNode text;
    xmlChar bytes[];
};

static bool has_attribute(const struct stet_dom_node *n, struct stet_span name)
{
    for (const xmlAttr *a = n->x.properties; a; a = a->next)
        if (stet_span_eqs(name, (const char *)a->name))
            return true;
    return false;
}

static int add_attribute(struct stet_dom *d, struct stet_dom_node *n,
                         xmlAttr **last, const struct stet_html_attr *from)
{
    size_t size = sizeof(struct attribute) + from->name.len + from->value.len;
    struct attribute *a = stet_arena_alloc(&d->arena, size + 2);
    xmlChar *value;

    if (!a)
        return no_room(d, size + 2);
    value = a->bytes + from->name.len + 1;
    if (from->name.len > 0)
        memcpy(a->bytes, from->name.ptr, from->name.len);
    if (from->value.len > 0)
        memcpy(value, from->value.ptr, from->value.len);
    a->x.type = XML_ATTRIBUTE_NODE;
    a->x.name = a->bytes;
    a->x.doc = d->doc;
    a->x.parent = &n->x;
    a->x.prev = *last;
    a->x.children = a->x.last = &a->text;
    a->text.type = XML_TEXT_NODE;
    a->text.name = text_name;
    a->text.doc = d->doc;
    a->text.parent = (xmlNode *)(void *)&a->x;
    a->text.content = value;
    if (*last)
        (*last)->next = &a->x;
    else
        n->x.properties = &a->x;
    *last = &a->x;
    return STET_OK;
}

int stet_tree_merge(struct stet_dom *d, struct stet_dom_node *n,
                    const struct stet_html_token *t)
{
    bool fresh = !n->x.properties;
    xmlAttr *last = NULL;
    size_t count = 0;
    int rc = STET_OK;

    for (xmlAttr *a = n->x.properties; a; a = a->next) {
        last = a;
        count++;
    }
    for (size_t i = 0; rc == STET_OK && i < t->n_attrs; i++) {
        if (t->attrs[i].duplicate)
            continue;
        if (!fresh && has_attribute(n, t->attrs[i].name))
            continue;
        if (++count > STET_MAX_DOM_ATTRIBUTES) {
            d->limits.attributes = true;
            break;
        }
        rc = add_attribute(d, n, &last, &t->attrs[i]);
    }
    return rc;
}

static void index_node(struct stet_dom *d, struct stet_dom_node *n)
{
    n->tag = d->n_foreign > 0 ? STET_HTML_TAG_OTHER : n->name->tag;
    if (n->tag == STET_HTML_TAG_OTHER)
        return;
    if (d->last[n->tag])
        d->last[n->tag]->next = n;
    else
        d->first[n->tag] = n;
    d->last[n->tag] = n;
}

/* Room for a node, or NULL: *rc says whether memory ran out. */
static struct stet_dom_node *new_node(struct stet_dom *d, size_t extra, int *rc)
{
    struct stet_dom_node *n;

    *rc = STET_OK;
    if (d->n_nodes >= STET_MAX_DOM_NODES) {
        d->limits.nodes = true;
        return NULL;
    }
    n = stet_arena_alloc(&d->arena, sizeof(*n) + extra);
    if (!n)
        *rc = no_room(d, sizeof(*n) + extra);
    return n;
}

void stet_tree_flush(struct stet_dom *d)
{
    struct stet_span s = stet_buf_span(&d->text);
    struct stet_dom_node *n;
    int rc = stet_buf_status(&d->text);

    if (rc < 0)
        d->limits.bytes = true;
    if (rc == STET_ENOMEM)
        d->status = rc;
    if (s.len == 0)
        return;
    n = new_node(d, s.len + 1, &rc);
    if (rc < 0)
        d->status = rc;
    if (n) {
        n->x.type = XML_TEXT_NODE;
        n->x.name = text_name;
        n->x.content = (xmlChar *)(n + 1);
        memcpy(n->x.content, s.ptr, s.len);
        n->len = (uint32_t)s.len;
        link_child(d, n);
    }
    stet_buf_reset(&d->text);
}

int stet_tree_add(struct stet_dom *d, struct stet_dom_name *name,
                  const struct stet_html_token *t, struct stet_dom_node **out)
{
    struct stet_dom_node *n;
    int rc;

    stet_tree_flush(d);
    n = new_node(d, 0, &rc);
    *out = n;
    if (!n)
        return rc;
    n->x.type = XML_ELEMENT_NODE;
    n->x.name = name->text;
    n->name = name;
    d->newest = n;
    link_child(d, n);
    index_node(d, n);
    return t ? stet_tree_merge(d, n, t) : STET_OK;
}

void stet_tree_push(struct stet_dom *d, struct stet_dom_node *n)
{
    if (d->depth >= STET_MAX_DOM_DEPTH) {
        d->limits.depth = true;
        d->n_too_deep++;
        return;
    }
    d->open[d->depth++] = n;
    n->name->n_open++;
    if (n->name->kind->flags & STET_TAG_FOREIGN)
        d->n_foreign++;
}

void stet_tree_pop_to(struct stet_dom *d, size_t depth)
{
    if (d->depth > depth)
        stet_tree_flush(d);
    while (d->depth > depth) {
        struct stet_dom_node *n = d->open[--d->depth];

        n->end = d->n_nodes;
        n->name->n_open--;
        if (n->name->kind->flags & STET_TAG_FOREIGN)
            d->n_foreign--;
    }
    d->n_too_deep = 0;
}
