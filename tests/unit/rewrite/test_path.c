#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/rewrite.h"

static const struct {
    const char *url, *type, *want; /* '#' in want: 16 hexadecimal digits */
} rows[] = {
    { "https://h.example/", "text/html", "h.example/index.html" },
    { "https://h.example", "text/html; charset=utf-8", "h.example/index.html" },
    { "http://h.example/", "text/html", "h.example@http/index.html" },
    { "https://h.example:8443/", "text/html", "h.example+8443/index.html" },
    { "http://127.0.0.1:80/a.html", "text/html", "127.0.0.1@http/a.html" },
    { "https://[::1]/a.css", "text/css", "___1_/a~#.css" },
    { "https://h.example/a/b.html", "text/html", "h.example/a/b.html" },
    { "https://h.example/a/b.html#f", "text/html", "h.example/a/b.html" },
    { "https://h.example/a/story", "text/html", "h.example/a/story.htm" },
    { "https://h.example/a/story.htm", "text/html", "h.example/a/story~#.htm" },
    { "https://h.example/a/", "text/html", "h.example/a/index.html" },
    { "https://h.example/a/index.html", "text/html",
      "h.example/a/index~#.html" },
    { "https://h.example/a.php", "text/html", "h.example/a.php~#.html" },
    { "https://h.example/a.xhtml", "text/html", "h.example/a.xhtml~#.html" },
    { "https://h.example/a.html", "application/xhtml+xml",
      "h.example/a.html~#.xhtml" },
    { "https://h.example/a.html?x=1", "text/html", "h.example/a~#.html" },
    { "https://h.example/a?x", "text/html", "h.example/a~#.htm" },
    { "https://h.example/p.jpeg", "image/jpeg", "h.example/p.jpeg" },
    { "https://h.example/p", "image/jpeg", "h.example/p~#.jpg" },
    { "https://h.example/p.jpg", "image/webp", "h.example/p.jpg~#.webp" },
    { "https://h.example/p.jpg", "", "h.example/p.jpg" },
    { "https://h.example/p", "", "h.example/p~#.bin" },
    { "https://h.example/A.html", "text/html", "h.example/A~#.html" },
    { "https://h.example/v1.2/a.js", "text/javascript",
      "h.example/v1_2/a~#.js" },
    { "https://h.example//a.js", "text/javascript", "h.example/_/a~#.js" },
    { "https://h.example/con/aux.html", "text/html",
      "h.example/_con/_aux~#.html" },
    { "https://h.example/a%20b.html", "text/html", "h.example/a%20b.html" },
    { "https://h.example/a*b|c.html", "text/html", "h.example/a_b_c~#.html" },
    { "https://h.example/a@b.html", "text/html", "h.example/a@b~#.html" },
    { "https://h.example/x.", "image/png", "h.example/x_~#.png" },
    { "https://index.html/", "text/html", "_index.html/index~#.html" },
};

/* want with its '#' as any 16 hexadecimal digits. */
static bool matches(struct stet_span got, const char *want)
{
    size_t i = 0;

    for (; *want; want++) {
        if (*want != '#') {
            if (i >= got.len || got.ptr[i++] != *want)
                return false;
            continue;
        }
        for (int n = 0; n < 16; n++)
            if (i >= got.len || !strchr("0123456789abcdef", got.ptr[i++]))
                return false;
    }
    return i == got.len;
}

static void gives_every_url_a_path(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_bytes path;
        struct stet_span got;

        tap_row(rows[i].url);
        CHECK_INT(stet_mirror_path(&path, stet_span_of(rows[i].url),
                                   stet_span_of(rows[i].type), NULL),
                  STET_OK);
        got = (struct stet_span){ path.data, path.len };
        if (!matches(got, rows[i].want))
            CHECK_SPAN(got, rows[i].want);
        stet_bytes_clear(&path);
    }
    tap_row(NULL);
    CHECK_INT(stet_mirror_path(&(struct stet_bytes){ NULL, 0 },
                               STET_SPAN("ftp://h.example/"), STET_SPAN(""),
                               NULL),
              STET_EFORMAT);
}

static void keeps_urls_apart_and_names_short(void)
{
    static const char *const tails[] = {
        "a",       "a/",           "a.html",      "a.htm",      "A",
        "a?",      "a?x",          "a/b",         "a.html/b",   "a//b",
        "a/index", "a/index.html", "a_b",         "a*b",        "a%2fb",
        "a%2Fb",   "a.html?x",     "a.html?y",    "a./b",       "a.",
        "a..html", "a~b",          "a/index.htm", "index.html", "a.html.html",
        "a.php",   "a.php.html",   "_",           "/",          "",
    };
    static const char *const hosts[] = { "https://h.example/",
                                         "http://h.example/",
                                         "https://h.example:80/" };
    struct stet_map seen;
    bool fresh;

    stet_map_init(&seen, 1 << 20);
    for (size_t h = 0; h < 3; h++)
        for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
            struct stet_buf url, low;
            struct stet_bytes path;

            stet_buf_init(&url, 4096);
            stet_buf_init(&low, 4096);
            stet_buf_adds(&url, hosts[h]);
            stet_buf_adds(&url, tails[i]);
            tap_row(url.data);
            CHECK_INT(stet_mirror_path(&path, stet_buf_span(&url),
                                       STET_SPAN("text/html"), NULL),
                      STET_OK);
            for (size_t k = 0; k < path.len; k++)
                stet_buf_addc(&low, path.data[k] >= 'A' && path.data[k] <= 'Z'
                                        ? (char)(path.data[k] | 0x20)
                                        : path.data[k]);
            stet_map_put(&seen, stet_buf_span(&low), &fresh);
            CHECK(fresh);
            stet_bytes_clear(&path);
            stet_buf_clear(&url);
            stet_buf_clear(&low);
        }
    stet_map_clear(&seen);
    tap_row(NULL);
}

static void keeps_within_its_limits(void)
{
    static const char *const fill[] = { "a", "a/", "A.", "%20", "aaaaaaaaa/" };

    for (size_t i = 0; i < sizeof(fill) / sizeof(fill[0]); i++) {
        struct stet_buf url;
        struct stet_bytes path;
        size_t part = 0;

        stet_buf_init(&url, 1 << 20);
        stet_buf_adds(&url, "http://");
        for (size_t k = 0; k < i * 10; k++)
            stet_buf_adds(&url, "long.");
        stet_buf_adds(&url, "h.example:65535/");
        while (url.len < 5000)
            stet_buf_adds(&url, fill[i]);
        CHECK_INT(stet_mirror_path(&path, stet_buf_span(&url),
                                   STET_SPAN("text/html"), NULL),
                  STET_OK);
        CHECK(path.len <= STET_MAX_MIRROR_PATH);
        CHECK(path.len > 50);
        for (size_t k = 0; k < path.len; k++) {
            part = path.data[k] == '/' ? 0 : part + 1;
            CHECK(part <= STET_MAX_MIRROR_NAME);
        }
        stet_bytes_clear(&path);
        stet_buf_clear(&url);
    }
}

static void leads_from_one_path_to_another(void)
{
    static const struct {
        const char *from, *to, *want;
    } ways[] = {
        { "a/b/c.html", "a/d.css", "../d.css" },
        { "a/b/c.html", "a/b/d.css", "d.css" },
        { "a/b/c.html", "a/b/c.html", "c.html" },
        { "a/b", "x/y/z", "../x/y/z" },
        { "a", "b", "b" },
        { "h/a.html", "h/a%20b.html", "a%2520b.html" },
        { "h/a.html", "h@http/x,y+z=~.html", "../h@http/x,y+z=~.html" },
    };

    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        struct stet_bytes out;

        tap_row(ways[i].to);
        CHECK_INT(stet_mirror_relative(&out, stet_span_of(ways[i].from),
                                       stet_span_of(ways[i].to)),
                  STET_OK);
        CHECK_SPAN(((struct stet_span){ out.data, out.len }), ways[i].want);
        stet_bytes_clear(&out);
    }
    tap_row(NULL);
}

static int path_once(void)
{
    struct stet_bytes out;
    int rc = stet_mirror_path(&out, STET_SPAN("https://h.example/A?b"),
                              STET_SPAN("text/html"), NULL);

    stet_bytes_clear(&out);
    return rc;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(path_once));
}

TESTS({ "gives every URL a path", gives_every_url_a_path },
      { "keeps URLs apart", keeps_urls_apart_and_names_short },
      { "keeps within its limits", keeps_within_its_limits },
      { "leads from one path to another", leads_from_one_path_to_another },
      { "survives every failed allocation", survives_every_failed_allocation })
