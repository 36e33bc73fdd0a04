#include "article/lists.h"

#include <string.h>

#include "article/blocks.h"
#include "article/ld.h"
#include "base/map.h"
#include "base/mem.h"

enum {
    MAX_TITLE_SEARCH = 60, /* nodes in a link */
    SHORT_TITLE = 15       /* bytes; less is "Read more" or a number */
};

/* One of the two lists while it is put together; URLs without their
 * fragments say what was there before. */
struct list {
    struct stet_article_link *items;
    int *strengths; /* of the items' titles */
    size_t len, cap, strengths_cap;
    struct stet_map seen; /* URL to its index, a size_t */
};

enum { MAX_SEEN = 1 << 20 };

/* What a link is called, and how surely: its text most, its picture's alt
 * least. */
struct title {
    struct stet_span text;
    int strength;
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

static struct title title_of(struct stet_facts *f, const xmlNode *a)
{
    struct title t = { heading_in(f, a), 4 };
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
        t = (struct title){ label, 2 };
    if (t.text.len == 0)
        t = (struct title){ alt_in(f, a), 1 };
    return t;
}

static bool is_self(const struct stet_facts *f, struct stet_span url)
{
    if (f->has_url && stet_span_eq(url, stet_url_page(&f->url)))
        return true;
    return stet_span_eq(url, f->out->canonical);
}

/*
 * Adds a link, or gives its title to the same one added before without.
 * True if it is new.
 */
static bool add_link(struct stet_facts *f, struct list *to,
                     struct stet_span href, struct title title,
                     struct stet_span heading)
{
    struct stet_span url = stet_facts_url(f, href);
    struct stet_map_entry *e;
    size_t *at;
    bool fresh;

    url = stet_span_sub(url, 0, stet_span_find(url, STET_SPAN("#")));
    if (url.len == 0 || is_self(f, url) || to->len == STET_MAX_ARTICLE_LINKS)
        return false;
    e = stet_map_put(&to->seen, url, &fresh);
    if (!e) {
        stet_facts_note(f, to->seen.keys.used < MAX_SEEN / 2 ? STET_ENOMEM
                                                             : STET_ELIMIT);
        return false;
    }
    if (!fresh && e->value) {
        at = e->value;
        if (to->items[*at].title.len == 0 ||
            (title.text.len > 0 && title.strength > to->strengths[*at])) {
            to->items[*at].title = title.text;
            to->strengths[*at] = title.strength;
        }
        return false;
    }
    at = stet_arena_alloc(f->arena, sizeof(*at));
    if (!at ||
        stet_grow_array(&to->items, &to->cap, to->len + 1, sizeof(*to->items)) <
            0 ||
        stet_grow_array(&to->strengths, &to->strengths_cap, to->len + 1,
                        sizeof(*to->strengths)) < 0) {
        stet_facts_note(f, STET_ENOMEM);
        return false;
    }
    to->strengths[to->len] = title.strength;
    to->items[to->len++] = (struct stet_article_link){ .url = url,
                                                       .title = title.text,
                                                       .heading = heading };
    *at = to->len - 1;
    e->value = at;
    return true;
}

static void add_block_links(struct stet_facts *f, struct list *to,
                            const struct stet_page_links *links,
                            struct stet_blocks *blocks,
                            enum stet_block_class class)
{
    for (size_t i = 0; i < links->len; i++) {
        const struct stet_page_link *l = &links->items[i];
        struct stet_block *b = stet_blocks_of(blocks, l->a);
        struct stet_block *outer;

        if (!l->story || !b || b->is != class)
            continue;
        outer = stet_blocks_outer(blocks, b);
        if (add_link(f, to, l->href, title_of(f, l->a),
                     b->heading.len > 0 ? b->heading : outer->heading))
            to->items[to->len - 1].position = ++outer->n_taken;
    }
}

/* Stories that the Guardian ties to this one; other sources are about the
 * reader or the section. */
static bool is_related_source(struct stet_span source)
{
    return stet_span_eqs(source, "more-on-this-story") ||
           stet_span_eqs(source, "related-stories") ||
           stet_span_eqs(source, "related-content") ||
           stet_span_eqs(source, "series");
}

static void add_trails(struct stet_facts *f, struct list *to,
                       const struct stet_json_value *props)
{
    struct stet_json_iter it = { .of = stet_json_get(props, "trails") };
    struct stet_span heading;
    uint32_t position = 0;

    if (!is_related_source(stet_json_get_string(props, "onwardsSource")))
        return;
    heading = stet_facts_keep_html(f, stet_json_get_string(props, "heading"));
    while (stet_json_next(&it)) {
        struct stet_span title = stet_json_get_string(it.value, "headline");

        if (title.len == 0)
            title = stet_json_get_string(it.value, "linkText");
        position++;
        if (add_link(f, to, stet_json_get_string(it.value, "url"),
                     (struct title){ stet_facts_keep_html(f, title), 4 },
                     heading))
            to->items[to->len - 1].position = position;
    }
}

static void add_islands(struct stet_facts *f, struct list *to)
{
    static const struct stet_json_options lenient = { .lenient = true };

    for (size_t i = 0; i < f->islands.len; i++) {
        const xmlNode *n = f->islands.items[i];
        struct stet_json *j = NULL;

        if (!stet_span_eqs(stet_dom_attr(n, "name"), "Carousel"))
            continue;
        stet_facts_note(
            f, stet_json_parse(&j, stet_dom_attr(n, "props"), &lenient, NULL));
        add_trails(f, to, stet_json_root(j));
        stet_json_free(j);
    }
}

/* JSON-LD's relatedLink: URLs without titles. */
static void add_related_links(struct stet_facts *f, struct list *to)
{
    const struct stet_json_value *v = stet_json_get(f->ld, "relatedLink");
    struct stet_json_iter it = { .of = v };
    struct stet_span none = { NULL, 0 };
    uint32_t position = 0;

    if (stet_json_type(v) != STET_JSON_ARRAY)
        return;
    while (stet_json_next(&it)) {
        position++;
        if (add_link(f, to, stet_ld_string(it.value, "url"),
                     (struct title){ none, 0 }, none))
            to->items[to->len - 1].position = position;
    }
}

/* Into the article's memory. */
static void hand_over(struct stet_facts *f, struct list *from,
                      struct stet_article_links *to)
{
    size_t size = from->len * sizeof(*from->items);

    if (from->len > 0) {
        to->items = stet_arena_alloc(f->arena, size);
        if (to->items) {
            memcpy(to->items, from->items, size);
            to->len = from->len;
        } else {
            stet_facts_note(f, STET_ENOMEM);
        }
    }
    stet_free(from->items);
    stet_free(from->strengths);
    stet_map_clear(&from->seen);
}

void stet_lists_find(struct stet_facts *f)
{
    struct stet_page_links links;
    struct stet_blocks blocks;
    struct list related = { .len = 0 };
    struct list most = { .len = 0 };

    stet_map_init(&related.seen, MAX_SEEN);
    stet_map_init(&most.seen, MAX_SEEN);
    stet_page_links_read(f, &links);
    stet_blocks_find(f, &links, &blocks);
    add_block_links(f, &related, &links, &blocks, STET_BLOCK_RELATED);
    add_islands(f, &related);
    add_related_links(f, &related);
    add_block_links(f, &most, &links, &blocks, STET_BLOCK_MOST);
    hand_over(f, &related, &f->out->related);
    hand_over(f, &most, &f->out->most_viewed);
    stet_blocks_clear(&blocks);
    stet_page_links_clear(&links);
}
