#include "article/marker.h"

#include "article/age.h"
#include "article/phrase.h"
#include "article/say.h"
#include "article/survey.h"
#include "base/ascii.h"

enum {
    BEFORE = 10,      /* runs before the headline that are looked at */
    AFTER = 40,       /* and between it and the body */
    EDGE = 3,         /* and at each edge of the body */
    MAX_MARKER = 600, /* bytes of a run that can be a marker */
    MAX_EDGE = 300,   /* the same inside the body */
    MAX_YEARS = 150,
    CARD_LEVELS = 4,
    CARD_TITLE = 25 /* bytes of a link's text that make it a headline */
};

/* Publishers that print a constant, whatever the age. */
static const struct {
    const char *site;
    int64_t amount;
    enum stet_article_unit unit;
} thresholds[] = { { "theregister.com", 1, STET_UNIT_YEAR },
                   { "theregister.co.uk", 1, STET_UNIT_YEAR },
                   { "vice.com", 5, STET_UNIT_YEAR } };

/* Classes and ids of the notices of publishers, themes and plug-ins. */
static const struct {
    const char *name;
    size_t len;
} hooks[] = {
#define HOOK(name)             \
    {                          \
        name, sizeof(name) - 1 \
    }
    HOOK("old_article"),      HOOK("old-article-message"),
    HOOK("opn-notice"),       HOOK("vintage-callout__callout"),
    HOOK("old-post-notice"),  HOOK("oldpostwarning1"),
    HOOK("article-outdated"), HOOK("post-outdated-info"),
    HOOK("eds-age-warning"),  HOOK("af-oldarticle"),
    HOOK("infoendarticle"),   HOOK("archived")
#undef HOOK
};

static bool is_heading(const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);

    return tag == STET_HTML_TAG_H1 || tag == STET_HTML_TAG_H2 ||
           tag == STET_HTML_TAG_H3 || tag == STET_HTML_TAG_H4;
}

static size_t text_length(const xmlNode *n)
{
    size_t len = 0;

    for (const xmlNode *c = n; c; c = stet_dom_walk(c, n))
        if (c->type == XML_TEXT_NODE)
            len += stet_dom_text(c).len;
    return len;
}

/* Does n hold, outside of `but`, a link or heading that names a story? */
static bool names_story(const xmlNode *n, const xmlNode *but)
{
    const xmlNode *c = n;
    int count = 0;

    while (c && count++ < 200) {
        if (c == but) {
            c = stet_dom_skip(c, n);
            continue;
        }
        if (c->type == XML_ELEMENT_NODE &&
            (is_heading(c) ||
             (stet_dom_tag(c) == STET_HTML_TAG_A &&
              (text_length(c) >= CARD_TITLE ||
               stet_dom_attr(c, "aria-label").len >= CARD_TITLE))))
            return true;
        c = stet_dom_walk(c, n);
    }
    return false;
}

/*
 * A card of another story: in a link or a list's item, or a near ancestor
 * that the page's headline and body are not in names a story.
 */
static bool is_in_card(const struct stet_facts *f, const xmlNode *block)
{
    const xmlNode *but = block;
    const xmlNode *n = block;

    if (is_heading(block) && stet_dom_tag(block) != STET_HTML_TAG_H1)
        n = block->parent; /* the marker itself, set as a heading */
    for (int up = 0; up < CARD_LEVELS && n; up++, n = n->parent) {
        enum stet_html_tag tag = stet_dom_tag(n);

        if (n->type != XML_ELEMENT_NODE || tag == STET_HTML_TAG_BODY)
            return false;
        if ((f->h1 && stet_dom_has(n, f->h1)) ||
            (f->body && stet_dom_has(n, f->body)))
            return false;
        if (tag == STET_HTML_TAG_A)
            return true;
        if (n != block && names_story(n, but))
            return true;
        but = n;
    }
    return false;
}

static bool is_excluded(const struct stet_run *r)
{
    for (const xmlNode *n = r->block; n && n->type == XML_ELEMENT_NODE;
         n = n->parent) {
        enum stet_html_tag tag = stet_dom_tag(n);

        if (tag == STET_HTML_TAG_NAV || tag == STET_HTML_TAG_FOOTER ||
            tag == STET_HTML_TAG_BLOCKQUOTE || tag == STET_HTML_TAG_A ||
            tag == STET_HTML_TAG_TITLE)
            return true;
    }
    return r->hidden;
}

static bool is_believable(const struct stet_phrase *p)
{
    if (p->unit == STET_UNIT_YEAR)
        return p->amount <= MAX_YEARS;
    return p->unit != STET_UNIT_MONTH || p->amount <= 12 * MAX_YEARS;
}

static bool is_threshold(const struct stet_facts *f,
                         const struct stet_phrase *p)
{
    struct stet_span site = { NULL, 0 };

    if (f->has_url)
        site = stet_url_site(&f->url);
    for (size_t i = 0; i < sizeof(thresholds) / sizeof(thresholds[0]); i++)
        if (stet_span_ieqs(site, thresholds[i].site) &&
            p->amount == thresholds[i].amount && p->unit == thresholds[i].unit)
            return true;
    return false;
}

static void set_marker(struct stet_facts *f, const struct stet_phrase *p,
                       enum stet_article_place place)
{
    struct stet_article_marker *m = &f->out->marker;
    char day[STET_DAY_TEXT];
    size_t n;

    m->text = stet_facts_dup(f, p->text);
    if (!m->text.ptr)
        return;
    m->kind = p->form->kind;
    if (m->kind == STET_MARKER_AGE_FLOOR && is_threshold(f, p))
        m->kind = STET_MARKER_THRESHOLD;
    m->comparison = p->comparison;
    m->amount = p->amount;
    m->unit = p->unit;
    m->place = place;
    m->language = stet_facts_dup(f, stet_span_of(p->lexicon->language));
    if (p->has_date) {
        n = stet_day_print(day, &p->date);
        m->date.text = stet_facts_dup(f, (struct stet_span){ day, n });
        m->date.ms = stet_day_ms(&p->date);
        m->date.day_precision = !p->date.has_time || !p->date.has_zone;
        m->date.source = STET_SOURCE_TEXT;
    }
}

/* Looks at one run; true when it was the marker. */
static bool try_run(struct stet_facts *f, const struct stet_run *r,
                    enum stet_article_place place, bool strict)
{
    struct stet_phrase p;
    struct stet_span text;
    size_t from;
    bool found;

    if (r->bytes < 10 || r->bytes > (strict ? MAX_EDGE : MAX_MARKER) * 4 ||
        is_excluded(r))
        return false;
    text = stet_facts_run(f, r, MAX_MARKER, &from);
    found = text.len >= 10 && text.len <= (strict ? MAX_EDGE : MAX_MARKER) &&
            stet_phrase_find(&p, text) && is_believable(&p) &&
            (!strict || p.at_start) && !is_in_card(f, r->block);
    if (found)
        set_marker(f, &p, place);
    stet_buf_cut(&f->scratch, from);
    return found && f->out->marker.kind != STET_MARKER_NONE;
}

/* Does a run stand with the page's date: near a time element, or in
 * something that is called a date or a byline? */
static bool is_dateline(const struct stet_run *r)
{
    const xmlNode *n = r->block;

    for (int up = 0; up < 3 && n && n->type == XML_ELEMENT_NODE; up++) {
        struct stet_span class = stet_dom_attr(n, "class");

        if (stet_span_eqs(stet_dom_attr(n, "data-gu-name"), "dateline") ||
            stet_says(class, "dateline") || stet_says(class, "byline") ||
            stet_says(class, "timestamp") || stet_says(class, "published"))
            return true;
        if (up < 2)
            for (const xmlNode *c = n->children; c; c = c->next)
                if (c->type == XML_ELEMENT_NODE &&
                    stet_dom_tag(c) == STET_HTML_TAG_TIME)
                    return true;
        n = n->parent;
    }
    return false;
}

/* Before the headline and from there to the body's first paragraph. */
static bool around_headline(struct stet_facts *f, size_t body)
{
    const struct stet_run *runs = f->runs.items;
    size_t h1 = stet_facts_find_run(f, stet_dom_order(f->h1));
    size_t after = stet_facts_find_run(f, stet_dom_end(f->h1) + 1);
    size_t end = after + AFTER < body ? after + AFTER : body;

    if (body < after)
        end = after + EDGE;
    for (size_t i = h1 > BEFORE ? h1 - BEFORE : 0; i < h1; i++)
        if (try_run(f, &runs[i], STET_MARKER_AT_HEADLINE, false))
            return true;
    for (size_t i = after; i < end && i < f->runs.len; i++) {
        enum stet_article_place place = STET_MARKER_AT_BODY_START;

        if (is_dateline(&runs[i]))
            place = STET_MARKER_AT_DATELINE;
        else if (i < after + 2)
            place = STET_MARKER_AT_HEADLINE;
        if (try_run(f, &runs[i], place, false))
            return true;
    }
    return false;
}

static bool at_body_edges(struct stet_facts *f, size_t body)
{
    const struct stet_run *runs = f->runs.items;
    size_t end = stet_facts_find_run(f, stet_dom_end(f->body) + 1);
    size_t last = end > body + EDGE ? end - EDGE : body;

    for (size_t i = body; i < body + EDGE && i < end; i++)
        if (try_run(f, &runs[i], STET_MARKER_AT_BODY_START, true))
            return true;
    for (size_t i = last; i < end + EDGE && i < f->runs.len; i++)
        if (try_run(f, &runs[i], STET_MARKER_AT_BODY_END, true))
            return true;
    return false;
}

/* The Guardian's own hooks, wherever they stand outside of cards. */
static bool at_area(struct stet_facts *f)
{
    for (size_t i = 0; i < f->areas.len; i++) {
        const xmlNode *n = f->areas.items[i];
        struct stet_span name = stet_dom_attr(n, "data-gu-name");
        size_t at;

        if (!stet_span_eqs(name, "headline") &&
            !stet_span_eqs(name, "age-warning"))
            continue;
        for (at = stet_facts_find_run(f, stet_dom_order(n));
             at < f->runs.len && stet_dom_has(n, f->runs.items[at].first); at++)
            if (try_run(f, &f->runs.items[at], STET_MARKER_AT_HEADLINE, false))
                return true;
    }
    return false;
}

static bool is_hook_word(struct stet_span word)
{
    for (size_t i = 0; i < sizeof(hooks) / sizeof(hooks[0]); i++)
        if (word.len == hooks[i].len && stet_span_ieqs(word, hooks[i].name))
            return true;
    return false;
}

static bool is_hook(const xmlNode *n)
{
    struct stet_span rest = stet_dom_attr(n, "class");

    if (is_hook_word(stet_dom_attr(n, "id")))
        return true;
    while (rest.len > 0)
        if (is_hook_word(stet_span_cut(&rest, ' ')))
            return true;
    return false;
}

/* In a notice that says by its class what it is: anywhere on the page. */
static bool at_notice(struct stet_facts *f, size_t body)
{
    for (size_t i = 0; i < f->runs.len; i++) {
        const struct stet_run *r = &f->runs.items[i];
        const xmlNode *up = r->block->parent;
        enum stet_article_place place = STET_MARKER_AT_BODY_END;

        if (r->bytes > MAX_EDGE * 4 ||
            (!is_hook(r->block) &&
             !(up && up->type == XML_ELEMENT_NODE && is_hook(up))))
            continue;
        if (i <= body + EDGE)
            place = STET_MARKER_AT_BODY_START;
        if (try_run(f, r, place, true))
            return true;
    }
    return false;
}

/* Decodes base64 (no padding needed) as far as it goes. */
static struct stet_span decode64(char *out, size_t room, struct stet_span s)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t bits = 0;
    int n_bits = 0;
    size_t n = 0;

    for (size_t i = 0; i < s.len && n < room; i++) {
        size_t v = 0;

        while (v < 64 && alphabet[v] != s.ptr[i])
            v++;
        if (v == 64)
            break;
        bits = (bits << 6 | (uint32_t)v) & 0xFFFFFF;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[n++] = (char)(unsigned char)(bits >> n_bits);
        }
    }
    return (struct stet_span){ out, n };
}

/* The Guardian's social images carry ".../tg-age-2016.png" as a parameter.
 * The year of capture itself says nothing of age. */
static void from_overlay(struct stet_facts *f)
{
    struct stet_article_marker *m = &f->out->marker;
    struct stet_span url = stet_facts_meta(f, "ogimage twitterimage");
    size_t at = stet_span_find(url, STET_SPAN("overlay-base64="));
    struct stet_civil c = { .month = 1, .day = 1 };
    struct stet_civil now;
    struct stet_span path;
    char text[128];
    uint64_t year;

    if (at == url.len)
        return;
    path = decode64(text, sizeof(text), stet_span_sub(url, at + 15, url.len));
    at = stet_span_find(path, STET_SPAN("tg-age-"));
    if (at == path.len ||
        !stet_span_to_u64(stet_span_sub(path, at + 7, 4), &year) ||
        year < 1800 || year > 2100)
        return;
    c.year = (int)year;
    if (f->in->captured_ms != STET_ARTICLE_NO_TIME) {
        stet_date_split(&now, f->in->captured_ms);
        if (now.year <= c.year)
            return;
    }
    m->text = stet_facts_keep(f, path);
    m->kind = STET_MARKER_DATE;
    m->place = STET_MARKER_AT_IMAGE_OVERLAY;
    m->date.text = stet_facts_dup(f, stet_span_sub(path, at + 7, 4));
    m->date.ms = stet_date_join(&c);
    m->date.day_precision = true;
    m->date.source = STET_SOURCE_META;
}

void stet_marker_find(struct stet_facts *f)
{
    size_t body = f->body ? stet_facts_find_run(f, stet_dom_order(f->body)) : 0;
    bool guardian = at_area(f);
    bool found = guardian;

    if (!found && f->h1)
        found = around_headline(f, body);
    if (!found && f->body && f->runs.len > 0)
        found = at_body_edges(f, body);
    if (!found)
        found = at_notice(f, body);
    if (!found)
        from_overlay(f);
    stet_age_judge(f, guardian);
}
