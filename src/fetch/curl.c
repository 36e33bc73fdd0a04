/* The fetcher that stands on libcurl's multi interface. */
#include "base/fail.h"
#include "base/mem.h"
#include "fetch/transfer.h"

#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum {
    MAX_KEPT = 1 << 20,  /* bytes of copied options */
    MAX_WAIT_MS = 60000, /* of one sleep */
    GATHER_NS = 600000,
};

/* -- libcurl's heap is ours ---------------------------------------------- */

/* How often it was refused: its codes do not always tell. */
static atomic_ulong refusals;

static void *noted(void *p)
{
    if (!p)
        atomic_fetch_add(&refusals, 1);
    return p;
}

static void *heap_malloc(size_t n)
{
    return noted(stet_grow(NULL, n ? n : 1));
}

static void *heap_calloc(size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        return NULL;
    n *= size;
    return noted(stet_alloc(n ? n : 1));
}

static void *heap_realloc(void *p, size_t n)
{
    return noted(stet_grow(p, n ? n : 1));
}

static char *heap_strdup(const char *s)
{
    return noted(stet_span_dup(stet_span_of(s)));
}

static CURLcode global_status;

static void global_init(void)
{
    /* libcurl does not look at whether this works, and later goes on with an
     * OpenSSL that has no locks. */
    if (!OPENSSL_init_ssl(OPENSSL_INIT_LOAD_CONFIG, NULL)) {
        global_status = CURLE_OUT_OF_MEMORY;
        return;
    }
    global_status =
        curl_global_init_mem(CURL_GLOBAL_DEFAULT, heap_malloc, stet_free,
                             heap_realloc, heap_strdup, heap_calloc);
}

/* -- the list ------------------------------------------------------------ */

static void list_add(struct curl_fetcher *f, struct transfer *t)
{
    t->prev = f->last;
    t->next = NULL;
    if (f->last)
        f->last->next = t;
    else
        f->first = t;
    f->last = t;
    f->active++;
}

static void list_drop(struct curl_fetcher *f, struct transfer *t)
{
    if (t->prev)
        t->prev->next = t->next;
    else
        f->first = t->next;
    if (t->next)
        t->next->prev = t->prev;
    else
        f->last = t->prev;
    f->active--;
}

/* -- start and end ------------------------------------------------------- */

static int start(void *self, const struct stet_fetch_request *r,
                 struct stet_error *err)
{
    struct curl_fetcher *f = self;
    struct transfer *t = NULL;
    int rc = stet_transfer_new(&t, f, r, err);

    if (rc < 0)
        return rc;
    list_add(f, t);
    f->sweep_ms = 0;
    f->stirred = true;
    return STET_OK;
}

/* Whether it is no fault of the server's that a transfer failed.  OpenSSL
 * has a heap of its own, and says so in words. */
static bool lacked_memory(const struct curl_fetcher *f,
                          const struct transfer *t, CURLcode rc)
{
    return atomic_load(&refusals) != f->refusals ||
           (rc == CURLE_OUT_OF_MEMORY && (!t->sent || t->head_done)) ||
           strstr(t->error, "malloc failure");
}

/* Out of libcurl, out of the list, to the caller. */
static void finish(struct curl_fetcher *f, struct transfer *t, CURLcode rc)
{
    struct stet_exchange *x;

    if (rc != CURLE_OK && !t->ended && lacked_memory(f, t, rc))
        stet_transfer_fail(t, STET_ENOMEM);
    x = stet_verdict_take(t, rc);
    if (t->fatal)
        f->fatal = t->fatal;
    list_drop(f, t);
    stet_transfer_free(t);
    f->stirred = true;
    if (f->o.on_done)
        f->o.on_done(f->o.done_ctx, x);
    else
        stet_exchange_free(x);
}

/* A connection that was used before broke, or had something else to say,
 * before an answer came. */
static bool is_stale(struct transfer *t, CURLcode rc)
{
    long connects = 1;

    if (t->ended || !t->sent || t->head.len || t->interim.len ||
        curl_easy_getinfo(t->easy, CURLINFO_NUM_CONNECTS, &connects) ||
        connects)
        return false;
    return rc == CURLE_GOT_NOTHING || rc == CURLE_SEND_ERROR ||
           rc == CURLE_RECV_ERROR || rc == CURLE_UNSUPPORTED_PROTOCOL ||
           rc == CURLE_WEIRD_SERVER_REPLY;
}

/* Its connection was not fit for use: once more, over a new one. */
static bool begin_again(struct curl_fetcher *f, struct transfer *t, CURLcode rc)
{
    if (t->retried || t->ended || !(t->poisoned || is_stale(t, rc)))
        return false;
    stet_gate_note(f, t->key, false);
    t->retried = true;
    t->poisoned = t->sent = false;
    t->error[0] = '\0';
    t->added = false;
    t->data_in = t->dropped = 0;
    curl_multi_remove_handle(f->multi, t->easy);
    stet_connection_release(f, t);
    if (curl_easy_setopt(t->easy, CURLOPT_FRESH_CONNECT, 1L) != CURLE_OK ||
        curl_multi_add_handle(f->multi, t->easy) != CURLM_OK)
        return false;
    t->added = true;
    f->stirred = true;
    return true;
}

/* What libcurl has finished.  A message dies with its handle's removal. */
static size_t harvest(struct curl_fetcher *f)
{
    struct CURLMsg *m;
    size_t done = 0;
    int left;

    while ((m = curl_multi_info_read(f->multi, &left))) {
        CURLcode rc = m->data.result;
        void *t = NULL;

        if (m->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&t);
        if (begin_again(f, t, rc))
            continue;
        finish(f, t, rc);
        done++;
    }
    return done;
}

/* -- limits of time ------------------------------------------------------ */

/* Notes the earliest of what is due. */
static void due(int64_t *next, int64_t at)
{
    if (at < *next)
        *next = at;
}

/* Ends a transfer that is over one of its times; else *next is when the
 * first of them could be. */
static void check_times(struct transfer *t, int64_t now, int64_t *next)
{
    const struct stet_fetch_options *o = &t->f->o;
    int64_t least = (int64_t)o->min_rate * o->idle_ms / 1000;

    if (!t->sent || t->ended)
        return;
    if (!t->head_done && now - t->sent_ms >= o->head_ms) {
        stet_transfer_end(t, STET_OUT_TIMEOUT, "no whole head in time");
    } else if (now - t->heard_ms >= o->idle_ms) {
        stet_transfer_end(t, STET_OUT_TIMEOUT, "nothing came for too long");
    } else if (now - t->sent_ms >= o->total_ms) {
        stet_transfer_end(t, STET_OUT_TIME,
                          "the time for one exchange is over");
    } else if (t->head_done && now - t->window_ms >= o->idle_ms) {
        if ((int64_t)t->window_bytes < least)
            stet_transfer_end(t, STET_OUT_TIMEOUT, "too slow");
        t->window_ms = now;
        t->window_bytes = 0;
    }
    due(next,
        t->head_done ? t->window_ms + o->idle_ms : t->sent_ms + o->head_ms);
    due(next, t->heard_ms + o->idle_ms);
    due(next, t->sent_ms + o->total_ms);
}

/* Hands over what ended without libcurl: by our clocks, or at the start. */
static size_t sweep(struct curl_fetcher *f)
{
    int64_t now = stet_clock_steady(f->clock), next = now + MAX_WAIT_MS;
    struct transfer *t, *after, *last = f->last;
    size_t done = 0;

    if (now < f->sweep_ms)
        return 0;
    f->sweep_ms = INT64_MAX;
    for (t = f->first; t; t = after) {
        bool was_last = t == last;

        after = was_last ? NULL : t->next;
        check_times(t, now, &next);
        if (t->ended) {
            finish(f, t, CURLE_ABORTED_BY_CALLBACK);
            done++;
        }
    }
    /* One started from on_done has its own times yet to be looked at. */
    if (f->sweep_ms)
        f->sweep_ms = next;
    return done;
}

/* -- the table ----------------------------------------------------------- */

static int perform(struct curl_fetcher *f, size_t *done, struct stet_error *err)
{
    int running, rc;
    CURLMcode mc;

    f->stirred = false;
    rc = stet_gate_open(f);
    if (rc < 0)
        return stet_fail(err, rc, "out of memory for libcurl");
    mc = curl_multi_perform(f->multi, &running);
    *done += harvest(f);
    *done += sweep(f);
    if (mc != CURLM_OK)
        return stet_fail(err, STET_ENOMEM, "libcurl: %s",
                         curl_multi_strerror(mc));
    if (f->fatal)
        return stet_fail(err, f->fatal, "a response could not be kept");
    return STET_OK;
}

/* When there is something to do though nothing comes. */
static int64_t next_ms(const struct curl_fetcher *f)
{
    if (f->stirred)
        return 0;
    return f->gate_ms < f->sweep_ms ? f->gate_ms : f->sweep_ms;
}

/*
 * Sleeps until something comes.  libcurl looks at every transfer each time
 * it is called, so a moment is left for others to have something too.
 */
static int await(struct curl_fetcher *f, int wait_ms)
{
    int64_t due_ms = next_ms(f) - stet_clock_steady(f->clock);

    if (f->active > 0 && due_ms < wait_ms)
        wait_ms = due_ms > 0 ? (int)due_ms : 0;
    if (curl_multi_poll(f->multi, NULL, 0, wait_ms, NULL) != CURLM_OK)
        return STET_ENOMEM;
    if (f->active > 1)
        nanosleep(&(struct timespec){ 0, GATHER_NS }, NULL);
    return STET_OK;
}

static int step(void *self, int wait_ms, size_t *active, struct stet_error *err)
{
    struct curl_fetcher *f = self;
    size_t done = 0;
    int rc = STET_OK;

    if (wait_ms <= 0 || next_ms(f) <= stet_clock_steady(f->clock))
        rc = perform(f, &done, err);
    if (!rc && !done && wait_ms > 0) {
        if (await(f, wait_ms) < 0)
            rc = stet_fail(err, STET_ENOMEM, "libcurl cannot wait");
        else
            rc = perform(f, &done, err);
    }
    *active = f->active;
    return rc;
}

static void wakeup(void *self)
{
    struct curl_fetcher *f = self;

    curl_multi_wakeup(f->multi);
}

static void cancel_all(void *self)
{
    struct curl_fetcher *f = self;

    for (size_t n = f->active; n > 0 && f->first; n--) {
        struct transfer *t = f->first;

        stet_transfer_end(t, STET_OUT_CANCELLED, "cancelled");
        finish(f, t, CURLE_ABORTED_BY_CALLBACK);
    }
}

static void free_fetcher(void *self)
{
    struct curl_fetcher *f = self;

    if (!f)
        return;
    while (f->first) {
        struct transfer *t = f->first;

        list_drop(f, t);
        stet_transfer_free(t);
    }
    curl_multi_cleanup(f->multi);
    curl_share_cleanup(f->share);
    curl_slist_free_all(f->connect_to);
    stet_free(f->connections);
    stet_free(f->servers);
    stet_arena_clear(&f->kept);
    stet_free(f);
}

static const struct stet_fetcher_ops curl_ops = {
    .start = start,
    .step = step,
    .wakeup = wakeup,
    .cancel_all = cancel_all,
    .free = free_fetcher,
};

/* -- making one ---------------------------------------------------------- */

static bool keep_string(struct curl_fetcher *f, const char **s)
{
    if (*s)
        *s = stet_arena_dup(&f->kept, stet_span_of(*s)).ptr;
    return *s != NULL;
}

/* A field the user gives: one line, a token, a colon. */
static bool is_field(const char *line)
{
    struct stet_span s = stet_span_of(line), rest = s;
    struct stet_span name = stet_span_cut(&rest, ':');

    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] < ' ' && s.ptr[i] != '\t') ||
            s.ptr[i] == 0x7F)
            return false;
    return rest.ptr && stet_is_token(name);
}

static int keep_headers(struct curl_fetcher *f, struct stet_error *err)
{
    size_t n = f->o.n_headers;
    const char **copy;

    if (!n)
        return STET_OK;
    copy = stet_arena_alloc(&f->kept, n * sizeof(*copy));
    if (!copy)
        return STET_ENOMEM;
    for (size_t i = 0; i < n; i++) {
        copy[i] = f->o.headers[i];
        if (!is_field(copy[i]))
            return stet_fail(err, STET_EUSAGE, "not a header field: %.80s",
                             copy[i]);
        if (!keep_string(f, &copy[i]))
            return STET_ENOMEM;
    }
    f->o.headers = copy;
    return STET_OK;
}

static int keep_connect_to(struct curl_fetcher *f)
{
    for (size_t i = 0; i < f->o.n_connect_to; i++) {
        struct curl_slist *more =
            curl_slist_append(f->connect_to, f->o.connect_to[i]);

        if (!more)
            return STET_ENOMEM;
        f->connect_to = more;
    }
    f->o.connect_to = NULL;
    return STET_OK;
}

static int keep_allowed(struct curl_fetcher *f)
{
    size_t n = f->o.n_allow * sizeof(*f->o.allow);
    struct stet_cidr *copy;

    if (!n)
        return STET_OK;
    copy = stet_arena_alloc(&f->kept, n);
    if (!copy)
        return STET_ENOMEM;
    memcpy(copy, f->o.allow, n);
    f->o.allow = copy;
    return STET_OK;
}

/* Zero and NULL stand for the defaults. */
static void set_defaults(struct stet_fetch_options *o)
{
    struct stet_fetch_options d;

    stet_fetch_options_init(&d);
    o->user_agent = o->user_agent ? o->user_agent : d.user_agent;
    o->connect_ms = o->connect_ms > 0 ? o->connect_ms : d.connect_ms;
    o->head_ms = o->head_ms > 0 ? o->head_ms : d.head_ms;
    o->idle_ms = o->idle_ms > 0 ? o->idle_ms : d.idle_ms;
    o->total_ms = o->total_ms > 0 ? o->total_ms : d.total_ms;
    o->min_rate = o->min_rate ? o->min_rate : d.min_rate;
    o->max_total = o->max_total ? o->max_total : d.max_total;
    o->max_per_host = o->max_per_host ? o->max_per_host : d.max_per_host;
    o->spool_memory = o->spool_memory ? o->spool_memory : d.spool_memory;
}

static int keep_options(struct curl_fetcher *f,
                        const struct stet_fetch_options *o,
                        struct stet_error *err)
{
    const char **strings[] = { &f->o.user_agent,      &f->o.from,
                               &f->o.accept_language, &f->o.cacert,
                               &f->o.proxy,           &f->o.cookie_file,
                               &f->o.spool_dir };
    int rc;

    f->o = *o;
    set_defaults(&f->o);
    for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
        if (*strings[i] && !keep_string(f, strings[i]))
            return STET_ENOMEM;
    rc = keep_headers(f, err);
    if (!rc)
        rc = keep_connect_to(f);
    return rc ? rc : keep_allowed(f);
}

/* One jar for all transfers, filled once from the file. */
static int open_cookies(struct curl_fetcher *f)
{
    CURL *easy = NULL;
    int rc = STET_ENOMEM;

    if (!f->o.cookie_file)
        return STET_OK;
    easy = curl_easy_init();
    if (easy &&
        !curl_share_setopt(f->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE) &&
        !curl_easy_setopt(easy, CURLOPT_SHARE, f->share) &&
        !curl_easy_setopt(easy, CURLOPT_COOKIEFILE, f->o.cookie_file) &&
        !curl_easy_setopt(easy, CURLOPT_COOKIELIST, "RELOAD"))
        rc = STET_OK;
    curl_easy_cleanup(easy);
    return rc;
}

/* A connection beside others of its server goes on with their session. */
static int open_share(struct curl_fetcher *f)
{
    f->share = curl_share_init();
    return f->share && !curl_share_setopt(f->share, CURLSHOPT_SHARE,
                                          CURL_LOCK_DATA_SSL_SESSION)
               ? STET_OK
               : STET_ENOMEM;
}

static int open_multi(struct curl_fetcher *f)
{
    CURLM *m = f->multi = curl_multi_init();

    if (!m ||
        curl_multi_setopt(m, CURLMOPT_MAX_TOTAL_CONNECTIONS,
                          (long)f->o.max_total) ||
        curl_multi_setopt(m, CURLMOPT_MAX_HOST_CONNECTIONS,
                          (long)f->o.max_per_host) ||
        curl_multi_setopt(m, CURLMOPT_MAXCONNECTS, (long)f->o.max_total) ||
        curl_multi_setopt(m, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX))
        return STET_ENOMEM;
    return STET_OK;
}

int stet_fetch_curl_new(struct stet_fetcher *out,
                        const struct stet_fetch_options *o,
                        const struct stet_clock *clock, struct stet_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct curl_fetcher *f = NULL;
    int rc = STET_ENOMEM;

    *out = (struct stet_fetcher){ 0 };
    pthread_once(&once, global_init);
    if (global_status != CURLE_OK || !(f = stet_alloc(sizeof(*f))))
        goto done;
    stet_arena_init(&f->kept, MAX_KEPT);
    f->clock = clock;
    f->refusals = atomic_load(&refusals);
    f->servers = stet_alloc(SERVERS * sizeof(*f->servers));
    if (!f->servers)
        goto done;
    rc = keep_options(f, o, err);
    if (!rc)
        rc = open_multi(f);
    if (!rc)
        rc = open_share(f);
    if (!rc)
        rc = open_cookies(f);
done:
    if (rc == STET_ENOMEM)
        rc = stet_fail(err, rc, "out of memory for libcurl");
    if (rc < 0)
        free_fetcher(f);
    else
        *out = (struct stet_fetcher){ &curl_ops, f };
    return rc;
}
