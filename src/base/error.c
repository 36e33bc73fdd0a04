#include "base/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *stet_strerror(int code)
{
    switch (code) {
    case STET_OK:
        return "success";
    case STET_END:
        return "nothing more";
#define STET_X(name, value, text) \
    case name:                    \
        return text;
        STET_ERROR_CODES(STET_X)
#undef STET_X
    default:
        return "unknown error";
    }
}

bool stet_is_fatal(int code)
{
    return code == STET_ENOMEM || code == STET_EIO;
}

/* Whoever was at it: that memory was wanting is what the reader must know. */
static void tell_of_memory(struct stet_error *err)
{
    static const char words[] = ": out of memory";
    size_t used = strlen(err->text);

    if (strstr(err->text, "memory"))
        return;
    if (used > sizeof(err->text) - sizeof(words))
        used = sizeof(err->text) - sizeof(words);
    memcpy(err->text + used, words, sizeof(words));
}

STET_PRINTF(4, 0)
static void set_text(struct stet_error *err, int code, int sys, const char *fmt,
                     va_list ap)
{
    err->code = code;
    err->sys = sys;
    vsnprintf(err->text, sizeof(err->text), fmt, ap);
    if (code == STET_ENOMEM)
        tell_of_memory(err);
}

int stet_fail(struct stet_error *err, int code, const char *fmt, ...)
{
    if (err) {
        va_list ap;
        va_start(ap, fmt);
        set_text(err, code, 0, fmt, ap);
        va_end(ap);
    }
    return code;
}

int stet_fail_sys(struct stet_error *err, int code, const char *fmt, ...)
{
    int sys = errno;

    if (err) {
        va_list ap;
        va_start(ap, fmt);
        set_text(err, code, sys, fmt, ap);
        va_end(ap);
        size_t used = strlen(err->text);
        snprintf(err->text + used, sizeof(err->text) - used, ": %s",
                 strerror(sys));
    }
    return code;
}
