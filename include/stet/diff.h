#ifndef STET_DIFF_H
#define STET_DIFF_H

/*
 * What has changed between two archives, or between two captures of a page
 * in one: facts of the articles, their text, and what the pages need.
 */

#include "stet/error.h"

enum stet_diff_kind {
    STET_DIFF_PAGE_GONE,      /* a page that only the first side has */
    STET_DIFF_PAGE_NEW,       /* ... the second */
    STET_DIFF_FACT,           /* `name`, as stet article calls it */
    STET_DIFF_TEXT_GONE,      /* a paragraph: `a` */
    STET_DIFF_TEXT_NEW,       /* ... `b` */
    STET_DIFF_NEEDED_GONE,    /* `name`: a URL the page no longer needs */
    STET_DIFF_NEEDED_NEW,     /* ... now needs */
    STET_DIFF_NEEDED_CHANGED, /* ... still needs, with other content */
};

/* "page-gone", "fact", ... */
STET_API const char *stet_diff_kind_name(enum stet_diff_kind k);

/* One difference; all of it is good during the call. */
struct stet_diff {
    enum stet_diff_kind kind;
    struct stet_span page; /* its URL */
    int64_t a_ms, b_ms;    /* the captures compared; INT64_MIN: none */
    struct stet_span name; /* see above; or empty */
    struct stet_span a, b; /* facts: JSON, ptr NULL: absent; texts */
};

/* STET_OK to go on, else that is the answer. */
typedef int (*stet_diff_fn)(void *ctx, const struct stet_diff *d);

struct stet_diff_options {
    const char *page; /* this URL alone; NULL: every page */
    bool has_from, has_to;
    int64_t from_ms, to_ms; /* the captures nearest to these; else of two
                               archives the newest, of one the first and the
                               last */
    stet_diff_fn on_diff;
    void *ctx;
};

struct stet_diff_result {
    uint64_t pages;   /* that both sides have, and that were compared */
    uint64_t changed; /* of these */
    uint64_t differences;
};

/*
 * Compares the pages (HTML documents with status 200) of `a` and `b`, which
 * are WARC files, folders of them or archive folders.  b NULL: two captures
 * of each page of `a`.  A revisit is what it refers to.  What pages need is
 * compared by the digests of the captures nearest in time.
 *
 * STET_ENOTFOUND: no such file, or the page is in neither.  STET_EIO,
 * STET_ENOMEM, STET_ELIMIT.
 */
STET_API STET_NODISCARD int stet_diff(const char *a, const char *b,
                                      const struct stet_diff_options *options,
                                      struct stet_diff_result *result,
                                      struct stet_error *err);

/* A WARC-Date or the digits of an index, as ms since 1970.  STET_EFORMAT. */
STET_API STET_NODISCARD int stet_diff_parse_time(int64_t *out,
                                                 struct stet_span text);

#endif
