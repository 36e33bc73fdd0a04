#include "http/coding.h"

#include "base/mem.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"

#define FOX "The quick brown fox jumps over the lazy dog"

#define RAW                                                            \
    "\x0b\xc9\x48\x55\x28\x2c\xcd\x4c\xce\x56\x48\x2a\xca\x2f\xcf\x53" \
    "\x48\xcb\xaf\x50\xc8\x2a\xcd\x2d\x28\x56\xc8\x2f\x4b\x2d\x52\x28" \
    "\x01\x4a\xe7\x24\x56\x55\x2a\xa4\xe4\xa7\x03\x00"
#define ZLIB "\x78\x9c" RAW "\x5b\xdc\x0f\xda"
#define GZIP "\x1f\x8b\x08\0\0\0\0\0\x02\x03" RAW "\x39\xa3\x4f\x41\x2b\0\0\0"
#define ZSTD "\x28\xb5\x2f\xfd\x24\x2b\x59\x01\0" FOX "\xbc\x71\xda\x1f"
/* A brotli stream of one uncompressed piece. */
#define BROTLI "\x0b\x15\x80" FOX "\x03"

static const struct {
    const char *name, *coding;
    struct stet_span bytes;
    enum stet_decoded verdict;
    const char *out;
} rows[] = {
    { "no coding", "", STET_SPAN_INIT("x"), STET_DECODED_WHOLE, "x" },
    { "identity", "Identity", STET_SPAN_INIT("x"), STET_DECODED_WHOLE, "x" },
    { "gzip", "gzip", STET_SPAN_INIT(GZIP), STET_DECODED_WHOLE, FOX },
    { "x-gzip", "X-GZip", STET_SPAN_INIT(GZIP), STET_DECODED_WHOLE, FOX },
    { "gzip of two members", "gzip", STET_SPAN_INIT(GZIP GZIP),
      STET_DECODED_WHOLE, FOX FOX },
    { "gzip and garbage", "gzip", STET_SPAN_INIT(GZIP "garbage"),
      STET_DECODED_WHOLE, FOX },
    { "nothing", "gzip", STET_SPAN_INIT(""), STET_DECODED_WHOLE, "" },
    { "deflate", "deflate", STET_SPAN_INIT(ZLIB), STET_DECODED_WHOLE, FOX },
    { "deflate without zlib", "deflate", STET_SPAN_INIT(RAW),
      STET_DECODED_WHOLE, FOX },
    { "brotli", "br", STET_SPAN_INIT(BROTLI), STET_DECODED_WHOLE, FOX },
    { "zstd", "zstd", STET_SPAN_INIT(ZSTD), STET_DECODED_WHOLE, FOX },
    { "gzip that is plain", "gzip", STET_SPAN_INIT("<html>"), STET_DECODED_BAD,
      "<html>" },
    { "an unknown coding", "foo", STET_SPAN_INIT("x"), STET_DECODED_UNKNOWN,
      "x" },
    { "five codings of nothing", "gzip,gzip,gzip,gzip,gzip", STET_SPAN_INIT(""),
      STET_DECODED_WHOLE, "" },
    { "six codings", "gzip,gzip,gzip,gzip,gzip,gzip", STET_SPAN_INIT("x"),
      STET_DECODED_CHAIN, "x" },
    { "gzip over plain in gzip", "gzip, gzip", STET_SPAN_INIT(GZIP),
      STET_DECODED_BAD, FOX },
    { "under chunked", "gzip, chunked", STET_SPAN_INIT(GZIP),
      STET_DECODED_WHOLE, FOX },
};

static void decodes_what_servers_send(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_coding_chain chain;
        enum stet_decoded verdict;
        struct stet_buf room;
        struct stet_span out;

        tap_row(rows[i].name);
        stet_buf_init(&room, 1000);
        stet_coding_parse(&chain, stet_span_of(rows[i].coding));
        CHECK_INT(stet_coding_decode(&out, &room, &chain, rows[i].bytes,
                                     &stet_decode_limits_default, &verdict),
                  STET_OK);
        CHECK_STR(stet_decoded_name(verdict),
                  stet_decoded_name(rows[i].verdict));
        CHECK_SPAN(out, rows[i].out);
        CHECK_INT(room.max, 1000);
        stet_buf_clear(&room);
    }
    tap_row(NULL);
}

static void gives_what_a_cut_coding_still_holds(void)
{
    struct stet_span gz = STET_SPAN(GZIP), out;
    struct stet_coding_chain chain;
    enum stet_decoded verdict;
    struct stet_buf room;

    stet_buf_init(&room, 1000);
    stet_coding_parse(&chain, STET_SPAN("gzip"));
    for (size_t n = 1; n < gz.len; n++) {
        CHECK_INT(stet_coding_decode(&out, &room, &chain,
                                     stet_span_sub(gz, 0, n),
                                     &stet_decode_limits_default, &verdict),
                  STET_OK);
        CHECK_INT(verdict, STET_DECODED_TRUNCATED);
        CHECK(stet_span_eq(out, stet_span_sub(STET_SPAN(FOX), 0, out.len)));
    }
    CHECK_SPAN(out, FOX);
    stet_buf_clear(&room);
}

/* A gzip member of n zeros, in *out. */
static void make_bomb(struct stet_spool *out, struct stet_span in)
{
    struct stet_gzip *g = NULL;

    CHECK_INT(stet_gzip_new(&g, 6, NULL), STET_OK);
    CHECK_INT(stet_gzip_add(g, out, &in, 1, false, NULL), STET_OK);
    stet_gzip_free(g);
}

static void stops_at_a_bomb(void)
{
    const struct stet_decode_limits roomy = { 64 << 20, { 2000, 1 << 20 } };
    const struct stet_decode_limits small = { 1000, { 2000, 1 << 20 } };
    const size_t n = 32 << 20;
    struct stet_spool once, twice;
    struct stet_coding_chain chain;
    enum stet_decoded verdict;
    struct stet_span in, out;
    struct stet_buf room;
    char *zeros = stet_alloc(n);

    stet_buf_init(&room, 64 << 20);
    stet_spool_init(&once, NULL, 1 << 20);
    stet_spool_init(&twice, NULL, 1 << 20);
    make_bomb(&once, (struct stet_span){ zeros, n });
    CHECK_INT(stet_spool_view(&once, &in, NULL), STET_OK);
    make_bomb(&twice, in);

    stet_coding_parse(&chain, STET_SPAN("gzip"));
    CHECK_INT(stet_coding_decode(&out, &room, &chain, in,
                                 &stet_decode_limits_default, &verdict),
              STET_OK);
    CHECK_INT(verdict, STET_DECODED_BOMB);
    CHECK(out.len >= 1 << 20 && out.len < 16 << 20);
    CHECK_INT(stet_coding_decode(&out, &room, &chain, in, &roomy, &verdict),
              STET_OK);
    CHECK_INT(verdict, STET_DECODED_WHOLE);
    CHECK_INT(out.len, n);
    CHECK_INT(stet_coding_decode(&out, &room, &chain, in, &small, &verdict),
              STET_OK);
    CHECK_INT(verdict, STET_DECODED_BOMB);
    CHECK_INT(out.len, 1000);

    stet_coding_parse(&chain, STET_SPAN("gzip, gzip"));
    CHECK_INT(stet_spool_view(&twice, &in, NULL), STET_OK);
    CHECK_INT(stet_coding_decode(&out, &room, &chain, in,
                                 &stet_decode_limits_default, &verdict),
              STET_OK);
    CHECK_INT(verdict, STET_DECODED_BOMB);
    stet_spool_clear(&once);
    stet_spool_clear(&twice);
    stet_buf_clear(&room);
    stet_free(zeros);
}

static int decode_one(void)
{
    struct stet_coding_chain chain;
    enum stet_decoded verdict;
    struct stet_buf room;
    struct stet_span out;
    int rc;

    stet_buf_init(&room, 1000);
    stet_coding_parse(&chain, STET_SPAN("gzip"));
    rc = stet_coding_decode(&out, &room, &chain, STET_SPAN(GZIP),
                            &stet_decode_limits_default, &verdict);
    stet_buf_clear(&room);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(decode_one));
}

TESTS({ "decodes what servers send", decodes_what_servers_send },
      { "gives what a cut coding still holds",
        gives_what_a_cut_coding_still_holds },
      { "stops at a bomb", stops_at_a_bomb },
      { "survives want of memory", survives_want_of_memory })
