#include "article/trails.h"

void stet_trails_add(struct stet_facts *f, struct stet_stories *to,
                     const struct stet_json_value *trails,
                     struct stet_span heading)
{
    struct stet_json_iter it = { .of = trails };
    uint32_t position = 0;

    if (stet_json_type(trails) != STET_JSON_ARRAY)
        return;
    while (stet_json_next(&it)) {
        struct stet_span title = stet_json_get_string(it.value, "headline");

        if (title.len == 0)
            title = stet_json_get_string(it.value, "linkText");
        position++;
        if (stet_stories_add(
                f, to, stet_json_get_string(it.value, "url"),
                (struct stet_story_title){ stet_facts_keep_html(f, title), 4 },
                heading))
            to->items[to->len - 1].position = position;
    }
}

static struct stet_span heading_of(struct stet_facts *f,
                                   const struct stet_json_value *v)
{
    struct stet_span s = stet_json_get_string(v, "heading");

    if (s.len == 0)
        s = stet_json_get_string(v, "displayname");
    return stet_facts_keep_html(f, s);
}

static bool has_step(struct stet_span path, const char *step)
{
    struct stet_span rest = path;

    while (rest.ptr)
        if (stet_span_starts(stet_span_cut(&rest, '/'), stet_span_of(step)))
            return true;
    return false;
}

/* Which list an address answers with: its path says. */
static struct stet_article_links *list_at(struct stet_article *a,
                                          struct stet_span url)
{
    struct stet_span path =
        stet_span_sub(url, 0, stet_span_find(url, STET_SPAN("?")));

    if (has_step(path, "most-read"))
        return &a->most_viewed;
    if (has_step(path, "related") || has_step(path, "series") ||
        has_step(path, "story-package"))
        return &a->related;
    return &a->recommended;
}

void stet_trails_read(struct stet_facts *f, const struct stet_json_value *v,
                      struct stet_span url)
{
    struct stet_json_iter it = { .of = stet_json_get(v, "tabs") };
    struct stet_stories list;

    stet_stories_init(&list);
    stet_trails_add(f, &list, stet_json_get(v, "trails"), heading_of(f, v));
    while (stet_json_type(it.of) == STET_JSON_ARRAY && stet_json_next(&it))
        stet_trails_add(f, &list, stet_json_get(it.value, "trails"),
                        heading_of(f, it.value));
    stet_stories_take(f, &list, list_at(f->out, url));
}
