#include "export/catalogue.h"

#include "base/fail.h"
#include "base/mem.h"

enum { MAX_FOLLOW = 20 };

void stet_catalogue_init(struct stet_catalogue *c)
{
    *c = (struct stet_catalogue){ .list = NULL };
    stet_arena_init(&c->arena, STET_MAX_CATALOGUE);
    stet_map_init(&c->urls, STET_MAX_CATALOGUE);
    stet_map_init(&c->digests, STET_MAX_CATALOGUE);
}

void stet_catalogue_clear(struct stet_catalogue *c)
{
    stet_free(c->list);
    stet_map_clear(&c->urls);
    stet_map_clear(&c->digests);
    stet_arena_clear(&c->arena);
    stet_catalogue_init(c);
}

/* -- adding ---------------------------------------------------------------- */

static struct stet_holding *copy(struct stet_catalogue *c,
                                 const struct stet_holding *h)
{
    struct stet_holding *new = stet_arena_alloc(&c->arena, sizeof(*new));
    struct stet_span *texts[5];

    if (!new)
        return NULL;
    *new = *h;
    texts[0] = &new->mime;
    texts[1] = &new->charset;
    texts[2] = &new->location;
    texts[3] = &new->digest;
    texts[4] = &new->refers_url;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        *texts[i] = stet_arena_dup(&c->arena, *texts[i]);
        if (!texts[i]->ptr)
            return NULL;
    }
    return new;
}

int stet_catalogue_add(struct stet_catalogue *c, const struct stet_holding *h,
                       struct stet_error *err)
{
    struct stet_map_entry *url, *digest = NULL;
    struct stet_holding *new = copy(c, h);

    if (!new || stet_grow_array(&c->list, &c->cap, c->len + 1,
                                sizeof(struct stet_holding *)) < 0)
        goto full;
    url = stet_map_put(&c->urls, h->url, NULL);
    if (!url)
        goto full;
    if (!h->is_revisit && h->digest.len) {
        digest = stet_map_put(&c->digests, h->digest, NULL);
        if (!digest)
            goto full;
        if (!digest->value)
            digest->value = new;
    }
    new->url = url->key;
    new->older = url->value;
    url->value = new;
    c->list[c->len++] = new;
    return STET_OK;
full:
    return stet_fail(err, STET_ENOMEM, "no memory for the list of captures");
}

/* -- choosing -------------------------------------------------------------- */

static bool is_redirect(const struct stet_holding *h)
{
    return h->location.len > 0;
}

/* The response to a URL at a time, or nearest before that. */
static struct stet_holding *response_of(const struct stet_catalogue *c,
                                        struct stet_span url, int64_t date_ms,
                                        bool exact)
{
    const struct stet_map_entry *e = stet_map_find(&c->urls, url);
    struct stet_holding *best = NULL;

    for (struct stet_holding *h = e ? e->value : NULL; h; h = h->older) {
        if (h->is_revisit || h->date_ms > date_ms)
            continue;
        if (exact ? h->date_ms / 1000 == date_ms / 1000 || h->date_ms == date_ms
                  : h->status < 300)
            if (!best || h->date_ms > best->date_ms)
                best = h;
    }
    return best;
}

/* By target and date; else by digest; else what a 304 must mean. */
static void resolve(const struct stet_catalogue *c, struct stet_holding *h)
{
    const struct stet_map_entry *e;

    h->body = NULL;
    if (h->refers_url.len)
        h->body = response_of(c, h->refers_url, h->refers_ms, true);
    if (!h->body && h->digest.len) {
        e = stet_map_find(&c->digests, h->digest);
        h->body = e ? e->value : NULL;
    }
    if (!h->body && (h->status == 304 || !h->digest.len))
        h->body = response_of(c, h->url, h->date_ms, false);
    if (!h->body)
        return;
    if (!h->mime.len)
        h->mime = h->body->mime;
    if (!h->status || h->status == 304) {
        h->status = h->body->status;
        h->mime = h->body->mime;
        h->charset = h->body->charset;
        h->location = h->body->location;
    }
}

static int rank(const struct stet_holding *h)
{
    if (is_redirect(h))
        return 2;
    if (!h->body)
        return 0;
    return h->status < 400 ? 2 : 1;
}

static bool is_better(const struct stet_holding *a,
                      const struct stet_holding *b, const int64_t *time_ms)
{
    uint64_t da, db;

    if (rank(a) != rank(b))
        return rank(a) > rank(b);
    if (!time_ms)
        return a->date_ms > b->date_ms;
    da = a->date_ms > *time_ms ? (uint64_t)(a->date_ms - *time_ms)
                               : (uint64_t)(*time_ms - a->date_ms);
    db = b->date_ms > *time_ms ? (uint64_t)(b->date_ms - *time_ms)
                               : (uint64_t)(*time_ms - b->date_ms);
    return da < db;
}

void stet_catalogue_choose(struct stet_catalogue *c, const int64_t *time_ms)
{
    for (size_t i = 0; i < c->len; i++) {
        if (c->list[i]->is_revisit)
            resolve(c, c->list[i]);
        else
            c->list[i]->body = c->list[i];
    }
    for (size_t i = 0; i < c->urls.len; i++) {
        struct stet_holding *best = c->urls.entries[i].value;

        for (struct stet_holding *h = best->older; h; h = h->older)
            if (is_better(h, best, time_ms))
                best = h;
        c->urls.entries[i].value = best;
    }
}

struct stet_holding *stet_catalogue_find(const struct stet_catalogue *c,
                                         struct stet_span url)
{
    const struct stet_map_entry *e = stet_map_find(&c->urls, url);

    return e ? e->value : NULL;
}

struct stet_holding *stet_catalogue_follow(const struct stet_catalogue *c,
                                           struct stet_holding *h)
{
    for (int i = 0; h && is_redirect(h); i++)
        h = i < MAX_FOLLOW ? stet_catalogue_find(c, h->location) : NULL;
    return h && h->body ? h : NULL;
}
