#include "stet/warc.h"

#include "base/buf.h"
#include "base/span.h"

#include "lib/tap.h"
#include "lib/torture.h"

enum { MAX = 1 << 21, LARGE = 200000 };

/* Reads the text of an HTTP response in pieces of three bytes. */
static int read_text(struct stet_buf *out, char charset[40],
                     struct stet_span block)
{
    struct stet_warc_reader *r = NULL;
    struct stet_warc_payload *p = NULL;
    struct stet_warc_text *t = NULL;
    struct stet_warc_record rec;
    struct stet_buf file;
    char piece[3];
    size_t got = 1;
    int rc;

    stet_buf_init(&file, MAX);
    stet_buf_addf(&file,
                  "WARC/1.1\r\nWARC-Type: response\r\nContent-Type: "
                  "application/http\r\nContent-Length: %zu\r\n\r\n",
                  block.len);
    stet_buf_add_span(&file, block);
    rc = stet_buf_status(&file);
    if (rc == STET_OK)
        rc = stet_warc_reader_from_memory(&r, stet_buf_span(&file), NULL, NULL);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(r, &rec, NULL);
    if (rc == STET_OK)
        rc = stet_warc_payload_open(&p, r, &rec, STET_WARC_BODY, NULL);
    if (rc == STET_OK)
        rc = stet_warc_text_open(&t, p, &rec, NULL);
    while (rc == STET_OK && got > 0) {
        rc = stet_warc_text_read(t, piece, sizeof(piece), &got, NULL);
        stet_buf_add(out, piece, got);
    }
    for (size_t i = 0; t && i < 40; i++)
        if (!(charset[i] = stet_warc_text_charset(t)[i]))
            break;
    stet_warc_text_free(t);
    stet_warc_payload_free(p);
    stet_warc_reader_free(r);
    stet_buf_clear(&file);
    return rc;
}

#define HEAD(type) "HTTP/1.1 200 OK\r\nContent-Type: " type "\r\n\r\n"

static void bodies_become_utf_8(void)
{
    static const struct {
        const char *name;
        struct stet_span block;
        const char *charset, *want;
    } rows[] = {
        { "ASCII", STET_SPAN_INIT(HEAD("text/plain") "abc"), "windows-1252",
          "abc" },
        { "UTF-8 unsaid", STET_SPAN_INIT(HEAD("text/plain") "d\303\251j"),
          "UTF-8", "d\303\251j" },
        { "the head's charset",
          STET_SPAN_INIT(HEAD("text/html; charset=latin1") "d\351j"),
          "windows-1252", "d\303\251j" },
        { "a byte order mark above it",
          STET_SPAN_INIT(HEAD("text/html; charset=latin1") "\377\376d\0\351\0"),
          "UTF-16LE", "d\303\251" },
        { "a meta element",
          STET_SPAN_INIT(HEAD("text/html") "<meta charset=koi8-r>\301"),
          "KOI8-R", "<meta charset=koi8-r>\320\260" },
        { "none in what is no markup",
          STET_SPAN_INIT(HEAD("text/plain") "<meta charset=koi8-r>\301"),
          "windows-1252", "<meta charset=koi8-r>\303\201" },
        { "a character cut off",
          STET_SPAN_INIT(HEAD("text/plain; charset=utf-8") "a\303"), "UTF-8",
          "a\357\277\275" },
        { "nothing", STET_SPAN_INIT(HEAD("text/plain")), "windows-1252", "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_buf out;
        char charset[40] = "";

        tap_row(rows[i].name);
        stet_buf_init(&out, MAX);
        CHECK_INT(read_text(&out, charset, rows[i].block), STET_OK);
        CHECK_STR(charset, rows[i].charset);
        CHECK_SPAN(stet_buf_span(&out), rows[i].want);
        stet_buf_clear(&out);
    }
    tap_row(NULL);
}

/* Characters of two bytes over every cut of pieces. */
static void large_bodies_come_piece_by_piece(void)
{
    struct stet_buf block, out;
    char charset[40];

    stet_buf_init(&block, MAX);
    stet_buf_init(&out, MAX);
    stet_buf_adds(&block, HEAD("text/plain; charset=shift_jis"));
    for (size_t i = 0; i < LARGE; i++)
        stet_buf_adds(&block, i % 7 ? "\202\240" : "a");
    CHECK_INT(read_text(&out, charset, stet_buf_span(&block)), STET_OK);
    CHECK_STR(charset, "Shift_JIS");
    CHECK_INT(out.len, LARGE / 7 + 1 + (LARGE - LARGE / 7 - 1) * 3);
    CHECK_INT(stet_span_find(stet_buf_span(&out), STET_SPAN("\357\277\275")),
              out.len);
    stet_buf_clear(&block);
    stet_buf_clear(&out);
}

static int read_once(void)
{
    struct stet_buf out;
    char charset[40];
    int rc;

    stet_buf_init(&out, MAX);
    rc = read_text(&out, charset, STET_SPAN(HEAD("text/html") "<p>abc"));
    if (rc == STET_OK)
        rc = stet_buf_status(&out);
    stet_buf_clear(&out);
    return rc;
}

static void no_memory_is_told(void)
{
    CHECK(torture(read_once));
}

TESTS({ "bodies become UTF-8", bodies_become_utf_8 },
      { "large bodies come piece by piece", large_bodies_come_piece_by_piece },
      { "no memory is told", no_memory_is_told })
