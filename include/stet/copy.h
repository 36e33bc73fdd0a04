#ifndef STET_COPY_H
#define STET_COPY_H

/*
 * Copying a WARC file record by record into a new one, each record in a
 * gzip member or zstd frame of its own, or all of them plain.  Records stay as
 * they are, byte for byte, header and block; what is not as it should be around
 * them (members, line ends after the block) comes out right.  Records of an ARC
 * file become those of a WARC file, their blocks as they are.
 *
 *     stet_warc_recompress()   all of the file, or an error
 *     stet_warc_mend()         every whole record of a damaged file
 *
 * The input is only read, the output must not be there before, and is
 * removed again when the call fails.  Memory stays bounded; a large record
 * goes through a temporary file in $TMPDIR.
 */

#include "stet/error.h"
#include "stet/warc.h"

enum stet_warc_copy_note {
    STET_WARC_NOTE_PROBLEM, /* what reading told (stet_warc_problem_name) */
    STET_WARC_NOTE_DIGEST,  /* a record was copied whose block or payload has
                               not the digest that its header says */
    STET_WARC_NOTE_LOST,    /* a record that is not whole was left out */
    STET_WARC_NOTE_GAP,     /* bytes from `offset` on that gave nothing */
};

/* `offset` is that in the input; `text` one line for people, good during
 * the call. */
typedef void (*stet_warc_copy_fn)(void *ctx, enum stet_warc_copy_note note,
                                  uint64_t offset, const char *text);

/* All zero is the default; NULL may stand for that. */
struct stet_warc_copy_options {
    enum stet_warc_packing packing;
    int level;       /* of gzip, 1 to 9, or zstd, 1 to 19; 0: 6 or 9 */
    bool dictionary; /* of zstd: trained on the first records; none when
                        they are too few */
    stet_warc_copy_fn on_note; /* may be NULL */
    void *ctx;
};

struct stet_warc_copy_result {
    uint64_t records;     /* copied */
    uint64_t bytes;       /* written */
    uint64_t bad_digests; /* copied, with a digest that does not hold */
    uint64_t lost;        /* records seen and left out */
    uint64_t gap_bytes;   /* of the input that gave no record */
    uint64_t problems;    /* told of the input */
};

/*
 * Copies all of `in` ("-": standard input) to `out` ("-": standard output).
 * What is no loss is put right and told: several records in a member,
 * records cut into many, missing line ends.  Digests are verified on the
 * way; one that does not hold is told, and copied as it is.
 *
 * STET_EFORMAT, STET_ETRUNC: the file is damaged; stet_warc_mend() is for
 * those.  STET_EUSAGE: `in` is a folder, or the level is none.  STET_EIO
 * (also: `out` is there already), STET_ENOTFOUND, STET_ENOMEM.
 */
STET_API STET_NODISCARD int stet_warc_recompress(
    const char *in, const char *out,
    const struct stet_warc_copy_options *options,
    struct stet_warc_copy_result *result, struct stet_error *err);

/*
 * Copies every whole record of `in`, in its order, once.  A record is whole
 * when its block is all there and no checksum that covers it, of its gzip
 * member or its WARC-Block-Digest, says otherwise; a digest alone that does
 * not hold is told, but only where the record's end is in doubt as well is
 * the record left out.  In a plain file a Content-Length that leads astray
 * costs its own record, not those it leads across.
 *
 * Errors as above, without those of damage; STET_EFORMAT: there is no whole
 * record.
 */
STET_API STET_NODISCARD int stet_warc_mend(
    const char *in, const char *out,
    const struct stet_warc_copy_options *options,
    struct stet_warc_copy_result *result, struct stet_error *err);

#endif
