#include "codec/codec.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "codec/deflate.h"
#include "codec/igzip.h"
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
    /* Of what stands before a stored body: raw deflate in a small window. */
    MAX_HEAD_PART = 2048,
    HEAD_BITS = -13,
    HEAD_LEVEL = 6,
    FLUSH_ROOM = 16,
};

/*
 * Small members go through libdeflate or ISA-L in one piece, large ones
 * through zlib; each is made when it is first needed.
 */
struct stet_gzip {
    int level;
    struct stet_igzip *fast; /* at the fastest level, where it is there */
    struct libdeflate_compressor *small;
    struct stet_buf in, out; /* scratch of the small way */
    z_stream large, heads;
    bool has_large, has_heads;
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

int stet_gzip_level_of_notes(int level)
{
    return level == STET_GZIP_LEVEL_MAX ? level : STET_GZIP_FAST;
}

int stet_gzip_new(struct stet_gzip **out, int level, struct stet_error *err)
{
    struct stet_gzip *g;

    *out = NULL;
    if (level < STET_GZIP_FAST || level > STET_GZIP_LEVEL_MAX)
        return stet_fail(err, STET_EUSAGE, "gzip levels are %d to %d",
                         STET_GZIP_FAST, STET_GZIP_LEVEL_MAX);
    stet_deflate_init();
    g = stet_alloc(sizeof(*g));
    if (!g)
        return stet_fail(err, STET_ENOMEM, "no memory for gzip");
    g->level = level == STET_GZIP_FAST ? 1 : level;
    stet_buf_init(&g->in, STET_MAX_GZIP_AT_ONCE);
    stet_buf_init(&g->out, 2 * STET_MAX_GZIP_AT_ONCE);
    if (level == STET_GZIP_FAST && stet_igzip_new(&g->fast) == STET_ENOMEM) {
        stet_gzip_free(g);
        return stet_fail(err, STET_ENOMEM, "no memory for gzip");
    }
    *out = g;
    return STET_OK;
}

void stet_gzip_free(struct stet_gzip *g)
{
    if (!g)
        return;
    stet_igzip_free(g->fast);
    libdeflate_free_compressor(g->small);
    if (g->has_large)
        deflateEnd(&g->large);
    if (g->has_heads)
        deflateEnd(&g->heads);
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

/* The room a member needs, of the compressor there is; 0: no memory. */
static size_t bound_of(struct stet_gzip *g, size_t n)
{
    if (g->fast)
        return stet_igzip_bound(n);
    if (!g->small)
        g->small = libdeflate_alloc_compressor(g->level);
    return g->small ? libdeflate_gzip_compress_bound(g->small, n) : 0;
}

static int add_small(struct stet_gzip *g, struct stet_spool *out,
                     const struct stet_span *parts, size_t n,
                     struct stet_error *err)
{
    struct stet_span in;
    size_t bound, made;
    char *room = NULL;
    int rc;

    for (size_t i = 0; i < n && n > 1; i++)
        stet_buf_add_span(&g->in, parts[i]);
    in = n == 1 ? parts[0] : stet_buf_span(&g->in);
    rc = stet_buf_status(&g->in);
    bound = rc == STET_OK ? bound_of(g, in.len) : 0;
    if (bound > 0) {
        room = stet_buf_room(&g->out, bound);
        rc = stet_buf_status(&g->out);
    }
    if (!room || rc < 0) {
        rc = stet_fail(err, rc < 0 ? rc : STET_ENOMEM, "no memory for gzip");
        goto done;
    }
    made = g->fast ? stet_igzip_compress(g->fast, in, room, bound)
                   : libdeflate_gzip_compress(g->small, in.len ? in.ptr : "",
                                              in.len, room, bound);
    rc = made > 0 ? stet_spool_add(out, room, made, err)
                  : stet_fail(err, STET_ELIMIT, "a record that grows");

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

static int begin_heads(struct stet_gzip *g, struct stet_error *err)
{
    if (g->has_heads) {
        deflateReset(&g->heads);
        return STET_OK;
    }
    memset(&g->heads, 0, sizeof(g->heads));
    g->heads.zalloc = stet_zlib_alloc;
    g->heads.zfree = stet_zlib_free;
    if (deflateInit2(&g->heads, g->level, Z_DEFLATED, HEAD_BITS, HEAD_LEVEL,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return stet_fail(err, STET_ENOMEM, "no memory for gzip");
    g->has_heads = true;
    return STET_OK;
}

/*
 * The small parts that stand first, compressed: headers before a picture
 * are text.  The flush ends at a byte, and stored blocks can follow.
 */
static int add_heads(struct stet_gzip *g, struct stet_spool *out,
                     const struct stet_span *parts, size_t n,
                     struct stet_error *err)
{
    size_t all = 0, bound;
    char *room;
    int rc = n > 0 ? begin_heads(g, err) : STET_END;

    if (rc != STET_OK)
        return rc == STET_END ? STET_OK : rc;
    for (size_t i = 0; i < n; i++)
        all += parts[i].len;
    bound = deflateBound(&g->heads, (uLong)all) + FLUSH_ROOM;
    room = stet_buf_room(&g->out, bound);
    if (!room)
        return stet_fail(err, STET_ENOMEM, "no memory for gzip");
    g->heads.next_out = (Bytef *)room;
    g->heads.avail_out = (uInt)bound;
    for (size_t i = 0; i < n; i++) {
        g->heads.next_in = (z_const Bytef *)(z_const void *)parts[i].ptr;
        g->heads.avail_in = (uInt)parts[i].len;
        deflate(&g->heads, i + 1 < n ? Z_NO_FLUSH : Z_SYNC_FLUSH);
    }
    rc = stet_spool_add(out, room, bound - g->heads.avail_out, err);
    tidy(&g->out);
    return rc;
}

/* How many small parts stand before the first that is not; none if all are
 * small. */
static size_t count_heads(const struct stet_span *parts, size_t n)
{
    size_t heads = 0;

    while (heads < n && parts[heads].len <= MAX_HEAD_PART)
        heads++;
    return heads < n ? heads : 0;
}

/* RFC 1952 section 2.3, no time, no name, operating system unknown. */
static int add_stored(struct stet_gzip *g, struct stet_spool *out,
                      const struct stet_span *parts, size_t n,
                      struct stet_error *err)
{
    static const unsigned char head[10] = { 0x1F, 0x8B, 8, 0, 0,
                                            0,    0,    0, 0, 0xFF };
    static const unsigned char last[5] = { 1, 0, 0, 0xFF, 0xFF };
    unsigned char tail[8];
    size_t heads = g->fast ? 0 : count_heads(parts, n);
    uint64_t size = 0;
    uint32_t crc = 0;
    int rc = stet_spool_add(out, head, sizeof(head), err);

    if (rc == STET_OK)
        rc = add_heads(g, out, parts, heads, err);
    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        if (i >= heads)
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
        rc = add_stored(g, out, parts, n, err);
    else if (is_small(parts, n))
        rc = add_small(g, out, parts, n, err);
    else
        rc = add_large(g, out, parts, n, err);
    if (rc < 0 && out->len > start && stet_spool_cut(out, start, NULL) < 0)
        rc = STET_EIO;
    return rc;
}

uint32_t stet_codec_crc32(struct stet_span bytes)
{
    return libdeflate_crc32(0, bytes.ptr, bytes.len);
}
