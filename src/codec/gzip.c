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
    struct stet_igzip *fast;  /* at the fastest level, where it is there */
    struct stet_igzip *quick; /* for heads, where it is there */
    struct libdeflate_compressor *small;
    struct stet_buf in, out; /* scratch of the small way */
    z_stream large, heads;
    bool has_large, has_heads;
    /* Of the member that was begun. */
    bool stored;
    uint32_t crc;
    uint64_t size;
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
    stet_igzip_free(g->quick);
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

/* Deflates one part; with `flush` Z_FINISH the member's end as well. */
static int feed_large(struct stet_gzip *g, struct stet_spool *out,
                      struct stet_span part, int flush, struct stet_error *err)
{
    z_stream *z = &g->large;
    char *chunk = stet_buf_room(&g->out, CHUNK);
    int rc =
        chunk ? STET_OK : stet_fail(err, STET_ENOMEM, "no memory for gzip");

    while (rc == STET_OK) {
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
        if (part.len == 0)
            break;
    }
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

static void count(struct stet_gzip *g, struct stet_span part)
{
    g->crc = libdeflate_crc32(g->crc, part.ptr, part.len);
    g->size += part.len;
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

static int add_heads_quickly(struct stet_gzip *g, struct stet_spool *out,
                             const struct stet_span *parts, size_t n,
                             struct stet_error *err)
{
    size_t bound, made = 0;
    char *room = NULL;
    int rc;

    for (size_t i = 0; i < n; i++)
        stet_buf_add_span(&g->in, parts[i]);
    rc = stet_buf_status(&g->in);
    bound = stet_igzip_bound(g->in.len) + FLUSH_ROOM;
    if (rc == STET_OK)
        room = stet_buf_room(&g->out, bound);
    if (room)
        made = stet_igzip_begin(g->quick, stet_buf_span(&g->in), room, bound);
    rc = made > 0 ? stet_spool_add(out, room, made, err)
                  : stet_fail(err, STET_ENOMEM, "no memory for gzip");
    tidy(&g->in);
    tidy(&g->out);
    return rc;
}

static int add_heads_well(struct stet_gzip *g, struct stet_spool *out,
                          const struct stet_span *parts, size_t n,
                          struct stet_error *err)
{
    size_t all = 0, bound;
    char *room;
    int rc = begin_heads(g, err);

    if (rc < 0)
        return rc;
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

/*
 * The small parts that stand first, compressed: headers before a picture
 * are text.  The flush ends at a byte, and stored blocks can follow.
 */
static int add_heads(struct stet_gzip *g, struct stet_spool *out,
                     const struct stet_span *parts, size_t n,
                     struct stet_error *err)
{
    if (n == 0)
        return STET_OK;
    if (!g->quick && g->level < STET_GZIP_LEVEL_MAX &&
        stet_igzip_new(&g->quick) == STET_ENOMEM)
        return stet_fail(err, STET_ENOMEM, "no memory for gzip");
    return g->quick ? add_heads_quickly(g, out, parts, n, err)
                    : add_heads_well(g, out, parts, n, err);
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
static int begin_stored(struct stet_gzip *g, struct stet_spool *out,
                        const struct stet_span *heads, size_t n,
                        struct stet_error *err)
{
    static const unsigned char head[10] = { 0x1F, 0x8B, 8, 0, 0,
                                            0,    0,    0, 0, 0xFF };
    int rc = stet_spool_add(out, head, sizeof(head), err);

    g->crc = 0;
    g->size = 0;
    if (g->fast) {
        for (size_t i = 0; i < n && rc == STET_OK; i++)
            rc = add_stored_blocks(out, heads[i], err);
    } else if (rc == STET_OK) {
        rc = add_heads(g, out, heads, n, err);
    }
    for (size_t i = 0; i < n; i++)
        count(g, heads[i]);
    return rc;
}

static int end_stored(struct stet_gzip *g, struct stet_spool *out,
                      struct stet_error *err)
{
    unsigned char tail[13] = { 1, 0, 0, 0xFF, 0xFF };

    put_le(tail + 5, 4, g->crc);
    put_le(tail + 9, 4, g->size);
    return stet_spool_add(out, tail, sizeof(tail), err);
}

int stet_gzip_begin(struct stet_gzip *g, struct stet_spool *out,
                    const struct stet_span *heads, size_t n, bool stored,
                    struct stet_error *err)
{
    int rc;

    tidy(&g->out); /* of a member that failed */
    g->stored = stored;
    if (stored)
        return begin_stored(g, out, heads, n, err);
    rc = begin_large(g, err);
    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = feed_large(g, out, heads[i], Z_NO_FLUSH, err);
    return rc;
}

int stet_gzip_feed(struct stet_gzip *g, struct stet_spool *out,
                   struct stet_span part, struct stet_error *err)
{
    if (!g->stored)
        return feed_large(g, out, part, Z_NO_FLUSH, err);
    count(g, part);
    return add_stored_blocks(out, part, err);
}

int stet_gzip_end(struct stet_gzip *g, struct stet_spool *out,
                  struct stet_error *err)
{
    int rc = g->stored ? end_stored(g, out, err)
                       : feed_large(g, out, STET_SPAN(""), Z_FINISH, err);

    tidy(&g->out);
    return rc;
}

/* As one member, in steps. */
static int add_parts(struct stet_gzip *g, struct stet_spool *out,
                     const struct stet_span *parts, size_t n, bool stored,
                     struct stet_error *err)
{
    size_t heads = stored ? count_heads(parts, n) : 0;
    int rc = stet_gzip_begin(g, out, parts, heads, stored, err);

    for (size_t i = heads; i < n && rc == STET_OK; i++)
        rc = stet_gzip_feed(g, out, parts[i], err);
    if (rc == STET_OK)
        rc = stet_gzip_end(g, out, err);
    tidy(&g->out);
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

    if (!stored && is_small(parts, n))
        rc = add_small(g, out, parts, n, err);
    else
        rc = add_parts(g, out, parts, n, stored, err);
    if (rc < 0 && out->len > start && stet_spool_cut(out, start, NULL) < 0)
        rc = STET_EIO;
    return rc;
}

uint32_t stet_codec_crc32(struct stet_span bytes)
{
    return libdeflate_crc32(0, bytes.ptr, bytes.len);
}
