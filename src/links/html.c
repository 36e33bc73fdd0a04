#include "links/html.h"

#include "base/ascii.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <string.h>

int stet_links_html_new(struct stet_links_html **out,
                        const struct stet_links_options *o, stet_link_fn fn,
                        void *ctx, struct stet_error *err)
{
    struct stet_links_html *h = stet_alloc(sizeof(*h));
    int rc;

    *out = NULL;
    if (!h)
        return stet_fail(err, STET_ENOMEM, "no memory for a link finder");
    rc = stet_links_out_init(&h->out, o, fn, ctx, err);
    if (rc) {
        stet_free(h);
        return rc;
    }
    h->in_order = o->in_order;
    h->source = o->source;
    h->xml = o->type == STET_LINKS_XHTML;
    stet_buf_init(&h->anchor.raw, STET_MAX_LINK_URL);
    stet_buf_init(&h->anchor.href, 16 * STET_MAX_LINK_URL + STET_MAX_URL);
    stet_buf_init(&h->anchor.rel, STET_MAX_LINK_REL);
    stet_buf_init(&h->held.bytes, STET_MAX_LINK_HELD_BYTES);
    stet_buf_init(&h->raw_text, STET_MAX_RAW_LINK_TEXT);
    *out = h;
    return STET_OK;
}

void stet_links_html_free(struct stet_links_html *h)
{
    if (!h)
        return;
    stet_links_out_clear(&h->out);
    stet_buf_clear(&h->anchor.raw);
    stet_buf_clear(&h->anchor.href);
    stet_buf_clear(&h->anchor.rel);
    stet_buf_clear(&h->held.bytes);
    stet_buf_clear(&h->raw_text);
    stet_free(h);
}

struct stet_span stet_links_html_base(const struct stet_links_html *h)
{
    return stet_url_href(&h->out.base);
}

/* -- raw text ------------------------------------------------------------ */

/* What a script element holds, by its type. */
static void set_script(struct stet_links_html *h,
                       const struct stet_html_token *t)
{
    struct stet_span type =
        stet_span_trim(stet_links_attr_value(t, STET_HTML_ATTR_TYPE));

    h->raw = STET_RAW_SCRIPT;
    h->raw_context = "script";
    if (stet_span_istarts(type, "application/ld+json")) {
        h->raw = STET_RAW_LD;
        h->raw_context = "script:ld+json";
    } else if (stet_span_ieqs(type, "importmap")) {
        h->raw = STET_RAW_MAP;
        h->raw_context = "script:importmap";
    } else if (stet_span_ifind(type, STET_SPAN("json")) < type.len ||
               stet_span_ieqs(type, "speculationrules")) {
        h->raw = STET_RAW_JSON;
        h->raw_context = "script:json";
    } else if (stet_span_ieqs(type, "text/html") ||
               stet_span_ifind(type, STET_SPAN("template")) < type.len) {
        h->raw = STET_RAW_HTML;
    }
}

static void set_raw(struct stet_links_html *h, const struct stet_html_token *t)
{
    h->raw = STET_RAW_NOTHING;
    h->raw_from = h->raw_to = 0;
    stet_buf_reset(&h->raw_text);
    if (t->foreign && t->self_closing)
        return;
    if (t->tag == STET_HTML_TAG_SCRIPT) {
        set_script(h, t);
    } else if (t->tag == STET_HTML_TAG_STYLE) {
        h->raw = STET_RAW_STYLE;
        h->raw_context = "style";
    } else if (t->tag == STET_HTML_TAG_NOFRAMES ||
               t->tag == STET_HTML_TAG_NOEMBED) {
        h->raw = STET_RAW_HTML;
    }
}

static int find_raw(struct stet_links_html *h, struct stet_links_spot *s)
{
    struct stet_link l = { .context = h->raw_context,
                           .fallback =
                               h->noscripts || h->templates || h->nested };

    if (h->unplaced)
        s->place = STET_PLACE_NONE;
    switch (h->raw) {
    case STET_RAW_STYLE:
        return stet_links_css(&h->out, s, &l);
    case STET_RAW_SCRIPT:
        return stet_links_script(&h->out, s, &l);
    case STET_RAW_JSON:
        return stet_links_json(&h->out, s, STET_JSON_LINKS_ANY, &l);
    case STET_RAW_LD:
        return stet_links_json(&h->out, s, STET_JSON_LINKS_LD, &l);
    case STET_RAW_MAP:
        return stet_links_json(&h->out, s, STET_JSON_LINKS_MAP, &l);
    case STET_RAW_HTML:
        return h->nested || h->marked
                   ? STET_OK
                   : stet_links_nested(h, s->text, h->raw_from);
    case STET_RAW_NOTHING:
    default:
        return STET_OK;
    }
}

/* True if that stands in the source before what was gathered. */
static bool is_behind(const struct stet_links_html *h, struct stet_span mark)
{
    return h->raw_from >= mark.len &&
           stet_span_eq(mark,
                        stet_span_sub(h->source, (size_t)h->raw_from - mark.len,
                                      mark.len));
}

/* Where text between tags stands, whose references are decoded. */
static void spot_marked(struct stet_links_html *h, struct stet_links_spot *s,
                        struct stet_span source)
{
    *s = (struct stet_links_spot){
        .text = stet_buf_span(&h->raw_text),
        .offset = h->raw_from,
        .length = h->raw_to - h->raw_from,
        .charset = h->out.charset,
        .place = STET_PLACE_XML_TEXT,
        .raw = source,
    };
    s->verbatim = source.ptr && stet_span_eq(source, s->text);
}

/* Looks through what was gathered of a raw-text element. */
static int flush_raw(struct stet_links_html *h)
{
    struct stet_span source = { NULL, 0 };
    struct stet_links_spot s;
    int rc = STET_OK;

    if (h->raw_to <= h->source.len && h->raw_to > h->raw_from && !h->unplaced)
        source = stet_span_sub(h->source, (size_t)h->raw_from,
                               (size_t)(h->raw_to - h->raw_from));
    if (h->marked && !(source.ptr && is_behind(h, STET_SPAN("<![CDATA["))))
        spot_marked(h, &s, source);
    else
        stet_links_spot_verbatim(
            &s, source.ptr ? source : stet_buf_span(&h->raw_text), h->raw_from);
    if (h->raw != STET_RAW_NOTHING && s.text.len)
        rc = find_raw(h, &s);
    stet_buf_reset(&h->raw_text);
    h->raw_from = h->raw_to;
    h->marked = false;
    return rc;
}

/* `length` bytes of the source follow, at an offset. */
static int go_on(struct stet_links_html *h, uint64_t from, size_t length)
{
    int rc = STET_OK;

    if (h->raw_to != from ||
        h->raw_to - h->raw_from > STET_MAX_RAW_LINK_TEXT / 2) {
        rc = flush_raw(h);
        h->raw_from = from;
    }
    h->raw_to = from + length;
    return rc;
}

static int on_raw_text(struct stet_links_html *h,
                       const struct stet_html_token *t)
{
    uint64_t from = t->raw_offset + h->shift;
    struct stet_span rest = t->raw;
    bool at_hand = from + rest.len <= h->source.len && !h->unplaced;
    int rc = STET_OK;

    if (h->raw == STET_RAW_NOTHING)
        return STET_OK;
    if (at_hand)
        return go_on(h, from, rest.len);
    while (rc == STET_OK && rest.len) {
        struct stet_span part =
            stet_span_sub(rest, 0, STET_MAX_RAW_LINK_TEXT / 2);

        rc = go_on(h, from, part.len);
        stet_buf_add_span(&h->raw_text, part);
        if (stet_buf_status(&h->raw_text) == STET_ENOMEM)
            rc = STET_ENOMEM;
        from += part.len;
        rest = stet_span_sub(rest, part.len, rest.len);
    }
    return rc;
}

/* The text of a style or script element that is no raw text: in svg and
 * math, and in XML.  Unlike raw text it is decoded. */
static int on_marked_text(struct stet_links_html *h,
                          const struct stet_html_token *t)
{
    uint64_t from = t->raw_offset + h->shift, to = from + t->raw.len;
    struct stet_span rest = t->text;
    int rc = STET_OK;

    if (stet_span_eq(rest, (struct stet_span){ "", 1 }))
        rest = STET_SPAN("\xEF\xBF\xBD");
    while (rc == STET_OK && rest.len) {
        struct stet_span part =
            stet_span_sub(rest, 0, STET_MAX_RAW_LINK_TEXT / 2);

        /* Only what is verbatim is that long; a '\r' may stand before it. */
        rest = stet_span_sub(rest, part.len, rest.len);
        rc = go_on(h, from, (size_t)(to - from) - rest.len);
        h->marked = true;
        stet_buf_add_span(&h->raw_text, part);
        if (stet_buf_status(&h->raw_text) == STET_ENOMEM)
            rc = STET_ENOMEM;
        from = to - rest.len;
    }
    return rc;
}

/* -- markup in other things ---------------------------------------------- */

static int on_nested(void *ctx, const struct stet_html_token *t)
{
    return stet_links_html_token(ctx, t);
}

int stet_links_nested(struct stet_links_html *h, struct stet_span markup,
                      uint64_t offset)
{
    struct stet_html_options o = {
        .charset = h->unplaced ? STET_CHARSET_UTF_8 : h->out.charset,
        .on_token = on_nested,
        .ctx = h,
        .keep_bom = true,
    };
    struct stet_links_html outer = *h;
    int rc;

    /* The markup may lie in the outer one's buffer. */
    stet_buf_init(&h->raw_text, STET_MAX_RAW_LINK_TEXT);
    h->raw = STET_RAW_NOTHING;
    h->raw_from = h->raw_to = 0;
    h->marked = h->xml = false;
    h->nested = true;
    h->shift = offset;
    rc = stet_html_tokenize(markup, &o, NULL);
    if (!rc)
        rc = flush_raw(h);
    stet_buf_clear(&h->raw_text);
    h->raw_text = outer.raw_text;
    h->raw = outer.raw;
    h->raw_from = outer.raw_from;
    h->raw_to = outer.raw_to;
    h->marked = outer.marked;
    h->xml = outer.xml;
    h->nested = false;
    h->shift = outer.shift;
    return rc;
}

/* Comments with markup that some browsers showed: <!--[if IE]>…<![endif]--> */
static int on_comment(struct stet_links_html *h,
                      const struct stet_html_token *t)
{
    int rc = STET_OK;

    if (h->nested)
        return STET_OK;
    if (!t->continued) {
        rc = flush_raw(h);
        h->around = h->raw;
        h->raw = stet_span_istarts(t->raw, "[if ") ? STET_RAW_HTML
                                                   : STET_RAW_NOTHING;
        h->raw_from = h->raw_to = t->raw_offset + h->shift;
    }
    if (!rc)
        rc = on_raw_text(h, t);
    if (!rc && !t->more) {
        rc = flush_raw(h);
        h->raw = h->around;
    }
    return rc;
}

/* <?xml-stylesheet href="…"?> (Associating Style Sheets with XML). */
static int on_stylesheet(struct stet_links_html *h,
                         const struct stet_html_token *t)
{
    struct stet_link l = { .role = STET_LINK_STYLE,
                           .context = "xml-stylesheet",
                           .requisite = true };
    struct stet_links_spot s;
    size_t at = stet_span_find(t->raw, STET_SPAN("href=")), end;
    struct stet_span value = stet_span_sub(t->raw, at + 5, t->raw.len);
    char quote = value.len ? *value.ptr : '\0';

    if ((quote != '"' && quote != '\'') ||
        !stet_is_space((unsigned char)t->raw.ptr[at - 1]))
        return STET_OK;
    value = stet_span_sub(value, 1, value.len);
    end = stet_span_find(value, (struct stet_span){ &quote, 1 });
    /* Without what would have to be decoded first. */
    if (end == value.len || memchr(value.ptr, '&', end))
        return STET_OK;
    stet_links_spot_verbatim(&s, stet_span_sub(value, 0, end),
                             t->raw_offset + h->shift + at + 6);
    s.place = quote == '"' ? STET_PLACE_DOUBLE : STET_PLACE_SINGLE;
    return stet_links_out_add_part(&h->out, &s, s.text, &l);
}

/* -- tokens --------------------------------------------------------------- */

/* href=, or xlink:href= in SVG. */
static const struct stet_html_attr *find_href(const struct stet_html_token *t)
{
    const struct stet_html_attr *a = stet_links_attr(t, STET_HTML_ATTR_HREF);

    if (!a && t->foreign)
        a = stet_links_attr(t, STET_HTML_ATTR_XLINK_HREF);
    return a;
}

static void count(unsigned *n, bool up)
{
    if (up)
        ++*n;
    else if (*n)
        --*n;
}

/* Elements around others that say something of them. */
static void track(struct stet_links_html *h, const struct stet_html_token *t)
{
    bool up = t->kind == STET_HTML_START;

    if (t->continued || t->foreign)
        return;
    if (t->tag == STET_HTML_TAG_NOSCRIPT)
        count(&h->noscripts, up);
    else if (t->tag == STET_HTML_TAG_TEMPLATE)
        count(&h->templates, up);
    else if (t->tag == STET_HTML_TAG_PICTURE)
        h->pictures = up;
}

/* Attributes read together with others, by element. */
static int on_element(struct stet_links_html *h,
                      const struct stet_html_token *t)
{
    const struct stet_html_attr *a;

    switch ((int)t->tag) {
    case STET_HTML_TAG_A:
    case STET_HTML_TAG_AREA:
        a = find_href(t);
        return a || !t->continued ? stet_links_anchor_start(h, t, a) : STET_OK;
    case STET_HTML_TAG_LINK:
        return stet_links_held(h, t, stet_links_on_link);
    case STET_HTML_TAG_META:
        return stet_links_held(h, t, stet_links_on_meta);
    case STET_HTML_TAG_BASE:
        return stet_links_on_base(h, t);
    case STET_HTML_TAG_PARAM:
        return stet_links_held(h, t, stet_links_on_param);
    case STET_HTML_TAG_IMG:
        if (h->anchor.is_open)
            stet_links_anchor_alt(h,
                                  stet_links_attr_value(t, STET_HTML_ATTR_ALT));
        return STET_OK;
    case STET_HTML_TAG_OTHER:
        return stet_span_eqs(t->name, "gu-island") ? stet_links_on_island(h, t)
                                                   : STET_OK;
    default:
        return STET_OK;
    }
}

static int on_start(struct stet_links_html *h, const struct stet_html_token *t)
{
    int rc = h->marked ? flush_raw(h) : STET_OK;

    if (rc)
        return rc;
    track(h, t);
    if (!t->continued || t->tag == STET_HTML_TAG_SCRIPT)
        set_raw(h, t);
    rc = on_element(h, t);
    if (!rc && t->n_attrs)
        rc = stet_links_on_attrs(h, t);
    return rc;
}

static int on_end(struct stet_links_html *h, const struct stet_html_token *t)
{
    int rc = STET_OK;

    track(h, t);
    if (h->raw != STET_RAW_NOTHING) {
        rc = flush_raw(h);
        h->raw = STET_RAW_NOTHING;
    }
    if (!rc && t->tag == STET_HTML_TAG_A)
        rc = stet_links_anchor_end(h);
    return rc;
}

int stet_links_html_token(struct stet_links_html *h,
                          const struct stet_html_token *t)
{
    switch (t->kind) {
    case STET_HTML_START:
        return on_start(h, t);
    case STET_HTML_END:
        return on_end(h, t);
    case STET_HTML_TEXT:
        if (t->raw_in != STET_HTML_TAG_OTHER)
            return on_raw_text(h, t);
        if (h->raw != STET_RAW_NOTHING)
            return on_marked_text(h, t);
        return h->anchor.is_open ? stet_links_anchor_text(h, t) : STET_OK;
    case STET_HTML_COMMENT:
        if (h->xml && stet_span_starts(t->raw, STET_SPAN("?xml-stylesheet ")))
            return on_stylesheet(h, t);
        return on_comment(h, t);
    case STET_HTML_DOCTYPE:
    default:
        return STET_OK;
    }
}

int stet_links_html_finish(struct stet_links_html *h)
{
    int rc = flush_raw(h);

    return rc ? rc : stet_links_anchor_end(h);
}
