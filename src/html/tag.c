/* Tags: sections 13.2.5.8 and 13.2.5.32 to 40. */
#include "html/scan.h"
#include "html/tokenizer.h"

#include <string.h>

enum {
    SPACE = 1,
    TAG_END = 2,     /* ends a tag's name */
    NAME_END = 4,    /* ends an attribute's name */
    NAME_DIRTY = 8,  /* a name with it must be decoded */
    VALUE_END = 16,  /* ends an unquoted value */
    VALUE_DIRTY = 32 /* a value with it must be decoded */
};

#define UPPER(c) [c] = NAME_DIRTY

static const unsigned char ascii[128] = {
    ['\0'] = NAME_DIRTY | VALUE_DIRTY,
    ['\t'] = SPACE | TAG_END | NAME_END | VALUE_END,
    ['\n'] = SPACE | TAG_END | NAME_END | VALUE_END,
    ['\f'] = SPACE | TAG_END | NAME_END | VALUE_END,
    ['\r'] = SPACE | TAG_END | NAME_END | VALUE_END,
    [' '] = SPACE | TAG_END | NAME_END | VALUE_END,
    ['/'] = TAG_END | NAME_END,
    ['>'] = TAG_END | NAME_END | VALUE_END,
    ['='] = NAME_END,
    ['&'] = VALUE_DIRTY,
    UPPER('A'),
    UPPER('B'),
    UPPER('C'),
    UPPER('D'),
    UPPER('E'),
    UPPER('F'),
    UPPER('G'),
    UPPER('H'),
    UPPER('I'),
    UPPER('J'),
    UPPER('K'),
    UPPER('L'),
    UPPER('M'),
    UPPER('N'),
    UPPER('O'),
    UPPER('P'),
    UPPER('Q'),
    UPPER('R'),
    UPPER('S'),
    UPPER('T'),
    UPPER('U'),
    UPPER('V'),
    UPPER('W'),
    UPPER('X'),
    UPPER('Y'),
    UPPER('Z'),
};

static inline unsigned class_of(char c)
{
    unsigned char b = (unsigned char)c;

    return b < 128 ? ascii[b] : (unsigned)(NAME_DIRTY | VALUE_DIRTY);
}

/* The first byte of a class in [p, end); *seen gathers those before it. */
static inline const char *scan(const char *p, const char *end, unsigned stop,
                               unsigned *seen)
{
    for (; p < end; p++) {
        unsigned c = class_of(*p);

        if (c & stop)
            break;
        *seen |= c;
    }
    return p;
}

static inline const char *skip_space(const char *p, const char *end)
{
    while (p < end && class_of(*p) & SPACE)
        p++;
    return p;
}

static inline void set_pos(struct stet_html_tokenizer *t, const char *p)
{
    t->pos = html_offset(t, p);
}

/* Keeps the first bytes of a string of the window that will be gone. */
static bool save(struct stet_html_tokenizer *t, struct stet_buf *b,
                 uint64_t from, uint64_t to)
{
    uint64_t n = to - from < b->max ? to - from : b->max;

    stet_buf_reset(b);
    stet_buf_add(b, html_at(t, from), (size_t)n);
    return stet_buf_status(b) == STET_OK;
}

/* The attribute under way becomes the first of the next batch. */
static void begin_batch(struct stet_html_tokenizer *t)
{
    size_t n = t->n_attrs;

    t->attrs[0] = t->attrs[n];
    t->name_marks[0] = t->name_marks[n];
    t->value_marks[0] = t->value_marks[n];
    t->n_attrs = 0;
}

/* Lets go of the attribute under way, which is longer than a batch may be:
 * its name and the start of its value are kept apart from the window. */
static bool detach(struct stet_html_tokenizer *t)
{
    struct stet_html_attr *a = &t->attrs[0];

    if (!(t->name_marks[0] & HTML_SAVED)) {
        uint64_t end = a->name_offset + a->name_length;

        if (t->state == HTML_ATTR_NAME)
            end = t->pos;
        if (!save(t, &t->cur_name, a->name_offset, end))
            return false;
        t->name_marks[0] |= HTML_SAVED;
    }
    if (t->in_value && !(t->value_marks[0] & HTML_SAVED)) {
        t->hold = a->value_offset;
        if (t->pos - t->hold <= STET_MAX_HTML_VALUE)
            return true;
        if (!save(t, &t->cur_value, a->value_offset, t->pos))
            return false;
        t->value_marks[0] |= HTML_SAVED;
    }
    t->hold = t->pos;
    return true;
}

/* Whether what waits in the window has become long.  Attributes are a batch
 * or not by their own offsets only, never by how the input was cut. */
static bool is_long(const struct stet_html_tokenizer *t)
{
    uint64_t from = t->n_attrs > 0 ? t->batch : t->hold;

    return t->pos - from > STET_MAX_HTML_BATCH;
}

/* The window ends inside a tag.  When it has become long, everything in it
 * that can be is given out or kept apart. */
static enum html_step more(struct stet_html_tokenizer *t, const char *p)
{
    set_pos(t, p);
    if (t->final || !is_long(t))
        return HTML_MORE;
    if (t->n_attrs > 0 || !(t->name_flags & HTML_SAVED)) {
        uint64_t to = t->in_attr ? t->attrs[t->n_attrs].name_offset : t->pos;

        if (stet_html_emit_tag(t, to, true) == HTML_STOP)
            return HTML_STOP;
        begin_batch(t);
    }
    if (!t->in_attr)
        t->hold = t->pos;
    else if (!(t->name_marks[0] & HTML_SAVED))
        t->hold = t->attrs[0].name_offset;
    if (is_long(t) && !detach(t))
        return stet_html_fail(t, STET_ENOMEM);
    return HTML_MORE;
}

/* The attribute under way is whole, as is known at `end`. */
static enum html_step record(struct stet_html_tokenizer *t, uint64_t end)
{
    struct stet_html_attr *a = &t->attrs[t->n_attrs];

    t->in_attr = t->in_value = false;
    a->truncated = a->name_length > STET_MAX_HTML_NAME ||
                   a->value_length > STET_MAX_HTML_VALUE;
    if (t->n_attrs > 0 && end - t->batch > STET_MAX_HTML_BATCH) {
        if (stet_html_emit_tag(t, a->name_offset, true) == HTML_STOP)
            return HTML_STOP;
        begin_batch(t);
        a = &t->attrs[0];
    }
    if (t->n_attrs++ == 0)
        t->batch = a->name_offset;
    if (t->n_attrs == STET_MAX_HTML_ATTRS || t->name_marks[0] & HTML_SAVED) {
        if (stet_html_emit_tag(t, end, true) == HTML_STOP)
            return HTML_STOP;
        t->n_attrs = 0;
        t->hold = end;
    }
    return HTML_GO;
}

static enum html_step record_and_go(struct stet_html_tokenizer *t,
                                    const char *p)
{
    set_pos(t, p);
    t->state = HTML_BEFORE_ATTR;
    return record(t, t->pos);
}

/* Tag name state. */
enum html_step stet_html_tag_name(struct stet_html_tokenizer *t)
{
    const char *end = html_end(t);
    unsigned seen = 0;
    const char *p = scan(html_at(t, t->pos), end, TAG_END, &seen);

    if (seen & NAME_DIRTY)
        t->name_flags |= HTML_DIRTY;
    t->name_len = html_offset(t, p) - t->name_at;
    if (p == end)
        return more(t, p);
    set_pos(t, p);
    t->state = HTML_BEFORE_ATTR;
    return stet_html_before_attr(t);
}

static enum html_step end_tag(struct stet_html_tokenizer *t, const char *p)
{
    set_pos(t, p);
    t->hold = t->start < t->hold ? t->hold : t->start;
    return stet_html_emit_tag(t, t->pos, false);
}

static struct stet_html_attr *begin_attr(struct stet_html_tokenizer *t,
                                         const char *p)
{
    struct stet_html_attr *a = &t->attrs[t->n_attrs];

    /* The rest is filled when the tag is given out. */
    a->name_offset = html_offset(t, p);
    a->name_length = a->value_offset = a->value_length = 0;
    a->quote = '\0';
    a->has_value = a->truncated = false;
    t->name_marks[t->n_attrs] = t->value_marks[t->n_attrs] = 0;
    t->in_attr = true;
    return a;
}

static void end_name(struct stet_html_tokenizer *t, const char *p,
                     unsigned seen)
{
    struct stet_html_attr *a = &t->attrs[t->n_attrs];

    a->name_length = html_offset(t, p) - a->name_offset;
    a->value_offset = a->name_offset + a->name_length;
    if (seen & NAME_DIRTY)
        t->name_marks[t->n_attrs] |= HTML_DIRTY;
}

/* The quote that ends a value, or NULL; what is seen on the way is noted. */
static const char *find_quote(struct stet_html_tokenizer *t, const char *p,
                              const char *end, char quote)
{
    unsigned char *marks = &t->value_marks[t->n_attrs];

    if (!(*marks & HTML_DIRTY)) {
        p = stet_scan_value(p, end, quote);
        if (p < end && *p != quote)
            *marks |= HTML_DIRTY;
    }
    return p < end ? memchr(p, quote, (size_t)(end - p)) : NULL;
}

/*
 * The whole of an attribute that has the usual form, name="value", from its
 * name's end at p; returns what comes after it.  NULL: it is of another
 * form or not all there; the state says how to go on, from *at.
 */
static const char *usual_attr(struct stet_html_tokenizer *t, const char *p,
                              const char **at)
{
    struct stet_html_attr *a = &t->attrs[t->n_attrs];
    const char *end = html_end(t), *q;

    t->state = HTML_AFTER_ATTR_NAME;
    *at = p;
    if (end - p < 2 || *p != '=' || (p[1] != '"' && p[1] != '\''))
        return NULL;
    a->has_value = true;
    a->quote = p[1];
    a->value_offset = html_offset(t, p + 2);
    q = find_quote(t, p + 2, end, a->quote);
    if (q) {
        a->value_length = html_offset(t, q) - a->value_offset;
        t->state = HTML_BEFORE_ATTR;
        return q + 1;
    }
    t->in_value = true;
    t->state = HTML_VALUE_QUOTED;
    *at = end;
    return NULL;
}

/* One attribute from its name's start at *p, as far as it goes. */
static enum html_step attr(struct stet_html_tokenizer *t, const char **p)
{
    const char *end = html_end(t), *next;
    unsigned seen = 0;

    begin_attr(t, *p);
    *p = scan(*p + (**p == '='), end, NAME_END, &seen);
    end_name(t, *p, seen);
    if (*p == end) {
        t->state = HTML_ATTR_NAME;
        return more(t, *p);
    }
    next = usual_attr(t, *p, p);
    if (next) {
        *p = next;
        return record(t, html_offset(t, next));
    }
    if (*p == end)
        return more(t, end);
    set_pos(t, *p);
    return HTML_GO;
}

/* Before attribute name and self-closing start tag states. */
enum html_step stet_html_before_attr(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos), *end = html_end(t);

    for (;;) {
        enum html_step step;

        p = skip_space(p, end);
        if (p == end)
            return more(t, p);
        if (*p == '>')
            return end_tag(t, p + 1);
        if (*p == '/') {
            if (end - p < 2)
                return more(t, t->final ? end : p);
            t->self_closing = p[1] == '>';
            if (t->self_closing)
                return end_tag(t, p + 2);
            p++;
            continue;
        }
        step = attr(t, &p);
        if (step != HTML_GO || t->state != HTML_BEFORE_ATTR)
            return step;
    }
}

/* Attribute name state. */
enum html_step stet_html_attr_name(struct stet_html_tokenizer *t)
{
    const char *end = html_end(t);
    unsigned seen = 0;
    const char *p = scan(html_at(t, t->pos), end, NAME_END, &seen);

    end_name(t, p, seen);
    if (p == end)
        return more(t, p);
    set_pos(t, p);
    t->state = HTML_AFTER_ATTR_NAME;
    return HTML_GO;
}

/* After attribute name state. */
enum html_step stet_html_after_attr_name(struct stet_html_tokenizer *t)
{
    const char *end = html_end(t);
    const char *p = skip_space(html_at(t, t->pos), end);
    struct stet_html_attr *a = &t->attrs[t->n_attrs];

    if (p == end)
        return more(t, p);
    if (*p != '=')
        return record_and_go(t, p);
    a->has_value = true;
    set_pos(t, p + 1);
    t->state = HTML_BEFORE_VALUE;
    return HTML_GO;
}

/* Before attribute value state. */
enum html_step stet_html_before_value(struct stet_html_tokenizer *t)
{
    const char *end = html_end(t);
    const char *p = skip_space(html_at(t, t->pos), end);
    struct stet_html_attr *a = &t->attrs[t->n_attrs];

    if (p == end)
        return more(t, p);
    if (*p == '"' || *p == '\'')
        a->quote = *p++;
    a->value_offset = html_offset(t, p);
    if (!a->quote && *p == '>')
        return record_and_go(t, p);
    set_pos(t, p);
    t->in_value = true;
    t->state = a->quote ? HTML_VALUE_QUOTED : HTML_VALUE_UNQUOTED;
    return HTML_GO;
}

/* Attribute value states with a quote, and the one after them. */
enum html_step stet_html_value_quoted(struct stet_html_tokenizer *t)
{
    struct stet_html_attr *a = &t->attrs[t->n_attrs];
    const char *end = html_end(t);
    const char *p = find_quote(t, html_at(t, t->pos), end, a->quote);

    if (!p)
        return more(t, end);
    a->value_length = html_offset(t, p) - a->value_offset;
    return record_and_go(t, p + 1);
}

/* Attribute value (unquoted) state. */
enum html_step stet_html_value_unquoted(struct stet_html_tokenizer *t)
{
    struct stet_html_attr *a = &t->attrs[t->n_attrs];
    const char *end = html_end(t);
    unsigned seen = 0;
    const char *p = scan(html_at(t, t->pos), end, VALUE_END, &seen);

    if (seen & VALUE_DIRTY)
        t->value_marks[t->n_attrs] |= HTML_DIRTY;
    if (p == end)
        return more(t, p);
    a->value_length = html_offset(t, p) - a->value_offset;
    return record_and_go(t, p);
}
