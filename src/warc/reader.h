#ifndef STET_WARC_READER_H
#define STET_WARC_READER_H

#include "base/buf.h"
#include "stet/warc.h"
#include "warc/head.h"
#include "warc/record.h"
#include "warc/stream.h"

/*
 * The reader from inside: three files over one struct.
 *
 *     ahead.c    bytes that were read and not passed by yet, over members
 *     find.c     where the next record begins, past damage
 *     reader.c   records, and the public functions
 *
 * `ahead` holds decompressed bytes that are not passed by yet.  Between two
 * calls it begins with what is left of the current record's block, whose
 * header was moved to `text`: once to be cut into fields, once as it is.
 */
enum stet_warc_kind {
    STET_WARC_KIND_ANY, /* no record was read yet */
    STET_WARC_KIND_WARC,
    STET_WARC_KIND_ARC,
};

struct stet_warc_reader {
    struct stet_warc_stream stream;
    struct stet_warc_reader_options options;
    struct stet_buf ahead, text;
    struct stet_warc_head head;
    struct stet_warc_header arc; /* an ARC record's header, as WARC's */
    enum stet_warc_kind kind;
    bool in_record;
    bool lost;         /* damage was told; until a record comes, no more */
    bool mid_line;     /* ahead begins in the middle of one: ARC, and a
                          length that is wrong */
    bool scan;         /* a member broke, so where it ends is not known */
    bool trial;        /* this member may be none: see enter_member() */
    bool told_member;  /* that this member holds several records */
    bool torn;         /* "WARC/" itself is cut by a member's end ... */
    uint64_t torn_at;  /* ... the one that begins here */
    bool begun;        /* something was read since the last seek */
    uint64_t plain_at; /* offset of ahead's first byte, when plain */
    uint64_t offset;   /* of the current record */
    uint64_t block_left;
    unsigned n_in_member; /* records begun in this member */
    int status;           /* once not STET_OK, every further answer */
    struct stet_error why;
};

enum {
    STET_WARC_SIGN = 5,       /* bytes of "WARC/" */
    STET_WARC_RECORD_GAP = 4, /* CR LF CR LF after the block */
};

bool stet_warc_is_plain(const struct stet_warc_reader *r);

/* Tells a problem: STET_OK to go on, or `code` when the policy is strict. */
STET_PRINTF(5, 6)
int stet_warc_tell(struct stet_warc_reader *r, enum stet_warc_problem p,
                   uint64_t offset, int code, const char *fmt, ...);

/* Where the next byte of `ahead` is, as well as a file offset can tell. */
uint64_t stet_warc_ahead_at(const struct stet_warc_reader *r);

/* Adds bytes.  STET_END: the member is over. */
int stet_warc_ahead_more(struct stet_warc_reader *r);

/* Makes n bytes ahead, unless the member ends first (STET_END). */
int stet_warc_ahead_want(struct stet_warc_reader *r, size_t n);

void stet_warc_ahead_drop(struct stet_warc_reader *r, size_t n);

/* Whether a record begins in the bytes ahead from `from` on: "WARC/", or a
 * line as ARC files have.  Bytes are read as needed.  Errors are negative,
 * else it is 0 or 1. */
int stet_warc_ahead_is_record(struct stet_warc_reader *r, size_t from);

/* The line ahead that begins at `from`, without its end; empty when it is
 * not all there. */
struct stet_span stet_warc_ahead_line(const struct stet_warc_reader *r,
                                      size_t from);

/* Begins the next member, as stet_warc_stream_begin(). */
int stet_warc_ahead_begin(struct stet_warc_reader *r);

/*
 * The member ended inside a record.  Some tools cut the compressed stream
 * anywhere: unless the next member begins a record of its own, the record
 * goes on there.  STET_END: it does not; what was ahead of it is dropped.
 */
int stet_warc_ahead_cross(struct stet_warc_reader *r);

/* Leaves `ahead` at the first byte of a record, or STET_END. */
int stet_warc_find_record(struct stet_warc_reader *r);

/* Bytes ahead are no record; until one is found, nothing more is told. */
int stet_warc_tell_garbage(struct stet_warc_reader *r);

#endif
