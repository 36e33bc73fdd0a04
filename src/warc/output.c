#include "stet/write.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "http/body.h"
#include "http/message.h"
#include "warc/press.h"
#include "warc/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    IN_MEMORY = 8 << 20, /* of a record; beyond it a temporary file */
    MAX_INFO = 1 << 18,  /* of a warcinfo block */
    MAX_FACTS = 1 << 26, /* of a metadata block */
};

struct stet_warc_output {
    struct stet_warc_output_options options;
    struct stet_ids ids;
    struct stet_warc_press *press;
    struct stet_warc_writer *writer; /* NULL while the press holds back */
    char *dir, *prefix, *host;
    struct stet_buf info;
    uint64_t n_records;                /* what seeded ids are made from */
    char capture_id[STET_WARC_ID_MAX]; /* the last one that is concurrent to */
    int64_t capture_date;              /* no other, and its date */
};

static int64_t now(const struct stet_warc_output *o)
{
    return o->options.now_ms ? o->options.now_ms
                             : stet_clock_wall(&stet_clock_real);
}

/* -- opening and closing --------------------------------------------------- */

/* Lines of application/warc-fields (section 4); controls become spaces. */
static int add_lines(struct stet_buf *out, const struct stet_warc_field *f,
                     size_t n, struct stet_error *err)
{
    struct stet_warc_header lines;
    int rc = STET_OK;

    stet_warc_header_init(&lines);
    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        char *name = stet_span_dup(f[i].name);

        if (!stet_is_token(f[i].name))
            rc = stet_fail(err, STET_EUSAGE, "a field's name is no token");
        else if (!name)
            rc = stet_fail(err, STET_ENOMEM, "no memory for a record");
        else
            stet_warc_header_add(&lines, name, f[i].value);
        stet_free(name);
    }
    if (rc == STET_OK) {
        stet_buf_add_span(out, stet_buf_span(&lines.text));
        rc = stet_buf_status(&lines.text);
        if (rc == STET_OK)
            rc = stet_buf_status(out);
        if (rc < 0)
            stet_fail(err, rc, "a block of fields cannot be built");
    }
    stet_warc_header_clear(&lines);
    return rc;
}

/* The files, once it is known how they begin. */
static int open_writer(struct stet_warc_output *o, struct stet_error *err)
{
    struct stet_warc_writer_options w = {
        .dir = o->dir,
        .prefix = o->prefix,
        .host = o->host,
        .max_bytes = o->options.max_bytes,
        .version = o->options.version,
        .pack = *stet_warc_press_pack(o->press),
        .preface = stet_warc_press_preface(o->press),
        .ids = &o->ids,
        .info = stet_buf_span(&o->info),
    };

    w.pack.digest = o->options.sha1 ? STET_SHA1 : STET_SHA256;
    return stet_warc_writer_new(&o->writer, &w, err);
}

static int set_up(struct stet_warc_output *o, struct stet_error *err)
{
    struct stet_warc_press_options p = { o->options.packing, o->options.level,
                                         o->options.dictionary };
    const char *prefix = o->options.prefix, *host = o->options.host;
    int rc = add_lines(&o->info, o->options.info, o->options.n_info, err);

    if (rc < 0)
        return rc;
    o->dir = stet_span_dup(stet_span_of(o->options.dir));
    o->prefix = stet_span_dup(stet_span_of(prefix ? prefix : "stet"));
    o->host = stet_span_dup(stet_span_of(host ? host : "localhost"));
    if (!o->dir || !o->prefix || !o->host)
        return stet_fail(err, STET_ENOMEM, "no memory to write a WARC");
    rc = stet_warc_press_new(&o->press, &p, err);
    if (rc == STET_OK && !o->options.dictionary)
        rc = open_writer(o, err);
    return rc;
}

static void clear(struct stet_warc_output *o)
{
    stet_warc_writer_free(o->writer);
    stet_warc_press_free(o->press);
    stet_buf_clear(&o->info);
    stet_free(o->dir);
    stet_free(o->prefix);
    stet_free(o->host);
    stet_free(o);
}

int stet_warc_output_open(struct stet_warc_output **out,
                          const struct stet_warc_output_options *options,
                          struct stet_error *err)
{
    struct stet_warc_output *o = stet_alloc(sizeof(*o));
    int rc;

    *out = NULL;
    if (!o)
        return stet_fail(err, STET_ENOMEM, "no memory to write a WARC");
    o->options = *options;
    o->ids = (struct stet_ids){ options->seeded, options->seed };
    stet_buf_init(&o->info, MAX_INFO);
    rc = set_up(o, err);
    o->options.info = NULL; /* it was copied */
    if (rc < 0) {
        clear(o);
        return rc;
    }
    *out = o;
    return STET_OK;
}

/* Writes what the press has let go. */
static int write_packed(struct stet_warc_output *o, struct stet_spool *packed,
                        struct stet_warc_place *at, struct stet_error *err)
{
    int rc = STET_OK;

    if (stet_warc_press_is_holding(o->press) || packed->len == 0)
        return STET_OK;
    if (!o->writer)
        rc = open_writer(o, err);
    if (rc == STET_OK)
        rc = stet_warc_writer_add(o->writer, packed, now(o), at, err);
    return rc;
}

int stet_warc_output_sync(struct stet_warc_output *o, struct stet_error *err)
{
    return o->writer ? stet_warc_writer_sync(o->writer, err) : STET_OK;
}

int stet_warc_output_close(struct stet_warc_output *o, int rc,
                           struct stet_error *err)
{
    struct stet_warc_place at;
    struct stet_spool packed;

    if (!o)
        return rc;
    stet_spool_init(&packed, NULL, IN_MEMORY);
    if (rc >= 0)
        rc = stet_warc_press_finish(o->press, &packed, err);
    if (rc >= 0)
        rc = write_packed(o, &packed, &at, err);
    if (rc >= 0 && o->writer)
        rc = stet_warc_writer_seal(o->writer, err);
    stet_spool_clear(&packed);
    clear(o);
    return rc;
}

/* -- a record -------------------------------------------------------------- */

/* Fields that are set here, and must not come a second time. */
static bool is_taken(struct stet_span name)
{
    static const char *const names[] = {
        "WARC-Type",       "WARC-Record-ID",     "WARC-Date",
        "WARC-Target-URI", "WARC-Concurrent-To", "WARC-Refers-To",
        "Content-Type",    "Content-Length",     "WARC-Block-Digest",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (stet_span_ieqs(name, names[i]))
            return true;
    return false;
}

/* What a type must have (section 5 for each field). */
static int check_entry(const char *type, const struct stet_warc_entry *e,
                       struct stet_error *err)
{
    static const char *const with_url[] = { "response",   "resource",
                                            "request",    "revisit",
                                            "conversion", "continuation" };

    if (!stet_is_token(stet_span_of(type)))
        return stet_fail(err, STET_EUSAGE, "'%s' is no record type", type);
    for (size_t i = 0; i < sizeof(with_url) / sizeof(with_url[0]); i++)
        if (strcmp(type, with_url[i]) == 0 && e->url.len == 0)
            return stet_fail(err, STET_EUSAGE, "a %s needs a URL", type);
    if (e->content_type.len == 0 && e->head.len + e->body.len > 0 &&
        strcmp(type, "continuation") != 0)
        return stet_fail(err, STET_EUSAGE, "a %s needs a Content-Type", type);
    for (size_t i = 0; i < e->n_fields; i++)
        if (!stet_is_token(e->fields[i].name) || is_taken(e->fields[i].name))
            return stet_fail(
                err, STET_EUSAGE, "a field cannot have the name '%.*s'",
                e->fields[i].name.len < 60 ? (int)e->fields[i].name.len : 60,
                e->fields[i].name.ptr);
    return STET_OK;
}

static int add_fields(struct stet_warc_header *h,
                      const struct stet_warc_entry *e, struct stet_error *err)
{
    stet_warc_header_add_uri(h, "WARC-Target-URI", e->url);
    if (e->concurrent_to)
        stet_warc_header_add(h, "WARC-Concurrent-To",
                             stet_span_of(e->concurrent_to));
    if (e->refers_to)
        stet_warc_header_add(h, "WARC-Refers-To", stet_span_of(e->refers_to));
    stet_warc_header_add(h, "Content-Type", e->content_type);
    return add_lines(&h->text, e->fields, e->n_fields, err);
}

static int begin_header(struct stet_warc_output *o, struct stet_warc_header *h,
                        const char *type, int64_t date_ms, char id[],
                        struct stet_error *err)
{
    char uuid[STET_UUID_TEXT_MAX], name[64];
    int n = snprintf(name, sizeof(name), "%" PRIu64 ":%s", ++o->n_records,
                     strlen(type) < 32 ? type : "");
    int rc =
        stet_uuid_make(uuid, &o->ids, (struct stet_span){ name, (size_t)n });

    if (rc < 0)
        return stet_fail(err, rc, "cannot make a record id");
    snprintf(id, STET_WARC_ID_MAX, "<urn:uuid:%s>", uuid);
    stet_warc_header_begin(h, o->options.version, type, uuid, date_ms);
    return STET_OK;
}

/* The records of one capture have one date (section 5.4). */
static int64_t date_of(const struct stet_warc_output *o,
                       const struct stet_warc_entry *e)
{
    if (e->date_ms)
        return e->date_ms;
    if (e->concurrent_to && strcmp(e->concurrent_to, o->capture_id) == 0)
        return o->capture_date;
    return now(o);
}

/* Packs a record, whose header is `h`, and writes what comes of it. */
static int pack_entry(struct stet_warc_output *o,
                      const struct stet_warc_header *h,
                      const struct stet_warc_entry *e,
                      struct stet_warc_place *at, struct stet_error *err)
{
    bool holding = stet_warc_press_is_holding(o->press);
    struct stet_warc_pack how = { 0 };
    struct stet_spool record, packed;
    struct stet_span bytes;
    int rc;

    if (!holding)
        how = *stet_warc_press_pack(o->press);
    how.digest = o->options.sha1 ? STET_SHA1 : STET_SHA256;
    stet_spool_init(&record, o->dir, IN_MEMORY);
    stet_spool_init(&packed, o->dir, IN_MEMORY);
    rc = stet_warc_record_pack(&record, h, e->head, e->body, &how, err);
    if (rc == STET_OK && !holding)
        rc = write_packed(o, &record, at, err);
    if (rc == STET_OK && holding)
        rc = stet_spool_view(&record, &bytes, err);
    if (rc == STET_OK && holding)
        rc = stet_warc_press_add(o->press, &bytes, 1, &packed, err);
    if (rc == STET_OK && holding)
        rc = write_packed(o, &packed, at, err);
    stet_spool_clear(&record);
    stet_spool_clear(&packed);
    if (holding)
        *at = (struct stet_warc_place){ 0 };
    return rc;
}

int stet_warc_output_put(struct stet_warc_output *o, const char *type,
                         const struct stet_warc_entry *e,
                         struct stet_warc_put *place, struct stet_error *err)
{
    struct stet_warc_place at = { 0 };
    struct stet_warc_put unasked;
    struct stet_warc_header h;
    int64_t date_ms = date_of(o, e);
    int rc = check_entry(type, e, err);

    if (!place)
        place = &unasked;
    *place = (struct stet_warc_put){ 0 };
    if (rc < 0)
        return rc;
    stet_warc_header_init(&h);
    rc = begin_header(o, &h, type, date_ms, place->id, err);
    if (rc == STET_OK)
        rc = add_fields(&h, e, err);
    if (rc == STET_OK)
        rc = pack_entry(o, &h, e, &at, err);
    stet_warc_header_clear(&h);
    if (rc == STET_OK && !e->concurrent_to) {
        memcpy(o->capture_id, place->id, sizeof(o->capture_id));
        o->capture_date = date_ms;
    }
    place->filename = at.filename;
    place->offset = at.offset;
    place->length = at.length;
    return rc;
}

/* -- records of a kind ----------------------------------------------------- */

struct fields {
    const struct stet_warc_field *list;
    size_t n;
};

/* The same entry with more fields behind its own. */
static int put_with(struct stet_warc_output *o, const char *type,
                    const struct stet_warc_entry *e, struct fields more,
                    struct stet_warc_put *place, struct stet_error *err)
{
    struct stet_warc_entry whole = *e;
    struct stet_warc_field *all =
        stet_alloc((e->n_fields + more.n + 1) * sizeof(*all));
    int rc;

    if (!all)
        return stet_fail(err, STET_ENOMEM, "no memory for a record");
    if (e->n_fields > 0)
        memcpy(all, e->fields, e->n_fields * sizeof(*all));
    memcpy(all + e->n_fields, more.list, more.n * sizeof(*all));
    whole.fields = all;
    whole.n_fields = e->n_fields + more.n;
    rc = stet_warc_output_put(o, type, &whole, place, err);
    stet_free(all);
    return rc;
}

static int put_with_digest(struct stet_warc_output *o, const char *type,
                           const struct stet_warc_entry *e,
                           struct stet_warc_put *place, struct stet_error *err)
{
    struct stet_warc_field digest = { STET_SPAN_INIT("WARC-Payload-Digest"),
                                      { NULL, 0 } };
    char text[STET_DIGEST_TEXT_MAX];
    struct stet_digest d;
    int rc = stet_digest_of(&d, o->options.sha1 ? STET_SHA1 : STET_SHA256,
                            e->body, err);

    if (rc < 0)
        return rc;
    stet_digest_print(text, &d);
    digest.value = stet_span_of(text);
    return put_with(o, type, e, (struct fields){ &digest, 1 }, place, err);
}

/* *chunked: the body is framed so by what the head says. */
static int look_at_head(struct stet_span bytes, bool *chunked,
                        struct stet_error *err)
{
    struct stet_framing framing = { .kind = STET_FRAMING_CLOSE };
    struct stet_head head;
    int rc;

    stet_head_init(&head);
    rc = stet_head_parse(&head, bytes, err);
    if (rc == STET_OK)
        rc = stet_framing_of_response(&framing, &head, STET_SPAN("GET"));
    *chunked = framing.kind == STET_FRAMING_CHUNKED;
    stet_head_clear(&head);
    if (rc == STET_EFORMAT)
        return stet_fail(err, STET_EUSAGE, "a response needs an HTTP head");
    return rc;
}

int stet_warc_output_put_response(struct stet_warc_output *o,
                                  const struct stet_warc_entry *e,
                                  struct stet_warc_put *place,
                                  struct stet_error *err)
{
    struct stet_warc_entry http = *e;
    bool chunked;
    int rc = look_at_head(e->head, &chunked, err);

    http.content_type = STET_WARC_HTTP_RESPONSE;
    if (rc < 0)
        return rc;
    return chunked ? stet_warc_output_put(o, "response", &http, place, err)
                   : put_with_digest(o, "response", &http, place, err);
}

int stet_warc_output_put_request(struct stet_warc_output *o,
                                 const struct stet_warc_entry *e,
                                 struct stet_warc_put *place,
                                 struct stet_error *err)
{
    struct stet_warc_entry http = *e;

    http.content_type = STET_WARC_HTTP_REQUEST;
    return stet_warc_output_put(o, "request", &http, place, err);
}

int stet_warc_output_put_resource(struct stet_warc_output *o,
                                  const struct stet_warc_entry *e,
                                  struct stet_warc_put *place,
                                  struct stet_error *err)
{
    return put_with_digest(o, "resource", e, place, err);
}

int stet_warc_output_put_conversion(struct stet_warc_output *o,
                                    const struct stet_warc_entry *e,
                                    struct stet_warc_put *place,
                                    struct stet_error *err)
{
    return put_with_digest(o, "conversion", e, place, err);
}

int stet_warc_output_put_metadata(struct stet_warc_output *o,
                                  const struct stet_warc_entry *e,
                                  const struct stet_warc_field *facts,
                                  size_t n_facts, struct stet_warc_put *place,
                                  struct stet_error *err)
{
    struct stet_warc_entry block = *e;
    struct stet_buf lines;
    int rc;

    stet_buf_init(&lines, MAX_FACTS);
    rc = add_lines(&lines, facts, n_facts, err);
    block.content_type = STET_WARC_FIELDS;
    block.head = STET_SPAN("");
    block.body = stet_buf_span(&lines);
    if (rc == STET_OK)
        rc = stet_warc_output_put(o, "metadata", &block, place, err);
    stet_buf_clear(&lines);
    return rc;
}

int stet_warc_output_put_revisit(struct stet_warc_output *o,
                                 const struct stet_warc_entry *e,
                                 const struct stet_warc_original *original,
                                 struct stet_warc_put *place,
                                 struct stet_error *err)
{
    char date[STET_DATE_TEXT_MAX];
    struct stet_warc_field more[] = {
        { STET_SPAN_INIT("WARC-Payload-Digest"), original->payload_digest },
        { STET_SPAN_INIT("WARC-Profile"),
          stet_warc_profile_identical(o->options.version) },
        { STET_SPAN_INIT("WARC-Refers-To-Target-URI"), original->url },
        { STET_SPAN_INIT("WARC-Refers-To-Date"), { NULL, 0 } },
        { STET_SPAN_INIT("WARC-Truncated"), STET_SPAN_INIT("length") },
    };
    struct stet_warc_entry http = *e;

    if (e->body.len > 0 || original->payload_digest.len == 0)
        return stet_fail(err, STET_EUSAGE,
                         "a revisit has a payload digest and no body");
    if (o->options.version == STET_WARC_1_0)
        stet_date_print_s(date, original->date_ms);
    else
        stet_date_print_ms(date, original->date_ms);
    more[3].value = stet_span_of(date);
    http.content_type = STET_WARC_HTTP_RESPONSE;
    return put_with(o, "revisit", &http,
                    (struct fields){ more, sizeof(more) / sizeof(more[0]) },
                    place, err);
}
