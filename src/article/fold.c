#include "article/fold.h"

#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "html/charref.h"

void stet_fold_begin(struct stet_fold *f, struct stet_buf *out)
{
    *f = (struct stet_fold){ .out = out, .start = out->len };
}

void stet_fold_gap(struct stet_fold *f)
{
    f->gap = true;
}

/*
 * What the bytes at p (not ASCII, n of them) are: 1 and *len for a space,
 * 2 for a mark without width, 0 for anything else.
 */
static int classify(const unsigned char *p, size_t n, size_t *len)
{
    *len = 2;
    if (n >= 2 && p[0] == 0xC2 && p[1] == 0xA0)
        return 1; /* U+00A0 */
    if (n >= 2 && p[0] == 0xC2 && p[1] == 0xAD)
        return 2; /* U+00AD */
    *len = 3;
    if (n < 3)
        return 0;
    if (p[0] == 0xE2 && p[1] == 0x80) {
        if (p[2] <= 0x8A || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF)
            return 1; /* U+2000 to 200A, 2028, 2029, 202F */
        if (p[2] <= 0x8F || (p[2] >= 0xAA && p[2] <= 0xAE))
            return 2; /* U+200B to 200F, 202A to 202E */
    }
    if (p[0] == 0xE2 && p[1] == 0x81 && p[2] == 0xA0)
        return 2; /* U+2060 */
    if (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80)
        return 1; /* U+3000 */
    if (p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF)
        return 2; /* U+FEFF */
    return 0;
}

static void put(struct stet_fold *f, const char *p, size_t n)
{
    if (n == 0)
        return;
    if (f->gap && f->out->len > f->start)
        stet_buf_addc(f->out, ' ');
    f->gap = false;
    stet_buf_add(f->out, p, n);
}

void stet_fold_add(struct stet_fold *f, struct stet_span text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t from = 0;
    size_t i = 0;

    while (i < text.len) {
        size_t len = 1;
        int class = 0;

        if (p[i] <= ' ' || p[i] == 0x7F)
            class = 1;
        else if (p[i] >= 0xC2)
            class = classify(p + i, text.len - i, &len);
        if (class == 0) {
            i++;
            continue;
        }
        put(f, text.ptr + from, i - from);
        f->gap = f->gap || class == 1;
        i += len;
        from = i;
    }
    put(f, text.ptr + from, i - from);
}

static size_t add_reference(struct stet_fold *f, struct stet_span s)
{
    struct stet_charref r;
    char bytes[8];
    size_t n = 0;

    stet_charref_read(&r, s, false);
    if (r.len == 0) {
        stet_fold_add(f, (struct stet_span){ s.ptr, 1 });
        return 1;
    }
    n = stet_utf8_encode(bytes, r.cps[0]);
    if (r.cps[1])
        n += stet_utf8_encode(bytes + n, r.cps[1]);
    stet_fold_add(f, (struct stet_span){ bytes, n });
    return r.len;
}

/* How long the tag at the start of s (a '<') is; 0 if it is none. */
static size_t tag_length(struct stet_span s)
{
    size_t end = stet_span_find(s, STET_SPAN(">"));

    if (end == s.len || s.len < 3 ||
        !(stet_is_alpha((unsigned char)s.ptr[1]) || s.ptr[1] == '/'))
        return 0;
    return end + 1;
}

void stet_fold_add_html(struct stet_fold *f, struct stet_span text)
{
    size_t i = 0;

    while (i < text.len) {
        struct stet_span rest = { text.ptr + i, text.len - i };
        size_t n = 0;

        if (text.ptr[i] == '&') {
            i += add_reference(f, rest);
            continue;
        }
        if (text.ptr[i] == '<' && (n = tag_length(rest)) > 0) {
            stet_fold_gap(f);
            i += n;
            continue;
        }
        n = 1;
        while (n < rest.len && rest.ptr[n] != '&' && rest.ptr[n] != '<')
            n++;
        stet_fold_add(f, (struct stet_span){ rest.ptr, n });
        i += n;
    }
}

static bool is_hiding_style(struct stet_span style)
{
    size_t i = stet_span_ifind(style, STET_SPAN("display"));

    if (i == style.len)
        return false;
    i += 7;
    while (i < style.len && (style.ptr[i] == ' ' || style.ptr[i] == ':'))
        i++;
    return stet_span_istarts(stet_span_sub(style, i, 4), "none");
}

/* What React streams later it sends in hidden parts with ids like "S:1";
 * a script puts them in their place. */
static bool is_hidden_part(const xmlNode *n)
{
    return stet_dom_attr(n, "hidden").ptr != NULL &&
           !stet_span_starts(stet_dom_attr(n, "id"), STET_SPAN("S:"));
}

bool stet_fold_is_hidden(const xmlNode *n)
{
    enum stet_html_tag tag = stet_dom_tag(n);

    if (tag == STET_HTML_TAG_SCRIPT || tag == STET_HTML_TAG_STYLE ||
        tag == STET_HTML_TAG_TEMPLATE || tag == STET_HTML_TAG_NOSCRIPT ||
        tag == STET_HTML_TAG_SVG || tag == STET_HTML_TAG_MATH ||
        tag == STET_HTML_TAG_TEXTAREA || tag == STET_HTML_TAG_SELECT ||
        tag == STET_HTML_TAG_IFRAME || tag == STET_HTML_TAG_OBJECT ||
        tag == STET_HTML_TAG_DIALOG)
        return true;
    if (n->type != XML_ELEMENT_NODE || !n->properties)
        return false;
    return is_hidden_part(n) || is_hiding_style(stet_dom_attr(n, "style"));
}

bool stet_fold_is_block(const xmlNode *n)
{
    static const bool blocks[STET_N_HTML_TAGS] = {
        [STET_HTML_TAG_ADDRESS] = true,    [STET_HTML_TAG_ARTICLE] = true,
        [STET_HTML_TAG_ASIDE] = true,      [STET_HTML_TAG_BLOCKQUOTE] = true,
        [STET_HTML_TAG_BODY] = true,       [STET_HTML_TAG_BR] = true,
        [STET_HTML_TAG_BUTTON] = true,     [STET_HTML_TAG_CAPTION] = true,
        [STET_HTML_TAG_CENTER] = true,     [STET_HTML_TAG_DD] = true,
        [STET_HTML_TAG_DETAILS] = true,    [STET_HTML_TAG_DIR] = true,
        [STET_HTML_TAG_DIV] = true,        [STET_HTML_TAG_DL] = true,
        [STET_HTML_TAG_DT] = true,         [STET_HTML_TAG_FIELDSET] = true,
        [STET_HTML_TAG_FIGCAPTION] = true, [STET_HTML_TAG_FIGURE] = true,
        [STET_HTML_TAG_FOOTER] = true,     [STET_HTML_TAG_FORM] = true,
        [STET_HTML_TAG_H1] = true,         [STET_HTML_TAG_H2] = true,
        [STET_HTML_TAG_H3] = true,         [STET_HTML_TAG_H4] = true,
        [STET_HTML_TAG_H5] = true,         [STET_HTML_TAG_H6] = true,
        [STET_HTML_TAG_HEADER] = true,     [STET_HTML_TAG_HGROUP] = true,
        [STET_HTML_TAG_HR] = true,         [STET_HTML_TAG_LEGEND] = true,
        [STET_HTML_TAG_LI] = true,         [STET_HTML_TAG_MAIN] = true,
        [STET_HTML_TAG_MENU] = true,       [STET_HTML_TAG_NAV] = true,
        [STET_HTML_TAG_OL] = true,         [STET_HTML_TAG_P] = true,
        [STET_HTML_TAG_PRE] = true,        [STET_HTML_TAG_SECTION] = true,
        [STET_HTML_TAG_SUMMARY] = true,    [STET_HTML_TAG_TABLE] = true,
        [STET_HTML_TAG_TBODY] = true,      [STET_HTML_TAG_TD] = true,
        [STET_HTML_TAG_TFOOT] = true,      [STET_HTML_TAG_THEAD] = true,
        [STET_HTML_TAG_TR] = true,         [STET_HTML_TAG_UL] = true,
    };

    return blocks[stet_dom_tag(n)];
}

void stet_fold_add_node(struct stet_fold *f, const xmlNode *root,
                        const xmlNode *but, enum stet_fold_mode mode,
                        size_t max_bytes)
{
    const xmlNode *n = root;

    while (n && f->out->len - f->start < max_bytes) {
        if (n->type == XML_TEXT_NODE) {
            stet_fold_add(f, stet_dom_text(n));
            if (mode == STET_FOLD_SPACED ||
                (n->next == NULL && n != root && stet_fold_is_block(n->parent)))
                f->gap = true;
        } else {
            if (n == but || (n != root && stet_fold_is_hidden(n))) {
                n = stet_dom_skip(n, root);
                f->gap = true;
                continue;
            }
            if (mode == STET_FOLD_SPACED || stet_fold_is_block(n))
                f->gap = true;
        }
        n = stet_dom_walk(n, root);
    }
}
