#include "plan/trap.h"

#include "base/ascii.h"
#include "base/span.h"

#include <string.h>

enum {
    MIN_ID = 16, /* bytes of a value, where the name may be another thing */
};

/* Names whose value is a session whatever it looks like, and such that are
 * one when it is long enough. */
static const struct {
    const char *name;
    bool sure;
} names[] = {
    { "jsessionid", true },   { "phpsessid", true }, { "sessionid", true },
    { "session_id", true },   { "cfid", true },      { "cftoken", true },
    { "aspsessionid", true }, { "oscsid", true },    { "zenid", true },
    { "sid", false },         { "sess", false },     { "session", false },
    { "s", false },
};

static bool is_id(struct stet_span s)
{
    bool digit = false;

    if (s.len < MIN_ID)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (!stet_is_alnum(c) && c != '-' && c != '_' && c != ',')
            return false;
        digit = digit || stet_is_digit(c);
    }
    return digit;
}

/* "jsessionid=0A1B…" */
static bool is_session(struct stet_span parameter)
{
    struct stet_span value = parameter;
    struct stet_span name = stet_span_cut(&value, '=');

    if (!value.ptr || value.len == 0)
        return false;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (stet_span_ieqs(name, names[i].name))
            return names[i].sure || is_id(value);
    /* ASP names it with letters of its own behind. */
    return stet_span_istarts(name, "aspsessionid");
}

/* ASP.NET without cookies: a part of the path, (S(24 letters)). */
static bool is_asp_part(struct stet_span part)
{
    return part.len > 5 && stet_span_istarts(part, "(S(") &&
           stet_span_ends(part, STET_SPAN("))"));
}

struct writer {
    char *out;
    size_t len;
    bool found;
};

static void put(struct writer *w, struct stet_span s)
{
    if (s.len > 0)
        memcpy(w->out + w->len, s.ptr, s.len);
    w->len += s.len;
}

/* One part of a path: "name;jsessionid=…;other". */
static void put_part(struct writer *w, struct stet_span part)
{
    struct stet_span rest = part;

    put(w, stet_span_cut(&rest, ';'));
    while (rest.ptr) {
        struct stet_span p = stet_span_cut(&rest, ';');

        if (is_session(p)) {
            w->found = true;
            continue;
        }
        put(w, STET_SPAN(";"));
        put(w, p);
    }
}

static void put_path(struct writer *w, struct stet_span path)
{
    bool first = true;

    while (path.ptr) {
        struct stet_span part = stet_span_cut(&path, '/');

        if (is_asp_part(part)) {
            w->found = true;
            continue;
        }
        if (!first)
            put(w, STET_SPAN("/"));
        put_part(w, part);
        first = false;
    }
}

static void put_query(struct writer *w, struct stet_span query)
{
    const char *sep = "?";

    while (query.ptr) {
        struct stet_span p = stet_span_cut(&query, '&');

        if (is_session(p)) {
            w->found = true;
            continue;
        }
        put(w, stet_span_of(sep));
        put(w, p);
        sep = "&";
    }
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the writer writes it */
bool stet_trap_strip_session(struct stet_span url, char *out, size_t *len)
{
    struct writer w = { out, 0, false };
    struct stet_span query = url;
    struct stet_span path = stet_span_cut(&query, '?');

    put_path(&w, path);
    put_query(&w, query);
    *len = w.len;
    return w.found;
}
