#include "stet/article.h"

#include "article/correction.h"
#include "article/facts.h"
#include "article/find.h"
#include "article/fingerprint.h"
#include "article/head.h"
#include "article/kind.h"
#include "article/lists.h"
#include "article/marker.h"
#include "article/picture.h"
#include "article/survey.h"
#include "article/text.h"
#include "article/trails.h"
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
    if (f->out->page_kind == STET_PAGE_ARTICLE)
        f->out->has_fingerprint =
            stet_fingerprint(f->out->text, &f->out->fingerprint);
    return f->status;
}

/* An article without facts, and what finds them; all are the caller's. */
static int begin(struct story **out, struct stet_facts **facts)
{
    struct story *s = stet_alloc(sizeof(*s));
    struct stet_facts *f = stet_alloc(sizeof(*f));

    *out = NULL;
    *facts = NULL;
    if (!s || !f) {
        stet_free(s);
        stet_free(f);
        return STET_ENOMEM;
    }
    stet_arena_init(&s->arena, STET_MAX_ARTICLE_BYTES);
    f->out = &s->a;
    f->arena = &s->arena;
    stet_buf_init(&f->scratch, STET_MAX_ARTICLE_TEXT);
    stet_url_init(&f->url);
    stet_url_init(&f->base);
    *out = s;
    *facts = f;
    return STET_OK;
}

static void end(struct stet_facts *f)
{
    if (!f)
        return;
    stet_facts_clear(f);
    stet_free(f);
}

int stet_article_find(struct stet_article **out,
                      const struct stet_article_input *in,
                      struct stet_error *err)
{
    struct story *s;
    struct stet_facts *f;
    int rc = begin(&s, &f);

    *out = NULL;
    if (rc == STET_OK) {
        f->in = in;
        f->dom = in->dom;
        rc = find_all(f);
    }
    end(f);
    if (rc == STET_OK)
        *out = &s->a;
    else
        stet_article_free(s ? &s->a : NULL);
    return rc < 0 ? stet_fail(err, rc, "no memory for an article's facts")
                  : STET_OK;
}

int stet_article_find_trails(struct stet_article **out, struct stet_span json,
                             struct stet_span url, struct stet_span page,
                             struct stet_error *err)
{
    static const struct stet_json_options lenient = { .lenient = true };
    struct stet_json *j = NULL;
    struct story *s;
    struct stet_facts *f;
    int rc = begin(&s, &f);

    *out = NULL;
    if (rc == STET_OK)
        rc = stet_json_parse(&j, json, &lenient, NULL);
    if (rc == STET_OK)
        rc = stet_url_parse(&f->url, page, NULL, NULL);
    if (rc == STET_OK)
        rc = stet_url_copy(&f->base, &f->url);
    if (rc == STET_OK) {
        f->has_url = f->has_base = true;
        stet_trails_read(f, stet_json_root(j), url);
        rc = f->status;
    }
    stet_json_free(j);
    end(f);
    if (rc == STET_OK &&
        s->a.related.len + s->a.recommended.len + s->a.most_viewed.len > 0)
        *out = &s->a;
    else
        stet_article_free(s ? &s->a : NULL);
    if (rc == STET_ENOMEM)
        return stet_fail(err, rc, "no memory for a list of stories");
    return *out ? STET_OK : STET_END;
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
