#ifndef STET_REPORT_PICTURE_H
#define STET_REPORT_PICTURE_H

#include "base/buf.h"
#include "report/shelf.h"

/*
 * Pictures out of an archive, small enough to stand in a page.
 */
enum {
    STET_MAX_THUMB_BYTES = 192 << 10, /* of one file */
    STET_MAX_THUMBS_BYTES = 48 << 20, /* of all together */
};

struct stet_album;

/* Of an archive folder; one without an index has no pictures. */
STET_NODISCARD int stet_album_open(struct stet_album **out, const char *archive,
                                   struct stet_error *err);
void stet_album_close(struct stet_album *a); /* NULL is fine */

/*
 * Adds "data:image/…;base64,…" of the smallest file of a capture's lead
 * picture that the archive holds.  STET_ENOTFOUND: none that fits, nothing is
 * added; STET_ENOMEM.
 */
STET_NODISCARD int stet_album_add(struct stet_album *a,
                                  const struct stet_sighting *seen,
                                  struct stet_buf *out, struct stet_error *err);

#endif
