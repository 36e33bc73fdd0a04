#include "warc/pour.h"

#include "base/fail.h"
#include "base/mem.h"

/* A record on its way. */
struct pouring {
    const struct stet_warc_sink *sink;
    const struct stet_warc_pack *how;
    struct stet_spool packed; /* and not yet put */
    struct stet_hasher *hasher;
    char *piece;
};

typedef int piece_fn(struct pouring *p, struct stet_span piece,
                     struct stet_error *err);

/* Reads a body to its end. */
static int each_piece(struct pouring *p, const struct stet_spool *body,
                      piece_fn *fn, struct stet_error *err)
{
    uint64_t at = 0;
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && at < body->len && got > 0) {
        rc = stet_spool_read(body, at, p->piece, STET_WARC_PIECE, &got, err);
        if (rc == STET_OK)
            rc = fn(p, (struct stet_span){ p->piece, got }, err);
        at += got;
    }
    if (rc == STET_OK && at < body->len)
        rc = stet_fail(err, STET_EIO, "a spool is shorter than it says");
    return rc;
}

static int hash_piece(struct pouring *p, struct stet_span piece,
                      struct stet_error *err)
{
    (void)err;
    stet_hasher_add(p->hasher, piece.ptr, piece.len);
    return STET_OK;
}

static int hash_block(struct pouring *p, struct stet_span head,
                      const struct stet_spool *body, struct stet_digest *out,
                      struct stet_error *err)
{
    int rc = stet_hasher_new(&p->hasher, p->how->digest, err);

    if (rc < 0)
        return rc;
    stet_hasher_add(p->hasher, head.ptr, head.len);
    rc = each_piece(p, body, hash_piece, err);
    stet_hasher_finish(p->hasher, out);
    return rc;
}

static int put(struct pouring *p, struct stet_error *err)
{
    int rc = p->sink->put(p->sink->ctx, &p->packed, err);

    return rc == STET_OK ? stet_spool_cut(&p->packed, 0, err) : rc;
}

static int pack_piece(struct pouring *p, struct stet_span piece,
                      struct stet_error *err)
{
    int rc = stet_gzip_feed(p->how->gzip, &p->packed, piece, err);

    return rc == STET_OK && p->packed.len >= STET_WARC_SLICE ? put(p, err) : rc;
}

static int pack(struct pouring *p, struct stet_span header,
                struct stet_span head, const struct stet_spool *body,
                struct stet_error *err)
{
    struct stet_span heads[] = { header, head };
    int rc = stet_gzip_begin(p->how->gzip, &p->packed, heads, 2, p->how->stored,
                             err);

    if (rc == STET_OK)
        rc = each_piece(p, body, pack_piece, err);
    if (rc == STET_OK)
        rc = stet_gzip_feed(p->how->gzip, &p->packed, STET_SPAN("\r\n\r\n"),
                            err);
    if (rc == STET_OK)
        rc = stet_gzip_end(p->how->gzip, &p->packed, err);
    return rc == STET_OK ? put(p, err) : rc;
}

int stet_warc_record_pour(const struct stet_warc_sink *sink,
                          struct stet_warc_header *h, struct stet_span head,
                          const struct stet_spool *body,
                          const struct stet_warc_pack *how,
                          struct stet_error *err)
{
    struct pouring p = { .sink = sink, .how = how };
    struct stet_digest digest;
    int rc = stet_buf_status(&h->text);

    if (rc < 0)
        return stet_fail(err, rc, "a WARC header could not be built");
    /* Deflate makes a piece larger by a few bytes at the most. */
    stet_spool_init(&p.packed, NULL, STET_WARC_SLICE + 2 * STET_WARC_PIECE);
    p.piece = stet_grow(NULL, STET_WARC_PIECE); /* not zeroed: it is filled */
    if (!p.piece)
        rc = stet_fail(err, STET_ENOMEM, "no memory for a large record");
    if (rc == STET_OK)
        rc = hash_block(&p, head, body, &digest, err);
    if (rc == STET_OK)
        rc = stet_warc_header_finish(h, &digest, head.len + body->len, err);
    if (rc == STET_OK)
        rc = pack(&p, stet_buf_span(&h->text), head, body, err);
    stet_hasher_free(p.hasher);
    stet_spool_clear(&p.packed);
    stet_free(p.piece);
    return rc;
}
