#include "article/kind.h"

#include <string.h>

#include "article/kind_words.h"
#include "article/ld.h"
#include "article/letter.h"
#include "article/say.h"
#include "article/survey.h"
#include "article/words.h"

enum {
    MAX_RUNS = 400,      /* blocks that are looked at */
    MAX_NODES = 4000,    /* and elements, on pages with little text */
    MAX_READ = 500,      /* bytes of a block that are read */
    MAX_NOTICE = 2500,   /* bytes of text that an error or a test may have */
    MAX_MARKED = 800,    /* and one that only a program's names give away */
    MAX_WALL = 200,      /* bytes of a line that tells of a paywall */
    WHOLE_TEXT = 5000,   /* bytes of a story that no paywall cut off */
    FREE_PART = 2000,    /* the same where only a line tells of it */
    MIN_TEXT = 250,      /* bytes that make a story of a page */
    MIN_STORY = 140,     /* and of one whose metadata calls it a story */
    CARD = 25,           /* bytes of a link that is a headline */
    MIN_CARDS = 12,      /* headlines that make a list */
    MIN_CARDS_ROOT = 5,  /* and of a site's root */
    MIN_CARDS_BARE = 2,  /* and of a page with nothing else */
    CONSENT_SHARE = 40,  /* per cent of the text that tells of consent */
    MAX_CONSENT = 12000, /* bytes of it */
    MAX_TOLD = 1000000,  /* words; more is no count */
    WORD = 6             /* bytes of a word and its space, on average */
};

/* What the questions are asked of. */
struct page {
    struct stet_facts *f;
    size_t text;    /* bytes of the story's text */
    size_t shown;   /* and of all that is shown */
    size_t cards;   /* links in the body that look like headlines */
    size_t linked;  /* bytes in them */
    bool has_story; /* metadata call it one */
    bool is_root;
};

static bool says(struct stet_span s, enum stet_kind_list list)
{
    return s.len > 0 && stet_phrases_in(stet_kind_phrases(list), s);
}

/* The same of a block. */
static bool run_says(struct page *p, const struct stet_run *r,
                     enum stet_kind_list list)
{
    size_t from;
    bool found = says(stet_facts_run(p->f, r, MAX_READ, &from), list);

    stet_buf_cut(&p->f->scratch, from);
    return found;
}

/* Does one of the page's first blocks say it? */
static bool runs_say(struct page *p, enum stet_kind_list list)
{
    const struct stet_runs *runs = &p->f->runs;

    for (size_t i = 0; i < runs->len && i < MAX_RUNS; i++)
        if (!runs->items[i].hidden && run_says(p, &runs->items[i], list))
            return true;
    return false;
}

static bool is_named(const xmlNode *n, const char *const *marks)
{
    return stet_says_any(stet_dom_attr(n, "src"), marks) ||
           stet_says_any(stet_dom_attr(n, "id"), marks) ||
           stet_says_any(stet_dom_attr(n, "class"), marks) ||
           stet_says_any(stet_dom_attr(n, "action"), marks);
}

static bool has_named(const struct page *p, const char *const *marks)
{
    const xmlNode *root = xmlDocGetRootElement(stet_dom_doc(p->f->dom));
    int count = 0;

    for (const xmlNode *n = root; n && count++ < MAX_NODES;
         n = stet_dom_walk(n, root))
        if (n->type == XML_ELEMENT_NODE &&
            (is_named(n, marks) ||
             (stet_dom_tag(n) == STET_HTML_TAG_SCRIPT && n->children &&
              stet_says_any(
                  stet_span_sub(stet_dom_text(n->children), 0, 8 * MAX_READ),
                  marks))))
            return true;
    return false;
}

static bool is_challenge(struct page *p)
{
    const struct stet_article *a = p->f->out;

    if (p->has_story || p->text > MAX_NOTICE || p->cards >= MIN_CARDS)
        return false;
    if (says(a->title, STET_KIND_ROBOT) || says(a->headline, STET_KIND_ROBOT) ||
        (p->shown <= MAX_NOTICE && runs_say(p, STET_KIND_ROBOT)))
        return true;
    return p->shown <= MAX_MARKED && p->text < MAX_MARKED / 2 &&
           has_named(p, stet_kind_robot_marks);
}

static bool is_error(struct page *p)
{
    const struct stet_article *a = p->f->out;

    if (p->f->in->status >= 400)
        return true;
    return !p->has_story && p->text <= MAX_NOTICE &&
           (says(a->title, STET_KIND_ERROR) ||
            says(a->headline, STET_KIND_ERROR));
}

static bool has_accept(const struct page *p)
{
    static const enum stet_html_tag tags[] = { STET_HTML_TAG_BUTTON,
                                               STET_HTML_TAG_INPUT,
                                               STET_HTML_TAG_A };

    for (size_t k = 0; k < sizeof(tags) / sizeof(tags[0]); k++) {
        const xmlNode *n = stet_dom_first(p->f->dom, tags[k]);

        for (int count = 0; n && count < MAX_RUNS; n = stet_dom_next(n)) {
            struct stet_span s = tags[k] == STET_HTML_TAG_INPUT
                                     ? stet_dom_attr(n, "value")
                                     : stet_facts_keep_node(p->f, n, NULL);

            count++;
            if (s.len <= MAX_WALL && says(s, STET_KIND_ACCEPT))
                return true;
        }
    }
    return false;
}

/* Most of what is to be read tells of cookies, data and partners. */
static bool is_consent(struct page *p)
{
    const struct stet_runs *runs = &p->f->runs;
    size_t all = 0;
    size_t told = 0;

    if (p->has_story || p->cards >= MIN_CARDS || p->text > MAX_CONSENT)
        return false;
    for (size_t i = 0; i < runs->len && i < MAX_RUNS; i++) {
        const struct stet_run *r = &runs->items[i];

        if (r->hidden || r->bytes < 2 * CARD)
            continue;
        all += r->bytes;
        if (run_says(p, r, STET_KIND_CONSENT))
            told += r->bytes;
    }
    return told > MIN_STORY && told * 100 >= all * CONSENT_SHARE &&
           has_accept(p);
}

static bool is_list_type(const struct stet_facts *f)
{
    static const char *const types[] = { "CollectionPage", "ItemList",
                                         "SearchResultsPage" };

    for (size_t i = 0; i < f->n_scripts; i++)
        for (size_t k = 0; k < sizeof(types) / sizeof(types[0]); k++)
            if (stet_ld_is(stet_json_root(f->scripts[i]), types[k]))
                return true;
    return false;
}

static bool is_list(const struct page *p)
{
    if (p->is_root && p->cards >= MIN_CARDS_ROOT && !p->f->ld)
        return true;
    if (p->has_story)
        return false;
    if (is_list_type(p->f) && p->cards >= MIN_CARDS_ROOT)
        return true;
    if (p->text < MIN_STORY && p->cards >= MIN_CARDS_BARE)
        return p->linked * 2 > p->shown;
    return p->cards >= MIN_CARDS && p->linked > 2 * p->text;
}

/* How many words the metadata count. */
static uint64_t told_words(const struct stet_facts *f)
{
    const struct stet_json_value *v = stet_json_get(f->ld, "wordCount");
    uint64_t n = 0;
    int64_t k = 0;

    if (stet_json_type(v) == STET_JSON_STRING &&
        !stet_span_to_u64(stet_json_string(v), &n))
        return 0;
    if (stet_json_int(v, &k) && k > 0)
        n = (uint64_t)k;
    return n < MAX_TOLD ? n : 0;
}

/* Is there a line that asks for money before the rest is shown?  Links to
 * other stories say of them that they are for subscribers. */
static bool has_wall_line(struct page *p)
{
    struct stet_facts *f = p->f;
    size_t i =
        f->body ? stet_facts_find_run(f, stet_dom_order(f->body)) : f->runs.len;

    for (int count = 0; i < f->runs.len && count < MAX_RUNS; i++) {
        const struct stet_run *r = &f->runs.items[i];

        if (r->bytes > 4 * MAX_WALL || r->hidden ||
            (r->link_bytes == r->bytes && r->bytes > 2 * CARD))
            continue;
        count++;
        if (run_says(p, r, STET_KIND_WALL))
            return true;
    }
    return false;
}

static bool ends_open(struct stet_span text)
{
    return stet_span_ends(text, STET_SPAN("...")) ||
           stet_span_ends(text, STET_SPAN("\xE2\x80\xA6"));
}

/*
 * A story that is cut off: the metadata count more words than there are, or
 * a line asks for money and something else speaks for it.
 */
static bool is_teaser(struct page *p)
{
    const struct stet_article *a = p->f->out;
    uint64_t words = told_words(p->f);
    bool paid = a->has_paywalled && a->paywalled;
    int signs;

    if (p->text >= WHOLE_TEXT || (a->has_paywalled && !paid))
        return false;
    if (!paid && p->text >= FREE_PART && !ends_open(a->text))
        return false;
    if (words > 0)
        return p->text / WORD * 2 < words &&
               (paid || has_named(p, stet_kind_wall_marks));
    if (!has_wall_line(p))
        return paid && ends_open(a->text);
    signs = paid + ends_open(a->text) + (p->text < FREE_PART) +
            has_named(p, stet_kind_wall_marks);
    return signs >= 2;
}

static void look(struct page *p)
{
    const struct stet_facts *f = p->f;
    struct stet_span type = stet_facts_meta(f, "ogtype");
    struct stet_span path = stet_url_path(&f->url);

    p->text = f->out->text.len;
    p->has_story =
        f->ld || stet_says(type, "article") ||
        stet_facts_meta(f, "articlepublishedtime ogarticlepublishedtime").len >
            0;
    p->is_root =
        f->has_url && path.len <= 1 && stet_url_search(&f->url).len == 0;
    for (size_t i = 0; i < f->runs.len; i++) {
        const struct stet_run *r = &f->runs.items[i];

        if (r->hidden)
            continue;
        p->shown += r->bytes;
        if (!r->aside && r->bytes >= CARD && r->link_bytes == r->bytes &&
            (p->text < MIN_TEXT || stet_dom_has(f->body, r->first))) {
            p->cards++;
            p->linked += r->bytes;
        }
    }
}

static enum stet_article_page judge(struct page *p)
{
    if (is_challenge(p))
        return STET_PAGE_CHALLENGE;
    if (is_error(p))
        return STET_PAGE_ERROR;
    if (is_consent(p))
        return STET_PAGE_CONSENT;
    if (is_list(p))
        return STET_PAGE_LIST;
    if (p->has_story && is_teaser(p))
        return STET_PAGE_TEASER;
    if (p->text >= (p->has_story ? MIN_STORY : MIN_TEXT))
        return STET_PAGE_ARTICLE;
    return STET_PAGE_OTHER;
}

void stet_kind_find(struct stet_facts *f)
{
    struct page p = { .f = f };

    look(&p);
    f->out->page_kind = judge(&p);
}
