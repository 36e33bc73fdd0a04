#include "stet/export.h"

#include "base/file.h"
#include "base/span.h"
#include "lib/folder.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <stdio.h>
#include <string.h>

#define BOM "\xEF\xBB\xBF"

/* A page whose byte order mark spares it the search for a charset (which
 * answers, if worse, without memory), a picture, a redirect and a revisit. */
static const struct {
    const char *type, *url, *extra, *block;
} records[] = {
    { "response", "http://h.example/", "",
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" BOM
      "<img src=/p.png><a href=/r>r</a><svg><use href=/i.svg#a /></svg>" },
    { "response", "http://h.example/p.png", "",
      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\npicture" },
    { "response", "http://h.example/i.svg", "",
      "HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\n\r\n" BOM
      "<svg><g id=a /></svg>" },
    { "response", "http://h.example/r", "",
      "HTTP/1.1 302 Found\r\nLocation: /q.png\r\n\r\n" },
    { "revisit", "http://h.example/q.png",
      "WARC-Refers-To-Target-URI: http://h.example/p.png\r\n"
      "WARC-Refers-To-Date: 2024-11-23T12:00:00Z\r\n",
      "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" },
};

static void write_warc(const char *path)
{
    struct stet_buf b;

    stet_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
        stet_buf_addf(&b,
                      "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:%zu>"
                      "\r\nWARC-Date: 2024-11-23T12:00:00Z\r\n"
                      "WARC-Target-URI: %s\r\n%sContent-Type: "
                      "application/http;msgtype=response\r\n"
                      "Content-Length: %zu\r\n\r\n%s\r\n\r\n",
                      records[i].type, i, records[i].url, records[i].extra,
                      strlen(records[i].block), records[i].block);
    CHECK_INT(stet_file_replace(path, stet_buf_span(&b), NULL), STET_OK);
    stet_buf_clear(&b);
}

static int export(struct stet_export_summary *s)
{
    static char warc[512], dir[512];
    const char *inputs[] = { warc };
    struct stet_export_options o;

    snprintf(warc, sizeof(warc), "%s", folder_path("a.warc"));
    snprintf(dir, sizeof(dir), "%s", folder_path("mirror"));
    stet_export_options_init(&o);
    o.inputs = inputs;
    o.n_inputs = 1;
    o.dir = dir;
    o.force = true;
    return stet_export(&o, s, NULL);
}

static bool holds(const char *path, const char *want)
{
    struct stet_buf b;
    bool same;

    stet_buf_init(&b, 1 << 20);
    same = stet_file_read(path, &b, NULL) == STET_OK &&
           stet_span_find(stet_buf_span(&b), stet_span_of(want)) <
               stet_buf_span(&b).len;
    stet_buf_clear(&b);
    return same;
}

static void makes_a_mirror(void)
{
    struct stet_export_summary s;

    (void)folder_make();
    write_warc(folder_path("a.warc"));
    CHECK_INT(export(&s), STET_OK);
    CHECK_INT(s.captures, 5);
    CHECK_INT(s.files, 5);
    CHECK_INT(s.documents, 2);
    CHECK_INT(s.redirects, 1);
    CHECK_INT(s.inlined, 1);
    CHECK_INT(s.pages, 1);
    CHECK_INT(s.failed, 0);
    CHECK(holds(folder_path("mirror/h.example@http/index.html"),
                "<img src=p.png><a href=q.png>r</a>"
                "<svg><use href=#stet-1-a /></svg>"));
    CHECK(holds(folder_path("mirror/h.example@http/q.png"), "picture"));
    CHECK(holds(folder_path("mirror/index.html"),
                "href=\"h.example%40http/index.html\"") ||
          holds(folder_path("mirror/index.html"),
                "href=\"h.example@http/index.html\""));
    folder_remove();
}

static int work(void)
{
    struct stet_export_summary s;

    return export(&s);
}

static void survives_failing_allocations(void)
{
    (void)folder_make();
    write_warc(folder_path("a.warc"));
    CHECK(torture(work));
    folder_remove();
}

static const struct {
    const char *text;
    int rc;
    int64_t ms;
} times[] = {
    { "2024-11-23T12:00:00Z", STET_OK, 1732363200000 },
    { "20241123120000", STET_OK, 1732363200000 },
    { "2024", STET_OK, 1704067200000 },
    { "2024-02", STET_OK, 1706745600000 },
    { "", STET_EFORMAT, 0 },
    { "yesterday", STET_EFORMAT, 0 },
};

static void reads_times(void)
{
    for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
        struct stet_export_options o;

        tap_row(times[i].text);
        stet_export_options_init(&o);
        CHECK_INT(stet_export_set_time(&o, stet_span_of(times[i].text)),
                  times[i].rc);
        CHECK_INT(o.time_ms, times[i].ms);
        CHECK(o.has_time == (times[i].rc == STET_OK));
    }
    tap_row(NULL);
}

TESTS({ "an archive becomes a mirror", makes_a_mirror },
      { "no memory is an error and no leak", survives_failing_allocations },
      { "times are read", reads_times })
