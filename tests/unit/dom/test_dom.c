#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/span.h"
#include "dom/dom.h"
#include "lib/tap.h"
#include "lib/torture.h"

static int build(struct stet_dom **out, struct stet_span html)
{
    struct stet_html_options o = { .on_token = stet_dom_token };
    int rc = stet_dom_new(out, NULL);

    if (rc < 0)
        return rc;
    o.ctx = *out;
    rc = stet_html_tokenize(html, &o, NULL);
    if (rc == STET_OK)
        rc = stet_dom_finish(*out);
    if (rc < 0) {
        stet_dom_free(*out);
        *out = NULL;
    }
    return rc;
}

/* "html(head,body(p('a',b('c'))))" */
static void print_tree(struct stet_buf *b, const xmlNode *root)
{
    const xmlNode *n = root;

    while (n) {
        if (n->type == XML_TEXT_NODE)
            stet_buf_addf(b, "'%s'", (const char *)n->content);
        else
            stet_buf_adds(b, (const char *)n->name);
        if (n->children) {
            stet_buf_addc(b, '(');
            n = n->children;
            continue;
        }
        while (n != root && !n->next) {
            stet_buf_addc(b, ')');
            n = n->parent;
        }
        if (n == root)
            return;
        stet_buf_addc(b, ',');
        n = n->next;
    }
}

struct tree_row {
    const char *name, *html, *body;
};

static const struct tree_row trees[] = {
    { "text alone", "hello", "body('hello')" },
    { "p ends p", "<p>a<p>b", "body(p('a'),p('b'))" },
    { "a block ends p", "<p>a<div>b</div>c", "body(p('a'),div('b'),'c')" },
    { "an inline does not", "<p>a<b>b</b>c", "body(p('a',b('b'),'c'))" },
    { "void elements are empty", "<p>a<br>b<img src=x>c",
      "body(p('a',br,'b',img,'c'))" },
    { "li ends li", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
      "body(ul(li('a'),li('b',ul(li('c'))),li('d')))" },
    { "dd ends dt", "<dl><dt>a<dd>b<dt>c</dl>",
      "body(dl(dt('a'),dd('b'),dt('c')))" },
    { "cells and rows end each other",
      "<table><tr><td>a<td>b<tr><th>c</table>d",
      "body(table(tr(td('a'),td('b')),tr(th('c'))),'d')" },
    { "a table in a cell is its own",
      "<table><tr><td><table><tr><td>a</table>b<td>c</table>",
      "body(table(tr(td(table(tr(td('a'))),'b'),td('c'))))" },
    { "option ends option", "<select><option>a<option>b</select>",
      "body(select(option('a'),option('b')))" },
    { "headings do not nest", "<h2>a<h3>b</h3>", "body(h2('a'),h3('b'))" },
    { "a ends a", "<a href=1>x<a href=2>y</a>", "body(a('x'),a('y'))" },
    { "an inline end does not close a block", "<b><div>a</b>b</div>c",
      "body(b(div('ab'),'c'))" },
    { "an end without a start is nothing", "a</div></b></p>b", "body('ab')" },
    { "raw text holds no tags", "<script>a<b>c</script>d", "body('d')" },
    { "self-closing counts in svg only",
      "<svg><path/><g><path/></g></svg><div/>a",
      "body(svg(path,g(path)),div('a'))" },
    { "a template keeps its contents", "x<template><p>a</template>b",
      "body('x',template(p('a')),'b')" },
    { "references are decoded", "a&amp;b&eacute;", "body('a&b\xC3\xA9')" },
    { "comments are left out", "a<!-- x -->b", "body('ab')" },
    { "a second body adds attributes only", "<body id=a>x<body class=b>y",
      "body('xy')" },
    { "custom elements nest", "<x-a><x-b>t</x-b></x-a>u",
      "body(x-a(x-b('t')),'u')" },
};

static void makes_the_tree_of(void)
{
    for (size_t i = 0; i < sizeof(trees) / sizeof(trees[0]); i++) {
        struct stet_dom *d = NULL;
        struct stet_buf b;

        tap_row(trees[i].name);
        stet_buf_init(&b, 1 << 20);
        CHECK_INT(build(&d, stet_span_of(trees[i].html)), STET_OK);
        if (d) {
            print_tree(&b, stet_dom_body(d));
            CHECK_STR(b.data, trees[i].body);
        }
        stet_buf_clear(&b);
        stet_dom_free(d);
    }
    tap_row(NULL);
}

static void sorts_head_and_body(void)
{
    struct stet_dom *d = NULL;
    struct stet_buf b;

    stet_buf_init(&b, 1 << 16);
    CHECK_INT(build(&d, STET_SPAN("<title>t</title><meta name=a>"
                                  "</head><link rel=b><p>c<meta name=d>")),
              STET_OK);
    if (d) {
        print_tree(&b, xmlDocGetRootElement(stet_dom_doc(d)));
        CHECK_STR(b.data, "html(head(title('t'),meta,link),"
                          "body(p('c',meta)))");
    }
    stet_buf_clear(&b);
    stet_dom_free(d);
}

static void numbers_and_lists_elements(void)
{
    struct stet_dom *d = NULL;
    const xmlNode *h;
    const xmlNode *p;

    CHECK_INT(build(&d, STET_SPAN("<h2 id=x class='a b'>1</h2><div><h2>2</h2>"
                                  "<p>3</div><h2>4</h2>")),
              STET_OK);
    if (!d)
        return;
    h = stet_dom_first(d, STET_HTML_TAG_H2);
    p = stet_dom_first(d, STET_HTML_TAG_P);
    CHECK_SPAN(stet_dom_attr(h, "id"), "x");
    CHECK_SPAN(stet_dom_attr(h, "class"), "a b");
    CHECK(stet_dom_attr(h, "style").ptr == NULL);
    h = stet_dom_next(h);
    CHECK_SPAN(stet_dom_text(h->children), "2");
    CHECK(stet_dom_has(p->parent, h));
    CHECK(stet_dom_has(p->parent, p));
    CHECK(!stet_dom_has(p, h));
    CHECK(stet_dom_order(h) < stet_dom_order(p));
    h = stet_dom_next(h);
    CHECK(!stet_dom_has(p->parent, h));
    CHECK(stet_dom_next(h) == NULL);
    stet_dom_free(d);
}

/* n times s in a buffer. */
static void repeat(struct stet_buf *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        stet_buf_adds(b, s);
}

static void bounds_hostile_trees(void)
{
    static const struct {
        const char *name, *piece;
        size_t n;
        bool depth, nodes;
    } rows[] = {
        { "a million open divs", "<div>", 1000000, true, true },
        { "a million open b", "<b>", 1000000, true, true },
        { "a million paragraphs", "<p>", 1000000, false, true },
        { "ends without starts", "</b></div>", 500000, false, false },
        { "open and shut", "<b><i></b>", 200000, false, true },
        { "tables in tables", "<table><tr><td>", 300000, true, true },
        { "links in blocks", "<a><div>", 300000, true, true },
        { "lists", "<ul><li>", 300000, true, true },
        { "foreign", "<svg><a/>", 300000, true, true },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_dom *d = NULL;
        struct stet_buf b;

        tap_row(rows[i].name);
        stet_buf_init(&b, 64 << 20);
        repeat(&b, rows[i].piece, rows[i].n);
        CHECK_INT(build(&d, stet_buf_span(&b)), STET_OK);
        if (d) {
            CHECK_INT(stet_dom_limits(d).depth, rows[i].depth);
            CHECK_INT(stet_dom_limits(d).nodes, rows[i].nodes);
            CHECK(stet_dom_n_nodes(d) <= STET_MAX_DOM_NODES);
        }
        stet_buf_clear(&b);
        stet_dom_free(d);
    }
    tap_row(NULL);
}

static void bounds_attributes(void)
{
    struct stet_dom *d = NULL;
    struct stet_buf b;
    size_t n = 0;

    stet_buf_init(&b, 64 << 20);
    stet_buf_adds(&b, "<p");
    for (int i = 0; i < 1000000; i++)
        stet_buf_addf(&b, " a%d=x", i);
    stet_buf_adds(&b, ">t");
    CHECK_INT(build(&d, stet_buf_span(&b)), STET_OK);
    if (d) {
        const xmlNode *p = stet_dom_first(d, STET_HTML_TAG_P);

        for (const xmlAttr *a = p->properties; a; a = a->next)
            n++;
        CHECK_INT(n, STET_MAX_DOM_ATTRIBUTES);
        CHECK(stet_dom_limits(d).attributes);
        CHECK_SPAN(stet_dom_text(p->children), "t");
    }
    stet_buf_clear(&b);
    stet_dom_free(d);
}

static int build_a_page(void)
{
    struct stet_dom *d = NULL;
    int rc = build(&d, STET_SPAN("<!doctype html><html lang=en><head>"
                                 "<title>t</title><body><p class=a>b"
                                 "<x-y z=1>c</x-y><ul><li>d<li>e</ul>"));

    stet_dom_free(d);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(build_a_page));
}

TESTS({ "the tree of a text is as HTML has it", makes_the_tree_of },
      { "head and body take what is theirs", sorts_head_and_body },
      { "elements have numbers and lists", numbers_and_lists_elements },
      { "hostile trees stay within the limits", bounds_hostile_trees },
      { "a million attributes become 256", bounds_attributes },
      { "every failed allocation is told", survives_want_of_memory })
