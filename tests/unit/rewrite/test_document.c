#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/rewrite.h"

#define SPRITE                                                       \
    "<svg xmlns='http://www.w3.org/2000/svg'><symbol id='a'><title>" \
    "\xC3\xBC</title><use href='#b'/></symbol><g id='b'><g/></g>"    \
    "<g id='c'><circle/></svg>"

#define HOLD                                                          \
    "\n<svg xmlns=\"http://www.w3.org/2000/svg\""                     \
    " xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"0\""       \
    " height=\"0\" aria-hidden=\"true\" style=\"position:absolute!"   \
    "important;width:0!important;height:0!important;overflow:hidden!" \
    "important\"><defs>\n"
#define HELD "\n</defs></svg>\n"
#define BOM  "\xEF\xBB\xBF"

static const struct {
    const char *name, *type, *charset, *content, *want;
    unsigned done;
} rows[] = {
    { "plain ASCII", "text/html", "utf-8", "<p>a", "<p>a", 0 },
    { "UTF-8 by the header alone", "text/html", "utf-8", "<p>\xC3\xBC",
      BOM "<p>\xC3\xBC", STET_MIRROR_DECLARED },
    { "UTF-8 by the header and a meta", "text/html", "utf-8",
      "<meta charset=utf-8>\xC3\xBC", "<meta charset=utf-8>\xC3\xBC", 0 },
    { "the header against a meta", "text/html", "utf-8",
      "<meta charset=latin1>\xC3\xBC", BOM "<meta charset=latin1>\xC3\xBC",
      STET_MIRROR_DECLARED },
    { "nothing says it", "text/html", "", "<p>\xC3\xBC", "<p>\xC3\xBC", 0 },
    { "another charset", "text/html", "shift_jis",
      "<!-- x --><!DOCTYPE html> <p>\x82\xA0",
      "<!-- x --><!DOCTYPE html><meta charset=\"Shift_JIS\"> <p>\x82\xA0",
      STET_MIRROR_DECLARED },
    { "another, no doctype", "text/html", "koi8-r", "<p>\xC1",
      "<meta charset=\"KOI8-R\"><p>\xC1", STET_MIRROR_DECLARED },
    { "UTF-16", "text/html", "utf-16be", "\0<\0p\0>\0a", BOM "<p>a",
      STET_MIRROR_RECODED },
    { "ISO-2022-JP", "text/html", "iso-2022-jp", "\x1B$B$\"\x1B(B",
      BOM "\xE3\x81\x82", STET_MIRROR_RECODED },
    { "a sheet by the header", "text/css", "latin1", "a{content:'\xFC'}",
      "@charset \"windows-1252\";a{content:'\xFC'}", STET_MIRROR_DECLARED },
    { "a sheet that says it", "text/css", "latin1",
      "@charset \"latin1\";a{content:'\xFC'}",
      "@charset \"latin1\";a{content:'\xFC'}", 0 },
    { "a script by the header", "text/javascript", "utf-8", "'\xC3\xBC'",
      BOM "'\xC3\xBC'", STET_MIRROR_DECLARED },
    { "a text in another charset", "text/plain", "latin1", "\xFC",
      BOM "\xC3\xBC", STET_MIRROR_RECODED },
    { "a script that its page knows", "text/javascript", "", "'\xFC'", "'\xFC'",
      0 },
    { "SVG by the header", "image/svg+xml", "latin1", "<svg>\xFC</svg>",
      BOM "<svg>\xC3\xBC</svg>", STET_MIRROR_RECODED },
    { "what is disarmed", "text/html", "",
      "<link rel=manifest href=/m><script src=/s integrity=x></script>",
      "<link rel=manifest _href=https://h.example/m>"
      "<script src=https://h.example/s _integrity=x></script>",
      0 },
    { "an import map", "text/html", "",
      "<script type=importmap>{\"imports\":{\"i\":\"/i.svg\"}}</script>",
      "<script type=importmap>{\"imports\":{\"i\":\"./i.svg\"}}</script>", 0 },
    { "an element of another file", "text/html", "",
      "<svg><use href='/i.svg#a'/></svg>",
      "<svg><use href='#stet-1-a'/></svg>" HOLD
      "<symbol id='stet-1-a'><title>&#252;</title><use href='#stet-1-b'/>"
      "</symbol><g id='stet-1-b'><g/></g>" HELD,
      STET_MIRROR_INLINED },
    { "the same twice", "text/html", "",
      "<svg><use href=/i.svg#b /><use xlink:href=/i.svg#b /></svg>",
      "<svg><use href=#stet-1-b /><use xlink:href=#stet-1-b /></svg>" HOLD
      "<g id='stet-1-b'><g/></g>" HELD,
      STET_MIRROR_INLINED },
    { "one that is not closed", "text/html", "",
      "<svg><use href='/i.svg#c'/></svg>", "<svg><use href='i.svg#c'/></svg>",
      0 },
    { "one that is not there", "text/html", "",
      "<svg><use href='/i.svg#zz'/></svg>", "<svg><use href='i.svg#zz'/></svg>",
      0 },
    { "one whose name is odd", "text/html", "",
      "<svg><use href='/i.svg#a&quot;b'/></svg>",
      "<svg><use href='i.svg#a%22b'/></svg>", 0 },
    { "a file that is not there", "text/html", "",
      "<svg><use href='/j.svg#a'/></svg>",
      "<svg><use href='https://h.example/j.svg#a'/></svg>", 0 },
    { "all of it", "text/html", "",
      BOM "<svg><use href=/i.svg#b /></svg><a href=/x>x</a>",
      BOM "<svg><use href=#stet-1-b /></svg>"
          "<a href=https://h.example/x>x</a>" HOLD
          "<g id='stet-1-b'><g/></g>" HELD,
      STET_MIRROR_INLINED },
};

static int find(void *ctx, const struct stet_link *l, struct stet_span *path)
{
    (void)ctx;
    if (!stet_span_eqs(l->url, "https://h.example/i.svg"))
        return STET_ENOTFOUND;
    *path = STET_SPAN("h.example/i.svg");
    return STET_OK;
}

static int read_file(void *ctx, struct stet_span url, struct stet_span *text)
{
    (void)ctx;
    if (!stet_span_eqs(url, "https://h.example/i.svg"))
        return STET_ENOTFOUND;
    *text = STET_SPAN(SPRITE);
    return STET_OK;
}

static int make(size_t i, struct stet_bytes *out, unsigned *done)
{
    struct stet_mirror_document d = {
        .url = STET_SPAN("https://h.example/"),
        .media_type = stet_span_of(rows[i].type),
        .charset = stet_span_of(rows[i].charset),
        .find = find,
        .read = read_file,
    };
    struct stet_span content = stet_span_of(rows[i].content);

    if (stet_span_eqs(d.charset, "utf-16be"))
        content.len = 8;
    return stet_mirror_document(out, done, &d, content, NULL);
}

static void makes_documents_fit_for_disk(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_bytes out;
        unsigned done;

        tap_row(rows[i].name);
        CHECK_INT(make(i, &out, &done), STET_OK);
        CHECK_SPAN(((struct stet_span){ out.data, out.len }), rows[i].want);
        CHECK_INT(done, rows[i].done);
        stet_bytes_clear(&out);
    }
    tap_row(NULL);
}

/* The last row, whose byte order mark spares it the search for a charset
 * (which answers, if worse, without memory). */
static int work(void)
{
    struct stet_bytes out;
    int rc = make(sizeof(rows) / sizeof(rows[0]) - 1, &out, NULL);

    stet_bytes_clear(&out);
    return rc;
}

static void survives_failing_allocations(void)
{
    CHECK(torture(work));
}

/* What is missing leads to a page of the mirror, if a person follows it. */
static void leads_to_a_notice(void)
{
    struct stet_mirror_document d = {
        .url = STET_SPAN("https://h.example/x/"),
        .media_type = STET_SPAN("text/html"),
        .find = find,
        .missing = STET_SPAN("_missing.html"),
    };
    struct stet_bytes out;

    CHECK_INT(stet_mirror_document(
                  &out, NULL, &d,
                  STET_SPAN("<a href='/y?a=1#z'>y</a><img src=/p>"), NULL),
              STET_OK);
    CHECK_SPAN(((struct stet_span){ out.data, out.len }),
               "<a href='../../_missing.html#https://h.example/y?a=1#z'>y</a>"
               "<img src=https://h.example/p>");
    stet_bytes_clear(&out);
}

TESTS({ "documents are made fit for disk", makes_documents_fit_for_disk },
      { "no memory is an error and no leak", survives_failing_allocations },
      { "what is missing leads to a notice", leads_to_a_notice })
