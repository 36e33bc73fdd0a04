#ifndef STET_ERROR_H
#define STET_ERROR_H

/*
 * Errors.
 *
 * A function that can fail returns int: 0 is success, a negative value is
 * one of the codes below, and a positive value, where a function documents
 * one, is a success of another kind (STET_END: there is nothing more).
 *
 * A function whose failure a person will read takes a struct stet_error
 * as its last parameter.  It is untouched on success, may be NULL, and is
 * a plain value: it needs no freeing, and out of memory can be told in it.
 */

#include "stet/base.h"

#define STET_ERROR_CODES(X)                                    \
    X(STET_ENOMEM, -1, "out of memory")                        \
    X(STET_EIO, -2, "input/output error")                      \
    X(STET_EUSAGE, -3, "the call breaks the API's rules")      \
    X(STET_ELIMIT, -4, "a size limit was reached")             \
    X(STET_EFORMAT, -5, "the data is not in the right format") \
    X(STET_ETRUNC, -6, "the data ends too early")              \
    X(STET_ENOTFOUND, -7, "not found")                         \
    X(STET_ELOCKED, -8, "another process holds it")            \
    X(STET_EUNSUPPORTED, -9, "a kind that is not supported")

enum stet_code {
    STET_OK = 0,
    STET_END = 1,
#define STET_X(name, value, text) name = value,
    STET_ERROR_CODES(STET_X)
#undef STET_X
};

struct stet_error {
    int code;       /* enum stet_code */
    int sys;        /* errno at the fault, or 0 */
    char text[240]; /* one line, no full stop, no newline */
};

/* A fixed English line for a code; never NULL, not to be freed. */
STET_API const char *stet_strerror(int code);

/*
 * True if the program can no longer do its work (memory or disk gone).
 * Any other error spoils one page or one record, and work goes on.
 */
STET_API bool stet_is_fatal(int code);

#endif
