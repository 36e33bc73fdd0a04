#ifndef STET_PLUMB_H
#define STET_PLUMB_H

#include "stet/error.h"

/*
 * Plumbing: each stage of the library as one JSON object in, one JSON
 * object out, so that it can be used and tested from any language.
 */

enum {
    STET_MAX_PLUMB_LINE = 64 << 20, /* bytes of a question */
    STET_MAX_PLUMB_OUT = 256 << 20, /* bytes of an answer */
};

/*
 * Answers one line.  `stage` is url, tokens, links, article, rewrite or
 * robots; the members of question and answer are those of stet-STAGE(1).
 * A text member may stand as a string, as {"b64":"…"}, or under its name
 * with _b64 added.  The answer repeats the question's id, whatever it is,
 * and ends without a '\n'.
 *
 * A question that cannot be answered is answered too: {"id":…,"error":…}
 * and STET_OK.  STET_EUSAGE: there is no such stage.  STET_ENOMEM.
 */
STET_API int stet_plumb_answer(struct stet_bytes *out, const char *stage,
                               struct stet_span line, struct stet_error *err);

#endif
