#ifndef STET_REWRITE_ESCAPE_H
#define STET_REWRITE_ESCAPE_H

#include "base/buf.h"
#include "stet/links.h"

/*
 * Adds a URL as it must be written where a link stands: first for the
 * syntax (CSS, JSON, srcset …), then for what that lies in (an attribute,
 * XML).  `work` is scratch.  Whatever is not URL-like ASCII is
 * percent-encoded first, so that no URL can end what it stands in.
 */
void stet_rewrite_escape(struct stet_buf *out, struct stet_buf *work,
                         const struct stet_link *l, struct stet_span url);

/* Adds any UTF-8 as the value of an attribute with that quote, or 0; ASCII
 * only, so that the document's encoding does not matter. */
void stet_rewrite_add_attr(struct stet_buf *out, struct stet_span text,
                           char quote);

/* True for JSON that no browser loads anything by (JSON-LD and the like):
 * ready maps leave it as the publisher wrote it. */
bool stet_rewrite_is_data(const struct stet_link *l);

#endif
