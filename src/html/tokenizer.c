#include "html/tokenizer.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <string.h>

enum {
    MAX_CARRY = 4 * STET_MAX_HTML_VALUE, /* pending tag and a slice */
    MAX_SCRATCH = 8 * STET_MAX_HTML_VALUE,
};

static const char bom[] = "\xEF\xBB\xBF";

typedef enum html_step (*state_fn)(struct stet_html_tokenizer *t);

static const state_fn states[HTML_N_STATES] = {
    [HTML_DATA] = stet_html_data,
    [HTML_RCDATA] = stet_html_raw,
    [HTML_RAWTEXT] = stet_html_raw,
    [HTML_SCRIPT] = stet_html_script,
    [HTML_PLAINTEXT] = stet_html_plaintext,
    [HTML_CDATA] = stet_html_cdata,
    [HTML_TAG_NAME] = stet_html_tag_name,
    [HTML_BEFORE_ATTR] = stet_html_before_attr,
    [HTML_ATTR_NAME] = stet_html_attr_name,
    [HTML_AFTER_ATTR_NAME] = stet_html_after_attr_name,
    [HTML_BEFORE_VALUE] = stet_html_before_value,
    [HTML_VALUE_QUOTED] = stet_html_value_quoted,
    [HTML_VALUE_UNQUOTED] = stet_html_value_unquoted,
    [HTML_COMMENT] = stet_html_comment,
    [HTML_BOGUS] = stet_html_bogus,
    [HTML_DOCTYPE] = stet_html_doctype,
};

enum html_step stet_html_fail(struct stet_html_tokenizer *t, int status)
{
    t->status = status;
    return HTML_STOP;
}

enum html_step stet_html_emit(struct stet_html_tokenizer *t,
                              const struct stet_html_token *tok)
{
    int rc = stet_buf_status(&t->scratch);

    if (rc == STET_OK)
        rc = t->opts.on_token(t->opts.ctx, tok);
    return rc == STET_OK ? HTML_GO : stet_html_fail(t, rc);
}

static enum html_state first_state(enum stet_html_state s)
{
    static const enum html_state map[] = {
        [STET_HTML_DATA] = HTML_DATA,
        [STET_HTML_RCDATA] = HTML_RCDATA,
        [STET_HTML_RAWTEXT] = HTML_RAWTEXT,
        [STET_HTML_SCRIPT_DATA] = HTML_SCRIPT,
        [STET_HTML_PLAINTEXT] = HTML_PLAINTEXT,
        [STET_HTML_CDATA] = HTML_CDATA,
    };

    return map[s];
}

int stet_html_tokenizer_new(struct stet_html_tokenizer **out,
                            const struct stet_html_options *opts,
                            struct stet_error *err)
{
    struct stet_html_tokenizer *t;

    *out = NULL;
    if (!opts->on_token || opts->charset >= STET_N_CHARSETS)
        return stet_fail(err, STET_EUSAGE, "tokenizer: bad options");
    t = stet_alloc(sizeof(*t));
    if (!t)
        return stet_fail(err, STET_ENOMEM, "tokenizer");
    t->opts = *opts;
    t->charset = opts->charset ? opts->charset : STET_CHARSET_UTF_8;
    t->recode = !stet_charset_keeps_markup(t->charset);
    t->utf8 = t->recode || t->charset == STET_CHARSET_UTF_8;
    t->state = first_state(opts->state);
    stet_decoder_init(&t->decoder, t->charset);
    stet_buf_init(&t->carry, MAX_CARRY);
    stet_buf_init(&t->recoded, MAX_CARRY);
    stet_buf_init(&t->scratch, MAX_SCRATCH);
    stet_buf_init(&t->name, STET_MAX_HTML_NAME);
    stet_buf_init(&t->cur_name, STET_MAX_HTML_NAME);
    stet_buf_init(&t->cur_value, STET_MAX_HTML_VALUE);
    if (opts->last_start_tag.len < sizeof(t->raw_name)) {
        t->raw_name_len = opts->last_start_tag.len;
        if (t->raw_name_len > 0)
            memcpy(t->raw_name, opts->last_start_tag.ptr, t->raw_name_len);
    }
    t->raw_tag = stet_html_tag_of(opts->last_start_tag);
    *out = t;
    return STET_OK;
}

void stet_html_tokenizer_free(struct stet_html_tokenizer *t)
{
    if (!t)
        return;
    stet_buf_clear(&t->carry);
    stet_buf_clear(&t->recoded);
    stet_buf_clear(&t->scratch);
    stet_buf_clear(&t->name);
    stet_buf_clear(&t->cur_name);
    stet_buf_clear(&t->cur_value);
    stet_free(t);
}

bool stet_html_tokenizer_is_recoded(const struct stet_html_tokenizer *t)
{
    return t->recode;
}

/* Skips a byte order mark at the very start; false: it may yet be one. */
static bool skip_bom(struct stet_html_tokenizer *t)
{
    size_t n = t->len < 3 ? t->len : 3;

    if (t->started)
        return true;
    if (!t->opts.keep_bom && t->utf8 && memcmp(t->win, bom, n) == 0) {
        if (n < 3 && !t->final)
            return false;
        if (n == 3)
            t->pos = t->hold = t->base + 3;
    }
    t->started = true;
    return true;
}

/* Tokenizes a window, which begins at t->hold; *used: its bytes that are
 * not needed again. */
static int run(struct stet_html_tokenizer *t, struct stet_span window,
               size_t *used)
{
    enum html_step step = HTML_GO;

    t->win = window.ptr;
    t->len = window.len;
    t->base = t->hold;
    *used = 0;
    if (!skip_bom(t))
        return STET_OK;
    while (step == HTML_GO)
        step = states[t->state](t);
    if (step == HTML_STOP)
        return t->status;
    if (t->state <= HTML_CDATA)
        t->hold = t->pos;
    *used = (size_t)(t->hold - t->base);
    return STET_OK;
}

/* Goes on with the carry and the next slice of the piece; once all that was
 * carried is done with, the piece itself is the window again. */
static int push_carry(struct stet_html_tokenizer *t, struct stet_span *bytes)
{
    size_t n = bytes->len < HTML_SLICE ? bytes->len : HTML_SLICE;
    size_t old = t->carry.len, used;
    int rc;

    stet_buf_add(&t->carry, bytes->ptr, n);
    rc = stet_buf_status(&t->carry);
    if (rc < 0)
        return rc;
    bytes->ptr += n;
    bytes->len -= n;
    rc = run(t, stet_buf_span(&t->carry), &used);
    if (rc != STET_OK)
        return rc;
    if (used >= old) {
        bytes->ptr -= t->carry.len - used;
        bytes->len += t->carry.len - used;
        used = t->carry.len;
    }
    stet_buf_drop(&t->carry, used);
    return STET_OK;
}

static int push(struct stet_html_tokenizer *t, struct stet_span bytes)
{
    int rc = STET_OK;
    size_t used;

    while (rc == STET_OK && t->carry.len > 0 && bytes.len > 0)
        rc = push_carry(t, &bytes);
    if (rc != STET_OK || bytes.len == 0)
        return rc;
    rc = run(t, bytes, &used);
    if (rc != STET_OK)
        return rc;
    stet_buf_add(&t->carry, bytes.ptr + used, bytes.len - used);
    return stet_buf_status(&t->carry);
}

/* What the decoder has made of the piece. */
static int push_recoded(struct stet_html_tokenizer *t)
{
    int rc = stet_buf_status(&t->recoded);

    if (rc == STET_OK)
        rc = push(t, stet_buf_span(&t->recoded));
    stet_buf_reset(&t->recoded);
    return rc;
}

static int feed(struct stet_html_tokenizer *t, struct stet_span bytes)
{
    int rc = STET_OK;

    if (!t->recode)
        return push(t, bytes);
    while (rc == STET_OK && bytes.len > 0) {
        size_t n = bytes.len < HTML_SLICE ? bytes.len : HTML_SLICE;

        stet_decoder_add(&t->decoder, (struct stet_span){ bytes.ptr, n },
                         &t->recoded);
        bytes.ptr += n;
        bytes.len -= n;
        rc = push_recoded(t);
    }
    return rc;
}

static int done(struct stet_html_tokenizer *t, int rc, struct stet_error *err)
{
    t->status = rc;
    if (rc == STET_ENOMEM || rc == STET_ELIMIT)
        return stet_fail(err, rc, "tokenizer: at byte %llu",
                         (unsigned long long)t->pos);
    return rc;
}

int stet_html_tokenizer_feed(struct stet_html_tokenizer *t,
                             struct stet_span bytes, struct stet_error *err)
{
    if (t->status != STET_OK)
        return t->status;
    return done(t, feed(t, bytes), err);
}

int stet_html_tokenizer_finish(struct stet_html_tokenizer *t,
                               struct stet_error *err)
{
    size_t used;
    int rc = STET_OK;

    if (t->status != STET_OK)
        return t->status;
    if (t->recode) {
        stet_decoder_finish(&t->decoder, &t->recoded);
        rc = push_recoded(t);
    }
    t->final = true;
    if (rc == STET_OK)
        rc = run(t, stet_buf_span(&t->carry), &used);
    stet_buf_reset(&t->carry);
    rc = done(t, rc, err);
    if (rc == STET_OK)
        t->status = STET_END;
    return rc;
}

int stet_html_tokenize(struct stet_span document,
                       const struct stet_html_options *opts,
                       struct stet_error *err)
{
    struct stet_html_tokenizer *t = NULL;
    int rc = stet_html_tokenizer_new(&t, opts, err);

    if (t)
        rc = stet_html_tokenizer_feed(t, document, err);
    if (t && rc == STET_OK)
        rc = stet_html_tokenizer_finish(t, err);
    stet_html_tokenizer_free(t);
    return rc;
}
