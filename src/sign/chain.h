#ifndef STET_SIGN_CHAIN_H
#define STET_SIGN_CHAIN_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * Certificates that stand behind a signature, and the time-stamps of
 * RFC 3161 that say when it was made.
 */
struct stet_roots; /* whom we trust */
struct stet_chain; /* a certificate, and those that lead to a root */

/* The certificates of a PEM file; NULL: those of the system.  STET_EIO,
 * STET_EFORMAT (there are none), STET_ENOMEM. */
STET_NODISCARD int stet_roots_open(struct stet_roots **out, const char *path,
                                   struct stet_error *err);
void stet_roots_free(struct stet_roots *r);

/* Reads PEM text, the certificate first.  STET_EFORMAT, STET_ENOMEM. */
STET_NODISCARD int stet_chain_parse(struct stet_chain **out,
                                    struct stet_span pem,
                                    struct stet_error *err);
void stet_chain_free(struct stet_chain *c);

/* Adds the public key of the certificate (SubjectPublicKeyInfo, DER). */
STET_NODISCARD int stet_chain_public(const struct stet_chain *c,
                                     struct stet_buf *out,
                                     struct stet_error *err);

/* True if the certificate is of that host. */
bool stet_chain_is_of(const struct stet_chain *c, const char *host);

/*
 * Follows the chain to a root, as of a time.  STET_END: it does not lead
 * there; the error's text says why.  STET_ENOMEM.
 */
STET_NODISCARD int stet_chain_verify(const struct stet_chain *c,
                                     const struct stet_roots *roots,
                                     int64_t at_ms, struct stet_error *err);

/* What a time-stamp is worth. */
enum stet_stamp_verdict {
    STET_STAMP_GOOD,
    STET_STAMP_UNROOTED, /* right, but by whom we do not know */
    STET_STAMP_BAD,
};

/*
 * Holds a time-stamp token (DER, bare or in its response) against a text.
 * `chain` has the authority's certificates, besides those in the token.
 * The error's text says what is wrong.
 */
enum stet_stamp_verdict stet_stamp_verify(struct stet_span token,
                                          struct stet_span text,
                                          const struct stet_chain *chain,
                                          const struct stet_roots *roots,
                                          int64_t *when_ms,
                                          struct stet_error *err);

#endif
