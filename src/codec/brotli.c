#include "codec/decoder.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <brotli/decode.h>

static void *grab(void *ctx, size_t size)
{
    (void)ctx;
    return stet_grow(NULL, size);
}

static void drop(void *ctx, void *p)
{
    (void)ctx;
    stet_free(p);
}

static int brotli_open(void **state, struct stet_error *err)
{
    *state = BrotliDecoderCreateInstance(grab, drop, NULL);
    if (!*state)
        return stet_fail(err, STET_ENOMEM, "no memory for brotli");
    return STET_OK;
}

static void brotli_close(void *state)
{
    if (state)
        BrotliDecoderDestroyInstance(state);
}

static int brotli_reset(void **state, struct stet_error *err)
{
    brotli_close(*state);
    return brotli_open(state, err);
}

static int fault(const BrotliDecoderState *s, struct stet_error *err)
{
    BrotliDecoderErrorCode code = BrotliDecoderGetErrorCode(s);

    if (code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
        code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES)
        return stet_fail(err, STET_ENOMEM, "no memory for brotli");
    return stet_fail(err, STET_EFORMAT, "broken brotli data: %s",
                     BrotliDecoderErrorString(code));
}

static int brotli_step(void *state, struct stet_span *in, char *buf, size_t cap,
                       size_t *got, struct stet_error *err)
{
    const uint8_t *next_in = (const uint8_t *)in->ptr;
    uint8_t *next_out = (uint8_t *)buf;
    size_t n_in = in->len, n_out = cap;
    BrotliDecoderResult r;

    r = BrotliDecoderDecompressStream(state, &n_in, &next_in, &n_out, &next_out,
                                      NULL);
    *got = cap - n_out;
    *in = stet_span_sub(*in, in->len - n_in, in->len);
    if (r == BROTLI_DECODER_RESULT_ERROR)
        return fault(state, err);
    return r == BROTLI_DECODER_RESULT_SUCCESS ? STET_END : STET_OK;
}

const struct stet_decoder_ops stet_decode_brotli = { brotli_open, brotli_step,
                                                     brotli_reset,
                                                     brotli_close };
