#ifndef STET_EXPORT_SCAN_H
#define STET_EXPORT_SCAN_H

#include "export/catalogue.h"
#include "stet/warc.h"

/*
 * Adds what a WARC file holds (number `file` of the list) to the catalogue:
 * its response, revisit and resource records with an http or https target.
 * A damaged place or a record that cannot be read is told to on_problem with
 * the record's URL or the file's path, and passed by.  STET_EIO, STET_ENOMEM,
 * STET_ENOTFOUND.
 */
struct stet_scan {
    struct stet_catalogue *catalogue;
    void (*on_problem)(void *ctx, struct stet_span what, const char *text);
    void *ctx;
};

STET_NODISCARD int stet_scan_file(const struct stet_scan *s, size_t file,
                                  const char *path, struct stet_error *err);

#endif
