#ifndef STET_PACK_UNDER_H
#define STET_PACK_UNDER_H

#include "stet/error.h"

/*
 * Making files below a folder and nowhere else, whatever their names say
 * and whatever lies there already.
 */

/*
 * True for a relative path of parts that are not "", "." or "..", free of
 * control characters, '\\', ':' and NUL, and of at most 4095 bytes.
 */
bool stet_under_is_safe(struct stet_span path);

/*
 * Makes the file `path` below the open folder `dir`, with the folders above
 * it, and opens it for writing.  Symbolic links on the way are not followed,
 * and a file that is there is not opened: STET_ELOCKED.  STET_EFORMAT: the
 * path is not safe.  STET_EIO.
 */
STET_NODISCARD int stet_under_create(int *fd, int dir, struct stet_span path,
                                     struct stet_error *err);

#endif
