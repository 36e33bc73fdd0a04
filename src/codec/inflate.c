#include "codec/codec.h"

#include "base/fail.h"
#include "base/span.h"

enum { ROOM = 64 * 1024 };

/*
 * Room for the next piece: at most ROOM bytes, and never past the ceiling.
 * When the ceiling is reached *cap is 0.
 */
static char *next_room(struct stet_buf *out, size_t *cap)
{
    size_t left = out->max - out->len;

    *cap = left < ROOM ? left : ROOM;
    return *cap > 0 ? stet_buf_room(out, *cap) : NULL;
}

/* True if what follows a finished member is another one to go on with. */
static bool is_more(enum stet_coding kind, struct stet_span in)
{
    if (kind == STET_CODING_GZIP)
        return stet_span_starts(in, STET_SPAN("\x1f\x8b"));
    return kind == STET_CODING_ZSTD &&
           stet_span_starts(in, STET_SPAN("\x28\xb5\x2f\xfd"));
}

/* One step; `more` says whether the decoder may still have output inside. */
static int take_step(struct stet_decoder *d, struct stet_span *in,
                     struct stet_buf *out, bool *more, struct stet_error *err)
{
    char spare;
    size_t cap, got = 0;
    char *room = next_room(out, &cap);
    int rc;

    *more = false;
    if (!room && cap > 0)
        return stet_fail(err, STET_ENOMEM, "no memory to decompress into");
    rc = stet_decoder_step(d, in, room ? room : &spare, room ? cap : 1, &got,
                           err);
    if (!room && got > 0)
        return stet_fail(err, STET_ELIMIT, "more than %zu bytes decompressed",
                         out->max);
    if (room)
        stet_buf_added(out, got);
    *more = room && got == cap;
    return rc;
}

int stet_codec_inflate(enum stet_coding kind, struct stet_span in,
                       struct stet_buf *out,
                       const struct stet_inflate_limits *limits,
                       struct stet_error *err)
{
    struct stet_decoder *d = NULL;
    bool more = false;
    int rc = stet_decoder_new(&d, kind, limits, err);

    if (in.len == 0)
        goto done;
    while (rc == STET_OK) {
        rc = take_step(d, &in, out, &more, err);
        if (rc == STET_END && is_more(kind, in))
            rc = stet_decoder_reset(d, err);
        else if (rc == STET_OK && in.len == 0 && !more)
            break;
    }
    if (rc == STET_END || (rc == STET_OK && kind == STET_CODING_NONE))
        rc = STET_OK;
    else if (rc == STET_OK)
        rc = stet_fail(err, STET_ETRUNC, "the compressed data ends early");

done:
    stet_decoder_free(d);
    return rc;
}
