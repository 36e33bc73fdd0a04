/*
 * The engine: the one loop.  It holds a window of targets, starts those
 * whose turn it is, and passes on what came.
 */
#include "crawl/run.h"

#include "base/fail.h"
#include "base/mem.h"
#include "crawl/hosts.h"
#include "stet/url.h"

enum {
    TICK_MS = 200, /* how often a stop is asked about at the least */
    TELL_PROGRESS_MS = 100,
};

struct engine {
    struct stet_run *run;
    struct stet_hosts hosts;
    struct stet_target *waiting[STET_MAX_WINDOW];
    size_t n_waiting;
    size_t active;  /* requests under way */
    size_t in_work; /* begun or skipped, and not yet DONE */
    bool idle, stopping, cancelled;
    struct stet_crawl_progress progress;
    int64_t began_ms, told_ms;
    int rc;
    struct stet_error err;
};

static int64_t now_ms(void)
{
    return stet_clock_steady(&stet_clock_real);
}

static void fail(struct engine *e, int code, const char *text)
{
    if (e->rc == STET_OK)
        e->rc = stet_fail(&e->err, code, "%s", text);
}

/* Hands a message on to the commit thread; it is gone either way. */
static void to_commit(struct engine *e, struct stet_message *m)
{
    if (!stet_queue_try_put(e->run->to_commit, m)) {
        stet_message_free(m);
        fail(e, STET_ENOMEM, "the commit thread is gone");
    }
}

static enum stet_accept accept_of(const struct stet_target *t)
{
    switch (t->resource) {
    case STET_RESOURCE_DOCUMENT:
        return STET_ACCEPT_DOCUMENT;
    case STET_RESOURCE_STYLE:
        return STET_ACCEPT_STYLE;
    case STET_RESOURCE_IMAGE:
        return STET_ACCEPT_IMAGE;
    case STET_RESOURCE_SCRIPT:
        return STET_ACCEPT_SCRIPT;
    case STET_RESOURCE_FONT:
        return STET_ACCEPT_FONT;
    case STET_RESOURCE_MEDIA:
    case STET_RESOURCE_MANIFEST:
    case STET_RESOURCE_OTHER:
        break;
    }
    return STET_ACCEPT_ANY;
}

/* "https://host/": what browsers send across origins by default. */
static struct stet_span referer_of(const struct stet_target *t)
{
    size_t at = stet_span_find(t->via, STET_SPAN("://")) + 3;

    if (t->role != STET_ROLE_REQUISITE)
        return (struct stet_span){ "", 0 };
    while (at < t->via.len && t->via.ptr[at] != '/')
        at++;
    return stet_span_sub(t->via, 0, at + 1);
}

static struct stet_span credentials_of(const struct engine *e,
                                       const struct stet_target *t)
{
    const struct stet_work *w = &e->run->work;

    for (size_t i = 0; t->role == STET_ROLE_SEED && i < w->n_credentials; i++) {
        if (stet_span_eq(w->credentials[i].url, t->url))
            return w->credentials[i].text;
    }
    return (struct stet_span){ "", 0 };
}

static void start(struct engine *e, struct stet_target *t)
{
    struct stet_fetch_request r = { .id = (uint64_t)t->id,
                                    .ctx = t,
                                    .url = t->url,
                                    .referer = referer_of(t),
                                    .credentials = credentials_of(e, t),
                                    .accept = accept_of(t) };
    int rc = stet_hosts_begin(&e->hosts, t);

    if (rc == STET_OK)
        rc = stet_fetcher_start(&e->run->fetcher, &r, &e->err);
    if (rc < 0) {
        stet_target_free(t);
        fail(e, rc, "cannot start a request");
        return;
    }
    e->active++;
    e->in_work++;
}

static void skip(struct engine *e, struct stet_target *t, const char *outcome,
                 struct stet_span why)
{
    struct stet_message *m = stet_message_new(STET_MSG_PRODUCT);
    int rc = STET_ENOMEM;

    if (m)
        rc = stet_product_skip(&m->product, t, outcome, why,
                               stet_clock_wall(&e->run->clock), &e->err);
    if (rc < 0) {
        stet_target_free(t);
        stet_message_free(m);
        fail(e, rc, "no memory for a product");
        return;
    }
    e->in_work++;
    to_commit(e, m);
}

/* The option whose limit the run has reached; NULL: none. */
static const char *limit_reached(const struct engine *e)
{
    const struct stet_crawl_options *o = e->run->o;

    if (o->max_urls > 0 &&
        e->progress.done + (int64_t)e->in_work >= o->max_urls)
        return "--max-urls";
    if (o->max_bytes > 0 && e->progress.bytes >= o->max_bytes)
        return "--max-bytes";
    if (o->max_time_ms > 0 && now_ms() - e->began_ms >= o->max_time_ms)
        return "--max-time";
    return NULL;
}

/* Starts what may start; *due_ms is when to look again at the latest. */
static void start_waiting(struct engine *e, int64_t *due_ms)
{
    size_t kept = 0;

    for (size_t i = 0; i < e->n_waiting; i++) {
        struct stet_target *t = e->waiting[i];
        struct stet_leave leave = { .ready = STET_WAIT_TURN,
                                    .due_ms = INT64_MAX };

        if (e->rc == STET_OK && !e->stopping &&
            stet_hosts_ask(&e->hosts, t, now_ms(), &leave) < 0)
            fail(e, STET_ENOMEM, "no memory for a host");
        if (e->rc == STET_OK && leave.ready == STET_READY && !e->stopping &&
            !limit_reached(e)) {
            start(e, t);
        } else if (e->rc == STET_OK && leave.ready == STET_FORBIDDEN) {
            skip(e, t, leave.outcome, leave.why);
        } else {
            e->waiting[kept++] = t;
            if (leave.ready == STET_WAIT_TURN && leave.due_ms < *due_ms)
                *due_ms = leave.due_ms;
        }
    }
    e->n_waiting = kept;
}

static void drop_waiting(struct engine *e)
{
    while (e->n_waiting > 0)
        stet_target_free(e->waiting[--e->n_waiting]);
}

/* Nothing more is begun; what is under way is finished. */
static void wind_down(struct engine *e)
{
    e->stopping = true;
    drop_waiting(e);
}

void stet_run_on_exchange(void *ctx, struct stet_exchange *x)
{
    struct engine *e = ((struct stet_run *)ctx)->engine;
    struct stet_target *t = x->ctx;
    struct stet_message *m = stet_message_new(STET_MSG_LOOKUP);
    int rc = stet_hosts_end(&e->hosts, t, now_ms());

    e->active--;
    if (m)
        m->job = stet_alloc(sizeof(*m->job));
    if (rc < 0 || !m || !m->job || x->outcome == STET_OUT_INTERNAL) {
        fail(e,
             rc < 0 || x->outcome != STET_OUT_INTERNAL ? STET_ENOMEM : STET_EIO,
             x->outcome == STET_OUT_INTERNAL ? x->why
                                             : "no memory for a capture");
    } else if (x->outcome != STET_OUT_CANCELLED) {
        m->job->target = t;
        if (e->run->o->fixed.clock_ms != 0)
            x->took_ms = 0;
        m->job->exchange = x;
        to_commit(e, m);
        return;
    }
    /* A cancelled one stays queued: the next run takes it up. */
    e->in_work--;
    stet_message_free(m);
    stet_exchange_free(x);
    stet_target_free(t);
}

static void to_workers(struct engine *e, struct stet_message *m)
{
    struct stet_job *job = m->job;

    m->job = NULL;
    if (!stet_queue_try_put(e->run->jobs, job)) {
        stet_job_free(job);
        fail(e, STET_ENOMEM, "the workers are gone");
    }
}

static void on_done(struct engine *e, const struct stet_message *m)
{
    struct stet_span outcome = stet_span_of(m->outcome);
    struct stet_crawl_event event = {
        .url = m->target->url,
        .role = stet_role_name(m->target->role),
        .outcome = m->outcome,
        .why = { m->why.data, m->why.len },
        .status = m->status,
        .bytes = m->bytes,
        .revisit = m->revisit,
    };

    e->in_work--;
    e->progress.done++;
    e->progress.queued = m->known - e->progress.done;
    e->progress.bytes += m->bytes;
    e->progress.failed += !stet_span_eqs(outcome, "ok");
    if (e->run->o->on_event)
        e->run->o->on_event(e->run->o->ctx, &event);
}

static void on_message(struct engine *e, struct stet_message *m)
{
    int rc = STET_OK;

    switch (m->kind) {
    case STET_MSG_TARGET:
        if (e->n_waiting < STET_MAX_WINDOW) {
            e->waiting[e->n_waiting++] = m->target;
            m->target = NULL;
        }
        break;
    case STET_MSG_VERDICT:
        to_workers(e, m);
        break;
    case STET_MSG_ROBOTS:
        rc = stet_hosts_learn(
            &e->hosts, (struct stet_span){ m->origin.data, m->origin.len },
            m->answer, (struct stet_span){ m->body.data, m->body.len });
        if (rc < 0)
            fail(e, rc, "no memory for a robots.txt");
        break;
    case STET_MSG_DONE:
        on_done(e, m);
        break;
    case STET_MSG_IDLE:
        e->idle = true;
        break;
    case STET_MSG_FULL:
        e->run->limit = "--min-free-space";
        wind_down(e);
        break;
    case STET_MSG_FAILED:
        if (e->rc == STET_OK)
            e->err = m->error;
        rc = m->error.code;
        break;
    case STET_MSG_LOOKUP:
    case STET_MSG_PRODUCT:
        break;
    }
    if (rc < 0 && e->rc == STET_OK)
        e->rc = rc;
    stet_message_free(m);
}

static void drain(struct engine *e)
{
    struct stet_message *m;
    bool closed = false;

    while ((m = stet_queue_pop_within(e->run->to_engine, 0, &closed)))
        on_message(e, m);
    if (closed)
        fail(e, STET_ENOMEM, "no memory");
}

static void ask_to_stop(struct engine *e)
{
    const struct stet_crawl_options *o = e->run->o;
    int stop = o->should_stop ? o->should_stop(o->ctx) : 0;

    if (stop > 0)
        wind_down(e);
    if (!e->stopping && (e->run->limit = limit_reached(e)))
        wind_down(e);
    if (stop > 1 && !e->cancelled) {
        e->cancelled = true;
        stet_fetcher_cancel_all(&e->run->fetcher);
    }
}

static void tell_progress(struct engine *e, bool always)
{
    int64_t now = now_ms();

    if (!e->run->o->on_progress ||
        (!always && now - e->told_ms < TELL_PROGRESS_MS))
        return;
    e->told_ms = now;
    e->progress.active = (int64_t)e->active;
    e->progress.hosts = (int64_t)e->hosts.map.len;
    e->progress.elapsed_ms = now - e->began_ms;
    e->run->o->on_progress(e->run->o->ctx, &e->progress);
}

static bool is_over(const struct engine *e)
{
    return e->rc < 0 || e->idle || (e->stopping && e->in_work == 0);
}

static void turn(struct engine *e)
{
    int64_t due = INT64_MAX, wait;
    size_t active = 0;
    int rc;

    start_waiting(e, &due);
    if (is_over(e))
        return;
    wait = due - now_ms();
    wait = wait < 0 ? 0 : wait > TICK_MS ? TICK_MS : wait;
    rc = stet_fetcher_step(&e->run->fetcher, (int)wait, &active, &e->err);
    if (rc < 0)
        fail(e, rc, e->err.text);
    drain(e);
    ask_to_stop(e);
    tell_progress(e, false);
}

int stet_run_fetch(struct stet_run *r, bool *stopped, struct stet_error *err)
{
    struct engine *e = stet_alloc(sizeof(*e));
    int rc;

    *stopped = false;
    if (!e)
        return stet_fail(err, STET_ENOMEM, "no memory for an engine");
    e->run = r;
    r->engine = e;
    e->progress.phase = "fetching";
    e->began_ms = now_ms();
    stet_hosts_init(&e->hosts, r->agent, r->o->delay_ms, r->o->ignore_robots);
    while (!is_over(e))
        turn(e);
    tell_progress(e, true);

    stet_fetcher_cancel_all(&r->fetcher);
    *stopped = e->stopping && !e->idle;
    rc = e->rc;
    if (rc < 0 && err)
        *err = e->err;
    drop_waiting(e);
    stet_hosts_clear(&e->hosts);
    stet_free(e);
    r->engine = NULL;
    return rc;
}
