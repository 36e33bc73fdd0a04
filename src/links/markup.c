#include "links/markup.h"

#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "html/charref.h"

void stet_markup_init(struct stet_markup *m, struct stet_span source)
{
    *m = (struct stet_markup){ .at = source.ptr,
                               .end = source.ptr + source.len };
}

static bool is_space(char c)
{
    return stet_is_space((unsigned char)c);
}

static bool starts(const char *p, const char *end, const char *what)
{
    size_t n = strlen(what);

    return (size_t)(end - p) >= n && memcmp(p, what, n) == 0;
}

/* Past the next `what`; end when there is none. */
static const char *after(const char *p, const char *end, const char *what)
{
    struct stet_span rest = { p, (size_t)(end - p) };
    size_t n = strlen(what);
    size_t at = stet_span_find(rest, (struct stet_span){ what, n });

    return at == rest.len ? end : p + at + n;
}

static struct stet_span local_name(const char *from, const char *to)
{
    const char *colon = memchr(from, ':', (size_t)(to - from));

    if (colon)
        from = colon + 1;
    return (struct stet_span){ from, (size_t)(to - from) };
}

/* To the '>' that ends a tag, from the end of its name: not inside a value,
 * as stet_markup_attr() sees values. */
static const char *tag_end(const char *p, const char *end)
{
    char quote = 0, last = 0;

    for (; p < end; p++) {
        if (quote) {
            if (*p == quote)
                quote = last = 0;
        } else if (*p == '>') {
            break;
        } else if ((*p == '"' || *p == '\'') && last == '=') {
            quote = *p;
        } else if (!is_space(*p)) {
            last = *p;
        }
    }
    return p;
}

static void take_tag(struct stet_markup *m)
{
    const char *p = m->at + 1, *stop, *name;

    m->kind = STET_MARKUP_OPEN;
    if (p < m->end && *p == '/') {
        m->kind = STET_MARKUP_CLOSE;
        p++;
    }
    for (name = p; p < m->end && !is_space(*p) && *p != '/' && *p != '>'; p++)
        ;
    stop = tag_end(p, m->end);
    m->name = local_name(name, p);
    m->attrs = (struct stet_span){ p, (size_t)(stop - p) };
    m->self_closing = stop > p && stop[-1] == '/';
    m->at = stop < m->end ? stop + 1 : m->end;
}

static void take_cdata(struct stet_markup *m)
{
    const char *start = m->at + 9, *stop = after(start, m->end, "]]>");

    m->kind = STET_MARKUP_CDATA;
    m->at = stop;
    m->text = (struct stet_span){ start, (size_t)(stop - start) };
    if (stop - start >= 3 && memcmp(stop - 3, "]]>", 3) == 0)
        m->text.len -= 3;
}

static void take_text(struct stet_markup *m)
{
    const char *p = memchr(m->at, '<', (size_t)(m->end - m->at));

    if (!p)
        p = m->end;
    m->kind = STET_MARKUP_TEXT;
    m->text = (struct stet_span){ m->at, (size_t)(p - m->at) };
    m->at = p;
}

void stet_markup_next(struct stet_markup *m)
{
    const char *p, *end = m->end;

    for (;;) {
        p = m->at;
        m->kind = STET_MARKUP_END_OF_INPUT;
        if (p == end)
            return;
        if (*p != '<') {
            take_text(m);
            return;
        }
        if (starts(p, end, "<!--")) {
            m->at = after(p + 4, end, "-->");
        } else if (starts(p, end, "<![CDATA[")) {
            take_cdata(m);
            return;
        } else if (starts(p, end, "<?") || starts(p, end, "<!")) {
            m->at = after(p, end, ">");
        } else {
            take_tag(m);
            return;
        }
    }
}

struct stet_span stet_markup_attr(const struct stet_markup *m, const char *name)
{
    const char *p = m->attrs.ptr, *end = p + m->attrs.len, *from, *to;
    char quote;

    while (p < end) {
        while (p < end && (is_space(*p) || *p == '/'))
            p++;
        for (from = p; p < end && *p != '=' && !is_space(*p); p++)
            ;
        to = p;
        while (p < end && is_space(*p))
            p++;
        if (p == end || *p != '=')
            continue;
        for (p++; p < end && is_space(*p); p++)
            ;
        if (p == end || (*p != '"' && *p != '\''))
            continue;
        quote = *p++;
        const char *value = p;
        while (p < end && *p != quote)
            p++;
        if (stet_span_ieqs(local_name(from, to), name))
            return (struct stet_span){ value, (size_t)(p - value) };
        if (p < end)
            p++;
    }
    return (struct stet_span){ NULL, 0 };
}

/* "&name;" */
static bool is_entity(struct stet_span s)
{
    size_t n = 1;

    while (n < s.len && stet_is_alnum((unsigned char)s.ptr[n]))
        n++;
    return n > 1 && n < s.len && s.ptr[n] == ';';
}

bool stet_markup_decode(struct stet_buf *out, struct stet_span text)
{
    bool known = true;

    while (text.len) {
        size_t n = stet_span_find(text, STET_SPAN("&"));
        struct stet_charref r = { .len = 0 };

        stet_buf_add(out, text.ptr, n);
        text = stet_span_sub(text, n, text.len);
        if (!text.len)
            break;
        stet_charref_read(&r, text, false);
        /* HTML's references without ';' are none here: "?a=1&copy=2". */
        if (r.len && text.ptr[r.len - 1] == ';') {
            stet_utf8_add(out, r.cps[0]);
            if (r.cps[1])
                stet_utf8_add(out, r.cps[1]);
        } else {
            known = known && !is_entity(text);
            r.len = 1;
            stet_buf_addc(out, '&');
        }
        text = stet_span_sub(text, r.len, text.len);
    }
    return known;
}
