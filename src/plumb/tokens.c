#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "html/charset.h"
#include "plumb/question.h"
#include "stet/html.h"

/*
 * Tokens in the form of html5lib's tests: ["StartTag", name, {attributes}]
 * with true for a self-closing one, ["EndTag", name], ["Character", text],
 * ["Comment", text], ["DOCTYPE", name, public, system, correct].  Pieces of
 * one token are put together; with offsets, {"offset":…,"length":…} is the
 * last element.
 */
struct teller {
    struct stet_question *q;
    struct stet_json_writer *w; /* of the one array, or of this line */
    struct stet_json_writer line_writer;
    struct stet_buf line;
    struct stet_buf text; /* of the text or comment that is open */
    bool open;
    enum stet_html_kind kind; /* of what is open */
    uint64_t offset, end;
    bool offsets;
};

static void begin_token(struct teller *t, const struct stet_html_token *k)
{
    t->open = true;
    t->kind = k->kind;
    t->offset = k->offset;
    if (t->q->fn) {
        stet_buf_cut(&t->line, 0);
        stet_json_writer_init(&t->line_writer, &t->line, STET_JSON_COMPACT);
        t->w = &t->line_writer;
    }
    stet_json_begin_array(t->w);
}

static int end_token(struct teller *t)
{
    int rc;

    t->open = false;
    if (t->offsets) {
        stet_json_begin_object(t->w);
        stet_json_member_int(t->w, "offset", (int64_t)t->offset);
        stet_json_member_int(t->w, "length", (int64_t)(t->end - t->offset));
        stet_json_end(t->w);
    }
    stet_json_end(t->w);
    rc = stet_buf_status(t->w->out);
    if (rc == STET_OK && t->q->fn)
        rc = t->q->fn(t->q->ctx, stet_buf_span(&t->line));
    return rc;
}

static int end_text(struct teller *t)
{
    bool comment = t->kind == STET_HTML_COMMENT;
    int rc = stet_buf_status(&t->text);

    if (rc < 0)
        return rc;
    stet_json_put_string(t->w, stet_span_of(comment ? "Comment" : "Character"));
    stet_json_put_string(t->w, stet_buf_span(&t->text));
    stet_buf_cut(&t->text, 0);
    return end_token(t);
}

static bool is_textual(enum stet_html_kind kind)
{
    return kind == STET_HTML_TEXT || kind == STET_HTML_COMMENT;
}

static int on_text(struct teller *t, const struct stet_html_token *k)
{
    if (!t->open)
        begin_token(t, k);
    stet_buf_add_span(&t->text, k->text);
    t->end = k->offset + k->length;
    return k->kind == STET_HTML_COMMENT && !k->more ? end_text(t)
                                                    : stet_buf_status(&t->text);
}

static int on_start(struct teller *t, const struct stet_html_token *k)
{
    if (!k->continued) {
        begin_token(t, k);
        stet_json_put_string(t->w, STET_SPAN("StartTag"));
        stet_json_put_string(t->w, k->name);
        stet_json_begin_object(t->w);
    }
    for (size_t i = 0; i < k->n_attrs; i++) {
        if (k->attrs[i].duplicate)
            continue;
        stet_json_key_span(t->w, k->attrs[i].name);
        stet_json_put_string(t->w, k->attrs[i].value);
    }
    t->end = k->offset + k->length;
    if (k->more)
        return stet_buf_status(t->w->out);
    stet_json_end(t->w);
    if (k->self_closing)
        stet_json_put_bool(t->w, true);
    return end_token(t);
}

static int on_end(struct teller *t, const struct stet_html_token *k)
{
    if (!k->continued) {
        begin_token(t, k);
        stet_json_put_string(t->w, STET_SPAN("EndTag"));
        stet_json_put_string(t->w, k->name);
    }
    t->end = k->offset + k->length;
    return k->more ? STET_OK : end_token(t);
}

static void put_if(struct stet_json_writer *w, bool has, struct stet_span s)
{
    if (has)
        stet_json_put_string(w, s);
    else
        stet_json_put_null(w);
}

static int on_doctype(struct teller *t, const struct stet_html_token *k)
{
    begin_token(t, k);
    stet_json_put_string(t->w, STET_SPAN("DOCTYPE"));
    put_if(t->w, k->has_name, k->name);
    put_if(t->w, k->has_public_id, k->public_id);
    put_if(t->w, k->has_system_id, k->system_id);
    stet_json_put_bool(t->w, !k->force_quirks);
    t->end = k->offset + k->length;
    return end_token(t);
}

static int on_token(void *ctx, const struct stet_html_token *k)
{
    struct teller *t = ctx;
    int rc = STET_OK;

    if (t->open && is_textual(t->kind) && t->kind != k->kind)
        rc = end_text(t);
    if (rc != STET_OK)
        return rc;
    switch (k->kind) {
    case STET_HTML_TEXT:
    case STET_HTML_COMMENT:
        return on_text(t, k);
    case STET_HTML_START:
        return on_start(t, k);
    case STET_HTML_END:
        return on_end(t, k);
    case STET_HTML_DOCTYPE:
        return on_doctype(t, k);
    }
    return STET_OK;
}

/* Asked for a state, the tokenizer is driven as html5lib's tests drive it. */
static int choose_state(struct stet_question *q, struct stet_html_options *o,
                        struct stet_error *err)
{
    static const struct {
        const char *name;
        enum stet_html_state state;
    } states[] = {
        { "Data state", STET_HTML_DATA },
        { "PLAINTEXT state", STET_HTML_PLAINTEXT },
        { "RCDATA state", STET_HTML_RCDATA },
        { "RAWTEXT state", STET_HTML_RAWTEXT },
        { "Script data state", STET_HTML_SCRIPT_DATA },
        { "CDATA section state", STET_HTML_CDATA },
    };
    struct stet_span name;
    int rc;

    if ((rc = stet_question_text(q, "initialState", &name, err)) < 0 ||
        (rc = stet_question_text(q, "lastStartTag", &o->last_start_tag, err)) <
            0)
        return rc;
    if (!name.ptr)
        return STET_OK;
    o->plain = o->keep_bom = true;
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        if (stet_span_eqs(name, states[i].name)) {
            o->state = states[i].state;
            return STET_OK;
        }
    }
    return stet_fail(err, STET_EUSAGE, "initialState: no state '%.*s'",
                     (int)(name.len < 40 ? name.len : 40), name.ptr);
}

/* Asked for it, or told what HTTP says of it, the document's encoding is found
 * as for any page. */
static int choose_charset(struct stet_question *q, struct stet_json_writer *w,
                          struct stet_span *input, struct stet_html_options *o,
                          struct stet_error *err)
{
    struct stet_charset_guess guess;
    struct stet_span label;
    bool tell = stet_question_flag(q, "encoding") && !q->fn;
    int rc = stet_question_text(q, "charset", &label, err);

    if (rc < 0 || (!label.ptr && !tell))
        return rc;
    rc = stet_charset_detect(&guess, *input, label.ptr ? label : STET_SPAN(""));
    if (rc < 0)
        return rc;
    o->charset = guess.charset;
    if (tell)
        stet_json_member_string(w, "encoding",
                                stet_span_of(stet_charset_name(guess.charset)));
    return STET_OK;
}

/* Fed whole, or in pieces of as many bytes as were asked for. */
static int tokenize(struct stet_question *q, struct stet_span input,
                    const struct stet_html_options *o, struct stet_error *err)
{
    struct stet_html_tokenizer *t = NULL;
    struct stet_span size;
    uint64_t n = 0;
    int rc = stet_question_text(q, "pieces", &size, err);

    if (rc < 0)
        return rc;
    if (!size.ptr)
        return stet_html_tokenize(input, o, err);
    if (!stet_span_to_u64(size, &n) || n == 0)
        return stet_fail(err, STET_EUSAGE, "pieces: not a number of bytes");
    rc = stet_html_tokenizer_new(&t, o, err);
    while (rc == STET_OK && input.len > 0) {
        size_t len = n < input.len ? (size_t)n : input.len;

        rc = stet_html_tokenizer_feed(t, stet_span_sub(input, 0, len), err);
        input = stet_span_sub(input, len, input.len);
    }
    if (rc == STET_OK)
        rc = stet_html_tokenizer_finish(t, err);
    stet_html_tokenizer_free(t);
    return rc;
}

static int answer(struct stet_question *q, struct stet_json_writer *w,
                  struct stet_error *err)
{
    struct teller t = { .q = q, .w = w };
    struct stet_html_options o = { .on_token = on_token, .ctx = &t };
    struct stet_span input;
    int rc;

    stet_buf_init(&t.line, STET_MAX_PLUMB_OUT);
    stet_buf_init(&t.text, STET_MAX_PLUMB_OUT);
    t.offsets = stet_question_flag(q, "offsets");
    if ((rc = stet_question_need(q, "input", &input, err)) < 0 ||
        (rc = choose_state(q, &o, err)) < 0 ||
        (rc = choose_charset(q, w, &input, &o, err)) < 0)
        goto done;
    if (!q->fn) {
        stet_json_key(w, "output");
        stet_json_begin_array(w);
    }
    rc = tokenize(q, input, &o, err);
    if (rc == STET_OK && t.open && is_textual(t.kind))
        rc = end_text(&t);
    if (rc == STET_OK && !q->fn)
        stet_json_end(w);
done:
    stet_buf_clear(&t.text);
    stet_buf_clear(&t.line);
    return rc;
}

const struct stet_stage stet_stage_tokens = { "tokens", answer };
