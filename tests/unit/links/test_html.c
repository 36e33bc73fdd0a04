#include <string.h>

#include "base/buf.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/html.h"
#include "stet/links.h"

#define BASE "https://h.example/d/p.html"

/* "role context url" of every link, and what the source has there. */
struct seen {
    struct stet_buf text;
    struct stet_span source;
    bool with_text, with_source;
};

static int note(void *ctx, const struct stet_link *l)
{
    struct seen *s = ctx;

    stet_buf_addf(&s->text, "%s %s ", stet_link_role_name(l->role), l->context);
    if (stet_span_istarts(l->url, "https://h.example/d/"))
        stet_buf_add_span(&s->text, stet_span_sub(l->url, 20, l->url.len));
    else
        stet_buf_add_span(&s->text, l->url);
    stet_buf_add_span(&s->text, l->fragment);
    stet_buf_adds(&s->text, l->requisite ? " !" : "");
    stet_buf_adds(&s->text, l->speculative ? " ?" : "");
    stet_buf_adds(&s->text, l->fallback ? " ~" : "");
    if (s->with_text) {
        stet_buf_adds(&s->text, " '");
        stet_buf_add_span(&s->text, l->text);
        stet_buf_adds(&s->text, "'");
    }
    if (s->with_source) {
        stet_buf_adds(&s->text, " [");
        stet_buf_add_span(&s->text, stet_span_sub(s->source, (size_t)l->offset,
                                                  (size_t)l->length));
        stet_buf_adds(&s->text, "]");
    }
    stet_buf_adds(&s->text, "\n");
    return stet_buf_status(&s->text);
}

static void check_as(struct seen *s, enum stet_links_type type,
                     const char *charset, const char *html, const char *want)
{
    struct stet_links_options o = {
        .type = type,
        .base = STET_SPAN_INIT(BASE),
        .charset = stet_span_of(charset),
    };

    tap_row(html);
    s->source = stet_span_of(html);
    stet_buf_init(&s->text, 1 << 20);
    CHECK_INT(stet_links_find(&o, s->source, note, s, NULL), STET_OK);
    CHECK_SPAN(stet_buf_span(&s->text), want);
    stet_buf_clear(&s->text);
    tap_row(NULL);
}

static void check_links(struct seen *s, const char *charset, const char *html,
                        const char *want)
{
    check_as(s, STET_LINKS_HTML, charset, html, want);
}

struct row {
    const char *html, *want;
};

static void check_rows(const struct row *rows, size_t n, struct seen how)
{
    for (size_t i = 0; i < n; i++)
        check_links(&how, "", rows[i].html, rows[i].want);
}

#define ROWS(table) (table), sizeof(table) / sizeof((table)[0])

static const struct row elements[] = {
    { "<a href=x>", "anchor a@href x\n" },
    { "<area href=x>", "anchor area@href x\n" },
    { "<img src=x>", "image img@src x !\n" },
    { "<image src=x>", "image image@src x !\n" },
    { "<img lowsrc=x longdesc=y>",
      "image img@lowsrc x !\nother img@longdesc y\n" },
    { "<input type=image src=x formaction=y>",
      "image input@src x !\nform input@formaction y\n" },
    { "<script src=x></script>", "script script@src x !\n" },
    { "<iframe src=x></iframe>", "frame iframe@src x !\n" },
    { "<frame src=x longdesc=y>",
      "frame frame@src x !\nother frame@longdesc y\n" },
    { "<embed src=x>", "object embed@src x !\n" },
    { "<object data=x codebase=y archive='a b'>",
      "object object@data x !\nother object@codebase y\n"
      "object object@archive a !\nobject object@archive b !\n" },
    { "<applet code=x archive=y>",
      "object applet@code x !\nobject applet@archive y !\n" },
    { "<param name=movie value=x>", "object param@value x !\n" },
    { "<param name=q value=x>", "" },
    { "<video src=x poster=y></video>",
      "media video@src x !\nimage video@poster y !\n" },
    { "<audio src=x></audio>", "media audio@src x !\n" },
    { "<video><source src=x><track src=y></video>",
      "media source@src x !\nmedia track@src y !\n" },
    { "<picture><source src=x srcset=y></picture><source src=z>",
      "image source@src x !\nimage source@srcset y !\n"
      "media source@src z !\n" },
    { "<bgsound src=x>", "media bgsound@src x !\n" },
    { "<form action=x><button formaction=y></button></form>",
      "form form@action x\nform button@formaction y\n" },
    { "<body background=x><table background=y><td background=z>",
      "image body@background x !\nimage table@background y !\n"
      "image td@background z !\n" },
    { "<blockquote cite=x><q cite=y><del cite=z><ins cite=w>",
      "other blockquote@cite x\nother q@cite y\nother del@cite z\n"
      "other ins@cite w\n" },
    { "<html manifest=x><head profile=y>",
      "other html@manifest x\nother head@profile y\n" },
    { "<a ping='x y' href=z>", "other a@ping x\nother a@ping y\n"
                               "anchor a@href z\n" },
    { "<menuitem icon=x>", "image menuitem@icon x !\n" },
    { "<amp-img src=x srcset='y 1x'>",
      "image amp-img@src x !\nimage amp-img@srcset y !\n" },
    { "<x-pic src=a.jpg>", "image x-pic@src a.jpg ?\n" },
    { "<div style='background:url(x)'>", "image div@style x !\n" },
    { "<style>@import 'x';@font-face{src:url(y)}</style>",
      "style style x !\nfont style y !\n" },
    { "<style>a{b:url(x)}", "image style x !\n" },
    { "<style>a{b:url(\\'x\\')}", "image style 'x' !\nimage style x ?\n" },
    { "<svg><image href=x /><use xlink:href='y#z'/><script href=w></script>"
      "</svg>",
      "image image@href x !\nimage use@xlink:href y#z !\n"
      "script script@href w !\n" },
    { "<svg><a href=x>t</a><a xlink:href=y>t</a><feImage href=z></svg>",
      "anchor a@href x\nanchor a@xlink:href y\nimage feimage@href z !\n" },
    { "<svg><rect fill='url(x.svg#a)' mask='url(#b)'></svg>",
      "image rect@fill x.svg#a !\n" },
};

static void finds_the_links_of_every_element(void)
{
    check_rows(ROWS(elements), (struct seen){ .with_text = false });
}

static const struct row heads[] = {
    { "<link rel=stylesheet href=x>", "style link@href:stylesheet x !\n" },
    { "<link rel='ALTERNATE StyleSheet' href=x>",
      "style link@href:ALTERNATE StyleSheet x !\n" },
    { "<link rel='shortcut icon' href=x>",
      "icon link@href:shortcut icon x !\n" },
    { "<link rel=apple-touch-icon href=x>",
      "icon link@href:apple-touch-icon x !\n" },
    { "<link rel=manifest href=x>", "manifest link@href:manifest x !\n" },
    { "<link rel=preload as=script href=x>",
      "preload link@href:preload x !\n" },
    { "<link rel=preload as=image imagesrcset='x 1x, y 2x' href=z>",
      "preload link@imagesrcset x !\npreload link@imagesrcset y !\n"
      "preload link@href:preload z !\n" },
    { "<link rel=modulepreload href=x>",
      "preload link@href:modulepreload x !\n" },
    { "<link rel=prefetch href=x>", "preload link@href:prefetch x ?\n" },
    { "<link rel=canonical href=x>", "canonical link@href:canonical x\n" },
    { "<link rel=amphtml href=x>", "amp link@href:amphtml x\n" },
    { "<link rel=next href=x><link rel=prev href=y>",
      "paging link@href:next x\npaging link@href:prev y\n" },
    { "<link rel=alternate hreflang=de href=x>",
      "alternate link@href:alternate x\n" },
    { "<link rel=alternate type=application/rss+xml href=x>",
      "feed link@href:alternate x\n" },
    { "<link rel=alternate type=application/atom+xml href=x>",
      "feed link@href:alternate x\n" },
    { "<link rel=image_src href=x>", "image link@href:image_src x !\n" },
    { "<link rel=search href=x>", "other link@href:search x\n" },
    { "<link rel=preconnect href=x><link rel=dns-prefetch href=y>", "" },
    { "<link rel=pingback href=x><link href=y><link rel='' href=z>", "" },
    { "<link itemprop=image href=x>", "image link@href:image x !\n" },
    { "<meta http-equiv=refresh content='0;url=x'>",
      "refresh meta@content:refresh x\n" },
    { "<meta http-equiv=Refresh content=\"5; URL='x#y'\">",
      "refresh meta@content:refresh x#y\n" },
    { "<meta http-equiv=refresh content=5>", "" },
    { "<meta property=og:image content=x>",
      "image meta@content:og:image x !\n" },
    { "<meta name=twitter:image content=x>",
      "image meta@content:twitter:image x !\n" },
    { "<meta itemprop=image content=x>", "image meta@content:image x !\n" },
    { "<meta property=og:video content=/v.mp4>",
      "media meta@content:og:video https://h.example/v.mp4\n" },
    { "<meta property=og:url content=x>", "canonical meta@content:og:url x\n" },
    { "<meta name=msapplication-TileImage content=x>",
      "icon meta@content:msapplication-TileImage x !\n" },
    { "<meta name=odd content=https://o.example/>",
      "other meta@content:odd https://o.example/ ?\n" },
    { "<meta name=description content=x>", "" },
};

static void finds_the_links_of_the_head(void)
{
    check_rows(ROWS(heads), (struct seen){ .with_text = false });
}

static void obeys_the_first_base(void)
{
    static const struct row rows[] = {
        { "<base href=/b/><a href=x></a><base href=/c/><a href=y>",
          "base base@href https://h.example/b/\n"
          "anchor a@href https://h.example/b/x\n"
          "base base@href https://h.example/c/\n"
          "anchor a@href https://h.example/b/y\n" },
        { "<base target=x><base href=../><img src=y>",
          "base base@href https://h.example/\n"
          "image img@src https://h.example/y !\n" },
        { "<base href=data:,x><img src=y>", "image img@src y !\n" },
        { "<base href='http://[bad'><img src=y>", "image img@src y !\n" },
        { "<base href='http://[bad'><base href=/b/><img src=y>",
          "base base@href https://h.example/b/\nimage img@src y !\n" },
        { "<base href=''><base href=/b/><img src=y>",
          "base base@href https://h.example/b/\nimage img@src y !\n" },
        { "<template><base href=/t/></template><img src=y>",
          "base base@href https://h.example/t/ ~\nimage img@src y !\n" },
        { "<!--[if IE]><base href=/c/><![endif]--><img src=y>",
          "base base@href https://h.example/c/ ~\nimage img@src y !\n" },
        { "<iframe srcdoc='<base href=/s/><img src=x>'></iframe><img src=y>",
          "base base@href https://h.example/s/ ~\n"
          "image img@src https://h.example/s/x ! ~\nimage img@src y !\n" },
        { "<base href=/b/><iframe srcdoc='<img src=x>'></iframe><img src=y>",
          "base base@href https://h.example/b/\n"
          "image img@src https://h.example/b/x ! ~\n"
          "image img@src https://h.example/b/y !\n" },
        { "<base href=/b/><a href=#f></a><use href=#g>",
          "base base@href https://h.example/b/\n"
          "anchor a@href https://h.example/b/#f\n" },
        { "<base href=p.html><a href=#f></a>", "base base@href p.html\n" },
    };

    check_rows(ROWS(rows), (struct seen){ .with_text = false });
}

/* A style element there is no raw text: references are decoded, and a CDATA
 * section may lie in it. */
static void finds_sheets_within_svg(void)
{
    static const struct row rows[] = {
        { "<svg><style>@import 'x';a{b:url(y?a&amp;b)}</style></svg>",
          "style style x ! [x]\nimage style y?a&b ! [y?a&amp;b]\n" },
        { "<svg><style><![CDATA[a{b:url(y?a&b)}]]>c{d:url(z)}</style></svg>",
          "image style y?a&b ! [y?a&b]\nimage style z ! [z]\n" },
        { "<svg><style/>a{b:url(x)}<style>c{d:url(y)}<g>e{f:url(z)}</g></svg>",
          "image style y ! [y]\n" },
        { "<svg><style>a{b:url(x)}<!-- c{d:url(y)} "
          "-->e{f:url(z)}</style></svg>",
          "image style x ! [x]\nimage style z ! [z]\n" },
        { "<svg><style>a{b:url(x)}</style><a href=y>url(z)</a></svg>",
          "image style x ! [x]\nanchor a@href y [y]\n" },
        { "<svg><script>'https://o.example/a.js'</script></svg>",
          "script script https://o.example/a.js ? [https://o.example/a.js]\n" },
    };

    check_rows(ROWS(rows), (struct seen){ .with_source = true });
}

static int count_found(void *ctx, const struct stet_link *l)
{
    *(int *)ctx += stet_span_ends(l->url, STET_SPAN("found"));
    return STET_OK;
}

static int to_sink(void *ctx, const struct stet_html_token *t)
{
    return stet_links_html_token(ctx, t);
}

/* Longer than what is gathered of one, and the document is not at hand. */
static void finds_links_of_long_sheets(void)
{
    enum { SIZE = 40 << 20 };
    static const char *const begins[] = { "<style>", "<svg><style>" };

    for (size_t i = 0; i < 2; i++) {
        struct stet_links_options o = { .base = STET_SPAN_INIT(BASE) };
        struct stet_html_options html = { .on_token = to_sink };
        struct stet_links_html *h;
        struct stet_buf b;
        int n = 0;

        stet_buf_init(&b, SIZE + 4096);
        stet_buf_adds(&b, begins[i]);
        while (b.len < SIZE)
            stet_buf_adds(&b, "a{b:c}\n");
        stet_buf_adds(&b, "a{b:url(found)}</style>");
        CHECK_INT(stet_links_html_new(&h, &o, count_found, &n, NULL), STET_OK);
        html.ctx = h;
        CHECK_INT(stet_html_tokenize(stet_buf_span(&b), &html, NULL), STET_OK);
        CHECK_INT(stet_links_html_finish(h), STET_OK);
        CHECK_INT(n, 1);
        stet_links_html_free(h);
        stet_buf_clear(&b);
    }
}

static void reads_xml(void)
{
    static const struct row rows[] = {
        { "<title/><script src='x'/><style/><a href='y'/><textarea/>"
          "<img src='z'/>",
          "script script@src x ! [x]\nanchor a@href y [y]\n"
          "image img@src z ! [z]\n" },
        { "<style>a{b:url(x)}</style><style><![CDATA[a{b:url(y)}]]></style>",
          "image style x ! [x]\nimage style y ! [y]\n" },
        { "<?xml-stylesheet type='text/css' href='x'?><p><![CDATA[<img src=y>"
          "]]></p>",
          "style xml-stylesheet x ! [x]\n" },
        { "<?xml-stylesheet href=x?><?xml-stylesheet data-href='y'?>", "" },
        { "<svg><title/><p/><a xlink:href='x'/></svg>",
          "anchor a@xlink:href x [x]\n" },
    };
    struct seen s = { .with_source = true };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_as(&s, STET_LINKS_XHTML, "", rows[i].html, rows[i].want);
}

static void finds_what_is_loaded_late(void)
{
    static const struct row rows[] = {
        { "<img data-src=x.jpg>", "image img@data-src x.jpg !\n" },
        { "<img data-srcset='x 1x, y 2x'>",
          "image img@data-srcset x !\nimage img@data-srcset y !\n" },
        { "<img data-original=x.jpg>", "image img@data-original x.jpg !\n" },
        { "<img data-lazy-src=/x>",
          "image img@data-lazy-src https://h.example/x !\n" },
        { "<img data-src-small='/x, /y'>",
          "image img@data-src-small https://h.example/x !\n"
          "image img@data-src-small https://h.example/y !\n" },
        { "<img data-full-src=/x>",
          "image img@data-full-src https://h.example/x !\n" },
        { "<source data-original-set='/x 2x'>",
          "image source@data-original-set https://h.example/x !\n" },
        { "<div data-bg=/x>", "image div@data-bg https://h.example/x !\n" },
        { "<div data-bg='url(x)'>", "image div@data-bg x !\n" },
        { "<iframe data-src=/x></iframe>",
          "frame iframe@data-src https://h.example/x !\n" },
        { "<img data-sizes='(min-width: 9px) 1px, 2px' data-lazy=true>", "" },
        { "<div data-href=x>", "other div@data-href x ?\n" },
        { "<div data-thing=https://o.example/a.html>",
          "anchor div@data-thing https://o.example/a.html ?\n" },
        { "<div data-x='{\"u\":\"https://o.example/a.jpg\"}'>",
          "image div@data-x:u https://o.example/a.jpg ?\n" },
        { "<noscript><img src=x></noscript><img src=y>",
          "image img@src x ! ~\nimage img@src y !\n" },
        { "<template><img src=x></template><img src=y>",
          "image img@src x ! ~\nimage img@src y !\n" },
        { "<!--[if IE]><img src=x><![endif]--><!-- <img src=y> -->",
          "image img@src x ! ~\n" },
        { "<iframe srcdoc='<img src=x>'></iframe>", "image img@src x ! ~\n" },
        { "<noframes><a href=x>t</a></noframes>", "anchor a@href x ~\n" },
        { "<gu-island name=LightboxLayout props='{&quot;images&quot;:"
          "[{&quot;masterUrl&quot;:&quot;https://m.example/m.jpg&quot;}]}'>",
          "image gu-island@props:masterUrl https://m.example/m.jpg ?\n" },
        { "<gu-island props='{\"trails\":[{\"url\":"
          "\"https://m.example/s\"}]}'>",
          "related gu-island@props:url https://m.example/s ?\n" },
        { "<div onclick=\"location='x.html'\">",
          "anchor div@onclick x.html ?\n" },
        { "<script>var a='https:\\/\\/o.example\\/x.jpg?a\\u0026b';</script>",
          "image script https://o.example/x.jpg?a&b ?\n" },
        { "<script>\"http\"+\"://\";h('https://');</script>", "" },
        { "<script>a='www.b.example';\"https://c.example\";"
          "'www.d.example/e.jpg'</script>",
          "other script http://www.b.example/ ?\n"
          "other script https://c.example/ ?\n"
          "image script http://www.d.example/e.jpg ?\n" },
        { "<script>'www.',\"www.a\",'www.b.c1',www.d.example,"
          "'www.e.example is','www.f.example:','www.g.png'</script>",
          "" },
    };

    check_rows(ROWS(rows), (struct seen){ .with_text = false });
}

static void finds_links_in_json(void)
{
    static const struct row rows[] = {
        { "<script type=application/ld+json>{\"@context\":"
          "\"https://schema.org\",\"image\":\"x.jpg\"}</script>",
          "image script:ld+json:image x.jpg !\n" },
        { "<script type=application/ld+json>{\"image\":[\"x.jpg\","
          "{\"@type\":\"ImageObject\",\"url\":\"y.png\"},\"z.jpg\"]}</script>",
          "image script:ld+json:image x.jpg !\n"
          "image script:ld+json:url y.png !\n"
          "image script:ld+json:image z.jpg !\n" },
        { "<script type=application/ld+json>{\"publisher\":{\"logo\":"
          "{\"url\":\"https:\\/\\/o.example\\/l\"}},\"url\":"
          "\"https://o.example/p\"}</script>",
          "image script:ld+json:url https://o.example/l !\n"
          "other script:ld+json:url https://o.example/p ?\n" },
        { "<script type=importmap>{\"imports\":{\"a\":\"./a.js\"}}</script>",
          "script script:importmap:a a.js !\n" },
        { "<script type=application/json>{\"a\":[{\"b\":"
          "\"https://o.example/x.html\",\"c\":\"no url\"}]}</script>",
          "anchor script:json:b https://o.example/x.html ?\n" },
        { "<script type=application/json>{\"a\":\"https://o.example/",
          "other script:json:a https://o.example/ ?\n" },
    };

    check_rows(ROWS(rows), (struct seen){ .with_text = false });
}

#define ISLAND(name, props) \
    "<gu-island name=" name " props='{\"ajaxUrl\":\"/api\"," props "}'>"

static void finds_what_islands_ask(void)
{
    static const char related[] =
        "data gu-island@props:related https://h.example/api/related/a/b.json"
        "?dcr=true !\n";
    static const struct row rows[] = {
        { ISLAND("OnwardsUpper", "\"hasRelated\":true,\"pageId\":\"a/b\","
                                 "\"showRelatedContent\":true"),
          related },
        { ISLAND("OnwardsUpper",
                 "\"hasRelated\":true,\"pageId\":\"a/b\",\"tags\":[{\"id\":"
                 "\"a/k\",\"type\":\"Keyword\"}],\"showRelatedContent\":true"),
          related },
        { ISLAND("OnwardsUpper",
                 "\"hasRelated\":true,\"pageId\":\"a/b\",\"tags\":[{\"id\":"
                 "\"a/s\",\"type\":\"Series\"}],\"shortUrlId\":\"/p/x\","
                 "\"showRelatedContent\":true"),
          "data gu-island@props:related https://h.example/api/series/a/s.json"
          "?dcr&shortUrl=/p/x !\n" },
        { ISLAND("OnwardsUpper",
                 "\"hasRelated\":true,\"pageId\":\"a/b\","
                 "\"hasStoryPackage\":true,\"showRelatedContent\":true"),
          "" },
        { ISLAND("OnwardsUpper", "\"hasRelated\":true,\"pageId\":\"a/b\","
                                 "\"showRelatedContent\":false"),
          "" },
        { ISLAND("OnwardsUpper", "\"hasRelated\":true,\"pageId\":\"a b?c\","
                                 "\"showRelatedContent\":true"),
          "" },
        { ISLAND("MostViewedFooterData",
                 "\"sectionId\":\"world\",\"edition\":\"EUR\""),
          "data gu-island@props:most-viewed https://h.example/api/most-read/"
          "world.json?_edition=EUR&dcr=true !\n" },
        { ISLAND("MostViewedFooterData",
                 "\"sectionId\":\"info\",\"edition\":\"UK\""),
          "data gu-island@props:most-viewed https://h.example/api/most-read"
          ".json?_edition=UK&dcr=true !\n" },
        { "<gu-island name=OnwardsUpper props='{'>", "" },
        { "<gu-island name=Carousel props='{}'>", "" },
        { "<gu-island name=OnwardsUpper>", "" },
    };

    check_rows(ROWS(rows), (struct seen){ .with_text = false });
}

static void gives_anchors_their_text(void)
{
    static const struct row rows[] = {
        { "<a href=x> A <b>bold</b>\n text </a>",
          "anchor a@href x 'A bold text'\n" },
        { "<a href=x aria-label=' a  label '></a>",
          "anchor a@href x 'a label'\n" },
        { "<a href=x title=t></a>", "anchor a@href x 't'\n" },
        { "<a href=x title=t aria-label=l>text</a>",
          "anchor a@href x 'text'\n" },
        { "<a href=x><img src=y alt='an alt'></a>",
          "image img@src y ! 'an alt'\nanchor a@href x 'an alt'\n" },
        { "<a href=x>one<a href=y>two", "anchor a@href x 'one'\n"
                                        "anchor a@href y 'two'\n" },
        { "<a href=x>a &amp; b&eacute;</a>",
          "anchor a@href x 'a & b\xC3\xA9'\n" },
        { "<a href=x><script>no</script><style>no</style>yes</a>",
          "anchor a@href x 'yes'\n" },
        { "<a href=#x>no</a>t<a>no</a><a href=y>yes</a>",
          "anchor a@href y 'yes'\n" },
        { "<a href=x>1<table><tr><td>2</a>3", "anchor a@href x '12'\n" },
    };

    check_rows(ROWS(rows), (struct seen){ .with_text = true });
}

static void tells_where_links_stand(void)
{
    static const struct row rows[] = {
        { "<a href=\" x.html \">t</a>", "anchor a@href x.html [x.html]\n" },
        { "<a href='x?a&amp;b'>", "anchor a@href x?a&b [x?a&amp;b]\n" },
        { "<img srcset='a&amp;1 1x,b&copy=2 2x, c'>",
          "image img@srcset a&1 ! [a&amp;1]\n"
          "image img@srcset b&copy=2 ! [b&copy=2]\n"
          "image img@srcset c ! [c]\n" },
        { "<i style='x:url(&quot;a&quot;);y:url( b ) &eacute;;z:url(\"c\")'>",
          "image i@style a ! [a]\nimage i@style b ! [b]\n"
          "image i@style c ! [c]\n" },
        { "<style>x{y:url(a\\20 b)}</style>",
          "image style a%20b ! [a\\20 b]\n" },
        { "<meta http-equiv=refresh content='1;url=&#39;x&#39;'>",
          "refresh meta@content:refresh x [x]\n" },
        { "<!--[if IE]><img src=x><![endif]-->", "image img@src x ! ~ [x]\n" },
        { "<script type=application/ld+json>{\"image\":"
          "\"https:\\/\\/o.example\"}</script>",
          "image script:ld+json:image https://o.example/ ! "
          "[https:\\/\\/o.example]\n" },
    };

    check_rows(ROWS(rows), (struct seen){ .with_source = true });
    check_links(&(struct seen){ .with_source = true }, "windows-1252",
                "<img srcset='\xE9\x26\x65\x61\x63\x75\x74\x65;1 1x, b 2x'>",
                "image img@srcset %C3%A9%C3%A91 ! [\xE9&eacute;1]\n"
                "image img@srcset b ! [b]\n");
}

/* URL Standard 4.4: only the query goes by the document's encoding. */
static void encodes_queries_as_the_document_is(void)
{
    struct seen s = { .with_source = false };

    check_links(&s, "windows-1251",
                "<a href='/\xE6?\xE6&amp;a=&#1078;&lt;#\xE6'>t</a>",
                "anchor a@href https://h.example/%D0%B6?%E6&a=%D0%B6%3C"
                "#%D0%B6\n");
    check_links(&s, "shift_jis", "<img src='?\x83\x5C\x82\xA0'>",
                "image img@src p.html?%83\\%82%A0 !\n");
    check_links(&s, "gbk", "<style>a{b:url(\xD6\xD0?\xD6\xD0)}</style>",
                "image style %E4%B8%AD?%D6%D0 !\n");
    check_links(&s, "utf-8", "<a href='?\xC3\xA9'>",
                "anchor a@href p.html?%C3%A9\n");
}

static void leaves_out_what_is_no_link(void)
{
    static const struct row rows[] = {
        { "<a href=mailto:a@b.example><a href=javascript:x()>"
          "<a href=tel:1><img src=data:,x>",
          "" },
        { "<a href=''><a href=' '><a href><img src=#x>", "" },
        { "<a href='http://[x'><img src='https://a b/'>", "" },
        { "<a x=1 href=y href=z>", "anchor a@href y\n" },
        { "<textarea><img src=x></textarea><title><img src=x></title>", "" },
        { "<img src=x", "" },
    };

    check_rows(ROWS(rows), (struct seen){ .with_text = false });
}

/* -- size ------------------------------------------------------------------ */

static int count(void *ctx, const struct stet_link *l)
{
    (void)l;
    ++*(size_t *)ctx;
    return 0;
}

static size_t count_links(const char *before, const char *piece, size_t n,
                          const char *after)
{
    struct stet_links_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
    };
    struct stet_buf b;
    size_t found = 0;

    stet_buf_init(&b, 64 << 20);
    stet_buf_adds(&b, before);
    for (size_t i = 0; i < n; i++)
        stet_buf_adds(&b, piece);
    stet_buf_adds(&b, after);
    CHECK_INT(stet_buf_status(&b), STET_OK);
    CHECK_INT(stet_links_find(&o, stet_buf_span(&b), count, &found, NULL),
              STET_OK);
    stet_buf_clear(&b);
    return found;
}

static void loses_no_link_to_depth_or_width(void)
{
    CHECK_INT(count_links("", "<div>", 200000, "<img src=x>"), 1);
    CHECK_INT(count_links("", "<a href=x>", 100000, ""), 100000);
    CHECK_INT(count_links("<img ", "a b=c ", 200000, "src=x>"), 1);
    CHECK_INT(count_links("<a ", "a b=c ", 200000, "href=x>"), 1);
    CHECK_INT(count_links("<img srcset='", "x 1x,", 100000, "'>"), 100000);
    CHECK_INT(count_links("<style>", "a{b:url(c)}", 100000, "</style>"),
              100000);
    CHECK_INT(count_links("<script type=text/json>", "[", 200000,
                          "\"https://o.example/\""),
              1);
    CHECK_INT(count_links("<!--[if x]>", "<img src=x>", 20000, "-->"), 20000);
    CHECK_INT(count_links("", "<template>", 100000, "<img src=x>"), 1);
    CHECK_INT(count_links("<img srcset='", "&amp; 1x, x", 20000, "'>"),
              20000 + 1);
}

static void cuts_long_text_at_a_character(void)
{
    struct seen s = { .with_text = true };
    struct stet_buf html;
    struct stet_links_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
    };
    size_t n;

    stet_buf_init(&html, 1 << 20);
    stet_buf_adds(&html, "<a href=x>z");
    for (int i = 0; i < 5000; i++)
        stet_buf_adds(&html, "\xE2\x82\xAC");
    stet_buf_init(&s.text, 1 << 20);
    CHECK_INT(stet_links_find(&o, stet_buf_span(&html), note, &s, NULL), 0);
    n = s.text.len;
    CHECK(n > 500 && n < 16 + STET_MAX_LINK_TEXT + 8);
    CHECK(n > 5 && !memcmp(s.text.data + n - 5, "\xE2\x82\xAC'\n", 5));
    stet_buf_clear(&s.text);
    stet_buf_clear(&html);
}

/* -- failure ----------------------------------------------------------------
 */

static int find_all_once(void)
{
    static const char html[] =
        "<base href=/b/><link rel=stylesheet href=x><a href=y rel=nofollow>"
        "text</a><img srcset='a&amp;b 1x, c 2x' data-x='{\"a\":\"b\"}'>"
        "<style>a{b:url('c\\20 d')}</style><script type=application/ld+json>"
        "{\"image\":\"https:\\/\\/o.example\\/x\"}</script>"
        "<script>'https:\\/\\/o.example\\/x'</script>"
        "<!--[if IE]><img src=x><![endif]--><i onclick=\"a='x.html'\">"
        "<iframe srcdoc='<img src=x>'></iframe>"
        "<!-- x --><meta http-equiv=refresh content='0;url=x'>";
    struct stet_links_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
    };
    size_t found = 0;

    return stet_links_find(&o, stet_span_of(html), count, &found, NULL);
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(find_all_once));
}

static int stop(void *ctx, const struct stet_link *l)
{
    (void)l;
    return ++*(int *)ctx;
}

static void stops_when_told(void)
{
    struct stet_links_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
    };
    int calls = 0;

    CHECK_INT(stet_links_find(&o, STET_SPAN("<img src=x><img src=y>"), stop,
                              &calls, NULL),
              1);
    CHECK_INT(calls, 1);
    o.base = STET_SPAN("relative");
    CHECK_INT(stet_links_find(&o, STET_SPAN(""), stop, &calls, NULL),
              STET_EUSAGE);
}

TESTS({ "finds the links of every element", finds_the_links_of_every_element },
      { "finds the links of the head", finds_the_links_of_the_head },
      { "obeys the first base", obeys_the_first_base },
      { "finds sheets within svg", finds_sheets_within_svg },
      { "finds links of long sheets", finds_links_of_long_sheets },
      { "reads XML", reads_xml },
      { "finds what is loaded late", finds_what_is_loaded_late },
      { "finds links in JSON", finds_links_in_json },
      { "finds what islands ask", finds_what_islands_ask },
      { "gives anchors their text", gives_anchors_their_text },
      { "tells where links stand", tells_where_links_stand },
      { "encodes queries as the document is",
        encodes_queries_as_the_document_is },
      { "leaves out what is no link", leaves_out_what_is_no_link },
      { "loses no link to depth or width", loses_no_link_to_depth_or_width },
      { "cuts long text at a character", cuts_long_text_at_a_character },
      { "survives every failed allocation", survives_every_failed_allocation },
      { "stops when told", stops_when_told })
