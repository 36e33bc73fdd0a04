#ifndef STET_REPORT_SHELF_H
#define STET_REPORT_SHELF_H

#include "base/arena.h"
#include "base/map.h"
#include "stet/error.h"

/*
 * The stories of an archive, read from its page lists: what each said of
 * itself at every capture.
 */
enum {
    STET_MAX_SHELF_BYTES = 1 << 30, /* all that is kept of them */
    STET_MAX_PAGE_LINE = 32 << 20,
    STET_MAX_STORY_PICTURES = 16, /* files of the lead picture that count */
};

/* One capture of a story.  Spans are empty for what was not said. */
struct stet_sighting {
    int64_t time_ms;
    struct stet_span time; /* RFC 3339 */
    struct stet_span headline, byline, published, published_source, modified;
    struct stet_span age, marker, marker_kind, verdict, fingerprint;
    struct stet_span same_as; /* the URL that had its text first */
    struct stet_span caption, credit;
    struct stet_span *pictures; /* files of the lead picture */
    size_t n_pictures;
    struct stet_span *related; /* URLs */
    size_t n_related;
};

struct stet_story {
    struct stet_span url;
    bool seed;                   /* of any run */
    struct stet_story *original; /* whose text it has; NULL: its own */
    struct stet_sighting *seen;  /* by time */
    size_t n_seen, cap_seen;
};

struct stet_shelf {
    struct stet_story **list; /* in the order of the lists */
    size_t len, cap;
    struct stet_map urls; /* URL -> struct stet_story */
    struct stet_arena arena;
};

/* Allocates nothing. */
void stet_shelf_init(struct stet_shelf *s);
void stet_shelf_clear(struct stet_shelf *s);

/* Adds those of an archive folder.  STET_ENOTFOUND: it has no page list;
 * STET_EIO, STET_ENOMEM, STET_ELIMIT.  Lines that are none of a page are
 * passed by. */
STET_NODISCARD int stet_shelf_read(struct stet_shelf *s, const char *archive,
                                   struct stet_error *err);

/* Sorts by date of publication, those without one last, then by URL; what
 * has the text of another story comes behind that, its original. */
void stet_shelf_sort(struct stet_shelf *s);

/* NULL: it is none of them. */
struct stet_story *stet_shelf_find(const struct stet_shelf *s,
                                   struct stet_span url);

/* The newest capture. */
const struct stet_sighting *stet_story_newest(const struct stet_story *s);

/* When it was published, ms; INT64_MAX: not known. */
int64_t stet_story_published_ms(const struct stet_story *s);

#endif
