#ifndef STET_BASE_DATE_H
#define STET_BASE_DATE_H

#include "base/span.h"

/*
 * Instants as milliseconds since 1970-01-01T00:00:00Z, and their spellings.
 * The years are 0 to 9999.
 */
enum {
    STET_DATE_TEXT_MAX = 32, /* room for any printed form and its NUL */
};

#define STET_NO_DATE INT64_MIN

struct stet_civil {
    int year, month, day; /* month and day from 1 */
    int hour, minute, second, ms;
};

/* Days since 1970-01-01 in the proleptic Gregorian calendar. */
int64_t stet_date_days(int year, int month, int day);
void stet_date_split(struct stet_civil *out, int64_t ms);
int64_t stet_date_join(const struct stet_civil *c);
int stet_date_month_days(int year, int month);

/* 2026-11-23T15:40:19.123Z */
void stet_date_print_ms(char out[STET_DATE_TEXT_MAX], int64_t ms);
/* 2026-11-23T15:40:19Z */
void stet_date_print_s(char out[STET_DATE_TEXT_MAX], int64_t ms);
/* 20261123154019, as CDXJ writes it */
void stet_date_print_14(char out[STET_DATE_TEXT_MAX], int64_t ms);
/* 20261123154019123, as WARC file names have it */
void stet_date_print_17(char out[STET_DATE_TEXT_MAX], int64_t ms);

/*
 * W3C-DTF as WARC-Date allows it (WARC 1.1 section 5.4): a year, month or
 * day alone, or with a time to the minute, second or a fraction, always Z.
 * The first instant of a coarse date.  STET_NO_DATE when it is not one.
 */
int64_t stet_date_parse_w3c(struct stet_span s);

/* 4 to 17 digits as in CDX lines, missing ones read as the earliest. */
int64_t stet_date_parse_digits(struct stet_span s);

#endif
