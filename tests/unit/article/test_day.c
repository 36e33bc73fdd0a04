#include <string.h>

#include "article/day.h"
#include "base/span.h"
#include "lib/tap.h"

struct row {
    const char *text, *want;
};

static const struct row dates[] = {
    { "2024-02-24T11:42:23.000Z", "2024-02-24T11:42:23Z" },
    { "2024-02-24T11:42:23.120Z", "2024-02-24T11:42:23.120Z" },
    { "2020-01-20T06:05:18+0000", "2020-01-20T06:05:18Z" },
    { "2020-01-20T06:05:18+05:30", "2020-01-20T06:05:18+05:30" },
    { "2020-01-20 06:05:18 -0800", "2020-01-20T06:05:18-08:00" },
    { "2020-01-20T06:05+01", "2020-01-20T06:05:00+01:00" },
    { "20200120T060518Z", "2020-01-20T06:05:18Z" },
    { "2020-01-20T06:05:18", "2020-01-20" },
    { "2020-01-20", "2020-01-20" },
    { "2020/1/2", "2020-01-02" },
    { "20200120", "2020-01-20" },
    { "1579500318", "2020-01-20T06:05:18Z" },
    { "1579500318000", "2020-01-20T06:05:18Z" },
    { "Mon, 20 Jan 2020 06:05:18 GMT", "2020-01-20T06:05:18Z" },
    { "Mon, 20 Jan 2020 06:05:18 +0200", "2020-01-20T06:05:18+02:00" },
    { "January 20, 2020", "2020-01-20" },
    { "Jan. 20th, 2020", "2020-01-20" },
    { "20 January 2020", "2020-01-20" },
    { "Sat 24 Feb 2024 12.42 CET", "2024-02-24" },
    { "Sat 24 Feb 2024 12.42 GMT", "2024-02-24T12:42:00Z" },
    { "February 3, 2021 at 4:05 pm UTC", "2021-02-03T16:05:00Z" },
    { "12. M\xC3\xA4rz 2024", "2024-03-12" },
    { "12 de marzo de 2024", "2024-03-12" },
    { "le 3", NULL },
    { "2020-13-01", NULL },
    { "2020-02-30", NULL },
    { "20201", NULL },
    { "31 February 2020", NULL },
    { "", NULL },
    { "-", NULL },
};

static void reads_dates(void)
{
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        char text[STET_DAY_TEXT] = "";
        struct stet_day d;
        size_t used = 0;
        bool found = stet_day_parse(&d, stet_span_of(dates[i].text), &used);

        tap_row(dates[i].text);
        CHECK_INT(found, dates[i].want != NULL);
        if (!found || !dates[i].want)
            continue;
        stet_day_print(text, &d);
        CHECK_STR(text, dates[i].want);
        CHECK(used <= strlen(dates[i].text));
    }
    tap_row(NULL);
}

static void counts_zones(void)
{
    struct stet_day d;
    size_t used;

    CHECK(stet_day_parse(&d, STET_SPAN("2020-01-20T01:00:00+02:00"), &used));
    CHECK_INT(stet_day_ms(&d), 1579474800000);
    CHECK(stet_day_parse(&d, STET_SPAN("2020-01-20"), &used));
    CHECK_INT(stet_day_ms(&d), 1579478400000);
}

static void finds_dates_in_text(void)
{
    static const struct {
        const char *text, *want;
        bool month_first, short_year;
    } rows[] = {
        { "Published: 12.03.2024, 10:00", "2024-03-12", false, false },
        { "on 3/12/2024", "2024-12-03", false, false },
        { "on 3/12/2024", "2024-03-12", true, false },
        { "on 25/12/2024", "2024-12-25", true, false },
        { "on 12/25/2024", "2024-12-25", false, false },
        { "By A. Writer | May 4, 2021", "2021-05-04", false, false },
        { "In 1945 he was born", NULL, false, false },
        { "version 1.2.3", NULL, false, false },
        { "2020年07月12日 公開", "2020-07-12", false, false },
        { "公開日2020年7月12日", "2020-07-12", false, false },
        { "입력 2024년 3월 12일 10:30", "2024-03-12", false, false },
        { "2024. március 12.", "2024-03-12", false, false },
        { "الأربعاء، 07 أكتوبر 2020 - 12:09", "2020-10-07", false, false },
        { "12 Μαρτίου 2024", "2024-03-12", false, false },
        { "26 | 01 | 2022", "2022-01-26", false, false },
        { "28.09.19 12:44", NULL, false, false },
        { "28.09.19 12:44", "2019-09-28", false, true },
        { "10.12.98", "1998-12-10", false, true },
        { "9/28/19", "2019-09-28", true, true },
        { "5/6/19", NULL, true, true },
        { "5-6-19", NULL, false, true },
        { "1.2.30.4", NULL, false, true },
        { "10.11.12%", NULL, false, true },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_day_options o = { true, rows[i].month_first,
                                      rows[i].short_year };
        char text[STET_DAY_TEXT] = "";
        struct stet_day d;
        bool found = stet_day_find(&d, stet_span_of(rows[i].text), &o);

        tap_row(rows[i].text);
        CHECK_INT(found, rows[i].want != NULL);
        if (!found || !rows[i].want)
            continue;
        stet_day_print(text, &d);
        CHECK_STR(text, rows[i].want);
    }
    tap_row(NULL);
}

static void finds_days_in_paths(void)
{
    static const struct row rows[] = {
        { "/world/2020/jan/25/a-story", "2020-01-25" },
        { "/2020/01/25/a-story", "2020-01-25" },
        { "/news/2020-01-25-story", "2020-01-25" },
        { "/news/20200125/story", "2020-01-25" },
        { "/news/20200125123/story", NULL },
        { "/2020/13/25/", NULL },
        { "/a/1234", NULL },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[STET_DAY_TEXT] = "";
        struct stet_day d;
        bool found = stet_day_of_path(&d, stet_span_of(rows[i].text));

        tap_row(rows[i].text);
        CHECK_INT(found, rows[i].want != NULL);
        if (!found || !rows[i].want)
            continue;
        stet_day_print(text, &d);
        CHECK_STR(text, rows[i].want);
    }
    tap_row(NULL);
}

TESTS({ "dates are read in their usual forms", reads_dates },
      { "zones count", counts_zones },
      { "dates are found in running text", finds_dates_in_text },
      { "days are found in paths", finds_days_in_paths })
