#ifndef STET_PACK_SIGNER_H
#define STET_PACK_SIGNER_H

#include "stet/pack.h"
#include "json/write.h"

/*
 * Writes "signedData" into the object under way: the hash, signed with a
 * key of ours or by a service, as wacz-auth 0.1.0 has it.  Nothing when no
 * signature is asked for.  What a service answers is verified first.
 * STET_EFORMAT: it is no such signature.  STET_EIO, STET_ENOMEM.
 */
STET_NODISCARD int stet_pack_sign(struct stet_json_writer *w,
                                  const struct stet_pack_options *o,
                                  struct stet_span hash,
                                  struct stet_error *err);

#endif
