#include "links/lists.h"

#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "links/html.h"
#include "links/markup.h"

/* -- playlists ------------------------------------------------------------- */

/* URI="…" of a tag's attribute list. */
static struct stet_span uri_of(struct stet_span line)
{
    size_t at = stet_span_find(line, STET_SPAN("URI=\""));
    struct stet_span rest = stet_span_sub(line, at, line.len);

    if (at == line.len)
        return rest;
    rest = stet_span_sub(rest, 5, rest.len);
    return stet_span_sub(rest, 0, stet_span_find(rest, STET_SPAN("\"")));
}

int stet_links_hls(struct stet_links_out *out, struct stet_links_spot *s)
{
    struct stet_span rest = s->text, line, url;
    int rc = STET_OK;

    while (!rc && rest.ptr) {
        struct stet_link l = { .role = STET_LINK_MEDIA,
                               .requisite = true,
                               .context = "m3u8" };

        line = stet_span_trim(stet_span_cut(&rest, '\n'));
        url = line.len && *line.ptr == '#' ? uri_of(line) : line;
        if (url.len)
            rc = stet_links_out_add_part(out, s, url, &l);
    }
    return rc;
}

/* A sitemap of one URL a line. */
static int find_lines(struct stet_links_out *out, struct stet_links_spot *s)
{
    struct stet_span rest = s->text, line;
    int rc = STET_OK;

    while (!rc && rest.ptr) {
        struct stet_link l = { .role = STET_LINK_ANCHOR, .context = "sitemap" };

        line = stet_span_trim(stet_span_cut(&rest, '\n'));
        if (stet_span_istarts(line, "http"))
            rc = stet_links_out_add_part(out, s, line, &l);
    }
    return rc;
}

/* -- XML --------------------------------------------------------------------
 */

struct xml_search {
    struct stet_links_out *out;
    struct stet_links_spot *spot;
    struct stet_markup m;
    struct stet_links_text title; /* of the item */
    bool in_item, in_image, in_sitemap;
    bool guid_is_link;
    char leaf[24]; /* local name of the element that was opened last */
    struct stet_buf decoded;
};

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

static int add(struct xml_search *x, struct stet_span part,
               enum stet_link_role role, bool requisite)
{
    struct stet_link l = { .role = role, .requisite = requisite };
    struct stet_span trimmed = stet_span_trim(part);
    static const struct stet_span no_attr = { NULL, 0 };

    if (!trimmed.len || trimmed.len > STET_MAX_LINK_URL)
        return STET_OK;
    stet_buf_reset(&x->decoded);
    if (x->m.kind == STET_MARKUP_CDATA)
        stet_buf_add_span(&x->decoded, trimmed);
    else
        stet_markup_decode(&x->decoded, trimmed);
    if (stet_buf_status(&x->decoded))
        return stet_buf_status(&x->decoded) == STET_ENOMEM ? STET_ENOMEM
                                                           : STET_OK;
    l.raw = stet_buf_span(&x->decoded);
    l.context = stet_links_context(
        x->out, x->leaf[0] ? stet_span_of(x->leaf) : STET_SPAN("xml"), no_attr,
        no_attr);
    if (role == STET_LINK_ANCHOR)
        l.text = (struct stet_span){ x->title.bytes, x->title.len };
    stet_links_spot_locate(x->spot, trimmed, &l);
    l.place = place_of(&x->m, trimmed);
    return stet_links_out_add(x->out, &l);
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

static void set_leaf(struct xml_search *x)
{
    size_t n = x->m.name.len;

    if (n >= sizeof(x->leaf))
        n = sizeof(x->leaf) - 1;

    memcpy(x->leaf, x->m.name.ptr, n);
    x->leaf[n] = '\0';
}

static int on_open(struct xml_search *x)
{
    set_leaf(x);
    if (leaf_is(x, "item") || leaf_is(x, "entry") || leaf_is(x, "url")) {
        x->in_item = true;
        x->title.len = 0;
        x->title.space = x->title.full = false;
    } else if (leaf_is(x, "sitemap")) {
        x->in_sitemap = true;
    } else if (leaf_is(x, "image")) {
        x->in_image = !x->m.self_closing;
    } else if (leaf_is(x, "guid")) {
        x->guid_is_link =
            !stet_span_ieqs(stet_markup_attr(&x->m, "isPermaLink"), "false");
    }
    return x->m.attrs.len ? on_attrs(x) : STET_OK;
}

static void on_close(struct xml_search *x)
{
    set_leaf(x);
    if (leaf_is(x, "sitemap"))
        x->in_sitemap = false;
    else if (leaf_is(x, "image"))
        x->in_image = false;
    x->leaf[0] = '\0';
}

static void add_title(struct xml_search *x)
{
    stet_buf_reset(&x->decoded);
    if (x->m.text.len > 4 * STET_MAX_LINK_TEXT)
        return;
    if (x->m.kind == STET_MARKUP_CDATA)
        stet_buf_add_span(&x->decoded, x->m.text);
    else
        stet_markup_decode(&x->decoded, x->m.text);
    stet_links_text_add(&x->title, stet_buf_span(&x->decoded));
}

/* Text of an element that holds a URL. */
static int on_text(struct xml_search *x)
{
    static const struct {
        const char *leaf;
        enum stet_link_role role;
        bool requisite;
    } leaves[] = {
        { "link", STET_LINK_ANCHOR, false },
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

    if (leaf_is(x, "title")) {
        if (x->in_item)
            add_title(x);
        return STET_OK;
    }
    if (leaf_is(x, "loc"))
        return add(x, x->m.text,
                   x->in_image     ? STET_LINK_IMAGE
                   : x->in_sitemap ? STET_LINK_SITEMAP
                                   : STET_LINK_ANCHOR,
                   false);
    if (leaf_is(x, "guid"))
        return x->guid_is_link ? add(x, x->m.text, STET_LINK_ANCHOR, false)
                               : STET_OK;
    for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++)
        if (leaf_is(x, leaves[i].leaf) && (x->in_image || !leaf_is(x, "url")))
            return add(x, x->m.text, leaves[i].role, leaves[i].requisite);
    return STET_OK;
}

int stet_links_xml(struct stet_links_out *out, struct stet_links_spot *s,
                   enum stet_links_type kind)
{
    struct xml_search x = { .out = out, .spot = s };
    struct stet_span start = stet_span_trim(s->text);
    int rc = STET_OK;

    if (stet_span_starts(start, STET_SPAN("\xEF\xBB\xBF")))
        start = stet_span_sub(start, 3, start.len);
    if (kind == STET_LINKS_SITEMAP && stet_span_istarts(start, "http"))
        return find_lines(out, s);
    stet_buf_init(&x.decoded, 4 * STET_MAX_LINK_URL);
    stet_markup_init(&x.m, s->text);
    for (stet_markup_next(&x.m); !rc && x.m.kind != STET_MARKUP_END_OF_INPUT;
         stet_markup_next(&x.m)) {
        if (x.m.kind == STET_MARKUP_OPEN)
            rc = on_open(&x);
        else if (x.m.kind == STET_MARKUP_CLOSE)
            on_close(&x);
        else if (x.leaf[0])
            rc = on_text(&x);
    }
    stet_buf_clear(&x.decoded);
    return rc;
}
