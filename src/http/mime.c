#include "http/mime.h"

#include "base/ascii.h"

#include <string.h>

enum { ARENA_MAX = 16 * STET_MAX_MIME };

void stet_mime_init(struct stet_mime *m)
{
    *m = (struct stet_mime){ 0 };
    stet_arena_init(&m->arena, ARENA_MAX);
}

void stet_mime_clear(struct stet_mime *m)
{
    stet_arena_clear(&m->arena);
    stet_mime_init(m);
}

/* HTTP white space (Fetch): unlike HTML's without form feed. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct stet_span trim_end(struct stet_span s)
{
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

static struct stet_span trim(struct stet_span s)
{
    while (s.len && is_blank(s.ptr[0]))
        s = stet_span_sub(s, 1, s.len);
    return trim_end(s);
}

/* A copy in lower case; its ptr is NULL when there is no room. */
static struct stet_span lowered(struct stet_arena *a, struct stet_span s)
{
    char *p = stet_arena_alloc(a, s.len + 1);

    if (!p)
        return (struct stet_span){ 0 };
    for (size_t i = 0; i < s.len; i++)
        p[i] = stet_to_lower(s.ptr[i]);
    return (struct stet_span){ p, s.len };
}

/* Fetch, "collect an HTTP quoted string": *s begins after the quote. */
static struct stet_span take_quoted(struct stet_arena *a, struct stet_span *s)
{
    size_t end = 0, i = 0, n = 0;
    char *p;

    while (end < s->len && s->ptr[end] != '"')
        end += s->ptr[end] == '\\' && end + 1 < s->len ? 2 : 1;
    p = stet_arena_alloc(a, end + 1);
    while (p && i < end) {
        if (s->ptr[i] == '\\' && i + 1 < s->len)
            i++;
        p[n++] = s->ptr[i++];
    }
    *s = stet_span_sub(*s, end + 1, s->len);
    return (struct stet_span){ p, n };
}

/* HTTP quoted-string token code points. */
static bool is_value(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c != '\t' && (c < ' ' || c == 0x7F))
            return false;
    }
    return true;
}

static bool put_param(struct stet_mime *m, struct stet_span name,
                      struct stet_span value)
{
    struct stet_mime_param *p;

    if (!m->params &&
        !(m->params = stet_arena_alloc(&m->arena, STET_MAX_MIME_PARAMS *
                                                      sizeof(*m->params))))
        return false;
    if (m->n_params == STET_MAX_MIME_PARAMS)
        return true;
    p = &m->params[m->n_params];
    p->name = name;
    p->value = stet_arena_dup(&m->arena, value);
    m->n_params += p->value.ptr != NULL;
    return p->value.ptr != NULL;
}

/* What follows the '=', to the ';'.  STET_END: nothing, which is not the
 * same as "". */
static int take_value(struct stet_mime *m, struct stet_span *s,
                      struct stet_span *value)
{
    bool quoted = s->len && s->ptr[0] == '"';
    size_t n = 0;

    if (quoted) {
        *s = stet_span_sub(*s, 1, s->len);
        *value = take_quoted(&m->arena, s);
        if (!value->ptr)
            return STET_ENOMEM;
    }
    while (n < s->len && s->ptr[n] != ';')
        n++;
    if (!quoted)
        *value = trim_end(stet_span_sub(*s, 0, n));
    *s = stet_span_sub(*s, n, s->len);
    return quoted || value->len ? STET_OK : STET_END;
}

static bool has_param(const struct stet_mime *m, struct stet_span name)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (stet_span_ieq(m->params[i].name, name))
            return true;
    return false;
}

/* One ";name=value" of section 4.4, step 11; false: no memory. */
static bool take_param(struct stet_mime *m, struct stet_span *s)
{
    struct stet_span name, value;
    size_t n = 0;
    int rc;

    *s = stet_span_sub(*s, 1, s->len);
    while (s->len && is_blank(s->ptr[0]))
        *s = stet_span_sub(*s, 1, s->len);
    while (n < s->len && s->ptr[n] != ';' && s->ptr[n] != '=')
        n++;
    name = stet_span_sub(*s, 0, n);
    *s = stet_span_sub(*s, n, s->len);
    if (!s->len || s->ptr[0] == ';')
        return true;
    *s = stet_span_sub(*s, 1, s->len);
    rc = take_value(m, s, &value);
    if (rc < 0)
        return false;
    if (rc == STET_END || !stet_is_token(name) || !is_value(value) ||
        has_param(m, name))
        return true;
    name = lowered(&m->arena, name);
    return name.ptr && put_param(m, name, value);
}

static int parse(struct stet_mime *m, struct stet_span s)
{
    struct stet_span type, rest = s;
    size_t n = 0;

    type = stet_span_cut(&rest, '/');
    if (!rest.ptr || !stet_is_token(type))
        return STET_EFORMAT;
    while (n < rest.len && rest.ptr[n] != ';')
        n++;
    m->subtype = trim_end(stet_span_sub(rest, 0, n));
    if (!stet_is_token(m->subtype))
        return STET_EFORMAT;
    rest = stet_span_sub(rest, n, rest.len);
    m->essence =
        lowered(&m->arena, stet_span_sub(s, 0, type.len + 1 + m->subtype.len));
    if (!m->essence.ptr)
        return STET_ENOMEM;
    m->type = stet_span_sub(m->essence, 0, type.len);
    m->subtype = stet_span_sub(m->essence, type.len + 1, m->essence.len);
    while (rest.len && m->n_params < STET_MAX_MIME_PARAMS)
        if (!take_param(m, &rest))
            return STET_ENOMEM;
    return STET_OK;
}

int stet_mime_parse(struct stet_mime *m, struct stet_span text)
{
    int rc;

    stet_mime_clear(m);
    rc = parse(m, trim(stet_span_sub(text, 0, STET_MAX_MIME)));
    if (rc < 0)
        stet_mime_clear(m);
    return rc;
}

struct stet_span stet_mime_get(const struct stet_mime *m, const char *name)
{
    for (size_t i = 0; i < m->n_params; i++)
        if (stet_span_ieqs(m->params[i].name, name))
            return m->params[i].value;
    return (struct stet_span){ 0 };
}

/* Fetch, "extract a MIME type", with the charset so far in *charset. */
static int merge(struct stet_mime *m, struct stet_mime *next,
                 struct stet_buf *charset)
{
    struct stet_span had = stet_mime_get(next, "charset");
    struct stet_mime swap;

    if (!stet_span_eq(m->essence, next->essence))
        stet_buf_reset(charset);
    if (had.ptr) {
        stet_buf_reset(charset);
        stet_buf_add_span(charset, had);
    } else if (charset->len &&
               !put_param(next, STET_SPAN("charset"), stet_buf_span(charset))) {
        return STET_ENOMEM;
    }
    swap = *m;
    *m = *next;
    *next = swap;
    return stet_buf_status(charset);
}

int stet_mime_of_head(struct stet_mime *m, const struct stet_head *head)
{
    struct stet_buf all, charset;
    struct stet_span rest, member;
    struct stet_mime next;
    int rc = STET_OK;

    stet_mime_clear(m);
    stet_mime_init(&next);
    stet_buf_init(&all, STET_MAX_HEAD + STET_MAX_FIELDS * 2);
    stet_buf_init(&charset, STET_MAX_MIME);
    stet_head_join(head, "content-type", &all);
    rc = stet_buf_status(&all);
    rest = stet_buf_span(&all);
    while (!rc && stet_list_next(&rest, &member)) {
        rc = stet_mime_parse(&next, member);
        if (rc == STET_EFORMAT)
            rc = STET_OK;
        else if (!rc && !stet_span_eqs(next.essence, "*/*"))
            rc = merge(m, &next, &charset);
    }
    if (!rc && !m->essence.len)
        rc = STET_EFORMAT;
    if (rc < 0)
        stet_mime_clear(m);
    stet_mime_clear(&next);
    stet_buf_clear(&all);
    stet_buf_clear(&charset);
    return rc;
}

static void print_quoted(struct stet_span s, struct stet_buf *out)
{
    stet_buf_addc(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"' || s.ptr[i] == '\\')
            stet_buf_addc(out, '\\');
        stet_buf_addc(out, s.ptr[i]);
    }
    stet_buf_addc(out, '"');
}

void stet_mime_print(const struct stet_mime *m, struct stet_buf *out)
{
    stet_buf_add_span(out, m->essence);
    for (size_t i = 0; i < m->n_params; i++) {
        stet_buf_addc(out, ';');
        stet_buf_add_span(out, m->params[i].name);
        stet_buf_addc(out, '=');
        if (stet_is_token(m->params[i].value))
            stet_buf_add_span(out, m->params[i].value);
        else
            print_quoted(m->params[i].value, out);
    }
}

/* -- kinds --------------------------------------------------------------- */

static bool ends(struct stet_span s, const char *suffix)
{
    size_t n = strlen(suffix);

    return s.len > n && stet_span_ieqs(stet_span_sub(s, s.len - n, n), suffix);
}

static const struct {
    const char *essence;
    enum stet_mime_kind kind;
} named[] = {
    { "text/html", STET_MIME_HTML },
    { "application/xhtml+xml", STET_MIME_HTML },
    { "text/css", STET_MIME_CSS },
    { "text/javascript", STET_MIME_SCRIPT },
    { "application/javascript", STET_MIME_SCRIPT },
    { "application/x-javascript", STET_MIME_SCRIPT },
    { "text/x-javascript", STET_MIME_SCRIPT },
    { "application/ecmascript", STET_MIME_SCRIPT },
    { "application/x-ecmascript", STET_MIME_SCRIPT },
    { "text/ecmascript", STET_MIME_SCRIPT },
    { "text/x-ecmascript", STET_MIME_SCRIPT },
    { "text/jscript", STET_MIME_SCRIPT },
    { "text/livescript", STET_MIME_SCRIPT },
    { "application/json", STET_MIME_JSON },
    { "text/json", STET_MIME_JSON },
    { "text/xml", STET_MIME_XML },
    { "application/xml", STET_MIME_XML },
    { "application/vnd.ms-fontobject", STET_MIME_FONT },
    { "application/ogg", STET_MIME_VIDEO },
    { "application/vnd.apple.mpegurl", STET_MIME_VIDEO },
    { "application/x-mpegurl", STET_MIME_VIDEO },
    { "application/dash+xml", STET_MIME_VIDEO },
};

static const struct {
    const char *prefix;
    enum stet_mime_kind kind;
} families[] = {
    { "image/", STET_MIME_IMAGE },
    { "font/", STET_MIME_FONT },
    { "application/font-", STET_MIME_FONT },
    { "application/x-font-", STET_MIME_FONT },
    { "audio/", STET_MIME_AUDIO },
    { "video/", STET_MIME_VIDEO },
    { "text/javascript1.", STET_MIME_SCRIPT },
};

enum stet_mime_kind stet_mime_kind_of(struct stet_span essence)
{
    for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
        if (stet_span_ieqs(essence, named[i].essence))
            return named[i].kind;
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
        if (stet_span_istarts(essence, families[i].prefix))
            return families[i].kind;
    if (ends(essence, "+json"))
        return STET_MIME_JSON;
    if (ends(essence, "+xml"))
        return STET_MIME_XML;
    return stet_span_istarts(essence, "text/") ? STET_MIME_TEXT
                                               : STET_MIME_OTHER;
}
