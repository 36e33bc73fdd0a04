#include "article/embedded.h"

#include "article/ld.h"
#include "article/trails.h"

/* Stories that the Guardian ties to this one; other sources are about the
 * reader or the section. */
static bool is_related_source(struct stet_span source)
{
    return stet_span_eqs(source, "more-on-this-story") ||
           stet_span_eqs(source, "related-stories") ||
           stet_span_eqs(source, "related-content") ||
           stet_span_eqs(source, "series");
}

static void add_carousel(struct stet_facts *f, struct stet_stories *to,
                         const struct stet_json_value *props)
{
    if (is_related_source(stet_json_get_string(props, "onwardsSource")))
        stet_trails_add(
            f, to, stet_json_get(props, "trails"),
            stet_facts_keep_html(f, stet_json_get_string(props, "heading")));
}

static void add_islands(struct stet_facts *f, struct stet_stories *to)
{
    static const struct stet_json_options lenient = { .lenient = true };

    for (size_t i = 0; i < f->islands.len; i++) {
        const xmlNode *n = f->islands.items[i];
        struct stet_json *j = NULL;

        if (!stet_span_eqs(stet_dom_attr(n, "name"), "Carousel"))
            continue;
        stet_facts_note(
            f, stet_json_parse(&j, stet_dom_attr(n, "props"), &lenient, NULL));
        add_carousel(f, to, stet_json_root(j));
        stet_json_free(j);
    }
}

/* JSON-LD's relatedLink: URLs without titles. */
static void add_related_links(struct stet_facts *f, struct stet_stories *to)
{
    const struct stet_json_value *v = stet_json_get(f->ld, "relatedLink");
    struct stet_json_iter it = { .of = v };
    struct stet_span none = { NULL, 0 };
    uint32_t position = 0;

    if (stet_json_type(v) != STET_JSON_ARRAY)
        return;
    while (stet_json_next(&it)) {
        position++;
        if (stet_stories_add(f, to, stet_ld_string(it.value, "url"),
                             (struct stet_story_title){ none, 0 }, none))
            to->items[to->len - 1].position = position;
    }
}

void stet_embedded_find(struct stet_facts *f, struct stet_stories *related)
{
    add_islands(f, related);
    add_related_links(f, related);
}
