#include "codec/zlib.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "codec/decoder.h"

#include <limits.h>

void *stet_zlib_alloc(void *ctx, unsigned n, unsigned size)
{
    (void)ctx;
    return stet_grow(NULL, (size_t)n * size);
}

void stet_zlib_free(void *ctx, void *p)
{
    (void)ctx;
    stet_free(p);
}

/*
 * zlib's inflate, for gzip and for HTTP's deflate.  The latter is meant to
 * be RFC 1950, but servers send RFC 1951 as well: the first two bytes tell,
 * and are kept in `head` until both are there.
 */
enum { RAW = -15, ZLIB = 15, GZIP = 31 };

struct inflater {
    z_stream z;
    bool sniff; /* deflate, and the form is not known yet */
    size_t n_head;
    unsigned char head[2];
};

static int open_inflater(void **state, int bits, bool sniff,
                         struct stet_error *err)
{
    struct inflater *i = stet_alloc(sizeof(*i));

    *state = i;
    if (i) {
        i->z.zalloc = stet_zlib_alloc;
        i->z.zfree = stet_zlib_free;
        i->sniff = sniff;
        if (inflateInit2(&i->z, bits) == Z_OK)
            return STET_OK;
    }
    stet_free(i);
    *state = NULL;
    return stet_fail(err, STET_ENOMEM, "no memory to inflate");
}

static int gzip_open(void **state, struct stet_error *err)
{
    return open_inflater(state, GZIP, false, err);
}

static int deflate_open(void **state, struct stet_error *err)
{
    return open_inflater(state, ZLIB, true, err);
}

static int answer(const struct inflater *i, int z, struct stet_error *err)
{
    switch (z) {
    case Z_OK:
    case Z_BUF_ERROR: /* no progress was possible: nothing wrong */
        return STET_OK;
    case Z_STREAM_END:
        return STET_END;
    case Z_MEM_ERROR:
        return stet_fail(err, STET_ENOMEM, "no memory to inflate");
    case Z_NEED_DICT:
        return stet_fail(err, STET_EFORMAT, "a preset dictionary is needed");
    default:
        return stet_fail(err, STET_EFORMAT, "%s",
                         i->z.msg ? i->z.msg : "broken deflate data");
    }
}

static int run(struct inflater *i, struct stet_span *in, char *buf, size_t cap,
               size_t *got, struct stet_error *err)
{
    size_t n_in = in->len < UINT_MAX ? in->len : UINT_MAX;
    size_t n_out = cap - *got < UINT_MAX ? cap - *got : UINT_MAX;
    int z;

    /* zlib promises not to write through next_in. */
    i->z.next_in = (z_const Bytef *)(z_const void *)in->ptr;
    i->z.avail_in = (uInt)n_in;
    i->z.next_out = (Bytef *)buf + *got;
    i->z.avail_out = (uInt)n_out;
    z = inflate(&i->z, Z_NO_FLUSH);
    *in = stet_span_sub(*in, n_in - i->z.avail_in, in->len);
    *got += n_out - i->z.avail_out;
    return answer(i, z, err);
}

static int inflate_step(void *state, struct stet_span *in, char *buf,
                        size_t cap, size_t *got, struct stet_error *err)
{
    struct inflater *i = state;
    struct stet_span head;
    int rc;

    while (i->sniff && i->n_head < 2 && in->len > 0) {
        i->head[i->n_head++] = (unsigned char)in->ptr[0];
        *in = stet_span_sub(*in, 1, in->len);
    }
    if (i->sniff && i->n_head < 2)
        return STET_OK;
    if (i->sniff) {
        /* RFC 1950 section 2.2: the method is 8 and the check divides. */
        bool wrapped = (i->head[0] & 0x0F) == 8 &&
                       (i->head[0] * 256 + i->head[1]) % 31 == 0;
        i->sniff = false;
        if (inflateReset2(&i->z, wrapped ? ZLIB : RAW) != Z_OK)
            return stet_fail(err, STET_ENOMEM, "no memory to inflate");
        head = (struct stet_span){ (const char *)i->head, 2 };
        rc = run(i, &head, buf, cap, got, err);
        if (rc != STET_OK)
            return rc;
    }
    return run(i, in, buf, cap, got, err);
}

static int inflate_again(void **state, struct stet_error *err)
{
    struct inflater *i = *state;

    i->n_head = 0;
    if (inflateReset(&i->z) != Z_OK)
        return stet_fail(err, STET_ENOMEM, "no memory to inflate");
    return STET_OK;
}

static int deflate_again(void **state, struct stet_error *err)
{
    struct inflater *i = *state;

    i->sniff = true;
    return inflate_again(state, err);
}

static void inflate_close(void *state)
{
    struct inflater *i = state;

    if (i)
        inflateEnd(&i->z);
    stet_free(i);
}

const struct stet_decoder_ops stet_decode_gzip = { gzip_open, inflate_step,
                                                   inflate_again,
                                                   inflate_close };
const struct stet_decoder_ops stet_decode_deflate = {
    deflate_open, inflate_step, deflate_again, inflate_close
};
