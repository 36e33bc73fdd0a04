#include "base/file.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/span.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int stet_file_write_at(int fd, uint64_t offset, struct stet_span bytes,
                       struct stet_error *err)
{
    while (bytes.len > 0) {
        ssize_t n = pwrite(fd, bytes.ptr, bytes.len, (off_t)offset);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return stet_fail_sys(err, STET_EIO, "cannot write at %" PRIu64,
                                 offset);
        bytes = stet_span_sub(bytes, (size_t)n, bytes.len);
        offset += (uint64_t)n;
    }
    return STET_OK;
}

int stet_file_replace(const char *path, struct stet_span bytes,
                      struct stet_error *err)
{
    struct stet_buf tmp;
    bool made = false;
    int fd = -1;
    int rc;

    stet_buf_init(&tmp, PATH_MAX);
    stet_buf_adds(&tmp, path);
    stet_buf_adds(&tmp, ".part");
    rc = stet_buf_status(&tmp);
    if (rc < 0) {
        stet_fail(err, rc, "cannot name a part file for %s", path);
        goto done;
    }

    fd = open(tmp.data, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
              0666);
    if (fd < 0) {
        rc = stet_fail_sys(err, STET_EIO, "cannot make %s", tmp.data);
        goto done;
    }
    made = true;

    rc = stet_file_write_at(fd, 0, bytes, err);
    if (rc == STET_OK && fsync(fd) < 0)
        rc = stet_fail_sys(err, STET_EIO, "cannot write %s", tmp.data);
    if (rc < 0)
        goto done;
    if (rename(tmp.data, path) < 0) {
        rc = stet_fail_sys(err, STET_EIO, "cannot put %s in place", path);
        goto done;
    }
    made = false;
    rc = STET_OK;

done:
    if (fd >= 0)
        close(fd);
    if (made)
        unlink(tmp.data);
    stet_buf_clear(&tmp);
    return rc;
}

int stet_file_read(const char *path, struct stet_buf *out,
                   struct stet_error *err)
{
    enum { CHUNK = 64 * 1024 };
    int rc = STET_OK;
    ssize_t n = 1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return stet_fail_sys(err, errno == ENOENT ? STET_ENOTFOUND : STET_EIO,
                             "cannot open %s", path);
    while (n != 0) {
        char *room = stet_buf_room(out, CHUNK);
        size_t cap = CHUNK;
        if (!room && stet_buf_status(out) == STET_ELIMIT &&
            out->max > out->len) {
            out->status = STET_OK;
            cap = out->max - out->len;
            room = stet_buf_room(out, cap);
        }
        if (!room) {
            rc = stet_fail(err, stet_buf_status(out), "%s is too large", path);
            break;
        }
        n = read(fd, room, cap);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            rc = stet_fail_sys(err, STET_EIO, "cannot read %s", path);
            break;
        }
        stet_buf_added(out, (size_t)n);
    }
    close(fd);
    return rc;
}

static int make_dir(const char *path, struct stet_error *err)
{
    struct stat st;

    if (mkdir(path, 0777) == 0)
        return STET_OK;
    if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return STET_OK;
    return stet_fail_sys(err, STET_EIO, "cannot make the folder %s", path);
}

int stet_file_make_dirs(const char *path, struct stet_error *err)
{
    struct stet_buf at;
    int rc = STET_OK;

    stet_buf_init(&at, PATH_MAX);
    for (const char *p = path; *p && rc == STET_OK; p++) {
        if (*p == '/' && at.len > 0)
            rc = make_dir(at.data, err);
        stet_buf_addc(&at, *p);
        if (stet_buf_status(&at) < 0)
            rc = stet_fail(err, stet_buf_status(&at), "the path is too long");
    }
    if (rc == STET_OK)
        rc = make_dir(path, err);
    stet_buf_clear(&at);
    return rc;
}

int stet_file_sync_dir(const char *path, struct stet_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = STET_OK;

    if (fd < 0 || fsync(fd) < 0)
        rc = stet_fail_sys(err, STET_EIO, "cannot sync the folder %s", path);
    if (fd >= 0)
        close(fd);
    return rc;
}

int stet_path_join(struct stet_buf *out, const char *dir, const char *name)
{
    stet_buf_reset(out);
    stet_buf_adds(out, dir);
    if (out->len > 0 && out->data[out->len - 1] != '/')
        stet_buf_addc(out, '/');
    stet_buf_adds(out, name);
    return stet_buf_status(out);
}
