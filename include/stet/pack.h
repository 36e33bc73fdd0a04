#ifndef STET_PACK_H
#define STET_PACK_H

/*
 * Taking archives apart and putting them together: bodies as files.
 */

#include "stet/warc.h"

/*
 * Files below one folder.  No name, link or record makes it write anywhere
 * else, or over a file that is there.
 */
struct stet_extract;

/* Opens the folder, made if need be.  *out is NULL on failure.  STET_EIO,
 * STET_ENOMEM. */
STET_API STET_NODISCARD int stet_extract_open(struct stet_extract **out,
                                              const char *dir,
                                              struct stet_error *err);
STET_API void stet_extract_close(struct stet_extract *x); /* NULL is fine */

/*
 * Writes what is left of a payload to a file.  Its name is the mirror path
 * (stet_mirror_path()) of the record's URL, so HOST/PATH/NAME.EXT; for
 * other than http URLs it is other/ and a hash of the URL.  When a file of
 * that name is there, as of another capture of the URL, ~2, ~3, ... is put
 * before the extension.
 *
 * *path (the caller's; also after an error of the payload, of which what
 * came is kept) is relative to the folder.  STET_END: the payload is empty,
 * there is no file and no path.  Errors of stet_warc_payload_read();
 * STET_EIO, STET_ENOMEM; STET_ELIMIT: 9999 files of that name are there.
 */
STET_API STET_NODISCARD int stet_extract_body(
    struct stet_extract *x, struct stet_warc_payload *p,
    const struct stet_warc_record *rec, struct stet_bytes *path,
    struct stet_error *err);

#endif
