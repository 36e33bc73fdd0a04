#ifndef STET_INDEX_MAKE_H
#define STET_INDEX_MAKE_H

#include "stet/index.h"

/* True for a record that stet_index_files() makes a line of by default. */
bool stet_index_wants(const struct stet_warc_record *rec);

/* True for one with a date, a length, and URL and digest of sane size. */
bool stet_index_is_sane(const struct stet_warc_record *rec);

/*
 * The length as indexers count it: all of a gzip member (`length`, from
 * stet_warc_reader_finish()), but of a plain record not the line ends after
 * its block.
 */
uint64_t stet_index_length(const struct stet_warc_reader *r,
                           const struct stet_warc_record *rec, uint64_t length);

/* The last component of a path, without ".open"; points into it. */
struct stet_span stet_index_filename(const char *path);

#endif
