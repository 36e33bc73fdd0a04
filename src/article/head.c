#include "article/head.h"

#include "article/ld.h"
#include "article/say.h"
#include "base/ascii.h"

enum {
    BYLINE_RUNS = 20, /* blocks behind the headline that may be one */
    MAX_BYLINE = 120, /* bytes of one */
    MAX_BYLINES = 300 /* and of what metadata name */
};

/* Sets a fact that is not there yet. */
static void set(struct stet_span *to, enum stet_article_source *source,
                struct stet_span s, enum stet_article_source from)
{
    if (to->len > 0 || s.len == 0)
        return;
    *to = s;
    *source = from;
}

/* The next run of letters and digits (bytes above ASCII count as such). */
static struct stet_span next_word(struct stet_span s, size_t *i)
{
    size_t from;

    while (*i < s.len && !stet_is_alnum((unsigned char)s.ptr[*i]) &&
           (unsigned char)s.ptr[*i] < 0x80)
        ++*i;
    from = *i;
    while (*i < s.len && (stet_is_alnum((unsigned char)s.ptr[*i]) ||
                          (unsigned char)s.ptr[*i] >= 0x80))
        ++*i;
    return stet_span_sub(s, from, *i - from);
}

/* How many per cent of a's words stand in b. */
static int overlap(struct stet_span a, struct stet_span b)
{
    size_t i = 0;
    int n = 0;
    int found = 0;

    while (n < 64) {
        struct stet_span w = next_word(a, &i);

        if (w.len == 0)
            break;
        n++;
        if (stet_span_ifind(b, w) < b.len)
            found++;
    }
    return n > 0 ? found * 100 / n : 0;
}

static void find_titles(struct stet_facts *f, struct stet_span out[3])
{
    const xmlNode *t = stet_dom_first(f->dom, STET_HTML_TAG_TITLE);

    if (t)
        f->out->title = stet_facts_keep_node(f, t, NULL);
    out[0] = stet_facts_keep_html(f, stet_json_get_string(f->ld, "headline"));
    out[1] = stet_facts_keep_html(
        f, stet_facts_meta(f, "ogtitle twittertitle title"));
    out[2] = f->out->title;
}

/* How well a heading's words are those of the best of the titles. */
static int title_score(struct stet_span s, const struct stet_span titles[3])
{
    int best = 0;

    for (size_t i = 0; i < 3 && s.len > 0; i++) {
        int score = titles[i].len == 0 ? 0 : overlap(s, titles[i]);

        /* A word or two stand in any title: the site's name. */
        if (s.len < 16 && titles[i].len > 2 * s.len)
            score = 0;
        best = score > best ? score : best;
    }
    return best;
}

/* The first h1 (or h2 where there is none) whose words are those of the
 * titles. */
static const xmlNode *find_h1(struct stet_facts *f,
                              const struct stet_span titles[3],
                              struct stet_span *text)
{
    static const enum stet_html_tag tags[] = { STET_HTML_TAG_H1,
                                               STET_HTML_TAG_H2 };
    const xmlNode *best = NULL;
    int best_score = 59;

    for (size_t k = 0; k < 2 && !best; k++) {
        const xmlNode *n = stet_dom_first(f->dom, tags[k]);

        for (int count = 0; n && count < 32; n = stet_dom_next(n), count++) {
            struct stet_span s = stet_facts_keep_node(f, n, NULL);
            int score = title_score(s, titles);

            if (score > best_score) {
                best_score = score;
                best = n;
                *text = s;
            }
        }
    }
    return best;
}

static void find_headline(struct stet_facts *f)
{
    struct stet_article *a = f->out;
    struct stet_span titles[3];
    struct stet_span text = { NULL, 0 };
    const xmlNode *n;

    find_titles(f, titles);
    f->h1 = find_h1(f, titles, &text);
    n = stet_dom_first(f->dom, STET_HTML_TAG_H1);
    if (!f->h1 && titles[0].len + titles[1].len == 0 && n &&
        !stet_dom_next(n)) {
        f->h1 = n;
        text = stet_facts_keep_node(f, n, NULL);
    }
    set(&a->headline, &a->headline_source, text, STET_SOURCE_TEXT);
    set(&a->headline, &a->headline_source, titles[0], STET_SOURCE_JSON_LD);
    set(&a->headline, &a->headline_source, titles[1], STET_SOURCE_META);
    set(&a->headline, &a->headline_source, titles[2], STET_SOURCE_HTML);
}

static bool is_address(struct stet_span s)
{
    return stet_span_istarts(s, "http:") || stet_span_istarts(s, "https:") ||
           stet_span_istarts(s, "//") || stet_span_istarts(s, "@");
}

static struct stet_span clean_name(struct stet_facts *f, struct stet_span s)
{
    s = stet_facts_keep_html(f, s);
    if (is_address(s))
        return (struct stet_span){ NULL, 0 };
    if (stet_span_istarts(s, "by "))
        s = stet_span_sub(s, 3, s.len);
    return s;
}

static const xmlNode *find_author_link(const struct stet_facts *f)
{
    const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_A);

    while (n && !stet_facts_has_word(stet_dom_attr(n, "rel"), "author"))
        n = stet_dom_next(n);
    return n;
}

/* A short block between headline and story that is called a byline. */
static struct stet_span find_shown_byline(struct stet_facts *f)
{
    static const char *const words[] = { "byline", "author", "autor", "auteur",
                                         NULL };
    struct stet_span none = { NULL, 0 };
    size_t i =
        f->h1 ? stet_facts_find_run(f, stet_dom_end(f->h1) + 1) : f->runs.len;

    for (int count = 0; i < f->runs.len && count < BYLINE_RUNS; i++, count++) {
        const struct stet_run *r = &f->runs.items[i];
        struct stet_span s;

        if (r->hidden || r->bytes > MAX_BYLINE)
            continue;
        for (const xmlNode *n = r->first; n && n->type != XML_DOCUMENT_NODE;
             n = n->parent) {
            if (n->type == XML_ELEMENT_NODE &&
                stet_says_any(stet_dom_attr(n, "class"), words)) {
                s = clean_name(f, stet_facts_keep_node(f, n, NULL));
                return s.len <= MAX_BYLINE ? s : none;
            }
            if (n == r->block)
                break;
        }
    }
    return none;
}

static void find_byline(struct stet_facts *f)
{
    struct stet_article *a = f->out;
    struct stet_span s = stet_ld_names(f, stet_json_get(f->ld, "author"));
    const xmlNode *n;

    if (!is_address(s) && s.len <= MAX_BYLINES)
        set(&a->byline, &a->byline_source, s, STET_SOURCE_JSON_LD);
    s = clean_name(f, stet_facts_meta(f, "author byl parselyauthor "
                                         "sailthruauthor dccreator "
                                         "dctermscreator articleauthor "
                                         "ogarticleauthor"));
    if (s.len <= MAX_BYLINES)
        set(&a->byline, &a->byline_source, s, STET_SOURCE_META);
    n = a->byline.len == 0 ? stet_facts_prop(f, "author") : NULL;
    if (n)
        set(&a->byline, &a->byline_source,
            clean_name(f, stet_facts_keep_node(f, n, NULL)),
            STET_SOURCE_ITEMPROP);
    n = a->byline.len == 0 ? find_author_link(f) : NULL;
    if (n)
        set(&a->byline, &a->byline_source,
            clean_name(f, stet_facts_keep_node(f, n, NULL)), STET_SOURCE_LINK);
    if (a->byline.len == 0)
        set(&a->byline, &a->byline_source, find_shown_byline(f),
            STET_SOURCE_TEXT);
    if (a->byline.len > MAX_BYLINES)
        a->byline = (struct stet_span){ NULL, 0 };
}

/* Of "Home > World > Europe > The story" the second. */
static struct stet_span find_crumb(struct stet_facts *f)
{
    const struct stet_json_value *list =
        stet_json_get(f->ld_crumbs, "itemListElement");
    const struct stet_json_value *crumb = stet_json_at(list, 1);
    struct stet_span s = { NULL, 0 };

    if (stet_json_at(list, 2)) {
        s = stet_json_get_string(crumb, "name");
        if (s.len == 0)
            s = stet_json_get_string(stet_json_get(crumb, "item"), "name");
    }
    return stet_facts_keep_html(f, s);
}

static void find_section(struct stet_facts *f)
{
    struct stet_article *a = f->out;

    set(&a->section, &a->section_source,
        stet_facts_keep_html(
            f, stet_facts_meta(f, "articlesection ogarticlesection ogsection "
                                  "parselysection prismsection section")),
        STET_SOURCE_META);
    set(&a->section, &a->section_source,
        stet_facts_keep_html(
            f, stet_ld_string(stet_json_get(f->ld, "articleSection"), NULL)),
        STET_SOURCE_JSON_LD);
    if (a->section.len == 0)
        set(&a->section, &a->section_source, find_crumb(f),
            STET_SOURCE_JSON_LD);
}

/* "en_GB" and the like as "en-GB"; ptr NULL if it is no such thing. */
static struct stet_span clean_language(struct stet_facts *f, struct stet_span s)
{
    struct stet_span none = { NULL, 0 };
    char text[36];

    s = stet_span_trim(s);
    if (s.len < 2 || s.len >= sizeof(text))
        return none;
    for (size_t i = 0; i < s.len; i++) {
        text[i] = s.ptr[i] == '_' ? '-' : s.ptr[i];
        if (!stet_is_alnum((unsigned char)text[i]) && text[i] != '-')
            return none;
    }
    return stet_facts_dup(f, (struct stet_span){ text, s.len });
}

static void find_language(struct stet_facts *f)
{
    const xmlNode *html = xmlDocGetRootElement(stet_dom_doc(f->dom));
    struct stet_article *a = f->out;

    if (html) {
        set(&a->language, &a->language_source,
            clean_language(f, stet_dom_attr(html, "lang")), STET_SOURCE_HTML);
        set(&a->language, &a->language_source,
            clean_language(f, stet_dom_attr(html, "xml:lang")),
            STET_SOURCE_HTML);
    }
    set(&a->language, &a->language_source,
        clean_language(
            f, stet_ld_string(stet_json_get(f->ld, "inLanguage"), NULL)),
        STET_SOURCE_JSON_LD);
    set(&a->language, &a->language_source,
        clean_language(f, stet_facts_meta(f, "oglocale contentlanguage "
                                             "language dclanguage")),
        STET_SOURCE_META);
}

static void find_canonical(struct stet_facts *f)
{
    struct stet_article *a = f->out;

    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_LINK);
         n && a->canonical.len == 0; n = stet_dom_next(n))
        if (stet_facts_has_word(stet_dom_attr(n, "rel"), "canonical"))
            set(&a->canonical, &a->canonical_source,
                stet_facts_url(f, stet_dom_attr(n, "href")), STET_SOURCE_LINK);
    set(&a->canonical, &a->canonical_source,
        stet_facts_url(f, stet_facts_meta(f, "ogurl")), STET_SOURCE_META);
    if (stet_json_type(stet_json_get(f->ld, "mainEntityOfPage")) ==
        STET_JSON_STRING)
        set(&a->canonical, &a->canonical_source,
            stet_facts_url(f, stet_json_get_string(f->ld, "mainEntityOfPage")),
            STET_SOURCE_JSON_LD);
}

/* "true", "False", "http://schema.org/True": -1 where it is none. */
static int truth_of(const struct stet_json_value *v)
{
    struct stet_span s = stet_json_string(v);

    if (stet_json_type(v) == STET_JSON_BOOL)
        return stet_json_is_true(v);
    if (stet_span_ifind(s, STET_SPAN("false")) < s.len)
        return 0;
    return stet_span_ifind(s, STET_SPAN("true")) < s.len ? 1 : -1;
}

static void find_paywall(struct stet_facts *f)
{
    static const char *const free_tiers[] = { "free", "open", "public", "none",
                                              NULL };
    struct stet_article *a = f->out;
    int is_free = truth_of(stet_json_get(f->ld, "isAccessibleForFree"));
    struct stet_span tier =
        stet_facts_meta(f, "articlecontenttier contenttier");

    a->paywalled_source = STET_SOURCE_JSON_LD;
    if (is_free < 0)
        is_free = truth_of(stet_json_get(f->ld_page, "isAccessibleForFree"));
    if (is_free < 0 && tier.len > 0) {
        is_free = stet_says_any(tier, free_tiers);
        a->paywalled_source = STET_SOURCE_META;
    }
    a->has_paywalled = is_free >= 0;
    a->paywalled = is_free == 0;
    if (is_free < 0)
        a->paywalled_source = STET_SOURCE_NONE;
}

void stet_meta_find(struct stet_facts *f)
{
    find_headline(f);
    find_byline(f);
    find_section(f);
    find_language(f);
    find_canonical(f);
    find_paywall(f);
}
