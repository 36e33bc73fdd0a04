/*
 * Looking for an encoding's name in a document's first bytes (HTML section
 * 13.2.3.2, "prescan a byte stream to determine its encoding").
 */
#include "base/ascii.h"
#include "base/span.h"
#include "html/charset.h"

#include <string.h>

enum { KEPT = 256 }; /* bytes of a name or value that matter */

struct scan {
    const char *p, *end;
};

static bool starts(const struct scan *s, struct stet_span lower)
{
    if ((size_t)(s->end - s->p) < lower.len)
        return false;
    for (size_t i = 0; i < lower.len; i++) {
        if (stet_to_lower(s->p[i]) != lower.ptr[i])
            return false;
    }
    return true;
}

static bool at_space(const struct scan *s)
{
    return s->p < s->end && stet_is_space((unsigned char)*s->p);
}

static void skip_space(struct scan *s)
{
    while (at_space(s))
        s->p++;
}

/* A text of the prescan, in lower case. */
struct word {
    char text[KEPT];
    size_t len; /* at most KEPT; the rest is dropped */
};

static void put(struct word *w, char c)
{
    if (w->len < KEPT)
        w->text[w->len++] = stet_to_lower(c);
}

static struct stet_span span(const struct word *w)
{
    return (struct stet_span){ w->text, w->len };
}

static void read_value(struct scan *s, struct word *value)
{
    char quote = *s->p;

    if (quote == '"' || quote == '\'') {
        for (s->p++; s->p < s->end && *s->p != quote; s->p++)
            put(value, *s->p);
        s->p += s->p < s->end;
        return;
    }
    while (s->p < s->end && !at_space(s) && *s->p != '>')
        put(value, *s->p++);
}

/* The standard's "get an attribute"; false: there is none. */
static bool get_attribute(struct scan *s, struct word *name, struct word *value)
{
    name->len = value->len = 0;
    while (at_space(s) || (s->p < s->end && *s->p == '/'))
        s->p++;
    if (s->p == s->end || *s->p == '>')
        return false;
    while (s->p < s->end && !at_space(s) && *s->p != '/' && *s->p != '>' &&
           (*s->p != '=' || name->len == 0))
        put(name, *s->p++);
    skip_space(s);
    if (s->p == s->end || *s->p != '=')
        return true;
    s->p++;
    skip_space(s);
    if (s->p < s->end)
        read_value(s, value);
    return true;
}

enum stet_charset stet_charset_of_meta_content(struct stet_span content)
{
    static const struct stet_span key = STET_SPAN_INIT("charset");
    struct scan s = { content.ptr, content.ptr + content.len };
    const char *from, *stop;

    for (; s.p < s.end; s.p++) {
        if (!starts(&s, key))
            continue;
        s.p += key.len;
        skip_space(&s);
        if (s.p < s.end && *s.p == '=')
            break;
        s.p--;
    }
    if (s.p >= s.end)
        return STET_CHARSET_NONE;
    s.p++;
    skip_space(&s);
    if (s.p == s.end)
        return STET_CHARSET_NONE;
    from = s.p;
    if (*from == '"' || *from == '\'') {
        from++;
        stop = from < s.end ? memchr(from, from[-1], (size_t)(s.end - from))
                            : NULL;
        if (!stop)
            return STET_CHARSET_NONE;
    } else {
        while (s.p < s.end && !at_space(&s) && *s.p != ';')
            s.p++;
        stop = s.p;
    }
    return stet_charset_of_label(
        (struct stet_span){ from, (size_t)(stop - from) });
}

/* What a document that is read as ASCII cannot be in. */
static enum stet_charset sane(enum stet_charset c)
{
    if (c == STET_CHARSET_UTF_16LE || c == STET_CHARSET_UTF_16BE)
        return STET_CHARSET_UTF_8;
    if (c == STET_CHARSET_X_USER_DEFINED)
        return STET_CHARSET_WINDOWS_1252;
    return c;
}

/* What a meta element says, from the end of its name on. */
static enum stet_charset read_meta(struct scan *s)
{
    struct word name, value;
    bool pragma = false, need_pragma = false;
    bool had_pragma = false, had_content = false, had_charset = false;
    enum stet_charset charset = STET_CHARSET_NONE;

    while (get_attribute(s, &name, &value)) {
        if (stet_span_eqs(span(&name), "http-equiv") && !had_pragma) {
            had_pragma = true;
            pragma = stet_span_eqs(span(&value), "content-type");
        } else if (stet_span_eqs(span(&name), "content") && !had_content) {
            enum stet_charset c = stet_charset_of_meta_content(span(&value));

            had_content = true;
            if (c && !charset && !had_charset) {
                charset = c;
                need_pragma = true;
            }
        } else if (stet_span_eqs(span(&name), "charset") && !had_charset) {
            had_charset = true;
            charset = stet_charset_of_label(span(&value));
            need_pragma = false;
        }
    }
    if (s->p == s->end || (need_pragma && !pragma))
        return STET_CHARSET_NONE;
    return sane(charset);
}

/* Past the next `what`, or to the end. */
static void skip_past(struct scan *s, struct stet_span what)
{
    struct stet_span rest = { s->p, (size_t)(s->end - s->p) };
    size_t at = stet_span_find(rest, what);

    s->p = at == rest.len ? s->end : s->p + at + what.len;
}

/* Past the name of a tag and its attributes. */
static void skip_tag(struct scan *s)
{
    struct word name, value;

    while (s->p < s->end && !at_space(s) && *s->p != '>')
        s->p++;
    while (get_attribute(s, &name, &value))
        ;
}

static bool at_tag(const struct scan *s)
{
    const char *p = s->p + 1;

    if (p < s->end && *p == '/')
        p++;
    return p < s->end && stet_is_alpha((unsigned char)*p);
}

static bool at_meta(const struct scan *s)
{
    static const struct stet_span meta = STET_SPAN_INIT("<meta");
    struct scan after = { s->p + meta.len, s->end };

    return starts(s, meta) && after.p < s->end &&
           (at_space(&after) || *after.p == '/');
}

static enum stet_charset find_meta(struct stet_span head)
{
    struct scan s = { head.ptr, head.ptr + head.len };
    enum stet_charset c = STET_CHARSET_NONE;

    while (!c && s.p < s.end) {
        const char *lt = memchr(s.p, '<', (size_t)(s.end - s.p));

        if (!lt)
            break;
        s.p = lt;
        if (starts(&s, STET_SPAN("<!--"))) {
            s.p += 2;
            skip_past(&s, STET_SPAN("-->"));
        } else if (at_meta(&s)) {
            s.p += sizeof("<meta") - 1;
            c = read_meta(&s);
        } else if (at_tag(&s)) {
            skip_tag(&s);
        } else if (s.end - s.p > 1 && strchr("!/?", s.p[1]) && s.p[1]) {
            skip_past(&s, STET_SPAN(">"));
        } else {
            s.p++;
        }
    }
    return c;
}

static void skip_low(struct scan *s)
{
    while (s->p < s->end && (unsigned char)*s->p <= ' ')
        s->p++;
}

/* The standard's "get an XML encoding". */
static enum stet_charset find_xml(struct stet_span head)
{
    struct scan s = { head.ptr, head.ptr + head.len };
    const char *from, *stop;

    if (head.len < 5 || memcmp(head.ptr, "<?xml", 5) != 0)
        return STET_CHARSET_NONE;
    stop = memchr(s.p, '>', head.len);
    if (!stop)
        return STET_CHARSET_NONE;
    s.end = stop;
    skip_past(&s, STET_SPAN("encoding"));
    skip_low(&s);
    if (s.p == s.end || *s.p != '=')
        return STET_CHARSET_NONE;
    s.p++;
    skip_low(&s);
    if (s.end - s.p < 2 || (*s.p != '"' && *s.p != '\''))
        return STET_CHARSET_NONE;
    from = s.p + 1;
    stop = memchr(from, *s.p, (size_t)(s.end - from));
    for (const char *p = from; stop && p < stop; p++) {
        if ((unsigned char)*p <= ' ')
            return STET_CHARSET_NONE;
    }
    return stop ? sane(stet_charset_of_label(
                      (struct stet_span){ from, (size_t)(stop - from) }))
                : STET_CHARSET_NONE;
}

enum stet_charset stet_charset_prescan(struct stet_span head,
                                       enum stet_charset_source *source)
{
    enum stet_charset_source unused;
    enum stet_charset c;

    if (!source)
        source = &unused;
    head = stet_span_sub(head, 0, STET_HTML_PRESCAN);
    *source = STET_CHARSET_FROM_XML;
    if (head.len >= 6 && memcmp(head.ptr, "<\0?\0x\0", 6) == 0)
        return STET_CHARSET_UTF_16LE;
    if (head.len >= 6 && memcmp(head.ptr, "\0<\0?\0x", 6) == 0)
        return STET_CHARSET_UTF_16BE;
    c = head.len > 0 ? find_meta(head) : STET_CHARSET_NONE;
    if (c) {
        *source = STET_CHARSET_FROM_META;
        return c;
    }
    return find_xml(head);
}

/* What a meta element says once it is a token. */
static int on_token(void *ctx, const struct stet_html_token *t)
{
    enum stet_charset *found = ctx, charset = STET_CHARSET_NONE;
    bool pragma = false;

    if (t->kind != STET_HTML_START || t->tag != STET_HTML_TAG_META)
        return STET_OK;
    for (size_t i = 0; i < t->n_attrs; i++) {
        const struct stet_html_attr *a = &t->attrs[i];

        if (a->duplicate)
            continue;
        if (a->id == STET_HTML_ATTR_HTTP_EQUIV)
            pragma = stet_span_ieqs(a->value, "content-type");
        if (a->id == STET_HTML_ATTR_CHARSET)
            *found = stet_charset_of_label(a->value);
        if (a->id == STET_HTML_ATTR_CONTENT)
            charset = stet_charset_of_meta_content(a->value);
    }
    if (!*found && pragma)
        *found = charset;
    *found = sane(*found);
    return *found ? STET_END : STET_OK;
}

int stet_charset_late_meta(enum stet_charset *out, struct stet_span head)
{
    struct stet_html_options opts = { .charset = STET_CHARSET_WINDOWS_1252,
                                      .on_token = on_token,
                                      .ctx = out,
                                      .skip_text = true };

    int rc;

    *out = STET_CHARSET_NONE;
    rc = stet_html_tokenize(stet_span_sub(head, 0, STET_HTML_LATE_META), &opts,
                            NULL);
    return rc < 0 ? rc : STET_OK;
}
