#ifndef STET_FETCH_POST_H
#define STET_FETCH_POST_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * One question to a service that the user has named: JSON goes there, and
 * an answer comes back.  Nothing of it is archived, and no guard stands
 * before it: a service of one's own may well be on this machine.
 */
struct stet_post_options {
    const char *url;        /* http or https */
    const char *token;      /* "Authorization: Bearer TOKEN"; NULL: none */
    const char *cacert;     /* PEM file; NULL: the system's */
    const char *user_agent; /* NULL: libcurl's none */
    long timeout_ms;        /* 0: 60,000 */
};

/*
 * Posts the body as application/json and adds the answer's body to *out, up
 * to its max.  STET_EIO: nobody answers, or with another status than 200,
 * which the error's text says.  STET_EUSAGE: no URL to post to.  STET_ELIMIT,
 * STET_ENOMEM.
 */
STET_NODISCARD int stet_fetch_post(const struct stet_post_options *o,
                                   struct stet_span body, struct stet_buf *out,
                                   struct stet_error *err);

#endif
