#include "codec/codec.h"

#include "base/mem.h"
#include "base/span.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

enum { MAX = 64 << 20 };

/* Packs the parts and unpacks them again; true when they came back. */
static bool comes_back_of(int level, const struct stet_span *parts, size_t n,
                          bool stored, size_t max_in_memory)
{
    struct stet_gzip *g = NULL;
    struct stet_spool spool;
    struct stet_buf got, want;
    struct stet_span packed;
    bool same = false;

    stet_spool_init(&spool, NULL, max_in_memory);
    stet_buf_init(&got, MAX);
    stet_buf_init(&want, MAX);
    for (size_t i = 0; i < n; i++)
        stet_buf_add_span(&want, parts[i]);
    if (CHECK_INT(stet_gzip_new(&g, level, NULL), STET_OK) &&
        CHECK_INT(stet_gzip_add(g, &spool, parts, n, stored, NULL), STET_OK) &&
        CHECK_INT(stet_spool_view(&spool, &packed, NULL), STET_OK) &&
        CHECK_INT(
            stet_codec_inflate(STET_CODING_GZIP, packed, &got, NULL, NULL),
            STET_OK))
        same = stet_span_eq(stet_buf_span(&got), stet_buf_span(&want));
    stet_gzip_free(g);
    stet_spool_clear(&spool);
    stet_buf_clear(&got);
    stet_buf_clear(&want);
    return same;
}

/* At every level that is a way of its own. */
static bool comes_back(const struct stet_span *parts, size_t n, bool stored,
                       size_t max_in_memory)
{
    return comes_back_of(STET_GZIP_FAST, parts, n, stored, max_in_memory) &&
           comes_back_of(STET_GZIP_LEVEL, parts, n, stored, max_in_memory) &&
           comes_back_of(STET_GZIP_LEVEL_MAX, parts, n, stored, max_in_memory);
}

static void what_is_packed_comes_back(void)
{
    static const struct stet_span parts[] = { STET_SPAN_INIT("head\r\n"),
                                              STET_SPAN_INIT(""),
                                              STET_SPAN_INIT("body") };

    CHECK(comes_back(parts, 3, false, 1 << 20));
    CHECK(comes_back(parts, 3, true, 1 << 20));
    CHECK(comes_back(parts, 3, false, 4));
    CHECK(comes_back(parts + 2, 1, false, 1 << 20));
    CHECK(comes_back(parts, 0, false, 1 << 20));
    CHECK(comes_back(parts, 0, true, 1 << 20));
}

static void large_members_come_back(void)
{
    size_t len = STET_MAX_GZIP_AT_ONCE + 12345;
    char *p = stet_alloc(len);
    struct stet_span parts[2] = { { "head", 4 }, { p, len } };

    if (!CHECK(p))
        return;
    for (size_t i = 0; i < len; i++)
        p[i] = (char)(i * 2654435761U >> 13);
    CHECK(comes_back(parts, 2, false, 1 << 20));
    CHECK(comes_back(parts, 2, true, 1 << 20));
    parts[1].len = 0x20000; /* two stored blocks and two bytes */
    CHECK(comes_back(parts, 2, true, 1 << 20));
    stet_free(p);
}

/* What cannot be made smaller must not need more room than there is. */
static void noise_comes_back(void)
{
    static char noise[300000];
    struct stet_span part = { noise, sizeof(noise) };
    uint32_t x = 1;

    for (size_t i = 0; i < sizeof(noise); i++) {
        x = x * 1664525 + 1013904223;
        noise[i] = (char)(x >> 24);
    }
    CHECK(comes_back(&part, 1, false, 1 << 20));
    for (part.len = 0; part.len < 70; part.len++)
        CHECK(comes_back(&part, 1, false, 1 << 20));
}

/* As a record too large for memory is made: taken out as it comes. */
static bool comes_back_in_steps(int level, struct stet_span body, bool stored)
{
    static const struct stet_span heads[] = { STET_SPAN_INIT("head\r\n"),
                                              STET_SPAN_INIT("more\r\n") };
    struct stet_gzip *g = NULL;
    struct stet_spool spool;
    struct stet_buf packed, got, want;
    struct stet_span piece = { "", 0 };
    bool same;
    int rc = stet_gzip_new(&g, level, NULL);

    stet_spool_init(&spool, NULL, 1 << 20);
    stet_buf_init(&packed, MAX);
    stet_buf_init(&got, MAX);
    stet_buf_init(&want, MAX);
    stet_buf_add_span(&want, heads[0]);
    stet_buf_add_span(&want, heads[1]);
    stet_buf_add_span(&want, body);
    if (rc == STET_OK)
        rc = stet_gzip_begin(g, &spool, heads, 2, stored, NULL);
    for (size_t n = 1; rc == STET_OK && body.len > 0; n = n * 3 + 1) {
        piece = stet_span_sub(body, 0, n);
        body = stet_span_sub(body, piece.len, body.len);
        rc = stet_gzip_feed(g, &spool, piece, NULL);
        if (rc == STET_OK)
            rc = stet_spool_view(&spool, &piece, NULL);
        stet_buf_add_span(&packed, piece);
        if (rc == STET_OK)
            rc = stet_spool_cut(&spool, 0, NULL);
    }
    if (rc == STET_OK)
        rc = stet_gzip_end(g, &spool, NULL);
    if (rc == STET_OK)
        rc = stet_spool_view(&spool, &piece, NULL);
    stet_buf_add_span(&packed, piece);
    if (rc == STET_OK)
        rc = stet_codec_inflate(STET_CODING_GZIP, stet_buf_span(&packed), &got,
                                NULL, NULL);
    same = rc == STET_OK &&
           stet_span_eq(stet_buf_span(&got), stet_buf_span(&want));
    stet_gzip_free(g);
    stet_spool_clear(&spool);
    stet_buf_clear(&packed);
    stet_buf_clear(&got);
    stet_buf_clear(&want);
    return same;
}

static void members_come_back_from_steps(void)
{
    static char body[200000];
    struct stet_span all = { body, sizeof(body) };

    for (size_t i = 0; i < sizeof(body); i++)
        body[i] = (char)(i * 2654435761U >> 13);
    for (int stored = 0; stored < 2; stored++) {
        CHECK(comes_back_in_steps(STET_GZIP_FAST, all, stored));
        CHECK(comes_back_in_steps(STET_GZIP_LEVEL, all, stored));
        CHECK(comes_back_in_steps(STET_GZIP_LEVEL, STET_SPAN(""), stored));
    }
}

static void members_stand_one_after_the_other(void)
{
    struct stet_span part = STET_SPAN("again ");
    struct stet_gzip *g = NULL;
    struct stet_decoder *d = NULL;
    struct stet_spool spool;
    struct stet_span in;
    uint64_t first;
    size_t got;
    char buf[32];

    stet_spool_init(&spool, NULL, 1 << 20);
    if (CHECK_INT(stet_gzip_new(&g, 1, NULL), STET_OK)) {
        CHECK_INT(stet_gzip_add(g, &spool, &part, 1, false, NULL), STET_OK);
        first = spool.len;
        CHECK_INT(stet_gzip_add(g, &spool, &part, 1, true, NULL), STET_OK);
        CHECK_INT(stet_spool_view(&spool, &in, NULL), STET_OK);
        CHECK_INT(stet_decoder_new(&d, STET_CODING_GZIP, NULL, NULL), STET_OK);
        CHECK_INT(stet_decoder_step(d, &in, buf, sizeof(buf), &got, NULL),
                  STET_END);
        CHECK_INT(got, 6);
        CHECK_INT(in.len, spool.len - first);
        CHECK_INT(stet_decoder_reset(d, NULL), STET_OK);
        CHECK_INT(stet_decoder_step(d, &in, buf, sizeof(buf), &got, NULL),
                  STET_END);
        CHECK_INT(got, 6);
        CHECK_INT(in.len, 0);
    }
    stet_decoder_free(d);
    stet_gzip_free(g);
    stet_spool_clear(&spool);
}

static void a_level_out_of_range_is_refused(void)
{
    struct stet_gzip *g = NULL;

    CHECK_INT(stet_gzip_new(&g, -1, NULL), STET_EUSAGE);
    CHECK_INT(stet_gzip_new(&g, 10, NULL), STET_EUSAGE);
    CHECK(!g);
}

static int pack_and_unpack(void)
{
    struct stet_span part = STET_SPAN("a member for the torture chamber");
    struct stet_gzip *g = NULL;
    struct stet_spool spool;
    struct stet_span packed;
    struct stet_buf got;
    int rc;

    stet_spool_init(&spool, NULL, 1 << 20);
    stet_buf_init(&got, MAX);
    rc = stet_gzip_new(&g, STET_GZIP_LEVEL, NULL);
    if (rc == STET_OK)
        rc = stet_gzip_add(g, &spool, &part, 1, false, NULL);
    if (rc == STET_OK)
        rc = stet_spool_view(&spool, &packed, NULL);
    if (rc == STET_OK)
        rc = stet_codec_inflate(STET_CODING_GZIP, packed, &got, NULL, NULL);
    stet_gzip_free(g);
    stet_spool_clear(&spool);
    stet_buf_clear(&got);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(pack_and_unpack));
}

/* A member of "hello hello hello" with a name. */
static void whole_members_are_inflated_at_once(void)
{
    static const char named[] = "\x1f\x8b\x08\x08\0\0\0\0\0\x03n\0"
                                "\xcbH\xcd\xc9\xc9W\xc8@\x90\0"
                                "\x80\x88\xf9\xe5\x11\0\0\0";
    struct stet_span whole = { named, sizeof(named) - 1 };
    struct stet_gunzip *g = NULL;
    char out[32], bad[sizeof(named)];

    if (!CHECK_INT(stet_gunzip_new(&g, NULL), STET_OK))
        return;
    CHECK(stet_gunzip_member(g, whole, out, 17));
    CHECK(memcmp(out, "hello hello hello", 17) == 0);
    CHECK(!stet_gunzip_member(g, whole, out, 16));
    CHECK(!stet_gunzip_member(g, whole, out, 18));
    for (size_t n = 0; n < whole.len; n++)
        CHECK(!stet_gunzip_member(g, stet_span_sub(whole, 0, n), out, 17));
    memcpy(bad, named, sizeof(named));
    CHECK(!stet_gunzip_member(g, (struct stet_span){ bad, sizeof(bad) }, out,
                              17));
    for (size_t i = 10; i < whole.len; i++) {
        bad[i] ^= 4;
        CHECK(!stet_gunzip_member(g, (struct stet_span){ bad, whole.len }, out,
                                  17) ||
              i < 12); /* the name */
        bad[i] ^= 4;
    }
    stet_gunzip_free(g);
}

TESTS({ "what is packed comes back", what_is_packed_comes_back },
      { "large members come back", large_members_come_back },
      { "noise comes back", noise_comes_back },
      { "members come back from steps", members_come_back_from_steps },
      { "members stand one after the other",
        members_stand_one_after_the_other },
      { "a level out of range is refused", a_level_out_of_range_is_refused },
      { "survives want of memory", survives_want_of_memory },
      { "whole members are inflated at once",
        whole_members_are_inflated_at_once })
