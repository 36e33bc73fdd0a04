#ifndef STET_ARTICLE_AGE_H
#define STET_ARTICLE_AGE_H

#include "article/facts.h"

/*
 * What a marker, a publication date and the time of capture say together:
 * fills age_at_capture, the marker's verdict and published_no_later_than.
 * `guardian`: the marker stands where the Guardian's pages have theirs, so
 * that its rule (below) can be asked.
 */
void stet_age_judge(struct stet_facts *f, bool guardian);

/*
 * The Guardian's rule for an article of `age_ms`: years of 365 days,
 * months of 31, none before 30 days and a month.  False: no marker.
 */
bool stet_age_guardian(int64_t age_ms, int64_t *amount,
                       enum stet_article_unit *unit);

enum { STET_AGE_TEXT = 32 };
/* "P6Y302D": whole calendar years, then days; "" if to is before from. */
size_t stet_age_print(char out[STET_AGE_TEXT], int64_t from_ms, int64_t to_ms);

/* An instant so many units earlier, in calendar years and months. */
int64_t stet_age_before(int64_t ms, int64_t amount,
                        enum stet_article_unit unit);

#endif
