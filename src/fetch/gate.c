/* How many transfers run at once, and how soon one follows another. */
#include "fetch/transfer.h"

#include "base/span.h"

enum {
    GRACE_MS = 10,        /* between an answer and the next request */
    TRUSTED_GRACE_MS = 1, /* of a server that never sent more */
    TRUST_AFTER = 8,      /* answers */
};

/* Scheme, host and port; behind a proxy all connections lead to it.  That
 * two servers share a key does no harm. */
uint64_t stet_gate_key(const struct curl_fetcher *f, struct stet_span url)
{
    uint64_t h = 0xCBF29CE484222325; /* FNV-1a */
    int slashes = 0;

    if (f->o.proxy)
        return 0;
    for (size_t i = 0; i < url.len && slashes < 3; i++) {
        slashes += url.ptr[i] == '/';
        h = (h ^ (unsigned char)url.ptr[i]) * 0x100000001B3;
    }
    return h;
}

static struct server *server_of(const struct curl_fetcher *f, uint64_t key)
{
    return &f->servers[key % SERVERS];
}

void stet_gate_note(struct curl_fetcher *f, uint64_t key, bool clean)
{
    struct server *s = server_of(f, key);

    if (s->key != key)
        *s = (struct server){ .key = key };
    s->clean += clean && s->clean < TRUST_AFTER;
    s->guilty |= !clean;
}

static int64_t grace_of(const struct curl_fetcher *f, uint64_t key)
{
    const struct server *s = server_of(f, key);
    bool trusted = s->key == key && !s->guilty && s->clean >= TRUST_AFTER;

    return trusted ? TRUSTED_GRACE_MS : GRACE_MS;
}

/* How many of this server's transfers run, and of all. */
static size_t count_running(const struct curl_fetcher *f, uint64_t key,
                            size_t *all)
{
    size_t n = 0;

    *all = 0;
    for (const struct transfer *t = f->first; t; t = t->next)
        if (t->added) {
            n += t->key == key;
            *all += 1;
        }
    return n;
}

/* When the youngest of a server's idle connections may be used again. */
static int64_t fit_at(const struct curl_fetcher *f, uint64_t key)
{
    int64_t at = 0, grace = grace_of(f, key);

    for (size_t i = 0; i < f->n_connections; i++) {
        const struct connection *c = &f->connections[i];

        if (c->key == key && c->idle_ms + grace > at &&
            stet_connection_is_quiet(c))
            at = c->idle_ms + grace;
    }
    return at;
}

static int let_in(struct curl_fetcher *f, struct transfer *t, int64_t now)
{
    if (curl_multi_add_handle(f->multi, t->easy) != CURLM_OK)
        return STET_ENOMEM;
    t->added = true;
    t->begun_ms = now;
    t->x->started_ms = stet_clock_wall(f->clock);
    return STET_OK;
}

int stet_gate_open(struct curl_fetcher *f)
{
    int64_t now = stet_clock_steady(f->clock);

    f->gate_ms = INT64_MAX;
    for (struct transfer *t = f->first; t; t = t->next) {
        size_t all, here;
        int64_t at;

        if (t->added || t->ended || !t->easy)
            continue;
        here = count_running(f, t->key, &all);
        if (all >= f->o.max_total)
            break;
        if (here >= f->o.max_per_host)
            continue;
        at = fit_at(f, t->key);
        if (at > now && at < f->gate_ms)
            f->gate_ms = at;
        if (at <= now && let_in(f, t, now) < 0)
            return STET_ENOMEM;
    }
    return STET_OK;
}
