#include "base/file.h"

#include "base/span.h"

#include <limits.h>
#include <unistd.h>

/* Adds "/part" a part; "." and ".." are followed in the text. */
static void add_parts(struct stet_buf *out, struct stet_span path)
{
    while (path.ptr) {
        struct stet_span part = stet_span_cut(&path, '/');

        if (stet_span_eqs(part, "..")) {
            while (out->len > 0 && out->data[out->len - 1] != '/')
                stet_buf_cut(out, out->len - 1);
            if (out->len > 0)
                stet_buf_cut(out, out->len - 1);
        } else if (part.len > 0 && !stet_span_eqs(part, ".")) {
            stet_buf_addc(out, '/');
            stet_buf_add_span(out, part);
        }
    }
}

/* The path from the root on, "" for the root itself. */
static int make_absolute(struct stet_buf *out, const char *path)
{
    char here[PATH_MAX];

    if (path[0] != '/') {
        if (!getcwd(here, sizeof(here)))
            return STET_EIO;
        add_parts(out, stet_span_of(here));
    }
    add_parts(out, stet_span_of(path));
    return stet_buf_status(out);
}

/* How much two paths have in common, to the end of a part. */
static size_t common(struct stet_span a, struct stet_span b)
{
    size_t n = 0, end = 0;

    while (n <= a.len && n <= b.len) {
        bool a_ends = n == a.len || a.ptr[n] == '/';
        bool b_ends = n == b.len || b.ptr[n] == '/';

        if (a_ends && b_ends)
            end = n;
        if (n == a.len || n == b.len || a.ptr[n] != b.ptr[n])
            break;
        n++;
    }
    return end;
}

int stet_path_relative(struct stet_buf *out, const char *path, const char *root)
{
    struct stet_buf to, from;
    int rc;

    stet_buf_init(&to, 2 * PATH_MAX);
    stet_buf_init(&from, 2 * PATH_MAX);
    rc = make_absolute(&to, path);
    if (rc == STET_OK)
        rc = make_absolute(&from, root);
    if (rc == STET_OK) {
        struct stet_span a = stet_buf_span(&to), b = stet_buf_span(&from);
        size_t n = common(a, b);

        for (size_t i = n; i < b.len; i++)
            if (b.ptr[i] == '/')
                stet_buf_adds(out, "../");
        stet_buf_add_span(out, stet_span_sub(a, n + 1, a.len));
        rc = stet_buf_status(out);
    }
    stet_buf_clear(&to);
    stet_buf_clear(&from);
    return rc;
}
