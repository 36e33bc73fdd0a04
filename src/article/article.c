#include "stet/article.h"

#include "article/correction.h"
#include "article/facts.h"
#include "article/find.h"
#include "article/head.h"
#include "article/kind.h"
#include "article/lists.h"
#include "article/marker.h"
#include "article/picture.h"
#include "article/survey.h"
#include "article/text.h"
#include "article/when.h"
#include "base/fail.h"
#include "base/mem.h"
#include "html/charset.h"

/* An article and the memory behind it. */
struct story {
    struct stet_article a; /* first */
    struct stet_arena arena;
};

void stet_article_free(struct stet_article *a)
{
    struct story *s = (struct story *)(void *)a;

    if (!s)
        return;
    stet_arena_clear(&s->arena);
    stet_free(s);
}

static int find_all(struct stet_facts *f)
{
    stet_facts_read(f);
    stet_meta_find(f);
    stet_survey_main(f);
    stet_when_find(f);
    stet_picture_find(f);
    stet_marker_find(f);
    stet_lists_find(f);
    stet_correction_find(f);
    stet_text_find(f);
    stet_kind_find(f);
    return f->status;
}

int stet_article_find(struct stet_article **out,
                      const struct stet_article_input *in,
                      struct stet_error *err)
{
    struct story *s = stet_alloc(sizeof(*s));
    struct stet_facts *f = stet_alloc(sizeof(*f));
    int rc = STET_ENOMEM;

    *out = NULL;
    if (!s || !f)
        goto done;
    stet_arena_init(&s->arena, STET_MAX_ARTICLE_BYTES);
    f->in = in;
    f->dom = in->dom;
    f->out = &s->a;
    f->arena = &s->arena;
    stet_buf_init(&f->scratch, STET_MAX_ARTICLE_TEXT);
    stet_url_init(&f->url);
    stet_url_init(&f->base);
    rc = find_all(f);
    stet_facts_clear(f);
    if (rc == STET_OK) {
        *out = &s->a;
        s = NULL;
    }
done:
    stet_free(f);
    stet_article_free(s ? &s->a : NULL);
    return rc < 0 ? stet_fail(err, rc, "no memory for an article's facts")
                  : STET_OK;
}

int stet_article_parse(struct stet_article **out, struct stet_span html,
                       struct stet_span url, struct stet_span charset_hint,
                       int64_t captured_ms, struct stet_error *err)
{
    struct stet_html_options o = { .on_token = stet_dom_token };
    struct stet_article_input in = { .url = url, .captured_ms = captured_ms };
    struct stet_charset_guess guess;
    struct stet_dom *dom = NULL;
    int rc = stet_dom_new(&dom, err);

    *out = NULL;
    if (rc < 0)
        return rc;
    rc = stet_charset_detect(&guess, html, charset_hint);
    o.charset = guess.charset;
    o.ctx = dom;
    if (rc == STET_OK)
        rc = stet_html_tokenize(html, &o, err);
    if (rc == STET_OK)
        rc = stet_dom_finish(dom);
    in.dom = dom;
    if (rc == STET_OK)
        rc = stet_article_find(out, &in, err);
    stet_dom_free(dom);
    return rc;
}
