/*
 * Any bytes as a sitemap: every link lies in it and is an absolute URL, and
 * a map that leaves all alone gives the same bytes.  Then any bytes as a
 * location in a sitemap: what comes out is the URL that went in, however it
 * is written.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/span.h"
#include "base/utf8.h"
#include "stet/rewrite.h"
#include "stet/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BASE "https://h.example/sitemap.xml"

static void demand(bool ok)
{
    if (!ok)
        abort();
}

struct judge {
    size_t size, n;
    const struct stet_url *want; /* the URL, if it is known */
};

static int judge_link(void *ctx, const struct stet_link *l)
{
    struct judge *j = ctx;
    struct stet_url u;

    j->n++;
    demand(l->length > 0);
    demand(l->offset <= j->size && l->length <= j->size - l->offset);
    stet_url_init(&u);
    demand(stet_url_parse(&u, l->url, NULL, NULL) == STET_OK);
    demand(stet_span_eq(stet_url_href(&u), l->url));
    stet_url_clear(&u);
    if (j->want) {
        demand(stet_span_eq(stet_url_page(j->want), l->url));
        demand(stet_span_eq(stet_url_hash(j->want), l->fragment));
    }
    return 0;
}

static int leave(void *ctx, const struct stet_link *l, struct stet_span *url)
{
    (void)ctx;
    (void)l;
    (void)url;
    return 0;
}

static void judge_document(struct stet_span doc, struct judge *j)
{
    struct stet_links_options o = { .type = STET_LINKS_SITEMAP,
                                    .base = STET_SPAN_INIT(BASE) };
    struct stet_rewrite_options r = { .type = STET_LINKS_SITEMAP,
                                      .base = STET_SPAN_INIT(BASE),
                                      .map = leave };
    struct stet_bytes out;

    j->size = doc.len;
    demand(stet_links_find(&o, doc, judge_link, j, NULL) == STET_OK);
    demand(stet_rewrite(&out, &r, doc, NULL) == STET_OK);
    demand(out.len == doc.len);
    demand(!doc.len || !memcmp(out.data, doc.ptr, doc.len));
    stet_bytes_clear(&out);
}

static void add_escaped(struct stet_buf *b, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '&')
            stet_buf_adds(b, i % 2 ? "&amp;" : "&#38;");
        else if (s.ptr[i] == '<')
            stet_buf_adds(b, i % 2 ? "&lt;" : "&#x3C;");
        else if (s.ptr[i] == '>')
            stet_buf_adds(b, "&gt;");
        else
            stet_buf_addc(b, s.ptr[i]);
    }
}

/* An absolute URL with that tail, as a location. */
static void judge_location(struct stet_span tail)
{
    struct judge j = { 0 };
    struct stet_buf url, doc;
    struct stet_url u;

    stet_buf_init(&url, 1 << 24);
    stet_buf_init(&doc, 1 << 24);
    stet_url_init(&u);
    stet_buf_adds(&url, "http://l.example/");
    stet_buf_add_span(&url, tail);
    stet_buf_adds(&doc, "<urlset><url><lastmod>2020</lastmod><loc>\n ");
    add_escaped(&doc, stet_buf_span(&url));
    stet_buf_adds(&doc, "\n</loc></url></urlset>");
    demand(stet_url_parse(&u, stet_buf_span(&url), NULL, NULL) == STET_OK);
    j.want = &u;
    judge_document(stet_buf_span(&doc), &j);
    demand(j.n == 1);
    stet_buf_clear(&url);
    stet_buf_clear(&doc);
    stet_url_clear(&u);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span doc = { (const char *)data, size };
    struct judge j = { 0 };

    judge_document(doc, &j);
    if (size && size < STET_MAX_LINK_URL / 8 && !memchr(data, 0, size) &&
        stet_utf8_is_valid(doc))
        judge_location(doc);
    return 0;
}
