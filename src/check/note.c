#include "check/inside.h"

#include "base/mem.h"
#include "base/span.h"
#include "index/make.h"
#include "warc/head.h"

static struct stet_span bare(struct stet_span uri)
{
    if (uri.len >= 2 && uri.ptr[0] == '<' && uri.ptr[uri.len - 1] == '>')
        return stet_span_sub(uri, 1, uri.len - 2);
    return uri;
}

static struct stet_span keep_bare(struct stet_check_unit *u,
                                  struct stet_span uri)
{
    return uri.len > 0 ? stet_check_unit_keep(u, bare(uri))
                       : (struct stet_span){ NULL, 0 };
}

static void add_ref(struct stet_check_unit *u, struct stet_span target,
                    enum stet_check_ref_kind kind)
{
    struct stet_span copy = stet_check_unit_keep(u, bare(target));

    if (!copy.ptr)
        return;
    if (stet_grow_array(&u->refs, &u->cap_refs, u->n_refs + 1,
                        sizeof(*u->refs)) < 0) {
        u->status = STET_ENOMEM;
        return;
    }
    u->refs[u->n_refs++] =
        (struct stet_check_ref){ copy, kind, u->n_notes - 1 };
}

static void add_refs(struct stet_check_unit *u,
                     const struct stet_warc_record *rec)
{
    static const struct {
        struct stet_span name;
        enum stet_check_ref_kind kind;
    } fields[] = {
        { STET_SPAN_INIT("WARC-Concurrent-To"), STET_CHECK_CONCURRENT_TO },
        { STET_SPAN_INIT("WARC-Refers-To"), STET_CHECK_REFERS_TO_ID },
        { STET_SPAN_INIT("WARC-Warcinfo-ID"), STET_CHECK_WARCINFO_ID },
        { STET_SPAN_INIT("WARC-Segment-Origin-ID"), STET_CHECK_SEGMENT_ORIGIN },
    };

    for (size_t i = 0; i < rec->n_fields && u->status == STET_OK; i++) {
        const struct stet_warc_field *f = &rec->fields[i];

        for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++)
            if (f->name.len == fields[k].name.len && f->value.len > 0 &&
                stet_span_ieq(f->name, fields[k].name))
                add_ref(u, f->value, fields[k].kind);
    }
}

static uint64_t number_of(const struct stet_warc_record *rec, const char *name)
{
    uint64_t n = 0;

    return stet_span_to_u64(stet_warc_record_field(rec, name), &n) ? n : 0;
}

static void note_segment(struct stet_check_note *n,
                         const struct stet_warc_record *rec)
{
    n->segment = number_of(rec, "WARC-Segment-Number");
    n->segment_total = number_of(rec, "WARC-Segment-Total-Length");
    n->block_length = rec->block_length;
    n->is_cut = stet_warc_record_field(rec, "WARC-Truncated").len > 0;
}

void stet_check_note(struct stet_checker *c, const struct stet_warc_record *rec)
{
    struct stet_check_unit *u = c->unit;
    struct stet_check_note n = {
        .offset = rec->offset,
        .date_ms = stet_warc_record_date(rec),
        .type = (int)stet_check_type_of(rec->type),
        .wants = u->n_wants,
    };

    if (u->status < 0)
        return;
    n.id = keep_bare(u, stet_warc_record_field(rec, "WARC-Record-ID"));
    if (stet_digest_parse(
            &n.payload, stet_warc_record_field(rec, "WARC-Payload-Digest")) < 0)
        n.payload.len = 0;
    note_segment(&n, rec);
    if (stet_index_wants(rec) || n.segment > 0)
        n.url = keep_bare(u, stet_warc_record_field(rec, "WARC-Target-URI"));
    if (stet_grow_array(&u->notes, &u->cap_notes, u->n_notes + 1,
                        sizeof(*u->notes)) < 0)
        u->status = STET_ENOMEM;
    if (u->status < 0)
        return;
    u->notes[u->n_notes++] = n;
    add_refs(u, rec);
}
