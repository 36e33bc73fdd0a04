#include "codec/codec.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "codec/deflate.h"
#include "codec/zlib.h"

#include <libdeflate.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>

enum {
    CHUNK = 64 * 1024,
    KEEP = 1 << 20,        /* scratch larger than this is given back */
    STORED_BLOCK = 0xFFFF, /* RFC 1951 section 3.2.4 */
    GZIP_BITS = 31,
    MEM_LEVEL = 8,
};

/*
 * Small members go through libdeflate in one piece, large ones through
 * zlib; each is made when it is first needed.
 */
struct stet_gzip {
    int level;
    struct libdeflate_compressor *small;
    struct stet_buf in, out; /* scratch of the small way */
    z_stream large;
    bool has_large;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *grab(size_t size)
{
    return stet_grow(NULL, size);
}

static void set_heap(void)
{
    libdeflate_set_memory_allocator(grab, stet_free);
}

void stet_deflate_init(void)
{
    pthread_once(&once, set_heap);
}

int stet_gzip_new(struct stet_gzip **out, int level, struct stet_error *err)
{
    struct stet_gzip *g;

    *out = NULL;
    if (level < 1 || level > STET_GZIP_LEVEL_MAX)
        return stet_fail(err, STET_EUSAGE, "gzip levels are 1 to %d",
                         STET_GZIP_LEVEL_MAX);
    stet_deflate_init();
    g = stet_alloc(sizeof(*g));
    if (!g)
        return stet_fail(err, STET_ENOMEM, "no memory for gzip");
    g->level = level;
    stet_buf_init(&g->in, STET_MAX_GZIP_AT_ONCE);
    stet_buf_init(&g->out, 2 * STET_MAX_GZIP_AT_ONCE);
    *out = g;
    return STET_OK;
}

void stet_gzip_free(struct stet_gzip *g)
{
    if (!g)
        return;
    libdeflate_free_compressor(g->small);
    if (g->has_large)
        deflateEnd(&g->large);
    stet_buf_clear(&g->in);
    stet_buf_clear(&g->out);
    stet_free(g);
}

static void tidy(struct stet_buf *b)
{
    if (b->cap > KEEP)
        stet_buf_clear(b);
    else
        stet_buf_reset(b);
}

static int add_small(struct stet_gzip *g, struct stet_spool *out,
                     const struct stet_span *parts, size_t n,
                     struct stet_error *err)
{
    size_t bound, made;
    char *room = NULL;
    int rc;

    for (size_t i = 0; i < n; i++)
        stet_buf_add_span(&g->in, parts[i]);
    if (!g->small)
        g->small = libdeflate_alloc_compressor(g->level);
    rc = g->small ? stet_buf_status(&g->in) : STET_ENOMEM;
    if (rc == STET_OK) {
        bound = libdeflate_gzip_compress_bound(g->small, g->in.len);
        room = stet_buf_room(&g->out, bound);
        rc = stet_buf_status(&g->out);
    }
    if (!room || rc < 0) {
        rc = stet_fail(err, rc < 0 ? rc : STET_ENOMEM, "no memory for gzip");
        goto done;
    }
    made = libdeflate_gzip_compress(g->small, g->in.len ? g->in.data : "",
                                    g->in.len, room, bound);
    rc = stet_spool_add(out, room, made, err);

done:
    tidy(&g->in);
    tidy(&g->out);
    return rc;
}

static int begin_large(struct stet_gzip *g, struct stet_error *err)
{
    if (g->has_large) {
        deflateReset(&g->large);
        return STET_OK;
    }
    memset(&g->large, 0, sizeof(g->large));
    g->large.zalloc = stet_zlib_alloc;
    g->large.zfree = stet_zlib_free;
    if (deflateInit2(&g->large, g->level, Z_DEFLATED, GZIP_BITS, MEM_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return stet_fail(err, STET_ENOMEM, "no memory for gzip");
    g->has_large = true;
    return STET_OK;
}

/* Feeds one part; with `flush` Z_FINISH the member's end as well. */
static int feed_large(struct stet_gzip *g, struct stet_spool *out,
                      struct stet_span part, int flush, char *chunk,
                      struct stet_error *err)
{
    z_stream *z = &g->large;
    int rc = STET_OK;

    do {
        size_t n = part.len < INT_MAX ? part.len : INT_MAX;
        z->next_in = (z_const Bytef *)(z_const void *)part.ptr;
        z->avail_in = (uInt)n;
        do {
            z->next_out = (Bytef *)chunk;
            z->avail_out = CHUNK;
            deflate(z, n == part.len ? flush : Z_NO_FLUSH);
            rc = stet_spool_add(out, chunk, CHUNK - z->avail_out, err);
        } while (rc == STET_OK && z->avail_out == 0);
        part = stet_span_sub(part, n, part.len);
    } while (rc == STET_OK && part.len > 0);
    return rc;
}

static int add_large(struct stet_gzip *g, struct stet_spool *out,
                     const struct stet_span *parts, size_t n,
                     struct stet_error *err)
{
    char *chunk = stet_alloc(CHUNK);
    int rc = chunk ? begin_large(g, err)
                   : stet_fail(err, STET_ENOMEM, "no memory for gzip");

    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = feed_large(g, out, parts[i], Z_NO_FLUSH, chunk, err);
    if (rc == STET_OK)
        rc = feed_large(g, out, STET_SPAN(""), Z_FINISH, chunk, err);
    stet_free(chunk);
    return rc;
}

static void put_le(unsigned char *p, size_t n, uint64_t v)
{
    for (size_t i = 0; i < n; i++)
        p[i] = (unsigned char)(v >> (8 * i) & 0xFF);
}

static int add_stored_blocks(struct stet_spool *out, struct stet_span part,
                             struct stet_error *err)
{
    int rc = STET_OK;

    while (part.len > 0 && rc == STET_OK) {
        size_t n = part.len < STORED_BLOCK ? part.len : STORED_BLOCK;
        unsigned char head[5] = { 0 };
        put_le(head + 1, 2, n);
        put_le(head + 3, 2, ~n);
        rc = stet_spool_add(out, head, sizeof(head), err);
        if (rc == STET_OK)
            rc = stet_spool_add(out, part.ptr, n, err);
        part = stet_span_sub(part, n, part.len);
    }
    return rc;
}

/* RFC 1952 section 2.3, no time, no name, operating system unknown. */
static int add_stored(struct stet_spool *out, const struct stet_span *parts,
                      size_t n, struct stet_error *err)
{
    static const unsigned char head[10] = { 0x1F, 0x8B, 8, 0, 0,
                                            0,    0,    0, 0, 0xFF };
    static const unsigned char last[5] = { 1, 0, 0, 0xFF, 0xFF };
    unsigned char tail[8];
    uint64_t size = 0;
    uint32_t crc = 0;
    int rc = stet_spool_add(out, head, sizeof(head), err);

    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        rc = add_stored_blocks(out, parts[i], err);
        crc = libdeflate_crc32(crc, parts[i].ptr, parts[i].len);
        size += parts[i].len;
    }
    put_le(tail, 4, crc);
    put_le(tail + 4, 4, size);
    if (rc == STET_OK)
        rc = stet_spool_add(out, last, sizeof(last), err);
    if (rc == STET_OK)
        rc = stet_spool_add(out, tail, sizeof(tail), err);
    return rc;
}

static bool is_small(const struct stet_span *parts, size_t n)
{
    size_t left = STET_MAX_GZIP_AT_ONCE;

    for (size_t i = 0; i < n; i++) {
        if (parts[i].len > left)
            return false;
        left -= parts[i].len;
    }
    return true;
}

int stet_gzip_add(struct stet_gzip *g, struct stet_spool *out,
                  const struct stet_span *parts, size_t n, bool stored,
                  struct stet_error *err)
{
    uint64_t start = out->len;
    int rc;

    if (stored)
        rc = add_stored(out, parts, n, err);
    else if (is_small(parts, n))
        rc = add_small(g, out, parts, n, err);
    else
        rc = add_large(g, out, parts, n, err);
    if (rc < 0 && out->len > start && stet_spool_cut(out, start, NULL) < 0)
        rc = STET_EIO;
    return rc;
}
