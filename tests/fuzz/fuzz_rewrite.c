/*
 * Any bytes as a document to rewrite.  The first byte picks the type, the
 * second the charset.  Then:
 *
 *   - a map that leaves all links alone gives the same bytes;
 *   - after every link was mapped to one URL, the links that are found are
 *     that URL, those where a browser must find it at least.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "html/charset.h"
#include "stet/rewrite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NEW "https://n.example/a,b'c&d(e)"

static void demand(bool ok)
{
    if (!ok)
        abort();
}

static int leave(void *ctx, const struct stet_link *l, struct stet_span *url)
{
    (void)ctx;
    (void)l;
    (void)url;
    return 0;
}

static int to_new(void *ctx, const struct stet_link *l, struct stet_span *url)
{
    (void)l;
    ++*(size_t *)ctx;
    *url = STET_SPAN(NEW);
    return 0;
}

static int judge_link(void *ctx, const struct stet_link *l)
{
    (void)ctx;
    if (l->place == STET_PLACE_NONE || l->speculative)
        return 0;
    demand(stet_span_istarts(l->url, "https://n.example/a,b"));
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_rewrite_options o = {
        .base = STET_SPAN_INIT("https://h.example/d/p.html"),
        .map = leave,
    };
    struct stet_links_options lo = { .base = o.base };
    struct stet_bytes out;
    struct stet_span doc;
    size_t n = 0;
    int rc;

    if (size < 2)
        return 0;
    o.type = (enum stet_links_type)(data[0] % (STET_LINKS_XHTML + 1));
    o.charset = stet_span_of(
        stet_charset_name((enum stet_charset)(data[1] % STET_N_CHARSETS)));
    doc = (struct stet_span){ (const char *)data + 2, size - 2 };
    rc = stet_rewrite(&out, &o, doc, NULL);
    if (rc == STET_EUNSUPPORTED)
        return 0;
    demand(rc == STET_OK && out.len == doc.len);
    demand(!doc.len || !memcmp(out.data, doc.ptr, doc.len));
    stet_bytes_clear(&out);
    o.map = to_new;
    o.ctx = &n;
    demand(stet_rewrite(&out, &o, doc, NULL) == STET_OK);
    lo.type = o.type;
    lo.charset = o.charset;
    demand(stet_links_find(&lo, (struct stet_span){ out.data, out.len },
                           judge_link, NULL, NULL) == STET_OK);
    stet_bytes_clear(&out);
    return 0;
}
