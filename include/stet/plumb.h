#ifndef STET_PLUMB_H
#define STET_PLUMB_H

#include "stet/error.h"

/*
 * Plumbing: each stage of the library as a question and its answer, so that
 * it can be used and tested from any language.  The stages are url, tokens,
 * links, article, rewrite and robots; what they ask for and answer is in
 * stet-STAGE(1).
 */

enum {
    STET_MAX_PLUMB_LINE = 64 << 20, /* bytes of a question */
    STET_MAX_PLUMB_OUT = 512 << 20, /* bytes of an answer */
};

/*
 * Answers a question that is one JSON object.  A text member may stand as a
 * string, as {"b64":"…"}, or under its name with _b64 added.  The answer,
 * one JSON object without a '\n', repeats the question's id, whatever it is.
 *
 * A question that cannot be answered is answered too: {"id":…,"error":…}
 * and STET_OK.  STET_EUSAGE: there is no such stage.  STET_ENOMEM.
 */
STET_API int stet_plumb_answer(struct stet_bytes *out, const char *stage,
                               struct stet_span line, struct stet_error *err);

/* A member of a question.  A flag is any value but an empty one. */
struct stet_plumb_field {
    const char *name;
    struct stet_span value; /* ptr NULL: not there */
};

/* One line of an answer, without its '\n', good until it returns.  Anything
 * but 0 stops the answer and is what stet_plumb_ask() returns. */
typedef int (*stet_plumb_line_fn)(void *ctx, struct stet_span line);

/*
 * Answers a question in parts: `links` a line a link, `tokens` a line a
 * token, `rewrite` the document itself, the others one line.  Errors are
 * returned; STET_END: the one line says what is wrong (url).
 */
STET_API int stet_plumb_ask(const char *stage,
                            const struct stet_plumb_field *fields, size_t n,
                            stet_plumb_line_fn fn, void *ctx,
                            struct stet_error *err);

#endif
