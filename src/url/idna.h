#ifndef STET_URL_IDNA_H
#define STET_URL_IDNA_H

#include "base/buf.h"

/*
 * Adds the ASCII form of a domain (URL Standard 3.3, domain to ASCII with
 * beStrict false; UTS #46 non-transitional).  STET_EFORMAT: it has none.
 */
int stet_idna_to_ascii(struct stet_buf *out, struct stet_span domain);

#endif
