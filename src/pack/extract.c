#include "stet/pack.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"
#include "pack/under.h"
#include "stet/rewrite.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

enum {
    PIECE = 64 * 1024,
    MAX_SAME = 9999, /* files of a name */
    NAME_BYTES = 16, /* of a hash, in a name */
};

struct stet_extract {
    int dir;
    char piece[PIECE];
};

int stet_extract_open(struct stet_extract **out, const char *dir,
                      struct stet_error *err)
{
    struct stet_extract *x;
    int rc = stet_file_make_dirs(dir, err);

    *out = NULL;
    if (rc < 0)
        return rc;
    x = stet_alloc(sizeof(*x));
    if (!x)
        return stet_fail(err, STET_ENOMEM, "no memory to extract files");
    x->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (x->dir < 0) {
        stet_free(x);
        return stet_fail_sys(err, STET_EIO, "cannot open the folder %s", dir);
    }
    *out = x;
    return STET_OK;
}

void stet_extract_close(struct stet_extract *x)
{
    if (!x)
        return;
    close(x->dir);
    stet_free(x);
}

/* -- names ----------------------------------------------------------------- */

static int name_other(struct stet_buf *out, struct stet_span url,
                      struct stet_error *err)
{
    struct stet_digest d;
    int rc = stet_digest_of(&d, STET_SHA256, url, err);

    if (rc < 0)
        return rc;
    stet_buf_adds(out, "other/");
    stet_hex_add(out, d.bytes, NAME_BYTES);
    return stet_buf_status(out);
}

static int name_it(struct stet_buf *out, struct stet_span url,
                   struct stet_span media_type, struct stet_error *err)
{
    struct stet_bytes path = { 0 };
    int rc = stet_mirror_path(&path, url, media_type, NULL);

    if (rc == STET_EFORMAT)
        return name_other(out, url, err);
    if (rc < 0)
        return stet_fail(err, rc, "cannot name a file");
    stet_buf_add(out, path.data, path.len);
    stet_bytes_clear(&path);
    return stet_buf_status(out);
}

/* "a/b.html" and 2: "a/b~2.html" */
static void add_number(struct stet_buf *out, struct stet_span path, unsigned n)
{
    size_t dot = path.len;
    size_t i = path.len;

    while (i > 0 && path.ptr[i - 1] != '/') {
        i--;
        if (path.ptr[i] == '.' && dot == path.len && i > 0 &&
            path.ptr[i - 1] != '/')
            dot = i;
    }
    stet_buf_reset(out);
    stet_buf_add_span(out, stet_span_sub(path, 0, dot));
    if (n > 1)
        stet_buf_addf(out, "~%u", n);
    stet_buf_add_span(out, stet_span_sub(path, dot, path.len));
}

/* Makes the file under the first name that is free. */
static int create(int *fd, struct stet_extract *x, struct stet_span path,
                  struct stet_buf *name, struct stet_error *err)
{
    for (unsigned n = 1; n <= MAX_SAME; n++) {
        struct stet_error why = { 0 };
        int rc;

        add_number(name, path, n);
        rc = stet_buf_status(name);
        if (rc == STET_OK)
            rc = stet_under_create(fd, x->dir, stet_buf_span(name), &why);
        if (rc < 0 && rc != STET_ELOCKED && err)
            *err = why;
        if (rc != STET_ELOCKED)
            return rc;
    }
    return stet_fail(err, STET_ELIMIT, "%d files are named %.*s", MAX_SAME,
                     (int)path.len, path.ptr);
}

/* -- bodies ---------------------------------------------------------------- */

/* Writes the first piece, and all the others.  What the payload breaks off
 * with comes last. */
static int write_body(struct stet_extract *x, int fd,
                      struct stet_warc_payload *p, size_t got,
                      struct stet_error *err)
{
    uint64_t at = 0;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0) {
        struct stet_span s = { x->piece, got };

        rc = stet_file_write_at(fd, at, s, err);
        at += got;
        if (rc == STET_OK)
            rc = stet_warc_payload_read(p, x->piece, PIECE, &got, err);
    }
    return rc;
}

int stet_extract_body(struct stet_extract *x, struct stet_warc_payload *p,
                      const struct stet_warc_record *rec,
                      struct stet_bytes *path, struct stet_error *err)
{
    char type[STET_WARC_MEDIA_TYPE_MAX];
    struct stet_buf plain, name;
    size_t got;
    int fd = -1;
    int rc = stet_warc_payload_read(p, x->piece, PIECE, &got, err);

    *path = (struct stet_bytes){ 0 };
    if (rc < 0)
        return rc;
    if (got == 0)
        return STET_END;
    stet_buf_init(&plain, PATH_MAX);
    stet_buf_init(&name, PATH_MAX);
    rc = stet_warc_payload_media_type(p, rec, type);
    if (rc == STET_OK)
        rc = name_it(&plain, stet_warc_record_uri(rec, "WARC-Target-URI"),
                     stet_span_of(type), err);
    if (rc == STET_OK)
        rc = create(&fd, x, stet_buf_span(&plain), &name, err);
    if (rc == STET_OK) {
        rc = write_body(x, fd, p, got, err);
        *path = stet_buf_take_bytes(&name);
    }
    if (fd >= 0 && close(fd) < 0 && rc == STET_OK)
        rc = stet_fail_sys(err, STET_EIO, "cannot write %s", path->data);
    stet_buf_clear(&plain);
    stet_buf_clear(&name);
    return rc;
}
