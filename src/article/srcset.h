#ifndef STET_ARTICLE_SRCSET_H
#define STET_ARTICLE_SRCSET_H

#include "base/span.h"
#include "dom/dom.h"

/*
 * The largest of the pictures that an element offers.
 */
struct stet_candidate {
    struct stet_span url; /* as written */
    uint32_t width;       /* in pixels, or a guess; 0: nothing known */
};

/* The largest of a srcset attribute (HTML 4.8.4.2.1: image candidate
 * strings); one without a descriptor has the width its URL speaks of. */
void stet_srcset_best(struct stet_candidate *best, struct stet_span srcset);

/* Replaces *best by url if that is larger.  width 0: look into the URL. */
void stet_candidate_offer(struct stet_candidate *best, struct stet_span url,
                          uint32_t width);

/* The width that a URL names (width=620&dpr=2, w_1200, /1200x630/, ...). */
uint32_t stet_candidate_width(struct stet_span url);

#endif
