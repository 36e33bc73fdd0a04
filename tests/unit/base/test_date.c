#include "base/date.h"

#include "lib/tap.h"

#define AT_2020 INT64_C(1579910400000) /* 2020-01-25T00:00:00Z */

static void prints_every_form(void)
{
    char out[STET_DATE_TEXT_MAX];
    int64_t ms = AT_2020 + 3723004;

    stet_date_print_ms(out, ms);
    CHECK_STR(out, "2020-01-25T01:02:03.004Z");
    stet_date_print_s(out, ms);
    CHECK_STR(out, "2020-01-25T01:02:03Z");
    stet_date_print_14(out, ms);
    CHECK_STR(out, "20200125010203");
    stet_date_print_17(out, ms);
    CHECK_STR(out, "20200125010203004");
    stet_date_print_ms(out, -1);
    CHECK_STR(out, "1969-12-31T23:59:59.999Z");
}

static const struct {
    const char *text;
    int64_t want;
} w3c[] = {
    { "2020", INT64_C(1577836800000) },
    { "2020-01", INT64_C(1577836800000) },
    { "2020-01-25", AT_2020 },
    { "2020-01-25T01:02Z", AT_2020 + 3720000 },
    { "2020-01-25T01:02:03Z", AT_2020 + 3723000 },
    { "2020-01-25T01:02:03.5Z", AT_2020 + 3723500 },
    { "2020-01-25T01:02:03.123456789Z", AT_2020 + 3723123 },
    { "2020-02-29", INT64_C(1582934400000) },
    { "2019-02-29", STET_NO_DATE },
    { "2020-01-25T01:02:03", STET_NO_DATE },
    { "2020-01-25T01:02:03+01:00", STET_NO_DATE },
    { "2020-01-25T24:00Z", STET_NO_DATE },
    { "2020-13", STET_NO_DATE },
    { "2020-1-1", STET_NO_DATE },
    { "2020-01-25T01:02:03.Z", STET_NO_DATE },
    { "2020-01-25T01:02:03.1234567890Z", STET_NO_DATE },
    { " 2020", STET_NO_DATE },
    { "", STET_NO_DATE },
};

static void reads_what_warc_dates_may_be(void)
{
    for (size_t i = 0; i < sizeof(w3c) / sizeof(w3c[0]); i++) {
        tap_row(w3c[i].text);
        CHECK_INT(stet_date_parse_w3c(stet_span_of(w3c[i].text)), w3c[i].want);
    }
}

static void reads_digits(void)
{
    CHECK_INT(stet_date_parse_digits(STET_SPAN("20200125010203")),
              AT_2020 + 3723000);
    CHECK_INT(stet_date_parse_digits(STET_SPAN("20200125")), AT_2020);
    CHECK_INT(stet_date_parse_digits(STET_SPAN("20200125010203004")),
              AT_2020 + 3723004);
    CHECK_INT(stet_date_parse_digits(STET_SPAN("202001250")), STET_NO_DATE);
    CHECK_INT(stet_date_parse_digits(STET_SPAN("2020012501020x")),
              STET_NO_DATE);
}

static void splits_and_joins_every_day(void)
{
    for (int64_t day = -800000; day < 2900000; day += 173) {
        int64_t ms = day * 86400000 + day % 86400000;
        struct stet_civil c;

        stet_date_split(&c, ms);
        if (stet_date_join(&c) != ms || c.month < 1 || c.month > 12 ||
            c.day < 1 || c.day > stet_date_month_days(c.year, c.month))
            CHECK_INT(stet_date_join(&c), ms);
    }
}

TESTS({ "prints every form", prints_every_form },
      { "reads what WARC dates may be", reads_what_warc_dates_may_be },
      { "reads digits", reads_digits },
      { "splits and joins every day", splits_and_joins_every_day })
