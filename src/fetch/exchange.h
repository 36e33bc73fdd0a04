#ifndef STET_FETCH_EXCHANGE_H
#define STET_FETCH_EXCHANGE_H

#include "base/digest.h"
#include "base/spool.h"
#include "http/body.h"

/*
 * How an exchange with a server came out.  The second column is the stable
 * word for logs, the third says whether trying again later makes sense.
 */
#define STET_OUTCOMES(X)                              \
    X(STET_OUT_OK, "ok", false)                       \
    X(STET_OUT_DNS, "dns", true)                      \
    X(STET_OUT_REFUSED, "refused", true)              \
    X(STET_OUT_UNREACHABLE, "connect-timeout", true)  \
    X(STET_OUT_PROXY, "proxy", true)                  \
    X(STET_OUT_BLOCKED, "blocked-address", false)     \
    X(STET_OUT_SCHEME, "bad-scheme", false)           \
    X(STET_OUT_URL, "bad-url", false)                 \
    X(STET_OUT_TLS, "tls", true)                      \
    X(STET_OUT_CERTIFICATE, "tls-certificate", false) \
    X(STET_OUT_SEND, "send", true)                    \
    X(STET_OUT_EMPTY, "empty", true)                  \
    X(STET_OUT_TIMEOUT, "timeout", true)              \
    X(STET_OUT_TIME, "time", false)                   \
    X(STET_OUT_LENGTH, "length", false)               \
    X(STET_OUT_DISCONNECTED, "disconnected", true)    \
    X(STET_OUT_MALFORMED, "malformed", false)         \
    X(STET_OUT_CANCELLED, "cancelled", true)          \
    X(STET_OUT_INTERNAL, "internal", true)

/*
 * OK           a whole response, whatever its status
 * DNS          the name did not resolve
 * REFUSED      no connection;  UNREACHABLE: not in time
 * PROXY        the proxy said no or is not there
 * BLOCKED      by our guard: a private or reserved address
 * SCHEME, URL  not http or https; not a URL that can be sent
 * TLS          the handshake failed;  CERTIFICATE: not to be trusted
 * SEND         the request did not get out
 * EMPTY        closed before any byte
 * TIMEOUT      no head in time, idle, or too slow
 * TIME         the total time is over
 * LENGTH       larger than max_size
 * DISCONNECTED the head or the body is cut
 * MALFORMED    not HTTP as libcurl or we can read it; also where the fields
 *              contradict each other about the length
 * CANCELLED    by us;  INTERNAL: no memory or no disk
 */
enum stet_outcome {
#define STET_X(name, word, retry) name,
    STET_OUTCOMES(STET_X)
#undef STET_X
        STET_OUTCOMES_COUNT
};

/* The word of an outcome; never NULL. */
const char *stet_outcome_name(enum stet_outcome o);
bool stet_outcome_is_transient(enum stet_outcome o);

/* Why a body is not whole: the words of WARC-Truncated. */
enum stet_truncated {
    STET_NOT_TRUNCATED,
    STET_TRUNCATED_LENGTH,
    STET_TRUNCATED_TIME,
    STET_TRUNCATED_DISCONNECT,
    STET_TRUNCATED_UNSPECIFIED,
};

/* "length", "time", "disconnect", "unspecified"; NULL when not truncated. */
const char *stet_truncated_name(enum stet_truncated t);

enum stet_protocol {
    STET_PROTOCOL_UNKNOWN,
    STET_PROTOCOL_HTTP_1_0,
    STET_PROTOCOL_HTTP_1_1,
    STET_PROTOCOL_H2,
};

/* "http/1.0", "http/1.1", "h2" as WARC-Protocol has it; NULL if unknown. */
const char *stet_protocol_name(enum stet_protocol p);

/*
 * One exchange with a server, with the bytes as they went over the wire.
 * A plain value that owns what it holds; whoever was given it frees it.
 *
 * There is a response to archive when `head` is not empty, also for outcomes
 * other than OK: then `truncated` says why it is not whole.
 */
struct stet_exchange {
    uint64_t id; /* of the request */
    void *ctx;   /* of the request */
    struct stet_bytes url;

    enum stet_outcome outcome;
    char why[160]; /* libcurl's or our words for it; "" when OK */
    int fatal;     /* INTERNAL: STET_ENOMEM or STET_EIO; else 0 */

    int64_t started_ms; /* wall clock, when the request was begun */
    int64_t took_ms;    /* until its end; never negative */

    /* The head as sent; HTTP/2: written as HTTP/1.1 text, field names in
     * lower case as libcurl has them. */
    struct stet_bytes request;
    /* 1xx heads as received, one after the other. */
    struct stet_bytes interim;
    /* The final head, byte for byte with its empty line; HTTP/2: its status
     * line is "HTTP/1.1 NNN Reason", fields follow as libcurl prints them. */
    struct stet_bytes head;
    bool head_is_whole; /* false: cut, or not readable past its end */
    /* The message body as received: chunk framing and trailers are in it. */
    struct stet_spool body;

    int status;                  /* 0 when there is no response */
    struct stet_framing framing; /* of body; HTTP/2: LENGTH or CLOSE */
    enum stet_truncated truncated;
    struct stet_digest entity_digest; /* transfer coding removed, content
                                         coding kept; also of a part */
    uint64_t entity_len;
    uint64_t excess; /* bytes the server sent after the message's end, as
                        far as they were read; they are not kept */

    char ip[46]; /* of the peer; "" when there was no connection */
    int port;
    enum stet_protocol protocol;
    char tls[12];         /* "tls/1.3"; "" without TLS */
    char cipher[48];      /* IANA name, "TLS_AES_128_GCM_SHA256" */
    bool reused;          /* sent over a connection that was there */
    bool has_credentials; /* the request carries some: redact it */
};

void stet_exchange_init(struct stet_exchange *x);
void stet_exchange_clear(struct stet_exchange *x);

/* Clears and frees one that a fetcher handed out.  NULL is fine. */
void stet_exchange_free(struct stet_exchange *x);

#endif
