#include "base/spool.h"

#include "base/fail.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void stet_spool_init(struct stet_spool *s, const char *dir,
                     size_t max_in_memory)
{
    *s = (struct stet_spool){ .dir = dir,
                              .max_in_memory = max_in_memory,
                              .fd = -1 };
    stet_buf_init(&s->mem, max_in_memory ? max_in_memory : 1);
}

void stet_spool_drop_view(struct stet_spool *s)
{
    if (s->map)
        munmap(s->map, s->map_len);
    s->map = NULL;
    s->map_len = 0;
}

void stet_spool_clear(struct stet_spool *s)
{
    stet_spool_drop_view(s);
    if (s->fd >= 0)
        close(s->fd);
    stet_buf_clear(&s->mem);
    stet_spool_init(s, s->dir, s->max_in_memory);
}

static int open_file(struct stet_spool *s, struct stet_error *err)
{
    const char *tmp = getenv("TMPDIR");
    const char *dir = s->dir ? s->dir : tmp && *tmp ? tmp : "/tmp";
    char path[PATH_MAX];
    int n = snprintf(path, sizeof(path), "%s/.stet-spool-XXXXXX", dir);

    if (n < 0 || (size_t)n >= sizeof(path))
        return stet_fail(err, STET_ELIMIT, "the path %s is too long", dir);
    /* Without a name where that can be: then no kill can leave it behind. */
    s->fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->fd >= 0)
        return STET_OK;
    s->fd = mkostemp(path, O_CLOEXEC);
    if (s->fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot make a spool file in %s",
                             dir);
    unlink(path);
    return STET_OK;
}

void stet_spool_expect(struct stet_spool *s, uint64_t n)
{
    /* That there is no memory is told by the next _add(). */
    if (s->fd < 0 && n <= s->max_in_memory - s->mem.len)
        (void)!stet_buf_room(&s->mem, (size_t)n);
}

int stet_spool_add(struct stet_spool *s, const void *p, size_t n,
                   struct stet_error *err)
{
    int rc = STET_OK;

    stet_spool_drop_view(s);
    if (s->fd < 0 && n <= s->max_in_memory - s->mem.len) {
        stet_buf_add(&s->mem, p, n);
        rc = stet_buf_status(&s->mem);
        if (rc < 0)
            return stet_fail(err, rc, "no memory for a spool");
        s->len += n;
        return STET_OK;
    }
    if (s->fd < 0) {
        rc = open_file(s, err);
        if (rc == STET_OK)
            rc = stet_file_write_at(s->fd, 0, stet_buf_span(&s->mem), err);
        stet_buf_clear(&s->mem);
    }
    if (rc == STET_OK)
        rc = stet_file_write_at(s->fd, s->len, (struct stet_span){ p, n }, err);
    if (rc == STET_OK)
        s->len += n;
    return rc;
}

int stet_spool_read(const struct stet_spool *s, uint64_t offset, char *buf,
                    size_t cap, size_t *got, struct stet_error *err)
{
    ssize_t n;

    *got = 0;
    if (offset >= s->len)
        return STET_OK;
    if (cap > s->len - offset)
        cap = (size_t)(s->len - offset);
    if (s->fd < 0) {
        memcpy(buf, s->mem.data + offset, cap);
        *got = cap;
        return STET_OK;
    }
    do
        n = pread(s->fd, buf, cap, (off_t)offset);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return stet_fail_sys(err, STET_EIO, "cannot read a spool file");
    *got = (size_t)n;
    return STET_OK;
}

int stet_spool_front(struct stet_spool *s, size_t max, struct stet_span *out,
                     struct stet_error *err)
{
    size_t len = s->len < max ? (size_t)s->len : max;

    if (s->fd < 0) {
        *out = (struct stet_span){ s->mem.data ? s->mem.data : "", len };
        return STET_OK;
    }
    if (s->map_len != len)
        stet_spool_drop_view(s);
    if (!s->map && len > 0) {
        void *p = mmap(NULL, len, PROT_READ, MAP_PRIVATE, s->fd, 0);
        if (p == MAP_FAILED)
            return stet_fail_sys(err, STET_ELIMIT, "cannot map a spool file");
        s->map = p;
        s->map_len = len;
    }
    *out = (struct stet_span){ s->map ? s->map : "", len };
    return STET_OK;
}

int stet_spool_view(struct stet_spool *s, struct stet_span *out,
                    struct stet_error *err)
{
    if (s->len > SIZE_MAX)
        return stet_fail(err, STET_ELIMIT, "a spool file is too large to map");
    return stet_spool_front(s, (size_t)s->len, out, err);
}

int stet_spool_cut(struct stet_spool *s, uint64_t len, struct stet_error *err)
{
    stet_spool_drop_view(s);
    if (s->fd < 0)
        stet_buf_cut(&s->mem, (size_t)len);
    else if (ftruncate(s->fd, (off_t)len) < 0)
        return stet_fail_sys(err, STET_EIO, "cannot cut a spool file");
    s->len = len;
    return STET_OK;
}

void stet_spool_move(struct stet_spool *to, struct stet_spool *s)
{
    stet_spool_drop_view(s);
    *to = *s;
    stet_spool_init(s, s->dir, s->max_in_memory);
}
