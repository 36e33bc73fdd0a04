#include "rewrite/declare.h"

#include "base/ascii.h"
#include "base/span.h"

#define BOM "\xEF\xBB\xBF"

/* CSS Syntax section 3.2: the first bytes are exactly these. */
static enum stet_charset charset_of_sheet(struct stet_span content)
{
    static const char begin[] = "@charset \"";
    struct stet_span rest, label;
    enum stet_charset c;

    if (!stet_span_starts(content, stet_span_of(begin)))
        return STET_CHARSET_NONE;
    rest = stet_span_sub(content, sizeof(begin) - 1, STET_HTML_PRESCAN);
    label = stet_span_cut(&rest, '"');
    if (!rest.ptr || !stet_span_starts(rest, STET_SPAN(";")))
        return STET_CHARSET_NONE;
    c = stet_charset_of_label(label);
    return c == STET_CHARSET_UTF_16BE || c == STET_CHARSET_UTF_16LE
               ? STET_CHARSET_UTF_8
               : c;
}

static bool is_all_ascii(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    return true;
}

int stet_text_charset(struct stet_charset_guess *out, enum stet_text_kind kind,
                      struct stet_span content, struct stet_span label)
{
    int rc = stet_charset_detect(out, content, label);

    if (kind == STET_TEXT_HTML || out->source == STET_CHARSET_FROM_BOM ||
        out->source == STET_CHARSET_FROM_HTTP)
        return rc;
    if (kind == STET_TEXT_XML) {
        if (out->source != STET_CHARSET_FROM_XML)
            out->charset = STET_CHARSET_UTF_8;
        return rc;
    }
    out->source = STET_CHARSET_FROM_DEFAULT;
    out->charset = STET_CHARSET_NONE;
    if (kind == STET_TEXT_CSS) {
        out->charset = charset_of_sheet(content);
        if (out->charset != STET_CHARSET_NONE)
            out->source = STET_CHARSET_FROM_META;
    }
    return rc;
}

bool stet_text_needs_recoding(const struct stet_charset_guess *g,
                              enum stet_text_kind kind)
{
    if (g->charset == STET_CHARSET_NONE || g->charset == STET_CHARSET_UTF_8)
        return false;
    if (!stet_charset_keeps_markup(g->charset))
        return kind != STET_TEXT_PLAIN || g->source == STET_CHARSET_FROM_HTTP;
    if (g->source != STET_CHARSET_FROM_HTTP)
        return false;
    return kind == STET_TEXT_XML || kind == STET_TEXT_PLAIN;
}

void stet_text_recode(struct stet_buf *out, const struct stet_charset_guess *g,
                      struct stet_span content)
{
    stet_buf_adds(out, BOM);
    stet_charset_decode(g->charset,
                        stet_span_sub(content, g->bom_len, content.len), out);
}

/* STET_END: *at is where the markup after the doctype begins. */
static int on_token(void *ctx, const struct stet_html_token *t)
{
    uint64_t *at = ctx;

    if (t->kind == STET_HTML_COMMENT)
        return STET_OK;
    if (t->kind == STET_HTML_TEXT && !stet_span_trim(t->text).len)
        return STET_OK;
    if (t->kind == STET_HTML_DOCTYPE)
        *at = t->offset + t->length;
    return STET_END;
}

static void latch(struct stet_buf *out, int rc)
{
    if (rc < 0 && out->status == STET_OK)
        out->status = rc;
}

/* Behind the doctype: before it, it would turn quirks mode on. */
static size_t place_of_meta(struct stet_buf *out, struct stet_span content)
{
    uint64_t at = 0;
    struct stet_html_options o = { .on_token = on_token, .ctx = &at };

    latch(out, stet_html_tokenize(content, &o, NULL));
    return (size_t)at;
}

static bool is_said(struct stet_buf *out, const struct stet_charset_guess *g,
                    enum stet_text_kind kind, struct stet_span content)
{
    struct stet_charset_guess own;

    if (g->source != STET_CHARSET_FROM_HTTP || is_all_ascii(content))
        return true;
    latch(out, stet_text_charset(&own, kind, content, STET_SPAN("")));
    return own.charset == g->charset &&
           (own.source == STET_CHARSET_FROM_BOM ||
            own.source == STET_CHARSET_FROM_META ||
            own.source == STET_CHARSET_FROM_XML || kind == STET_TEXT_XML);
}

bool stet_text_declare(struct stet_buf *out, const struct stet_charset_guess *g,
                       enum stet_text_kind kind, struct stet_span content)
{
    const char *name = stet_charset_name(g->charset);
    size_t at = 0;
    bool said = is_said(out, g, kind, content);

    if (!said && g->charset == STET_CHARSET_UTF_8) {
        stet_buf_adds(out, BOM);
    } else if (!said && kind == STET_TEXT_HTML) {
        at = place_of_meta(out, content);
        stet_buf_add_span(out, stet_span_sub(content, 0, at));
        stet_buf_addf(out, "<meta charset=\"%s\">", name);
    } else if (!said && kind == STET_TEXT_CSS) {
        stet_buf_addf(out, "@charset \"%s\";", name);
    }
    stet_buf_add_span(out, stet_span_sub(content, at, content.len));
    return !said;
}
