#include "export/catalogue.h"

#include "lib/tap.h"
#include "lib/torture.h"

struct row {
    const char *url, *digest, *refers, *location;
    int64_t date_ms, refers_ms;
    int status;
    bool revisit;
};

static int add(struct stet_catalogue *c, const struct row *r, size_t n)
{
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < n; i++) {
        struct stet_holding h = {
            .url = stet_span_of(r[i].url),
            .mime = STET_SPAN("text/html"),
            .digest = stet_span_of(r[i].digest),
            .refers_url = stet_span_of(r[i].refers),
            .location = stet_span_of(r[i].location),
            .date_ms = r[i].date_ms,
            .refers_ms = r[i].refers_ms,
            .status = r[i].status,
            .is_revisit = r[i].revisit,
            .offset = i,
        };
        rc = stet_catalogue_add(c, &h, NULL);
    }
    return rc;
}

/* clang-format off */
static const struct row rows[] = {
    { .url = "http://a/", .digest = "d1", .date_ms = 1000, .status = 200 },
    { .url = "http://a/", .digest = "d2", .date_ms = 5000, .status = 200 },
    { .url = "http://a/", .digest = "d3", .date_ms = 9000, .status = 500 },
    { .url = "http://b/", .refers = "http://a/", .refers_ms = 1000, .date_ms = 6000, .status = 200, .revisit = true },
    { .url = "http://c/", .digest = "d2", .date_ms = 6000, .status = 200, .revisit = true },
    { .url = "http://d/", .digest = "gone", .date_ms = 6000, .status = 200, .revisit = true },
    { .url = "http://e/", .location = "http://f/", .date_ms = 1, .status = 302 },
    { .url = "http://f/", .location = "http://a/", .date_ms = 1, .status = 301 },
    { .url = "http://g/", .location = "http://g/", .date_ms = 1, .status = 301 },
    { .url = "http://h/", .location = "http://gone/", .date_ms = 1, .status = 301 },
    { .url = "http://i/", .digest = "d4", .date_ms = 1, .status = 404 },
    { .url = "http://a/", .digest = "", .date_ms = 9500, .status = 304, .revisit = true },
    /* cookies asked for, and then a redirect into the void */
    { .url = "http://j/", .digest = "d5", .date_ms = 2000, .status = 200 },
    { .url = "http://j/", .location = "http://k/", .date_ms = 3000, .status = 302 },
    { .url = "http://k/", .location = "http://j/", .date_ms = 3001, .status = 302 },
    { .url = "http://l/", .digest = "d6", .date_ms = 2000, .status = 404 },
    { .url = "http://l/", .location = "http://gone/", .date_ms = 3000, .status = 302 },
    { .url = "http://m/", .digest = "d7", .date_ms = 2000, .status = 200 },
    { .url = "http://m/", .digest = "d8", .date_ms = 3000, .status = 206 },
    { .url = "http://n/", .digest = "d9", .date_ms = 7400, .status = 200 },
    { .url = "http://o/", .refers = "http://n/", .refers_ms = 7000, .date_ms = 8000, .status = 200, .revisit = true },
};

/* What each URL comes to: the offset of its body, -1 for nothing. */
static const struct { const char *url; int64_t time_ms; int body; } wants[] = {
    { "http://a/", -1, 1 },    { "http://a/", 1500, 0 },
    { "http://a/", 4000, 1 },  { "http://b/", -1, 0 },
    { "http://c/", -1, 1 },    { "http://d/", -1, -1 },
    { "http://e/", -1, 1 },    { "http://e/", 0, 0 },
    { "http://g/", -1, -1 },   { "http://h/", -1, -1 },
    { "http://i/", -1, 10 },   { "http://none/", -1, -1 },
    { "http://j/", -1, 12 },   { "http://k/", -1, 12 },
    { "http://l/", -1, -1 },   { "http://m/", -1, 17 },
    { "http://o/", -1, 19 },
};
/* clang-format on */

static void finds_the_body_of_every_url(void)
{
    for (size_t i = 0; i < sizeof(wants) / sizeof(wants[0]); i++) {
        struct stet_catalogue c;
        const struct stet_holding *h;

        tap_row(wants[i].url);
        stet_catalogue_init(&c);
        CHECK_INT(add(&c, rows, sizeof(rows) / sizeof(rows[0])), STET_OK);
        stet_catalogue_choose(&c,
                              wants[i].time_ms >= 0 ? &wants[i].time_ms : NULL);
        h = stet_catalogue_follow(
            &c, stet_catalogue_find(&c, stet_span_of(wants[i].url)));
        CHECK_INT(h ? (int)h->body->offset : -1, wants[i].body);
        stet_catalogue_clear(&c);
    }
    tap_row(NULL);
}

/* Half a million revisits of one URL take no longer than they are. */
static void takes_many_captures_of_one_url(void)
{
    enum { N = 500000 };
    struct stet_catalogue c;
    struct row r = { .url = "http://a/", .digest = "d", .status = 200 };
    const struct stet_holding *h;
    int rc = STET_OK;

    stet_catalogue_init(&c);
    rc = add(&c, &r, 1);
    r = (struct row){ .url = "http://a/",
                      .refers = "http://a/",
                      .status = 200,
                      .revisit = true };
    for (int i = 1; rc == STET_OK && i < N; i++) {
        r.date_ms = i * 1000;
        rc = add(&c, &r, 1);
    }
    CHECK_INT(rc, STET_OK);
    stet_catalogue_choose(&c, NULL);
    h = stet_catalogue_find(&c, STET_SPAN("http://a/"));
    CHECK(h && h->is_revisit && h->date_ms == (N - 1) * 1000);
    CHECK(h && h->body && !h->body->is_revisit);
    stet_catalogue_clear(&c);
}

static int work(void)
{
    struct stet_catalogue c;
    int rc;

    stet_catalogue_init(&c);
    rc = add(&c, rows, sizeof(rows) / sizeof(rows[0]));
    if (rc == STET_OK)
        stet_catalogue_choose(&c, NULL);
    stet_catalogue_clear(&c);
    return rc;
}

static void survives_failing_allocations(void)
{
    CHECK(torture(work));
}

TESTS({ "every URL comes to its body", finds_the_body_of_every_url },
      { "many captures of one are no burden", takes_many_captures_of_one_url },
      { "no memory is an error and no leak", survives_failing_allocations })
