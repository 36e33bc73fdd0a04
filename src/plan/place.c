#include "plan/place.h"

#include "base/fail.h"
#include "base/span.h"
#include "stet/url.h"

#include <string.h>

/* The first of a byte; the end when there is none. */
static size_t find(struct stet_span s, char c)
{
    const char *p = s.len > 0 ? memchr(s.ptr, c, s.len) : NULL;

    return p ? (size_t)(p - s.ptr) : s.len;
}

/* Where the authority ends. */
static size_t find_path(struct stet_span s)
{
    size_t i = 0;

    while (i < s.len && s.ptr[i] != '/' && s.ptr[i] != '?')
        i++;
    return i;
}

static struct stet_span from(struct stet_span s, size_t at)
{
    return stet_span_sub(s, at, s.len);
}

/* host, then ":port" where there is one. */
static void split_authority(struct stet_place *out, struct stet_span s)
{
    size_t at = 0, colon;

    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '@')
            at = i + 1;
    s = from(s, at);
    colon = s.len;
    while (colon > 0 && s.ptr[colon - 1] != ':' && s.ptr[colon - 1] != ']')
        colon--;
    colon = colon > 0 && s.ptr[colon - 1] == ':' ? colon - 1 : s.len;
    out->host = stet_span_sub(s, 0, colon);
    out->port = from(s, colon);
}

bool stet_place_split(struct stet_place *out, struct stet_span url)
{
    size_t n, scheme = stet_span_starts(url, STET_SPAN("https://"))  ? 8
                       : stet_span_starts(url, STET_SPAN("http://")) ? 7
                                                                     : 0;
    struct stet_span rest;

    *out = (struct stet_place){ .has_query = false };
    if (scheme == 0)
        return false;
    url.len = find(url, '#');
    rest = from(url, scheme);
    n = find_path(rest);
    split_authority(out, stet_span_sub(rest, 0, n));
    rest = from(rest, n);
    n = find(rest, '?');
    out->path = stet_span_sub(rest, 0, n);
    out->has_query = n < rest.len;
    out->query = from(rest, n + 1);
    return out->host.len > 0 && out->path.len > 0;
}

struct stet_span stet_place_host_key(char room[STET_MAX_HOST_KEY],
                                     const struct stet_place *p)
{
    struct stet_span host = p->host, rest;

    if (stet_span_ends(host, STET_SPAN(".")))
        host.len--;
    rest = from(host, 4);
    if (stet_span_starts(host, STET_SPAN("www.")) &&
        stet_span_find(rest, STET_SPAN(".")) < rest.len)
        host = rest;
    if (host.len + p->port.len > STET_MAX_HOST_KEY)
        return (struct stet_span){ "", 0 };
    memcpy(room, host.ptr, host.len);
    if (p->port.len > 0)
        memcpy(room + host.len, p->port.ptr, p->port.len);
    return (struct stet_span){ room, host.len + p->port.len };
}

int stet_place_normal(struct stet_buf *out, struct stet_span text,
                      struct stet_error *err)
{
    struct stet_url url;
    int rc;

    stet_url_init(&url);
    rc = stet_url_parse(&url, text, NULL, err);
    if (rc == STET_OK && !stet_url_is_http(&url))
        rc = stet_fail(err, STET_EFORMAT, "only http and https are fetched");
    if (rc == STET_OK) {
        stet_url_strip_credentials(&url);
        stet_buf_add_span(out, stet_url_page(&url));
        rc = stet_buf_status(out);
        if (rc < 0)
            rc = stet_fail(err, rc, "no room for a URL");
    }
    stet_url_clear(&url);
    return rc;
}
