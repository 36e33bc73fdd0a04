#include "http/link.h"

#include "base/ascii.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip_blanks(struct stet_span *s)
{
    while (s->len && is_blank(s->ptr[0]))
        *s = stet_span_sub(*s, 1, s->len);
}

/* Takes a quoted string or a bare value from the front. */
static struct stet_span take_value(struct stet_span *s)
{
    struct stet_span value;
    size_t n = 0;

    if (s->len && s->ptr[0] == '"') {
        *s = stet_span_sub(*s, 1, s->len);
        while (n < s->len && s->ptr[n] != '"')
            n += s->ptr[n] == '\\' && n + 1 < s->len ? 2 : 1;
        value = stet_span_sub(*s, 0, n);
        *s = stet_span_sub(*s, n + 1, s->len);
        return value;
    }
    while (n < s->len && s->ptr[n] != ';' && s->ptr[n] != ',' &&
           !is_blank(s->ptr[n]))
        n++;
    value = stet_span_sub(*s, 0, n);
    *s = stet_span_sub(*s, n, s->len);
    return value;
}

/* RFC 8288 appendix B.3: the parameters up to the comma. */
static void take_params(struct stet_link_value *out, struct stet_span *s)
{
    while (skip_blanks(s), s->len && s->ptr[0] == ';') {
        struct stet_link_param p = { 0 };
        size_t n = 0;

        *s = stet_span_sub(*s, 1, s->len);
        skip_blanks(s);
        while (n < s->len && s->ptr[n] != '=' && s->ptr[n] != ';' &&
               s->ptr[n] != ',' && !is_blank(s->ptr[n]))
            n++;
        p.name = stet_span_sub(*s, 0, n);
        *s = stet_span_sub(*s, n, s->len);
        skip_blanks(s);
        if (s->len && s->ptr[0] == '=') {
            *s = stet_span_sub(*s, 1, s->len);
            skip_blanks(s);
            p.value = take_value(s);
        }
        if (!p.name.len)
            continue;
        if (stet_span_ieqs(p.name, "rel") && !out->rel.ptr)
            out->rel = p.value;
        if (out->n_params < STET_MAX_LINK_PARAMS)
            out->params[out->n_params++] = p;
    }
}

bool stet_link_next(struct stet_link_value *out, struct stet_span *rest,
                    const char *from)
{
    while (rest->len) {
        size_t n = 1;

        if (rest->ptr[0] != '<') {
            *rest = stet_span_sub(*rest, 1, rest->len);
            continue;
        }
        while (n < rest->len && rest->ptr[n] != '>')
            n++;
        if (n == rest->len)
            break;
        *out = (struct stet_link_value){ 0 };
        out->target = stet_span_trim(stet_span_sub(*rest, 1, n - 1));
        out->offset = (size_t)(out->target.ptr - from);
        *rest = stet_span_sub(*rest, n + 1, rest->len);
        take_params(out, rest);
        while (rest->len && rest->ptr[0] != ',')
            *rest = stet_span_sub(*rest, 1, rest->len);
        return true;
    }
    *rest = (struct stet_span){ 0 };
    return false;
}

struct stet_span stet_link_get(const struct stet_link_value *l,
                               const char *name)
{
    for (size_t i = 0; i < l->n_params; i++)
        if (stet_span_ieqs(l->params[i].name, name))
            return l->params[i].value;
    return (struct stet_span){ 0 };
}

bool stet_link_has_rel(const struct stet_link_value *l, const char *rel)
{
    struct stet_span rest = l->rel;

    while (rest.len) {
        size_t n = 0;

        while (n < rest.len && !stet_is_space((unsigned char)rest.ptr[n]))
            n++;
        if (n && stet_span_ieqs(stet_span_sub(rest, 0, n), rel))
            return true;
        rest = stet_span_sub(rest, n + 1, rest.len);
    }
    return false;
}
