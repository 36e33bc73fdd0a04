#include "base/date.h"

#include "base/ascii.h"

#include <inttypes.h>
#include <stdio.h>

enum { MS_PER_DAY = 86400000 };

/* Years counted from March, so that the leap day is the last of its year. */
int64_t stet_date_days(int year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year =
        (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           719468;
}

int stet_date_month_days(int year, int month)
{
    static const int days[] = {
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
    };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

void stet_date_split(struct stet_civil *out, int64_t ms)
{
    int64_t days = ms / MS_PER_DAY - (ms % MS_PER_DAY < 0);
    int64_t rest = ms - days * MS_PER_DAY;
    int64_t z = days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t of_era = z - era * 146097;
    int64_t y =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;

    out->day = (int)(of_year - (153 * m + 2) / 5 + 1);
    out->month = (int)(m < 10 ? m + 3 : m - 9);
    out->year = (int)(y + era * 400 + (m >= 10));
    out->hour = (int)(rest / 3600000);
    out->minute = (int)(rest / 60000 % 60);
    out->second = (int)(rest / 1000 % 60);
    out->ms = (int)(rest % 1000);
}

int64_t stet_date_join(const struct stet_civil *c)
{
    return stet_date_days(c->year, c->month, c->day) * MS_PER_DAY +
           c->hour * INT64_C(3600000) + c->minute * INT64_C(60000) +
           c->second * INT64_C(1000) + c->ms;
}

void stet_date_print_ms(char out[STET_DATE_TEXT_MAX], int64_t ms)
{
    struct stet_civil c;

    stet_date_split(&c, ms);
    snprintf(out, STET_DATE_TEXT_MAX, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
             c.year, c.month, c.day, c.hour, c.minute, c.second, c.ms);
}

void stet_date_print_s(char out[STET_DATE_TEXT_MAX], int64_t ms)
{
    struct stet_civil c;

    stet_date_split(&c, ms);
    snprintf(out, STET_DATE_TEXT_MAX, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year,
             c.month, c.day, c.hour, c.minute, c.second);
}

void stet_date_print_14(char out[STET_DATE_TEXT_MAX], int64_t ms)
{
    struct stet_civil c;

    stet_date_split(&c, ms);
    snprintf(out, STET_DATE_TEXT_MAX, "%04d%02d%02d%02d%02d%02d", c.year,
             c.month, c.day, c.hour, c.minute, c.second);
}

void stet_date_print_17(char out[STET_DATE_TEXT_MAX], int64_t ms)
{
    struct stet_civil c;

    stet_date_split(&c, ms);
    snprintf(out, STET_DATE_TEXT_MAX, "%04d%02d%02d%02d%02d%02d%03d", c.year,
             c.month, c.day, c.hour, c.minute, c.second, c.ms);
}

/* Takes n digits off the front of *s. */
static bool take_number(struct stet_span *s, size_t n, int *out)
{
    int value = 0;

    if (s->len < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!stet_is_digit((unsigned char)s->ptr[i]))
            return false;
        value = value * 10 + (s->ptr[i] - '0');
    }
    *s = stet_span_sub(*s, n, s->len);
    *out = value;
    return true;
}

static bool take_char(struct stet_span *s, char c)
{
    if (s->len == 0 || s->ptr[0] != c)
        return false;
    *s = stet_span_sub(*s, 1, s->len);
    return true;
}

static bool in_range(const struct stet_civil *c)
{
    return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= stet_date_month_days(c->year, c->month) && c->hour < 24 &&
           c->minute < 60 && c->second < 61;
}

/* The digits after the point: milliseconds, finer ones dropped. */
static bool take_fraction(struct stet_span *s, int *ms)
{
    int scale = 100;
    size_t n = 0;

    for (*ms = 0; n < s->len && stet_is_digit((unsigned char)s->ptr[n]); n++) {
        *ms += (s->ptr[n] - '0') * scale;
        scale /= 10;
    }
    *s = stet_span_sub(*s, n, s->len);
    return n >= 1 && n <= 9;
}

int64_t stet_date_parse_w3c(struct stet_span s)
{
    struct stet_civil c = { .month = 1, .day = 1 };
    bool good = take_number(&s, 4, &c.year);

    if (good && take_char(&s, '-'))
        good = take_number(&s, 2, &c.month) &&
               (!take_char(&s, '-') || take_number(&s, 2, &c.day));
    if (good && take_char(&s, 'T')) {
        good = take_number(&s, 2, &c.hour) && take_char(&s, ':') &&
               take_number(&s, 2, &c.minute);
        if (good && take_char(&s, ':'))
            good = take_number(&s, 2, &c.second) &&
                   (!take_char(&s, '.') || take_fraction(&s, &c.ms));
        good = good && take_char(&s, 'Z');
    }
    return good && s.len == 0 && in_range(&c) ? stet_date_join(&c)
                                              : STET_NO_DATE;
}

int64_t stet_date_parse_digits(struct stet_span s)
{
    struct stet_civil c = { .month = 1, .day = 1 };
    int *parts[] = { &c.month, &c.day, &c.hour, &c.minute, &c.second };

    if (!take_number(&s, 4, &c.year))
        return STET_NO_DATE;
    for (size_t i = 0; i < 5 && s.len > 0; i++) {
        if (!take_number(&s, 2, parts[i]))
            return STET_NO_DATE;
    }
    if (s.len > 0 && (!take_fraction(&s, &c.ms) || s.len > 0))
        return STET_NO_DATE;
    return in_range(&c) ? stet_date_join(&c) : STET_NO_DATE;
}
