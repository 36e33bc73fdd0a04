#include "warc/source.h"

#include "base/fail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int stet_warc_source_open(struct stet_warc_source *s, const char *path,
                          struct stet_error *err)
{
    *s = (struct stet_warc_source){ .fd = STDIN_FILENO };
    if (strcmp(path, "-") == 0)
        return STET_OK;
    s->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0)
        return stet_fail_sys(err, errno == ENOENT ? STET_ENOTFOUND : STET_EIO,
                             "cannot open %s", path);
    s->owns_fd = true;
    return STET_OK;
}

void stet_warc_source_of(struct stet_warc_source *s, struct stet_span bytes)
{
    *s = (struct stet_warc_source){ .fd = -1, .bytes = bytes, .at = bytes.len };
}

void stet_warc_source_close(struct stet_warc_source *s)
{
    if (s->owns_fd)
        close(s->fd);
    *s = (struct stet_warc_source){ .fd = -1 };
}

int stet_warc_source_read(struct stet_warc_source *s, char *buf, size_t cap,
                          size_t *got, struct stet_error *err)
{
    ssize_t n;

    do
        n = read(s->fd, buf, cap);
    while (n < 0 && errno == EINTR);
    *got = 0;
    if (n < 0)
        return stet_fail_sys(err, STET_EIO, "cannot read");
    *got = (size_t)n;
    s->at += (uint64_t)n;
    return STET_OK;
}

int stet_warc_source_seek(struct stet_warc_source *s, uint64_t offset,
                          struct stet_error *err)
{
    if (offset > INT64_MAX)
        return stet_fail(err, STET_EIO, "an offset past all files");
    if (lseek(s->fd, (off_t)offset, SEEK_SET) < 0)
        return stet_fail_sys(err, STET_EIO, "cannot seek");
    s->at = offset;
    return STET_OK;
}
