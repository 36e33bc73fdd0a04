#ifndef STET_REWRITE_DECLARE_H
#define STET_REWRITE_DECLARE_H

#include "base/buf.h"
#include "html/charset.h"

/*
 * Documents that say by themselves which charset they are in, for where no
 * HTTP header says it.
 */
enum stet_text_kind {
    STET_TEXT_NONE, /* not text, or text that nobody needs to be told of */
    STET_TEXT_HTML,
    STET_TEXT_XML, /* XHTML and SVG too */
    STET_TEXT_CSS,
    STET_TEXT_PLAIN, /* scripts as well */
};

/*
 * The charset of a document as a browser takes it; `label` is that of its
 * Content-Type.  What nothing tells: as stet_charset_detect() has it for HTML,
 * UTF-8 for XML, and _NONE for the others (that of the page that loads
 * them).  Only STET_ENOMEM.
 */
int stet_text_charset(struct stet_charset_guess *out, enum stet_text_kind kind,
                      struct stet_span content, struct stet_span label);

/* True if it must become UTF-8 before it is rewritten or can say what it is
 * in. */
bool stet_text_needs_recoding(const struct stet_charset_guess *g,
                              enum stet_text_kind kind);

/* Adds it as UTF-8 with a byte order mark. */
void stet_text_recode(struct stet_buf *out, const struct stet_charset_guess *g,
                      struct stet_span content);

/*
 * Adds the document, with what says its charset if it has to be said.  True if
 * that was added.  Want of memory shows in `out`.
 */
bool stet_text_declare(struct stet_buf *out, const struct stet_charset_guess *g,
                       enum stet_text_kind kind, struct stet_span content);

#endif
