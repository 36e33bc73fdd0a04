#include "article/survey.h"

#include <string.h>

#include "article/headings.h"
#include "article/say.h"
#include "base/mem.h"

enum {
    MIN_RUN = 40, /* bytes of text that count as running */
    KEEP = 60     /* per cent of its parent's text that the body has */
};

uint32_t stet_survey_weight(const struct stet_facts *f, const xmlNode *n)
{
    return f->weights ? f->weights[stet_dom_order(n)] : 0;
}

static bool may_be_block(const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);

    return tag == STET_HTML_TAG_DIV || tag == STET_HTML_TAG_SECTION ||
           tag == STET_HTML_TAG_ASIDE || tag == STET_HTML_TAG_UL ||
           tag == STET_HTML_TAG_OL || tag == STET_HTML_TAG_ARTICLE ||
           tag == STET_HTML_TAG_OTHER;
}

static bool is_block_attribute(const xmlAttr *a)
{
    const char *name = (const char *)a->name;

    if (name[0] == 'd')
        return strncmp(name, "data-", 5) == 0;
    return strcmp(name, "class") == 0 || strcmp(name, "id") == 0 ||
           strcmp(name, "aria-label") == 0;
}

/* What finders look for by attribute or by a name of its own. */
static void collect(struct stet_facts *f, const xmlNode *n)
{
    bool block = may_be_block(n);

    for (const xmlAttr *a = n->properties; a; a = a->next) {
        if (a->name[0] == 'i' && strcmp((const char *)a->name, "itemprop") == 0)
            stet_facts_add_node(f, &f->props, n);
        else if (a->name[0] == 'd' &&
                 strcmp((const char *)a->name, "data-gu-name") == 0)
            stet_facts_add_node(f, &f->areas, n);
        if (block && is_block_attribute(a) &&
            stet_token_class(stet_span_of(
                (const char *)a->children->content)) != STET_BLOCK_NONE) {
            stet_facts_add_node(f, &f->blocks, n);
            block = false;
        }
    }
    if (n->name[0] == 'g' && strcmp((const char *)n->name, "gu-island") == 0)
        stet_facts_add_node(f, &f->islands, n);
}

/* Some servers put the whole page into a form. */
static bool is_whole_page(const struct stet_facts *f, const xmlNode *n)
{
    return (size_t)(stet_dom_end(n) - stet_dom_order(n)) * 2 >
           stet_dom_n_nodes(f->dom);
}

/* Elements whose text is never the story's. */
static bool is_aside(const struct stet_facts *f, const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);

    return tag == STET_HTML_TAG_NAV || tag == STET_HTML_TAG_FOOTER ||
           (tag == STET_HTML_TAG_FORM && !is_whole_page(f, n)) ||
           tag == STET_HTML_TAG_BUTTON || tag == STET_HTML_TAG_FIGCAPTION ||
           tag == STET_HTML_TAG_ASIDE;
}

static bool is_comments(const xmlNode *n)
{
    struct stet_span class = stet_dom_attr(n, "class");
    struct stet_span id = stet_dom_attr(n, "id");

    if (stet_span_istarts(id, "comment") || stet_span_istarts(id, "disqus"))
        return true;
    return stet_says(class, "comment") &&
           (stet_facts_has_word(class, "comments") ||
            stet_facts_has_word(class, "comment") ||
            stet_facts_has_word(class, "comment-list"));
}

/* Up to which node the walk is inside of what. */
struct inside {
    uint32_t hidden, aside, link;
    const xmlNode *block; /* the innermost, for nodes below `parent` */
    const xmlNode *parent;
};

static void enter(struct stet_facts *f, struct inside *in, const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);
    uint32_t order = stet_dom_order(n);

    collect(f, n);
    if (order > in->hidden && stet_fold_is_hidden(n))
        in->hidden = stet_dom_end(n);
    if (order > in->aside &&
        (is_aside(f, n) || (may_be_block(n) && is_comments(n))))
        in->aside = stet_dom_end(n);
    if (order > in->link && tag == STET_HTML_TAG_A)
        in->link = stet_dom_end(n);
}

static const xmlNode *block_of(struct inside *in, const xmlNode *text)
{
    const xmlNode *n = text->parent;

    if (n == in->parent)
        return in->block;
    in->parent = n;
    while (!stet_fold_is_block(n) && n->parent->type == XML_ELEMENT_NODE)
        n = n->parent;
    in->block = n;
    return n;
}

static bool is_blank(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] > ' ')
            return false;
    return true;
}

static void add_text(struct stet_facts *f, struct inside *in, const xmlNode *n)
{
    struct stet_span s = stet_dom_text(n);
    struct stet_runs *runs = &f->runs;
    struct stet_run *r = runs->len > 0 ? &runs->items[runs->len - 1] : NULL;
    uint32_t order = stet_dom_order(n);
    const xmlNode *block;

    if (is_blank(s))
        return;
    block = block_of(in, n);
    if (!r || r->block != block || r->hidden != (order <= in->hidden)) {
        int rc = stet_grow_array(&runs->items, &runs->cap, runs->len + 1,
                                 sizeof(*runs->items));

        stet_facts_note(f, rc);
        if (rc < 0)
            return;
        r = &runs->items[runs->len++];
        *r = (struct stet_run){ .block = block, .first = n };
        r->hidden = order <= in->hidden;
        r->aside = order <= in->aside;
    }
    r->last = n;
    r->bytes += (uint32_t)s.len;
    if (order <= in->link)
        r->link_bytes += (uint32_t)s.len;
}

static void walk(struct stet_facts *f, const xmlNode *root)
{
    struct inside in = { .hidden = 0 };
    const xmlNode *n = root;

    while (n) {
        enum stet_html_tag tag = stet_dom_tag(n);

        if (tag == STET_HTML_TAG_SCRIPT || tag == STET_HTML_TAG_STYLE ||
            tag == STET_HTML_TAG_SVG) {
            n = stet_dom_skip(n, root);
            continue;
        }
        if (n->type == XML_ELEMENT_NODE)
            enter(f, &in, n);
        else
            add_text(f, &in, n);
        n = stet_dom_walk(n, root);
    }
}

/* Running text counts at its block. */
static void weigh(struct stet_facts *f)
{
    for (size_t i = 0; i < f->runs.len; i++) {
        const struct stet_run *r = &f->runs.items[i];

        if (!r->hidden && !r->aside && r->bytes - r->link_bytes >= MIN_RUN)
            f->weights[stet_dom_order(r->block)] += r->bytes - r->link_bytes;
    }
}

/* Every node's weight goes to its parent too; children come after their
 * parents in order, so the last go first. */
static void sum_up(struct stet_facts *f, const xmlNode *root)
{
    const xmlNode *n = root;

    while (n->last)
        n = n->last;
    for (;;) {
        if (n == root)
            return;
        f->weights[stet_dom_order(n->parent)] += f->weights[stet_dom_order(n)];
        if (n->prev) {
            n = n->prev;
            while (n->last)
                n = n->last;
        } else {
            n = n->parent;
        }
    }
}

/* Down from the root as long as one child has most of the text. */
static const xmlNode *descend(const struct stet_facts *f, const xmlNode *root)
{
    const xmlNode *n = root;

    for (;;) {
        const xmlNode *best = NULL;
        uint64_t all = stet_survey_weight(f, n);

        for (const xmlNode *c = n->children; c; c = c->next)
            if (c->type == XML_ELEMENT_NODE &&
                (uint64_t)stet_survey_weight(f, c) * 100 > all * KEEP)
                best = c;
        if (!best || stet_dom_tag(best) == STET_HTML_TAG_P ||
            (stet_dom_tag(best) != STET_HTML_TAG_OTHER &&
             !stet_fold_is_block(best)))
            return n;
        n = best;
    }
}

void stet_survey(struct stet_facts *f)
{
    const xmlNode *root = stet_dom_body(f->dom);

    if (!root)
        return;
    f->weights =
        stet_alloc((stet_dom_n_nodes(f->dom) + 1) * sizeof(*f->weights));
    if (!f->weights)
        stet_facts_note(f, STET_ENOMEM);
    walk(f, root);
    if (f->weights) {
        weigh(f);
        sum_up(f, root);
    }
    f->body = f->weights ? descend(f, root) : root;
    f->main = f->body;
}

const xmlNode *stet_survey_common(const xmlNode *a, const xmlNode *b)
{
    while (a->parent && a->parent->type == XML_ELEMENT_NODE &&
           !stet_dom_has(a, b))
        a = a->parent;
    return a;
}

void stet_survey_main(struct stet_facts *f)
{
    if (f->body && f->h1)
        f->main = stet_survey_common(f->body, f->h1);
}
