#ifndef STET_CODEC_CODEC_H
#define STET_CODEC_CODEC_H

#include "base/buf.h"
#include "base/spool.h"
#include "stet/error.h"

/*
 * Compressed bytes, in and out, under limits.  This module is the only one
 * that knows the compression libraries, and it does no I/O.
 */
enum stet_coding {
    STET_CODING_NONE,    /* "identity" */
    STET_CODING_GZIP,    /* RFC 1952 */
    STET_CODING_DEFLATE, /* RFC 1950, or RFC 1951 alone as some servers do */
    STET_CODING_BROTLI,  /* RFC 7932 */
    STET_CODING_ZSTD,    /* RFC 8878 */
    STET_CODING_UNKNOWN,
};

/* A Content-Encoding token, in any case: gzip, x-gzip, deflate, br, zstd. */
enum stet_coding stet_coding_find(struct stet_span token);

/* What decompression may cost beside the room of its output. */
struct stet_inflate_limits {
    uint64_t max_ratio;  /* bytes out for one byte in; 0: any */
    uint64_t free_bytes; /* output that is not yet held to the ratio */
};

/* Deflate cannot pass 1,032 to 1; a page over 200 to 1 is no page. */
#define STET_INFLATE_LIMITS_DEFAULT \
    {                               \
        200, (uint64_t)8 << 20      \
    }

/*
 * Decompresses all of `in` to the end of *out, whose `max` is the budget.
 * Whatever the answer, *out holds (and its status allows) what came out:
 *
 *   STET_OK           whole; bytes after the end of the data are ignored
 *   STET_ETRUNC       the input ends early
 *   STET_ELIMIT       the budget or the ratio is used up
 *   STET_EFORMAT      the data is broken from some point on
 *   STET_EUNSUPPORTED STET_CODING_UNKNOWN
 *   STET_ENOMEM
 *
 * An empty input is empty output.  limits may be NULL: the default ones.
 */
STET_NODISCARD int stet_codec_inflate(enum stet_coding kind,
                                      struct stet_span in, struct stet_buf *out,
                                      const struct stet_inflate_limits *limits,
                                      struct stet_error *err);

/* The same in steps. */
struct stet_decoder;

STET_NODISCARD int stet_decoder_new(struct stet_decoder **out,
                                    enum stet_coding kind,
                                    const struct stet_inflate_limits *limits,
                                    struct stet_error *err);
void stet_decoder_free(struct stet_decoder *d);

/*
 * Takes bytes from the front of *in and puts at most cap into buf.
 *
 *   STET_OK       go on: *in is used up, or buf is full, or both
 *   STET_END      a gzip member, zstd frame or stream is over; *in begins
 *                 with the byte after it.  _reset() before the next one.
 *   STET_EFORMAT, STET_ELIMIT, STET_ENOMEM   *got bytes are good
 *
 * With buf full, call again with an empty *in to have what is left inside.
 */
STET_NODISCARD int stet_decoder_step(struct stet_decoder *d,
                                     struct stet_span *in, char *buf,
                                     size_t cap, size_t *got,
                                     struct stet_error *err);

/*
 * A dictionary for all frames to come (copied); zstd's alone, else
 * STET_EUSAGE.  STET_EFORMAT: it is none.  STET_ENOMEM.
 */
STET_NODISCARD int stet_decoder_set_dictionary(struct stet_decoder *d,
                                               struct stet_span dictionary,
                                               struct stet_error *err);

/* Ready for the next member, frame or stream; the ratio is counted on. */
STET_NODISCARD int stet_decoder_reset(struct stet_decoder *d,
                                      struct stet_error *err);

/*
 * Whole gzip members in memory, several times as fast as in steps.
 */
struct stet_gunzip;

STET_NODISCARD int stet_gunzip_new(struct stet_gunzip **out,
                                   struct stet_error *err);
void stet_gunzip_free(struct stet_gunzip *g);

/*
 * True if `member` is one gzip member from its first byte to its last, of
 * exactly `size` bytes and with a checksum that holds; these are in `out`
 * then.  False tells nothing of what it is else: a decoder will.
 */
STET_NODISCARD bool stet_gunzip_member(struct stet_gunzip *g,
                                       struct stet_span member, char *out,
                                       size_t size);

/*
 * Makes gzip members.  One compressor is used by one thread at a time and
 * again and again: making it costs more than a small record does.
 */
struct stet_gzip;

enum {
    STET_GZIP_FAST = 0,      /* as fast as can be: ISA-L where it is built in,
                                else level 1 */
    STET_GZIP_LEVEL = 6,     /* the default */
    STET_GZIP_LEVEL_MAX = 9, /* the smallest */
};

/* The level for what is said about captures, when they have `level`: it is
 * not worth the time that captures are, unless the smallest is wanted. */
int stet_gzip_level_of_notes(int level);

/* Up to here a member is compressed in one go, in memory. */
#define STET_MAX_GZIP_AT_ONCE ((size_t)8 << 20)

STET_NODISCARD int stet_gzip_new(struct stet_gzip **out, int level,
                                 struct stet_error *err);
void stet_gzip_free(struct stet_gzip *g);

/*
 * Adds one whole gzip member holding the parts, one after the other, to a
 * spool.  `stored` wraps without compressing, for what is compressed
 * already; small parts before the first large one are compressed even so,
 * but not at the fastest level.
 * The member has no time, no name, and is the same for the same
 * input and library.  Memory stays bounded whatever the parts' size.
 * STET_ENOMEM, STET_EIO (of the spool); the spool is then cut back.
 */
STET_NODISCARD int stet_gzip_add(struct stet_gzip *g, struct stet_spool *out,
                                 const struct stet_span *parts, size_t n,
                                 bool stored, struct stet_error *err);

/*
 * The same in steps, for members that are never in one place: the small
 * parts that stand first (n may be 0), any number of pieces, the end.  What
 * has come to `out` may be taken out of it between the steps.
 */
STET_NODISCARD int stet_gzip_begin(struct stet_gzip *g, struct stet_spool *out,
                                   const struct stet_span *heads, size_t n,
                                   bool stored, struct stet_error *err);
STET_NODISCARD int stet_gzip_feed(struct stet_gzip *g, struct stet_spool *out,
                                  struct stet_span part,
                                  struct stet_error *err);
STET_NODISCARD int stet_gzip_end(struct stet_gzip *g, struct stet_spool *out,
                                 struct stet_error *err);

/*
 * Makes zstd frames (RFC 8878), each with its content size and a checksum.
 * One compressor is used by one thread at a time.
 */
struct stet_zstd;

enum {
    STET_ZSTD_LEVEL = 9, /* the default */
    STET_ZSTD_LEVEL_MAX = 19,
    STET_ZSTD_DICTIONARY = 112 * 1024, /* the size that a trained one has */
};

STET_NODISCARD int stet_zstd_new(struct stet_zstd **out, int level,
                                 struct stet_error *err);
void stet_zstd_free(struct stet_zstd *c);

/* Adds one frame holding the parts, one after the other, as
 * stet_gzip_add() does; n is at least 1. */
STET_NODISCARD int stet_zstd_add(struct stet_zstd *c, struct stet_spool *out,
                                 const struct stet_span *parts, size_t n,
                                 struct stet_error *err);

/*
 * Trains a dictionary on n samples, which lie one after the other, and adds
 * it to *out.  STET_END: they are too few or too unlike.  STET_ENOMEM.
 */
STET_NODISCARD int stet_zstd_train(struct stet_buf *out,
                                   struct stet_span samples,
                                   const size_t *sizes, size_t n,
                                   struct stet_error *err);

/*
 * Adds the frame that a .warc.zst with a dictionary begins with (IIPC,
 * "warc-zstd" 1.0: skippable, magic 0x184D2A5D, compressed itself), and uses
 * the dictionary for all frames to come.
 */
STET_NODISCARD int stet_zstd_begin_with(struct stet_zstd *c,
                                        struct stet_spool *out,
                                        struct stet_span dictionary,
                                        struct stet_error *err);

/* The checksum of gzip and ZIP. */
uint32_t stet_codec_crc32(struct stet_span bytes);

#endif
