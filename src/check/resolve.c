#include "check/set.h"

#include "base/span.h"

#include <inttypes.h>
#include <stdlib.h>

/* What a reference that leads to no record of the set is. */
static void tell_unresolved(struct stet_check_set *s,
                            const struct stet_check_said *ref)
{
    static const char *const names[] = { "WARC-Concurrent-To", "WARC-Refers-To",
                                         "WARC-Warcinfo-ID",
                                         "WARC-Segment-Origin-ID" };

    stet_check_say(s, s->inputs[ref->input].name,
                   ref->kind == STET_CHECK_REFERS_TO_ID ? STET_CHECK_REFERS_TO
                                                        : STET_CHECK_REFERENCE,
                   ref->offset, "%s leads to no record of this set: %.*s",
                   names[ref->kind],
                   (int)(ref->target.len < 80 ? ref->target.len : 80),
                   ref->target.ptr);
}

static void check_concurrent(struct stet_check_set *s,
                             const struct stet_check_said *ref,
                             const struct stet_check_entry *to)
{
    const char *file = s->inputs[ref->input].name;

    if (to->type == STET_CHECK_WARCINFO || to->type == STET_CHECK_CONVERSION ||
        to->type == STET_CHECK_CONTINUATION)
        stet_check_say(s, file, STET_CHECK_CONCURRENT_TYPE, ref->offset,
                       "the record it is concurrent to is of no capture event");
    else if (to->date_ms != ref->date_ms)
        stet_check_say(s, file, STET_CHECK_EVENT_DATE, ref->offset,
                       "the records of one capture have two dates");
}

static void check_refers(struct stet_check_set *s,
                         const struct stet_check_said *ref,
                         const struct stet_check_entry *to)
{
    if (ref->type == STET_CHECK_REVISIT && ref->payload.len > 0 &&
        to->payload.len > 0 && ref->payload.kind == to->payload.kind &&
        !stet_digest_eq(&ref->payload, &to->payload))
        stet_check_say(s, s->inputs[ref->input].name,
                       STET_CHECK_REVISIT_ORIGINAL, ref->offset,
                       "the record it refers to has another digest");
}

static void resolve_refs(struct stet_check_set *s)
{
    for (size_t i = 0; i < s->n_refs; i++) {
        const struct stet_check_said *ref = &s->refs[i];
        const struct stet_map_entry *e = stet_map_find(&s->ids, ref->target);
        const struct stet_check_entry *to = e ? e->value : NULL;

        if (!to)
            tell_unresolved(s, ref);
        else if (ref->kind == STET_CHECK_CONCURRENT_TO)
            check_concurrent(s, ref, to);
        else if (ref->kind == STET_CHECK_REFERS_TO_ID)
            check_refers(s, ref, to);
        else if (ref->kind == STET_CHECK_WARCINFO_ID &&
                 to->type != STET_CHECK_WARCINFO)
            stet_check_say(s, s->inputs[ref->input].name,
                           STET_CHECK_WARCINFO_REF, ref->offset,
                           "WARC-Warcinfo-ID leads to another type of record");
    }
}

/* -- segments (section 7) -------------------------------------------------- */

static int compare_segments(const void *a, const void *b)
{
    const struct stet_check_segment *x = a, *y = b;
    size_t n = x->origin.len < y->origin.len ? x->origin.len : y->origin.len;
    int order = n ? memcmp(x->origin.ptr, y->origin.ptr, n) : 0;

    if (order == 0)
        order =
            (x->origin.len > y->origin.len) - (x->origin.len < y->origin.len);
    if (order == 0)
        order = (x->number > y->number) - (x->number < y->number);
    return order ? order : (x->offset > y->offset) - (x->offset < y->offset);
}

static void tell_chain(struct stet_check_set *s,
                       const struct stet_check_segment *g, const char *text)
{
    stet_check_say(s, s->inputs[g->input].name, STET_CHECK_SEGMENT_CHAIN,
                   g->offset, "segment %" PRIu64 ": %s", g->number, text);
}

/* Segments of one record, by number. */
static void check_chain(struct stet_check_set *s,
                        const struct stet_check_segment *g, size_t n)
{
    uint64_t sum = 0;
    bool cut = false;

    for (size_t i = 0; i < n; i++) {
        sum += g[i].length;
        cut |= g[i].is_cut;
        if (g[i].number != i + 1) {
            if (i > 0) /* that the first is not there was told */
                tell_chain(s, &g[i], "the one before it is not there");
            return;
        }
        if (g[i].url_hash != g[0].url_hash)
            tell_chain(s, &g[i], "it is of another URL than the first");
        if (i + 1 < n && g[i].total > 0)
            tell_chain(s, &g[i], "a total length, and it is not the last");
    }
    if (g[n - 1].total == 0)
        stet_check_say(s, s->inputs[g->input].name, STET_CHECK_REFERENCE,
                       g[n - 1].offset,
                       "the segment after this one is not in this set");
    else if (g[n - 1].total != sum && !cut)
        tell_chain(s, &g[n - 1], "the segments have not that total length");
}

static void resolve_segments(struct stet_check_set *s)
{
    size_t from = 0;

    if (s->n_segments > 1)
        qsort(s->segments, s->n_segments, sizeof(*s->segments),
              compare_segments);
    for (size_t i = 1; i <= s->n_segments; i++) {
        if (i < s->n_segments &&
            stet_span_eq(s->segments[i].origin, s->segments[from].origin))
            continue;
        check_chain(s, &s->segments[from], i - from);
        from = i;
    }
}

void stet_check_set_resolve(struct stet_check_set *s)
{
    for (size_t i = 0; i < s->n_inputs; i++)
        if (s->records[i] == 0)
            stet_check_say(s, s->inputs[i].name, STET_CHECK_EMPTY_FILE, 0,
                           "there is no record");
    if (!s->full) {
        resolve_refs(s);
        resolve_segments(s);
    }
}
