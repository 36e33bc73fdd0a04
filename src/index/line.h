#ifndef STET_INDEX_LINE_H
#define STET_INDEX_LINE_H

#include "base/buf.h"
#include "index/spec.h"

/*
 * One line of an index in the making: a value a field of the spec, then
 * what a request with a body adds.
 */
struct stet_index_line {
    struct stet_span url; /* empty: the key is "-", as surt makes it */
    int64_t date_ms;
    struct stet_span values[STET_MAX_INDEX_FIELDS]; /* ptr NULL: absent */
    bool has_request;                               /* with these: */
    struct stet_span key_url, method, body;
};

/* The head line of a form, or "". */
struct stet_span stet_index_head(enum stet_index_form form);

/*
 * Adds the line without its line end.  STET_EFORMAT: no key can be made of
 * its URL.  STET_ENOMEM, STET_ELIMIT.
 */
STET_NODISCARD int stet_index_line_add(struct stet_buf *out,
                                       const struct stet_index_line *line,
                                       const struct stet_index_spec *spec,
                                       const struct stet_index_options *o);

#endif
