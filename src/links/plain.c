#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "links/out.h"

/*
 * Nearly all URLs of a page are written as the URL Standard would write
 * them.  To see that takes one look at each byte; the parser is for the rest.
 */
enum {
    HOST = 1,
    PATH = 2,  /* stands for itself in a path, and so in a fragment */
    QUERY = 4, /* in the query of an http URL */
    DOTTY = 8, /* may be part of a dot segment */
};

#define ALL   (HOST | PATH | QUERY)
#define LATER (PATH | QUERY)

/* clang-format off */
static const unsigned char classes[256] = {
    ['a'] = ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
            ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
    ['A'] = LATER, LATER, LATER, LATER, LATER, LATER, LATER, LATER, LATER,
            LATER, LATER, LATER, LATER, LATER, LATER, LATER, LATER, LATER,
            LATER, LATER, LATER, LATER, LATER, LATER, LATER, LATER,
    ['0'] = ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL,
    ['-'] = ALL, ['.'] = ALL | DOTTY, ['_'] = LATER, ['~'] = LATER, ['!'] = LATER,
    ['$'] = LATER, ['&'] = LATER, ['\''] = PATH, ['('] = LATER, [')'] = LATER,
    ['*'] = LATER, ['+'] = LATER, [','] = LATER, [';'] = LATER, ['='] = LATER,
    [':'] = LATER, ['@'] = LATER, ['/'] = LATER, ['%'] = LATER | DOTTY, ['?'] = QUERY,
};
/* clang-format on */

static size_t run(struct stet_span s, size_t from, unsigned class)
{
    while (from < s.len && (classes[(unsigned char)s.ptr[from]] & class))
        from++;
    return from;
}

/*
 * A host that needs no mapping: labels of letters, digits and hyphens, none
 * of them in Punycode, the last not a number (that would be an address).
 */
static bool is_plain_host(struct stet_span host)
{
    struct stet_span rest = host, label = host;

    if (!host.ptr || !host.len || host.len > 253)
        return false;
    while (rest.ptr) {
        label = stet_span_cut(&rest, '.');
        if (!label.len || label.len > 63 || *label.ptr == '-' ||
            label.ptr[label.len - 1] == '-' ||
            (label.len > 3 && label.ptr[2] == '-' && label.ptr[3] == '-'))
            return false;
    }
    return stet_is_alpha((unsigned char)*label.ptr);
}

/* Bytes of "https://host" at the front of s, or 0.  Most are the base's own,
 * which came out of the parser as it is. */
static size_t origin_len(const struct stet_links_out *out, struct stet_span s)
{
    size_t start = out->base.path_start, end;

    if (stet_url_is_http(&out->base) && s.len > start && s.ptr[start] == '/' &&
        !memcmp(s.ptr, out->base.href.data, start))
        return start;

    if (s.len > 8 && !memcmp(s.ptr, "https://", 8))
        start = 8;
    else if (s.len > 7 && !memcmp(s.ptr, "http://", 7))
        start = 7;
    else
        return 0;
    end = run(s, start, HOST);
    if (end == s.len || s.ptr[end] != '/' ||
        !is_plain_host(stet_span_sub(s, start, end - start)))
        return 0;
    return end;
}

/* Where the path that begins at `from` ends; 0 when it holds a part that
 * may be a dot segment. */
static size_t path_end(struct stet_span s, size_t from)
{
    size_t i;

    for (i = from; i < s.len; i++) {
        unsigned class = classes[(unsigned char)s.ptr[i]];

        if (!(class & PATH))
            break;
        if (!(class & DOTTY))
            continue;
        if (s.ptr[i] == '.' && (!i || s.ptr[i - 1] == '/'))
            return 0;
        /* "%2e" is a dot, too. */
        if (s.ptr[i] == '%' && i + 2 < s.len && s.ptr[i + 1] == '2' &&
            (s.ptr[i + 2] | 0x20) == 'e')
            return 0;
    }
    return i;
}

/* Offsets of query and fragment; false when anything needs the parser. */
static bool ends_plain(struct stet_span s, size_t path, size_t *page_end)
{
    size_t at = path;

    if (at < s.len && s.ptr[at] == '?')
        at = run(s, at, QUERY);
    *page_end = at;
    if (at < s.len && s.ptr[at] == '#')
        at = run(s, at + 1, LATER);
    return at == s.len;
}

/* What of the base goes before a relative URL; NULL: not so plain. */
static struct stet_span prefix_for(const struct stet_links_out *out,
                                   struct stet_span raw)
{
    struct stet_span href = stet_url_href(&out->base);
    size_t n = out->base.path_start, colon;

    if (!stet_url_is_http(&out->base))
        return (struct stet_span){ NULL, 0 };
    if (*raw.ptr == '/') {
        if (raw.len > 1 && (raw.ptr[1] == '/' || raw.ptr[1] == '\\'))
            return (struct stet_span){ NULL, 0 };
        return stet_span_sub(href, 0, n);
    }
    /* A ':' in the first part would make it a scheme. */
    for (colon = 0; colon < raw.len && raw.ptr[colon] != '/'; colon++)
        if (raw.ptr[colon] == ':' || raw.ptr[colon] == '?')
            return (struct stet_span){ NULL, 0 };
    if (!stet_is_alnum((unsigned char)*raw.ptr))
        return (struct stet_span){ NULL, 0 };
    for (n = out->base.path_end; n && href.ptr[n - 1] != '/'; n--)
        ;
    return stet_span_sub(href, 0, n);
}

int stet_links_out_plain(struct stet_links_out *out, struct stet_link *l,
                         struct stet_span raw)
{
    struct stet_span prefix = { NULL, 0 };
    size_t start = origin_len(out, raw), path, page, n;

    if (!start) {
        prefix = prefix_for(out, raw);
        if (!prefix.ptr)
            return STET_END;
    }
    path = path_end(raw, start);
    if (!path || !ends_plain(raw, path, &page))
        return STET_END;
    stet_buf_reset(&out->href);
    stet_buf_add_span(&out->href, prefix);
    n = out->href.len + page;
    stet_buf_add_span(&out->href, raw);
    if (stet_buf_status(&out->href))
        return stet_buf_status(&out->href) == STET_ENOMEM ? STET_ENOMEM
                                                          : STET_END;
    l->url = stet_span_sub(stet_buf_span(&out->href), 0, n);
    l->fragment = stet_span_sub(stet_buf_span(&out->href), n, out->href.len);
    if (l->fragment.len == 1)
        l->fragment.len = 0;
    return STET_OK;
}
