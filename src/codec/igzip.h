#ifndef STET_CODEC_IGZIP_H
#define STET_CODEC_IGZIP_H

#include "base/span.h"
#include "stet/error.h"

/*
 * ISA-L's deflate, five times as fast as any other and less thorough: for
 * members made in one go.  Where stet was built without it _new() says
 * STET_EUNSUPPORTED, and nothing else is to be called.
 */
struct stet_igzip;

STET_NODISCARD int stet_igzip_new(struct stet_igzip **out);
void stet_igzip_free(struct stet_igzip *z);

/* Room that one member of n bytes can need. */
size_t stet_igzip_bound(size_t n);

/* One whole gzip member; its length, or 0 when it does not fit. */
size_t stet_igzip_compress(struct stet_igzip *z, struct stet_span in, char *out,
                           size_t cap);

/* The same as raw deflate that ends at a byte and goes on with another
 * block. */
size_t stet_igzip_begin(struct stet_igzip *z, struct stet_span in, char *out,
                        size_t cap);

#endif
