#include "frontier/frontier.h"

#include "base/span.h"

void stet_frontier_free(struct stet_frontier *f)
{
    if (f->ops)
        f->ops->free(f->self);
    *f = (struct stet_frontier){ NULL, NULL };
}

struct stet_span stet_frontier_origin(struct stet_span url)
{
    size_t at = stet_span_find(url, STET_SPAN("://"));

    for (at += 3; at < url.len; at++) {
        if (url.ptr[at] == '/' || url.ptr[at] == '?' || url.ptr[at] == '#')
            return stet_span_sub(url, 0, at);
    }
    return url;
}

int stet_frontier_add(struct stet_frontier *f, int64_t run,
                      const struct stet_target *t, int64_t *id, bool *fresh,
                      struct stet_error *err)
{
    return f->ops->add(f->self, run, t, id, fresh, err);
}

int stet_frontier_lease(struct stet_frontier *f, int64_t run, size_t max,
                        int64_t now_ms, const struct stet_frontier_taker *to,
                        struct stet_error *err)
{
    return f->ops->lease(f->self, run, max, now_ms, to, err);
}

int stet_frontier_drain(struct stet_frontier *f, int64_t run,
                        struct stet_span origin, size_t max,
                        const struct stet_frontier_taker *to,
                        struct stet_error *err)
{
    return f->ops->drain(f->self, run, origin, max, to, err);
}

int stet_frontier_finish(struct stet_frontier *f, int64_t id,
                         const struct stet_fate *fate, struct stet_error *err)
{
    return f->ops->finish(f->self, id, fate, err);
}

int stet_frontier_defer(struct stet_frontier *f, int64_t id, int64_t due_ms,
                        int attempts, struct stet_span why,
                        struct stet_error *err)
{
    return f->ops->defer(f->self, id, due_ms, attempts, why, err);
}

void stet_frontier_release(struct stet_frontier *f, int64_t id)
{
    f->ops->release(f->self, id);
}

int stet_frontier_hold(struct stet_frontier *f, int64_t run,
                       struct stet_span origin, int64_t until_ms,
                       struct stet_error *err)
{
    return f->ops->hold(f->self, run, origin, until_ms, err);
}

int stet_frontier_next_due(struct stet_frontier *f, int64_t run, int64_t now_ms,
                           int64_t *due_ms, struct stet_error *err)
{
    return f->ops->next_due(f->self, run, now_ms, due_ms, err);
}

int stet_frontier_find_answer(struct stet_frontier *f, struct stet_span url,
                              int64_t *id, struct stet_error *err)
{
    return f->ops->find_answer(f->self, url, id, err);
}

int stet_frontier_is_done(struct stet_frontier *f, int64_t id, bool *done,
                          struct stet_error *err)
{
    return f->ops->is_done(f->self, id, done, err);
}

int stet_frontier_count(struct stet_frontier *f, int64_t run,
                        struct stet_frontier_counts *out,
                        struct stet_error *err)
{
    return f->ops->count(f->self, run, out, err);
}
