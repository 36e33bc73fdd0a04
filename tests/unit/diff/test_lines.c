#include "base/mem.h"
#include "base/span.h"
#include "diff/lines.h"
#include "lib/tap.h"

#include <string.h>

enum { MAX = 32 };

/* Each byte of a text is a line. */
static size_t cut(struct stet_span out[MAX], const char *text)
{
    size_t n = strlen(text);

    for (size_t i = 0; i < n; i++)
        out[i] = (struct stet_span){ text + i, 1 };
    return n;
}

/* The text with what is marked (or, of `kept`, what is not). */
static void take(char out[MAX], const char *text, const bool *marks, bool kept)
{
    size_t n = 0;

    for (size_t i = 0; text[i]; i++)
        if (marks[i] != kept)
            out[n++] = text[i];
    out[n] = '\0';
}

static void diff(const char *a, const char *b, bool *mark_a, bool *mark_b)
{
    struct stet_span x[MAX], y[MAX];

    memset(mark_a, 0, MAX * sizeof(*mark_a));
    memset(mark_b, 0, MAX * sizeof(*mark_b));
    CHECK_INT(stet_lines_diff(x, cut(x, a), mark_a, y, cut(y, b), mark_b),
              STET_OK);
}

static void marks_what_one_side_lacks(void)
{
    static const struct {
        const char *a, *b, *gone, *new;
    } rows[] = {
        { "", "", "", "" },
        { "abc", "abc", "", "" },
        { "", "abc", "", "abc" },
        { "abc", "", "abc", "" },
        { "abc", "abxc", "", "x" },
        { "abxc", "abc", "x", "" },
        { "abc", "xabc", "", "x" },
        { "abc", "abcx", "", "x" },
        { "abc", "axc", "b", "x" },
        { "abc", "xyz", "abc", "xyz" },
        { "aaa", "aa", "a", "" },
        { "abab", "baba", "a", "a" },
        { "abcd", "bacd", "a", "a" }, /* a paragraph moved by one */
        { "abcde", "deabc", "de", "de" },
    };
    char gone[MAX], new[MAX];
    bool mark_a[MAX], mark_b[MAX];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].a);
        diff(rows[i].a, rows[i].b, mark_a, mark_b);
        take(gone, rows[i].a, mark_a, false);
        take(new, rows[i].b, mark_b, false);
        CHECK_STR(gone, rows[i].gone);
        CHECK_STR(new, rows[i].new);
    }
    tap_row(NULL);
}

/* The longest common subsequence, by trying all of a's. */
static size_t longest(const char *a, const char *b)
{
    size_t n = strlen(a), best = 0;

    for (unsigned set = 0; set < 1u << n; set++) {
        const char *at = b;
        size_t len = 0;

        for (size_t i = 0; i < n && at; i++) {
            if (!(set >> i & 1))
                continue;
            at = strchr(at, a[i]);
            at = at ? at + 1 : NULL;
            len++;
        }
        best = at && len > best ? len : best;
    }
    return best;
}

static void keeps_as_much_as_can_be_kept(void)
{
    uint32_t seed = 7;
    bool mark_a[MAX], mark_b[MAX];
    char a[MAX], b[MAX], x[MAX], y[MAX];

    for (int round = 0; round < 2000; round++) {
        for (int side = 0; side < 2; side++) {
            char *text = side ? b : a;
            size_t n = (seed = seed * 1664525 + 1013904223) >> 24 & 7;

            for (size_t i = 0; i < n; i++)
                text[i] =
                    (char)('a' +
                           ((seed = seed * 1664525 + 1013904223) >> 24) % 3);
            text[n] = '\0';
        }
        diff(a, b, mark_a, mark_b);
        take(x, a, mark_a, true);
        take(y, b, mark_b, true);
        CHECK_STR(x, y);
        CHECK_INT(strlen(x), longest(a, b));
    }
}

/* Too many lines to be told apart: all between the ends has changed. */
static void gives_up_on_long_middles(void)
{
    enum { N = 5000 };
    struct stet_span *lines = stet_alloc(2 * N * sizeof(*lines));
    bool *marks = stet_alloc(2 * N);
    size_t gone = 0, new = 0;

    for (size_t i = 0; i < N; i++) {
        lines[i] = STET_SPAN("a");
        lines[N + i] = i % 2 ? STET_SPAN("a") : STET_SPAN("b");
    }
    lines[0] = lines[N] = STET_SPAN("first");
    lines[N - 1] = lines[2 * N - 1] = STET_SPAN("last");
    CHECK_INT(stet_lines_diff(lines, N, marks, lines + N, N, marks + N),
              STET_OK);
    for (size_t i = 0; i < N; i++) {
        gone += marks[i];
        new += marks[N + i];
    }
    CHECK(!marks[0] && !marks[N - 1] && !marks[N] && !marks[2 * N - 1]);
    CHECK(gone > N - 10 && new > N - 10);
    stet_free(marks);
    stet_free(lines);
}

TESTS({ "marks what one side lacks", marks_what_one_side_lacks },
      { "keeps as much as can be kept", keeps_as_much_as_can_be_kept },
      { "gives up on long middles", gives_up_on_long_middles })
