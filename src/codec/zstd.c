#include "codec/decoder.h"

#include "base/fail.h"
#include "base/span.h"

#include <zstd.h>
#include <zstd_errors.h>

/* RFC 9659 for HTTP and the WARC proposal agree: windows of up to 8 MiB. */
enum { WINDOW_LOG_MAX = 23 };

static int zstd_open(void **state, struct stet_error *err)
{
    ZSTD_DCtx *z = ZSTD_createDCtx();

    *state = z;
    if (!z || ZSTD_isError(ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax,
                                                  WINDOW_LOG_MAX))) {
        ZSTD_freeDCtx(z);
        *state = NULL;
        return stet_fail(err, STET_ENOMEM, "no memory for zstd");
    }
    return STET_OK;
}

int stet_zstd_set_dictionary(void *state, struct stet_span dictionary,
                             struct stet_error *err)
{
    size_t r = ZSTD_DCtx_loadDictionary(state, dictionary.ptr, dictionary.len);

    if (!ZSTD_isError(r))
        return STET_OK;
    if (ZSTD_getErrorCode(r) == ZSTD_error_memory_allocation)
        return stet_fail(err, STET_ENOMEM, "no memory for a zstd dictionary");
    return stet_fail(err, STET_EFORMAT, "a broken zstd dictionary");
}

static int zstd_reset(void **state, struct stet_error *err)
{
    if (ZSTD_isError(ZSTD_DCtx_reset(*state, ZSTD_reset_session_only)))
        return stet_fail(err, STET_ENOMEM, "cannot reset zstd");
    return STET_OK;
}

static void zstd_close(void *state)
{
    ZSTD_freeDCtx(state);
}

/* ZSTD_outBuffer writes through `buf`, which clang-tidy does not see. */
/* NOLINTNEXTLINE(readability-non-const-parameter) */
static int zstd_step(void *state, struct stet_span *in, char *buf, size_t cap,
                     size_t *got, struct stet_error *err)
{
    ZSTD_inBuffer from = { in->ptr, in->len, 0 };
    ZSTD_outBuffer to = { buf, cap, 0 };
    size_t r = ZSTD_decompressStream(state, &to, &from);

    *in = stet_span_sub(*in, from.pos, in->len);
    *got = to.pos;
    if (!ZSTD_isError(r))
        return r == 0 ? STET_END : STET_OK;
    switch ((int)ZSTD_getErrorCode(r)) {
    case ZSTD_error_memory_allocation:
        return stet_fail(err, STET_ENOMEM, "no memory for zstd");
    case ZSTD_error_frameParameter_windowTooLarge:
        return stet_fail(err, STET_ELIMIT, "the zstd window is over 8 MiB");
    case ZSTD_error_noForwardProgress_destFull:
    case ZSTD_error_noForwardProgress_inputEmpty:
        return STET_OK;
    default:
        return stet_fail(err, STET_EFORMAT, "broken zstd data: %s",
                         ZSTD_getErrorName(r));
    }
}

const struct stet_decoder_ops stet_decode_zstd = { zstd_open, zstd_step,
                                                   zstd_reset, zstd_close };
