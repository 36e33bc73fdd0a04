#include "stet/dedup.h"

#include "base/digest.h"
#include "base/fail.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/spool.h"
#include "warc/outfile.h"
#include "warc/payload.h"
#include "warc/reader.h"
#include "warc/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    PIECE = 64 * 1024,
    IN_MEMORY = 8 << 20, /* of a record; beyond it a temporary file */
    MIN_BODY = 1024,     /* smaller ones are stored anew */
    KEY = 1 + STET_DIGEST_MAX,
    MAX_WHICH = 1 << 16, /* "date url" of a record */
};

#define MAX_MEMORY ((size_t)1 << 32)

/* What a revisit says of the record that it is of. */
struct original {
    struct stet_span url, date, id, digest;
};

struct stet_warc_dedup {
    struct stet_warc_copy_options options;
    struct stet_map bodies;   /* framing and digest -> struct original */
    struct stet_map referred; /* "date url" of what revisits are of */
    struct stet_arena texts;
    struct stet_warc_reader *reader;
    struct stet_warc_outfile *out;
    struct stet_warc_dedup_result *result;
    struct stet_spool record; /* header and block */
    struct stet_error damage; /* the first that cannot be copied over */
    char piece[PIECE];
};

int stet_warc_dedup_new(struct stet_warc_dedup **out,
                        const struct stet_warc_copy_options *options,
                        struct stet_error *err)
{
    struct stet_warc_dedup *d = stet_alloc(sizeof(*d));

    *out = d;
    if (!d)
        return stet_fail(err, STET_ENOMEM, "no memory to compare bodies");
    if (options)
        d->options = *options;
    stet_map_init(&d->bodies, MAX_MEMORY);
    stet_map_init(&d->referred, MAX_MEMORY);
    stet_arena_init(&d->texts, MAX_MEMORY);
    return STET_OK;
}

void stet_warc_dedup_free(struct stet_warc_dedup *d)
{
    if (!d)
        return;
    stet_map_clear(&d->bodies);
    stet_map_clear(&d->referred);
    stet_arena_clear(&d->texts);
    stet_free(d);
}

/* -- what revisits are of -------------------------------------------------- */

/* Adds or finds "date url"; dates of the same instant are the same. */
static int which(struct stet_buf *out, int64_t date, struct stet_span url)
{
    stet_buf_reset(out);
    stet_buf_addf(out, "%" PRId64 " ", date / 1000);
    stet_buf_add_span(out, url);
    return stet_buf_status(out);
}

static int note_referred(struct stet_warc_dedup *d,
                         const struct stet_warc_record *rec)
{
    struct stet_span url =
        stet_warc_record_uri(rec, "WARC-Refers-To-Target-URI");
    struct stet_span date = stet_warc_record_field(rec, "WARC-Refers-To-Date");
    struct stet_buf b;
    int rc;

    if (url.len == 0 || date.len == 0)
        return STET_OK;
    stet_buf_init(&b, MAX_WHICH);
    rc = which(&b, stet_warc_date_parse(date), url);
    if (rc == STET_OK && !stet_map_put(&d->referred, stet_buf_span(&b), NULL))
        rc = STET_ENOMEM;
    stet_buf_clear(&b);
    return rc == STET_ELIMIT ? STET_OK : rc;
}

int stet_warc_dedup_look(struct stet_warc_dedup *d, const char *in,
                         struct stet_error *err)
{
    static const struct stet_warc_reader_options quiet = {
        .policy = STET_WARC_LENIENT
    };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    uint64_t size;
    int rc = stet_warc_infile_check(in, &size, err);

    if (rc == STET_OK)
        rc = stet_warc_reader_open(&r, in, &quiet, err);
    while (rc == STET_OK) {
        rc = stet_warc_reader_next(r, &rec, err);
        if (rc == STET_OK && stet_span_ieqs(rec.type, "revisit") &&
            note_referred(d, &rec) < 0)
            rc = stet_fail(err, STET_ENOMEM, "no memory to compare bodies");
    }
    stet_warc_reader_free(r);
    return rc == STET_END ? STET_OK : rc;
}

/* 1 or 0; a URL too long to be noted may be one. */
static int is_referred(struct stet_warc_dedup *d,
                       const struct stet_warc_record *rec)
{
    struct stet_buf b;
    int rc;

    stet_buf_init(&b, MAX_WHICH);
    rc = which(&b, stet_warc_record_date(rec),
               stet_warc_record_uri(rec, "WARC-Target-URI"));
    if (rc == STET_OK)
        rc = stet_map_find(&d->referred, stet_buf_span(&b)) != NULL;
    stet_buf_clear(&b);
    return rc == STET_ELIMIT ? 1 : rc;
}

/* -- bodies ---------------------------------------------------------------- */

/* The body of a record in memory. */
struct body {
    size_t head_len; /* bytes of block before it */
    uint64_t len;    /* of the entity */
    unsigned char key[KEY];
    struct stet_digest said; /* what a record of it says, if none does yet */
};

static bool may_be_one_of_two(const struct stet_warc_record *rec)
{
    return stet_span_ieqs(rec->type, "response") &&
           rec->block_length >= MIN_BODY &&
           stet_warc_record_field(rec, "WARC-Truncated").len == 0 &&
           stet_warc_record_field(rec, "WARC-Segment-Number").len == 0 &&
           stet_warc_record_is_http(rec) &&
           stet_warc_record_date(rec) != STET_NO_DATE;
}

/* The digest that an index gives a record without one (stet/index.h). */
static enum stet_digest_kind kind_of(const struct stet_warc_record *rec)
{
    struct stet_span block = stet_warc_record_field(rec, "WARC-Block-Digest");
    struct stet_digest said;

    return stet_digest_parse(&said, block) == STET_OK &&
                   said.kind == STET_SHA256
               ? STET_SHA256
               : STET_SHA1;
}

static int hash_entity(struct stet_warc_dedup *d, struct stet_warc_payload *p,
                       enum stet_digest_kind kind, struct body *out,
                       struct stet_error *err)
{
    struct stet_digest digest = { 0 };
    struct stet_hasher *key = NULL, *said = NULL;
    size_t got = 1;
    int rc = stet_hasher_new(&key, STET_SHA256, err);

    if (rc == STET_OK)
        rc = stet_hasher_new(&said, kind, err);
    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(p, d->piece, PIECE, &got, err);
        stet_hasher_add(key, d->piece, got);
        stet_hasher_add(said, d->piece, got);
        out->len += got;
    }
    if (rc == STET_OK) {
        stet_hasher_finish(key, &digest);
        stet_hasher_finish(said, &out->said);
        out->key[0] = stet_warc_payload_is_chunked(p);
        memcpy(out->key + 1, digest.bytes, digest.len);
    }
    stet_hasher_free(key);
    stet_hasher_free(said);
    return rc;
}

/* STET_END: it has no body that could be left out. */
static int read_body(struct stet_warc_dedup *d, struct stet_span record,
                     struct body *out, struct stet_error *err)
{
    static const struct stet_warc_reader_options quiet = {
        .policy = STET_WARC_LENIENT
    };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_payload *p = NULL;
    struct stet_warc_record rec;
    int rc = stet_warc_reader_from_memory(&r, record, &quiet, err);

    *out = (struct body){ 0 };
    if (rc == STET_OK)
        rc = stet_warc_reader_next(r, &rec, err);
    if (rc == STET_OK)
        rc = stet_warc_payload_open(&p, r, &rec, STET_WARC_ENTITY, err);
    if (rc == STET_OK) {
        out->head_len = stet_warc_payload_head(p).len;
        rc = stet_warc_payload_status(p) == 200 ? STET_OK : STET_END;
    }
    if (rc == STET_OK)
        rc = hash_entity(d, p, kind_of(&rec), out, err);
    if (rc == STET_OK && out->len < MIN_BODY)
        rc = STET_END;
    stet_warc_payload_free(p);
    stet_warc_reader_free(r);
    return stet_is_fatal(rc) ? rc : rc == STET_OK ? STET_OK : STET_END;
}

static int remember(struct stet_warc_dedup *d, struct stet_map_entry *e,
                    const struct stet_warc_record *rec)
{
    struct original *o = stet_arena_alloc(&d->texts, sizeof(*o));

    e->value = o;
    if (!o)
        return STET_ENOMEM;
    o->url =
        stet_arena_dup(&d->texts, stet_warc_record_uri(rec, "WARC-Target-URI"));
    o->date =
        stet_arena_dup(&d->texts, stet_warc_record_field(rec, "WARC-Date"));
    o->id = stet_arena_dup(&d->texts,
                           stet_warc_record_field(rec, "WARC-Record-ID"));
    o->digest = stet_arena_dup(
        &d->texts, stet_warc_record_field(rec, "WARC-Payload-Digest"));
    return o->url.ptr && o->date.ptr && o->id.ptr && o->digest.ptr
               ? STET_OK
               : STET_ENOMEM;
}

/* The same capture twice: replay would take the revisit for its original. */
static bool is_same_capture(const struct original *o,
                            const struct stet_warc_record *rec)
{
    return stet_warc_date_parse(o->date) / 1000 ==
               stet_warc_record_date(rec) / 1000 &&
           stet_span_eq(o->url, stet_warc_record_uri(rec, "WARC-Target-URI"));
}

/* -- revisits -------------------------------------------------------------- */

static bool is_made_anew(struct stet_span name)
{
    static const char *const names[] = {
        "WARC-Type",           "Content-Length",
        "WARC-Block-Digest",   "WARC-Payload-Digest",
        "WARC-Profile",        "WARC-Refers-To",
        "WARC-Refers-To-Date", "WARC-Refers-To-Target-URI",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (stet_span_ieqs(name, names[i]))
            return true;
    return false;
}

/* A field as it was, or one that was another record's. */
static void add_as_it_is(struct stet_warc_header *h, struct stet_span name,
                         struct stet_span value)
{
    if (value.len == 0)
        return;
    stet_buf_add_span(&h->text, name);
    stet_buf_adds(&h->text, ": ");
    stet_buf_add_span(&h->text, value);
    stet_buf_adds(&h->text, "\r\n");
}

static void add_payload_digest(struct stet_warc_header *h,
                               const struct original *o, const struct body *b)
{
    if (o->digest.len > 0)
        add_as_it_is(h, STET_SPAN("WARC-Payload-Digest"), o->digest);
    else
        stet_warc_header_add_digest(h, "WARC-Payload-Digest", &b->said);
}

static void build_header(struct stet_warc_header *h,
                         const struct stet_warc_record *rec,
                         const struct original *o, const struct body *b)
{
    h->version = stet_span_ieqs(rec->version, "WARC/1.1") ? STET_WARC_1_1
                                                          : STET_WARC_1_0;
    stet_buf_adds(&h->text, h->version == STET_WARC_1_1 ? "WARC/1.1\r\n"
                                                        : "WARC/1.0\r\n");
    stet_warc_header_add(h, "WARC-Type", STET_SPAN("revisit"));
    for (size_t i = 0; i < rec->n_fields; i++)
        if (!is_made_anew(rec->fields[i].name))
            add_as_it_is(h, rec->fields[i].name, rec->fields[i].value);
    add_payload_digest(h, o, b);
    stet_warc_header_add(h, "WARC-Profile",
                         stet_warc_profile_identical(h->version));
    add_as_it_is(h, STET_SPAN("WARC-Refers-To"), o->id);
    add_as_it_is(h, STET_SPAN("WARC-Refers-To-Target-URI"), o->url);
    add_as_it_is(h, STET_SPAN("WARC-Refers-To-Date"), o->date);
    /* Section 6.7.2: the payload is left out, and that is said. */
    stet_warc_header_add(h, "WARC-Truncated", STET_SPAN("length"));
}

static int write_revisit(struct stet_warc_dedup *d,
                         const struct stet_warc_record *rec,
                         struct stet_span head, const struct original *o,
                         const struct body *b, struct stet_error *err)
{
    struct stet_warc_pack how = { .digest = STET_SHA256 };
    struct stet_warc_header h;
    struct stet_spool packed;
    struct stet_digest said;
    struct stet_span bytes;
    int rc;

    if (stet_digest_parse(
            &said, stet_warc_record_field(rec, "WARC-Block-Digest")) == STET_OK)
        how.digest = said.kind;
    stet_warc_header_init(&h);
    stet_spool_init(&packed, NULL, IN_MEMORY);
    build_header(&h, rec, o, b);
    rc = stet_warc_record_pack(&packed, &h, head, STET_SPAN(""), &how, err);
    if (rc == STET_OK)
        rc = stet_spool_view(&packed, &bytes, err);
    if (rc == STET_OK)
        rc = stet_warc_outfile_add(d->out, &bytes, 1, err);
    stet_spool_clear(&packed);
    stet_warc_header_clear(&h);
    return rc;
}

/* -- copying --------------------------------------------------------------- */

static int write_as_it_is(struct stet_warc_dedup *d, struct stet_span record,
                          struct stet_error *err)
{
    struct stet_span parts[] = { record, STET_SPAN_INIT("\r\n\r\n") };

    return stet_warc_outfile_add(d->out, parts, 2, err);
}

static bool holds_digests(struct stet_warc_dedup *d,
                          const struct stet_warc_record *rec,
                          const struct stet_warc_verdicts *v)
{
    const char *what = v->block == STET_WARC_DISPROVEN ? "block" : "payload";
    char text[100];

    if (v->block != STET_WARC_DISPROVEN && v->payload != STET_WARC_DISPROVEN)
        return true;
    d->result->bad_digests++;
    snprintf(text, sizeof(text),
             "the %s has not the digest that its header says", what);
    if (d->options.on_note)
        d->options.on_note(d->options.ctx, STET_WARC_NOTE_DIGEST, rec->offset,
                           text);
    return false;
}

/* The record before this with the same body, for this to be a revisit of;
 * *o is NULL when there is none. */
static int find_original(struct stet_warc_dedup *d,
                         const struct stet_warc_record *rec,
                         const struct body *b, struct original **o,
                         struct stet_error *err)
{
    struct stet_span key = { (const char *)b->key, KEY };
    struct stet_map_entry *e = stet_map_find(&d->bodies, key);

    *o = NULL;
    if (e) {
        int referred = is_referred(d, rec);

        if (referred < 0)
            return stet_fail(err, referred, "no memory to compare bodies");
        if (!referred && !is_same_capture(e->value, rec))
            *o = e->value;
        return STET_OK;
    }
    if (d->bodies.len >= STET_WARC_DEDUP_MAX)
        return STET_OK;
    e = stet_map_put(&d->bodies, key, NULL);
    if (!e || remember(d, e, rec) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory to compare bodies");
    return STET_OK;
}

/* Writes a record that is in memory, header and block. */
static int put_record(struct stet_warc_dedup *d,
                      const struct stet_warc_record *rec, size_t header_len,
                      struct stet_span record, struct stet_error *err)
{
    struct stet_warc_verdicts verdicts = { 0 };
    struct original *o = NULL;
    struct body body = { 0 };
    int rc = STET_OK;

    d->result->records++;
    if (!rec->is_arc)
        rc = stet_warc_verify(&verdicts, rec, record, err);
    if (rc < 0)
        return rc;
    if (!holds_digests(d, rec, &verdicts) || !may_be_one_of_two(rec))
        return write_as_it_is(d, record, err);
    rc = read_body(d, record, &body, err);
    if (rc == STET_OK)
        rc = find_original(d, rec, &body, &o, err);
    if (rc < 0)
        return rc;
    if (!o)
        return write_as_it_is(d, record, err);
    d->result->revisits++;
    d->result->saved += rec->block_length - body.head_len;
    return write_revisit(d, rec,
                         stet_span_sub(record, header_len, body.head_len), o,
                         &body, err);
}

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct stet_warc_dedup *d = ctx;

    if (d->options.on_note)
        d->options.on_note(d->options.ctx, STET_WARC_NOTE_PROBLEM, offset,
                           text);
    if (stet_warc_problem_is_damage(p) && d->damage.code == 0)
        stet_fail(&d->damage, STET_EFORMAT, "damaged at %" PRIu64 ": %s",
                  offset, text);
}

static int take(struct stet_warc_dedup *d, const struct stet_warc_record *rec,
                struct stet_error *err)
{
    struct stet_span header = rec->is_arc ? rec->header : rec->raw_header;
    struct stet_span all;
    size_t got = 1;
    int rc = stet_spool_cut(&d->record, 0, err);

    if (rc == STET_OK)
        rc = stet_spool_add(&d->record, header.ptr, header.len, err);
    while (rc == STET_OK && got > 0) {
        rc = stet_warc_reader_read(d->reader, d->piece, PIECE, &got, err);
        if (rc == STET_OK)
            rc = stet_spool_add(&d->record, d->piece, got, err);
    }
    if (rc == STET_OK)
        rc = stet_spool_view(&d->record, &all, err);
    return rc == STET_OK ? put_record(d, rec, header.len, all, err) : rc;
}

static int copy_all(struct stet_warc_dedup *d, struct stet_error *err)
{
    struct stet_warc_record rec;
    int rc = STET_OK;

    while (rc == STET_OK) {
        rc = stet_warc_reader_next(d->reader, &rec, err);
        if (rc == STET_OK)
            rc = take(d, &rec, err);
        if (rc >= 0 && d->damage.code != 0) {
            if (err)
                *err = d->damage;
            rc = d->damage.code;
        }
    }
    return rc == STET_END ? STET_OK : rc;
}

int stet_warc_dedup_copy(struct stet_warc_dedup *d, const char *in,
                         const char *out, struct stet_warc_dedup_result *result,
                         struct stet_error *err)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, d };
    struct stet_warc_press_options how = {
        .packing = d->options.packing,
        .level = d->options.level,
        .dictionary = d->options.dictionary,
    };
    struct stet_warc_dedup_result unasked = { 0 };
    uint64_t size;
    int rc = stet_warc_infile_check(in, &size, err);

    d->result = result ? result : &unasked;
    *d->result = (struct stet_warc_dedup_result){ 0 };
    d->damage = (struct stet_error){ 0 };
    d->out = NULL;
    d->reader = NULL;
    stet_spool_init(&d->record, NULL, IN_MEMORY);
    if (rc == STET_OK)
        rc = stet_warc_reader_open(&d->reader, in, &o, err);
    if (rc == STET_OK)
        rc = stet_warc_outfile_open(&d->out, out, &how, err);
    if (rc == STET_OK)
        rc = copy_all(d, err);
    stet_warc_reader_free(d->reader);
    stet_spool_clear(&d->record);
    return stet_warc_outfile_close(d->out, rc, &d->result->bytes, err);
}
