#ifndef STET_ARTICLE_STATE_H
#define STET_ARTICLE_STATE_H

#include "article/day.h"
#include "article/facts.h"

/*
 * What a page's inline scripts say: the state that a program starts from
 * (__NEXT_DATA__, window.guardian, Fusion.globalContent, drupalSettings,
 * dataLayer and the like).  They are read as text: the state stands in
 * JSON, in JSON inside strings, and in code.
 */

/* The first value of a key that names the day of publishing. */
bool stet_state_published(const struct stet_facts *f, struct stet_day *out);

/*
 * Gives a time that is told in UTC the zone in which a script tells the
 * same second: "02:25:54Z" is "21:25:54-05:00" of the day before.  Where a
 * script tells a local time without a zone, a whole number of quarters of
 * an hour away, the difference is the zone.
 */
bool stet_state_localise(const struct stet_facts *f, struct stet_day *d);

/* If both are the same second and `local` is in a zone of its own, or tells
 * none and is up to 14 hours away: *d becomes the local time. */
bool stet_state_same(struct stet_day *d, const struct stet_day *local);

#endif
