#include "article/figure.h"

#include "article/say.h"
#include "base/ascii.h"

enum {
    MAX_SOURCES = 200, /* nodes of one picture */
    MIN_WIDTH = 200,   /* smaller ones are icons and faces */
    LEVELS = 8,        /* from an img to its figure */
    AUTHOR_LEVELS = 4, /* and to what says that it is an author's face */
    ID_MIN = 16,       /* bytes of a path that tells pictures apart */
    MARK_MIN = 9,      /* of a number or a key in one */
    MAX_EXTENSION = 5, /* of a file's name, without the full stop */
    NAME_MIN = 6       /* of a file's name */
};

static uint32_t number_of(struct stet_span s)
{
    uint32_t n = 0;

    for (size_t i = 0;
         i < s.len && i < 6 && stet_is_digit((unsigned char)s.ptr[i]); i++)
        n = n * 10 + (uint32_t)(s.ptr[i] - '0');
    return n;
}

static void offer(stet_offer_fn *fn, void *ctx, struct stet_span url,
                  uint32_t width)
{
    struct stet_candidate c = { stet_span_trim(url), width };

    if (!stet_candidate_is_real(c.url))
        return;
    if (c.width == 0)
        c.width = stet_candidate_width(c.url);
    fn(ctx, &c);
}

static void offer_set(stet_offer_fn *fn, void *ctx, struct stet_span set)
{
    struct stet_candidate c;
    size_t at = 0;

    while (stet_srcset_next(&c, set, &at))
        offer(fn, ctx, c.url, c.width);
}

/* The picture element around img, if nothing else is in it. */
static const xmlNode *picture_of(const xmlNode *img)
{
    const xmlNode *p = img->parent;

    while (p && p->type == XML_ELEMENT_NODE &&
           stet_dom_tag(p) != STET_HTML_TAG_PICTURE && p->children == p->last)
        p = p->parent;
    return p && p->type == XML_ELEMENT_NODE &&
                   stet_dom_tag(p) == STET_HTML_TAG_PICTURE
               ? p
               : NULL;
}

void stet_figure_offers(const xmlNode *img, stet_offer_fn *fn, void *ctx)
{
    static const char *const sets[] = { "srcset", "data-srcset",
                                        "data-lazy-srcset" };
    static const char *const lazy[] = { "data-src", "data-lazy-src",
                                        "data-original", "data-hires",
                                        "data-full-src" };
    const xmlNode *p = picture_of(img);
    int count = 0;

    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
        offer_set(fn, ctx, stet_dom_attr(img, sets[i]));
    for (const xmlNode *c = p; c && count++ < MAX_SOURCES;
         c = stet_dom_walk(c, p))
        if (stet_dom_tag(c) == STET_HTML_TAG_SOURCE)
            for (size_t i = 0; i < 2; i++)
                offer_set(fn, ctx, stet_dom_attr(c, sets[i]));
    for (size_t i = 0; i < sizeof(lazy) / sizeof(lazy[0]); i++)
        offer(fn, ctx, stet_dom_attr(img, lazy[i]), 0);
    offer(fn, ctx, stet_dom_attr(img, "src"), 0);
}

static void keep_larger(void *ctx, const struct stet_candidate *c)
{
    struct stet_candidate *best = ctx;

    if (best->url.len == 0 || c->width > best->width)
        *best = *c;
}

struct stet_candidate stet_figure_best(const xmlNode *img)
{
    struct stet_candidate best = { { NULL, 0 }, 0 };

    stet_figure_offers(img, keep_larger, &best);
    return best;
}

/* The last part of a URL's path, or of the URL within it, without its
 * extension. */
static struct stet_span name_of(struct stet_span url)
{
    size_t end = stet_span_find(url, STET_SPAN("?"));
    size_t from = 0;

    if (!url.ptr)
        return (struct stet_span){ NULL, 0 };
    url = stet_span_sub(url, 0, end);
    while (url.len > 0 && url.ptr[url.len - 1] == '/')
        url.len--;
    for (size_t i = 0; i < url.len; i++)
        if (url.ptr[i] == '/')
            from = i + 1;
        else if (url.ptr[i] == '%' && i + 3 < url.len &&
                 url.ptr[i + 1] == '2' && (url.ptr[i + 2] | 0x20) == 'f')
            from = i + 3;
    url = stet_span_sub(url, from, url.len);
    for (size_t i = url.len; i > 0 && url.len - i <= MAX_EXTENSION; i--)
        if (url.ptr[i - 1] == '.' && i > 4) {
            url.len = i - 1;
            break;
        }
    return url;
}

/* The path of an absolute URL. */
static struct stet_span path_of(struct stet_span url)
{
    size_t at = stet_span_find(url, STET_SPAN("//"));

    if (at < url.len)
        url = stet_span_sub(url, at + 2, url.len);
    at = stet_span_find(url, STET_SPAN("/"));
    url = stet_span_sub(url, at, url.len);
    return stet_span_sub(url, 0, stet_span_find(url, STET_SPAN("?")));
}

/* A long number or hexadecimal key in a path; dates are none. */
static struct stet_span mark_of(struct stet_span path)
{
    size_t from = 0;
    size_t digits = 0;

    if (!path.ptr)
        return (struct stet_span){ NULL, 0 };
    for (size_t i = 0; i <= path.len; i++) {
        char c = i < path.len ? path.ptr[i] : '/';
        bool hex = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

        if (stet_is_digit((unsigned char)c))
            digits++;
        if (stet_is_digit((unsigned char)c) || hex)
            continue;
        if (i - from >= MARK_MIN && digits * 3 >= i - from)
            return stet_span_sub(path, from, i - from);
        from = i + 1;
        digits = 0;
    }
    return (struct stet_span){ NULL, 0 };
}

bool stet_figure_same(struct stet_span a, struct stet_span b)
{
    struct stet_span name = name_of(a);
    struct stet_span mark;

    if (a.len == 0 || b.len == 0)
        return false;
    if (stet_span_eq(a, b))
        return true;
    if (path_of(a).len >= ID_MIN && stet_span_ends(path_of(b), path_of(a)))
        return true;
    mark = mark_of(path_of(a));
    if (mark.len > 0 && stet_span_eq(mark, mark_of(path_of(b))))
        return true;
    if (stet_says(name, "default") || stet_says(name, "image") ||
        stet_says(name, "original"))
        return false;
    return name.len >= NAME_MIN && stet_span_find(b, name) < b.len;
}

/* The face of who wrote the story. */
static bool is_author(const xmlNode *img)
{
    static const char *const words[] = { "author", "autor",   "avatar",
                                         "byline", "profile", NULL };
    const xmlNode *n = img;

    for (int up = 0; up < AUTHOR_LEVELS && n && n->type == XML_ELEMENT_NODE;
         up++, n = n->parent)
        if (stet_facts_has_word(stet_dom_attr(n, "rel"), "author") ||
            (n != img && stet_says_any(stet_dom_attr(n, "class"), words)))
            return true;
    return false;
}

static bool is_furniture(const struct stet_facts *f, const xmlNode *img,
                         struct stet_span url)
{
    static const char *const words[] = { "logo",   "avatar",  "icon",
                                         "author", "sprite",  "pixel",
                                         "emoji",  "banner",  "gravatar",
                                         "spacer", "profile", NULL };
    static const char *const places[] = { "gravatar.com",  ".svg",
                                          "profile-image", "profile_image",
                                          "/avatar",       NULL };

    if (stet_says_any(stet_dom_attr(img, "class"), words) ||
        stet_says_any(name_of(url), words) || stet_says_any(url, places) ||
        is_author(img))
        return true;
    for (const xmlNode *n = img; n && n->type == XML_ELEMENT_NODE;
         n = n->parent) {
        enum stet_html_tag tag = stet_dom_tag(n);

        if (tag == STET_HTML_TAG_NAV || tag == STET_HTML_TAG_FOOTER)
            return true;
        if (tag == STET_HTML_TAG_ASIDE &&
            !(f->body && stet_dom_has(f->body, n)))
            return true;
    }
    return false;
}

const xmlNode *stet_figure_around(const xmlNode *n)
{
    for (int up = 0; up < LEVELS && n && n->type == XML_ELEMENT_NODE; up++) {
        if (stet_dom_tag(n) == STET_HTML_TAG_FIGURE)
            return n;
        n = n->parent;
    }
    return NULL;
}

static bool has_caption(const xmlNode *figure)
{
    int count = 0;

    for (const xmlNode *n = figure; n && count++ < MAX_SOURCES;
         n = stet_dom_walk(n, figure))
        if (stet_dom_tag(n) == STET_HTML_TAG_FIGCAPTION)
            return true;
    return false;
}

/* In a link to another story: a card's picture.  A figure with a caption
 * may link to its own page, and any picture to one that has its name. */
static bool is_in_card(const struct stet_facts *f, const xmlNode *n,
                       struct stet_span url)
{
    struct stet_span name = name_of(url);

    for (; n && n->type == XML_ELEMENT_NODE && n != f->main; n = n->parent) {
        const xmlNode *figure;
        struct stet_span href;

        if (stet_dom_tag(n) != STET_HTML_TAG_A)
            continue;
        figure = stet_figure_around(n->parent);
        if (figure && has_caption(figure))
            return false;
        href = stet_dom_attr(n, "href");
        if (name.len >= NAME_MIN && stet_span_find(href, name) < href.len)
            return false;
        return !(stet_says(href, ".jpg") || stet_says(href, ".jpeg") ||
                 stet_says(href, ".png") || stet_says(href, ".webp") ||
                 (href.len > 0 && href.ptr[0] == '#'));
    }
    return false;
}

bool stet_figure_is_story(const struct stet_facts *f, const xmlNode *img,
                          const struct stet_candidate *best)
{
    uint32_t width = number_of(stet_dom_attr(img, "width"));

    if (best->url.len == 0 ||
        (width > 0 && width < MIN_WIDTH && best->width < 2 * MIN_WIDTH) ||
        (width == 0 && best->width > 0 && best->width < MIN_WIDTH))
        return false;
    return !is_furniture(f, img, best->url) && !is_in_card(f, img, best->url);
}
