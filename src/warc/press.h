#ifndef STET_WARC_PRESS_H
#define STET_WARC_PRESS_H

#include "stet/warc.h"
#include "warc/record.h"

/*
 * Records packed one by one: plain, a gzip member each, or a zstd frame
 * each.  A zstd dictionary is trained on the first records, which are held
 * back until there are enough of them.
 *
 *     rc = stet_warc_press_add(p, parts, n, &out, err);   for each record
 *     rc = stet_warc_press_finish(p, &out, err);          after the last
 *
 * What has come to `out` may be written: after stet_warc_press_preface(),
 * with which the file begins.  While records are held nothing comes.
 */
struct stet_warc_press;

struct stet_warc_press_options {
    enum stet_warc_packing packing;
    int level;       /* 0: the default of the packing */
    bool dictionary; /* zstd: train one */
};

/* STET_EUSAGE: no such level, or a dictionary without zstd.  STET_ENOMEM. */
STET_NODISCARD int stet_warc_press_new(
    struct stet_warc_press **out, const struct stet_warc_press_options *options,
    struct stet_error *err);
void stet_warc_press_free(struct stet_warc_press *p);

/* Adds a record, its parts one after the other.  STET_ENOMEM, STET_EIO. */
STET_NODISCARD int stet_warc_press_add(struct stet_warc_press *p,
                                       const struct stet_span *parts, size_t n,
                                       struct stet_spool *out,
                                       struct stet_error *err);
STET_NODISCARD int stet_warc_press_finish(struct stet_warc_press *p,
                                          struct stet_spool *out,
                                          struct stet_error *err);

/* Records are held back: there is nothing to write yet. */
bool stet_warc_press_is_holding(const struct stet_warc_press *p);

/* What each file begins with: a dictionary's frame, or nothing.  Good as
 * long as the press, once it holds nothing back. */
struct stet_span stet_warc_press_preface(const struct stet_warc_press *p);

/* How it packs, for records that are built; once it holds nothing back. */
const struct stet_warc_pack *stet_warc_press_pack(
    const struct stet_warc_press *p);

#endif
