#ifndef STET_INDEX_H
#define STET_INDEX_H

/*
 * CDXJ indexes of WARC files, as cdxj-indexer writes them and pywb reads
 * them: one line a capture, "key timestamp {json}", sorted by byte.
 */

#include "stet/error.h"
#include "stet/warc.h"

/* Takes a line without its line end; STET_OK to go on, else that is the
 * answer. */
typedef int (*stet_index_line_fn)(void *ctx, struct stet_span line);

enum stet_index_form {
    STET_INDEX_CDXJ,
    STET_INDEX_CDX11, /* " CDX N b a m s k r M S V g", a line a capture */
    STET_INDEX_CDX9,  /* " CDX N b a m s k r V g" */
};

/* All zero is the default. */
struct stet_index_options {
    bool sort;            /* by byte, equal lines once; else as they come */
    size_t max_memory;    /* for sorting; 0: 64 MiB */
    const char *temp_dir; /* for sorting; NULL: $TMPDIR or /tmp */
    bool wabac_keys;      /* keys as wabac.js makes them, not Python's surt */
    enum stet_index_form form;

    /* The key of a POST or PUT gets method and body of the request, which
     * stands beside its response and names it in WARC-Concurrent-To. */
    bool post_append;

    /* Types of records, by comma; "all"; NULL: response, revisit, resource
     * and metadata without those of application/warc-fields. */
    const char *records;

    /* More fields of CDXJ, or other ones than the usual, by comma: names of
     * the usual ones, "recordDigest", "method", "referrer", "http:NAME" and
     * "req.http:NAME" of HTTP heads, else of the WARC header. */
    const char *fields, *replace_fields;
    bool record_digests;  /* "recordDigest": sha256 of the stored bytes */
    const char *dir_root; /* `filename` is relative to it; NULL: bare */

    /* What is wrong with a file, as stet_warc_reader tells it; may be NULL.
     * `path` is the file's. */
    void (*on_problem)(void *ctx, const char *path, enum stet_warc_problem p,
                       uint64_t offset, const char *text);
};

/*
 * Indexes WARC files: response, revisit, resource and metadata records that
 * have a target URI (not application/warc-fields).  A record without a
 * payload digest gets the sha1 of its payload as stored, as cdxj-indexer
 * does it; if its block digest is a sha256, the sha256 of its entity, as
 * stet's archives do it.  One whose key cannot be made is left out.  `filename`
 * in the lines is the file's last path component, without ".open".  options may
 * be NULL.
 *
 * STET_EIO, STET_ENOTFOUND, STET_ENOMEM, STET_EUSAGE (too many fields; a
 * pipe with record digests), or what on_line returned.
 */
STET_API STET_NODISCARD int stet_index_files(
    const char *const *paths, size_t n,
    const struct stet_index_options *options, stet_index_line_fn on_line,
    void *ctx, struct stet_error *err);

/*
 * Merges sorted index files of one form: equal lines come once, and of CDX
 * the head line.  STET_EFORMAT: a file is not sorted by byte.  STET_EUSAGE:
 * more than STET_MAX_INDEX_MERGE files.  STET_ENOTFOUND, STET_EIO,
 * STET_ENOMEM, STET_ELIMIT (a line over 1 MiB), or what on_line returned.
 */
#define STET_MAX_INDEX_MERGE 500

STET_API STET_NODISCARD int stet_index_merge(const char *const *paths, size_t n,
                                             stet_index_line_fn on_line,
                                             void *ctx, struct stet_error *err);

/*
 * A compressed index ("cdxj-gzip-1.0", as wabac.js and pywb read it): blocks
 * of lines, each a gzip member, and a line a block that says where it is.
 * Lines go in sorted.  Both come out of `on_data` and `on_line`; `name` is
 * what the second file calls the first.
 */
struct stet_index_blocks;

typedef int (*stet_index_data_fn)(void *ctx, struct stet_span bytes);

struct stet_index_blocks_options {
    const char *name; /* "index.cdx.gz"; copied */
    unsigned lines;   /* a block; 0: 1024 */
    stet_index_data_fn on_data;
    stet_index_line_fn on_line;
    void *ctx;
};

STET_API STET_NODISCARD int stet_index_blocks_new(
    struct stet_index_blocks **out,
    const struct stet_index_blocks_options *options, struct stet_error *err);
STET_API void stet_index_blocks_free(struct stet_index_blocks *b);

/* A line without its line end.  STET_ENOMEM, STET_ELIMIT (a block over
 * 64 MiB), or what the functions returned. */
STET_API STET_NODISCARD int stet_index_blocks_add(struct stet_index_blocks *b,
                                                  struct stet_span line,
                                                  struct stet_error *err);

/* Ends the last block. */
STET_API STET_NODISCARD int stet_index_blocks_finish(
    struct stet_index_blocks *b, struct stet_error *err);

/* A sorted file of lines, to look up in. */
struct stet_cdx;

/* STET_ENOTFOUND, STET_EIO, STET_ENOMEM. */
STET_API STET_NODISCARD int stet_cdx_open(struct stet_cdx **out,
                                          const char *path,
                                          struct stet_error *err);
STET_API void stet_cdx_close(struct stet_cdx *c);

/* Goes to the first line that is not less than `start`, by bisection. */
STET_API STET_NODISCARD int stet_cdx_seek(struct stet_cdx *c,
                                          struct stet_span start,
                                          struct stet_error *err);

/* The next line without its line end, good until the next call.  STET_END;
 * STET_ELIMIT: a line of over 1 MiB. */
STET_API STET_NODISCARD int stet_cdx_next(struct stet_cdx *c,
                                          struct stet_span *line,
                                          struct stet_error *err);

/* The key of a line, as "key " begins it: compare with it to stop. */
STET_API struct stet_span stet_cdx_key(struct stet_span line);

#endif
