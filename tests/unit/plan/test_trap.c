#include "plan/trap.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"
#include "plan/scope.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Mon, 23 Nov 2026 15:40:00 GMT */
static const int64_t now = INT64_C(1795448400000);

/* NULL: none. */
static const struct {
    const char *url, *rule;
} looks[] = {
    { "http://a.example/", NULL },
    { "http://a.example/a/b/a/b", NULL },
    { "http://a.example/a/b/a/b/a/b", "path-repeats" },
    { "http://a.example/x/a/b/c/a/b/c/a/b/c/y", "path-repeats" },
    { "http://a.example/img/img/img/", "path-repeats" },
    { "http://a.example/11/11/11/", NULL },
    { "http://a.example/2011/11/11/eleven", NULL },
    { "http://a.example/news/a/news/b/news/c", NULL },
    { "http://a.example/news/a/news/b/news/c/news/d", "path-repeats" },
    { "http://a.example////", "path-repeats" },
    { "http://a.example/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20",
      NULL },
    { "http://a.example/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21",
      "path-depth" },
    { "http://a.example/?x=1&x=1", NULL },
    { "http://a.example/?x=1&x=1&x=1", "parameter-repeats" },
    { "http://a.example/?x=1&x=2&x=3", NULL },
    { "http://a.example/?a=&b=&c=&d=&e=&f=&g=&h=&i=&j=&k=&l=&m=&n=&o=&p=&q=&r="
      "&s=&t=",
      NULL },
    { "http://a.example/?a=&b=&c=&d=&e=&f=&g=&h=&i=&j=&k=&l=&m=&n=&o=&p=&q=&r="
      "&s=&t=&u=",
      "parameters" },
    { "http://a.example/calendar/2027/11", NULL },
    { "http://a.example/calendar/2027/12", "calendar" },
    { "http://a.example/events/2031-05-12/", "calendar" },
    { "http://a.example/list?date=2030-01-01", "calendar" },
    { "http://a.example/list?date=20300101", "calendar" },
    { "http://a.example/list?year=2040&month=3", "calendar" },
    { "http://a.example/list?month=3&year=2026", NULL },
    { "http://a.example/view?view=day&time=1924992000", "calendar" },
    { "http://a.example/story?id=20300101", NULL },
    { "http://a.example/story?id=1924992000", NULL },
    { "http://a.example/2030/01/02/a-story-of-the-future", NULL },
    { "http://a.example/2039/01/02/a-story", "calendar" },
    { "http://a.example/2039/jan/02/a-story", "calendar" },
    { "http://a.example/2039/janus/02/a-story", NULL },
    { "http://a.example/p/2050/12/", NULL },
    { "http://a.example/item/4512/11/10", NULL },
    { "http://a.example/1821/05/05/the-first-issue", NULL },
    { "http://a.example/calendar?date=1821-05-05", NULL },
    { "http://a.example/;jsessionid=0123456789ABCDEF", NULL },
};

static bool look(const struct stet_trap_limits *l, struct stet_span url,
                 enum stet_rule *rule)
{
    struct stet_place p;

    return stet_place_split(&p, url) && stet_trap_look(l, url, &p, rule);
}

static void sees_traps_in_a_url(void)
{
    struct stet_trap_limits l;

    stet_trap_limits_init(&l, now);
    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
        enum stet_rule rule = STET_RULE_SCOPE;
        bool trap = look(&l, stet_span_of(looks[i].url), &rule);

        tap_row(looks[i].url);
        CHECK_INT(trap, looks[i].rule != NULL);
        CHECK_STR(stet_rule_name(rule),
                  looks[i].rule ? looks[i].rule : "scope");
    }
}

static void can_be_switched_off(void)
{
    struct stet_trap_limits off = { .max_url = 0 };
    enum stet_rule rule;

    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
        tap_row(looks[i].url);
        CHECK(!look(&off, stet_span_of(looks[i].url), &rule));
    }
}

static void limits_the_length_of_urls(void)
{
    struct stet_trap_limits l;
    enum stet_rule rule;
    char url[2100] = "http://a.example/";

    stet_trap_limits_init(&l, now);
    for (size_t i = strlen(url); i < sizeof(url); i++)
        url[i] = 'x';
    CHECK(!look(&l, (struct stet_span){ url, 2000 }, &rule));
    CHECK(look(&l, (struct stet_span){ url, 2001 }, &rule));
    CHECK_STR(stet_rule_name(rule), "url-length");
}

static const struct {
    const char *url, *date;
    bool calendar;
} dates[] = {
    { "http://a.example/2026/11/23/x", "2026-11-23", false },
    { "http://a.example/2026/nov/23/x", "2026-11-23", false },
    { "http://a.example/2026/November/23/x", "2026-11-23", false },
    { "http://a.example/2026-11-23-x", "2026-11-23", false },
    { "http://a.example/2026/11/x", NULL, false },
    { "http://a.example/kalender/2026/11/x", "2026-11-01", true },
    { "http://a.example/kalender/20261123", "2026-11-23", true },
    { "http://a.example/big-Events/20261123", "2026-11-23", true },
    { "http://a.example/evenings/20261123", NULL, false },
    { "http://a.example/x?d=2026-2-30", NULL, true },
    { "http://a.example/x?month=2026-2", "2026-02-01", true },
    { "http://a.example/x?day=2026-2-28", "2026-02-28", true },
    { "http://a.example/x?y=2026&m=2", "2026-02-01", true },
    { "http://a.example/x?y=2026", "2026-01-01", true },
    { "http://a.example/x?start=1795448400", "2026-11-23", true },
    { "http://a.example/12026/11/23/", NULL, false },
    { "http://a.example/x", NULL, false },
};

static void reads_the_day_of_a_url(void)
{
    for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
        char text[STET_DATE_TEXT_MAX] = "";
        struct stet_place p;
        int64_t days;
        bool calendar;

        tap_row(dates[i].url);
        CHECK(stet_place_split(&p, stet_span_of(dates[i].url)));
        CHECK_INT(stet_trap_date(&p, &days, &calendar), dates[i].date != NULL);
        if (!dates[i].date)
            continue;
        stet_date_print_s(text, days * 86400000);
        text[10] = '\0';
        CHECK_STR(text, dates[i].date);
        CHECK_INT(calendar, dates[i].calendar);
    }
}

static const struct {
    const char *url, *plain; /* NULL: no session */
} sessions[] = {
    { "http://a.example/x;jsessionid=0A1B?y=1", "http://a.example/x?y=1" },
    { "http://a.example/x;p=1;jsessionid=0A1B/z", "http://a.example/x;p=1/z" },
    { "http://a.example/?PHPSESSID=abc&p=2", "http://a.example/?p=2" },
    { "http://a.example/?p=2&PHPSESSID=abc", "http://a.example/?p=2" },
    { "http://a.example/?sid=0123456789abcdef", "http://a.example/" },
    { "http://a.example/(S(lit3py55t21z5v55vlm25s55))/a.aspx",
      "http://a.example/a.aspx" },
    { "http://a.example/?ASPSESSIONIDAQBDRTSC=X", "http://a.example/" },
    { "http://a.example/?CFID=1&CFTOKEN=2&x", "http://a.example/?x" },
    { "http://a.example/?sid=5", NULL },
    { "http://a.example/?s=a-search-for-something", NULL },
    { "http://a.example/?utm_source=x&utm_medium=y", NULL },
    { "http://a.example/?jsessionid=", NULL },
    { "http://a.example/jsessionid", NULL },
};

static void knows_session_ids(void)
{
    for (size_t i = 0; i < sizeof(sessions) / sizeof(sessions[0]); i++) {
        char out[200];
        size_t len;
        bool found =
            stet_trap_strip_session(stet_span_of(sessions[i].url), out, &len);

        tap_row(sessions[i].url);
        CHECK_INT(found, sessions[i].plain != NULL);
        CHECK_SPAN(((struct stet_span){ out, len }),
                   sessions[i].plain ? sessions[i].plain : sessions[i].url);
    }
}

static bool catch (struct stet_traps *t, const char *url, const char *rule)
{
    enum stet_rule r = STET_RULE_SCOPE;
    bool trap = stet_traps_catch(t, stet_span_of(url), &r);

    return trap == (rule != NULL) &&
           (!rule || !strcmp(stet_rule_name(r), rule));
}

static void takes_a_page_under_one_session(void)
{
    struct stet_trap_limits l;
    struct stet_traps *t;

    stet_trap_limits_init(&l, now);
    CHECK_INT(stet_traps_new(&t, &l, NULL), STET_OK);
    CHECK(catch (t, "http://a.example/x;jsessionid=1", NULL));
    CHECK(catch (t, "http://a.example/x;jsessionid=2", "session"));
    CHECK(catch (t, "http://a.example/y;jsessionid=2", NULL));
    CHECK(catch (t, "http://b.example/x;jsessionid=2", NULL));
    CHECK(catch (t, "http://a.example/x", NULL));
    CHECK(catch (t, "http://a.example/x", NULL));
    stet_traps_free(t);
}

static void counts_facets_and_old_days(void)
{
    struct stet_trap_limits l;
    struct stet_traps *t;
    char url[100];

    stet_trap_limits_init(&l, now);
    l.max_facets = 10;
    l.max_old_days = 5;
    CHECK_INT(stet_traps_new(&t, &l, NULL), STET_OK);
    for (int i = 0; i < 50; i++) {
        snprintf(url, sizeof(url), "http://a.example/l?a=%d&b&c&d", i);
        CHECK(catch (t, url, i < 10 ? NULL : "facets"));
        snprintf(url, sizeof(url), "http://a.example/l?a=%d&b&c", i);
        CHECK(catch (t, url, i < 40 ? NULL : "facets"));
        snprintf(url, sizeof(url), "http://a.example/l?a=%d&b", i);
        CHECK(catch (t, url, NULL));
        snprintf(url, sizeof(url), "http://a.example/?date=19%02d-01-01", i);
        CHECK(catch (t, url, i < 5 ? NULL : "calendar"));
        snprintf(url, sizeof(url), "http://a.example/19%02d/01/01/x", i);
        CHECK(catch (t, url, NULL));
    }
    CHECK(catch (t, "http://a.example/other?a&b&c&d", NULL));
    CHECK(catch (t, "http://b.example/l?a&b&c&d", NULL));
    stet_traps_free(t);
}

static size_t held;

static void *counting_grow(void *p, size_t size)
{
    held += size;
    return realloc(p, size);
}

static void keeps_its_memory(void)
{
    static const struct stet_allocator counting = { counting_grow, free };
    struct stet_trap_limits l;
    struct stet_traps *t;
    char url[100];

    stet_trap_limits_init(&l, now);
    l.max_facets = 2;
    stet_set_allocator(&counting);
    CHECK_INT(stet_traps_new(&t, &l, NULL), STET_OK);
    for (int i = 0; i < 500000; i++) {
        snprintf(url, sizeof(url), "http://h%d.example/l?a&b&c&d", i);
        CHECK(catch (t, url, NULL));
    }
    CHECK(held < (5 << 20));
    /* The last ones are known still, the first ones no more. */
    snprintf(url, sizeof(url), "http://h%d.example/l?a&b&c&d", 499999);
    CHECK(catch (t, url, NULL));
    CHECK(catch (t, url, "facets"));
    snprintf(url, sizeof(url), "http://h%d.example/l?a&b&c&d", 410000);
    CHECK(catch (t, url, NULL));
    CHECK(catch (t, url, "facets"));
    snprintf(url, sizeof(url), "http://h%d.example/l?a&b&c&d", 1);
    CHECK(catch (t, url, NULL));
    CHECK(catch (t, url, NULL));
    stet_traps_free(t);
    stet_set_allocator(NULL);
}

static void is_asked_for_found_pages_alone(void)
{
    struct stet_target from = { .role = STET_ROLE_SEED,
                                .url = STET_SPAN("http://a.example/") };
    struct stet_span trap = STET_SPAN("http://a.example/b/b/b/");
    struct stet_scope s;
    struct stet_want w;
    struct stet_buf says;

    stet_scope_init(&s, STET_SCOPE_HOST);
    CHECK_INT(stet_scope_add_seed(&s, STET_SPAN("http://a.example/"), NULL),
              STET_OK);
    CHECK(stet_scope_page(&s, &from, trap, &w));
    stet_trap_limits_init(&s.traps, now);
    CHECK(!stet_scope_page(&s, &from, trap, &w));
    stet_buf_init(&says, 200);
    stet_scope_explain(&s, trap, false, &w, &says);
    CHECK_SPAN(stet_buf_span(&says),
               "refused: its path repeats itself 3 times or more");
    stet_buf_clear(&says);
    CHECK(stet_scope_redirect(&s, &from, trap, &w));
    CHECK_INT(stet_scope_add_seed(&s, trap, NULL), STET_OK);
    CHECK(stet_scope_page(&s, &from, trap, &w));
    stet_scope_clear(&s);
}

static int make(void)
{
    struct stet_trap_limits l;
    struct stet_traps *t;
    int rc;

    stet_trap_limits_init(&l, now);
    rc = stet_traps_new(&t, &l, NULL);
    stet_traps_free(t);
    return rc;
}

static void survives_a_lack_of_memory(void)
{
    CHECK(torture(make));
}

TESTS({ "sees traps in a URL", sees_traps_in_a_url },
      { "can be switched off", can_be_switched_off },
      { "limits the length of URLs", limits_the_length_of_urls },
      { "reads the day of a URL", reads_the_day_of_a_url },
      { "knows session ids", knows_session_ids },
      { "takes a page under one session", takes_a_page_under_one_session },
      { "counts facets and old days", counts_facets_and_old_days },
      { "keeps its memory", keeps_its_memory },
      { "is asked for found pages alone", is_asked_for_found_pages_alone },
      { "survives a lack of memory", survives_a_lack_of_memory })
