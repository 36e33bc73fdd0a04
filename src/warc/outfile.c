#include "warc/outfile.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { IN_MEMORY = 8 << 20 }; /* of packed records; beyond it a file */

struct stet_warc_outfile {
    int fd;
    char *path; /* NULL: standard output */
    bool begun; /* the preface is written */
    uint64_t bytes;
    struct stet_warc_press *press;
    struct stet_spool packed;
};

static int open_fd(struct stet_warc_outfile *f, const char *path,
                   struct stet_error *err)
{
    f->fd = STDOUT_FILENO;
    if (strcmp(path, "-") == 0)
        return STET_OK;
    f->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (f->fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot make %s", path);
    f->path = stet_span_dup(stet_span_of(path));
    if (f->path)
        return STET_OK;
    close(f->fd);
    unlink(path);
    return stet_fail(err, STET_ENOMEM, "no memory to write a WARC");
}

int stet_warc_outfile_open(struct stet_warc_outfile **out, const char *path,
                           const struct stet_warc_press_options *how,
                           struct stet_error *err)
{
    struct stet_warc_outfile *f = stet_alloc(sizeof(*f));
    int rc;

    *out = NULL;
    if (!f)
        return stet_fail(err, STET_ENOMEM, "no memory to write a WARC");
    stet_spool_init(&f->packed, NULL, IN_MEMORY);
    rc = stet_warc_press_new(&f->press, how, err);
    if (rc == STET_OK)
        rc = open_fd(f, path, err);
    if (rc < 0) {
        stet_warc_press_free(f->press);
        stet_free(f);
        return rc;
    }
    *out = f;
    return STET_OK;
}

static int put(struct stet_warc_outfile *f, struct stet_span s,
               struct stet_error *err)
{
    f->bytes += s.len;
    while (s.len > 0) {
        ssize_t n = write(f->fd, s.ptr, s.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return stet_fail_sys(err, STET_EIO, "cannot write");
        s = stet_span_sub(s, (size_t)n, s.len);
    }
    return STET_OK;
}

/* Writes what the press has let go. */
static int put_packed(struct stet_warc_outfile *f, struct stet_error *err)
{
    struct stet_span packed;
    int rc = STET_OK;

    if (stet_warc_press_is_holding(f->press))
        return STET_OK;
    if (!f->begun)
        rc = put(f, stet_warc_press_preface(f->press), err);
    f->begun = true;
    if (rc == STET_OK)
        rc = stet_spool_view(&f->packed, &packed, err);
    if (rc == STET_OK)
        rc = put(f, packed, err);
    if (rc == STET_OK)
        rc = stet_spool_cut(&f->packed, 0, err);
    return rc;
}

int stet_warc_outfile_add(struct stet_warc_outfile *f,
                          const struct stet_span *parts, size_t n,
                          struct stet_error *err)
{
    int rc = stet_warc_press_add(f->press, parts, n, &f->packed, err);

    return rc == STET_OK ? put_packed(f, err) : rc;
}

int stet_warc_outfile_close(struct stet_warc_outfile *f, int rc,
                            uint64_t *bytes, struct stet_error *err)
{
    if (!f)
        return rc;
    if (rc >= 0)
        rc = stet_warc_press_finish(f->press, &f->packed, err);
    if (rc >= 0)
        rc = put_packed(f, err);
    if (f->path) {
        if (rc >= 0 && fsync(f->fd) < 0 && errno != EINVAL)
            rc = stet_fail_sys(err, STET_EIO, "cannot write %s", f->path);
        if (close(f->fd) < 0 && rc >= 0)
            rc = stet_fail_sys(err, STET_EIO, "cannot write %s", f->path);
        if (rc < 0)
            unlink(f->path);
    }
    if (bytes)
        *bytes = f->bytes;
    stet_warc_press_free(f->press);
    stet_spool_clear(&f->packed);
    stet_free(f->path);
    stet_free(f);
    return rc;
}

int stet_warc_infile_check(const char *path, uint64_t *size,
                           struct stet_error *err)
{
    char inside[PATH_MAX];
    struct stat st;

    *size = 0;
    if (strcmp(path, "-") == 0 || stat(path, &st) < 0)
        return STET_OK; /* opening it will tell */
    if (S_ISREG(st.st_mode))
        *size = (uint64_t)st.st_size;
    if (!S_ISDIR(st.st_mode))
        return STET_OK;
    snprintf(inside, sizeof(inside), "%s/stet.db", path);
    if (stat(inside, &st) == 0)
        return stet_fail(err, STET_EUSAGE,
                         "%s is an archive, whose index and state belong to "
                         "its files as they are; name one of these",
                         path);
    return stet_fail(err, STET_EUSAGE, "%s is a folder, not a WARC file", path);
}
