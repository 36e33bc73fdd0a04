/*
 * What a tree builder would tell the tokenizer: when raw text begins, and
 * whether svg or math is around (section 13.2.6.5).
 */
#include "base/span.h"
#include "html/tokenizer.h"

#include <string.h>

/* Tags that no svg or math can hold: they end it. */
static const bool breaking[STET_N_HTML_TAGS] = {
    [STET_HTML_TAG_B] = true,          [STET_HTML_TAG_BIG] = true,
    [STET_HTML_TAG_BLOCKQUOTE] = true, [STET_HTML_TAG_BODY] = true,
    [STET_HTML_TAG_BR] = true,         [STET_HTML_TAG_CENTER] = true,
    [STET_HTML_TAG_CODE] = true,       [STET_HTML_TAG_DD] = true,
    [STET_HTML_TAG_DIV] = true,        [STET_HTML_TAG_DL] = true,
    [STET_HTML_TAG_DT] = true,         [STET_HTML_TAG_EM] = true,
    [STET_HTML_TAG_EMBED] = true,      [STET_HTML_TAG_H1] = true,
    [STET_HTML_TAG_H2] = true,         [STET_HTML_TAG_H3] = true,
    [STET_HTML_TAG_H4] = true,         [STET_HTML_TAG_H5] = true,
    [STET_HTML_TAG_H6] = true,         [STET_HTML_TAG_HEAD] = true,
    [STET_HTML_TAG_HR] = true,         [STET_HTML_TAG_I] = true,
    [STET_HTML_TAG_IMG] = true,        [STET_HTML_TAG_LI] = true,
    [STET_HTML_TAG_LISTING] = true,    [STET_HTML_TAG_MENU] = true,
    [STET_HTML_TAG_META] = true,       [STET_HTML_TAG_NOBR] = true,
    [STET_HTML_TAG_OL] = true,         [STET_HTML_TAG_P] = true,
    [STET_HTML_TAG_PRE] = true,        [STET_HTML_TAG_RUBY] = true,
    [STET_HTML_TAG_S] = true,          [STET_HTML_TAG_SMALL] = true,
    [STET_HTML_TAG_SPAN] = true,       [STET_HTML_TAG_STRONG] = true,
    [STET_HTML_TAG_STRIKE] = true,     [STET_HTML_TAG_SUB] = true,
    [STET_HTML_TAG_SUP] = true,        [STET_HTML_TAG_TABLE] = true,
    [STET_HTML_TAG_TT] = true,         [STET_HTML_TAG_U] = true,
    [STET_HTML_TAG_UL] = true,         [STET_HTML_TAG_VAR] = true,
};

/* Tags that hold nothing. */
static const bool is_void[STET_N_HTML_TAGS] = {
    [STET_HTML_TAG_AREA] = true,  [STET_HTML_TAG_BASE] = true,
    [STET_HTML_TAG_BR] = true,    [STET_HTML_TAG_COL] = true,
    [STET_HTML_TAG_EMBED] = true, [STET_HTML_TAG_HR] = true,
    [STET_HTML_TAG_IMG] = true,   [STET_HTML_TAG_INPUT] = true,
    [STET_HTML_TAG_LINK] = true,  [STET_HTML_TAG_META] = true,
    [STET_HTML_TAG_PARAM] = true, [STET_HTML_TAG_SOURCE] = true,
    [STET_HTML_TAG_TRACK] = true, [STET_HTML_TAG_WBR] = true,
};

static bool breaks_out(const struct stet_html_token *tok)
{
    if (tok->tag != STET_HTML_TAG_FONT)
        return breaking[tok->tag];
    for (size_t i = 0; i < tok->n_attrs; i++) {
        enum stet_html_attr_id id = tok->attrs[i].id;

        if (id == STET_HTML_ATTR_COLOR || id == STET_HTML_ATTR_FACE ||
            id == STET_HTML_ATTR_SIZE)
            return true;
    }
    return false;
}

static struct html_foreign *top(struct stet_html_tokenizer *t)
{
    return t->n_foreign > 0 ? &t->foreign[t->n_foreign - 1] : NULL;
}

static void enter(struct stet_html_tokenizer *t,
                  const struct stet_html_token *tok, bool html)
{
    if (tok->self_closing || t->n_foreign == STET_MAX_HTML_FOREIGN)
        return;
    t->foreign[t->n_foreign++] = (struct html_foreign){ tok->tag, html, 0 };
}

static bool holds_html(const struct stet_html_token *tok)
{
    for (size_t i = 0; i < tok->n_attrs; i++) {
        if (tok->attrs[i].id == STET_HTML_ATTR_ENCODING)
            return stet_span_ieqs(tok->attrs[i].value, "text/html") ||
                   stet_span_ieqs(tok->attrs[i].value, "application/xhtml+xml");
    }
    return false;
}

/* Elements of svg or math in which HTML begins again. */
static bool is_point(bool svg, enum stet_html_tag tag)
{
    if (svg)
        return tag == STET_HTML_TAG_FOREIGNOBJECT ||
               tag == STET_HTML_TAG_DESC || tag == STET_HTML_TAG_TITLE;
    return tag == STET_HTML_TAG_MI || tag == STET_HTML_TAG_MO ||
           tag == STET_HTML_TAG_MN || tag == STET_HTML_TAG_MS ||
           tag == STET_HTML_TAG_MTEXT;
}

/* A start tag right inside svg or math; false: it ends them. */
static bool start_in_foreign(struct stet_html_tokenizer *t,
                             const struct stet_html_token *tok)
{
    bool svg = top(t)->tag == STET_HTML_TAG_SVG;

    if (!t->opts.xml && breaks_out(tok)) {
        while (t->n_foreign > 0 && !top(t)->html)
            t->n_foreign--;
        return false;
    }
    if (tok->tag == STET_HTML_TAG_SVG || tok->tag == STET_HTML_TAG_MATH)
        enter(t, tok, false);
    else if (is_point(svg, tok->tag))
        enter(t, tok, true);
    else if (!svg && tok->tag == STET_HTML_TAG_ANNOTATION_XML)
        enter(t, tok, holds_html(tok));
    return true;
}

static void begin_raw(struct stet_html_tokenizer *t, enum html_state state,
                      const struct stet_html_token *tok)
{
    t->state = state;
    t->raw_tag = tok->tag;
    t->raw_name_len = tok->name.len;
    memcpy(t->raw_name, tok->name.ptr, tok->name.len);
    t->script = HTML_PLAIN;
    t->dashes = 0;
}

/* A start tag of HTML, section 13.2.6.4. */
static void start_in_html(struct stet_html_tokenizer *t,
                          const struct stet_html_token *tok)
{
    switch ((int)tok->tag) {
    case STET_HTML_TAG_TITLE:
    case STET_HTML_TAG_TEXTAREA:
        begin_raw(t, HTML_RCDATA, tok);
        break;
    case STET_HTML_TAG_STYLE:
    case STET_HTML_TAG_XMP:
    case STET_HTML_TAG_IFRAME:
    case STET_HTML_TAG_NOEMBED:
    case STET_HTML_TAG_NOFRAMES:
        begin_raw(t, HTML_RAWTEXT, tok);
        break;
    case STET_HTML_TAG_SCRIPT:
        begin_raw(t, HTML_SCRIPT, tok);
        break;
    case STET_HTML_TAG_PLAINTEXT:
        begin_raw(t, HTML_PLAINTEXT, tok);
        break;
    case STET_HTML_TAG_SVG:
    case STET_HTML_TAG_MATH:
        enter(t, tok, false);
        return;
    default:
        break;
    }
    if (t->n_foreign > 0 && !is_void[tok->tag])
        top(t)->depth++;
}

/* The end of one that is open. */
static bool leave(struct stet_html_tokenizer *t, struct stet_html_token *tok)
{
    for (size_t n = t->n_foreign; n > 0; n--) {
        if (t->foreign[n - 1].tag == tok->tag &&
            tok->tag != STET_HTML_TAG_OTHER) {
            t->n_foreign = n - 1;
            tok->foreign = true;
            return true;
        }
    }
    return false;
}

/* An end tag while svg or math is open. */
static void end_in_foreign(struct stet_html_tokenizer *t,
                           struct stet_html_token *tok)
{
    if (leave(t, tok))
        return;
    if (top(t)->html) {
        top(t)->depth -= top(t)->depth > 0;
        return;
    }
    if (breaks_out(tok) || tok->tag == STET_HTML_TAG_HTML) {
        while (t->n_foreign > 0 && !top(t)->html)
            t->n_foreign--;
    }
}

void stet_html_on_tag(struct stet_html_tokenizer *t,
                      struct stet_html_token *tok)
{
    if (t->opts.plain)
        return;
    tok->foreign = t->n_foreign > 0 && !top(t)->html;
    if (tok->kind == STET_HTML_END) {
        if (t->n_foreign > 0 && t->opts.xml)
            (void)leave(t, tok);
        else if (t->n_foreign > 0)
            end_in_foreign(t, tok);
        return;
    }
    if (tok->foreign && start_in_foreign(t, tok))
        return;
    tok->foreign =
        tok->tag == STET_HTML_TAG_SVG || tok->tag == STET_HTML_TAG_MATH;
    if (!t->opts.xml)
        start_in_html(t, tok);
    else if (tok->foreign)
        enter(t, tok, false);
}

bool stet_html_in_foreign(const struct stet_html_tokenizer *t)
{
    const struct html_foreign *f;

    if (t->opts.plain || t->n_foreign == 0)
        return false;
    f = &t->foreign[t->n_foreign - 1];
    return !f->html || f->depth == 0;
}

bool stet_html_takes_cdata(const struct stet_html_tokenizer *t)
{
    return t->opts.xml || stet_html_in_foreign(t);
}

bool stet_html_skips_text(const struct stet_html_tokenizer *t)
{
    return t->opts.skip_text && !t->opts.xml && !stet_html_in_foreign(t);
}

bool stet_html_is_void(enum stet_html_tag tag)
{
    return is_void[tag];
}
