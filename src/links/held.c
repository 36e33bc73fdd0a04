#include <string.h>

#include "base/span.h"
#include "links/html.h"

/* Attributes that are read together. */
static bool is_kept(const struct stet_html_attr *a)
{
    static const enum stet_html_attr_id kept[] = {
        STET_HTML_ATTR_HREF,        STET_HTML_ATTR_REL,
        STET_HTML_ATTR_TYPE,        STET_HTML_ATTR_ITEMPROP,
        STET_HTML_ATTR_IMAGESRCSET, STET_HTML_ATTR_TITLE,
        STET_HTML_ATTR_CONTENT,     STET_HTML_ATTR_HTTP_EQUIV,
        STET_HTML_ATTR_PROPERTY,    STET_HTML_ATTR_NAME,
        STET_HTML_ATTR_VALUE,
    };

    if (!a->value.len || a->duplicate)
        return false;
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        if (a->id == kept[i])
            return true;
    return false;
}

/* Keeps an attribute's bytes; the first of each name counts. */
static void hold(struct stet_links_held *d, const struct stet_html_attr *a)
{
    size_t start = d->bytes.len;

    for (size_t i = 0; i < d->n; i++)
        if (d->attrs[i].id == a->id)
            return;
    if (d->n == STET_MAX_LINK_HELD)
        return;
    stet_buf_add_span(&d->bytes, a->name);
    stet_buf_add_span(&d->bytes, a->value);
    if (stet_buf_status(&d->bytes) == STET_ELIMIT) {
        stet_buf_cut(&d->bytes, start);
        return;
    }
    d->attrs[d->n++] = *a;
}

/* The bytes have their place now. */
static void point(struct stet_links_held *d)
{
    struct stet_span rest = stet_buf_span(&d->bytes);

    for (size_t i = 0; i < d->n; i++) {
        struct stet_html_attr *a = &d->attrs[i];

        a->name = stet_span_sub(rest, 0, a->name.len);
        rest = stet_span_sub(rest, a->name.len, rest.len);
        a->value = stet_span_sub(rest, 0, a->value.len);
        rest = stet_span_sub(rest, a->value.len, rest.len);
    }
}

int stet_links_held(struct stet_links_html *h, const struct stet_html_token *t,
                    stet_links_tag_fn fn)
{
    struct stet_links_held *d = &h->held;
    struct stet_html_token whole = *t;

    if (!t->continued && !t->more)
        return fn(h, t);
    if (!t->continued) {
        stet_buf_reset(&d->bytes);
        d->n = 0;
    }
    for (size_t i = 0; i < t->n_attrs; i++)
        if (is_kept(&t->attrs[i]))
            hold(d, &t->attrs[i]);
    if (stet_buf_status(&d->bytes) == STET_ENOMEM)
        return STET_ENOMEM;
    if (t->more)
        return STET_OK;
    point(d);
    whole.attrs = d->attrs;
    whole.n_attrs = d->n;
    return fn(h, &whole);
}
