#ifndef STET_TESTS_ZIPPED_H
#define STET_TESTS_ZIPPED_H

#include "base/buf.h"

/*
 * A ZIP file in the making, of files as they are.  Names and bytes are
 * copied; what is put in is in the test's hands, sound or not.
 */
struct zipped {
    struct stet_buf bytes, directory;
    size_t n;
};

void zipped_init(struct zipped *z);
void zipped_add(struct zipped *z, struct stet_span name,
                struct stet_span bytes);

/* The whole, until zipped_clear(). */
struct stet_span zipped_end(struct zipped *z);
void zipped_clear(struct zipped *z);

#endif
