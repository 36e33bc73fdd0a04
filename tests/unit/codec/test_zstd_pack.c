#include "codec/codec.h"

#include "base/span.h"

#include "lib/tap.h"

#include <stdio.h>
#include <string.h>

enum { MAX = 16 << 20 };

static void unpack(struct stet_decoder *d, struct stet_span *in,
                   struct stet_buf *out)
{
    int rc = STET_OK;

    stet_buf_reset(out);
    while (rc == STET_OK) {
        char *room = stet_buf_room(out, 1000);
        size_t got = 0;

        rc = room ? stet_decoder_step(d, in, room, 1000, &got, NULL)
                  : STET_ENOMEM;
        stet_buf_added(out, got);
    }
    CHECK_INT(rc, STET_END);
    CHECK_INT(stet_decoder_reset(d, NULL), STET_OK);
}

/* RFC 8878 section 3.1.1.1: a size field and a checksum. */
static bool says_size_and_checksum(struct stet_span frame)
{
    return frame.len > 5 && ((frame.ptr[4] & 0xC0) || (frame.ptr[4] & 0x20)) &&
           (frame.ptr[4] & 4);
}

static void frames_come_back_one_by_one(void)
{
    static char large[300000];
    struct stet_span parts[] = { STET_SPAN_INIT("head\r\n"),
                                 STET_SPAN_INIT(""),
                                 { large, sizeof(large) } };
    struct stet_span empty = STET_SPAN(""), all;
    struct stet_zstd *z = NULL;
    struct stet_decoder *d = NULL;
    struct stet_spool spool;
    struct stet_buf out;

    for (size_t i = 0; i < sizeof(large); i++)
        large[i] = (char)(i * 2654435761U >> 15);
    stet_spool_init(&spool, NULL, MAX);
    stet_buf_init(&out, MAX);
    if (!CHECK_INT(stet_zstd_new(&z, STET_ZSTD_LEVEL, NULL), STET_OK) ||
        !CHECK_INT(stet_decoder_new(&d, STET_CODING_ZSTD, NULL, NULL), STET_OK))
        goto done;
    CHECK_INT(stet_zstd_add(z, &spool, parts, 3, NULL), STET_OK);
    CHECK_INT(stet_zstd_add(z, &spool, &empty, 1, NULL), STET_OK);
    CHECK_INT(stet_zstd_add(z, &spool, parts, 1, NULL), STET_OK);
    CHECK_INT(stet_spool_view(&spool, &all, NULL), STET_OK);
    CHECK(says_size_and_checksum(all));
    unpack(d, &all, &out);
    CHECK_INT(out.len, 6 + sizeof(large));
    CHECK(memcmp(out.data, "head\r\n", 6) == 0 &&
          memcmp(out.data + 6, large, sizeof(large)) == 0);
    unpack(d, &all, &out);
    CHECK_INT(out.len, 0);
    unpack(d, &all, &out);
    CHECK_SPAN(stet_buf_span(&out), "head\r\n");
    CHECK_INT(all.len, 0);
done:
    stet_zstd_free(z);
    stet_decoder_free(d);
    stet_spool_clear(&spool);
    stet_buf_clear(&out);
}

static void dictionaries_are_trained_or_not(void)
{
    struct stet_buf samples, dictionary;
    size_t sizes[100];

    stet_buf_init(&samples, MAX);
    stet_buf_init(&dictionary, STET_ZSTD_DICTIONARY);
    for (size_t i = 0; i < 100; i++) {
        size_t before = samples.len;

        stet_buf_addf(&samples,
                      "<p>Number %zu of many that say the same: stet.</p>\n",
                      i * 7919);
        sizes[i] = samples.len - before;
    }
    CHECK_INT(
        stet_zstd_train(&dictionary, stet_buf_span(&samples), sizes, 1, NULL),
        STET_END);
    CHECK_INT(dictionary.len, 0);
    CHECK_INT(
        stet_zstd_train(&dictionary, stet_buf_span(&samples), sizes, 100, NULL),
        STET_OK);
    /* RFC 8878 section 5 */
    CHECK(dictionary.len > 8 &&
          memcmp(dictionary.data, "\x37\xa4\x30\xec", 4) == 0);
    stet_buf_clear(&samples);
    stet_buf_clear(&dictionary);
}

static void levels_are_1_to_19(void)
{
    struct stet_zstd *z = NULL;

    CHECK_INT(stet_zstd_new(&z, 0, NULL), STET_EUSAGE);
    CHECK_INT(stet_zstd_new(&z, 20, NULL), STET_EUSAGE);
    CHECK(z == NULL);
}

TESTS({ "frames come back one by one", frames_come_back_one_by_one },
      { "dictionaries are trained or not", dictionaries_are_trained_or_not },
      { "levels are 1 to 19", levels_are_1_to_19 })
