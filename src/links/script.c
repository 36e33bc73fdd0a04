#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "links/parts.h"

#include <string.h>

/* Length of an escaped or plain '/' at p: "/", "\/", "\\/", "\u002F", "\x2F",
 * with any number of backslashes; 0 if there is none. */
static size_t slash_len(const char *p, const char *end)
{
    const char *q = p;

    while (q < end && *q == '\\' && q - p < 8)
        q++;
    if (q < end && *q == '/')
        return (size_t)(q - p) + 1;
    if (q > p && end - q >= 5 && !strncasecmp(q, "u002f", 5))
        return (size_t)(q - p) + 5;
    if (q > p && end - q >= 3 && !strncasecmp(q, "x2f", 3))
        return (size_t)(q - p) + 3;
    return 0;
}

static bool ends_url(char c)
{
    unsigned char u = (unsigned char)c;

    return u <= ' ' || c == '"' || c == '\'' || c == '`' || c == '<' ||
           c == '>' || c == '{' || c == '}' || c == '|' || c == '^' ||
           c == '[' || c == ']' || u == 0x7F;
}

/* Decodes one escape inside a URL at p (a backslash) onto b; the bytes
 * taken, or 0 when the URL ends here. */
static size_t take_escape(const char *p, const char *end, struct stet_buf *b)
{
    size_t n = slash_len(p, end), i;
    const char *q = p;
    uint32_t cp = 0;

    if (n) {
        stet_buf_addc(b, '/');
        return n;
    }
    while (q < end && *q == '\\' && q - p < 8)
        q++;
    if (end - q < 5 || *q != 'u')
        return 0;
    for (i = 1; i < 5; i++) {
        int v = stet_hex_value((unsigned char)q[i]);

        if (v < 0)
            return 0;
        cp = cp * 16 + (uint32_t)v;
    }
    if (cp <= ' ' || cp == '"' || cp == '\'' || cp == '<' || cp == '>' ||
        (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    stet_utf8_add(b, cp);
    return (size_t)(q - p) + 5;
}

/* The URL that begins at p, decoded into out->raw; returns its end. */
static const char *read_url(struct stet_links_out *out, const char *p,
                            const char *end)
{
    struct stet_buf *b = &out->raw;
    const char *start = p;
    size_t n;

    stet_buf_reset(b);
    while (p < end && p - start <= STET_MAX_LINK_URL) {
        const char *run = p;

        while (p < end && *p != '\\' && !ends_url(*p) &&
               p - start <= STET_MAX_LINK_URL)
            p++;
        stet_buf_add(b, run, (size_t)(p - run));
        if (p == end || *p != '\\')
            break;
        n = take_escape(p, end, b);
        if (!n)
            break;
        p += n;
    }
    return p;
}

/* Punctuation of the language around it, not of the URL. */
static void trim_end(struct stet_buf *b, const char *start, const char **stop)
{
    while (b->len && *stop > start && strchr(".,;:!)", b->data[b->len - 1])) {
        stet_buf_cut(b, b->len - 1);
        --*stop;
    }
}

/* True if what begins at p is "http://" or "https://", slashes escaped or
 * not. */
static bool is_start(const char *p, const char *end)
{
    const char *q;
    size_t n;

    if (end - p < 8 || memcmp(p, "http", 4) != 0)
        return false;
    q = p + 4 + (p[4] == 's');
    if (*q++ != ':')
        return false;
    n = slash_len(q, end);
    return n && slash_len(q + n, end);
}

/* The first "www." at p or after it that begins a string; NULL: none. */
static const char *find_www(const char *p, const char *begin, const char *end)
{
    while ((p = memmem(p, (size_t)(end - p), "www.", 4))) {
        if (p > begin && (p[-1] == '"' || p[-1] == '\''))
            return p;
        p += 4;
    }
    return NULL;
}

static bool is_of_host(char c)
{
    return stet_is_alnum((unsigned char)c) || c == '.' || c == '-';
}

static bool ends_string(const char *p, const char *end)
{
    return p < end && (*p == '"' || *p == '\'' || *p == '\\');
}

/* The host that a URL without a scheme begins with: "www.", a name, and a
 * last label of letters; empty: none. */
static struct stet_span www_host(struct stet_span raw)
{
    struct stet_span host = { raw.ptr, 0 };
    size_t last = 0;

    while (host.len < raw.len && is_of_host(raw.ptr[host.len]))
        if (raw.ptr[host.len++] == '.')
            last = host.len;
    if (last <= 4 || host.len - last < 2 ||
        (host.len < raw.len && raw.ptr[host.len] != '/'))
        return STET_SPAN("");
    for (size_t i = last; i < host.len; i++)
        if (!stet_is_alpha((unsigned char)raw.ptr[i]))
            return STET_SPAN("");
    return host;
}

static int add_guess(struct stet_links_out *out, struct stet_links_spot *s,
                     struct stet_span part, struct stet_link *l,
                     struct stet_span input)
{
    l->raw = stet_buf_span(&out->raw);
    l->role = stet_link_role_of_file(stet_link_file_of(input));
    l->speculative = true;
    l->requisite = false;
    l->syntax = STET_SYNTAX_JSON;
    stet_links_spot_locate(s, part, l);
    return stet_links_out_add_as(out, l, input);
}

/* "www.example.com/a", as scripts and people leave the scheme out: that of
 * the page on its own host, else http. */
static int add_www(struct stet_links_out *out, struct stet_links_spot *s,
                   struct stet_span part, struct stet_link *l)
{
    struct stet_span raw = stet_buf_span(&out->raw), host = www_host(raw);

    /* "www.logo.png" is a file. */
    if (!host.len ||
        (host.len == raw.len && stet_link_file_of(raw) != STET_FILE_OTHER))
        return STET_OK;
    stet_buf_reset(&out->input);
    if (!stet_span_ieq(host, stet_url_host(&out->base)))
        stet_buf_adds(&out->input, "http:");
    stet_buf_adds(&out->input, "//");
    stet_buf_add_span(&out->input, raw);
    if (stet_buf_status(&out->input) == STET_ENOMEM)
        return STET_ENOMEM;
    return add_guess(out, s, part, l, stet_buf_span(&out->input));
}

int stet_links_script(struct stet_links_out *out, struct stet_links_spot *s,
                      struct stet_link *proto)
{
    const char *begin = s->text.ptr, *p = begin, *end = p + s->text.len, *stop;
    const char *www = p < end ? find_www(p, begin, end) : NULL;
    struct stet_span part;
    int rc = STET_OK;

    while (!rc && p < end) {
        p = memchr(p, 'h', (size_t)((www ? www : end) - p));
        if (p && !is_start(p, end)) {
            p++;
            continue;
        }
        if (!p && !(p = www))
            break;
        stop = read_url(out, p, end);
        if (stet_buf_status(&out->raw) == STET_ENOMEM)
            return STET_ENOMEM;
        trim_end(&out->raw, p, &stop);
        part = (struct stet_span){ p, (size_t)(stop - p) };
        if (p == www)
            rc =
                ends_string(stop, end) ? add_www(out, s, part, proto) : STET_OK;
        else if (memchr(out->raw.data, '.', out->raw.len)) /* "https://" + x */
            rc = add_guess(out, s, part, proto, stet_buf_span(&out->raw));
        p = stop > p ? stop : p + 1;
        if (www && www < p)
            www = find_www(p, begin, end);
    }
    return rc;
}

/* A literal that is a URL in all likelihood. */
static bool looks_like_url(struct stet_span t)
{
    enum stet_link_file f;

    if (!t.len || t.len > STET_MAX_LINK_URL)
        return false;
    for (size_t i = 0; i < t.len; i++)
        if (ends_url(t.ptr[i]) || t.ptr[i] == '\\' || t.ptr[i] == '(')
            return false;
    if (stet_span_istarts(t, "http://") || stet_span_istarts(t, "https://"))
        return t.len > 10;
    if (t.len > 2 && *t.ptr == '/' && stet_is_alpha((unsigned char)t.ptr[1]))
        return true;
    f = stet_link_file_of(t);
    return f == STET_FILE_PAGE || f == STET_FILE_IMAGE ||
           f == STET_FILE_MEDIA || f == STET_FILE_DOCUMENT;
}

int stet_links_handler(struct stet_links_out *out, struct stet_links_spot *s,
                       struct stet_link *proto)
{
    const char *p = s->text.ptr, *end = p + s->text.len, *stop;
    int rc = STET_OK;

    while (!rc && p < end) {
        if (*p != '\'' && *p != '"') {
            p++;
            continue;
        }
        stop = memchr(p + 1, *p, (size_t)(end - p - 1));
        if (!stop)
            break;
        proto->raw = (struct stet_span){ p + 1, (size_t)(stop - p - 1) };
        if (looks_like_url(proto->raw)) {
            stet_buf_reset(&out->raw);
            stet_buf_add_span(&out->raw, proto->raw);
            if (stet_buf_status(&out->raw) == STET_ENOMEM)
                return STET_ENOMEM;
            rc = add_guess(out, s, proto->raw, proto, stet_buf_span(&out->raw));
        }
        p = stop + 1;
    }
    return rc;
}

int stet_links_flashvars(struct stet_links_out *out, struct stet_links_spot *s,
                         struct stet_link *proto)
{
    struct stet_span rest = s->text, value;
    int rc = STET_OK;

    while (!rc && rest.ptr) {
        value = stet_span_cut(&rest, '&');
        (void)stet_span_cut(&value, '=');
        if (!value.ptr || stet_link_file_of(value) == STET_FILE_OTHER)
            continue;
        proto->role = stet_link_role_of_file(stet_link_file_of(value));
        proto->speculative = true;
        rc = stet_links_out_add_part(out, s, value, proto);
    }
    return rc;
}
