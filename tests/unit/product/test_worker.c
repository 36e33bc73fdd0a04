/*
 * What a worker makes of hostile captures, and of having no memory.
 */
#include "product/product.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/span.h"
#include "dom/dom.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

static const struct stet_ids ids = { true, 7 };
static const char html_head[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

/* A job for a capture; NULL: no memory. */
static struct stet_job *job_of(const struct stet_target *t, const char *head,
                               struct stet_span body)
{
    struct stet_job *job = stet_alloc(sizeof(*job));
    struct stet_exchange *x = stet_alloc(sizeof(*x));

    if (x)
        stet_exchange_init(x);
    if (job)
        job->exchange = x;
    else
        stet_exchange_free(x);
    if (!job || !x || stet_target_copy(&job->target, t) < 0) {
        stet_job_free(job);
        return NULL;
    }
    x->head.data = stet_span_dup(stet_span_of(head));
    x->head.len = x->head.data ? strlen(head) : 0;
    x->status = 200;
    x->head_is_whole = true;
    x->framing.kind = STET_FRAMING_CLOSE;
    x->entity_len = body.len;
    stet_spool_init(&x->body, NULL, 16 << 20);
    if (!x->head.data ||
        stet_spool_add(&x->body, body.ptr, body.len, NULL) < 0 ||
        stet_digest_of(&x->entity_digest, STET_SHA256, body, NULL) < 0) {
        stet_job_free(job);
        return NULL;
    }
    return job;
}

static int make(struct stet_product **out, const struct stet_target *t,
                const char *head, struct stet_span body)
{
    const struct stet_product_config config = { .ids = &ids,
                                                .gzip_level = 1,
                                                .facts = true,
                                                .scope = { 1, true, true },
                                                .spool_memory = 16 << 20 };
    struct stet_worker *w = NULL;
    struct stet_job *job = job_of(t, head, body);
    int rc = job ? stet_worker_new(&w, &config, NULL) : STET_ENOMEM;

    *out = NULL;
    if (rc == STET_OK)
        rc = stet_worker_make(out, w, job, NULL);
    stet_worker_free(w);
    stet_job_free(job);
    return rc;
}

static const struct stet_target page = {
    .id = 1,
    .page = 1,
    .page_id = "11111111-1111-4111-8111-111111111111",
    .url = STET_SPAN_INIT("http://a.example/story"),
    .via = STET_SPAN_INIT("http://a.example/"),
    .hops = STET_SPAN_INIT("L"),
    .role = STET_ROLE_RELATED,
};

static const struct stet_span story = STET_SPAN_INIT(
    "<!doctype html><title>A story</title><link rel=icon href=/i.png>"
    "<link rel=stylesheet href=/s.css><article><h1>A story</h1>"
    "<p>This article is more than 4 years old<p>Words of it, and more."
    "<img src=a.png srcset='b.png 2x'><a href=big.jpg><img src=c.png></a>"
    "<h2>More on this story</h2><ul><li><a href=/one>One</a>"
    "<li><a href=/two>Two</a></ul></article>");

static int work(void)
{
    struct stet_product *p = NULL;
    int rc = make(&p, &page, html_head, story);

    stet_product_free(p);
    return rc;
}

static void lives_without_memory(void)
{
    CHECK(torture(work));
}

static int skip(void)
{
    struct stet_product *p = NULL;
    struct stet_target *t = NULL;
    int rc = stet_target_copy(&t, &page);

    if (rc == STET_OK)
        rc = stet_product_skip(&p, t, "robots", STET_SPAN("/"), 0, NULL);
    if (rc < 0)
        stet_target_free(t);
    stet_product_free(p);
    return rc;
}

static void skips_without_memory(void)
{
    CHECK(torture(skip));
}

/* Each short link becomes as long as the page's own URL. */
static void is_not_undone_by_long_urls(void)
{
    struct stet_buf url, body;
    struct stet_target t = page;
    struct stet_product *p = NULL;

    stet_buf_init(&url, 1 << 20);
    stet_buf_init(&body, 1 << 20);
    stet_buf_adds(&url, "http://a.example/");
    for (int i = 0; i < 90000; i++)
        stet_buf_addc(&url, 'A');
    stet_buf_addc(&url, '/');
    for (int i = 0; i < 5000; i++)
        stet_buf_addf(&body, "<img src=%d>", i);
    t.url = stet_buf_span(&url);
    CHECK_INT(make(&p, &t, html_head, stet_buf_span(&body)), STET_OK);
    if (p) {
        CHECK(p->n_wants > 100 && p->n_wants < 5000);
        CHECK(p->n_entries >= 2); /* the response and its metadata */
        CHECK_INT(p->limits, STET_LIMITED_TARGETS | STET_LIMITED_OUTLINKS);
    }
    stet_product_free(p);
    stet_buf_clear(&body);
    stet_buf_clear(&url);
}

/* What is wanted as a sheet is one, if it does not say what it is. */
static void reads_sheets_without_a_type(void)
{
    static const struct {
        const char *head;
        size_t wants;
    } rows[] = {
        { "HTTP/1.1 200 OK\r\n\r\n", 1 },
        { "HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n", 1 },
        { "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", 0 },
    };
    struct stet_target t = page;
    struct stet_product *p = NULL;

    t.role = STET_ROLE_REQUISITE;
    t.resource = STET_RESOURCE_STYLE;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].head);
        CHECK_INT(make(&p, &t, rows[i].head, STET_SPAN("a{b:url(/c.png)}")),
                  STET_OK);
        CHECK_INT(p ? p->n_wants : 99, rows[i].wants);
        stet_product_free(p);
    }
}

static void says_which_limits_it_reached(void)
{
    struct stet_buf body;
    struct stet_product *p = NULL;

    stet_buf_init(&body, 16 << 20);
    for (int i = 0; i < STET_MAX_DOM_DEPTH + 10; i++)
        stet_buf_adds(&body, "<div>");
    CHECK_INT(make(&p, &page, html_head, stet_buf_span(&body)), STET_OK);
    CHECK_INT(p ? p->limits : 0, STET_LIMITED_TREE);
    stet_product_free(p);
    for (int i = 0; i <= STET_MAX_PRODUCT_OUTLINKS; i++)
        stet_buf_addf(&body, "<a href=%d>x</a>", i);
    CHECK_INT(make(&p, &page, html_head, stet_buf_span(&body)), STET_OK);
    CHECK_INT(p ? p->limits : 0, STET_LIMITED_TREE | STET_LIMITED_OUTLINKS);
    stet_product_free(p);
    CHECK_INT(make(&p, &page, html_head, story), STET_OK);
    CHECK_INT(p ? p->limits : 1, 0);
    stet_product_free(p);
    stet_buf_clear(&body);
}

/* Slices, put together again. */
struct slices {
    struct stet_spool all;
    int n, most; /* how many are wanted */
};

static int keep_slice(void *ctx, const struct stet_target *t,
                      struct stet_spool *slice, struct stet_error *err)
{
    struct slices *s = ctx;
    struct stet_span bytes;

    CHECK_INT(t->id, page.id);
    if (s->n++ >= s->most)
        return STET_END;
    CHECK_INT(stet_spool_view(slice, &bytes, err), STET_OK);
    return stet_spool_add(&s->all, bytes.ptr, bytes.len, err);
}

/* Makes the product of a body that counts as large. */
static int make_large(struct stet_product **out, struct slices *to,
                      struct stet_span body)
{
    const struct stet_product_config config = { .ids = &ids,
                                                .gzip_level = 1,
                                                .facts = true,
                                                .scope = { 1, true, true },
                                                .spool_memory = 16 << 20,
                                                .large_body = 100,
                                                .put_slice =
                                                    to ? keep_slice : NULL,
                                                .slice_ctx = to };
    struct stet_worker *w = NULL;
    struct stet_job *job = job_of(&page, html_head, body);
    int rc = job ? stet_worker_new(&w, &config, NULL) : STET_ENOMEM;

    *out = NULL;
    if (rc == STET_OK)
        rc = stet_worker_make(out, w, job, NULL);
    stet_worker_free(w);
    stet_job_free(job);
    return rc;
}

static void large_bodies_go_out_in_slices(void)
{
    static char noise[3 << 20];
    struct slices to = { .most = 100 };
    struct stet_product *p = NULL, *whole = NULL, *plain = NULL;
    struct stet_span got, want;
    uint32_t x = 1;

    for (size_t i = 0; i < sizeof(noise); i++) {
        x = x * 1664525 + 1013904223;
        noise[i] = (char)(x >> 24);
    }
    memcpy(noise, story.ptr, story.len);
    stet_spool_init(&to.all, NULL, 16 << 20);
    CHECK_INT(make_large(&p, &to, (struct stet_span){ noise, sizeof(noise) }),
              STET_OK);
    CHECK_INT(
        make_large(&whole, NULL, (struct stet_span){ noise, sizeof(noise) }),
        STET_OK);
    if (!p || !whole)
        return;
    CHECK(to.n > 2);
    CHECK_INT(p->sliced, to.all.len);
    CHECK_INT(whole->sliced, 0);
    CHECK_INT(make(&plain, &page, html_head,
                   (struct stet_span){ noise, sizeof(noise) }),
              STET_OK);
    if (plain) { /* read in one piece */
        CHECK_INT(p->n_links, plain->n_links);
        CHECK_INT(p->n_wants, plain->n_wants);
        CHECK(p->n_wants > 0 && stet_span_eq(p->page.facts, plain->page.facts));
    }
    stet_product_free(plain);
    CHECK_INT(p->n_entries, whole->n_entries);
    for (size_t i = 0; i < p->n_entries; i++) {
        CHECK_INT(p->entries[i].offset, whole->entries[i].offset);
        CHECK_INT(p->entries[i].length, whole->entries[i].length);
    }
    CHECK_INT(p->entries[0].length, to.all.len);
    CHECK_INT(stet_spool_view(&whole->records, &want, NULL), STET_OK);
    CHECK_INT(stet_spool_view(&to.all, &got, NULL), STET_OK);
    CHECK(memcmp(got.ptr, want.ptr, got.len) == 0);
    CHECK_INT(stet_spool_view(&p->records, &got, NULL), STET_OK);
    CHECK_INT(to.all.len + got.len, want.len);
    CHECK(memcmp(got.ptr, want.ptr + to.all.len, got.len) == 0);
    stet_product_free(whole);
    stet_product_free(p);

    /* Not wanted any more: what is left is what it was. */
    to.n = 0;
    to.most = 1;
    CHECK_INT(make_large(&p, &to, (struct stet_span){ noise, sizeof(noise) }),
              STET_END);
    CHECK(p && p->target && p->n_entries == 0 && p->digest.len > 0);
    stet_product_free(p);
    stet_spool_clear(&to.all);
}

static int work_large(void)
{
    struct stet_product *p = NULL;
    int rc = make_large(&p, NULL, story);

    stet_product_free(p);
    return rc;
}

static void slices_without_memory(void)
{
    CHECK(torture(work_large));
}

/* An answer in pieces does not open a host. */
static void denies_on_half_a_robots_head(void)
{
    struct stet_target t = page;
    struct stet_product *p = NULL;
    struct stet_worker *w = NULL;
    const struct stet_product_config config = { .ids = &ids,
                                                .gzip_level = 1,
                                                .spool_memory = 1 << 20 };
    static const char *const heads[] = { "HTTP/1.1 200 OK\r\nConte",
                                         "no status line at all" };

    t.role = STET_ROLE_ROBOTS;
    t.page = 0;
    CHECK_INT(stet_worker_new(&w, &config, NULL), STET_OK);
    for (size_t i = 0; i < 2; i++) {
        struct stet_job *job = job_of(&t, heads[i], STET_SPAN(""));
        tap_row(heads[i]);
        job->exchange->head_is_whole = false;
        job->exchange->outcome = STET_OUT_DISCONNECTED;
        CHECK_INT(stet_worker_make(&p, w, job, NULL), STET_OK);
        CHECK_INT(p->robots_answer, STET_ROBOTS_DENY);
        stet_product_free(p);
        stet_job_free(job);
    }
    stet_worker_free(w);
}

TESTS({ "lives without memory", lives_without_memory },
      { "skips without memory", skips_without_memory },
      { "is not undone by long URLs", is_not_undone_by_long_urls },
      { "reads sheets without a type", reads_sheets_without_a_type },
      { "says which limits it reached", says_which_limits_it_reached },
      { "large bodies go out in slices", large_bodies_go_out_in_slices },
      { "slices without memory", slices_without_memory },
      { "denies on half a robots head", denies_on_half_a_robots_head })
