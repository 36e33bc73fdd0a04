#ifndef STET_CODEC_ZLIB_H
#define STET_CODEC_ZLIB_H

/* zlib, with its heap led through base/mem. */
#define ZLIB_CONST
#include <zlib.h>

void *stet_zlib_alloc(void *ctx, unsigned n, unsigned size);
void stet_zlib_free(void *ctx, void *p);

#endif
