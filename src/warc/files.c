#include "stet/warc.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_warc_name(const char *name)
{
    static const char *const ends[] = { ".warc", ".warc.gz", ".warc.zst",
                                        ".arc", ".arc.gz" };
    struct stet_span s = stet_span_of(name);
    struct stet_span open = STET_SPAN(".open");

    if (stet_span_ends(s, open))
        s.len -= open.len;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (stet_span_ends(s, stet_span_of(ends[i])))
            return name[0] != '.';
    return false;
}

static int add_path(struct stet_warc_files *f, const char *path,
                    struct stet_error *err)
{
    char *copy = stet_span_dup(stet_span_of(path));

    if (!copy || stet_grow_array(&f->paths, &f->cap, f->len + 1,
                                 sizeof(*f->paths)) < 0) {
        stet_free(copy);
        return stet_fail(err, STET_ENOMEM, "no memory for the files' names");
    }
    f->paths[f->len++] = copy;
    return STET_OK;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int add_folder(struct stet_warc_files *f, const char *dir,
                      struct stet_error *err)
{
    char path[PATH_MAX];
    size_t before = f->len;
    struct dirent *e;
    int rc = STET_OK;
    DIR *d = opendir(dir);

    if (!d)
        return stet_fail_sys(err, errno == ENOENT ? STET_ENOTFOUND : STET_EIO,
                             "cannot open the folder %s", dir);
    while (rc == STET_OK && (e = readdir(d))) {
        int n = snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);

        if (is_warc_name(e->d_name) && n > 0 && (size_t)n < sizeof(path))
            rc = add_path(f, path, err);
    }
    closedir(d);
    if (f->len > before)
        qsort(f->paths + before, f->len - before, sizeof(*f->paths), compare);
    else if (rc == STET_OK)
        rc = stet_fail(err, STET_ENOTFOUND, "no WARC files in %s", dir);
    return rc;
}

int stet_warc_files_add(struct stet_warc_files *out, const char *path,
                        struct stet_error *err)
{
    char sub[PATH_MAX];
    struct stat st;
    int n;

    if (strcmp(path, "-") == 0)
        return add_path(out, path, err);
    if (stat(path, &st) < 0)
        return stet_fail_sys(err, errno == ENOENT ? STET_ENOTFOUND : STET_EIO,
                             "cannot open %s", path);
    if (!S_ISDIR(st.st_mode))
        return add_path(out, path, err);
    n = snprintf(sub, sizeof(sub), "%s/archive", path);
    if (n > 0 && (size_t)n < sizeof(sub) && stat(sub, &st) == 0 &&
        S_ISDIR(st.st_mode))
        return add_folder(out, sub, err);
    return add_folder(out, path, err);
}

void stet_warc_files_clear(struct stet_warc_files *f)
{
    for (size_t i = 0; i < f->len; i++)
        stet_free(f->paths[i]);
    stet_free(f->paths);
    *f = (struct stet_warc_files){ 0 };
}
