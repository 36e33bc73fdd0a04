#ifndef STET_TESTS_TAP_H
#define STET_TESTS_TAP_H

#include "stet/base.h"

/*
 * Tests that speak TAP, for prove(1).
 *
 * A test is a function; a file lists its own in TESTS(...).  A check that
 * fails says where and what, marks the test and goes on, so that the test
 * still frees what it holds and the leak checker stays of use.
 */
struct tap_test {
    const char *name;
    void (*run)(void);
};

#define TESTS(...)                                          \
    int main(void)                                          \
    {                                                       \
        static const struct tap_test t[] = { __VA_ARGS__ }; \
        return tap_run(t, sizeof(t) / sizeof(t[0]));        \
    }

int tap_run(const struct tap_test *tests, size_t n);

/* Names the row of a table now under test, for the messages; or NULL. */
void tap_row(const char *name);

/*
 * Marks the running test as skipped and says why: for what needs a file or
 * a tool that is not here.  The test returns after it.
 */
void tap_skip(const char *why);

#define CHECK(cond) tap_check((cond), #cond, __FILE__, __LINE__)
#define CHECK_INT(got, want) \
    tap_check_int((long long)(got), (long long)(want), #got, __FILE__, __LINE__)
#define CHECK_STR(got, want) \
    tap_check_str((got), (want), #got, __FILE__, __LINE__)
#define CHECK_SPAN(got, want) \
    tap_check_span((got), (want), #got, __FILE__, __LINE__)

bool tap_check(bool ok, const char *what, const char *file, int line);
bool tap_check_int(long long got, long long want, const char *what,
                   const char *file, int line);
bool tap_check_str(const char *got, const char *want, const char *what,
                   const char *file, int line);
bool tap_check_span(struct stet_span got, const char *want, const char *what,
                    const char *file, int line);

#endif
