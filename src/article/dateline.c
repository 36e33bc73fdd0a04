#include "article/dateline.h"

#include "article/say.h"
#include "article/when.h"
#include "base/ascii.h"

enum {
    SHORT_DATE_TEXT = 70,
    MAX_DATE_TEXT = 120,  /* bytes of a block that is a dateline */
    MAX_LED_TEXT = 400,   /* of one in which words lead to the date */
    AFTER_HEADLINE = 15,  /* blocks behind it that may hold the date */
    BEFORE_HEADLINE = 3,  /* and before it */
    MAX_DATELINES = 400,  /* blocks that are looked at */
    MAX_LEAD = 48,        /* bytes around a date that say what it is */
    FIRST_PARAGRAPHS = 3, /* that may begin with the date */
    WEST_MIN = -12 * 60,  /* how far zones go */
    EAST_MIN = 14 * 60,
    MAX_PLACE = 40 /* bytes of a place's name before it */
};

/* Lower case where the letters are ASCII. */
static const char *const published_leads[] = {
    "publi",        "posted",
    "first online", "veröffentlicht",
    "gepostet",     "erstellt",
    "erschienen",   "geschrieben am",
    "mis en ligne", "pubbl",
    "geplaatst",    "gepubl",
    "julkaistu",    "opubl",
    "dodano",       "vydáno",
    "vloženo",      "közzét",
    "megjelent",    "опубликован",
    "опубліковано", "дата публикации",
    "yayın",        "δημοσ",
    "公開",         "掲載",
    "投稿",         "입력",
    "등록",         "发布",
    "發布",         "發表",
    "发表",         "نشر",
    "פורסם",        "created",
    "submitted",    "written on",
    "indsendt",     "lagt ut",
    "objavljeno",   "dipublikasi",
    "đăng",         NULL
};
static const char *const modified_leads[] = { "updat",
                                              "modif",
                                              "edited",
                                              "last change",
                                              "revis",
                                              "aktualis",
                                              "geändert",
                                              "änderung",
                                              "Änderung",
                                              "bearbeitet",
                                              "zuletzt",
                                              "mis à jour",
                                              "mise à jour",
                                              "actualiz",
                                              "actualis",
                                              "aggiorna",
                                              "ultima modifica",
                                              "atualiza",
                                              "bijgewerkt",
                                              "gewijzigd",
                                              "uppdaterad",
                                              "oppdatert",
                                              "opdateret",
                                              "päivitetty",
                                              "aktualiz",
                                              "zaktualizowan",
                                              "frissít",
                                              "обновлен",
                                              "оновлен",
                                              "изменен",
                                              "güncelle",
                                              "ενημ",
                                              "更新",
                                              "수정",
                                              "تحديث",
                                              "עודכן",
                                              NULL };

/* Of dates that have nothing to do with the story. */
static const char *const other_leads[] = {
    "copyright",    "©",        "(c)",        "reviewed",
    "retrieved",    "accessed", "abgerufen",  "born",
    "geboren",      "joined",   "registered", "mitglied seit",
    "member since", NULL
};

/* Where the last of the words ends in s; 0 if none stands there. */
static size_t last_of(struct stet_span s, const char *const *words)
{
    size_t last = 0;

    for (; *words; words++) {
        struct stet_span word = stet_span_of(*words);
        size_t from = 0;

        for (;;) {
            struct stet_span rest = stet_span_sub(s, from, s.len);
            size_t at = stet_span_ifind(rest, word);

            if (at == rest.len)
                break;
            from += at + word.len;
            last = from > last ? from : last;
        }
    }
    return last;
}

enum stet_dateline_role stet_dateline_role(struct stet_span before)
{
    size_t published;
    size_t modified;
    size_t other;

    if (before.len > MAX_LEAD)
        before = stet_span_sub(before, before.len - MAX_LEAD, MAX_LEAD);
    published = last_of(before, published_leads);
    modified = last_of(before, modified_leads);
    other = last_of(before, other_leads);
    if (other > published && other > modified)
        return STET_DATELINE_OTHER;
    if (modified > published)
        return STET_DATELINE_MODIFIED;
    return published > 0 ? STET_DATELINE_PUBLISHED : STET_DATELINE_PLAIN;
}

/* German ends with it: "wurde am 12. Mai 2010 um 23:03 Uhr gepostet". */
static bool is_led_back(struct stet_span before, struct stet_span after)
{
    static const char *const ends[] = { "gepostet", "veröffentlicht",
                                        "erstellt", "publiziert", NULL };
    size_t end = stet_span_find(after, STET_SPAN("."));

    return stet_span_ends(stet_span_trim(before), STET_SPAN("wurde am")) &&
           last_of(stet_span_sub(after, 0, end < MAX_LEAD ? end : MAX_LEAD),
                   ends) > 0;
}

static struct stet_day_options options(const struct stet_facts *f)
{
    struct stet_span lang = f->out->language;

    /* Which of two numbers the page's country writes first. */
    return (struct stet_day_options){ .numeric = true,
                                      .short_year = true,
                                      .month_first =
                                          stet_span_istarts(lang, "en-us") ||
                                          stet_span_ieqs(lang, "en") };
}

/* Digits of other scripts, in place: Arabic, Persian, Devanagari. */
static struct stet_span plain_digits(struct stet_span s, char *to)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        const unsigned char *p = (const unsigned char *)s.ptr + i;
        size_t left = s.len - i;

        if (left > 1 && p[0] == 0xD9 && p[1] >= 0xA0 && p[1] <= 0xA9) {
            to[n++] = (char)('0' + (p[1] - 0xA0));
            i += 1;
        } else if (left > 1 && p[0] == 0xDB && p[1] >= 0xB0 && p[1] <= 0xB9) {
            to[n++] = (char)('0' + (p[1] - 0xB0));
            i += 1;
        } else if (left > 2 && p[0] == 0xE0 && p[1] == 0xA5 && p[2] >= 0xA6 &&
                   p[2] <= 0xAF) {
            to[n++] = (char)('0' + (p[2] - 0xA6));
            i += 2;
        } else {
            to[n++] = s.ptr[i];
        }
    }
    return (struct stet_span){ to, n };
}

/* The first date of a text that may be the story's; if `led`, only one
 * that words lead to. */
static bool take_text(struct stet_facts *f, struct stet_span s, bool led)
{
    struct stet_day_options o = options(f);
    struct stet_day_place at = { 0, 0 };
    struct stet_day d;
    char plain[MAX_LED_TEXT];
    size_t from = 0;

    s = plain_digits(stet_span_sub(s, 0, sizeof(plain)), plain);
    while (stet_day_next(&d, s, &o, &at)) {
        struct stet_span before = stet_span_sub(s, from, at.start - from);
        enum stet_dateline_role role = stet_dateline_role(before);

        if (is_led_back(before, stet_span_sub(s, at.end, s.len)))
            role = STET_DATELINE_PUBLISHED;
        from = at.end;
        if (role == STET_DATELINE_OTHER)
            continue;
        if (role == STET_DATELINE_MODIFIED) {
            if (!led && f->out->modified.source == STET_SOURCE_NONE)
                stet_when_set(f, &f->out->modified, &d, STET_SOURCE_TEXT);
            continue;
        }
        if (led && role != STET_DATELINE_PUBLISHED)
            continue;
        if (stet_when_set(f, &f->out->published, &d, STET_SOURCE_TEXT))
            return true;
    }
    return false;
}

static bool take_run(struct stet_facts *f, const struct stet_run *r, bool led)
{
    size_t max = led ? MAX_LED_TEXT : MAX_DATE_TEXT;
    struct stet_span s;
    size_t from;
    bool found = false;

    if (r->bytes > 2 * max || r->bytes < 6 || r->hidden)
        return false;
    s = stet_facts_run(f, r, max, &from);
    if (s.len >= 8 && s.len <= max)
        found = take_text(f, s, led);
    stet_buf_cut(&f->scratch, from);
    return found;
}

static bool take_led(struct stet_facts *f, size_t from, size_t to)
{
    int count = 0;

    for (size_t i = from; i < to && count++ < MAX_DATELINES; i++)
        if (take_run(f, &f->runs.items[i], true))
            return true;
    return false;
}

/* Is one of the elements in the run called a date, or the run's block? */
static bool is_run_called(const struct stet_run *r, const char *const *words)
{
    if (stet_when_is_called(r->block, words))
        return true;
    for (const xmlNode *n = r->first; n && n != r->last;
         n = stet_dom_walk(n, r->block))
        if (n->type == XML_TEXT_NODE && n->parent != r->block &&
            stet_when_is_called(n->parent, words))
            return true;
    return r->last->parent != r->block &&
           stet_when_is_called(r->last->parent, words);
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
            r->link_bytes == r->bytes || !is_run_called(r, words))
            continue;
        count++;
        if (take_run(f, r, false))
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
        if (take_run(f, r, false))
            return true;
    }
    return false;
}

static bool is_break(struct stet_span s)
{
    static const char *const marks[] = {
        "-", "\xE2\x80\x93", "\xE2\x80\x94", ":", "|", "//", ")", "\xE2\x80\xA2"
    };

    s = stet_span_trim(s);
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (stet_span_starts(s, stet_span_of(marks[i])))
            return true;
    return false;
}

/* "Berlin, 12.3.2024 - The story begins": a date that a dash parts from
 * the first paragraphs. */
static bool take_opening(struct stet_facts *f, size_t from, size_t to)
{
    struct stet_day_options o = options(f);
    int count = 0;

    for (size_t i = from; i < to && count < FIRST_PARAGRAPHS; i++) {
        const struct stet_run *r = &f->runs.items[i];
        struct stet_day_place at = { 0, 0 };
        struct stet_day d;
        struct stet_span s;
        size_t cut;
        bool found = false;

        if (r->hidden || r->aside || r->bytes < MAX_DATE_TEXT)
            continue;
        count++;
        s = stet_facts_run(f, r, MAX_DATE_TEXT, &cut);
        if (stet_day_next(&d, s, &o, &at) && at.start <= MAX_PLACE &&
            is_break(stet_span_sub(s, at.end, 4)))
            found = stet_when_set(f, &f->out->published, &d, STET_SOURCE_TEXT);
        stet_buf_cut(&f->scratch, cut);
        if (found)
            return true;
    }
    return false;
}

/* The headline, even if no title repeats it. */
static const xmlNode *find_headline(const struct stet_facts *f)
{
    const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_H1);

    return f->h1 ? f->h1 : n && !stet_dom_next(n) ? n : NULL;
}

/* A short block among the last `n` before the headline's. */
static bool take_above(struct stet_facts *f, size_t h1, size_t n)
{
    for (size_t i = 1; i <= n && i <= h1; i++) {
        const struct stet_run *r = &f->runs.items[h1 - i];

        if (!r->aside && r->link_bytes == 0 && r->bytes <= SHORT_DATE_TEXT &&
            take_run(f, r, false))
            return true;
    }
    return false;
}

bool stet_dateline_before(struct stet_facts *f, const xmlNode *time)
{
    const xmlNode *h1 = find_headline(f);
    size_t i = h1 ? stet_facts_find_run(f, stet_dom_end(h1) + 1) : f->runs.len;

    for (; i < f->runs.len; i++) {
        const struct stet_run *r = &f->runs.items[i];

        if (stet_dom_order(r->last) >= stet_dom_order(time))
            return false;
        if (r->bytes <= SHORT_DATE_TEXT && r->link_bytes < r->bytes &&
            take_run(f, r, false))
            return true;
    }
    return false;
}

/* Is a zone as far east as this?  Most are whole hours away. */
static bool is_zone(int64_t minutes)
{
    static const int odd[] = { -210, 210, 270, 330, 390, 570, 630 };

    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
        if (minutes == odd[i])
            return true;
    return minutes != 0 && minutes % 60 == 0 && minutes >= WEST_MIN &&
           minutes <= EAST_MIN;
}

/* The same minute on a clock of another zone? */
static bool is_same_minute(struct stet_day *d, const struct stet_day *local)
{
    struct stet_day utc = *local;
    int64_t apart_min;

    if (!local->has_time || local->has_zone)
        return false;
    utc.has_zone = true;
    utc.zone_min = 0;
    apart_min = stet_day_ms(&utc) / 60000 - stet_day_ms(d) / 60000;
    if (!is_zone(apart_min))
        return false;
    utc = *d;
    *d = *local;
    d->at.second = utc.at.second;
    d->at.ms = utc.at.ms;
    d->has_zone = true;
    d->zone_min = (int)apart_min;
    return true;
}

static bool localise_run(struct stet_facts *f, const struct stet_run *r,
                         struct stet_day *d)
{
    struct stet_day_options o = options(f);
    struct stet_day_place at = { 0, 0 };
    struct stet_day local;
    struct stet_span s;
    size_t from;
    bool found = false;

    if (r->bytes > 2 * MAX_DATE_TEXT || r->bytes < 12 || r->hidden)
        return false;
    s = stet_facts_run(f, r, MAX_DATE_TEXT, &from);
    while (!found && stet_day_next(&local, s, &o, &at))
        found = stet_dateline_role(stet_span_sub(s, 0, at.start)) !=
                    STET_DATELINE_MODIFIED &&
                is_same_minute(d, &local);
    stet_buf_cut(&f->scratch, from);
    return found;
}

bool stet_dateline_localise(struct stet_facts *f, struct stet_day *d)
{
    const xmlNode *h1 = find_headline(f);
    size_t at = h1 ? stet_facts_find_run(f, stet_dom_order(h1)) : f->runs.len;
    size_t i = at > BEFORE_HEADLINE ? at - BEFORE_HEADLINE : 0;

    for (; i < at + AFTER_HEADLINE && i < f->runs.len; i++)
        if (localise_run(f, &f->runs.items[i], d))
            return true;
    return false;
}

bool stet_dateline_near(struct stet_facts *f)
{
    const xmlNode *h1 = find_headline(f);
    size_t at = h1 ? stet_facts_find_run(f, stet_dom_order(h1)) : f->runs.len;

    if (h1 && take_above(f, at, 1))
        return true;
    for (size_t i = at; i < at + AFTER_HEADLINE && i < f->runs.len; i++)
        if (take_run(f, &f->runs.items[i], false))
            return true;
    return h1 && take_above(f, at, BEFORE_HEADLINE);
}

void stet_dateline_far(struct stet_facts *f)
{
    size_t from = 0;
    size_t to = f->runs.len;

    if (f->main) {
        from = stet_facts_find_run(f, stet_dom_order(f->main));
        to = stet_facts_find_run(f, stet_dom_end(f->main) + 1);
    }
    if (!take_led(f, from, to) && !take_called(f, from, to) &&
        !take_opening(f, from, to) && !take_called(f, 0, f->runs.len) &&
        !take_led(f, to, f->runs.len) && !take_short(f, from, to))
        take_short(f, 0, f->runs.len);
}
