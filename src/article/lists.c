#include "article/lists.h"

#include "article/blocks.h"
#include "article/embedded.h"
#include "article/stories.h"
#include "article/veto.h"

enum {
    MAX_TITLE_SEARCH = 60, /* nodes in a link */
    SHORT_TITLE = 15       /* bytes; less is "Read more" or a number */
};

static struct stet_span heading_in(struct stet_facts *f, const xmlNode *a)
{
    struct stet_span s = { NULL, 0 };
    int count = 0;

    for (const xmlNode *n = a; n && s.len == 0 && count++ < MAX_TITLE_SEARCH;
         n = stet_dom_walk(n, a)) {
        enum stet_html_tag tag = stet_dom_tag(n);

        if (tag >= STET_HTML_TAG_H1 && tag <= STET_HTML_TAG_H6)
            s = stet_facts_keep_node(f, n, NULL);
    }
    return s;
}

static struct stet_span alt_in(struct stet_facts *f, const xmlNode *a)
{
    struct stet_span s = { NULL, 0 };
    int count = 0;

    for (const xmlNode *n = a; n && s.len == 0 && count++ < MAX_TITLE_SEARCH;
         n = stet_dom_walk(n, a))
        if (stet_dom_tag(n) == STET_HTML_TAG_IMG)
            s = stet_facts_keep(f, stet_dom_attr(n, "alt"));
    return s;
}

static struct stet_story_title title_of(struct stet_facts *f, const xmlNode *a)
{
    struct stet_story_title t = { heading_in(f, a), 4 };
    struct stet_span label;

    if (t.text.len > 0)
        return t;
    t.text = stet_facts_keep_node(f, a, NULL);
    t.strength = t.text.len >= SHORT_TITLE ? 3 : 1;
    label = stet_facts_keep(f, stet_dom_attr(a, "aria-label"));
    if (label.len == 0)
        label = stet_facts_keep(f, stet_dom_attr(a, "title"));
    if (label.len > 0 &&
        (t.text.len == 0 || (t.strength == 1 && label.len > 2 * t.text.len)))
        t = (struct stet_story_title){ label, 2 };
    if (t.text.len == 0)
        t = (struct stet_story_title){ alt_in(f, a), 1 };
    return t;
}

static void add_block_links(struct stet_facts *f, struct stet_stories *to,
                            const struct stet_page_links *links,
                            struct stet_blocks *blocks,
                            enum stet_block_class class)
{
    for (size_t i = 0; i < links->len; i++) {
        const struct stet_page_link *l = &links->items[i];
        struct stet_block *b = stet_blocks_of(blocks, l->a);
        struct stet_story_title title;
        struct stet_block *outer;

        if (!l->story || !b || b->is != class || stet_veto_link(l, class))
            continue;
        title = title_of(f, l->a);
        if (stet_veto_title(title.text))
            continue;
        outer = stet_blocks_outer(blocks, b);
        if (stet_stories_add(f, to, l->href, title,
                             b->heading.len > 0 ? b->heading : outer->heading))
            to->items[to->len - 1].position = ++outer->n_taken;
    }
}

/* A related story is not recommended too. */
static void drop_related(struct stet_stories *from,
                         const struct stet_stories *related)
{
    size_t n = 0;

    for (size_t i = 0; i < from->len; i++)
        if (!stet_stories_has(related, from->items[i].url))
            from->items[n++] = from->items[i];
    from->len = n;
}

void stet_lists_find(struct stet_facts *f)
{
    struct stet_page_links links;
    struct stet_blocks blocks;
    struct stet_stories related, recommended, most;

    stet_stories_init(&related);
    stet_stories_init(&recommended);
    stet_stories_init(&most);
    stet_page_links_read(f, &links);
    stet_blocks_find(f, &links, &blocks);
    add_block_links(f, &related, &links, &blocks, STET_BLOCK_RELATED);
    stet_embedded_find(f, &related);
    add_block_links(f, &recommended, &links, &blocks, STET_BLOCK_RECOMMENDED);
    drop_related(&recommended, &related);
    add_block_links(f, &most, &links, &blocks, STET_BLOCK_MOST);
    stet_stories_take(f, &related, &f->out->related);
    stet_stories_take(f, &recommended, &f->out->recommended);
    stet_stories_take(f, &most, &f->out->most_viewed);
    stet_blocks_clear(&blocks);
    stet_page_links_clear(&links);
}
