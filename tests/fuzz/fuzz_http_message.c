/*
 * Heads: every field lies within the bytes, in order; the end is found at
 * the same place for every cut; redacting changes no response.
 */
#include "http/message.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool is_within(struct stet_span part, struct stet_span all)
{
    return part.ptr >= all.ptr && part.len <= all.len &&
           part.ptr + part.len <= all.ptr + all.len;
}

static void check_head(const struct stet_head *h)
{
    struct stet_buf b;
    size_t at = 0;

    stet_buf_init(&b, 2 * STET_MAX_HEAD);
    for (size_t i = 0; i < h->n_fields; i++) {
        const struct stet_field *f = &h->fields[i];

        require(is_within(f->name, h->bytes));
        require(is_within(f->value, h->bytes));
        require(f->offset >= at && f->len > 0);
        at = f->offset + f->len;
        require(at <= h->bytes.len);
        stet_buf_reset(&b);
        stet_field_unfold(&b, f->value);
        for (size_t k = 0; k < b.len; k++)
            require(b.data[k] != '\n' && b.data[k] != '\r' && b.data[k]);
    }
    stet_buf_reset(&b);
    require(!stet_head_redact(h, &b) || !h->is_response);
    require(!h->is_response || stet_span_eq(stet_buf_span(&b), h->bytes));
    stet_buf_clear(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span all = { (const char *)data, size };
    size_t end, cut, scanned = 0;
    struct stet_head h;

    stet_head_init(&h);
    end = stet_head_end(all, NULL);
    for (size_t n = 0, step = 1; n <= size; n += step++) {
        cut = stet_head_end(stet_span_sub(all, 0, n), &scanned);
        require(!cut || cut == end);
        if (cut)
            break;
    }
    if (stet_head_parse(&h, all, NULL) == STET_OK) {
        require(h.bytes.ptr == all.ptr && h.bytes.len <= size);
        check_head(&h);
    }
    stet_head_clear(&h);
    return 0;
}
