/*
 * A run from beginning to end: archive opened, threads started, the run
 * fetched, converted and summed up.
 */
#include "base/fail.h"
#include "base/mem.h"
#include "crawl/setup.h"

#include <stdio.h>

enum {
    MAX_INFO = 64 << 10,
    COMMIT_THREADS = 1,
};

static enum stet_archive_sync sync_of(enum stet_crawl_durability d)
{
    switch (d) {
    case STET_CRAWL_SYNC_RECORD:
        return STET_SYNC_RECORD;
    case STET_CRAWL_SYNC_NONE:
        return STET_SYNC_NONE;
    case STET_CRAWL_SYNC_GROUP:
        break;
    }
    return STET_SYNC_GROUP;
}

static int open_archive(struct stet_setup *s,
                        const struct stet_crawl_options *o,
                        struct stet_error *err)
{
    struct stet_archive_options a = {
        .path = o->archive,
        .software = STET_SOFTWARE,
        .host = "localhost",
        .version = s->run.product.version,
        .digest = s->run.product.digest,
        .gzip_level = s->run.product.gzip_level,
        .max_file_bytes = (uint64_t)o->max_file_bytes,
        .frontier = { .pages_per_host = o->pages_per_host,
                      .targets_per_host = 4 * stet_run_connections(o) },
        .dedup_from = o->dedup_from,
        .n_dedup_from = o->n_dedup_from,
        .sync = sync_of(o->durability),
        .min_free = (uint64_t)o->min_free_space,
        .clock = &s->run.clock,
        .ids = &s->run.ids,
    };
    struct stet_buf info;
    int rc;

    stet_buf_init(&info, MAX_INFO);
    stet_buf_addf(&info, "robots: %s\r\nhttp-header-user-agent: %s\r\n",
                  o->ignore_robots ? "ignore" : "obey", s->agent.data);
    if (o->operator_contact)
        stet_buf_addf(&info, "operator: %s\r\n", o->operator_contact);
    a.info = stet_buf_span(&info);
    rc = stet_buf_status(&info);
    rc = rc < 0 ? stet_fail(err, rc, "the operator's name is too long")
                : stet_archive_open(&s->run.archive, &a, err);
    stet_buf_clear(&info);
    return rc;
}

static bool has_seeds(const struct stet_run *r)
{
    return r->work.seeds.len + r->work.sitemaps.len > 0;
}

/* Takes the work of the newest run that was not ended for that of this. */
static int take_up_work(struct stet_run *r, struct stet_error *err)
{
    struct stet_bytes job = { NULL, 0 };
    int rc = stet_archive_unfinished(r->archive, &job, err);

    stet_work_clear(&r->work);
    if (rc == STET_OK)
        rc = stet_work_parse(&r->work, (struct stet_span){ job.data, job.len },
                             err);
    stet_bytes_clear(&job);
    return rc;
}

static int begin_run(struct stet_run *r, struct stet_span job,
                     struct stet_error *err)
{
    const struct stet_work *w = &r->work;
    size_t n = w->seeds.len + w->sitemaps.len;
    struct stet_seed *seeds = stet_alloc((n + 1) * sizeof(*seeds));
    int rc;

    if (!seeds)
        return stet_fail(err, STET_ENOMEM, "no memory for seeds");
    for (size_t i = 0; i < w->seeds.len; i++)
        seeds[i] = (struct stet_seed){ w->seeds.items[i], STET_ROLE_SEED };
    for (size_t i = 0; i < w->sitemaps.len; i++)
        seeds[w->seeds.len + i] =
            (struct stet_seed){ w->sitemaps.items[i], STET_ROLE_LIST };
    rc = stet_archive_begin_run(r->archive, job, seeds, n, &r->resumed, err);
    stet_free(seeds);
    return rc;
}

static int on_moved_seed(void *ctx, struct stet_span url)
{
    struct stet_run *r = ctx;

    (void)stet_scope_add_moved(&r->product.scope, url);
    return STET_OK;
}

/* STET_END: there is nothing to go on with. */
static int begin(struct stet_setup *s, struct stet_error *err)
{
    struct stet_run *r = &s->run;
    struct stet_buf job;
    int rc = STET_OK;

    stet_buf_init(&job, STET_MAX_WORK_BYTES);
    if (!has_seeds(r))
        rc = take_up_work(r, err);
    if (rc == STET_OK) {
        rc = stet_work_print(&job, &r->work);
        if (rc < 0)
            rc = stet_fail(err, rc, "too many seeds");
    }
    if (rc == STET_OK)
        rc = begin_run(r, stet_buf_span(&job), err);
    stet_buf_clear(&job);
    if (rc == STET_OK) {
        r->product.run = stet_archive_run(r->archive);
        r->revisits = r->work.revisit_after_ms >= 0;
        rc = stet_setup_scope(s, err);
    }
    if (rc == STET_OK && r->resumed)
        rc = stet_archive_each_moved_seed(r->archive, on_moved_seed, r, err);
    if (rc == STET_OK)
        rc = stet_archive_set_traps(r->archive, &r->product.scope.traps, err);
    return rc;
}

static int open_queues(struct stet_run *r, struct stet_error *err)
{
    int rc = stet_queue_new(&r->to_engine, STET_MAX_MESSAGES);

    if (rc == STET_OK)
        rc = stet_queue_new(&r->to_commit, STET_MAX_MESSAGES);
    if (rc == STET_OK)
        rc = stet_queue_new(&r->jobs, STET_MAX_WINDOW);
    return rc < 0 ? stet_fail(err, rc, "no memory for queues") : STET_OK;
}

static void stop_workers(void *ctx)
{
    stet_queue_close(((struct stet_run *)ctx)->jobs);
}

static void stop_committer(void *ctx)
{
    stet_queue_close(((struct stet_run *)ctx)->to_commit);
}

/*
 * Starts the threads, fetches, and ends them in the order in which work
 * flows, so that all of it arrives.
 */
static int fetch(struct stet_run *r, bool *stopped, struct stet_error *err)
{
    struct stet_pool *workers = NULL, *committer = NULL;
    size_t n = r->o->fixed.serial ? 1 : stet_pool_cores();
    struct stet_message *m;
    int rc = stet_pool_start(&committer, COMMIT_THREADS, stet_run_commit,
                             stop_committer, r);

    if (rc == STET_OK)
        rc = stet_pool_start(&workers, n, stet_run_work, stop_workers, r);
    if (rc < 0)
        rc = stet_fail(err, rc, "cannot start threads");
    else
        rc = stet_run_fetch(r, stopped, err);
    stop_workers(r);
    stet_pool_join(workers);
    stop_committer(r);
    /* Nobody reads its messages any more; it must not wait for room. */
    stet_queue_close(r->to_engine);
    stet_pool_join(committer);
    while (rc == STET_OK && (m = stet_queue_pop(r->to_engine))) {
        if (m->kind == STET_MSG_FAILED) {
            *err = m->error;
            rc = m->error.code;
        }
        stet_message_free(m);
    }
    if (rc == STET_OK && r->commit_error.code < 0) {
        *err = r->commit_error;
        rc = err->code;
    }
    return rc;
}

static void tell_phase(const struct stet_crawl_options *o, const char *phase)
{
    struct stet_crawl_progress p = { .phase = phase };

    if (o->on_progress)
        o->on_progress(o->ctx, &p);
}

static int finish(struct stet_run *r, bool *stopped,
                  struct stet_crawl_summary *out, struct stet_error *err)
{
    const struct stet_crawl_options *o = r->o;
    int rc;

    tell_phase(o, "indexing");
    rc = stet_archive_derive(r->archive, err);
    if (rc == STET_OK && !*stopped && o->rewrite) {
        tell_phase(o, "converting");
        rc = stet_run_convert(r, &out->conversions, err);
        *stopped = rc == STET_END;
        if (*stopped)
            rc = STET_OK;
    }
    if (rc == STET_OK && !*stopped)
        rc = stet_archive_end_run(r->archive, err);
    return rc;
}

static int prepare(struct stet_setup *s, const struct stet_crawl_options *o,
                   struct stet_error *err)
{
    struct stet_run *r = &s->run;
    int rc = stet_setup_make(s, o, err);

    if (rc == STET_OK && !has_seeds(r) &&
        (!o->resume || !stet_archive_exists(o->archive)))
        rc = stet_fail(err, STET_EUSAGE,
                       "no URL, and no run to go on with"
                       " in %.150s",
                       o->archive);
    if (rc == STET_OK)
        rc = stet_fetch_curl_new(&r->fetcher, &r->fetch, &r->clock, err);
    if (rc == STET_OK)
        rc = open_queues(r, err);
    if (rc == STET_OK)
        rc = open_archive(s, o, err);
    return rc;
}

static void clear(struct stet_setup *s)
{
    struct stet_run *r = &s->run;

    if (r->fetcher.ops)
        stet_fetcher_free(&r->fetcher);
    stet_message_queue_free(r->to_engine);
    stet_message_queue_free(r->to_commit);
    stet_queue_free(r->jobs);
    stet_archive_close(r->archive);
    sem_destroy(&r->slices);
    stet_setup_clear(s);
    stet_free(s);
}

int stet_crawl(const struct stet_crawl_options *o,
               struct stet_crawl_summary *out, struct stet_error *err)
{
    struct stet_error why = { 0, 0, "" };
    struct stet_setup *s = stet_alloc(sizeof(*s));
    int64_t began = stet_clock_steady(&stet_clock_real);
    bool stopped = false;
    int rc;

    *out = (struct stet_crawl_summary){ .resumed = false };
    if (!s)
        return stet_fail(err, STET_ENOMEM, "no memory for a run");
    sem_init(&s->run.slices, 0, STET_MAX_SLICES);
    rc = prepare(s, o, &why);
    if (rc == STET_OK)
        rc = begin(s, &why);
    out->nothing = rc == STET_END;
    if (rc == STET_OK)
        rc = fetch(&s->run, &stopped, &why);
    if (rc == STET_OK)
        rc = finish(&s->run, &stopped, out, &why);
    if (rc == STET_OK)
        rc = stet_run_sum_up(&s->run, out, &why);
    /* What failed below may have had no words for it. */
    if (rc < 0 && why.code != rc)
        stet_fail(&why, rc, "%s", stet_strerror(rc));
    if (rc < 0 && err)
        *err = why;
    out->resumed = s->run.resumed;
    out->stopped = stopped;
    out->limit = stopped ? s->run.limit : NULL;
    out->elapsed_ms = stet_clock_steady(&stet_clock_real) - began;
    clear(s);
    return rc == STET_END ? STET_OK : rc;
}
