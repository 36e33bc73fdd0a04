/*
 * Which rule takes or refuses a URL.
 */
#include "base/fail.h"
#include "base/mem.h"
#include "crawl/setup.h"
#include "plan/place.h"

enum { MAX_SENTENCE = 4 << 20 };

static int judge(struct stet_buf *out, bool *taken, const struct stet_setup *s,
                 struct stet_span url)
{
    const struct stet_scope *scope = &s->run.product.scope;
    struct stet_target from = { .role = STET_ROLE_SEED,
                                .resource = STET_RESOURCE_DOCUMENT };
    struct stet_want want;

    if (s->run.work.seeds.len > 0)
        from.url = s->run.work.seeds.items[0];
    *taken = stet_scope_page(scope, &from, url, &want);
    stet_scope_explain(scope, url, *taken, &want, out);
    return stet_buf_status(out);
}

int stet_crawl_explain(struct stet_bytes *text, bool *taken,
                       const struct stet_crawl_options *o, const char *url,
                       struct stet_error *err)
{
    struct stet_setup *s = stet_alloc(sizeof(*s));
    struct stet_buf normal, sentence;
    int rc;

    *text = (struct stet_bytes){ NULL, 0 };
    *taken = false;
    if (!s)
        return stet_fail(err, STET_ENOMEM, "no memory for a scope");
    stet_buf_init(&normal, MAX_SENTENCE);
    stet_buf_init(&sentence, MAX_SENTENCE);
    rc = stet_setup_make(s, o, err);
    if (rc == STET_OK && stet_place_normal(&normal, stet_span_of(url), err) < 0)
        rc = stet_fail(err, STET_EUSAGE, "not an http or https URL: %.150s",
                       url);
    if (rc == STET_OK)
        rc = judge(&sentence, taken, s, stet_buf_span(&normal));
    if (rc == STET_OK) {
        text->data = stet_span_dup(stet_buf_span(&sentence));
        text->len = sentence.len;
        if (!text->data)
            rc = stet_fail(err, STET_ENOMEM, "no memory for a sentence");
    }
    stet_buf_clear(&normal);
    stet_buf_clear(&sentence);
    stet_setup_clear(s);
    stet_free(s);
    return rc;
}
