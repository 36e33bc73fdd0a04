#ifndef STET_TESTS_HTML_PRINTER_H
#define STET_TESTS_HTML_PRINTER_H

/*
 * Tokens as text, one a line, so that tests can say what they expect:
 *
 *     <a|href=x|b>      start tag (its end "/>" when self-closing)
 *     </a>              end tag
 *     'text'            all adjacent text as one
 *     !comment!
 *     ?name|public|system?   a doctype; "-" for a missing part, "!" in front
 *                            of the name when it forces quirks
 *
 * Pieces of one token are put together, and one whose last piece never came
 * is left out, so that however the input was cut the lines are the same.
 */
#include "base/buf.h"
#include "html/tokenizer.h"
#include "stet/html.h"

struct printer {
    struct stet_buf out;
    bool offsets; /* begin lines with OFFSET+LENGTH, attributes with them */
    enum { P_NOTHING, P_TEXT, P_OTHER } open;
    uint64_t start, end; /* of the token that is open; of the last one */
    struct stet_buf line;
    bool partial;  /* what is open is a tag with more to come */
    bool disorder; /* an offset below the end of the token before */
};

static inline void printer_init(struct printer *p, bool offsets)
{
    *p = (struct printer){ .offsets = offsets };
    stet_buf_init(&p->out, 1 << 26);
    stet_buf_init(&p->line, 1 << 26);
}

static inline void printer_clear(struct printer *p)
{
    stet_buf_clear(&p->out);
    stet_buf_clear(&p->line);
}

/* Ends the line that is open. */
static inline void printer_end(struct printer *p)
{
    if (p->partial)
        stet_buf_reset(&p->line);
    if (p->open == P_NOTHING || p->partial)
        return;
    if (p->offsets)
        stet_buf_addf(&p->out, "%llu+%llu ", (unsigned long long)p->start,
                      (unsigned long long)(p->end - p->start));
    stet_buf_add_span(&p->out, stet_buf_span(&p->line));
    if (p->open == P_TEXT)
        stet_buf_addc(&p->out, '\'');
    stet_buf_addc(&p->out, '\n');
    stet_buf_reset(&p->line);
    p->open = P_NOTHING;
}

static inline void printer_attr(struct printer *p,
                                const struct stet_html_attr *a)
{
    stet_buf_adds(&p->line, a->duplicate ? "|*" : "|");
    if (a->truncated)
        stet_buf_adds(&p->line, "~");
    if (p->offsets)
        stet_buf_addf(&p->line, "%llu+%llu,%llu+%llu%c",
                      (unsigned long long)a->name_offset,
                      (unsigned long long)a->name_length,
                      (unsigned long long)a->value_offset,
                      (unsigned long long)a->value_length,
                      a->quote ? a->quote : '_');
    stet_buf_add_span(&p->line, a->name);
    if (a->has_value)
        stet_buf_addc(&p->line, '=');
    stet_buf_add_span(&p->line, a->value);
}

static inline void printer_tag(struct printer *p,
                               const struct stet_html_token *t)
{
    if (!t->continued) {
        stet_buf_adds(&p->line, t->kind == STET_HTML_END ? "</" : "<");
        stet_buf_add_span(&p->line, t->name);
    }
    for (size_t i = 0; i < t->n_attrs; i++)
        printer_attr(p, &t->attrs[i]);
    if (!t->more)
        stet_buf_adds(&p->line, t->self_closing ? "/>" : ">");
}

static inline void printer_doctype(struct printer *p,
                                   const struct stet_html_token *t)
{
    stet_buf_adds(&p->line, t->force_quirks ? "?!" : "?");
    stet_buf_add_span(&p->line, t->has_name ? t->name : STET_SPAN("-"));
    stet_buf_addc(&p->line, '|');
    stet_buf_add_span(&p->line,
                      t->has_public_id ? t->public_id : STET_SPAN("-"));
    stet_buf_addc(&p->line, '|');
    stet_buf_add_span(&p->line,
                      t->has_system_id ? t->system_id : STET_SPAN("-"));
    stet_buf_addc(&p->line, '?');
}

static inline int printer_on_token(void *ctx, const struct stet_html_token *t)
{
    struct printer *p = ctx;
    bool text = t->kind == STET_HTML_TEXT;

    p->disorder |= t->offset < p->end;
    if (!t->continued && !(text && p->open == P_TEXT && t->offset == p->end)) {
        printer_end(p);
        p->start = t->offset;
        if (text)
            stet_buf_addc(&p->line, '\'');
        if (t->kind == STET_HTML_COMMENT)
            stet_buf_addc(&p->line, '!');
    }
    p->open = text ? P_TEXT : P_OTHER;
    p->partial = t->more;
    p->end = t->offset + t->length;
    if (text || t->kind == STET_HTML_COMMENT)
        stet_buf_add_span(&p->line, t->text);
    if (t->kind == STET_HTML_COMMENT && !t->more)
        stet_buf_addc(&p->line, '!');
    if (t->kind == STET_HTML_START || t->kind == STET_HTML_END)
        printer_tag(p, t);
    if (t->kind == STET_HTML_DOCTYPE)
        printer_doctype(p, t);
    return stet_buf_status(&p->line);
}

/* Tokenizes a document in pieces (0: at once) into *p. */
static inline int print_tokens(struct printer *p, struct stet_span doc,
                               const struct stet_html_options *opts,
                               size_t piece)
{
    struct stet_html_options o = opts ? *opts : (struct stet_html_options){ 0 };
    struct stet_html_tokenizer *t = NULL;
    int rc;

    o.on_token = printer_on_token;
    o.ctx = p;
    rc = stet_html_tokenizer_new(&t, &o, NULL);
    for (size_t at = 0; rc == STET_OK && at < doc.len;) {
        size_t n = piece && piece < doc.len - at ? piece : doc.len - at;

        rc = stet_html_tokenizer_feed(t, (struct stet_span){ doc.ptr + at, n },
                                      NULL);
        at += n;
    }
    if (rc == STET_OK)
        rc = stet_html_tokenizer_finish(t, NULL);
    stet_html_tokenizer_free(t);
    printer_end(p);
    if (rc == STET_OK)
        rc = stet_buf_status(&p->out);
    return rc;
}

#endif
