#ifndef STET_SIGN_KEY_H
#define STET_SIGN_KEY_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * Signatures of ECDSA over SHA-256, as a WACZ file carries them.
 */
struct stet_key; /* a private key on the curve P-384 */

/*
 * Opens the key in a PEM file.  One that is not there is made, with the
 * folders above it, readable by its owner alone (0600).  STET_EFORMAT: there
 * is another thing in it.  STET_EIO, STET_ENOMEM.
 */
STET_NODISCARD int stet_key_open(struct stet_key **out, const char *path,
                                 struct stet_error *err);
void stet_key_free(struct stet_key *k);

/* Adds the public key (SubjectPublicKeyInfo, DER). */
STET_NODISCARD int stet_key_public(const struct stet_key *k,
                                   struct stet_buf *out,
                                   struct stet_error *err);

/* Adds the signature of a text in the form of IEEE P1363: r, then s, of 48
 * bytes each, as browsers' WebCrypto writes and reads it. */
STET_NODISCARD int stet_key_sign(const struct stet_key *k,
                                 struct stet_span text, struct stet_buf *out,
                                 struct stet_error *err);

/*
 * Holds a signature of a text against a public key (SubjectPublicKeyInfo,
 * DER).  Of ECDSA both forms are taken, DER and P1363.  STET_END: it is not
 * right.  STET_EFORMAT: no key.  STET_ENOMEM.
 */
STET_NODISCARD int stet_key_verify(struct stet_span public_key,
                                   struct stet_span text,
                                   struct stet_span signature,
                                   struct stet_error *err);

#endif
