/*
 * The commit thread: takes products in, commits them in groups, hands out
 * targets and answers whether a payload is known.
 *
 * A digest whose first capture is under way is waited for: the captures
 * that have it too are parked until that one is taken in.
 */
#include "crawl/hosts.h"
#include "crawl/run.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <time.h>

enum {
    DRAIN_AT_ONCE = 64,
    LOOK_AGAIN_MS = 50,
    /* While so many targets are under way, messages are let gather for a
     * moment: to wake a thread for each of them costs more than they do. */
    GATHER_FROM = 16,
    GATHER_NS = 3000000,
};

/* A capture that waits for the first one with its digest. */
struct parked {
    struct stet_message *message;
    struct parked *next;
};

/* A digest whose first capture is with the engine or a worker. */
struct flight {
    struct stet_digest digest;
    bool chunked;
    struct parked *parked;
};

struct committer {
    struct stet_run *run;
    struct flight flights[STET_MAX_WINDOW];
    size_t n_flights;
    size_t out; /* targets with the engine */
    bool idle_told, failure_told, full_told;
    int64_t group_since_ms; /* when the first product of a group came */
    int64_t look_ms;        /* when more may be due */
    int rc;                 /* the error that ended it */
    struct stet_error err;
};

static struct flight *find_flight(struct committer *c,
                                  const struct stet_digest *d, bool chunked)
{
    for (size_t i = 0; i < c->n_flights; i++) {
        if (c->flights[i].chunked == chunked &&
            stet_digest_eq(&c->flights[i].digest, d))
            return &c->flights[i];
    }
    return NULL;
}

static void give_up(struct committer *c)
{
    if (c->rc < 0 && !c->failure_told)
        stet_run_fail(c->run, c->rc, &c->err);
    c->failure_told = c->rc < 0;
}

/* True if a capture's payload may be shared at all. */
static bool is_shareable(const struct stet_exchange *x)
{
    return x->outcome == STET_OUT_OK && x->status == 200 &&
           x->entity_digest.len > 0 && x->entity_len >= STET_MIN_DEDUP_BYTES;
}

/* The window bounds the jobs, so there is room; the queue is closed only
 * when nobody waits for them any more. */
static void send_job(struct committer *c, struct stet_message *m)
{
    if (stet_queue_try_put(c->run->jobs, m->job))
        m->job = NULL;
    stet_message_free(m);
}

/* Looks the digest up and answers; takes m. */
static void answer(struct committer *c, struct stet_message *m)
{
    const struct stet_exchange *x = m->job->exchange;

    c->rc = stet_archive_find_original(c->run->archive, &x->entity_digest,
                                       x->framing.kind == STET_FRAMING_CHUNKED,
                                       &m->job->original, &c->err);
    if (c->rc < 0)
        stet_message_free(m);
    else
        send_job(c, m);
}

static void park(struct committer *c, struct flight *f, struct stet_message *m)
{
    struct parked *p = stet_alloc(sizeof(*p));

    if (!p) {
        stet_message_free(m);
        c->rc = stet_fail(&c->err, STET_ENOMEM, "no memory for a capture");
        return;
    }
    *p = (struct parked){ m, f->parked };
    f->parked = p;
}

static void look_up(struct committer *c, struct stet_message *m)
{
    const struct stet_exchange *x = m->job->exchange;
    bool chunked = x->framing.kind == STET_FRAMING_CHUNKED;
    struct flight *f;

    if (!is_shareable(x)) {
        send_job(c, m);
        return;
    }
    f = find_flight(c, &x->entity_digest, chunked);
    if (f) {
        park(c, f, m);
        return;
    }
    /* The window bounds what is under way, so there is always room. */
    if (c->n_flights < STET_MAX_WINDOW)
        c->flights[c->n_flights++] =
            (struct flight){ x->entity_digest, chunked, NULL };
    answer(c, m);
}

/* The first capture of a digest is in: the parked ones can be answered. */
static void release(struct committer *c, const struct stet_product *p)
{
    struct flight *f = find_flight(c, &p->digest, p->chunked);
    struct parked *list;

    if (!f)
        return;
    list = f->parked;
    *f = c->flights[--c->n_flights];
    while (list) {
        struct parked *next = list->next;
        if (c->rc == STET_OK)
            answer(c, list->message);
        else
            stet_message_free(list->message);
        stet_free(list);
        list = next;
    }
}

static int tell_robots(struct committer *c, const struct stet_rules *rules)
{
    struct stet_message *m = stet_message_new(STET_MSG_ROBOTS);

    if (!m || !stet_message_set(&m->origin, rules->origin) ||
        !stet_message_set(&m->body, rules->body)) {
        stet_message_free(m);
        return stet_fail(&c->err, STET_ENOMEM, "no memory for robots.txt");
    }
    m->answer = rules->answer;
    m->when_ms = rules->date_ms;
    (void)stet_run_tell_engine(c->run, m);
    return STET_OK;
}

static void tell_done(struct committer *c, struct stet_product *p, bool unasked)
{
    struct stet_message *m = stet_message_new(STET_MSG_DONE);
    struct stet_rules rules = { .answer = p->robots_answer,
                                .body = p->robots,
                                .date_ms = p->date_ms };

    if (rules.answer != STET_ROBOTS_NONE) {
        c->rc = stet_archive_robots_origin(c->run->archive, p->target,
                                           &rules.origin, &c->err);
        if (c->rc == STET_OK)
            c->rc = tell_robots(c, &rules);
    }
    if (!m) {
        c->rc = stet_fail(&c->err, STET_ENOMEM, "no memory for a message");
        return;
    }
    m->outcome = p->came == STET_CAME_FRESH ? "fresh" : p->outcome;
    m->why.data = stet_span_dup(p->why);
    m->why.len = m->why.data ? p->why.len : 0;
    m->status = p->came == STET_CAME_FRESH       ? 0
                : p->came == STET_CAME_UNCHANGED ? 304
                                                 : p->status;
    m->bytes = (int64_t)p->bytes;
    m->came = p->came;
    m->unasked = unasked;
    m->took_ms = p->took_ms;
    m->known = stet_archive_known(c->run->archive);
    m->target = p->target;
    p->target = NULL;
    (void)stet_run_tell_engine(c->run, m);
}

/* Tells the engine a thing once that has no more to it. */
static void tell(struct committer *c, enum stet_message_kind kind, bool *told)
{
    struct stet_message *m = *told ? NULL : stet_message_new(kind);

    if (!*told && !m)
        c->rc = stet_fail(&c->err, STET_ENOMEM, "no memory for a message");
    if (!m)
        return;
    *told = true;
    (void)stet_run_tell_engine(c->run, m);
}

static void look_at_space(struct committer *c)
{
    if (c->rc == STET_OK && stet_archive_is_short_of_space(c->run->archive))
        tell(c, STET_MSG_FULL, &c->full_told);
}

/* For those who watch. */
static void tell_commit(struct committer *c, int64_t took_ms)
{
    struct stet_message *m = stet_message_new(STET_MSG_COMMITTED);

    if (!m)
        return;
    m->took_ms = took_ms;
    c->rc = stet_archive_count(c->run->archive, &m->queue, &c->err);
    (void)stet_run_tell_engine(c->run, m);
}

static void commit(struct committer *c)
{
    int64_t began = stet_clock_steady(&stet_clock_real);

    c->rc = stet_archive_commit(c->run->archive, &c->err);
    look_at_space(c);
    if (c->rc == STET_OK && c->run->o->metrics_port >= 0)
        tell_commit(c, stet_clock_steady(&stet_clock_real) - began);
}

/* Where a seed redirects to is as good as the seed.  When there are too many
 * of these the rest stay out of scope. */
static void follow_seed(struct committer *c, const struct stet_product *p)
{
    for (size_t i = 0; i < p->n_wants; i++) {
        const struct stet_wanted *w = &p->wants[i];
        if (w->how.role == STET_ROLE_SEED && w->how.redirects > 0)
            (void)stet_scope_add_moved(&c->run->product.scope, w->url);
    }
}

/* `unasked`: the engine never had it. */
static void take(struct committer *c, struct stet_product *p, bool unasked)
{
    c->rc = stet_archive_take(c->run->archive, p, &c->err);
    follow_seed(c, p);
    release(c, p);
    if (c->rc == STET_OK)
        tell_done(c, p, unasked);
    if (c->rc == STET_OK && stet_archive_is_full(c->run->archive))
        commit(c);
}

/* The target stays queued. */
static void drop_cut(struct committer *c, struct stet_message *m)
{
    struct stet_archive *a = c->run->archive;
    struct stet_message *told = stet_message_new(STET_MSG_CUT);

    stet_archive_drop_slices(a, m->product->target->id);
    stet_frontier_release(stet_archive_frontier(a), m->product->target->id);
    c->out--;
    release(c, m->product);
    if (told)
        (void)stet_run_tell_engine(c->run, told);
    else
        c->rc = stet_fail(&c->err, STET_ENOMEM, "no memory for a message");
}

static void take_slice(struct committer *c, struct stet_message *m)
{
    c->rc = stet_archive_take_slice(c->run->archive, m->target_id, &m->slice,
                                    &c->err);
    if (c->rc == STET_OK && stet_archive_is_dirty(c->run->archive) &&
        stet_archive_is_full(c->run->archive))
        commit(c);
    else
        look_at_space(c);
}

/* A worker looks at what an earlier run has of it first; takes m. */
static int send_to_worker(struct committer *c, struct stet_message *m)
{
    m->job = stet_alloc(sizeof(*m->job));
    if (!m->job) {
        stet_message_free(m);
        return stet_fail(&c->err, STET_ENOMEM, "no memory for a target");
    }
    m->job->target = m->target;
    m->target = NULL;
    send_job(c, m);
    return STET_OK;
}

static int send_target(void *ctx, const struct stet_target *t)
{
    struct committer *c = ctx;
    struct stet_message *m = stet_message_new(STET_MSG_TARGET);
    int rc = m ? stet_target_copy(&m->target, t) : STET_ENOMEM;

    if (rc < 0)
        stet_fail(&c->err, rc, "no memory for a target");
    /* How long rules hold is said by RFC 9309, and by nobody else. */
    else if (c->run->revisits && t->role != STET_ROLE_ROBOTS)
        rc = stet_archive_find_former(c->run->archive, t,
                                      c->run->work.revisit_after_ms,
                                      &m->target->former, &c->err);
    if (rc < 0) {
        stet_message_free(m);
        return rc;
    }
    c->out++;
    if (m->target->former)
        return send_to_worker(c, m);
    (void)stet_run_tell_engine(c->run, m);
    return STET_OK;
}

static int64_t wall_ms(const struct committer *c)
{
    return stet_clock_wall(&c->run->clock);
}

/* Keeps the engine's window full; says so when there is nothing left. */
static void refill(struct committer *c)
{
    struct stet_archive *a = c->run->archive;
    int64_t due = INT64_MAX;

    if (c->out < c->run->window)
        c->rc = stet_archive_lease(a, c->run->window - c->out, send_target, c,
                                   &c->err);
    if (c->rc == STET_OK && c->out < c->run->window)
        c->rc = stet_frontier_next_due(stet_archive_frontier(a),
                                       stet_archive_run(a), wall_ms(c), &due,
                                       &c->err);
    if (c->rc == STET_OK && c->out == 0 && due == INT64_MAX)
        tell(c, STET_MSG_IDLE, &c->idle_told);
    c->look_ms = INT64_MAX;
    if (due != INT64_MAX) {
        /* What is due and was not leased waits for what is under way. */
        due -= wall_ms(c);
        c->look_ms = stet_clock_steady(&stet_clock_real) +
                     (due < LOOK_AGAIN_MS ? LOOK_AGAIN_MS : due);
    }
}

/* The host of a message, as the frontier has it. */
static struct stet_span origin_of(const struct stet_message *m)
{
    return (struct stet_span){ m->origin.data, m->origin.len };
}

static void defer(struct committer *c, const struct stet_message *m)
{
    c->out--;
    c->rc = stet_frontier_defer(stet_archive_frontier(c->run->archive),
                                m->target->id, m->when_ms, m->target->attempts,
                                (struct stet_span){ m->why.data, m->why.len },
                                &c->err);
}

static void hold(struct committer *c, const struct stet_message *m)
{
    c->rc = stet_frontier_hold(stet_archive_frontier(c->run->archive),
                               stet_archive_run(c->run->archive), origin_of(m),
                               m->when_ms, &c->err);
}

/* What is queued for a host that is given up, some at a time. */
struct drained {
    struct stet_target *targets[DRAIN_AT_ONCE];
    size_t n;
};

static int drain_one(void *ctx, const struct stet_target *t)
{
    struct drained *d = ctx;
    int rc = stet_target_copy(&d->targets[d->n], t);

    d->n += rc == STET_OK;
    return rc;
}

/* Done without having been asked for; takes t. */
static void give_up_target(struct committer *c, struct stet_target *t,
                           const char *outcome)
{
    struct stet_product *p = NULL;

    if (c->rc == STET_OK)
        c->rc = stet_product_skip(&p, t, outcome, stet_host_given_up(outcome),
                                  wall_ms(c), &c->err);
    if (!p) {
        stet_target_free(t);
        return;
    }
    take(c, p, true);
    stet_product_free(p);
}

static void bury(struct committer *c, const struct stet_message *m)
{
    struct stet_frontier *f = stet_archive_frontier(c->run->archive);
    struct drained d;
    const struct stet_frontier_taker to = { drain_one, &d };

    do {
        d.n = 0;
        c->rc = stet_frontier_drain(f, stet_archive_run(c->run->archive),
                                    origin_of(m), DRAIN_AT_ONCE, &to, &c->err);
        for (size_t i = 0; i < d.n; i++)
            give_up_target(c, d.targets[i], m->outcome);
    } while (c->rc == STET_OK && d.n > 0);
}

/* Answers what the rules of a host are, as far as they are known and not
 * too old; otherwise they will come, or are asked for anew. */
static void find_rules(struct committer *c, const struct stet_message *m)
{
    struct stet_rules rules;

    c->rc =
        stet_archive_find_rules(c->run->archive, origin_of(m), &rules, &c->err);
    if (c->rc == STET_OK && rules.answer != STET_ROBOTS_NONE &&
        wall_ms(c) - rules.date_ms >= STET_MAX_RULES_AGE_MS)
        c->rc = stet_archive_renew_rules(c->run->archive, &rules, &c->err);
    else if (c->rc == STET_OK && rules.answer != STET_ROBOTS_NONE)
        c->rc = tell_robots(c, &rules);
}

static void handle(struct committer *c, struct stet_message *m)
{
    if (!stet_archive_is_dirty(c->run->archive))
        c->group_since_ms = stet_clock_steady(&stet_clock_real);
    switch (m->kind) {
    case STET_MSG_LOOKUP:
        look_up(c, m);
        return;
    case STET_MSG_SLICE:
        take_slice(c, m);
        stet_message_free(m);
        /* They may come without a pause in which it would be looked. */
        if (c->rc == STET_OK &&
            stet_clock_steady(&stet_clock_real) >= c->look_ms)
            refill(c);
        return;
    case STET_MSG_PRODUCT:
        c->out--;
        take(c, m->product, m->unasked);
        break;
    case STET_MSG_CUT:
        drop_cut(c, m);
        break;
    case STET_MSG_DEFER:
        defer(c, m);
        break;
    case STET_MSG_RELEASE:
        c->out--;
        stet_frontier_release(stet_archive_frontier(c->run->archive),
                              m->target->id);
        break;
    case STET_MSG_HOLD:
        hold(c, m);
        break;
    case STET_MSG_DEAD:
        bury(c, m);
        break;
    case STET_MSG_RULES:
        find_rules(c, m);
        break;
    case STET_MSG_TARGET:
    case STET_MSG_ROBOTS:
    case STET_MSG_DONE:
    case STET_MSG_IDLE:
    case STET_MSG_FULL:
    case STET_MSG_COMMITTED:
    case STET_MSG_FAILED:
        break;
    }
    stet_message_free(m);
    if (c->rc == STET_OK)
        refill(c);
}

/* How long a message may be waited for: not past the group's time, nor past
 * when something more is due. */
static int wait_ms(const struct committer *c)
{
    int64_t until = c->look_ms, left;

    if (c->rc < 0)
        return -1;
    if (stet_archive_is_dirty(c->run->archive) &&
        c->group_since_ms + STET_COMMIT_MS < until)
        until = c->group_since_ms + STET_COMMIT_MS;
    if (until == INT64_MAX)
        return -1;
    left = until - stet_clock_steady(&stet_clock_real);
    return left < 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left;
}

static bool is_group_over(const struct committer *c)
{
    return stet_archive_is_dirty(c->run->archive) &&
           stet_clock_steady(&stet_clock_real) >=
               c->group_since_ms + STET_COMMIT_MS;
}

/* The next message, waited for as long as there is time; NULL: none came. */
static struct stet_message *next_message(struct committer *c, bool *closed)
{
    struct stet_message *m =
        stet_queue_pop_within(c->run->to_commit, 0, closed);

    if (m || *closed)
        return m;
    if (c->out >= GATHER_FROM)
        nanosleep(&(struct timespec){ 0, GATHER_NS }, NULL);
    return stet_queue_pop_within(c->run->to_commit, wait_ms(c), closed);
}

static void loop(struct committer *c)
{
    bool closed = false;

    while (!closed) {
        struct stet_message *m = next_message(c, &closed);

        if (m && m->kind == STET_MSG_SLICE)
            sem_post(&c->run->slices);
        if (m && c->rc < 0) {
            stet_message_free(m);
            continue;
        }
        if (m)
            handle(c, m);
        if (c->rc == STET_OK && (closed || is_group_over(c)))
            commit(c);
        if (c->rc == STET_OK && !closed && !m)
            refill(c);
        give_up(c);
    }
}

static void free_parked(struct committer *c)
{
    for (size_t i = 0; i < c->n_flights; i++) {
        struct parked *list = c->flights[i].parked;
        while (list) {
            struct parked *next = list->next;
            stet_message_free(list->message);
            stet_free(list);
            list = next;
        }
    }
}

void stet_run_commit(void *ctx)
{
    struct committer c = { .run = ctx, .look_ms = INT64_MAX };

    look_at_space(&c);
    if (c.rc == STET_OK)
        refill(&c);
    give_up(&c);
    loop(&c);
    free_parked(&c);
    /* The engine may be gone by the last commit: this is not lost. */
    if (c.rc < 0) {
        c.run->commit_error = c.err;
        c.run->commit_error.code = c.rc;
    }
}
