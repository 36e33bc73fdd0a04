#ifndef STET_REWRITE_USE_H
#define STET_REWRITE_USE_H

#include "base/buf.h"
#include "base/map.h"

/*
 * Elements that a document takes from other SVG files, copied into it under
 * names of their own: "icon" of the first file becomes "stet-1-icon", with
 * all that it refers to in that file.
 */
struct stet_uses {
    int (*read)(void *ctx, struct stet_span url, struct stet_span *text);
    void *ctx;
    struct stet_map files; /* URL of a file; its place is its number */
    struct stet_map names; /* "stet-1-icon": those wanted; value if there */
    struct stet_buf elements;
};

/* Allocates nothing.  `read` is that of struct stet_mirror_document. */
void stet_uses_init(struct stet_uses *u,
                    int (*read)(void *ctx, struct stet_span url,
                                struct stet_span *text),
                    void *ctx);
void stet_uses_clear(struct stet_uses *u);

/*
 * Copies the element that url and fragment ("#icon") name.  *name is what it
 * is called here, until the next call, or empty when it cannot be had.
 * STET_ENOMEM, or what read returned (but for STET_ENOTFOUND).
 */
STET_NODISCARD int stet_uses_put(struct stet_uses *u, struct stet_span url,
                                 struct stet_span fragment,
                                 struct stet_span *name);

/* Adds the element that holds the copies, if there are any; ASCII. */
void stet_uses_print(const struct stet_uses *u, struct stet_buf *out);

#endif
