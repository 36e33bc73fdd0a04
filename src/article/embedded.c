#include "article/embedded.h"

#include <string.h>

#include "article/ld.h"
#include "article/trails.h"

enum {
    MAX_STATE = 256 << 10, /* bytes of a story's object that are read */
    MAX_TRIES = 64,        /* places of a script that are looked at */
    MAX_KEY = 40
};

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

/* -- the state that a page's program starts from ------------------------- */

/* The object that the byte at `at` is directly in begins here; s.len if
 * that cannot be told nearby. */
static size_t object_around(struct stet_span s, size_t at)
{
    size_t least = at > MAX_STATE ? at - MAX_STATE : 0;
    size_t depth = 0;

    while (at-- > least) {
        char c = s.ptr[at];

        if (c == '"') {
            while (at > least &&
                   (s.ptr[at - 1] != '"' || (at > 1 && s.ptr[at - 2] == '\\')))
                at--;
            at -= at > least;
        } else if (c == '}' || c == ']') {
            depth++;
        } else if (c == '{' || c == '[') {
            if (depth == 0)
                return c == '{' ? at : s.len;
            depth--;
        }
    }
    return s.len;
}

/* Is it this page's own object: one of its members is the page's address?
 * Objects of other stories have lists of their own. */
static bool is_own(const struct stet_facts *f, const struct stet_json_value *v)
{
    struct stet_json_iter it = { .of = v };
    struct stet_span path = stet_url_path(&f->url);

    if (!f->has_url || path.len < 2)
        return false;
    while (stet_json_next(&it)) {
        struct stet_span s = stet_json_string(it.value);

        if (s.len >= path.len && stet_span_ends(s, path))
            return true;
    }
    return false;
}

static struct stet_span first_string(const struct stet_json_value *v,
                                     const char *const *keys)
{
    struct stet_span s = { NULL, 0 };

    for (; s.len == 0 && *keys; keys++)
        s = stet_json_get_string(v, *keys);
    return s;
}

/* Objects with an address and a title. */
static void add_stories(struct stet_facts *f, struct stet_stories *to,
                        const struct stet_json_value *list)
{
    static const char *const urls[] = { "url",          "href", "canonical_url",
                                        "website_url",  "link", "webUrl",
                                        "canonicalUrl", NULL };
    static const char *const titles[] = { "headline", "title",    "name",
                                          "linkText", "webTitle", NULL };
    struct stet_json_iter it = { .of = list };
    uint32_t position = 0;

    while (stet_json_next(&it)) {
        struct stet_span title = first_string(it.value, titles);
        struct stet_span none = { NULL, 0 };

        if (title.len == 0)
            title = stet_json_get_string(stet_json_get(it.value, "headlines"),
                                         "basic");
        position++;
        if (title.len > 0 &&
            stet_stories_add(
                f, to, first_string(it.value, urls),
                (struct stet_story_title){ stet_facts_keep_html(f, title), 4 },
                none))
            to->items[to->len - 1].position = position;
    }
}

static void add_member(struct stet_facts *f, struct stet_stories *to,
                       struct stet_span script, size_t at, const char *key)
{
    static const struct stet_json_options loose = { .allow_trailing = true,
                                                    .lenient = true,
                                                    .max_bytes = MAX_STATE };
    size_t from = object_around(script, at);
    const struct stet_json_value *list;
    struct stet_json *j = NULL;

    if (from == script.len)
        return;
    stet_facts_note(f,
                    stet_json_parse(&j, stet_span_sub(script, from, MAX_STATE),
                                    &loose, NULL));
    list = stet_json_get(stet_json_root(j), key);
    if (stet_json_type(list) == STET_JSON_OBJECT)
        list = stet_json_get(list, "basic");
    if (stet_json_type(list) == STET_JSON_ARRAY && is_own(f, stet_json_root(j)))
        add_stories(f, to, list);
    stet_json_free(j);
}

/* What the state of a page says to be related to its story: Arc's
 * globalContent.related_content.basic and the like. */
static void add_state(struct stet_facts *f, struct stet_stories *to)
{
    static const char *const keys[] = { "related",         "relatedContent",
                                        "relatedArticles", "relatedStories",
                                        "relatedLinks",    "related_content",
                                        "related_stories", "related_articles" };
    static const char begin[] = "\"related";

    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_SCRIPT); n;
         n = stet_dom_next(n)) {
        struct stet_span s = n->children && n->children->type == XML_TEXT_NODE
                                 ? stet_dom_text(n->children)
                                 : (struct stet_span){ NULL, 0 };
        size_t from = 0;

        for (int tries = 0; s.len > 0 && tries < MAX_TRIES; tries++) {
            const char *hit =
                memmem(s.ptr + from, s.len - from, begin, sizeof(begin) - 1);
            struct stet_span key;
            struct stet_span rest;
            size_t at;

            if (!hit)
                break;
            at = (size_t)(hit - s.ptr);
            from = at + sizeof(begin) - 1;
            key = stet_span_sub(s, at + 1, s.len);
            key.len =
                stet_span_find(stet_span_sub(key, 0, MAX_KEY), STET_SPAN("\""));
            rest = stet_span_trim(stet_span_sub(s, at + key.len + 2, MAX_KEY));
            if (rest.len < 3 || rest.ptr[0] != ':')
                continue;
            rest = stet_span_trim(stet_span_sub(rest, 1, rest.len));
            if (rest.len < 2 || (rest.ptr[0] != '[' && rest.ptr[0] != '{') ||
                rest.ptr[1] == ']' || rest.ptr[1] == '}')
                continue;
            for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
                if (stet_span_eqs(key, keys[i]))
                    add_member(f, to, s, at, keys[i]);
        }
    }
}

void stet_embedded_find(struct stet_facts *f, struct stet_stories *related)
{
    add_islands(f, related);
    add_related_links(f, related);
    add_state(f, related);
}
