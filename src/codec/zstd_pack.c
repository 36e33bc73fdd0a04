#include "codec/codec.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <zdict.h>
#include <zstd.h>

enum {
    CHUNK = 128 * 1024,
    WINDOW_LOG = 23, /* readers need not take more (RFC 9659) */
};

struct stet_zstd {
    ZSTD_CCtx *z;
    char *chunk; /* CHUNK of them */
};

static int check(size_t answer, struct stet_error *err)
{
    if (!ZSTD_isError(answer))
        return STET_OK;
    return stet_fail(err, STET_ENOMEM, "zstd: %s", ZSTD_getErrorName(answer));
}

static int set_up(struct stet_zstd *c, int level, struct stet_error *err)
{
    int rc;

    c->z = ZSTD_createCCtx();
    c->chunk = stet_grow(NULL, CHUNK);
    if (!c->z || !c->chunk)
        return stet_fail(err, STET_ENOMEM, "no memory for zstd");
    rc = check(ZSTD_CCtx_setParameter(c->z, ZSTD_c_compressionLevel, level),
               err);
    if (rc == STET_OK)
        rc = check(ZSTD_CCtx_setParameter(c->z, ZSTD_c_checksumFlag, 1), err);
    if (rc == STET_OK && level > STET_ZSTD_LEVEL)
        rc = check(ZSTD_CCtx_setParameter(c->z, ZSTD_c_windowLog, WINDOW_LOG),
                   err);
    return rc;
}

int stet_zstd_new(struct stet_zstd **out, int level, struct stet_error *err)
{
    struct stet_zstd *c;
    int rc;

    *out = NULL;
    if (level < 1 || level > STET_ZSTD_LEVEL_MAX)
        return stet_fail(err, STET_EUSAGE, "zstd levels are 1 to %d",
                         STET_ZSTD_LEVEL_MAX);
    c = stet_alloc(sizeof(*c));
    if (!c)
        return stet_fail(err, STET_ENOMEM, "no memory for zstd");
    rc = set_up(c, level, err);
    if (rc < 0) {
        stet_zstd_free(c);
        return rc;
    }
    *out = c;
    return STET_OK;
}

void stet_zstd_free(struct stet_zstd *c)
{
    if (!c)
        return;
    ZSTD_freeCCtx(c->z);
    stet_free(c->chunk);
    stet_free(c);
}

static int add_part(struct stet_zstd *c, struct stet_spool *out,
                    struct stet_span part, ZSTD_EndDirective end,
                    struct stet_error *err)
{
    ZSTD_inBuffer in = { part.ptr, part.len, 0 };
    bool more = true;
    int rc = STET_OK;

    while (rc == STET_OK && more) {
        ZSTD_outBuffer to = { c->chunk, CHUNK, 0 };
        size_t left = ZSTD_compressStream2(c->z, &to, &in, end);

        rc = check(left, err);
        if (rc == STET_OK && to.pos > 0)
            rc = stet_spool_add(out, c->chunk, to.pos, err);
        more = end == ZSTD_e_end ? left > 0 : in.pos < in.size;
    }
    return rc;
}

static int add_frame(struct stet_zstd *c, struct stet_spool *out,
                     const struct stet_span *parts, size_t n,
                     struct stet_error *err)
{
    uint64_t size = 0;
    int rc;

    for (size_t i = 0; i < n; i++)
        size += parts[i].len;
    rc = check(ZSTD_CCtx_reset(c->z, ZSTD_reset_session_only), err);
    if (rc == STET_OK)
        rc = check(ZSTD_CCtx_setPledgedSrcSize(c->z, size), err);
    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = add_part(c, out, parts[i],
                      i + 1 == n ? ZSTD_e_end : ZSTD_e_continue, err);
    return rc;
}

int stet_zstd_add(struct stet_zstd *c, struct stet_spool *out,
                  const struct stet_span *parts, size_t n,
                  struct stet_error *err)
{
    uint64_t start = out->len;
    int rc = add_frame(c, out, parts, n, err);

    if (rc < 0 && out->len > start && stet_spool_cut(out, start, NULL) < 0)
        rc = STET_EIO;
    return rc;
}

/* -- dictionaries ---------------------------------------------------------- */

int stet_zstd_train(struct stet_buf *out, struct stet_span samples,
                    const size_t *sizes, size_t n, struct stet_error *err)
{
    char *room = stet_buf_room(out, STET_ZSTD_DICTIONARY);
    size_t made;

    if (!room)
        return stet_fail(err, STET_ENOMEM, "no memory for a dictionary");
    made = ZDICT_trainFromBuffer(room, STET_ZSTD_DICTIONARY, samples.ptr, sizes,
                                 (unsigned)n);
    if (ZDICT_isError(made))
        return STET_END;
    stet_buf_added(out, made);
    return STET_OK;
}

static void put_le32(char *p, size_t v)
{
    for (size_t i = 0; i < 4; i++)
        p[i] = (char)(v >> (8 * i) & 0xFF);
}

int stet_zstd_begin_with(struct stet_zstd *c, struct stet_spool *out,
                         struct stet_span dictionary, struct stet_error *err)
{
    /* "warc-zstd": a skippable frame of this magic number and its size. */
    char head[8] = { 0x5D, 0x2A, 0x4D, 0x18 };
    struct stet_spool packed;
    struct stet_span frame;
    int rc;

    stet_spool_init(&packed, NULL, 2 * STET_ZSTD_DICTIONARY);
    rc = stet_zstd_add(c, &packed, &dictionary, 1, err);
    if (rc == STET_OK)
        rc = stet_spool_view(&packed, &frame, err);
    if (rc == STET_OK) {
        put_le32(head + 4, frame.len);
        rc = stet_spool_add(out, head, sizeof(head), err);
    }
    if (rc == STET_OK)
        rc = stet_spool_add(out, frame.ptr, frame.len, err);
    if (rc == STET_OK)
        rc = check(
            ZSTD_CCtx_loadDictionary(c->z, dictionary.ptr, dictionary.len),
            err);
    stet_spool_clear(&packed);
    return rc;
}
