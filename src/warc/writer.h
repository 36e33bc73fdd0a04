#ifndef STET_WARC_WRITER_H
#define STET_WARC_WRITER_H

#include "warc/record.h"

/*
 * WARC files in a folder, one being written at a time.
 *
 * Names follow annex C of the standard: PREFIX-20261123154019123-00001-HOST
 * and .warc.gz (.warc, .warc.zst), with .open behind while the file is
 * written.  The file begins with a warcinfo record.  Times are given, never
 * read.  A writer is used by one thread at a time.
 */
struct stet_warc_writer;

#define STET_WARC_FILE_BYTES ((uint64_t)1000 * 1000 * 1000)

/* Everything is copied, but ids and gzip are borrowed. */
struct stet_warc_writer_options {
    const char *dir;    /* must be there */
    const char *prefix; /* "stet"; letters, digits, '-' and '_' */
    const char *host;   /* likewise, and '.' */
    uint64_t max_bytes; /* a new file from here on; 0: the default */
    unsigned serial;    /* of the first file; 0 is 1 */
    enum stet_warc_version version;
    struct stet_warc_pack pack; /* of the warcinfo records */
    struct stet_span preface;   /* what each file begins with, before that;
                                   borrowed as well */
    const struct stet_ids *ids; /* of the warcinfo records */
    struct stet_span info;      /* block of warcinfo: "name: value\r\n"... */
};

/* Where bytes came to lie. */
struct stet_warc_place {
    const char *filename; /* without .open, without folder; good until the
                             next call that may begin a file */
    uint64_t offset;      /* of the first byte */
    uint64_t length;
};

STET_NODISCARD int stet_warc_writer_new(
    struct stet_warc_writer **out,
    const struct stet_warc_writer_options *options, struct stet_error *err);

/*
 * A second writer in the same folder, for one file that is written while w
 * goes on with its own: its name has the next serial, and it takes all that
 * is added however much it is.  STET_ENOMEM.
 */
STET_NODISCARD int stet_warc_writer_beside(struct stet_warc_writer **out,
                                           struct stet_warc_writer *w,
                                           struct stet_error *err);

/* Closes without sealing: the file keeps its .open.  NULL is fine. */
void stet_warc_writer_free(struct stet_warc_writer *w);

/* Removes the current file, if there is one, with all that is in it. */
void stet_warc_writer_drop(struct stet_warc_writer *w);

/*
 * Appends whole records (as packed by stet_warc_record_pack(), one or
 * several that must stay adjacent) to the current file.  A file that has
 * reached max_bytes is sealed first and the next one begun, named and dated
 * by now_ms.  Not durable before _sync().
 *
 * On STET_EIO the file is cut back to where it was, so that what was
 * appended before stays whole; trying again is allowed (the disk may have
 * room again) unless the writer is poisoned.
 */
STET_NODISCARD int stet_warc_writer_add(struct stet_warc_writer *w,
                                        struct stet_spool *records,
                                        int64_t now_ms,
                                        struct stet_warc_place *place,
                                        struct stet_error *err);

/*
 * Makes all that was appended durable.  A failure poisons the writer: what
 * the kernel did with the pages is not known, so every later call but
 * _free() gives the same error.
 */
STET_NODISCARD int stet_warc_writer_sync(struct stet_warc_writer *w,
                                         struct stet_error *err);

/*
 * Ends the current file: makes it durable, drops .open from its name
 * (never over another file) and makes the name durable.  Without a current
 * file it does nothing.
 */
STET_NODISCARD int stet_warc_writer_seal(struct stet_warc_writer *w,
                                         struct stet_error *err);

/*
 * After a crash: takes up the file of that name (with .open on disk, or
 * sealed when the crash came between the seal and its being noted), cuts it
 * to the committed length and goes on appending there.  The serial of later
 * files goes on from its name.  STET_EFORMAT when the file is shorter than
 * what was committed (then nothing is touched), STET_ENOTFOUND, STET_EIO.
 * Files begun after it and never committed are the caller's to remove.
 */
STET_NODISCARD int stet_warc_writer_recover(struct stet_warc_writer *w,
                                            const char *filename,
                                            uint64_t committed,
                                            struct stet_error *err);

/* The current file, without .open, or NULL; and its length so far. */
const char *stet_warc_writer_filename(const struct stet_warc_writer *w);
uint64_t stet_warc_writer_length(const struct stet_warc_writer *w);

#endif
