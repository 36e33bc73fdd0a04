#ifndef STET_PLAN_FORMER_H
#define STET_PLAN_FORMER_H

#include "base/arena.h"
#include "base/uuid.h"

/*
 * What an archive has of a URL from earlier runs: a whole response, so that
 * the server need only say whether it is still that, or need not be asked.
 */
enum {
    STET_MAX_VALIDATOR = 1024,       /* a longer one is not sent back */
    STET_MAX_FORMER_BYTES = 8 << 20, /* all its texts */
};

struct stet_former {
    bool fresh;     /* new enough not to be asked for */
    int64_t now_ms; /* when that was found; wall clock */

    /* The response itself: where it lies, and what it is. */
    struct stet_span file; /* in archive/ */
    uint64_t offset;
    struct stet_span url;
    int64_t date_ms;
    char record_id[STET_UUID_TEXT_MAX];
    struct stet_span digest; /* of the entity, printed; "" for none */
    int status;
    bool chunked;

    /* What the server is asked with, once the response was looked at. */
    struct stet_span etag, last_modified; /* "": it has none */

    struct stet_arena text; /* what the spans point to */
};

/* One with nothing in it; NULL: no memory. */
struct stet_former *stet_former_new(void);
void stet_former_free(struct stet_former *f); /* NULL is fine */

/* How a target came to be done.  Databases hold the numbers. */
enum stet_came {
    STET_CAME_ANEW = 0,      /* with a body of its own, or not at all */
    STET_CAME_KNOWN = 1,     /* with a body that the archive had */
    STET_CAME_UNCHANGED = 2, /* as 304: its former response still holds */
    STET_CAME_FRESH = 3,     /* not asked for: that is new enough */
};

static inline bool stet_came_is_revisit(enum stet_came c)
{
    return c == STET_CAME_KNOWN || c == STET_CAME_UNCHANGED;
}

#endif
