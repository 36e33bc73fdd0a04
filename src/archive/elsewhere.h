#ifndef STET_ARCHIVE_ELSEWHERE_H
#define STET_ARCHIVE_ELSEWHERE_H

#include "product/product.h"
#include "store/store.h"

/*
 * Payloads that other archives hold: what is found there need not be stored
 * again.  They are read once into a table that lives as long as the store's
 * connection, on disk, so memory does not grow with them.
 *
 * A revisit must be framed as its original is (struct stet_archive says
 * why).  An archive folder's database knows that; for the lines of a CDXJ file
 * the record itself is looked at when one is found, in the file's own folder or
 * in ../archive/.  Where it is not, the line counts for nothing.
 */
struct stet_elsewhere;

/* Makes the table in that store. */
STET_NODISCARD int stet_elsewhere_new(struct stet_elsewhere **out,
                                      struct stet_store *store,
                                      struct stet_error *err);
void stet_elsewhere_free(struct stet_elsewhere *e); /* NULL is fine */

/* Adds an archive folder or a CDXJ file.  STET_ENOTFOUND, STET_EIO,
 * STET_ENOMEM, STET_EUNSUPPORTED (a folder of another form). */
STET_NODISCARD int stet_elsewhere_add(struct stet_elsewhere *e,
                                      const char *path, struct stet_error *err);

/* As stet_archive_find_original(), without a record id. */
STET_NODISCARD int stet_elsewhere_find(struct stet_elsewhere *e,
                                       struct stet_span digest, bool chunked,
                                       struct stet_original *out,
                                       struct stet_error *err);

#endif
