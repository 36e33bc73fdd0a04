#include "export/catalogue.h"

#include "base/fail.h"
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>

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

static int order(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

/* By URL (whose text is kept once), time, responses first, place. */
static int compare(const void *a, const void *b)
{
    const struct stet_holding *x = *(struct stet_holding *const *)a;
    const struct stet_holding *y = *(struct stet_holding *const *)b;
    int n = order((uintptr_t)x->url.ptr, (uintptr_t)y->url.ptr);

    if (n == 0 && x->date_ms != y->date_ms)
        n = x->date_ms < y->date_ms ? -1 : 1;
    if (n == 0)
        n = x->is_revisit - y->is_revisit;
    if (n == 0)
        n = order(x->file, y->file);
    if (n == 0)
        n = order(x->offset, y->offset);
    return n ? n : order(x->in_member, y->in_member);
}

static bool is_first(const struct stet_catalogue *c, size_t i)
{
    return i == 0 || c->list[i]->url.ptr != c->list[i - 1]->url.ptr;
}

static void sort(struct stet_catalogue *c)
{
    struct stet_holding *any = NULL, *good = NULL;

    if (c->len > 1)
        qsort(c->list, c->len, sizeof(struct stet_holding *), compare);
    for (size_t i = 0; i < c->len; i++) {
        struct stet_holding *h = c->list[i];

        if (is_first(c, i))
            any = good = NULL;
        if (!h->is_revisit) {
            h->body = any = h;
            if (h->status < 300)
                good = h;
        }
        h->before = any;
        h->good_before = good;
    }
}

/* The last response of a URL until then. */
static struct stet_holding *response_until(const struct stet_catalogue *c,
                                           struct stet_span url, int64_t ms)
{
    struct stet_holding key = { .url = url, .date_ms = ms };
    size_t from = 0, to = c->len;

    while (from < to) {
        size_t mid = from + (to - from) / 2;
        const struct stet_holding *h = c->list[mid];
        int n = order((uintptr_t)h->url.ptr, (uintptr_t)key.url.ptr);

        if (n < 0 || (n == 0 && h->date_ms <= ms))
            from = mid + 1;
        else
            to = mid;
    }
    return from > 0 && c->list[from - 1]->url.ptr == url.ptr
               ? c->list[from - 1]->before
               : NULL;
}

/* The response to a URL at a time, or in the same second. */
static struct stet_holding *response_at(const struct stet_catalogue *c,
                                        struct stet_span url, int64_t ms)
{
    const struct stet_map_entry *e = stet_map_find(&c->urls, url);
    struct stet_holding *h = e ? response_until(c, e->key, ms) : NULL;

    if (!e || (h && h->date_ms == ms))
        return h;
    h = response_until(c, e->key, ms / 1000 * 1000 + 999);
    return h && h->date_ms / 1000 == ms / 1000 ? h : NULL;
}

/* By target and date; else by digest; else what a 304 must mean. */
static void resolve(const struct stet_catalogue *c, struct stet_holding *h)
{
    const struct stet_map_entry *e;

    h->body = NULL;
    if (h->refers_url.len)
        h->body = response_at(c, h->refers_url, h->refers_ms);
    if (!h->body && h->digest.len) {
        e = stet_map_find(&c->digests, h->digest);
        h->body = e ? e->value : NULL;
    }
    if (!h->body && (h->status == 304 || !h->digest.len))
        h->body = h->good_before;
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

enum { NOTHING, BAD, PARTIAL, WHOLE };

static int rank(const struct stet_holding *h)
{
    if (is_redirect(h))
        return WHOLE;
    if (!h->body)
        return NOTHING;
    if (h->status >= 400)
        return BAD;
    return h->status == 206 ? PARTIAL : WHOLE;
}

static uint64_t distance(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

/* `a` comes later in the list than `b`. */
static bool is_better(const struct stet_holding *a,
                      const struct stet_holding *b, const int64_t *time_ms)
{
    if (!b || rank(a) != rank(b))
        return !b || rank(a) > rank(b);
    return !time_ms ||
           distance(a->date_ms, *time_ms) < distance(b->date_ms, *time_ms);
}

/* The best holding of the URL that list[i] begins; NULL: none will do. */
static struct stet_holding *best_of(const struct stet_catalogue *c, size_t i,
                                    const int64_t *time_ms, bool redirects)
{
    struct stet_holding *best = NULL;

    do {
        struct stet_holding *h = c->list[i];

        if ((redirects || !is_redirect(h)) && is_better(h, best, time_ms))
            best = h;
    } while (++i < c->len && !is_first(c, i));
    return best;
}

void stet_catalogue_choose(struct stet_catalogue *c, const int64_t *time_ms)
{
    struct stet_map_entry *e;

    sort(c);
    for (size_t i = 0; i < c->len; i++)
        if (c->list[i]->is_revisit)
            resolve(c, c->list[i]);
    for (size_t i = 0; i < c->len; i++)
        if (is_first(c, i) && (e = stet_map_find(&c->urls, c->list[i]->url)))
            e->value = best_of(c, i, time_ms, true);
    for (size_t i = 0; i < c->len; i++) {
        struct stet_holding *best;

        if (!is_first(c, i) ||
            !(e = stet_map_find(&c->urls, c->list[i]->url)) ||
            stet_catalogue_follow(c, e->value))
            continue;
        best = best_of(c, i, time_ms, false);
        if (best && rank(best) > BAD)
            e->value = best;
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
