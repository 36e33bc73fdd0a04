#include "wacz/zip.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "codec/codec.h"

enum {
    END_LEN = 22, /* of the end record, without its comment */
    MAX_COMMENT = 65535,
    END64_LEN = 56,
    LOCATOR_LEN = 20,
    CENTRAL_LEN = 46,
    LOCAL_LEN = 30,
    FLAG_ENCRYPTED = 1,
    EXTRA_ZIP64 = 1,
    PIECE = 64 * 1024,
};

#define SIGN_END     UINT32_C(0x06054b50)
#define SIGN_END64   UINT32_C(0x06064b50)
#define SIGN_LOCATOR UINT32_C(0x07064b50)
#define SIGN_CENTRAL UINT32_C(0x02014b50)
#define SIGN_LOCAL   UINT32_C(0x04034b50)

/* Little-endian numbers; the caller has looked at the length. */
static uint64_t number(struct stet_span s, size_t at, size_t bytes)
{
    uint64_t n = 0;

    for (size_t i = bytes; i-- > 0;)
        n = n << 8 | (unsigned char)s.ptr[at + i];
    return n;
}

/* `len` bytes at `at`; false when they are not all there. */
static bool part(struct stet_span all, uint64_t at, uint64_t len,
                 struct stet_span *out)
{
    if (at > all.len || len > all.len - at)
        return false;
    *out = stet_span_sub(all, (size_t)at, (size_t)len);
    return true;
}

static int broken(struct stet_error *err, const char *what)
{
    return stet_fail(err, STET_EFORMAT, "no ZIP file: %s", what);
}

/* -- the end --------------------------------------------------------------- */

struct directory {
    uint64_t at, len, files;
};

/* Where the end record is; it is looked for from behind. */
static bool find_end(struct stet_span all, size_t *at)
{
    size_t last = all.len < END_LEN ? 0 : all.len - END_LEN;
    size_t first = last > MAX_COMMENT ? last - MAX_COMMENT : 0;

    for (size_t i = last + 1; all.len >= END_LEN && i-- > first;)
        if (number(all, i, 4) == SIGN_END &&
            number(all, i + 20, 2) <= all.len - i - END_LEN) {
            *at = i;
            return true;
        }
    return false;
}

/* The ZIP64 end record, when there is one. */
static int read_end64(struct stet_span all, size_t end, struct directory *d,
                      struct stet_error *err)
{
    struct stet_span s;

    if (end < LOCATOR_LEN || !part(all, end - LOCATOR_LEN, LOCATOR_LEN, &s) ||
        number(s, 0, 4) != SIGN_LOCATOR)
        return STET_OK;
    if (!part(all, number(s, 8, 8), END64_LEN, &s) ||
        number(s, 0, 4) != SIGN_END64)
        return broken(err, "its ZIP64 end is not there");
    d->files = number(s, 32, 8);
    d->len = number(s, 40, 8);
    d->at = number(s, 48, 8);
    return STET_OK;
}

static int read_end(struct stet_span all, struct directory *d,
                    struct stet_error *err)
{
    size_t end;

    if (!find_end(all, &end))
        return broken(err, "it has no end record");
    d->files = number(all, end + 10, 2);
    d->len = number(all, end + 12, 4);
    d->at = number(all, end + 16, 4);
    return read_end64(all, end, d, err);
}

/* -- the directory --------------------------------------------------------- */

/* Takes what does not fit into 32 bits from the extra field. */
static void read_extra(struct stet_zip_file *f, struct stet_span extra)
{
    uint64_t *wide[] = { &f->size, &f->packed, &f->at };
    size_t at = 0;

    while (extra.len >= 4 && number(extra, 0, 2) != EXTRA_ZIP64) {
        size_t n = (size_t)number(extra, 2, 2) + 4;

        extra = stet_span_sub(extra, n, extra.len);
    }
    if (extra.len < 4)
        return;
    extra = stet_span_sub(extra, 4, (size_t)number(extra, 2, 2));
    for (size_t i = 0; i < 3; i++)
        if (*wide[i] == UINT32_MAX && extra.len >= at + 8) {
            *wide[i] = number(extra, at, 8);
            at += 8;
        }
}

/* One entry; *at moves behind it. */
static int read_entry(struct stet_zip *z, uint64_t *at, struct stet_error *err)
{
    struct stet_zip_file f = { 0 };
    struct stet_span s, extra;
    uint64_t name, more, comment;

    if (!part(z->bytes, *at, CENTRAL_LEN, &s) ||
        number(s, 0, 4) != SIGN_CENTRAL)
        return broken(err, "its directory is broken");
    name = number(s, 28, 2);
    more = number(s, 30, 2);
    comment = number(s, 32, 2);
    f.encrypted = number(s, 8, 2) & FLAG_ENCRYPTED;
    f.method = (unsigned)number(s, 10, 2);
    f.crc = (uint32_t)number(s, 16, 4);
    f.packed = number(s, 20, 4);
    f.size = number(s, 24, 4);
    f.at = number(s, 42, 4);
    if (!part(z->bytes, *at + CENTRAL_LEN, name, &f.name) ||
        !part(z->bytes, *at + CENTRAL_LEN + name, more, &extra))
        return broken(err, "its directory is cut off");
    read_extra(&f, extra);
    *at += CENTRAL_LEN + name + more + comment;
    if (stet_grow_array(&z->files, &z->cap, z->len + 1, sizeof(*z->files)) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for a ZIP file");
    z->files[z->len++] = f;
    return STET_OK;
}

int stet_zip_open(struct stet_zip *z, struct stet_span bytes,
                  struct stet_error *err)
{
    struct directory d = { 0 };
    int rc = read_end(bytes, &d, err);

    z->bytes = bytes;
    if (rc == STET_OK && d.files > STET_MAX_ZIP_FILES)
        return stet_fail(err, STET_ELIMIT, "there are more than %d files",
                         STET_MAX_ZIP_FILES);
    for (uint64_t i = 0, at = d.at; i < d.files && rc == STET_OK; i++)
        rc = read_entry(z, &at, err);
    return rc;
}

void stet_zip_clear(struct stet_zip *z)
{
    stet_free(z->files);
    *z = (struct stet_zip){ 0 };
}

const struct stet_zip_file *stet_zip_find(const struct stet_zip *z,
                                          struct stet_span name)
{
    for (size_t i = 0; i < z->len; i++)
        if (stet_span_eq(z->files[i].name, name))
            return &z->files[i];
    return NULL;
}

/* -- the files ------------------------------------------------------------- */

int stet_zip_packed(const struct stet_zip *z, const struct stet_zip_file *f,
                    struct stet_span *out, struct stet_error *err)
{
    struct stet_span s;
    uint64_t head;

    *out = (struct stet_span){ NULL, 0 };
    if (!part(z->bytes, f->at, LOCAL_LEN, &s) || number(s, 0, 4) != SIGN_LOCAL)
        return stet_fail(err, STET_EFORMAT, "its header is not there");
    head = LOCAL_LEN + number(s, 26, 2) + number(s, 28, 2);
    return part(z->bytes, f->at + head, f->packed, out)
               ? STET_OK
               : stet_fail(err, STET_EFORMAT, "its bytes are not all there");
}

/* Steps the decoder through some bytes, until all of the file is there, and
 * a byte more where it is longer than it says. */
static int step(struct stet_decoder *d, struct stet_span in, char *piece,
                const struct stet_zip_file *f, struct stet_spool *room,
                struct stet_error *err)
{
    int rc = STET_OK;

    while (rc == STET_OK && room->len <= f->size) {
        uint64_t left = f->size - room->len;
        size_t before = in.len, got;

        rc = stet_decoder_step(
            d, &in, piece, left < PIECE ? (size_t)left + 1 : PIECE, &got, err);
        if (rc < 0 && rc != STET_ENOMEM)
            return stet_fail(err, STET_EFORMAT, "its data is broken");
        if (rc >= 0 && stet_spool_add(room, piece, got, err) < 0)
            return STET_EIO;
        if (rc == STET_OK && got == 0 && before == in.len)
            break;
    }
    return rc == STET_END ? STET_OK : rc;
}

/*
 * A ZIP's deflate is bare (RFC 1951), HTTP's mostly is not: so that none is
 * taken for the other it is read behind the header that it lacks.
 */
static int inflate(const struct stet_zip_file *f, struct stet_span packed,
                   struct stet_spool *room, struct stet_error *err)
{
    struct stet_inflate_limits limits = { 0 };
    struct stet_decoder *d = NULL;
    char *piece = stet_alloc(PIECE);
    int rc = piece ? stet_decoder_new(&d, STET_CODING_DEFLATE, &limits, err)
                   : stet_fail(err, STET_ENOMEM, "no memory to unpack");

    if (rc == STET_OK)
        rc = step(d, STET_SPAN("\x78\x01"), piece, f, room, err);
    if (rc == STET_OK)
        rc = step(d, packed, piece, f, room, err);
    stet_decoder_free(d);
    stet_free(piece);
    return rc;
}

int stet_zip_read(const struct stet_zip *z, const struct stet_zip_file *f,
                  struct stet_spool *room, struct stet_span *out,
                  struct stet_error *err)
{
    struct stet_span packed;
    int rc = stet_zip_packed(z, f, &packed, err);

    *out = (struct stet_span){ NULL, 0 };
    if (rc < 0)
        return rc;
    if (f->encrypted ||
        (f->method != STET_ZIP_STORED && f->method != STET_ZIP_DEFLATED))
        return stet_fail(err, STET_EUNSUPPORTED,
                         "it is encrypted, or packed in another way");
    if (f->method == STET_ZIP_STORED) {
        *out = packed;
    } else {
        rc = stet_spool_cut(room, 0, err);
        if (rc == STET_OK)
            rc = inflate(f, packed, room, err);
        if (rc == STET_OK)
            rc = stet_spool_view(room, out, err);
    }
    if (rc == STET_OK && out->len != f->size)
        rc = stet_fail(err, STET_EFORMAT, "it has not the size it says");
    return rc;
}

bool stet_zip_is_whole(const struct stet_zip_file *f, struct stet_span bytes)
{
    return bytes.len == f->size && stet_codec_crc32(bytes) == f->crc;
}
