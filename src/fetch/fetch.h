#ifndef STET_FETCH_FETCH_H
#define STET_FETCH_FETCH_H

#include "base/clock.h"
#include "fetch/exchange.h"
#include "fetch/guard.h"

/*
 * Fetching behind a table of functions: libcurl, a browser or a test's
 * double.  A fetcher belongs to one thread (only _wakeup() may come from
 * another) and runs many requests at once:
 *
 *     stet_fetcher_start(&f, &request, &err);
 *     while (stet_fetcher_step(&f, 1000, &active, &err) == STET_OK && active)
 *         ;
 *
 * Redirects are not followed, cookies are kept only when asked for, and
 * nothing is decoded: every exchange is one request and one response.  All
 * requests are GET.
 *
 * Requests may be started in any number: those over the limits wait.  A
 * request that a used connection left without any answer is sent once more
 * over a new one; nothing else is tried again.  Bytes that a server sends
 * beyond an answer end its connection and are counted, never taken for
 * another answer: that is why a server's next request goes out 10 ms after
 * its last answer, or 1 ms once eight answers were clean.
 */

/* What the answer is wanted for: chooses Accept as browsers send it. */
enum stet_accept {
    STET_ACCEPT_ANY,
    STET_ACCEPT_DOCUMENT,
    STET_ACCEPT_STYLE,
    STET_ACCEPT_IMAGE,
    STET_ACCEPT_SCRIPT,
    STET_ACCEPT_FONT,
};

/* Copied by _start(); the spans need not outlive it. */
struct stet_fetch_request {
    uint64_t id;
    void *ctx;
    struct stet_span url;           /* absolute, serialised, without userinfo */
    struct stet_span referer;       /* "" is none */
    struct stet_span etag;          /* for If-None-Match, "" is none */
    struct stet_span last_modified; /* for If-Modified-Since */
    struct stet_span credentials;   /* "user:password" for Basic; "" is none */
    enum stet_accept accept;
    uint64_t max_size; /* of the body; 0: that of the options */
};

/* Called from within _step(); the exchange is the callee's to free. */
typedef void stet_fetch_done_fn(void *ctx, struct stet_exchange *x);

/* AUTO takes HTTP/2 where TLS offers it; HTTP_2 uses nothing else. */
enum stet_http_version { STET_HTTP_AUTO, STET_HTTP_1_1, STET_HTTP_2 };

/* What a fetcher is made with; the strings are copied.  Zeroed numbers and
 * NULL strings stand for what stet_fetch_options_init() sets. */
struct stet_fetch_options {
    const char *user_agent;
    const char *from;            /* operator's address; NULL: none */
    const char *accept_language; /* NULL: none is sent */
    const char *const *headers;  /* "Name: value", sent with every request */
    size_t n_headers;
    const char *const *connect_to; /* HOST1:PORT1:HOST2:PORT2, as curl's */
    size_t n_connect_to;
    const char *cacert;      /* PEM file; NULL: the system's */
    bool insecure;           /* do not verify certificates */
    const char *proxy;       /* http:// or socks5h://; NULL: none, and the
                                environment is not asked.  Through a proxy
                                only addresses in URLs can be guarded, not
                                those that names lead to. */
    const char *cookie_file; /* Netscape form, read only, sent and in memory
                                kept up to date; NULL: no cookies */
    const struct stet_cidr *allow; /* addresses the guard lets through */
    size_t n_allow;

    enum stet_http_version http;
    int connect_ms; /* 10,000; to connect, TLS included */
    int head_ms;    /* 30,000; to the whole head */
    int idle_ms;    /* 30,000; without any byte */
    int total_ms;   /* 300,000; for all of it */
    int min_rate;   /* 64 bytes a second, over idle_ms; negative: none */

    uint64_t max_size;            /* of one body; 0: no limit */
    size_t max_total;             /* connections, 64 */
    size_t max_per_host;          /* connections to one host, 6 */
    const char *spool_dir;        /* NULL: $TMPDIR or /tmp */
    size_t spool_memory;          /* 1 MB of a body stay in memory */
    enum stet_digest_kind digest; /* STET_SHA256 */

    stet_fetch_done_fn *on_done;
    void *done_ctx;
};

/* The defaults named above. */
void stet_fetch_options_init(struct stet_fetch_options *o);

struct stet_fetcher_ops {
    int (*start)(void *self, const struct stet_fetch_request *r,
                 struct stet_error *err);
    int (*step)(void *self, int wait_ms, size_t *active,
                struct stet_error *err);
    void (*wakeup)(void *self);
    void (*cancel_all)(void *self);
    void (*free)(void *self);
};

struct stet_fetcher {
    const struct stet_fetcher_ops *ops;
    void *self;
};

/*
 * Begins a request.  What the world says about it, a bad URL too, comes as
 * an exchange; this fails only with STET_ENOMEM or STET_EUSAGE.
 */
STET_NODISCARD int stet_fetcher_start(struct stet_fetcher *f,
                                      const struct stet_fetch_request *r,
                                      struct stet_error *err);

/*
 * Moves everything on, waiting at most wait_ms for something to happen (0:
 * does not wait), and hands finished exchanges to on_done, which may start
 * others.  *active is how many are still under way; with none it returns
 * at once unless wait_ms > 0, when a wakeup ends the wait.
 */
STET_NODISCARD int stet_fetcher_step(struct stet_fetcher *f, int wait_ms,
                                     size_t *active, struct stet_error *err);

/* Ends the wait of a _step() under way, or the next one; any thread. */
void stet_fetcher_wakeup(struct stet_fetcher *f);

/* Ends all that is under way: each comes to on_done as CANCELLED, with what
 * it has so far, before this returns. */
void stet_fetcher_cancel_all(struct stet_fetcher *f);

/* Frees it; what is under way is dropped without on_done. */
void stet_fetcher_free(struct stet_fetcher *f);

/*
 * The libcurl one.  STET_ENOMEM; STET_EUSAGE when libcurl refuses an option
 * (err says which).  The clock outlives the fetcher.
 */
STET_NODISCARD int stet_fetch_curl_new(struct stet_fetcher *out,
                                       const struct stet_fetch_options *o,
                                       const struct stet_clock *clock,
                                       struct stet_error *err);

#endif
