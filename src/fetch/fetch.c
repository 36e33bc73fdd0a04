#include "fetch/fetch.h"

void stet_fetch_options_init(struct stet_fetch_options *o)
{
    *o = (struct stet_fetch_options){
        .user_agent = "stet/" STET_VERSION,
        .connect_ms = 10000,
        .head_ms = 30000,
        .idle_ms = 30000,
        .total_ms = 300000,
        .min_rate = 64,
        .max_total = 64,
        .max_per_host = 6,
        .spool_memory = (size_t)1 << 20,
        .digest = STET_SHA256,
    };
}

int stet_fetcher_start(struct stet_fetcher *f,
                       const struct stet_fetch_request *r,
                       struct stet_error *err)
{
    return f->ops->start(f->self, r, err);
}

int stet_fetcher_step(struct stet_fetcher *f, int wait_ms, size_t *active,
                      struct stet_error *err)
{
    return f->ops->step(f->self, wait_ms, active, err);
}

void stet_fetcher_wakeup(struct stet_fetcher *f)
{
    f->ops->wakeup(f->self);
}

void stet_fetcher_cancel_all(struct stet_fetcher *f)
{
    f->ops->cancel_all(f->self);
}

void stet_fetcher_free(struct stet_fetcher *f)
{
    if (f->ops)
        f->ops->free(f->self);
    *f = (struct stet_fetcher){ 0 };
}
