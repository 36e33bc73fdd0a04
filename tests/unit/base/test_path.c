#include "base/file.h"

#include "base/span.h"

#include "lib/tap.h"

static void a_path_is_seen_from_a_folder(void)
{
    static const struct {
        const char *path, *root, *want;
    } rows[] = {
        { "/a/b/c", "/a", "b/c" },
        { "/a/b/c", "/a/", "b/c" },
        { "/a/b/c", "/", "a/b/c" },
        { "/a/b/c", "/a/x/y", "../../b/c" },
        { "/ab/c", "/a", "../ab/c" },
        { "x/y", ".", "x/y" },
        { "./x/../z//y", "x", "../z/y" },
        { "/../a", "/b", "../a" },
        { "x", "..", NULL }, /* by the name of this folder */
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_buf out;

        stet_buf_init(&out, 10000);
        CHECK_INT(stet_path_relative(&out, rows[i].path, rows[i].root),
                  STET_OK);
        if (rows[i].want)
            CHECK_SPAN(stet_buf_span(&out), rows[i].want);
        else
            CHECK(stet_span_ends(stet_buf_span(&out), STET_SPAN("/x")));
        stet_buf_clear(&out);
    }
}

TESTS({ "a path is seen from a folder", a_path_is_seen_from_a_folder })
