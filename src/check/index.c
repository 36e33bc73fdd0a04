#include "check/set.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/span.h"
#include "index/cdxj.h"
#include "index/make.h"

#include <inttypes.h>

enum { LINE_ARENA = 4 * STET_MAX_CDXJ_LINE };

/* An index file being read. */
struct reading {
    struct stet_check_set *s;
    struct stet_check_keys *keys;
    const char *name;
    struct stet_buf last; /* the line before */
    struct stet_arena arena;
    uint64_t at;  /* of the line in the file */
    size_t input; /* of the line before: often that of the next */
};

/* Names may be relative paths; their ends agree. */
static bool is_input(const struct stet_check_set *s, size_t i,
                     struct stet_span name)
{
    return i >= s->from && i < s->to && name.len > 0 &&
           stet_span_eq(stet_index_filename(s->inputs[i].name), name);
}

/* The file of that name, or s->to. */
static size_t find_input(struct reading *x, struct stet_span name)
{
    size_t slash = name.len, i = x->s->from;

    while (slash > 0 && name.ptr[slash - 1] != '/')
        slash--;
    name = stet_span_sub(name, slash, name.len);
    if (is_input(x->s, x->input, name))
        return x->input;
    while (i < x->s->to && !is_input(x->s, i, name))
        i++;
    x->input = i;
    return i;
}

static void check_place(struct reading *x, const struct stet_cdxj *line)
{
    enum { RECORD_END = 4 }; /* counted by some indexers, by some not */
    size_t input = find_input(x, line->filename);
    struct stet_check_capture *m =
        stet_check_set_capture(x->s, input, line->offset);

    if (input == x->s->to || !m) {
        stet_check_say(
            x->s, x->name, STET_CHECK_INDEX_RECORD, x->at,
            "no such record: %.*s at %" PRIu64,
            (int)(line->filename.len < 120 ? line->filename.len : 120),
            line->filename.ptr ? line->filename.ptr : "", line->offset);
        return;
    }
    m->seen = true;
    if (m->length != line->length && m->length + RECORD_END != line->length)
        stet_check_say(x->s, x->name, STET_CHECK_INDEX_RECORD, x->at,
                       "the length is %" PRIu64 ", the record's %" PRIu64,
                       line->length, m->length);
    if (m->date_ms / 1000 != line->date_ms / 1000)
        stet_check_say(x->s, x->name, STET_CHECK_INDEX_RECORD, x->at,
                       "the date is not that of the record");
    if (m->url_hash != stet_check_url_hash(line->url))
        stet_check_say(x->s, x->name, STET_CHECK_INDEX_RECORD, x->at,
                       "the URL is not that of the record");
}

static int check_order(struct reading *x, struct stet_span line)
{
    struct stet_span last = stet_buf_span(&x->last);
    size_t n = line.len < last.len ? line.len : last.len;
    int order = n ? memcmp(last.ptr, line.ptr, n) : 0;

    if (order > 0 || (order == 0 && last.len > line.len))
        stet_check_say(x->s, x->name, STET_CHECK_INDEX_ORDER, x->at,
                       "the lines are not sorted by byte");
    stet_buf_reset(&x->last);
    stet_buf_add_span(&x->last, line);
    return stet_buf_status(&x->last);
}

static int check_line(struct reading *x, struct stet_span line)
{
    struct stet_cdxj parsed;
    int rc = check_order(x, line);

    if (rc < 0)
        return rc;
    if (stet_span_starts(line, STET_SPAN("!meta")) ||
        stet_span_starts(line, STET_SPAN(" CDX")))
        return STET_OK;
    stet_arena_clear(&x->arena);
    rc = stet_cdxj_parse(&parsed, line, &x->arena);
    if (rc == STET_ENOMEM)
        return rc;
    if (rc < 0) {
        stet_check_say(x->s, x->name, STET_CHECK_INDEX_LINE, x->at,
                       "not a line of key, date and JSON");
        return STET_OK;
    }
    check_place(x, &parsed);
    return x->keys && parsed.url.len > 0
               ? stet_check_keys_add(x->keys, parsed.key, parsed.url)
               : STET_OK;
}

int stet_check_index(struct stet_check_set *s, const char *name,
                     const struct stet_check_lines *lines,
                     struct stet_check_keys *keys, struct stet_error *err)
{
    struct reading x = { .s = s, .name = name, .keys = keys };
    struct stet_span line;
    int rc;

    stet_buf_init(&x.last, STET_MAX_CDXJ_LINE + 64 * 1024);
    stet_arena_init(&x.arena, LINE_ARENA);
    while ((rc = lines->next(lines->ctx, &line, err)) == STET_OK) {
        rc = check_line(&x, line);
        if (rc < 0) {
            stet_fail(err, rc, "no memory for an index line");
            break;
        }
        x.at += line.len + 1;
    }
    stet_buf_clear(&x.last);
    stet_arena_clear(&x.arena);
    return rc == STET_END ? STET_OK : rc;
}

static int next_line(void *ctx, struct stet_span *line, struct stet_error *err)
{
    struct stet_check_text *t = ctx;

    (void)err;
    if (!t->rest.ptr || t->rest.len == 0)
        return STET_END;
    *line = stet_span_cut(&t->rest, '\n');
    if (line->len > 0 && line->ptr[line->len - 1] == '\r')
        line->len--;
    return STET_OK;
}

struct stet_check_lines stet_check_text_lines(struct stet_check_text *t)
{
    return (struct stet_check_lines){ next_line, t };
}

void stet_check_unseen(struct stet_check_set *s)
{
    for (size_t i = 0; i < s->n_captures; i++) {
        const struct stet_check_capture *m = &s->captures[i];

        if (!m->seen && m->input >= s->from && m->input < s->to)
            stet_check_say(s, s->inputs[m->input].name,
                           STET_CHECK_INDEX_MISSING, m->offset,
                           "the index has no line for this record");
    }
}
