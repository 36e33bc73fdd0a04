#include "base/buf.h"
#include "base/span.h"
#include "lib/folder.h"
#include "lib/tap.h"
#include "stet/diff.h"

#include <stdio.h>
#include <string.h>

/* A capture of a test's archive. */
struct capture {
    const char *url, *date; /* "2026-01-01" */
    const char *digest;     /* NULL: no field */
    const char *body;       /* NULL: a revisit */
    const char *mime;       /* NULL: text/html */
    const char *status;     /* NULL: 200 OK */
};

static void write_warc(const char *name, const struct capture *c, size_t n)
{
    FILE *f = fopen(folder_path(name), "wb");

    CHECK(f != NULL);
    for (size_t i = 0; i < n; i++) {
        const char *body = c[i].body ? c[i].body : "";
        struct stet_buf http, digest;

        stet_buf_init(&http, 1 << 20);
        stet_buf_init(&digest, 1 << 10);
        stet_buf_addf(&http, "HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n%s",
                      c[i].status ? c[i].status : "200 OK",
                      c[i].mime ? c[i].mime : "text/html", body);
        stet_buf_adds(&digest, "");
        if (c[i].digest)
            stet_buf_addf(&digest, "WARC-Payload-Digest: %s\r\n", c[i].digest);
        fprintf(f,
                "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
                "WARC-Date: %sT00:00:00Z\r\n"
                "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012zu>\r\n"
                "%.*sContent-Type: application/http;msgtype=response\r\n"
                "Content-Length: %zu\r\n\r\n%.*s\r\n\r\n",
                c[i].body ? "response" : "revisit", c[i].url, c[i].date, i,
                (int)digest.len, digest.len ? digest.data : "", http.len,
                (int)http.len, http.data);
        stet_buf_clear(&digest);
        stet_buf_clear(&http);
    }
    fclose(f);
}

static int write_down(void *ctx, const struct stet_diff *d)
{
    struct stet_buf *b = ctx;

    stet_buf_addf(b, "%s %.*s[%.*s][%.*s]\n", stet_diff_kind_name(d->kind),
                  (int)d->name.len, d->name.ptr ? d->name.ptr : "",
                  (int)d->a.len, d->a.ptr ? d->a.ptr : "", (int)d->b.len,
                  d->b.ptr ? d->b.ptr : "");
    return STET_OK;
}

/* Compares the files a and b, or the captures of a. */
static void check_diff(const char *page, bool two, const char *want)
{
    struct stet_diff_options o = { .page = page, .on_diff = write_down };
    struct stet_error err = { 0 };
    struct stet_buf got;

    stet_buf_init(&got, 1 << 20);
    o.ctx = &got;
    CHECK_INT(stet_diff(folder_path("a.warc"),
                        two ? folder_path("b.warc") : NULL, &o, NULL, &err),
              STET_OK);
    CHECK_STR(err.text, "");
    CHECK_SPAN(stet_buf_span(&got), want);
    stet_buf_clear(&got);
}

#define P1 \
    "<p>The harbour board voted on Tuesday to widen the channel, at last."
#define P2 \
    "<p>Boats of the larger class have had to wait for the tide since May."
#define P3 "<p>Opponents say that it will take the sand from the eastern beach."
#define T1 "The harbour board voted on Tuesday to widen the channel, at last."
#define T2 "Boats of the larger class have had to wait for the tide since May."
#define T3 "Opponents say that it will take the sand from the eastern beach."
#define PAGE(head, text)                                          \
    "<!doctype html><html lang=en><head>" head "</head><article>" \
    "<h1>Harbour board votes</h1>" text "</article></html>"
#define URL "http://a.example/2026/01/02/harbour"

/* Two files of one page each. */
static void check_pages(const char *a, const char *b, const char *want)
{
    const struct capture x = { URL, "2026-01-01", NULL, a, NULL, NULL };
    const struct capture y = { URL, "2026-02-01", NULL, b, NULL, NULL };

    folder_make();
    write_warc("a.warc", &x, 1);
    write_warc("b.warc", &y, 1);
    check_diff(NULL, true, want);
    folder_remove();
}

static void tells_what_became_of_the_text(void)
{
    static const struct {
        const char *name, *a, *b, *want;
    } rows[] = {
        { "the same", PAGE("", P1 P2 P3), PAGE("", P1 P2 P3), "" },
        { "other markup", PAGE("", P1 P2 P3),
          PAGE("", P1 "</p>\n\n<!-- x -->" P2 P3), "" },
        { "one gone", PAGE("", P1 P2 P3), PAGE("", P1 P3),
          "text-gone [" T2 "][]\n" },
        { "one new", PAGE("", P1 P3), PAGE("", P1 P2 P3),
          "text-new [][" T2 "]\n" },
        { "one at the end", PAGE("", P1 P2), PAGE("", P1 P2 P3),
          "text-new [][" T3 "]\n" },
        { "another", PAGE("", P1 P2), PAGE("", P1 P3),
          "text-gone [" T2 "][]\ntext-new [][" T3 "]\n" },
        { "another order", PAGE("", P1 P2 P3), PAGE("", P2 P1 P3),
          "text-gone [" T1 "][]\ntext-new [][" T1 "]\n" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].name);
        check_pages(rows[i].a, rows[i].b, rows[i].want);
    }
    tap_row(NULL);
}

#define SECTION(s) "<meta property='article:section' content='" s "'>"
#define AUTHOR(s)  "<meta name=author content='" s "'>"

static void tells_what_became_of_facts(void)
{
    static const struct {
        const char *name, *a, *b, *want;
    } rows[] = {
        { "another order", PAGE(SECTION("Sea") AUTHOR("Ann Blake"), P1),
          PAGE(AUTHOR("Ann Blake") SECTION("Sea"), P1), "" },
        { "changed", PAGE(SECTION("Sea"), P1), PAGE(SECTION("Coast"), P1),
          "fact section[\"Sea\"][\"Coast\"]\n" },
        { "gone", PAGE(SECTION("Sea"), P1), PAGE("", P1),
          "fact section[\"Sea\"][]\nfact section-source[\"meta\"][]\n" },
        { "new", PAGE("", P1), PAGE(SECTION("Sea"), P1),
          "fact section[][\"Sea\"]\nfact section-source[][\"meta\"]\n" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].name);
        check_pages(rows[i].a, rows[i].b, rows[i].want);
    }
    tap_row(NULL);
}

#define CSS(u) "<link rel=stylesheet href=/" u ".css>"
#define ITS(u) "http://a.example/" u ".css"

static void tells_what_became_of_what_it_needs(void)
{
    static const struct {
        const char *name, *a, *b, *want;
    } rows[] = {
        { "another order", CSS("1") CSS("2"), CSS("2") CSS("1"), "" },
        { "twice", CSS("1"), CSS("1") CSS("1"), "" },
        { "gone and new", CSS("1") CSS("2"), CSS("2") CSS("3"),
          "needed-gone " ITS("1") "[][]\nneeded-new " ITS("3") "[][]\n" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_buf a, b;

        tap_row(rows[i].name);
        stet_buf_init(&a, 1 << 16);
        stet_buf_init(&b, 1 << 16);
        stet_buf_addf(&a, "<!doctype html><title>t</title>%s", rows[i].a);
        stet_buf_addf(&b, "<!doctype html><title>t</title>%s", rows[i].b);
        stet_buf_addc(&a, '\0');
        stet_buf_addc(&b, '\0');
        check_pages(a.data, b.data, rows[i].want);
        stet_buf_clear(&b);
        stet_buf_clear(&a);
    }
    tap_row(NULL);
}

/* SHA-1 and SHA-256 of "abc", in the ways that archives write them. */
#define SHA1      "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"
#define SHA1_HEX  "sha1:a9993e364706816aba3e25717850c26c9cd0d89d"
#define SHA1_DASH "SHA-1:A9993E364706816ABA3E25717850C26C9CD0D89D"
#define SHA256 \
    "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define OTHER "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void compares_digests_in_any_form(void)
{
    static const struct {
        const char *name, *a, *b;
        bool changed;
    } rows[] = {
        { "the same", SHA1, SHA1, false },
        { "another", SHA1, OTHER, true },
        { "Base32 and hex", SHA1, SHA1_HEX, false },
        { "another label", SHA1, SHA1_DASH, false },
        { "hex and another", SHA1_HEX, OTHER, true },
        { "two kinds", SHA1, SHA256, false },
        { "unknown to us", "blake9:aa", "blake9:aa", false },
        { "unknown to us, another", "blake9:aa", "blake9:ab", true },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *page = "<!doctype html><title>t</title>" CSS("1");
        const struct capture a[] = {
            { URL, "2026-01-01", NULL, page, NULL, NULL },
            { ITS("1"), "2026-01-01", rows[i].a, "abc", "text/css", NULL },
        };
        const struct capture b[] = {
            { URL, "2026-01-01", NULL, page, NULL, NULL },
            { ITS("1"), "2026-01-01", rows[i].b, "abc", "text/css", NULL },
        };
        struct stet_diff_result r;

        tap_row(rows[i].name);
        folder_make();
        write_warc("a.warc", a, 2);
        write_warc("b.warc", b, 2);
        CHECK_INT(stet_diff(folder_path("a.warc"), folder_path("b.warc"), NULL,
                            &r, NULL),
                  STET_OK);
        CHECK_INT(r.pages, 1);
        CHECK_INT(r.differences, rows[i].changed);
        CHECK_INT(r.changed, rows[i].changed);
        folder_remove();
    }
    tap_row(NULL);
}

static void compares_captures_of_one_archive(void)
{
    static const struct capture all[] = {
        { URL, "2026-01-01", SHA1, PAGE("", P1 P2), NULL, NULL },
        { URL, "2026-02-01", OTHER, PAGE("", P1 P3), NULL, NULL },
        { URL, "2026-03-01", SHA1_HEX, NULL, NULL, NULL }, /* the first */
        { URL, "2026-04-01", NULL, "gone", NULL, "404 Not Found" },
    };

    folder_make();
    write_warc("a.warc", all, 2);
    check_diff(NULL, false, "text-gone [" T2 "][]\ntext-new [][" T3 "]\n");
    write_warc("a.warc", all, 4);
    check_diff(NULL, false, ""); /* a revisit is what it refers to */
    check_diff(URL, false, "");
    write_warc("a.warc", all + 2, 2); /* no original, and no page */
    check_diff(NULL, false, "");
    folder_remove();
}

static void tells_of_pages_that_one_side_has(void)
{
    static const struct capture a[] = {
        { "http://a.example/both", "2026-01-01", NULL, PAGE("", P1), NULL,
          NULL },
        { "http://a.example/old", "2026-01-01", NULL, PAGE("", P1), NULL,
          NULL },
        { "http://a.example/text", "2026-01-01", NULL, "x", "text/plain",
          NULL },
        { "http://a.example/lost", "2026-01-01", NULL, PAGE("", P1), NULL,
          NULL },
    };
    static const struct capture b[] = {
        { "http://a.example/new", "2026-02-01", NULL, PAGE("", P1), NULL,
          NULL },
        { "http://a.example/both", "2026-02-01", NULL, PAGE("", P1), NULL,
          NULL },
        { "http://a.example/lost", "2026-02-01", NULL, PAGE("", P1), NULL,
          "404 Not Found" },
    };
    struct stet_diff_result r;

    folder_make();
    write_warc("a.warc", a, 4);
    write_warc("b.warc", b, 3);
    check_diff(NULL, true, "page-gone [][]\npage-gone [][]\npage-new [][]\n");
    CHECK_INT(
        stet_diff(folder_path("a.warc"), folder_path("b.warc"), NULL, &r, NULL),
        STET_OK);
    CHECK_INT(r.pages, 1);
    CHECK_INT(r.changed, 0);
    CHECK_INT(r.differences, 3);
    folder_remove();
}

static int stop(void *ctx, const struct stet_diff *d)
{
    (void)d;
    return ++*(int *)ctx == 2 ? STET_EIO : STET_OK;
}

static void fails_where_it_should(void)
{
    static const struct capture a[] = {
        { URL, "2026-01-01", NULL, PAGE("", P1 P2 P3), NULL, NULL },
    };
    static const struct capture b[] = {
        { URL, "2026-02-01", NULL, PAGE("", "<p>."), NULL, NULL },
    };
    int n = 0;
    struct stet_diff_options o = { .on_diff = stop, .ctx = &n };
    struct stet_error err = { 0 };

    folder_make();
    write_warc("a.warc", a, 1);
    write_warc("b.warc", b, 1);
    CHECK_INT(
        stet_diff(folder_path("a.warc"), folder_path("b.warc"), &o, NULL, &err),
        STET_EIO);
    CHECK_INT(n, 2);
    o = (struct stet_diff_options){ .page = "http://a.example/none" };
    CHECK_INT(
        stet_diff(folder_path("a.warc"), folder_path("b.warc"), &o, NULL, &err),
        STET_ENOTFOUND);
    CHECK_STR(err.text, "there is no such page: http://a.example/none");
    CHECK_INT(
        stet_diff(folder_path("a.warc"), folder_path("none"), NULL, NULL, &err),
        STET_ENOTFOUND);
    folder_remove();
}

static void reads_times(void)
{
    int64_t ms;

    CHECK_INT(stet_diff_parse_time(&ms, STET_SPAN("2026-01-01T00:00:00Z")),
              STET_OK);
    CHECK_INT(ms, 1767225600000);
    CHECK_INT(stet_diff_parse_time(&ms, STET_SPAN("20260101000000")), STET_OK);
    CHECK_INT(ms, 1767225600000);
    CHECK_INT(stet_diff_parse_time(&ms, STET_SPAN("yesterday")), STET_EFORMAT);
    CHECK_INT(stet_diff_parse_time(&ms, STET_SPAN("")), STET_EFORMAT);
}

TESTS({ "tells what became of the text", tells_what_became_of_the_text },
      { "tells what became of facts", tells_what_became_of_facts },
      { "tells what became of what it needs",
        tells_what_became_of_what_it_needs },
      { "compares digests in any form", compares_digests_in_any_form },
      { "compares captures of one archive", compares_captures_of_one_archive },
      { "tells of pages that one side has", tells_of_pages_that_one_side_has },
      { "fails where it should", fails_where_it_should },
      { "reads times", reads_times })
