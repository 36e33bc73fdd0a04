#ifndef STET_HTTP_LINK_H
#define STET_HTTP_LINK_H

#include "base/span.h"

/*
 * Values of particular header fields: Link (RFC 8288), dates (RFC 9110
 * section 5.6.7) and Retry-After (section 10.2.3).
 */
enum { STET_MAX_LINK_PARAMS = 16 }; /* of one link; further ones dropped */

struct stet_link_param {
    struct stet_span name;  /* as sent */
    struct stet_span value; /* within its quotes, escapes still there */
};

struct stet_link_value {
    struct stet_span target; /* between < and >, as sent, relative or not */
    struct stet_span rel;    /* the first rel: one or more, space-separated */
    size_t offset;           /* of the target in the value given first */
    struct stet_link_param params[STET_MAX_LINK_PARAMS];
    size_t n_params;
};

/*
 * Takes the next link of a Link field value from the front of *rest; `from`
 * is the start of the whole value, for offsets.  What is not a link is
 * passed over to the next comma.  False when there is none left.
 */
bool stet_link_next(struct stet_link_value *out, struct stet_span *rest,
                    const char *from);

/* A parameter (name in any case), its ptr NULL if there is none. */
struct stet_span stet_link_get(const struct stet_link_value *l,
                               const char *name);

/* True if `rel` has the relation, in any case. */
bool stet_link_has_rel(const struct stet_link_value *l, const char *rel);

/*
 * An HTTP-date in any of its three forms as milliseconds since 1970, or
 * STET_NO_DATE.  now_ms settles the century of two-digit years.
 */
int64_t stet_http_date_parse(struct stet_span s, int64_t now_ms);

enum { STET_HTTP_DATE_MAX = 32 };

/* Mon, 23 Nov 2026 15:40:19 GMT */
void stet_http_date_print(char out[STET_HTTP_DATE_MAX], int64_t ms);

/*
 * A Retry-After value as milliseconds from now: seconds or a date, never
 * negative (a date in the past is 0), at most max_ms; -1 when it is neither.
 */
int64_t stet_retry_after_parse(struct stet_span s, int64_t now_ms,
                               int64_t max_ms);

#endif
