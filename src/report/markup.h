#ifndef STET_REPORT_MARKUP_H
#define STET_REPORT_MARKUP_H

#include "base/buf.h"
#include "report/log.h"
#include "report/picture.h"
#include "report/shelf.h"

/*
 * Parts of the report's page.  All of them add to a buffer, whose status
 * tells what became of it; what pages said is escaped.
 */

/* As text or within double quotes. */
void stet_markup_text(struct stet_buf *out, struct stet_span s);

/* "1.7 MB" */
void stet_markup_size(struct stet_buf *out, int64_t bytes);

/* The colour class of a story by its marker: "ok", "off", "none". */
const char *stet_markup_verdict(const struct stet_sighting *seen);

enum { STET_MAX_GRAPH_NODES = 80 };

/*
 * The stories as a graph: seeds in the middle, what they call related in
 * rings around them.  More than STET_MAX_GRAPH_NODES are not drawn, and the
 * caption says so.  STET_ENOMEM.
 */
STET_NODISCARD int stet_markup_graph(struct stet_buf *out,
                                     const struct stet_shelf *s);

/* When stories were published, and when they were captured. */
void stet_markup_timeline(struct stet_buf *out, const struct stet_shelf *s);

#endif
