#include "codec/decoder.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <inttypes.h>
#include <string.h>

struct stet_decoder {
    const struct stet_decoder_ops *ops;
    void *state;
    struct stet_inflate_limits limits;
    uint64_t in, out;
};

static const struct {
    const char *token;
    enum stet_coding coding;
} tokens[] = {
    { "identity", STET_CODING_NONE },     { "gzip", STET_CODING_GZIP },
    { "x-gzip", STET_CODING_GZIP },       { "deflate", STET_CODING_DEFLATE },
    { "x-deflate", STET_CODING_DEFLATE }, { "br", STET_CODING_BROTLI },
    { "zstd", STET_CODING_ZSTD },         { "none", STET_CODING_NONE },
};

enum stet_coding stet_coding_find(struct stet_span token)
{
    for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
        if (stet_span_ieqs(token, tokens[i].token))
            return tokens[i].coding;
    return STET_CODING_UNKNOWN;
}

static const struct stet_decoder_ops *ops_of(enum stet_coding kind)
{
    switch (kind) {
    case STET_CODING_NONE:
        return &stet_decode_none;
    case STET_CODING_GZIP:
        return &stet_decode_gzip;
    case STET_CODING_DEFLATE:
        return &stet_decode_deflate;
    case STET_CODING_BROTLI:
        return &stet_decode_brotli;
    case STET_CODING_ZSTD:
        return &stet_decode_zstd;
    case STET_CODING_UNKNOWN:
        break;
    }
    return NULL;
}

int stet_decoder_new(struct stet_decoder **out, enum stet_coding kind,
                     const struct stet_inflate_limits *limits,
                     struct stet_error *err)
{
    static const struct stet_inflate_limits usual = STET_INFLATE_LIMITS_DEFAULT;
    const struct stet_decoder_ops *ops = ops_of(kind);
    struct stet_decoder *d;
    int rc;

    *out = NULL;
    if (!ops)
        return stet_fail(err, STET_EUNSUPPORTED, "an unknown coding");
    d = stet_alloc(sizeof(*d));
    if (!d)
        return stet_fail(err, STET_ENOMEM, "no memory for a decoder");
    d->ops = ops;
    d->limits = limits ? *limits : usual;
    rc = ops->open(&d->state, err);
    if (rc < 0) {
        stet_free(d);
        return rc;
    }
    *out = d;
    return STET_OK;
}

void stet_decoder_free(struct stet_decoder *d)
{
    if (!d)
        return;
    d->ops->close(d->state);
    stet_free(d);
}

static bool is_over_ratio(const struct stet_decoder *d)
{
    return d->limits.max_ratio > 0 && d->out > d->limits.free_bytes &&
           d->out / d->limits.max_ratio > d->in;
}

int stet_decoder_step(struct stet_decoder *d, struct stet_span *in, char *buf,
                      size_t cap, size_t *got, struct stet_error *err)
{
    size_t before = in->len;
    int rc;

    *got = 0;
    rc = d->ops->step(d->state, in, buf, cap, got, err);
    d->in += before - in->len;
    d->out += *got;
    if (rc >= 0 && is_over_ratio(d))
        return stet_fail(err, STET_ELIMIT,
                         "%" PRIu64 " compressed bytes became %" PRIu64, d->in,
                         d->out);
    return rc;
}

int stet_decoder_reset(struct stet_decoder *d, struct stet_error *err)
{
    return d->ops->reset(&d->state, err);
}

int stet_decoder_set_dictionary(struct stet_decoder *d,
                                struct stet_span dictionary,
                                struct stet_error *err)
{
    if (d->ops != &stet_decode_zstd)
        return stet_fail(err, STET_EUSAGE, "only zstd takes a dictionary");
    return stet_zstd_set_dictionary(d->state, dictionary, err);
}

/* -- no coding: the bytes themselves -------------------------------------- */

static int none_open(void **state, struct stet_error *err)
{
    (void)err;
    *state = NULL;
    return STET_OK;
}

static int none_step(void *state, struct stet_span *in, char *buf, size_t cap,
                     size_t *got, struct stet_error *err)
{
    size_t n = in->len < cap ? in->len : cap;

    (void)state;
    (void)err;
    if (n > 0) {
        memcpy(buf, in->ptr, n);
        *in = stet_span_sub(*in, n, in->len);
    }
    *got = n;
    return STET_OK;
}

static void none_close(void *state)
{
    (void)state;
}

const struct stet_decoder_ops stet_decode_none = { none_open, none_step,
                                                   none_open, none_close };
