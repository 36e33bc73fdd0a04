/*
 * Bodies: the answer, the entity and the end are the same for every cut.
 * The first byte says how to cut, the second which framing.
 */
#include "http/body.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static int keep(void *ctx, const char *p, size_t n)
{
    require(n > 0);
    stet_buf_add(ctx, p, n);
    return STET_OK;
}

static void read_in_pieces(struct stet_body_reader *r, struct stet_span all,
                           size_t step, struct stet_buf *entity)
{
    int rc = STET_OK;
    size_t used;

    for (size_t at = 0; !rc && at < all.len; at += used) {
        struct stet_span piece = stet_span_sub(all, at, step);

        rc = stet_body_feed(r, piece, &used);
        require(used <= piece.len);
        require(rc || used == piece.len);
    }
    rc = stet_body_finish(r);
    require(rc != STET_OK && rc == r->status);
    require(r->entity == entity->len);
    require(r->consumed <= all.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_body_reader whole, cut;
    struct stet_framing f = { 0 };
    struct stet_buf a, b;
    struct stet_span all;

    if (size < 2 || size > 1 << 20)
        return 0;
    f.kind = (enum stet_framing_kind)(data[1] & 3);
    f.length = data[1] >> 2;
    all = (struct stet_span){ (const char *)data + 2, size - 2 };
    stet_buf_init(&a, 1 << 20);
    stet_buf_init(&b, 1 << 20);
    stet_body_init(&whole, &f, keep, &a);
    stet_body_init(&cut, &f, keep, &b);
    read_in_pieces(&whole, all, all.len + 1, &a);
    read_in_pieces(&cut, all, data[0] % 7u + 1, &b);
    require(whole.status == cut.status && whole.consumed == cut.consumed);
    require(whole.notes == cut.notes && whole.fault == cut.fault);
    require(whole.trailers_at == cut.trailers_at);
    require(stet_span_eq(stet_buf_span(&a), stet_buf_span(&b)));
    stet_buf_clear(&a);
    stet_buf_clear(&b);
    return 0;
}
