#include "url/surt.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "stet/url.h"
#include "url/host.h"
#include "url/idna.h"
#include "url/percent.h"
#include "url/session.h"

#include <stdlib.h>
#include <string.h>

/*
 * The key of the Internet Archive's canonicaliser, as surt 0.3.1 for
 * Python makes it with its defaults; measured against it, quirks and all,
 * since a key is only good if it is the very same.
 */
enum { MAX_KEY = 4 * STET_MAX_URL };

struct parts {
    struct stet_span scheme, host, path, query; /* empty: none */
    bool has_authority;
    unsigned port; /* 0: none */
};

/* -- reading -------------------------------------------------------------- */

static bool is_python_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t scheme_length(struct stet_span s)
{
    size_t n = 0;

    while (n < s.len && (stet_is_alnum((unsigned char)s.ptr[n]) ||
                         (s.ptr[n] != '\0' && strchr("+-.", s.ptr[n]))))
        n++;
    return n > 0 && n < s.len && s.ptr[n] == ':' &&
                   stet_is_alpha((unsigned char)s.ptr[0])
               ? n
               : 0;
}

/* The length of "http:" or "https:" and what slashes follow, or 0. */
static size_t web_prefix(struct stet_span s)
{
    size_t n = stet_span_istarts(s, "https:")  ? 6
               : stet_span_istarts(s, "http:") ? 5
                                               : 0;

    while (n > 0 && n < s.len && s.ptr[n] == '/')
        n++;
    return n;
}

/* Adds the text as surt reads it: trimmed, with a scheme, with two slashes
 * after http(s), and without a web scheme before a web scheme. */
static void add_clean(struct stet_buf *out, struct stet_span s)
{
    size_t n, next;

    while (s.len > 0 && is_python_space(s.ptr[0]))
        s = stet_span_sub(s, 1, s.len);
    while (s.len > 0 && is_python_space(s.ptr[s.len - 1]))
        s.len--;
    while ((n = web_prefix(s)) > 0 &&
           (next = web_prefix(stet_span_sub(s, n, s.len))) > 0 &&
           s.ptr[n + next - 1] == '/')
        s = stet_span_sub(s, n, s.len);
    if (n > 0) {
        stet_buf_adds(out,
                      stet_span_istarts(s, "https") ? "https://" : "http://");
        s = stet_span_sub(s, n, s.len);
    } else if (scheme_length(s) == 0) {
        stet_buf_adds(out, "http://");
        while (s.len > 0 && s.ptr[0] == '/')
            s = stet_span_sub(s, 1, s.len);
    }
    for (size_t i = 0; i < s.len; i++) {
        if (!memchr("\t\r\n", s.ptr[i], 3))
            stet_buf_addc(out, s.ptr[i]);
    }
}

static unsigned default_port(struct stet_span scheme)
{
    if (stet_span_ieqs(scheme, "https"))
        return 443;
    return stet_span_ieqs(scheme, "http") ? 80 : 0;
}

static int split_authority(struct parts *p, struct stet_span s)
{
    struct stet_span port = { "", 0 };
    const char *at;
    uint64_t n = 0;
    size_t i;

    at = s.len > 0 ? memrchr(s.ptr, '@', s.len) : NULL;
    i = at ? (size_t)(at - s.ptr) + 1 : 0;
    s = stet_span_sub(s, i, s.len);
    if (s.len > 0 && s.ptr[0] == '[') {
        i = stet_span_find(s, STET_SPAN("]"));
        port = stet_span_sub(s, i + 1, s.len);
        s = stet_span_sub(s, 1, i - 1);
        port = stet_span_sub(port, 1, port.len);
    } else {
        i = stet_span_find(s, STET_SPAN(":"));
        port = stet_span_sub(s, i + 1, s.len);
        s.len = i;
    }
    if (port.len > 0 && (!stet_span_to_u64(port, &n) || n > 65535))
        return STET_EFORMAT;
    p->host = s;
    p->port = n == default_port(p->scheme) ? 0 : (unsigned)n;
    return STET_OK;
}

static int split(struct parts *p, struct stet_span s)
{
    size_t n = scheme_length(s);

    p->scheme = stet_span_sub(s, 0, n);
    s = stet_span_sub(s, n + 1, s.len);
    s.len = stet_span_find(s, STET_SPAN("#"));
    n = stet_span_find(s, STET_SPAN("?"));
    p->query = stet_span_sub(s, n + 1, s.len);
    p->path = stet_span_sub(s, 0, n);
    if (!stet_span_starts(p->path, STET_SPAN("//")))
        return STET_OK;
    p->has_authority = true;
    p->path = stet_span_sub(p->path, 2, p->path.len);
    n = stet_span_find(p->path, STET_SPAN("/"));
    s = stet_span_sub(p->path, 0, n);
    p->path = stet_span_sub(p->path, n, p->path.len);
    return split_authority(p, s);
}

/* -- Google's escaping ---------------------------------------------------- */

/*
 * Adds s with its %XX undone until there are none: a byte that comes out
 * may be part of a new one, so the end of what is there is looked at after
 * every byte (undoing the whole again and again would take quadratic time).
 */
static void unescape(struct stet_buf *out, struct stet_span s)
{
    size_t start = out->len;

    if (s.len == 0 || !memchr(s.ptr, '%', s.len)) {
        stet_buf_add_span(out, s);
        return;
    }
    for (size_t i = 0; i < s.len; i++) {
        stet_buf_addc(out, s.ptr[i]);
        while (stet_buf_status(out) == STET_OK && out->len - start >= 3) {
            struct stet_span tail =
                stet_span_sub(stet_buf_span(out), out->len - 3, 3);
            int byte = stet_percent_byte(tail);
            if (byte < 0)
                break;
            stet_buf_cut(out, out->len - 3);
            stet_buf_addc(out, (char)byte);
        }
    }
}

/* Adds s in lower case with controls, blanks, '#', '%' and all above ASCII
 * as %xx. */
static void escape(struct stet_buf *out, struct stet_span s)
{
    static const char hex[] = "0123456789abcdef";

    char *p = stet_buf_room(out, 3 * s.len);
    size_t n = 0;

    if (!p)
        return;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c <= ' ' || c >= 0x7F || c == '#' || c == '%') {
            p[n++] = '%';
            p[n++] = hex[c >> 4];
            p[n++] = hex[c & 15];
        } else {
            p[n++] = stet_to_lower((char)c);
        }
    }
    stet_buf_added(out, n);
}

/* -- path ----------------------------------------------------------------- */

/* Takes the last segment off, unless there is none or it is a "..". */
static bool pop_segment(struct stet_buf *b)
{
    size_t n = b->len;

    if (n == 0)
        return false;
    while (b->data[n - 1] != '/')
        n--;
    stet_buf_cut(b, n - 1);
    return true;
}

/* Adds the path without "." segments; a ".." takes its elder along, be it
 * empty, or stays when it has none; then slashes in a row become one. */
static void normalise_path(struct stet_buf *out, struct stet_span s)
{
    size_t kept = 0;

    stet_span_cut(&s, '/');
    while (s.ptr && stet_buf_status(out) == STET_OK) {
        struct stet_span segment = stet_span_cut(&s, '/');
        if (stet_span_eqs(segment, "."))
            continue;
        if (stet_span_eqs(segment, "..") && pop_segment(out))
            continue;
        stet_buf_addc(out, '/');
        stet_buf_add_span(out, segment);
    }
    for (size_t i = 0; i < out->len; i++) {
        if (i == 0 || out->data[i] != '/' || out->data[i - 1] != '/')
            out->data[kept++] = out->data[i];
    }
    stet_buf_cut(out, kept);
    if (kept == 0)
        stet_buf_addc(out, '/');
}

static void add_path(struct stet_buf *out, const struct parts *p)
{
    struct stet_buf a, b;

    stet_buf_init(&a, MAX_KEY);
    stet_buf_init(&b, MAX_KEY);
    unescape(&a, p->path);
    if (p->has_authority && p->host.len > 0) {
        normalise_path(&b, stet_buf_span(&a));
        stet_buf_cut(&a, 0);
        escape(&a, stet_buf_span(&b));
    } else {
        escape(&b, stet_buf_span(&a));
        stet_buf_cut(&a, 0);
        stet_buf_add_span(&a, stet_buf_span(&b));
    }
    stet_session_strip_path(&a);
    if (a.len > 1 && a.data[a.len - 1] == '/')
        stet_buf_cut(&a, a.len - 1);
    if (a.len == 0 && (p->host.len > 0 || p->query.len > 0))
        stet_buf_addc(&a, '/');
    stet_buf_add_span(out, stet_buf_span(&a));
    if (stet_buf_status(&a) < 0 || stet_buf_status(&b) < 0)
        out->status = STET_ENOMEM;
    stet_buf_clear(&b);
    stet_buf_clear(&a);
}

/* -- query ---------------------------------------------------------------- */

/* By name, then those without a '=', then by value. */
static int compare_fields(const void *x, const void *y)
{
    struct stet_span a = *(const struct stet_span *)x;
    struct stet_span b = *(const struct stet_span *)y;
    int c = stet_span_compare(stet_span_cut(&a, '='), stet_span_cut(&b, '='));

    if (c != 0)
        return c;
    if (!a.ptr || !b.ptr)
        return (a.ptr != NULL) - (b.ptr != NULL);
    return stet_span_compare(a, b);
}

int stet_surt_add_fields(struct stet_buf *out, struct stet_span query,
                         int (*compare)(const void *, const void *))
{
    struct stet_span *fields = NULL;
    size_t n = 0, cap = 0;
    int rc = STET_OK;

    while (query.ptr) {
        if ((rc = stet_grow_array(&fields, &cap, n + 1, sizeof(*fields))) < 0)
            goto done;
        fields[n++] = stet_span_cut(&query, '&');
    }
    if (n > 1)
        qsort(fields, n, sizeof(*fields), compare);
    for (size_t i = 0; i < n; i++) {
        stet_buf_addc(out, i == 0 ? '?' : '&');
        stet_buf_add_span(out, fields[i]);
    }
done:
    stet_free(fields);
    return rc;
}

static int add_query(struct stet_buf *out, struct stet_span query)
{
    struct stet_buf a, b;
    int rc = STET_OK;

    stet_buf_init(&a, MAX_KEY);
    stet_buf_init(&b, MAX_KEY);
    unescape(&a, query);
    escape(&b, stet_buf_span(&a));
    stet_session_strip_query(&b);
    if (stet_buf_status(&a) < 0 || stet_buf_status(&b) < 0)
        rc = STET_ENOMEM;
    else if (b.len > 0)
        rc = stet_surt_add_fields(out, stet_buf_span(&b), compare_fields);
    stet_buf_clear(&b);
    stet_buf_clear(&a);
    return rc;
}

/* -- host ----------------------------------------------------------------- */

/* Without a leading "www.", "www2." and so on. */
static struct stet_span massage(struct stet_span s)
{
    size_t n = 3;

    if (!stet_span_istarts(s, "www"))
        return s;
    while (n < s.len && stet_is_digit((unsigned char)s.ptr[n]))
        n++;
    return n < s.len && s.ptr[n] == '.' ? stet_span_sub(s, n + 1, s.len) : s;
}

static bool is_octal_quad(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!stet_is_digit((unsigned char)s.ptr[i]) && s.ptr[i] != '.')
            return false;
    }
    return s.len > 0;
}

static bool is_ascii(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    }
    return true;
}

/* A host that has no ASCII form stays what it is. */
static void convert_host(struct stet_buf *host)
{
    struct stet_buf ascii;
    int rc;

    stet_buf_init(&ascii, MAX_KEY);
    rc = stet_idna_to_ascii(&ascii, stet_buf_span(host));
    if (rc == STET_ENOMEM || stet_buf_status(&ascii) == STET_ENOMEM) {
        host->status = STET_ENOMEM;
    } else if (rc == STET_OK && ascii.len > 0) {
        stet_buf_cut(host, 0);
        stet_buf_add_span(host, stet_buf_span(&ascii));
    }
    stet_buf_clear(&ascii);
}

/* Adds the host with dots in order, in ASCII, addresses as four numbers. */
static void add_canonical_host(struct stet_buf *out, struct stet_span s)
{
    uint32_t address;
    size_t kept = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '.' &&
            (kept == 0 || i + 1 == s.len || s.ptr[i + 1] == '.'))
            continue;
        stet_buf_addc(out, s.ptr[i]);
        kept++;
    }
    while (out->len > 0 && out->data[out->len - 1] == '.')
        stet_buf_cut(out, out->len - 1);
    if (!is_ascii(stet_buf_span(out)))
        convert_host(out);
    if (is_octal_quad(stet_buf_span(out)) &&
        stet_ipv4_parse(stet_buf_span(out), &address) == STET_OK) {
        stet_buf_cut(out, 0);
        stet_ipv4_print(out, address);
    }
}

static void add_reversed(struct stet_buf *out, struct stet_span s)
{
    size_t end = s.len;

    for (size_t i = s.len; i > 0; i--) {
        if (s.ptr[i - 1] != '.')
            continue;
        escape(out, stet_span_sub(s, i, end - i));
        stet_buf_addc(out, ',');
        end = i - 1;
    }
    escape(out, stet_span_sub(s, 0, end));
}

/* False: nothing is left of it. */
static bool add_host(struct stet_buf *out, const struct parts *p)
{
    struct stet_buf plain, host;
    bool some;

    stet_buf_init(&plain, MAX_KEY);
    stet_buf_init(&host, MAX_KEY);
    unescape(&plain, p->host);
    add_canonical_host(&host, stet_buf_span(&plain));
    if (stet_buf_status(&plain) < 0 || stet_buf_status(&host) < 0)
        out->status = STET_ENOMEM;
    some = host.len > 0;
    if (some) {
        add_reversed(out, massage(stet_buf_span(&host)));
        if (p->port > 0)
            stet_buf_addf(out, ":%u", p->port);
        stet_buf_addc(out, ')');
    }
    stet_buf_clear(&host);
    stet_buf_clear(&plain);
    return some;
}

/* -- the key -------------------------------------------------------------- */

static int add_key(struct stet_buf *out, struct stet_span url)
{
    struct parts p = { .port = 0 };
    int rc = split(&p, url);

    if (rc < 0)
        return rc;
    if (!add_host(out, &p)) {
        p.host.len = 0;
        stet_buf_add_span(out, p.scheme);
        stet_buf_addc(out, ':');
    }
    add_path(out, &p);
    if (p.query.len > 0)
        rc = add_query(out, p.query);
    return rc < 0 ? rc : stet_buf_status(out);
}

int stet_url_surt(struct stet_bytes *out, struct stet_span url,
                  struct stet_error *err)
{
    struct stet_buf text, key;
    int rc = STET_OK;

    *out = (struct stet_bytes){ NULL, 0 };
    stet_buf_init(&text, 2 * STET_MAX_URL);
    stet_buf_init(&key, MAX_KEY);
    if (url.len > STET_MAX_URL) {
        rc = STET_ELIMIT;
    } else if (url.len == 0) {
        stet_buf_addc(&key, '-');
    } else if (stet_span_starts(url, STET_SPAN("filedesc"))) {
        stet_buf_add_span(&key, url);
    } else {
        add_clean(&text, url);
        rc = stet_buf_status(&text);
        if (rc == STET_OK)
            rc = add_key(&key, stet_buf_span(&text));
    }
    if (rc == STET_OK)
        rc = stet_buf_status(&key);
    if (rc == STET_OK)
        *out = stet_buf_take_bytes(&key);
    else
        stet_fail(err, rc, "no SURT key: %s", stet_strerror(rc));
    stet_buf_clear(&key);
    stet_buf_clear(&text);
    return rc;
}
