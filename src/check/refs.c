#include "check/refs.h"

#include "base/mem.h"
#include "base/span.h"
#include "check/inside.h"

#include <string.h>

void stet_check_refs_init(struct stet_check_refs *r)
{
    *r = (struct stet_check_refs){ 0 };
    stet_map_init(&r->ids, STET_MAX_CHECK_BYTES / 4);
    stet_arena_init(&r->arena, STET_MAX_CHECK_BYTES / 2);
}

void stet_check_refs_clear(struct stet_check_refs *r)
{
    stet_map_clear(&r->ids);
    stet_arena_clear(&r->arena);
    stet_free(r->refs);
    stet_free(r->captures);
    for (size_t i = 0; i < r->n_files; i++)
        stet_free(r->files[i]);
    stet_free(r->files);
    *r = (struct stet_check_refs){ 0 };
}

/* FNV-1a, 64 bits: an accident is unlikely enough for a finding's sake. */
uint64_t stet_check_url_hash(struct stet_span url)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < url.len; i++)
        h = (h ^ (unsigned char)url.ptr[i]) * UINT64_C(1099511628211);
    return h;
}

int stet_check_refs_file(struct stet_check_refs *r, const char *path)
{
    char *copy = stet_span_dup(stet_span_of(path));

    if (!copy || stet_grow_array(&r->files, &r->cap_files, r->n_files + 1,
                                 sizeof(*r->files)) < 0) {
        stet_free(copy);
        return STET_ENOMEM;
    }
    r->files[r->n_files++] = copy;
    return STET_OK;
}

/* False once there is no room left; that is told. */
static bool has_room(struct stet_checker *c, const struct stet_warc_record *rec)
{
    struct stet_check_refs *r = &c->refs;
    size_t spent = r->arena.used + r->ids.keys.used +
                   r->cap_refs * sizeof(*r->refs) +
                   r->cap_captures * sizeof(*r->captures);

    if (!r->full && spent > STET_MAX_CHECK_BYTES / 4) {
        r->full = true;
        stet_check_tell(c, STET_CHECK_TOO_MANY, rec->offset,
                        "from here on references and index are not checked");
    }
    return !r->full;
}

static void read_digest(const struct stet_warc_record *rec,
                        struct stet_digest *out)
{
    if (stet_digest_parse(
            out, stet_warc_record_field(rec, "WARC-Payload-Digest")) < 0)
        *out = (struct stet_digest){ 0 };
}

static int add_id(struct stet_checker *c, const struct stet_warc_record *rec)
{
    struct stet_check_refs *r = &c->refs;
    struct stet_span id = stet_warc_record_uri(rec, "WARC-Record-ID");
    struct stet_map_entry *e;
    struct stet_check_entry *entry;
    bool fresh;

    if (id.len == 0)
        return STET_OK;
    e = stet_map_put(&r->ids, id, &fresh);
    if (!e)
        return STET_ENOMEM;
    if (!fresh) {
        /* Later segments of a record share nothing but the origin. */
        stet_check_tell(c, STET_CHECK_ID_REPEATED, rec->offset,
                        "the id %.*s was there before",
                        (int)(id.len < 80 ? id.len : 80), id.ptr);
        return STET_OK;
    }
    entry = stet_arena_alloc(&r->arena, sizeof(*entry));
    if (!entry)
        return STET_ENOMEM;
    entry->date_ms = stet_warc_record_date(rec);
    read_digest(rec, &entry->payload);
    e->value = entry;
    return STET_OK;
}

static int add_ref(struct stet_check_refs *r,
                   const struct stet_warc_record *rec, struct stet_span target,
                   enum stet_check_ref_kind kind)
{
    struct stet_check_ref *ref;

    if (target.len >= 2 && target.ptr[0] == '<' &&
        target.ptr[target.len - 1] == '>')
        target = stet_span_sub(target, 1, target.len - 2);
    if (stet_grow_array(&r->refs, &r->cap_refs, r->n_refs + 1,
                        sizeof(*r->refs)) < 0)
        return STET_ENOMEM;
    ref = &r->refs[r->n_refs];
    *ref = (struct stet_check_ref){
        .kind = kind,
        .file = (uint32_t)(r->n_files - 1),
        .offset = rec->offset,
        .date_ms = stet_warc_record_date(rec),
        .is_revisit = stet_check_type_of(rec->type) == STET_CHECK_REVISIT,
    };
    read_digest(rec, &ref->payload);
    ref->target = stet_arena_dup(&r->arena, target);
    if (!ref->target.ptr)
        return STET_ENOMEM;
    r->n_refs++;
    return STET_OK;
}

int stet_check_refs_add(struct stet_checker *c,
                        const struct stet_warc_record *rec)
{
    static const struct {
        const char *name;
        enum stet_check_ref_kind kind;
    } fields[] = {
        { "WARC-Concurrent-To", STET_CHECK_CONCURRENT_TO },
        { "WARC-Refers-To", STET_CHECK_REFERS_TO_ID },
        { "WARC-Warcinfo-ID", STET_CHECK_WARCINFO_ID },
        { "WARC-Segment-Origin-ID", STET_CHECK_SEGMENT_ORIGIN },
    };
    int rc = STET_OK;

    if (!has_room(c, rec))
        return STET_OK;
    rc = add_id(c, rec);
    for (size_t i = 0; i < rec->n_fields && rc == STET_OK; i++) {
        const struct stet_warc_field *f = &rec->fields[i];

        for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++)
            if (rc == STET_OK && f->value.len > 0 &&
                stet_span_ieqs(f->name, fields[k].name))
                rc = add_ref(&c->refs, rec, f->value, fields[k].kind);
    }
    return rc;
}

int stet_check_refs_capture(struct stet_checker *c,
                            const struct stet_warc_record *rec, uint64_t length)
{
    struct stet_check_refs *r = &c->refs;

    if (!has_room(c, rec))
        return STET_OK;
    if (stet_grow_array(&r->captures, &r->cap_captures, r->n_captures + 1,
                        sizeof(*r->captures)) < 0)
        return STET_ENOMEM;
    r->captures[r->n_captures++] = (struct stet_check_capture){
        .file = (uint32_t)(r->n_files - 1),
        .offset = rec->offset,
        .length = length,
        .url_hash =
            stet_check_url_hash(stet_warc_record_uri(rec, "WARC-Target-URI")),
        .date_ms = stet_warc_record_date(rec),
    };
    return STET_OK;
}

/* What a reference that leads to no record of the set is. */
static void tell_unresolved(struct stet_checker *c,
                            const struct stet_check_ref *ref)
{
    static const char *const names[] = { "WARC-Concurrent-To", "WARC-Refers-To",
                                         "WARC-Warcinfo-ID",
                                         "WARC-Segment-Origin-ID" };

    stet_check_tell(c,
                    ref->kind == STET_CHECK_REFERS_TO_ID ? STET_CHECK_REFERS_TO
                                                         : STET_CHECK_REFERENCE,
                    ref->offset, "%s leads to no record of this set: %.*s",
                    names[ref->kind],
                    (int)(ref->target.len < 80 ? ref->target.len : 80),
                    ref->target.ptr);
}

void stet_check_refs_resolve(struct stet_checker *c)
{
    struct stet_check_refs *r = &c->refs;

    for (size_t i = 0; i < r->n_refs && !r->full; i++) {
        const struct stet_check_ref *ref = &r->refs[i];
        const struct stet_map_entry *e = stet_map_find(&r->ids, ref->target);
        const struct stet_check_entry *to = e ? e->value : NULL;

        c->file = r->files[ref->file];
        if (!to)
            tell_unresolved(c, ref);
        else if (ref->kind == STET_CHECK_CONCURRENT_TO &&
                 to->date_ms != ref->date_ms)
            stet_check_tell(c, STET_CHECK_EVENT_DATE, ref->offset,
                            "the records of one capture have two dates");
        else if (ref->kind == STET_CHECK_REFERS_TO_ID && ref->is_revisit &&
                 ref->payload.len > 0 && to->payload.len > 0 &&
                 ref->payload.kind == to->payload.kind &&
                 !stet_digest_eq(&ref->payload, &to->payload))
            stet_check_tell(c, STET_CHECK_REVISIT_ORIGINAL, ref->offset,
                            "the record it refers to has another digest");
    }
}
