#include "links/out.h"

#include <string.h>

#include "base/ascii.h"
#include "base/fail.h"
#include "base/span.h"

int stet_links_out_init(struct stet_links_out *out,
                        const struct stet_links_options *o, stet_link_fn fn,
                        void *ctx, struct stet_error *err)
{
    int rc;

    *out = (struct stet_links_out){
        .fn = fn,
        .ctx = ctx,
        .everything = o->everything,
        .charset = stet_charset_of_label(o->charset),
    };
    stet_url_init(&out->document);
    stet_url_init(&out->base);
    stet_url_init(&out->url);
    stet_buf_init(&out->raw, 4 * STET_MAX_LINK_URL);
    stet_buf_init(&out->input, 16 * STET_MAX_LINK_URL);
    stet_buf_init(&out->href, 4 * STET_MAX_LINK_URL + STET_MAX_URL);
    rc = stet_url_parse(&out->document, o->base, NULL, err);
    if (rc == STET_EFORMAT || rc == STET_ELIMIT)
        rc = stet_fail(err, STET_EUSAGE, "the base is not an absolute URL");
    if (!rc)
        rc = stet_url_copy(&out->base, &out->document);
    if (rc)
        stet_links_out_clear(out);
    return rc;
}

void stet_links_out_clear(struct stet_links_out *out)
{
    stet_url_clear(&out->document);
    stet_url_clear(&out->base);
    stet_url_clear(&out->url);
    stet_buf_clear(&out->raw);
    stet_buf_clear(&out->input);
    stet_buf_clear(&out->href);
}

/* HTML section 4.2.3: the first base element with an href counts, and what
 * is no URL, or a data: or javascript: one, leaves the document's own. */
int stet_links_out_set_base(struct stet_links_out *out, struct stet_span href)
{
    struct stet_span scheme;
    int rc;

    if (out->base_is_set)
        return STET_OK;
    out->base_is_set = true;
    rc = stet_url_parse(&out->url, stet_span_trim(href), &out->document, NULL);
    if (rc)
        return rc == STET_ENOMEM ? rc : STET_OK;
    scheme = stet_url_scheme(&out->url);
    if (stet_span_eqs(scheme, "data") || stet_span_eqs(scheme, "javascript"))
        return STET_OK;
    return stet_url_copy(&out->base, &out->url);
}

/* Schemes whose URLs are never fetched are told before they are parsed:
 * data: URLs can be long. */
static bool is_inert(struct stet_span raw)
{
    static const char *const inert[] = {
        "data:", "javascript:", "about:", "blob:", "mailto:", "tel:", NULL
    };

    switch (raw.ptr[0] | 0x20) {
    case 'd':
    case 'j':
    case 'a':
    case 'b':
    case 'm':
    case 't':
        for (size_t i = 0; inert[i]; i++)
            if (stet_span_istarts(raw, inert[i]))
                return true;
        return false;
    default:
        return false;
    }
}

static bool is_fetched(const struct stet_url *u)
{
    struct stet_span scheme = stet_url_scheme(u);

    return stet_url_is_http(u) || stet_span_eqs(scheme, "ftp");
}

/* Within the document; but where a base leads elsewhere, so do anchors. */
static bool is_inside(const struct stet_links_out *out,
                      const struct stet_link *l, struct stet_span input)
{
    return *input.ptr == '#' &&
           (l->role != STET_LINK_ANCHOR || !out->base_is_set ||
            stet_span_eq(stet_url_page(&out->base),
                         stet_url_page(&out->document)));
}

int stet_links_out_resolve(struct stet_links_out *out, struct stet_link *l,
                           struct stet_span input)
{
    int rc;

    if (!input.len || input.len > 4 * STET_MAX_LINK_URL ||
        is_inside(out, l, input))
        return STET_END;
    rc = stet_links_out_plain(out, l, input);
    if (rc != STET_END)
        return rc;
    if (!out->everything && is_inert(input))
        return STET_END;
    rc = stet_url_parse(&out->url, input, &out->base, NULL);
    if (rc)
        return rc == STET_ENOMEM ? rc : STET_END;
    if (!out->everything && !is_fetched(&out->url))
        return STET_END;
    l->url = stet_url_page(&out->url);
    l->fragment = stet_url_hash(&out->url);
    return STET_OK;
}

int stet_links_out_add_as(struct stet_links_out *out, struct stet_link *l,
                          struct stet_span input)
{
    int rc;

    if (l->raw.len > STET_MAX_LINK_URL)
        return STET_OK;
    rc = stet_links_out_resolve(out, l, input);
    if (rc)
        return rc == STET_END ? STET_OK : rc;
    return out->fn(out->ctx, l);
}

int stet_links_out_add(struct stet_links_out *out, struct stet_link *l)
{
    l->raw = stet_span_trim(l->raw);
    return stet_links_out_add_as(out, l, l->raw);
}

int stet_links_out_add_part(struct stet_links_out *out,
                            struct stet_links_spot *s, struct stet_span part,
                            struct stet_link *l)
{
    struct stet_span input;
    int rc;

    l->raw = stet_span_trim(part);
    if (!l->raw.len)
        return STET_OK;
    stet_links_spot_locate(s, s->verbatim ? l->raw : part, l);
    rc = stet_links_out_input(out, s, l, &input);
    return rc ? rc : stet_links_out_add_as(out, l, input);
}
