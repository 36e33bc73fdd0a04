#include "export/folder.h"

#include "base/fail.h"
#include "base/file.h"
#include "base/span.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

/* STET_OK, or what is the matter. */
static int check_empty(const struct stet_folder *f, struct stet_error *err)
{
    int fd = openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    const struct dirent *e;
    int rc = STET_OK;

    if (!d) {
        rc = stet_fail_sys(err, STET_EIO, "cannot read the folder %s", f->path);
        if (fd >= 0)
            close(fd);
        return rc;
    }
    while (rc == STET_OK && (e = readdir(d)))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            rc = stet_fail(err, STET_EUSAGE,
                           "%s is not empty; --force writes into it", f->path);
    closedir(d);
    return rc;
}

int stet_folder_open(struct stet_folder *f, const char *path, bool force,
                     struct stet_error *err)
{
    int rc = stet_file_make_dirs(path, err);

    *f = (struct stet_folder){
        .path = path, .fd = -1, .force = force, .parent = -1
    };
    stet_buf_init(&f->parent_path, PATH_MAX);
    stet_buf_init(&f->file_path, PATH_MAX);
    if (rc < 0)
        return rc;
    /* The folder itself is named by the user, who may well use a link. */
    f->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (f->fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot open the folder %s", path);
    return force ? STET_OK : check_empty(f, err);
}

static void leave_parent(struct stet_folder *f)
{
    if (f->parent >= 0)
        close(f->parent);
    f->parent = -1;
    stet_buf_reset(&f->parent_path);
}

void stet_folder_close(struct stet_folder *f)
{
    if (!f->path)
        return;
    leave_parent(f);
    if (f->fd >= 0)
        close(f->fd);
    stet_buf_clear(&f->parent_path);
    stet_buf_clear(&f->file_path);
    *f = (struct stet_folder){ .fd = -1 };
}

static bool is_name(struct stet_span s)
{
    return s.len > 0 && s.len <= NAME_MAX && !memchr(s.ptr, '\0', s.len) &&
           !memchr(s.ptr, '/', s.len) && !stet_span_eqs(s, ".") &&
           !stet_span_eqs(s, "..");
}

static int bad_path(struct stet_span path, struct stet_error *err)
{
    return stet_fail(err, STET_EFORMAT, "%.*s is no path for a file",
                     (int)path.len, path.ptr);
}

/* Opens a folder in f->parent, made if it is not there, and goes there. */
static int enter(struct stet_folder *f, struct stet_span part,
                 struct stet_error *err)
{
    char name[NAME_MAX + 1];
    int fd;

    memcpy(name, part.ptr, part.len);
    name[part.len] = '\0';
    if (mkdirat(f->parent, name, 0777) < 0 && errno != EEXIST)
        return stet_fail_sys(err, STET_EIO, "cannot make %s/%s%s", f->path,
                             f->parent_path.len ? f->parent_path.data : "",
                             name);
    fd = openat(f->parent, name, FOLDER_FLAGS);
    if (fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot enter %s/%s%s", f->path,
                             f->parent_path.len ? f->parent_path.data : "",
                             name);
    close(f->parent);
    f->parent = fd;
    stet_buf_add_span(&f->parent_path, part);
    stet_buf_addc(&f->parent_path, '/');
    return stet_buf_status(&f->parent_path);
}

/* Goes to the folder "a/b/" ("" is the top), unless it is there. */
static int go_to(struct stet_folder *f, struct stet_span dir,
                 struct stet_error *err)
{
    struct stet_span rest = dir;
    int rc = STET_OK;

    if (f->parent >= 0 && stet_span_eq(stet_buf_span(&f->parent_path), dir))
        return STET_OK;
    leave_parent(f);
    f->parent = openat(f->fd, ".", FOLDER_FLAGS);
    if (f->parent < 0)
        return stet_fail_sys(err, STET_EIO, "cannot open %s", f->path);
    while (rc == STET_OK && rest.len) {
        struct stet_span part = stet_span_cut(&rest, '/');

        rc = is_name(part) ? enter(f, part, err) : bad_path(dir, err);
    }
    if (rc < 0)
        leave_parent(f);
    return rc;
}

int stet_folder_create(struct stet_folder *f, struct stet_span path, int *fd,
                       struct stet_error *err)
{
    struct stet_span name = path;
    const char *file;
    int rc;

    *fd = -1;
    while (name.len && memchr(name.ptr, '/', name.len))
        (void)stet_span_cut(&name, '/');
    stet_buf_reset(&f->file_path);
    stet_buf_add_span(&f->file_path, path);
    rc = stet_buf_status(&f->file_path);
    if (rc < 0)
        return stet_fail(err, rc, "no room for a path");
    if (!is_name(name))
        return bad_path(path, err);
    rc = go_to(f, stet_span_sub(path, 0, path.len - name.len), err);
    if (rc < 0)
        return rc;
    file = f->file_path.data + (path.len - name.len);
    if (f->force && unlinkat(f->parent, file, 0) < 0 && errno != ENOENT)
        return stet_fail_sys(err, STET_EIO, "cannot replace %s/%s", f->path,
                             f->file_path.data);
    *fd = openat(f->parent, file,
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (*fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot make %s/%s", f->path,
                             f->file_path.data);
    return STET_OK;
}

int stet_folder_write(const struct stet_folder *f, int fd, uint64_t offset,
                      struct stet_span bytes, struct stet_error *err)
{
    struct stet_error why = { 0, 0, "" };
    int rc = stet_file_write_at(fd, offset, bytes, &why);

    return rc < 0 ? stet_fail(err, rc, "%s/%s: %s", f->path, f->file_path.data,
                              why.text)
                  : rc;
}

void stet_folder_remove_last(struct stet_folder *f)
{
    const char *slash;

    if (f->parent < 0 || !f->file_path.len)
        return;
    slash = strrchr(f->file_path.data, '/');
    (void)unlinkat(f->parent, slash ? slash + 1 : f->file_path.data, 0);
}

int stet_folder_put(struct stet_folder *f, struct stet_span path,
                    struct stet_span bytes, struct stet_error *err)
{
    int fd, rc = stet_folder_create(f, path, &fd, err);

    if (rc < 0)
        return rc;
    rc = stet_folder_write(f, fd, 0, bytes, err);
    if (close(fd) < 0 && rc == STET_OK)
        rc = stet_fail_sys(err, STET_EIO, "cannot write %s/%.*s", f->path,
                           (int)path.len, path.ptr);
    if (rc < 0)
        stet_folder_remove_last(f);
    return rc;
}
