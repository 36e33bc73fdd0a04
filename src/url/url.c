#include "stet/url.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/span.h"

#include <string.h>

void stet_url_init(struct stet_url *u)
{
    *u = (struct stet_url){ .port = -1, .default_port = -1 };
}

void stet_url_clear(struct stet_url *u)
{
    stet_bytes_clear(&u->href);
    stet_url_init(u);
}

static struct stet_span part(const struct stet_url *u, size_t from, size_t to)
{
    if (!u->href.data)
        return (struct stet_span){ "", 0 };
    return (struct stet_span){ u->href.data + from, to - from };
}

/* A delimiter with nothing after it is no part. */
static struct stet_span without_lone(struct stet_span s)
{
    if (s.len == 1)
        s.len = 0;
    return s;
}

struct stet_span stet_url_href(const struct stet_url *u)
{
    return part(u, 0, u->href.len);
}

struct stet_span stet_url_scheme(const struct stet_url *u)
{
    return part(u, 0, u->scheme_end);
}

struct stet_span stet_url_username(const struct stet_url *u)
{
    return part(u, u->user_start, u->user_end);
}

struct stet_span stet_url_password(const struct stet_url *u)
{
    return part(u, u->pass_start, u->pass_end);
}

struct stet_span stet_url_host(const struct stet_url *u)
{
    return part(u, u->host_start, u->host_end);
}

struct stet_span stet_url_path(const struct stet_url *u)
{
    return part(u, u->path_start, u->path_end);
}

struct stet_span stet_url_search(const struct stet_url *u)
{
    return without_lone(part(u, u->path_end, u->search_end));
}

struct stet_span stet_url_hash(const struct stet_url *u)
{
    return without_lone(part(u, u->search_end, u->href.len));
}

struct stet_span stet_url_page(const struct stet_url *u)
{
    return part(u, 0, u->search_end);
}

struct stet_span stet_url_authority(const struct stet_url *u)
{
    return u->has_host ? part(u, u->host_start, u->path_start) : part(u, 0, 0);
}

struct stet_span stet_url_target(const struct stet_url *u)
{
    return part(u, u->path_start, u->search_end);
}

int stet_url_port(const struct stet_url *u)
{
    return u->port >= 0 ? u->port : u->default_port;
}

bool stet_url_is_http(const struct stet_url *u)
{
    return stet_span_eqs(stet_url_scheme(u), "http") ||
           stet_span_eqs(stet_url_scheme(u), "https");
}

bool stet_url_is_ip(const struct stet_url *u)
{
    return u->host_is_ip;
}

bool stet_url_has_credentials(const struct stet_url *u)
{
    return u->user_end > u->user_start || u->pass_end > u->pass_start;
}

/* Special schemes have a tuple for an origin; file's is opaque. */
static bool has_tuple_origin(const struct stet_url *u)
{
    return u->special && u->default_port >= 0;
}

bool stet_url_same_origin(const struct stet_url *a, const struct stet_url *b)
{
    return has_tuple_origin(a) && has_tuple_origin(b) &&
           stet_url_port(a) == stet_url_port(b) &&
           stet_span_eq(stet_url_scheme(a), stet_url_scheme(b)) &&
           stet_span_eq(stet_url_host(a), stet_url_host(b));
}

/* A blob URL has the origin of the URL in its path, if that is http(s). */
static int add_origin(struct stet_buf *b, const struct stet_url *u)
{
    struct stet_url inner;
    int rc = STET_OK;

    stet_url_init(&inner);
    if (stet_span_eqs(stet_url_scheme(u), "blob")) {
        rc = stet_url_parse(&inner, stet_url_path(u), NULL, NULL);
        if (rc == STET_OK && stet_url_is_http(&inner))
            u = &inner;
    }
    if (has_tuple_origin(u)) {
        stet_buf_add_span(b, stet_url_scheme(u));
        stet_buf_adds(b, "://");
        stet_buf_add_span(b, stet_url_authority(u));
    } else {
        stet_buf_adds(b, "null");
    }
    stet_url_clear(&inner);
    return rc == STET_ENOMEM ? rc : stet_buf_status(b);
}

int stet_url_origin(const struct stet_url *u, struct stet_bytes *out)
{
    struct stet_buf b;
    int rc;

    *out = (struct stet_bytes){ NULL, 0 };
    stet_buf_init(&b, STET_MAX_URL);
    rc = add_origin(&b, u);
    if (rc == STET_OK)
        *out = stet_buf_take_bytes(&b);
    stet_buf_clear(&b);
    return rc;
}

int stet_url_copy(struct stet_url *to, const struct stet_url *from)
{
    struct stet_url copy = *from;

    if (from->href.data) {
        copy.href.data = stet_span_dup(stet_url_href(from));
        if (!copy.href.data)
            return STET_ENOMEM;
    }
    stet_url_clear(to);
    *to = copy;
    return STET_OK;
}

void stet_url_strip_credentials(struct stet_url *u)
{
    uint32_t cut = u->host_start - u->user_start;

    if (!stet_url_has_credentials(u))
        return;
    memmove(u->href.data + u->user_start, u->href.data + u->host_start,
            u->href.len - u->host_start + 1);
    u->href.len -= cut;
    u->user_end = u->pass_start = u->pass_end = u->user_start;
    u->host_start -= cut;
    u->host_end -= cut;
    u->path_start -= cut;
    u->path_end -= cut;
    u->search_end -= cut;
}
