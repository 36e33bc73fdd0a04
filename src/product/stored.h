#ifndef STET_PRODUCT_STORED_H
#define STET_PRODUCT_STORED_H

#include "base/buf.h"
#include "http/message.h"
#include "plan/former.h"
#include "stet/warc.h"

/*
 * Reading back what an earlier run stored: the one record at a time that a
 * former response lies in.  A file stays open for the next one.
 */
struct stet_stored {
    struct stet_warc_reader *reader; /* of the file `path` */
    struct stet_buf path;
    struct stet_warc_payload *payload;
};

/* Allocates nothing. */
void stet_stored_init(struct stet_stored *s);
void stet_stored_clear(struct stet_stored *s);

/*
 * Opens the record of f in a folder of WARC files; *head is good until the
 * next call.  STET_ENOMEM; any other error: it cannot be read, or is not
 * what it should be.
 */
STET_NODISCARD int stet_stored_open(struct stet_stored *s, const char *dir,
                                    const struct stet_former *f,
                                    const struct stet_head **head,
                                    struct stet_error *err);

/* Adds the entity of that record, without its transfer coding, as far as it
 * can be read, until `out` has `max` bytes.  STET_ELIMIT: then it has them,
 * and another call goes on.  STET_ENOMEM. */
STET_NODISCARD int stet_stored_read(struct stet_stored *s, struct stet_buf *out,
                                    size_t max, struct stet_error *err);

#endif
