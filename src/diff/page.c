#include "diff/page.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "diff/lines.h"
#include "stet/links.h"

enum {
    MAX_PAGE = 64 << 20,
    MAX_FACT = 1 << 20, /* bytes of one, as JSON */
    MAX_CHARSET = 256,
};

/* -- reading --------------------------------------------------------------- */

static int on_link(void *ctx, const struct stet_link *l)
{
    struct stet_diff_page *p = ctx;

    if (!l->requisite || l->speculative ||
        !(stet_span_istarts(l->url, "http:") ||
          stet_span_istarts(l->url, "https:")))
        return STET_OK;
    return stet_map_put(&p->needs, l->url, NULL) ? STET_OK : STET_ENOMEM;
}

static int find_needs(struct stet_diff_page *p, struct stet_span html)
{
    struct stet_links_options o = { .type = STET_LINKS_HTML,
                                    .base = p->capture->url };
    int rc = stet_links_find(&o, html, on_link, p, NULL);

    return rc == STET_ENOMEM ? rc : STET_OK;
}

/* The text at its empty lines. */
static int cut_text(struct stet_diff_page *p)
{
    struct stet_span rest = p->article->text;
    size_t cap = 0;

    while (rest.ptr && rest.len > 0) {
        size_t n = stet_span_find(rest, STET_SPAN("\n\n"));
        struct stet_span part = stet_span_trim(stet_span_sub(rest, 0, n));

        rest = stet_span_sub(rest, n + 2, rest.len);
        if (part.len == 0)
            continue;
        if (stet_grow_array(&p->paragraphs, &cap, p->n_paragraphs + 1,
                            sizeof(*p->paragraphs)) < 0)
            return STET_ENOMEM;
        p->paragraphs[p->n_paragraphs++] = part;
    }
    return STET_OK;
}

static int find_facts(struct stet_diff_page *p, struct stet_span html,
                      struct stet_span charset)
{
    struct stet_bytes json = { NULL, 0 };
    int rc = stet_article_parse(&p->article, html, p->capture->url, charset,
                                p->capture->date_ms, NULL);

    if (rc == STET_OK)
        rc = stet_article_print_json(&json, p->article, NULL);
    if (rc == STET_OK)
        rc = stet_json_parse(
            &p->facts, (struct stet_span){ json.data, json.len }, NULL, NULL);
    if (rc == STET_OK)
        rc = cut_text(p);
    stet_bytes_clear(&json);
    return rc;
}

int stet_diff_page_read(struct stet_diff_page *p, const struct stet_side *side,
                        const struct stet_side_capture *capture,
                        struct stet_error *err)
{
    struct stet_buf html, charset;
    int rc;

    *p = (struct stet_diff_page){ .side = side, .capture = capture };
    stet_map_init(&p->needs, MAX_PAGE);
    stet_buf_init(&html, MAX_PAGE);
    stet_buf_init(&charset, MAX_CHARSET);
    rc = stet_side_read(side, capture, &html, &charset, err);
    if (rc == STET_OK) {
        rc = find_facts(p, stet_buf_span(&html), stet_buf_span(&charset));
        if (rc == STET_OK)
            rc = find_needs(p, stet_buf_span(&html));
        if (rc < 0)
            rc = stet_fail(
                err, rc, "cannot read %.*s",
                (int)(capture->url.len < 200 ? capture->url.len : 200),
                capture->url.ptr);
    }
    stet_buf_clear(&html);
    stet_buf_clear(&charset);
    return rc;
}

void stet_diff_page_clear(struct stet_diff_page *p)
{
    stet_article_free(p->article);
    stet_json_free(p->facts);
    stet_free(p->paragraphs);
    stet_map_clear(&p->needs);
    *p = (struct stet_diff_page){ 0 };
}

/* -- comparing ------------------------------------------------------------- */

struct comparing {
    const struct stet_diff_page *a, *b;
    stet_diff_fn fn;
    void *ctx;
};

static int tell(const struct comparing *c, enum stet_diff_kind kind,
                struct stet_span name, struct stet_span a, struct stet_span b)
{
    struct stet_diff d = { .kind = kind,
                           .page = c->a->capture->url,
                           .a_ms = c->a->capture->date_ms,
                           .b_ms = c->b->capture->date_ms,
                           .name = name,
                           .a = a,
                           .b = b };

    return c->fn(c->ctx, &d);
}

static const struct stet_span none = { NULL, 0 };

/* The text is compared by itself; the age says only that time has passed. */
static bool is_compared(struct stet_span name)
{
    return !stet_span_eqs(name, "text") &&
           !stet_span_eqs(name, "text-fingerprint") &&
           !stet_span_eqs(name, "captured") &&
           !stet_span_eqs(name, "age-at-capture");
}

static int compare_fact(const struct comparing *c, struct stet_span name,
                        const struct stet_json_value *a,
                        const struct stet_json_value *b)
{
    struct stet_buf x, y;
    int rc;

    stet_buf_init(&x, MAX_FACT);
    stet_buf_init(&y, MAX_FACT);
    if (a)
        stet_json_add_value(&x, a);
    if (b)
        stet_json_add_value(&y, b);
    rc = stet_buf_status(&x);
    if (rc == STET_OK)
        rc = stet_buf_status(&y);
    if (rc == STET_OK &&
        (!a != !b || !stet_span_eq(stet_buf_span(&x), stet_buf_span(&y))))
        rc = tell(c, STET_DIFF_FACT, name, a ? stet_buf_span(&x) : none,
                  b ? stet_buf_span(&y) : none);
    stet_buf_clear(&x);
    stet_buf_clear(&y);
    return rc;
}

static int compare_facts(const struct comparing *c)
{
    const struct stet_json_value *a = stet_json_root(c->a->facts);
    const struct stet_json_value *b = stet_json_root(c->b->facts);
    struct stet_json_iter it = { .of = a }, more = { .of = b };
    char name[64];
    int rc = STET_OK;

    while (rc == STET_OK && stet_json_next(&it)) {
        if (!is_compared(it.key) || it.key.len >= sizeof(name))
            continue;
        memcpy(name, it.key.ptr, it.key.len);
        name[it.key.len] = '\0';
        rc = compare_fact(c, it.key, it.value, stet_json_get(b, name));
    }
    while (rc == STET_OK && stet_json_next(&more)) {
        if (!is_compared(more.key) || more.key.len >= sizeof(name))
            continue;
        memcpy(name, more.key.ptr, more.key.len);
        name[more.key.len] = '\0';
        if (!stet_json_get(a, name))
            rc = compare_fact(c, more.key, NULL, more.value);
    }
    return rc;
}

static int compare_text(const struct comparing *c)
{
    size_t n = c->a->n_paragraphs, m = c->b->n_paragraphs, j = 0;
    bool *marks = stet_alloc(n + m + 1);
    int rc = marks ? stet_lines_diff(c->a->paragraphs, n, marks,
                                     c->b->paragraphs, m, marks + n)
                   : STET_ENOMEM;

    for (size_t i = 0; i <= n && rc == STET_OK; i++) {
        if (i < n && marks[i]) {
            rc = tell(c, STET_DIFF_TEXT_GONE, none, c->a->paragraphs[i], none);
            continue;
        }
        while (j < m && marks[n + j] && rc == STET_OK)
            rc = tell(c, STET_DIFF_TEXT_NEW, none, none, c->b->paragraphs[j++]);
        j++; /* the paragraph that both have */
    }
    stet_free(marks);
    return rc;
}

/* "sha1:..." and "sha256:..." say nothing of each other. */
static bool is_changed(struct stet_span a, struct stet_span b)
{
    size_t label = stet_span_find(a, STET_SPAN(":"));

    return label < a.len && label < b.len &&
           stet_span_ieq(stet_span_sub(a, 0, label + 1),
                         stet_span_sub(b, 0, label + 1)) &&
           !stet_span_eq(a, b);
}

static int compare_need(const struct comparing *c, struct stet_span url)
{
    const struct stet_side_capture *x =
        stet_side_find(c->a->side, url, c->a->capture->date_ms, false);
    const struct stet_side_capture *y =
        stet_side_find(c->b->side, url, c->b->capture->date_ms, false);

    return x && y && is_changed(x->digest, y->digest)
               ? tell(c, STET_DIFF_NEEDED_CHANGED, url, x->digest, y->digest)
               : STET_OK;
}

static int compare_needs(const struct comparing *c)
{
    int rc = STET_OK;

    for (size_t i = 0; i < c->a->needs.len && rc == STET_OK; i++) {
        struct stet_span url = c->a->needs.entries[i].key;

        rc = stet_map_find(&c->b->needs, url)
                 ? compare_need(c, url)
                 : tell(c, STET_DIFF_NEEDED_GONE, url, none, none);
    }
    for (size_t i = 0; i < c->b->needs.len && rc == STET_OK; i++) {
        struct stet_span url = c->b->needs.entries[i].key;

        if (!stet_map_find(&c->a->needs, url))
            rc = tell(c, STET_DIFF_NEEDED_NEW, url, none, none);
    }
    return rc;
}

int stet_diff_pages(const struct stet_diff_page *a,
                    const struct stet_diff_page *b, stet_diff_fn fn, void *ctx,
                    struct stet_error *err)
{
    struct comparing c = { a, b, fn, ctx };
    int rc = compare_facts(&c);

    if (rc == STET_OK)
        rc = compare_text(&c);
    if (rc == STET_OK)
        rc = compare_needs(&c);
    return rc == STET_ENOMEM ? stet_fail(err, rc, "no memory to compare") : rc;
}
