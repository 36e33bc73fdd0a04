/* What became of a transfer. */
#include "base/mem.h"
#include "fetch/transfer.h"

#include <stdio.h>
#include <string.h>

/* libcurl's codes where no head came, or none that it could read. */
static enum stet_outcome without_head(const struct transfer *t, CURLcode rc)
{
    bool heard = t->head.len || t->interim.len;

    switch ((int)rc) {
    case CURLE_OK:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
        return heard ? STET_OUT_DISCONNECTED : STET_OUT_EMPTY;
    case CURLE_COULDNT_RESOLVE_HOST:
        return STET_OUT_DNS;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return STET_OUT_PROXY;
    case CURLE_COULDNT_CONNECT:
        return t->refused ? STET_OUT_BLOCKED : STET_OUT_REFUSED;
    case CURLE_OPERATION_TIMEDOUT:
        return t->sent ? STET_OUT_TIMEOUT : STET_OUT_UNREACHABLE;
    case CURLE_URL_MALFORMAT:
    case CURLE_LOGIN_DENIED:
        return STET_OUT_URL;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
        return STET_OUT_CERTIFICATE;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ENGINE_INITFAILED:
        return STET_OUT_TLS;
    case CURLE_SEND_ERROR:
        return STET_OUT_SEND;
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return STET_OUT_DISCONNECTED;
    default: /* OUT_OF_MEMORY is then a header line over libcurl's limit */
        return t->sent ? STET_OUT_MALFORMED : STET_OUT_INTERNAL;
    }
}

/* Where the fields contradict each other libcurl stops where it thinks fit,
 * and whether that is the end nobody can say. */
static bool is_ambiguous(const struct transfer *t)
{
    return t->x->framing.kind == STET_FRAMING_CLOSE && !t->h2 &&
           stet_transfer_is_doubtful(&t->x->framing);
}

/* The same with a whole head: what matters is where the body stopped. */
static enum stet_outcome with_head(struct transfer *t, CURLcode rc)
{
    bool refused_chunk = strstr(t->error, "chunked-encoding") != NULL;
    int body = t->reader.status;

    if (body != STET_END && rc == CURLE_OK)
        body = stet_body_finish(&t->reader);
    if (body == STET_END && t->odd) {
        t->why = t->odd;
        return STET_OUT_MALFORMED;
    }
    if (body == STET_END && is_ambiguous(t)) {
        t->why = "its fields contradict each other about its length";
        return STET_OUT_MALFORMED;
    }
    if (body == STET_END)
        return STET_OUT_OK;
    if (body == STET_EFORMAT || body == STET_ELIMIT || refused_chunk)
        return STET_OUT_MALFORMED;
    switch ((int)rc) {
    case CURLE_OK:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return STET_OUT_DISCONNECTED;
    case CURLE_OPERATION_TIMEDOUT:
        return STET_OUT_TIMEOUT;
    default:
        return STET_OUT_MALFORMED;
    }
}

static enum stet_truncated truncated_of(enum stet_outcome o)
{
    if (o == STET_OUT_OK)
        return STET_NOT_TRUNCATED;
    if (o == STET_OUT_LENGTH)
        return STET_TRUNCATED_LENGTH;
    if (o == STET_OUT_TIME || o == STET_OUT_TIMEOUT)
        return STET_TRUNCATED_TIME;
    if (o == STET_OUT_DISCONNECTED)
        return STET_TRUNCATED_DISCONNECT;
    return STET_TRUNCATED_UNSPECIFIED;
}

static const char *words_for(const struct transfer *t, CURLcode rc)
{
    if (t->x->outcome == STET_OUT_OK)
        return "";
    if (t->why)
        return t->why;
    if (t->x->outcome == STET_OUT_BLOCKED)
        return t->refused;
    if (t->reader.fault)
        return t->reader.fault;
    if (rc == CURLE_OUT_OF_MEMORY && t->sent)
        return "a header line longer than libcurl takes";
    if (rc == CURLE_BAD_FUNCTION_ARGUMENT && t->sent)
        return "a header line that libcurl cannot read";
    if (t->error[0])
        return t->error;
    if (rc != CURLE_OK)
        return curl_easy_strerror(rc);
    return t->x->outcome == STET_OUT_EMPTY ? "closed before any byte"
                                           : "closed before the end";
}

/* Words of the network's making go into logs as one printable line. */
static void put_words(char *out, size_t cap, const char *words)
{
    size_t n = 0;

    for (; n + 1 < cap && words[n]; n++)
        out[n] =
            (unsigned char)words[n] < ' ' || words[n] == 0x7F ? ' ' : words[n];
    out[n] = '\0';
}

/* "GET / HTTP/2" is libcurl's way of putting it. */
static int settle_line(struct stet_buf *b)
{
    struct stet_span line =
        stet_span_cut(&(struct stet_span){ b->data, b->len }, '\n');
    struct stet_buf fixed;

    if (line.len <= 7 || memcmp(line.ptr + line.len - 7, "HTTP/2\r", 7) != 0)
        return STET_OK;
    stet_buf_init(&fixed, b->max);
    stet_buf_add(&fixed, b->data, line.len - 2);
    stet_buf_adds(&fixed, "1.1\r");
    stet_buf_add(&fixed, b->data + line.len, b->len - line.len);
    stet_buf_clear(b);
    *b = fixed;
    return stet_buf_status(b);
}

static int settle_request(struct transfer *t)
{
    struct stet_buf *b = &t->request;
    struct stet_head h;
    int rc = t->h2 ? settle_line(b) : STET_OK;

    stet_head_init(&h);
    if (rc == STET_OK && b->len)
        rc = stet_head_parse_request(&h, stet_buf_span(b), NULL);
    for (size_t i = 0; rc == STET_OK && i < h.n_fields; i++)
        t->x->has_credentials |= stet_field_is_secret(h.fields[i].name);
    stet_head_clear(&h);
    t->x->request = stet_buf_take_bytes(b);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

/* Whether an earlier connection served; libcurl counts the new ones. */
static bool was_reused(struct transfer *t)
{
    long connects = 1;

    return t->sent &&
           !curl_easy_getinfo(t->easy, CURLINFO_NUM_CONNECTS, &connects) &&
           connects == 0;
}

/* A head that did not come to its end: what can be known of it. */
static int settle_part(struct transfer *t)
{
    struct stet_head h;
    int rc;

    stet_head_init(&h);
    rc = stet_head_parse_response(&h, stet_buf_span(&t->head), NULL);
    if (rc == STET_OK)
        t->x->status = h.status;
    stet_head_clear(&h);
    if (t->x->status / 100 != 1)
        return rc == STET_ENOMEM ? rc : STET_OK;
    t->x->status = 0;
    stet_buf_add_span(&t->interim, stet_buf_span(&t->head));
    stet_buf_reset(&t->head);
    return stet_buf_status(&t->interim) == STET_ENOMEM ? STET_ENOMEM : STET_OK;
}

static int settle_response(struct transfer *t)
{
    struct stet_exchange *x = t->x;
    int rc = t->head_done ? STET_OK : settle_part(t);

    x->truncated = truncated_of(x->outcome);
    x->head_is_whole = t->head_done;
    x->interim = stet_buf_take_bytes(&t->interim);
    x->head = stet_buf_take_bytes(&t->head);
    if (!x->head.len)
        x->truncated = STET_NOT_TRUNCATED;
    if (!t->head_done)
        return rc;
    x->entity_len = t->reader.entity;
    stet_hasher_finish(t->hasher, &x->entity_digest);
    if (!t->h2 && t->data_in > x->body.len && x->outcome == STET_OUT_OK)
        x->excess = t->data_in - x->body.len;
    if (!x->excess && x->outcome == STET_OUT_OK)
        x->excess = t->dropped;
    if (x->excess)
        stet_gate_note(t->f, t->key, false);
    return rc;
}

/* What could not be put together for want of memory is no answer. */
static void settle(struct transfer *t)
{
    struct stet_exchange *x = t->x;
    int request = settle_request(t), response = settle_response(t);

    if (request < 0 || response < 0) {
        t->fatal = STET_ENOMEM;
        x->outcome = STET_OUT_INTERNAL;
        put_words(x->why, sizeof(x->why), stet_strerror(STET_ENOMEM));
    }
    if (x->outcome == STET_OUT_INTERNAL)
        x->fatal = t->fatal ? t->fatal : STET_EIO;
}

struct stet_exchange *stet_verdict_take(struct transfer *t, CURLcode rc)
{
    struct stet_exchange *x = t->x;

    if (t->ended)
        x->outcome = t->outcome;
    else
        x->outcome = t->head_done ? with_head(t, rc) : without_head(t, rc);
    put_words(x->why, sizeof(x->why), words_for(t, rc));
    if (t->easy)
        x->reused = was_reused(t);
    x->took_ms = stet_clock_steady(t->f->clock) - t->begun_ms;
    settle(t);
    t->x = NULL;
    return x;
}
