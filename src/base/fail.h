#ifndef STET_BASE_FAIL_H
#define STET_BASE_FAIL_H

#include "stet/error.h"

/*
 * Fills *err (if there is one) and returns the code, so that a fault is
 * told and passed up in one line:
 *
 *     return stet_fail(err, STET_EFORMAT, "no Content-Length");
 */
STET_PRINTF(3, 4)
int stet_fail(struct stet_error *err, int code, const char *fmt, ...);

/* The same with errno: sets err->sys and ends the text with its name. */
STET_PRINTF(3, 4)
int stet_fail_sys(struct stet_error *err, int code, const char *fmt, ...);

#endif
