#include "article/when.h"

#include "article/day.h"
#include "article/ld.h"
#include "article/say.h"
#include "article/survey.h"
#include "base/ascii.h"

enum {
    SHORT_DATE_TEXT = 70,
    MAX_DATE_TEXT = 120, /* bytes of a block that is a dateline */
    AFTER_HEADLINE = 15, /* blocks behind it that may hold the date */
    MAX_DATELINES = 400  /* blocks that are looked at */
};

static const int64_t DAY_MS = 86400000;

static const char published_metas[] =
    "articlepublishedtime articlepublished ogarticlepublishedtime "
    "ogpublishedtime datepublished parselypubdate sailthrudate "
    "articlepublicationdate publisheddate publisheddatetime publishedat "
    "publishdate pubdate dcdateissued dctermsissued dcdatecreated "
    "dctermscreated datecreated dctermsdate dcdate dcdatepublished "
    "prismpublicationdate publicationdate citationpublicationdate "
    "citationonlinedate ogpubdate cxenseparserecspublishtime "
    "cxenseparsepublishtime contentpublishdate dcsextarticlefirstpublished "
    "btpubdate datedefaultpublication originalpublicationdate "
    "articleoriginalpublicationdate yaovsuploaddate rnewsdatepublished "
    "firstpublicationdate displaydate articledate date";

static const char modified_metas[] =
    "articlemodifiedtime articlemodified ogarticlemodifiedtime "
    "ogupdatedtime datemodified dctermsmodified dcdatemodified dateupdated "
    "lastmodified modifieddate moddate btmoddate updatedat "
    "articleupdatedtime dateupdate lastupdateddate";

/* Too late to be true. */
static bool is_future(const struct stet_facts *f, const struct stet_day *d)
{
    return f->in->captured_ms != STET_ARTICLE_NO_TIME &&
           stet_day_ms(d) > f->in->captured_ms + DAY_MS;
}

static void set_date(struct stet_facts *f, struct stet_article_date *to,
                     const struct stet_day *d, enum stet_article_source source)
{
    char text[STET_DAY_TEXT];
    size_t n = stet_day_print(text, d);

    if (is_future(f, d))
        return;
    to->text = stet_facts_dup(f, (struct stet_span){ text, n });
    to->ms = stet_day_ms(d);
    to->day_precision = !d->has_time || !d->has_zone;
    to->source = to->text.ptr ? source : STET_SOURCE_NONE;
}

/* From a value that should be a date and nothing else. */
static bool take(struct stet_facts *f, struct stet_article_date *to,
                 struct stet_span s, enum stet_article_source source)
{
    static const struct stet_day_options loose = { .numeric = true };
    struct stet_day d;
    size_t used;

    s = stet_span_trim(s);
    if (to->source != STET_SOURCE_NONE || s.len < 6)
        return to->source != STET_SOURCE_NONE;
    s = stet_span_sub(s, 0, MAX_DATE_TEXT);
    if (stet_day_parse(&d, s, &used) || stet_day_find(&d, s, &loose))
        set_date(f, to, &d, source);
    return to->source != STET_SOURCE_NONE;
}

/* Each key in turn, so that a bad value does not hide a good one. */
static void take_metas(struct stet_facts *f, struct stet_article_date *to,
                       const char *keys)
{
    struct stet_span rest = stet_span_of(keys);

    while (rest.ptr && to->source == STET_SOURCE_NONE) {
        struct stet_span key = stet_span_cut(&rest, ' ');

        for (size_t i = 0; i < f->n_metas; i++)
            if (stet_span_eq(f->metas[i].key, key))
                take(f, to, f->metas[i].value, STET_SOURCE_META);
    }
}

/* What a time or an itemprop element says, best first. */
static void take_element(struct stet_facts *f, struct stet_article_date *to,
                         const xmlNode *n, enum stet_article_source source)
{
    static const char *const names[] = { "datetime", "content",
                                         "data-timestamp", "data-datetime",
                                         "title" };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (take(f, to, stet_dom_attr(n, names[i]), source))
            return;
    if (n->children && n->children->type == XML_TEXT_NODE)
        take(f, to, stet_dom_text(n->children), source);
}

static void take_props(struct stet_facts *f, struct stet_article_date *to,
                       const char *name)
{
    for (size_t i = 0; i < f->props.len; i++) {
        const xmlNode *n = f->props.items[i];

        if (to->source == STET_SOURCE_NONE &&
            stet_facts_has_word(stet_dom_attr(n, "itemprop"), name))
            take_element(f, to, n, STET_SOURCE_ITEMPROP);
    }
}

/* Does the element or its parent call itself one of the words? */
static bool is_called(const xmlNode *n, const char *const *words)
{
    for (int up = 0; up < 2 && n && n->type == XML_ELEMENT_NODE; up++) {
        if (stet_says_any(stet_dom_attr(n, "class"), words) ||
            stet_says_any(stet_dom_attr(n, "id"), words) ||
            stet_says_any(stet_dom_attr(n, "data-testid"), words))
            return true;
        n = n->parent;
    }
    return false;
}

static bool is_inside(const xmlNode *n, const enum stet_html_tag *tags)
{
    for (; n && n->type == XML_ELEMENT_NODE; n = n->parent)
        for (const enum stet_html_tag *t = tags; *t; t++)
            if (stet_dom_tag(n) == *t)
                return true;
    return false;
}

static const char *const update_words[] = { "modif", "updat", "aktualis",
                                            NULL };
static const char *const old_words[] = { "publi", "posted", "created",
                                         "entry-date", NULL };

/*
 * How likely a time element dates this page's story: 0 is not at all.
 * Times in links, lists and asides date other stories.
 */
static int time_score(const struct stet_facts *f, const xmlNode *n)
{
    static const enum stet_html_tag others[] = {
        STET_HTML_TAG_A,      STET_HTML_TAG_NAV, STET_HTML_TAG_ASIDE,
        STET_HTML_TAG_FOOTER, STET_HTML_TAG_LI,  STET_HTML_TAG_OTHER
    };
    int score = 10;

    if (is_inside(n, others))
        score -= 6;
    if (f->main && stet_dom_has(f->main, n))
        score += 4;
    if (stet_dom_attr(n, "pubdate").ptr || is_called(n, old_words))
        score += 3;
    if (f->h1) {
        const xmlNode *both = stet_survey_common(f->h1, n);

        if (stet_dom_order(n) > stet_dom_order(f->h1))
            score += 2;
        if (both != f->main && f->main && stet_dom_has(f->main, both))
            score += 2;
    }
    return score;
}

static void take_times(struct stet_facts *f)
{
    const xmlNode *best = NULL;
    int best_score = 4;
    int count = 0;

    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_TIME);
         n && count < MAX_DATELINES; n = stet_dom_next(n), count++) {
        struct stet_article_date d = { .source = STET_SOURCE_NONE };
        bool updated = is_called(n, update_words) && !is_called(n, old_words);
        int score = time_score(f, n);

        if (updated) {
            if (score > 8)
                take_element(f, &f->out->modified, n, STET_SOURCE_TIME);
            continue;
        }
        if (score <= best_score)
            continue;
        take_element(f, &d, n, STET_SOURCE_TIME);
        if (d.source != STET_SOURCE_NONE) {
            best = n;
            best_score = score;
        }
    }
    if (best)
        take_element(f, &f->out->published, best, STET_SOURCE_TIME);
}

static void take_url(struct stet_facts *f)
{
    struct stet_day d;
    struct stet_url u;

    if (f->out->published.source != STET_SOURCE_NONE)
        return;
    if (f->has_url && stet_day_of_path(&d, stet_url_path(&f->url)))
        set_date(f, &f->out->published, &d, STET_SOURCE_URL);
    if (f->out->published.source != STET_SOURCE_NONE ||
        f->out->canonical.len == 0)
        return;
    stet_url_init(&u);
    stet_facts_note(f, stet_url_parse(&u, f->out->canonical, NULL, NULL));
    if (stet_day_of_path(&d, stet_url_path(&u)))
        set_date(f, &f->out->published, &d, STET_SOURCE_URL);
    stet_url_clear(&u);
}

/* Which of two numbers the page's country writes first. */
static bool is_month_first(const struct stet_facts *f)
{
    struct stet_span lang = f->out->language;

    return stet_span_istarts(lang, "en-us") || stet_span_ieqs(lang, "en");
}

static bool take_text(struct stet_facts *f, const struct stet_run *r)
{
    struct stet_day_options o = { .numeric = true,
                                  .month_first = is_month_first(f) };
    struct stet_day d;
    struct stet_span s;
    size_t from;

    if (r->bytes > 2 * MAX_DATE_TEXT || r->hidden)
        return false;
    s = stet_facts_run(f, r, MAX_DATE_TEXT, &from);
    if (s.len >= 8 && s.len <= MAX_DATE_TEXT && stet_day_find(&d, s, &o))
        set_date(f, &f->out->published, &d, STET_SOURCE_TEXT);
    stet_buf_cut(&f->scratch, from);
    return f->out->published.source != STET_SOURCE_NONE;
}

/* The first date among the runs of [from, to) that are called dates. */
static bool take_called(struct stet_facts *f, size_t from, size_t to)
{
    static const char *const words[] = { "date",   "publi", "time", "byline",
                                         "posted", "meta",  "info", "datum",
                                         "fecha",  "stamp", NULL };
    int count = 0;

    for (size_t i = from; i < to && count < MAX_DATELINES; i++) {
        const struct stet_run *r = &f->runs.items[i];

        if (r->bytes > 2 * MAX_DATE_TEXT || r->bytes < 6 ||
            r->link_bytes == r->bytes ||
            !(is_called(r->block, words) ||
              (r->first->parent != r->block &&
               is_called(r->first->parent, words))))
            continue;
        count++;
        if (take_text(f, r))
            return true;
    }
    return false;
}

/* The first date in a short run of [from, to) that is no link. */
static bool take_short(struct stet_facts *f, size_t from, size_t to)
{
    int count = 0;

    for (size_t i = from; i < to && count < MAX_DATELINES; i++) {
        const struct stet_run *r = &f->runs.items[i];

        if (r->bytes > SHORT_DATE_TEXT || r->bytes < 8 || r->link_bytes > 0)
            continue;
        count++;
        if (take_text(f, r))
            return true;
    }
    return false;
}

/*
 * A dateline in plain text: a short block right behind the headline, else
 * one in the story that is called a date, or on the page, else one that is
 * short and no link.
 */
static void take_datelines(struct stet_facts *f)
{
    size_t at =
        f->h1 ? stet_facts_find_run(f, stet_dom_order(f->h1)) : f->runs.len;
    size_t from = 0;
    size_t to = f->runs.len;

    for (size_t i = at; i < at + AFTER_HEADLINE && i < f->runs.len; i++)
        if (take_text(f, &f->runs.items[i]))
            return;
    if (f->main) {
        from = stet_facts_find_run(f, stet_dom_order(f->main));
        to = stet_facts_find_run(f, stet_dom_end(f->main) + 1);
    }
    if (!take_called(f, from, to) && !take_called(f, 0, f->runs.len) &&
        !take_short(f, from, to))
        take_short(f, 0, f->runs.len);
}

void stet_when_find(struct stet_facts *f)
{
    struct stet_article_date *p = &f->out->published;
    struct stet_article_date *m = &f->out->modified;

    take(f, p, stet_ld_string(stet_json_get(f->ld, "datePublished"), NULL),
         STET_SOURCE_JSON_LD);
    take(f, p, stet_ld_string(stet_json_get(f->ld, "dateCreated"), NULL),
         STET_SOURCE_JSON_LD);
    take(f, m, stet_ld_string(stet_json_get(f->ld, "dateModified"), NULL),
         STET_SOURCE_JSON_LD);
    take_metas(f, p, published_metas);
    take(f, p, stet_ld_string(stet_json_get(f->ld_page, "datePublished"), NULL),
         STET_SOURCE_JSON_LD);
    take(f, p, stet_ld_string(stet_json_get(f->ld_page, "uploadDate"), NULL),
         STET_SOURCE_JSON_LD);
    take_metas(f, m, modified_metas);
    take_props(f, p, "datePublished");
    take_props(f, p, "dateCreated");
    take_props(f, m, "dateModified");
    if (p->source == STET_SOURCE_NONE)
        take_times(f);
    take_url(f);
    if (p->source == STET_SOURCE_NONE)
        take(f, p, f->out->title, STET_SOURCE_TEXT);
    if (p->source == STET_SOURCE_NONE)
        take_datelines(f);
}
