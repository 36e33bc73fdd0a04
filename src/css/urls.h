#ifndef STET_CSS_URLS_H
#define STET_CSS_URLS_H

#include "css/token.h"

/*
 * The URLs a style sheet (or the value of a style attribute) loads:
 * url(), src(), image-set() and image() with strings, and @import in all
 * its forms.  @namespace names nothing that is loaded and is left out, and
 * so are bad-url tokens, which no browser fetches.
 */
enum stet_css_use {
    STET_CSS_USE_IMPORT,
    STET_CSS_USE_FONT,  /* inside @font-face */
    STET_CSS_USE_IMAGE, /* any other property */
    STET_CSS_USE_OTHER, /* filter, clip-path, behavior, -moz-binding */
};

struct stet_css_url {
    enum stet_css_use use;
    char form;             /* '"' or '\'': in a string; '(': bare */
    struct stet_span text; /* of the source; see stet_css_unescape() */
    bool escaped;          /* text needs unescaping */
};

/* Anything but 0 stops the search and is returned by it. */
typedef int (*stet_css_url_fn)(void *ctx, const struct stet_css_url *u);

int stet_css_urls(struct stet_span css, stet_css_url_fn fn, void *ctx);

#endif
