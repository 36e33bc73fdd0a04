#include "crawl/run.h"

#include "base/fail.h"

#include <errno.h>

bool stet_run_tell_engine(struct stet_run *r, struct stet_message *m)
{
    bool told = stet_queue_put(r->to_engine, m);

    if (!told)
        stet_message_free(m);
    /* One call is enough for all that is there when it is heard. */
    else if (!atomic_exchange(&r->called, true))
        stet_fetcher_wakeup(&r->fetcher);
    return told;
}

void stet_run_fail(struct stet_run *r, int rc, const struct stet_error *err)
{
    struct stet_message *m = stet_message_new(STET_MSG_FAILED);

    atomic_store(&r->cut, true);
    if (!m) {
        /* Not even this can be told: the engine sees its queue closed. */
        stet_queue_close(r->to_engine);
        stet_fetcher_wakeup(&r->fetcher);
        return;
    }
    m->error = *err;
    m->error.code = rc;
    if (!m->error.text[0])
        stet_fail(&m->error, rc, "%s", stet_strerror(rc));
    (void)stet_run_tell_engine(r, m);
}

int stet_run_put_slice(void *ctx, const struct stet_target *t,
                       struct stet_spool *slice, struct stet_error *err)
{
    struct stet_run *r = ctx;
    struct stet_message *m;

    if (atomic_load(&r->cut))
        return STET_END;
    m = stet_message_new(STET_MSG_SLICE);
    if (!m)
        return stet_fail(err, STET_ENOMEM, "no memory for a message");
    m->target_id = t->id;
    stet_spool_move(&m->slice, slice);
    while (sem_wait(&r->slices) < 0 && errno == EINTR)
        ;
    if (!stet_queue_put(r->to_commit, m)) {
        sem_post(&r->slices);
        stet_message_free(m);
    }
    return STET_OK;
}

static int work_once(struct stet_run *r, struct stet_worker *w,
                     struct stet_job *job, struct stet_error *err)
{
    struct stet_message *m = stet_message_new(STET_MSG_PRODUCT);
    int rc;

    if (!m) {
        *err = (struct stet_error){ STET_ENOMEM, 0, "no memory for a message" };
        return STET_ENOMEM;
    }
    rc = stet_worker_make(&m->product, w, job, err);
    if (rc == STET_END)
        m->kind = STET_MSG_CUT;
    if (rc < 0 || !stet_queue_put(r->to_commit, m))
        stet_message_free(m);
    return rc < 0 ? rc : STET_OK;
}

/* A target that was not fetched yet, but in an earlier run: it is done, or
 * the engine gets it now. */
static int recall_once(struct stet_run *r, struct stet_worker *w,
                       struct stet_job *job, struct stet_error *err)
{
    struct stet_message *m = stet_message_new(STET_MSG_PRODUCT);
    int rc;

    if (!m)
        return stet_fail(err, STET_ENOMEM, "no memory for a message");
    rc = stet_worker_recall(&m->product, w, job, err);
    if (rc < 0) {
        stet_message_free(m);
    } else if (m->product) {
        m->unasked = true;
        if (!stet_queue_put(r->to_commit, m))
            stet_message_free(m);
    } else {
        m->kind = STET_MSG_TARGET;
        m->target = job->target;
        job->target = NULL;
        (void)stet_run_tell_engine(r, m);
    }
    return rc;
}

void stet_run_work(void *ctx)
{
    struct stet_run *r = ctx;
    struct stet_error err = { 0, 0, "" };
    struct stet_worker *w = NULL;
    struct stet_job *job;
    int rc = stet_worker_new(&w, &r->product, &err);

    /* After a failure jobs are still taken off, so that nobody waits. */
    if (rc < 0)
        stet_run_fail(r, rc, &err);
    while ((job = stet_queue_pop(r->jobs))) {
        if (rc == STET_OK) {
            rc = job->exchange ? work_once(r, w, job, &err)
                               : recall_once(r, w, job, &err);
            if (rc < 0)
                stet_run_fail(r, rc, &err);
        }
        stet_job_free(job);
    }
    stet_worker_free(w);
}
