#include "stet/index.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "index/cdxj.h"
#include "index/sort.h"

/* Sorted files being merged: a heap of them, the least line on top. */
struct input {
    struct stet_cdx *cdx;
    const char *path;
    struct stet_buf line;
};

struct merge {
    struct input *inputs;
    size_t n_inputs;
    struct input **heap;
    size_t n_heap;
    struct stet_buf last;
    bool has_last;
};

static bool is_less(const struct input *a, const struct input *b)
{
    return stet_span_compare(stet_buf_span(&a->line), stet_buf_span(&b->line)) <
           0;
}

static void sift_down(struct merge *m, size_t i)
{
    for (;;) {
        size_t least = i, left = 2 * i + 1;
        struct input *t;

        if (left < m->n_heap && is_less(m->heap[left], m->heap[least]))
            least = left;
        if (left + 1 < m->n_heap && is_less(m->heap[left + 1], m->heap[least]))
            least = left + 1;
        if (least == i)
            return;
        t = m->heap[i];
        m->heap[i] = m->heap[least];
        m->heap[least] = t;
        i = least;
    }
}

/* The next line of an input.  STET_END; STET_EFORMAT: it is not sorted. */
static int advance(struct input *in, struct stet_error *err)
{
    struct stet_span line;
    int rc = stet_cdx_next(in->cdx, &line, err);

    if (rc != STET_OK)
        return rc;
    if (line.len > 0 && line.ptr[line.len - 1] == '\r')
        line.len--;
    if (in->line.len > 0 &&
        stet_span_compare(line, stet_buf_span(&in->line)) < 0)
        return stet_fail(err, STET_EFORMAT, "%s is not sorted by byte",
                         in->path);
    stet_buf_reset(&in->line);
    stet_buf_add_span(&in->line, line);
    rc = stet_buf_status(&in->line);
    return rc < 0 ? stet_fail(err, rc, "no memory to merge") : STET_OK;
}

static int open_all(struct merge *m, const char *const *paths, size_t n,
                    struct stet_error *err)
{
    int rc = STET_OK;

    m->inputs = stet_alloc(n * sizeof(*m->inputs));
    m->heap = stet_alloc(n * sizeof(struct input *));
    if (!m->inputs || !m->heap)
        return stet_fail(err, STET_ENOMEM, "no memory to merge");
    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        struct input *in = &m->inputs[m->n_inputs++];

        in->path = paths[i];
        stet_buf_init(&in->line, STET_MAX_CDXJ_LINE + 1);
        rc = stet_cdx_open(&in->cdx, paths[i], err);
        if (rc == STET_OK)
            rc = advance(in, err);
        if (rc == STET_OK)
            m->heap[m->n_heap++] = in;
        else if (rc == STET_END)
            rc = STET_OK;
    }
    for (size_t i = m->n_heap / 2; i-- > 0;)
        sift_down(m, i);
    return rc;
}

/* Gives a line out, unless it was the last one. */
static int give(struct merge *m, struct stet_span line,
                stet_index_line_fn on_line, void *ctx, struct stet_error *err)
{
    int rc;

    if (line.len == 0 ||
        (m->has_last && stet_span_eq(line, stet_buf_span(&m->last))))
        return STET_OK;
    stet_buf_reset(&m->last);
    stet_buf_add_span(&m->last, line);
    m->has_last = true;
    rc = stet_buf_status(&m->last);
    return rc < 0 ? stet_fail(err, rc, "no memory to merge")
                  : on_line(ctx, line);
}

int stet_index_merge(const char *const *paths, size_t n,
                     stet_index_line_fn on_line, void *ctx,
                     struct stet_error *err)
{
    struct merge m = { 0 };
    int rc;

    if (n == 0 || n > STET_MAX_INDEX_MERGE)
        return stet_fail(err, STET_EUSAGE, "from 1 to %d files can be merged",
                         STET_MAX_INDEX_MERGE);
    stet_buf_init(&m.last, STET_MAX_CDXJ_LINE + 1);
    rc = open_all(&m, paths, n, err);
    while (rc == STET_OK && m.n_heap > 0) {
        struct input *top = m.heap[0];

        rc = give(&m, stet_buf_span(&top->line), on_line, ctx, err);
        if (rc == STET_OK)
            rc = advance(top, err);
        if (rc == STET_END) {
            m.heap[0] = m.heap[--m.n_heap];
            rc = STET_OK;
        }
        sift_down(&m, 0);
    }
    for (size_t i = 0; i < m.n_inputs; i++) {
        stet_cdx_close(m.inputs[i].cdx);
        stet_buf_clear(&m.inputs[i].line);
    }
    stet_free(m.inputs);
    stet_free(m.heap);
    stet_buf_clear(&m.last);
    return rc;
}
