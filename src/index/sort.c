#include "index/sort.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/spool.h"

#include <stdlib.h>
#include <string.h>

enum {
    WINDOW = 32 * 1024, /* of a run, read at a time */
    WINDOW_MAX = 64 << 20,
};

/* A sorted run being read: lines with their LF, in a temporary file. */
struct run {
    struct stet_spool file;
    uint64_t at; /* of the next byte to read */
    struct stet_buf window;
    size_t used; /* of the window: the current line begins here */
    struct stet_span line;
    bool over;
};

struct stet_sorter {
    const char *dir;
    size_t max_memory;
    struct stet_buf text;    /* lines that are not yet in a run */
    struct stet_span *lines; /* into `text`, by offset until sorted */
    size_t n_lines, cap_lines;
    size_t next_line;
    struct run *runs;
    size_t n_runs, cap_runs;
    size_t *heap; /* indexes of runs, the least line on top */
    size_t n_heap;
    bool merging;
    struct stet_buf last; /* the line that went out last */
    bool has_last;
};

static int compare_lines(const void *a, const void *b)
{
    return stet_span_compare(*(const struct stet_span *)a,
                             *(const struct stet_span *)b);
}

int stet_sorter_new(struct stet_sorter **out, const char *dir,
                    size_t max_memory, struct stet_error *err)
{
    struct stet_sorter *s = stet_alloc(sizeof(*s));

    *out = s;
    if (!s)
        return stet_fail(err, STET_ENOMEM, "no memory to sort");
    s->dir = dir;
    s->max_memory = max_memory ? max_memory : STET_SORT_MEMORY;
    stet_buf_init(&s->text, s->max_memory);
    stet_buf_init(&s->last, s->max_memory);
    return STET_OK;
}

static void clear_run(struct run *r)
{
    stet_spool_clear(&r->file);
    stet_buf_clear(&r->window);
}

void stet_sorter_free(struct stet_sorter *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n_runs; i++)
        clear_run(&s->runs[i]);
    stet_free(s->runs);
    stet_free(s->heap);
    stet_free(s->lines);
    stet_buf_clear(&s->text);
    stet_buf_clear(&s->last);
    stet_free(s);
}

/* -- reading runs ---------------------------------------------------------- */

/* Moves a run to its next line. */
static int advance(struct run *r, struct stet_error *err)
{
    for (;;) {
        struct stet_span rest =
            stet_span_sub(stet_buf_span(&r->window), r->used, r->window.len);
        const char *lf = rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;
        size_t got;
        char *room;
        int rc;

        if (lf) {
            r->line = stet_span_sub(rest, 0, (size_t)(lf - rest.ptr));
            r->used += r->line.len + 1;
            return STET_OK;
        }
        stet_buf_drop(&r->window, r->used);
        r->used = 0;
        room = stet_buf_room(&r->window, WINDOW);
        if (!room)
            return stet_fail(err, STET_ENOMEM, "no memory to sort");
        rc = stet_spool_read(&r->file, r->at, room, WINDOW, &got, err);
        if (rc < 0)
            return rc;
        if (got == 0) {
            r->over = true;
            return STET_OK;
        }
        stet_buf_added(&r->window, got);
        r->at += got;
    }
}

static bool is_less(const struct stet_sorter *s, size_t a, size_t b)
{
    return stet_span_compare(s->runs[s->heap[a]].line,
                             s->runs[s->heap[b]].line) < 0;
}

static void swap(struct stet_sorter *s, size_t a, size_t b)
{
    size_t t = s->heap[a];

    s->heap[a] = s->heap[b];
    s->heap[b] = t;
}

static void sift_down(struct stet_sorter *s, size_t i)
{
    for (;;) {
        size_t least = i, left = 2 * i + 1;

        if (left < s->n_heap && is_less(s, left, least))
            least = left;
        if (left + 1 < s->n_heap && is_less(s, left + 1, least))
            least = left + 1;
        if (least == i)
            return;
        swap(s, i, least);
        i = least;
    }
}

/* Puts all runs on the heap, each at its first line. */
static int begin_runs(struct stet_sorter *s, struct stet_error *err)
{
    int rc = STET_OK;

    stet_free(s->heap);
    s->n_heap = 0;
    s->heap = stet_alloc(s->n_runs * sizeof(*s->heap));
    if (!s->heap)
        return stet_fail(err, STET_ENOMEM, "no memory to sort");
    for (size_t i = 0; i < s->n_runs && rc == STET_OK; i++) {
        rc = advance(&s->runs[i], err);
        if (rc == STET_OK && !s->runs[i].over)
            s->heap[s->n_heap++] = i;
    }
    for (size_t i = s->n_heap / 2; i-- > 0;)
        sift_down(s, i);
    return rc;
}

/* Passes by the least line. */
static int drop_least(struct stet_sorter *s, struct stet_error *err)
{
    struct run *top = &s->runs[s->heap[0]];
    int rc = advance(top, err);

    if (rc < 0)
        return rc;
    if (top->over)
        swap(s, 0, --s->n_heap);
    sift_down(s, 0);
    return STET_OK;
}

/* -- writing runs ---------------------------------------------------------- */

static void init_run(struct stet_sorter *s, struct run *r)
{
    *r = (struct run){ 0 };
    stet_spool_init(&r->file, s->dir, 0);
    stet_buf_init(&r->window, WINDOW_MAX + WINDOW);
}

/* Adds to a run being written; `last`: what is held goes out. */
static int write_line(struct run *r, struct stet_span line, bool last,
                      struct stet_error *err)
{
    int rc;

    stet_buf_add_span(&r->window, line);
    stet_buf_addc(&r->window, '\n');
    rc = stet_buf_status(&r->window);
    if (rc < 0)
        return stet_fail(err, rc, "no memory to sort");
    if (!last && r->window.len < WINDOW)
        return STET_OK;
    rc = stet_spool_add(&r->file, r->window.data, r->window.len, err);
    stet_buf_reset(&r->window);
    return rc;
}

/* Makes one run of all. */
static int join_runs(struct stet_sorter *s, struct stet_error *err)
{
    struct run whole;
    int rc = begin_runs(s, err);

    init_run(s, &whole);
    while (rc == STET_OK && s->n_heap > 0) {
        struct run *top = &s->runs[s->heap[0]];
        bool last = s->n_heap == 1 && top->at == top->file.len &&
                    top->used == top->window.len;

        rc = write_line(&whole, top->line, last, err);
        if (rc == STET_OK)
            rc = drop_least(s, err);
    }
    if (rc < 0) {
        clear_run(&whole);
        return rc;
    }
    for (size_t i = 0; i < s->n_runs; i++)
        clear_run(&s->runs[i]);
    s->runs[0] = whole;
    s->n_runs = 1;
    return STET_OK;
}

/* -- putting in ------------------------------------------------------------ */

/* While lines are added `text` moves, so they are kept as offsets in it
 * (in place of the pointer) and made spans here. */
static void sort_lines(struct stet_sorter *s)
{
    size_t at = 0;

    for (size_t i = 0; i < s->n_lines; i++) {
        s->lines[i].ptr = s->text.data + at;
        at += s->lines[i].len + 1;
    }
    if (s->n_lines > 1)
        qsort(s->lines, s->n_lines, sizeof(*s->lines), compare_lines);
}

static int write_run(struct stet_sorter *s, struct stet_error *err)
{
    struct run *r;
    int rc = STET_OK;

    if (s->n_runs == STET_MAX_SORT_RUNS)
        rc = join_runs(s, err);
    if (rc < 0)
        return rc;
    if (stet_grow_array(&s->runs, &s->cap_runs, s->n_runs + 1,
                        sizeof(*s->runs)) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory to sort");
    r = &s->runs[s->n_runs++];
    init_run(s, r);
    sort_lines(s);
    for (size_t i = 0; i < s->n_lines && rc == STET_OK; i++)
        rc = write_line(r, s->lines[i], i + 1 == s->n_lines, err);
    stet_buf_reset(&s->text);
    s->n_lines = 0;
    return rc;
}

int stet_sorter_add(struct stet_sorter *s, struct stet_span line,
                    struct stet_error *err)
{
    /* Half of the memory is for the text, half for what points into it. */
    size_t text_max = s->max_memory / 2;
    size_t lines_max = text_max / sizeof(*s->lines);
    int rc = STET_OK;

    if (line.len >= text_max || line.len >= WINDOW_MAX)
        return stet_fail(err, STET_ELIMIT, "a line is too long to sort");
    if (s->text.len + line.len + 1 > text_max || s->n_lines >= lines_max)
        rc = write_run(s, err);
    if (rc < 0)
        return rc;
    stet_buf_add_span(&s->text, line);
    stet_buf_addc(&s->text, '\n');
    if (stet_buf_status(&s->text) < 0 ||
        stet_grow_array(&s->lines, &s->cap_lines, s->n_lines + 1,
                        sizeof(*s->lines)) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory to sort");
    s->lines[s->n_lines++] = (struct stet_span){ NULL, line.len };
    return STET_OK;
}

/* -- taking out ------------------------------------------------------------ */

static int begin_merge(struct stet_sorter *s, struct stet_error *err)
{
    int rc = STET_OK;

    s->merging = true;
    if (s->n_runs == 0) {
        sort_lines(s);
        return STET_OK;
    }
    if (s->n_lines > 0)
        rc = write_run(s, err);
    if (rc < 0)
        return rc;
    stet_buf_clear(&s->text);
    return begin_runs(s, err);
}

/* The next line, equal ones too. */
static int take(struct stet_sorter *s, struct stet_span *line,
                struct stet_error *err)
{
    int rc;

    if (s->n_runs == 0) {
        if (s->next_line == s->n_lines)
            return STET_END;
        *line = s->lines[s->next_line++];
        return STET_OK;
    }
    /* The least line went out last time. */
    if (s->has_last && s->n_heap > 0) {
        rc = drop_least(s, err);
        if (rc < 0)
            return rc;
    }
    if (s->n_heap == 0)
        return STET_END;
    *line = s->runs[s->heap[0]].line;
    return STET_OK;
}

int stet_sorter_next(struct stet_sorter *s, struct stet_span *line,
                     struct stet_error *err)
{
    int rc = s->merging ? STET_OK : begin_merge(s, err);

    while (rc == STET_OK) {
        rc = take(s, line, err);
        if (rc != STET_OK)
            return rc;
        if (s->has_last && stet_span_eq(*line, stet_buf_span(&s->last)))
            continue;
        stet_buf_reset(&s->last);
        stet_buf_add_span(&s->last, *line);
        s->has_last = true;
        if (stet_buf_status(&s->last) < 0)
            return stet_fail(err, STET_ENOMEM, "no memory to sort");
        *line = stet_buf_span(&s->last);
        return STET_OK;
    }
    return rc;
}
