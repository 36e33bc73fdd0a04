#ifndef STET_CHECK_PACKAGE_H
#define STET_CHECK_PACKAGE_H

#include "check/set.h"
#include "wacz/zip.h"
#include "json/json.h"

/*
 * What a WACZ file says of itself: datapackage.json with the hashes of its
 * files, and datapackage-digest.json with the hash and signature of that.
 */
struct stet_check_wacz {
    struct stet_check_set *s;
    const char *path;
    const struct stet_roots *roots; /* NULL: the system's */
    struct stet_zip zip;
    bool is_broken;            /* it is no ZIP file */
    struct stet_json *package; /* datapackage.json; or NULL */
    bool *seen;                /* its resources, by index */
    struct stet_spool **rooms; /* of deflated WARC files */
    size_t n_rooms, cap_rooms;
};

/* Reads and judges both files.  STET_ENOMEM. */
STET_NODISCARD int stet_check_package_open(struct stet_check_wacz *w,
                                           struct stet_error *err);

/* Holds a file against the package. */
STET_NODISCARD int stet_check_package_file(struct stet_check_wacz *w,
                                           struct stet_span name,
                                           struct stet_span bytes,
                                           struct stet_error *err);

/* Tells what is listed and was not there. */
void stet_check_package_finish(struct stet_check_wacz *w);

/* Holds the lines of an .idx against the blocks they speak of. */
STET_NODISCARD int stet_check_blocks(struct stet_check_wacz *w,
                                     const struct stet_zip_file *idx,
                                     struct stet_error *err);

#endif
