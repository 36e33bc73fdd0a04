/* A fetch during which memory runs out: libcurl's too, for its heap is ours.
 * It may end in any way but a crash, a leak or a wrong answer. */
#include "client.h"

#define S(lit) STET_SPAN_INIT(lit)

static const struct origin_script scripts[] = {
    { .path = "/a",
      .parts = { S("HTTP/1.1 103 Early\r\nA: b\r\n\r\n"),
                 S("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "5\r\nhello\r\n0\r\n\r\n") } },
};

static int countdown, live;
static bool hit;

static void *failing_grow(void *p, size_t size)
{
    void *q;

    if (--countdown == 0) {
        hit = true;
        return NULL;
    }
    q = realloc(p, size);
    live += q && !p;
    return q;
}

static void counting_free(void *p)
{
    live -= p != NULL;
    free(p);
}

static int fetch_once(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetch_request r = { .referer = STET_SPAN("http://x/"),
                                    .credentials = STET_SPAN("u:p") };
    struct stet_fetcher f;
    size_t active = 1;
    char url[64];
    int rc;

    o.spool_memory = 2;
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/a", origin.port);
    r.url = stet_span_of(url);
    rc = stet_fetch_curl_new(&f, &o, &stet_clock_real, NULL);
    if (!rc)
        rc = stet_fetcher_start(&f, &r, NULL);
    for (int i = 0; !rc && active && i < 1000; i++)
        rc = stet_fetcher_step(&f, 1000, &active, NULL);
    stet_fetcher_free(&f);
    return rc;
}

static void ends_cleanly_when_memory_does(void)
{
    static const struct stet_allocator failing = { failing_grow,
                                                   counting_free };
    int n, failed = 0;

    if (!CHECK(origin_open(&origin, scripts, 1)))
        return;
    CHECK_INT(fetch_once(), STET_OK); /* what libcurl keeps for good */
    drop_got();
    for (n = 1; n < 5000; n++) {
        int rc;

        countdown = n;
        live = 0;
        hit = false;
        stet_set_allocator(&failing);
        rc = fetch_once();
        if (got && got->outcome == STET_OUT_OK)
            CHECK_INT(got->entity_len, 5);
        else
            failed++;
        drop_got();
        stet_set_allocator(NULL);
        if (!CHECK_INT(live, 0) || !hit) {
            CHECK_INT(rc, STET_OK);
            break;
        }
        CHECK(rc == STET_OK || rc == STET_ENOMEM || rc == STET_EIO);
    }
    printf("# %d allocations, %d of the fetches failed\n", n - 1, failed);
    CHECK(n > 50 && failed > 50);
    origin_close(&origin);
}

TESTS({ "ends cleanly when memory does", ends_cleanly_when_memory_does })
