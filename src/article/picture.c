#include "article/picture.h"

#include "article/caption.h"
#include "article/ld.h"
#include "article/say.h"
#include "article/srcset.h"
#include "article/survey.h"
#include "base/ascii.h"

enum {
    MAX_SOURCES = 200,  /* nodes of one picture */
    MAX_PICTURES = 400, /* img elements that are looked at */
    PARAGRAPH = 80,     /* bytes of text that are no heading or label */
    MIN_WIDTH = 200,    /* smaller ones are icons and faces */
    ID_MIN = 16,
    NAME_MIN = 6 /* bytes of a file's name that tell it from others */
};

static uint32_t number_of(struct stet_span s)
{
    uint32_t n = 0;

    for (size_t i = 0;
         i < s.len && i < 6 && stet_is_digit((unsigned char)s.ptr[i]); i++)
        n = n * 10 + (uint32_t)(s.ptr[i] - '0');
    return n;
}

/* All that one img element offers, its picture's sources included. */
static struct stet_candidate best_of(const xmlNode *img)
{
    static const char *const sets[] = { "srcset", "data-srcset",
                                        "data-lazy-srcset" };
    static const char *const lazy[] = { "data-src", "data-lazy-src",
                                        "data-original", "data-hires",
                                        "data-full-src" };
    struct stet_candidate best = { .width = 0 };
    const xmlNode *p = img->parent;
    int count = 0;

    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
        stet_srcset_best(&best, stet_dom_attr(img, sets[i]));
    while (p && stet_dom_tag(p) != STET_HTML_TAG_PICTURE &&
           p->children == p->last && p->parent != NULL &&
           p->type == XML_ELEMENT_NODE)
        p = p->parent;
    if (p && p->type == XML_ELEMENT_NODE &&
        stet_dom_tag(p) == STET_HTML_TAG_PICTURE)
        for (const xmlNode *c = p->children; c && count++ < MAX_SOURCES;
             c = stet_dom_walk(c, p))
            if (stet_dom_tag(c) == STET_HTML_TAG_SOURCE)
                for (size_t i = 0; i < 2; i++)
                    stet_srcset_best(&best, stet_dom_attr(c, sets[i]));
    for (size_t i = 0; i < sizeof(lazy) / sizeof(lazy[0]); i++)
        stet_candidate_offer(&best, stet_dom_attr(img, lazy[i]), 0);
    stet_candidate_offer(&best, stet_dom_attr(img, "src"), 0);
    return best;
}

/* The last part of a URL's path, without extension and sizes. */
static struct stet_span name_of(struct stet_span url)
{
    size_t end = stet_span_find(url, STET_SPAN("?"));
    size_t from = 0;

    url = stet_span_sub(url, 0, end);
    while (url.len > 0 && url.ptr[url.len - 1] == '/')
        url.len--;
    for (size_t i = 0; i < url.len; i++)
        if (url.ptr[i] == '/')
            from = i + 1;
    url = stet_span_sub(url, from, url.len);
    for (size_t i = url.len; i > 0; i--)
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

/* Do two URLs name the same picture, in different sizes or services? */
static bool is_same(struct stet_span a, struct stet_span b)
{
    struct stet_span name = name_of(a);

    if (a.len == 0 || b.len == 0)
        return false;
    if (stet_span_eq(a, b))
        return true;
    if (path_of(a).len >= ID_MIN && stet_span_ends(path_of(b), path_of(a)))
        return true;
    if (stet_says(name, "default") || stet_says(name, "image") ||
        stet_says(name, "original"))
        return false;
    return name.len >= NAME_MIN && stet_span_find(b, name) < b.len;
}

static bool is_furniture(const struct stet_facts *f, const xmlNode *img,
                         struct stet_span url)
{
    static const char *const words[] = { "logo",    "avatar", "icon",
                                         "author",  "sprite", "pixel",
                                         "emoji",   "banner", "gravatar",
                                         "profile", "spacer" };
    struct stet_span class = stet_dom_attr(img, "class");

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (stet_says(class, words[i]) || stet_says(name_of(url), words[i]))
            return true;
    if (stet_says(url, "gravatar.com") || stet_says(url, ".svg"))
        return true;
    for (const xmlNode *n = img; n && n->type == XML_ELEMENT_NODE;
         n = n->parent) {
        enum stet_html_tag tag = stet_dom_tag(n);

        if (tag == STET_HTML_TAG_NAV || tag == STET_HTML_TAG_FOOTER ||
            tag == STET_HTML_TAG_NOSCRIPT)
            return true;
        if (tag == STET_HTML_TAG_ASIDE &&
            !(f->body && stet_dom_has(f->body, n)))
            return true;
    }
    return false;
}

static bool is_in_figure(const xmlNode *n)
{
    for (int up = 0; up < 8 && n && n->type == XML_ELEMENT_NODE; up++) {
        if (stet_dom_tag(n) == STET_HTML_TAG_FIGURE)
            return true;
        n = n->parent;
    }
    return false;
}

static bool has_caption(const xmlNode *figure)
{
    int count = 0;

    for (const xmlNode *n = figure; n && count++ < 100;
         n = stet_dom_walk(n, figure))
        if (stet_dom_tag(n) == STET_HTML_TAG_FIGCAPTION)
            return true;
    return false;
}

/* In a link to another story: a card's picture.  A figure with a caption
 * may link to its own page. */
static bool is_in_card(const struct stet_facts *f, const xmlNode *n)
{
    for (; n && n->type == XML_ELEMENT_NODE && n != f->main; n = n->parent) {
        struct stet_span href;

        if (stet_dom_tag(n) != STET_HTML_TAG_A)
            continue;
        if (stet_dom_tag(n->parent) == STET_HTML_TAG_FIGURE &&
            has_caption(n->parent))
            return false;
        href = stet_dom_attr(n, "href");
        return !(stet_says(href, ".jpg") || stet_says(href, ".jpeg") ||
                 stet_says(href, ".png") || stet_says(href, ".webp") ||
                 (href.len > 0 && href.ptr[0] == '#'));
    }
    return false;
}

/* The pictures that metadata names. */
struct named {
    struct stet_span urls[12];
    size_t n;
};

static void add_named(struct named *to, struct stet_span url)
{
    if (url.len > 0 && to->n < sizeof(to->urls) / sizeof(to->urls[0]))
        to->urls[to->n++] = url;
}

static void read_named(const struct stet_facts *f, struct named *to)
{
    const struct stet_json_value *v = stet_json_get(f->ld, "image");
    struct stet_json_iter it = { .of = v };

    add_named(to, stet_facts_meta(f, "ogimage ogimageurl ogimagesecureurl"));
    if (stet_json_type(v) == STET_JSON_ARRAY) {
        while (stet_json_next(&it))
            add_named(to, stet_ld_string(it.value, "contentUrl"));
    } else {
        add_named(to, stet_ld_string(v, "contentUrl"));
        add_named(to, stet_ld_string(stet_json_get(v, "url"), NULL));
    }
    add_named(to, stet_facts_meta(f, "twitterimage twitterimagesrc"));
    add_named(to, stet_ld_string(stet_json_get(f->ld, "thumbnailUrl"), NULL));
}

static bool is_named(const struct named *named, const xmlNode *img,
                     struct stet_span url)
{
    for (size_t i = 0; i < named->n; i++)
        if (is_same(named->urls[i], url) || is_same(url, named->urls[i]) ||
            is_same(stet_dom_attr(img, "src"), named->urls[i]))
            return true;
    return false;
}

/* Where the running text begins. */
static uint32_t first_paragraph(const struct stet_facts *f)
{
    size_t i =
        f->body ? stet_facts_find_run(f, stet_dom_order(f->body)) : f->runs.len;

    for (; i < f->runs.len; i++) {
        const struct stet_run *r = &f->runs.items[i];

        if (!r->hidden && !r->aside && r->bytes - r->link_bytes >= PARAGRAPH)
            return stet_dom_order(r->first);
    }
    return UINT32_MAX;
}

/* How likely a picture is the lead; 0: not at all. */
static int score_of(const struct stet_facts *f, const struct named *named,
                    const xmlNode *img, const struct stet_candidate *c)
{
    uint32_t width = number_of(stet_dom_attr(img, "width"));
    int score = 1;

    if (c->url.len == 0 || is_furniture(f, img, c->url) || is_in_card(f, img))
        return 0;
    if ((width > 0 && width < MIN_WIDTH && c->width < 2 * MIN_WIDTH) ||
        (width == 0 && c->width > 0 && c->width < MIN_WIDTH))
        return 0;
    if (f->main && stet_dom_has(f->main, img))
        score += 3;
    else if (f->h1 && stet_dom_order(img) < stet_dom_order(f->h1))
        score -= 1;
    if (is_in_figure(img))
        score += 2;
    if (is_named(named, img, c->url))
        score += 3;
    if (f->h1 && stet_dom_order(img) > stet_dom_order(f->h1) &&
        stet_dom_order(img) < first_paragraph(f))
        score += 3;
    if (f->body && stet_dom_order(img) > stet_dom_end(f->body))
        score -= 3;
    return score > 0 ? score : 0;
}

static const xmlNode *choose(const struct stet_facts *f,
                             const struct named *named,
                             struct stet_candidate *best)
{
    const xmlNode *chosen = NULL;
    int best_score = 2;
    int count = 0;

    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_IMG);
         n && count++ < MAX_PICTURES; n = stet_dom_next(n)) {
        struct stet_candidate c = best_of(n);
        int score = score_of(f, named, n, &c);

        if (score > best_score) {
            best_score = score;
            *best = c;
            chosen = n;
        }
    }
    return chosen;
}

/* An element of the publisher's own that shows a picture which metadata
 * names: <brick-image src=...>. */
static const xmlNode *choose_custom(const struct stet_facts *f,
                                    const struct named *named)
{
    static const char *const words[] = { "image", "img", "picture", "photo",
                                         NULL };
    const xmlNode *root = stet_dom_body(f->dom);

    for (const xmlNode *n = root; n && named->n > 0;
         n = stet_dom_walk(n, root)) {
        struct stet_span name;
        struct stet_span src;

        if (n->type != XML_ELEMENT_NODE ||
            stet_dom_tag(n) != STET_HTML_TAG_OTHER)
            continue;
        name = stet_span_of((const char *)n->name);
        src = stet_dom_attr(n, "src");
        if (src.len > 0 && stet_span_find(name, STET_SPAN("-")) < name.len &&
            stet_says_any(name, words) && is_named(named, n, src))
            return n;
    }
    return NULL;
}

/* The Guardian tells captions and credits of its pictures in an island's
 * props. */
static void ask_lightbox(struct stet_facts *f, struct stet_span shown)
{
    static const struct stet_json_options lenient = { .lenient = true };
    struct stet_article_image *to = &f->out->lead_image;

    for (size_t i = 0; i < f->islands.len; i++) {
        const xmlNode *n = f->islands.items[i];
        struct stet_json *j = NULL;
        struct stet_json_iter it = { .of = NULL };

        if (!stet_span_eqs(stet_dom_attr(n, "name"), "LightboxLayout"))
            continue;
        stet_facts_note(
            f, stet_json_parse(&j, stet_dom_attr(n, "props"), &lenient, NULL));
        it.of = stet_json_get(stet_json_root(j), "images");
        while (stet_json_next(&it)) {
            struct stet_span url = stet_json_get_string(it.value, "masterUrl");

            if (!is_same(url, shown) && !is_same(shown, url))
                continue;
            to->caption = stet_facts_keep_html(
                f, stet_json_get_string(it.value, "caption"));
            to->credit = stet_facts_keep_html(
                f, stet_json_get_string(it.value, "credit"));
            break;
        }
        stet_json_free(j);
        return;
    }
}

static void set_names(struct stet_facts *f, struct stet_span *to,
                      const struct stet_json_value *v, const char *key)
{
    if (to->len == 0)
        *to = stet_ld_names(f, stet_json_get(v, key));
}

/* What an ImageObject says of the picture. */
static void read_object(struct stet_facts *f, const struct stet_json_value *v)
{
    struct stet_article_image *to = &f->out->lead_image;

    stet_caption_set(
        to, stet_facts_keep_html(f, stet_json_get_string(v, "caption")));
    set_names(f, &to->credit, v, "creditText");
    set_names(f, &to->credit, v, "copyrightHolder");
    set_names(f, &to->credit, v, "creator");
    set_names(f, &to->credit, v, "author");
    set_names(f, &to->credit, v, "copyrightNotice");
}

/* The ImageObjects of JSON-LD that are about the picture. */
static void read_objects(struct stet_facts *f)
{
    struct stet_span url = f->out->lead_image.url;

    for (size_t i = 0; i < f->n_ld_images; i++) {
        const struct stet_json_value *v = f->ld_images[i];
        struct stet_span a = stet_json_get_string(v, "url");
        struct stet_span b = stet_json_get_string(v, "contentUrl");

        if (is_same(a, url) || is_same(url, a) || is_same(b, url) ||
            is_same(url, b))
            read_object(f, v);
    }
}

/* Where the page shows no picture, what its metadata names. */
static void read_metadata(struct stet_facts *f, const struct named *named)
{
    struct stet_article_image *to = &f->out->lead_image;

    for (size_t i = 0; !to->url.ptr && i < named->n; i++)
        to->url = stet_facts_url(f, named->urls[i]);
    if (to->alt.len == 0)
        to->alt = stet_facts_keep(f, stet_facts_meta(f, "ogimagealt "
                                                        "twitterimagealt"));
}

void stet_picture_find(struct stet_facts *f)
{
    struct stet_article_image *to = &f->out->lead_image;
    struct stet_candidate best = { .width = 0 };
    struct named named = { .n = 0 };
    const xmlNode *custom;
    const xmlNode *img;

    read_named(f, &named);
    img = choose(f, &named, &best);
    if (img) {
        to->alt = stet_facts_keep(f, stet_dom_attr(img, "alt"));
        to->url = stet_facts_url(f, best.url);
        ask_lightbox(f, best.url);
        stet_caption_find(f, img, to);
    }
    custom = img ? NULL : choose_custom(f, &named);
    if (custom) {
        to->alt = stet_facts_keep(f, stet_dom_attr(custom, "alt"));
        to->url = stet_facts_url(f, stet_dom_attr(custom, "src"));
        stet_caption_find(f, custom, to);
    }
    if (!img || !to->url.ptr || is_named(&named, img, best.url))
        read_metadata(f, &named);
    read_objects(f);
}
