#include "base/file.h"

#include "lib/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void replaces_and_leaves_nothing_behind(void)
{
    char dir[] = "/tmp/stet-test-XXXXXX";
    struct stet_error err = { 0 };
    char path[64], part[80];

    if (!CHECK(mkdtemp(dir)))
        return;
    snprintf(path, sizeof(path), "%s/a", dir);
    snprintf(part, sizeof(part), "%s.part", path);

    CHECK_INT(stet_file_replace(path, STET_SPAN("one"), &err), STET_OK);
    CHECK_INT(stet_file_replace(path, STET_SPAN("two"), &err), STET_OK);
    CHECK_INT(access(part, F_OK), -1);
    CHECK_INT(stet_file_replace("/no/such/dir/a", STET_SPAN("x"), &err),
              STET_EIO);
    CHECK_STR(err.text, "cannot make /no/such/dir/a.part: No such file or "
                        "directory");
    unlink(path);
    rmdir(dir);
}

TESTS({ "replaces, and leaves nothing behind",
        replaces_and_leaves_nothing_behind })
