/*
 * The frontier against a plain model of it: random calls, and after each
 * what is handed out, what is not, the counts and the next time due are held
 * against arrays that are searched from end to end.
 */
#include "unit/frontier/rig.h"

#include "base/span.h"

enum { MAX_URLS = 4000, JUMP_MS = 1000 };

struct model_url {
    int host, priority, attempts;
    int64_t id, due_ms;
    bool done, out;
};

struct model {
    struct model_url u[MAX_URLS + 1]; /* by id */
    int n, n_hosts;
    int64_t held_ms[MAX_URLS];
    int pages_per_host, targets_per_host;
    int64_t now_ms, seen_ms;
    size_t leased;
};

static struct model m, committed;
static uint64_t dice;

static int roll(int n)
{
    dice = dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (int)((dice >> 33) % (uint64_t)n);
}

static bool is_page(const struct model_url *u)
{
    return u->priority >= 3;
}

/* What of a host is out. */
static int out_of(int host, bool pages)
{
    int n = 0;

    for (int i = 1; i <= m.n; i++)
        n += m.u[i].host == host && m.u[i].out && (!pages || is_page(&m.u[i]));
    return n;
}

static bool is_waiting(const struct model_url *u)
{
    return !u->done && !u->out;
}

/* Whether a limit of its host keeps it. */
static bool is_limited(const struct model_url *u)
{
    return (m.targets_per_host &&
            out_of(u->host, false) >= m.targets_per_host) ||
           (is_page(u) && m.pages_per_host &&
            out_of(u->host, true) >= m.pages_per_host);
}

static bool is_leasable(const struct model_url *u)
{
    return is_waiting(u) && u->due_ms == 0 && m.held_ms[u->host] == 0 &&
           !is_limited(u);
}

/* No other of its host comes before it, and while parts of pages can be
 * had, it is of a host with such. */
static void check_choice(const struct model_url *u)
{
    bool parts_here = false, parts = false;

    CHECK(is_leasable(u));
    for (int i = 1; i <= m.n; i++) {
        const struct model_url *v = &m.u[i];
        bool part = v->priority == 1 || v->priority == 2;
        if (!is_leasable(v))
            continue;
        if (v->host == u->host)
            CHECK(v->priority > u->priority ||
                  (v->priority == u->priority && v->id >= u->id));
        parts |= part;
        parts_here |= part && v->host == u->host;
    }
    CHECK(parts_here || !parts);
}

static int on_lease(void *ctx, const struct stet_target *t)
{
    struct model_url *u = &m.u[t->id];

    (void)ctx;
    check_choice(u);
    CHECK_INT(t->attempts, u->attempts);
    u->out = true;
    m.leased++;
    return STET_OK;
}

static int on_drain(void *ctx, const struct stet_target *t)
{
    struct model_url *u = &m.u[t->id];

    CHECK(is_waiting(u) && u->host == *(int *)ctx);
    u->out = true;
    u->due_ms = 0;
    m.leased++;
    return STET_OK;
}

/* A time of the model: so much earlier, and 0 once it is over. */
static void pass(int64_t *at, int64_t back)
{
    if (*at > 0)
        *at = *at - back < 1 ? 1 : *at - back;
    if (*at <= m.seen_ms)
        *at = 0;
}

/* The frontier is told the time. */
static void tell_time(void)
{
    int64_t back = m.seen_ms - m.now_ms;

    back = back > JUMP_MS ? back : 0;
    if (back > 0 || m.now_ms > m.seen_ms)
        m.seen_ms = m.now_ms;
    for (int i = 1; i <= m.n; i++)
        pass(&m.u[i].due_ms, back);
    for (int i = 0; i < m.n_hosts; i++)
        pass(&m.held_ms[i], back);
}

static void add(struct rig *r)
{
    static const enum stet_role roles[] = { STET_ROLE_ROBOTS,
                                            STET_ROLE_REQUISITE,
                                            STET_ROLE_LINKED, STET_ROLE_SEED,
                                            STET_ROLE_RELATED };
    char url[64];
    int host = roll(m.n_hosts), kind = roll(20);
    struct stet_target t = { .role = roles[kind < 4 ? kind : 4] };
    struct model_url *u = &m.u[m.n + 1];
    int64_t id = 0;
    bool fresh = false;

    if (m.n == MAX_URLS)
        return;
    t.depth = t.role == STET_ROLE_RELATED ? roll(3) : 0;
    snprintf(url, sizeof(url), "http://h%d/%d", host, m.n + 1);
    t.url = stet_span_of(url);
    for (int again = 0; again < 2; again++) {
        CHECK_INT(stet_frontier_add(&r->f, run_1, &t, &id, &fresh, NULL),
                  STET_OK);
        CHECK_INT(fresh, again == 0);
        CHECK_INT(id, m.n + 1);
    }
    *u = (struct model_url){ .host = host,
                             .priority = (kind < 4 ? kind : 4) + t.depth,
                             .id = ++m.n };
}

static void lease(struct rig *r)
{
    size_t max = (size_t)roll(12);
    int left = 0;

    tell_time();
    m.leased = 0;
    CHECK_INT(stet_frontier_lease(
                  &r->f, run_1, max, m.now_ms,
                  &(struct stet_frontier_taker){ on_lease, NULL }, NULL),
              STET_OK);
    CHECK(m.leased <= max);
    for (int i = 1; m.leased < max && i <= m.n; i++)
        left += is_leasable(&m.u[i]);
    CHECK_INT(left, 0);
}

/* One of those that are out, or NULL. */
static struct model_url *any_out(void)
{
    int at = m.n ? roll(m.n) : 0;

    for (int i = 0; i < m.n; i++) {
        struct model_url *u = &m.u[(at + i) % m.n + 1];
        if (u->out)
            return u;
    }
    return NULL;
}

static int64_t some_time(void)
{
    int64_t at = m.seen_ms + (roll(4) ? roll(20000) - 2000 : roll(1 << 27));

    return at;
}

static int64_t bounded(int64_t at)
{
    if (at <= m.seen_ms)
        return 0;
    return at > m.seen_ms + STET_MAX_HOLD_MS ? m.seen_ms + STET_MAX_HOLD_MS
                                             : at;
}

static void give_back(struct rig *r)
{
    struct model_url *u = any_out();
    int64_t at = some_time();

    if (!u)
        return;
    u->out = false;
    if (roll(3)) {
        rig_finish(r, u->id);
        u->done = true;
    } else if (roll(3)) {
        u->attempts++;
        u->due_ms = bounded(at);
        CHECK_INT(stet_frontier_defer(&r->f, u->id, at, u->attempts,
                                      STET_SPAN("why"), NULL),
                  STET_OK);
    } else {
        stet_frontier_release(&r->f, u->id);
    }
}

static void hold(struct rig *r)
{
    char origin[32];
    int host = roll(m.n_hosts);
    int64_t until = roll(3) ? some_time() : 0;

    snprintf(origin, sizeof(origin), "http://h%d", host);
    rig_hold(r, origin, until);
    m.held_ms[host] = bounded(until);
}

static void drain(struct rig *r)
{
    char origin[32];
    int host = roll(m.n_hosts), waiting = 0;
    size_t max = (size_t)roll(5);

    for (int i = 1; i <= m.n; i++)
        waiting += m.u[i].host == host && is_waiting(&m.u[i]);
    snprintf(origin, sizeof(origin), "http://h%d", host);
    m.leased = 0;
    CHECK_INT(stet_frontier_drain(
                  &r->f, run_1, stet_span_of(origin), max,
                  &(struct stet_frontier_taker){ on_drain, &host }, NULL),
              STET_OK);
    CHECK_INT(m.leased, (size_t)waiting < max ? (size_t)waiting : max);
}

static void finish_any(struct rig *r)
{
    struct model_url *u = m.n ? &m.u[1 + roll(m.n)] : NULL;

    if (!u)
        return;
    rig_finish(r, u->id);
    u->done = true;
    u->out = false;
}

static void commit_or_crash(struct rig *r)
{
    if (roll(3)) {
        CHECK_INT(rig_commit(r), STET_OK);
        committed = m;
        return;
    }
    /* What time it was is committed with what else there is. */
    committed.now_ms =
        m.now_ms > committed.seen_ms ? m.now_ms : committed.seen_ms;
    m = committed;
    rig_crash(r);
    for (int i = 1; i <= m.n; i++)
        m.u[i].out = false;
    tell_time();
    (void)rig_next_due(r, m.now_ms);
}

static void check_due(struct rig *r)
{
    int64_t due = rig_next_due(r, m.now_ms), want = INT64_MAX;

    tell_time();
    for (int i = 1; i <= m.n; i++) {
        const struct model_url *u = &m.u[i];
        int64_t at = u->due_ms;
        if (!is_waiting(u) || is_limited(u))
            continue;
        if (m.held_ms[u->host] > at)
            at = m.held_ms[u->host];
        if (at < want)
            want = at;
    }
    if (want == 0)
        CHECK(due <= m.now_ms);
    else
        CHECK(due > m.seen_ms && due <= want);
}

static void check_counts(struct rig *r)
{
    static bool busy[MAX_URLS];
    struct stet_frontier_counts c;
    int64_t queued = 0, out = 0, hosts = 0;

    memset(busy, 0, sizeof(busy));
    for (int i = 1; i <= m.n; i++) {
        queued += !m.u[i].done;
        out += m.u[i].out;
        busy[m.u[i].host] |= !m.u[i].done;
    }
    for (int i = 0; i < m.n_hosts; i++)
        hosts += busy[i];
    CHECK_INT(stet_frontier_count(&r->f, run_1, &c, NULL), STET_OK);
    CHECK_INT(c.queued, queued);
    CHECK_INT(c.done, m.n - queued);
    CHECK_INT(c.handed_out, out);
    CHECK_INT(c.hosts, hosts);
}

static void step(struct rig *r)
{
    int what = roll(100);

    if (what < 30)
        add(r);
    else if (what < 55)
        lease(r);
    else if (what < 80)
        give_back(r);
    else if (what < 84)
        hold(r);
    else if (what < 86)
        drain(r);
    else if (what < 88)
        finish_any(r);
    else if (what < 91)
        commit_or_crash(r);
    else if (what < 97)
        m.now_ms += roll(3) ? roll(3000) : roll(1 << 26);
    else
        m.now_ms -= roll(2) ? roll(JUMP_MS / 2) : roll(1 << 26);
}

static void play(int n_hosts, int pages, int targets, int steps)
{
    struct rig r;

    rig_begin(&r, pages, targets);
    m = (struct model){ .n_hosts = n_hosts,
                        .pages_per_host = pages,
                        .targets_per_host = targets,
                        .now_ms = noon,
                        .seen_ms = 0 };
    committed = m;
    lease(&r);
    for (int i = 0; i < steps; i++) {
        step(&r);
        check_due(&r);
        check_counts(&r);
    }
    rig_end(&r);
}

static const struct {
    const char *name;
    int hosts, pages, targets, steps;
} rows[] = {
    { "one host without limits", 1, 0, 0, 1000 },
    { "one host with limits", 1, 2, 5, 1000 },
    { "a few hosts, one at a time", 3, 1, 1, 1000 },
    { "a few hosts", 4, 1, 6, 1000 },
    { "many hosts", 60, 1, 3, 1000 },
};

static void does_as_the_model_does(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (uint64_t seed = 1; seed <= 3; seed++) {
            tap_row(rows[i].name);
            dice = seed * 7919 + i;
            play(rows[i].hosts, rows[i].pages, rows[i].targets, rows[i].steps);
        }
    }
    tap_row(NULL);
}

TESTS({ "does as the model does", does_as_the_model_does })
