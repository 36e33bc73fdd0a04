#ifndef STET_URL_SURT_H
#define STET_URL_SURT_H

#include "base/buf.h"

/* What both makers of keys share: adds '?' and the fields of a query, sorted
 * by `compare`, which is given spans.  STET_ENOMEM. */
STET_NODISCARD int stet_surt_add_fields(struct stet_buf *out,
                                        struct stet_span query,
                                        int (*compare)(const void *,
                                                       const void *));

#endif
