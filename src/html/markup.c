/* Markup from its '<' on: sections 13.2.5.6, 7 and 41 to 68. */
#include "base/ascii.h"
#include "base/span.h"
#include "html/tokenizer.h"

#include <string.h>

enum {
    MAX_DOCTYPE = 4 * STET_MAX_HTML_NAME /* bytes of it that are read */
};

/* A '<' that begins nothing, and what goes with it: text up to `to`. */
static enum html_step plain_text(struct stet_html_tokenizer *t, const char *to)
{
    if (!stet_html_skips_text(t))
        return stet_html_text(t, to, true);
    t->pos = html_offset(t, to);
    return HTML_GO;
}

/* What follows is a token whose contents begin at p. */
static void begin(struct stet_html_tokenizer *t, enum html_state state,
                  const char *p)
{
    t->state = state;
    t->start = t->piece = t->hold = t->pos;
    t->continued = false;
    t->pos = t->content = html_offset(t, p);
}

static enum html_step begin_tag(struct stet_html_tokenizer *t, const char *p,
                                bool end_tag)
{
    begin(t, HTML_TAG_NAME, p);
    t->name_at = t->pos;
    t->name_len = 0;
    t->name_flags = 0;
    t->n_attrs = 0;
    t->end_tag = end_tag;
    t->self_closing = false;
    t->in_attr = t->in_value = false;
    return stet_html_tag_name(t);
}

enum match { NO, PARTLY, YES };

/* Whether `what` stands at p, in any case of letters if it is lower case. */
static enum match match(const char *p, const char *end, struct stet_span what)
{
    for (size_t i = 0; i < what.len; i++) {
        if (p + i == end)
            return PARTLY;
        if (p[i] != what.ptr[i] && stet_to_lower(p[i]) != what.ptr[i])
            return NO;
    }
    return YES;
}

/* Markup declaration open state, section 13.2.5.42; at "<!". */
static enum html_step declaration(struct stet_html_tokenizer *t, const char *p)
{
    static const struct stet_span doctype = STET_SPAN_INIT("doctype");
    static const struct stet_span cdata = STET_SPAN_INIT("[CDATA[");
    const char *q = p + 2, *end = html_end(t);
    enum match dashes = match(q, end, STET_SPAN("--"));
    enum match name = match(q, end, doctype);
    enum match section = match(q, end, cdata);

    if (!t->final && (dashes == PARTLY || name == PARTLY || section == PARTLY))
        return HTML_MORE;
    if (dashes == YES) {
        begin(t, HTML_COMMENT, q + 2);
    } else if (name == YES) {
        begin(t, HTML_DOCTYPE, q + doctype.len);
    } else if (section == YES && stet_html_takes_cdata(t)) {
        t->pos = html_offset(t, q + cdata.len);
        t->raw_tag = STET_HTML_TAG_OTHER;
        t->state = HTML_CDATA;
    } else {
        begin(t, HTML_BOGUS, q);
    }
    return HTML_GO;
}

/* End tag open state, section 13.2.5.7; at "</". */
static enum html_step end_tag_open(struct stet_html_tokenizer *t, const char *p)
{
    if (html_end(t) - p < 3)
        return t->final ? plain_text(t, p + 2) : HTML_MORE;
    if (stet_is_alpha((unsigned char)p[2]))
        return begin_tag(t, p + 2, true);
    if (p[2] == '>') {
        t->pos += 3;
        return HTML_GO;
    }
    begin(t, HTML_BOGUS, p + 2);
    return HTML_GO;
}

/* Tag open state, section 13.2.5.6; at '<'. */
enum html_step stet_html_markup(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos);

    if (html_end(t) - p < 2)
        return t->final ? plain_text(t, p + 1) : HTML_MORE;
    if (stet_is_alpha((unsigned char)p[1]))
        return begin_tag(t, p + 1, false);
    if (p[1] == '/')
        return end_tag_open(t, p);
    if (p[1] == '!')
        return declaration(t, p);
    if (p[1] != '?')
        return plain_text(t, p + 1);
    begin(t, HTML_BOGUS, p + 1);
    return HTML_GO;
}

/* Gives out the comment from `content` to p in pieces; the last of them, if
 * it is not `more`, ends in the source after `mark` more bytes. */
static enum html_step emit_comment(struct stet_html_tokenizer *t, const char *p,
                                   size_t mark, bool more)
{
    enum html_step step = HTML_GO;
    bool last = false;

    while (step == HTML_GO && !last) {
        const char *from = html_at(t, t->content);
        const char *to = stet_html_chunk(t, from, p);
        struct stet_span raw = { from, (size_t)(to - from) };
        struct stet_html_token tok = { .kind = STET_HTML_COMMENT };

        last = to == p;
        if (last && more)
            break;
        if (!stet_html_reserve(t, raw.len))
            return stet_html_fail(t, STET_ENOMEM);
        tok.raw = raw;
        tok.raw_offset = t->content;
        tok.text = stet_html_decode(t, raw, HTML_NUL);
        tok.more = !last;
        tok.continued = t->continued;
        tok.offset = t->piece;
        t->content = html_offset(t, to);
        t->piece = t->content + (last ? mark : 0);
        tok.length = t->piece - tok.offset;
        tok.foreign = t->n_foreign > 0;
        t->continued = true;
        step = stet_html_emit(t, &tok);
    }
    t->hold = t->content;
    return step;
}

static enum html_step end_comment(struct stet_html_tokenizer *t, const char *p,
                                  size_t mark)
{
    t->pos = html_offset(t, p) + mark;
    t->state = HTML_DATA;
    return emit_comment(t, p, mark, false);
}

static enum html_step more_comment(struct stet_html_tokenizer *t, const char *p)
{
    t->pos = html_offset(t, p);
    return emit_comment(t, p, 0, true) == HTML_STOP ? HTML_STOP : HTML_MORE;
}

/* What ends a comment at p, in bytes; 0: nothing does. */
static size_t comment_mark(const char *p, const char *end)
{
    if (end - p >= 3 && memcmp(p, "-->", 3) == 0)
        return 3;
    if (end - p >= 4 && memcmp(p, "--!>", 4) == 0)
        return 4;
    return 0;
}

/* The end of the input in a comment: an end that was begun is no text. */
static enum html_step cut_comment(struct stet_html_tokenizer *t)
{
    const char *from = html_at(t, t->content), *end = html_end(t);
    size_t n = 0;

    if (end - from >= 3 && memcmp(end - 3, "--!", 3) == 0)
        n = 3;
    else if (end - from >= 2 && memcmp(end - 2, "--", 2) == 0)
        n = 2;
    else if (end > from && end[-1] == '-')
        n = 1;
    return end_comment(t, end - n, n);
}

/* Right after "<!--" a '>' or "->" ends it too: comment start states. */
static size_t early_mark(const char *p, const char *end)
{
    if (p < end && *p == '>')
        return 1;
    return end - p >= 2 && p[0] == '-' && p[1] == '>' ? 2 : 0;
}

/* Comment states, sections 13.2.5.43 to 52. */
enum html_step stet_html_comment(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos), *end = html_end(t);

    if (t->pos == t->content && !t->continued) {
        size_t mark = early_mark(p, end);

        if (mark > 0)
            return end_comment(t, p, mark);
        if (end - p < 2 && !t->final)
            return HTML_MORE;
    }
    while (p < end) {
        const char *dash = memchr(p, '-', (size_t)(end - p));
        size_t mark;

        p = dash ? dash : end;
        if (!dash)
            break;
        mark = comment_mark(p, end);
        if (mark > 0)
            return end_comment(t, p, mark);
        if (end - p < 4 && !t->final)
            break;
        p++;
    }
    return t->final ? cut_comment(t) : more_comment(t, p);
}

/* Bogus comment state, section 13.2.5.41. */
enum html_step stet_html_bogus(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos), *end = html_end(t);
    const char *gt = p < end ? memchr(p, '>', (size_t)(end - p)) : NULL;

    if (gt)
        return end_comment(t, gt, 1);
    return t->final ? end_comment(t, end, 0) : more_comment(t, end);
}

/* What is read of a doctype after its keyword. */
struct doctype {
    const char *p, *end;
    bool cut; /* by the end of the input */
    bool quirks;
};

static bool skip_space(struct doctype *d)
{
    while (d->p < d->end && stet_is_space((unsigned char)*d->p))
        d->p++;
    return d->p < d->end;
}

/* A quoted identifier at d->p; false: there is none. */
static bool identifier(struct doctype *d, struct stet_span *out)
{
    char quote = *d->p;
    const char *from = d->p + 1;

    if (quote != '"' && quote != '\'')
        return false;
    d->p = from < d->end ? memchr(from, quote, (size_t)(d->end - from)) : NULL;
    if (!d->p) {
        d->p = d->end;
        d->quirks = true;
    }
    *out = (struct stet_span){ from, (size_t)(d->p - from) };
    d->p += d->p < d->end;
    return true;
}

/* After the name: sections 13.2.5.56 to 68. */
static void identifiers(struct doctype *d, struct stet_html_token *tok)
{
    bool is_public = match(d->p, d->end, STET_SPAN("public")) == YES;

    if (!is_public && match(d->p, d->end, STET_SPAN("system")) != YES) {
        d->quirks = true;
        return;
    }
    d->p += sizeof("public") - 1;
    if (!skip_space(d)) {
        d->quirks = true;
        return;
    }
    if (is_public) {
        tok->has_public_id = identifier(d, &tok->public_id);
        d->quirks |= !tok->has_public_id;
        if (!tok->has_public_id || d->quirks)
            return;
        if (!skip_space(d)) {
            d->quirks |= d->cut;
            return;
        }
    }
    tok->has_system_id = identifier(d, &tok->system_id);
    d->quirks |= !tok->has_system_id;
    if (tok->has_system_id && !skip_space(d))
        d->quirks |= d->cut;
}

static struct stet_span clean(struct stet_html_tokenizer *t, struct stet_span s,
                              unsigned how, bool *truncated)
{
    if (s.len > STET_MAX_HTML_NAME) {
        s.len = STET_MAX_HTML_NAME;
        *truncated = true;
    }
    return s.len > 0 ? stet_html_decode(t, s, how) : s;
}

static void read_doctype(struct stet_html_tokenizer *t,
                         struct stet_html_token *tok, struct stet_span body,
                         bool cut)
{
    struct doctype d = { body.ptr, body.ptr + body.len, cut, false };

    if (skip_space(&d)) {
        tok->has_name = true;
        tok->name.ptr = d.p;
        tok->name_offset = t->content + (uint64_t)(d.p - body.ptr);
        while (d.p < d.end && !stet_is_space((unsigned char)*d.p))
            d.p++;
        tok->name.len = (size_t)(d.p - tok->name.ptr);
        tok->name_length = tok->name.len;
        if (skip_space(&d))
            identifiers(&d, tok);
        else
            d.quirks = cut;
    } else {
        d.quirks = true;
    }
    tok->force_quirks = d.quirks;
    tok->name = clean(t, tok->name, HTML_NUL | HTML_LOWER, &tok->truncated);
    tok->public_id = clean(t, tok->public_id, HTML_NUL, &tok->truncated);
    tok->system_id = clean(t, tok->system_id, HTML_NUL, &tok->truncated);
}

static enum html_step end_doctype(struct stet_html_tokenizer *t, const char *p,
                                  size_t mark)
{
    struct stet_html_token tok = { .kind = STET_HTML_DOCTYPE };
    uint64_t n = html_offset(t, p) - t->content;
    struct stet_span body = { NULL, 0 };

    tok.truncated = n > MAX_DOCTYPE;
    if (t->continued)
        body = stet_buf_span(&t->cur_value);
    else
        body = (struct stet_span){ html_at(t, t->content),
                                   n < MAX_DOCTYPE ? (size_t)n : MAX_DOCTYPE };
    if (!stet_html_reserve(t, body.len))
        return stet_html_fail(t, STET_ENOMEM);
    read_doctype(t, &tok, body, mark == 0);
    t->pos = html_offset(t, p) + mark;
    tok.offset = t->start;
    tok.length = t->pos - t->start;
    t->state = HTML_DATA;
    return stet_html_emit(t, &tok);
}

/* DOCTYPE states, sections 13.2.5.53 to 68: it ends at the first '>'. */
enum html_step stet_html_doctype(struct stet_html_tokenizer *t)
{
    const char *p = html_at(t, t->pos), *end = html_end(t);
    const char *gt = p < end ? memchr(p, '>', (size_t)(end - p)) : NULL;

    if (gt)
        return end_doctype(t, gt, 1);
    if (t->final)
        return end_doctype(t, end, 0);
    t->pos = html_offset(t, end);
    if (!t->continued && t->pos - t->content > MAX_DOCTYPE) {
        stet_buf_reset(&t->cur_value);
        stet_buf_add(&t->cur_value, html_at(t, t->content), MAX_DOCTYPE);
        if (stet_buf_status(&t->cur_value) < 0)
            return stet_html_fail(t, STET_ENOMEM);
        t->continued = true;
    }
    if (t->continued)
        t->hold = t->pos;
    return HTML_MORE;
}
