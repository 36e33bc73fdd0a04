#include "article/picture.h"

#include "article/figure.h"
#include "article/image.h"
#include "article/ld.h"
#include "article/say.h"
#include "article/survey.h"
#include "base/ascii.h"

enum {
    MAX_PICTURES = 400, /* img elements that are looked at */
    PARAGRAPH = 80      /* bytes of text that are no heading or label */
};

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
        if (stet_figure_same(named->urls[i], url) ||
            stet_figure_same(url, named->urls[i]) ||
            stet_figure_same(stet_dom_attr(img, "src"), named->urls[i]))
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
    int score = 1;

    if (!stet_figure_is_story(f, img, c))
        return 0;
    if (f->main && stet_dom_has(f->main, img))
        score += 3;
    else if (f->h1 && stet_dom_order(img) < stet_dom_order(f->h1))
        score -= 1;
    if (stet_figure_around(img))
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
        struct stet_candidate c = stet_figure_best(n);
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
        src = stet_figure_best(n).url;
        if (src.len > 0 && stet_span_find(name, STET_SPAN("-")) < name.len &&
            stet_says_any(name, words) && is_named(named, n, src))
            return n;
    }
    return NULL;
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

/* The lead's element, or NULL where the page shows none. */
static const xmlNode *find_lead(struct stet_facts *f, const struct named *named)
{
    struct stet_candidate best = { .width = 0 };
    const xmlNode *img = choose(f, named, &best);
    const xmlNode *shown = img ? img : choose_custom(f, named);
    struct stet_article_image *to = &f->out->lead_image;

    if (shown)
        stet_image_read(f, shown, to);
    if (!img || !to->url.ptr || is_named(named, img, best.url))
        read_metadata(f, named);
    stet_image_objects(f, to);
    return shown;
}

/* Between the headline, or where the story begins, and the body's end. */
static bool is_in_story(const struct stet_facts *f, const xmlNode *img)
{
    return f->main && f->body && stet_dom_has(f->main, img) &&
           stet_dom_order(img) <= stet_dom_end(f->body);
}

static void add_image(struct stet_facts *f, const struct stet_article_image *a)
{
    struct stet_article_images *all = &f->out->images;

    for (size_t i = 0; i < all->len; i++)
        if (stet_figure_same(all->items[i].url, a->url) ||
            stet_figure_same(a->url, all->items[i].url)) {
            stet_image_merge(f, &all->items[i], a);
            return;
        }
    if (all->len < STET_MAX_ARTICLE_PICTURES)
        all->items[all->len++] = *a;
}

/* The story's pictures in their order, each once. */
static void find_all(struct stet_facts *f, const xmlNode *lead)
{
    struct stet_article_images *all = &f->out->images;
    int count = 0;

    all->items = stet_arena_alloc(f->arena, STET_MAX_ARTICLE_PICTURES *
                                                sizeof(*all->items));
    if (!all->items) {
        stet_facts_note(f, STET_ENOMEM);
        return;
    }
    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_IMG);
         n && count++ < MAX_PICTURES; n = stet_dom_next(n)) {
        struct stet_article_image a = { .n_urls = 0 };
        struct stet_candidate best;

        if (n == lead) {
            add_image(f, &f->out->lead_image);
            continue;
        }
        if (!is_in_story(f, n))
            continue;
        best = stet_figure_best(n);
        if (!stet_figure_is_story(f, n, &best))
            continue;
        stet_image_read(f, n, &a);
        stet_image_objects(f, &a);
        if (a.url.ptr)
            add_image(f, &a);
    }
}

void stet_picture_find(struct stet_facts *f)
{
    struct named named = { .n = 0 };
    const xmlNode *lead;

    read_named(f, &named);
    lead = find_lead(f, &named);
    find_all(f, lead);
    if (lead && stet_dom_tag(lead) != STET_HTML_TAG_IMG)
        add_image(f, &f->out->lead_image);
}
