#include "stet/warc.h"

#include "base/buf.h"
#include "base/span.h"
#include "codec/codec.h"
#include "warc/record.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

static const char *const forms[] = { "raw", "entity", "body" };

/* Packs a response record of head and body and reads it in a form. */
static int read_in(struct stet_buf *out, enum stet_warc_form form,
                   struct stet_span head, struct stet_span body)
{
    static const struct stet_warc_pack plain = { 0 };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_payload *p = NULL;
    struct stet_warc_record rec;
    struct stet_warc_header h;
    struct stet_spool spool;
    struct stet_span all;
    char piece[7];
    size_t got = 1;
    int rc;

    stet_spool_init(&spool, NULL, 1 << 20);
    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, STET_WARC_1_1, "response", "u", 0);
    stet_warc_header_add(&h, "Content-Type", STET_WARC_HTTP_RESPONSE);
    rc = stet_warc_record_pack(&spool, &h, head, body, &plain, NULL);
    if (rc == STET_OK)
        rc = stet_spool_view(&spool, &all, NULL);
    if (rc == STET_OK)
        rc = stet_warc_reader_from_memory(&r, all, NULL, NULL);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(r, &rec, NULL);
    if (rc == STET_OK)
        rc = stet_warc_payload_open(&p, r, &rec, form, NULL);
    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(p, piece, sizeof(piece), &got, NULL);
        stet_buf_add(out, piece, got);
    }
    stet_warc_payload_free(p);
    stet_warc_reader_free(r);
    stet_warc_header_clear(&h);
    stet_spool_clear(&spool);
    return rc == STET_OK ? stet_buf_status(out) : rc;
}

#define OK      "HTTP/1.1 200 OK\r\n"
#define CHUNKED "Transfer-Encoding: chunked\r\n"
#define GZIPPED "Content-Encoding: gzip\r\n"
/* "stet stet stet stet\n" as one gzip member, in two chunks below. */
#define GZ_FRONT "\037\213\010\000\000\000\000\000\002\377\053\056\111\055"
#define GZ_BACK  "\121\050\106\041\270\000\047\310\100\043\024\000\000\000"

static void each_form_undoes_its_coding(void)
{
    static const struct {
        const char *name;
        struct stet_span head, body;
        struct {
            int rc;
            struct stet_span text;
        } want[3];
    } rows[] = {
        { "plain",
          STET_SPAN_INIT(OK "\r\n"),
          STET_SPAN_INIT("abc"),
          { { STET_OK, STET_SPAN_INIT("abc") },
            { STET_OK, STET_SPAN_INIT("abc") },
            { STET_OK, STET_SPAN_INIT("abc") } } },
        { "chunked",
          STET_SPAN_INIT(OK CHUNKED "\r\n"),
          STET_SPAN_INIT("2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"),
          { { STET_OK, STET_SPAN_INIT("2\r\nab\r\n1\r\nc\r\n0\r\n\r\n") },
            { STET_OK, STET_SPAN_INIT("abc") },
            { STET_OK, STET_SPAN_INIT("abc") } } },
        { "said to be chunked",
          STET_SPAN_INIT(OK CHUNKED "\r\n"),
          STET_SPAN_INIT("<p>abc"),
          { { STET_OK, STET_SPAN_INIT("<p>abc") },
            { STET_OK, STET_SPAN_INIT("<p>abc") },
            { STET_OK, STET_SPAN_INIT("<p>abc") } } },
        { "last chunk missing",
          STET_SPAN_INIT(OK CHUNKED "\r\n"),
          STET_SPAN_INIT("3\r\nabc\r\n"),
          { { STET_OK, STET_SPAN_INIT("3\r\nabc\r\n") },
            { STET_ETRUNC, STET_SPAN_INIT("abc") },
            { STET_ETRUNC, STET_SPAN_INIT("abc") } } },
        { "gzip",
          STET_SPAN_INIT(OK GZIPPED "\r\n"),
          STET_SPAN_INIT(GZ_FRONT GZ_BACK),
          { { STET_OK, STET_SPAN_INIT(GZ_FRONT GZ_BACK) },
            { STET_OK, STET_SPAN_INIT(GZ_FRONT GZ_BACK) },
            { STET_OK, STET_SPAN_INIT("stet stet stet stet\n") } } },
        { "gzip cut off",
          STET_SPAN_INIT(OK GZIPPED "\r\n"),
          STET_SPAN_INIT(GZ_FRONT),
          { { STET_OK, STET_SPAN_INIT(GZ_FRONT) },
            { STET_OK, STET_SPAN_INIT(GZ_FRONT) },
            { STET_ETRUNC, STET_SPAN_INIT("ste") } } },
        { "not gzip",
          STET_SPAN_INIT(OK GZIPPED "\r\n"),
          STET_SPAN_INIT("abc"),
          { { STET_OK, STET_SPAN_INIT("abc") },
            { STET_OK, STET_SPAN_INIT("abc") },
            { STET_EFORMAT, STET_SPAN_INIT("") } } },
        { "gzip of nothing",
          STET_SPAN_INIT(OK GZIPPED "\r\n"),
          STET_SPAN_INIT(""),
          { { STET_OK, STET_SPAN_INIT("") },
            { STET_OK, STET_SPAN_INIT("") },
            { STET_OK, STET_SPAN_INIT("") } } },
        { "an unknown coding",
          STET_SPAN_INIT(OK "Content-Encoding: rot13\r\n\r\n"),
          STET_SPAN_INIT("nop"),
          { { STET_OK, STET_SPAN_INIT("nop") },
            { STET_OK, STET_SPAN_INIT("nop") },
            { STET_EUNSUPPORTED, STET_SPAN_INIT("") } } },
        { "no HTTP at all",
          STET_SPAN_INIT(""),
          STET_SPAN_INIT("<p>abc"),
          { { STET_OK, STET_SPAN_INIT("<p>abc") },
            { STET_OK, STET_SPAN_INIT("<p>abc") },
            { STET_OK, STET_SPAN_INIT("<p>abc") } } },
        { "a head without its empty line",
          STET_SPAN_INIT(OK "A: b\r\n"),
          STET_SPAN_INIT(""),
          { { STET_OK, STET_SPAN_INIT("") },
            { STET_OK, STET_SPAN_INIT("") },
            { STET_OK, STET_SPAN_INIT("") } } },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (int form = STET_WARC_RAW; form <= STET_WARC_BODY; form++) {
            struct stet_buf out;

            tap_row(rows[i].name);
            stet_buf_init(&out, 1000);
            if (!CHECK_INT(read_in(&out, (enum stet_warc_form)form,
                                   rows[i].head, rows[i].body),
                           rows[i].want[form].rc) ||
                !CHECK(
                    stet_span_eq(stet_buf_span(&out), rows[i].want[form].text)))
                tap_row(forms[form]);
            stet_buf_clear(&out);
        }
    tap_row(NULL);
}

static int read_coded(void)
{
    struct stet_buf out;
    int rc;

    stet_buf_init(&out, 1000);
    rc = read_in(
        &out, STET_WARC_BODY, STET_SPAN(OK GZIPPED CHUNKED "\r\n"),
        STET_SPAN("e\r\n" GZ_FRONT "\r\ne\r\n" GZ_BACK "\r\n0\r\n\r\n"));
    if (rc == STET_OK &&
        !stet_span_eqs(stet_buf_span(&out), "stet stet stet stet\n"))
        rc = STET_EFORMAT;
    stet_buf_clear(&out);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(read_coded));
}

TESTS({ "each form undoes its coding", each_form_undoes_its_coding },
      { "survives want of memory", survives_want_of_memory })
