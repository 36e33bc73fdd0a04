#ifndef STET_ARTICLE_SRCSET_H
#define STET_ARTICLE_SRCSET_H

#include "base/span.h"

/* One of the pictures that an element offers. */
struct stet_candidate {
    struct stet_span url; /* as written */
    uint32_t width;       /* in pixels, or a guess; 0: nothing known */
};

/* The next of a srcset attribute (HTML 4.8.4.2.1: image candidate strings),
 * *at being 0 at first; false: no more.  One without a descriptor has
 * width 0. */
bool stet_srcset_next(struct stet_candidate *out, struct stet_span srcset,
                      size_t *at);

/* False for what stands where a picture will be when a script has run. */
bool stet_candidate_is_real(struct stet_span url);

/* The width that a URL names (width=620&dpr=2, w_1200, /1200x630/, ...). */
uint32_t stet_candidate_width(struct stet_span url);

#endif
