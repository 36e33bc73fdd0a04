#include "frontier/frontier.h"

void stet_frontier_free(struct stet_frontier *f)
{
    if (f->ops)
        f->ops->free(f->self);
    *f = (struct stet_frontier){ NULL, NULL };
}

int stet_frontier_add(struct stet_frontier *f, int64_t run,
                      const struct stet_target *t, int64_t *id, bool *fresh,
                      struct stet_error *err)
{
    return f->ops->add(f->self, run, t, id, fresh, err);
}

int stet_frontier_lease(struct stet_frontier *f, int64_t run, size_t max,
                        int (*take)(void *ctx, const struct stet_target *t),
                        void *ctx, struct stet_error *err)
{
    return f->ops->lease(f->self, run, max, take, ctx, err);
}

int stet_frontier_finish(struct stet_frontier *f, int64_t id,
                         const struct stet_fate *fate, struct stet_error *err)
{
    return f->ops->finish(f->self, id, fate, err);
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
