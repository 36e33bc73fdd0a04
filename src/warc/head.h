#ifndef STET_WARC_HEAD_H
#define STET_WARC_HEAD_H

#include "stet/warc.h"

/*
 * The header of a record, cut into fields.
 */
struct stet_warc_head {
    struct stet_span version;       /* the first line */
    struct stet_warc_field *fields; /* in the order of the record */
    size_t n_fields, cap;
    bool bare_lf;         /* a line ended without CR */
    bool too_many;        /* fields after STET_WARC_FIELDS_MAX are left out */
    struct stet_span odd; /* the first line that is no field; or empty */
};

/* Room is kept from one record to the next; clear frees it. */
void stet_warc_head_init(struct stet_warc_head *h);
void stet_warc_head_clear(struct stet_warc_head *h);

/*
 * Cuts a header block, whose spans then point into `text`.  Line ends in
 * folded values are overwritten with spaces.  STET_ENOMEM.
 */
STET_NODISCARD int stet_warc_head_parse(struct stet_warc_head *h, char *text,
                                        size_t len);

/*
 * The length of a header with its empty line at the start of the bytes, or
 * 0: its end is not there.  `*looked` carries on from call to call as bytes
 * are added; 0 at first.
 */
size_t stet_warc_head_length(struct stet_span bytes, size_t *looked);

/* True for "WARC/" and digits, a point, digits. */
bool stet_warc_is_version(struct stet_span line);

/* True for a version that is known: 0.17, 0.18, 1.0, 1.1. */
bool stet_warc_is_known_version(struct stet_span line);

/*
 * A date of section 5.4, its T and Z in lower case too, as RFC 3339 allows
 * and some writers do.  In ms since 1970, or STET_NO_DATE.
 */
int64_t stet_warc_date_parse(struct stet_span v);

#endif
