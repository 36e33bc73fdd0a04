#include "article/head.h"

#include "article/ld.h"
#include "base/ascii.h"

static struct stet_span first_of(struct stet_span a, struct stet_span b)
{
    return a.len > 0 ? a : b;
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
    f->out->headline =
        first_of(text, first_of(titles[0], first_of(titles[1], titles[2])));
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

static void find_byline(struct stet_facts *f)
{
    struct stet_span s = stet_ld_names(f, stet_json_get(f->ld, "author"));
    const xmlNode *n = NULL;

    if (s.len == 0 || is_address(s))
        s = clean_name(f, stet_facts_meta(f, "author byl parselyauthor "
                                             "sailthruauthor dccreator "
                                             "dctermscreator articleauthor "
                                             "ogarticleauthor"));
    if (s.len == 0)
        n = stet_facts_prop(f, "author");
    if (s.len == 0 && !n)
        n = find_author_link(f);
    if (n)
        s = clean_name(f, stet_facts_keep_node(f, n, NULL));
    if (s.len <= 300)
        f->out->byline = s;
}

static void find_section(struct stet_facts *f)
{
    struct stet_span s =
        stet_facts_meta(f, "articlesection ogarticlesection ogsection "
                           "parselysection prismsection section");

    if (s.len == 0)
        s = stet_ld_string(stet_json_get(f->ld, "articleSection"), NULL);
    f->out->section = stet_facts_keep_html(f, s);
}

static void find_language(struct stet_facts *f)
{
    const xmlNode *html = xmlDocGetRootElement(stet_dom_doc(f->dom));
    struct stet_span s = { NULL, 0 };
    char text[36];

    if (html)
        s = first_of(stet_dom_attr(html, "lang"),
                     stet_dom_attr(html, "xml:lang"));
    s = stet_span_trim(s);
    if (s.len == 0)
        s = stet_ld_string(stet_json_get(f->ld, "inLanguage"), NULL);
    if (s.len == 0)
        s = stet_facts_meta(f, "oglocale contentlanguage language dclanguage");
    s = stet_span_trim(s);
    if (s.len < 2 || s.len >= sizeof(text))
        return;
    for (size_t i = 0; i < s.len; i++) {
        text[i] = s.ptr[i] == '_' ? '-' : s.ptr[i];
        if (!stet_is_alnum((unsigned char)text[i]) && text[i] != '-')
            return;
    }
    f->out->language = stet_facts_dup(f, (struct stet_span){ text, s.len });
}

static void find_canonical(struct stet_facts *f)
{
    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_LINK); n;
         n = stet_dom_next(n))
        if (stet_facts_has_word(stet_dom_attr(n, "rel"), "canonical")) {
            f->out->canonical = stet_facts_url(f, stet_dom_attr(n, "href"));
            if (f->out->canonical.ptr)
                return;
        }
    f->out->canonical = stet_facts_url(f, stet_facts_meta(f, "ogurl"));
}

static void find_paywall(struct stet_facts *f)
{
    const struct stet_json_value *v =
        stet_json_get(f->ld, "isAccessibleForFree");
    struct stet_span s = stet_json_string(v);
    struct stet_span tier = stet_facts_meta(f, "articlecontenttier");

    if (stet_json_type(v) == STET_JSON_BOOL) {
        f->out->has_paywalled = true;
        f->out->paywalled = !stet_json_is_true(v);
    } else if (s.len > 0) {
        f->out->paywalled = stet_span_ifind(s, STET_SPAN("false")) < s.len;
        f->out->has_paywalled =
            f->out->paywalled || stet_span_ifind(s, STET_SPAN("true")) < s.len;
    } else if (tier.len > 0) {
        f->out->has_paywalled = true;
        f->out->paywalled = !stet_span_ieqs(stet_span_trim(tier), "free");
    }
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
