#include "product/page.h"

#include "article/find.h"
#include "base/fail.h"
#include "base/mem.h"
#include "dom/dom.h"
#include "html/charset.h"
#include "plan/place.h"
#include "stet/html.h"
#include "stet/links.h"
#include "stet/robots.h"
#include "stet/url.h"

#include <string.h>

enum {
    /* Of wanted URLs; what is left is for what else a product says. */
    MAX_WANTS = STET_MAX_PRODUCT_BYTES / 4,
    PIECE = 256 << 10, /* of a document that is read from its spool */
};

void stet_reading_init(struct stet_reading *r, struct stet_product *p,
                       const struct stet_product_config *config)
{
    *r = (struct stet_reading){ .product = p, .config = config };
    stet_buf_init(&r->outlinks, STET_MAX_OUTLINK_BYTES);
}

void stet_reading_clear(struct stet_reading *r)
{
    stet_buf_clear(&r->outlinks);
    stet_article_free(r->article);
    stet_reading_init(r, r->product, r->config);
}

/* Adds a want unless there are too many, or they are too long in all: a
 * page whose own URL is long makes long ones of many short links. */
static int want(struct stet_product *p, struct stet_span url,
                const struct stet_want *how)
{
    struct stet_wanted *w;

    if (p->n_wants >= STET_MAX_PRODUCT_WANTS ||
        url.len > MAX_WANTS - p->wants_len) {
        p->limits |= STET_LIMITED_TARGETS;
        return STET_OK;
    }
    if (stet_grow_array(&p->wants, &p->cap_wants, p->n_wants + 1,
                        sizeof(*p->wants)) < 0)
        return STET_ENOMEM;
    w = &p->wants[p->n_wants];
    *w = (struct stet_wanted){ .how = *how };
    w->url = stet_arena_dup(&p->strings, url);
    if (!w->url.ptr)
        return STET_ENOMEM;
    p->n_wants++;
    p->wants_len += url.len;
    return STET_OK;
}

/* A want under the name that the frontier has for it: user and password, if
 * a link has them, are nobody's but the page's. */
static int want_link(struct stet_product *p, struct stet_span url,
                     const struct stet_want *how)
{
    struct stet_buf plain;
    int rc = STET_OK;

    if (stet_span_find(url, STET_SPAN("@")) == url.len)
        return want(p, url, how);
    stet_buf_init(&plain, STET_MAX_URL);
    if (stet_place_normal(&plain, url, NULL) == STET_OK)
        rc = want(p, stet_buf_span(&plain), how);
    else if (stet_buf_status(&plain) == STET_ENOMEM)
        rc = STET_ENOMEM;
    stet_buf_clear(&plain);
    return rc;
}

/* A story of a list, with its place there. */
static int want_listed(struct stet_product *p, struct stet_span url,
                       const struct stet_want *how, struct stet_span list,
                       uint32_t position)
{
    size_t n = p->n_wants;
    int rc = want_link(p, url, how);

    if (rc == STET_OK && p->n_wants > n) {
        p->wants[n].list = stet_arena_dup(&p->strings, list);
        p->wants[n].position = position;
        if (!p->wants[n].list.ptr)
            rc = STET_ENOMEM;
    }
    return rc;
}

/* As Heritrix writes them: the URL, the hop's letter and where it stood. */
static void add_outlink(struct stet_reading *r, const struct stet_link *l)
{
    size_t whole = r->outlinks.len;

    if (r->n_outlinks++ >= STET_MAX_PRODUCT_OUTLINKS) {
        r->product->limits |= STET_LIMITED_OUTLINKS;
        return;
    }
    stet_buf_adds(&r->outlinks, "outlink: ");
    stet_buf_add_span(&r->outlinks, l->url);
    stet_buf_addc(&r->outlinks, ' ');
    stet_buf_addc(&r->outlinks, stet_link_hop(l));
    stet_buf_addc(&r->outlinks, ' ');
    stet_buf_adds(&r->outlinks, l->context);
    stet_buf_adds(&r->outlinks, "\r\n");
    /* No half lines: what comes after would become part of one. */
    if (stet_buf_status(&r->outlinks) < 0) {
        r->product->limits |= STET_LIMITED_OUTLINKS;
        stet_buf_cut(&r->outlinks, whole);
    }
}

static int on_link(void *ctx, const struct stet_link *l)
{
    struct stet_reading *r = ctx;
    struct stet_product *p = r->product;
    struct stet_want how;

    p->n_links++;
    if (l->role == STET_LINK_ICON) {
        r->has_icon = true;
        if (!p->page.favicon.ptr)
            p->page.favicon = stet_arena_dup(&p->strings, l->url);
    }
    add_outlink(r, l);
    if (stet_scope_link(&r->config->scope, p->target, l, &how))
        return want_link(p, l->url, &how);
    return STET_OK;
}

/* Where one pass of the tokenizer goes to. */
struct sinks {
    struct stet_links_html *links; /* NULL when no links are wanted */
    struct stet_dom *dom;          /* NULL when no facts are wanted */
    bool cut;                      /* there is more than is in the tree */
    bool xml;                      /* XHTML or SVG by its type */
};

static int on_token(void *ctx, const struct stet_html_token *t)
{
    struct sinks *s = ctx;
    int rc = s->links ? stet_links_html_token(s->links, t) : STET_OK;

    s->cut = t->offset >= STET_MAX_PRODUCT_TREE;
    if (rc == STET_OK && s->dom && !s->cut)
        rc = stet_dom_token(s->dom, t);
    return rc;
}

static int feed(void *ctx, const char *p, size_t n)
{
    return stet_html_tokenizer_feed(ctx, (struct stet_span){ p, n }, NULL);
}

/* Feeds a document from its spool; damage of its framing ends it. */
static int feed_body(const struct stet_reading *r,
                     struct stet_html_tokenizer *t, struct stet_error *err)
{
    char *piece = stet_grow(NULL, PIECE); /* not zeroed: it is filled */
    struct stet_body_reader reader;
    uint64_t at = 0;
    size_t got = 1, used;
    int rc = piece ? STET_OK
                   : stet_fail(err, STET_ENOMEM, "no memory to read a page");

    stet_body_init(&reader, r->framing, feed, t);
    while (rc == STET_OK && got > 0 && reader.status == STET_OK) {
        rc = stet_spool_read(r->body, at, piece, PIECE, &got, err);
        if (rc == STET_OK)
            rc = stet_body_feed(&reader, (struct stet_span){ piece, got },
                                &used);
        if (rc == STET_END || reader.fault)
            rc = STET_OK;
        at += got;
    }
    stet_free(piece);
    return rc;
}

static int parse_html(const struct stet_reading *r, struct sinks *s,
                      struct stet_span document, enum stet_charset charset,
                      struct stet_error *err)
{
    struct stet_html_options o = {
        .charset = charset, .on_token = on_token, .ctx = s, .xml = s->xml
    };
    struct stet_html_tokenizer *t = NULL;
    int rc = stet_html_tokenizer_new(&t, &o, err);

    if (rc == STET_OK)
        rc = r->body ? feed_body(r, t, err)
                     : stet_html_tokenizer_feed(t, document, err);
    if (rc == STET_OK)
        rc = stet_html_tokenizer_finish(t, err);
    stet_html_tokenizer_free(t);
    if (rc == STET_OK && s->cut && s->dom)
        r->product->limits |= STET_LIMITED_TREE;
    if (rc == STET_OK && s->links)
        rc = stet_links_html_finish(s->links);
    if (rc == STET_OK && s->dom)
        rc = stet_dom_finish(s->dom);
    return rc;
}

/* The related stories, as the page or an answer to its script lists them. */
static int want_related(struct stet_reading *r)
{
    struct stet_product *p = r->product;
    struct stet_want how;
    struct stet_url url;
    int rc = STET_OK;

    if (!r->article || r->config->scope.related_hops == 0)
        return STET_OK;
    stet_url_init(&url);
    for (size_t i = 0; rc == STET_OK && i < r->article->related.len; i++) {
        const struct stet_article_link *l = &r->article->related.items[i];

        rc = stet_url_parse(&url, l->url, NULL, NULL);
        if (rc == STET_OK && stet_scope_related(&r->config->scope, p->target,
                                                stet_url_page(&url), &how))
            rc = want_listed(p, stet_url_page(&url), &how, l->heading,
                             l->position);
        else if (rc == STET_EFORMAT || rc == STET_ELIMIT)
            rc = STET_OK;
    }
    stet_url_clear(&url);
    return rc;
}

static int want_favicon(struct stet_reading *r)
{
    struct stet_product *p = r->product;
    struct stet_want how;
    struct stet_url page, icon;
    int rc;

    if (r->has_icon)
        return STET_OK;
    stet_url_init(&page);
    stet_url_init(&icon);
    rc = stet_url_parse(&page, p->target->url, NULL, NULL);
    if (rc == STET_OK)
        rc = stet_url_parse(&icon, STET_SPAN("/favicon.ico"), &page, NULL);
    if (rc == STET_OK && stet_scope_favicon(&r->config->scope, p->target,
                                            stet_url_page(&icon), &how))
        rc = want(p, stet_url_page(&icon), &how);
    else if (rc != STET_ENOMEM)
        rc = STET_OK;
    stet_url_clear(&icon);
    stet_url_clear(&page);
    return rc;
}

static int keep_page_facts(struct stet_reading *r, struct stet_error *err)
{
    struct stet_product *p = r->product;
    struct stet_bytes json = { NULL, 0 };
    int rc = stet_article_print_json(&json, r->article, err);

    if (rc == STET_OK) {
        p->page.is_html = true;
        p->page.has_fingerprint = r->article->has_fingerprint;
        p->page.fingerprint = r->article->fingerprint;
        p->page.title = stet_arena_dup(&p->strings, r->article->title.len
                                                        ? r->article->title
                                                        : r->article->headline);
        p->page.facts = stet_arena_dup(
            &p->strings, (struct stet_span){ json.data, json.len });
        if (!p->page.title.ptr || !p->page.facts.ptr)
            rc = stet_fail(err, STET_ENOMEM, "no memory for page facts");
    }
    stet_bytes_clear(&json);
    return rc;
}

static int find_article(struct stet_reading *r, const struct stet_dom *dom,
                        struct stet_error *err)
{
    struct stet_article_input in = { .url = r->product->target->url,
                                     .dom = dom,
                                     .captured_ms = r->product->date_ms,
                                     .status = r->product->status };
    struct stet_dom_limits limits = stet_dom_limits(dom);
    int rc = stet_article_find(&r->article, &in, err);

    if (limits.depth || limits.attributes || limits.nodes || limits.bytes)
        r->product->limits |= STET_LIMITED_TREE;
    if (rc == STET_OK)
        rc = keep_page_facts(r, err);
    return rc;
}

static bool is_html(enum stet_links_type type)
{
    return type == STET_LINKS_HTML || type == STET_LINKS_XHTML;
}

static int read_html(struct stet_reading *r, enum stet_links_type type,
                     struct stet_span charset, struct stet_span document,
                     struct stet_error *err)
{
    bool is_page =
        r->config->facts && stet_role_is_page(r->product->target->role);
    struct stet_links_options o = { .type = type,
                                    .base = r->product->target->url };
    struct stet_charset_guess guess;
    struct sinks s = { .xml = type == STET_LINKS_XHTML };
    int rc;

    rc = stet_charset_detect(&guess, document, charset);
    if (rc < 0)
        return stet_fail(err, rc, "no memory to read a page");
    o.charset = stet_span_of(stet_charset_name(guess.charset));
    rc = stet_links_html_new(&s.links, &o, on_link, r, err);
    if (rc == STET_OK && is_page)
        rc = stet_dom_new(&s.dom, err);
    if (rc == STET_OK)
        rc = parse_html(r, &s, document, guess.charset, err);
    if (rc == STET_OK && is_page)
        rc = find_article(r, s.dom, err);
    if (rc == STET_OK)
        rc = want_related(r);
    if (rc == STET_OK)
        rc = want_favicon(r);
    stet_dom_free(s.dom);
    stet_links_html_free(s.links);
    return rc;
}

int stet_reading_refusal(struct stet_reading *r, struct stet_span mime,
                         struct stet_span charset, struct stet_span document,
                         struct stet_error *err)
{
    enum stet_links_type type =
        stet_links_type_of(mime, r->product->target->url);
    struct stet_charset_guess guess;
    struct sinks s = { .xml = type == STET_LINKS_XHTML };
    int rc;

    if (!stet_role_is_page(r->product->target->role) || !is_html(type))
        return STET_OK;
    rc = stet_charset_detect(&guess, document, charset);
    if (rc < 0)
        return stet_fail(err, rc, "no memory to read a page");
    rc = stet_dom_new(&s.dom, err);
    if (rc == STET_OK)
        rc = parse_html(r, &s, document, guess.charset, err);
    if (rc == STET_OK)
        rc = find_article(r, s.dom, err);
    stet_dom_free(s.dom);
    return rc;
}

/* The lists in an answer that the page's script would have asked for. */
static int read_trails(struct stet_reading *r, struct stet_span document,
                       struct stet_error *err)
{
    struct stet_product *p = r->product;
    struct stet_bytes json = { NULL, 0 };
    int rc;

    if (p->target->resource != STET_RESOURCE_FETCH)
        return STET_OK;
    rc = stet_article_find_trails(&r->article, document, p->target->url,
                                  p->target->via, err);
    if (rc != STET_OK)
        return rc == STET_END ? STET_OK : rc;
    rc = stet_article_print_json(&json, r->article, err);
    if (rc == STET_OK) {
        p->page.lists = stet_arena_dup(
            &p->strings, (struct stet_span){ json.data, json.len });
        rc = p->page.lists.ptr ? want_related(r)
                               : stet_fail(err, STET_ENOMEM,
                                           "no memory for a list of stories");
    }
    stet_bytes_clear(&json);
    return rc;
}

enum stet_reading_need stet_reading_needs(const struct stet_reading *r,
                                          struct stet_span mime)
{
    const struct stet_target *t = r->product->target;
    enum stet_links_type type = stet_links_type_of(mime, t->url);

    if (t->role == STET_ROLE_ROBOTS)
        return STET_READING_WHOLE;
    return type == STET_LINKS_NONE ? STET_READING_TYPE
           : is_html(type)         ? STET_READING_PIECES
                                   : STET_READING_WHOLE;
}

int stet_reading_document(struct stet_reading *r, struct stet_span mime,
                          struct stet_span charset, struct stet_span document,
                          struct stet_error *err)
{
    struct stet_links_options o = { .base = r->product->target->url,
                                    .charset = charset };

    o.type = stet_links_type_of(mime, r->product->target->url);
    if (o.type == STET_LINKS_JSON)
        return read_trails(r, document, err);
    if (o.type == STET_LINKS_NONE)
        return STET_OK;
    if (is_html(o.type))
        return read_html(r, o.type, charset, document, err);
    return stet_links_find(&o, document, on_link, r, err);
}

/* A redirect is wanted as what its source was wanted as. */
static int want_location(struct stet_reading *r, struct stet_span location)
{
    struct stet_product *p = r->product;
    struct stet_want how;
    struct stet_url base, to;
    int rc = STET_OK;

    if (location.len == 0)
        return STET_OK;
    stet_url_init(&base);
    stet_url_init(&to);
    if (stet_url_parse(&base, p->target->url, NULL, NULL) == STET_OK &&
        stet_url_parse(&to, location, &base, NULL) == STET_OK) {
        stet_url_strip_credentials(&to);
        stet_buf_adds(&r->outlinks, "outlink: ");
        stet_buf_add_span(&r->outlinks, stet_url_page(&to));
        stet_buf_adds(&r->outlinks, " R Location\r\n");
        if (stet_scope_redirect(&r->config->scope, p->target,
                                stet_url_page(&to), &how))
            rc = want_listed(p, stet_url_page(&to), &how, p->target->list,
                             p->target->position);
    }
    stet_url_clear(&to);
    stet_url_clear(&base);
    return rc;
}

static int want_sitemap(struct stet_reading *r, const struct stet_url *base,
                        struct stet_span text)
{
    struct stet_product *p = r->product;
    struct stet_want how;
    struct stet_url url;
    int rc;

    stet_url_init(&url);
    rc = stet_url_parse(&url, text, base, NULL);
    if (rc == STET_OK)
        stet_url_strip_credentials(&url);
    if (rc == STET_OK && stet_scope_list(&r->config->scope, p->target,
                                         stet_url_page(&url), &how))
        rc = want(p, stet_url_page(&url), &how);
    stet_url_clear(&url);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

int stet_reading_robots(struct stet_reading *r, struct stet_span body)
{
    struct stet_robots *robots = NULL;
    struct stet_url base;
    int rc;

    if (!r->config->scope.lists)
        return STET_OK;
    stet_url_init(&base);
    rc = stet_url_parse(&base, r->product->target->url, NULL, NULL);
    if (rc == STET_OK)
        rc = stet_robots_parse(&robots, body, NULL);
    for (size_t i = 0; rc == STET_OK && i < stet_robots_sitemaps(robots); i++)
        rc = want_sitemap(r, &base, stet_robots_sitemap(robots, i));
    stet_robots_free(robots);
    stet_url_clear(&base);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

int stet_reading_head(struct stet_reading *r, const struct stet_head *head,
                      struct stet_error *err)
{
    struct stet_links_options o = { .type = STET_LINKS_HEADER,
                                    .base = r->product->target->url };
    const struct stet_field *f = NULL;
    int rc = STET_OK;

    switch (head->status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return want_location(r, stet_head_get(head, "Location"));
    default:
        break;
    }
    while (rc == STET_OK && (f = stet_head_next(head, "Link", f)))
        rc = stet_links_find(&o, f->value, on_link, r, err);
    return rc;
}
