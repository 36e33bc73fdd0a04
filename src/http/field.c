#include "base/ascii.h"
#include "http/message.h"

#include <string.h>

const struct stet_field *stet_head_next(const struct stet_head *h,
                                        const char *name,
                                        const struct stet_field *prev)
{
    size_t i = prev ? (size_t)(prev - h->fields) + 1 : 0;

    for (; i < h->n_fields; i++)
        if (stet_span_ieqs(h->fields[i].name, name))
            return &h->fields[i];
    return NULL;
}

const struct stet_field *stet_head_find(const struct stet_head *h,
                                        const char *name)
{
    return stet_head_next(h, name, NULL);
}

struct stet_span stet_head_get(const struct stet_head *h, const char *name)
{
    const struct stet_field *f = stet_head_find(h, name);

    return f ? f->value : (struct stet_span){ 0 };
}

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n' || c == '\0';
}

void stet_field_unfold(struct stet_buf *out, struct stet_span value)
{
    size_t from = 0, i = 0;

    while (i < value.len) {
        if (!is_line_end(value.ptr[i])) {
            i++;
            continue;
        }
        stet_buf_add(out, value.ptr + from, i - from);
        while (i < value.len && (is_line_end(value.ptr[i]) ||
                                 value.ptr[i] == ' ' || value.ptr[i] == '\t'))
            i++;
        stet_buf_addc(out, ' ');
        from = i;
    }
    if (i > from)
        stet_buf_add(out, value.ptr + from, i - from);
}

bool stet_head_join(const struct stet_head *h, const char *name,
                    struct stet_buf *out)
{
    const struct stet_field *f = stet_head_find(h, name);

    if (!f)
        return false;
    for (; f; f = stet_head_next(h, name, f)) {
        stet_field_unfold(out, f->value);
        if (stet_head_next(h, name, f))
            stet_buf_adds(out, ", ");
    }
    return true;
}

bool stet_list_next(struct stet_span *rest, struct stet_span *member)
{
    while (rest->len) {
        size_t i = 0;
        bool quoted = false;

        for (; i < rest->len && (quoted || rest->ptr[i] != ','); i++) {
            if (rest->ptr[i] == '"')
                quoted = !quoted;
            else if (quoted && rest->ptr[i] == '\\' && i + 1 < rest->len)
                i++;
        }
        *member = stet_span_trim((struct stet_span){ rest->ptr, i });
        *rest = stet_span_sub(*rest, i + 1, rest->len);
        if (member->len)
            return true;
    }
    return false;
}

bool stet_list_has(struct stet_span list, const char *token)
{
    struct stet_span member;

    while (stet_list_next(&list, &member))
        if (stet_span_ieqs(member, token))
            return true;
    return false;
}

bool stet_is_token(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!stet_is_alnum((unsigned char)s.ptr[i]) &&
            (!s.ptr[i] || !strchr("!#$%&'*+-.^_`|~", s.ptr[i])))
            return false;
    return s.len > 0;
}

bool stet_field_is_secret(struct stet_span name)
{
    static const char *const names[] = {
        "authorization", "cookie",       "cookie2",
        "x-api-key",     "x-auth-token", "x-amz-security-token",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (stet_span_ieqs(name, names[i]))
            return true;
    return stet_span_istarts(name, "proxy-");
}

bool stet_head_redact(const struct stet_head *h, struct stet_buf *out)
{
    const char *from = h->bytes.ptr, *end = from + h->bytes.len;
    bool changed = false;

    for (size_t i = 0; !h->is_response && i < h->n_fields; i++) {
        const struct stet_field *f = &h->fields[i];

        if (!f->value.len || !stet_field_is_secret(f->name))
            continue;
        stet_buf_add(out, from, (size_t)(f->value.ptr - from));
        stet_buf_adds(out, "[redacted]");
        from = f->value.ptr + f->value.len;
        changed = true;
    }
    if (end > from)
        stet_buf_add(out, from, (size_t)(end - from));
    return changed;
}
