/*
 * What is stale: a row a story.
 */
#include "stet/report.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "report/shelf.h"

enum { MAX_CHANGES = 1000, MAX_CHANGE = 4096 };

static bool differs(struct stet_span a, struct stet_span b)
{
    return !stet_span_eq(a, b);
}

/* Captures of before there were fingerprints say nothing of their text. */
static bool has_other_text(const struct stet_sighting *a,
                           const struct stet_sighting *b)
{
    return a->fingerprint.len > 0 && b->fingerprint.len > 0 &&
           differs(a->fingerprint, b->fingerprint);
}

/* "TIME headline, text"; nothing when they are alike. */
static void add_change(struct stet_buf *out, const struct stet_sighting *from,
                       const struct stet_sighting *to)
{
    const struct {
        const char *name;
        bool differs;
    } list[] = {
        { "headline", differs(from->headline, to->headline) },
        { "published", differs(from->published, to->published) },
        { "modified", differs(from->modified, to->modified) },
        { "marker", differs(from->marker, to->marker) },
        { "text", has_other_text(from, to) },
    };
    const char *before = " ";

    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        if (!list[i].differs)
            continue;
        if (out->len == 0)
            stet_buf_add_span(out, to->time);
        stet_buf_addf(out, "%s%s", before, list[i].name);
        before = ", ";
    }
}

/* The changes of a story, in the arena; *n of them. */
static struct stet_span *changes_of(struct stet_shelf *s,
                                    const struct stet_story *story, size_t *n)
{
    struct stet_span *list =
        stet_arena_alloc(&s->arena, (story->n_seen + 1) * sizeof(*list));
    struct stet_buf text;

    *n = 0;
    stet_buf_init(&text, MAX_CHANGE);
    for (size_t i = 1; list && i < story->n_seen && *n < MAX_CHANGES; i++) {
        stet_buf_reset(&text);
        add_change(&text, &story->seen[i - 1], &story->seen[i]);
        if (text.len == 0)
            continue;
        list[*n] = stet_arena_dup(&s->arena, stet_buf_span(&text));
        if (!list[(*n)++].ptr)
            list = NULL;
    }
    if (stet_buf_status(&text) < 0)
        list = NULL;
    stet_buf_clear(&text);
    return list;
}

static int tell(struct stet_shelf *s, const struct stet_story *story,
                stet_stale_fn *fn, void *ctx, struct stet_error *err)
{
    const struct stet_sighting *newest = stet_story_newest(story);
    struct stet_stale_row row = {
        .url = story->url,
        .same_text_as = story->original ? story->original->url
                                        : (struct stet_span){ "", 0 },
        .headline = newest->headline,
        .published = newest->published,
        .published_source = newest->published_source,
        .age = newest->age,
        .marker = newest->marker,
        .marker_kind = newest->marker_kind,
        .verdict = newest->verdict,
        .first_seen = story->seen[0].time,
        .last_seen = newest->time,
        .captures = (int64_t)story->n_seen,
    };

    row.changes = changes_of(s, story, &row.n_changes);
    if (!row.changes)
        return stet_fail(err, STET_ENOMEM, "no memory for changes");
    return fn(ctx, &row);
}

int stet_stale_each(const char *archive, stet_stale_fn *fn, void *ctx,
                    struct stet_error *err)
{
    struct stet_shelf s;
    int rc;

    stet_shelf_init(&s);
    rc = stet_shelf_read(&s, archive, err);
    if (rc == STET_OK)
        stet_shelf_sort(&s);
    for (size_t i = 0; rc == STET_OK && i < s.len; i++)
        rc = tell(&s, s.list[i], fn, ctx, err);
    stet_shelf_clear(&s);
    return rc;
}
