#ifndef STET_BASE_DIGEST_H
#define STET_BASE_DIGEST_H

#include "base/buf.h"
#include "stet/error.h"

enum stet_digest_kind { STET_SHA256, STET_SHA1, STET_MD5 };

#define STET_DIGEST_MAX 32 /* bytes of the longest digest */

/* "sha256:" and 64 hex digits, with the NUL; the longest printed form. */
#define STET_DIGEST_TEXT_MAX 80

/* A finished digest. */
struct stet_digest {
    enum stet_digest_kind kind;
    unsigned char len; /* 32, 20 or 16; 0 when there is none */
    unsigned char bytes[STET_DIGEST_MAX];
};

/* A digest in the making. */
struct stet_hasher;

STET_NODISCARD int stet_hasher_new(struct stet_hasher **out,
                                   enum stet_digest_kind kind,
                                   struct stet_error *err);
void stet_hasher_add(struct stet_hasher *h, const void *p, size_t n);

/* Ends it; a further _add() begins anew. */
void stet_hasher_finish(struct stet_hasher *h, struct stet_digest *out);
void stet_hasher_free(struct stet_hasher *h);

STET_NODISCARD int stet_digest_of(struct stet_digest *out,
                                  enum stet_digest_kind kind,
                                  struct stet_span bytes,
                                  struct stet_error *err);
bool stet_digest_eq(const struct stet_digest *a, const struct stet_digest *b);

/*
 * As WARC fields write it (facts of WARC 1.1 section 5.8 in practice):
 * "sha256:" lower-case hex, "md5:" hex, "sha1:" upper-case Base32.
 */
void stet_digest_print(char out[STET_DIGEST_TEXT_MAX],
                       const struct stet_digest *d);

/*
 * Reads a digest field: label in any case with or without a hyphen, value
 * in hex, Base32 or Base64 (with or without padding; of Base64 either
 * alphabet), told apart by their length.
 * STET_EFORMAT when it is neither, STET_EUNSUPPORTED for another label.
 */
STET_NODISCARD int stet_digest_parse(struct stet_digest *out,
                                     struct stet_span text);

void stet_hex_add(struct stet_buf *b, const void *p, size_t n);
void stet_base32_add(struct stet_buf *b, const void *p, size_t n);

#endif
