/* libcurl's callbacks: the bytes as they come in. */
#include "base/mem.h"
#include "fetch/transfer.h"

#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>

static int64_t now(const struct transfer *t)
{
    return stet_clock_steady(t->f->clock);
}

/* -- connecting ---------------------------------------------------------- */

/* libcurl knows the session only while the transfer is under way. */
static void note_tls(struct transfer *t)
{
    struct curl_tlssessioninfo *info = NULL;
    const unsigned char *alpn = NULL;
    const char *name;
    unsigned len = 0;
    SSL *ssl;

    if (t->x->tls[0] ||
        curl_easy_getinfo(t->easy, CURLINFO_TLS_SSL_PTR, &info) != CURLE_OK ||
        !info || info->backend != CURLSSLBACKEND_OPENSSL || !info->internals)
        return;
    ssl = info->internals;
    SSL_get0_alpn_selected(ssl, &alpn, &len);
    t->alpn_h2 = len == 2 && memcmp(alpn, "h2", 2) == 0;
    name = SSL_get_version(ssl);
    if (strncmp(name, "TLSv1", 5) != 0)
        return;
    snprintf(t->x->tls, sizeof(t->x->tls), "tls/%s",
             name[5] ? name + 4 : "1.0");
    name = SSL_CIPHER_standard_name(SSL_get_current_cipher(ssl));
    if (name)
        snprintf(t->x->cipher, sizeof(t->x->cipher), "%s", name);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): libcurl's type */
int stet_receive_connected(void *ctx, char *ip, char *local_ip, int port,
                           int local_port)
{
    struct transfer *t = ctx;
    struct stet_exchange *x = t->x;
    struct connection *c = stet_connection_find(t->f, local_port);

    (void)local_ip;
    note_tls(t);
    if (c && (t->alpn_h2 || t->f->o.http == STET_HTTP_2))
        c->h2 = true;
    if (c && c->used)
        stet_gate_note(t->f, t->key, !stet_connection_is_poisoned(c));
    if (c && stet_connection_is_poisoned(c)) {
        t->poisoned = true;
        return CURL_PREREQFUNC_ABORT;
    }
    if (c) {
        c->used = true;
        c->user = t;
    }
    if (!t->f->o.proxy) {
        snprintf(x->ip, sizeof(x->ip), "%s", ip);
        x->port = port;
    }
    t->sent = true;
    t->sent_ms = t->heard_ms = now(t);
    x->started_ms = stet_clock_wall(t->f->clock);
    t->begun_ms = t->sent_ms;
    t->f->sweep_ms = 0;
    return CURL_PREREQFUNC_OK;
}

/* -- what goes out ------------------------------------------------------- */

/* A request may go out twice (a dead connection) or in pieces. */
static void keep_request(struct transfer *t, const char *p, size_t n)
{
    struct stet_span piece = { p, n };

    if (stet_span_starts(piece, STET_SPAN("CONNECT ")))
        return;
    if (stet_span_starts(piece, STET_SPAN("GET ")))
        stet_buf_reset(&t->request);
    stet_buf_add(&t->request, p, n);
    if (stet_buf_status(&t->request) < 0)
        stet_transfer_fail(t, stet_buf_status(&t->request));
}

/*
 * What comes with an answer that has no body (204, 304) libcurl drops without
 * calling it data, and keeps the connection.  It says so in words only:
 * "Excess found: excess = 15 url = / (zero-length body)".
 */
static void note_excess(struct transfer *t, struct stet_span words)
{
    size_t at = stet_span_find(words, STET_SPAN("excess = "));
    struct stet_span n = stet_span_sub(words, at + 9, words.len);
    uint64_t excess;

    n = stet_span_cut(&n, ' ');
    if (n.ptr && stet_span_to_u64(n, &excess) && excess > 0) {
        t->dropped = excess;
        curl_easy_setopt(t->easy, CURLOPT_FORBID_REUSE, 1L);
    }
}

int stet_receive_debug(CURL *easy, curl_infotype type, char *p, size_t n,
                       void *ctx)
{
    struct transfer *t = ctx;

    (void)easy;
    if (type == CURLINFO_HEADER_OUT)
        keep_request(t, p, n);
    else if (type == CURLINFO_DATA_IN)
        t->data_in += n;
    else if (type == CURLINFO_TEXT &&
             stet_span_starts((struct stet_span){ p, n },
                              STET_SPAN("Excess found")))
        note_excess(t, (struct stet_span){ p, n });
    return 0;
}

/* -- the head ------------------------------------------------------------ */

/* RFC 9110 section 15: phrases for HTTP/2, which has none. */
static const char *phrase_of(int status)
{
    static const struct {
        int status;
        const char *phrase;
    } known[] = {
        { 200, "OK" },
        { 201, "Created" },
        { 202, "Accepted" },
        { 203, "Non-Authoritative Information" },
        { 204, "No Content" },
        { 206, "Partial Content" },
        { 300, "Multiple Choices" },
        { 301, "Moved Permanently" },
        { 302, "Found" },
        { 303, "See Other" },
        { 304, "Not Modified" },
        { 307, "Temporary Redirect" },
        { 308, "Permanent Redirect" },
        { 400, "Bad Request" },
        { 401, "Unauthorized" },
        { 402, "Payment Required" },
        { 403, "Forbidden" },
        { 404, "Not Found" },
        { 405, "Method Not Allowed" },
        { 406, "Not Acceptable" },
        { 408, "Request Timeout" },
        { 409, "Conflict" },
        { 410, "Gone" },
        { 421, "Misdirected Request" },
        { 429, "Too Many Requests" },
        { 451, "Unavailable For Legal Reasons" },
        { 500, "Internal Server Error" },
        { 501, "Not Implemented" },
        { 502, "Bad Gateway" },
        { 503, "Service Unavailable" },
        { 504, "Gateway Timeout" },
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (known[i].status == status)
            return known[i].phrase;
    return "";
}

/* "HTTP/2 200" can be libcurl's way of putting a frame, or the words of an
 * HTTP/1 server. */
static bool is_h2_line(const struct transfer *t, struct stet_span line)
{
    bool could = t->x->tls[0] ? t->alpn_h2 : t->f->o.http == STET_HTTP_2;

    return could && stet_span_starts(line, STET_SPAN("HTTP/2 "));
}

/* Adds a line of the head; HTTP/2's first is put into HTTP/1.1's words. */
static void keep_line(struct transfer *t, struct stet_span line)
{
    struct stet_span rest = line, code;
    uint64_t status;

    if (t->head.len == 0)
        t->h2 = is_h2_line(t, line);
    if (t->head.len || !t->h2) {
        stet_buf_add_span(&t->head, line);
        return;
    }
    stet_span_cut(&rest, ' ');
    code = stet_span_trim(rest);
    if (!stet_span_to_u64(code, &status) || status > 999)
        status = 0;
    stet_buf_addf(&t->head, "HTTP/1.1 %03d %s\r\n", (int)status,
                  phrase_of((int)status));
}

static int hash_entity(void *ctx, const char *p, size_t n)
{
    stet_hasher_add(ctx, p, n);
    return STET_OK;
}

/* Puts an interim head away. */
static int keep_interim(struct transfer *t)
{
    stet_buf_add_span(&t->interim, stet_buf_span(&t->head));
    stet_buf_reset(&t->head);
    return stet_buf_status(&t->interim);
}

/*
 * The final head says how the body is framed.  Of one that is no head of
 * HTTP, which libcurl takes all the same, nothing is believed: what libcurl
 * gives is kept to its end.
 */
static int begin_body(struct transfer *t, const struct stet_head *h)
{
    struct stet_exchange *x = t->x;
    int rc = STET_OK;

    x->status = h->status;
    if (t->odd)
        x->framing = (struct stet_framing){ .kind = STET_FRAMING_CLOSE };
    else
        rc = stet_framing_of_response(&x->framing, h, STET_SPAN("GET"));
    if (rc == STET_OK)
        rc = stet_hasher_new(&t->hasher, t->f->o.digest, NULL);
    if (rc < 0)
        return rc;
    if (t->h2 && x->framing.kind == STET_FRAMING_CHUNKED)
        x->framing.kind = STET_FRAMING_CLOSE;
    if (x->framing.kind == STET_FRAMING_LENGTH)
        stet_spool_expect(&x->body, x->framing.length);
    stet_body_init(&t->reader, &x->framing, hash_entity, t->hasher);
    t->head_done = true;
    t->window_ms = now(t);
    if (t->odd || stet_transfer_is_doubtful(&x->framing) || h->status == 101)
        curl_easy_setopt(t->easy, CURLOPT_FORBID_REUSE, 1L);
    if (h->status == 101)
        stet_transfer_end(t, STET_OUT_MALFORMED,
                          "a protocol switch not asked for");
    return STET_OK;
}

/* A whole head has come; false ends the transfer. */
static bool on_head(struct transfer *t)
{
    struct stet_head h;
    int rc;

    stet_head_init(&h);
    rc = stet_head_parse_response(&h, stet_buf_span(&t->head), NULL);
    if (rc == STET_EFORMAT) {
        t->odd = "no status line";
        rc = STET_OK;
    } else if (rc == STET_OK) {
        t->x->protocol = t->h2         ? STET_PROTOCOL_H2
                         : h.minor > 0 ? STET_PROTOCOL_HTTP_1_1
                                       : STET_PROTOCOL_HTTP_1_0;
    }
    if (rc == STET_OK)
        rc = h.status / 100 == 1 && h.status != 101 ? keep_interim(t)
                                                    : begin_body(t, &h);
    if (rc < 0)
        stet_transfer_fail(t, rc);
    stet_head_clear(&h);
    return rc == STET_OK && !t->ended;
}

/* To libcurl a head ends with any line that begins with a line end, and what
 * is behind a CR there is part of it. */
static bool ends_head(struct transfer *t, struct stet_span line)
{
    if (line.len == 0 || (line.ptr[0] != '\r' && line.ptr[0] != '\n'))
        return false;
    if (!stet_span_eqs(line, "\r\n") && !stet_span_eqs(line, "\n"))
        t->odd = "the head does not end with an empty line";
    return true;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): libcurl's type */
size_t stet_receive_header(char *p, size_t size, size_t n, void *ctx)
{
    struct stet_span line = { p, size * n };
    struct transfer *t = ctx;

    t->heard_ms = now(t);
    if (t->ended)
        return 0;
    if (t->head_done)
        return line.len; /* HTTP/2's trailers have no place in the record */
    keep_line(t, line);
    if (t->head.len + t->interim.len > STET_MAX_HEAD)
        stet_transfer_end(t, STET_OUT_MALFORMED, "the head is too long");
    else if (stet_buf_status(&t->head) < 0)
        stet_transfer_fail(t, stet_buf_status(&t->head));
    else if (!ends_head(t, line) || on_head(t))
        return line.len;
    return 0;
}

/* -- the body ------------------------------------------------------------ */

/* NOLINTNEXTLINE(readability-non-const-parameter): libcurl's type */
size_t stet_receive_body(char *p, size_t size, size_t n, void *ctx)
{
    struct stet_span piece = { p, size * n };
    struct transfer *t = ctx;
    struct stet_spool *body = &t->x->body;
    size_t used;
    int rc;

    t->heard_ms = now(t);
    t->window_bytes += piece.len;
    if (t->ended || !t->head_done)
        return 0;
    if (t->max_size && piece.len > t->max_size - body->len) {
        piece.len = (size_t)(t->max_size - body->len);
        rc = stet_body_feed(&t->reader, piece, &used);
        if (rc != STET_END)
            stet_transfer_end(t, STET_OUT_LENGTH, "larger than the size limit");
    } else {
        rc = stet_body_feed(&t->reader, piece, &used);
    }
    if (rc == STET_EFORMAT || rc == STET_ELIMIT) {
        stet_transfer_end(t, STET_OUT_MALFORMED, t->reader.fault);
        used = piece.len;
    }
    rc = stet_spool_add(body, piece.ptr, used, NULL);
    if (rc < 0) {
        stet_transfer_fail(t, rc);
        return 0;
    }
    /* Ending it here closes a connection that holds bytes of nobody's. */
    return t->ended || used < size * n ? 0 : size * n;
}
