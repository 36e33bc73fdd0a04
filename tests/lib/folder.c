#include "lib/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

static char folder[256];

const char *folder_make(void)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(folder, sizeof(folder), "%s/stet-test-XXXXXX",
             tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(folder)) {
        perror(folder);
        abort();
    }
    return folder;
}

static int drop(const char *path, const struct stat *st, int kind,
                struct FTW *walk)
{
    (void)st;
    (void)kind;
    (void)walk;
    return remove(path);
}

void folder_remove(void)
{
    nftw(folder, drop, 16, FTW_DEPTH | FTW_PHYS);
}

const char *folder_path(const char *name)
{
    static char paths[4][512];
    static unsigned next;
    char *out = paths[next++ % 4];

    snprintf(out, sizeof(paths[0]), "%s/%s", folder, name);
    return out;
}
