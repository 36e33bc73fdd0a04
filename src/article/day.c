#include "article/day.h"

#include <stdio.h>

#include "base/ascii.h"

enum { WEB_YEAR = 1990 }; /* earlier years in running text are history */

/* A place in a text. */
struct at {
    struct stet_span s;
    size_t i;
};

static char peek(const struct at *p)
{
    return p->i < p->s.len ? p->s.ptr[p->i] : '\0';
}

static bool digit_at(const struct at *p, size_t off)
{
    return p->i + off < p->s.len &&
           stet_is_digit((unsigned char)p->s.ptr[p->i + off]);
}

/* A number of min to max digits, not followed by another one. */
static bool number(struct at *p, int min, int max, int *out)
{
    int n = 0;
    int value = 0;

    while (n < max && digit_at(p, (size_t)n)) {
        value = value * 10 + (p->s.ptr[p->i + (size_t)n] - '0');
        n++;
    }
    if (n < min || digit_at(p, (size_t)n))
        return false;
    p->i += (size_t)n;
    *out = value;
    return true;
}

/* Exactly n digits, whatever follows. */
static bool fixed(struct at *p, int n, int *out)
{
    int value = 0;

    for (int k = 0; k < n; k++) {
        if (!digit_at(p, (size_t)k))
            return false;
        value = value * 10 + (p->s.ptr[p->i + (size_t)k] - '0');
    }
    p->i += (size_t)n;
    *out = value;
    return true;
}

static bool eat(struct at *p, char c)
{
    if (peek(p) != c || p->i >= p->s.len)
        return false;
    p->i++;
    return true;
}

static bool eat_word(struct at *p, const char *word)
{
    struct stet_span rest = stet_span_sub(p->s, p->i, p->s.len);

    if (!stet_span_istarts(rest, word))
        return false;
    p->i += stet_span_of(word).len;
    return true;
}

static void eat_any(struct at *p, const char *set)
{
    for (;;) {
        char c = peek(p);
        const char *k = set;

        while (*k && *k != c)
            k++;
        if (!*k || p->i >= p->s.len)
            return;
        p->i++;
    }
}

static bool is_day(const struct stet_civil *c)
{
    return c->year >= 1600 && c->year <= 2099 && c->month >= 1 &&
           c->month <= 12 && c->day >= 1 &&
           c->day <= stet_date_month_days(c->year, c->month);
}

/* Z, UTC, GMT, +hh:mm, +hhmm, +hh. */
static void zone(struct stet_day *d, struct at *p)
{
    struct at save = *p;
    int hour = 0;
    int minute = 0;
    int sign;

    eat_any(p, " ");
    if (eat_word(p, "GMT") || eat_word(p, "UTC") || eat_word(p, "Z")) {
        d->has_zone = true;
        save = *p;
    }
    sign = peek(p) == '-' ? -1 : 1;
    if (peek(p) != '+' && peek(p) != '-') {
        *p = save;
        return;
    }
    p->i++;
    if (!fixed(p, 2, &hour) || hour > 14) {
        *p = save;
        return;
    }
    if (eat(p, ':') ? !fixed(p, 2, &minute)
                    : digit_at(p, 0) && !fixed(p, 2, &minute))
        minute = 60;
    if (minute > 59) {
        *p = save;
        return;
    }
    d->has_zone = true;
    d->zone_min = sign * (hour * 60 + minute);
}

static void fraction(struct stet_day *d, struct at *p)
{
    int unit = 100;

    while (digit_at(p, 0)) {
        d->at.ms += (peek(p) - '0') * unit;
        unit /= 10;
        p->i++;
    }
}

static void meridiem(struct stet_day *d, struct at *p)
{
    struct at save = *p;

    eat_any(p, " ");
    if (eat_word(p, "p.m.") || eat_word(p, "pm")) {
        if (d->at.hour < 12)
            d->at.hour += 12;
    } else if (eat_word(p, "a.m.") || eat_word(p, "am")) {
        if (d->at.hour == 12)
            d->at.hour = 0;
    } else {
        *p = save;
    }
}

/* hh:mm, hh.mm, hh:mm:ss.fff, hhmm after a T; then am or pm, then a zone. */
static void clock_time(struct stet_day *d, struct at *p)
{
    struct at save = *p;
    struct stet_civil c = d->at;
    bool colon = true;

    if (!fixed(p, 2, &c.hour)) {
        if (!fixed(p, 1, &c.hour) || (peek(p) != ':' && peek(p) != '.'))
            goto none;
    }
    if (!eat(p, ':') && !eat(p, '.'))
        colon = false;
    if (!fixed(p, 2, &c.minute) || c.hour > 24 || c.minute > 59)
        goto none;
    if (colon ? eat(p, ':') : digit_at(p, 0))
        if (!fixed(p, 2, &c.second) || c.second > 60)
            goto none;
    if (c.second > 59)
        c.second = 59;
    if (c.hour == 24)
        goto none;
    d->at = c;
    d->has_time = true;
    if ((peek(p) == '.' || peek(p) == ',') && digit_at(p, 1)) {
        p->i++;
        fraction(d, p);
    }
    meridiem(d, p);
    zone(d, p);
    return;
none:
    *p = save;
}

/* The words that may stand between a day and its time. */
static void time_after(struct stet_day *d, struct at *p)
{
    static const char *const words[] = {
        "at ",     "um ",      "à ",   "a las ",       "alle ore ",
        "alle ",   "ore ",     "às ",  "om ",          "kl. ",
        "kl ",     "klockan ", "klo ", "godz. ",       "o godz. ",
        "v ",      "в ",       "о ",   "saat ",        "ώρα ",
        "|",       "-",        "/",    "\xE2\x80\x93", "\xE2\x80\xA2",
        "\xC2\xB7"
    };
    struct at save = *p;

    eat_any(p, " ,");
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (eat_word(p, words[i]))
            break;
    eat_any(p, " ");
    clock_time(d, p);
    if (!d->has_time)
        *p = save;
}

/* 2024-03-12, 2024/03/12, 2024.03.12, 20240312, and a time. */
static bool iso(struct stet_day *d, struct at *p)
{
    struct stet_civil *c = &d->at;
    char sep;

    if (!fixed(p, 4, &c->year))
        return false;
    sep = peek(p);
    if (sep == '-' || sep == '/' || sep == '.') {
        p->i++;
        if (!number(p, 1, 2, &c->month) || !eat(p, sep))
            return false;
        if (!fixed(p, 2, &c->day) && !number(p, 1, 1, &c->day))
            return false;
    } else if (!fixed(p, 2, &c->month) || !fixed(p, 2, &c->day)) {
        return false;
    }
    if (!is_day(c))
        return false;
    if ((peek(p) == 'T' || peek(p) == 't') && digit_at(p, 1)) {
        p->i++;
        clock_time(d, p);
    } else if (digit_at(p, 0)) {
        return false;
    } else {
        time_after(d, p);
    }
    return true;
}

/* 2024年3月12日, 2024년 3월 12일. */
static bool cjk(struct stet_day *d, struct at *p)
{
    static const char *const marks[2][3] = { { "年", "月", "日" },
                                             { "년", "월", "일" } };
    struct at start = *p;

    for (size_t i = 0; i < 2; i++) {
        *p = start;
        if (!number(p, 4, 4, &d->at.year))
            return false;
        eat_any(p, " ");
        if (!eat_word(p, marks[i][0]))
            continue;
        eat_any(p, " ");
        if (!number(p, 1, 2, &d->at.month) || !eat_word(p, marks[i][1]))
            continue;
        eat_any(p, " ");
        if (!number(p, 1, 2, &d->at.day) || !eat_word(p, marks[i][2]))
            continue;
        time_after(d, p);
        return is_day(&d->at);
    }
    return false;
}

/* Seconds or milliseconds since 1970, alone. */
static bool epoch(struct stet_day *d, struct at *p)
{
    uint64_t n;
    size_t len = p->s.len - p->i;

    if ((len != 10 && len != 13) ||
        !stet_span_to_u64(stet_span_sub(p->s, p->i, len), &n))
        return false;
    stet_date_split(&d->at, (int64_t)(len == 10 ? n * 1000 : n));
    d->has_time = d->has_zone = true;
    p->i += len;
    return is_day(&d->at);
}

static bool month_name(struct at *p, int *month)
{
    size_t len = 0;

    *month = stet_month_of(stet_span_sub(p->s, p->i, 32), &len);
    p->i += len;
    return *month > 0;
}

static void ordinal(struct at *p)
{
    static const char *const ends[] = { "st", "nd", "rd", "th", "er", "." };

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (eat_word(p, ends[i]))
            return;
}

static bool year_after(struct stet_day *d, struct at *p)
{
    eat_any(p, " ,.-/");
    if (eat_word(p, "de ") || eat_word(p, "del "))
        eat_any(p, " ");
    return number(p, 4, 4, &d->at.year) && is_day(&d->at);
}

/* 12 March 2024, 12. März 2024, 12-Mar-2024, 12 de marzo de 2024. */
static bool day_month(struct stet_day *d, struct at *p)
{
    if (!number(p, 1, 2, &d->at.day))
        return false;
    ordinal(p);
    eat_any(p, " -/,.");
    if (eat_word(p, "of ") || eat_word(p, "de "))
        eat_any(p, " ");
    if (!month_name(p, &d->at.month) || !year_after(d, p))
        return false;
    time_after(d, p);
    return true;
}

/* March 12, 2024; Mar. 12th 2024. */
static bool month_day(struct stet_day *d, struct at *p)
{
    if (!month_name(p, &d->at.month))
        return false;
    eat_any(p, " -/.");
    if (!number(p, 1, 2, &d->at.day))
        return false;
    ordinal(p);
    if (!year_after(d, p))
        return false;
    time_after(d, p);
    return true;
}

/* 2024. március 12., 2024 March 12. */
static bool year_month(struct stet_day *d, struct at *p)
{
    if (!number(p, 4, 4, &d->at.year))
        return false;
    eat_any(p, " ,.-/");
    if (!month_name(p, &d->at.month))
        return false;
    eat_any(p, " -/.");
    if (!number(p, 1, 2, &d->at.day) || !is_day(&d->at))
        return false;
    ordinal(p);
    time_after(d, p);
    return true;
}

/* "Mon, " and "Tuesday " before a date. */
static void weekday(struct at *p)
{
    static const char *const days[] = { "mon", "tue", "wed", "thu",
                                        "fri", "sat", "sun" };

    for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
        if (eat_word(p, days[i])) {
            while (stet_is_alpha((unsigned char)peek(p)))
                p->i++;
            eat_any(p, " ,.");
            return;
        }
}

bool stet_day_parse(struct stet_day *out, struct stet_span s, size_t *used)
{
    static bool (*const forms[])(struct stet_day *, struct at *) = {
        epoch, iso, cjk, day_month, month_day, year_month
    };
    struct at start = { s, 0 };

    weekday(&start);
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct at p = start;

        *out = (struct stet_day){ .has_time = false };
        if (forms[i](out, &p)) {
            *used = p.i;
            return true;
        }
    }
    return false;
}

/*
 * The year of a numeric date.  Two digits are one where they cannot be a
 * day: behind full stops, which only stand where the day comes first, or
 * behind slashes when one of the two before is no month.
 */
static bool numeric_year(struct stet_day *d, struct at *p, char sep,
                         bool is_certain)
{
    struct at save = *p;

    if (number(p, 4, 4, &d->at.year))
        return true;
    *p = save;
    if (!(sep == '.' || (sep == '/' && is_certain)) ||
        !number(p, 2, 2, &d->at.year))
        return false;
    if (peek(p) == sep || peek(p) == '%')
        return false; /* a version, a sum */
    d->at.year += d->at.year < 50 ? 2000 : 1900;
    return true;
}

/* 12.03.2024, 12/3/2024, 3/12/2024, 12 | 03 | 2024. */
static bool numeric(struct stet_day *d, struct stet_span s,
                    const struct stet_day_options *o, size_t *used)
{
    struct at p = { s, 0 };
    bool month_first = o->month_first;
    int a;
    int b;
    char sep;

    *d = (struct stet_day){ .has_time = false };
    if (!number(&p, 1, 2, &a))
        return false;
    eat_any(&p, " ");
    sep = peek(&p);
    if (sep != '.' && sep != '/' && sep != '-' && sep != '|')
        return false;
    p.i++;
    eat_any(&p, " ");
    if (!number(&p, 1, 2, &b))
        return false;
    eat_any(&p, " ");
    if (!eat(&p, sep))
        return false;
    eat_any(&p, " ");
    if (!(o->short_year ? numeric_year(d, &p, sep, a > 12 || b > 12)
                        : number(&p, 4, 4, &d->at.year)))
        return false;
    if (sep != '/')
        month_first = false;
    d->at.day = (month_first && b <= 31 && a <= 12) || b > 12 ? b : a;
    d->at.month = d->at.day == b && (month_first || b > 12) ? a : b;
    if (!is_day(&d->at))
        return false;
    time_after(d, &p);
    *used = p.i;
    return true;
}

bool stet_day_next(struct stet_day *out, struct stet_span s,
                   const struct stet_day_options *o, struct stet_day_place *at)
{
    bool in_word = at->end > 0 && at->end <= s.len &&
                   stet_is_alnum((unsigned char)s.ptr[at->end - 1]);

    for (size_t i = at->end; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        struct stet_span rest = { s.ptr + i, s.len - i };
        size_t used = 0;

        /* Scripts without spaces put dates right behind words. */
        if ((!in_word || (stet_is_digit(c) && i > 0 &&
                          (unsigned char)s.ptr[i - 1] >= 0x80)) &&
            (stet_is_alnum(c) || c >= 0xC2) &&
            ((stet_day_parse(out, rest, &used) && out->at.year >= WEB_YEAR) ||
             (o->numeric && stet_is_digit(c) && numeric(out, rest, o, &used) &&
              out->at.year >= WEB_YEAR))) {
            at->start = i;
            at->end = i + used;
            return true;
        }
        in_word = stet_is_alnum(c) || c >= 0x80;
    }
    return false;
}

bool stet_day_find(struct stet_day *out, struct stet_span s,
                   const struct stet_day_options *o)
{
    struct stet_day_place at = { 0, 0 };

    return stet_day_next(out, s, o, &at);
}

static bool path_day(struct stet_day *out, struct stet_span s)
{
    struct at p = { s, 0 };
    char sep;

    *out = (struct stet_day){ .has_time = false };
    if (!fixed(&p, 4, &out->at.year))
        return false;
    sep = peek(&p);
    if (sep == '/' || sep == '-' || sep == '_') {
        p.i++;
        if (!number(&p, 1, 2, &out->at.month) &&
            !month_name(&p, &out->at.month))
            return false;
        if (!eat(&p, sep) || !number(&p, 1, 2, &out->at.day))
            return false;
    } else if (!fixed(&p, 2, &out->at.month) || !fixed(&p, 2, &out->at.day) ||
               digit_at(&p, 0)) {
        return false;
    }
    return is_day(&out->at) && out->at.year >= WEB_YEAR;
}

bool stet_day_of_path(struct stet_day *out, struct stet_span path)
{
    for (size_t i = 0; i < path.len; i++)
        if (stet_is_digit((unsigned char)path.ptr[i]) &&
            (i == 0 || !stet_is_alnum((unsigned char)path.ptr[i - 1])) &&
            path_day(out, stet_span_sub(path, i, 24)))
            return true;
    return false;
}

int64_t stet_day_ms(const struct stet_day *d)
{
    struct stet_civil c = d->at;

    if (!d->has_time || !d->has_zone)
        c.hour = c.minute = c.second = c.ms = 0;
    return stet_date_join(&c) -
           (d->has_time && d->has_zone ? (int64_t)d->zone_min * 60000 : 0);
}

size_t stet_day_print(char out[STET_DAY_TEXT], const struct stet_day *d)
{
    const struct stet_civil *c = &d->at;
    int zone_min = d->zone_min < 0 ? -d->zone_min : d->zone_min;
    char sub[8] = "";
    int n;

    if (!d->has_time || !d->has_zone)
        return (size_t)snprintf(out, STET_DAY_TEXT, "%04d-%02d-%02d", c->year,
                                c->month, c->day);
    if (c->ms > 0)
        snprintf(sub, sizeof(sub), ".%03d", c->ms % 1000);
    n = snprintf(out, STET_DAY_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d%s", c->year,
                 c->month, c->day, c->hour, c->minute, c->second, sub);
    if (d->zone_min == 0)
        n += snprintf(out + n, STET_DAY_TEXT - (size_t)n, "Z");
    else
        n +=
            snprintf(out + n, STET_DAY_TEXT - (size_t)n, "%c%02d:%02d",
                     d->zone_min < 0 ? '-' : '+', zone_min / 60, zone_min % 60);
    return (size_t)n;
}
