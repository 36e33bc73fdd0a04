#ifndef STET_BASE_H
#define STET_BASE_H

/*
 * What every public header needs: the version, borrowed and owned bytes,
 * and the compiler's help in keeping promises.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STET_VERSION "0.1.0"

#if defined(__GNUC__)
#define STET_API               __attribute__((visibility("default")))
#define STET_NODISCARD         __attribute__((warn_unused_result))
#define STET_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define STET_API
#define STET_NODISCARD
#define STET_PRINTF(fmt, args)
#endif

/*
 * A span is borrowed bytes: it never owns, is never NUL-terminated, and
 * dies with whatever it points into.  Pass it by value.
 */
struct stet_span {
    const char *ptr;
    size_t len;
};

/* From a string literal: as an initializer, and as a value. */
#define STET_SPAN_INIT(lit)     \
    {                           \
        "" lit, sizeof(lit) - 1 \
    }
#define STET_SPAN(lit) ((struct stet_span)STET_SPAN_INIT(lit))

/*
 * Owned bytes that a function of this library hands out: NUL-terminated
 * (the NUL is not counted), the caller's until stet_bytes_clear().
 */
struct stet_bytes {
    char *data; /* NULL when there is nothing */
    size_t len;
};

/* Frees what *b owns and empties it; an empty one is fine. */
STET_API void stet_bytes_clear(struct stet_bytes *b);

#endif
