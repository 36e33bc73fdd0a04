#include "article/veto.h"

#include "article/say.h"
#include "base/ascii.h"

enum {
    ANCESTORS = 3,    /* whose names can say that a block is an ad */
    SHORT_TITLE = 20, /* bytes; a list of such is of topics */
    MIN_SHORT = 3     /* links that make it one */
};

/* Not "paywall": the story itself is in that. */
static bool has_ad_word(struct stet_span value)
{
    static const char *const words[] = {
        "advert",    "sponsor",   "outbrain",   "taboola",    "plista",
        "promoted",  "promotion", "anzeige",    "werbung",    "publicidad",
        "affiliate", "gutschein", "coupon",     "newsletter", "revcontent",
        "jobs",      "stellenm",  "commercial", NULL
    };

    return stet_says_any(value, words) || stet_facts_has_word(value, "ad") ||
           stet_facts_has_word(value, "ads");
}

static bool is_border(const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);

    return n->type != XML_ELEMENT_NODE || tag == STET_HTML_TAG_BODY ||
           tag == STET_HTML_TAG_MAIN || tag == STET_HTML_TAG_ARTICLE ||
           tag == STET_HTML_TAG_HTML;
}

/* What is around the story itself says nothing of a block in it. */
static bool is_ad(const struct stet_facts *f, const xmlNode *n)
{
    for (int up = 0; up < ANCESTORS && n && !is_border(n); up++) {
        if (f->body && stet_dom_has(n, f->body))
            return false;
        if (has_ad_word(stet_dom_attr(n, "class")) ||
            has_ad_word(stet_dom_attr(n, "id")))
            return true;
        n = n->parent;
    }
    return false;
}

/* In a menu, or in the page's footer: an article may have its own, and
 * what is most read may stand there too. */
static bool is_navigation(const xmlNode *n, enum stet_block_class said)
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
    return footer && said != STET_BLOCK_MOST;
}

/* Names of things, not of stories: their links are a word or two. */
static bool is_short(const struct stet_page_links *links, const xmlNode *n)
{
    size_t titles = 0;
    size_t bytes = 0;

    for (size_t i = stet_page_links_at(links, stet_dom_order(n));
         i < links->len && stet_dom_order(links->items[i].a) <= stet_dom_end(n);
         i++) {
        size_t title;

        if (!links->items[i].story)
            continue;
        title = stet_page_links_title_bytes(links->items[i].a);
        titles += title > 0;
        bytes += title;
    }
    return titles >= MIN_SHORT && bytes < titles * SHORT_TITLE;
}

enum stet_block_class stet_veto_decide(const struct stet_facts *f,
                                       const struct stet_page_links *links,
                                       const xmlNode *n,
                                       enum stet_block_class said)
{
    size_t most =
        said == STET_BLOCK_MOST ? STET_MAX_MOST_LINKS : STET_MAX_BLOCK_LINKS;
    struct stet_link_count c;

    stet_page_links_count(&c, links, n);
    if (said == STET_BLOCK_AD || is_ad(f, n) ||
        c.away > c.stories + c.others - c.away)
        return STET_BLOCK_AD;
    if (is_navigation(n, said) || c.stories > most)
        return STET_BLOCK_NAV;
    if (said == STET_BLOCK_TOPIC || c.stories * 3 < c.others ||
        is_short(links, n))
        return STET_BLOCK_TOPIC;
    return said;
}

/* "Books & the Arts", over words and no number: the name of a section on a
 * card. */
static bool is_section(const xmlNode *a, struct stet_span address)
{
    size_t title = stet_page_links_title_bytes(a);
    bool words = false;

    while (address.len > 0 && address.ptr[address.len - 1] == '/')
        address.len--;
    for (size_t i = 0; i < address.len; i++) {
        if (stet_is_digit((unsigned char)address.ptr[i]))
            return false;
        words = address.ptr[i] != '/' && (words || address.ptr[i] == '-');
    }
    return words && title > 0 && title < SHORT_TITLE;
}

bool stet_veto_link(const struct stet_page_link *l, enum stet_block_class is)
{
    static const char *const most[] = { "popular",   "mostread", "most-read",
                                        "most_read", "trending", "rel=lom",
                                        NULL };
    static const char *const not_most[] = { "related",   "more_from",
                                            "more-from", "morefrom",
                                            "rel=mas",   NULL };
    size_t query = stet_span_find(l->href, STET_SPAN("?"));
    size_t fragment = stet_span_find(l->href, STET_SPAN("#"));
    size_t tail = query < fragment ? query : fragment;
    struct stet_span tracking = stet_span_sub(l->href, tail, l->href.len);
    struct stet_span address = stet_span_sub(l->href, 0, tail);

    if (stet_says(address, "newsletter") || is_section(l->a, address))
        return true;
    if (is == STET_BLOCK_RELATED)
        return stet_says_any(tracking, most);
    return is == STET_BLOCK_MOST && stet_says_any(tracking, not_most);
}

bool stet_veto_title(struct stet_span title)
{
    static const char *const words[] = { "newsletter", "sign-up", "sign up",
                                         NULL };

    return stet_says_any(title, words);
}
