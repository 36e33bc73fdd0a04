#include "json/write.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

static void add_escaped(struct stet_buf *b, unsigned char c)
{
    static const char short_form[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    const char *p = c ? strchr(short_form, c) : NULL;

    if (!p) {
        stet_buf_addf(b, "\\u%04x", c);
        return;
    }
    stet_buf_addc(b, '\\');
    stet_buf_addc(b, p[1]);
}

void stet_json_add_string(struct stet_buf *b, struct stet_span s)
{
    stet_buf_addc(b, '"');
    while (s.len > 0) {
        size_t run = 0;
        while (run < s.len && is_plain((unsigned char)s.ptr[run]))
            run++;
        if (run > 0) {
            stet_buf_add(b, s.ptr, run);
            s.ptr += run;
            s.len -= run;
        } else if ((unsigned char)s.ptr[0] < 0x80) {
            add_escaped(b, (unsigned char)s.ptr[0]);
            s.ptr++;
            s.len--;
        } else {
            stet_utf8_add(b, stet_utf8_next(&s));
        }
    }
    stet_buf_addc(b, '"');
}

void stet_json_writer_init(struct stet_json_writer *w, struct stet_buf *out,
                           enum stet_json_style style)
{
    *w = (struct stet_json_writer){ .out = out, .style = style };
}

static uint64_t here(const struct stet_json_writer *w)
{
    return UINT64_C(1) << w->depth;
}

static void break_line(struct stet_json_writer *w)
{
    stet_buf_addc(w->out, '\n');
    for (unsigned i = 0; i < w->depth; i++)
        stet_buf_add(w->out, "  ", 2);
}

/* What stands between the last value or key and the one that comes. */
static void separate(struct stet_json_writer *w)
{
    bool first = !(w->has_item & here(w));

    w->has_item |= here(w);
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (w->depth == 0)
        return;
    if (!first)
        stet_buf_addc(w->out, ',');
    if (w->style == STET_JSON_PRETTY)
        break_line(w);
    else if (!first && w->style == STET_JSON_SPACED)
        stet_buf_addc(w->out, ' ');
}

static void begin(struct stet_json_writer *w, bool object)
{
    assert(w->depth < STET_MAX_JSON_WRITE_DEPTH);
    separate(w);
    stet_buf_addc(w->out, object ? '{' : '[');
    w->depth++;
    w->has_item &= ~here(w);
    w->is_object &= ~here(w);
    if (object)
        w->is_object |= here(w);
}

void stet_json_begin_object(struct stet_json_writer *w)
{
    begin(w, true);
}

void stet_json_begin_array(struct stet_json_writer *w)
{
    begin(w, false);
}

void stet_json_end(struct stet_json_writer *w)
{
    bool object = w->is_object & here(w);
    bool empty = !(w->has_item & here(w));

    assert(w->depth > 0 && !w->after_key);
    w->depth--;
    if (!empty && w->style == STET_JSON_PRETTY)
        break_line(w);
    stet_buf_addc(w->out, object ? '}' : ']');
}

void stet_json_key_span(struct stet_json_writer *w, struct stet_span key)
{
    assert((w->is_object & here(w)) && !w->after_key);
    separate(w);
    stet_json_add_string(w->out, key);
    if (w->style == STET_JSON_COMPACT)
        stet_buf_addc(w->out, ':');
    else
        stet_buf_add(w->out, ": ", 2);
    w->after_key = true;
}

void stet_json_key(struct stet_json_writer *w, const char *key)
{
    stet_json_key_span(w, (struct stet_span){ key, strlen(key) });
}

void stet_json_put_string(struct stet_json_writer *w, struct stet_span s)
{
    separate(w);
    stet_json_add_string(w->out, s);
}

void stet_json_put_int(struct stet_json_writer *w, int64_t n)
{
    char text[24], *at = text + sizeof(text);
    uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

    separate(w);
    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (n < 0)
        *--at = '-';
    stet_buf_add(w->out, at, (size_t)(text + sizeof(text) - at));
}

void stet_json_put_real(struct stet_json_writer *w, double x)
{
    separate(w);
    stet_buf_addf(w->out, "%.15g", x);
}

void stet_json_put_bool(struct stet_json_writer *w, bool yes)
{
    separate(w);
    stet_buf_adds(w->out, yes ? "true" : "false");
}

void stet_json_put_null(struct stet_json_writer *w)
{
    separate(w);
    stet_buf_adds(w->out, "null");
}

void stet_json_put_raw(struct stet_json_writer *w, struct stet_span json)
{
    separate(w);
    stet_buf_add_span(w->out, json);
}

void stet_json_member_string(struct stet_json_writer *w, const char *key,
                             struct stet_span s)
{
    stet_json_key(w, key);
    stet_json_put_string(w, s);
}

void stet_json_member_int(struct stet_json_writer *w, const char *key,
                          int64_t n)
{
    stet_json_key(w, key);
    stet_json_put_int(w, n);
}

void stet_json_member_bool(struct stet_json_writer *w, const char *key,
                           bool yes)
{
    stet_json_key(w, key);
    stet_json_put_bool(w, yes);
}
