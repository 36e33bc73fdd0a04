#ifndef STET_INDEX_POST_H
#define STET_INDEX_POST_H

#include "base/buf.h"
#include "base/span.h"
#include "stet/error.h"

/*
 * Requests with a body as part of a key: what pywb, cdxj-indexer and wabac
 * put behind the URL of a POST or PUT, so that each can be found again.
 */
struct stet_post {
    struct stet_span method; /* as sent */
    struct stet_span type;   /* Content-Type, or empty */
    struct stet_span length; /* Content-Length; ptr NULL: there is none */
    struct stet_span body;   /* without transfer coding */
};

enum {
    STET_MAX_POST_BODY = 1 << 20, /* more of it is not looked at */
    STET_MAX_POST_QUERY = 4096,   /* characters; the rest is cut */
};

/*
 * Adds what the body says as a query: of a form its text, unescaped; of
 * JSON and multipart name=value pairs, "name.2_" for a name that was there;
 * anything else as __wb_post_data= and Base64.  Adds nothing for other
 * methods than POST and PUT, for a length that is no number, and for broken
 * JSON.  STET_ENOMEM, STET_ELIMIT.
 */
STET_NODISCARD int stet_post_query(struct stet_buf *out,
                                   const struct stet_post *post);

/* Adds "?__wb_method=METHOD&QUERY" behind a URL that is in *out, or '&'
 * where it has a query.  Errors latch. */
void stet_post_append(struct stet_buf *out, struct stet_span method,
                      struct stet_span query);

#endif
