#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/rewrite.h"

#define BASE "https://h.example/d/p.html"

/* Every link becomes "N" followed by the characters that are special
 * somewhere, and its fragment. */
static int to_nasty(void *ctx, const struct stet_link *l, struct stet_span *url)
{
    (void)l;
    *url = *(struct stet_span *)ctx;
    return 0;
}

static int leave(void *ctx, const struct stet_link *l, struct stet_span *url)
{
    (void)ctx;
    (void)l;
    (void)url;
    return 0;
}

static void check_rewrite(const struct stet_rewrite_options *o,
                          const char *source, const char *want)
{
    struct stet_bytes out;

    tap_row(source);
    CHECK_INT(stet_rewrite(&out, o, stet_span_of(source), NULL), STET_OK);
    CHECK_SPAN(((struct stet_span){ out.data, out.len }), want);
    stet_bytes_clear(&out);
    tap_row(NULL);
}

static const struct {
    enum stet_links_type type;
    const char *source, *want;
} places[] = {
    { STET_LINKS_HTML, "<a href=\"x\" b>", "<a href=\",N&amp;'()\\%22,\" b>" },
    { STET_LINKS_HTML, "<a href='x' b>", "<a href=',N&amp;&#39;()\\%22,' b>" },
    { STET_LINKS_HTML, "<a href=x b>", "<a href=,N&amp;&#39;()\\%22, b>" },
    { STET_LINKS_HTML, "<a href=\" x\n\" b>",
      "<a href=\" ,N&amp;'()\\%22,\n\" b>" },
    { STET_LINKS_HTML, "<a href='x&amp;y'>",
      "<a href=',N&amp;&#39;()\\%22,'>" },
    { STET_LINKS_HTML, "<img srcset='x 1x, y&#44;z 2x'>",
      "<img srcset='%2CN&amp;&#39;()\\%22%2C 1x, "
      "%2CN&amp;&#39;()\\%22%2C 2x'>" },
    { STET_LINKS_HTML, "<i style=\"a:url(x);b:url('y')\">",
      "<i style=\"a:url(,N&amp;\\'\\(\\)\\\\%22,);"
      "b:url(',N&amp;\\'()\\\\%22,')\">" },
    { STET_LINKS_HTML, "<i style='a:url(&quot;x&quot;)'>",
      "<i style='a:url(&quot;,N&amp;&#39;()\\\\%22,&quot;)'>" },
    { STET_LINKS_HTML, "<style>a{b:url(\"x\")}</style>",
      "<style>a{b:url(\",N&'()\\\\%22,\")}</style>" },
    { STET_LINKS_HTML, "<svg><style>a{b:url(x&amp;y)}</style></svg>",
      "<svg><style>a{b:url(,N&amp;\\'\\(\\)\\\\%22,)}</style></svg>" },
    { STET_LINKS_HTML, "<svg><style><![CDATA[a{b:url('x')}]]></style></svg>",
      "<svg><style><![CDATA[a{b:url(',N&\\'()\\\\%22,')}]]></style></svg>" },
    { STET_LINKS_XHTML, "<?xml-stylesheet href='x'?><script src='y'/>",
      "<?xml-stylesheet href=',N&amp;&#39;()\\%22,'?>"
      "<script src=',N&amp;&#39;()\\%22,'/>" },
    { STET_LINKS_HTML, "<meta http-equiv=refresh content='1;url=x'>",
      "<meta http-equiv=refresh content='1;url=,N&amp;%27()\\%22,'>" },
    { STET_LINKS_HTML, "<script type=importmap>{\"a\":\"/x\"}</script>",
      "<script type=importmap>{\"a\":\",N&%27()%5C%22,\"}</script>" },
    { STET_LINKS_CSS, "@import 'x';a{b:url( y )}",
      "@import ',N&\\'()\\\\%22,';a{b:url( ,N&\\'\\(\\)\\\\%22, )}" },
    { STET_LINKS_SRCSET, "x 1x,y", "%2CN&'()\\%22%2C 1x,%2CN&'()\\%22%2C" },
    { STET_LINKS_HEADER, "<x>; rel=next, <y>; rel=\"a b\"",
      "<,N&'()\\%22,>; rel=next, <,N&'()\\%22,>; rel=\"a b\"" },
    { STET_LINKS_SITEMAP, "<urlset><url><loc>x</loc></url></urlset>",
      "<urlset><url><loc>,N&amp;'()\\%22,</loc></url></urlset>" },
};

static void escapes_for_every_place(void)
{
    struct stet_span nasty = STET_SPAN_INIT(",N&'()\\\",");
    struct stet_rewrite_options o = {
        .base = STET_SPAN_INIT(BASE),
        .map = to_nasty,
        .ctx = &nasty,
    };

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        o.type = places[i].type;
        check_rewrite(&o, places[i].source, places[i].want);
    }
}

static const char *const whole[] = {
    "",
    "no markup & <",
    "\xEF\xBB\xBF<!DOCTYPE html>\r\n<A HREF = 'x'>\0y",
    "<img srcset='a 1x,, b&amp; 2x' style='x:url(&quot;y&quot;'>\xFF\xFE",
    "<style>a{b:url('c</style><script>'https://h.example/'",
    "<a href=x",
    "<!--[if IE]><img src=x>",
    "<iframe srcdoc='<a href=x>'>",
};

static void leaves_every_byte_alone(void)
{
    static const enum stet_links_type types[] = {
        STET_LINKS_HTML, STET_LINKS_CSS,     STET_LINKS_SRCSET,
        STET_LINKS_JSON, STET_LINKS_SITEMAP, STET_LINKS_FEED,
        STET_LINKS_HLS,  STET_LINKS_HEADER,  STET_LINKS_REFRESH,
    };
    struct stet_rewrite_options o = { .base = STET_SPAN_INIT(BASE),
                                      .map = leave };

    for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
        o.type = types[t];
        for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
            check_rewrite(&o, whole[i], whole[i]);
    }
}

static void disarms_what_it_is_told_to(void)
{
    struct stet_rewrite_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
        .map = leave,
        .drop = STET_REWRITE_DROP_INTEGRITY | STET_REWRITE_DROP_CROSSORIGIN |
                STET_REWRITE_DROP_CSP | STET_REWRITE_DROP_BASE,
    };

    check_rewrite(&o, "<base href=x><script src=y integrity=z Crossorigin>",
                  "<base _href=x><script src=y _integrity=z _Crossorigin>");
    check_rewrite(&o,
                  "<meta http-equiv='Content-Security-Policy' content=x>"
                  "<meta content=y><a href=z integrity=w>",
                  "<meta http-equiv='Content-Security-Policy' _content=x>"
                  "<meta content=y><a href=z integrity=w>");
    o.drop = STET_REWRITE_DROP_REFERRER;
    check_rewrite(&o,
                  "<meta content=origin NAME=' Referrer '>"
                  "<meta name=author content=x><p name=referrer content=y>",
                  "<meta _content=origin NAME=' Referrer '>"
                  "<meta name=author content=x><p name=referrer content=y>");
    o.drop = 0;
    check_rewrite(&o, "<base href=x><script integrity=z crossorigin>",
                  "<base href=x><script integrity=z crossorigin>");
}

/* -- ready maps --------------------------------------------------------------
 */

static void check_replay(bool keep_relative, enum stet_links_type type,
                         const char *source, const char *want)
{
    struct stet_replay_options ro = {
        .prefix = STET_SPAN_INIT("/c/"),
        .timestamp = STET_SPAN_INIT("20200125000000"),
        .mod = STET_SPAN_INIT("mp_"),
        .keep_relative = keep_relative,
    };
    struct stet_replay_map *map;
    struct stet_rewrite_options o = {
        .type = type,
        .base = STET_SPAN_INIT(BASE),
        .map = stet_replay_map_link,
    };

    CHECK_INT(stet_replay_map_new(&map, &ro, NULL), STET_OK);
    o.ctx = map;
    check_rewrite(&o, source, want);
    stet_replay_map_free(map);
}

#define AT "/c/20200125000000"

static void points_into_a_replay(void)
{
    check_replay(false, STET_LINKS_HTML,
                 "<a href=x#f><img src=//i.example/y.png>"
                 "<link rel=stylesheet href=/s><script src=j></script>"
                 "<iframe src=g></iframe><video src=v></video>"
                 "<a href=#f><a href=mailto:x>",
                 "<a href=" AT "mp_/https://h.example/d/x#f>"
                 "<img src=" AT "im_/https://i.example/y.png>"
                 "<link rel=stylesheet href=" AT "cs_/https://h.example/s>"
                 "<script src=" AT "js_/https://h.example/d/j></script>"
                 "<iframe src=" AT "if_/https://h.example/d/g></iframe>"
                 "<video src=" AT "oe_/https://h.example/d/v></video>"
                 "<a href=#f><a href=mailto:x>");
    check_replay(true, STET_LINKS_HTML,
                 "<a href=x><a href=./x?a:b><a href=/x><a href=../x>"
                 "<a href=https:x><script src=x></script>",
                 "<a href=x><a href=./x?a:b>"
                 "<a href=" AT "mp_/https://h.example/x>"
                 "<a href=" AT "mp_/https://h.example/x>"
                 "<a href=" AT "mp_/https://h.example/d/x>"
                 "<script src=" AT "js_/https://h.example/d/x></script>");
    check_replay(
        false, STET_LINKS_HTML,
        "<base href=/b/><iframe srcdoc='<a href=\"x\">\xC3\xA9 &amp;amp;'>"
        "</iframe><iframe srcdoc=\"<p>&eacute;\">",
        "<base href=" AT "mp_/https://h.example/b/>"
        "<iframe srcdoc='&lt;a href=\"" AT
        "mp_/https://h.example/b/x\">&#233; &amp;amp;'>"
        "</iframe><iframe srcdoc=\"<p>&eacute;\">");
    /* What a browser would ask the live web for, were it left. */
    check_replay(false, STET_LINKS_HTML,
                 "<link href=x><link rel=preconnect href=//c.example>"
                 "<link rel=prefetch href=y><a href=tel:1>"
                 "<a href='data:,%41 b'><a data-url=/z>",
                 "<link href=" AT "mp_/https://h.example/d/x>"
                 "<link rel=preconnect href=" AT "mp_/https://c.example/>"
                 "<link rel=prefetch href=" AT "oe_/https://h.example/d/y>"
                 "<a href=tel:1><a href='data:,%41 b'><a data-url=/z>");
    check_replay(false, STET_LINKS_CSS,
                 "@import 'a';b{c:url(d)}@font-face{src:url(e)}",
                 "@import '" AT "cs_/https://h.example/d/a';"
                 "b{c:url(" AT "im_/https://h.example/d/d)}"
                 "@font-face{src:url(" AT "oe_/https://h.example/d/e)}");
    check_replay(false, STET_LINKS_HTML,
                 "<script>x='https://h.example/a.html'</script>"
                 "<script type=application/ld+json>"
                 "{\"image\":\"https://h.example/a.jpg\"}</script>",
                 "<script>x='https://h.example/a.html'</script>"
                 "<script type=application/ld+json>"
                 "{\"image\":\"https://h.example/a.jpg\"}</script>");
}

static int find_some(void *ctx, const struct stet_link *l,
                     struct stet_span *path)
{
    (void)ctx;
    if (!stet_span_eqs(l->url, "https://h.example/d/x"))
        return STET_ENOTFOUND;
    *path = STET_SPAN("h.example/d/x 100%.html");
    return STET_OK;
}

/* "&quot" is a quote only if no letter follows. */
static void ends_references_before_a_url(void)
{
    struct stet_span url = STET_SPAN_INIT("http://n.example/");
    struct stet_rewrite_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
        .map = to_nasty,
        .ctx = &url,
    };

    check_rewrite(&o, "<i style='x:url(&quot/y&quot)'>",
                  "<i style='x:url(&quot&#104;ttp://n.example/&quot)'>");
}

/* A lead byte without its trail ends before the space, and takes it not. */
static void tells_characters_of_other_charsets_apart(void)
{
    struct stet_span url = STET_SPAN_INIT("N");
    struct stet_rewrite_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
        .charset = STET_SPAN_INIT("big5"),
        .map = to_nasty,
        .ctx = &url,
    };

    check_rewrite(&o, "<img srcset='a\xF7 1x, b\xA4@c, \xF7\t2x'>",
                  "<img srcset='N 1x, N, N\t2x'>");
}

static void points_into_a_mirror(void)
{
    struct stet_mirror_options mo = {
        .from = STET_SPAN_INIT("h.example/a/b/p.html"),
        .find = find_some,
    };
    struct stet_mirror_map *map;
    struct stet_rewrite_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
        .map = stet_mirror_map_link,
        .drop = STET_REWRITE_DROP_BASE,
    };

    CHECK_INT(stet_mirror_map_new(&map, &mo, NULL), STET_OK);
    o.ctx = map;
    check_rewrite(&o,
                  "<base href=/d/><a href=x#f><img src=y>"
                  "<link rel=canonical href=x><form action=x>",
                  "<base _href=/d/><a href=../../d/x%20100%25.html#f>"
                  "<img src=https://h.example/d/y>"
                  "<link rel=canonical href=https://h.example/d/x>"
                  "<form action=https://h.example/d/x>");
    stet_mirror_map_free(map);
}

static void refuses_what_it_cannot_splice(void)
{
    struct stet_rewrite_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
        .charset = STET_SPAN_INIT("utf-16le"),
        .map = leave,
    };
    struct stet_bytes out;

    CHECK_INT(stet_rewrite(&out, &o, STET_SPAN("<\0a\0"), NULL),
              STET_EUNSUPPORTED);
    CHECK(!out.data);
    o.charset = STET_SPAN("");
    o.base = STET_SPAN("no");
    CHECK_INT(stet_rewrite(&out, &o, STET_SPAN("<a>"), NULL), STET_EUSAGE);
}

static int rewrite_once(void)
{
    struct stet_replay_options ro = { .prefix = STET_SPAN_INIT("/c/") };
    struct stet_replay_map *map = NULL;
    struct stet_rewrite_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
        .map = stet_replay_map_link,
        .drop = STET_REWRITE_DROP_BASE,
    };
    struct stet_bytes out = { NULL, 0 };
    int rc = stet_replay_map_new(&map, &ro, NULL);

    o.ctx = map;
    if (!rc)
        rc = stet_rewrite(&out, &o,
                          STET_SPAN("<base href=/b/><img srcset='a&amp;b, c'>"
                                    "<i style='a:url(x)'><a href=y>"
                                    "<iframe srcdoc='<img src=x>'></iframe>"),
                          NULL);
    stet_bytes_clear(&out);
    stet_replay_map_free(map);
    return rc;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(rewrite_once));
}

TESTS({ "escapes for every place", escapes_for_every_place },
      { "leaves every byte alone", leaves_every_byte_alone },
      { "disarms what it is told to", disarms_what_it_is_told_to },
      { "points into a replay", points_into_a_replay },
      { "ends references before a URL", ends_references_before_a_url },
      { "tells characters of other charsets apart",
        tells_characters_of_other_charsets_apart },
      { "points into a mirror", points_into_a_mirror },
      { "refuses what it cannot splice", refuses_what_it_cannot_splice },
      { "survives every failed allocation", survives_every_failed_allocation })
