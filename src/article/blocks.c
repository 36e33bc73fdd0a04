#include "article/blocks.h"

#include "article/say.h"
#include "article/survey.h"
#include "article/veto.h"
#include "base/mem.h"

enum {
    MAX_BLOCKS = 200,
    MAX_NAMED = 400,
    MAX_HEADING = 180, /* bytes: sixty letters of any script */
    MAX_INLINE = 400,  /* a paragraph that begins "Read also:" */
    MIN_HEADING = 4,
    MIN_TITLE = 12,     /* bytes */
    SHORT_HEADING = 30, /* bytes that make a heading by themselves */
    LEVELS = 5,         /* from a heading up to its block */
    SIBLINGS = 3,
    CARD = 2,        /* stories that one advertisement may have */
    BODY_SHARE = 20, /* per cent of the body's text in a block: the
                        block is the body */
    TEASER = 400,    /* bytes of a story's text in a list */
    MIN_LIST = 3,    /* stories of a list that counts more than one around */
    MIN_INNER = 2,   /* stories of a list in a list */
    INNER_RUNS = 4   /* texts of a block that may be its heading */
};

/* What finding the blocks of a page needs. */
struct finder {
    struct stet_facts *f;
    const struct stet_page_links *links;
    struct stet_blocks *to;
    struct stet_headings headings;
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

/* Is the run set as a heading: by its element or by a name? */
static bool is_set_as_heading(const struct stet_run *r)
{
    const xmlNode *n = r->first->parent;

    for (int up = 0; up < 4 && n && n->type == XML_ELEMENT_NODE; up++) {
        if (is_heading_tag(stet_dom_tag(n)) || is_called_heading(n))
            return true;
        if (n == r->block && up > 0)
            break;
        n = n->parent;
    }
    return false;
}

/* Is the run on a button that shows one of several lists? */
static bool is_tab(const struct stet_run *r)
{
    const xmlNode *n = r->first->parent;

    for (int up = 0; up < 3 && n && n->type == XML_ELEMENT_NODE; up++) {
        if (stet_dom_tag(n) == STET_HTML_TAG_BUTTON ||
            stet_span_eqs(stet_dom_attr(n, "role"), "tab"))
            return true;
        n = n->parent;
    }
    return false;
}

/* Words that are common elsewhere need to be set as one; others may stand
 * short and alone. */
static bool is_heading(const struct stet_run *r, struct stet_span text,
                       enum stet_block_class said)
{
    if (text.len > MAX_HEADING || r->bytes > MAX_INLINE)
        return false;
    if (said == STET_BLOCK_AD && text.len <= 2 * SHORT_HEADING)
        return true;
    if (said != STET_BLOCK_OTHER &&
        (text.len <= SHORT_HEADING || text.ptr[text.len - 1] == ':'))
        return true;
    return is_set_as_heading(r);
}

/* Is the story itself in n, or a good part of its text?  A list of stories
 * may have a few lines of each. */
static bool holds_story(const struct stet_facts *f, const xmlNode *n,
                        size_t stories)
{
    uint32_t own = stet_survey_weight(f, n);

    if (f->h1 && stet_dom_has(n, f->h1))
        return true;
    if (f->body && n != f->body && stet_dom_has(n, f->body))
        return true;
    return own > TEASER && own > TEASER * stories &&
           (uint64_t)own * 100 >
               (uint64_t)stet_survey_weight(f, f->body) * BODY_SHARE;
}

static bool is_border(const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);

    return n->type != XML_ELEMENT_NODE || tag == STET_HTML_TAG_BODY ||
           tag == STET_HTML_TAG_MAIN || tag == STET_HTML_TAG_HTML;
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
 * the story itself; else one that follows, but for advertisements: theirs
 * come by script. */
static const xmlNode *container_of(const struct finder *x,
                                   const xmlNode *heading, size_t most,
                                   enum stet_block_class said)
{
    const struct stet_facts *f = x->f;
    const struct stet_page_links *links = x->links;
    const xmlNode *n = heading;
    int siblings = 0;

    for (int up = 0; up < LEVELS && !is_border(n); up++) {
        size_t stories = count_stories(links, n);

        if (holds_story(f, n, stories) || stories > most)
            break;
        if (stories > 0)
            return n;
        if (has_one_run(f, n))
            heading = n;
        n = n->parent;
    }
    if (said == STET_BLOCK_AD)
        return NULL;
    for (n = heading->next; n && siblings < SIBLINGS; n = n->next) {
        size_t stories;

        if (n->type != XML_ELEMENT_NODE)
            continue;
        siblings++;
        stories = count_stories(links, n);
        if (holds_story(f, n, stories) || stories > most ||
            (is_heading_tag(stet_dom_tag(n)) && stories == 0))
            return NULL;
        if (stories > 0)
            return n;
    }
    return NULL;
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

static void add_block(struct finder *x, const struct stet_block *b)
{
    struct stet_blocks *to = x->to;
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
    stet_facts_note(x->f, rc);
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
        struct stet_span s = stet_facts_run(f, &lead, 60, &from);

        s = stet_facts_keep(f, s);
        stet_buf_cut(&f->scratch, from);
        return s;
    }
}

/* The story link that the whole run is in, or NULL. */
static const xmlNode *story_link_of(const struct stet_page_links *links,
                                    const struct stet_run *r)
{
    const xmlNode *n = r->first;
    size_t at;

    if (r->link_bytes < r->bytes)
        return NULL;
    while (n->type != XML_ELEMENT_NODE || stet_dom_tag(n) != STET_HTML_TAG_A)
        n = n->parent;
    at = stet_page_links_at(links, stet_dom_order(n));
    return at < links->len && links->items[at].a == n && links->items[at].story
               ? n
               : NULL;
}

/* Does the link go on behind the run, which is its first text? */
static bool goes_on(const xmlNode *a, const struct stet_run *r)
{
    const xmlNode *n = a;

    while (n && (n->type != XML_TEXT_NODE ||
                 stet_span_trim(stet_dom_text(n)).len == 0))
        n = stet_dom_walk(n, a);
    return n == r->first &&
           stet_page_links_title_bytes(a) > r->bytes + MIN_TITLE;
}

/* "Read also" that is set apart from the title behind it, in one text: the
 * label, or nothing. */
static struct stet_span label_of(const struct finder *x,
                                 const struct stet_run *r)
{
    struct stet_span first = stet_span_trim(stet_dom_text(r->first));
    struct stet_span none = { NULL, 0 };

    return r->first != r->last && r->bytes > first.len + MIN_TITLE &&
                   first.len >= MIN_HEADING &&
                   stet_heading_is_label(&x->headings, first)
               ? first
               : none;
}

/* "Read more: TITLE" in one link: the link is a block of its own.  "Read
 * more" alone is neither that nor a heading. */
static void try_link(struct finder *x, const struct stet_run *r,
                     const xmlNode *a)
{
    struct stet_block b = { .node = a };
    enum stet_block_class said;
    size_t from;
    struct stet_span text = stet_facts_run(x->f, r, MAX_HEADING, &from);
    struct stet_span rest = stet_heading_rest(&x->headings, text, &said);
    struct stet_span label = label_of(x, r);

    if (rest.ptr)
        text.len = (size_t)(rest.ptr - text.ptr);
    else if (label.ptr)
        text = label;
    if (said == STET_BLOCK_RELATED &&
        (rest.ptr || label.ptr ||
         (stet_heading_is_label(&x->headings, text) && goes_on(a, r)))) {
        b.heading = stet_facts_keep(x->f, text);
        b.is = stet_veto_decide(x->f, x->links, a, said);
    }
    stet_buf_cut(&x->f->scratch, from);
    if (b.heading.len > 0)
        add_block(x, &b);
}

/* Starts a paragraph that goes on with links: "Read also: TITLE". */
static bool is_inline(const struct finder *x, const struct stet_run *r,
                      enum stet_block_class said)
{
    return said == STET_BLOCK_RELATED && r->link_bytes > 0 &&
           r->link_bytes < r->bytes && r->bytes <= MAX_INLINE &&
           count_stories(x->links, r->block) > 0;
}

/* "Read more" over a list that the page itself is in: made for no story. */
static bool is_general(const struct finder *x, const xmlNode *n, bool label)
{
    struct stet_link_count c;

    if (!n || !label)
        return false;
    stet_page_links_count(&c, x->links, n);
    return c.self > 0;
}

/* The same heading again inside a block: the block around took in more. */
static void narrow(struct finder *x, const struct stet_block *b)
{
    for (size_t i = 0; i < x->to->len; i++) {
        struct stet_block *o = &x->to->items[i];

        if (o->is == b->is && o->node != b->node &&
            stet_dom_has(o->node, b->node) &&
            stet_span_ieq(o->heading, b->heading) &&
            count_stories(x->links, b->node) >= MIN_LIST)
            o->is = STET_BLOCK_OTHER;
    }
}

static void try_heading(struct finder *x, const struct stet_run *r)
{
    struct stet_block b = { .node = NULL };
    enum stet_block_class said;
    struct stet_span text;
    bool label;
    size_t usual;
    size_t most;
    size_t from;

    text = stet_facts_run(x->f, r, MAX_HEADING, &from);
    said = text.len < MIN_HEADING ? STET_BLOCK_NONE
                                  : stet_heading_class(&x->headings, text);
    usual = said == STET_BLOCK_AD ? CARD : STET_MAX_BLOCK_LINKS;
    most = said == STET_BLOCK_MOST ? STET_MAX_MOST_LINKS : usual;
    label =
        said == STET_BLOCK_RELATED && stet_heading_is_label(&x->headings, text);
    /* A link that says "Read more" stands below a list, not above it. */
    if (r->link_bytes == r->bytes && label && !is_set_as_heading(r))
        said = STET_BLOCK_NONE;
    if (is_inline(x, r, said)) {
        b.node = r->block;
        b.heading = lead_of(x->f, r);
    } else if (said != STET_BLOCK_NONE && is_heading(r, text, said)) {
        b.node = container_of(x, r->block, usual, said);
        if (!b.node && most > usual)
            b.node = container_of(x, r->block, most, said);
        b.heading = stet_facts_keep(x->f, text);
        b.is_tab = is_tab(r);
        if (is_general(x, b.node, label))
            said = STET_BLOCK_OTHER;
    }
    stet_buf_cut(&x->f->scratch, from);
    if (!b.node)
        return;
    b.is = stet_veto_decide(x->f, x->links, b.node, said);
    if (b.heading.len > 0 && b.is >= STET_BLOCK_MOST)
        narrow(x, &b);
    add_block(x, &b);
}

static void try_run(struct finder *x, const struct stet_run *r)
{
    const xmlNode *a;

    if (r->bytes < MIN_HEADING || r->bytes > MAX_INLINE * 2)
        return;
    a = story_link_of(x->links, r);
    if (a)
        try_link(x, r, a);
    else
        try_heading(x, r);
}

/* The heading inside a block that was found by its attributes: one of its
 * first texts. */
static struct stet_span inner_heading(struct finder *x, const xmlNode *n,
                                      enum stet_block_class *said)
{
    const struct stet_runs *runs = &x->f->runs;
    size_t at = stet_facts_find_run(x->f, stet_dom_order(n));
    struct stet_span heading = { NULL, 0 };

    for (size_t i = at;
         i < runs->len && i < at + INNER_RUNS && *said == STET_BLOCK_NONE;
         i++) {
        const struct stet_run *r = &runs->items[i];
        struct stet_span text;
        size_t from;

        if (!stet_dom_has(n, r->first) || story_link_of(x->links, r))
            break;
        if (r->bytes > MAX_HEADING)
            continue;
        text = stet_facts_run(x->f, r, MAX_HEADING, &from);
        if (text.len >= MIN_HEADING) {
            *said = stet_heading_class(&x->headings, text);
            if (*said != STET_BLOCK_NONE ||
                (heading.len == 0 && is_set_as_heading(r)))
                heading = stet_facts_keep(x->f, text);
        }
        stet_buf_cut(&x->f->scratch, from);
    }
    return heading;
}

/* The innermost block found so far that n is in, or is. */
static const struct stet_block *around(const struct stet_blocks *all,
                                       const xmlNode *n)
{
    const struct stet_block *best = NULL;

    for (size_t i = 0; i < all->len; i++)
        if (stet_dom_has(all->items[i].node, n) &&
            (!best || stet_dom_has(best->node, all->items[i].node)))
            best = &all->items[i];
    return best;
}

/*
 * What the names of an element say counts where no heading says otherwise:
 * not in a block that has a heading of its own, and not of one card in a
 * list.
 */
static void try_named(struct finder *x, const xmlNode *n)
{
    struct stet_block b = { .node = n };
    enum stet_block_class said = attributes_class(n);
    enum stet_block_class heading = STET_BLOCK_NONE;
    size_t stories = count_stories(x->links, n);
    const struct stet_block *outer;

    if (said == STET_BLOCK_NONE || stories == 0 ||
        stories > (said == STET_BLOCK_MOST ? STET_MAX_MOST_LINKS
                                           : STET_MAX_BLOCK_LINKS) ||
        holds_story(x->f, n, stories))
        return;
    outer = around(x->to, n);
    b.heading = inner_heading(x, n, &heading);
    if (heading == STET_BLOCK_NONE && outer && said != STET_BLOCK_AD &&
        (stories == 1 || (outer->heading.len > 0 && !outer->is_tab &&
                          outer->is != STET_BLOCK_OTHER &&
                          said != STET_BLOCK_MOST && said != STET_BLOCK_OTHER)))
        return;
    if (heading != STET_BLOCK_NONE)
        said = heading;
    b.is = stet_veto_decide(x->f, x->links, n, said);
    add_block(x, &b);
}

/* Has the block stories before the run? */
static bool has_stories_before(const struct finder *x, const xmlNode *block,
                               const struct stet_run *r)
{
    const struct stet_page_links *links = x->links;
    uint32_t order = stet_dom_order(r->first);

    for (size_t i = stet_page_links_at(links, stet_dom_order(block));
         i < links->len && stet_dom_order(links->items[i].a) < order; i++)
        if (links->items[i].story)
            return true;
    return false;
}

static bool is_in_heading(const struct stet_run *r)
{
    const xmlNode *n = r->first->parent;

    for (int up = 0; up < 4 && n && n->type == XML_ELEMENT_NODE; up++) {
        if (stet_dom_tag(n) >= STET_HTML_TAG_H1 &&
            stet_dom_tag(n) <= STET_HTML_TAG_H6)
            return true;
        n = n->parent;
    }
    return false;
}

/* A heading of its own inside a block, behind some of the block's stories,
 * begins another list: all around it that none of those is in. */
static void try_inner(struct finder *x, const struct stet_run *r)
{
    struct stet_block b = { .node = r->block, .is = STET_BLOCK_OTHER };
    const struct stet_block *outer;

    if (r->bytes < MIN_HEADING || r->bytes > MAX_HEADING || r->link_bytes > 0 ||
        !is_in_heading(r))
        return;
    outer = around(x->to, r->block);
    if (!outer || outer->is < STET_BLOCK_MOST || outer->node == b.node ||
        !has_stories_before(x, outer->node, r))
        return;
    while (b.node->parent != outer->node &&
           !has_stories_before(x, b.node->parent, r))
        b.node = b.node->parent;
    if (count_stories(x->links, b.node) == 0)
        b.node = container_of(x, r->block, STET_MAX_BLOCK_LINKS, b.is);
    if (b.node && b.node != outer->node && stet_dom_has(outer->node, b.node) &&
        count_stories(x->links, b.node) >= MIN_INNER)
        add_block(x, &b);
}

void stet_blocks_find(struct stet_facts *f, const struct stet_page_links *links,
                      struct stet_blocks *to)
{
    struct finder x = { .f = f, .links = links, .to = to };

    *to = (struct stet_blocks){ .len = 0 };
    stet_headings_init(&x.headings);
    for (size_t i = 0; i < f->runs.len && to->len < MAX_BLOCKS; i++)
        try_run(&x, &f->runs.items[i]);
    for (size_t i = 0; i < f->blocks.len && i < MAX_NAMED; i++)
        try_named(&x, f->blocks.items[i]);
    for (size_t i = 0; i < f->runs.len && to->len > 0; i++)
        try_inner(&x, &f->runs.items[i]);
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
