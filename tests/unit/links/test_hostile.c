#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/span.h"
#include "html/charset.h"
#include "lib/tap.h"
#include "stet/links.h"

/*
 * Documents made to hurt: the same thing again and again.  Twice as much of
 * it may take about twice the time and no more memory, and what stands
 * around it is found.  $STET_HOSTILE is how many MB are made of each (the
 * default is 1; 200 takes minutes).
 */
enum {
    MB = 1 << 20,
    MAX_MB = 1000,
    ROOM = 40 * MB, /* bytes that finding links may take beside the document */
};

/* Sanitizers have their own ideas of time and memory. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_MEASURED false
#else
#define IS_MEASURED true
#endif

struct row {
    const char *name;
    enum stet_links_type type;
    const char *head, *again, *tail;
    int links; /* whose path has "found" in it; -1: that is not the point */
};

#define HTML STET_LINKS_HTML

static const struct row rows[] = {
    { "attributes before src", HTML, "<img srcset='found.a 1x'", " a=b",
      " src=found.b>", 2 },
    { "attributes between rel and href", HTML, "<link rel=stylesheet", " a=b",
      " href=found>", 1 },
    { "attributes between href and rel", HTML, "<link href=found", " a=b",
      " rel=stylesheet>", 1 },
    { "attributes of an anchor", HTML, "<a", " a=b", " href=found>x</a>", 1 },
    { "attributes between http-equiv and content", HTML,
      "<meta http-equiv=refresh", " a=b", " content='0;url=found'>", 1 },
    { "attributes without values", HTML, "<img", " a", " src=found>", 1 },
    { "the same attribute", HTML, "<img src=found", " src=x", " src=found>",
      1 },
    { "data- attributes", HTML, "<img", " data-a=b", " data-src=/found>", 1 },
    { "depth of div", HTML, "<a href=found>", "<div>", "<img src=found>", 2 },
    { "depth of b", HTML, "<a href=found>", "<b>", "<img src=found>", 2 },
    { "depth of svg", HTML, "<a href=found>", "<svg>",
      "<image xlink:href=found />", 2 },
    { "depth of template", HTML, "", "<template>", "<img src=found>", 1 },
    { "depth of tables", HTML, "", "<table><tr><td>", "<img src=found>", 1 },
    { "end tags", HTML, "", "</div>", "<img src=found>", 1 },
    { "anchors left open", HTML, "", "<a href=x>", "<img src=found>", 1 },
    { "bases", HTML, "", "<base href=/b/>", "<img src=found>", 1 },
    { "a line of text", HTML, "<a href=found>", "words and ", "<img src=found>",
      2 },
    { "a line of no spaces", HTML, "<a href=found>", "x", "<img src=found>",
      2 },
    { "a line of spaces", HTML, "<a href=found>", " ", "<img src=found>", 2 },
    { "a value", HTML, "<p title='", "x", "'><img src=found>", 1 },
    { "a URL", HTML, "<a href='", "x", "'>t</a><img src=found>", 1 },
    { "a data: URL", HTML, "<img src='data:image/gif;base64,", "x",
      "'><img src=found>", 1 },
    { "a style", HTML, "<p style='", "a:b;", "'><img src=found>", 1 },
    { "a srcset", HTML, "<img srcset='", "data:,x 1x, ", "'><img src=found>",
      1 },
    { "a value of references", HTML, "<p style='", "&quot;",
      "'><img src=found>", 1 },
    { "a srcset of references", HTML, "<img srcset='", "&amp; 1x,",
      "'><img src=found>", 1 },
    { "an unquoted value", HTML, "<p style=", "x", " ><img src=found>", 1 },
    { "a name", HTML, "<p ", "x", " ><img src=found>", 1 },
    { "a tag's name", HTML, "<p", "x", " ><img src=found>", 1 },
    { "a comment", HTML, "<!--", "x-", "--><img src=found>", 1 },
    { "conditional comments", HTML, "", "<!--[if IE]>", "--><img src=found>",
      1 },
    { "a script", HTML, "<script>", "var a = 'b/c';",
      "</script><img src=found>", 1 },
    { "a script of quotes", HTML, "<script>", "\"'`",
      "</script><img src=found>", 1 },
    { "a script of backslashes", HTML, "<script>", "\\\\",
      "</script><img src=found>", 1 },
    { "a script of schemes", HTML, "<script>", "https://",
      "</script><img src=found>", 1 },
    { "a script of escapes", HTML, "<script>'", "\\u002f",
      "'</script><img src=found>", 1 },
    { "a script's comments", HTML, "<script>", "<!--<script",
      "--></script><img src=found>", 1 },
    { "a sheet", HTML, "<style>", "a{b:c}",
      "@import 'found';p{b:url(found)}</style><img src=found>", 3 },
    { "a sheet of url(", HTML, "<style>", "url(", "</style><img src=found>",
      1 },
    { "a sheet of parentheses", HTML, "<style>", "(",
      ";}a{b:url(found)}</style><img src=found>", 2 },
    { "a sheet of braces", HTML, "<style>", "{",
      "a{b:url(found)}</style><img src=found>", 2 },
    { "a sheet of quotes", HTML, "<style>", "'\n", "</style><img src=found>",
      1 },
    { "a sheet of escapes", HTML, "<style>", "\\", "</style><img src=found>",
      1 },
    { "a sheet of comments", HTML, "<style>", "/*", "*/</style><img src=found>",
      1 },
    { "a sheet in svg", HTML, "<svg><style>", "a{b:c}",
      "p{b:url(found)}</style><image href=found />", 2 },
    { "references in svg's sheet", HTML, "<svg><style>", "&amp;",
      ";}p{b:url(found)}</style><image href=found />", 2 },
    { "links of svg's sheet", HTML, "<svg><style>", "p{b:url(&quot;x&quot;)}",
      "p{b:url(found)}</style><image href=found />", -1 },
    { "sections of svg's sheet", HTML, "<svg><style>", "<![CDATA[a{b:c}]]>",
      "p{b:url(found)}</style><image href=found />", 2 },
    { "comments of svg's sheet", HTML, "<svg><style>", "<!--x-->",
      "p{b:url(found)}</style><image href=found />", 2 },
    { "scripts that close themselves", STET_LINKS_XHTML, "", "<script/>",
      "<img src='found'/>", 1 },
    { "sheets of XML", STET_LINKS_XHTML, "", "<?xml-stylesheet href='x'?>",
      "<img src='found'/>", 1 },
    { "JSON in a page", HTML, "<script type=application/ld+json>", "[",
      "</script><img src=found>", 1 },
    { "JSON objects in a page", HTML, "<script type=application/ld+json>",
      "{\"image\":", "\"found.jpg\"</script><img src=found>", -1 },
    { "JSON in an attribute", HTML, "<p data-x='", "[", "'><img src=found>",
      1 },
    { "islands", HTML, "", "<gu-island props='{&quot;a&quot;:[[[['>",
      "<img src=found>", 1 },
    { "noscript", HTML, "", "<noscript>", "<img src=found>", 1 },
    { "srcdoc", HTML, "<iframe srcdoc='", "<iframe srcdoc=x>",
      "'></iframe><img src=found>", 1 },
    { "handlers", HTML, "<p onclick='", "\"a/b\"", "'><img src=found>", 1 },
    { "flashvars", HTML, "<embed flashvars='", "a=b&", "'><img src=found>", 1 },
    { "less-than signs", HTML, "", "<", "><img src=found>", 1 },
    { "ampersands", HTML, "<a href=found>", "&", "<img src=found>", 2 },
    { "open quotes", HTML, "<img src=found>", "<a href=\"", "", 1 },
    { "open comments", HTML, "<img src=found>", "<!--", "", 1 },
    { "open CDATA", HTML, "<img src=found><svg>", "<![CDATA[", "", 1 },
    { "open titles", HTML, "<img src=found>", "<title>", "", 1 },
    { "open text areas", HTML, "<img src=found><textarea>", "</textare", "",
      1 },
    { "doctypes", HTML, "", "<!DOCTYPE html PUBLIC 'x'>", "<img src=found>",
      1 },
    { "parentheses", STET_LINKS_CSS, "a{b:url(found)}", "(", "", 1 },
    { "functions", STET_LINKS_CSS, "a{b:url(found)}", "image-set(", "", 1 },
    { "brackets", STET_LINKS_CSS, "a{b:url(found)}", "[{", "", 1 },
    { "imports", STET_LINKS_CSS, "", "@import", "'found'", -1 },
    { "candidates", STET_LINKS_SRCSET, "found 1x", ",", ",found 2x", 2 },
    { "descriptors", STET_LINKS_SRCSET, "found ", "(", "", 1 },
    { "a refresh", STET_LINKS_REFRESH, "0; url=", "'", "", -1 },
    { "fields", STET_LINKS_HEADER, "<found>;rel=preload,", "<", "", -1 },
    { "parameters", STET_LINKS_HEADER, "<found>", ";a=\"b\"", ";rel=preload",
      1 },
    { "arrays", STET_LINKS_JSON, "[\"http://h/found.jpg\",", "[", "", 1 },
    { "objects", STET_LINKS_JSON, "[\"http://h/found.jpg\",", "{\"a\":", "",
      1 },
    { "strings", STET_LINKS_JSON, "[\"http://h/found.jpg\",", "\"", "", -1 },
    { "escapes", STET_LINKS_JSON, "[\"http://h/found.jpg\",\"", "\\u002f", "",
      1 },
    { "locations", STET_LINKS_SITEMAP, "<loc>http://h/found</loc>", "<loc>", "",
      1 },
    { "open CDATA", STET_LINKS_SITEMAP, "<loc>http://h/found</loc>",
      "<![CDATA[", "", 1 },
    { "open comments", STET_LINKS_SITEMAP, "<loc>http://h/found</loc>", "<!--",
      "", 1 },
    { "lines", STET_LINKS_SITEMAP, "http://h/found\n", "http", "", 1 },
    { "items", STET_LINKS_FEED, "<link>found</link>", "<item>", "<link>found",
      2 },
    { "attributes", STET_LINKS_FEED, "<link", " a='b'", " href='found'/>", 1 },
    { "open quotes", STET_LINKS_FEED, "<link href='found'/>", "<link a='", "",
      1 },
    { "keys", STET_LINKS_HLS, "found\n", "#URI=", "\nfound\n", 2 },
    { "segments", STET_LINKS_DASH, "<BaseURL>found</BaseURL>", "<SegmentURL ",
      "", 1 },
};

enum { N_ROWS = sizeof(rows) / sizeof(rows[0]) };

static int count_found(void *ctx, const struct stet_link *l)
{
    *(int *)ctx += stet_span_find(l->url, STET_SPAN("/found")) < l->url.len;
    return 0;
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A line of /proc/self/status in bytes; 0: there is none. */
static size_t memory(const char *name)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[128];
    size_t kb = 0, n = strlen(name);

    while (f && fgets(line, sizeof(line), f))
        if (!strncmp(line, name, n) && line[n] == ':')
            kb = strtoul(line + n + 1, NULL, 10);
    if (f)
        fclose(f);
    return kb * 1024;
}

static void reset_peak(void)
{
    FILE *f = fopen("/proc/self/clear_refs", "w");

    if (f) {
        fputs("5", f);
        fclose(f);
    }
}

static void make(struct stet_buf *b, const struct row *r, size_t size)
{
    size_t n = strlen(r->again);

    stet_buf_reset(b);
    stet_buf_adds(b, r->head);
    for (size_t i = 0; i < size; i += n)
        stet_buf_add(b, r->again, n);
    stet_buf_adds(b, r->tail);
    CHECK_INT(stet_buf_status(b), STET_OK);
}

/* Finds the links; the seconds that took. */
static double measure(const struct row *r, struct stet_span doc, size_t *room)
{
    struct stet_links_options o = { .type = r->type,
                                    .base = STET_SPAN_INIT("http://h/") };
    double start;
    size_t before;
    int n = 0;

    malloc_trim(0);
    reset_peak();
    before = memory("VmRSS");
    start = seconds();
    CHECK_INT(stet_links_find(&o, doc, count_found, &n, NULL), STET_OK);
    start = seconds() - start;
    *room = memory("VmHWM");
    *room = *room > before ? *room - before : 0;
    if (r->links >= 0)
        CHECK_INT(n, r->links);
    return start;
}

static size_t megabytes(void)
{
    const char *s = getenv("STET_HOSTILE");
    unsigned long n = s ? strtoul(s, NULL, 10) : 1;

    return n < 1 ? 1 : n > MAX_MB ? MAX_MB : n;
}

static void check_row(struct stet_buf *b, const struct row *r, size_t size)
{
    double once, twice;
    size_t room_once, room_twice;

    make(b, r, size / 2);
    once = measure(r, stet_buf_span(b), &room_once);
    make(b, r, size);
    twice = measure(r, stet_buf_span(b), &room_twice);
    if (getenv("STET_HOSTILE"))
        printf("# %-44s %8.1f ms %8.1f ms %6zu kB %6zu kB\n", r->name,
               1e3 * once, 1e3 * twice, room_once >> 10, room_twice >> 10);
    if (!IS_MEASURED)
        return;
    CHECK(twice < 4 * once + 0.1);
    CHECK(room_twice < ROOM);
}

static void what_is_endless_takes_linear_time_and_bounded_memory(void)
{
    struct stet_buf b;
    size_t size = megabytes() * MB;

    stet_buf_init(&b, size + MB);
    for (size_t i = 0; i < N_ROWS; i++) {
        tap_row(rows[i].name);
        check_row(&b, &rows[i], size);
    }
    tap_row(NULL);
    stet_buf_clear(&b);
}

static void a_nul_byte_hides_no_link(void)
{
    static const struct stet_span docs[] = {
        STET_SPAN_INIT("\0\0<img src=found>\0"),
        STET_SPAN_INIT("<p\0 a\0b='\0'><img src=found>"),
        STET_SPAN_INIT("<img \0 src=found \0>"),
        STET_SPAN_INIT("<!-- \0 --><img src='found'>"),
        STET_SPAN_INIT("<script>\0</script\0></script><img src='found'>"),
        STET_SPAN_INIT("<style>\0a{b:url(found)}\0</style>"),
        STET_SPAN_INIT("<title>\0</title><a href=found>\0</a>"),
    };

    for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
        struct row r = { "", HTML, "", "", "", 1 };
        size_t room;

        tap_row(docs[i].ptr);
        (void)measure(&r, docs[i], &room);
    }
    tap_row(NULL);
}

/* Whatever encoding is claimed, links in ASCII are found; but for those in
 * which ASCII is something else, where nothing may break. */
static void a_wrong_charset_hides_no_link(void)
{
    static const char doc[] =
        "\xEF\xBB\xBF<meta charset=utf-16le><p title='\xC3\xA9\xE2\x82\xAC'>"
        "\x81 \xFE \x1B$B<img alt=\xF0\x9F\x98\x80 src=found>\x8F\x30\x81\n"
        "<a href='found?\xFF\xC3'>\xFF\xFE</a>\x80";

    for (int c = 0; c < STET_N_CHARSETS; c++) {
        enum stet_charset cs = (enum stet_charset)c;
        struct stet_links_options o = { .type = HTML,
                                        .base = STET_SPAN_INIT("http://h/") };
        int n = 0;

        o.charset = stet_span_of(stet_charset_name(cs));
        tap_row(o.charset.ptr);
        CHECK_INT(stet_links_find(&o, stet_span_of(doc), count_found, &n, NULL),
                  STET_OK);
        if (c && stet_charset_keeps_markup(cs))
            CHECK_INT(n, 2);
    }
    tap_row(NULL);
}

TESTS({ "what is endless takes linear time and bounded memory",
        what_is_endless_takes_linear_time_and_bounded_memory },
      { "a NUL byte hides no link", a_nul_byte_hides_no_link },
      { "a wrong charset hides no link", a_wrong_charset_hides_no_link })
