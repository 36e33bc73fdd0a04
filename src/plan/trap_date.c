#include "plan/trap.h"

#include "base/ascii.h"
#include "base/date.h"
#include "base/span.h"

enum { OTHERS = 5 }; /* so much longer for what is no calendar */

/* A place in text, read from left to right. */
struct cursor {
    struct stet_span s;
    size_t at;
};

static bool digit_at(struct stet_span s, size_t at)
{
    return at < s.len && stet_is_digit((unsigned char)s.ptr[at]);
}

/* A number of `least` to `most` digits that no digit follows. */
static bool number(struct cursor *c, int least, int most, int *out)
{
    int n = 0;

    *out = 0;
    while (n < most && digit_at(c->s, c->at + (size_t)n)) {
        *out = *out * 10 + (c->s.ptr[c->at + (size_t)n] - '0');
        n++;
    }
    if (n < least || digit_at(c->s, c->at + (size_t)n))
        return false;
    c->at += (size_t)n;
    return true;
}

/* A month by number, or by its English name or the first letters of it. */
static bool month(struct cursor *c, int *out)
{
    static const char *const names[] = { "january", "february", "march",
                                         "april",   "may",      "june",
                                         "july",    "august",   "september",
                                         "october", "november", "december" };
    struct stet_span word = stet_span_sub(c->s, c->at, 0);

    if (number(c, 1, 2, out))
        return *out >= 1 && *out <= 12;
    while (c->at < c->s.len && stet_is_alpha((unsigned char)c->s.ptr[c->at])) {
        c->at++;
        word.len++;
    }
    for (int m = 0; m < 12; m++) {
        *out = m + 1;
        if (stet_span_ieqs(word, names[m]) ||
            (word.len == 3 &&
             stet_span_ieq(word, (struct stet_span){ names[m], 3 })))
            return true;
    }
    return false;
}

static bool is_separator(struct cursor *c, char *out)
{
    char x = c->at < c->s.len ? c->s.ptr[c->at] : '\0';

    if (x != '-' && x != '/' && x != '_' && x != '.')
        return false;
    *out = x;
    c->at++;
    return true;
}

/* Later years are numbers of something else: who walks a calendar meets the
 * earlier ones first. */
static bool is_day(int y, int m, int d)
{
    return y >= 1000 && y < 2200 && m >= 1 && m <= 12 && d >= 1 &&
           d <= stet_date_month_days(y, m);
}

/* 2031/05/12, 2031/may/12 and, where that cannot be the number of anything,
 * 2031-05 and 20310512. */
static bool date_at(struct stet_span s, size_t at, bool short_too,
                    int64_t *days)
{
    struct cursor c = { s, at }, whole = { s, at };
    int y, m, d = 1, rest;
    char first = '\0', second = '\0';

    if (short_too && number(&whole, 8, 8, &rest) &&
        is_day(rest / 10000, rest / 100 % 100, rest % 100)) {
        *days = stet_date_days(rest / 10000, rest / 100 % 100, rest % 100);
        return true;
    }
    if (!number(&c, 4, 4, &y) || !is_separator(&c, &first) || !month(&c, &m))
        return false;
    if (!is_separator(&c, &second) || second != first ||
        !number(&c, 1, 2, &d) || !is_day(y, m, d)) {
        if (!short_too)
            return false;
        d = 1;
    }
    *days = stet_date_days(y, m, d);
    return is_day(y, m, d);
}

/* The first date that begins after something else than a digit. */
static bool find_date(struct stet_span s, bool short_too, int64_t *days)
{
    for (size_t i = 0; i + 6 <= s.len; i++)
        if (digit_at(s, i) && (i == 0 || !digit_at(s, i - 1)) &&
            date_at(s, i, short_too, days))
            return true;
    return false;
}

static bool is_one_of(struct stet_span s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (stet_span_ieqs(s, words[i]))
            return true;
    return false;
}

/* year=2031&month=5, or a second since 1970. */
static bool date_of_parameters(struct stet_span query, int64_t *days)
{
    static const char *const years[] = { "year", "y", "yr", "jahr", "annee" };
    static const char *const months[] = { "month", "m", "mon", "monat",
                                          "mois" };
    static const char *const times[] = { "time", "date",  "ts",   "timestamp",
                                         "day",  "cal_d", "start" };
    int y = 0, m = 1;
    uint64_t n;

    while (query.ptr) {
        struct stet_span value = stet_span_cut(&query, '&');
        struct stet_span name = stet_span_cut(&value, '=');

        if (!value.ptr || value.len > 10 || !stet_span_to_u64(value, &n))
            continue;
        if (value.len == 4 && is_one_of(name, years, 5))
            y = (int)n;
        else if (value.len <= 2 && n >= 1 && n <= 12 &&
                 is_one_of(name, months, 5))
            m = (int)n;
        else if (value.len == 10 && is_one_of(name, times, 7)) {
            *days = (int64_t)(n / 86400);
            return true;
        }
    }
    if (!is_day(y, m, 1))
        return false;
    *days = stet_date_days(y, m, 1);
    return true;
}

/* True if one of the words, in small letters, is in s. */
static bool has_any(struct stet_span s, const char *const *words, size_t n)
{
    uint32_t first = 0;

    for (size_t k = 0; k < n; k++)
        first |= UINT32_C(1) << (words[k][0] & 31);
    for (size_t i = 0; i < s.len; i++) {
        if (!(first >> (s.ptr[i] & 31) & 1))
            continue;
        for (size_t k = 0; k < n; k++)
            if (((s.ptr[i] ^ words[k][0]) & 31) == 0 &&
                stet_span_istarts(stet_span_sub(s, i, s.len), words[k]))
                return true;
    }
    return false;
}

static bool names_a_calendar(struct stet_span path)
{
    static const char *const words[] = { "calend",  "kalend", "event",
                                         "agenda",  "termin", "veranstaltung",
                                         "schedule" };

    return has_any(path, words, sizeof(words) / sizeof(words[0]));
}

static bool names_a_date(struct stet_span query)
{
    static const char *const words[] = { "date=", "day=", "month=", "week=",
                                         "datum=" };

    return has_any(query, words, sizeof(words) / sizeof(words[0]));
}

bool stet_trap_date(const struct stet_place *p, int64_t *days,
                    bool *is_calendar)
{
    bool named;

    *days = 0;
    *is_calendar = true;
    /* Most URLs have no date in any form: that is seen at once. */
    if (p->query.len == 0 && !find_date(p->path, true, days))
        return false;
    named = names_a_calendar(p->path);
    if (p->query.len > 0 &&
        (find_date(p->query, named || names_a_date(p->query), days) ||
         date_of_parameters(p->query, days)))
        return true;
    *is_calendar = named;
    return find_date(p->path, named, days);
}

bool stet_trap_is_ahead(const struct stet_trap_limits *l,
                        const struct stet_place *p)
{
    int64_t days, ahead = l->max_days_ahead, today = l->now_ms / 86400000;
    bool calendar;

    if (l->now_ms == 0 || ahead == 0)
        return false;
    /* Whether it is a calendar matters to days far away alone. */
    if (p->query.len == 0 &&
        !(find_date(p->path, true, &days) && days - today > ahead) &&
        !(find_date(p->path, false, &days) && days - today > ahead))
        return false;
    return stet_trap_date(p, &days, &calendar) &&
           days - today > (calendar ? ahead : ahead * OTHERS);
}
