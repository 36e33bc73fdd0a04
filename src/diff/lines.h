#ifndef STET_DIFF_LINES_H
#define STET_DIFF_LINES_H

#include "base/span.h"
#include "stet/error.h"

/*
 * Which of two lists' items are in one alone, by the longest common
 * subsequence.
 */

/* `mark_a[i]` and `mark_b[i]` are set true for what the other lacks.
 * STET_ENOMEM. */
STET_NODISCARD int stet_lines_diff(const struct stet_span *a, size_t n_a,
                                   bool *mark_a, const struct stet_span *b,
                                   size_t n_b, bool *mark_b);

#endif
