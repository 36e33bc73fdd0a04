#include "codec/igzip.h"

#include "base/mem.h"

#ifdef STET_HAVE_ISAL

#include <isa-l/igzip_lib.h>

enum {
    LEVEL = 1, /* 0 uses fixed codes, and makes pictures larger */
    LEVEL_ROOM = ISAL_DEF_LVL1_DEFAULT,
    /* RFC 1951 section 3.2.4: a stored block's head, and gzip's ends. */
    BLOCK = 0x8000,
    BLOCK_HEAD = 5,
    ENDS = 64,
};

struct stet_igzip {
    struct isal_zstream stream;
    uint8_t room[LEVEL_ROOM];
};

int stet_igzip_new(struct stet_igzip **out)
{
    *out = stet_alloc(sizeof(**out));
    return *out ? STET_OK : STET_ENOMEM;
}

void stet_igzip_free(struct stet_igzip *z)
{
    stet_free(z);
}

size_t stet_igzip_bound(size_t n)
{
    return n + (n / BLOCK + 1) * BLOCK_HEAD + ENDS;
}

static size_t deflate_all(struct stet_igzip *z, struct stet_span in, bool whole,
                          char *out, size_t cap)
{
    struct isal_zstream *s = &z->stream;
    /* ISA-L only reads through it. */
    union {
        const char *given;
        uint8_t *it;
    } mutable = { .given = in.ptr };

    if (in.len > UINT32_MAX || cap > UINT32_MAX)
        return 0;
    isal_deflate_stateless_init(s);
    s->gzip_flag = whole ? IGZIP_GZIP : IGZIP_DEFLATE;
    s->flush = whole ? NO_FLUSH : FULL_FLUSH;
    s->end_of_stream = whole;
    s->level = LEVEL;
    s->level_buf = z->room;
    s->level_buf_size = sizeof(z->room);
    s->next_in = mutable.it;
    s->avail_in = (uint32_t)in.len;
    s->next_out = (uint8_t *)out;
    s->avail_out = (uint32_t)cap;
    return isal_deflate_stateless(s) == COMP_OK && s->avail_in == 0
               ? s->total_out
               : 0;
}

size_t stet_igzip_compress(struct stet_igzip *z, struct stet_span in, char *out,
                           size_t cap)
{
    return deflate_all(z, in, true, out, cap);
}

size_t stet_igzip_begin(struct stet_igzip *z, struct stet_span in, char *out,
                        size_t cap)
{
    return deflate_all(z, in, false, out, cap);
}

#else

int stet_igzip_new(struct stet_igzip **out)
{
    *out = NULL;
    return STET_EUNSUPPORTED;
}

void stet_igzip_free(struct stet_igzip *z)
{
    (void)z;
}

size_t stet_igzip_bound(size_t n)
{
    return n;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): with ISA-L it is written */
size_t stet_igzip_compress(struct stet_igzip *z, struct stet_span in, char *out,
                           size_t cap)
{
    (void)z, (void)in, (void)out, (void)cap;
    return 0;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): with ISA-L it is written */
size_t stet_igzip_begin(struct stet_igzip *z, struct stet_span in, char *out,
                        size_t cap)
{
    (void)z, (void)in, (void)out, (void)cap;
    return 0;
}

#endif
