#include "article/age.h"

#include <stdio.h>

#include "base/date.h"

static const int64_t DAY_MS = 86400000;

bool stet_age_guardian(int64_t age_ms, int64_t *amount,
                       enum stet_article_unit *unit)
{
    int64_t year = 365 * DAY_MS;
    int64_t month = 31 * DAY_MS;

    if (age_ms <= 30 * DAY_MS || age_ms <= month)
        return false;
    *unit = age_ms > year ? STET_UNIT_YEAR : STET_UNIT_MONTH;
    *amount = age_ms / (age_ms > year ? year : month);
    return true;
}

int64_t stet_age_before(int64_t ms, int64_t amount, enum stet_article_unit unit)
{
    struct stet_civil c;
    int64_t months;
    int days;

    if (unit == STET_UNIT_DAY || unit == STET_UNIT_WEEK)
        return ms - amount * DAY_MS * (unit == STET_UNIT_WEEK ? 7 : 1);
    stet_date_split(&c, ms);
    months = (int64_t)c.year * 12 + c.month - 1 -
             amount * (unit == STET_UNIT_YEAR ? 12 : 1);
    if (months < 0)
        months = 0;
    c.year = (int)(months / 12);
    c.month = (int)(months % 12) + 1;
    days = stet_date_month_days(c.year, c.month);
    if (c.day > days)
        c.day = days;
    return stet_date_join(&c);
}

size_t stet_age_print(char out[STET_AGE_TEXT], int64_t from_ms, int64_t to_ms)
{
    struct stet_civil a;
    struct stet_civil b;
    int64_t years;
    int64_t then;
    int64_t days;
    int n;

    out[0] = '\0';
    if (to_ms < from_ms)
        return 0;
    stet_date_split(&a, from_ms);
    stet_date_split(&b, to_ms);
    years = b.year - a.year;
    then = stet_age_before(from_ms, -years, STET_UNIT_YEAR);
    if (then > to_ms)
        then = stet_age_before(from_ms, -(--years), STET_UNIT_YEAR);
    days = (to_ms - then) / DAY_MS;
    n = years > 0 ? snprintf(out, STET_AGE_TEXT, "P%lldY", (long long)years)
                  : snprintf(out, STET_AGE_TEXT, "P");
    if (days > 0 || years == 0)
        n += snprintf(out + n, STET_AGE_TEXT - (size_t)n, "%lldD",
                      (long long)days);
    return (size_t)n;
}

/* The least age that amount and unit stand for. */
static int64_t least_ms(int64_t amount, enum stet_article_unit unit)
{
    static const int64_t days[] = { [STET_UNIT_NONE] = 0,
                                    [STET_UNIT_DAY] = 1,
                                    [STET_UNIT_WEEK] = 7,
                                    [STET_UNIT_MONTH] = 28,
                                    [STET_UNIT_YEAR] = 365 };

    return amount * days[unit] * DAY_MS;
}

/* Would the Guardian have printed this label? A date without a time may be
 * any instant of its day. */
static bool is_guardian_label(const struct stet_facts *f)
{
    const struct stet_article_marker *m = &f->out->marker;
    const struct stet_article_date *p = &f->out->published;
    int64_t age = f->in->captured_ms - p->ms;
    int64_t amount;
    enum stet_article_unit unit;

    if (!stet_age_guardian(age, &amount, &unit) || amount != m->amount ||
        unit != m->unit)
        return false;
    if (!p->day_precision)
        return true;
    return stet_age_guardian(age - DAY_MS, &amount, &unit) &&
           amount == m->amount && unit == m->unit;
}

static enum stet_article_verdict judge_date(const struct stet_facts *f)
{
    const struct stet_article *a = f->out;
    int64_t named = a->marker.date.ms;
    int64_t published = a->published.ms;
    struct stet_civil c;
    struct stet_civil d;

    if (a->marker.place == STET_MARKER_AT_IMAGE_OVERLAY) {
        stet_date_split(&c, published);
        stet_date_split(&d, named);
        return c.year == d.year ? STET_VERDICT_EXACT
                                : STET_VERDICT_CONTRADICTED;
    }
    return named >= published - 2 * DAY_MS ? STET_VERDICT_CONSISTENT
                                           : STET_VERDICT_CONTRADICTED;
}

static enum stet_article_verdict judge(const struct stet_facts *f,
                                       bool guardian)
{
    const struct stet_article *a = f->out;
    const struct stet_article_marker *m = &a->marker;
    const struct stet_article_date *from = &a->published;
    int64_t age;

    if (m->kind == STET_MARKER_SINCE_UPDATE &&
        a->modified.source != STET_SOURCE_NONE)
        from = &a->modified;
    if (from->source == STET_SOURCE_NONE)
        return STET_VERDICT_UNVERIFIABLE;
    if (m->kind == STET_MARKER_DATE)
        return judge_date(f);
    if (f->in->captured_ms == STET_ARTICLE_NO_TIME || m->amount == 0)
        return STET_VERDICT_UNVERIFIABLE;
    if (guardian && is_guardian_label(f))
        return STET_VERDICT_EXACT;
    age = f->in->captured_ms - from->ms;
    if (age + DAY_MS >= least_ms(m->amount, m->unit))
        return STET_VERDICT_CONSISTENT;
    /* It may be older than its last change. */
    return from->source == STET_SOURCE_MODIFIED &&
                   m->kind != STET_MARKER_SINCE_UPDATE
               ? STET_VERDICT_UNVERIFIABLE
               : STET_VERDICT_CONTRADICTED;
}

static struct stet_span print_day(struct stet_facts *f, int64_t ms)
{
    char text[STET_DATE_TEXT_MAX];

    stet_date_print_s(text, ms);
    return stet_facts_dup(f, (struct stet_span){ text, 10 });
}

/* Without a date, the marker still says what is the latest it can be. */
static void bound(struct stet_facts *f)
{
    const struct stet_article_marker *m = &f->out->marker;

    if (m->kind == STET_MARKER_DATE && m->date.source != STET_SOURCE_NONE &&
        m->place != STET_MARKER_AT_IMAGE_OVERLAY)
        f->out->published_no_later_than = print_day(f, m->date.ms);
    else if (m->amount > 0 && f->in->captured_ms != STET_ARTICLE_NO_TIME &&
             m->comparison != STET_COMPARISON_ALMOST)
        f->out->published_no_later_than = print_day(
            f, stet_age_before(f->in->captured_ms, m->amount, m->unit));
}

void stet_age_judge(struct stet_facts *f, bool guardian)
{
    struct stet_article *a = f->out;
    char text[STET_AGE_TEXT];
    size_t n;

    if (a->published.source != STET_SOURCE_NONE &&
        f->in->captured_ms != STET_ARTICLE_NO_TIME) {
        n = stet_age_print(text, a->published.ms, f->in->captured_ms);
        a->age_at_capture = stet_facts_dup(f, (struct stet_span){ text, n });
    }
    if (a->marker.kind == STET_MARKER_NONE)
        return;
    a->marker.verdict = judge(f, guardian);
    if (a->published.source == STET_SOURCE_NONE)
        bound(f);
}
