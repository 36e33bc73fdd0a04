#ifndef STET_PACK_H
#define STET_PACK_H

/*
 * Taking archives apart and putting them together: bodies as files, and
 * WACZ files (Web Archive Collection Zipped, version 1.1.1).
 */

#include "stet/warc.h"

/*
 * Files below one folder.  No name, link or record makes it write anywhere
 * else, or over a file that is there.
 */
struct stet_extract;

/* Opens the folder, made if need be.  *out is NULL on failure.  STET_EIO,
 * STET_ENOMEM. */
STET_API STET_NODISCARD int stet_extract_open(struct stet_extract **out,
                                              const char *dir,
                                              struct stet_error *err);
STET_API void stet_extract_close(struct stet_extract *x); /* NULL is fine */

/*
 * Writes what is left of a payload to a file.  Its name is the mirror path
 * (stet_mirror_path()) of the record's URL, so HOST/PATH/NAME.EXT; for
 * other than http URLs it is other/ and a hash of the URL.  When a file of
 * that name is there, as of another capture of the URL, ~2, ~3, ... is put
 * before the extension.
 *
 * *path (the caller's; also after an error of the payload, of which what
 * came is kept) is relative to the folder.  STET_END: the payload is empty,
 * there is no file and no path.  Errors of stet_warc_payload_read();
 * STET_EIO, STET_ENOMEM; STET_ELIMIT: 9999 files of that name are there.
 */
STET_API STET_NODISCARD int stet_extract_body(
    struct stet_extract *x, struct stet_warc_payload *p,
    const struct stet_warc_record *rec, struct stet_bytes *path,
    struct stet_error *err);

/* All zero is the default; NULL may stand for that. */
struct stet_pack_options {
    const char *title, *description;
    bool text; /* the text of pages goes into the lists of pages */

    /* A signature (wacz-auth 0.1.0): anonymous, with a key of ours ... */
    bool sign;
    const char *key; /* its PEM file, made on first use; this asks for a
                        signature, too; NULL: wacz-key.pem in
                        $XDG_CONFIG_HOME/stet or ~/.config/stet */
    /* ... or of a domain, by a service as authsign is one. */
    const char *sign_url;
    const char *sign_token_file; /* what lets us ask it; NULL: nothing */
    const char *cacert;          /* whom to trust there; NULL: the system */
};

struct stet_pack_result {
    uint64_t warcs, pages; /* pages: lines of both lists */
    uint64_t files;        /* in the WACZ */
    uint64_t bad;          /* unpacking: what has not the hash it should, or
                              is listed and missing, or not listed */
};

/*
 * Packs archive folders, folders of WARCs and WARC files into one WACZ:
 *
 *     archive/        the WARC files, stored
 *     indexes/        index.cdx, made anew, with keys of Python's surt;
 *                     above 4 MiB index.cdx.gz and index.idx, with wabac's
 *     pages/          pages.jsonl and extraPages.jsonl of the archives;
 *                     of what has none, every HTML page with status 200
 *     datapackage.json, datapackage-digest.json
 *
 * The same input gives the same bytes, but for a signature: `created` is the
 * newest WARC-Date.
 * `out` is replaced when all is well, and only then.  result may be NULL.
 *
 * STET_EUSAGE: two WARC files of one name, or one that is still being
 * written (.open), or there is no place for a key.  STET_EFORMAT: a WARC
 * file is damaged, or what signs does not.  STET_ENOTFOUND, STET_EIO,
 * STET_ENOMEM.
 */
STET_API STET_NODISCARD int stet_pack(const char *const *paths, size_t n,
                                      const char *out,
                                      const struct stet_pack_options *options,
                                      struct stet_pack_result *result,
                                      struct stet_error *err);

#define STET_MAX_WACZ_FILES 100000 /* in a WACZ that is unpacked */

typedef void (*stet_unpack_fn)(void *ctx, const char *path, const char *text);

/*
 * Unpacks a WACZ into a folder, made if need be; never outside of it, and
 * over no file that is there (STET_ELOCKED).  Every file is held against
 * datapackage.json, and that against datapackage-digest.json: what is wrong
 * is told to on_bad (may be NULL) and counted, and unpacked all the same.
 *
 * STET_EFORMAT: no ZIP file, or one with an unsafe path in it (then nothing
 * is unpacked), or a broken one.  STET_ELIMIT, STET_ENOTFOUND, STET_EIO,
 * STET_ENOMEM; STET_EUNSUPPORTED: a file is encrypted.
 */
STET_API STET_NODISCARD int stet_unpack(const char *wacz, const char *dir,
                                        stet_unpack_fn on_bad, void *ctx,
                                        struct stet_pack_result *result,
                                        struct stet_error *err);

#endif
