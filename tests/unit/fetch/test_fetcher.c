#include "client.h"
#include "stet/url.h"

#define H200   "HTTP/1.1 200 OK\r\n"
#define S(lit) STET_SPAN_INIT(lit)
#define KB64   "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct origin_script scripts[] = {
    { .path = "/a", .parts = { S(H200 "Content-Length: 1\r\n\r\na") } },
    { .path = "/slow",
      .parts = { S(H200 "Content-Length: 2\r\n\r\n"), S("a"), S("b") },
      .pause_ms = 20 },
    { .path = "/more",
      .parts = { S(H200 "Content-Length: 2\r\n\r\nok" H200 "\r\nevil") } },
    { .path = "/stall",
      .parts = { S(H200 "Content-Length: 9\r\n\r\nsome") },
      .end = ORIGIN_STALL },
    { .path = "/ten",
      .parts = { S(H200 "Content-Length: 10\r\n\r\n0123456789") } },
    { .path = "/chunks",
      .parts = { S(H200 "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n"
                        "0\r\n\r\n") } },
    { .path = "/endless",
      .parts = { S(H200 "\r\n"), S(KB64) },
      .repeat = 100000000 },
    { .path = "/big",
      .parts = { S(H200 "Content-Length: 64064\r\n\r\n"), S(KB64) },
      .repeat = 1000,
      .end = ORIGIN_KEEP },
    { .path = "/none-more",
      .parts = { S("HTTP/1.1 204 No\r\n\r\n" H200 "\r\nevil") } },
    { .path = "/glued",
      .parts = { S(H200 "Content-Length: 2\r\n\r\nok"),
                 S(H200 "Content-Length: 4\r\n\r\nevil") } },
    { .path = "/none-glued",
      .parts = { S("HTTP/1.1 204 No\r\n\r\n"), S("stray bytes\n") } },
    { .path = "/late",
      .parts = { S(H200 "Content-Length: 2\r\n\r\nok"),
                 S(H200 "Content-Length: 4\r\n\r\nevil") },
      .pause_ms = 60 },
    { .path = "/cookie",
      .parts = { S(H200 "Set-Cookie: new=2\r\nContent-Length: 0\r\n\r\n") } },
    { .path = "http://far.example/x",
      .parts = { S(H200 "Content-Length: 3\r\n\r\nfar") } },
};

static bool begin(struct stet_fetcher *f, const struct stet_fetch_options *o)
{
    if (!CHECK(origin_open(&origin, scripts,
                           sizeof(scripts) / sizeof(scripts[0]))))
        return false;
    return CHECK_INT(stet_fetch_curl_new(f, o, &stet_clock_real, NULL),
                     STET_OK);
}

static void end(struct stet_fetcher *f)
{
    drop_got();
    stet_fetcher_free(f);
    origin_close(&origin);
}

static void uses_a_connection_again_unless_it_is_poisoned(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    if (!begin(&f, &o))
        return;
    fetch(&f, "/a");
    CHECK(!got->reused);
    fetch(&f, "/a");
    CHECK(got->reused);
    CHECK_STR(got->ip, "127.0.0.1");
    CHECK_INT(got->port, origin.port);
    CHECK_INT(got->protocol, STET_PROTOCOL_HTTP_1_1);
    CHECK_INT(atomic_load(&origin.accepted), 1);
    fetch(&f, "/chunks");
    fetch(&f, "/more");
    CHECK(got->reused);
    CHECK(got->excess > 0);
    fetch(&f, "/a");
    CHECK(!got->reused);
    CHECK_INT(got->body.len, 1);
    CHECK_INT(atomic_load(&origin.accepted), 2);
    fetch(&f, "/none-more");
    fetch(&f, "/a");
    CHECK_INT(got->body.len, 1);
    end(&f);
}

static void gives_late_bytes_to_no_other_request(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    if (!begin(&f, &o))
        return;
    fetch(&f, "/late");
    CHECK_INT(got->body.len, 2);
    usleep(120000);
    fetch(&f, "/a");
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    CHECK_INT(got->body.len, 1);
    CHECK_INT(atomic_load(&origin.accepted), 2);
    for (int i = 0; i < 6; i++) {
        fetch(&f, i % 2 ? "/none-glued" : "/glued");
        fetch(&f, "/a");
        CHECK_STR(stet_outcome_name(got->outcome), "ok");
        CHECK_INT(got->body.len, 1);
    }
    end(&f);
}

/* Loopback as links spell it; libcurl reads all of them. */
static const char *const spellings[] = {
    "127.0.0.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "0x7f.1",
    "0",
    "localhost",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "127.0.0.1.",
    "0.0.0.0",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
};

static void connects_to_no_private_address_however_spelled(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;
    struct stet_url u;

    o.n_allow = 0;
    stet_url_init(&u);
    if (!begin(&f, &o))
        return;
    for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        char raw[100];
        struct stet_span href;

        tap_row(spellings[i]);
        snprintf(raw, sizeof(raw), "http://%s:%d/a", spellings[i], origin.port);
        for (int parsed = 0; parsed < 2; parsed++) {
            if (parsed && stet_url_parse(&u, stet_span_of(raw), NULL, NULL))
                continue;
            href = stet_url_page(&u);
            fetch(&f, parsed ? href.ptr : raw);
            CHECK(got->outcome == STET_OUT_BLOCKED ||
                  got->outcome == STET_OUT_DNS);
            CHECK(!got->ip[0]);
            CHECK_INT(got->request.len, 0);
        }
    }
    tap_row(NULL);
    fetch(&f, "http://127.0.0.1/");
    CHECK_INT(got->outcome, STET_OUT_BLOCKED);
    CHECK_STR(got->why, "loopback");
    CHECK_INT(atomic_load(&origin.accepted), 0);
    stet_url_clear(&u);
    end(&f);
}

static const struct {
    const char *url;
    enum stet_outcome outcome;
} early[] = {
    { "ftp://127.0.0.1/", STET_OUT_SCHEME },
    { "file:///etc/passwd", STET_OUT_SCHEME },
    { "gopher://127.0.0.1/", STET_OUT_SCHEME },
    { "", STET_OUT_SCHEME },
    { "http://127.0.0.1/a b", STET_OUT_URL },
    { "http://127.0.0.1/a\r\nX: 1", STET_OUT_URL },
    { "http://127.0.0.1/a\nX: 1", STET_OUT_URL },
    { "http://u:p@127.0.0.1/", STET_OUT_URL },
    { "http://127.0.0.1:99999/", STET_OUT_URL },
    { "http://", STET_OUT_URL },
};

static void refuses_what_it_cannot_send(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    if (!begin(&f, &o))
        return;
    for (size_t i = 0; i < sizeof(early) / sizeof(early[0]); i++) {
        tap_row(early[i].url);
        n_done = 0;
        fetch(&f, early[i].url[0] ? early[i].url : "x:");
        CHECK_INT(n_done, 1);
        CHECK_STR(stet_outcome_name(got->outcome),
                  stet_outcome_name(early[i].outcome));
        CHECK(got->why[0]);
        CHECK(got->url.data != NULL);
    }
    tap_row(NULL);
    CHECK_INT(atomic_load(&origin.accepted), 0);
    end(&f);
}

static void tells_what_kept_it_from_connecting(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;
    char url[64];
    int port;

    if (!begin(&f, &o))
        return;
    port = origin.port;
    fetch(&f, "http://nowhere.invalid/");
    CHECK_STR(stet_outcome_name(got->outcome), "dns");
    drop_got();
    origin_close(&origin);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/a", port);
    fetch(&f, url);
    CHECK_STR(stet_outcome_name(got->outcome), "refused");
    CHECK(!got->ip[0]);
    CHECK(got->started_ms > 0);
    drop_got();
    stet_fetcher_free(&f);
}

static const struct {
    const char *path;
    uint64_t max, len;
    enum stet_outcome outcome;
    enum stet_truncated truncated;
} sizes[] = {
    { "/ten", 10, 10, STET_OUT_OK, STET_NOT_TRUNCATED },
    { "/ten", 9, 9, STET_OUT_LENGTH, STET_TRUNCATED_LENGTH },
    { "/chunks", 20, 20, STET_OUT_OK, STET_NOT_TRUNCATED },
    { "/chunks", 19, 19, STET_OUT_LENGTH, STET_TRUNCATED_LENGTH },
    { "/endless", 1000000, 1000000, STET_OUT_LENGTH, STET_TRUNCATED_LENGTH },
    { "/big", 0, 64064, STET_OUT_OK, STET_NOT_TRUNCATED },
};

static void cuts_what_is_too_large(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    o.max_size = 123;
    o.spool_memory = 1000;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        o.max_size = sizes[i].max;
        tap_row(sizes[i].path);
        if (!begin(&f, &o))
            return;
        fetch(&f, sizes[i].path);
        CHECK_STR(stet_outcome_name(got->outcome),
                  stet_outcome_name(sizes[i].outcome));
        CHECK_INT(got->truncated, sizes[i].truncated);
        CHECK_INT(got->body.len, sizes[i].len);
        CHECK((got->body.fd >= 0) == (sizes[i].len > 1000));
        end(&f);
    }
    tap_row(NULL);
}

static struct stet_span request_of(const struct stet_exchange *x)
{
    return (struct stet_span){ x->request.data, x->request.len };
}

static void sends_what_it_was_told_and_shows_it(void)
{
    static const char *const extra[] = { "X-One: 1", "accept: mine" };
    struct stet_fetch_options o = options();
    struct stet_fetch_request r = { .accept = STET_ACCEPT_STYLE };
    struct stet_fetcher f;
    struct stet_buf want;
    char url[64];

    o.user_agent = "tester/1";
    o.from = "me@example.org";
    o.accept_language = "en";
    if (!begin(&f, &o))
        return;
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/a", origin.port);
    r.url = stet_span_of(url);
    r.referer = STET_SPAN("http://x/");
    r.etag = STET_SPAN("\"e\"");
    r.last_modified = STET_SPAN("a\r\nEvil: yes");
    CHECK_INT(stet_fetcher_start(&f, &r, NULL), STET_OK);
    run(&f);
    stet_buf_init(&want, 4096);
    stet_buf_addf(&want,
                  "GET /a HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                  "User-Agent: tester/1\r\nFrom: me@example.org\r\n"
                  "Accept: text/css,*/*;q=0.1\r\nAccept-Language: en\r\n"
                  "Accept-Encoding: gzip\r\nReferer: http://x/\r\n"
                  "If-None-Match: \"e\"\r\n\r\n",
                  origin.port);
    CHECK_SPAN(request_of(got), want.data);
    CHECK_STR(origin.last, want.data);
    CHECK(!got->has_credentials);
    end(&f);

    o.headers = extra;
    o.n_headers = 2;
    if (!begin(&f, &o))
        return;
    snprintf(url, sizeof(url), "http://127.0.0.1:%d/a", origin.port);
    r.credentials = STET_SPAN("user:pass");
    CHECK_INT(stet_fetcher_start(&f, &r, NULL), STET_OK);
    run(&f);
    CHECK(strstr(got->request.data, "\r\nX-One: 1\r\n") != NULL);
    CHECK(strstr(got->request.data, "\r\naccept: mine\r\n") != NULL);
    CHECK(!strstr(got->request.data, "\r\nAccept: "));
    CHECK(strstr(got->request.data,
                 "\r\nAuthorization: Basic dXNlcjpwYXNz\r\n") != NULL);
    CHECK(got->has_credentials);
    CHECK_STR(origin.last, got->request.data);
    stet_buf_clear(&want);
    end(&f);
}

static void refuses_headers_that_are_none(void)
{
    static const char *const bad[] = { "X-One: 1\r\nX-Two: 2", "no colon",
                                       ": empty", "a b: c" };
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    o.n_headers = 1;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        o.headers = &bad[i];
        CHECK_INT(stet_fetch_curl_new(&f, &o, &stet_clock_real, NULL),
                  STET_EUSAGE);
    }
}

static void sends_cookies_of_a_file_and_keeps_new_ones(void)
{
    char path[] = "/tmp/stet-cookies-XXXXXX";
    struct stet_fetch_options o = options();
    struct stet_fetcher f;
    const char *line = "127.0.0.1\tFALSE\t/\tFALSE\t0\told\t1\n";
    int fd = mkstemp(path);

    CHECK(write(fd, line, strlen(line)) == (ssize_t)strlen(line));
    o.cookie_file = path;
    if (!begin(&f, &o))
        return;
    fetch(&f, "/cookie");
    CHECK(strstr(got->request.data, "\r\nCookie: old=1\r\n") != NULL);
    CHECK(got->has_credentials);
    fetch(&f, "/a");
    CHECK(strstr(got->request.data, "new=2") != NULL);
    CHECK(strstr(got->request.data, "old=1") != NULL);
    end(&f);
    CHECK_INT(lseek(fd, 0, SEEK_END), strlen(line));
    close(fd);
    unlink(path);

    o.cookie_file = NULL;
    if (!begin(&f, &o))
        return;
    fetch(&f, "/cookie");
    fetch(&f, "/a");
    CHECK(!strstr(got->request.data, "Cookie"));
    end(&f);
}

static void runs_many_at_once_over_few_connections(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    o.max_per_host = 3;
    if (!begin(&f, &o))
        return;
    for (int i = 0; i < 60; i++)
        start(&f, i % 3 ? "/slow" : "/a");
    run(&f);
    CHECK_INT(n_done, 60);
    CHECK(atomic_load(&origin.accepted) <= 3);
    CHECK_INT(atomic_load(&origin.requests), 60);
    end(&f);
}

static struct stet_fetcher *chained;

static void start_another(void *ctx, struct stet_exchange *x)
{
    on_done(ctx, x);
    if (n_done < 10)
        start(chained, n_done % 2 ? "/a" : "bad:");
}

static void may_start_from_within_on_done(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    o.on_done = start_another;
    chained = &f;
    if (!begin(&f, &o))
        return;
    fetch(&f, "/a");
    CHECK_INT(n_done, 10);
    end(&f);
}

static void gives_back_what_is_cancelled(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;
    size_t active = 0;

    o.idle_ms = o.head_ms = 60000;
    if (!begin(&f, &o))
        return;
    for (int i = 0; i < 3; i++)
        start(&f, "/stall");
    for (int i = 0; i < 20; i++)
        CHECK_INT(stet_fetcher_step(&f, 10, &active, NULL), STET_OK);
    CHECK_INT(active, 3);
    stet_fetcher_cancel_all(&f);
    CHECK_INT(n_done, 3);
    CHECK_STR(stet_outcome_name(got->outcome), "cancelled");
    CHECK_INT(got->truncated, STET_TRUNCATED_UNSPECIFIED);
    CHECK_INT(got->body.len, 4);
    CHECK_INT(stet_fetcher_step(&f, 0, &active, NULL), STET_OK);
    CHECK_INT(active, 0);
    start(&f, "/stall");
    end(&f); /* one under way is dropped without a word */
}

static void *wake_soon(void *ctx)
{
    usleep(50000);
    stet_fetcher_wakeup(ctx);
    return NULL;
}

static void wakes_up_for_another_thread(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;
    pthread_t thread;
    size_t active;
    int64_t from;

    if (!begin(&f, &o))
        return;
    from = stet_clock_steady(&stet_clock_real);
    pthread_create(&thread, NULL, wake_soon, &f);
    CHECK_INT(stet_fetcher_step(&f, 20000, &active, NULL), STET_OK);
    CHECK(stet_clock_steady(&stet_clock_real) - from < 10000);
    pthread_join(thread, NULL);
    end(&f);
}

static void goes_where_connect_to_leads(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;
    char line[64];
    const char *lines[] = { line };

    if (!CHECK(origin_open(&origin, scripts,
                           sizeof(scripts) / sizeof(scripts[0]))))
        return;
    snprintf(line, sizeof(line), "::127.0.0.1:%d", origin.port);
    o.connect_to = lines;
    o.n_connect_to = 1;
    CHECK_INT(stet_fetch_curl_new(&f, &o, &stet_clock_real, NULL), STET_OK);
    fetch(&f, "http://far.example/a");
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    CHECK(strstr(got->request.data, "\r\nHost: far.example\r\n") != NULL);
    end(&f);
}

static void goes_through_a_proxy(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;
    char proxy[64];

    o.n_allow = 0;
    if (!CHECK(origin_open(&origin, scripts,
                           sizeof(scripts) / sizeof(scripts[0]))))
        return;
    snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%d", origin.port);
    o.proxy = proxy;
    CHECK_INT(stet_fetch_curl_new(&f, &o, &stet_clock_real, NULL), STET_OK);
    fetch(&f, "http://far.example/x");
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    CHECK_INT(got->body.len, 3);
    CHECK_STR(got->ip, "");
    fetch(&f, "http://127.0.0.1/x");
    CHECK_STR(stet_outcome_name(got->outcome), "blocked-address");
    fetch(&f, "http://[::ffff:10.0.0.1]:80/x");
    CHECK_STR(stet_outcome_name(got->outcome), "blocked-address");
    CHECK_INT(atomic_load(&origin.requests), 1);
    end(&f);
}

static void does_not_ask_the_environment_for_a_proxy(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    if (!begin(&f, &o))
        return;
    fetch(&f, "/a");
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    end(&f);
}

static void fails_when_the_disk_does(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;
    struct stet_error err;
    size_t active = 1;
    int rc = STET_OK;

    o.spool_dir = "/nonexistent/folder";
    o.spool_memory = 100;
    if (!begin(&f, &o))
        return;
    start(&f, "/big");
    while (!rc && active)
        rc = stet_fetcher_step(&f, 1000, &active, &err);
    CHECK_INT(rc, STET_EIO);
    CHECK(got && got->outcome == STET_OUT_INTERNAL);
    end(&f);
}

TESTS({ "uses a connection again unless it is poisoned",
        uses_a_connection_again_unless_it_is_poisoned },
      { "gives late bytes to no other request",
        gives_late_bytes_to_no_other_request },
      { "connects to no private address however spelled",
        connects_to_no_private_address_however_spelled },
      { "refuses what it cannot send", refuses_what_it_cannot_send },
      { "tells what kept it from connecting",
        tells_what_kept_it_from_connecting },
      { "cuts what is too large", cuts_what_is_too_large },
      { "sends what it was told and shows it",
        sends_what_it_was_told_and_shows_it },
      { "refuses headers that are none", refuses_headers_that_are_none },
      { "sends cookies of a file and keeps new ones",
        sends_cookies_of_a_file_and_keeps_new_ones },
      { "runs many at once over few connections",
        runs_many_at_once_over_few_connections },
      { "may start from within on_done", may_start_from_within_on_done },
      { "gives back what is cancelled", gives_back_what_is_cancelled },
      { "wakes up for another thread", wakes_up_for_another_thread },
      { "goes where connect-to leads", goes_where_connect_to_leads },
      { "goes through a proxy", goes_through_a_proxy },
      { "does not ask the environment for a proxy",
        does_not_ask_the_environment_for_a_proxy },
      { "fails when the disk does", fails_when_the_disk_does })
