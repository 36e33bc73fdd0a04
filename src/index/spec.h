#ifndef STET_INDEX_SPEC_H
#define STET_INDEX_SPEC_H

#include "base/span.h"
#include "stet/index.h"

/*
 * What the lines of an index hold, and of which records they are made:
 * options read once.
 */
enum stet_index_source {
    STET_INDEX_URL,
    STET_INDEX_MIME,
    STET_INDEX_STATUS,
    STET_INDEX_DIGEST,
    STET_INDEX_LENGTH,
    STET_INDEX_OFFSET,
    STET_INDEX_FILENAME,
    STET_INDEX_RECORD_DIGEST,
    STET_INDEX_METHOD,        /* of the request */
    STET_INDEX_REQUEST_FIELD, /* "req.http:NAME" */
    STET_INDEX_HTTP_FIELD,    /* "http:NAME", of the record's own head */
    STET_INDEX_RECORD_FIELD,  /* "NAME", of the WARC header */
};

struct stet_index_field {
    enum stet_index_source source;
    char *name;       /* what it is called in the line; owned */
    const char *what; /* of a field; points into name, or a constant */
};

enum { STET_MAX_INDEX_FIELDS = 64, STET_MAX_INDEX_TYPES = 16 };

struct stet_index_spec {
    struct stet_index_field fields[STET_MAX_INDEX_FIELDS];
    size_t n_fields;
    char *types[STET_MAX_INDEX_TYPES]; /* of records; owned */
    size_t n_types;
    bool every_type; /* "all" */
    bool by_default; /* the usual types: warc-fields are left out */
    bool pairs;      /* a response must be seen with its request */
    bool bodies;     /* of requests are wanted */
    bool digests;    /* of records as stored */
};

/* `options` may be NULL.  STET_EUSAGE: too many fields or types; STET_ENOMEM.
 * The spec is to be cleared in any case. */
STET_NODISCARD int stet_index_spec_init(
    struct stet_index_spec *s, const struct stet_index_options *options,
    struct stet_error *err);
void stet_index_spec_clear(struct stet_index_spec *s);

/* True for a record whose line is to be in the index. */
bool stet_index_spec_takes(const struct stet_index_spec *s,
                           const struct stet_warc_record *rec);

#endif
