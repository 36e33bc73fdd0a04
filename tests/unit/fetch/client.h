#ifndef STET_TESTS_FETCH_CLIENT_H
#define STET_TESTS_FETCH_CLIENT_H

/* One fetcher at work against one scripted server, for tests. */
#include "base/mem.h"
#include "fetch/fetch.h"
#include "lib/tap.h"

#include <stdlib.h>

#include "origin.h"

static struct origin origin;
static struct stet_exchange *got; /* the last one done */
static size_t n_done;

static inline void on_done(void *ctx, struct stet_exchange *x)
{
    (void)ctx;
    stet_exchange_free(got);
    got = x;
    n_done++;
}

static inline void drop_got(void)
{
    stet_exchange_free(got);
    got = NULL;
    n_done = 0;
}

static struct stet_cidr loopback;

/* Options as tests want them: quick to lose patience, loopback allowed. */
static inline struct stet_fetch_options options(void)
{
    struct stet_fetch_options o;

    CHECK_INT(stet_cidr_parse(&loopback, STET_SPAN("127.0.0.0/8")), STET_OK);
    stet_fetch_options_init(&o);
    o.allow = &loopback;
    o.n_allow = 1;
    o.head_ms = 400;
    o.idle_ms = 300;
    o.total_ms = 5000;
    o.on_done = on_done;
    return o;
}

static inline void run(struct stet_fetcher *f)
{
    size_t active = 1;

    for (int i = 0; i < 10000 && active; i++)
        CHECK_INT(stet_fetcher_step(f, 1000, &active, NULL), STET_OK);
    CHECK_INT(active, 0);
}

static inline void start(struct stet_fetcher *f, const char *path)
{
    struct stet_fetch_request r = { .id = 7, .ctx = &origin };
    struct stet_buf url;

    stet_buf_init(&url, 4096);
    if (path[0] == '/')
        stet_buf_addf(&url, "http://127.0.0.1:%d%s", origin.port, path);
    else
        stet_buf_adds(&url, path);
    r.url = stet_buf_span(&url);
    CHECK_INT(stet_fetcher_start(f, &r, NULL), STET_OK);
    stet_buf_clear(&url);
}

static inline void fetch(struct stet_fetcher *f, const char *path)
{
    start(f, path);
    run(f);
}

static inline struct stet_span span_of_bytes(const struct stet_bytes *b)
{
    return (struct stet_span){ b->data, b->len };
}

#endif
