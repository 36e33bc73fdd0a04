#ifndef STET_HTTP_MIME_H
#define STET_HTTP_MIME_H

#include "base/arena.h"
#include "base/buf.h"
#include "http/message.h"

/*
 * Media types as browsers read them: the WHATWG MIME Sniffing standard for
 * parsing, printing and looking at bytes.
 */
enum {
    STET_MAX_MIME = 8 * 1024,     /* a type with its parameters */
    STET_MAX_MIME_PARAMS = 64,    /* further ones are dropped */
    STET_MIME_SNIFF_BYTES = 1445, /* of a body is what sniffing looks at */
};

struct stet_mime_param {
    struct stet_span name;  /* lower case */
    struct stet_span value; /* unquoted */
};

struct stet_mime {
    struct stet_arena arena;
    struct stet_span essence; /* "text/html", lower case */
    struct stet_span type;    /* "text" */
    struct stet_span subtype; /* "html" */
    struct stet_mime_param *params;
    size_t n_params;
};

void stet_mime_init(struct stet_mime *m);
void stet_mime_clear(struct stet_mime *m);

/*
 * Parses a media type (mimesniff section 4.4).  STET_EFORMAT: it is none;
 * STET_ENOMEM, STET_ELIMIT.  *m is initialised, and empty after a failure.
 */
STET_NODISCARD int stet_mime_parse(struct stet_mime *m, struct stet_span text);

/*
 * The type that a message's Content-Type fields give (Fetch, "extract a
 * MIME type": the last valid one, charset inherited).  STET_EFORMAT: none.
 */
STET_NODISCARD int stet_mime_of_head(struct stet_mime *m,
                                     const struct stet_head *head);

/* A parameter's value, its ptr NULL if there is none. */
struct stet_span stet_mime_get(const struct stet_mime *m, const char *name);

/* Adds it as section 4.5 serialises it. */
void stet_mime_print(const struct stet_mime *m, struct stet_buf *out);

/* What stet does with a type. */
enum stet_mime_kind {
    STET_MIME_OTHER,
    STET_MIME_HTML, /* text/html, application/xhtml+xml */
    STET_MIME_CSS,
    STET_MIME_SCRIPT, /* the JavaScript types */
    STET_MIME_JSON,   /* also +json */
    STET_MIME_XML,    /* also +xml, RSS and Atom; not XHTML, not SVG */
    STET_MIME_IMAGE,  /* also SVG */
    STET_MIME_FONT,
    STET_MIME_AUDIO,
    STET_MIME_VIDEO,
    STET_MIME_TEXT, /* any other text */
};

/* By essence alone ("text/html"), in any case. */
enum stet_mime_kind stet_mime_kind_of(struct stet_span essence);

/*
 * The essence of a body's first bytes when the server names no type
 * (mimesniff section 7.1), a constant string: at worst "text/plain" or
 * "application/octet-stream".  Without `scriptable`, never HTML, XML, PDF.
 */
const char *stet_mime_sniff(struct stet_span bytes, bool scriptable);

/*
 * The type a browser would use (section 7, "computed MIME type"): sniffed
 * when none is given or it is unknown, text/plain of Apache's old default
 * told from binary, an image or audio type put right by its signature, and
 * text/html that is a feed seen as one; the given essence otherwise.
 * `content_type` is the field value as sent, ptr NULL when there is none;
 * `no_sniff` is X-Content-Type-Options: nosniff.  The essence goes to *out.
 */
STET_NODISCARD int stet_mime_compute(struct stet_buf *out,
                                     struct stet_span content_type,
                                     bool no_sniff, struct stet_span bytes);

/* Only the signatures of one family; NULL when none matches. */
const char *stet_mime_sniff_image(struct stet_span bytes);
const char *stet_mime_sniff_media(struct stet_span bytes);
const char *stet_mime_sniff_font(struct stet_span bytes);
const char *stet_mime_sniff_archive(struct stet_span bytes);

#endif
