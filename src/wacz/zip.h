#ifndef STET_WACZ_ZIP_H
#define STET_WACZ_ZIP_H

#include "base/spool.h"
#include "stet/error.h"

/*
 * A ZIP file in memory (PKWARE's APPNOTE, with ZIP64), read by its central
 * directory.  Only what a WACZ file needs: no parts on several disks, no
 * encryption, stored and deflated files.
 */
struct stet_zip_file {
    struct stet_span name; /* as it stands there */
    unsigned method;       /* STET_ZIP_STORED, STET_ZIP_DEFLATED or others */
    bool encrypted;
    uint32_t crc;
    uint64_t packed, size; /* bytes in the ZIP, and of the file */
    uint64_t at;           /* of its local header */
};

enum { STET_ZIP_STORED = 0, STET_ZIP_DEFLATED = 8 };

#define STET_MAX_ZIP_FILES 100000

struct stet_zip {
    struct stet_span bytes; /* borrowed */
    struct stet_zip_file *files;
    size_t len, cap;
};

/* *z is all zero at first; to be cleared in any case.  STET_EFORMAT: it is
 * no ZIP file, or a broken one.  STET_ELIMIT, STET_ENOMEM. */
STET_NODISCARD int stet_zip_open(struct stet_zip *z, struct stet_span bytes,
                                 struct stet_error *err);
void stet_zip_clear(struct stet_zip *z);

/* The file of a name, or NULL. */
const struct stet_zip_file *stet_zip_find(const struct stet_zip *z,
                                          struct stet_span name);

/* Where its bytes lie, packed as they are.  STET_EFORMAT: nowhere. */
STET_NODISCARD int stet_zip_packed(const struct stet_zip *z,
                                   const struct stet_zip_file *f,
                                   struct stet_span *out,
                                   struct stet_error *err);

/*
 * The bytes of a file: where they lie when they are stored, else unpacked
 * into the spool, which is emptied first, and good until it changes.
 * STET_EFORMAT: broken, or not of the size it says.  STET_EUNSUPPORTED:
 * encrypted, or another method.  STET_ENOMEM, STET_EIO.
 */
STET_NODISCARD int stet_zip_read(const struct stet_zip *z,
                                 const struct stet_zip_file *f,
                                 struct stet_spool *room, struct stet_span *out,
                                 struct stet_error *err);

/* True if the bytes have the checksum that the directory says. */
bool stet_zip_is_whole(const struct stet_zip_file *f, struct stet_span bytes);

#endif
