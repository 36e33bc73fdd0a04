#ifndef STET_ARTICLE_DATELINE_H
#define STET_ARTICLE_DATELINE_H

#include "article/day.h"
#include "article/facts.h"

/*
 * Dates in text that readers see.  The words before a date say what it is:
 * "Posted on", "veröffentlicht am", "公開" or "Updated", "Stand der
 * Änderung", "©".
 */
enum stet_dateline_role {
    STET_DATELINE_PLAIN,
    STET_DATELINE_PUBLISHED,
    STET_DATELINE_MODIFIED,
    STET_DATELINE_OTHER /* nothing to do with the story */
};

/* The role that the words in front of a date give it. */
enum stet_dateline_role stet_dateline_role(struct stet_span before);

/* Looks close around the headline.  Dates of the other role go to
 * `modified`; true if published was found. */
bool stet_dateline_near(struct stet_facts *f);

/* Gives a time that is told in UTC the zone in which text around the headline
 * tells the same minute. */
bool stet_dateline_localise(struct stet_facts *f, struct stet_day *d);

/* Is there a date in a short block between the headline and a time element
 * behind it?  Then it is the story's, and the time may be a comment's. */
bool stet_dateline_before(struct stet_facts *f, const xmlNode *time);

/* Looks further, for less and less: a date that words or an element's name
 * call that of publishing, one that begins the story, a short block that
 * holds one. */
void stet_dateline_far(struct stet_facts *f);

#endif
