#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "links/hint.h"
#include "links/parts.h"

#include <string.h>

enum {
    MAX_DEPTH = 64, /* containers whose name is remembered */
};

struct level {
    enum stet_links_hint hint; /* found when it is asked for */
    bool is_object;
    struct stet_span key; /* it is the value of */
};

struct json_search {
    struct stet_links_out *out;
    struct stet_links_spot *spot;
    enum stet_links_json_kind kind;
    struct stet_link *link;
    char holder[64];
    struct stet_span key; /* of the value that comes next, or last came */
    unsigned depth;       /* of open containers */
    struct level levels[MAX_DEPTH + 1];
};

static struct level *around(struct json_search *j)
{
    return &j->levels[j->depth < MAX_DEPTH ? j->depth : MAX_DEPTH];
}

static void open_container(struct json_search *j, bool is_object)
{
    struct level *l;

    j->depth++;
    if (j->depth <= MAX_DEPTH) {
        l = around(j);
        l->hint = STET_HINT_UNKNOWN;
        l->is_object = is_object;
        l->key = j->key;
    }
    if (is_object)
        j->key = STET_SPAN("");
}

/* What the container at hand says: by its own name, else by that of the
 * one around it. */
static enum stet_links_hint hint_around(struct json_search *j)
{
    struct level *top = around(j), *l = top;
    enum stet_links_hint h;

    for (;;) {
        h = l->hint;
        if (h == STET_HINT_UNKNOWN)
            h = l == j->levels ? STET_HINT_NONE : stet_links_hint_of(l->key);
        if ((h != STET_HINT_NONE && h != STET_HINT_URL) || l == j->levels)
            break;
        if (l->hint != STET_HINT_UNKNOWN)
            break; /* and what is around it was looked at then */
        l--;
    }
    for (; l <= top; l++)
        l->hint = h;
    return h;
}

/* The elements of an array go by the array's name. */
static void close_container(struct json_search *j)
{
    if (j->depth)
        j->depth--;
    j->key = around(j)->is_object || !j->depth ? STET_SPAN("") : around(j)->key;
}

/* What the value of the current key is: by its own name, else by that of
 * what it lies in. */
static enum stet_links_hint hint_here(struct json_search *j)
{
    enum stet_links_hint own = stet_links_hint_of(j->key),
                         outer = hint_around(j);

    if (j->kind == STET_JSON_LINKS_MAP)
        return STET_HINT_SCRIPT;
    if (j->kind == STET_JSON_LINKS_LD && outer == STET_HINT_MEDIA &&
        stet_span_ieqs(j->key, "url"))
        return STET_HINT_PAGE;
    if (own == STET_HINT_NONE && !around(j)->is_object)
        return outer;
    if (own == STET_HINT_URL)
        return outer == STET_HINT_NONE ? STET_HINT_URL : outer;
    return own;
}

static bool is_absolute(struct stet_span t)
{
    if (stet_span_istarts(t, "https://"))
        return t.len > 10;
    if (stet_span_istarts(t, "http://"))
        return t.len > 9;
    return t.len > 5 && t.ptr[0] == '/' && t.ptr[1] == '/' &&
           stet_is_alnum((unsigned char)t.ptr[2]) && memchr(t.ptr, '.', t.len);
}

static bool has_blank_or_markup(struct stet_span t)
{
    for (size_t i = 0; i < t.len; i++) {
        unsigned char c = (unsigned char)t.ptr[i];

        if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == '{')
            return true;
    }
    return false;
}

/* True if a string of that meaning is a URL. */
static bool is_url(const struct json_search *j, struct stet_span t,
                   enum stet_links_hint hint)
{
    enum stet_link_file f;

    if (hint == STET_HINT_NEVER)
        return false;
    if (is_absolute(t))
        return true;
    if (j->kind == STET_JSON_LINKS_MANIFEST || j->kind == STET_JSON_LINKS_LD)
        return hint == STET_HINT_IMAGE || hint == STET_HINT_PAGE ||
               hint == STET_HINT_RELATED || hint == STET_HINT_URL;
    if (*t.ptr == '/' && t.len > 2 && stet_is_alpha((unsigned char)t.ptr[1]) &&
        hint != STET_HINT_NONE)
        return true;
    if (j->kind == STET_JSON_LINKS_MAP)
        return *t.ptr == '/' || *t.ptr == '.';
    f = stet_link_file_of(t);
    return hint != STET_HINT_NONE && f != STET_FILE_OTHER &&
           memchr(t.ptr, '/', t.len);
}

static void set_role(struct json_search *j, enum stet_links_hint hint)
{
    struct stet_link *l = j->link;
    bool sure = j->kind != STET_JSON_LINKS_ANY;

    l->role = stet_link_role_of_file(stet_link_file_of(l->raw));
    if (hint == STET_HINT_IMAGE)
        l->role = j->kind == STET_JSON_LINKS_MANIFEST ? STET_LINK_ICON
                                                      : STET_LINK_IMAGE;
    else if (hint == STET_HINT_RELATED && l->role != STET_LINK_IMAGE)
        l->role = STET_LINK_RELATED;
    else if (hint == STET_HINT_FRAME)
        l->role = STET_LINK_FRAME;
    else if (hint == STET_HINT_PAGE)
        l->role = STET_LINK_OTHER;
    else if (hint == STET_HINT_SCRIPT)
        l->role = STET_LINK_SCRIPT;
    else if (hint == STET_HINT_MEDIA && l->role == STET_LINK_OTHER)
        l->role = STET_LINK_MEDIA;
    l->requisite =
        sure && (hint == STET_HINT_IMAGE || hint == STET_HINT_SCRIPT);
    l->speculative = !l->requisite;
}

/* Decodes the escapes of a JSON string onto b (RFC 8259 section 7). */
static void unescape(struct stet_buf *b, struct stet_span t)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *p = t.ptr, *end = p + t.len, *at;

    while (p < end) {
        uint32_t cp = 0;

        if (*p != '\\' || p + 1 == end) {
            stet_buf_addc(b, *p++);
            continue;
        }
        p += 2;
        if (p[-1] == 'u' && end - p >= 4) {
            for (int i = 0; i < 4; i++) {
                int v = stet_hex_value((unsigned char)p[i]);

                cp = cp * 16 + (uint32_t)(v < 0 ? 0 : v);
            }
            p += 4;
            stet_utf8_add(
                b, cp >= 0xD800 && cp <= 0xDFFF ? STET_UTF8_REPLACEMENT : cp);
        } else {
            at = p[-1] ? strchr(from, p[-1]) : NULL;
            stet_buf_addc(b, at ? to[at - from] : p[-1]);
        }
    }
}

/* Most strings are told to be no URL without a look at their name. */
static bool may_be_url(struct stet_span t)
{
    return t.len >= 2 && !has_blank_or_markup(t) &&
           (memchr(t.ptr, '/', t.len) || memchr(t.ptr, '.', t.len));
}

static int add_string(struct json_search *j, struct stet_span part,
                      struct stet_span text)
{
    struct stet_link *l = j->link;
    enum stet_links_hint hint;

    l->syntax = STET_SYNTAX_JSON;
    l->raw = text;
    if (!may_be_url(text))
        return STET_OK;
    hint = hint_here(j);
    if (!is_url(j, text, hint))
        return STET_OK;
    set_role(j, hint);
    l->context = stet_links_context(
        j->out, j->holder[0] ? stet_span_of(j->holder) : STET_SPAN("json"),
        (struct stet_span){ NULL, 0 }, j->key);
    stet_links_spot_locate(j->spot, part, l);
    return stet_links_out_add(j->out, l);
}

/* "srcset": several URLs in one string. */
static int add_srcset(struct json_search *j, struct stet_span part,
                      struct stet_span text)
{
    struct stet_links_spot s = { .text = text, .place = STET_PLACE_NONE };

    (void)part;
    j->link->raw = text;
    set_role(j, STET_HINT_IMAGE);
    j->link->speculative = true;
    j->link->requisite = false;
    j->link->context = stet_links_context(
        j->out, stet_span_of(j->holder), (struct stet_span){ NULL, 0 }, j->key);
    return stet_links_srcset(j->out, &s, j->link);
}

static int on_string(struct json_search *j, struct stet_span part, bool escaped)
{
    struct stet_span text = part;

    if (part.len > STET_MAX_LINK_URL || part.len < 2)
        return STET_OK;
    if (escaped) {
        stet_buf_reset(&j->out->raw);
        unescape(&j->out->raw, part);
        if (stet_buf_status(&j->out->raw) == STET_ENOMEM)
            return STET_ENOMEM;
        text = stet_buf_span(&j->out->raw);
    }
    if (j->key.len >= 6 && memchr(text.ptr, ' ', text.len) &&
        stet_span_ifind(j->key, STET_SPAN("srcset")) < j->key.len)
        return add_srcset(j, part, text);
    return add_string(j, part, text);
}

/* From the byte after the opening quote to the closing one. */
static const char *skip_string(const char *p, const char *end, bool *escaped)
{
    *escaped = false;
    for (; p < end && *p != '"'; p++) {
        if (*p == '\\') {
            *escaped = true;
            if (++p == end)
                break;
        }
    }
    return p;
}

static bool colon_follows(const char *p, const char *end)
{
    while (p < end && stet_is_space((unsigned char)*p))
        p++;
    return p < end && *p == ':';
}

/* A string, from its opening quote: a name or a value.  *next is past it. */
static int take_string(struct json_search *j, const char *p, const char *end,
                       const char **next)
{
    struct stet_span part = { p + 1, 0 };
    bool escaped;

    p = skip_string(p + 1, end, &escaped);
    part.len = (size_t)(p - part.ptr);
    *next = p < end ? p + 1 : end;
    if (around(j)->is_object && colon_follows(*next, end)) {
        j->key = part;
        return STET_OK;
    }
    return on_string(j, part, escaped);
}

static int scan(struct json_search *j, const char *p, const char *end)
{
    int rc = STET_OK;

    while (!rc && p < end) {
        switch (*p) {
        case '"':
            rc = take_string(j, p, end, &p);
            continue;
        case '{':
        case '[':
            open_container(j, *p == '{');
            break;
        case '}':
        case ']':
            close_container(j);
            break;
        default:
            break;
        }
        p++;
    }
    return rc;
}

int stet_links_json(struct stet_links_out *out, struct stet_links_spot *s,
                    enum stet_links_json_kind kind, struct stet_link *proto)
{
    struct json_search j = {
        .out = out,
        .spot = s,
        .kind = kind,
        .link = proto,
        .key = STET_SPAN_INIT(""),
    };
    size_t n = proto->context ? strlen(proto->context) : 0;

    if (n >= sizeof(j.holder))
        n = sizeof(j.holder) - 1;
    if (n)
        memcpy(j.holder, proto->context, n);
    return scan(&j, s->text.ptr, s->text.ptr + s->text.len);
}
