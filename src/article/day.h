#ifndef STET_ARTICLE_DAY_H
#define STET_ARTICLE_DAY_H

#include "base/date.h"
#include "stet/article.h"

/* A date as a page writes it. */
struct stet_day {
    struct stet_civil at; /* in the page's own zone */
    bool has_time, has_zone;
    int zone_min; /* east of Greenwich */
};

/*
 * Reads a date at the start of s: ISO 8601 in its usual forms, RFC 2822,
 * seconds or milliseconds since 1970 (10 or 13 digits, if that is all),
 * "12 March 2024", "March 12, 2024", "2024. március 12.", "2024年3月12日"
 * and the like with a time or without, month names in the languages of month.c.
 * Years from 1600 to 2099. *used is how many bytes were read.  False: no date
 * there.
 */
bool stet_day_parse(struct stet_day *out, struct stet_span s, size_t *used);

/* The same anywhere in s, but from 1990 on; `numeric` takes 12.03.2024 and
 * 12/03/2024 too, day first unless that cannot be, or month_first;
 * `short_year` takes 12.03.24, and 24/03/24 where one of the first two
 * numbers is no month. */
struct stet_day_options {
    bool numeric, month_first, short_year;
};
bool stet_day_find(struct stet_day *out, struct stet_span s,
                   const struct stet_day_options *o);

/* The next such date: at->end says where to begin, 0 at first; then both
 * say where the date stands. */
struct stet_day_place {
    size_t start, end;
};
bool stet_day_next(struct stet_day *out, struct stet_span s,
                   const struct stet_day_options *o, struct stet_day_place *at);

/* A day since 1990 in a URL's path: /2024/03/12/, /2024-03-12, /20240312, and
 * with English month names /2024/mar/12/. */
bool stet_day_of_path(struct stet_day *out, struct stet_span path);

int64_t stet_day_ms(const struct stet_day *d); /* UTC */

/* RFC 3339, or YYYY-MM-DD if it has no time or no zone. */
enum { STET_DAY_TEXT = 40 };
size_t stet_day_print(char out[STET_DAY_TEXT], const struct stet_day *d);

/* The number, 1 to 12, of the month name that s begins with, and its
 * length (with a full stop behind it); 0 if none. */
int stet_month_of(struct stet_span s, size_t *len);

#endif
