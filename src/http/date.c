#include "base/date.h"
#include "base/ascii.h"
#include "http/link.h"

#include <stdio.h>

static const char days[7][4] = {
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"
};
static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* The words and numbers of a date, between the characters that part them. */
static bool next_word(struct stet_span *rest, struct stet_span *word)
{
    size_t n = 0;

    while (rest->len && (rest->ptr[0] == ' ' || rest->ptr[0] == ',' ||
                         rest->ptr[0] == '-' || rest->ptr[0] == '\t'))
        *rest = stet_span_sub(*rest, 1, rest->len);
    while (n < rest->len && (stet_is_alnum((unsigned char)rest->ptr[n]) ||
                             rest->ptr[n] == ':' || rest->ptr[n] == '+'))
        n++;
    *word = stet_span_sub(*rest, 0, n);
    *rest = stet_span_sub(*rest, n, rest->len);
    return n > 0;
}

static int month_of(struct stet_span w)
{
    for (int i = 0; i < 12; i++)
        if (w.len >= 3 && stet_span_ieqs(stet_span_sub(w, 0, 3), months[i]))
            return i + 1;
    return 0;
}

static bool number(struct stet_span s, size_t max_digits, int *out)
{
    uint64_t n;

    if (!s.len || s.len > max_digits || !stet_span_to_u64(s, &n))
        return false;
    *out = (int)n;
    return true;
}

static bool time_of(struct stet_span w, struct stet_civil *c)
{
    struct stet_span h = stet_span_cut(&w, ':'), m, s;

    if (!w.ptr)
        return false;
    m = stet_span_cut(&w, ':');
    if (!w.ptr)
        return false;
    s = w;
    return number(h, 2, &c->hour) && number(m, 2, &c->minute) &&
           number(s, 2, &c->second) && c->hour < 24 && c->minute < 60 &&
           c->second <= 60;
}

/* RFC 9110: more than 50 years ahead is the century before. */
static int full_year(int year, int64_t now_ms)
{
    struct stet_civil now;

    stet_date_split(&now, now_ms);
    year += now.year / 100 * 100;
    return year > now.year + 50 ? year - 100 : year;
}

int64_t stet_http_date_parse(struct stet_span s, int64_t now_ms)
{
    struct stet_span w, word[8];
    struct stet_civil c = { 0 };
    size_t n = 0, day = 1, month = 2, year = 3, time = 4;

    while (n < 8 && next_word(&s, &w))
        word[n++] = w;
    if (s.len || n < 5)
        return STET_NO_DATE;
    if (month_of(word[1])) { /* asctime: Sun Nov  6 08:49:37 1994 */
        month = 1;
        day = 2;
        time = 3;
        year = 4;
    }
    c.month = month_of(word[month]);
    if (!c.month || !number(word[day], 2, &c.day) ||
        !number(word[year], 4, &c.year) || !time_of(word[time], &c))
        return STET_NO_DATE;
    if (word[year].len == 2)
        c.year = full_year(c.year, now_ms);
    if (c.year < 1601 || c.day < 1 ||
        c.day > stet_date_month_days(c.year, c.month))
        return STET_NO_DATE;
    if (n > 5 && !stet_span_ieqs(word[5], "GMT") &&
        !stet_span_ieqs(word[5], "UTC") && !stet_span_eqs(word[5], "+0000"))
        return STET_NO_DATE;
    return stet_date_join(&c);
}

void stet_http_date_print(char out[STET_HTTP_DATE_MAX], int64_t ms)
{
    struct stet_civil c;
    int64_t weekday;

    stet_date_split(&c, ms);
    weekday = (stet_date_days(c.year, c.month, c.day) + 4) % 7;
    if (weekday < 0)
        weekday += 7;
    snprintf(out, STET_HTTP_DATE_MAX, "%s, %02u %s %04u %02u:%02u:%02u GMT",
             days[weekday], (unsigned)c.day % 100u, months[(c.month + 11) % 12],
             (unsigned)c.year % 10000u, (unsigned)c.hour % 100u,
             (unsigned)c.minute % 100u, (unsigned)c.second % 100u);
}

int64_t stet_retry_after_parse(struct stet_span s, int64_t now_ms,
                               int64_t max_ms)
{
    uint64_t seconds;
    int64_t wait, at;
    bool digits = s.len > 0;

    s = stet_span_trim(s);
    for (size_t i = 0; i < s.len; i++)
        digits = digits && stet_is_digit((unsigned char)s.ptr[i]);
    if (digits && s.len) {
        if (!stet_span_to_u64(s, &seconds) || seconds > (uint64_t)max_ms / 1000)
            return max_ms;
        return (int64_t)seconds * 1000;
    }
    at = stet_http_date_parse(s, now_ms);
    if (at == STET_NO_DATE)
        return -1;
    wait = at - now_ms;
    return wait < 0 ? 0 : wait > max_ms ? max_ms : wait;
}
