#ifndef STET_WARC_H
#define STET_WARC_H

/*
 * Reading WARC files, one record at a time.
 *
 *     struct stet_warc_reader *r;
 *     struct stet_warc_record rec;
 *     int rc = stet_warc_reader_open(&r, "a.warc.gz", NULL, &err);
 *     while (rc == STET_OK) {
 *         rc = stet_warc_reader_next(r, &rec, &err);
 *         if (rc == STET_OK)
 *             use(&rec);
 *     }
 *     stet_warc_reader_free(r);
 *
 * Plain files, gzip (one member a record, or any other way of cutting) and
 * zstd (with its dictionary, if it has one) are told apart by their first
 * bytes.  WARC 0.17 to 1.1 (ISO 28500:2017 and before) are read; so are ARC
 * files, versions 1 and 2, whose records come with the header that they would
 * have in a WARC file.  Fields, types and versions that are not known pass
 * through.
 *
 * A reader is used by one thread at a time.  It holds one header block
 * (STET_WARC_HEADER_MAX) in memory; blocks are streamed.
 */

#include "stet/base.h"
#include "stet/error.h"

#define STET_WARC_HEADER_MAX ((size_t)1 << 20)
#define STET_WARC_FIELDS_MAX 1000

struct stet_warc_reader;

struct stet_warc_field {
    struct stet_span name, value; /* value: unfolded and trimmed */
};

/*
 * One record.  What it points to stays good until the next call to
 * stet_warc_reader_next(), _seek() or _free().
 */
struct stet_warc_record {
    uint64_t offset;             /* in the file: of its gzip member when there
                                    is one, else of its first byte */
    unsigned in_member;          /* its place in that member, from 0 */
    uint64_t block_length;       /* Content-Length; 0 when that is no number */
    bool is_arc;                 /* of an ARC file: `header` and the fields
                                    are made of its line, `raw_header` */
    struct stet_span version;    /* "WARC/1.1" */
    struct stet_span type;       /* "response", "request", ... */
    struct stet_span header;     /* all of it with the empty line; line ends
                                    inside folded values are now spaces */
    struct stet_span raw_header; /* the same, byte for byte */
    const struct stet_warc_field *fields;
    size_t n_fields;
};

/*
 * What is wrong with a file, as far as reading it shows.  The names are
 * those that stet-check(1) lists.
 */
#define STET_WARC_PROBLEMS(X)                          \
    X(STET_WARC_GZIP_BROKEN, "gzip-broken")            \
    X(STET_WARC_GZIP_CHECKSUM, "gzip-checksum")        \
    X(STET_WARC_GZIP_TRUNCATED, "gzip-truncated")      \
    X(STET_WARC_GZIP_MEMBER, "gzip-member-per-record") \
    X(STET_WARC_GARBAGE, "garbage-between-records")    \
    X(STET_WARC_VERSION, "version-line")               \
    X(STET_WARC_LINE_END, "header-line-end")           \
    X(STET_WARC_HEADER_LINE, "header-line")            \
    X(STET_WARC_HEADER_LONG, "header-too-long")        \
    X(STET_WARC_NO_TYPE, "type-missing")               \
    X(STET_WARC_BAD_LENGTH, "content-length")          \
    X(STET_WARC_TRUNCATED, "record-cut-off")           \
    X(STET_WARC_RECORD_END, "record-end")

enum stet_warc_problem {
#define STET_X(name, text) name,
    STET_WARC_PROBLEMS(STET_X)
#undef STET_X
};

/* The problem's name, as above. */
STET_API const char *stet_warc_problem_name(enum stet_warc_problem p);

/* Bytes are gone, or it is not known where a record ends. */
STET_API bool stet_warc_problem_is_damage(enum stet_warc_problem p);

enum stet_warc_policy {
    STET_WARC_WARN,    /* problems are told; then it goes on */
    STET_WARC_LENIENT, /* it goes on, untold */
    STET_WARC_STRICT,  /* the first problem is an error */
};

typedef void (*stet_warc_problem_fn)(void *ctx, enum stet_warc_problem p,
                                     uint64_t offset, const char *text);

struct stet_warc_reader_options {
    enum stet_warc_policy policy;
    stet_warc_problem_fn on_problem; /* may be NULL */
    void *ctx;
};

/*
 * Opens a file ("-" is standard input).  On success *out is the caller's,
 * to give to _free(); on failure it is NULL.  options may be NULL.
 * STET_ENOTFOUND, STET_EIO, STET_ENOMEM.
 */
STET_API STET_NODISCARD int stet_warc_reader_open(
    struct stet_warc_reader **out, const char *path,
    const struct stet_warc_reader_options *options, struct stet_error *err);

/* Reads from memory, which stays the caller's and outlives the reader. */
STET_API STET_NODISCARD int stet_warc_reader_from_memory(
    struct stet_warc_reader **out, struct stet_span bytes,
    const struct stet_warc_reader_options *options, struct stet_error *err);

/* NULL is fine. */
STET_API void stet_warc_reader_free(struct stet_warc_reader *r);

/*
 * Moves to the next record, passing by what is left of this one.
 *
 * STET_OK, or STET_END when there is no further record.  Damage is a
 * problem for the policy: unless strict, the reader looks for the next
 * place where a record begins and goes on there.  STET_EFORMAT, STET_ETRUNC,
 * STET_ELIMIT only when strict; STET_EIO, STET_ENOMEM.  After an error
 * every further call gives the same error, until a _seek().
 */
STET_API STET_NODISCARD int stet_warc_reader_next(struct stet_warc_reader *r,
                                                  struct stet_warc_record *rec,
                                                  struct stet_error *err);

/*
 * Reads on in the current record's block: up to cap bytes, *got is 0 at
 * its end.  STET_ETRUNC when the file ends or breaks before the block does
 * (once, whatever the policy; then the block is over).
 */
STET_API STET_NODISCARD int stet_warc_reader_read(struct stet_warc_reader *r,
                                                  void *buf, size_t cap,
                                                  size_t *got,
                                                  struct stet_error *err);

/*
 * Passes by the rest of the current record and says how long the record is
 * in the file: its gzip member, or header, block and the empty lines after
 * it.  The record's spans stay good.  For a record that shares its member
 * the member's length is said with the last one, and 0 before.
 */
STET_API STET_NODISCARD int stet_warc_reader_finish(struct stet_warc_reader *r,
                                                    uint64_t *length,
                                                    struct stet_error *err);

/* Goes to a record at an offset from an index; then _next() reads it.
 * STET_EIO for a stream that cannot seek. */
STET_API STET_NODISCARD int stet_warc_reader_seek(struct stet_warc_reader *r,
                                                  uint64_t offset,
                                                  struct stet_error *err);

/* How the records of a file are compressed. */
enum stet_warc_packing {
    STET_WARC_GZIP, /* RFC 1952 */
    STET_WARC_PLAIN,
    STET_WARC_ZSTD, /* RFC 8878, and IIPC's "warc-zstd" 1.0 */
};

STET_API enum stet_warc_packing stet_warc_reader_packing(
    const struct stet_warc_reader *r);

/* Whether the file is compressed: then offsets are those of its members. */
STET_API bool stet_warc_reader_is_compressed(const struct stet_warc_reader *r);

/*
 * The value of a named field, or an empty span with a NULL ptr.  Names match
 * in any case; of fields given twice the first wins.
 */
STET_API struct stet_span stet_warc_record_field(
    const struct stet_warc_record *rec, const char *name);

/* The same without the < and > that some writers put around it. */
STET_API struct stet_span stet_warc_record_uri(
    const struct stet_warc_record *rec, const char *name);

/* WARC-Date in ms since 1970, or INT64_MIN. */
STET_API int64_t stet_warc_record_date(const struct stet_warc_record *rec);

/*
 * What a record carries beyond its block: of an HTTP message the head and
 * the body, of anything else the block itself.
 *
 *     rc = stet_warc_payload_open(&p, r, &rec, STET_WARC_BODY, &err);
 *     while (rc == STET_OK) {
 *         rc = stet_warc_payload_read(p, buf, sizeof(buf), &got, &err);
 *         if (rc != STET_OK || got == 0)
 *             break;
 *         use(buf, got);
 *     }
 *     stet_warc_payload_free(p);
 */
enum stet_warc_form {
    STET_WARC_RAW,    /* what follows the HTTP head, byte for byte */
    STET_WARC_ENTITY, /* transfer coding removed: what payload digests are
                         meant to be of */
    STET_WARC_BODY,   /* content codings undone as well */
};

struct stet_warc_payload;

/*
 * Begins to read the record that stet_warc_reader_next() has just given and
 * whose block was not read yet.  While the payload is read the reader is not
 * to be used otherwise; what is known of the head stays good after that, and
 * until the payload is freed.  Memory stays bounded.  STET_ENOMEM, STET_EIO;
 * STET_EUNSUPPORTED for a content coding that is not known (only with
 * STET_WARC_BODY).
 */
STET_API STET_NODISCARD int stet_warc_payload_open(
    struct stet_warc_payload **out, struct stet_warc_reader *r,
    const struct stet_warc_record *rec, enum stet_warc_form form,
    struct stet_error *err);
STET_API void stet_warc_payload_free(struct stet_warc_payload *p);

/*
 * Reads on: *got is 0 at the end.  STET_ETRUNC, STET_EFORMAT: the block,
 * its chunks or its coding end too early or are broken; STET_ELIMIT: it
 * decompresses beyond all measure.  Then there is no more.
 */
STET_API STET_NODISCARD int stet_warc_payload_read(struct stet_warc_payload *p,
                                                   void *buf, size_t cap,
                                                   size_t *got,
                                                   struct stet_error *err);

/* The HTTP head with its empty line; empty if the record has none.  Good
 * as long as the payload. */
STET_API struct stet_span stet_warc_payload_head(
    const struct stet_warc_payload *p);

/* The HTTP status, or 0. */
STET_API int stet_warc_payload_status(const struct stet_warc_payload *p);

/*
 * The media type in lower case, without parameters ("text/html"): what the
 * HTTP head says, or without one the record's Content-Type.  "" when there
 * is none, or it is no media type.  STET_ENOMEM.
 */
#define STET_WARC_MEDIA_TYPE_MAX 128
STET_API STET_NODISCARD int stet_warc_payload_media_type(
    const struct stet_warc_payload *p, const struct stet_warc_record *rec,
    char out[STET_WARC_MEDIA_TYPE_MAX]);

/* The body is stored with chunked framing. */
STET_API bool stet_warc_payload_is_chunked(const struct stet_warc_payload *p);

/* The value of the first field of that name, in any case, in the HTTP head;
 * or an empty span with a NULL ptr.  Good as long as the payload. */
STET_API struct stet_span stet_warc_payload_field(
    const struct stet_warc_payload *p, const char *name);

/*
 * A body as UTF-8 text, whatever its encoding: that of its byte order mark,
 * of the HTTP head's charset, of a meta element or XML declaration if it is
 * markup, UTF-8 if it is that, or windows-1252, as browsers have it (WHATWG
 * Encoding).  A byte order mark is dropped, what is malformed is U+FFFD.
 */
struct stet_warc_text;

/*
 * Takes up a payload that was opened with STET_WARC_BODY and not read yet,
 * and outlives the text.  Its first 64 KB are read at once.  STET_ENOMEM.
 */
STET_API STET_NODISCARD int stet_warc_text_open(
    struct stet_warc_text **out, struct stet_warc_payload *payload,
    const struct stet_warc_record *rec, struct stet_error *err);
STET_API void stet_warc_text_free(struct stet_warc_text *t);

/* Reads on as stet_warc_payload_read() does.  Pieces may end inside of a
 * character. */
STET_API STET_NODISCARD int stet_warc_text_read(struct stet_warc_text *t,
                                                void *buf, size_t cap,
                                                size_t *got,
                                                struct stet_error *err);

/* The name of the encoding that it was in: "UTF-8", "windows-1252", ... */
STET_API const char *stet_warc_text_charset(const struct stet_warc_text *t);

/* Paths of WARC files. */
struct stet_warc_files {
    char **paths;
    size_t len, cap;
};

/*
 * The WARC files that a path stands for: itself if it is a file, those in
 * it, or in its archive/ if it is a folder, sorted by name: *.warc,
 * *.warc.gz, *.warc.zst, *.arc, *.arc.gz, and the same with .open behind.
 * They are added to *out, which is all zero at first.  STET_ENOTFOUND (also for
 * a folder without any), STET_EIO, STET_ENOMEM.
 */
STET_API STET_NODISCARD int stet_warc_files_add(struct stet_warc_files *out,
                                                const char *path,
                                                struct stet_error *err);
STET_API void stet_warc_files_clear(struct stet_warc_files *f);

#endif
