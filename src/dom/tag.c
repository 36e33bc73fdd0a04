#include "dom/tag.h"

#include <stdlib.h>
#include <string.h>

enum {
    V = STET_TAG_VOID,
    S = STET_TAG_SPECIAL,
    P = STET_TAG_CLOSES_P,
    C = STET_TAG_SCOPE,
    H = STET_TAG_HEAD,
    N = STET_TAG_HEADING,
    F = STET_TAG_FOREIGN,
    T = STET_TAG_TABLE
};

/* Sorted by name. */
static const struct stet_tag_kind kinds[] = {
    { "a", 0, STET_RULE_LINK, STET_DOM_A },
    { "address", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "applet", S | C, STET_RULE_NONE, STET_DOM_OTHER },
    { "area", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "article", S | P, STET_RULE_NONE, STET_DOM_ARTICLE },
    { "aside", S | P, STET_RULE_NONE, STET_DOM_ASIDE },
    { "base", V | S | H, STET_RULE_NONE, STET_DOM_BASE },
    { "basefont", V | S | H, STET_RULE_NONE, STET_DOM_OTHER },
    { "bgsound", V | S | H, STET_RULE_NONE, STET_DOM_OTHER },
    { "blockquote", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "body", S, STET_RULE_BODY, STET_DOM_BODY },
    { "br", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "button", S | C, STET_RULE_BUTTON, STET_DOM_OTHER },
    { "caption", S | C | T, STET_RULE_ROWS, STET_DOM_OTHER },
    { "center", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "col", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "colgroup", S, STET_RULE_ROWS, STET_DOM_OTHER },
    { "dd", S | P, STET_RULE_TERM, STET_DOM_OTHER },
    { "details", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "dialog", P, STET_RULE_NONE, STET_DOM_OTHER },
    { "dir", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "div", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "dl", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "dt", S | P, STET_RULE_TERM, STET_DOM_OTHER },
    { "embed", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "fieldset", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "figcaption", S | P, STET_RULE_NONE, STET_DOM_FIGCAPTION },
    { "figure", S | P, STET_RULE_NONE, STET_DOM_FIGURE },
    { "footer", S | P, STET_RULE_NONE, STET_DOM_FOOTER },
    { "foreignobject", C, STET_RULE_NONE, STET_DOM_OTHER },
    { "form", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "frame", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "frameset", S, STET_RULE_NONE, STET_DOM_OTHER },
    { "h1", S | P | N, STET_RULE_NONE, STET_DOM_H1 },
    { "h2", S | P | N, STET_RULE_NONE, STET_DOM_H2 },
    { "h3", S | P | N, STET_RULE_NONE, STET_DOM_H3 },
    { "h4", S | P | N, STET_RULE_NONE, STET_DOM_H4 },
    { "h5", S | P | N, STET_RULE_NONE, STET_DOM_H5 },
    { "h6", S | P | N, STET_RULE_NONE, STET_DOM_H6 },
    { "head", S, STET_RULE_HEAD, STET_DOM_HEAD },
    { "header", S | P, STET_RULE_NONE, STET_DOM_HEADER },
    { "hgroup", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "hr", V | S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "html", S | C, STET_RULE_HTML, STET_DOM_HTML },
    { "iframe", S, STET_RULE_NONE, STET_DOM_OTHER },
    { "img", V | S, STET_RULE_NONE, STET_DOM_IMG },
    { "input", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "keygen", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "legend", 0, STET_RULE_NONE, STET_DOM_LEGEND },
    { "li", S | P, STET_RULE_ITEM, STET_DOM_OTHER },
    { "link", V | S | H, STET_RULE_NONE, STET_DOM_LINK },
    { "listing", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "main", S | P, STET_RULE_NONE, STET_DOM_MAIN },
    { "marquee", S | C, STET_RULE_NONE, STET_DOM_OTHER },
    { "math", F, STET_RULE_NONE, STET_DOM_OTHER },
    { "menu", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "meta", V | S | H, STET_RULE_NONE, STET_DOM_META },
    { "nav", S | P, STET_RULE_NONE, STET_DOM_NAV },
    { "noembed", S, STET_RULE_NONE, STET_DOM_OTHER },
    { "noframes", S | H, STET_RULE_NONE, STET_DOM_OTHER },
    { "noscript", S | H, STET_RULE_NONE, STET_DOM_OTHER },
    { "object", S | C, STET_RULE_NONE, STET_DOM_OTHER },
    { "ol", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "optgroup", 0, STET_RULE_OPTION, STET_DOM_OTHER },
    { "option", 0, STET_RULE_OPTION, STET_DOM_OTHER },
    { "p", S | P, STET_RULE_NONE, STET_DOM_P },
    { "param", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "picture", 0, STET_RULE_NONE, STET_DOM_PICTURE },
    { "plaintext", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "pre", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "script", S | H, STET_RULE_NONE, STET_DOM_SCRIPT },
    { "search", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "section", S | P, STET_RULE_NONE, STET_DOM_SECTION },
    { "select", S, STET_RULE_NONE, STET_DOM_OTHER },
    { "source", V | S, STET_RULE_NONE, STET_DOM_SOURCE },
    { "style", S | H, STET_RULE_NONE, STET_DOM_OTHER },
    { "summary", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "svg", F, STET_RULE_NONE, STET_DOM_OTHER },
    { "table", S | P | C | T, STET_RULE_NONE, STET_DOM_OTHER },
    { "tbody", S | T, STET_RULE_ROWS, STET_DOM_OTHER },
    { "td", S | C | T, STET_RULE_CELL, STET_DOM_OTHER },
    { "template", S | C | H, STET_RULE_NONE, STET_DOM_OTHER },
    { "textarea", S, STET_RULE_NONE, STET_DOM_OTHER },
    { "tfoot", S | T, STET_RULE_ROWS, STET_DOM_OTHER },
    { "th", S | C | T, STET_RULE_CELL, STET_DOM_OTHER },
    { "thead", S | T, STET_RULE_ROWS, STET_DOM_OTHER },
    { "time", 0, STET_RULE_NONE, STET_DOM_TIME },
    { "title", S | H, STET_RULE_NONE, STET_DOM_TITLE },
    { "tr", S | T, STET_RULE_ROW, STET_DOM_OTHER },
    { "track", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "ul", S | P, STET_RULE_NONE, STET_DOM_OTHER },
    { "video", 0, STET_RULE_NONE, STET_DOM_VIDEO },
    { "wbr", V | S, STET_RULE_NONE, STET_DOM_OTHER },
    { "xmp", S | P, STET_RULE_NONE, STET_DOM_OTHER },
};

static const struct stet_tag_kind unknown;

static int compare(const void *key, const void *item)
{
    const struct stet_span *name = key;
    const struct stet_tag_kind *k = item;
    size_t len = strlen(k->name);
    int c = memcmp(name->ptr, k->name, name->len < len ? name->len : len);

    return c != 0 ? c : (name->len > len) - (name->len < len);
}

const struct stet_tag_kind *stet_tag_find(struct stet_span name)
{
    const struct stet_tag_kind *k = NULL;

    if (name.len > 0)
        k = bsearch(&name, kinds, sizeof(kinds) / sizeof(kinds[0]),
                    sizeof(kinds[0]), compare);
    return k ? k : &unknown;
}
