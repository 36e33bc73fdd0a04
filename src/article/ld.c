#include "article/ld.h"

#include "base/ascii.h"

static const char *const article_types[] = { "NewsArticle",
                                             "Article",
                                             "ReportageNewsArticle",
                                             "LiveBlogPosting",
                                             "BlogPosting",
                                             "AnalysisNewsArticle",
                                             "OpinionNewsArticle",
                                             "BackgroundNewsArticle",
                                             "ReviewNewsArticle",
                                             "AskPublicNewsArticle",
                                             "SatiricalArticle",
                                             "AdvertiserContentArticle",
                                             "ScholarlyArticle",
                                             "TechArticle",
                                             "SocialMediaPosting",
                                             "DiscussionForumPosting",
                                             "Report",
                                             "MedicalScholarlyArticle" };

static const char *const page_types[] = {
    "WebPage", "ItemPage", "VideoObject", "CreativeWork", "Recipe",
    "Review",  "Blog",     "HowTo",       "QAPage",       "Event"
};

static bool is_type(struct stet_span s, const char *type)
{
    struct stet_span t = stet_span_of(type);

    if (s.len < t.len)
        return false;
    if (s.len > t.len && s.ptr[s.len - t.len - 1] != '/' &&
        s.ptr[s.len - t.len - 1] != ':')
        return false;
    return stet_span_ieq(stet_span_sub(s, s.len - t.len, t.len), t);
}

bool stet_ld_is(const struct stet_json_value *v, const char *type)
{
    const struct stet_json_value *t = stet_json_get(v, "@type");
    struct stet_json_iter it = { .of = t };

    if (stet_json_type(t) == STET_JSON_STRING)
        return is_type(stet_json_string(t), type);
    if (stet_json_type(t) != STET_JSON_ARRAY)
        return false;
    while (stet_json_next(&it))
        if (is_type(stet_json_string(it.value), type))
            return true;
    return false;
}

struct stet_span stet_ld_string(const struct stet_json_value *v,
                                const char *key)
{
    static const char *const keys[] = { "@value", "url", "@id", "name" };
    struct stet_span s;

    while (stet_json_type(v) == STET_JSON_ARRAY)
        v = stet_json_at(v, 0);
    if (stet_json_type(v) == STET_JSON_STRING)
        return stet_json_string(v);
    s = key ? stet_json_get_string(v, key) : (struct stet_span){ NULL, 0 };
    for (size_t i = 0; s.len == 0 && i < sizeof(keys) / sizeof(keys[0]); i++)
        s = stet_json_get_string(v, keys[i]);
    return s;
}

static struct stet_span name_of(const struct stet_json_value *v)
{
    if (stet_json_type(v) == STET_JSON_STRING)
        return stet_json_string(v);
    if (stet_json_type(stet_json_get(v, "name")) == STET_JSON_ARRAY)
        return stet_ld_string(stet_json_get(v, "name"), NULL);
    return stet_json_get_string(v, "name");
}

struct stet_span stet_ld_names(struct stet_facts *f,
                               const struct stet_json_value *v)
{
    struct stet_json_iter it = { .of = v };
    struct stet_span all = { NULL, 0 };
    struct stet_buf b;

    if (stet_json_type(v) != STET_JSON_ARRAY)
        return stet_facts_keep_html(f, name_of(v));
    stet_buf_init(&b, STET_MAX_ARTICLE_FIELD);
    while (stet_json_next(&it)) {
        struct stet_span one = stet_facts_keep_html(f, name_of(it.value));

        if (one.len == 0)
            continue;
        if (stet_span_find(stet_buf_span(&b), one) < b.len)
            continue; /* named twice */
        stet_buf_adds(&b, b.len > 0 ? ", " : "");
        stet_buf_add_span(&b, one);
    }
    if (stet_buf_status(&b) == STET_OK)
        all = stet_facts_dup(f, stet_buf_span(&b));
    stet_facts_note(f, stet_buf_status(&b));
    stet_buf_clear(&b);
    return all;
}

/* Without the comment and CDATA marks that old pages wrap scripts in. */
static struct stet_span unwrap(struct stet_span s)
{
    static const char *const marks[] = { "<!--", "//<![CDATA[", "<![CDATA[",
                                         "/*<![CDATA[*/" };

    s = stet_span_trim(s);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (stet_span_istarts(s, marks[i]))
            return stet_span_sub(s, stet_span_of(marks[i]).len, s.len);
    return s;
}

/* How well an object describes an article; 0: not at all. */
static int rank(struct stet_facts *f, const struct stet_json_value *v)
{
    const struct stet_json_value *of = stet_json_get(v, "mainEntityOfPage");
    struct stet_span url;
    int r = 0;

    for (size_t i = 0; i < sizeof(article_types) / sizeof(char *); i++)
        if (stet_ld_is(v, article_types[i]))
            r = 10;
    if (r == 0)
        return 0;
    if (stet_json_get(v, "datePublished"))
        r += 4;
    if (stet_json_get(v, "headline"))
        r += 2;
    url = stet_ld_string(of, "@id");
    if (url.len == 0)
        url = stet_json_get_string(v, "url");
    if (url.len > 0 &&
        stet_span_eq(stet_facts_url(f, url), stet_url_href(&f->url)))
        r += 8;
    return r;
}

static bool is_page(const struct stet_json_value *v)
{
    for (size_t i = 0; i < sizeof(page_types) / sizeof(char *); i++)
        if (stet_ld_is(v, page_types[i]))
            return true;
    return false;
}

struct queue {
    const struct stet_json_value *items[STET_MAX_ARTICLE_THINGS];
    size_t len;
};

static void put(struct queue *q, const struct stet_json_value *v)
{
    if (v && q->len < STET_MAX_ARTICLE_THINGS)
        q->items[q->len++] = v;
}

/* Where JSON-LD nests the objects that pages have. */
static void put_members(struct queue *q, const struct stet_json_value *v)
{
    static const char *const keys[] = {
        "@graph",     "mainEntity", "hasPart",           "mainEntityOfPage",
        "breadcrumb", "image",      "primaryImageOfPage"
    };
    struct stet_json_iter it = { .of = v };

    if (stet_json_type(v) == STET_JSON_ARRAY)
        while (stet_json_next(&it))
            put(q, it.value);
    else if (stet_json_type(v) == STET_JSON_OBJECT)
        for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
            put(q, stet_json_get(v, keys[i]));
}

static void choose(struct stet_facts *f)
{
    struct queue q = { .len = 0 };
    int best = 0;

    for (size_t i = 0; i < f->n_scripts; i++)
        put(&q, stet_json_root(f->scripts[i]));
    for (size_t i = 0; i < q.len; i++) {
        const struct stet_json_value *v = q.items[i];
        int r = rank(f, v);

        if (r > best) {
            best = r;
            f->ld = v;
        }
        if (r == 0 && !f->ld_page && is_page(v))
            f->ld_page = v;
        if (!f->ld_crumbs && stet_ld_is(v, "BreadcrumbList"))
            f->ld_crumbs = v;
        if (f->n_ld_images < STET_MAX_ARTICLE_IMAGES &&
            stet_ld_is(v, "ImageObject"))
            f->ld_images[f->n_ld_images++] = v;
        put_members(&q, v);
    }
}

void stet_ld_read(struct stet_facts *f)
{
    static const struct stet_json_options lenient = { .allow_trailing = true,
                                                      .lenient = true };

    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_SCRIPT); n;
         n = stet_dom_next(n)) {
        struct stet_span type = stet_dom_attr(n, "type");
        int rc;

        if (!stet_span_istarts(stet_span_trim(type), "application/ld+json"))
            continue;
        if (f->n_scripts == STET_MAX_ARTICLE_SCRIPTS || !n->children)
            continue;
        rc =
            stet_json_parse(&f->scripts[f->n_scripts],
                            unwrap(stet_dom_text(n->children)), &lenient, NULL);
        if (rc == STET_OK)
            f->n_scripts++;
        stet_facts_note(f, rc);
    }
    choose(f);
}

void stet_ld_clear(struct stet_facts *f)
{
    for (size_t i = 0; i < f->n_scripts; i++)
        stet_json_free(f->scripts[i]);
    f->n_scripts = 0;
    f->ld = f->ld_page = f->ld_crumbs = NULL;
    f->n_ld_images = 0;
}
