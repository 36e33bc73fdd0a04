#include "check/set.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

void stet_check_set_init(struct stet_check_set *s)
{
    *s = (struct stet_check_set){ 0 };
    stet_map_init(&s->ids, STET_MAX_CHECK_BYTES / 4);
    stet_arena_init(&s->arena, STET_MAX_CHECK_BYTES / 2);
}

void stet_check_set_clear(struct stet_check_set *s)
{
    stet_map_clear(&s->ids);
    stet_arena_clear(&s->arena);
    for (size_t i = 0; i < s->n_inputs; i++)
        stet_free(s->inputs[i].name);
    stet_free(s->inputs);
    stet_free(s->records);
    stet_free(s->refs);
    stet_free(s->captures);
    stet_free(s->segments);
    stet_free(s->docs);
    stet_free(s->wants);
    *s = (struct stet_check_set){ 0 };
}

int stet_check_set_input(struct stet_check_set *s, const char *name,
                         const char *path, struct stet_span bytes)
{
    struct stet_check_input in = { .path = path, .bytes = bytes };
    struct stat st;
    size_t cap = s->cap_inputs;

    if (bytes.ptr) {
        in.size = bytes.len;
    } else if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
        in.size = (uint64_t)st.st_size;
    } else {
        in.in_order = true;
    }
    in.name = stet_span_dup(stet_span_of(name));
    if (!in.name ||
        stet_grow_array(&s->inputs, &s->cap_inputs, s->n_inputs + 1,
                        sizeof(*s->inputs)) < 0 ||
        stet_grow_array(&s->records, &cap, s->n_inputs + 1,
                        sizeof(*s->records)) < 0) {
        stet_free(in.name);
        return STET_ENOMEM;
    }
    s->records[s->n_inputs] = 0;
    s->inputs[s->n_inputs++] = in;
    return STET_OK;
}

static void give(struct stet_check_set *s, const char *file,
                 enum stet_check_rule rule, uint64_t offset, const char *text)
{
    struct stet_finding f = { &stet_check_rules()[rule], file, offset, text };

    s->result->counts[f.rule->level]++;
    if (s->on_finding)
        s->on_finding(s->ctx, &f);
}

void stet_check_say(struct stet_check_set *s, const char *file,
                    enum stet_check_rule rule, uint64_t offset, const char *fmt,
                    ...)
{
    char text[400];
    va_list ap;

    if (s->muted[rule])
        return;
    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    give(s, file, rule, offset, text);
}

/* FNV-1a, 64 bits: an accident is unlikely enough for a finding's sake. */
uint64_t stet_check_url_hash(struct stet_span url)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < url.len; i++)
        h = (h ^ (unsigned char)url.ptr[i]) * UINT64_C(1099511628211);
    return h;
}

/* -- merging --------------------------------------------------------------- */

/* False once there is no room left; that is told. */
static bool has_room(struct stet_check_set *s, const char *file,
                     uint64_t offset)
{
    size_t spent = s->arena.used + s->ids.keys.used +
                   s->cap_refs * sizeof(*s->refs) +
                   s->cap_captures * sizeof(*s->captures);

    if (!s->full && spent > STET_MAX_CHECK_BYTES / 4) {
        s->full = true;
        stet_check_say(s, file, STET_CHECK_TOO_MANY, offset,
                       "from here on references and index are not checked");
    }
    return !s->full;
}

static int add_id(struct stet_check_set *s, const char *file,
                  const struct stet_check_note *n)
{
    struct stet_check_entry *entry;
    struct stet_map_entry *e;
    bool fresh;

    if (n->id.len == 0)
        return STET_OK;
    e = stet_map_put(&s->ids, n->id, &fresh);
    if (!e)
        return STET_ENOMEM;
    if (!fresh) {
        /* Later segments of a record share nothing but the origin. */
        stet_check_say(s, file, STET_CHECK_ID_REPEATED, n->offset,
                       "the id %.*s was there before",
                       (int)(n->id.len < 80 ? n->id.len : 80), n->id.ptr);
        return STET_OK;
    }
    entry = stet_arena_alloc(&s->arena, sizeof(*entry));
    if (!entry)
        return STET_ENOMEM;
    *entry = (struct stet_check_entry){ n->date_ms, n->type, n->payload };
    e->value = entry;
    return STET_OK;
}

static int add_capture(struct stet_check_set *s, size_t input,
                       const struct stet_check_note *n)
{
    if (stet_grow_array(&s->captures, &s->cap_captures, s->n_captures + 1,
                        sizeof(*s->captures)) < 0)
        return STET_ENOMEM;
    s->captures[s->n_captures++] = (struct stet_check_capture){
        .input = (uint32_t)input,
        .offset = n->offset,
        .length = n->length,
        .url_hash = stet_check_url_hash(n->url),
        .date_ms = n->date_ms,
    };
    return STET_OK;
}

/* Copies a span of the unit. */
static bool keep(struct stet_check_set *s, struct stet_span *out,
                 struct stet_span from)
{
    *out = stet_arena_dup(&s->arena, from);
    return out->ptr != NULL;
}

static int add_doc(struct stet_check_set *s, size_t input,
                   const struct stet_check_unit *u,
                   const struct stet_check_note *n)
{
    struct stet_check_document d = { .date_ms = n->date_ms,
                                     .input = (uint32_t)input,
                                     .offset = n->offset,
                                     .is_page = n->is_page,
                                     .wants = s->n_wants,
                                     .n_wants = n->n_wants };

    if (!keep(s, &d.url, n->url) ||
        stet_grow_array(&s->docs, &s->cap_docs, s->n_docs + 1,
                        sizeof(*s->docs)) < 0 ||
        stet_grow_array(&s->wants, &s->cap_wants, s->n_wants + n->n_wants,
                        sizeof(*s->wants)) < 0)
        return STET_ENOMEM;
    for (size_t i = 0; i < n->n_wants; i++) {
        const struct stet_check_want *from = &u->wants[n->wants + i];
        struct stet_check_want *to = &s->wants[s->n_wants];

        to->group = from->group;
        if (!keep(s, &to->url, from->url))
            return STET_ENOMEM;
        s->n_wants++;
    }
    s->docs[s->n_docs++] = d;
    return STET_OK;
}

static int add_segment(struct stet_check_set *s, size_t input,
                       const struct stet_check_note *n, struct stet_span origin)
{
    struct stet_check_segment g = { .number = n->segment,
                                    .total = n->segment_total,
                                    .length = n->block_length,
                                    .url_hash = stet_check_url_hash(n->url),
                                    .offset = n->offset,
                                    .input = (uint32_t)input,
                                    .is_cut = n->is_cut };

    if (origin.len == 0)
        return STET_OK;
    if (!keep(s, &g.origin, origin) ||
        stet_grow_array(&s->segments, &s->cap_segments, s->n_segments + 1,
                        sizeof(*s->segments)) < 0)
        return STET_ENOMEM;
    s->segments[s->n_segments++] = g;
    return STET_OK;
}

static int add_ref(struct stet_check_set *s, size_t input,
                   const struct stet_check_ref *r,
                   const struct stet_check_note *n)
{
    struct stet_check_said said = { .kind = r->kind,
                                    .input = (uint32_t)input,
                                    .type = n->type,
                                    .offset = n->offset,
                                    .date_ms = n->date_ms,
                                    .payload = n->payload };

    if (stet_grow_array(&s->refs, &s->cap_refs, s->n_refs + 1,
                        sizeof(*s->refs)) < 0 ||
        !keep(s, &said.target, r->target))
        return STET_ENOMEM;
    s->refs[s->n_refs++] = said;
    return STET_OK;
}

static int merge_note(struct stet_check_set *s, const struct stet_check_unit *u,
                      const struct stet_check_note *n)
{
    const char *file = s->inputs[u->input].name;
    int rc = STET_OK;

    if (!has_room(s, file, n->offset))
        return STET_OK;
    rc = add_id(s, file, n);
    if (rc == STET_OK && n->is_capture)
        rc = add_capture(s, u->input, n);
    if (rc == STET_OK && s->replay && n->is_capture &&
        (n->is_page || n->n_wants > 0))
        rc = add_doc(s, u->input, u, n);
    if (rc == STET_OK && n->segment == 1)
        rc = add_segment(s, u->input, n, n->id);
    return rc;
}

int stet_check_set_merge(struct stet_check_set *s, struct stet_check_unit *u)
{
    const char *file = s->inputs[u->input].name;
    int rc = STET_OK;

    s->result->records += u->records;
    s->records[u->input] += u->records;
    for (size_t i = 0; i < u->n_found; i++)
        give(s, file, u->found[i].rule, u->found[i].offset, u->found[i].text);
    for (size_t i = 0; i < u->n_notes && rc == STET_OK; i++)
        rc = merge_note(s, u, &u->notes[i]);
    for (size_t i = 0; i < u->n_refs && rc == STET_OK && !s->full; i++) {
        const struct stet_check_note *n = &u->notes[u->refs[i].note];

        rc = add_ref(s, u->input, &u->refs[i], n);
        if (rc == STET_OK && n->segment > 1 &&
            u->refs[i].kind == STET_CHECK_SEGMENT_ORIGIN)
            rc = add_segment(s, u->input, n, u->refs[i].target);
    }
    stet_check_unit_reset(u);
    return rc;
}

struct stet_check_capture *stet_check_set_capture(struct stet_check_set *s,
                                                  size_t input, uint64_t offset)
{
    size_t low = 0, high = s->n_captures;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct stet_check_capture *m = &s->captures[mid];

        if (m->input < input || (m->input == input && m->offset < offset))
            low = mid + 1;
        else
            high = mid;
    }
    if (low < s->n_captures && s->captures[low].input == input &&
        s->captures[low].offset == offset)
        return &s->captures[low];
    return NULL;
}
