#include <stdio.h>

#include "article/age.h"
#include "base/date.h"
#include "base/span.h"
#include "lib/tap.h"

static const struct {
    double days;
    int64_t amount;
    enum stet_article_unit unit;
} guardian[] = {
    { 29, 0, STET_UNIT_NONE },     { 31, 0, STET_UNIT_NONE },
    { 31.01, 1, STET_UNIT_MONTH }, { 61, 1, STET_UNIT_MONTH },
    { 62, 2, STET_UNIT_MONTH },    { 364, 11, STET_UNIT_MONTH },
    { 365, 11, STET_UNIT_MONTH },  { 365.01, 1, STET_UNIT_YEAR },
    { 729, 1, STET_UNIT_YEAR },    { 730, 2, STET_UNIT_YEAR },
    { 1461, 4, STET_UNIT_YEAR },   { 1826, 5, STET_UNIT_YEAR },
};

static void knows_the_guardians_rule(void)
{
    for (size_t i = 0; i < sizeof(guardian) / sizeof(guardian[0]); i++) {
        char name[32];
        int64_t amount = 0;
        enum stet_article_unit unit = STET_UNIT_NONE;
        bool shown = stet_age_guardian((int64_t)(guardian[i].days * 86400000),
                                       &amount, &unit);

        snprintf(name, sizeof(name), "%.2f days", guardian[i].days);
        tap_row(name);
        CHECK_INT(shown, guardian[i].amount > 0);
        CHECK_INT(amount, guardian[i].amount);
        CHECK_INT(unit, guardian[i].unit);
    }
    tap_row(NULL);
}

static void prints_ages(void)
{
    static const struct {
        const char *from, *to, *want;
    } rows[] = {
        { "2020-01-25T12:02:43Z", "2026-11-23T20:00:00Z", "P6Y302D" },
        { "2020-01-25", "2026-01-25", "P6Y" },
        { "2020-01-25", "2026-01-24", "P5Y364D" },
        { "2020-02-29", "2021-02-28", "P1Y" },
        { "2020-02-29", "2021-02-27", "P364D" },
        { "2020-01-25", "2020-01-25", "P0D" },
        { "2020-01-25", "2020-01-24", "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[STET_AGE_TEXT];

        tap_row(rows[i].want);
        stet_age_print(text, stet_date_parse_w3c(stet_span_of(rows[i].from)),
                       stet_date_parse_w3c(stet_span_of(rows[i].to)));
        CHECK_STR(text, rows[i].want);
    }
    tap_row(NULL);
}

TESTS({ "the Guardian's rule gives its labels", knows_the_guardians_rule },
      { "ages are whole years and days", prints_ages })
