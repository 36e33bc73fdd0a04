#ifndef STET_INDEX_FACTS_H
#define STET_INDEX_FACTS_H

#include "base/arena.h"
#include "index/line.h"

/*
 * What one record gives to its line, and what it takes to find a request's
 * response: they stand side by side, and one names the other.
 */
struct stet_index_facts {
    bool listed; /* it gets a line */
    bool is_request, is_response;
    struct stet_arena arena; /* of all that follows */
    struct stet_span id, concurrent_to, target;
    struct stet_index_line line;
    bool has_head;                  /* a request: its head was read */
    struct stet_span method, query; /* of it */
};

/* Allocates nothing; may be read again and again. */
void stet_index_facts_init(struct stet_index_facts *f);
void stet_index_facts_clear(struct stet_index_facts *f);

/* Where a record is from. */
struct stet_index_place {
    struct stet_span filename;
    int fd; /* of the file, for digests of records; or -1 */
    char *piece;
    size_t piece_len;
};

/* Reads the record that r has just given, to its end.  STET_ENOMEM,
 * STET_EIO. */
STET_NODISCARD int stet_index_facts_read(struct stet_index_facts *f,
                                         struct stet_warc_reader *r,
                                         const struct stet_warc_record *rec,
                                         const struct stet_index_spec *spec,
                                         const struct stet_index_place *place,
                                         struct stet_error *err);

/*
 * Lets a response have what its request says, if these two are such a pair,
 * in either order; else false.  *status is STET_ENOMEM without memory.
 */
bool stet_index_facts_join(struct stet_index_facts *a,
                           struct stet_index_facts *b,
                           const struct stet_index_spec *spec, int *status);

#endif
