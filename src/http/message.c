#include "http/message.h"

#include "base/ascii.h"
#include "base/fail.h"
#include "base/mem.h"

#include <string.h>

/* White space within a field: OWS of RFC 9110, and the ends of folds. */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct stet_span trim(struct stet_span s)
{
    while (s.len && is_blank(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

size_t stet_head_end(struct stet_span bytes, size_t *scanned)
{
    size_t at = scanned ? *scanned : 0;
    const char *p = bytes.ptr, *lf;

    while (at < bytes.len && (lf = memchr(p + at, '\n', bytes.len - at))) {
        size_t i = (size_t)(lf - p);
        size_t before = i && p[i - 1] == '\r' ? i - 1 : i;

        at = i + 1;
        if (!before || p[before - 1] == '\n') {
            if (scanned)
                *scanned = i;
            return at;
        }
    }
    if (scanned)
        *scanned = bytes.len;
    return 0;
}

void stet_head_init(struct stet_head *h)
{
    *h = (struct stet_head){ 0 };
}

void stet_head_clear(struct stet_head *h)
{
    stet_free(h->fields);
    stet_head_init(h);
}

/* One line: its content, and how long it is with its line end. */
struct line {
    struct stet_span text;
    size_t offset, len;
    bool ended;
};

static struct line line_at(struct stet_span bytes, size_t at)
{
    struct line l = { .offset = at };
    const char *p = bytes.ptr + at;
    const char *lf = memchr(p, '\n', bytes.len - at);
    size_t n = lf ? (size_t)(lf - p) : bytes.len - at;

    l.ended = lf != NULL;
    l.len = n + (lf != NULL);
    if (l.ended && n && p[n - 1] == '\r')
        n--;
    l.text = (struct stet_span){ p, n };
    return l;
}

static unsigned notes_of_line(const struct line *l)
{
    unsigned notes = 0;

    if (l->ended && l->len == l->text.len + 1)
        notes |= STET_HEAD_BARE_LF;
    for (size_t i = 0; i < l->text.len; i++) {
        unsigned char c = (unsigned char)l->text.ptr[i];

        if (!c)
            notes |= STET_HEAD_NUL;
        else if (c == '\r')
            notes |= STET_HEAD_BARE_CR;
        else if (c > 0x7F)
            notes |= STET_HEAD_EIGHT_BIT;
    }
    return notes;
}

static int add_field(struct stet_head *h, const struct line *l, size_t colon)
{
    struct stet_span name = { l->text.ptr, colon };
    struct stet_field *f;

    if (h->n_fields == STET_MAX_FIELDS) {
        h->notes |= STET_HEAD_MANY_FIELDS;
        return STET_OK;
    }
    if (stet_grow_array(&h->fields, &h->cap_fields, h->n_fields + 1,
                        sizeof(*h->fields)) < 0)
        return STET_ENOMEM;
    f = &h->fields[h->n_fields++];
    f->name = trim(name);
    f->value = trim(stet_span_sub(l->text, colon + 1, l->text.len));
    f->offset = l->offset;
    f->len = l->len;
    if (f->name.len != name.len)
        h->notes |= STET_HEAD_SPACE_COLON;
    if (!stet_is_token(f->name))
        h->notes |= STET_HEAD_BAD_NAME;
    return STET_OK;
}

/* RFC 9112 section 5.2: a line that begins with white space goes on with
 * the field before it. */
static void extend_field(struct stet_head *h, const struct line *l)
{
    struct stet_field *f = &h->fields[h->n_fields - 1];
    const char *end = l->text.ptr + l->text.len;

    if (trim(l->text).len)
        f->value = trim(
            (struct stet_span){ f->value.ptr, (size_t)(end - f->value.ptr) });
    f->len = l->offset + l->len - f->offset;
    h->notes |= STET_HEAD_FOLD;
}

static int parse_fields(struct stet_head *h, size_t at)
{
    bool after_field = false; /* the line before was listed as a field */
    bool first = true;

    while (at < h->bytes.len) {
        struct line l = line_at(h->bytes, at);
        const char *colon;
        int rc;

        at += l.len;
        if (l.ended && !l.text.len) {
            h->notes |= notes_of_line(&l);
            h->bytes.len = at;
            return STET_OK;
        }
        h->notes |= notes_of_line(&l);
        colon = memchr(l.text.ptr, ':', l.text.len);
        if (is_blank(l.text.len ? l.text.ptr[0] : 'x')) {
            if (after_field)
                extend_field(h, &l);
            else if (first)
                h->notes |= STET_HEAD_FIRST_FOLD;
        } else if (!colon) {
            h->notes |= STET_HEAD_NO_COLON;
            after_field = false;
        } else {
            size_t had = h->n_fields;

            rc = add_field(h, &l, (size_t)(colon - l.text.ptr));
            if (rc < 0)
                return rc;
            after_field = h->n_fields > had;
        }
        first = false;
    }
    h->notes |= STET_HEAD_CUT;
    return STET_OK;
}

/* Takes decimal digits from the front, at most `max`; how many. */
static size_t take_digits(struct stet_span *s, size_t max, int *value)
{
    size_t n = 0;

    *value = 0;
    while (n < max && n < s->len && stet_is_digit((unsigned char)s->ptr[n]))
        *value = *value * 10 + (s->ptr[n++] - '0');
    *s = stet_span_sub(*s, n, s->len);
    return n;
}

/* "HTTP/1.1" or "HTTP/2" at the front. */
static bool take_version(struct stet_head *h, struct stet_span *s)
{
    size_t n;

    if (!stet_span_istarts(*s, "HTTP/"))
        return false;
    if (!stet_span_starts(*s, STET_SPAN("HTTP/")))
        h->notes |= STET_HEAD_ODD_START;
    *s = stet_span_sub(*s, 5, s->len);
    n = take_digits(s, 4, &h->major);
    if (!n)
        return false;
    if (n > 1)
        h->notes |= STET_HEAD_ODD_START;
    if (!s->len || s->ptr[0] != '.') {
        if (h->major < 2)
            h->notes |= STET_HEAD_ODD_START;
        return true;
    }
    *s = stet_span_sub(*s, 1, s->len);
    n = take_digits(s, 4, &h->minor);
    if (n != 1)
        h->notes |= STET_HEAD_ODD_START;
    return n > 0;
}

/* RFC 9112 section 4; more than one space and no reason at all are read. */
static bool parse_status_line(struct stet_head *h, struct stet_span s)
{
    size_t spaces = 0;

    if (!take_version(h, &s))
        return false;
    while (spaces < s.len && (s.ptr[spaces] == ' ' || s.ptr[spaces] == '\t'))
        spaces++;
    if (!spaces)
        return false;
    if (spaces > 1 || s.ptr[0] != ' ')
        h->notes |= STET_HEAD_ODD_START;
    s = stet_span_sub(s, spaces, s.len);
    if (take_digits(&s, 4, &h->status) != 3)
        return false;
    if (h->status < 100 || !s.len)
        h->notes |= STET_HEAD_ODD_START;
    if (s.len && !is_blank(s.ptr[0]))
        return false;
    h->reason = trim(s);
    h->is_response = true;
    return true;
}

/* RFC 9112 section 3; without a version it is taken for HTTP/0.9. */
static bool parse_request_line(struct stet_head *h, struct stet_span s)
{
    struct stet_span version = { 0 };
    size_t end;

    h->method = stet_span_cut(&s, ' ');
    if (!s.ptr || !stet_is_token(h->method))
        return false;
    for (end = s.len; end > 0 && s.ptr[end - 1] != ' '; end--)
        ;
    if (end)
        version = stet_span_sub(s, end, s.len);
    h->target = end ? trim((struct stet_span){ s.ptr, end - 1 }) : trim(s);
    if (!take_version(h, &version)) {
        h->target = trim(s);
        h->major = 0;
        h->minor = 9;
        h->notes |= STET_HEAD_ODD_START;
    } else if (version.len) {
        return false;
    }
    if (memchr(h->target.ptr, ' ', h->target.len))
        h->notes |= STET_HEAD_ODD_START;
    return h->target.len > 0;
}

static int parse(struct stet_head *h, struct stet_span bytes, bool response,
                 struct stet_error *err)
{
    struct line l;
    int rc = STET_OK;

    stet_head_clear(h);
    if (bytes.len > STET_MAX_HEAD) {
        size_t end = stet_head_end(stet_span_sub(bytes, 0, STET_MAX_HEAD), 0);

        if (!end)
            return stet_fail(err, STET_ELIMIT,
                             "an HTTP head of more than %d bytes",
                             (int)STET_MAX_HEAD);
        bytes.len = end;
    }
    if (!bytes.len)
        return stet_fail(err, STET_EFORMAT, "an empty HTTP head");
    h->bytes = bytes;
    l = line_at(bytes, 0);
    h->notes = notes_of_line(&l);
    if (!(response ? parse_status_line(h, l.text)
                   : parse_request_line(h, l.text)))
        rc = stet_fail(err, STET_EFORMAT, "no %s at the start of the head",
                       response ? "status line" : "request line");
    else if (parse_fields(h, l.len) < 0)
        rc = stet_fail(err, STET_ENOMEM, "out of memory for header fields");
    if (rc < 0)
        stet_head_clear(h);
    return rc;
}

int stet_head_parse_response(struct stet_head *h, struct stet_span bytes,
                             struct stet_error *err)
{
    return parse(h, bytes, true, err);
}

int stet_head_parse_request(struct stet_head *h, struct stet_span bytes,
                            struct stet_error *err)
{
    return parse(h, bytes, false, err);
}

int stet_head_parse(struct stet_head *h, struct stet_span bytes,
                    struct stet_error *err)
{
    return parse(h, bytes, stet_span_istarts(bytes, "HTTP/"), err);
}
