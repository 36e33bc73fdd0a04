#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "links/html.h"

/* How an attribute's value is read. */
enum shape {
    NO_LINK,
    ONE,    /* the whole value is a URL */
    SRCSET, /* a srcset */
    LIST,   /* URLs and white space */
    CSS,    /* declarations, or a value with url() */
    JSON,
    HANDLER,
    FLASHVARS,
};

struct rule {
    enum shape shape;
    enum stet_link_role role;
    bool requisite, speculative;
};

const struct stet_html_attr *stet_links_attr(const struct stet_html_token *t,
                                             enum stet_html_attr_id id)
{
    for (size_t i = 0; i < t->n_attrs; i++)
        if (t->attrs[i].id == id && !t->attrs[i].duplicate)
            return t->attrs[i].value.len ? &t->attrs[i] : NULL;
    return NULL;
}

struct stet_span stet_links_attr_value(const struct stet_html_token *t,
                                       enum stet_html_attr_id id)
{
    const struct stet_html_attr *a = stet_links_attr(t, id);

    return a ? a->value : STET_SPAN("");
}

void stet_links_spot_attr(struct stet_links_html *h, struct stet_links_spot *s,
                          const struct stet_html_attr *a)
{
    uint64_t offset = a->value_offset + h->shift;
    size_t n = (size_t)a->value_length;

    *s = (struct stet_links_spot){
        .text = a->value,
        .offset = offset,
        .length = a->value_length,
        .charset = h->out.charset,
        .place = a->quote == '"'    ? STET_PLACE_DOUBLE
                 : a->quote == '\'' ? STET_PLACE_SINGLE
                                    : STET_PLACE_UNQUOTED,
    };
    if (h->unplaced) {
        s->place = STET_PLACE_NONE;
        s->offset = s->length = 0;
        return;
    }
    if (offset + n <= h->source.len) {
        s->raw = stet_span_sub(h->source, (size_t)offset, n);
        s->verbatim = stet_span_eq(s->raw, a->value);
    } else {
        /* References shorten, so equal lengths mean that there is none. */
        s->verbatim = n == a->value.len && !memchr(a->value.ptr, '&', n) &&
                      (!h->out.charset || h->out.charset == STET_CHARSET_UTF_8);
    }
}

void stet_links_begin(struct stet_links_html *h, struct stet_link *l,
                      const struct stet_html_token *t,
                      const struct stet_html_attr *a)
{
    memset(l, 0, sizeof(*l));
    l->fallback = h->noscripts || h->templates || h->nested;
    l->context = stet_links_context(&h->out, t->name, a->name,
                                    (struct stet_span){ NULL, 0 });
}

int stet_links_add_attr(struct stet_links_html *h,
                        const struct stet_html_attr *a, struct stet_link *l)
{
    struct stet_links_spot s;

    stet_links_spot_attr(h, &s, a);
    return stet_links_out_add_part(&h->out, &s, s.text, l);
}

/* -- which attribute is what -------------------------------------------- */

static struct rule one(enum stet_link_role role, bool requisite)
{
    return (struct rule){ ONE, role, requisite, false };
}

static struct rule guess(enum shape shape, enum stet_link_role role)
{
    return (struct rule){ shape, role, false, true };
}

static const struct rule none = { NO_LINK, STET_LINK_OTHER, false, false };

static bool is_absolute(struct stet_span v)
{
    return stet_span_istarts(v, "https://") ||
           stet_span_istarts(v, "http://") ||
           (v.len > 4 && v.ptr[0] == '/' && v.ptr[1] == '/' &&
            stet_is_alnum((unsigned char)v.ptr[2]));
}

static struct rule by_file(struct stet_span value)
{
    return guess(ONE, stet_link_role_of_file(stet_link_file_of(value)));
}

/* src= of an element; unknown ones are taken for what the file is. */
static struct rule rule_src(const struct stet_links_html *h,
                            const struct stet_html_token *t,
                            const struct stet_html_attr *a)
{
    /* The other tags are looked at by the default. */
    switch ((int)t->tag) {
    case STET_HTML_TAG_IMG:
    case STET_HTML_TAG_IMAGE:
    case STET_HTML_TAG_INPUT:
    case STET_HTML_TAG_AMP_IMG:
        return one(STET_LINK_IMAGE, true);
    case STET_HTML_TAG_SCRIPT:
        return one(STET_LINK_SCRIPT, true);
    case STET_HTML_TAG_IFRAME:
    case STET_HTML_TAG_FRAME:
    case STET_HTML_TAG_AMP_IFRAME:
        return one(STET_LINK_FRAME, true);
    case STET_HTML_TAG_AUDIO:
    case STET_HTML_TAG_VIDEO:
    case STET_HTML_TAG_TRACK:
    case STET_HTML_TAG_BGSOUND:
    case STET_HTML_TAG_AMP_VIDEO:
        return one(STET_LINK_MEDIA, true);
    case STET_HTML_TAG_SOURCE:
        return one(h->pictures || stet_link_file_of(a->value) == STET_FILE_IMAGE
                       ? STET_LINK_IMAGE
                       : STET_LINK_MEDIA,
                   true);
    case STET_HTML_TAG_EMBED:
        return one(STET_LINK_OBJECT, true);
    default:
        return by_file(a->value);
    }
}

/* href= of anything but a, area, link and base: SVG, mostly. */
static struct rule rule_href(const struct stet_html_token *t,
                             const struct stet_html_attr *a)
{
    switch ((int)t->tag) {
    case STET_HTML_TAG_IMAGE:
    case STET_HTML_TAG_FEIMAGE:
    case STET_HTML_TAG_USE:
        return one(STET_LINK_IMAGE, true);
    case STET_HTML_TAG_SCRIPT:
        return one(STET_LINK_SCRIPT, true);
    case STET_HTML_TAG_A:
    case STET_HTML_TAG_AREA:
    case STET_HTML_TAG_LINK:
    case STET_HTML_TAG_BASE:
        return none; /* they have their own functions */
    default:
        if (t->foreign)
            return one(STET_LINK_OTHER, true);
        return is_absolute(a->value) ? by_file(a->value) : none;
    }
}

/* Objects and applets. */
static struct rule rule_object(const struct stet_html_token *t,
                               enum stet_html_attr_id id)
{
    bool applet = t->tag == STET_HTML_TAG_APPLET;

    if (id == STET_HTML_ATTR_DATA && t->tag == STET_HTML_TAG_OBJECT)
        return one(STET_LINK_OBJECT, true);
    if (id == STET_HTML_ATTR_ARCHIVE &&
        (applet || t->tag == STET_HTML_TAG_OBJECT))
        return (struct rule){ LIST, STET_LINK_OBJECT, true, false };
    if (id == STET_HTML_ATTR_CODE && applet)
        return one(STET_LINK_OBJECT, true);
    if (id == STET_HTML_ATTR_CODEBASE &&
        (applet || t->tag == STET_HTML_TAG_OBJECT))
        return one(STET_LINK_OTHER, false);
    return none;
}

static bool name_has(struct stet_span name, const char *part)
{
    return stet_span_find(name, stet_span_of(part)) < name.len;
}

/* A value of a data-* attribute that is one URL by its shape. */
static bool is_url_shaped(struct stet_span v)
{
    if (v.len > STET_MAX_LINK_URL)
        return false;
    for (size_t i = 0; i < v.len; i++)
        if ((unsigned char)v.ptr[i] <= ' ' || v.ptr[i] == '<' ||
            v.ptr[i] == '{')
            return false;
    return true;
}

/* The conventions of lazy loaders: the name tells that it is an image. */
static bool is_lazy_name(struct stet_span n)
{
    static const char *const begins[] = { "src",     "original",   "lazy",
                                          "bg",      "background", "image",
                                          "img",     "poster",     "hi-res",
                                          "fullsrc", NULL };
    struct stet_span rest = stet_span_sub(n, 5, n.len); /* after "data-" */

    for (size_t i = 0; rest.len && begins[i]; i++)
        if (*rest.ptr == begins[i][0] && stet_span_istarts(rest, begins[i]))
            return true;
    return name_has(rest, "-src");
}

static enum stet_link_role lazy_role(const struct stet_links_html *h,
                                     const struct stet_html_token *t,
                                     const struct stet_html_attr *a)
{
    struct rule r = rule_src(h, t, a);

    return r.role == STET_LINK_OTHER || r.role == STET_LINK_ANCHOR
               ? STET_LINK_IMAGE
               : r.role;
}

/* data-href, data-url, data-uri and the like. */
static bool names_target(struct stet_span name)
{
    return name_has(name, "href") || name_has(name, "-ur");
}

/* A value that is url(…), or declarations with one. */
static bool has_css_url(struct stet_span v)
{
    const char *p = v.ptr, *end = v.ptr + v.len;

    while ((p = memchr(p, '(', (size_t)(end - p)))) {
        size_t at = (size_t)(p - v.ptr);

        if (at >= 3 && stet_span_istarts(stet_span_sub(v, at - 3, 3), "url") &&
            (at == 3 || v.ptr[at - 4] == ':'))
            return true;
        p++;
    }
    return false;
}

static struct rule rule_data(const struct stet_links_html *h,
                             const struct stet_html_token *t,
                             const struct stet_html_attr *a)
{
    struct stet_span v = stet_span_trim(a->value);
    bool lazy;

    /* Most of these attributes are names and numbers. */
    if (!v.len ||
        (*v.ptr != '{' && *v.ptr != '[' && !memchr(v.ptr, '/', v.len) &&
         !memchr(v.ptr, '.', v.len) && !memchr(v.ptr, '(', v.len) &&
         !names_target(a->name) && !name_has(a->name, "set")))
        return none;
    lazy = is_lazy_name(a->name) && !name_has(a->name, "sizes");
    if (*v.ptr == '{' || *v.ptr == '[')
        return guess(JSON, STET_LINK_OTHER);
    if (has_css_url(v))
        return (struct rule){ CSS, STET_LINK_IMAGE, true, false };
    if (lazy && (name_has(a->name, "set") || memchr(v.ptr, ',', v.len)))
        return (struct rule){ SRCSET, STET_LINK_IMAGE, true, false };
    if (!is_url_shaped(v))
        return none;
    if (lazy && (is_absolute(v) || memchr(v.ptr, '/', v.len) ||
                 stet_link_file_of(v) != STET_FILE_OTHER))
        return one(lazy_role(h, t, a), true);
    if (is_absolute(v))
        return by_file(v);
    if (names_target(a->name))
        return by_file(v);
    return none;
}

/* Attributes that have no number. */
static struct rule rule_other(const struct stet_links_html *h,
                              const struct stet_html_token *t,
                              const struct stet_html_attr *a)
{
    struct stet_span n = a->name, v = a->value;

    if (n.len > 5 && memcmp(n.ptr, "data-", 5) == 0)
        return rule_data(h, t, a);
    if (n.len > 3 && n.ptr[0] == 'o' && n.ptr[1] == 'n' && n.ptr[2] != '-')
        return guess(HANDLER, STET_LINK_OTHER);
    if (*v.ptr == '{' || *v.ptr == '[')
        return guess(JSON, STET_LINK_OTHER);
    if (t->foreign && name_has(v, "url("))
        return (struct rule){ CSS, STET_LINK_OTHER, true, false };
    if (stet_span_eqs(n, "flashvars"))
        return guess(FLASHVARS, STET_LINK_OTHER);
    if (stet_span_eqs(n, "altimg"))
        return one(STET_LINK_IMAGE, true);
    return none;
}

static struct rule rule_of(const struct stet_links_html *h,
                           const struct stet_html_token *t,
                           const struct stet_html_attr *a)
{
    /* Most attributes never hold a link. */
    switch ((int)a->id) {
    case STET_HTML_ATTR_OTHER:
        return rule_other(h, t, a);
    case STET_HTML_ATTR_SRC:
        return rule_src(h, t, a);
    case STET_HTML_ATTR_HREF:
    case STET_HTML_ATTR_XLINK_HREF:
        return rule_href(t, a);
    case STET_HTML_ATTR_SRCSET:
        return (struct rule){ SRCSET, STET_LINK_IMAGE, true, false };
    case STET_HTML_ATTR_STYLE:
        return (struct rule){ CSS, STET_LINK_IMAGE, true, false };
    case STET_HTML_ATTR_POSTER:
    case STET_HTML_ATTR_BACKGROUND:
    case STET_HTML_ATTR_LOWSRC:
    case STET_HTML_ATTR_ICON:
        return one(STET_LINK_IMAGE, true);
    case STET_HTML_ATTR_DYNSRC:
        return one(STET_LINK_MEDIA, true);
    case STET_HTML_ATTR_ACTION:
    case STET_HTML_ATTR_FORMACTION:
        return one(STET_LINK_FORM, false);
    case STET_HTML_ATTR_CITE:
    case STET_HTML_ATTR_LONGDESC:
    case STET_HTML_ATTR_PROFILE:
    case STET_HTML_ATTR_MANIFEST:
        return one(STET_LINK_OTHER, false);
    case STET_HTML_ATTR_PING:
        return (struct rule){ LIST, STET_LINK_OTHER, false, false };
    case STET_HTML_ATTR_DATA:
    case STET_HTML_ATTR_ARCHIVE:
    case STET_HTML_ATTR_CODE:
    case STET_HTML_ATTR_CODEBASE:
        return rule_object(t, a->id);
    case STET_HTML_ATTR_DATA_BG:
    case STET_HTML_ATTR_DATA_HREF:
    case STET_HTML_ATTR_DATA_LAZY_SRC:
    case STET_HTML_ATTR_DATA_ORIGINAL:
    case STET_HTML_ATTR_DATA_SRC:
    case STET_HTML_ATTR_DATA_SRCSET:
    case STET_HTML_ATTR_DATA_URL:
        return rule_data(h, t, a);
    default:
        return none;
    }
}

/* -- following a rule ---------------------------------------------------- */

static int follow(struct stet_links_html *h, const struct stet_html_token *t,
                  const struct stet_html_attr *a, const struct rule *r)
{
    struct stet_links_spot s;
    struct stet_link l;

    stet_links_begin(h, &l, t, a);
    l.role = r->role;
    l.requisite = r->requisite;
    l.speculative = r->speculative;
    if (t->tag == STET_HTML_TAG_IMG) {
        l.text = stet_span_trim(stet_links_attr_value(t, STET_HTML_ATTR_ALT));
        if (l.text.len > STET_MAX_LINK_TEXT)
            l.text = STET_SPAN("");
    }
    stet_links_spot_attr(h, &s, a);
    switch (r->shape) {
    case ONE:
        return stet_links_out_add_part(&h->out, &s, s.text, &l);
    case SRCSET:
        return stet_links_srcset(&h->out, &s, &l);
    case LIST:
        return stet_links_list(&h->out, &s, &l);
    case CSS:
        return stet_links_css(&h->out, &s, &l);
    case JSON:
        return stet_links_json(&h->out, &s, STET_JSON_LINKS_ANY, &l);
    case HANDLER:
        return stet_links_handler(&h->out, &s, &l);
    case FLASHVARS:
        return stet_links_flashvars(&h->out, &s, &l);
    case NO_LINK:
    default:
        return STET_OK;
    }
}

/* srcdoc= holds a document, with a base of its own if it has one; its links
 * have no place of their own. */
static int on_srcdoc(struct stet_links_html *h, const struct stet_html_attr *a)
{
    struct stet_url base = h->out.base;
    bool is_set = h->out.base_is_set;
    unsigned templates = h->templates;
    int rc;

    if (h->nested)
        return STET_OK;
    stet_url_init(&h->out.base);
    rc = stet_url_copy(&h->out.base, &base);
    h->out.base_is_set = false;
    h->templates = 0;
    h->unplaced = true;
    if (rc == STET_OK)
        rc = stet_links_nested(h, a->value, 0);
    h->unplaced = false;
    h->templates = templates;
    h->out.base_is_set = is_set;
    stet_url_clear(&h->out.base);
    h->out.base = base;
    return rc;
}

int stet_links_on_attrs(struct stet_links_html *h,
                        const struct stet_html_token *t)
{
    int rc = STET_OK;

    for (size_t i = 0; !rc && i < t->n_attrs; i++) {
        const struct stet_html_attr *a = &t->attrs[i];
        struct rule r;

        if (!a->value.len || a->duplicate)
            continue;
        if (a->id == STET_HTML_ATTR_SRCDOC) {
            rc = on_srcdoc(h, a);
            continue;
        }
        r = rule_of(h, t, a);
        if (r.shape != NO_LINK)
            rc = follow(h, t, a, &r);
    }
    return rc;
}
