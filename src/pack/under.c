#include "pack/under.h"

#include "base/fail.h"
#include "base/span.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_safe_part(struct stet_span part)
{
    if (part.len == 0 || part.len > NAME_MAX || stet_span_eqs(part, ".") ||
        stet_span_eqs(part, ".."))
        return false;
    for (size_t i = 0; i < part.len; i++) {
        unsigned char c = (unsigned char)part.ptr[i];

        if (c < ' ' || c == 0x7F || c == '\\' || c == ':')
            return false;
    }
    return true;
}

bool stet_under_is_safe(struct stet_span path)
{
    struct stet_span rest = path;

    if (path.len == 0 || path.len >= PATH_MAX)
        return false;
    while (rest.ptr)
        if (!is_safe_part(stet_span_cut(&rest, '/')))
            return false;
    return true;
}

/* Enters the folder `name` of *dir, made if need be; *dir is replaced. */
static int enter(int *dir, const char *name, struct stet_error *err)
{
    int next;

    if (mkdirat(*dir, name, 0777) < 0 && errno != EEXIST)
        return stet_fail_sys(err, STET_EIO, "cannot make the folder %s", name);
    next = openat(*dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (next < 0)
        return stet_fail_sys(err, STET_EIO, "cannot enter the folder %s", name);
    close(*dir);
    *dir = next;
    return STET_OK;
}

static int create(int *fd, int dir, const char *name, struct stet_error *err)
{
    *fd = openat(dir, name,
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (*fd >= 0)
        return STET_OK;
    return stet_fail_sys(err, errno == EEXIST ? STET_ELOCKED : STET_EIO,
                         "cannot make %s", name);
}

int stet_under_create(int *fd, int dir, struct stet_span path,
                      struct stet_error *err)
{
    char name[NAME_MAX + 1];
    int at;
    int rc = STET_OK;

    *fd = -1;
    if (!stet_under_is_safe(path))
        return stet_fail(err, STET_EFORMAT, "not a safe path: %.*s",
                         path.len < 100 ? (int)path.len : 100,
                         path.ptr ? path.ptr : "");
    at = fcntl(dir, F_DUPFD_CLOEXEC, 0);
    if (at < 0)
        return stet_fail_sys(err, STET_EIO, "cannot open a folder again");
    while (rc == STET_OK && path.ptr) {
        struct stet_span part = stet_span_cut(&path, '/');

        memcpy(name, part.ptr, part.len);
        name[part.len] = '\0';
        rc = path.ptr ? enter(&at, name, err) : create(fd, at, name, err);
    }
    close(at);
    return rc;
}
