/*
 * Any bytes as a CDXJ line: what is accepted comes back the same when it is
 * written and read again.
 */
#include "index/cdxj.h"

#include "base/span.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX = 8 << 20 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static bool is_same(struct stet_span a, struct stet_span b)
{
    return a.len == b.len && stet_span_eq(a, b);
}

static void go_round(const struct stet_cdxj *one)
{
    struct stet_arena arena;
    struct stet_cdxj two;
    struct stet_buf b;

    stet_arena_init(&arena, MAX);
    stet_buf_init(&b, MAX);
    if (stet_cdxj_add(&b, one) == STET_OK) {
        require(stet_cdxj_parse(&two, stet_buf_span(&b), &arena) == STET_OK);
        require(is_same(one->key, two.key) && is_same(one->url, two.url) &&
                is_same(one->mime, two.mime) &&
                is_same(one->status, two.status) &&
                is_same(one->digest, two.digest) &&
                is_same(one->filename, two.filename));
        require(one->length == two.length && one->offset == two.offset &&
                one->date_ms / 1000 == two.date_ms / 1000);
    }
    stet_buf_clear(&b);
    stet_arena_clear(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_arena arena;
    struct stet_cdxj line;

    stet_arena_init(&arena, MAX);
    if (stet_cdxj_parse(&line, (struct stet_span){ (const char *)data, size },
                        &arena) == STET_OK)
        go_round(&line);
    stet_arena_clear(&arena);
    return 0;
}
