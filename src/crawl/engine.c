/*
 * The engine: the one loop.  It holds a window of targets, starts those
 * whose turn it is, and passes on what came.
 */
#include "crawl/engine.h"

#include "base/fail.h"
#include "base/mem.h"

enum {
    TICK_MS = 200, /* how often a stop is asked about at the least */
    /* A host that waits longer than this gives its targets back. */
    GIVE_BACK_MS = 2000,
    PUT_OFF_MS = 5000, /* what waits for rules, until it is looked at again */
    /* Half a minute and a minute of silence, and a host is given up. */
    BREAKER_OPENINGS = 3,
    /* Of a Retry-After, where nothing is tried twice: then a host that wants
     * more is given up. */
    MOST_HOLD_MS = 60 * 1000,
};

int64_t stet_engine_now(void)
{
    return stet_clock_steady(&stet_clock_real);
}

int64_t stet_engine_wall(const struct engine *e)
{
    return stet_clock_wall(&e->run->clock);
}

void stet_engine_fail(struct engine *e, int code, const char *text)
{
    if (e->rc == STET_OK)
        e->rc = stet_fail(&e->err, code, "%s", text);
}

void stet_engine_tell(struct engine *e, struct stet_message *m)
{
    if (!m) {
        stet_engine_fail(e, STET_ENOMEM, "no memory for a message");
    } else if (!stet_queue_try_put(e->run->to_commit, m)) {
        stet_message_free(m);
        stet_engine_fail(e, STET_ENOMEM, "the commit thread is gone");
    }
}

struct stet_message *stet_engine_about(enum stet_message_kind kind,
                                       struct stet_span url)
{
    struct stet_message *m = stet_message_new(kind);

    if (m && !stet_message_set(&m->origin, stet_frontier_origin(url))) {
        stet_message_free(m);
        return NULL;
    }
    return m;
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
    case STET_RESOURCE_FETCH:
        break;
    }
    return STET_ACCEPT_ANY;
}

/* "https://host/": what browsers send across origins by default. */
static struct stet_span referer_of(const struct stet_target *t)
{
    struct stet_span origin = stet_frontier_origin(t->via);

    if (t->role != STET_ROLE_REQUISITE)
        return (struct stet_span){ "", 0 };
    return stet_span_sub(t->via, 0, origin.len + 1);
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

static void start(struct engine *e, const struct slot *s)
{
    struct stet_target *t = s->target;
    struct stet_fetch_request r = { .id = (uint64_t)t->id,
                                    .ctx = t,
                                    .url = t->url,
                                    .referer = referer_of(t),
                                    .credentials = credentials_of(e, t),
                                    .accept = accept_of(t) };
    int rc;

    if (t->former) {
        r.etag = t->former->etag;
        r.last_modified = t->former->last_modified;
    }
    rc = stet_fetcher_start(&e->run->fetcher, &r, &e->err);

    if (rc < 0) {
        s->host->targets--;
        stet_target_free(t);
        stet_engine_fail(e, rc, "cannot start a request");
        return;
    }
    stet_host_begin(&e->hosts, s->host, t, stet_engine_now());
    e->active++;
    e->in_work++;
}

static void skip(struct engine *e, const struct slot *s, const char *outcome,
                 struct stet_span why)
{
    struct stet_message *m = stet_message_new(STET_MSG_PRODUCT);
    int rc = STET_ENOMEM;

    s->host->targets--;
    if (m)
        rc = stet_product_skip(&m->product, s->target, outcome, why,
                               stet_engine_wall(e), &e->err);
    if (rc < 0) {
        stet_target_free(s->target);
        stet_message_free(m);
        stet_engine_fail(e, rc, "no memory for a product");
        return;
    }
    e->in_work++;
    stet_engine_tell(e, m);
}

/* Gives a target back whose host waits until due_ms, and says so once. */
static void give_back(struct engine *e, const struct slot *s, int64_t due_ms)
{
    struct stet_message *m;

    /* Once more when the wall clock came there before the steady one. */
    if (s->host->told_ms != due_ms ||
        s->host->told_wall_ms <= stet_engine_wall(e)) {
        m = stet_engine_about(STET_MSG_HOLD, s->target->url);
        s->host->told_ms = due_ms;
        s->host->told_wall_ms =
            stet_engine_wall(e) + (due_ms - stet_engine_now());
        if (m)
            m->when_ms = s->host->told_wall_ms;
        stet_engine_tell(e, m);
    }
    m = stet_message_new(STET_MSG_RELEASE);
    s->host->targets--;
    if (m)
        m->target = s->target;
    else
        stet_target_free(s->target);
    stet_engine_tell(e, m);
}

/* What the rules and then the manners say to a waiting target. */
static int ask_leave(struct engine *e, struct slot *s, struct stet_leave *out)
{
    int rc = STET_OK;

    if (s->host->manners.breaker == STET_BREAKER_DEAD) {
        stet_host_turn(&e->hosts, s->host, s->target, stet_engine_now(), out);
        return STET_OK;
    }
    if (!s->cleared) {
        rc = stet_host_judge(&e->hosts, s->host, s->target, stet_engine_wall(e),
                             out);
        s->cleared = rc == STET_OK && out->ready == STET_READY;
    }
    if (s->cleared)
        stet_host_turn(&e->hosts, s->host, s->target, stet_engine_now(), out);
    if (rc == STET_OK && out->ready == STET_WAIT_ROBOTS && !s->host->asked) {
        s->host->asked = true;
        stet_engine_tell(e, stet_engine_about(STET_MSG_RULES, s->target->url));
    }
    return rc;
}

/* The option whose limit the run has reached; NULL: none. */
static const char *limit_reached(const struct engine *e)
{
    const struct stet_crawl_options *o = e->run->o;

    if (o->max_urls > 0 &&
        e->progress.done - e->fresh + (int64_t)e->in_work >= o->max_urls)
        return "--max-urls";
    if (o->max_bytes > 0 && e->progress.bytes >= o->max_bytes)
        return "--max-bytes";
    if (o->max_time_ms > 0 && stet_engine_now() - e->began_ms >= o->max_time_ms)
        return "--max-time";
    return NULL;
}

/*
 * What waits for the rules of its host must not fill the window: they may
 * themselves wait to be asked for.  True: it is given back.
 */
static bool wait_for_rules(struct engine *e, struct slot *s, int64_t now)
{
    bool still = e->run->o->fixed.clock_ms != 0;
    struct stet_message *m;

    if (s->waits_ms == 0)
        s->waits_ms = now;
    if (now - s->waits_ms < (still ? TICK_MS : GIVE_BACK_MS))
        return false;
    /* Where the clock stands still no later time comes. */
    m = stet_message_new(still ? STET_MSG_RELEASE : STET_MSG_DEFER);
    s->host->targets--;
    if (m) {
        m->target = s->target;
        m->when_ms = stet_engine_wall(e) + PUT_OFF_MS;
    } else {
        stet_target_free(s->target);
    }
    stet_engine_tell(e, m);
    return true;
}

/* Deals with one waiting target; false: it goes on waiting. */
static bool serve(struct engine *e, struct slot *s, int64_t *due_ms)
{
    struct stet_leave leave = { .ready = STET_WAIT_TURN, .due_ms = INT64_MAX };
    int64_t now = stet_engine_now(), paid = stet_rate_due_ms(&e->rate);

    if (ask_leave(e, s, &leave) < 0) {
        stet_engine_fail(e, STET_ENOMEM, "no memory for rules");
        return false;
    }
    if (leave.ready == STET_READY && paid > now) {
        leave.ready = STET_WAIT_TURN;
        leave.due_ms = paid;
    }
    switch (leave.ready) {
    case STET_READY:
        if (limit_reached(e))
            return false;
        start(e, s);
        return true;
    case STET_FORBIDDEN:
        skip(e, s, leave.outcome, leave.why);
        return true;
    case STET_WAIT_TURN:
        if (leave.host_waits && leave.due_ms != INT64_MAX &&
            e->run->o->fixed.clock_ms == 0 &&
            leave.due_ms > now + GIVE_BACK_MS) {
            give_back(e, s, leave.due_ms);
            return true;
        }
        if (leave.due_ms < *due_ms)
            *due_ms = leave.due_ms;
        return false;
    case STET_WAIT_ROBOTS:
        return wait_for_rules(e, s, now);
    }
    return false;
}

/* Starts what may start; *due_ms is when to look again at the latest. */
static void start_waiting(struct engine *e, int64_t *due_ms)
{
    size_t kept = 0;

    for (size_t i = 0; i < e->n_waiting; i++) {
        struct slot s = e->waiting[i];

        if (e->rc < 0 || e->stopping || !serve(e, &s, due_ms))
            e->waiting[kept++] = s;
    }
    e->n_waiting = kept;
    stet_hosts_forget_idle(&e->hosts, stet_engine_now());
}

static void drop_waiting(struct engine *e)
{
    while (e->n_waiting > 0) {
        struct slot *s = &e->waiting[--e->n_waiting];
        s->host->targets--;
        stet_target_free(s->target);
    }
}

/* Nothing more is begun; what is under way is finished. */
static void wind_down(struct engine *e)
{
    e->stopping = true;
    drop_waiting(e);
}

static void on_target(struct engine *e, struct stet_message *m)
{
    struct slot s = { .target = m->target };
    int rc;

    /* Once it stops nothing is taken up any more: it stays queued. */
    if (e->stopping || e->n_waiting >= STET_MAX_WINDOW)
        return;
    rc = stet_hosts_get(&e->hosts, s.target->url, &s.host);
    if (rc < 0) {
        stet_engine_fail(e, rc, "no memory for a host");
        return;
    }
    s.host->targets++;
    e->waiting[e->n_waiting++] = s;
    m->target = NULL;
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
        .revisit = stet_came_is_revisit(m->came),
    };

    if (!m->unasked)
        e->in_work--;
    e->progress.done++;
    e->progress.queued = m->known - e->progress.done;
    e->progress.bytes += m->bytes;
    e->fresh += m->came == STET_CAME_FRESH;
    e->progress.failed +=
        m->came != STET_CAME_FRESH && !stet_span_eqs(outcome, "ok");
    stet_metrics_count(&e->metrics, m->outcome, m->status, event.revisit);
    if (m->status > 0)
        stet_histogram_add(&e->metrics.answers, m->took_ms);
    if (e->run->o->on_event)
        e->run->o->on_event(e->run->o->ctx, &event);
}

static void on_robots(struct engine *e, const struct stet_message *m)
{
    struct stet_host *host = NULL;
    struct stet_span origin = { m->origin.data, m->origin.len };
    int rc = stet_hosts_learn(&e->hosts, origin, m->answer,
                              (struct stet_span){ m->body.data, m->body.len },
                              m->when_ms);

    if (rc == STET_OK)
        rc = stet_hosts_get(&e->hosts, origin, &host);
    if (rc < 0)
        stet_engine_fail(e, rc, "no memory for a robots.txt");
    else if (host)
        host->asked = false;
}

static void on_message(struct engine *e, struct stet_message *m)
{
    switch (m->kind) {
    case STET_MSG_TARGET:
        on_target(e, m);
        break;
    case STET_MSG_ROBOTS:
        on_robots(e, m);
        break;
    case STET_MSG_DONE:
        on_done(e, m);
        break;
    case STET_MSG_CUT:
        e->in_work--;
        break;
    case STET_MSG_IDLE:
        e->idle = true;
        break;
    case STET_MSG_FULL:
        e->run->limit = "--min-free-space";
        wind_down(e);
        break;
    case STET_MSG_COMMITTED:
        stet_histogram_add(&e->metrics.commits, m->took_ms);
        e->metrics.queue = m->queue;
        break;
    case STET_MSG_FAILED:
        if (e->rc == STET_OK) {
            e->err = m->error;
            e->rc = m->error.code;
        }
        break;
    case STET_MSG_LOOKUP:
    case STET_MSG_SLICE:
    case STET_MSG_PRODUCT:
    case STET_MSG_DEFER:
    case STET_MSG_RELEASE:
    case STET_MSG_HOLD:
    case STET_MSG_DEAD:
    case STET_MSG_RULES:
        break;
    }
    stet_message_free(m);
}

static void drain(struct engine *e)
{
    struct stet_message *m;
    bool closed = false;

    /* Before the look: what comes after it wakes the engine again. */
    atomic_store(&e->run->called, false);
    while ((m = stet_queue_pop_within(e->run->to_engine, 0, &closed)))
        on_message(e, m);
    if (closed)
        stet_engine_fail(e, STET_ENOMEM, "no memory");
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
        atomic_store(&e->run->cut, true);
        stet_fetcher_cancel_all(&e->run->fetcher);
    }
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
    wait = due - stet_engine_now();
    wait = wait < 0 ? 0 : wait > TICK_MS ? TICK_MS : wait;
    rc = stet_fetcher_step(&e->run->fetcher, (int)wait, &active, &e->err);
    if (rc < 0)
        stet_engine_fail(e, rc, e->err.text);
    drain(e);
    ask_to_stop(e);
    if (e->monitor)
        stet_monitor_work(e->monitor);
    stet_engine_tell_progress(e, false);
}

static void set_manners(struct engine *e)
{
    const struct stet_crawl_options *o = e->run->o;
    struct stet_manners_rules rules;

    stet_manners_rules_init(&rules);
    rules.delay_ms = o->delay_ms;
    rules.max_pages = o->pages_per_host;
    /* More than connections: HTTP/2 takes many over one. */
    rules.max_requests = 2 * stet_run_connections(o);
    rules.breaker_openings = BREAKER_OPENINGS;
    if (o->retry_delay_ms >= 0) {
        rules.busy.first_ms = o->retry_delay_ms;
        rules.breaker_open_ms = 2 * o->retry_delay_ms;
    }
    stet_hosts_init(&e->hosts, e->run->agent, &rules, o->ignore_robots);
    e->hosts.max_per_host = o->max_per_host;
    stet_rate_init(&e->rate, o->limit_rate);
    stet_retry_policy_init(&e->retry);
    e->retry.max_tries = o->tries;
    for (int i = 0; i < STET_FAULTS_COUNT; i++)
        e->retry.rules[i].tries = o->tries;
    /* A clock that stands still brings no time to try again. */
    if (o->fixed.clock_ms != 0)
        e->retry.max_tries = 1;
    /* What is tried but once is not waited for: a host that does not answer
     * gets a second chance after a moment, then the rest fails at once. */
    if (e->retry.max_tries <= 1) {
        rules.breaker_open_ms = 2000;
        rules.breaker_openings = 2;
        rules.most_hold_ms = MOST_HOLD_MS;
        e->hosts.rules = rules;
    }
    for (int i = 0; o->retry_delay_ms >= 0 && i < STET_FAULTS_COUNT; i++)
        e->retry.rules[i].first_ms = o->retry_delay_ms;
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
    e->began_ms = stet_engine_now();
    set_manners(e);
    e->rc = stet_engine_watch(e, &e->err);
    while (!is_over(e))
        turn(e);
    stet_engine_tell_progress(e, true);

    stet_fetcher_cancel_all(&r->fetcher);
    *stopped = e->stopping && !e->idle &&
               (e->progress.done == 0 || e->progress.queued > 0);
    rc = e->rc;
    if (rc < 0 && err)
        *err = e->err;
    if (rc < 0)
        atomic_store(&r->cut, true);
    drop_waiting(e);
    stet_monitor_free(e->monitor);
    stet_hosts_clear(&e->hosts);
    stet_free(e);
    r->engine = NULL;
    return rc;
}
