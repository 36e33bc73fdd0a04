#include "base/fail.h"
#include "lib/tap.h"

#include <string.h>

static void says_that_memory_was_wanting(void)
{
    struct stet_error err = { 0, 0, "" };
    char name[400];

    CHECK_INT(stet_fail(&err, STET_ENOMEM, "cannot start %s", "it"),
              STET_ENOMEM);
    CHECK_STR(err.text, "cannot start it: out of memory");
    (void)stet_fail(&err, STET_ENOMEM, "no memory for a name");
    CHECK_STR(err.text, "no memory for a name");
    (void)stet_fail(&err, STET_ELIMIT, "cannot start it");
    CHECK_STR(err.text, "cannot start it");

    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    (void)stet_fail(&err, STET_ENOMEM, "%s", name);
    CHECK_INT(strlen(err.text), sizeof(err.text) - 1);
    CHECK(strstr(err.text, "x: out of memory"));
}

TESTS({ "an error of memory says so", says_that_memory_was_wanting })
