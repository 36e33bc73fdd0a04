/*
 * The Guardian's islands: what a page's script would ask an API for, as
 * the properties of its gu-island elements tell.
 */
#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "links/html.h"
#include "json/json.h"

enum { MAX_ISLAND_URL = STET_MAX_LINK_URL };

/* A part of a path or query as it may stand there. */
static bool is_plain(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!stet_is_alnum((unsigned char)s.ptr[i]) &&
            !strchr("-_./~", s.ptr[i]))
            return false;
    return s.len > 0;
}

static struct stet_span host_of(const struct stet_json_value *props)
{
    struct stet_span s = stet_json_get_string(props, "ajaxUrl");

    while (s.len > 0 && s.ptr[s.len - 1] == '/')
        s.len--;
    return s;
}

/* Series and blogs are about their own stories. */
static struct stet_span series_of(const struct stet_json_value *props)
{
    struct stet_json_iter it = { .of = stet_json_get(props, "tags") };

    if (stet_json_type(it.of) != STET_JSON_ARRAY)
        return (struct stet_span){ NULL, 0 };
    while (stet_json_next(&it)) {
        struct stet_span type = stet_json_get_string(it.value, "type");
        struct stet_span id = stet_json_get_string(it.value, "id");

        if ((stet_span_eqs(type, "Series") || stet_span_eqs(type, "Blog")) &&
            is_plain(id))
            return id;
    }
    return (struct stet_span){ NULL, 0 };
}

/* Stories of its series, or else related ones; nothing where the page has
 * its package of stories in itself. */
static void add_onwards(struct stet_buf *b, const struct stet_json_value *props)
{
    struct stet_span series = series_of(props);
    struct stet_span page = stet_json_get_string(props, "pageId");
    struct stet_span short_url = stet_json_get_string(props, "shortUrlId");

    if (!stet_json_is_true(stet_json_get(props, "showRelatedContent")) ||
        stet_json_is_true(stet_json_get(props, "hasStoryPackage")))
        return;
    stet_buf_add_span(b, host_of(props));
    if (series.len > 0) {
        stet_buf_adds(b, "/series/");
        stet_buf_add_span(b, series);
        stet_buf_adds(b, ".json?dcr");
        if (is_plain(short_url)) {
            stet_buf_adds(b, "&shortUrl=");
            stet_buf_add_span(b, short_url);
        }
    } else if (stet_json_is_true(stet_json_get(props, "hasRelated")) &&
               is_plain(page)) {
        stet_buf_adds(b, "/related/");
        stet_buf_add_span(b, page);
        stet_buf_adds(b, ".json?dcr=true");
    } else {
        stet_buf_reset(b);
    }
}

static void add_most_viewed(struct stet_buf *b,
                            const struct stet_json_value *props)
{
    struct stet_span section = stet_json_get_string(props, "sectionId");
    struct stet_span edition = stet_json_get_string(props, "edition");

    stet_buf_add_span(b, host_of(props));
    stet_buf_adds(b, "/most-read");
    if (is_plain(section) && !stet_span_eqs(section, "info") &&
        !stet_span_eqs(section, "global")) {
        stet_buf_adds(b, "/");
        stet_buf_add_span(b, section);
    }
    stet_buf_adds(b, ".json?_edition=");
    stet_buf_add_span(b, is_plain(edition) ? edition : STET_SPAN("UK"));
    stet_buf_adds(b, "&dcr=true");
}

static int deliver(struct stet_links_html *h, const struct stet_html_token *t,
                   const struct stet_html_attr *a, struct stet_span url,
                   const char *what)
{
    struct stet_link l;

    stet_links_begin(h, &l, t, a);
    l.role = STET_LINK_DATA;
    l.requisite = true;
    l.raw = url;
    l.place = STET_PLACE_NONE;
    l.length = 0;
    l.context =
        stet_links_context(&h->out, t->name, a->name, stet_span_of(what));
    return stet_links_out_add(&h->out, &l);
}

int stet_links_on_island(struct stet_links_html *h,
                         const struct stet_html_token *t)
{
    static const struct stet_json_options lenient = { .lenient = true };
    const struct stet_html_attr *props = NULL;
    struct stet_span name =
        stet_span_trim(stet_links_attr_value(t, STET_HTML_ATTR_NAME));
    bool onwards = stet_span_eqs(name, "OnwardsUpper");
    struct stet_json *j = NULL;
    struct stet_buf b;
    int rc;

    for (size_t i = 0; i < t->n_attrs && !props; i++)
        if (stet_span_eqs(t->attrs[i].name, "props"))
            props = &t->attrs[i];
    if (!props || (!onwards && !stet_span_eqs(name, "MostViewedFooterData")))
        return STET_OK;
    rc = stet_json_parse(&j, props->value, &lenient, NULL);
    if (rc < 0)
        return rc == STET_ENOMEM ? rc : STET_OK;
    stet_buf_init(&b, MAX_ISLAND_URL);
    if (host_of(stet_json_root(j)).len > 0 && onwards)
        add_onwards(&b, stet_json_root(j));
    else if (host_of(stet_json_root(j)).len > 0)
        add_most_viewed(&b, stet_json_root(j));
    rc = stet_buf_status(&b) == STET_ENOMEM ? STET_ENOMEM : STET_OK;
    if (rc == STET_OK && stet_buf_status(&b) == STET_OK && b.len > 0)
        rc = deliver(h, t, props, stet_buf_span(&b),
                     onwards ? "related" : "most-viewed");
    stet_buf_clear(&b);
    stet_json_free(j);
    return rc;
}
