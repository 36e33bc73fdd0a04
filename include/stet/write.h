#ifndef STET_WRITE_H
#define STET_WRITE_H

/*
 * Writing WARC files.
 *
 *     struct stet_warc_output_options o = { .dir = "." };
 *     struct stet_warc_entry e = { .url = url, .content_type = type,
 *                                  .body = text };
 *     rc = stet_warc_output_open(&out, &o, &err);
 *     rc = stet_warc_output_put_resource(out, &e, &place, &err);
 *     rc = stet_warc_output_close(out, rc, &err);
 *
 * Files are named PREFIX-20261123154019123-00001-HOST.warc.gz (ISO 28500:2017
 * annex C), have .open behind while they are written, begin with a warcinfo
 * record and are followed by the next when they have reached max_bytes.
 * Every record has an id, a date, a length and a block digest, and lies in a
 * gzip member or zstd frame of its own.
 *
 * Writing is strict: what the standard does not allow is STET_EUSAGE, and
 * control characters in values become spaces.  One thread at a time.
 */

#include "stet/error.h"
#include "stet/warc.h"

enum stet_warc_version { STET_WARC_1_1, STET_WARC_1_0 };

struct stet_warc_output;

/* All zero but dir is the default.  Everything is copied. */
struct stet_warc_output_options {
    const char *dir;    /* must be there */
    const char *prefix; /* letters, digits, '-', '_'; NULL: "stet" */
    const char *host;   /* likewise, and '.'; NULL: "localhost" */
    uint64_t max_bytes; /* of a file; 0: 1 GB (10^9) */
    enum stet_warc_version version;
    enum stet_warc_packing packing;
    int level;       /* of gzip or zstd; 0: their default */
    bool dictionary; /* zstd: trained on the first records, which are held
                        back until then */
    bool sha1;       /* digests; else SHA-256 */
    const struct stet_warc_field *info; /* of warcinfo: software, ... */
    size_t n_info;

    /* For files that come out the same twice: ids made from a number, and a
     * clock that stands still (in ms since 1970; 0: the machine's). */
    bool seeded;
    uint64_t seed;
    int64_t now_ms;
};

/* "<urn:uuid:...>" and the NUL. */
#define STET_WARC_ID_MAX 48

/* A record to be written.  What is all zero is left out. */
struct stet_warc_entry {
    struct stet_span url; /* WARC-Target-URI */
    int64_t date_ms;      /* of the capture; 0: that of concurrent_to, if it
                             is the last that was concurrent to none; else now */
    struct stet_span content_type; /* of the block */
    struct stet_span head, body;   /* the block, one after the other */
    const char *concurrent_to;     /* the id of a record of the same capture */
    const char *refers_to;         /* the id of the record that this is of */
    const struct stet_warc_field *fields; /* any more, in this order */
    size_t n_fields;
};

/* Where it went.  While records are held back for a dictionary, and of those
 * let go with it, only the id is known. */
struct stet_warc_put {
    char id[STET_WARC_ID_MAX];
    const char *filename; /* without .open; good until the next call */
    uint64_t offset, length;
};

/* STET_EUSAGE, STET_ENOMEM. */
STET_API STET_NODISCARD int stet_warc_output_open(
    struct stet_warc_output **out,
    const struct stet_warc_output_options *options, struct stet_error *err);

/*
 * Ends it; NULL is fine.  `rc` is how the writing went: if well, the last
 * file is made durable and loses its .open; if not, it keeps it.  Returns rc,
 * or what failed.
 */
STET_API STET_NODISCARD int stet_warc_output_close(struct stet_warc_output *o,
                                                   int rc,
                                                   struct stet_error *err);

/* Makes all that was put, and is not held back, durable.  After a failure
 * there is no more writing. */
STET_API STET_NODISCARD int stet_warc_output_sync(struct stet_warc_output *o,
                                                  struct stet_error *err);

/*
 * Puts a record of any type.  STET_EUSAGE: `type` or a field's name is no
 * token, a field is one that is set here (WARC-Type, -Record-ID, -Date,
 * -Target-URI, -Concurrent-To, -Refers-To, -Block-Digest, Content-Type,
 * Content-Length), or a type of the standard lacks what it must have.
 * STET_EIO: the file is as before.  STET_ENOMEM, STET_ELIMIT.  place may be
 * NULL.
 */
STET_API STET_NODISCARD int stet_warc_output_put(
    struct stet_warc_output *o, const char *type,
    const struct stet_warc_entry *e, struct stet_warc_put *place,
    struct stet_error *err);

/* An HTTP response: head with its empty line, and body as it was sent.  It
 * has a payload digest unless it is chunked (stet-archive(5), DIGESTS). */
STET_API STET_NODISCARD int stet_warc_output_put_response(
    struct stet_warc_output *o, const struct stet_warc_entry *e,
    struct stet_warc_put *place, struct stet_error *err);

/* The request of a response: concurrent_to is that one's id. */
STET_API STET_NODISCARD int stet_warc_output_put_request(
    struct stet_warc_output *o, const struct stet_warc_entry *e,
    struct stet_warc_put *place, struct stet_error *err);

/* Bytes that came another way than HTTP, with their media type. */
STET_API STET_NODISCARD int stet_warc_output_put_resource(
    struct stet_warc_output *o, const struct stet_warc_entry *e,
    struct stet_warc_put *place, struct stet_error *err);

/* Another form of a record's payload: refers_to is that one's id. */
STET_API STET_NODISCARD int stet_warc_output_put_conversion(
    struct stet_warc_output *o, const struct stet_warc_entry *e,
    struct stet_warc_put *place, struct stet_error *err);

/* What is known of a capture: `facts` become the block, a line each, of type
 * application/warc-fields. */
STET_API STET_NODISCARD int stet_warc_output_put_metadata(
    struct stet_warc_output *o, const struct stet_warc_entry *e,
    const struct stet_warc_field *facts, size_t n_facts,
    struct stet_warc_put *place, struct stet_error *err);

/*
 * A capture whose payload is that of an earlier one: e holds its own head,
 * no body, and in refers_to the original's id (or NULL).
 */
struct stet_warc_original {
    struct stet_span url;
    int64_t date_ms;
    struct stet_span payload_digest; /* "sha256:..." */
};
STET_API STET_NODISCARD int stet_warc_output_put_revisit(
    struct stet_warc_output *o, const struct stet_warc_entry *e,
    const struct stet_warc_original *original, struct stet_warc_put *place,
    struct stet_error *err);

#endif
