#include "index/post.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "base/map.h"
#include "base/utf8.h"
#include "json/json.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MAX_PAIRS = 4 * STET_MAX_POST_BODY, /* bytes of them in the making */
    NO_LENGTH = 8192, /* what is read of a body of unsaid length */
    REAL_DIGITS = 17,
};

/* -- forms ----------------------------------------------------------------- */

/* Undoes '+' and %XX, once. */
static void add_unescaped(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        int high = -1, low = -1;

        if (s.ptr[i] == '%' && i + 2 < s.len) {
            high = stet_hex_value((unsigned char)s.ptr[i + 1]);
            low = stet_hex_value((unsigned char)s.ptr[i + 2]);
        }
        if (high >= 0 && low >= 0) {
            stet_buf_addc(out, (char)(high << 4 | low));
            i += 2;
        } else {
            stet_buf_addc(out, s.ptr[i] == '+' ? ' ' : s.ptr[i]);
        }
    }
}

static void add_binary(struct stet_buf *out, struct stet_span body)
{
    stet_buf_adds(out, "__wb_post_data=");
    stet_base64_add(out, body);
}

static int add_form(struct stet_buf *out, struct stet_span body)
{
    struct stet_buf text;
    int rc;

    if (!stet_utf8_is_valid(body)) {
        add_binary(out, body);
        return STET_OK;
    }
    stet_buf_init(&text, MAX_PAIRS);
    add_unescaped(&text, body);
    rc = stet_buf_status(&text);
    if (rc == STET_OK)
        stet_utf8_add_clean(out, stet_buf_span(&text));
    stet_buf_clear(&text);
    return rc;
}

/* application/x-www-form-urlencoded, as Python's quote_plus() has it. */
static void add_escaped(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (stet_is_alnum(c) || (c && strchr("-._~", c)))
            stet_buf_addc(out, (char)c);
        else if (c == ' ')
            stet_buf_addc(out, '+');
        else
            stet_buf_addf(out, "%%%02X", c);
    }
}

static void add_pair(struct stet_buf *out, size_t start, struct stet_span name,
                     struct stet_span value)
{
    if (out->len > start)
        stet_buf_addc(out, '&');
    add_escaped(out, name);
    stet_buf_addc(out, '=');
    add_escaped(out, value);
}

/* -- JSON ------------------------------------------------------------------ */

/* Pairs of a JSON text: names in order, each with how often it was there. */
struct pairs {
    struct stet_buf *out;
    size_t start;
    struct stet_map seen; /* value: count, as an integer */
    int status;
};

/* What Python prints of a number: the fewest digits that read back, with an
 * exponent below 1e-4 and from 1e16 on. */
static void add_real(struct stet_buf *out, double x)
{
    int digits = 0, exponent = 0;
    char text[64];

    do {
        snprintf(text, sizeof(text), "%.*e", digits, x);
    } while (strtod(text, NULL) != x && ++digits < REAL_DIGITS);
    exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10);
    if (exponent >= -4 && exponent < 16)
        snprintf(text, sizeof(text), "%.*f",
                 digits > exponent + 1 ? digits - exponent : 1, x);
    stet_buf_adds(out, text);
}

static void print_value(struct stet_buf *out, const struct stet_json_value *v)
{
    enum stet_json_type type = stet_json_type(v);
    double real;
    int64_t n;

    if (type == STET_JSON_STRING)
        stet_buf_add_span(out, stet_json_string(v));
    else if (type == STET_JSON_BOOL)
        stet_buf_adds(out, stet_json_is_true(v) ? "True" : "False");
    else if (type == STET_JSON_INT && stet_json_int(v, &n))
        stet_buf_addf(out, "%lld", (long long)n);
    else if (type == STET_JSON_REAL && stet_json_real(v, &real))
        add_real(out, real);
    else
        stet_buf_adds(out, "None");
}

/* "name", then "name.2_", "name.3_", ... */
static void add_named(struct pairs *p, struct stet_span name,
                      const struct stet_json_value *v)
{
    struct stet_map_entry *e = stet_map_put(&p->seen, name, NULL);
    uintptr_t count = e ? (uintptr_t)e->value + 1 : 0;
    struct stet_buf key, value;

    if (!e) {
        p->status = STET_ENOMEM;
        return;
    }
    e->value = (void *)count; /* NOLINT(performance-no-int-to-ptr) */
    stet_buf_init(&key, MAX_PAIRS);
    stet_buf_init(&value, MAX_PAIRS);
    stet_buf_add_span(&key, name);
    if (count > 1)
        stet_buf_addf(&key, ".%zu_", (size_t)count);
    print_value(&value, v);
    p->status = stet_buf_status(&key);
    if (p->status == STET_OK)
        p->status = stet_buf_status(&value);
    if (p->status == STET_OK)
        add_pair(p->out, p->start, stet_buf_span(&key), stet_buf_span(&value));
    stet_buf_clear(&key);
    stet_buf_clear(&value);
}

/* Every leaf that has a name, in the order of the text. */
static void walk(struct pairs *p, const struct stet_json_value *root)
{
    struct {
        struct stet_json_iter it;
        struct stet_span name;
    } open[STET_MAX_JSON_DEPTH + 1];
    size_t depth = 0;

    open[0].it = (struct stet_json_iter){ .of = root };
    open[0].name = (struct stet_span){ "", 0 };
    while (p->status == STET_OK) {
        enum stet_json_type type;
        struct stet_span name;

        if (!stet_json_next(&open[depth].it)) {
            if (depth-- == 0)
                return;
            continue;
        }
        name = stet_json_type(open[depth].it.of) == STET_JSON_OBJECT
                   ? open[depth].it.key
                   : open[depth].name;
        type = stet_json_type(open[depth].it.value);
        if (type == STET_JSON_OBJECT || type == STET_JSON_ARRAY) {
            if (depth == STET_MAX_JSON_DEPTH)
                continue;
            open[depth + 1].it =
                (struct stet_json_iter){ .of = open[depth].it.value };
            open[++depth].name = name;
        } else if (name.len > 0) {
            add_named(p, name, open[depth].it.value);
        }
    }
}

/* One text, or one a line.  STET_EFORMAT: it is not JSON. */
static int add_json(struct stet_buf *out, struct stet_span body)
{
    struct pairs p = { .out = out, .start = out->len };
    struct stet_span rest = body;
    struct stet_json *json = NULL;
    int rc = stet_json_parse(&json, body, NULL, NULL);

    stet_map_init(&p.seen, MAX_PAIRS);
    if (rc == STET_OK)
        walk(&p, stet_json_root(json));
    else if (rc == STET_EFORMAT &&
             stet_span_find(body, STET_SPAN("\n")) < body.len)
        rc = STET_OK;
    else
        rest.ptr = NULL;
    while (rc == STET_OK && p.status == STET_OK && !json && rest.ptr) {
        rc = stet_json_parse(&json, stet_span_cut(&rest, '\n'), NULL, NULL);
        if (rc == STET_OK)
            walk(&p, stet_json_root(json));
        stet_json_free(json);
        json = NULL;
    }
    stet_json_free(json);
    stet_map_clear(&p.seen);
    if (rc == STET_OK)
        rc = p.status;
    if (rc < 0 && rc != STET_ENOMEM) {
        stet_buf_cut(out, p.start);
        return STET_EFORMAT;
    }
    return rc;
}

/* -- multipart ------------------------------------------------------------- */

/* NAME of `NAME="..."` or NAME=... in a header line. */
static struct stet_span parameter(struct stet_span line, const char *name)
{
    struct stet_span rest = line;

    (void)stet_span_cut(&rest, ';');
    while (rest.ptr) {
        struct stet_span value = stet_span_trim(stet_span_cut(&rest, ';'));
        struct stet_span key = stet_span_cut(&value, '=');

        if (!value.ptr || !stet_span_ieqs(stet_span_trim(key), name))
            continue;
        value = stet_span_trim(value);
        if (value.len >= 2 && value.ptr[0] == '"' &&
            value.ptr[value.len - 1] == '"')
            value = stet_span_sub(value, 1, value.len - 2);
        return value;
    }
    return (struct stet_span){ NULL, 0 };
}

/* One part, from its header lines on. */
static void add_part(struct stet_buf *out, size_t start, struct stet_span part)
{
    size_t end = stet_span_find(part, STET_SPAN("\r\n\r\n"));
    struct stet_span head = stet_span_sub(part, 0, end);
    struct stet_span name = { NULL, 0 };

    while (head.ptr && head.len > 0) {
        struct stet_span line = stet_span_trim(stet_span_cut(&head, '\n'));

        if (stet_span_istarts(line, "content-disposition:"))
            name = parameter(line, "name");
    }
    if (name.ptr && end < part.len)
        add_pair(out, start, name, stet_span_sub(part, end + 4, part.len));
}

/* RFC 2046 section 5.1.  False: there is no boundary. */
static int add_multipart(struct stet_buf *out, struct stet_span type,
                         struct stet_span body)
{
    struct stet_span boundary = parameter(type, "boundary"), mark;
    size_t start = out->len, at;
    struct stet_buf line;
    int rc;

    if (boundary.len == 0) {
        add_binary(out, body);
        return STET_OK;
    }
    stet_buf_init(&line, STET_MAX_POST_BODY);
    stet_buf_adds(&line, "\r\n--");
    stet_buf_add_span(&line, boundary);
    rc = stet_buf_status(&line);
    mark = stet_buf_span(&line);
    /* The first boundary has no line end before it. */
    if (rc == STET_OK &&
        stet_span_starts(body, stet_span_sub(mark, 2, mark.len)))
        body = stet_span_sub(body, mark.len - 2, body.len);
    else if (rc == STET_OK)
        body = stet_span_sub(body, stet_span_find(body, mark) + mark.len,
                             body.len);
    while (rc == STET_OK && stet_span_starts(body, STET_SPAN("\r\n"))) {
        at = stet_span_find(body, mark);
        add_part(out, start, stet_span_sub(body, 2, at > 2 ? at - 2 : 0));
        body = stet_span_sub(body, at + mark.len, body.len);
    }
    stet_buf_clear(&line);
    return rc;
}

/* -- the whole ------------------------------------------------------------- */

/* How much of the body counts; false: its length is no number. */
static bool body_of(const struct stet_post *post, struct stet_span *body)
{
    uint64_t n = NO_LENGTH;

    if (post->length.ptr && !stet_span_to_u64(stet_span_trim(post->length), &n))
        return false;
    *body = stet_span_sub(
        post->body, 0, n < STET_MAX_POST_BODY ? (size_t)n : STET_MAX_POST_BODY);
    return true;
}

/* Cuts what was added to the most characters. */
static void cut(struct stet_buf *out, size_t start)
{
    struct stet_span rest = stet_span_sub(stet_buf_span(out), start, out->len);

    if (rest.len <= STET_MAX_POST_QUERY)
        return;
    for (size_t n = 0; n < STET_MAX_POST_QUERY && rest.len > 0; n++)
        (void)stet_utf8_next(&rest);
    stet_buf_cut(out, out->len - rest.len);
}

int stet_post_query(struct stet_buf *out, const struct stet_post *post)
{
    size_t start = out->len;
    struct stet_span body;
    int rc = STET_OK;

    if ((!stet_span_ieqs(post->method, "POST") &&
         !stet_span_ieqs(post->method, "PUT")) ||
        !body_of(post, &body))
        return STET_OK;
    if (stet_span_istarts(post->type, "application/x-www-form-urlencoded"))
        rc = add_form(out, body);
    else if (stet_span_istarts(post->type, "multipart/"))
        rc = add_multipart(out, post->type, body);
    else if (stet_span_istarts(post->type, "application/json") ||
             stet_span_istarts(post->type, "text/plain"))
        rc = add_json(out, body);
    else
        add_binary(out, body);
    if (rc == STET_EFORMAT) {
        rc = STET_OK;
        if (stet_span_istarts(post->type, "text/plain"))
            add_binary(out, body);
    }
    if (rc == STET_OK)
        rc = stet_buf_status(out);
    if (rc == STET_OK)
        cut(out, start);
    return rc;
}

void stet_post_append(struct stet_buf *out, struct stet_span method,
                      struct stet_span query)
{
    struct stet_span url = stet_buf_span(out);

    stet_buf_addc(out,
                  stet_span_find(url, STET_SPAN("?")) < url.len ? '&' : '?');
    stet_buf_adds(out, "__wb_method=");
    for (size_t i = 0; i < method.len; i++) {
        char c = method.ptr[i];

        stet_buf_addc(out, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    if (query.len > 0) {
        stet_buf_addc(out, '&');
        stet_buf_add_span(out, query);
    }
}
