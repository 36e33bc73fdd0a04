#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "links/html.h"

/* Cut at a character: bytes 10xxxxxx continue one. */
static void cut(struct stet_links_text *x)
{
    size_t n = x->len;

    x->full = true;
    while (n && ((unsigned char)x->bytes[n - 1] & 0xC0) == 0x80)
        n--;
    if (n && (unsigned char)x->bytes[n - 1] >= 0xC0) {
        unsigned char lead = (unsigned char)x->bytes[n - 1];
        size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

        if (x->len - (n - 1) < want)
            x->len = n - 1;
    }
}

static void put(struct stet_links_text *x, char c)
{
    if (x->len < sizeof(x->bytes))
        x->bytes[x->len++] = c;
    if (x->len == sizeof(x->bytes))
        cut(x);
}

void stet_links_text_add(struct stet_links_text *x, struct stet_span s)
{
    for (size_t i = 0; i < s.len && !x->full; i++) {
        if (stet_is_space((unsigned char)s.ptr[i])) {
            x->space = true;
            continue;
        }
        if (x->space && x->len)
            put(x, ' ');
        x->space = false;
        if (!x->full)
            put(x, s.ptr[i]);
    }
}

static void reset(struct stet_links_text *x)
{
    x->len = 0;
    x->space = x->full = false;
}

static struct stet_span text_span(const struct stet_links_text *x)
{
    return (struct stet_span){ x->bytes, x->len };
}

static bool is_media(enum stet_link_file f)
{
    return f == STET_FILE_IMAGE || f == STET_FILE_MEDIA ||
           f == STET_FILE_DOCUMENT || f == STET_FILE_HLS || f == STET_FILE_DASH;
}

static void fill(struct stet_link *l, const struct stet_html_token *t, bool all)
{
    l->role = STET_LINK_ANCHOR;
    l->rel = stet_links_attr_value(t, STET_HTML_ATTR_REL);
    if (l->rel.len > STET_MAX_LINK_REL)
        l->rel.len = STET_MAX_LINK_REL;
    l->nofollow = all;
    if (!all && l->rel.len)
        l->nofollow = stet_links_has_word(l->rel, "nofollow") ||
                      stet_links_has_word(l->rel, "ugc") ||
                      stet_links_has_word(l->rel, "sponsored");
}

/* Keeps what the link needs until its end tag comes.  Its URL is made now:
 * a base that comes later says nothing of it. */
static int keep(struct stet_links_html *h, const struct stet_html_token *t,
                struct stet_link *l, struct stet_span input)
{
    struct stet_links_anchor *a = &h->anchor;
    int rc = stet_links_out_resolve(&h->out, l, input);
    size_t n;

    if (rc)
        return rc == STET_END ? STET_OK : rc;
    a->link = *l;
    stet_buf_reset(&a->raw);
    stet_buf_add_span(&a->raw, l->raw);
    stet_buf_reset(&a->href);
    stet_buf_add_span(&a->href, l->url);
    stet_buf_add_span(&a->href, l->fragment);
    stet_buf_reset(&a->rel);
    stet_buf_add_span(&a->rel, l->rel);
    n = strnlen(l->context, sizeof(a->context) - 1);
    memcpy(a->context, l->context, n);
    a->context[n] = '\0';
    reset(&a->text);
    reset(&a->label);
    reset(&a->title);
    reset(&a->alt);
    stet_links_text_add(&a->label,
                        stet_links_attr_value(t, STET_HTML_ATTR_ARIA_LABEL));
    stet_links_text_add(&a->title,
                        stet_links_attr_value(t, STET_HTML_ATTR_TITLE));
    stet_links_text_add(&a->alt, stet_links_attr_value(t, STET_HTML_ATTR_ALT));
    a->is_open = !stet_buf_status(&a->href);
    if (stet_buf_status(&a->raw) == STET_ENOMEM ||
        stet_buf_status(&a->href) == STET_ENOMEM)
        return STET_ENOMEM;
    return stet_buf_status(&a->rel) == STET_ENOMEM ? STET_ENOMEM : STET_OK;
}

int stet_links_anchor_start(struct stet_links_html *h,
                            const struct stet_html_token *t,
                            const struct stet_html_attr *href)
{
    struct stet_span input;
    struct stet_links_spot s;
    struct stet_link l;
    int rc = stet_links_anchor_end(h);

    if (rc || !href)
        return rc;
    stet_links_begin(h, &l, t, href);
    fill(&l, t, h->nofollow);
    stet_links_spot_attr(h, &s, href);
    l.raw = stet_span_trim(s.text);
    if (!l.raw.len || l.raw.len > STET_MAX_LINK_URL ||
        (*l.raw.ptr == '#' && (t->foreign || !h->out.base_is_set)))
        return STET_OK;
    stet_links_spot_locate(&s, s.verbatim ? l.raw : s.text, &l);
    rc = stet_links_out_input(&h->out, &s, &l, &input);
    if (rc)
        return rc;
    l.linked_media = is_media(stet_link_file_of(l.raw));
    if (h->in_order || t->tag == STET_HTML_TAG_AREA) {
        l.text = stet_links_attr_value(t, STET_HTML_ATTR_ALT);
        if (l.text.len > STET_MAX_LINK_TEXT)
            l.text = STET_SPAN("");
        return stet_links_out_add_as(&h->out, &l, input);
    }
    return keep(h, t, &l, input);
}

int stet_links_anchor_end(struct stet_links_html *h)
{
    struct stet_links_anchor *a = &h->anchor;
    struct stet_link *l = &a->link;

    if (!a->is_open)
        return STET_OK;
    a->is_open = false;
    l->url = stet_span_sub(stet_buf_span(&a->href), 0, l->url.len);
    l->fragment =
        stet_span_sub(stet_buf_span(&a->href), l->url.len, l->fragment.len);
    l->raw = stet_buf_span(&a->raw);
    l->rel = stet_buf_span(&a->rel);
    l->context = a->context;
    l->text = text_span(&a->text);
    if (!l->text.len)
        l->text = text_span(&a->label);
    if (!l->text.len)
        l->text = text_span(&a->title);
    if (!l->text.len)
        l->text = text_span(&a->alt);
    return h->out.fn(h->out.ctx, l);
}

int stet_links_anchor_text(struct stet_links_html *h,
                           const struct stet_html_token *t)
{
    stet_links_text_add(&h->anchor.text, t->text);
    return h->anchor.text.full ? stet_links_anchor_end(h) : STET_OK;
}

void stet_links_anchor_alt(struct stet_links_html *h, struct stet_span alt)
{
    stet_links_text_add(&h->anchor.alt, alt);
    h->anchor.alt.space = true;
}
