#ifndef STET_PLAN_PLACE_H
#define STET_PLAN_PLACE_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * The parts of an http or https URL in its serialisation (URL Standard 4.5),
 * found without parsing it again: links are judged by the hundred a page.
 */
struct stet_place {
    struct stet_span host;  /* IPv6 with its brackets */
    struct stet_span port;  /* ":8080", or empty for the default one */
    struct stet_span path;  /* begins with '/' */
    struct stet_span query; /* without its '?' */
    bool has_query;
};

/* Spans of `url`.  False: another scheme, or not a serialised URL. */
bool stet_place_split(struct stet_place *out, struct stet_span url);

/* What people call one host: see stet_place_host_key(). */
enum {
    STET_MAX_HOST_KEY = 300, /* bytes; no name of DNS is longer than 253 */
};

/*
 * The host as a reader has it: http and https, and with and without a
 * leading "www.", are one site to those who link to it, so the key is the
 * host without "www." (where a dot is left in the rest) and without a final
 * dot, then the port if it is not the default one of its scheme.  Empty for
 * a host that is too long to exist.  In `room`, which the span points to.
 */
struct stet_span stet_place_host_key(char room[STET_MAX_HOST_KEY],
                                     const struct stet_place *p);

/*
 * The URL that the frontier knows a resource by: parsed and serialised (which
 * drops default ports, resolves dots and lower-cases the host), without user
 * and password and without the fragment, which servers never see.
 *
 * Nothing cleverer: to sort parameters, to drop some, to add or take a slash
 * or "www." is right on most sites and loses pages on the rest, and an
 * archive must hold what was asked for under the name that links have for
 * it.  Copies under many names are stored once by their digest; endless ones
 * are a matter of plan/trap.h.
 *
 * STET_EFORMAT (no URL, or not http or https), STET_ELIMIT, STET_ENOMEM.
 */
STET_NODISCARD int stet_place_normal(struct stet_buf *out, struct stet_span url,
                                     struct stet_error *err);

#endif
