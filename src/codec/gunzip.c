#include "codec/codec.h"

#include "base/fail.h"
#include "base/mem.h"
#include "codec/deflate.h"

#include <libdeflate.h>

struct stet_gunzip {
    struct libdeflate_decompressor *whole;
};

enum {
    HEAD = 10, /* the shortest header of a member (RFC 1952 section 2.3) */
    FLAGS_AT = 3,
    FLAG_HCRC = 2, /* a checksum of the header, which libdeflate passes by */
};

int stet_gunzip_new(struct stet_gunzip **out, struct stet_error *err)
{
    struct stet_gunzip *g;

    *out = NULL;
    stet_deflate_init();
    g = stet_alloc(sizeof(*g));
    if (g)
        g->whole = libdeflate_alloc_decompressor();
    if (!g || !g->whole) {
        stet_free(g);
        return stet_fail(err, STET_ENOMEM, "no memory to inflate");
    }
    *out = g;
    return STET_OK;
}

void stet_gunzip_free(struct stet_gunzip *g)
{
    if (!g)
        return;
    libdeflate_free_decompressor(g->whole);
    stet_free(g);
}

bool stet_gunzip_member(struct stet_gunzip *g, struct stet_span member,
                        char *out, size_t size)
{
    size_t used = 0;

    if (member.len <= HEAD || (member.ptr[FLAGS_AT] & FLAG_HCRC) != 0)
        return false;
    /* Without a place for the size it must come out exactly. */
    return libdeflate_gzip_decompress_ex(g->whole, member.ptr, member.len, out,
                                         size, &used,
                                         NULL) == LIBDEFLATE_SUCCESS &&
           used == member.len;
}
