/* What a WACZ file says of itself, held against what is in it: as it is
 * checked, and as it is unpacked. */
#include "base/buf.h"
#include "base/file.h"
#include "base/span.h"
#include "lib/folder.h"
#include "lib/tap.h"
#include "lib/zipped.h"
#include "stet/check.h"
#include "stet/pack.h"
#include "wacz/zip.h"

#include <stdio.h>
#include <string.h>

static const char warc[] =
    "WARC/1.1\r\nWARC-Type: response\r\n"
    "WARC-Target-URI: http://a.example/\r\n"
    "WARC-Date: 2026-01-01T00:00:00Z\r\n"
    "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
    "Content-Type: application/http;msgtype=response\r\n"
    "Content-Length: 53\r\n\r\n"
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello"
    "\r\n\r\n";

static struct stet_buf made; /* a sound WACZ file */

static void make(bool sign)
{
    const char *in = folder_path("a.warc");
    struct stet_pack_options o = { .title = "t" };
    struct stet_error err = { 0 };

    CHECK_INT(stet_file_replace(
                  in, (struct stet_span){ warc, sizeof(warc) - 1 }, NULL),
              STET_OK);
    o.key = sign ? folder_path("key.pem") : NULL;
    CHECK_INT(stet_pack(&in, 1, folder_path("a.wacz"), &o, NULL, &err),
              STET_OK);
    CHECK_STR(err.text, "");
    stet_buf_init(&made, 1 << 20);
    CHECK_INT(stet_file_read(folder_path("a.wacz"), &made, NULL), STET_OK);
}

/* What is done to a WACZ file. */
struct change {
    const char *name;
    const char *drop;      /* this file */
    const char *add;       /* another one */
    const char *in;        /* in this file ... */
    const char *from, *to; /* ... the first of these becomes that */
};

static void change_file(struct stet_buf *out, struct stet_span bytes,
                        const struct change *c)
{
    size_t at = stet_span_find(bytes, stet_span_of(c->from));
    size_t end = at + strlen(c->from);

    CHECK(at < bytes.len);
    stet_buf_reset(out);
    stet_buf_add_span(out, stet_span_sub(bytes, 0, at));
    stet_buf_adds(out, c->to);
    stet_buf_add_span(out, stet_span_sub(bytes, end, bytes.len - end));
}

/* Writes b.wacz. */
static void change(const struct change *c)
{
    struct stet_zip z = { 0 };
    struct zipped out;
    struct stet_spool room;
    struct stet_buf text;
    bool changed = !c->drop && !c->in;

    zipped_init(&out);
    stet_spool_init(&room, NULL, 1 << 20);
    stet_buf_init(&text, 1 << 20);
    CHECK_INT(stet_zip_open(&z, stet_buf_span(&made), NULL), STET_OK);
    for (size_t i = 0; i < z.len; i++) {
        struct stet_span name = z.files[i].name, bytes;

        CHECK_INT(stet_zip_read(&z, &z.files[i], &room, &bytes, NULL), STET_OK);
        changed |= (c->drop && stet_span_eqs(name, c->drop)) ||
                   (c->in && stet_span_eqs(name, c->in));
        if (c->drop && stet_span_eqs(name, c->drop))
            continue;
        if (c->in && stet_span_eqs(name, c->in)) {
            change_file(&text, bytes, c);
            bytes = stet_buf_span(&text);
        }
        zipped_add(&out, name, bytes);
    }
    CHECK(changed);
    if (c->add)
        zipped_add(&out, stet_span_of(c->add), STET_SPAN("new"));
    CHECK_INT(stet_file_replace(folder_path("b.wacz"), zipped_end(&out), NULL),
              STET_OK);
    stet_buf_clear(&text);
    stet_spool_clear(&room);
    zipped_clear(&out);
    stet_zip_clear(&z);
}

/* Of the package alone: what its files hold is not this test's. */
static void on_finding(void *ctx, const struct stet_finding *f)
{
    struct stet_buf *b = ctx;

    if (strncmp(f->rule->name, "wacz-", 5) == 0 &&
        f->rule->level != STET_ADVICE)
        stet_buf_addf(b, "%s%s", b->len > 0 ? " " : "", f->rule->name + 5);
}

/* The rules that b.wacz breaks. */
static void check(struct stet_buf *out)
{
    struct stet_check_options o = { .on_finding = on_finding, .ctx = out };
    const char *path = folder_path("b.wacz");
    struct stet_check_result r;

    stet_buf_reset(out);
    CHECK_INT(stet_check(&path, 1, &o, &r, NULL), STET_OK);
}

static uint64_t unpack(void)
{
    static int nth;
    char dir[32];
    struct stet_pack_result r = { 0 };

    snprintf(dir, sizeof(dir), "out%d", nth++);
    CHECK_INT(stet_unpack(folder_path("b.wacz"), folder_path(dir), NULL, NULL,
                          &r, NULL),
              STET_OK);
    return r.bad;
}

struct row {
    struct change c;
    const char *broken; /* rules, as it is checked */
    uint64_t bad;       /* told as it is unpacked */
};

static void check_rows(const struct row *rows, size_t n, bool sign)
{
    struct stet_buf found;

    folder_make();
    stet_buf_init(&found, 1 << 16);
    make(sign);
    for (size_t i = 0; i < n; i++) {
        tap_row(rows[i].c.name);
        change(&rows[i].c);
        check(&found);
        CHECK_SPAN(stet_buf_span(&found), rows[i].broken);
        CHECK_INT(unpack(), rows[i].bad);
    }
    tap_row(NULL);
    stet_buf_clear(&made);
    stet_buf_clear(&found);
    folder_remove();
}

static void tells_what_is_not_as_it_says(void)
{
    static const struct row rows[] = {
        { { .name = "as it was" }, "", 0 },
        { { .name = "a file more", .add = "fonts/x" }, "listed", 1 },
        { { .name = "a WARC more", .add = "archive/x.warc" }, "listed", 1 },
        { { .name = "no WARC", .drop = "archive/a.warc" }, "layout listed", 1 },
        { { .name = "no pages", .drop = "pages/pages.jsonl" },
          "layout listed",
          1 },
        { { .name = "no index", .drop = "indexes/index.cdx" },
          "layout listed",
          1 },
        { { .name = "no package", .drop = "datapackage.json" }, "layout", 1 },
        { { .name = "no digest", .drop = "datapackage-digest.json" },
          "no-digest",
          0 },
        { { .name = "a changed byte",
            .in = "archive/a.warc",
            .from = "hello",
            .to = "hallo" },
          "hash",
          1 },
        { { .name = "a byte more",
            .in = "pages/pages.jsonl",
            .from = "\n",
            .to = "\n\n" },
          "hash hash",
          1 },
        { { .name = "another hash",
            .in = "datapackage.json",
            .from = "sha256:",
            .to = "sha256:0" },
          "package digest",
          2 },
        { { .name = "another title",
            .in = "datapackage.json",
            .from = "\"t\"",
            .to = "\"u\"" },
          "digest",
          1 },
        { { .name = "no JSON",
            .in = "datapackage.json",
            .from = "{",
            .to = "" },
          "package digest",
          2 },
        { { .name = "another digest",
            .in = "datapackage-digest.json",
            .from = "sha256:",
            .to = "sha256:0" },
          "digest",
          1 },
    };

    check_rows(rows, sizeof(rows) / sizeof(rows[0]), false);
}

static void tells_what_was_not_signed(void)
{
    static const struct row rows[] = {
        { { .name = "as it was" }, "", 0 },
        { { .name = "another title",
            .in = "datapackage.json",
            .from = "\"t\"",
            .to = "\"u\"" },
          "digest signature",
          1 },
        { { .name = "another signature",
            .in = "datapackage-digest.json",
            .from = "\"signature\": \"",
            .to = "\"signature\": \"AAAA" },
          "signature",
          0 },
        { { .name = "no signature",
            .in = "datapackage-digest.json",
            .from = "\"signature\"",
            .to = "\"signatures\"" },
          "signature signature",
          0 },
        { { .name = "another key",
            .in = "datapackage-digest.json",
            .from = "\"publicKey\": \"",
            .to = "\"publicKey\": \"AAAA" },
          "signature",
          0 },
        { { .name = "no key",
            .in = "datapackage-digest.json",
            .from = "\"publicKey\"",
            .to = "\"publicKeys\"" },
          "signature signature signature",
          0 },
        { { .name = "no version",
            .in = "datapackage-digest.json",
            .from = "\"version\"",
            .to = "\"versions\"" },
          "signature signature",
          0 },
        { { .name = "no date",
            .in = "datapackage-digest.json",
            .from = "\"created\": \"",
            .to = "\"created\": \"x" },
          "signature",
          0 },
    };

    check_rows(rows, sizeof(rows) / sizeof(rows[0]), true);
}

TESTS({ "tells what is not as it says", tells_what_is_not_as_it_says },
      { "tells what was not signed", tells_what_was_not_signed })
