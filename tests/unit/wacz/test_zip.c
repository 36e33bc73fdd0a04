#include "base/mem.h"
#include "base/span.h"
#include "codec/codec.h"
#include "lib/tap.h"
#include "wacz/zip.h"

#include <string.h>
#define ZLIB_CONST
#include <zlib.h>

/* A file of a ZIP file that a test makes; what is not said is right. */
struct part {
    const char *name, *text;
    const char *extra; /* another extra field of the directory */
    long size_off;     /* added to the size it says */
    unsigned method;
    unsigned flags;
    unsigned more; /* bytes of junk in the local extra field */
    bool zip64;    /* its sizes stand in the extra field */
};

static void put(struct stet_buf *b, uint64_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        stet_buf_addc(b, (char)(i < 8 ? n >> 8 * i & 0xFF : 0));
}

/* Bare deflate, or the text itself. */
static struct stet_span pack(struct stet_buf *out, const struct part *p)
{
    struct stet_span text = stet_span_of(p->text);
    z_stream z = { 0 };

    stet_buf_reset(out);
    if (p->method != STET_ZIP_DEFLATED) {
        stet_buf_add_span(out, text);
        return stet_buf_span(out);
    }
    CHECK_INT(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY),
              Z_OK);
    z.next_in = (const Bytef *)text.ptr;
    z.avail_in = (uInt)text.len;
    z.avail_out = (uInt)text.len + 100;
    z.next_out = (Bytef *)stet_buf_room(out, text.len + 100);
    CHECK_INT(deflate(&z, Z_FINISH), Z_STREAM_END);
    stet_buf_added(out, z.total_out);
    deflateEnd(&z);
    return stet_buf_span(out);
}

static void put_local(struct stet_buf *b, const struct part *p,
                      struct stet_span packed)
{
    put(b, 0x04034b50, 4);
    put(b, 20, 2);
    put(b, p->flags, 2);
    put(b, p->method, 2);
    put(b, 0, 4); /* time */
    put(b, stet_codec_crc32(stet_span_of(p->text)), 4);
    put(b, packed.len, 4);
    put(b, strlen(p->text), 4);
    put(b, strlen(p->name), 2);
    put(b, p->more, 2);
    stet_buf_adds(b, p->name);
    put(b, 0, (int)p->more);
    stet_buf_add_span(b, packed);
}

static void put_central(struct stet_buf *b, const struct part *p, size_t packed,
                        uint64_t at)
{
    uint64_t size = strlen(p->text) + (uint64_t)p->size_off;
    size_t other = p->extra ? 4 + strlen(p->extra) : 0;

    put(b, 0x02014b50, 4);
    put(b, 20, 2);
    put(b, 20, 2);
    put(b, p->flags, 2);
    put(b, p->method, 2);
    put(b, 0, 4);
    put(b, stet_codec_crc32(stet_span_of(p->text)), 4);
    put(b, p->zip64 ? UINT32_MAX : packed, 4);
    put(b, p->zip64 ? UINT32_MAX : size, 4);
    put(b, strlen(p->name), 2);
    put(b, (p->zip64 ? 28 : 0) + other, 2);
    put(b, 0, 2 + 2 + 2 + 4);
    put(b, p->zip64 ? UINT32_MAX : at, 4);
    stet_buf_adds(b, p->name);
    if (p->extra) {
        put(b, 0x9999, 2);
        put(b, strlen(p->extra), 2);
        stet_buf_adds(b, p->extra);
    }
    if (p->zip64) {
        put(b, 1, 2);
        put(b, 24, 2);
        put(b, size, 8);
        put(b, packed, 8);
        put(b, at, 8);
    }
}

static void put_end(struct stet_buf *b, uint64_t n, uint64_t len, uint64_t at,
                    const char *comment)
{
    put(b, 0x06054b50, 4);
    put(b, 0, 4);
    put(b, n, 2);
    put(b, n, 2);
    put(b, len, 4);
    put(b, at, 4);
    put(b, strlen(comment), 2);
    stet_buf_adds(b, comment);
}

static struct stet_span zip(struct stet_buf *b, const struct part *parts,
                            size_t n, const char *comment)
{
    struct stet_buf packed, directory;
    size_t at;

    stet_buf_init(&packed, 1 << 20);
    stet_buf_init(&directory, 1 << 20);
    stet_buf_reset(b);
    for (size_t i = 0; i < n; i++) {
        struct stet_span bytes = pack(&packed, &parts[i]);

        put_central(&directory, &parts[i], bytes.len, b->len);
        put_local(b, &parts[i], bytes);
    }
    at = b->len;
    stet_buf_add_span(b, stet_buf_span(&directory));
    put_end(b, n, directory.len, at, comment);
    stet_buf_clear(&directory);
    stet_buf_clear(&packed);
    CHECK_INT(stet_buf_status(b), STET_OK);
    return stet_buf_span(b);
}

#define LONG                                                              \
    "a line that is there twice and more, a line that is there twice and" \
    " more, a line that is there twice and more"

static void reads_what_is_stored_and_deflated(void)
{
    static const struct part parts[] = {
        { .name = "datapackage.json", .text = "{}" },
        { .name = "pages/pages.jsonl",
          .text = LONG,
          .method = STET_ZIP_DEFLATED },
        { .name = "archive/a.warc.gz", .text = LONG, .more = 7 },
        { .name = "wide", .text = LONG, .zip64 = true },
        { .name = "wide and other",
          .text = LONG,
          .method = STET_ZIP_DEFLATED,
          .zip64 = true,
          .extra = "other" },
        { .name = "empty", .text = "" },
        { .name = "deflated to nothing",
          .text = "",
          .method = STET_ZIP_DEFLATED },
    };
    enum { N = sizeof(parts) / sizeof(parts[0]) };
    static const char *const comments[] = { "", "a comment",
                                            "PK\5\6 is no end" };
    struct stet_buf b;

    stet_buf_init(&b, 1 << 20);
    for (size_t c = 0; c < 3; c++) {
        struct stet_zip z = { 0 };

        CHECK_INT(stet_zip_open(&z, zip(&b, parts, N, comments[c]), NULL),
                  STET_OK);
        CHECK_INT(z.len, N);
        for (size_t i = 0; i < N && z.len == N; i++) {
            const struct stet_zip_file *f =
                stet_zip_find(&z, stet_span_of(parts[i].name));
            struct stet_spool room;
            struct stet_span text;

            tap_row(parts[i].name);
            stet_spool_init(&room, NULL, 1 << 20);
            CHECK(f == &z.files[i]);
            CHECK_INT(stet_zip_read(&z, &z.files[i], &room, &text, NULL),
                      STET_OK);
            CHECK_SPAN(text, parts[i].text);
            CHECK(stet_zip_is_whole(&z.files[i], text));
            stet_spool_clear(&room);
        }
        tap_row(NULL);
        CHECK(stet_zip_find(&z, STET_SPAN("pages")) == NULL);
        stet_zip_clear(&z);
    }
    stet_buf_clear(&b);
}

static void tells_what_cannot_be_read(void)
{
    static const struct {
        struct part part;
        int want;
    } rows[] = {
        { { .name = "encrypted", .text = LONG, .flags = 1 },
          STET_EUNSUPPORTED },
        { { .name = "lzma", .text = LONG, .method = 14 }, STET_EUNSUPPORTED },
        { { .name = "stored short", .text = LONG, .size_off = 1 },
          STET_EFORMAT },
        { { .name = "stored long", .text = LONG, .size_off = -1 },
          STET_EFORMAT },
        { { .name = "deflated short",
            .text = LONG,
            .method = STET_ZIP_DEFLATED,
            .size_off = 1 },
          STET_EFORMAT },
        { { .name = "deflated long",
            .text = LONG,
            .method = STET_ZIP_DEFLATED,
            .size_off = -1 },
          STET_EFORMAT },
        { { .name = "not empty",
            .text = "x",
            .method = STET_ZIP_DEFLATED,
            .size_off = -1 },
          STET_EFORMAT },
    };
    struct stet_buf b;

    stet_buf_init(&b, 1 << 20);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_error err = { 0 };
        struct stet_zip z = { 0 };
        struct stet_spool room;
        struct stet_span text;

        tap_row(rows[i].part.name);
        stet_spool_init(&room, NULL, 1 << 20);
        CHECK_INT(stet_zip_open(&z, zip(&b, &rows[i].part, 1, ""), NULL),
                  STET_OK);
        CHECK_INT(stet_zip_read(&z, &z.files[0], &room, &text, &err),
                  rows[i].want);
        CHECK(err.text[0] != '\0');
        stet_spool_clear(&room);
        stet_zip_clear(&z);
    }
    tap_row(NULL);
    stet_buf_clear(&b);
}

/* A changed byte is found by the checksum, or by whatever was before it. */
static void sees_each_byte_that_was_changed(void)
{
    for (unsigned method = 0; method <= STET_ZIP_DEFLATED;
         method += STET_ZIP_DEFLATED) {
        const struct part part = { .name = "f",
                                   .text = LONG,
                                   .method = method };
        struct stet_buf b;
        struct stet_zip z = { 0 };
        struct stet_span packed, text;
        struct stet_spool room;
        size_t first, unseen = 0;

        stet_buf_init(&b, 1 << 20);
        stet_spool_init(&room, NULL, 1 << 20);
        CHECK_INT(stet_zip_open(&z, zip(&b, &part, 1, ""), NULL), STET_OK);
        CHECK_INT(stet_zip_packed(&z, &z.files[0], &packed, NULL), STET_OK);
        first = (size_t)(packed.ptr - b.data);
        for (size_t i = 0; i < packed.len; i++) {
            b.data[first + i] ^= 0x10;
            if (stet_zip_read(&z, &z.files[0], &room, &text, NULL) == STET_OK &&
                stet_zip_is_whole(&z.files[0], text))
                unseen++;
            b.data[first + i] ^= 0x10;
        }
        /* The last byte of deflate has bits that stand for nothing. */
        CHECK(unseen <= (method == STET_ZIP_DEFLATED));
        CHECK_INT(stet_zip_read(&z, &z.files[0], &room, &text, NULL), STET_OK);
        stet_zip_clear(&z);
        stet_spool_clear(&room);
        stet_buf_clear(&b);
    }
}

/* Opens and reads it all: nothing is read that is not there. */
static int read_all(struct stet_span bytes)
{
    struct stet_zip z = { 0 };
    int rc = stet_zip_open(&z, bytes, NULL);

    for (size_t i = 0; i < z.len && rc == STET_OK; i++) {
        struct stet_spool room;
        struct stet_span text;

        stet_spool_init(&room, NULL, 1 << 20);
        rc = stet_zip_read(&z, &z.files[i], &room, &text, NULL);
        stet_spool_clear(&room);
    }
    stet_zip_clear(&z);
    return rc;
}

static void refuses_every_cut(void)
{
    static const struct part parts[] = {
        { .name = "one", .text = LONG, .method = STET_ZIP_DEFLATED },
        { .name = "two", .text = LONG, .zip64 = true },
    };
    struct stet_span all;
    struct stet_buf b;
    char *copy;

    stet_buf_init(&b, 1 << 20);
    all = zip(&b, parts, 2, "");
    CHECK_INT(read_all(all), STET_OK);
    for (size_t n = 0; n < all.len; n++) {
        copy = stet_span_dup(stet_span_sub(all, 0, n));
        CHECK_INT(read_all((struct stet_span){ copy, n }), STET_EFORMAT);
        stet_free(copy);
    }
    /* And whatever a byte becomes, it is read or refused. */
    for (size_t i = 0; i < all.len; i++)
        for (int v = 0; v < 256; v += 51) {
            copy = stet_span_dup(all);
            copy[i] = (char)v;
            CHECK(read_all((struct stet_span){ copy, all.len }) <= STET_OK);
            stet_free(copy);
        }
    stet_buf_clear(&b);
}

static void bounds_the_number_of_files(void)
{
    struct stet_error err = { 0 };
    struct stet_zip z = { 0 };
    struct stet_buf b;

    stet_buf_init(&b, 1 << 10);
    put(&b, 0x06064b50, 4); /* the ZIP64 end, and what leads to it */
    put(&b, 44, 8);
    put(&b, 0, 2 + 2 + 4 + 4);
    put(&b, STET_MAX_ZIP_FILES + 1, 8);
    put(&b, STET_MAX_ZIP_FILES + 1, 8);
    put(&b, 0, 8 + 8);
    put(&b, 0x07064b50, 4);
    put(&b, 0, 4 + 8);
    put(&b, 1, 4);
    put_end(&b, 0xFFFF, UINT32_MAX, UINT32_MAX, "");
    CHECK_INT(stet_zip_open(&z, stet_buf_span(&b), &err), STET_ELIMIT);
    CHECK_STR(err.text, "there are more than 100000 files");
    stet_zip_clear(&z);
    b.data[48] ^= 1; /* the directory's place is beyond the file */
    b.data[32] = 1;
    b.data[33] = b.data[34] = 0;
    b.data[55] = 0x7F;
    CHECK_INT(stet_zip_open(&z, stet_buf_span(&b), &err), STET_EFORMAT);
    stet_zip_clear(&z);
    stet_buf_clear(&b);
}

TESTS({ "reads what is stored and deflated",
        reads_what_is_stored_and_deflated },
      { "tells what cannot be read", tells_what_cannot_be_read },
      { "sees each byte that was changed", sees_each_byte_that_was_changed },
      { "refuses every cut", refuses_every_cut },
      { "bounds the number of files", bounds_the_number_of_files })
