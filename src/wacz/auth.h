#ifndef STET_WACZ_AUTH_H
#define STET_WACZ_AUTH_H

#include "sign/chain.h"
#include "json/json.h"

/*
 * The signature of a WACZ file, as wacz-auth 0.1.0 has it: `signedData` of
 * datapackage-digest.json, anonymous (a public key) or of a domain (its
 * certificate, and a time-stamp).
 */
enum stet_auth_problem {
    STET_AUTH_SHAPE,     /* members are missing, or have no good form */
    STET_AUTH_SIGNATURE, /* it is not that of the hash */
    STET_AUTH_DOMAIN,    /* the certificate is not of the domain */
    STET_AUTH_TRUST,     /* a certificate leads to no root that we trust */
    STET_AUTH_TIME,      /* the time-stamp is not right, or of another time */
    STET_AUTH_UNROOTED,  /* the time-stamp is right, but by whom? */
};

typedef void (*stet_auth_fn)(void *ctx, enum stet_auth_problem p,
                             const char *text);

/*
 * Verifies: the steps of the specification, from the shape on.  `hash` is
 * "sha256:" and the hex digits of datapackage.json.  STET_ENOMEM; what is
 * wrong is told.
 */
STET_NODISCARD int stet_auth_verify(const struct stet_json_value *signed_data,
                                    struct stet_span hash,
                                    const struct stet_roots *roots,
                                    stet_auth_fn on_problem, void *ctx,
                                    struct stet_error *err);

#endif
