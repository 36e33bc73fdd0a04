#include "lib/tap.h"

#include <stdio.h>
#include <string.h>

static const char *row;
static const char *skipped;
static bool failed;

void tap_row(const char *name)
{
    row = name;
}

void tap_skip(const char *why)
{
    skipped = why;
}

static void complain(const char *what, const char *file, int line)
{
    failed = true;
    printf("# %s:%d: %s%s%s\n", file, line, what, row ? ", row " : "",
           row ? row : "");
}

bool tap_check(bool ok, const char *what, const char *file, int line)
{
    if (!ok)
        complain(what, file, line);
    return ok;
}

bool tap_check_int(long long got, long long want, const char *what,
                   const char *file, int line)
{
    if (got == want)
        return true;
    complain(what, file, line);
    printf("#    got %lld\n#   want %lld\n", got, want);
    return false;
}

bool tap_check_str(const char *got, const char *want, const char *what,
                   const char *file, int line)
{
    if (got && want && strcmp(got, want) == 0)
        return true;
    complain(what, file, line);
    printf("#    got %s\n#   want %s\n", got ? got : "NULL",
           want ? want : "NULL");
    return false;
}

bool tap_check_span(struct stet_span got, const char *want, const char *what,
                    const char *file, int line)
{
    if (got.len == strlen(want) &&
        (got.len == 0 || memcmp(got.ptr, want, got.len) == 0))
        return true;
    complain(what, file, line);
    printf("#    got %.*s\n#   want %s\n", (int)got.len, got.ptr, want);
    return false;
}

int tap_run(const struct tap_test *tests, size_t n)
{
    int bad = 0;

    printf("1..%zu\n", n);
    for (size_t i = 0; i < n; i++) {
        failed = false;
        row = NULL;
        skipped = NULL;
        tests[i].run();
        printf("%sok %zu - %s%s%s\n", failed ? "not " : "", i + 1,
               tests[i].name, skipped ? " # SKIP " : "",
               skipped ? skipped : "");
        fflush(stdout);
        bad += failed;
    }
    return bad ? 1 : 0;
}
