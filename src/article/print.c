#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/span.h"
#include "base/utf8.h"
#include "stet/article.h"
#include "json/write.h"

enum { MAX_PRINT = 16 << 20 };

/* Where facts go: JSON members or warc-fields lines. */
struct printer {
    struct stet_buf *out;
    struct stet_json_writer json;
    bool as_json;
};

/* A field's value stays on its line: control characters become spaces. */
static void add_value(struct stet_buf *out, struct stet_span s)
{
    size_t from = out->len;

    stet_utf8_add_clean(out, s);
    if (stet_buf_status(out) < 0)
        return;
    for (size_t i = from; i < out->len; i++)
        if ((unsigned char)out->data[i] < 0x20 || out->data[i] == 0x7F)
            out->data[i] = ' ';
}

static void put(struct printer *p, const char *name, struct stet_span s)
{
    if (s.len == 0)
        return;
    if (p->as_json) {
        stet_json_member_string(&p->json, name, s);
        return;
    }
    stet_buf_adds(p->out, name);
    stet_buf_adds(p->out, ": ");
    add_value(p->out, s);
    stet_buf_adds(p->out, "\r\n");
}

static void put_name(struct printer *p, const char *name, const char *value)
{
    put(p, name, stet_span_of(value));
}

static void put_int(struct printer *p, const char *name, int64_t n)
{
    char text[24];

    if (p->as_json) {
        stet_json_member_int(&p->json, name, n);
        return;
    }
    snprintf(text, sizeof(text), "%lld", (long long)n);
    put(p, name, stet_span_of(text));
}

static void put_from(struct printer *p, const char *name, struct stet_span s,
                     const char *source_name, enum stet_article_source source)
{
    if (s.len == 0)
        return;
    put(p, name, s);
    put_name(p, source_name, stet_article_source_name(source));
}

static void put_notes(struct printer *p, const struct stet_article_notes *all)
{
    if (all->len == 0)
        return;
    if (p->as_json) {
        stet_json_key(&p->json, "corrections");
        stet_json_begin_array(&p->json);
    }
    for (size_t i = 0; i < all->len; i++) {
        if (p->as_json)
            stet_json_begin_object(&p->json);
        put_from(p, p->as_json ? "text" : "correction", all->items[i].text,
                 p->as_json ? "source" : "correction-source",
                 all->items[i].source);
        if (p->as_json)
            stet_json_end(&p->json);
    }
    if (p->as_json)
        stet_json_end(&p->json);
}

static void put_date(struct printer *p, const char *name,
                     const char *source_name, const struct stet_article_date *d)
{
    if (d->source == STET_SOURCE_NONE)
        return;
    put(p, name, d->text);
    put_name(p, source_name, stet_article_source_name(d->source));
}

static void put_image_json(struct printer *p,
                           const struct stet_article_image *image)
{
    stet_json_begin_object(&p->json);
    put(p, "url", image->url);
    put(p, "caption", image->caption);
    put(p, "credit", image->credit);
    put(p, "alt", image->alt);
    if (image->n_urls > 1) {
        stet_json_key(&p->json, "urls");
        stet_json_begin_array(&p->json);
        for (size_t i = 0; i < image->n_urls; i++)
            stet_json_put_string(&p->json, image->urls[i]);
        stet_json_end(&p->json);
    }
    stet_json_end(&p->json);
}

static void put_image_field(struct printer *p,
                            const struct stet_article_image *image)
{
    stet_buf_adds(p->out, "image: ");
    add_value(p->out, image->url);
    stet_buf_addc(p->out, '\t');
    add_value(p->out, image->caption);
    stet_buf_addc(p->out, '\t');
    add_value(p->out, image->credit);
    stet_buf_addc(p->out, '\t');
    add_value(p->out, image->alt);
    for (size_t i = 0; i < image->n_urls; i++) {
        if (stet_span_eq(image->urls[i], image->url))
            continue;
        stet_buf_addc(p->out, '\t');
        add_value(p->out, image->urls[i]);
    }
    stet_buf_adds(p->out, "\r\n");
}

static void put_images(struct printer *p, const struct stet_article_images *all)
{
    if (all->len == 0)
        return;
    if (p->as_json) {
        stet_json_key(&p->json, "images");
        stet_json_begin_array(&p->json);
    }
    for (size_t i = 0; i < all->len; i++) {
        if (p->as_json)
            put_image_json(p, &all->items[i]);
        else
            put_image_field(p, &all->items[i]);
    }
    if (p->as_json)
        stet_json_end(&p->json);
}

static void put_marker(struct printer *p, const struct stet_article *a)
{
    const struct stet_article_marker *m = &a->marker;

    if (m->kind != STET_MARKER_NONE) {
        put(p, "marker", m->text);
        put_name(p, "marker-kind", stet_article_kind_name(m->kind));
        put_name(p, "marker-comparison",
                 stet_article_comparison_name(m->comparison));
        if (m->amount > 0)
            put_int(p, "marker-amount", m->amount);
        put_name(p, "marker-unit", stet_article_unit_name(m->unit));
        put(p, "marker-date", m->date.text);
        put(p, "marker-language", m->language);
        put_name(p, "marker-place", stet_article_place_name(m->place));
    }
    put(p, "age-at-capture", a->age_at_capture);
    put_name(p, "marker-verdict", stet_article_verdict_name(m->verdict));
    put(p, "published-no-later-than", a->published_no_later_than);
}

static void put_link_json(struct printer *p, const struct stet_article_link *l)
{
    stet_json_begin_object(&p->json);
    put(p, "url", l->url);
    put(p, "title", l->title);
    put(p, "heading", l->heading);
    put_int(p, "position", l->position);
    stet_json_end(&p->json);
}

static void put_link_field(struct printer *p, const char *name,
                           const struct stet_article_link *l)
{
    stet_buf_adds(p->out, name);
    stet_buf_adds(p->out, ": ");
    add_value(p->out, l->url);
    stet_buf_addc(p->out, '\t');
    add_value(p->out, l->title);
    stet_buf_addc(p->out, '\t');
    add_value(p->out, l->heading);
    stet_buf_addf(p->out, "\t%u\r\n", (unsigned)l->position);
}

static void put_links(struct printer *p, const char *name,
                      const struct stet_article_links *links)
{
    if (links->len == 0)
        return;
    if (p->as_json) {
        stet_json_key(&p->json, name);
        stet_json_begin_array(&p->json);
    }
    for (size_t i = 0; i < links->len; i++) {
        if (p->as_json)
            put_link_json(p, &links->items[i]);
        else
            put_link_field(p, name, &links->items[i]);
    }
    if (p->as_json)
        stet_json_end(&p->json);
}

static void put_fingerprint(struct printer *p, const struct stet_article *a)
{
    const uint64_t *bits = a->fingerprint.bits;
    char text[40];

    if (!a->has_fingerprint)
        return;
    snprintf(text, sizeof(text), "%016" PRIx64 "%016" PRIx64, bits[0], bits[1]);
    put_name(p, "text-fingerprint", text);
}

static void put_all(struct printer *p, const struct stet_article *a)
{
    put_name(p, "page-kind", stet_article_page_name(a->page_kind));
    put_from(p, "headline", a->headline, "headline-source", a->headline_source);
    put(p, "title", a->title);
    put_from(p, "byline", a->byline, "byline-source", a->byline_source);
    put_from(p, "section", a->section, "section-source", a->section_source);
    put_from(p, "language", a->language, "language-source", a->language_source);
    put_from(p, "canonical", a->canonical, "canonical-source",
             a->canonical_source);
    put_date(p, "published", "published-source", &a->published);
    put_date(p, "modified", "modified-source", &a->modified);
    put(p, "lead-image", a->lead_image.url);
    put(p, "lead-image-caption", a->lead_image.caption);
    put(p, "lead-image-credit", a->lead_image.credit);
    put(p, "lead-image-alt", a->lead_image.alt);
    put_images(p, &a->images);
    if (a->has_paywalled && p->as_json)
        stet_json_member_bool(&p->json, "paywalled", a->paywalled);
    else if (a->has_paywalled)
        put_name(p, "paywalled", a->paywalled ? "true" : "false");
    if (a->has_paywalled)
        put_name(p, "paywalled-source",
                 stet_article_source_name(a->paywalled_source));
    put_notes(p, &a->corrections);
    put_marker(p, a);
    put_fingerprint(p, a);
    put_links(p, "related", &a->related);
    put_links(p, "recommended", &a->recommended);
    put_links(p, "most-viewed", &a->most_viewed);
}

static int finish(struct stet_bytes *out, struct stet_buf *b,
                  struct stet_error *err)
{
    int rc = stet_buf_status(b);

    *out = (struct stet_bytes){ NULL, 0 };
    if (rc == STET_OK)
        *out = stet_buf_take_bytes(b);
    stet_buf_clear(b);
    return rc < 0 ? stet_fail(err, rc, "the facts of an article do not fit")
                  : STET_OK;
}

int stet_article_print_json(struct stet_bytes *out,
                            const struct stet_article *a,
                            struct stet_error *err)
{
    struct stet_buf b;
    struct printer p = { .out = &b, .as_json = true };

    stet_buf_init(&b, MAX_PRINT);
    stet_json_writer_init(&p.json, &b, STET_JSON_COMPACT);
    stet_json_begin_object(&p.json);
    put_all(&p, a);
    stet_json_end(&p.json);
    return finish(out, &b, err);
}

int stet_article_print_fields(struct stet_bytes *out,
                              const struct stet_article *a,
                              struct stet_error *err)
{
    struct stet_buf b;
    struct printer p = { .out = &b };

    stet_buf_init(&b, MAX_PRINT);
    put_all(&p, a);
    return finish(out, &b, err);
}
