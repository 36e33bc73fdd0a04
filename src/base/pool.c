#include "base/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

struct stet_pool {
    void (*work)(void *ctx);
    void *ctx;
    size_t n;
    pthread_t threads[];
};

static void *run(void *arg)
{
    struct stet_pool *p = arg;

    p->work(p->ctx);
    return NULL;
}

int stet_pool_start(struct stet_pool **out, size_t n, void (*work)(void *ctx),
                    void (*stop)(void *ctx), void *ctx)
{
    struct stet_pool *p;
    sigset_t all, before;

    *out = NULL;
    if (n == 0 || n > STET_MAX_POOL_THREADS)
        return STET_EUSAGE;
    p = stet_alloc(sizeof(*p) + n * sizeof(p->threads[0]));
    if (!p)
        return STET_ENOMEM;
    p->work = work;
    p->ctx = ctx;
    /* Signals are for the thread that waits for them, never for these. */
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    while (p->n < n && pthread_create(&p->threads[p->n], NULL, run, p) == 0)
        p->n++;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (p->n < n) {
        stop(ctx);
        stet_pool_join(p);
        return STET_ENOMEM;
    }
    *out = p;
    return STET_OK;
}

void stet_pool_join(struct stet_pool *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->n; i++)
        pthread_join(p->threads[i], NULL);
    stet_free(p);
}

size_t stet_pool_cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    cpu_set_t allowed;

    if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0)
        n = CPU_COUNT(&allowed);
    return n < 1                       ? 1
           : n > STET_MAX_POOL_THREADS ? STET_MAX_POOL_THREADS
                                       : (size_t)n;
}
