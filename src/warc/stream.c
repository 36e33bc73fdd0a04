#include "warc/stream.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <string.h>

enum { MAGIC_MAX = 4 };

/* ID1, ID2 and the only method (RFC 1952); the zstd frame (RFC 8878). */
static const struct stet_span gzip_magic = STET_SPAN_INIT("\x1f\x8b\x08");
static const struct stet_span zstd_magic = STET_SPAN_INIT("\x28\xb5\x2f\xfd");

static struct stet_span unused(const struct stet_warc_stream *s)
{
    return (struct stet_span){ s->raw + s->raw_at, s->raw_len - s->raw_at };
}

/* A skippable frame (RFC 8878 section 3.1.2): 0x184D2A5? little-endian. */
static bool is_skippable(struct stet_span b)
{
    return b.len >= MAGIC_MAX && ((unsigned char)b.ptr[0] & 0xF0) == 0x50 &&
           memcmp(b.ptr + 1, "\x2a\x4d\x18", 3) == 0;
}

static bool is_magic(enum stet_warc_packing packing, struct stet_span b)
{
    if (packing == STET_WARC_GZIP)
        return stet_span_starts(b, gzip_magic);
    return stet_span_starts(b, zstd_magic) || is_skippable(b);
}

/* Makes at least `want` bytes unused in raw, unless the file ends first. */
static int fill(struct stet_warc_stream *s, size_t want, struct stet_error *err)
{
    int rc = STET_OK;

    while (rc == STET_OK && !s->at_end && s->raw_len - s->raw_at < want) {
        size_t got;

        if (s->raw_at > 0) {
            memmove(s->room, s->room + s->raw_at, s->raw_len - s->raw_at);
            s->raw_len -= s->raw_at;
            s->raw_at = 0;
        }
        rc = stet_warc_source_read(&s->source, s->room + s->raw_len,
                                   STET_WARC_STREAM_CHUNK - s->raw_len, &got,
                                   err);
        s->raw_len += got;
        s->at_end = rc == STET_OK && got == 0;
    }
    return rc;
}

/* A skippable frame's size stands after its magic number. */
static uint32_t frame_size(const struct stet_warc_stream *s)
{
    const unsigned char *p = (const unsigned char *)s->raw + s->raw_at;

    return (uint32_t)p[4] | (uint32_t)p[5] << 8 | (uint32_t)p[6] << 16 |
           (uint32_t)p[7] << 24;
}

/* Moves `left` bytes of the file into *out. */
static int gather(struct stet_warc_stream *s, struct stet_buf *out, size_t left,
                  struct stet_error *err)
{
    int rc = STET_OK;

    while (rc == STET_OK && left > 0) {
        struct stet_span some;

        rc = fill(s, 1, err);
        some = stet_span_sub(unused(s), 0, left);
        if (some.len == 0)
            break;
        stet_buf_add_span(out, some);
        s->raw_at += some.len;
        left -= some.len;
        if (stet_buf_status(out) < 0)
            return stet_fail(err, STET_ENOMEM, "no memory for a dictionary");
    }
    return rc;
}

/*
 * The dictionary that a .warc.zst may begin with (IIPC's "warc-zstd" 1.0):
 * a skippable frame of magic 0x184D2A5D, itself raw or compressed.  Without
 * a good one the frames that need it will not decompress; that is told then.
 */
static int read_dictionary(struct stet_warc_stream *s, struct stet_error *err)
{
    enum { MAGIC_AND_SIZE = 8 };
    struct stet_span magic = STET_SPAN("\x5d\x2a\x4d\x18");
    struct stet_buf packed, plain;
    struct stet_span dictionary;
    int rc = fill(s, MAGIC_AND_SIZE, err);

    if (rc < 0 || s->raw_len < MAGIC_AND_SIZE ||
        !stet_span_starts(unused(s), magic) ||
        frame_size(s) > STET_MAX_WARC_DICTIONARY)
        return rc;
    stet_buf_init(&packed, STET_MAX_WARC_DICTIONARY);
    stet_buf_init(&plain, STET_MAX_WARC_DICTIONARY);
    size_t size = frame_size(s);
    s->raw_at += MAGIC_AND_SIZE;
    rc = gather(s, &packed, size, err);
    dictionary = stet_buf_span(&packed);
    if (rc == STET_OK && stet_span_starts(dictionary, zstd_magic)) {
        rc =
            stet_codec_inflate(STET_CODING_ZSTD, dictionary, &plain, NULL, err);
        dictionary = stet_buf_span(&plain);
    }
    if (rc == STET_OK)
        rc = stet_decoder_set_dictionary(s->decoder, dictionary, err);
    stet_buf_clear(&packed);
    stet_buf_clear(&plain);
    return stet_is_fatal(rc) ? rc : STET_OK;
}

/*
 * The file begins with neither: it is plain, unless what comes first is a
 * broken member and others follow.
 */
static int tell_damaged(struct stet_warc_stream *s, enum stet_coding *coding,
                        struct stet_error *err)
{
    struct stet_span all;
    size_t text, member;
    int rc = fill(s, STET_WARC_STREAM_CHUNK, err);

    all = unused(s);
    text = stet_span_ifind(all, STET_SPAN("Content-Length"));
    if (stet_span_starts(all, STET_SPAN("filedesc:")))
        text = 0;
    member = stet_span_find(all, gzip_magic);
    if (member < text) {
        s->packing = STET_WARC_GZIP;
        *coding = STET_CODING_GZIP;
    } else if (stet_span_find(all, zstd_magic) < text) {
        s->packing = STET_WARC_ZSTD;
        *coding = STET_CODING_ZSTD;
    }
    return rc;
}

static int tell_packing(struct stet_warc_stream *s, struct stet_error *err)
{
    static const struct stet_inflate_limits any = { 0, 0 };
    enum stet_coding coding = STET_CODING_GZIP;
    int rc = fill(s, MAGIC_MAX, err);

    if (rc < 0)
        return rc;
    s->packing = STET_WARC_PLAIN;
    if (is_magic(STET_WARC_ZSTD, unused(s))) {
        s->packing = STET_WARC_ZSTD;
        coding = STET_CODING_ZSTD;
    } else if (stet_span_starts(unused(s), stet_span_sub(gzip_magic, 0, 2))) {
        s->packing = STET_WARC_GZIP;
    } else if (!stet_span_istarts(unused(s), "WARC")) {
        rc = tell_damaged(s, &coding, err);
    }
    if (rc < 0 || s->packing == STET_WARC_PLAIN)
        return rc;
    s->fresh = true;
    rc = stet_decoder_new(&s->decoder, coding, &any, err);
    if (rc == STET_OK && coding == STET_CODING_ZSTD)
        rc = read_dictionary(s, err);
    s->first = stet_warc_stream_at(s);
    return rc;
}

/* Memory is read where it lies. */
static int make_room(struct stet_warc_stream *s, struct stet_error *err)
{
    if (s->source.fd < 0) {
        s->raw = s->source.bytes.ptr;
        s->raw_len = s->source.bytes.len;
        s->at_end = true;
        return STET_OK;
    }
    s->raw = s->room = stet_grow(NULL, STET_WARC_STREAM_CHUNK);
    return s->room ? STET_OK
                   : stet_fail(err, STET_ENOMEM, "no memory to read a WARC");
}

int stet_warc_stream_open(struct stet_warc_stream *s,
                          struct stet_warc_source *source,
                          struct stet_error *err)
{
    int rc;

    *s = (struct stet_warc_stream){ .source = *source };
    stet_buf_init(&s->whole, STET_MAX_WARC_WHOLE);
    rc = make_room(s, err);
    if (rc == STET_OK)
        rc = tell_packing(s, err);
    if (rc == STET_OK && s->packing == STET_WARC_GZIP)
        rc = stet_gunzip_new(&s->gunzip, err);
    if (rc < 0)
        stet_warc_stream_close(s);
    return rc;
}

void stet_warc_stream_close(struct stet_warc_stream *s)
{
    stet_warc_source_close(&s->source);
    stet_decoder_free(s->decoder);
    stet_gunzip_free(s->gunzip);
    stet_buf_clear(&s->whole);
    stet_free(s->room);
    *s = (struct stet_warc_stream){ .source = { .fd = -1 } };
}

uint64_t stet_warc_stream_at(const struct stet_warc_stream *s)
{
    return s->source.at - (s->raw_len - s->raw_at);
}

/* The last four bytes of a member: its size (RFC 1952 section 2.3.1). */
static size_t size_said(struct stet_span member)
{
    const unsigned char *p = (const unsigned char *)member.ptr + member.len - 4;

    return (size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 |
           (size_t)p[3] << 24;
}

/* Where the member at the front of the bytes probably ends: before another
 * one, or with the file.  0: not in these bytes, or it is too large. */
static size_t find_end(const struct stet_warc_stream *s, struct stet_span raw)
{
    enum { MEMBER_MIN = 18, RATIO_MAX = 1032 };
    size_t n = MEMBER_MIN;

    while (n <= raw.len) {
        n += stet_span_find(stet_span_sub(raw, n, raw.len), gzip_magic);
        struct stet_span member = stet_span_sub(raw, 0, n);
        size_t size = size_said(member);

        if (n == raw.len && !s->at_end)
            return 0;
        if (size <= STET_MAX_WARC_WHOLE && size <= n * RATIO_MAX)
            return n;
        n++;
    }
    return 0;
}

/*
 * A member that lies in `raw` from end to end is inflated at once.  One that
 * does not, or that is not sound, is left as it is, to be read in steps:
 * that tells what is wrong, and gives what there is.
 */
static int take_whole(struct stet_warc_stream *s, struct stet_error *err)
{
    struct stet_span member;
    char *room;
    size_t n = find_end(s, unused(s));
    size_t size;
    int rc;

    stet_buf_reset(&s->whole);
    s->whole_at = 0;
    if (n == 0 && s->raw_at > 0 && !s->at_end) {
        rc = fill(s, STET_WARC_STREAM_CHUNK, err);
        if (rc < 0)
            return rc;
        n = find_end(s, unused(s));
    }
    if (n == 0)
        return STET_OK;
    member = stet_span_sub(unused(s), 0, n);
    size = size_said(member);
    room = stet_buf_room(&s->whole, size);
    if (!room)
        return stet_fail(err, STET_ENOMEM, "no memory to read a WARC");
    if (stet_gunzip_member(s->gunzip, member, room, size)) {
        stet_buf_added(&s->whole, size);
        s->raw_at += n;
        s->is_whole = true;
    }
    return STET_OK;
}

int stet_warc_stream_begin(struct stet_warc_stream *s, struct stet_error *err)
{
    int rc = fill(s, MAGIC_MAX, err);

    if (rc < 0)
        return rc;
    if (s->raw_at == s->raw_len)
        return STET_END;
    if (s->packing != STET_WARC_PLAIN && !is_magic(s->packing, unused(s)))
        return stet_fail(err, STET_EFORMAT, "no compressed record begins here");
    s->member_start = stet_warc_stream_at(s);
    s->member_end = s->member_start;
    s->is_whole = false;
    if (s->gunzip) {
        rc = take_whole(s, err);
        if (rc < 0)
            return rc;
    }
    if (s->decoder && !s->is_whole && !s->fresh) {
        rc = stet_decoder_reset(s->decoder, err);
        if (rc < 0)
            return rc;
    }
    s->fresh = s->fresh && s->is_whole;
    s->in_member = true;
    return STET_OK;
}

static int end_member(struct stet_warc_stream *s, int rc)
{
    s->in_member = false;
    s->member_end = stet_warc_stream_at(s);
    return rc;
}

static int read_plain(struct stet_warc_stream *s, char *buf, size_t cap,
                      size_t *got)
{
    struct stet_span some = stet_span_sub(unused(s), 0, cap);

    if (some.len == 0)
        return end_member(s, STET_END);
    memcpy(buf, some.ptr, some.len);
    s->raw_at += some.len;
    *got = some.len;
    return STET_OK;
}

static int read_whole(struct stet_warc_stream *s, char *buf, size_t cap,
                      size_t *got)
{
    struct stet_span some =
        stet_span_sub(stet_buf_span(&s->whole), s->whole_at, cap);

    if (some.len > 0)
        memcpy(buf, some.ptr, some.len);
    s->whole_at += some.len;
    *got = some.len;
    if (s->whole_at == s->whole.len)
        return end_member(s, some.len > 0 ? STET_OK : STET_END);
    return STET_OK;
}

int stet_warc_stream_read(struct stet_warc_stream *s, char *buf, size_t cap,
                          size_t *got, struct stet_error *err)
{
    int rc;

    *got = 0;
    while (s->in_member) {
        if (s->is_whole)
            return read_whole(s, buf, cap, got);
        rc = fill(s, 1, err);
        if (rc < 0)
            return rc;
        if (s->packing == STET_WARC_PLAIN)
            return read_plain(s, buf, cap, got);

        struct stet_span in = unused(s);
        rc = stet_decoder_step(s->decoder, &in, buf, cap, got, err);
        s->raw_at = s->raw_len - in.len;
        if (rc == STET_ENOMEM)
            return rc;
        if (rc != STET_OK)
            rc = end_member(s, rc);
        else if (*got == 0 && in.len == 0 && s->at_end)
            rc = end_member(s, stet_fail(err, STET_ETRUNC,
                                         "the file ends in a compressed "
                                         "record"));
        /* Bytes that came with the end are given first. */
        if (*got > 0 && rc == STET_END)
            return STET_OK;
        if (*got > 0 || rc != STET_OK)
            return rc;
    }
    return STET_END;
}

int stet_warc_stream_scan(struct stet_warc_stream *s, struct stet_error *err)
{
    s->in_member = false;
    for (;;) {
        int rc = fill(s, MAGIC_MAX, err);

        if (rc < 0)
            return rc;
        if (s->raw_at == s->raw_len)
            return STET_END;
        if (s->packing == STET_WARC_PLAIN || is_magic(s->packing, unused(s)))
            return STET_OK;
        s->raw_at++;
    }
}

int stet_warc_stream_seek(struct stet_warc_stream *s, uint64_t offset,
                          struct stet_error *err)
{
    uint64_t first = s->source.at - s->raw_len;
    int rc;

    s->in_member = false;
    if (offset >= first && offset <= s->source.at) {
        s->raw_at = (size_t)(offset - first);
        return STET_OK;
    }
    if (!s->room) {
        s->raw_at = s->raw_len;
        return STET_OK;
    }
    rc = stet_warc_source_seek(&s->source, offset, err);
    if (rc == STET_OK) {
        s->raw_at = s->raw_len = 0;
        s->at_end = false;
    }
    return rc;
}
