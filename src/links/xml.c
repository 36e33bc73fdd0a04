#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "links/html.h"
#include "links/lists.h"
#include "links/markup.h"

/* An element whose text is a URL. */
struct holder {
    const char *name;
    enum stet_link_role role;
    bool requisite;
};

static const struct holder holders[] = {
    { "loc", STET_LINK_ANCHOR, false },
    { "link", STET_LINK_ANCHOR, false },
    { "guid", STET_LINK_ANCHOR, false },
    { "comments", STET_LINK_OTHER, false },
    { "origLink", STET_LINK_ANCHOR, false },
    { "docs", STET_LINK_OTHER, false },
    { "icon", STET_LINK_ICON, false },
    { "logo", STET_LINK_IMAGE, false },
    { "url", STET_LINK_IMAGE, false }, /* of <image> */
    { "thumbnail_loc", STET_LINK_IMAGE, false },
    { "content_loc", STET_LINK_MEDIA, false },
    { "player_loc", STET_LINK_FRAME, false },
    { "commentRss", STET_LINK_FEED, false },
    { "BaseURL", STET_LINK_MEDIA, true },
    { "Location", STET_LINK_OTHER, false },
};

/* A URL, decoded, and where it stands: nowhere, if it comes in pieces, as it
 * does where comments or CDATA are in it. */
struct gathered {
    struct stet_buf text;
    struct stet_span piece; /* the first that is not blank */
    enum stet_link_place place;
    size_t n_pieces;
    bool broken; /* names an entity that nobody defined */
};

struct xml_search {
    struct stet_links_out *out;
    struct stet_links_spot *spot;
    struct stet_markup m;
    struct stet_links_text title; /* of the item */
    bool in_item, in_image, in_sitemap;
    bool item_has_link, guid_is_link;
    char leaf[24]; /* local name of the element that was opened last */
    const struct holder *holder; /* of that, or NULL */
    struct gathered url, guid;
};

static void gathered_reset(struct gathered *g)
{
    stet_buf_reset(&g->text);
    g->n_pieces = 0;
    g->broken = false;
}

static enum stet_link_place place_of(const struct stet_markup *m,
                                     struct stet_span part)
{
    const char *p = part.ptr;

    if (m->kind == STET_MARKUP_CDATA)
        return STET_PLACE_TEXT;
    if (m->kind != STET_MARKUP_OPEN)
        return STET_PLACE_XML_TEXT;
    while (p > m->attrs.ptr && stet_is_space((unsigned char)p[-1]))
        p--;
    return p > m->attrs.ptr && p[-1] == '\'' ? STET_PLACE_SINGLE
                                             : STET_PLACE_DOUBLE;
}

static void gather(struct gathered *g, const struct stet_markup *m,
                   struct stet_span part)
{
    struct stet_span trimmed = stet_span_trim(part);

    if (!trimmed.len)
        return;
    if (g->n_pieces++ == 0) {
        g->piece = trimmed;
        g->place = place_of(m, trimmed);
    }
    if (m->kind == STET_MARKUP_CDATA)
        stet_buf_add_span(&g->text, trimmed);
    else if (!stet_markup_decode(&g->text, trimmed))
        g->broken = true;
}

static int add_gathered(struct xml_search *x, const struct gathered *g,
                        enum stet_link_role role, bool requisite)
{
    struct stet_link l = { .role = role, .requisite = requisite };
    static const struct stet_span no_attr = { NULL, 0 };
    int rc = stet_buf_status(&g->text);

    if (rc)
        return rc == STET_ENOMEM ? rc : STET_OK;
    if (!g->n_pieces || g->broken)
        return STET_OK;
    l.raw = stet_buf_span(&g->text);
    l.context = stet_links_context(
        x->out, x->leaf[0] ? stet_span_of(x->leaf) : STET_SPAN("xml"), no_attr,
        no_attr);
    if (role == STET_LINK_ANCHOR)
        l.text = (struct stet_span){ x->title.bytes, x->title.len };
    stet_links_spot_locate(x->spot, g->piece, &l);
    l.place = g->n_pieces == 1 ? g->place : STET_PLACE_NONE;
    return stet_links_out_add(x->out, &l);
}

/* -- attributes ----------------------------------------------------------- */

static int add(struct xml_search *x, struct stet_span value,
               enum stet_link_role role, bool requisite)
{
    gathered_reset(&x->url);
    if (!value.ptr)
        return STET_OK;
    gather(&x->url, &x->m, value);
    return add_gathered(x, &x->url, role, requisite);
}

static bool leaf_is(const struct xml_search *x, const char *name)
{
    return !strcmp(x->leaf, name);
}

static enum stet_link_role role_of_type(struct stet_span type,
                                        struct stet_span url)
{
    if (stet_span_istarts(type, "image"))
        return STET_LINK_IMAGE;
    if (stet_span_istarts(type, "audio") || stet_span_istarts(type, "video"))
        return STET_LINK_MEDIA;
    return stet_link_role_of_file(stet_link_file_of(url));
}

/* <link> of Atom and of xhtml in sitemaps. */
static int on_link(struct xml_search *x)
{
    struct stet_span href = stet_markup_attr(&x->m, "href");
    struct stet_span rel = stet_markup_attr(&x->m, "rel");
    struct stet_span type = stet_markup_attr(&x->m, "type");
    enum stet_link_role role = STET_LINK_ANCHOR;

    if (stet_span_ieqs(rel, "self") || stet_span_ieqs(rel, "hub"))
        role = STET_LINK_OTHER;
    else if (stet_span_ieqs(rel, "next") || stet_span_ieqs(rel, "previous"))
        role = STET_LINK_PAGING;
    else if (stet_span_ieqs(rel, "enclosure"))
        role = role_of_type(type, href);
    else if (stet_span_ieqs(rel, "related"))
        role = STET_LINK_RELATED;
    else if (stet_span_ieqs(rel, "alternate") &&
             stet_markup_attr(&x->m, "hreflang").ptr)
        role = STET_LINK_ALTERNATE;
    if (role == STET_LINK_ANCHOR && href.len)
        x->item_has_link = true;
    return add(x, href, role, false);
}

/* Attributes that name a resource, whatever the element. */
static int on_attrs(struct xml_search *x)
{
    static const char *const segments[] = { "media", "sourceURL",
                                            "initialization", NULL };
    struct stet_span url = stet_markup_attr(&x->m, "url"), v;
    int rc = STET_OK;

    if (leaf_is(x, "link"))
        return on_link(x);
    if (url.ptr && leaf_is(x, "source"))
        return add(x, url, STET_LINK_FEED, false);
    if (url.ptr)
        return add(x, url,
                   leaf_is(x, "thumbnail")
                       ? STET_LINK_IMAGE
                       : role_of_type(stet_markup_attr(&x->m, "type"), url),
                   false);
    if (leaf_is(x, "content"))
        return add(x, stet_markup_attr(&x->m, "src"), STET_LINK_OTHER, false);
    if (leaf_is(x, "outline")) {
        rc = add(x, stet_markup_attr(&x->m, "xmlUrl"), STET_LINK_FEED, false);
        return rc ? rc
                  : add(x, stet_markup_attr(&x->m, "htmlUrl"), STET_LINK_ANCHOR,
                        false);
    }
    if (!leaf_is(x, "SegmentURL") && !leaf_is(x, "Initialization") &&
        !leaf_is(x, "SegmentTemplate") && !leaf_is(x, "RepresentationIndex"))
        return STET_OK;
    for (size_t i = 0; !rc && segments[i]; i++) {
        v = stet_markup_attr(&x->m, segments[i]);
        /* $Number$ and the like are patterns, not URLs. */
        if (v.len && !memchr(v.ptr, '$', v.len))
            rc = add(x, v, STET_LINK_MEDIA, true);
    }
    return rc;
}

/* -- elements ------------------------------------------------------------- */

/* The element that holds a URL ends, or what begins shows that it has. */
static int end_holder(struct xml_search *x)
{
    const struct holder *h = x->holder;
    enum stet_link_role role;

    x->holder = NULL;
    if (!h || !x->url.n_pieces)
        return STET_OK;
    role = h->role;
    if (!strcmp(h->name, "guid") && !x->guid_is_link) {
        struct gathered spare = x->guid;

        x->guid = x->url;
        x->url = spare;
        return STET_OK;
    }
    if (!strcmp(h->name, "loc") && (x->in_image || x->in_sitemap))
        role = x->in_image ? STET_LINK_IMAGE : STET_LINK_SITEMAP;
    if (!strcmp(h->name, "link") || !strcmp(h->name, "guid"))
        x->item_has_link = true;
    return add_gathered(x, &x->url, role, h->requisite);
}

/* An identifier is a link only where there is no other, and if it is a URL.
 */
static int end_item(struct xml_search *x)
{
    struct stet_span guid = stet_buf_span(&x->guid.text);
    int rc = stet_buf_status(&x->guid.text);

    rc = rc == STET_ENOMEM ? rc : STET_OK;
    if (!rc && x->in_item && !x->item_has_link && x->guid.n_pieces &&
        (stet_span_istarts(guid, "http://") ||
         stet_span_istarts(guid, "https://"))) {
        memcpy(x->leaf, "guid", 5);
        rc = add_gathered(x, &x->guid, STET_LINK_ANCHOR, false);
    }
    gathered_reset(&x->guid);
    x->in_item = x->item_has_link = false;
    return rc;
}

static void set_leaf(struct xml_search *x)
{
    size_t n = x->m.name.len;

    if (n >= sizeof(x->leaf))
        n = sizeof(x->leaf) - 1;
    memcpy(x->leaf, x->m.name.ptr, n);
    x->leaf[n] = '\0';
}

static const struct holder *holder_of(const struct xml_search *x)
{
    if (leaf_is(x, "url") && !x->in_image)
        return NULL;
    for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
        if (leaf_is(x, holders[i].name))
            return &holders[i];
    return NULL;
}

/* Some sitemaps have <loc><url>…</url></loc>. */
static bool is_inside_loc(const struct xml_search *x)
{
    return x->holder && !strcmp(x->holder->name, "loc") && !x->url.n_pieces &&
           stet_span_eqs(x->m.name, "url");
}

static int begin_item(struct xml_search *x)
{
    char leaf[sizeof(x->leaf)];
    int rc;

    memcpy(leaf, x->leaf, sizeof(leaf));
    rc = end_item(x);
    memcpy(x->leaf, leaf, sizeof(leaf));
    x->in_item = true;
    x->title.len = 0;
    x->title.space = x->title.full = false;
    return rc;
}

static int on_open(struct xml_search *x)
{
    int rc;

    if (is_inside_loc(x))
        return STET_OK;
    rc = end_holder(x);
    if (rc)
        return rc;
    set_leaf(x);
    if (leaf_is(x, "item") || leaf_is(x, "entry") || leaf_is(x, "url"))
        rc = begin_item(x);
    else if (leaf_is(x, "sitemap"))
        x->in_sitemap = true;
    else if (leaf_is(x, "image"))
        x->in_image = !x->m.self_closing;
    else if (leaf_is(x, "guid"))
        x->guid_is_link =
            !stet_span_ieqs(stet_markup_attr(&x->m, "isPermaLink"), "false");
    if (!rc && x->m.attrs.len)
        rc = on_attrs(x);
    gathered_reset(&x->url);
    x->holder = x->m.self_closing ? NULL : holder_of(x);
    return rc;
}

static int on_close(struct xml_search *x)
{
    int rc = end_holder(x);

    set_leaf(x);
    if (leaf_is(x, "sitemap"))
        x->in_sitemap = false;
    else if (leaf_is(x, "image"))
        x->in_image = false;
    else if (!rc && (leaf_is(x, "item") || leaf_is(x, "entry")))
        rc = end_item(x);
    x->leaf[0] = '\0';
    return rc;
}

static int add_title(struct xml_search *x)
{
    gathered_reset(&x->url);
    if (x->m.text.len > 4 * STET_MAX_LINK_TEXT)
        return STET_OK;
    if (x->m.kind == STET_MARKUP_CDATA)
        stet_buf_add_span(&x->url.text, x->m.text);
    else
        (void)stet_markup_decode(&x->url.text, x->m.text);
    stet_links_text_add(&x->title, stet_buf_span(&x->url.text));
    return stet_buf_status(&x->url.text) == STET_ENOMEM ? STET_ENOMEM : STET_OK;
}

static int on_text(struct xml_search *x)
{
    if (x->holder)
        gather(&x->url, &x->m, x->m.text);
    else if (x->in_item && leaf_is(x, "title"))
        return add_title(x);
    return STET_OK;
}

static int read_all(struct xml_search *x)
{
    int rc = STET_OK;

    for (stet_markup_next(&x->m); !rc && x->m.kind != STET_MARKUP_END_OF_INPUT;
         stet_markup_next(&x->m)) {
        if (x->m.kind == STET_MARKUP_OPEN)
            rc = on_open(x);
        else if (x->m.kind == STET_MARKUP_CLOSE)
            rc = on_close(x);
        else
            rc = on_text(x);
    }
    if (!rc)
        rc = end_holder(x);
    return rc ? rc : end_item(x);
}

int stet_links_xml(struct stet_links_out *out, struct stet_links_spot *s,
                   enum stet_links_type kind)
{
    struct xml_search x = { .out = out, .spot = s };
    struct stet_span start = stet_span_trim(s->text);
    int rc;

    if (stet_span_starts(start, STET_SPAN("\xEF\xBB\xBF")))
        start = stet_span_trim(stet_span_sub(start, 3, start.len));
    if (kind == STET_LINKS_SITEMAP && start.len && *start.ptr != '<')
        return stet_links_lines(out, s, start);
    stet_buf_init(&x.url.text, 4 * STET_MAX_LINK_URL);
    stet_buf_init(&x.guid.text, 4 * STET_MAX_LINK_URL);
    stet_markup_init(&x.m, s->text);
    rc = read_all(&x);
    stet_buf_clear(&x.url.text);
    stet_buf_clear(&x.guid.text);
    return rc;
}
