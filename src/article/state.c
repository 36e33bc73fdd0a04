#include "article/state.h"

#include <stdio.h>

#include "base/ascii.h"

enum {
    MAX_VALUE = 40,     /* bytes of a date */
    MAX_TRIES = 64,     /* places of one key that are looked at */
    BEFORE_MINUTE = 14, /* bytes of a date and an hour */
    WEST_MIN = -12 * 60,
    EAST_MIN = 14 * 60
};

/* An inline script that is no JSON-LD: those are read as what they are. */
static struct stet_span script_text(const xmlNode *n)
{
    struct stet_span none = { NULL, 0 };

    if (!n->children || n->children->type != XML_TEXT_NODE ||
        stet_span_istarts(stet_span_trim(stet_dom_attr(n, "type")),
                          "application/ld+json"))
        return none;
    return stet_dom_text(n->children);
}

static bool is_filler(char c)
{
    return c == '\\' || c == '"' || c == '\'' || c == ' ' || c == ':' ||
           c == '=' || c == ',';
}

/* What stands behind a key: up to the quote that ends it, backslashes
 * dropped. */
static struct stet_span read_value(struct stet_span s, char to[MAX_VALUE])
{
    size_t i = 0;
    size_t n = 0;
    bool quoted;

    while (i < s.len && i < 8 && is_filler(s.ptr[i]))
        i++;
    quoted = i > 0 && (s.ptr[i - 1] == '"' || s.ptr[i - 1] == '\'');
    if (i == 0)
        return (struct stet_span){ to, 0 };
    for (; i < s.len && n < MAX_VALUE; i++) {
        char c = s.ptr[i];

        if (c == '"' || c == '\'' || (!quoted && (c == ',' || c == '}')))
            break;
        if (c != '\\')
            to[n++] = c;
    }
    return stet_span_trim((struct stet_span){ to, n });
}

static bool find_key(struct stet_span s, const char *key, struct stet_day *out)
{
    size_t from = 0;

    for (int tries = 0; tries < MAX_TRIES; tries++) {
        struct stet_span rest = stet_span_sub(s, from, s.len);
        size_t at = stet_span_find(rest, stet_span_of(key));
        char text[MAX_VALUE];
        struct stet_span value;
        size_t used;

        if (at == rest.len)
            return false;
        from += at + stet_span_of(key).len;
        value = read_value(stet_span_sub(s, from, s.len), text);
        if (value.len >= 8 && stet_day_parse(out, value, &used) &&
            out->at.year >= 1990)
            return true;
    }
    return false;
}

bool stet_state_published(const struct stet_facts *f, struct stet_day *out)
{
    /* As they end: longer keys ("article_publishedAt") are meant too. */
    static const char *const keys[] = {
        "datePublished",   "webPublicationDate", "ublishedAt",
        "ublished_at",     "ublishedDate",       "ublished_date",
        "ublishDate",      "ublish_date",        "publishdate",
        "ublicationDate",  "ublication_date",    "ublicationTime",
        "ublication_time", "ublishedTime",       "ublished_time",
        "ublishingDate",   "firstPublished",     "first_published",
        "pubDate",         "pub_date",           "display_date",
        "datePosted",      "createdAt",          "created_at"
    };

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_SCRIPT); n;
             n = stet_dom_next(n))
            if (find_key(script_text(n), keys[i], out))
                return true;
    return false;
}

bool stet_state_same(struct stet_day *d, const struct stet_day *local)
{
    struct stet_day utc = *local;
    int64_t apart_s;
    int64_t zone_min;

    if (!local->has_time || !d->has_time || !d->has_zone)
        return false;
    if (!local->has_zone) {
        utc.has_zone = true;
        utc.zone_min = 0;
    }
    apart_s = (stet_day_ms(&utc) - stet_day_ms(d)) / 1000;
    if (local->has_zone) {
        if (apart_s != 0 || local->zone_min == 0)
            return false;
        *d = *local;
        return true;
    }
    if (d->at.second == 0)
        return false; /* too many times are full minutes */
    zone_min = apart_s / 60;
    if (apart_s % (15 * 60) != 0 || zone_min == 0 || zone_min < WEST_MIN ||
        zone_min > EAST_MIN)
        return false;
    *d = *local;
    d->has_zone = true;
    d->zone_min = (int)zone_min;
    return true;
}

/* The date and time around ":mm:ss" at `at` in s. */
static bool read_around(struct stet_span s, size_t at, struct stet_day *out)
{
    size_t from = at;
    size_t used;

    while (s.ptr && from > 0 && at - from < BEFORE_MINUTE &&
           (stet_is_digit((unsigned char)s.ptr[from - 1]) ||
            s.ptr[from - 1] == '-' || s.ptr[from - 1] == 'T' ||
            s.ptr[from - 1] == ' '))
        from--;
    return stet_day_parse(
        out, stet_span_trim(stet_span_sub(s, from, MAX_VALUE)), &used);
}

bool stet_state_localise(const struct stet_facts *f, struct stet_day *d)
{
    char text[16];
    struct stet_span minute = { text, 0 };

    minute.len = (size_t)snprintf(text, sizeof(text), ":%02d:%02d",
                                  d->at.minute % 60, d->at.second % 60);
    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_SCRIPT); n;
         n = stet_dom_next(n)) {
        struct stet_span s = n->children && n->children->type == XML_TEXT_NODE
                                 ? stet_dom_text(n->children)
                                 : (struct stet_span){ NULL, 0 };
        size_t from = 0;

        for (int tries = 0; tries < MAX_TRIES; tries++) {
            struct stet_span rest = stet_span_sub(s, from, s.len);
            size_t at = stet_span_find(rest, minute);
            struct stet_day local;

            if (at == rest.len)
                break;
            if (read_around(s, from + at, &local) && stet_state_same(d, &local))
                return true;
            from += at + minute.len;
        }
    }
    return false;
}
