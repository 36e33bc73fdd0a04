#include "article/image.h"

#include "article/caption.h"
#include "article/ld.h"

/* The Guardian tells captions and credits of its pictures in an island's
 * props. */
static void read_lightbox(struct stet_facts *f)
{
    static const struct stet_json_options lenient = { .lenient = true };

    f->lightbox_read = true;
    for (size_t i = 0; !f->lightbox && i < f->islands.len; i++) {
        const xmlNode *n = f->islands.items[i];

        if (stet_span_eqs(stet_dom_attr(n, "name"), "LightboxLayout"))
            stet_facts_note(f, stet_json_parse(&f->lightbox,
                                               stet_dom_attr(n, "props"),
                                               &lenient, NULL));
    }
}

static void ask_lightbox(struct stet_facts *f, struct stet_span shown,
                         struct stet_article_image *to)
{
    struct stet_json_iter it = { .of = NULL };

    if (!f->lightbox_read)
        read_lightbox(f);
    if (!f->lightbox)
        return;
    it.of = stet_json_get(stet_json_root(f->lightbox), "images");
    while (stet_json_next(&it)) {
        struct stet_span url = stet_json_get_string(it.value, "masterUrl");

        if (!stet_figure_same(url, shown) && !stet_figure_same(shown, url))
            continue;
        to->caption =
            stet_facts_keep_html(f, stet_json_get_string(it.value, "caption"));
        to->credit =
            stet_facts_keep_html(f, stet_json_get_string(it.value, "credit"));
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
static void read_object(struct stet_facts *f, const struct stet_json_value *v,
                        struct stet_article_image *to)
{
    stet_caption_set(
        to, stet_facts_keep_html(f, stet_json_get_string(v, "caption")));
    set_names(f, &to->credit, v, "creditText");
    set_names(f, &to->credit, v, "copyrightHolder");
    set_names(f, &to->credit, v, "creator");
    set_names(f, &to->credit, v, "author");
    set_names(f, &to->credit, v, "copyrightNotice");
}

void stet_image_objects(struct stet_facts *f, struct stet_article_image *to)
{
    struct stet_span url = to->url;

    for (size_t i = 0; i < f->n_ld_images; i++) {
        const struct stet_json_value *v = f->ld_images[i];
        struct stet_span a = stet_json_get_string(v, "url");
        struct stet_span b = stet_json_get_string(v, "contentUrl");

        if (stet_figure_same(a, url) || stet_figure_same(url, a) ||
            stet_figure_same(b, url) || stet_figure_same(url, b))
            read_object(f, v, to);
    }
}

/* What one element offers, absolute, each once. */
struct offered {
    struct stet_facts *f;
    struct stet_span urls[STET_MAX_ARTICLE_SOURCES];
    size_t n;
    struct stet_candidate best;
};

static void add_url(struct offered *o, struct stet_span url)
{
    for (size_t i = 0; i < o->n; i++)
        if (stet_span_eq(o->urls[i], url))
            return;
    if (o->n < STET_MAX_ARTICLE_SOURCES && url.len > 0)
        o->urls[o->n++] = url;
}

static void on_offer(void *ctx, const struct stet_candidate *c)
{
    struct offered *o = ctx;

    if (o->best.url.len == 0 || c->width > o->best.width)
        o->best = *c;
    if (o->n < STET_MAX_ARTICLE_SOURCES)
        add_url(o, stet_facts_url(o->f, c->url));
}

static void keep_urls(struct stet_facts *f, const struct offered *o,
                      struct stet_article_image *to)
{
    if (o->n == 0)
        return;
    to->urls = stet_arena_alloc(f->arena, o->n * sizeof(*to->urls));
    if (!to->urls) {
        stet_facts_note(f, STET_ENOMEM);
        return;
    }
    to->n_urls = o->n;
    for (size_t i = 0; i < o->n; i++)
        to->urls[i] = o->urls[i];
}

void stet_image_read(struct stet_facts *f, const xmlNode *img,
                     struct stet_article_image *to)
{
    struct offered o = { .f = f };

    stet_figure_offers(img, on_offer, &o);
    to->alt = stet_facts_keep(f, stet_dom_attr(img, "alt"));
    to->url = stet_facts_url(f, o.best.url);
    keep_urls(f, &o, to);
    ask_lightbox(f, o.best.url, to);
    stet_caption_find(f, img, to);
}

static void fill(struct stet_span *to, struct stet_span from)
{
    if (to->len == 0)
        *to = from;
}

void stet_image_merge(struct stet_facts *f, struct stet_article_image *to,
                      const struct stet_article_image *from)
{
    struct offered o = { .f = f };

    fill(&to->caption, from->caption);
    fill(&to->credit, from->credit);
    fill(&to->alt, from->alt);
    for (size_t i = 0; i < to->n_urls; i++)
        add_url(&o, to->urls[i]);
    for (size_t i = 0; i < from->n_urls; i++)
        add_url(&o, from->urls[i]);
    if (o.n > to->n_urls)
        keep_urls(f, &o, to);
}
