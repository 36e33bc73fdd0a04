#ifndef STET_FETCH_TRANSFER_H
#define STET_FETCH_TRANSFER_H

#include "base/arena.h"
#include "fetch/fetch.h"

#include <curl/curl.h>

/*
 * One request on its way through libcurl.  Of this module's files only
 * curl.c, transfer.c, receive.c and verdict.c look in here.
 */
struct curl_fetcher;

struct transfer {
    struct transfer *next, *prev; /* in its fetcher's list */
    struct curl_fetcher *f;
    CURL *easy;   /* NULL: it never got as far as libcurl */
    bool added;   /* to the multi handle; till then it waits at the gate */
    uint64_t key; /* which server: equal for those that share connections */
    bool retried; /* over a new connection, once */
    struct curl_slist *headers;
    struct stet_exchange *x;
    char error[CURL_ERROR_SIZE];

    /* what has come in */
    struct stet_buf request, interim, head;
    size_t head_from; /* where the head under way begins, in `head` */
    bool head_done, h2;
    bool alpn_h2; /* TLS agreed on HTTP/2 */
    struct stet_body_reader reader;
    struct stet_hasher *hasher;
    uint64_t max_size;
    uint64_t data_in; /* body bytes that libcurl read */
    uint64_t dropped; /* bytes that libcurl threw away after the end */

    /* steady clock */
    int64_t begun_ms, sent_ms, heard_ms, window_ms;
    bool sent; /* connected: the request goes out */
    uint64_t window_bytes;

    const char *refused; /* by the guard: the kind of address */
    bool poisoned;       /* its connection held bytes before it was used */

    const char *odd; /* why the head is none of HTTP, or NULL */

    /* set by us when we end it; then libcurl's code says nothing */
    bool ended;
    enum stet_outcome outcome;
    const char *why;
    int fatal; /* STET_ENOMEM, STET_EIO: the fetcher is told */
};

/* A socket that libcurl has from us. */
struct connection {
    int fd;
    int port;                    /* ours; 0: not asked for yet */
    bool used;                   /* it has carried a request */
    bool h2;                     /* the server may speak unasked */
    uint64_t key;                /* of the server */
    const struct transfer *user; /* NULL: idle */
    int64_t idle_ms;             /* since when */
};

/* What is known of a server's manners. */
struct server {
    uint64_t key;
    unsigned clean; /* answers that nothing followed */
    bool guilty;    /* it has sent bytes beyond an answer */
};

enum { SERVERS = 4096 }; /* remembered; a newer one takes another's place */

/* What a fetcher was made with, and what its transfers share. */
struct curl_fetcher {
    struct stet_fetch_options o; /* strings and arrays in `kept` */
    struct stet_arena kept;
    const struct stet_clock *clock;
    struct curl_slist *connect_to;
    CURLM *multi;
    CURLSH *share; /* TLS sessions, and the cookies if there are any */
    struct connection *connections;
    size_t n_connections, cap_connections;
    struct server *servers; /* SERVERS of them, by key */
    struct transfer *first, *last;
    size_t active;
    int64_t gate_ms;  /* when a transfer at the gate may be let in */
    int64_t sweep_ms; /* when the limits are to be looked at again */
    bool stirred;     /* libcurl is to be called though nothing came */
    int fatal;
    unsigned long refusals; /* to libcurl, of memory, before it was made */
};

/* transfer.c */
STET_NODISCARD int stet_transfer_new(struct transfer **out,
                                     struct curl_fetcher *f,
                                     const struct stet_fetch_request *r,
                                     struct stet_error *err);
void stet_transfer_free(struct transfer *t);

/* Ends it from our side; the first reason given stays. */
void stet_transfer_end(struct transfer *t, enum stet_outcome o,
                       const char *why);
void stet_transfer_fail(struct transfer *t, int code);

/* True for what makes the end of a message a matter of opinion. */
bool stet_transfer_is_doubtful(const struct stet_framing *f);

/* receive.c: libcurl's callbacks; ctx is the transfer */
size_t stet_receive_header(char *p, size_t size, size_t n, void *ctx);
size_t stet_receive_body(char *p, size_t size, size_t n, void *ctx);
int stet_receive_debug(CURL *easy, curl_infotype type, char *p, size_t n,
                       void *ctx);
int stet_receive_connected(void *ctx, char *ip, char *local_ip, int port,
                           int local_port);

/* connection.c: libcurl's callbacks too; ctx is the transfer, and of
 * _close() the fetcher, which outlives them */
curl_socket_t stet_connection_open(void *ctx, curlsocktype purpose,
                                   struct curl_sockaddr *a);
int stet_connection_close(void *ctx, curl_socket_t fd);
struct connection *stet_connection_find(struct curl_fetcher *f, int local_port);

/* It is idle, open, and nothing has come since its last answer. */
bool stet_connection_is_quiet(const struct connection *c);

/* The server has sent something nobody asked for. */
bool stet_connection_is_poisoned(const struct connection *c);

/* The transfer is over: its connection is idle. */
void stet_connection_release(struct curl_fetcher *f, const struct transfer *t);

/*
 * gate.c: lets transfers into libcurl, as many as the limits allow and in
 * the order they came.  A server that has just answered gets its next
 * request a moment later, so that what it sends beyond its answer is seen
 * before it can pass for the answer to the next one.
 */
uint64_t stet_gate_key(const struct curl_fetcher *f, struct stet_span url);
void stet_gate_note(struct curl_fetcher *f, uint64_t key, bool clean);
STET_NODISCARD int stet_gate_open(struct curl_fetcher *f);

/* verdict.c: fills in the exchange of a transfer that is over and hands it
 * over; rc is libcurl's. */
struct stet_exchange *stet_verdict_take(struct transfer *t, CURLcode rc);

#endif
