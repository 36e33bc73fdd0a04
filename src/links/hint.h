#ifndef STET_LINKS_HINT_H
#define STET_LINKS_HINT_H

#include "stet/base.h"

/* What the name of a JSON member says of the URLs in its value. */
enum stet_links_hint {
    STET_HINT_UNKNOWN, /* nobody asked yet */
    STET_HINT_NONE,
    STET_HINT_NEVER, /* not a link: a vocabulary, a pattern */
    STET_HINT_URL,   /* "url", "src": what the member around it says */
    STET_HINT_IMAGE,
    STET_HINT_MEDIA,
    STET_HINT_FRAME,
    STET_HINT_RELATED,
    STET_HINT_PAGE,
    STET_HINT_SCRIPT,
    STET_HINT_ID, /* "@id": a name that is often, but not always, a URL */
};

/* By the words publishers use; never _UNKNOWN. */
enum stet_links_hint stet_links_hint_of(struct stet_span key);

#endif
