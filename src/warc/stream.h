#ifndef STET_WARC_STREAM_H
#define STET_WARC_STREAM_H

#include "codec/codec.h"
#include "stet/warc.h"
#include "warc/source.h"

/*
 * A WARC file as decompressed bytes, member by member.  A plain file is
 * one member.  A zstd frame counts as a member.
 *
 *     while ((rc = stet_warc_stream_begin(s, err)) == STET_OK)
 *         while ((rc = stet_warc_stream_read(s, buf, cap, &got, err)) ==
 *                STET_OK)
 *             use(buf, got);
 */
enum {
    STET_WARC_STREAM_CHUNK = 256 * 1024,
    STET_MAX_WARC_WHOLE = 1 << 20,      /* of a member inflated at once */
    STET_MAX_WARC_DICTIONARY = 8 << 20, /* of a .warc.zst */
};

struct stet_warc_stream {
    struct stet_warc_source source;
    enum stet_warc_packing packing;
    struct stet_decoder *decoder; /* NULL when plain */
    const char *raw;              /* of room, or all of the memory */
    char *room;                   /* STET_WARC_STREAM_CHUNK; NULL: memory */
    size_t raw_at, raw_len;       /* what of it is not used yet */
    bool at_end;                  /* the source has no more */
    bool in_member;
    bool is_whole;              /* inflated already, into `whole` */
    struct stet_gunzip *gunzip; /* of members that raw holds from end to end */
    struct stet_buf whole;      /* what such a one gave, ... */
    size_t whole_at;            /* ... and how much of it was read */
    bool fresh;                 /* the decoder needs no reset */
    uint64_t first; /* where records may begin: after a dictionary */
    uint64_t member_start;
    uint64_t member_end; /* once it is over */
};

/* Takes the source and tells its packing by the first bytes; closes it
 * even when this fails.  STET_ENOMEM, STET_EIO. */
STET_NODISCARD int stet_warc_stream_open(struct stet_warc_stream *s,
                                         struct stet_warc_source *source,
                                         struct stet_error *err);
void stet_warc_stream_close(struct stet_warc_stream *s);

/* Offset in the file of the first byte that is not used yet. */
uint64_t stet_warc_stream_at(const struct stet_warc_stream *s);

/*
 * Begins the member that should stand here.  STET_END: the file is over.
 * STET_EFORMAT: there is something else (no member is begun).
 */
STET_NODISCARD int stet_warc_stream_begin(struct stet_warc_stream *s,
                                          struct stet_error *err);

/*
 * Reads on in the member: *got > 0 with STET_OK.  STET_END: it is over.
 * STET_EFORMAT (broken), STET_ELIMIT, STET_ETRUNC (the file ends in it):
 * it is over as well, and *got bytes came before that.
 */
STET_NODISCARD int stet_warc_stream_read(struct stet_warc_stream *s, char *buf,
                                         size_t cap, size_t *got,
                                         struct stet_error *err);

/*
 * Passes by bytes until some that may begin a member.  STET_END: there are
 * none.
 */
STET_NODISCARD int stet_warc_stream_scan(struct stet_warc_stream *s,
                                         struct stet_error *err);

/* Goes to an offset, out of any member. */
STET_NODISCARD int stet_warc_stream_seek(struct stet_warc_stream *s,
                                         uint64_t offset,
                                         struct stet_error *err);

#endif
