#include "base/pool.h"
#include "base/queue.h"

#include "lib/tap.h"

#include <stdatomic.h>

enum { ITEMS = 20000, THREADS = 4 };

struct work {
    struct stet_queue *q;
    atomic_llong sum;
};

static void consume(void *ctx)
{
    struct work *w = ctx;
    int *item;

    while ((item = stet_queue_pop(w->q)))
        atomic_fetch_add(&w->sum, *item);
}

static void stop(void *ctx)
{
    stet_queue_close(((struct work *)ctx)->q);
}

static void loses_nothing_between_threads(void)
{
    static int items[ITEMS];
    struct work w = { NULL, 0 };
    struct stet_pool *p = NULL;
    long long want = 0;

    CHECK_INT(stet_queue_new(&w.q, 16), STET_OK);
    CHECK_INT(stet_pool_start(&p, THREADS, consume, stop, &w), STET_OK);
    for (int i = 0; i < ITEMS; i++) {
        items[i] = i;
        want += i;
        if (!stet_queue_put(w.q, &items[i]))
            CHECK_INT(i, -1);
    }
    stop(&w);
    stet_pool_join(p);
    CHECK_INT(atomic_load(&w.sum), want);
    stet_queue_free(w.q);
}

static void is_bounded_and_can_be_closed(void)
{
    struct stet_queue *q = NULL;
    int a = 1, b = 2, c = 3;
    bool closed = true;

    CHECK_INT(stet_queue_new(&q, 2), STET_OK);
    CHECK(stet_queue_pop_within(q, 0, &closed) == NULL);
    CHECK(!closed);
    CHECK(stet_queue_pop_within(q, 5, &closed) == NULL);
    CHECK(!closed);
    CHECK(stet_queue_try_put(q, &a));
    CHECK(stet_queue_try_put(q, &b));
    CHECK(!stet_queue_try_put(q, &c));
    CHECK_INT(stet_queue_len(q), 2);
    stet_queue_close(q);
    CHECK(!stet_queue_put(q, &c));
    CHECK(stet_queue_pop(q) == &a);
    CHECK(stet_queue_pop(q) == &b);
    CHECK(stet_queue_pop_within(q, -1, &closed) == NULL);
    CHECK(closed);
    stet_queue_free(q);
}

TESTS({ "loses nothing between threads", loses_nothing_between_threads },
      { "is bounded and can be closed", is_bounded_and_can_be_closed })
