#ifndef STET_CSS_TOKEN_H
#define STET_CSS_TOKEN_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * Tokens of a style sheet (CSS Syntax Level 3, section 4), as spans of the
 * source.  The input is never changed: CR, FF and CR LF count as newlines
 * where they stand, NUL as U+FFFD, and escapes are decoded on demand.
 *
 * The source must be ASCII-compatible; any byte from 0x80 up is part of a
 * name, as every non-ASCII code point is.
 */
enum stet_css_kind {
    STET_CSS_END,
    STET_CSS_SPACE,
    STET_CSS_COMMENT, /* not a token of the standard's; skip it */
    STET_CSS_IDENT,
    STET_CSS_FUNCTION, /* text: the name without '(' */
    STET_CSS_AT,       /* text: the name without '@' */
    STET_CSS_HASH,     /* text: the name without '#' */
    STET_CSS_STRING,   /* text: between the quotes */
    STET_CSS_BAD_STRING,
    STET_CSS_URL,     /* text: between url( and ), without white space */
    STET_CSS_BAD_URL, /* text: the same, up to the ')' it ends at */
    STET_CSS_NUMBER,
    STET_CSS_PERCENTAGE,
    STET_CSS_DIMENSION, /* text: the unit */
    STET_CSS_CDO,
    STET_CSS_CDC,
    STET_CSS_DELIM, /* text: one character; also : ; , ( ) [ ] { } */
};

struct stet_css_token {
    enum stet_css_kind kind;
    struct stet_span all;  /* the whole token */
    struct stet_span text; /* the part named above, escapes still in it */
    char mark;             /* DELIM: the character; strings: the quote */
    bool escaped;          /* text holds a backslash or a NUL */
    bool closed;           /* strings and urls: the end was there */
};

struct stet_css_lexer {
    const char *at, *end;
};

void stet_css_lexer_init(struct stet_css_lexer *x, struct stet_span css);

/* The next token; END again and again when there is no more. */
void stet_css_next(struct stet_css_lexer *x, struct stet_css_token *t);

/* Adds text with its escapes decoded (sections 4.3.5 and 4.3.7). */
void stet_css_unescape(struct stet_buf *out, struct stet_span text);

/* What writing a URL into a style sheet needs: `form` is the quote it
 * stands in, '"' or '\'', or '(' for a bare url( ). */
void stet_css_escape(struct stet_buf *out, struct stet_span url, char form);

#endif
