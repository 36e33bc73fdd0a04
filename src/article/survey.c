#include "article/survey.h"

#include <string.h>

#include "base/mem.h"

enum {
    MIN_RUN = 40, /* bytes of text that count as running */
    KEEP = 60     /* per cent of its parent's text that the body has */
};

uint32_t stet_survey_weight(const struct stet_facts *f, const xmlNode *n)
{
    return f->weights ? f->weights[stet_dom_order(n)] : 0;
}

/* What finders look for by attribute or by a name of its own. */
static void collect(struct stet_facts *f, const xmlNode *n)
{
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        if (a->name[0] == 'i' && strcmp((const char *)a->name, "itemprop") == 0)
            stet_facts_add_node(f, &f->props, n);
        else if (a->name[0] == 'd' &&
                 strcmp((const char *)a->name, "data-gu-name") == 0)
            stet_facts_add_node(f, &f->areas, n);
    }
    if (n->name[0] == 'g' && strcmp((const char *)n->name, "gu-island") == 0)
        stet_facts_add_node(f, &f->islands, n);
}

/* Elements whose text is never the story's. */
static bool is_aside(const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);

    return tag == STET_HTML_TAG_A || tag == STET_HTML_TAG_NAV ||
           tag == STET_HTML_TAG_FOOTER || tag == STET_HTML_TAG_FORM ||
           tag == STET_HTML_TAG_BUTTON || tag == STET_HTML_TAG_FIGCAPTION ||
           tag == STET_HTML_TAG_TITLE || stet_fold_is_hidden(n);
}

static bool is_comments(const xmlNode *n)
{
    struct stet_span id = stet_dom_attr(n, "id");
    struct stet_span class = stet_dom_attr(n, "class");

    return stet_span_istarts(id, "comment") ||
           stet_span_istarts(id, "disqus") ||
           stet_facts_has_word(class, "comments") ||
           stet_facts_has_word(class, "comment") ||
           stet_facts_has_word(class, "comment-list");
}

/* Adds each text's bytes at its block, unless it stands in something aside. */
static void weigh_texts(struct stet_facts *f, const xmlNode *root)
{
    uint32_t aside_end = 0;

    for (const xmlNode *n = root; n; n = stet_dom_walk(n, root)) {
        struct stet_span s;

        if (n->type == XML_ELEMENT_NODE) {
            collect(f, n);
            if (stet_dom_order(n) > aside_end &&
                (is_aside(n) || is_comments(n)))
                aside_end = stet_dom_end(n);
            continue;
        }
        if (stet_dom_order(n) <= aside_end)
            continue;
        s = stet_dom_text(n);
        if (s.len >= MIN_RUN && f->weights)
            f->weights[stet_dom_order(n)] = (uint32_t)s.len;
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
    weigh_texts(f, root);
    if (f->weights)
        sum_up(f, root);
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
