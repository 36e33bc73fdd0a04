#include "base/crash.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum stet_crash armed = STET_N_CRASHES;
static atomic_long left;

bool stet_crash_arm(const char *spec)
{
    static const char *const words[] = {
#define STET_X(name, word) word,
        STET_CRASHES(STET_X)
#undef STET_X
    };
    const char *colon = spec ? strchr(spec, ':') : NULL;
    size_t len = colon ? (size_t)(colon - spec) : 0;

    armed = STET_N_CRASHES;
    if (!spec)
        return true;
    for (int i = 0; colon && i < STET_N_CRASHES; i++) {
        if (strlen(words[i]) != len || memcmp(words[i], spec, len) != 0)
            continue;
        left = strtol(colon + 1, NULL, 10);
        armed = (enum stet_crash)i;
        return true;
    }
    return false;
}

void stet_crash_point(enum stet_crash f)
{
    if (f == armed && --left == 0)
        kill(getpid(), SIGKILL);
}
