#include "base/span.h"
#include "html/tokenizer.h"

#include <assert.h>
#include <string.h>

/* The kept source bytes of an attribute's name or value. */
static struct stet_span raw_name(const struct stet_html_tokenizer *t, size_t i)
{
    const struct stet_html_attr *a = &t->attrs[i];
    uint64_t n = a->name_length;

    if (t->name_marks[i] & HTML_SAVED)
        return stet_buf_span(&t->cur_name);
    if (n > STET_MAX_HTML_NAME)
        n = STET_MAX_HTML_NAME;
    return (struct stet_span){ html_at(t, a->name_offset), (size_t)n };
}

static struct stet_span raw_value(const struct stet_html_tokenizer *t, size_t i)
{
    const struct stet_html_attr *a = &t->attrs[i];
    uint64_t n = a->value_length;

    if (n == 0)
        return STET_SPAN("");
    if (t->value_marks[i] & HTML_SAVED)
        return stet_buf_span(&t->cur_value);
    if (n > STET_MAX_HTML_VALUE)
        n = STET_MAX_HTML_VALUE;
    return (struct stet_span){ html_at(t, a->value_offset), (size_t)n };
}

static struct stet_span raw_tag_name(const struct stet_html_tokenizer *t)
{
    uint64_t n = t->name_len;

    if (t->name_flags & HTML_SAVED)
        return stet_buf_span(&t->name);
    if (n > STET_MAX_HTML_NAME)
        n = STET_MAX_HTML_NAME;
    return (struct stet_span){ html_at(t, t->name_at), (size_t)n };
}

/* What decoding will need room for. */
static size_t dirty_bytes(const struct stet_html_tokenizer *t)
{
    size_t n = t->name_flags & HTML_DIRTY ? raw_tag_name(t).len : 0;

    for (size_t i = 0; i < t->n_attrs; i++) {
        if (t->name_marks[i] & HTML_DIRTY)
            n += raw_name(t, i).len;
        if (t->value_marks[i] & HTML_DIRTY)
            n += raw_value(t, i).len;
    }
    return n;
}

/* True if one of the attributes before it has the name of attribute i;
 * seen: the numbers of names met, as bits. */
static bool is_duplicate(const struct stet_html_tokenizer *t, size_t i,
                         uint64_t seen[2])
{
    const struct stet_html_attr *a = &t->attrs[i];
    uint64_t bit = UINT64_C(1) << (a->id & 63);
    uint64_t *word = &seen[a->id >> 6];
    bool known = (*word & bit) != 0;

    *word |= bit;
    if (!known || a->id != STET_HTML_ATTR_OTHER)
        return known;
    for (size_t k = 0; k < i; k++) {
        const struct stet_html_attr *b = &t->attrs[k];

        if (b->id == a->id && b->name.len == a->name.len &&
            memcmp(b->name.ptr, a->name.ptr, a->name.len) == 0)
            return true;
    }
    return false;
}

static void decode_attrs(struct stet_html_tokenizer *t)
{
    uint64_t seen[2] = { 0, 0 };

    static_assert(STET_N_HTML_ATTRS <= 128, "two words hold them");
    for (size_t i = 0; i < t->n_attrs; i++) {
        struct stet_html_attr *a = &t->attrs[i];

        a->name = raw_name(t, i);
        if (t->name_marks[i] & HTML_DIRTY)
            a->name = stet_html_decode(t, a->name, HTML_NUL | HTML_LOWER);
        a->value = raw_value(t, i);
        if (t->value_marks[i] & HTML_DIRTY)
            a->value =
                stet_html_decode(t, a->value, HTML_NUL | HTML_REFS_IN_ATTR);
        a->id = stet_html_attr_of(a->name);
        a->duplicate = is_duplicate(t, i, seen);
    }
}

static bool save_name(struct stet_html_tokenizer *t)
{
    if (t->name_flags & HTML_SAVED)
        return true;
    stet_buf_reset(&t->name);
    stet_buf_add_span(&t->name, raw_tag_name(t));
    t->name_flags |= HTML_SAVED;
    return stet_buf_status(&t->name) == STET_OK;
}

static void fill(struct stet_html_tokenizer *t, struct stet_html_token *tok,
                 uint64_t to)
{
    tok->kind = t->end_tag ? STET_HTML_END : STET_HTML_START;
    tok->offset = t->piece;
    tok->length = to - t->piece;
    tok->continued = t->continued;
    tok->name = raw_tag_name(t);
    if (t->name_flags & HTML_DIRTY)
        tok->name = stet_html_decode(t, tok->name, HTML_NUL | HTML_LOWER);
    tok->tag = stet_html_tag_of(tok->name);
    tok->name_offset = t->name_at;
    tok->name_length = t->name_len;
    tok->truncated = t->name_len > STET_MAX_HTML_NAME;
    tok->self_closing = t->self_closing;
    tok->foreign = false;
    tok->attrs = NULL;
    tok->n_attrs = t->end_tag ? 0 : t->n_attrs;
    if (tok->n_attrs > 0) {
        decode_attrs(t);
        tok->attrs = t->attrs;
    }
}

/* XML: what closes itself has an end. */
static enum html_step emit_end(struct stet_html_tokenizer *t,
                               struct stet_html_token *tok)
{
    if (!t->opts.xml || !tok->self_closing || tok->foreign ||
        tok->kind != STET_HTML_START || stet_html_is_void(tok->tag))
        return HTML_GO;
    tok->kind = STET_HTML_END;
    tok->offset += tok->length;
    tok->length = 0;
    tok->continued = false;
    tok->self_closing = false;
    tok->attrs = NULL;
    tok->n_attrs = 0;
    return stet_html_emit(t, tok);
}

enum html_step stet_html_emit_tag(struct stet_html_tokenizer *t, uint64_t to,
                                  bool more)
{
    struct stet_html_token *tok = &t->tag_token;
    size_t dirty = dirty_bytes(t);

    if (more && !save_name(t))
        return stet_html_fail(t, STET_ENOMEM);
    if (more && (t->end_tag || t->state == HTML_TAG_NAME))
        return HTML_GO;
    if (dirty > 0 && !stet_html_reserve(t, dirty))
        return stet_html_fail(t, STET_ENOMEM);
    fill(t, tok, to);
    tok->more = more;
    t->piece = to;
    t->continued = true;
    if (!more) {
        t->state = HTML_DATA;
        stet_html_on_tag(t, tok);
    } else {
        tok->foreign = stet_html_in_foreign(t);
    }
    if (stet_html_emit(t, tok) == HTML_STOP)
        return HTML_STOP;
    return more ? HTML_GO : emit_end(t, tok);
}
