#include "stet/copy.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/span.h"
#include "warc/record.h"

#include "lib/folder.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    N = 7, /* records of the sample */
    FLIPS = 2000,
    MENDED = 23,
    MAX_FILE = 1 << 20,
};

/* The sample: where each record lies, and its bytes without line ends. */
struct sample {
    struct stet_spool spool;
    struct stet_span bytes;
    uint64_t at[N + 1];
};

static const char *const blocks[N] = {
    "software: test\r\n",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: "
    "3\r\n\r\n<p>",
    "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
    "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "",
    "a block\r\n\r\nWARC is a word in it\r\n\r\nand a line end at its end\r\n",
    "last",
};

static const char *type_of(size_t i)
{
    static const char *const types[N] = { "warcinfo", "response", "request",
                                          "response", "metadata", "resource",
                                          "metadata" };
    return types[i];
}

/* How a sample is stored. */
enum kind { PLAIN, GZIP, ZSTD, ARC, ARC_GZIP, KINDS };

static const char *const kind_names[KINDS] = { "plain", "gzip", "zstd", "ARC",
                                               "ARC in gzip" };

static bool has_checksums(enum kind kind)
{
    return kind != PLAIN && kind != ARC;
}

static int add_record(struct sample *s, size_t i,
                      const struct stet_warc_pack *how)
{
    struct stet_warc_header h;
    char id[STET_UUID_TEXT_MAX];
    int rc;

    snprintf(id, sizeof(id), "00000000-0000-4000-8000-%012zu", i);
    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, STET_WARC_1_1, type_of(i), id,
                           INT64_C(1795448419123));
    if (i > 0)
        stet_warc_header_add_uri(&h, "WARC-Target-URI",
                                 STET_SPAN("http://a.example/"));
    stet_warc_header_add(&h, "Content-Type",
                         i == 1 || i == 3 ? STET_WARC_HTTP_RESPONSE
                         : i == 2         ? STET_WARC_HTTP_REQUEST
                                          : STET_SPAN("text/plain"));
    rc = stet_warc_record_pack(&s->spool, &h, STET_SPAN(""),
                               stet_span_of(blocks[i]), how, NULL);
    stet_warc_header_clear(&h);
    return rc;
}

static int add_arc_record(struct sample *s, size_t i,
                          const struct stet_warc_pack *how)
{
    char line[100];
    struct stet_span parts[3] = { { line, 0 },
                                  stet_span_of(blocks[i]),
                                  STET_SPAN_INIT("\n") };

    parts[0].len = (size_t)snprintf(
        line, sizeof(line),
        "http://a.example/%zu 192.0.2.1 20261123154019 text/html %zu\n", i,
        parts[1].len);
    return stet_warc_pack_add(how, &s->spool, parts, 3, NULL);
}

static bool make(struct sample *s, enum kind kind)
{
    struct stet_warc_pack how = { .digest = STET_SHA256 };
    int rc = STET_OK;

    if (kind == GZIP || kind == ARC_GZIP)
        rc = stet_gzip_new(&how.gzip, STET_GZIP_LEVEL, NULL);
    if (kind == ZSTD)
        rc = stet_zstd_new(&how.zstd, STET_ZSTD_LEVEL, NULL);
    stet_spool_init(&s->spool, NULL, MAX_FILE);
    for (size_t i = 0; i < N && rc == STET_OK; i++) {
        s->at[i] = s->spool.len;
        rc = kind == ARC || kind == ARC_GZIP ? add_arc_record(s, i, &how)
                                             : add_record(s, i, &how);
    }
    s->at[N] = s->spool.len;
    if (rc == STET_OK)
        rc = stet_spool_view(&s->spool, &s->bytes, NULL);
    stet_gzip_free(how.gzip);
    stet_zstd_free(how.zstd);
    return CHECK_INT(rc, STET_OK);
}

/* -- what a file holds ----------------------------------------------------- */

/* How often each record of the sample was seen, whole. */
struct seen {
    unsigned times[N], others, problems;
    int last; /* record */
    bool in_order;
    struct stet_buf block;
};

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct seen *s = ctx;

    (void)p;
    (void)offset;
    (void)text;
    s->problems++;
}

/* By the URL that records of an ARC file have, else by the id. */
static int index_of(const struct stet_warc_record *rec, struct stet_span block)
{
    struct stet_span url = stet_warc_record_uri(rec, "WARC-Target-URI");
    struct stet_span id = stet_warc_record_uri(rec, "WARC-Record-ID");
    char digit = 0;
    int i;

    if (url.len == 18 && stet_span_starts(url, STET_SPAN("http://a.example/")))
        digit = url.ptr[17];
    else if (id.len == 45)
        digit = id.ptr[44];
    i = digit - '0';
    return i >= 0 && i < N && stet_span_eqs(block, blocks[i]) ? i : -1;
}

static int see_record(struct seen *s, struct stet_warc_reader *r,
                      const struct stet_warc_record *rec)
{
    char piece[50];
    size_t got = 1;
    int rc = STET_OK;
    int i;

    stet_buf_reset(&s->block);
    while (rc == STET_OK && got > 0) {
        rc = stet_warc_reader_read(r, piece, sizeof(piece), &got, NULL);
        stet_buf_add(&s->block, piece, got);
    }
    i = rc == STET_OK ? index_of(rec, stet_buf_span(&s->block)) : -1;
    if (i >= 0) {
        s->times[i]++;
        s->in_order = s->in_order && i > s->last;
        s->last = i;
    } else {
        s->others++;
    }
    return rc == STET_ETRUNC ? STET_OK : rc;
}

static void see(struct seen *s, struct stet_span bytes)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, s };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    int rc;

    *s = (struct seen){ .in_order = true, .last = -1 };
    stet_buf_init(&s->block, MAX_FILE);
    rc = stet_warc_reader_from_memory(&r, bytes, &o, NULL);
    while (rc == STET_OK) {
        rc = stet_warc_reader_next(r, &rec, NULL);
        if (rc == STET_OK)
            rc = see_record(s, r, &rec);
    }
    CHECK_INT(rc, STET_END);
    stet_warc_reader_free(r);
    stet_buf_clear(&s->block);
}

/* -- damage ---------------------------------------------------------------- */

static char copy[MAX_FILE];

/* Pseudo-random, the same every time. */
static uint32_t dice(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static unsigned flips(void)
{
    const char *env = getenv("STET_FLIPS");
    return env ? (unsigned)strtoul(env, NULL, 10) : FLIPS;
}

/* Mending writes a file each time: some of the flips and cuts will do,
 * unless all are asked for. */
static unsigned some(unsigned all)
{
    return getenv("STET_FLIPS") ? all : all / MENDED;
}

static size_t stride(void)
{
    return getenv("STET_FLIPS") ? 1 : MENDED;
}

/* The record that a byte of the file belongs to. */
static size_t record_at(const struct sample *s, size_t byte)
{
    size_t i = 0;

    while (i + 1 < N && s->at[i + 1] <= byte)
        i++;
    return i;
}

/* Every record but `hit` is there once; so may be `hit`. */
static bool holds_all_but(const struct seen *s, size_t hit)
{
    for (size_t i = 0; i < N; i++)
        if (s->times[i] > 1 || (s->times[i] == 0 && i != hit))
            return false;
    return true;
}

static void pass_by_flips(enum kind kind)
{
    struct sample s;
    struct seen seen;
    uint32_t state = 1;
    char name[60];

    if (!make(&s, kind))
        return;
    memcpy(copy, s.bytes.ptr, s.bytes.len);
    for (unsigned i = 0; i < flips(); i++) {
        size_t at = dice(&state) % s.bytes.len;
        unsigned bit = dice(&state) % 8;
        size_t hit = record_at(&s, at);

        snprintf(name, sizeof(name), "%s, bit %u of byte %zu", kind_names[kind],
                 bit, at);
        tap_row(name);
        copy[at] = (char)(copy[at] ^ (1 << bit));
        see(&seen, (struct stet_span){ copy, s.bytes.len });
        if (has_checksums(kind)) {
            CHECK(holds_all_but(&seen, hit) && seen.in_order);
            CHECK(seen.times[hit] == 1 || seen.problems > 0);
        }
        copy[at] = s.bytes.ptr[at];
    }
    tap_row(NULL);
    stet_spool_clear(&s.spool);
}

/* Without checksums a length that is wrong may lead over others: then it is
 * enough that the reader ends. */
static void a_reader_passes_by_flipped_bits(void)
{
    for (enum kind kind = 0; kind < KINDS; kind++)
        pass_by_flips(kind);
}

static void a_reader_gives_what_is_before_a_cut(void)
{
    struct sample s;
    struct seen seen;
    char name[60];

    for (enum kind kind = 0; kind < KINDS; kind++) {
        if (!make(&s, kind))
            return;
        for (size_t n = 0; n <= s.bytes.len; n++) {
            snprintf(name, sizeof(name), "%s, %zu bytes", kind_names[kind], n);
            tap_row(name);
            see(&seen, (struct stet_span){ s.bytes.ptr, n });
            for (size_t i = 0; i < N; i++)
                CHECK(seen.times[i] == 1 ||
                      (s.at[i + 1] > n && seen.times[i] == 0));
            CHECK(seen.in_order);
        }
        stet_spool_clear(&s.spool);
    }
    tap_row(NULL);
}

/* -- mending --------------------------------------------------------------- */

static int n_notes;

static void on_note(void *ctx, enum stet_warc_copy_note note, uint64_t offset,
                    const char *text)
{
    (void)ctx;
    (void)note;
    (void)offset;
    CHECK(text[0] != '\0');
    n_notes++;
}

static void write_file(const char *path, struct stet_span bytes)
{
    FILE *f = fopen(path, "wb");

    if (CHECK(f != NULL)) {
        CHECK_INT(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
        fclose(f);
    }
}

/* Mends the bytes; what came out is seen, and has no fault itself. */
static int mend(struct seen *seen, struct stet_span bytes,
                enum stet_warc_packing packing)
{
    struct stet_warc_copy_options o = { .packing = packing,
                                        .on_note = on_note };
    struct stet_warc_copy_result result;
    struct stet_buf out;
    int rc;

    n_notes = 0;
    *seen = (struct seen){ .in_order = true };
    stet_buf_init(&out, MAX_FILE);
    write_file(folder_path("in.warc"), bytes);
    unlink(folder_path("out.warc"));
    rc = stet_warc_mend(folder_path("in.warc"), folder_path("out.warc"), &o,
                        &result, NULL);
    if (rc == STET_OK &&
        CHECK_INT(stet_file_read(folder_path("out.warc"), &out, NULL), STET_OK))
        see(seen, stet_buf_span(&out));
    CHECK(seen->in_order);
    CHECK_INT(out.len, rc == STET_OK ? result.bytes : 0);
    stet_buf_clear(&out);
    return rc;
}

static void mend_flips(enum kind kind)
{
    struct sample s;
    struct seen seen;
    uint32_t state = 2;
    char name[60];

    if (!make(&s, kind))
        return;
    memcpy(copy, s.bytes.ptr, s.bytes.len);
    for (unsigned i = 0; i < some(flips()); i++) {
        size_t at = dice(&state) % s.bytes.len;
        unsigned bit = dice(&state) % 8;
        size_t hit = record_at(&s, at);

        snprintf(name, sizeof(name), "%s, bit %u of byte %zu", kind_names[kind],
                 bit, at);
        tap_row(name);
        copy[at] = (char)(copy[at] ^ (1 << bit));
        CHECK_INT(mend(&seen, (struct stet_span){ copy, s.bytes.len }, i % 3),
                  STET_OK);
        CHECK(holds_all_but(&seen, hit));
        /* What no checksum covers, as a plain record's id, may differ. */
        CHECK(seen.times[hit] == 1 || n_notes > 0 ||
              (!has_checksums(kind) && seen.others == 1));
        CHECK(!has_checksums(kind) || seen.problems == 0);
        copy[at] = s.bytes.ptr[at];
    }
    tap_row(NULL);
    stet_spool_clear(&s.spool);
}

static void mending_saves_all_that_no_bit_was_flipped_of(void)
{
    folder_make();
    for (enum kind kind = 0; kind < KINDS; kind++)
        mend_flips(kind);
    folder_remove();
}

static void mending_saves_all_that_is_before_a_cut(void)
{
    struct sample s;
    struct seen seen;
    char name[60];

    folder_make();
    for (enum kind kind = 0; kind < KINDS; kind++) {
        if (!make(&s, kind))
            break;
        for (size_t n = 0; n <= s.bytes.len; n += stride()) {
            snprintf(name, sizeof(name), "%s, %zu bytes", kind_names[kind], n);
            tap_row(name);
            mend(&seen, (struct stet_span){ s.bytes.ptr, n }, STET_WARC_GZIP);
            for (size_t i = 0; i < N; i++)
                CHECK(seen.times[i] == 1 ||
                      (s.at[i + 1] > n && seen.times[i] == 0));
            CHECK_INT(seen.others, 0);
            CHECK_INT(seen.problems, 0);
        }
        stet_spool_clear(&s.spool);
    }
    tap_row(NULL);
    folder_remove();
}

/* -- recompressing --------------------------------------------------------- */

static int recompress(struct stet_span bytes, enum stet_warc_packing packing,
                      struct stet_buf *out)
{
    struct stet_warc_copy_options o = { .packing = packing };
    struct stet_warc_copy_result result;
    int rc;

    write_file(folder_path("in.warc"), bytes);
    unlink(folder_path("out.warc"));
    rc = stet_warc_recompress(folder_path("in.warc"), folder_path("out.warc"),
                              &o, &result, NULL);
    stet_buf_reset(out);
    if (rc == STET_OK)
        rc = stet_file_read(folder_path("out.warc"), out, NULL);
    return rc;
}

static void there_and_back_is_the_same(void)
{
    struct sample plain, gzip;
    struct stet_buf out;
    struct stet_gzip *g = NULL;
    struct stet_spool one;
    struct stet_span bytes;

    folder_make();
    stet_buf_init(&out, MAX_FILE);
    stet_spool_init(&one, NULL, MAX_FILE);
    if (!make(&plain, PLAIN) || !make(&gzip, GZIP))
        return;
    CHECK_INT(recompress(plain.bytes, STET_WARC_GZIP, &out), STET_OK);
    CHECK(stet_span_eq(stet_buf_span(&out), gzip.bytes));
    CHECK_INT(recompress(gzip.bytes, STET_WARC_PLAIN, &out), STET_OK);
    CHECK(stet_span_eq(stet_buf_span(&out), plain.bytes));

    /* All in one member, and cut anywhere. */
    CHECK_INT(stet_gzip_new(&g, STET_GZIP_LEVEL, NULL), STET_OK);
    for (size_t cut = 0; cut < plain.bytes.len; cut += 11) {
        struct stet_span head = stet_span_sub(plain.bytes, 0, cut);
        struct stet_span tail = stet_span_sub(plain.bytes, cut, MAX_FILE);
        char name[40];

        snprintf(name, sizeof(name), "cut at %zu", cut);
        tap_row(name);

        CHECK_INT(stet_spool_cut(&one, 0, NULL), STET_OK);
        CHECK_INT(stet_gzip_add(g, &one, &head, 1, false, NULL), STET_OK);
        CHECK_INT(stet_gzip_add(g, &one, &tail, 1, false, NULL), STET_OK);
        CHECK_INT(stet_spool_view(&one, &bytes, NULL), STET_OK);
        CHECK_INT(recompress(bytes, STET_WARC_GZIP, &out), STET_OK);
        CHECK(stet_span_eq(stet_buf_span(&out), gzip.bytes));
    }
    tap_row(NULL);
    stet_gzip_free(g);
    stet_spool_clear(&one);
    stet_spool_clear(&plain.spool);
    stet_spool_clear(&gzip.spool);
    stet_buf_clear(&out);
    folder_remove();
}

static void damage_is_not_recompressed(void)
{
    struct sample s;
    struct stet_buf out;

    folder_make();
    stet_buf_init(&out, MAX_FILE);
    if (!make(&s, GZIP))
        return;
    CHECK_INT(recompress(stet_span_sub(s.bytes, 0, s.bytes.len - 1),
                         STET_WARC_PLAIN, &out),
              STET_EFORMAT);
    CHECK(access(folder_path("out.warc"), F_OK) != 0);
    memcpy(copy, s.bytes.ptr, s.bytes.len);
    copy[s.at[2] - 8] ^= 1;
    CHECK_INT(recompress((struct stet_span){ copy, s.bytes.len },
                         STET_WARC_PLAIN, &out),
              STET_EFORMAT);
    stet_spool_clear(&s.spool);
    stet_buf_clear(&out);
    folder_remove();
}

/* A header is copied byte for byte, folded lines and odd spaces too. */
static void headers_stay_as_they_are(void)
{
    static const struct stet_span odd = STET_SPAN_INIT(
        "WARC/1.0\r\nwarc-type:resource\r\nLong: one\r\n\ttwo\r\n"
        "X :  y \r\nContent-Length:  2\r\n\r\nxy\r\n\r\n");
    struct stet_buf out;

    folder_make();
    stet_buf_init(&out, MAX_FILE);
    CHECK_INT(recompress(odd, STET_WARC_PLAIN, &out), STET_OK);
    CHECK(stet_span_eq(stet_buf_span(&out), odd));
    stet_buf_clear(&out);
    folder_remove();
}

static void no_file_is_written_over(void)
{
    struct stet_error err = { 0 };

    folder_make();
    write_file(folder_path("a"), STET_SPAN("x"));
    CHECK_INT(
        stet_warc_mend(folder_path("a"), folder_path("a"), NULL, NULL, &err),
        STET_EIO);
    CHECK_INT(
        stet_warc_mend(folder_path("none"), folder_path("b"), NULL, NULL, &err),
        STET_ENOTFOUND);
    CHECK_INT(stet_warc_recompress(folder_path(""), folder_path("b"), NULL,
                                   NULL, &err),
              STET_EUSAGE);
    CHECK(access(folder_path("b"), F_OK) != 0);
    folder_remove();
}

static int copy_once(void)
{
    unlink(folder_path("out.warc"));
    return stet_warc_recompress(folder_path("in.warc"), folder_path("out.warc"),
                                NULL, NULL, NULL);
}

static int mend_once(void)
{
    unlink(folder_path("out.warc"));
    return stet_warc_mend(folder_path("in.warc"), folder_path("out.warc"), NULL,
                          NULL, NULL);
}

static void no_memory_is_told_and_leaves_nothing(void)
{
    struct sample s;

    folder_make();
    if (!make(&s, GZIP))
        return;
    write_file(folder_path("in.warc"), s.bytes);
    CHECK(torture(copy_once));
    write_file(folder_path("in.warc"),
               stet_span_sub(s.bytes, 0, s.bytes.len - 20));
    CHECK(torture(mend_once));
    stet_spool_clear(&s.spool);
    folder_remove();
}

TESTS({ "a reader passes by flipped bits", a_reader_passes_by_flipped_bits },
      { "a reader gives what is before a cut",
        a_reader_gives_what_is_before_a_cut },
      { "mending saves all that no bit was flipped of",
        mending_saves_all_that_no_bit_was_flipped_of },
      { "mending saves all that is before a cut",
        mending_saves_all_that_is_before_a_cut },
      { "there and back is the same", there_and_back_is_the_same },
      { "damage is not recompressed", damage_is_not_recompressed },
      { "headers stay as they are", headers_stay_as_they_are },
      { "no file is written over", no_file_is_written_over },
      { "no memory is told and leaves nothing",
        no_memory_is_told_and_leaves_nothing })
