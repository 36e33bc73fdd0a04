#ifndef STET_JSON_MEND_H
#define STET_JSON_MEND_H

#include "base/buf.h"

/*
 * Adds to `out` the text with the faults put right that
 * stet_json_options.lenient names.  What is well-formed stays as it is.
 */
void stet_json_mend(struct stet_buf *out, struct stet_span text);

#endif
