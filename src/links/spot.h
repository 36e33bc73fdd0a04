#ifndef STET_LINKS_SPOT_H
#define STET_LINKS_SPOT_H

#include "html/charset.h"
#include "stet/links.h"

/*
 * Where a piece of text lies in the source, so that the place of any part
 * of it can be told even when character references were decoded.
 */
struct stet_links_spot {
    struct stet_span text;   /* decoded */
    uint64_t offset, length; /* of its source bytes */
    enum stet_link_place place;
    bool verbatim;             /* source bytes and text are the same */
    struct stet_span raw;      /* the source bytes; ptr NULL: not at hand */
    enum stet_charset charset; /* of raw */
    size_t at_text, at_raw;    /* how far parts were looked for */
};

/* Text that stands in the source as it is. */
void stet_links_spot_verbatim(struct stet_links_spot *s, struct stet_span text,
                              uint64_t offset);

/*
 * Fills l->offset, length and place for a part of s->text.  Parts must come
 * in order; then all of them together take linear time.
 */
void stet_links_spot_locate(struct stet_links_spot *s, struct stet_span part,
                            struct stet_link *l);

#endif
