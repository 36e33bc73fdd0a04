/*
 * Content codings: whatever the bytes, output stays within the budget.  The
 * first bytes, to a line end, are the Content-Encoding.
 */
#include "base/span.h"
#include "http/coding.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct stet_decode_limits limits = { 1 << 20, { 200, 1 << 16 } };
    struct stet_span rest = { (const char *)data, size }, value, out;
    struct stet_coding_chain chain;
    enum stet_decoded verdict;
    struct stet_buf room;

    value = stet_span_cut(&rest, '\n');
    stet_buf_init(&room, 1 << 20);
    stet_coding_parse(&chain, value);
    if (chain.n > STET_MAX_CODINGS ||
        stet_coding_decode(&out, &room, &chain, rest, &limits, &verdict) < 0)
        abort();
    if (out.ptr != rest.ptr && out.len > limits.max_bytes)
        abort();
    stet_buf_clear(&room);
    return 0;
}
