/*
 * What a tree builder would tell the tokenizer: when raw text begins, and
 * whether svg or math is around (section 13.2.6.5).
 */
#include "base/span.h"
#include "html/tokenizer.h"

#include <string.h>

/* Tags that no svg or math can hold: they end it. */
static bool breaks_out(const struct stet_html_token *tok)
{
    switch ((int)tok->tag) {
    case STET_HTML_TAG_B:
    case STET_HTML_TAG_BIG:
    case STET_HTML_TAG_BLOCKQUOTE:
    case STET_HTML_TAG_BODY:
    case STET_HTML_TAG_BR:
    case STET_HTML_TAG_CENTER:
    case STET_HTML_TAG_CODE:
    case STET_HTML_TAG_DD:
    case STET_HTML_TAG_DIV:
    case STET_HTML_TAG_DL:
    case STET_HTML_TAG_DT:
    case STET_HTML_TAG_EM:
    case STET_HTML_TAG_EMBED:
    case STET_HTML_TAG_H1:
    case STET_HTML_TAG_H2:
    case STET_HTML_TAG_H3:
    case STET_HTML_TAG_H4:
    case STET_HTML_TAG_H5:
    case STET_HTML_TAG_H6:
    case STET_HTML_TAG_HEAD:
    case STET_HTML_TAG_HR:
    case STET_HTML_TAG_I:
    case STET_HTML_TAG_IMG:
    case STET_HTML_TAG_LI:
    case STET_HTML_TAG_LISTING:
    case STET_HTML_TAG_MENU:
    case STET_HTML_TAG_META:
    case STET_HTML_TAG_NOBR:
    case STET_HTML_TAG_OL:
    case STET_HTML_TAG_P:
    case STET_HTML_TAG_PRE:
    case STET_HTML_TAG_RUBY:
    case STET_HTML_TAG_S:
    case STET_HTML_TAG_SMALL:
    case STET_HTML_TAG_SPAN:
    case STET_HTML_TAG_STRONG:
    case STET_HTML_TAG_STRIKE:
    case STET_HTML_TAG_SUB:
    case STET_HTML_TAG_SUP:
    case STET_HTML_TAG_TABLE:
    case STET_HTML_TAG_TT:
    case STET_HTML_TAG_U:
    case STET_HTML_TAG_UL:
    case STET_HTML_TAG_VAR:
        return true;
    case STET_HTML_TAG_FONT:
        for (size_t i = 0; i < tok->n_attrs; i++) {
            int id = (int)tok->attrs[i].id;

            if (id == STET_HTML_ATTR_COLOR || id == STET_HTML_ATTR_FACE ||
                id == STET_HTML_ATTR_SIZE)
                return true;
        }
        return false;
    default:
        return false;
    }
}

static bool is_void(enum stet_html_tag tag)
{
    switch ((int)tag) {
    case STET_HTML_TAG_AREA:
    case STET_HTML_TAG_BASE:
    case STET_HTML_TAG_BR:
    case STET_HTML_TAG_COL:
    case STET_HTML_TAG_EMBED:
    case STET_HTML_TAG_HR:
    case STET_HTML_TAG_IMG:
    case STET_HTML_TAG_INPUT:
    case STET_HTML_TAG_LINK:
    case STET_HTML_TAG_META:
    case STET_HTML_TAG_PARAM:
    case STET_HTML_TAG_SOURCE:
    case STET_HTML_TAG_TRACK:
    case STET_HTML_TAG_WBR:
        return true;
    default:
        return false;
    }
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

/* A start tag right inside svg or math; false: it ends them. */
static bool start_in_foreign(struct stet_html_tokenizer *t,
                             const struct stet_html_token *tok)
{
    bool svg = top(t)->tag == STET_HTML_TAG_SVG;
    int tag = (int)tok->tag;

    if (breaks_out(tok)) {
        while (t->n_foreign > 0 && !top(t)->html)
            t->n_foreign--;
        return false;
    }
    if (tag == STET_HTML_TAG_SVG || tag == STET_HTML_TAG_MATH)
        enter(t, tok, false);
    else if (svg && (tag == STET_HTML_TAG_FOREIGNOBJECT ||
                     tag == STET_HTML_TAG_DESC || tag == STET_HTML_TAG_TITLE))
        enter(t, tok, true);
    else if (!svg && tag == STET_HTML_TAG_ANNOTATION_XML)
        enter(t, tok, holds_html(tok));
    else if (!svg && (tag == STET_HTML_TAG_MI || tag == STET_HTML_TAG_MO ||
                      tag == STET_HTML_TAG_MN || tag == STET_HTML_TAG_MS ||
                      tag == STET_HTML_TAG_MTEXT))
        enter(t, tok, true);
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
    if (t->n_foreign > 0 && !is_void(tok->tag))
        top(t)->depth++;
}

/* An end tag while svg or math is open. */
static void end_in_foreign(struct stet_html_tokenizer *t,
                           struct stet_html_token *tok)
{
    for (size_t n = t->n_foreign; n > 0; n--) {
        if (t->foreign[n - 1].tag == tok->tag &&
            tok->tag != STET_HTML_TAG_OTHER) {
            t->n_foreign = n - 1;
            tok->foreign = true;
            return;
        }
    }
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
        if (t->n_foreign > 0)
            end_in_foreign(t, tok);
        return;
    }
    if (tok->foreign && start_in_foreign(t, tok))
        return;
    tok->foreign =
        tok->tag == STET_HTML_TAG_SVG || tok->tag == STET_HTML_TAG_MATH;
    start_in_html(t, tok);
}

bool stet_html_in_foreign(const struct stet_html_tokenizer *t)
{
    const struct html_foreign *f;

    if (t->opts.plain || t->n_foreign == 0)
        return false;
    f = &t->foreign[t->n_foreign - 1];
    return !f->html || f->depth == 0;
}
