#include "stet/rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "html/charset.h"
#include "rewrite/escape.h"
#include "stet/html.h"

/* New bytes for old ones; the text lies in one buffer for all. */
struct edit {
    uint64_t offset, length;
    size_t text, text_len;
};

struct rewriter {
    const struct stet_rewrite_options *o;
    struct stet_span content;
    struct edit *edits;
    size_t n_edits, cap;
    struct stet_buf text, work;
    struct stet_links_html *links;
    bool nested; /* in a srcdoc */
};

static int rewrite(struct stet_bytes *out, const struct stet_rewrite_options *o,
                   struct stet_span content, bool nested,
                   struct stet_error *err);

static int add_edit(struct rewriter *r, uint64_t offset, uint64_t length,
                    size_t text)
{
    int rc = stet_buf_status(&r->text);

    if (!rc)
        rc = stet_grow_array(&r->edits, &r->cap, r->n_edits + 1,
                             sizeof(*r->edits));
    if (rc)
        return rc;
    r->edits[r->n_edits++] = (struct edit){
        .offset = offset,
        .length = length,
        .text = text,
        .text_len = r->text.len - text,
    };
    return STET_OK;
}

/*
 * A character reference may lack its ';', and then ends or not by what comes
 * after it: a URL that would go on from one begins with a reference.
 */
static void part_from_reference(struct rewriter *r, const struct stet_link *l,
                                struct stet_span *url)
{
    char before, first = url->len ? *url->ptr : 0;

    if (l->place == STET_PLACE_TEXT || !l->offset || l->offset > r->content.len)
        return;
    before = r->content.ptr[l->offset - 1];
    if (!stet_is_alnum((unsigned char)before) ||
        (!stet_is_alnum((unsigned char)first) && first != '='))
        return;
    stet_buf_addf(&r->text, "&#%d;", first);
    *url = stet_span_sub(*url, 1, url->len);
}

/* The finder hands out links of any scheme; only these can be archived. */
static bool is_fetched(const struct stet_link *l)
{
    return stet_span_starts(l->url, STET_SPAN("https:")) ||
           stet_span_starts(l->url, STET_SPAN("http:")) ||
           stet_span_starts(l->url, STET_SPAN("ftp:"));
}

static int on_link(void *ctx, const struct stet_link *l)
{
    struct rewriter *r = ctx;
    struct stet_span url = { NULL, 0 };
    size_t start = r->text.len;
    int rc;

    if (l->place == STET_PLACE_NONE || !is_fetched(l))
        return STET_OK;
    rc = r->o->map(r->o->ctx, l, &url);
    if (rc || !url.ptr)
        return rc;
    part_from_reference(r, l, &url);
    stet_rewrite_escape(&r->text, &r->work, l, url);
    return add_edit(r, l->offset, l->length, start);
}

/* -- what is disarmed ------------------------------------------------------ */

static bool is_csp(const struct stet_html_token *t)
{
    for (size_t i = 0; i < t->n_attrs; i++)
        if (t->attrs[i].id == STET_HTML_ATTR_HTTP_EQUIV &&
            stet_span_istarts(stet_span_trim(t->attrs[i].value),
                              "content-security-policy"))
            return true;
    return false;
}

static bool is_referrer(const struct stet_html_token *t)
{
    for (size_t i = 0; i < t->n_attrs; i++)
        if (t->attrs[i].id == STET_HTML_ATTR_NAME &&
            stet_span_ieqs(stet_span_trim(t->attrs[i].value), "referrer"))
            return true;
    return false;
}

static bool is_manifest(const struct stet_html_token *t)
{
    for (size_t i = 0; i < t->n_attrs; i++)
        if (t->attrs[i].id == STET_HTML_ATTR_REL &&
            stet_span_ieqs(stet_span_trim(t->attrs[i].value), "manifest"))
            return true;
    return false;
}

static unsigned drops_of(const struct stet_html_token *t, unsigned drop)
{
    if (t->tag != STET_HTML_TAG_BASE)
        drop &= ~(unsigned)STET_REWRITE_DROP_BASE;
    if (t->tag != STET_HTML_TAG_META || !is_csp(t))
        drop &= ~(unsigned)STET_REWRITE_DROP_CSP;
    if (t->tag != STET_HTML_TAG_META || !is_referrer(t))
        drop &= ~(unsigned)STET_REWRITE_DROP_REFERRER;
    if (t->tag != STET_HTML_TAG_LINK || !is_manifest(t))
        drop &= ~(unsigned)STET_REWRITE_DROP_MANIFEST;
    if (t->tag != STET_HTML_TAG_LINK && t->tag != STET_HTML_TAG_SCRIPT)
        drop &= ~(unsigned)STET_REWRITE_DROP_INTEGRITY;
    return drop;
}

static unsigned drop_of(enum stet_html_attr_id id)
{
    switch ((int)id) {
    case STET_HTML_ATTR_INTEGRITY:
        return STET_REWRITE_DROP_INTEGRITY;
    case STET_HTML_ATTR_CROSSORIGIN:
        return STET_REWRITE_DROP_CROSSORIGIN;
    case STET_HTML_ATTR_CONTENT:
        return STET_REWRITE_DROP_CSP | STET_REWRITE_DROP_REFERRER;
    case STET_HTML_ATTR_HREF:
        return STET_REWRITE_DROP_BASE | STET_REWRITE_DROP_MANIFEST;
    default:
        return 0;
    }
}

static int disarm(struct rewriter *r, const struct stet_html_token *t)
{
    unsigned drop = drops_of(t, r->o->drop);
    int rc = STET_OK;

    for (size_t i = 0; drop && !rc && i < t->n_attrs; i++) {
        size_t start = r->text.len;

        if (!(drop_of(t->attrs[i].id) & drop))
            continue;
        stet_buf_addc(&r->text, '_');
        rc = add_edit(r, t->attrs[i].name_offset, 0, start);
    }
    return rc;
}

/* -- documents in attributes ------------------------------------------------
 */

/* A srcdoc is a document of its own; one inside of it is left alone. */
static int on_srcdoc(struct rewriter *r, const struct stet_html_attr *a)
{
    struct stet_rewrite_options o = *r->o;
    struct stet_bytes doc;
    struct stet_span text;
    size_t start = r->text.len;
    int rc;

    o.base = stet_links_html_base(r->links);
    o.charset = STET_SPAN("utf-8");
    rc = rewrite(&doc, &o, a->value, true, NULL);
    if (rc)
        return rc;
    text = (struct stet_span){ doc.data, doc.len };
    if (!stet_span_eq(text, a->value)) {
        stet_rewrite_add_attr(&r->text, text, a->quote);
        rc = add_edit(r, a->value_offset, a->value_length, start);
    }
    stet_bytes_clear(&doc);
    return rc;
}

static int on_start(struct rewriter *r, const struct stet_html_token *t)
{
    int rc = r->o->drop ? disarm(r, t) : STET_OK;

    for (size_t i = 0; !rc && !r->nested && i < t->n_attrs; i++)
        if (t->attrs[i].id == STET_HTML_ATTR_SRCDOC && t->attrs[i].value.len &&
            !t->attrs[i].truncated)
            rc = on_srcdoc(r, &t->attrs[i]);
    return rc;
}

static int on_token(void *ctx, const struct stet_html_token *t)
{
    struct rewriter *r = ctx;
    int rc = stet_links_html_token(r->links, t);

    return !rc && t->kind == STET_HTML_START ? on_start(r, t) : rc;
}

/* -- finding --------------------------------------------------------------- */

static int find_html(struct rewriter *r, const struct stet_links_options *lo,
                     struct stet_error *err)
{
    struct stet_html_options ho = {
        .charset = stet_charset_of_label(lo->charset),
        .on_token = on_token,
        .ctx = r,
        .skip_text = true,
        .xml = lo->type == STET_LINKS_XHTML,
        .keep_bom = true,
    };
    int rc;

    if (ho.charset && !stet_charset_keeps_markup(ho.charset))
        return stet_fail(err, STET_EUNSUPPORTED,
                         "%s cannot be rewritten in place: convert it first",
                         stet_charset_name(ho.charset));
    rc = stet_links_html_new(&r->links, lo, on_link, r, err);
    if (rc)
        return rc;
    rc = stet_html_tokenize(r->content, &ho, err);
    return rc ? rc : stet_links_html_finish(r->links);
}

static int find(struct rewriter *r, struct stet_error *err)
{
    struct stet_links_options lo = {
        .type = r->o->type,
        .base = r->o->base,
        .charset = r->o->charset,
        .in_order = true,
        .everything = true,
        .source = r->content,
    };

    if (lo.type == STET_LINKS_HTML || lo.type == STET_LINKS_XHTML)
        return find_html(r, &lo, err);
    return stet_links_find(&lo, r->content, on_link, r, err);
}

/* -- splicing ----------------------------------------------------------------
 */

static int by_offset(const void *a, const void *b)
{
    const struct edit *x = a, *y = b;

    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

/* Links come nearly in order; the sort is for those of one tag. */
static bool is_sorted(const struct rewriter *r)
{
    for (size_t i = 1; i < r->n_edits; i++)
        if (by_offset(&r->edits[i - 1], &r->edits[i]) > 0)
            return false;
    return true;
}

static int splice(struct rewriter *r, struct stet_bytes *out)
{
    struct stet_buf b;
    uint64_t at = 0;
    int rc;

    if (!is_sorted(r))
        qsort(r->edits, r->n_edits, sizeof(*r->edits), by_offset);
    stet_buf_init(&b, STET_MAX_REWRITE_BYTES);
    for (size_t i = 0; i < r->n_edits; i++) {
        const struct edit *e = &r->edits[i];

        /* One thing is rewritten once. */
        if (e->offset < at || e->offset + e->length > r->content.len)
            continue;
        stet_buf_add(&b, r->content.ptr + at, (size_t)(e->offset - at));
        stet_buf_add(&b, r->text.data + e->text, e->text_len);
        at = e->offset + e->length;
    }
    if (r->content.len)
        stet_buf_add(&b, r->content.ptr + at, r->content.len - (size_t)at);
    rc = stet_buf_status(&b);
    if (!rc)
        *out = stet_buf_take_bytes(&b);
    stet_buf_clear(&b);
    return rc;
}

static int rewrite(struct stet_bytes *out, const struct stet_rewrite_options *o,
                   struct stet_span content, bool nested,
                   struct stet_error *err)
{
    struct rewriter r = { .o = o, .content = content, .nested = nested };
    int rc;

    *out = (struct stet_bytes){ NULL, 0 };
    stet_buf_init(&r.text, STET_MAX_REWRITE_BYTES);
    stet_buf_init(&r.work, STET_MAX_REWRITE_BYTES);
    rc = find(&r, err);
    if (!rc)
        rc = splice(&r, out);
    if (rc == STET_ENOMEM || rc == STET_ELIMIT)
        (void)stet_fail(err, rc, "no room for the rewritten document");
    stet_links_html_free(r.links);
    stet_free(r.edits);
    stet_buf_clear(&r.text);
    stet_buf_clear(&r.work);
    return rc;
}

int stet_rewrite(struct stet_bytes *out, const struct stet_rewrite_options *o,
                 struct stet_span content, struct stet_error *err)
{
    return rewrite(out, o, content, false, err);
}
