#include <string.h>

#include "base/buf.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/links.h"

/* "role context url 'text'" of every link. */
static int note(void *ctx, const struct stet_link *l)
{
    struct stet_buf *b = ctx;

    stet_buf_addf(b, "%s %s ", stet_link_role_name(l->role), l->context);
    stet_buf_add_span(b, stet_span_istarts(l->url, "https://h.example/")
                             ? stet_span_sub(l->url, 17, l->url.len)
                             : l->url);
    stet_buf_adds(b, l->requisite ? " !" : "");
    stet_buf_adds(b, l->speculative ? " ?" : "");
    if (l->text.len) {
        stet_buf_adds(b, " '");
        stet_buf_add_span(b, l->text);
        stet_buf_adds(b, "'");
    }
    stet_buf_adds(b, "\n");
    return stet_buf_status(b);
}

static const struct {
    enum stet_links_type type;
    const char *source, *want;
} rows[] = {
    { STET_LINKS_CSS, "@import 'a';b{c:url(d)}@font-face{src:url(e)}",
      "style @import /a !\nimage url() /d !\nfont @font-face /e !\n" },
    { STET_LINKS_STYLE, "background:url(x)", "image style /x !\n" },
    { STET_LINKS_SRCSET, "a 1x, b", "image srcset /a !\nimage srcset /b !\n" },
    { STET_LINKS_REFRESH, "3; url=a", "refresh refresh /a\n" },
    { STET_LINKS_REFRESH, "3;a", "refresh refresh /a\n" },
    { STET_LINKS_REFRESH, "x;url=a", "" },
    { STET_LINKS_HEADER,
      "<a>; rel=preload; as=style, <b>; rel=\"next\"; title=\"t\", <c>, <d>; "
      "rel=alternate; type=application/rss+xml",
      "preload Link /a !\npaging Link /b 't'\nfeed Link /d\n" },
    { STET_LINKS_JSON,
      "{\"a\":\"https://o.example/x.jpg\",\"url\":\"/yes\",\"t\":\"no/thing "
      "here\",\"n\":[\"//o.example/z\"]}",
      "image json:a https://o.example/x.jpg ?\nother json:url /yes ?\n"
      "other json:n https://o.example/z ?\n" },
    { STET_LINKS_MANIFEST,
      "{\"start_url\":\"./\",\"icons\":[{\"src\":\"i.png\"}],\"name\":\"x\"}",
      "other manifest:start_url / ?\nicon manifest:src /i.png !\n" },
    { STET_LINKS_SITEMAP,
      "<?xml version='1.0'?><urlset xmlns:image='x'><url><loc> a?b&amp;c "
      "</loc><image:image><image:loc>i</image:loc></image:image>"
      "<lastmod>2020</lastmod></url><url><loc><![CDATA[d]]></loc></url>"
      "</urlset>",
      "anchor loc /a?b&c\nimage loc /i\nanchor loc /d\n" },
    { STET_LINKS_SITEMAP,
      "<sitemapindex><sitemap><loc>a.xml.gz</loc></sitemap></sitemapindex>",
      "sitemap loc /a.xml.gz\n" },
    { STET_LINKS_SITEMAP,
      "<urlset><url><loc>a</loc><xhtml:link rel='alternate' hreflang='de' "
      "href='b'/></url>",
      "anchor loc /a\nalternate link /b\n" },
    { STET_LINKS_SITEMAP, "https://o.example/a\r\n\nhttps://o.example/b",
      "anchor sitemap https://o.example/a\n"
      "anchor sitemap https://o.example/b\n" },
    { STET_LINKS_SITEMAP, "<urlset><url><loc>a</loc><loc>b",
      "anchor loc /a\n"
      "anchor loc /b\n" },
    /* One URL in pieces, and elements where none should be. */
    { STET_LINKS_SITEMAP,
      "<urlset><url><loc>a<![CDATA[?b&c]]></loc></url><url><loc>d<!-- x -->e"
      "</loc></url><url><loc><url>f</url></loc></url><url><loc>g<lastmod>2020"
      "</lastmod></url></urlset>",
      "anchor loc /a?b&c\nanchor loc /de\nanchor loc /f\nanchor loc /g\n" },
    { STET_LINKS_SITEMAP,
      "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///z'>]><urlset><url><loc>a&y;"
      "</loc></url><url><loc>b?c=1&copy=2&d</loc></url></urlset>",
      "anchor loc /b?c=1&copy=2&d\n" },
    { STET_LINKS_SITEMAP, "\xEF\xBB\xBFwww.o.example/a\nhttp://o.example/b\nc",
      "anchor sitemap http://www.o.example/a\n"
      "anchor sitemap http://o.example/b\n" },
    { STET_LINKS_FEED,
      "<rss><item><title>T</title><guid isPermaLink='false'>https://h.example/a"
      "</guid></item><item><guid isPermaLink='false'>https://h.example/b</guid>"
      "<link>c</link></item><item><guid isPermaLink='false'>d</guid></item>"
      "<item><guid>e</guid></item></rss>",
      "anchor guid /a 'T'\nanchor link /c\nanchor guid /e\n" },
    { STET_LINKS_FEED,
      "<rss><channel><title>no</title><link>a</link><image><url>i</url>"
      "</image><item><title>T &amp; <![CDATA[<b>]]></title><link>b</link>"
      "<guid isPermaLink='false'>c</guid><enclosure url='d.mp3' "
      "type='audio/mpeg'/><media:content url='e.jpg'/></item></channel></rss>",
      "anchor link /a\nimage url /i\nanchor link /b 'T & <b>'\n"
      "media enclosure /d.mp3\nimage content /e.jpg\n" },
    { STET_LINKS_FEED,
      "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='self' href='a'/>"
      "<entry><title>T</title><link href='b'/><link rel='enclosure' "
      "type='image/png' href='c'/></entry></feed>",
      "other link /a\nanchor link /b 'T'\nimage link /c\n" },
    { STET_LINKS_HLS,
      "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:9\na.ts\n# c\n"
      "b.ts",
      "media m3u8 /k !\nmedia m3u8 /a.ts !\nmedia m3u8 /b.ts !\n" },
    { STET_LINKS_DASH,
      "<MPD><BaseURL>a/</BaseURL><SegmentList><Initialization sourceURL='i'/>"
      "<SegmentURL media='s'/></SegmentList><SegmentTemplate "
      "media='$Number$.m4s'/></MPD>",
      "media BaseURL /a/ !\nmedia Initialization /i !\n"
      "media SegmentURL /s !\n" },
    { STET_LINKS_NONE, "https://o.example/", "" },
};

static void finds_links_in_every_type(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_links_options o = {
            .type = rows[i].type,
            .base = STET_SPAN_INIT("https://h.example/"),
        };
        struct stet_buf b;

        tap_row(rows[i].source);
        stet_buf_init(&b, 1 << 16);
        CHECK_INT(
            stet_links_find(&o, stet_span_of(rows[i].source), note, &b, NULL),
            STET_OK);
        CHECK_SPAN(stet_buf_span(&b), rows[i].want);
        stet_buf_clear(&b);
    }
    tap_row(NULL);
}

static int check_wide(void *ctx, const struct stet_link *l)
{
    CHECK_SPAN(l->url, "https://h.example/a");
    CHECK(l->place == STET_PLACE_NONE && l->length == 0);
    ++*(int *)ctx;
    return STET_OK;
}

/* UTF-16 by its label or its byte order mark, whatever the label then says. */
static void decodes_what_is_not_ascii(void)
{
    static const struct {
        enum stet_links_type type;
        bool big, mark;
        const char *label, *text;
    } wide[] = {
        { STET_LINKS_CSS, false, false, "utf-16", "a{b:url(/a)}" },
        { STET_LINKS_CSS, true, false, "utf-16be", "@import '/a';" },
        { STET_LINKS_CSS, false, true, "", "a{b:url(/a)}" },
        { STET_LINKS_FEED, true, true, "latin1",
          "<rss><item><link>/a</link></item></rss>" },
        { STET_LINKS_SITEMAP, false, true, "",
          "<?xml version='1.0' encoding='utf-16'?><urlset><url><loc>/a</loc>" },
    };

    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        struct stet_links_options o = {
            .type = wide[i].type,
            .base = STET_SPAN_INIT("https://h.example/"),
            .charset = stet_span_of(wide[i].label),
        };
        struct stet_buf b;
        int n = 0;

        tap_row(wide[i].text);
        stet_buf_init(&b, 4096);
        if (wide[i].mark)
            stet_buf_adds(&b, wide[i].big ? "\xFE\xFF" : "\xFF\xFE");
        for (const char *c = wide[i].text; *c; c++) {
            stet_buf_addc(&b, wide[i].big ? '\0' : *c);
            stet_buf_addc(&b, wide[i].big ? *c : '\0');
        }
        CHECK_INT(stet_links_find(&o, stet_buf_span(&b), check_wide, &n, NULL),
                  STET_OK);
        CHECK_INT(n, 1);
        stet_buf_clear(&b);
    }
    tap_row(NULL);
}

static void knows_types_by_name_and_media_type(void)
{
    static const struct {
        const char *media_type, *url;
        enum stet_links_type want;
    } types[] = {
        { "text/html; charset=x", "", STET_LINKS_HTML },
        { "Application/XHTML+XML", "", STET_LINKS_XHTML },
        { "image/svg+xml", "", STET_LINKS_XHTML },
        { "text/css", "", STET_LINKS_CSS },
        { "application/manifest+json", "", STET_LINKS_MANIFEST },
        { "application/rss+xml", "", STET_LINKS_FEED },
        { "text/xml", "https://h/sitemap-1.xml", STET_LINKS_SITEMAP },
        { "text/xml", "https://h/news.xml", STET_LINKS_FEED },
        { "text/plain", "https://h/sitemap.txt", STET_LINKS_SITEMAP },
        { "text/plain", "https://h/readme.txt", STET_LINKS_NONE },
        { "image/png", "https://h/a.css", STET_LINKS_NONE },
        { "application/octet-stream", "https://h/a.m3u8?x", STET_LINKS_HLS },
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        tap_row(types[i].media_type);
        CHECK_INT(stet_links_type_of(stet_span_of(types[i].media_type),
                                     stet_span_of(types[i].url)),
                  types[i].want);
    }
    tap_row(NULL);
    for (int t = STET_LINKS_HTML; t <= STET_LINKS_XHTML; t++)
        CHECK_INT(stet_links_type_find(stet_span_of(
                      stet_links_type_name((enum stet_links_type)t))),
                  t);
    CHECK_INT(stet_links_type_find(STET_SPAN("x")), STET_LINKS_NONE);
    CHECK(!stet_links_type_name(STET_LINKS_NONE));
}

static void tells_hops_by_heritrix_letters(void)
{
    struct stet_link l = { .role = STET_LINK_ANCHOR };

    CHECK_INT(stet_link_hop(&l), 'L');
    l.requisite = true;
    CHECK_INT(stet_link_hop(&l), 'E');
    l.speculative = true;
    CHECK_INT(stet_link_hop(&l), 'X');
    l.role = STET_LINK_REFRESH;
    CHECK_INT(stet_link_hop(&l), 'R');
}

static int find_once(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_links_options o = {
            .type = rows[i].type,
            .base = STET_SPAN_INIT("https://h.example/"),
        };
        struct stet_buf b;
        int rc;

        stet_buf_init(&b, 1 << 16);
        rc = stet_links_find(&o, stet_span_of(rows[i].source), note, &b, NULL);
        stet_buf_clear(&b);
        if (rc)
            return rc;
    }
    return STET_OK;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(find_once));
}

TESTS({ "finds links in every type", finds_links_in_every_type },
      { "decodes what is not ASCII", decodes_what_is_not_ascii },
      { "knows types", knows_types_by_name_and_media_type },
      { "tells hops by Heritrix's letters", tells_hops_by_heritrix_letters },
      { "survives every failed allocation", survives_every_failed_allocation })
