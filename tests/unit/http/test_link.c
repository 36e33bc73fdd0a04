#include "http/link.h"

#include "base/date.h"
#include "lib/tap.h"

static const int64_t now = 1795448419000; /* 2026-11-23T15:40:19Z */

static void reads_links_with_their_parameters(void)
{
    const char *v =
        "</a.css>; rel=preload; as=style, "
        "<https://x/y,z>;rel=\"next \\\"x\\\" last\";REL=no;title , "
        "junk, < ../b > , <unclosed";
    struct stet_span rest = stet_span_of(v);
    struct stet_link_value l;

    CHECK(stet_link_next(&l, &rest, v));
    CHECK_SPAN(l.target, "/a.css");
    CHECK_INT(l.offset, 1);
    CHECK_SPAN(l.rel, "preload");
    CHECK_SPAN(stet_link_get(&l, "AS"), "style");
    CHECK(stet_link_next(&l, &rest, v));
    CHECK_SPAN(l.target, "https://x/y,z");
    CHECK(stet_link_has_rel(&l, "NEXT"));
    CHECK(stet_link_has_rel(&l, "last"));
    CHECK(!stet_link_has_rel(&l, "no"));
    CHECK_INT(l.n_params, 3);
    CHECK(!stet_link_get(&l, "as").ptr);
    CHECK(stet_link_next(&l, &rest, v));
    CHECK_SPAN(l.target, "../b");
    CHECK_SPAN(stet_span_sub(stet_span_of(v), l.offset, 4), "../b");
    CHECK_INT(l.rel.len, 0);
    CHECK(!stet_link_next(&l, &rest, v));
}

static const struct {
    const char *text;
    int64_t ms;
} dates[] = {
    { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777000 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", 784111777000 },
    { "Sun Nov  6 08:49:37 1994", 784111777000 },
    { "sun, 6 nov 1994 08:49:37 gmt", 784111777000 },
    { "Mon, 23 Nov 2026 15:40:19 GMT", 1795448419000 },
    { "Sun, 06-Nov-69 08:49:37 GMT", 3150953377000 },
    { "Sun, 31 Feb 2021 08:49:37 GMT", STET_NO_DATE },
    { "Sun, 06 Nov 1994 24:49:37 GMT", STET_NO_DATE },
    { "Sun, 06 Nov 1994 08:49:37 CET", STET_NO_DATE },
    { "Sun, 06 Nov 1994 08:49", STET_NO_DATE },
    { "0", STET_NO_DATE },
    { "", STET_NO_DATE },
};

static void reads_dates_in_three_forms(void)
{
    char text[STET_HTTP_DATE_MAX];

    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        tap_row(dates[i].text);
        CHECK_INT(stet_http_date_parse(stet_span_of(dates[i].text), now),
                  dates[i].ms);
    }
    tap_row(NULL);
    stet_http_date_print(text, 784111777999);
    CHECK_STR(text, "Sun, 06 Nov 1994 08:49:37 GMT");
    stet_http_date_print(text, -1000);
    CHECK_STR(text, "Wed, 31 Dec 1969 23:59:59 GMT");
}

static const struct {
    const char *text;
    int64_t wait;
} waits[] = {
    { "120", 120000 },
    { " 0 ", 0 },
    { "86400", 3600000 },
    { "99999999999999999999999", 3600000 },
    { "-1", -1 },
    { "1e30", -1 },
    { "", -1 },
    { "Mon, 23 Nov 2026 15:41:19 GMT", 60000 },
    { "Mon, 23 Nov 2020 15:41:19 GMT", 0 },
    { "Mon, 23 Nov 2099 15:41:19 GMT", 3600000 },
};

static void reads_retry_after_within_a_bound(void)
{
    for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
        tap_row(waits[i].text);
        CHECK_INT(
            stet_retry_after_parse(stet_span_of(waits[i].text), now, 3600000),
            waits[i].wait);
    }
    tap_row(NULL);
}

TESTS({ "reads links with their parameters",
        reads_links_with_their_parameters },
      { "reads dates in three forms", reads_dates_in_three_forms },
      { "reads Retry-After within a bound", reads_retry_after_within_a_bound })
