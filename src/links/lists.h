#ifndef STET_LINKS_LISTS_H
#define STET_LINKS_LISTS_H

#include "links/parts.h"

/*
 * Files that are lists of links.
 */

/* A playlist (RFC 8216): segments, playlists, keys, maps. */
STET_NODISCARD int stet_links_hls(struct stet_links_out *out,
                                  struct stet_links_spot *s);

/* A sitemap of one URL a line: `text` is the spot's, or its end. */
STET_NODISCARD int stet_links_lines(struct stet_links_out *out,
                                    struct stet_links_spot *s,
                                    struct stet_span text);

/*
 * xml.c: XML that names resources in elements and attributes: sitemaps and
 * sitemap indexes (sitemaps.org, with its image, video and news extensions;
 * what begins without a tag is read as lines), RSS 0.9 to 2.0, RDF, Atom (RFC
 * 4287), DASH (ISO 23009-1).  The kind says how elements are understood; what
 * turns out to be another one of them is read as that.
 */
STET_NODISCARD int stet_links_xml(struct stet_links_out *out,
                                  struct stet_links_spot *s,
                                  enum stet_links_type kind);

#endif
