#include "base/queue.h"

#include "base/mem.h"

#include <pthread.h>
#include <time.h>

struct stet_queue {
    pthread_mutex_t lock;
    pthread_cond_t not_empty, not_full;
    void **items; /* a ring */
    size_t first, len, max;
    bool closed;
};

int stet_queue_new(struct stet_queue **out, size_t max)
{
    struct stet_queue *q = stet_alloc(sizeof(*q));
    pthread_condattr_t steady;

    *out = NULL;
    if (!q)
        return STET_ENOMEM;
    q->max = max;
    q->items = stet_alloc(max * sizeof(*q->items));
    if (!q->items) {
        stet_free(q);
        return STET_ENOMEM;
    }
    pthread_mutex_init(&q->lock, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&q->not_empty, &steady);
    pthread_cond_init(&q->not_full, &steady);
    pthread_condattr_destroy(&steady);
    *out = q;
    return STET_OK;
}

void stet_queue_free(struct stet_queue *q)
{
    if (!q)
        return;
    pthread_cond_destroy(&q->not_full);
    pthread_cond_destroy(&q->not_empty);
    pthread_mutex_destroy(&q->lock);
    stet_free(q->items);
    stet_free(q);
}

static bool put(struct stet_queue *q, void *item, bool wait)
{
    bool taken;

    pthread_mutex_lock(&q->lock);
    while (wait && q->len == q->max && !q->closed)
        pthread_cond_wait(&q->not_full, &q->lock);
    taken = q->len < q->max && !q->closed;
    if (taken)
        q->items[(q->first + q->len++) % q->max] = item;
    pthread_mutex_unlock(&q->lock);
    /* Not before: who wakes wants the lock. */
    if (taken)
        pthread_cond_signal(&q->not_empty);
    return taken;
}

bool stet_queue_put(struct stet_queue *q, void *item)
{
    return put(q, item, true);
}

bool stet_queue_try_put(struct stet_queue *q, void *item)
{
    return put(q, item, false);
}

void *stet_queue_pop(struct stet_queue *q)
{
    return stet_queue_pop_within(q, -1, NULL);
}

static struct timespec after(int wait_ms)
{
    struct timespec t = { 0, 0 };

    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += wait_ms / 1000;
    t.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

void *stet_queue_pop_within(struct stet_queue *q, int wait_ms, bool *closed)
{
    struct timespec until = { 0, 0 };
    void *item = NULL;
    int rc = 0;

    if (wait_ms > 0)
        until = after(wait_ms);
    pthread_mutex_lock(&q->lock);
    while (wait_ms != 0 && q->len == 0 && !q->closed && rc == 0) {
        if (wait_ms < 0)
            rc = pthread_cond_wait(&q->not_empty, &q->lock);
        else
            rc = pthread_cond_timedwait(&q->not_empty, &q->lock, &until);
    }
    if (q->len > 0) {
        item = q->items[q->first];
        q->first = (q->first + 1) % q->max;
        q->len--;
    }
    if (closed)
        *closed = !item && q->closed;
    pthread_mutex_unlock(&q->lock);
    if (item)
        pthread_cond_signal(&q->not_full);
    return item;
}

size_t stet_queue_len(struct stet_queue *q)
{
    size_t n;

    pthread_mutex_lock(&q->lock);
    n = q->len;
    pthread_mutex_unlock(&q->lock);
    return n;
}

void stet_queue_close(struct stet_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->not_empty);
    pthread_cond_broadcast(&q->not_full);
    pthread_mutex_unlock(&q->lock);
}
