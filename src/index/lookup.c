#include "stet/index.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "index/cdxj.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WINDOW = 8 * 1024 };

struct stet_cdx {
    int fd;
    uint64_t size;
    uint64_t at; /* of window's first byte */
    struct stet_buf window;
    size_t used;
};

int stet_cdx_open(struct stet_cdx **out, const char *path,
                  struct stet_error *err)
{
    struct stet_cdx *c = stet_alloc(sizeof(*c));
    struct stat st;
    int rc;

    *out = NULL;
    if (!c)
        return stet_fail(err, STET_ENOMEM, "no memory for an index");
    stet_buf_init(&c->window, STET_MAX_CDXJ_LINE + 2 * WINDOW);
    c->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (c->fd < 0 || fstat(c->fd, &st) < 0) {
        rc = stet_fail_sys(err, errno == ENOENT ? STET_ENOTFOUND : STET_EIO,
                           "cannot open %s", path);
        stet_cdx_close(c);
        return rc;
    }
    c->size = (uint64_t)st.st_size;
    *out = c;
    return STET_OK;
}

void stet_cdx_close(struct stet_cdx *c)
{
    if (!c)
        return;
    if (c->fd >= 0)
        close(c->fd);
    stet_buf_clear(&c->window);
    stet_free(c);
}

static void go_to(struct stet_cdx *c, uint64_t at)
{
    stet_buf_reset(&c->window);
    c->used = 0;
    c->at = at;
}

/* Reads more behind the window; *got is 0 at the end. */
static int fill(struct stet_cdx *c, size_t *got, struct stet_error *err)
{
    char *room;
    ssize_t n;

    stet_buf_drop(&c->window, c->used);
    c->at += c->used;
    c->used = 0;
    room = stet_buf_room(&c->window, WINDOW);
    if (!room)
        return stet_fail(err, stet_buf_status(&c->window),
                         "an index line is too long");
    do
        n = pread(c->fd, room, WINDOW, (off_t)(c->at + c->window.len));
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return stet_fail_sys(err, STET_EIO, "cannot read an index");
    stet_buf_added(&c->window, (size_t)n);
    *got = (size_t)n;
    return STET_OK;
}

int stet_cdx_next(struct stet_cdx *c, struct stet_span *line,
                  struct stet_error *err)
{
    for (;;) {
        struct stet_span rest =
            stet_span_sub(stet_buf_span(&c->window), c->used, c->window.len);
        const char *lf = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;
        size_t got = 0;
        int rc;

        if (lf) {
            *line = stet_span_sub(rest, 0, (size_t)(lf - rest.ptr));
            c->used += line->len + 1;
            return STET_OK;
        }
        rc = fill(c, &got, err);
        if (rc < 0)
            return rc;
        if (got > 0)
            continue;
        /* A last line without its LF. */
        *line = stet_buf_span(&c->window);
        c->used = c->window.len;
        return line->len > 0 ? STET_OK : STET_END;
    }
}

static bool is_less(struct stet_span a, struct stet_span b)
{
    return stet_span_compare(a, b) < 0;
}

/*
 * Lines that begin before `low` are less than `start`; the first that is
 * not begins at or after `low` and, if there is one that begins at or after
 * `high`, not behind the first such.
 */
int stet_cdx_seek(struct stet_cdx *c, struct stet_span start,
                  struct stet_error *err)
{
    uint64_t low = 0, high = c->size;
    struct stet_span line;
    int rc = STET_OK;

    while (high > low) {
        uint64_t mid = low + (high - low) / 2;

        /* The first line that begins at or after mid. */
        go_to(c, mid > 0 ? mid - 1 : 0);
        if (mid > 0)
            rc = stet_cdx_next(c, &line, err);
        if (rc == STET_OK)
            rc = stet_cdx_next(c, &line, err);
        if (rc < 0)
            return rc;
        if (rc == STET_OK && is_less(line, start))
            low = c->at + c->used;
        else
            high = mid;
        rc = STET_OK;
    }
    go_to(c, low);
    return rc;
}

struct stet_span stet_cdx_key(struct stet_span line)
{
    return stet_span_cut(&line, ' ');
}
