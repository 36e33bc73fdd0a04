#include "base/ascii.h"
#include "base/span.h"
#include "links/html.h"

/* -- link --------------------------------------------------------------- */

static int add_imagesrcset(struct stet_links_html *h,
                           const struct stet_html_token *t,
                           struct stet_span rel, struct stet_span type)
{
    const struct stet_html_attr *a =
        stet_links_attr(t, STET_HTML_ATTR_IMAGESRCSET);
    struct stet_links_spot s;
    struct stet_link l;

    if (!a)
        return STET_OK;
    stet_links_begin(h, &l, t, a);
    (void)stet_links_by_rel(&l, rel, type);
    stet_links_spot_attr(h, &s, a);
    return stet_links_srcset(&h->out, &s, &l);
}

/* <link itemprop=image href>, as microdata has it. */
static void set_itemprop(struct stet_link *l, struct stet_span prop)
{
    if (stet_links_has_word(prop, "image") ||
        stet_links_has_word(prop, "thumbnailUrl")) {
        l->role = STET_LINK_IMAGE;
        l->requisite = true;
    }
}

int stet_links_on_link(struct stet_links_html *h,
                       const struct stet_html_token *t)
{
    const struct stet_html_attr *a = stet_links_attr(t, STET_HTML_ATTR_HREF);
    struct stet_span rel = stet_links_attr_value(t, STET_HTML_ATTR_REL);
    struct stet_span type = stet_links_attr_value(t, STET_HTML_ATTR_TYPE);
    struct stet_span prop = stet_links_attr_value(t, STET_HTML_ATTR_ITEMPROP);
    struct stet_span what = rel.len ? rel : prop;
    struct stet_span name = STET_SPAN_INIT("href");
    struct stet_link l;
    int rc = add_imagesrcset(h, t, rel, type);

    if (rc || !a)
        return rc;
    stet_links_begin(h, &l, t, a);
    rc = stet_links_by_rel(&l, rel, type);
    if (!rel.len && prop.len) {
        set_itemprop(&l, prop);
        rc = STET_OK;
    }
    if (rc && !h->out.everything)
        return STET_OK;
    l.context = stet_links_context(&h->out, t->name, name, what);
    l.text = stet_links_attr_value(t, STET_HTML_ATTR_TITLE);
    if (l.text.len > STET_MAX_LINK_TEXT)
        l.text = STET_SPAN("");
    return stet_links_add_attr(h, a, &l);
}

/* -- meta --------------------------------------------------------------- */

enum { NEEDED = 1 };

static const struct {
    const char *name;
    enum stet_link_role role;
    unsigned flags;
} metas[] = {
    { "og:image", STET_LINK_IMAGE, NEEDED },
    { "og:image:url", STET_LINK_IMAGE, NEEDED },
    { "og:image:secure_url", STET_LINK_IMAGE, NEEDED },
    { "og:video", STET_LINK_MEDIA, 0 },
    { "og:video:url", STET_LINK_MEDIA, 0 },
    { "og:video:secure_url", STET_LINK_MEDIA, 0 },
    { "og:audio", STET_LINK_MEDIA, 0 },
    { "og:audio:url", STET_LINK_MEDIA, 0 },
    { "og:audio:secure_url", STET_LINK_MEDIA, 0 },
    { "og:url", STET_LINK_CANONICAL, 0 },
    { "twitter:image", STET_LINK_IMAGE, NEEDED },
    { "twitter:image:src", STET_LINK_IMAGE, NEEDED },
    { "twitter:image0", STET_LINK_IMAGE, NEEDED },
    { "twitter:image1", STET_LINK_IMAGE, NEEDED },
    { "twitter:image2", STET_LINK_IMAGE, NEEDED },
    { "twitter:image3", STET_LINK_IMAGE, NEEDED },
    { "twitter:player", STET_LINK_FRAME, 0 },
    { "twitter:player:stream", STET_LINK_MEDIA, 0 },
    { "twitter:url", STET_LINK_CANONICAL, 0 },
    { "thumbnail", STET_LINK_IMAGE, NEEDED },
    { "image", STET_LINK_IMAGE, NEEDED },
    { "thumbnailurl", STET_LINK_IMAGE, NEEDED },
    { "contenturl", STET_LINK_MEDIA, 0 },
    { "embedurl", STET_LINK_FRAME, 0 },
    { "url", STET_LINK_OTHER, 0 },
    { "logo", STET_LINK_IMAGE, NEEDED },
    { "msapplication-tileimage", STET_LINK_ICON, NEEDED },
    { "msapplication-square70x70logo", STET_LINK_ICON, NEEDED },
    { "msapplication-square150x150logo", STET_LINK_ICON, NEEDED },
    { "msapplication-square310x310logo", STET_LINK_ICON, NEEDED },
    { "msapplication-wide310x150logo", STET_LINK_ICON, NEEDED },
    { "msapplication-config", STET_LINK_OTHER, 0 },
};

static bool is_absolute(struct stet_span v)
{
    return stet_span_istarts(v, "http://") || stet_span_istarts(v, "https://");
}

/* Sets the role by the name of the meta element; false: not a link. */
static bool set_meta_role(struct stet_link *l, struct stet_span name,
                          struct stet_span value)
{
    for (size_t i = 0; i < sizeof(metas) / sizeof(metas[0]); i++) {
        if (!stet_span_ieqs(name, metas[i].name))
            continue;
        l->role = metas[i].role;
        l->requisite = metas[i].flags & NEEDED;
        return true;
    }
    if (!is_absolute(value))
        return false;
    l->role = stet_link_role_of_file(stet_link_file_of(value));
    if (stet_span_ifind(name, STET_SPAN("image")) < name.len)
        l->role = STET_LINK_IMAGE;
    l->speculative = true;
    return true;
}

static int on_refresh(struct stet_links_html *h,
                      const struct stet_html_token *t,
                      const struct stet_html_attr *content)
{
    struct stet_links_spot s;
    struct stet_link l;

    stet_links_begin(h, &l, t, content);
    l.role = STET_LINK_REFRESH;
    l.context = stet_links_context(&h->out, t->name, content->name,
                                   STET_SPAN("refresh"));
    stet_links_spot_attr(h, &s, content);
    return stet_links_refresh(&h->out, &s, &l);
}

static bool says_nofollow(struct stet_span directives)
{
    struct stet_span rest = directives, d;

    while (rest.ptr) {
        d = stet_span_trim(stet_span_cut(&rest, ','));
        if (stet_span_ieqs(d, "nofollow") || stet_span_ieqs(d, "none"))
            return true;
    }
    return false;
}

int stet_links_on_meta(struct stet_links_html *h,
                       const struct stet_html_token *t)
{
    const struct stet_html_attr *a = stet_links_attr(t, STET_HTML_ATTR_CONTENT);
    struct stet_span equiv =
        stet_links_attr_value(t, STET_HTML_ATTR_HTTP_EQUIV);
    struct stet_span name = stet_links_attr_value(t, STET_HTML_ATTR_PROPERTY);
    struct stet_link l;

    if (!a)
        return STET_OK;
    if (stet_span_ieqs(stet_span_trim(equiv), "refresh"))
        return on_refresh(h, t, a);
    if (!name.len)
        name = stet_links_attr_value(t, STET_HTML_ATTR_NAME);
    if (!name.len)
        name = stet_links_attr_value(t, STET_HTML_ATTR_ITEMPROP);
    name = stet_span_trim(name);
    if (stet_span_ieqs(name, "robots") && says_nofollow(a->value))
        h->nofollow = true;
    stet_links_begin(h, &l, t, a);
    if (!name.len || !set_meta_role(&l, name, stet_span_trim(a->value)))
        return STET_OK;
    l.context = stet_links_context(&h->out, t->name, a->name, name);
    return stet_links_add_attr(h, a, &l);
}

/* -- base, param -------------------------------------------------------- */

/* Also an empty one. */
static bool has_href(const struct stet_html_token *t)
{
    for (size_t i = 0; i < t->n_attrs; i++)
        if (t->attrs[i].id == STET_HTML_ATTR_HREF)
            return true;
    return false;
}

int stet_links_on_base(struct stet_links_html *h,
                       const struct stet_html_token *t)
{
    const struct stet_html_attr *a = stet_links_attr(t, STET_HTML_ATTR_HREF);
    /* Not one that is no element of the document (a srcdoc is one). */
    bool counts = !h->templates && (!h->nested || h->unplaced);
    struct stet_link l;
    int rc = STET_OK;

    if (counts && has_href(t))
        rc = stet_links_out_set_base(&h->out, a ? a->value : STET_SPAN(""));
    if (rc || !a)
        return rc;
    stet_links_begin(h, &l, t, a);
    l.role = STET_LINK_BASE;
    return stet_links_add_attr(h, a, &l);
}

/* The parameters of plug-ins that name what they load. */
int stet_links_on_param(struct stet_links_html *h,
                        const struct stet_html_token *t)
{
    static const char *const loaders[] = { "src",  "movie",    "data",  "url",
                                           "file", "filename", "image", NULL };
    const struct stet_html_attr *a = stet_links_attr(t, STET_HTML_ATTR_VALUE);
    struct stet_span name = stet_links_attr_value(t, STET_HTML_ATTR_NAME);
    struct stet_links_spot s;
    struct stet_link l;
    bool loads = false;

    if (!a)
        return STET_OK;
    stet_links_begin(h, &l, t, a);
    if (stet_span_ieqs(name, "flashvars")) {
        stet_links_spot_attr(h, &s, a);
        return stet_links_flashvars(&h->out, &s, &l);
    }
    for (size_t i = 0; loaders[i]; i++)
        loads = loads || stet_span_ieqs(name, loaders[i]);
    if (!loads && !is_absolute(a->value))
        return STET_OK;
    l.role = STET_LINK_OBJECT;
    l.requisite = loads;
    return stet_links_add_attr(h, a, &l);
}
