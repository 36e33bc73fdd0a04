/*
 * Any bytes as something that holds links.  The first byte picks the type,
 * the second the charset and the way.  Then:
 *
 *   - every link lies in the input, with a URL that is absolute, and the one
 *     that the URL parser makes of it where no base element is in the way;
 *   - in order or not, the same number of links is found;
 *   - a sink without the source finds them too.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/span.h"
#include "html/charset.h"
#include "stet/links.h"
#include "stet/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct judge {
    size_t size; /* of the source, or SIZE_MAX: it was recoded */
    size_t n;
    const struct stet_url *base; /* of every link, or NULL: who knows */
};

static void demand(bool ok)
{
    if (!ok)
        abort();
}

static void judge_url(const struct stet_link *l, const struct stet_url *base)
{
    struct stet_url u;

    /* Scripts and lists leave the scheme of "www.…" out. */
    if (stet_span_istarts(l->raw, "www."))
        return;
    stet_url_init(&u);
    demand(stet_url_parse(&u, l->raw, base, NULL) == STET_OK);
    demand(stet_span_eq(stet_url_page(&u), l->url));
    demand(stet_span_eq(stet_url_hash(&u), l->fragment));
    stet_url_clear(&u);
}

static int judge_link(void *ctx, const struct stet_link *l)
{
    struct judge *j = ctx;
    struct stet_url u;

    j->n++;
    demand(l->context && *l->context);
    demand(l->raw.len > 0 && l->raw.len <= 4 * STET_MAX_LINK_URL);
    demand(l->text.len <= STET_MAX_LINK_TEXT);
    demand(l->place != STET_PLACE_NONE || j->size);
    if (j->size != SIZE_MAX)
        demand(l->offset + l->length <= j->size);
    stet_url_init(&u);
    demand(stet_url_parse(&u, l->url, NULL, NULL) == STET_OK);
    demand(stet_span_eq(stet_url_href(&u), l->url));
    stet_url_clear(&u);
    if (j->base)
        judge_url(l, j->base);
    return 0;
}

static int on_token(void *ctx, const struct stet_html_token *t)
{
    return stet_links_html_token(ctx, t);
}

static size_t count_in_sink(const struct stet_links_options *o,
                            struct stet_span doc)
{
    struct stet_links_html *h;
    struct judge j = { .size = SIZE_MAX };
    struct stet_html_options ho = {
        .charset = stet_charset_of_label(o->charset),
        .on_token = on_token,
        .keep_bom = true,
    };

    demand(stet_links_html_new(&h, o, judge_link, &j, NULL) == STET_OK);
    ho.ctx = h;
    demand(stet_html_tokenize(doc, &ho, NULL) == STET_OK);
    demand(stet_links_html_finish(h) == STET_OK);
    stet_links_html_free(h);
    return j.n;
}

static void judge(const struct stet_links_options *opts, struct stet_span doc,
                  struct judge j)
{
    struct stet_links_options o = *opts;
    struct judge again = j;

    demand(stet_links_find(&o, doc, judge_link, &j, NULL) == STET_OK);
    o.in_order = true;
    demand(stet_links_find(&o, doc, judge_link, &again, NULL) == STET_OK);
    demand(j.n == again.n);
    o.in_order = false;
    if (o.type == STET_LINKS_HTML && j.size != SIZE_MAX)
        demand(count_in_sink(&o, doc) == j.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_links_options o = {
        .base = STET_SPAN_INIT("https://h.example/d/p.html"),
    };
    struct judge j = { 0 };
    struct stet_url base;
    struct stet_span doc;
    enum stet_charset c;

    if (size < 2)
        return 0;
    o.type = (enum stet_links_type)(data[0] % (STET_LINKS_XHTML + 1));
    c = (enum stet_charset)(data[1] % STET_N_CHARSETS);
    o.charset = stet_span_of(stet_charset_name(c));
    doc = (struct stet_span){ (const char *)data + 2, size - 2 };
    j.size = !c || stet_charset_keeps_markup(c) ? doc.len : SIZE_MAX;
    stet_url_init(&base);
    demand(stet_url_parse(&base, o.base, NULL, NULL) == STET_OK);
    if (c <= STET_CHARSET_UTF_8 &&
        stet_span_ifind(doc, STET_SPAN("base")) == doc.len)
        j.base = &base;
    judge(&o, doc, j);
    stet_url_clear(&base);
    return 0;
}
