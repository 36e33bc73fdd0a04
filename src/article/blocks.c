#include "article/blocks.h"

#include "article/say.h"
#include "article/survey.h"
#include "base/ascii.h"
#include "base/mem.h"

enum {
    MAX_BLOCKS = 200,
    MAX_NAMED = 400,
    MAX_HEADING = 60, /* bytes of ASCII; other scripts get thrice */
    MAX_INLINE = 400, /* a paragraph that begins "Read also:" */
    MAX_LINKS = 25,   /* stories in a block; more is navigation */
    LEVELS = 5,       /* from a heading up to its block */
    SIBLINGS = 3,
    BODY_SHARE = 20, /* per cent of the body's text in a block: the
                        block is the body */
    PARAGRAPHS = 400
};

static bool is_heading_tag(enum stet_html_tag tag)
{
    return (tag >= STET_HTML_TAG_H1 && tag <= STET_HTML_TAG_H6) ||
           tag == STET_HTML_TAG_HEADER || tag == STET_HTML_TAG_LEGEND ||
           tag == STET_HTML_TAG_SUMMARY || tag == STET_HTML_TAG_STRONG ||
           tag == STET_HTML_TAG_B;
}

static bool is_called_heading(const xmlNode *n)
{
    static const char *const words[] = { "title",    "head", "label",
                                         "kicker",   "name", "epigraph",
                                         "headline", "tab" };
    struct stet_span class = stet_dom_attr(n, "class");
    struct stet_span id = stet_dom_attr(n, "id");

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (stet_says(class, words[i]) || stet_says(id, words[i]))
            return true;
    return stet_says(stet_dom_attr(n, "data-testid"), "title");
}

/* Is the run set as a heading: by its element, by a name, or by standing
 * short and alone? */
static bool is_heading(const struct stet_run *r, struct stet_span text)
{
    const xmlNode *n = r->first->parent;

    for (int up = 0; up < 4 && n && n->type == XML_ELEMENT_NODE; up++) {
        if (is_heading_tag(stet_dom_tag(n)) || is_called_heading(n))
            return true;
        if (n == r->block && up > 0)
            break;
        n = n->parent;
    }
    return text.len <= 30 || text.ptr[text.len - 1] == ':';
}

static bool holds_story(const struct stet_facts *f, const xmlNode *n)
{
    uint32_t own = stet_survey_weight(f, n);

    if (f->h1 && stet_dom_has(n, f->h1))
        return true;
    if (f->body && n != f->body && stet_dom_has(n, f->body))
        return true;
    return own > PARAGRAPHS &&
           (uint64_t)own * 100 >
               (uint64_t)stet_survey_weight(f, f->body) * BODY_SHARE;
}

static bool is_border(const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);

    return n->type != XML_ELEMENT_NODE || tag == STET_HTML_TAG_BODY ||
           tag == STET_HTML_TAG_MAIN || tag == STET_HTML_TAG_ARTICLE ||
           tag == STET_HTML_TAG_HTML;
}

static size_t count_stories(const struct stet_page_links *links,
                            const xmlNode *n)
{
    struct stet_link_count c;

    stet_page_links_count(&c, links, n);
    return c.stories;
}

/* Is a heading all that stands in n? */
static bool has_one_run(const struct stet_facts *f, const xmlNode *n)
{
    return stet_facts_find_run(f, stet_dom_order(n)) + 1 ==
           stet_facts_find_run(f, stet_dom_end(n) + 1);
}

/* The nearest element around a heading that has story links, and is not
 * the story itself; else one that follows. */
static const xmlNode *container_of(const struct stet_facts *f,
                                   const struct stet_page_links *links,
                                   const xmlNode *heading)
{
    const xmlNode *n = heading;
    int siblings = 0;

    for (int up = 0; up < LEVELS && !is_border(n); up++) {
        size_t stories = count_stories(links, n);

        if (holds_story(f, n) || stories > MAX_LINKS)
            break;
        if (stories > 0)
            return n;
        if (has_one_run(f, n))
            heading = n;
        n = n->parent;
    }
    for (n = heading->next; n && siblings < SIBLINGS; n = n->next) {
        size_t stories;

        if (n->type != XML_ELEMENT_NODE)
            continue;
        siblings++;
        stories = count_stories(links, n);
        if (holds_story(f, n) || stories > MAX_LINKS ||
            (is_heading_tag(stet_dom_tag(n)) && stories == 0))
            return NULL;
        if (stories > 0)
            return n;
    }
    return NULL;
}

static bool has_ad_word(struct stet_span value)
{
    static const char *const words[] = {
        "advert",    "sponsor", "outbrain",   "taboola",    "plista",
        "promot",    "anzeige", "werbung",    "publicidad", "affiliate",
        "gutschein", "coupon",  "newsletter", "paywall",    "revcontent",
        "jobs",      "stellenm"
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (stet_says(value, words[i]))
            return true;
    return stet_facts_has_word(value, "ad") ||
           stet_facts_has_word(value, "ads");
}

/* What the attributes of n say. */
static enum stet_block_class attributes_class(const xmlNode *n)
{
    enum stet_block_class best = STET_BLOCK_NONE;

    for (const xmlAttr *a = n->properties; a; a = a->next) {
        struct stet_span name = stet_span_of((const char *)a->name);
        struct stet_span value =
            stet_span_of((const char *)a->children->content);
        enum stet_block_class is;

        if (!stet_span_eqs(name, "class") && !stet_span_eqs(name, "id") &&
            !stet_span_eqs(name, "aria-label") &&
            !stet_span_istarts(name, "data-"))
            continue;
        is = stet_token_class(value);
        if (is != STET_BLOCK_NONE && (best == STET_BLOCK_NONE || is < best))
            best = is;
    }
    return best;
}

static bool is_ad(const xmlNode *n)
{
    for (int up = 0; up < 3 && n && !is_border(n); up++) {
        if (has_ad_word(stet_dom_attr(n, "class")) ||
            has_ad_word(stet_dom_attr(n, "id")))
            return true;
        n = n->parent;
    }
    return false;
}

/* In a menu, or in the page's footer: an article may have its own. */
static bool is_navigation(const xmlNode *n)
{
    bool footer = false;

    for (; n && n->type == XML_ELEMENT_NODE; n = n->parent) {
        enum stet_html_tag tag = stet_dom_tag(n);

        if (tag == STET_HTML_TAG_NAV)
            return true;
        if (tag == STET_HTML_TAG_ARTICLE || tag == STET_HTML_TAG_MAIN)
            return false;
        footer = footer || tag == STET_HTML_TAG_FOOTER;
    }
    return footer;
}

/* Advertisement, navigation, topic and most read, in this order, before what
 * was said. */
static enum stet_block_class decide(const struct stet_page_links *links,
                                    const xmlNode *n,
                                    enum stet_block_class said)
{
    struct stet_link_count c;
    enum stet_block_class named = STET_BLOCK_NONE;

    stet_page_links_count(&c, links, n);
    if (said == STET_BLOCK_AD || is_ad(n) ||
        c.away > c.stories + c.others - c.away)
        return STET_BLOCK_AD;
    if (is_navigation(n) || c.stories > MAX_LINKS)
        return STET_BLOCK_NAV;
    if (said == STET_BLOCK_TOPIC || c.stories * 3 < c.others)
        return STET_BLOCK_TOPIC;
    for (int up = 0; up < 2 && n && !is_border(n); up++, n = n->parent)
        if (attributes_class(n) == STET_BLOCK_MOST)
            named = STET_BLOCK_MOST;
    return named == STET_BLOCK_MOST && said == STET_BLOCK_RELATED ? named
                                                                  : said;
}

static void add_block(struct stet_facts *f, struct stet_blocks *to,
                      const struct stet_block *b)
{
    int rc;

    if (to->len == MAX_BLOCKS)
        return;
    for (size_t i = 0; i < to->len; i++)
        if (to->items[i].node == b->node) {
            /* The first heading of one element counts. */
            if (to->items[i].heading.len == 0)
                to->items[i] = *b;
            return;
        }
    rc = stet_grow_array(&to->items, &to->cap, to->len + 1, sizeof(*b));
    stet_facts_note(f, rc);
    if (rc == STET_OK)
        to->items[to->len++] = *b;
}

/* The part of a text before its first link's. */
static struct stet_span lead_of(struct stet_facts *f, const struct stet_run *r)
{
    struct stet_run lead = *r;
    const xmlNode *n = r->first;

    while (n && n != r->last) {
        const xmlNode *next = stet_dom_walk(n, r->block);

        if (next && stet_dom_tag(next) == STET_HTML_TAG_A)
            break;
        n = next;
        if (n && n->type == XML_TEXT_NODE)
            lead.last = n;
    }
    if (lead.last == r->last)
        lead.last = r->first;
    {
        size_t from;
        struct stet_span s = stet_facts_run(f, &lead, MAX_HEADING, &from);

        s = stet_facts_keep(f, s);
        stet_buf_cut(&f->scratch, from);
        return s;
    }
}

/* "Read more" as a story link's own text is no heading. */
static bool is_story_link(const struct stet_page_links *links,
                          const struct stet_run *r)
{
    const xmlNode *n = r->first;
    size_t at;

    if (r->link_bytes < r->bytes)
        return false;
    while (n->type != XML_ELEMENT_NODE || stet_dom_tag(n) != STET_HTML_TAG_A)
        n = n->parent;
    at = stet_page_links_at(links, stet_dom_order(n));
    return at < links->len && links->items[at].a == n && links->items[at].story;
}

static void try_heading(struct stet_facts *f,
                        const struct stet_page_links *links,
                        struct stet_blocks *to, const struct stet_run *r)
{
    struct stet_block b = { .node = NULL };
    enum stet_block_class said;
    struct stet_span text;
    size_t from;
    bool is_inline;

    if (r->bytes < 4 || r->bytes > MAX_INLINE * 2 || r->hidden ||
        is_story_link(links, r))
        return;
    text = stet_facts_run(f, r, MAX_INLINE, &from);
    said = text.len < 4 ? STET_BLOCK_NONE : stet_heading_class(text);
    is_inline = said == STET_BLOCK_RELATED && r->link_bytes > 0 &&
                r->link_bytes < r->bytes && text.len <= MAX_INLINE &&
                count_stories(links, r->block) > 0;
    if (said != STET_BLOCK_NONE && !is_inline &&
        (text.len > MAX_HEADING * 3 || !is_heading(r, text)))
        said = STET_BLOCK_NONE;
    if (said != STET_BLOCK_NONE) {
        b.node = is_inline ? r->block : container_of(f, links, r->block);
        b.heading = is_inline ? lead_of(f, r) : stet_facts_keep(f, text);
    }
    stet_buf_cut(&f->scratch, from);
    if (!b.node)
        return;
    b.is = decide(links, b.node, said);
    add_block(f, to, &b);
}

/* The heading inside a block that was found by its attributes. */
static struct stet_span inner_heading(struct stet_facts *f, const xmlNode *n,
                                      enum stet_block_class *said)
{
    static const enum stet_html_tag tags[] = {
        STET_HTML_TAG_H2, STET_HTML_TAG_H3, STET_HTML_TAG_H4, STET_HTML_TAG_H5
    };
    struct stet_span best = { NULL, 0 };

    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
        for (const xmlNode *h = stet_dom_first(f->dom, tags[i]); h;
             h = stet_dom_next(h)) {
            struct stet_span s;

            if (stet_dom_order(h) > stet_dom_end(n))
                break;
            if (!stet_dom_has(n, h) || h->parent == NULL)
                continue;
            s = stet_facts_keep_node(f, h, NULL);
            if (stet_heading_class(s) != STET_BLOCK_NONE) {
                *said = stet_heading_class(s);
                return s;
            }
            break; /* the first of a level, the others are cards' */
        }
    return best;
}

/* Is n in a block that its heading has named? */
static bool has_headed(const struct stet_blocks *all, const xmlNode *n)
{
    for (size_t i = 0; i < all->len; i++)
        if (all->items[i].heading.len > 0 &&
            stet_dom_has(all->items[i].node, n))
            return true;
    return false;
}

static void try_named(struct stet_facts *f, const struct stet_page_links *links,
                      struct stet_blocks *to, const xmlNode *n)
{
    struct stet_block b = { .node = n };
    enum stet_block_class said = attributes_class(n);
    enum stet_block_class heading = STET_BLOCK_NONE;
    size_t stories = count_stories(links, n);

    if (said == STET_BLOCK_NONE || stories == 0 || stories > MAX_LINKS ||
        holds_story(f, n))
        return;
    b.heading = inner_heading(f, n, &heading);
    if (b.heading.len == 0 && said != STET_BLOCK_MOST && has_headed(to, n))
        return;
    if (heading != STET_BLOCK_NONE && said != STET_BLOCK_MOST)
        said = heading;
    b.is = decide(links, n, said);
    add_block(f, to, &b);
}

void stet_blocks_find(struct stet_facts *f, const struct stet_page_links *links,
                      struct stet_blocks *to)
{
    *to = (struct stet_blocks){ .len = 0 };
    for (size_t i = 0; i < f->runs.len && to->len < MAX_BLOCKS; i++)
        try_heading(f, links, to, &f->runs.items[i]);
    for (size_t i = 0; i < f->blocks.len && i < MAX_NAMED; i++)
        try_named(f, links, to, f->blocks.items[i]);
}

void stet_blocks_clear(struct stet_blocks *b)
{
    stet_free(b->items);
    *b = (struct stet_blocks){ .len = 0 };
}

static uint32_t size_of(const struct stet_block *b)
{
    return stet_dom_end(b->node) - stet_dom_order(b->node);
}

struct stet_block *stet_blocks_of(struct stet_blocks *all, const xmlNode *n)
{
    struct stet_block *best = NULL;

    for (size_t i = 0; i < all->len; i++) {
        struct stet_block *b = &all->items[i];

        if (stet_dom_has(b->node, n) && (!best || size_of(b) < size_of(best)))
            best = b;
    }
    return best;
}

struct stet_block *stet_blocks_outer(struct stet_blocks *all,
                                     struct stet_block *b)
{
    struct stet_block *best = b;

    for (size_t i = 0; i < all->len; i++) {
        struct stet_block *o = &all->items[i];

        if (o->is == b->is && stet_dom_has(o->node, b->node) &&
            size_of(o) > size_of(best))
            best = o;
    }
    return best;
}
