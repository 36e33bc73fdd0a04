/*
 * Any bytes as records of a .warc.zst: cut at the first byte's distance,
 * packed by a press (with a dictionary when there are enough), they come
 * back one frame each, the same; and whatever of them is then broken, the
 * reader ends.
 */
#include "warc/press.h"
#include "warc/stream.h"

#include "base/span.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX = 1 << 24, PIECE = 4096, RECORDS = 200 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static struct stet_span record_at(struct stet_span all, size_t i, size_t step)
{
    return stet_span_sub(all, i * step, step);
}

static int pack(struct stet_spool *out, struct stet_span all, size_t step,
                size_t n)
{
    struct stet_warc_press_options o = { STET_WARC_ZSTD, 1, true };
    struct stet_warc_press *p = NULL;
    struct stet_spool frames;
    struct stet_span bytes;
    int rc = stet_warc_press_new(&p, &o, NULL);

    stet_spool_init(&frames, NULL, MAX);
    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        struct stet_span one = record_at(all, i, step);

        rc = stet_warc_press_add(p, &one, 1, &frames, NULL);
    }
    if (rc == STET_OK)
        rc = stet_warc_press_finish(p, &frames, NULL);
    if (rc == STET_OK) {
        bytes = stet_warc_press_preface(p);
        rc = stet_spool_add(out, bytes.ptr, bytes.len, NULL);
    }
    if (rc == STET_OK)
        rc = stet_spool_view(&frames, &bytes, NULL);
    if (rc == STET_OK)
        rc = stet_spool_add(out, bytes.ptr, bytes.len, NULL);
    stet_spool_clear(&frames);
    stet_warc_press_free(p);
    return rc;
}

static void read_frame(struct stet_warc_stream *s, struct stet_span want)
{
    char piece[PIECE];
    size_t at = 0, got = 0;
    int rc = STET_OK;

    while (rc == STET_OK) {
        rc = stet_warc_stream_read(s, piece, sizeof(piece), &got, NULL);
        require(got <= want.len - at);
        require(got == 0 || memcmp(piece, want.ptr + at, got) == 0);
        at += got;
    }
    require(rc == STET_END && at == want.len);
}

static void check_frames(struct stet_span packed, struct stet_span all,
                         size_t step, size_t n)
{
    struct stet_warc_source source;
    struct stet_warc_stream s;

    stet_warc_source_of(&source, packed);
    if (stet_warc_stream_open(&s, &source, NULL) < 0)
        return;
    for (size_t i = 0; i < n; i++) {
        require(stet_warc_stream_begin(&s, NULL) == STET_OK);
        read_frame(&s, record_at(all, i, step));
    }
    require(stet_warc_stream_begin(&s, NULL) == STET_END);
    stet_warc_stream_close(&s);
}

static void check_broken(struct stet_span packed, size_t at)
{
    static char copy[MAX];
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;

    if (packed.len == 0 || packed.len > sizeof(copy))
        return;
    memcpy(copy, packed.ptr, packed.len);
    copy[at % packed.len] ^= 0x11;
    if (stet_warc_reader_from_memory(&r, (struct stet_span){ copy, packed.len },
                                     NULL, NULL) < 0)
        return;
    while (stet_warc_reader_next(r, &rec, NULL) == STET_OK)
        require(rec.offset < packed.len);
    stet_warc_reader_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span all = { (const char *)data + 2, size - 2 };
    struct stet_span packed;
    struct stet_spool spool;
    size_t step, n;

    if (size < 3)
        return 0;
    step = data[0] + 1u;
    n = (all.len + step - 1) / step;
    if (n > RECORDS)
        n = RECORDS;
    stet_spool_init(&spool, NULL, MAX);
    if (pack(&spool, all, step, n) == STET_OK &&
        stet_spool_view(&spool, &packed, NULL) == STET_OK) {
        check_frames(packed, all, step, n);
        check_broken(packed, data[1] * 37u);
    }
    stet_spool_clear(&spool);
    return 0;
}
