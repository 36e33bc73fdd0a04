#include <string.h>

#include "base/fail.h"
#include "base/span.h"
#include "html/charset.h"
#include "links/html.h"
#include "links/lists.h"

static const struct {
    enum stet_links_type type;
    const char *name;
} names[] = {
    { STET_LINKS_HTML, "html" },       { STET_LINKS_CSS, "css" },
    { STET_LINKS_SRCSET, "srcset" },   { STET_LINKS_STYLE, "style" },
    { STET_LINKS_REFRESH, "refresh" }, { STET_LINKS_HEADER, "header" },
    { STET_LINKS_JSON, "json" },       { STET_LINKS_MANIFEST, "manifest" },
    { STET_LINKS_SITEMAP, "sitemap" }, { STET_LINKS_FEED, "feed" },
    { STET_LINKS_HLS, "hls" },         { STET_LINKS_DASH, "dash" },
    { STET_LINKS_XHTML, "xhtml" },
};

const char *stet_links_type_name(enum stet_links_type type)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].type == type)
            return names[i].name;
    return NULL;
}

enum stet_links_type stet_links_type_find(struct stet_span name)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (stet_span_eqs(name, names[i].name))
            return names[i].type;
    return STET_LINKS_NONE;
}

static const struct {
    const char *essence;
    enum stet_links_type type;
} media_types[] = {
    { "text/html", STET_LINKS_HTML },
    { "application/xhtml+xml", STET_LINKS_XHTML },
    { "image/svg+xml", STET_LINKS_XHTML },
    { "text/css", STET_LINKS_CSS },
    { "application/manifest+json", STET_LINKS_MANIFEST },
    { "application/json", STET_LINKS_JSON },
    { "text/json", STET_LINKS_JSON },
    { "application/ld+json", STET_LINKS_JSON },
    { "application/rss+xml", STET_LINKS_FEED },
    { "application/atom+xml", STET_LINKS_FEED },
    { "application/rdf+xml", STET_LINKS_FEED },
    { "application/vnd.apple.mpegurl", STET_LINKS_HLS },
    { "application/x-mpegurl", STET_LINKS_HLS },
    { "audio/mpegurl", STET_LINKS_HLS },
    { "audio/x-mpegurl", STET_LINKS_HLS },
    { "application/dash+xml", STET_LINKS_DASH },
};

/* XML and plain text tell too little: the name has to. */
static enum stet_links_type by_name(struct stet_span url)
{
    if (stet_span_ifind(url, STET_SPAN("sitemap")) < url.len)
        return STET_LINKS_SITEMAP;
    switch (stet_link_file_of(url)) {
    case STET_FILE_FEED:
        return STET_LINKS_FEED;
    case STET_FILE_HLS:
        return STET_LINKS_HLS;
    case STET_FILE_DASH:
        return STET_LINKS_DASH;
    case STET_FILE_OTHER:
    case STET_FILE_PAGE:
    case STET_FILE_IMAGE:
    case STET_FILE_MEDIA:
    case STET_FILE_DOCUMENT:
    case STET_FILE_STYLE:
    case STET_FILE_SCRIPT:
    case STET_FILE_FONT:
    case STET_FILE_XML:
    case STET_FILE_JSON:
    default:
        return STET_LINKS_NONE;
    }
}

enum stet_links_type stet_links_type_of(struct stet_span media_type,
                                        struct stet_span url)
{
    struct stet_span rest = media_type;
    struct stet_span essence = stet_span_trim(stet_span_cut(&rest, ';'));
    enum stet_links_type t;

    for (size_t i = 0; i < sizeof(media_types) / sizeof(media_types[0]); i++)
        if (stet_span_ieqs(essence, media_types[i].essence))
            return media_types[i].type;
    if (stet_span_ieqs(essence, "text/xml") ||
        stet_span_ieqs(essence, "application/xml")) {
        t = by_name(url);
        return t ? t : STET_LINKS_FEED;
    }
    if (stet_span_ieqs(essence, "text/plain") || !essence.len ||
        stet_span_ieqs(essence, "application/octet-stream"))
        return by_name(url);
    return STET_LINKS_NONE;
}

/* -- whole documents ------------------------------------------------------ */

static int on_token(void *ctx, const struct stet_html_token *t)
{
    return stet_links_html_token(ctx, t);
}

static int find_html(const struct stet_links_options *o,
                     struct stet_span content, stet_link_fn fn, void *ctx,
                     struct stet_error *err)
{
    struct stet_links_options own = *o;
    struct stet_links_html *h = NULL;
    struct stet_html_options html = {
        .charset = stet_charset_of_label(o->charset),
        .on_token = on_token,
        .skip_text = o->in_order,
        .xml = o->type == STET_LINKS_XHTML,
        .keep_bom = true,
    };
    struct stet_buf decoded;
    int rc;

    stet_buf_init(&decoded, 3 * content.len + 16);
    if (html.charset && !stet_charset_keeps_markup(html.charset)) {
        stet_charset_decode(html.charset, content, &decoded);
        rc = stet_buf_status(&decoded);
        if (rc)
            goto done;
        content = stet_buf_span(&decoded);
        html.charset = STET_CHARSET_UTF_8;
        own.charset = STET_SPAN("utf-8");
    }
    own.source = content;
    rc = stet_links_html_new(&h, &own, fn, ctx, err);
    if (rc)
        goto done;
    html.ctx = h;
    rc = stet_html_tokenize(content, &html, err);
    if (!rc)
        rc = stet_links_html_finish(h);
done:
    stet_links_html_free(h);
    stet_buf_clear(&decoded);
    return rc;
}

static int find_part(const struct stet_links_options *o,
                     struct stet_links_out *out, struct stet_span content)
{
    struct stet_links_spot s;
    struct stet_link l = { .requisite = true };

    stet_links_spot_verbatim(&s, content, 0);
    /* HTML is not a part. */
    switch ((int)o->type) {
    case STET_LINKS_CSS:
        return stet_links_css(out, &s, &l);
    case STET_LINKS_STYLE:
        l.context = "style";
        return stet_links_css(out, &s, &l);
    case STET_LINKS_SRCSET:
        l.context = "srcset";
        return stet_links_srcset(out, &s, &l);
    case STET_LINKS_REFRESH:
        l = (struct stet_link){ .role = STET_LINK_REFRESH,
                                .context = "refresh" };
        return stet_links_refresh(out, &s, &l);
    case STET_LINKS_HEADER:
        l.requisite = false;
        return stet_links_header(out, &s, &l);
    case STET_LINKS_JSON:
        return stet_links_json(out, &s, STET_JSON_LINKS_ANY, &l);
    case STET_LINKS_MANIFEST:
        l.context = "manifest";
        return stet_links_json(out, &s, STET_JSON_LINKS_MANIFEST, &l);
    case STET_LINKS_HLS:
        return stet_links_hls(out, &s);
    case STET_LINKS_DASH:
        return stet_links_xml(out, &s, STET_LINKS_DASH);
    case STET_LINKS_SITEMAP:
        return stet_links_xml(out, &s, STET_LINKS_SITEMAP);
    case STET_LINKS_FEED:
        return stet_links_xml(out, &s, STET_LINKS_FEED);
    default:
        return STET_OK;
    }
}

static int find_parts(const struct stet_links_options *o,
                      struct stet_span content, stet_link_fn fn, void *ctx,
                      struct stet_error *err)
{
    struct stet_links_out out;
    int rc;

    rc = stet_links_out_init(&out, o, fn, ctx, err);
    if (rc)
        return rc;
    if (content.len)
        rc = find_part(o, &out, content);
    if (rc == STET_ENOMEM)
        (void)stet_fail(err, rc, "no memory to find links");
    stet_links_out_clear(&out);
    return rc;
}

/* -- what must be decoded first ------------------------------------------- */

struct unplaced {
    stet_link_fn fn;
    void *ctx;
};

static int on_unplaced(void *ctx, const struct stet_link *l)
{
    const struct unplaced *u = ctx;
    struct stet_link own = *l;

    own.place = STET_PLACE_NONE;
    own.offset = own.length = 0;
    return u->fn(u->ctx, &own);
}

/* The charset in which markup is not ASCII, and its byte order mark, which
 * counts more than a label. */
static enum stet_charset wide_charset(const struct stet_links_options *o,
                                      struct stet_span content, size_t *mark)
{
    enum stet_charset c = stet_charset_of_label(o->charset);

    *mark = 2;
    if (stet_span_starts(content, STET_SPAN("\xFF\xFE")))
        return STET_CHARSET_UTF_16LE;
    if (stet_span_starts(content, STET_SPAN("\xFE\xFF")))
        return STET_CHARSET_UTF_16BE;
    *mark = 0;
    return c && !stet_charset_keeps_markup(c) ? c : STET_CHARSET_NONE;
}

int stet_links_find(const struct stet_links_options *o,
                    struct stet_span content, stet_link_fn fn, void *ctx,
                    struct stet_error *err)
{
    struct unplaced u = { fn, ctx };
    struct stet_links_options own = *o;
    struct stet_buf decoded;
    enum stet_charset wide;
    size_t mark;
    int rc;

    if (o->type == STET_LINKS_HTML || o->type == STET_LINKS_XHTML)
        return find_html(o, content, fn, ctx, err);
    wide = wide_charset(o, content, &mark);
    if (!wide)
        return find_parts(o, content, fn, ctx, err);
    stet_buf_init(&decoded, 3 * content.len + 16);
    stet_charset_decode(wide, stet_span_sub(content, mark, content.len),
                        &decoded);
    rc = stet_buf_status(&decoded);
    own.charset = STET_SPAN("utf-8");
    if (rc == STET_OK)
        rc = find_parts(&own, stet_buf_span(&decoded), on_unplaced, &u, err);
    else
        rc = stet_fail(err, rc, "no memory to find links");
    stet_buf_clear(&decoded);
    return rc;
}
