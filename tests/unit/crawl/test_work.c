#include "crawl/work.h"

#include "lib/tap.h"
#include "lib/torture.h"

static const char *const urls[] = { "http://A.example:80/x#y",
                                    "https://u:p%40@b.example/" };
static const char *const includes[] = { "^http://c\\.example/", "a b" };

static struct stet_crawl_options some(void)
{
    struct stet_crawl_options o;

    stet_crawl_options_init(&o);
    o.urls = urls;
    o.n_urls = 2;
    o.include = includes;
    o.n_include = 2;
    o.scope = STET_CRAWL_DOMAIN;
    o.depth = 3;
    o.check_traps = false;
    o.revisit_after_ms = INT64_C(1) << 40;
    return o;
}

static void comes_back_from_its_text(void)
{
    struct stet_crawl_options o = some();
    struct stet_work w, again;
    struct stet_buf one, two;

    stet_work_init(&w);
    stet_work_init(&again);
    stet_buf_init(&one, 1 << 16);
    stet_buf_init(&two, 1 << 16);
    CHECK_INT(stet_work_of_options(&w, &o, NULL), STET_OK);
    CHECK_INT(stet_work_print(&one, &w), STET_OK);
    CHECK_INT(stet_work_parse(&again, stet_buf_span(&one), NULL), STET_OK);
    CHECK_INT(stet_work_print(&two, &again), STET_OK);
    CHECK_STR(two.data, one.data);
    CHECK_INT(again.scope, STET_CRAWL_DOMAIN);
    CHECK_INT(again.depth, 3);
    CHECK_INT(again.revisit_after_ms, INT64_C(1) << 40);
    CHECK(!again.check_traps && again.linked_images);
    CHECK_INT(again.include.len, 2);
    CHECK(stet_span_eqs(again.seeds.items[0], "http://a.example/x"));
    stet_buf_clear(&one);
    stet_buf_clear(&two);
    stet_work_clear(&w);
    stet_work_clear(&again);
}

static void keeps_passwords_apart(void)
{
    struct stet_crawl_options o = some();
    struct stet_work w;
    struct stet_buf text;

    stet_work_init(&w);
    stet_buf_init(&text, 1 << 16);
    CHECK_INT(stet_work_of_options(&w, &o, NULL), STET_OK);
    CHECK_INT(w.n_credentials, 1);
    CHECK(stet_span_eqs(w.credentials[0].text, "u:p@"));
    CHECK(stet_span_eqs(w.credentials[0].url, "https://b.example/"));
    CHECK_INT(stet_work_print(&text, &w), STET_OK);
    CHECK(stet_span_find(stet_buf_span(&text), STET_SPAN("u:p")) == text.len);
    stet_buf_clear(&text);
    stet_work_clear(&w);
}

static void refuses(const char *text)
{
    struct stet_work w;

    tap_row(text);
    stet_work_init(&w);
    CHECK_INT(stet_work_parse(&w, stet_span_of(text), NULL), STET_EFORMAT);
    stet_work_clear(&w);
    tap_row(NULL);
}

static void refuses_what_it_did_not_write(void)
{
    refuses("nonsense\n");
    refuses("depth\n");
    refuses("depth x\n");
    refuses("depth -2\n");
    refuses("scope 6\n");
    refuses("depth 99999999999\n");
    refuses("revisit-after -1\n");
    refuses("revisit-after 99999999999999999\n");
}

static void refuses_what_is_no_url(void)
{
    static const char *const bad[] = { "ftp://a.example/", "a.example",
                                       "http://[", "" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct stet_crawl_options o = some();
        struct stet_work w;

        tap_row(bad[i]);
        o.urls = &bad[i];
        o.n_urls = 1;
        stet_work_init(&w);
        CHECK_INT(stet_work_of_options(&w, &o, NULL), STET_EUSAGE);
        stet_work_clear(&w);
    }
    tap_row(NULL);
}

static int make_and_drop(void)
{
    struct stet_crawl_options o = some();
    struct stet_work w;
    int rc;

    stet_work_init(&w);
    rc = stet_work_of_options(&w, &o, NULL);
    stet_work_clear(&w);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(make_and_drop));
}

TESTS({ "comes back from its text", comes_back_from_its_text },
      { "keeps passwords apart", keeps_passwords_apart },
      { "refuses what it did not write", refuses_what_it_did_not_write },
      { "refuses what is no URL", refuses_what_is_no_url },
      { "survives want of memory", survives_want_of_memory })
