#ifndef STET_CODEC_DECODER_H
#define STET_CODEC_DECODER_H

#include "codec/codec.h"

/* Of a state of stet_decode_zstd. */
STET_NODISCARD int stet_zstd_set_dictionary(void *state,
                                            struct stet_span dictionary,
                                            struct stet_error *err);

/*
 * What a decompressor is to stet_decoder: four functions over a state of
 * its own.  A file of this module for each library.
 */
struct stet_decoder_ops {
    STET_NODISCARD int (*open)(void **state, struct stet_error *err);
    /* As stet_decoder_step(), without the limits. */
    STET_NODISCARD int (*step)(void *state, struct stet_span *in, char *buf,
                               size_t cap, size_t *got, struct stet_error *err);
    STET_NODISCARD int (*reset)(void **state, struct stet_error *err);
    void (*close)(void *state); /* NULL is fine */
};

extern const struct stet_decoder_ops stet_decode_none;
extern const struct stet_decoder_ops stet_decode_gzip;
extern const struct stet_decoder_ops stet_decode_deflate;
extern const struct stet_decoder_ops stet_decode_brotli;
extern const struct stet_decoder_ops stet_decode_zstd;

#endif
