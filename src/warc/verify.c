#include "warc/verify.h"

#include "base/digest.h"
#include "base/span.h"

enum { PIECE = 16 * 1024 };

static bool read_digest(const struct stet_warc_record *rec, const char *name,
                        struct stet_digest *out)
{
    struct stet_span text = stet_warc_record_field(rec, name);

    return text.len > 0 && stet_digest_parse(out, text) == STET_OK;
}

static enum stet_warc_verdict compare(const struct stet_digest *is,
                                      const struct stet_digest *said)
{
    return stet_digest_eq(is, said) ? STET_WARC_PROVEN : STET_WARC_DISPROVEN;
}

static int verify_block(enum stet_warc_verdict *out,
                        const struct stet_warc_record *rec,
                        struct stet_span block, struct stet_error *err)
{
    struct stet_digest said, is;
    int rc;

    if (!read_digest(rec, "WARC-Block-Digest", &said))
        return STET_OK;
    rc = stet_digest_of(&is, said.kind, block, err);
    if (rc == STET_OK)
        *out = compare(&is, &said);
    return rc;
}

static int hash_payload(struct stet_digest *is, struct stet_warc_payload *p,
                        enum stet_digest_kind kind, struct stet_error *err)
{
    struct stet_hasher *h = NULL;
    char piece[PIECE];
    size_t got = 1;
    int rc = stet_hasher_new(&h, kind, err);

    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(p, piece, sizeof(piece), &got, err);
        stet_hasher_add(h, piece, got);
    }
    if (h)
        stet_hasher_finish(h, is);
    stet_hasher_free(h);
    return rc;
}

/* One form of the payload.  STET_END: the other one may be meant. */
static int verify_form(enum stet_warc_verdict *out, struct stet_span record,
                       enum stet_warc_form form, struct stet_error *err)
{
    static const struct stet_warc_reader_options quiet = {
        .policy = STET_WARC_LENIENT
    };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_payload *p = NULL;
    struct stet_warc_record rec;
    struct stet_digest said, is = { 0 };
    bool chunked = false;
    int rc = stet_warc_reader_from_memory(&r, record, &quiet, err);

    if (rc == STET_OK)
        rc = stet_warc_reader_next(r, &rec, err);
    if (rc == STET_OK && !read_digest(&rec, "WARC-Payload-Digest", &said))
        goto done;
    if (rc == STET_OK)
        rc = stet_warc_payload_open(&p, r, &rec, form, err);
    if (rc == STET_OK) {
        chunked = stet_warc_payload_is_chunked(p);
        rc = hash_payload(&is, p, said.kind, err);
    }
    if (stet_is_fatal(rc))
        goto done;
    *out = rc == STET_OK ? compare(&is, &said) : STET_WARC_DISPROVEN;
    rc = *out != STET_WARC_PROVEN && chunked ? STET_END : STET_OK;

done:
    stet_warc_payload_free(p);
    stet_warc_reader_free(r);
    return rc;
}

static bool has_own_payload(const struct stet_warc_record *rec)
{
    return !stet_span_ieqs(rec->type, "revisit") &&
           !stet_span_ieqs(rec->type, "continuation") &&
           stet_warc_record_field(rec, "WARC-Payload-Digest").len > 0 &&
           stet_warc_record_field(rec, "WARC-Segment-Number").len == 0 &&
           stet_warc_record_field(rec, "WARC-Truncated").len == 0;
}

int stet_warc_verify(struct stet_warc_verdicts *out,
                     const struct stet_warc_record *rec,
                     struct stet_span record, struct stet_error *err)
{
    size_t header = rec->raw_header.len;
    int rc;

    *out =
        (struct stet_warc_verdicts){ STET_WARC_UNPROVEN, STET_WARC_UNPROVEN };
    rc = verify_block(&out->block, rec,
                      stet_span_sub(record, header, record.len), err);
    if (rc < 0 || !has_own_payload(rec))
        return rc;
    rc = verify_form(&out->payload, record, STET_WARC_ENTITY, err);
    if (rc == STET_END)
        rc = verify_form(&out->payload, record, STET_WARC_RAW, err);
    return rc < 0 ? rc : STET_OK;
}
