#include "url/session.h"

#include "base/ascii.h"
#include "base/span.h"

#include <string.h>

enum {
    ID_LEN = 32,     /* of most ids */
    ASP_NET_LEN = 24 /* of ASP.NET's */
};

/* How many of the first `max` bytes are letters or digits. */
static size_t count_alnum(struct stet_span s, size_t max)
{
    size_t n = 0;

    while (n < max && n < s.len && stet_is_alnum((unsigned char)s.ptr[n]))
        n++;
    return n;
}

static size_t count_alpha(struct stet_span s, size_t max)
{
    size_t n = 0;

    while (n < max && n < s.len && stet_is_alpha((unsigned char)s.ptr[n]))
        n++;
    return n;
}

static size_t count_to_amp(struct stet_span s)
{
    return stet_span_find(s, STET_SPAN("&"));
}

/* NAME=32 letters or digits; the length of what matches at the front. */
static size_t match_id(struct stet_span s, const char *name)
{
    size_t n = strlen(name);

    if (!stet_span_istarts(s, name) ||
        count_alnum(stet_span_sub(s, n, s.len), ID_LEN) < ID_LEN)
        return 0;
    return n + ID_LEN;
}

/* ASPSESSIONID and 8 letters, '=', 24 letters. */
static size_t match_asp(struct stet_span s)
{
    if (!stet_span_istarts(s, "aspsessionid") ||
        count_alpha(stet_span_sub(s, 12, s.len), 8) < 8 || s.len < 21 ||
        s.ptr[20] != '=' || count_alpha(stet_span_sub(s, 21, s.len), 24) < 24)
        return 0;
    return 45;
}

/* cfid=…&cftoken=… */
static size_t match_cf(struct stet_span s)
{
    size_t id, token;

    if (!stet_span_istarts(s, "cfid="))
        return 0;
    id = count_to_amp(stet_span_sub(s, 5, s.len));
    if (id == 0 ||
        !stet_span_istarts(stet_span_sub(s, 5 + id, s.len), "&cftoken="))
        return 0;
    token = count_to_amp(stet_span_sub(s, 5 + id + 9, s.len));
    return token == 0 ? 0 : 5 + id + 9 + token;
}

static size_t match(struct stet_span s, int kind)
{
    static const char *const names[] = { "jsessionid=", "phpsessid=", "sid=" };

    if (kind < 3)
        return match_id(s, names[kind]);
    return kind == 3 ? match_asp(s) : match_cf(s);
}

static void take_out(struct stet_buf *b, size_t from, size_t n)
{
    memmove(b->data + from, b->data + from + n, b->len - from - n);
    stet_buf_cut(b, b->len - n);
}

/* The last id of a kind that ends with the query or at a '&'. */
static void strip_kind(struct stet_buf *query, int kind)
{
    struct stet_span all = stet_buf_span(query);

    for (size_t i = all.len; i > 0; i--) {
        struct stet_span s = stet_span_sub(all, i - 1, all.len);
        size_t n = match(s, kind);
        if (n == 0 || (n < s.len && s.ptr[n] != '&'))
            continue;
        take_out(query, i - 1, n < s.len ? n + 1 : n);
        return;
    }
}

void stet_session_strip_query(struct stet_buf *query)
{
    for (int kind = 0; kind < 5; kind++)
        strip_kind(query, kind);
}

/* "(24 letters or digits)", the length or 0. */
static size_t match_bracketed(struct stet_span s)
{
    if (s.len < ASP_NET_LEN + 2 || s.ptr[0] != '(' ||
        count_alnum(stet_span_sub(s, 1, s.len), ASP_NET_LEN) < ASP_NET_LEN ||
        s.ptr[ASP_NET_LEN + 1] != ')')
        return 0;
    return ASP_NET_LEN + 2;
}

/* "(" then one or more of: a letter and a bracketed id; then ")". */
static size_t match_letters(struct stet_span s)
{
    size_t n = 1, one;

    if (s.len == 0 || s.ptr[0] != '(')
        return 0;
    while (n < s.len && stet_is_alpha((unsigned char)s.ptr[n]) &&
           (one = match_bracketed(stet_span_sub(s, n + 1, s.len))) > 0)
        n += one + 1;
    return n > 1 && n < s.len && s.ptr[n] == ')' ? n + 1 : 0;
}

/* ".aspx" after at least one byte, and no '?' before it. */
static bool names_aspx(struct stet_span s)
{
    size_t at = stet_span_ifind(stet_span_sub(s, 1, s.len), STET_SPAN(".aspx"));

    return at + 1 < s.len && stet_span_find(s, STET_SPAN("?")) > at;
}

static void strip_segment(struct stet_buf *path,
                          size_t (*match_fn)(struct stet_span))
{
    struct stet_span all = stet_buf_span(path);

    for (size_t i = all.len; i > 0; i--) {
        struct stet_span s = stet_span_sub(all, i, all.len);
        size_t n;

        if (all.ptr[i - 1] != '/' || s.len == 0 || s.ptr[0] != '(')
            continue;
        n = match_fn(s);
        if (n == 0 || n >= s.len || s.ptr[n] != '/' ||
            !names_aspx(stet_span_sub(s, n + 1, s.len)))
            continue;
        take_out(path, i, n + 1);
        return;
    }
}

void stet_session_strip_path(struct stet_buf *path)
{
    strip_segment(path, match_letters);
    strip_segment(path, match_bracketed);
}
