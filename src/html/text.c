#include "base/ascii.h"
#include "base/utf8.h"
#include "html/charref.h"
#include "html/scan.h"
#include "html/tokenizer.h"

#include <string.h>

/* Gives out [from, to) of the source, whose text is given. */
static enum html_step emit(struct stet_html_tokenizer *t, const char *from,
                           const char *to, struct stet_span text)
{
    struct stet_html_token *tok = &t->text_token;

    tok->kind = STET_HTML_TEXT;
    tok->offset = tok->raw_offset = html_offset(t, from);
    tok->length = (uint64_t)(to - from);
    tok->raw = (struct stet_span){ from, (size_t)(to - from) };
    tok->text = text;
    tok->raw_in = t->state == HTML_DATA || t->state == HTML_CDATA
                      ? STET_HTML_TAG_OTHER
                      : t->raw_tag;
    tok->foreign = t->n_foreign > 0;
    t->pos = tok->offset + tok->length;
    return stet_html_emit(t, tok);
}

const char *stet_html_chunk(const struct stet_html_tokenizer *t,
                            const char *from, const char *to)
{
    struct stet_span run = { from, STET_MAX_HTML_TEXT };

    if (to - from <= STET_MAX_HTML_TEXT)
        return to;
    if (from[STET_MAX_HTML_TEXT - 1] == '\r')
        return from + STET_MAX_HTML_TEXT - 1;
    return from + STET_MAX_HTML_TEXT - stet_html_open_tail(t, run);
}

/*
 * A run without references, NUL and '\r', which is verbatim but for its
 * charset.  `skip` bytes at the front belong to it and are no text (the
 * '\r' of a line end).
 */
static enum html_step emit_run(struct stet_html_tokenizer *t, const char *from,
                               const char *to, bool high, size_t skip)
{
    enum html_step step = HTML_GO;

    if (!high)
        return emit(
            t, from, to,
            (struct stet_span){ from + skip, (size_t)(to - from) - skip });
    while (from < to && step == HTML_GO) {
        const char *end = stet_html_chunk(t, from, to);
        struct stet_span raw = { from + skip, (size_t)(end - from) - skip };

        if (!stet_html_reserve(t, raw.len))
            return stet_html_fail(t, STET_ENOMEM);
        step = emit(t, from, end, stet_html_decode_run(t, raw));
        from = end;
        skip = 0;
    }
    return step;
}

static bool has_references(const struct stet_html_tokenizer *t)
{
    return t->state == HTML_DATA || t->state == HTML_RCDATA;
}

/* At an '&'; HTML_MORE: it stays for now. */
static enum html_step emit_reference(struct stet_html_tokenizer *t,
                                     const char *p, const char *to,
                                     bool complete)
{
    struct stet_span s = { p, (size_t)(to - p) };
    struct stet_charref ref = { 0, { 0, 0 } };
    char text[8];
    size_t n;

    if (has_references(t)) {
        if (!complete && stet_charref_is_open(s))
            return HTML_MORE;
        stet_charref_read(&ref, s, false);
    }
    if (ref.len == 0)
        return emit(t, p, p + 1, STET_SPAN("&"));
    n = stet_utf8_encode(text, ref.cps[0]);
    if (ref.cps[1])
        n += stet_utf8_encode(text + n, ref.cps[1]);
    return emit(t, p, p + ref.len, (struct stet_span){ text, n });
}

static enum html_step emit_nul(struct stet_html_tokenizer *t, const char *p)
{
    bool kept = t->state == HTML_DATA || t->state == HTML_CDATA;

    return emit(t, p, p + 1,
                kept ? (struct stet_span){ p, 1 } : STET_SPAN("\xEF\xBF\xBD"));
}

/* At '&' or NUL, or at a '\r' that no '\n' follows. */
static enum html_step emit_special(struct stet_html_tokenizer *t, const char *p,
                                   const char *to, bool complete)
{
    if (*p == '&')
        return emit_reference(t, p, to, complete);
    if (*p == '\0')
        return emit_nul(t, p);
    return emit(t, p, p + 1, STET_SPAN("\n"));
}

enum html_step stet_html_text(struct stet_html_tokenizer *t, const char *to,
                              bool complete)
{
    const char *p = html_at(t, t->pos);
    enum html_step step = HTML_GO;

    while (p < to && step == HTML_GO) {
        size_t skip = 0;
        bool high = false;
        const char *stop;

        if (*p == '\r') {
            if (to - p == 1 && !complete)
                break;
            skip = to - p > 1 && p[1] == '\n';
        }
        stop = stet_scan_text(p + skip, to, html_end(t), &high);
        if (stop == to && high && !complete)
            stop -= stet_html_open_tail(
                t, (struct stet_span){ p + skip, (size_t)(to - p) - skip });
        if (stop > p)
            step = emit_run(t, p, stop, high, skip);
        else if (high)
            break;
        else
            step = emit_special(t, p, to, complete);
        p = html_at(t, t->pos);
    }
    return step == HTML_STOP ? HTML_STOP : HTML_GO;
}

/* As stet_html_text(), but for those who want none of it. */
static enum html_step data_text(struct stet_html_tokenizer *t, const char *to,
                                bool complete)
{
    if (!stet_html_skips_text(t))
        return stet_html_text(t, to, complete);
    t->pos = html_offset(t, to);
    return HTML_GO;
}

/* Data state, section 13.2.5.1. */
enum html_step stet_html_data(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos), *end = html_end(t);
    const char *lt;

    if (p == end)
        return HTML_MORE;
    if (*p != '<') {
        lt = stet_scan_one(p, end, '<');
        if (data_text(t, lt ? lt : end, lt || t->final) == HTML_STOP)
            return HTML_STOP;
        if (!lt)
            return HTML_MORE;
    }
    return stet_html_markup(t);
}

/* True if "</NAME" and its end stand at p: an appropriate end tag. */
static bool is_end_tag(const struct stet_html_tokenizer *t, const char *p)
{
    size_t n = t->raw_name_len;

    if (html_end(t) - p < (ptrdiff_t)n + 3 || n == 0 || p[1] != '/')
        return false;
    for (size_t i = 0; i < n; i++) {
        if (stet_to_lower(p[2 + i]) != t->raw_name[i])
            return false;
    }
    return stet_is_space((unsigned char)p[n + 2]) || p[n + 2] == '/' ||
           p[n + 2] == '>';
}

/* Gives out the text before the end tag at p, which then is markup. */
static enum html_step end_raw(struct stet_html_tokenizer *t, const char *p)
{
    if (stet_html_text(t, p, true) == HTML_STOP)
        return HTML_STOP;
    t->state = HTML_DATA;
    return stet_html_markup(t);
}

/* RCDATA and RAWTEXT states, sections 13.2.5.2 and 3, and those after '<'
 * in them. */
enum html_step stet_html_raw(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos), *end = html_end(t);

    while (p < end) {
        const char *lt = memchr(p, '<', (size_t)(end - p));

        p = lt ? lt : end;
        if (!lt)
            break;
        if (is_end_tag(t, lt))
            return end_raw(t, lt);
        if (!t->final && end - lt < (ptrdiff_t)t->raw_name_len + 3 &&
            (end - lt < 2 || lt[1] == '/'))
            break;
        p = lt + 1;
    }
    if (stet_html_text(t, p, p < end || t->final) == HTML_STOP)
        return HTML_STOP;
    return HTML_MORE;
}

enum { SCRIPT_AHEAD = sizeof("</script>") - 1 };

/* True if `what` and the end of a name stand at p. */
static bool is_name(const char *p, const char *end, struct stet_span what)
{
    unsigned char after;

    if ((size_t)(end - p) <= what.len)
        return false;
    for (size_t i = 0; i < what.len; i++) {
        if (stet_to_lower(p[i]) != what.ptr[i])
            return false;
    }
    after = (unsigned char)p[what.len];
    return stet_is_space(after) || after == '/' || after == '>';
}

/* At a '<' that ends nothing: what follows it, and the state after it
 * (sections 13.2.5.15, 20, 23 to 26, 30 and 31). */
static const char *script_less_than(struct stet_html_tokenizer *t,
                                    const char *p)
{
    const char *end = html_end(t);

    t->dashes = 0;
    if (t->script == HTML_PLAIN) {
        if (end - p < 4 || memcmp(p, "<!--", 4) != 0)
            return p + 1;
        t->script = HTML_ESCAPED;
        t->dashes = 2;
        return p + 4;
    }
    if (t->script == HTML_ESCAPED && is_name(p, end, STET_SPAN("<script"))) {
        t->script = HTML_DOUBLE_ESCAPED;
        return p + sizeof("<script");
    }
    if (t->script == HTML_DOUBLE_ESCAPED &&
        is_name(p, end, STET_SPAN("</script"))) {
        t->script = HTML_ESCAPED;
        return p + sizeof("</script");
    }
    return p + 1;
}

/* The next '<' from p on; on the way "-->" ends an escape (sections
 * 13.2.5.20 to 22 and 27 to 29). */
static const char *script_scan(struct stet_html_tokenizer *t, const char *p)
{
    const char *end = html_end(t);

    while (p < end && *p != '<') {
        if (t->script == HTML_PLAIN) {
            const char *lt = memchr(p, '<', (size_t)(end - p));

            return lt ? lt : end;
        }
        if (*p == '-') {
            t->dashes += t->dashes < 2;
            p++;
        } else if (*p == '>' && t->dashes == 2) {
            t->script = HTML_PLAIN;
            t->dashes = 0;
            p++;
        } else {
            t->dashes = 0;
            p = stet_scan_two(p, end, '-', '<');
        }
    }
    return p;
}

/* Script data states, sections 13.2.5.4 and 15 to 31. */
enum html_step stet_html_script(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos), *end = html_end(t);
    bool held = false;

    while ((p = script_scan(t, p)) < end) {
        if (t->script != HTML_DOUBLE_ESCAPED && is_end_tag(t, p)) {
            t->script = HTML_PLAIN;
            return end_raw(t, p);
        }
        held = !t->final && end - p < SCRIPT_AHEAD;
        if (held)
            break;
        p = script_less_than(t, p);
    }
    if (stet_html_text(t, p, held || t->final) == HTML_STOP)
        return HTML_STOP;
    return HTML_MORE;
}

/* PLAINTEXT state, section 13.2.5.5. */
enum html_step stet_html_plaintext(struct stet_html_tokenizer *t)
{
    if (stet_html_text(t, html_end(t), t->final) == HTML_STOP)
        return HTML_STOP;
    return HTML_MORE;
}

/* True if the ']' at p is one, and not the second byte of a character. */
static bool is_bracket(struct stet_html_tokenizer *t, const char *p)
{
    struct stet_span run = { html_at(t, t->pos), 0 };

    run.len = (size_t)(p - run.ptr);
    if (stet_html_open_tail(t, run) == 0)
        return true;
    run.len++;
    if (!stet_html_reserve(t, run.len))
        return true;
    run = stet_html_decode_run(t, run);
    return run.len > 0 && run.ptr[run.len - 1] == ']';
}

/* What to do with the ']' at p. */
enum bracket { TEXT, HOLD, MARK };

static enum bracket judge_bracket(struct stet_html_tokenizer *t, const char *p)
{
    const char *end = html_end(t);

    if (end - p < 3)
        return !t->final && is_bracket(t, p) ? HOLD : TEXT;
    return p[1] == ']' && p[2] == '>' && is_bracket(t, p) ? MARK : TEXT;
}

/* CDATA section states, sections 13.2.5.69 to 71. */
enum html_step stet_html_cdata(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos), *end = html_end(t);
    enum bracket what = TEXT;

    while (p < end && what == TEXT) {
        const char *next = memchr(p, ']', (size_t)(end - p));

        p = next ? next : end;
        what = next ? judge_bracket(t, p) : TEXT;
        if (what != TEXT)
            break;
        p += p < end;
        if (stet_html_text(t, p, p == end && t->final) == HTML_STOP)
            return HTML_STOP;
    }
    if (stet_html_text(t, p, what != TEXT || t->final) == HTML_STOP)
        return HTML_STOP;
    if (what != MARK)
        return HTML_MORE;
    t->pos += 3;
    t->state = HTML_DATA;
    return HTML_GO;
}
