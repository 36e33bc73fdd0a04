#include "export/folder.h"

#include "base/file.h"
#include "base/span.h"
#include "lib/folder.h"
#include "lib/tap.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Paths that no mirror may write to. */
static const struct {
    const char *path;
    size_t len; /* 0: to its NUL */
} bad[] = {
    { "", 0 },
    { "/", 0 },
    { "/x", 0 },
    { "../x", 0 },
    { "a/../x", 0 },
    { "a/./x", 0 },
    { "a//x", 0 },
    { ".", 0 },
    { "..", 0 },
    { "a/", 0 },
    { "a/..", 0 },
    { "a\0b", 3 },
    { "a\0b/c.html", 10 },
    { "../../etc/x", 0 },
};

static struct stet_span path_of(size_t i)
{
    struct stet_span s = stet_span_of(bad[i].path);

    if (bad[i].len)
        s.len = bad[i].len;
    return s;
}

static void refuses_paths_that_lead_out(void)
{
    const char *dir = folder_make();
    struct stet_folder f;
    char inside[512];

    snprintf(inside, sizeof(inside), "%s/m", dir);
    CHECK_INT(stet_folder_open(&f, inside, false, NULL), STET_OK);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        tap_row(bad[i].path);
        CHECK_INT(stet_folder_put(&f, path_of(i), STET_SPAN("x"), NULL),
                  STET_EFORMAT);
    }
    tap_row(NULL);
    stet_folder_close(&f);
    CHECK(access(folder_path("x"), F_OK) != 0);
    folder_remove();
}

static bool holds(const char *path, const char *want)
{
    struct stet_buf b;
    bool same;

    stet_buf_init(&b, 1000);
    same = stet_file_read(path, &b, NULL) == STET_OK &&
           stet_span_eqs(stet_buf_span(&b), want);
    stet_buf_clear(&b);
    return same;
}

static void makes_folders_and_files(void)
{
    const char *dir = folder_make();
    struct stet_folder f;

    CHECK_INT(stet_folder_open(&f, dir, false, NULL), STET_OK);
    CHECK_INT(
        stet_folder_put(&f, STET_SPAN("a/b/c.html"), STET_SPAN("1"), NULL),
        STET_OK);
    CHECK_INT(
        stet_folder_put(&f, STET_SPAN("a/b/d.html"), STET_SPAN("2"), NULL),
        STET_OK);
    CHECK_INT(stet_folder_put(&f, STET_SPAN("a/e.html"), STET_SPAN("3"), NULL),
              STET_OK);
    CHECK_INT(stet_folder_put(&f, STET_SPAN("f.html"), STET_SPAN("4"), NULL),
              STET_OK);
    stet_folder_close(&f);
    CHECK(holds(folder_path("a/b/c.html"), "1"));
    CHECK(holds(folder_path("a/b/d.html"), "2"));
    CHECK(holds(folder_path("a/e.html"), "3"));
    CHECK(holds(folder_path("f.html"), "4"));
    folder_remove();
}

static void replaces_nothing_unless_told(void)
{
    const char *dir = folder_make();
    struct stet_folder f;

    CHECK_INT(stet_folder_open(&f, dir, false, NULL), STET_OK);
    CHECK_INT(stet_folder_put(&f, STET_SPAN("a.html"), STET_SPAN("1"), NULL),
              STET_OK);
    CHECK_INT(stet_folder_put(&f, STET_SPAN("a.html"), STET_SPAN("2"), NULL),
              STET_EIO);
    stet_folder_close(&f);
    CHECK(holds(folder_path("a.html"), "1"));
    CHECK_INT(stet_folder_open(&f, dir, false, NULL), STET_EUSAGE);
    stet_folder_close(&f);
    CHECK_INT(stet_folder_open(&f, dir, true, NULL), STET_OK);
    CHECK_INT(stet_folder_put(&f, STET_SPAN("a.html"), STET_SPAN("3"), NULL),
              STET_OK);
    stet_folder_close(&f);
    CHECK(holds(folder_path("a.html"), "3"));
    folder_remove();
}

/* Links that someone planted, to a file and to a folder outside. */
static void follows_no_symbolic_link(void)
{
    const char *dir = folder_make();
    struct stet_folder f;
    char inside[512];

    snprintf(inside, sizeof(inside), "%s/m", dir);
    CHECK_INT(mkdir(inside, 0777), 0);
    CHECK_INT(mkdir(folder_path("out"), 0777), 0);
    CHECK_INT(stet_file_replace(folder_path("secret"), STET_SPAN("old"), NULL),
              STET_OK);
    CHECK_INT(symlink("../secret", folder_path("m/a.html")), 0);
    CHECK_INT(symlink("../out", folder_path("m/h.example")), 0);
    CHECK_INT(stet_folder_open(&f, inside, true, NULL), STET_OK);
    CHECK_INT(stet_folder_put(&f, STET_SPAN("h.example/x.html"), STET_SPAN("1"),
                              NULL),
              STET_EIO);
    CHECK_INT(stet_folder_put(&f, STET_SPAN("a.html"), STET_SPAN("new"), NULL),
              STET_OK);
    stet_folder_close(&f);
    CHECK(holds(folder_path("secret"), "old"));
    CHECK(holds(folder_path("m/a.html"), "new"));
    CHECK(access(folder_path("out/x.html"), F_OK) != 0);
    folder_remove();
}

TESTS({ "a path that would lead out is refused", refuses_paths_that_lead_out },
      { "folders are made as they are needed", makes_folders_and_files },
      { "nothing is replaced unless told to", replaces_nothing_unless_told },
      { "no symbolic link is followed", follows_no_symbolic_link })
