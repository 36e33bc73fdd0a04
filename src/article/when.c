#include "article/when.h"

#include "article/dateline.h"
#include "article/ld.h"
#include "article/say.h"
#include "article/state.h"
#include "article/survey.h"
#include "base/ascii.h"

enum {
    MAX_VALUE = 120, /* bytes of a value that is a date */
    MAX_TIMES = 400, /* time elements that are looked at */
    NEAR_BEFORE = 4, /* blocks before the headline, and after it, where a */
    NEAR_AFTER = 15  /* time is surely the story's */
};

static const int64_t DAY_MS = 86400000;
static const int64_t EAST_MS = 13 * 3600000; /* as far as many live */
static const int64_t WEST_MS = 8 * 3600000;

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

bool stet_when_set(struct stet_facts *f, struct stet_article_date *to,
                   const struct stet_day *d, enum stet_article_source source)
{
    char text[STET_DAY_TEXT];
    size_t n = stet_day_print(text, d);

    if (is_future(f, d))
        return false;
    to->text = stet_facts_dup(f, (struct stet_span){ text, n });
    to->ms = stet_day_ms(d);
    to->day_precision = !d->has_time || !d->has_zone;
    to->source = to->text.ptr ? source : STET_SOURCE_NONE;
    return to->source != STET_SOURCE_NONE;
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
    s = stet_span_sub(s, 0, MAX_VALUE);
    if (stet_day_parse(&d, s, &used) || stet_day_find(&d, s, &loose))
        stet_when_set(f, to, &d, source);
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
bool stet_when_is_called(const xmlNode *n, const char *const *words)
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
    if (stet_dom_attr(n, "pubdate").ptr || stet_when_is_called(n, old_words))
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

/* Is it around the headline, where no other story's time is? */
static bool is_near(const struct stet_facts *f, const xmlNode *n)
{
    size_t h1;
    size_t at;

    if (!f->h1)
        return false;
    h1 = stet_facts_find_run(f, stet_dom_order(f->h1));
    at = stet_facts_find_run(f, stet_dom_order(n));
    return at + NEAR_BEFORE >= h1 && at <= h1 + NEAR_AFTER;
}

/* Microformats put the date into the title of an abbr element. */
static void take_abbrs(struct stet_facts *f)
{
    int count = 0;

    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_ABBR);
         n && count++ < MAX_TIMES; n = stet_dom_next(n))
        if (f->out->published.source == STET_SOURCE_NONE &&
            stet_when_is_called(n, old_words))
            take_element(f, &f->out->published, n, STET_SOURCE_TIME);
}

/* The time element that most likely dates the story; if `near`, one that
 * surely does. */
static void take_times(struct stet_facts *f, bool near)
{
    const xmlNode *best = NULL;
    int best_score = 4;
    int count = 0;

    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_TIME);
         n && count < MAX_TIMES; n = stet_dom_next(n), count++) {
        struct stet_article_date d = { .source = STET_SOURCE_NONE };
        bool updated = stet_when_is_called(n, update_words) &&
                       !stet_when_is_called(n, old_words);
        int score = time_score(f, n);

        if (updated) {
            if (score > 8)
                take_element(f, &f->out->modified, n, STET_SOURCE_TIME);
            continue;
        }
        if (score <= best_score || (near && !is_near(f, n)))
            continue;
        take_element(f, &d, n, STET_SOURCE_TIME);
        if (d.source != STET_SOURCE_NONE) {
            best = n;
            best_score = score;
        }
    }
    if (best && !stet_dateline_before(f, best))
        take_element(f, &f->out->published, best, STET_SOURCE_TIME);
}

/*
 * The day in a URL stays when a story is published anew, so it is the first
 * one's where it lies well before what metadata says.
 */
static void take_url(struct stet_facts *f)
{
    struct stet_article_date *p = &f->out->published;
    struct stet_day d;
    struct stet_url u;

    if (p->source != STET_SOURCE_NONE) {
        if (f->has_url && stet_day_of_path(&d, stet_url_path(&f->url)) &&
            stet_day_ms(&d) + 2 * DAY_MS < p->ms)
            stet_when_set(f, p, &d, STET_SOURCE_URL);
        return;
    }
    if (f->has_url && stet_day_of_path(&d, stet_url_path(&f->url)))
        stet_when_set(f, &f->out->published, &d, STET_SOURCE_URL);
    if (f->out->published.source != STET_SOURCE_NONE ||
        f->out->canonical.len == 0)
        return;
    stet_url_init(&u);
    stet_facts_note(f, stet_url_parse(&u, f->out->canonical, NULL, NULL));
    if (stet_day_of_path(&d, stet_url_path(&u)))
        stet_when_set(f, &f->out->published, &d, STET_SOURCE_URL);
    stet_url_clear(&u);
}

/* The keys of metas that only some sites have end in what they are. */
static void take_odd_metas(struct stet_facts *f)
{
    static const char *const ends[] = { "publishedtime", "publisheddate",
                                        "publishdate",   "publicationdate",
                                        "pubdate",       "datepublished",
                                        "uploaddate",    "releasedate" };

    for (size_t k = 0; k < sizeof(ends) / sizeof(ends[0]); k++)
        for (size_t i = 0; i < f->n_metas; i++)
            if (stet_span_ends(f->metas[i].key, stet_span_of(ends[k])))
                take(f, &f->out->published, f->metas[i].value,
                     STET_SOURCE_META);
}

static void take_state(struct stet_facts *f)
{
    struct stet_day d;

    if (stet_state_published(f, &d))
        stet_when_set(f, &f->out->published, &d, STET_SOURCE_STATE);
}

static bool read_value(struct stet_day *d, struct stet_span s)
{
    size_t used;

    return stet_day_parse(d, stet_span_trim(stet_span_sub(s, 0, MAX_VALUE)),
                          &used);
}

/* Does something on the page tell the same second in its own zone? */
static bool find_local(struct stet_facts *f, struct stet_day *d)
{
    struct stet_day local;
    int count = 0;

    for (size_t i = 0; i < f->n_metas; i++)
        if (f->metas[i].value.len >= 16 &&
            read_value(&local, f->metas[i].value) && stet_state_same(d, &local))
            return true;
    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_TIME);
         n && count++ < MAX_TIMES; n = stet_dom_next(n))
        if (read_value(&local, stet_dom_attr(n, "datetime")) &&
            stet_state_same(d, &local))
            return true;
    return stet_dateline_localise(f, d) || stet_state_localise(f, d);
}

/* A time that is told in UTC gets the page's own zone, if the page tells it. */
static void localise(struct stet_facts *f, struct stet_article_date *to)
{
    struct stet_day d;

    if (to->source != STET_SOURCE_NONE && !to->day_precision &&
        to->text.ptr[to->text.len - 1] == 'Z' && read_value(&d, to->text) &&
        find_local(f, &d))
        stet_when_set(f, to, &d, to->source);
}

/* Late in the evening in UTC it is the next day elsewhere; the day in the
 * URL says whether it was so where the story was published. */
static void take_local_day(struct stet_facts *f)
{
    struct stet_article_date *p = &f->out->published;
    int64_t apart;
    struct stet_day d;

    if (p->source == STET_SOURCE_NONE || p->day_precision ||
        p->text.ptr[p->text.len - 1] != 'Z' || !f->has_url ||
        !stet_day_of_path(&d, stet_url_path(&f->url)))
        return;
    apart = p->ms - stet_day_ms(&d);
    if ((apart < 0 && apart >= -EAST_MS) ||
        (apart >= DAY_MS && apart < DAY_MS + WEST_MS))
        stet_when_set(f, p, &d, STET_SOURCE_URL);
}

/* A date in the title; "A headline | Paper | 12.03.2024" has it at its end,
 * elsewhere it may be the story's matter. */
static void take_title(struct stet_facts *f, bool at_end)
{
    static const struct stet_day_options o = { .numeric = true };
    struct stet_day_place at = { 0, 0 };
    struct stet_day d;

    if (stet_day_next(&d, f->out->title, &o, &at) &&
        (!at_end || at.end == f->out->title.len))
        stet_when_set(f, &f->out->published, &d, STET_SOURCE_TEXT);
}

/* What metadata says that was written for programs. */
static void take_metadata(struct stet_facts *f)
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
}

/*
 * Metadata that tell one date and no second may tell that of the last
 * change, or of the first draft: then the one that readers see counts, if it
 * stands around the headline.
 */
static void prefer_shown(struct stet_facts *f)
{
    struct stet_article_date *p = &f->out->published;
    struct stet_article_date told = *p;
    int64_t apart;

    if (told.source == STET_SOURCE_NONE ||
        f->out->modified.source != STET_SOURCE_NONE)
        return;
    p->source = STET_SOURCE_NONE;
    take_times(f, true);
    if (p->source == STET_SOURCE_NONE)
        stet_dateline_near(f);
    apart = p->ms > told.ms ? p->ms - told.ms : told.ms - p->ms;
    if (p->source == STET_SOURCE_NONE || apart < 2 * DAY_MS)
        *p = told;
}

/* A page that tells only when it was changed last was published, as it is,
 * then. */
static void take_modified(struct stet_facts *f)
{
    struct stet_article_date *p = &f->out->published;

    if (f->out->modified.source == STET_SOURCE_NONE)
        return;
    *p = f->out->modified;
    p->source = STET_SOURCE_MODIFIED;
}

void stet_when_find(struct stet_facts *f)
{
    struct stet_article_date *p = &f->out->published;

    take_metadata(f);
    prefer_shown(f);
    if (p->source == STET_SOURCE_NONE)
        take_times(f, true);
    take_url(f);
    if (p->source == STET_SOURCE_NONE)
        take_title(f, true);
    if (p->source == STET_SOURCE_NONE)
        take_abbrs(f);
    if (p->source == STET_SOURCE_NONE)
        take_odd_metas(f);
    if (p->source == STET_SOURCE_NONE && !stet_dateline_near(f))
        take_times(f, false);
    if (p->source == STET_SOURCE_NONE)
        take_title(f, false);
    if (p->source == STET_SOURCE_NONE)
        stet_dateline_far(f);
    if (p->source == STET_SOURCE_NONE)
        take_state(f);
    if (p->source == STET_SOURCE_NONE)
        take_modified(f);
    localise(f, p);
    localise(f, &f->out->modified);
    take_local_day(f);
}
