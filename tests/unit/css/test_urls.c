#include "base/span.h"
#include "css/urls.h"
#include "lib/tap.h"

#include <string.h>

/* "use form decoded" of every URL, one a line. */
struct seen {
    struct stet_buf text;
    struct stet_span css;
};

static int note(void *ctx, const struct stet_css_url *u)
{
    static const char *const uses[] = { "import", "font", "image", "other" };
    struct seen *s = ctx;

    CHECK(u->text.ptr >= s->css.ptr &&
          u->text.ptr + u->text.len <= s->css.ptr + s->css.len);
    stet_buf_addf(&s->text, "%s %c ", uses[u->use], u->form);
    stet_css_unescape(&s->text, u->text);
    stet_buf_addc(&s->text, '|');
    return 0;
}

static const struct {
    const char *css, *want;
} rows[] = {
    { "", "" },
    { "a{background:url(x.png)}", "image ( x.png|" },
    { "a{background:url(  x.png\n )}", "image ( x.png|" },
    { "a{background:URL( 'x y.png' )}", "image ' x y.png|" },
    { "a{background:url(\"x.png\" foo)}", "image \" x.png|" },
    { "a{background:u\\72l(x.png)}", "image ( x.png|" },
    { "a{background:\\75\\52 l('x.png')}", "image ' x.png|" },
    { "a{background:url(x\\29 y.png)}", "image ( x)y.png|" },
    { "a{background:url('x\\\ny.png')}", "image ' xy.png|" },
    { "a{background:url('\\2f\\2F h/p')}", "image ' //h/p|" },
    { "a{background:url(x y.png)} b{background:url(z)}", "image ( z|" },
    { "a{background:url(x\"y)} b{background:url(z)}", "image ( z|" },
    { "a{background:url(x", "image ( x|" },
    { "a{background:url('x", "image ' x|" },
    { "a{background:url(x\\", "image ( x\xEF\xBF\xBD|" },
    { "a{background:src('x')}", "image ' x|" },
    { "a{background:url('x''y')}", "image ' x|" },
    { "/* url(no) */ a{b:url(yes)/*url(no)*/}", "image ( yes|" },
    { "a{content:'url(no)'}", "" },
    { "a{content:\"url(no)\";b:url(yes)}", "image ( yes|" },
    { "@import 'a.css';", "import ' a.css|" },
    { "@IMPORT\n\"a.css\" screen;", "import \" a.css|" },
    { "@import url(a.css) layer(x) supports(display: grid) print;",
      "import ( a.css|" },
    { "@import url('a.css') layer; @import url(b.css);",
      "import ' a.css|import ( b.css|" },
    { "@import/**/'a.css'", "import ' a.css|" },
    { "@import url ('a.css') layer('b'), ('c');", "import ' a.css|" },
    { "@import ( \"a.css\" ); a { b: x ('y') }", "import \" a.css|" },
    { "@charset 'utf-8'; @import 'a'", "import ' a|" },
    { "@namespace svg url(http://www.w3.org/2000/svg); a{b:url(c)}",
      "image ( c|" },
    { "@namespace 'x'; a{b:url(c)}", "image ( c|" },
    { "@font-face{font-family:'F';src:local('F'),url(f.woff2) "
      "format('woff2'),url('f.woff')} a{b:url(c)}",
      "font ( f.woff2|font ' f.woff|image ( c|" },
    { "@media print{@font-face{src:url(f)}a{b:url(c)}}",
      "font ( f|image ( c|" },
    { "a{background:image-set('1.png' 1x, '2.png' type('image/png') 2x,"
      "url(3.png) 3x)}",
      "image ' 1.png|image ' 2.png|image ( 3.png|" },
    { "a{background:-webkit-image-set(url(1) 1x)}", "image ( 1|" },
    { "a{background:image-set(linear-gradient(red,blue) 1x, \"b\" 2x)}",
      "image \" b|" },
    { "a{filter:url(f.svg#x);background:url(b)}",
      "other ( f.svg#x|image ( b|" },
    { "a{behavior:url(x.htc)}", "other ( x.htc|" },
    { "a{background:url('x' ; b:'no'} c{d:url(e)}", "image ' x|image ( e|" },
    { "<!-- a{b:url(c)} -->", "image ( c|" },
    { "background:url(a),url(b);cursor:url(c),auto",
      "image ( a|image ( b|image ( c|" },
    { "a{--x:url(v);b:var(--x)}", "image ( v|" },
    { "a{b:url(data:image/png;base64,AA==)}",
      "image ( data:image/png;base64,AA==|" },
    { "a{b:url()}", "image ( |" },
    { "a{b:url ('no')}", "" },
    { "a{b:url(k'y)} c{d:url(ok)}", "image ( ok|" },
    { "a{b:'bad\nurl(x);c:url(y)}", "image ( x|image ( y|" },
    { "@media (min-width:1px{a{b:url(c)}}", "image ( c|" },
};

static void finds_what_a_sheet_loads(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct seen s = { .css = stet_span_of(rows[i].css) };

        tap_row(rows[i].css);
        stet_buf_init(&s.text, 4096);
        CHECK_INT(stet_css_urls(s.css, note, &s), STET_OK);
        CHECK_SPAN(stet_buf_span(&s.text), rows[i].want);
        stet_buf_clear(&s.text);
    }
    tap_row(NULL);
}

static int stop_at_once(void *ctx, const struct stet_css_url *u)
{
    (void)u;
    return ++*(int *)ctx;
}

static void stops_when_told(void)
{
    int calls = 0;

    CHECK_INT(
        stet_css_urls(STET_SPAN("a{b:url(c) url(d)}"), stop_at_once, &calls),
        1);
    CHECK_INT(calls, 1);
}

static void is_linear_in_hostile_input(void)
{
    static const char *const bits[] = { "url(", "'",  "(",     "@import ",
                                        "/*",   "\\", "url('", "{" };

    for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
        struct stet_buf b;
        int calls = -1000000000;

        stet_buf_init(&b, 4 << 20);
        while (b.len < 1000000)
            stet_buf_adds(&b, bits[i]);
        stet_css_urls(stet_buf_span(&b), stop_at_once, &calls);
        stet_buf_clear(&b);
    }
    CHECK(true);
}

static void escapes_so_that_it_reads_back(void)
{
    static const char forms[] = { '"', '\'', '(' };
    static const char url[] = "http://h/a b\"c'd(e)f\\g\nh\x7fi\xC3\xA9";

    for (size_t i = 0; i < 3; i++) {
        struct stet_buf css, back;
        struct stet_css_lexer x;
        struct stet_css_token t;

        stet_buf_init(&css, 4096);
        stet_buf_init(&back, 4096);
        stet_buf_adds(&css, forms[i] == '(' ? "url(" : "");
        if (forms[i] != '(')
            stet_buf_addc(&css, forms[i]);
        stet_css_escape(&css, stet_span_of(url), forms[i]);
        stet_buf_addc(&css, forms[i] == '(' ? ')' : forms[i]);
        stet_css_lexer_init(&x, stet_buf_span(&css));
        stet_css_next(&x, &t);
        CHECK(t.kind == (forms[i] == '(' ? STET_CSS_URL : STET_CSS_STRING));
        CHECK(t.closed);
        stet_css_unescape(&back, t.text);
        CHECK_SPAN(stet_buf_span(&back), url);
        stet_buf_clear(&css);
        stet_buf_clear(&back);
    }
}

TESTS({ "finds what a sheet loads", finds_what_a_sheet_loads },
      { "stops when told", stops_when_told },
      { "is linear in hostile input", is_linear_in_hostile_input },
      { "escapes so that it reads back", escapes_so_that_it_reads_back })
