#include "article/stories.h"

#include <string.h>

#include "article/links.h"
#include "base/mem.h"

enum { MAX_SEEN = 1 << 20 };

void stet_stories_init(struct stet_stories *l)
{
    *l = (struct stet_stories){ .len = 0 };
    stet_map_init(&l->seen, MAX_SEEN);
}

void stet_stories_clear(struct stet_stories *l)
{
    stet_free(l->items);
    stet_free(l->strengths);
    stet_map_clear(&l->seen);
    stet_stories_init(l);
}

/* An absolute URL without what does not tell stories apart. */
static struct stet_span key_of(struct stet_span url)
{
    struct stet_span bare =
        stet_span_sub(url, 0, stet_span_find(url, STET_SPAN("#")));
    struct stet_span path = bare;
    size_t at = stet_span_find(bare, STET_SPAN("?"));

    if (at == bare.len)
        return bare;
    path.len = at;
    at = stet_span_find(path, STET_SPAN("//"));
    path = stet_span_sub(path, at + 2, path.len);
    path = stet_span_sub(path, stet_span_find(path, STET_SPAN("/")), path.len);
    if (stet_page_links_is_story(path))
        bare.len = stet_span_find(bare, STET_SPAN("?"));
    return bare;
}

static bool is_self(const struct stet_facts *f, struct stet_span key)
{
    if (f->has_url && stet_span_eq(key, key_of(stet_url_page(&f->url))))
        return true;
    return stet_span_eq(key, key_of(f->out->canonical));
}

static void retitle(struct stet_stories *l, size_t at,
                    struct stet_story_title title)
{
    if (l->items[at].title.len > 0 &&
        (title.text.len == 0 || title.strength <= l->strengths[at]))
        return;
    l->items[at].title = title.text;
    l->strengths[at] = title.strength;
}

static int grow(struct stet_stories *l)
{
    int rc = stet_grow_array(&l->items, &l->cap, l->len + 1, sizeof(*l->items));

    if (rc == STET_OK)
        rc = stet_grow_array(&l->strengths, &l->strengths_cap, l->len + 1,
                             sizeof(*l->strengths));
    return rc;
}

bool stet_stories_add(struct stet_facts *f, struct stet_stories *l,
                      struct stet_span href, struct stet_story_title title,
                      struct stet_span heading)
{
    struct stet_span url = stet_facts_url(f, href);
    struct stet_span key = key_of(url);
    struct stet_map_entry *e;
    size_t *at;
    bool fresh;

    if (key.len == 0 || is_self(f, key) || l->len == STET_MAX_ARTICLE_LINKS)
        return false;
    e = stet_map_put(&l->seen, key, &fresh);
    if (!e) {
        stet_facts_note(f, l->seen.keys.used < MAX_SEEN / 2 ? STET_ENOMEM
                                                            : STET_ELIMIT);
        return false;
    }
    if (!fresh && e->value) {
        at = e->value;
        retitle(l, *at, title);
        return false;
    }
    at = stet_arena_alloc(f->arena, sizeof(*at));
    if (!at || grow(l) < 0) {
        stet_facts_note(f, STET_ENOMEM);
        return false;
    }
    url.len = stet_span_find(url, STET_SPAN("#"));
    l->strengths[l->len] = title.strength;
    l->items[l->len] = (struct stet_article_link){ .url = url,
                                                   .title = title.text,
                                                   .heading = heading };
    *at = l->len++;
    e->value = at;
    return true;
}

bool stet_stories_has(const struct stet_stories *l, struct stet_span url)
{
    return stet_map_find(&l->seen, key_of(url)) != NULL;
}

void stet_stories_take(struct stet_facts *f, struct stet_stories *l,
                       struct stet_article_links *to)
{
    size_t size = l->len * sizeof(*l->items);

    if (l->len > 0) {
        to->items = stet_arena_alloc(f->arena, size);
        if (to->items) {
            memcpy(to->items, l->items, size);
            to->len = l->len;
        } else {
            stet_facts_note(f, STET_ENOMEM);
        }
    }
    stet_stories_clear(l);
}
