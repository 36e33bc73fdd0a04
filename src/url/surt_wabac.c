#include "base/ascii.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/span.h"
#include "stet/url.h"
#include "url/surt.h"

#include <string.h>

/* The length of "http://www2." and the like up to the "www", and of the
 * whole; false when s does not begin so. */
static bool find_www(struct stet_span s, size_t *from, size_t *to)
{
    size_t n;

    if (stet_span_starts(s, STET_SPAN("http://www")))
        n = 7;
    else if (stet_span_starts(s, STET_SPAN("https://www")))
        n = 8;
    else
        return false;
    *from = n;
    n += 3;
    while (n < s.len && stet_is_digit((unsigned char)s.ptr[n]))
        n++;
    *to = n + 1;
    return n < s.len && s.ptr[n] == '.';
}

static void add_lower(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        stet_buf_addc(out, stet_to_lower(s.ptr[i]));
}

static void add_reversed(struct stet_buf *out, struct stet_span s)
{
    size_t end = s.len;

    for (size_t i = s.len; i > 0; i--) {
        if (s.ptr[i - 1] != '.')
            continue;
        stet_buf_add_span(out, stet_span_sub(s, i, end - i));
        stet_buf_addc(out, ',');
        end = i - 1;
    }
    stet_buf_add_span(out, stet_span_sub(s, 0, end));
}

static int compare(const void *x, const void *y)
{
    return stet_span_compare(*(const struct stet_span *)x,
                             *(const struct stet_span *)y);
}

static int add_key(struct stet_buf *out, const struct stet_url *u)
{
    struct stet_span search = stet_url_search(u);

    add_reversed(out, stet_url_host(u));
    if (u->port >= 0)
        stet_buf_addf(out, ":%d", (int)u->port);
    stet_buf_addc(out, ')');
    stet_buf_add_span(out, stet_url_path(u));
    return search.len > 0
               ? stet_surt_add_fields(out, stet_span_sub(search, 1, search.len),
                                      compare)
               : STET_OK;
}

int stet_url_surt_wabac(struct stet_bytes *out, struct stet_span url,
                        struct stet_error *err)
{
    bool is_web = stet_span_starts(url, STET_SPAN("http:")) ||
                  stet_span_starts(url, STET_SPAN("https:"));
    size_t from = 0, to = 0;
    struct stet_buf lower, key;
    struct stet_url u;
    int rc = STET_OK;

    *out = (struct stet_bytes){ NULL, 0 };
    stet_url_init(&u);
    stet_buf_init(&lower, STET_MAX_URL);
    stet_buf_init(&key, STET_MAX_URL);
    if (is_web) {
        if (!find_www(url, &from, &to))
            from = to = 0;
        add_lower(&lower, stet_span_sub(url, 0, from));
        add_lower(&lower, stet_span_sub(url, to, url.len));
        rc = stet_buf_status(&lower);
        if (rc == STET_OK)
            rc = stet_url_parse(&u, stet_buf_span(&lower), NULL, NULL);
    }
    if (rc == STET_OK && is_web)
        rc = add_key(&key, &u);
    else if (rc == STET_OK || rc == STET_EFORMAT)
        stet_buf_add_span(&key, url);
    if (rc == STET_OK || rc == STET_EFORMAT)
        rc = stet_buf_status(&key);
    if (rc == STET_OK)
        *out = stet_buf_take_bytes(&key);
    else
        stet_fail(err, rc, "no SURT key: %s", stet_strerror(rc));
    stet_buf_clear(&key);
    stet_buf_clear(&lower);
    stet_url_clear(&u);
    return rc;
}
