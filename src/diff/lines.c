#include "diff/lines.h"

#include "base/mem.h"

/* Beyond it all between the common beginning and end counts as changed. */
enum { MAX_CELLS = 16 << 20 };

/* lengths[i * (n_b + 1) + j]: the longest of a[i...] and b[j...]. */
static void fill(uint32_t *lengths, const struct stet_span *a, size_t n_a,
                 const struct stet_span *b, size_t n_b)
{
    size_t row = n_b + 1;

    for (size_t i = n_a; i-- > 0;)
        for (size_t j = n_b; j-- > 0;) {
            uint32_t down = lengths[(i + 1) * row + j];
            uint32_t right = lengths[i * row + j + 1];

            lengths[i * row + j] = stet_span_eq(a[i], b[j])
                                       ? lengths[(i + 1) * row + j + 1] + 1
                                       : (down > right ? down : right);
        }
}

static int compare(const struct stet_span *a, size_t n_a, bool *mark_a,
                   const struct stet_span *b, size_t n_b, bool *mark_b)
{
    size_t row = n_b + 1, i = 0, j = 0;
    uint32_t *lengths = NULL;

    if ((n_a + 1) <= MAX_CELLS / row) {
        lengths = stet_alloc((n_a + 1) * row * sizeof(*lengths));
        if (!lengths)
            return STET_ENOMEM;
        fill(lengths, a, n_a, b, n_b);
    }
    while (lengths && i < n_a && j < n_b) {
        if (stet_span_eq(a[i], b[j])) {
            i++;
            j++;
        } else if (lengths[(i + 1) * row + j] >= lengths[i * row + j + 1]) {
            mark_a[i++] = true;
        } else {
            mark_b[j++] = true;
        }
    }
    while (i < n_a)
        mark_a[i++] = true;
    while (j < n_b)
        mark_b[j++] = true;
    stet_free(lengths);
    return STET_OK;
}

int stet_lines_diff(const struct stet_span *a, size_t n_a, bool *mark_a,
                    const struct stet_span *b, size_t n_b, bool *mark_b)
{
    size_t same = 0;

    while (same < n_a && same < n_b && stet_span_eq(a[same], b[same]))
        same++;
    a += same;
    b += same;
    mark_a += same;
    mark_b += same;
    n_a -= same;
    n_b -= same;
    while (n_a > 0 && n_b > 0 && stet_span_eq(a[n_a - 1], b[n_b - 1])) {
        n_a--;
        n_b--;
    }
    return compare(a, n_a, mark_a, b, n_b, mark_b);
}
