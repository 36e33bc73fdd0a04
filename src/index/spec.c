#include "index/spec.h"

#include "base/fail.h"
#include "base/mem.h"

/* Names as cdxj-indexer takes and prints them. */
static const struct {
    const char *option, *name, *what;
    enum stet_index_source source;
} known[] = {
    { "url", "url", NULL, STET_INDEX_URL },
    { "warc-target-uri", "url", NULL, STET_INDEX_URL },
    { "mime", "mime", NULL, STET_INDEX_MIME },
    { "status", "status", NULL, STET_INDEX_STATUS },
    { "http:status", "status", NULL, STET_INDEX_STATUS },
    { "digest", "digest", NULL, STET_INDEX_DIGEST },
    { "warc-payload-digest", "digest", NULL, STET_INDEX_DIGEST },
    { "length", "length", NULL, STET_INDEX_LENGTH },
    { "offset", "offset", NULL, STET_INDEX_OFFSET },
    { "filename", "filename", NULL, STET_INDEX_FILENAME },
    { "recordDigest", "recordDigest", NULL, STET_INDEX_RECORD_DIGEST },
    { "record-digest", "recordDigest", NULL, STET_INDEX_RECORD_DIGEST },
    { "method", "method", NULL, STET_INDEX_METHOD },
    { "req.http:method", "method", NULL, STET_INDEX_METHOD },
    { "referrer", "referrer", "referer", STET_INDEX_REQUEST_FIELD },
    { "req.http:referer", "referrer", "referer", STET_INDEX_REQUEST_FIELD },
};

enum { N_KNOWN = sizeof(known) / sizeof(known[0]) };

static const char default_fields[] =
    "url,mime,status,digest,length,offset,filename";
static const char default_types[] = "response,revisit,resource,metadata";

/* A name that is not in the table says by its beginning what it is of. */
static void read_name(struct stet_index_field *f)
{
    static const char request[] = "req.http:", http[] = "http:";
    struct stet_span name = stet_span_of(f->name);

    f->source = STET_INDEX_RECORD_FIELD;
    f->what = f->name;
    if (stet_span_istarts(name, request)) {
        f->source = STET_INDEX_REQUEST_FIELD;
        f->what = f->name + sizeof(request) - 1;
    } else if (stet_span_istarts(name, http)) {
        f->source = STET_INDEX_HTTP_FIELD;
        f->what = f->name + sizeof(http) - 1;
    }
}

static bool has_field(const struct stet_index_spec *s, struct stet_span name)
{
    for (size_t i = 0; i < s->n_fields; i++)
        if (stet_span_eqs(name, s->fields[i].name))
            return true;
    return false;
}

static int add_field(struct stet_index_spec *s, struct stet_span option,
                     struct stet_error *err)
{
    struct stet_index_field *f = &s->fields[s->n_fields];
    struct stet_span name = option;
    size_t i = 0;

    while (i < N_KNOWN && !stet_span_eqs(option, known[i].option))
        i++;
    if (i < N_KNOWN)
        name = stet_span_of(known[i].name);
    if (name.len == 0 || has_field(s, name))
        return STET_OK;
    if (s->n_fields == STET_MAX_INDEX_FIELDS)
        return stet_fail(err, STET_EUSAGE, "more than %d fields",
                         STET_MAX_INDEX_FIELDS);
    f->name = stet_span_dup(name);
    if (!f->name)
        return stet_fail(err, STET_ENOMEM, "no memory for fields");
    if (i < N_KNOWN) {
        f->source = known[i].source;
        f->what = known[i].what;
    } else {
        read_name(f);
    }
    s->n_fields++;
    s->pairs |=
        f->source == STET_INDEX_METHOD || f->source == STET_INDEX_REQUEST_FIELD;
    s->digests |= f->source == STET_INDEX_RECORD_DIGEST;
    return STET_OK;
}

static int add_fields(struct stet_index_spec *s, const char *list,
                      struct stet_error *err)
{
    struct stet_span rest = stet_span_of(list);
    int rc = STET_OK;

    while (rc == STET_OK && rest.ptr)
        rc = add_field(s, stet_span_trim(stet_span_cut(&rest, ',')), err);
    return rc;
}

static int add_types(struct stet_index_spec *s, const char *list,
                     struct stet_error *err)
{
    struct stet_span rest = stet_span_of(list);

    while (rest.ptr) {
        struct stet_span type = stet_span_trim(stet_span_cut(&rest, ','));

        if (stet_span_eqs(type, "all"))
            s->every_type = true;
        if (s->n_types == STET_MAX_INDEX_TYPES)
            return stet_fail(err, STET_EUSAGE, "more than %d record types",
                             STET_MAX_INDEX_TYPES);
        s->types[s->n_types] = stet_span_dup(type);
        if (!s->types[s->n_types++])
            return stet_fail(err, STET_ENOMEM, "no memory for record types");
    }
    return STET_OK;
}

int stet_index_spec_init(struct stet_index_spec *s,
                         const struct stet_index_options *options,
                         struct stet_error *err)
{
    static const struct stet_index_options none = { 0 };
    const struct stet_index_options *o = options ? options : &none;
    bool cdx = o->form != STET_INDEX_CDXJ;
    int rc;

    *s = (struct stet_index_spec){ 0 };
    s->by_default = !o->records;
    rc = add_types(s, o->records ? o->records : default_types, err);
    /* The columns of CDX are fixed. */
    if (rc == STET_OK && (cdx || !o->replace_fields))
        rc = add_fields(s, default_fields, err);
    if (rc == STET_OK && o->record_digests && !cdx)
        rc = add_fields(s, "recordDigest", err);
    if (rc == STET_OK && !cdx && (o->replace_fields || o->fields))
        rc = add_fields(s, o->replace_fields ? o->replace_fields : o->fields,
                        err);
    s->bodies = o->post_append;
    s->pairs |= o->post_append;
    return rc;
}

void stet_index_spec_clear(struct stet_index_spec *s)
{
    for (size_t i = 0; i < s->n_fields; i++)
        stet_free(s->fields[i].name);
    for (size_t i = 0; i < s->n_types; i++)
        stet_free(s->types[i]);
    *s = (struct stet_index_spec){ 0 };
}

bool stet_index_spec_takes(const struct stet_index_spec *s,
                           const struct stet_warc_record *rec)
{
    bool whole = stet_span_eqs(rec->type, "resource") ||
                 stet_span_eqs(rec->type, "metadata");
    bool taken = s->every_type;

    for (size_t i = 0; i < s->n_types && !taken; i++)
        taken = stet_span_eqs(rec->type, s->types[i]);
    return taken && !(s->by_default && whole &&
                      stet_span_eqs(stet_warc_record_field(rec, "Content-Type"),
                                    "application/warc-fields"));
}
