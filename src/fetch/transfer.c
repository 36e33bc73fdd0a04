#include "fetch/transfer.h"

#include "base/fail.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum {
    MAX_URL = 64 * 1024,         /* that is asked for */
    MAX_REQUEST = 256 * 1024,    /* bytes of one request head */
    BUFFER_BYTES = 64 * 1024,    /* what libcurl reads at a time */
    MAX_HEADER_LINE = 16 * 1024, /* of one request field */
};

void stet_transfer_end(struct transfer *t, enum stet_outcome o, const char *why)
{
    if (t->ended)
        return;
    t->ended = true;
    t->outcome = o;
    t->why = why ? why : "";
}

void stet_transfer_fail(struct transfer *t, int code)
{
    stet_transfer_end(t, STET_OUT_INTERNAL, stet_strerror(code));
    if (stet_is_fatal(code))
        t->fatal = code;
}

bool stet_transfer_is_doubtful(const struct stet_framing *f)
{
    return (f->notes & ~(unsigned)(STET_FRAMING_MANY_LENGTHS |
                                   STET_FRAMING_OTHER_CODING)) != 0;
}

void stet_transfer_free(struct transfer *t)
{
    if (!t)
        return;
    if (t->added)
        curl_multi_remove_handle(t->f->multi, t->easy);
    stet_connection_release(t->f, t);
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    stet_buf_clear(&t->request);
    stet_buf_clear(&t->interim);
    stet_buf_clear(&t->head);
    stet_hasher_free(t->hasher);
    stet_exchange_free(t->x);
    stet_free(t);
}

/* -- request fields ------------------------------------------------------ */

/* As the browsers of today send them; images without formats that replay
 * tools' browsers could not show. */
static const char *accept_of(enum stet_accept kind)
{
    switch (kind) {
    case STET_ACCEPT_DOCUMENT:
        return "text/html,application/xhtml+xml,application/xml;q=0.9,"
               "*/*;q=0.8";
    case STET_ACCEPT_STYLE:
        return "text/css,*/*;q=0.1";
    case STET_ACCEPT_IMAGE:
        return "image/avif,image/webp,image/apng,image/svg+xml,image/*,"
               "*/*;q=0.8";
    case STET_ACCEPT_ANY:
    case STET_ACCEPT_SCRIPT:
    case STET_ACCEPT_FONT:
        break;
    }
    return "*/*";
}

/* True if no byte of s could end a line of the request or start another. */
static bool is_one_line(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7F)
            return false;
    return true;
}

/* True if the user gives this field himself. */
static bool is_overridden(const struct stet_fetch_options *o, const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; i < o->n_headers; i++) {
        struct stet_span h = stet_span_of(o->headers[i]);

        if (h.len > n && h.ptr[n] == ':' && stet_span_istarts(h, name))
            return true;
    }
    return false;
}

static int put_line(struct transfer *t, const char *line)
{
    struct curl_slist *more = curl_slist_append(t->headers, line);

    if (!more)
        return STET_ENOMEM;
    t->headers = more;
    return STET_OK;
}

/* Adds a field unless its value is empty, unsafe or the user's to give. */
static int put_field(struct transfer *t, const char *name,
                     struct stet_span value)
{
    struct stet_buf line;
    int rc;

    if (!value.len || value.len > MAX_HEADER_LINE || !is_one_line(value) ||
        is_overridden(&t->f->o, name))
        return STET_OK;
    stet_buf_init(&line, MAX_HEADER_LINE + 64);
    stet_buf_addf(&line, "%s: ", name);
    stet_buf_add_span(&line, value);
    rc = stet_buf_status(&line);
    if (!rc)
        rc = put_line(t, line.data);
    stet_buf_clear(&line);
    return rc;
}

static int put_fields(struct transfer *t, const struct stet_fetch_request *r)
{
    const struct stet_fetch_options *o = &t->f->o;
    const struct {
        const char *name;
        struct stet_span value;
    } fields[] = {
        { "User-Agent", stet_span_of(o->user_agent) },
        { "From", stet_span_of(o->from) },
        { "Accept", stet_span_of(accept_of(r->accept)) },
        { "Accept-Language", stet_span_of(o->accept_language) },
        { "Accept-Encoding", STET_SPAN("gzip") },
        { "Referer", r->referer },
        { "If-None-Match", r->etag },
        { "If-Modified-Since", r->last_modified },
    };
    int rc = STET_OK;

    for (size_t i = 0; !rc && i < sizeof(fields) / sizeof(fields[0]); i++)
        rc = put_field(t, fields[i].name, fields[i].value);
    for (size_t i = 0; !rc && i < o->n_headers; i++)
        rc = put_line(t, o->headers[i]);
    return rc;
}

/* -- libcurl's options --------------------------------------------------- */

#define SET(option, value) \
    (rc = rc ? rc : curl_easy_setopt(t->easy, option, value))

/* The bytes come as they are, and nothing happens behind our back. */
static CURLcode set_manners(struct transfer *t)
{
    CURLcode rc = CURLE_OK;

    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_HTTP_TRANSFER_DECODING, 0L);
    SET(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    SET(CURLOPT_HTTP09_ALLOWED, 0L);
    SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    SET(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    SET(CURLOPT_PATH_AS_IS, 1L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_VERBOSE, 1L);
    SET(CURLOPT_NOPROGRESS, 1L);
    SET(CURLOPT_BUFFERSIZE, (long)BUFFER_BYTES);
    return rc;
}

static CURLcode set_callbacks(struct transfer *t)
{
    CURLcode rc = CURLE_OK;

    SET(CURLOPT_PRIVATE, t);
    SET(CURLOPT_ERRORBUFFER, t->error);
    SET(CURLOPT_HEADERFUNCTION, stet_receive_header);
    SET(CURLOPT_HEADERDATA, t);
    SET(CURLOPT_WRITEFUNCTION, stet_receive_body);
    SET(CURLOPT_WRITEDATA, t);
    SET(CURLOPT_DEBUGFUNCTION, stet_receive_debug);
    SET(CURLOPT_DEBUGDATA, t);
    SET(CURLOPT_PREREQFUNCTION, stet_receive_connected);
    SET(CURLOPT_PREREQDATA, t);
    SET(CURLOPT_OPENSOCKETFUNCTION, stet_connection_open);
    SET(CURLOPT_OPENSOCKETDATA, t);
    SET(CURLOPT_CLOSESOCKETFUNCTION, stet_connection_close);
    SET(CURLOPT_CLOSESOCKETDATA, t->f);
    return rc;
}

static long http_version(enum stet_http_version v)
{
    switch (v) {
    case STET_HTTP_1_1:
        return CURL_HTTP_VERSION_1_1;
    case STET_HTTP_2:
        return CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE;
    case STET_HTTP_AUTO:
        break;
    }
    return CURL_HTTP_VERSION_2TLS;
}

static CURLcode set_ways(struct transfer *t)
{
    const struct stet_fetch_options *o = &t->f->o;
    CURLcode rc = CURLE_OK;

    SET(CURLOPT_PROXY, o->proxy ? o->proxy : "");
    SET(CURLOPT_NOPROXY, "");
    if (t->f->connect_to)
        SET(CURLOPT_CONNECT_TO, t->f->connect_to);
    SET(CURLOPT_SHARE, t->f->share);
    if (o->cookie_file)
        SET(CURLOPT_COOKIEFILE, "");
    return rc;
}

static CURLcode set_options(struct transfer *t)
{
    const struct stet_fetch_options *o = &t->f->o;
    CURLcode rc = CURLE_OK;

    SET(CURLOPT_HTTP_VERSION, http_version(o->http));
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)o->connect_ms);
    SET(CURLOPT_SSL_VERIFYPEER, o->insecure ? 0L : 1L);
    SET(CURLOPT_SSL_VERIFYHOST, o->insecure ? 0L : 2L);
    if (o->cacert)
        SET(CURLOPT_CAINFO, o->cacert);
    return rc;
}

static CURLcode set_request(struct transfer *t, const char *login)
{
    CURLcode rc = CURLE_OK;

    SET(CURLOPT_URL, t->x->url.data);
    SET(CURLOPT_HTTPHEADER, t->headers);
    if (login) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        SET(CURLOPT_USERPWD, login);
    }
    return rc;
}

#undef SET

static int set_up(struct transfer *t, const struct stet_fetch_request *r,
                  struct stet_error *err)
{
    char *login = NULL;
    CURLcode cc;
    int rc = put_fields(t, r);

    if (!rc && r->credentials.len && !(login = stet_span_dup(r->credentials)))
        rc = STET_ENOMEM;
    if (!rc && !(t->easy = curl_easy_init()))
        rc = STET_ENOMEM;
    if (rc < 0)
        goto done;
    cc = set_manners(t);
    cc = cc ? cc : set_callbacks(t);
    cc = cc ? cc : set_options(t);
    cc = cc ? cc : set_ways(t);
    cc = cc ? cc : set_request(t, login);
    if (cc == CURLE_OUT_OF_MEMORY)
        rc = STET_ENOMEM;
    else if (cc)
        rc = stet_fail(err, STET_EUSAGE, "libcurl refuses an option: %s",
                       curl_easy_strerror(cc));
done:
    stet_free(login);
    return rc;
}

/* -- requests that end before they begin --------------------------------- */

/* Behind a proxy no socket of ours goes to the server: what can be judged
 * is an address in the URL itself. */
static const char *judge_host(const struct curl_fetcher *f,
                              struct stet_span url)
{
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
    struct sockaddr_in in = { .sin_family = AF_INET };
    char host[INET6_ADDRSTRLEN + 1] = "";
    size_t at = stet_span_find(url, STET_SPAN("://")), n = 0;
    bool six;

    url = stet_span_sub(url, at + 3, url.len);
    six = stet_span_starts(url, STET_SPAN("["));
    url = stet_span_sub(url, six, url.len);
    while (n < url.len && n < sizeof(host) - 1 &&
           !strchr(six ? "]" : "/:?#", url.ptr[n]))
        n++;
    memcpy(host, url.ptr, n);
    if (six && inet_pton(AF_INET6, host, &in6.sin6_addr) == 1)
        return stet_guard_refuses((const struct sockaddr *)&in6, sizeof(in6),
                                  f->o.allow, f->o.n_allow);
    if (!six && inet_pton(AF_INET, host, &in.sin_addr) == 1)
        return stet_guard_refuses((const struct sockaddr *)&in, sizeof(in),
                                  f->o.allow, f->o.n_allow);
    return NULL;
}

static bool is_sendable(struct stet_span url)
{
    return is_one_line(url) && !memchr(url.ptr, ' ', url.len);
}

static void refuse_early(struct transfer *t, struct stet_span url)
{
    if (!stet_span_istarts(url, "http://") &&
        !stet_span_istarts(url, "https://"))
        stet_transfer_end(t, STET_OUT_SCHEME, "not http or https");
    else if (url.len > MAX_URL)
        stet_transfer_end(t, STET_OUT_URL, "longer than 64 KB");
    else if (!is_sendable(url))
        stet_transfer_end(t, STET_OUT_URL, "a control character or space");
    else if (t->f->o.proxy && (t->refused = judge_host(t->f, url)))
        stet_transfer_end(t, STET_OUT_BLOCKED, t->refused);
}

int stet_transfer_new(struct transfer **out, struct curl_fetcher *f,
                      const struct stet_fetch_request *r,
                      struct stet_error *err)
{
    struct transfer *t = stet_alloc(sizeof(*t));
    int rc = STET_ENOMEM;

    *out = NULL;
    if (!t)
        goto done;
    t->f = f;
    stet_buf_init(&t->request, MAX_REQUEST);
    stet_buf_init(&t->interim, 2 * STET_MAX_HEAD);
    stet_buf_init(&t->head, 2 * STET_MAX_HEAD);
    t->x = stet_alloc(sizeof(*t->x));
    if (!t->x)
        goto done;
    stet_exchange_init(t->x);
    stet_spool_init(&t->x->body, f->o.spool_dir, f->o.spool_memory);
    t->x->id = r->id;
    t->x->ctx = r->ctx;
    t->x->url.data = stet_span_dup(r->url);
    t->x->url.len = r->url.len;
    if (!t->x->url.data)
        goto done;
    t->key = stet_gate_key(f, r->url);
    t->max_size = r->max_size ? r->max_size : f->o.max_size;
    t->begun_ms = stet_clock_steady(f->clock);
    t->x->started_ms = stet_clock_wall(f->clock);
    refuse_early(t, r->url);
    rc = t->ended ? STET_OK : set_up(t, r, err);
done:
    if (rc == STET_ENOMEM)
        rc = stet_fail(err, rc, "out of memory for a request");
    if (rc < 0) {
        stet_transfer_free(t);
        t = NULL;
    }
    *out = t;
    return rc;
}
