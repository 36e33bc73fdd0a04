#include "warc/record.h"

#include "base/span.h"

#include "lib/tap.h"

#include <string.h>

/* 2026-11-23T15:40:19.123Z */
#define NOW  INT64_C(1795448419123)
#define UUID "00000000-0000-4000-8000-000000000001"

/* A record as a plain WARC would have it, in *spool. */
static struct stet_span pack(struct stet_spool *spool,
                             const struct stet_warc_header *h,
                             struct stet_span head, struct stet_span body,
                             enum stet_digest_kind digest)
{
    struct stet_warc_pack how = { .digest = digest };
    struct stet_span all = { "", 0 };

    CHECK_INT(stet_warc_record_pack(spool, h, head, body, &how, NULL), STET_OK);
    CHECK_INT(stet_spool_view(spool, &all, NULL), STET_OK);
    return all;
}

static void a_record_to_the_byte(void)
{
    struct stet_warc_header h;
    struct stet_spool spool;

    stet_warc_header_init(&h);
    stet_spool_init(&spool, NULL, 1 << 20);
    stet_warc_header_begin(&h, STET_WARC_1_1, "resource", UUID, NOW);
    stet_warc_header_add_uri(&h, "WARC-Target-URI",
                             STET_SPAN("http://a.example/"));
    stet_warc_header_add(&h, "Content-Type", STET_SPAN("text/plain"));
    CHECK_SPAN(pack(&spool, &h, STET_SPAN("ab"), STET_SPAN("c"), STET_SHA256),
               "WARC/1.1\r\n"
               "WARC-Type: resource\r\n"
               "WARC-Record-ID: <urn:uuid:" UUID ">\r\n"
               "WARC-Date: 2026-11-23T15:40:19.123Z\r\n"
               "WARC-Target-URI: http://a.example/\r\n"
               "Content-Type: text/plain\r\n"
               "WARC-Block-Digest: sha256:ba7816bf8f01cfea414140de5dae2223"
               "b00361a396177a9cb410ff61f20015ad\r\n"
               "Content-Length: 3\r\n"
               "\r\nabc\r\n\r\n");
    stet_spool_clear(&spool);
    stet_warc_header_begin(&h, STET_WARC_1_0, "resource", UUID, NOW);
    CHECK_SPAN(pack(&spool, &h, STET_SPAN(""), STET_SPAN("abc"), STET_SHA1),
               "WARC/1.0\r\n"
               "WARC-Type: resource\r\n"
               "WARC-Record-ID: <urn:uuid:" UUID ">\r\n"
               "WARC-Date: 2026-11-23T15:40:19Z\r\n"
               "WARC-Block-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\n"
               "Content-Length: 3\r\n"
               "\r\nabc\r\n\r\n");
    stet_spool_clear(&spool);
    stet_warc_header_clear(&h);
}

static void values_cannot_end_their_line(void)
{
    static const struct {
        struct stet_span value;
        const char *line, *uri;
    } rows[] = {
        { STET_SPAN_INIT("a\r\nWARC-Type: x"), "V: a  WARC-Type: x\r\n",
          "V: a%0D%0AWARC-Type:%20x\r\n" },
        { STET_SPAN_INIT("a\0b"), "V: a b\r\n", "V: a%00b\r\n" },
        { STET_SPAN_INIT(" \t "), "", "V: %20%09%20\r\n" },
        { STET_SPAN_INIT(""), "", "" },
        { STET_SPAN_INIT("a\xff"), "V: a\xef\xbf\xbd\r\n", "V: a%FF\r\n" },
        { STET_SPAN_INIT("\xc2\x85x"), "V:  x\r\n", "V: %C2%85x\r\n" },
        { STET_SPAN_INIT("\xc3\xa9<>\""), "V: \xc3\xa9<>\"\r\n",
          "V: \xc3\xa9%3C%3E%22\r\n" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_warc_header h;

        stet_warc_header_init(&h);
        stet_warc_header_add(&h, "V", rows[i].value);
        CHECK_SPAN(stet_buf_span(&h.text), rows[i].line);
        stet_buf_reset(&h.text);
        stet_warc_header_add_uri(&h, "V", rows[i].value);
        CHECK_SPAN(stet_buf_span(&h.text), rows[i].uri);
        stet_warc_header_clear(&h);
    }
}

static void a_header_that_does_not_fit_is_refused(void)
{
    static char big[STET_WARC_MAX_HEADER];
    static const struct stet_warc_pack plain = { 0 };
    struct stet_warc_header h;
    struct stet_spool spool;

    memset(big, 'x', sizeof(big));
    stet_spool_init(&spool, NULL, 1 << 20);
    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, STET_WARC_1_1, "metadata", UUID, NOW);
    stet_warc_header_add(&h, "V", (struct stet_span){ big, sizeof(big) });
    CHECK_INT(stet_warc_record_pack(&spool, &h, STET_SPAN(""), STET_SPAN(""),
                                    &plain, NULL),
              STET_ELIMIT);
    CHECK_INT(spool.len, 0);
    stet_warc_header_clear(&h);
    stet_spool_clear(&spool);
}

TESTS({ "a record to the byte", a_record_to_the_byte },
      { "values cannot end their line", values_cannot_end_their_line },
      { "a header that does not fit is refused",
        a_header_that_does_not_fit_is_refused })
