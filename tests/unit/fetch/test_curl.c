#include "client.h"

#define H200   "HTTP/1.1 200 OK\r\n"
#define S(lit) STET_SPAN_INIT(lit)

/* A response as the wire has it: head and body of the script's parts. */
static const struct row {
    struct origin_script script;
    const char *head, *body, *entity, *interim;
    enum stet_outcome outcome;
    enum stet_truncated truncated;
    uint64_t excess;
} rows[] = {
    { .script = { .path = "/length",
                  .parts = { S(H200 "Content-Length: 5\r\n\r\nhello") } },
      .head = H200 "Content-Length: 5\r\n\r\n",
      .body = "hello" },
    { .script = { .path = "/empty",
                  .parts = { S(H200 "Content-Length: 0\r\n\r\n") } },
      .head = H200 "Content-Length: 0\r\n\r\n",
      .body = "" },
    { .script = { .path = "/chunked",
                  .parts = { S(H200 "Transfer-Encoding: chunked\r\n\r\n"),
                             S("5;ext=\"a\"\r\nhello\r\n"),
                             S("6\r\n world\r\n"),
                             S("0\r\nX-Trailer: t\r\nY: z\r\n\r\n") },
                  .pause_ms = 10 },
      .head = H200 "Transfer-Encoding: chunked\r\n\r\n",
      .body = "5;ext=\"a\"\r\nhello\r\n6\r\n world\r\n"
              "0\r\nX-Trailer: t\r\nY: z\r\n\r\n",
      .entity = "hello world" },
    { .script = { .path = "/close",
                  .parts = { S("HTTP/1.0 200 OK\r\n\r\nuntil"), S(" the end") },
                  .pause_ms = 10,
                  .end = ORIGIN_CLOSE },
      .head = "HTTP/1.0 200 OK\r\n\r\n",
      .body = "until the end" },
    { .script = { .path = "/odd",
                  .parts = { S("HTTP/1.1 299 What  ever\r\n"
                               "x-LOWER:a\r\nX-lower:   b  \r\nX-Lower: c\r\n"
                               "Name : v\r\n8bit: \xE9\xFF\r\n"
                               "content-length:2\r\n\r\nok") } },
      .head = "HTTP/1.1 299 What  ever\r\n"
              "x-LOWER:a\r\nX-lower:   b  \r\nX-Lower: c\r\n"
              "Name : v\r\n8bit: \xE9\xFF\r\n"
              "content-length:2\r\n\r\n",
      .body = "ok" },
    { .script = { .path = "/folded",
                  .parts = { S(H200 "A: one\r\n two\r\n\tthree\r\n"
                                    "Content-Length: 2\r\n\r\nok") } },
      .head = H200 "A: one\r\n two\r\n\tthree\r\nContent-Length: 2\r\n\r\n",
      .body = "ok" },
    { .script = { .path = "/bare-lf",
                  .parts = { S("HTTP/1.1 200 OK\nA: b\n"
                               "Content-Length: 2\n\nok") } },
      .head = "HTTP/1.1 200 OK\nA: b\nContent-Length: 2\n\n",
      .body = "ok" },
    { .script = { .path = "/interim",
                  .parts = { S("HTTP/1.1 103 Early Hints\r\nLink: "
                               "</a>\r\n\r\n"),
                             S("HTTP/1.1 102 P\r\n\r\n"),
                             S(H200 "Content-Length: 2\r\n\r\nok") },
                  .pause_ms = 10 },
      .interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                 "HTTP/1.1 102 P\r\n\r\n",
      .head = H200 "Content-Length: 2\r\n\r\n",
      .body = "ok" },
    { .script = { .path = "/204",
                  .parts = { S("HTTP/1.1 204 No Content\r\nA: b\r\n\r\n") } },
      .head = "HTTP/1.1 204 No Content\r\nA: b\r\n\r\n",
      .body = "" },
    { .script = { .path = "/304",
                  .parts = { S("HTTP/1.1 304 Not Modified\r\n"
                               "Content-Length: 100\r\n\r\n") } },
      .head = "HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n",
      .body = "" },
    { .script = { .path = "/302",
                  .parts = { S("HTTP/1.1 302 Found\r\nLocation: /length\r\n"
                               "Content-Length: 2\r\n\r\nok") } },
      .head = "HTTP/1.1 302 Found\r\nLocation: /length\r\n"
              "Content-Length: 2\r\n\r\n",
      .body = "ok" },
    { .script = { .path = "/gzip",
                  .parts = { S(H200 "Content-Encoding: gzip\r\n"
                                    "Content-Length: 9\r\n\r\n"
                                    "not gzip!") } },
      .head = H200 "Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\n",
      .body = "not gzip!" },
    { .script = { .path = "/te-gzip",
                  .parts = { S(H200 "Transfer-Encoding: gzip, chunked\r\n"
                                    "\r\n3\r\nraw\r\n0\r\n\r\n") } },
      .head = H200 "Transfer-Encoding: gzip, chunked\r\n\r\n",
      .body = "3\r\nraw\r\n0\r\n\r\n",
      .entity = "raw" },
    { .script = { .path = "/excess-chunked",
                  .parts = { S(H200 "Transfer-Encoding: chunked\r\n\r\n"
                                    "2\r\nok\r\n0\r\n\r\n" H200 "\r\nevil") } },
      .head = H200 "Transfer-Encoding: chunked\r\n\r\n",
      .body = "2\r\nok\r\n0\r\n\r\n",
      .entity = "ok",
      .excess = 23 },
    { .script = { .path = "/excess-length",
                  .parts = { S(H200 "Content-Length: 2\r\n\r\nok" H200
                                    "\r\nevil") } },
      .head = H200 "Content-Length: 2\r\n\r\n",
      .body = "ok",
      .excess = 23 },
    { .script = { .path = "/excess-204",
                  .parts = { S("HTTP/1.1 204 No\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n"
                               "4\r\nevil\r\n0\r\n\r\n") } },
      .head = "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n",
      .body = "",
      .excess = 14 },
    { .script = { .path = "/no-status-line",
                  .parts = { S("HTTP/+1.+1 200 OK\r\n"
                               "Content-Length: 5\r\n\r\nhello") } },
      .head = "HTTP/+1.+1 200 OK\r\nContent-Length: 5\r\n\r\n",
      .body = "hello",
      .outcome = STET_OUT_MALFORMED,
      .truncated = STET_TRUNCATED_UNSPECIFIED },
    { .script = { .path = "/odd-end",
                  .parts = { S(H200 "Content-Length: 5\r\n\r\r\nhello") } },
      .head = H200 "Content-Length: 5\r\n\r\r\n",
      .body = "hello",
      .outcome = STET_OUT_MALFORMED,
      .truncated = STET_TRUNCATED_UNSPECIFIED },
    { .script = { .path = "/odd-interim",
                  .parts = { S("HTTP/1.1 100 Go on\r\n\r\r\n"),
                             S(H200 "Content-Length: 5\r\n\r\nhello") } },
      .interim = "HTTP/1.1 100 Go on\r\n\r\r\n",
      .head = H200 "Content-Length: 5\r\n\r\n",
      .body = "hello",
      .outcome = STET_OUT_MALFORMED,
      .truncated = STET_TRUNCATED_UNSPECIFIED },
    { .script = { .path = "/short",
                  .parts = { S(H200 "Content-Length: 10\r\n\r\nhello") },
                  .end = ORIGIN_CLOSE },
      .head = H200 "Content-Length: 10\r\n\r\n",
      .body = "hello",
      .outcome = STET_OUT_DISCONNECTED,
      .truncated = STET_TRUNCATED_DISCONNECT },
    { .script = { .path = "/short-chunk",
                  .parts = { S(H200
                               "Transfer-Encoding: chunked\r\n\r\n5\r\nhel") },
                  .end = ORIGIN_CLOSE },
      .head = H200 "Transfer-Encoding: chunked\r\n\r\n",
      .body = "5\r\nhel",
      .entity = "hel",
      .outcome = STET_OUT_DISCONNECTED,
      .truncated = STET_TRUNCATED_DISCONNECT },
    { .script = { .path = "/no-last-chunk",
                  .parts = { S(
                      H200 "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n") },
                  .end = ORIGIN_CLOSE },
      .head = H200 "Transfer-Encoding: chunked\r\n\r\n",
      .body = "2\r\nok\r\n",
      .entity = "ok",
      .outcome = STET_OUT_DISCONNECTED,
      .truncated = STET_TRUNCATED_DISCONNECT },
    { .script = { .path = "/bad-chunk",
                  .parts = { S(H200 "Transfer-Encoding: chunked\r\n\r\n"),
                             S("2\r\nok\r\nzz\r\n") },
                  .pause_ms = 10,
                  .end = ORIGIN_CLOSE },
      .head = H200 "Transfer-Encoding: chunked\r\n\r\n",
      .outcome = STET_OUT_MALFORMED,
      .truncated = STET_TRUNCATED_UNSPECIFIED },
    { .script = { .path = "/reset-close",
                  .parts = { S(H200 "\r\nsome") },
                  .end = ORIGIN_RESET },
      .head = H200 "\r\n",
      .body = "some",
      .outcome = STET_OUT_DISCONNECTED,
      .truncated = STET_TRUNCATED_DISCONNECT },
    { .script = { .path = "/reset-length",
                  .parts = { S(H200 "Content-Length: 9\r\n\r\nsome") },
                  .end = ORIGIN_RESET },
      .head = H200 "Content-Length: 9\r\n\r\n",
      .body = "some",
      .outcome = STET_OUT_DISCONNECTED,
      .truncated = STET_TRUNCATED_DISCONNECT },
    { .script = { .path = "/cut-head",
                  .parts = { S(H200 "A: b\r\n") },
                  .end = ORIGIN_CLOSE },
      .outcome = STET_OUT_DISCONNECTED,
      .truncated = STET_TRUNCATED_DISCONNECT },
    { .script = { .path = "/nothing", .parts = { { 0 } }, .end = ORIGIN_CLOSE },
      .head = "",
      .outcome = STET_OUT_EMPTY },
    { .script = { .path = "/http09",
                  .parts = { S("hello") },
                  .end = ORIGIN_CLOSE },
      .outcome = STET_OUT_MALFORMED },
    { .script = { .path = "/icy",
                  .parts = { S("ICY 200 OK\r\n\r\nx") },
                  .end = ORIGIN_CLOSE },
      .outcome = STET_OUT_MALFORMED },
    { .script = { .path = "/bad-status",
                  .parts = { S("HTTP/1.1 abc\r\n\r\nx") },
                  .end = ORIGIN_CLOSE },
      .outcome = STET_OUT_MALFORMED },
    { .script = { .path = "/nul",
                  .parts = { S(H200 "A: \0b\r\n\r\nx") },
                  .end = ORIGIN_CLOSE },
      .head = H200,
      .outcome = STET_OUT_MALFORMED,
      .truncated = STET_TRUNCATED_UNSPECIFIED },
    { .script = { .path = "/no-colon",
                  .parts = { S(H200 "A: b\r\nno colon\r\n\r\nx") },
                  .end = ORIGIN_CLOSE },
      .head = H200 "A: b\r\n",
      .outcome = STET_OUT_MALFORMED,
      .truncated = STET_TRUNCATED_UNSPECIFIED },
    { .script = { .path = "/101",
                  .parts = { S(
                      "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nabc") },
                  .end = ORIGIN_CLOSE },
      .head = "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
      .body = "",
      .outcome = STET_OUT_MALFORMED,
      .truncated = STET_TRUNCATED_UNSPECIFIED },
    { .script = { .path = "/stall-body",
                  .parts = { S(H200 "Content-Length: 9\r\n\r\nsome") },
                  .end = ORIGIN_STALL },
      .head = H200 "Content-Length: 9\r\n\r\n",
      .body = "some",
      .outcome = STET_OUT_TIMEOUT,
      .truncated = STET_TRUNCATED_TIME },
    { .script = { .path = "/stall-head",
                  .parts = { S(H200 "A: b\r\n") },
                  .end = ORIGIN_STALL },
      .head = H200 "A: b\r\n",
      .outcome = STET_OUT_TIMEOUT,
      .truncated = STET_TRUNCATED_TIME },
    { .script = { .path = "/drip-body",
                  .parts = { S(H200 "\r\n"), S("x") },
                  .pause_ms = 40,
                  .repeat = 100000,
                  .end = ORIGIN_CLOSE },
      .head = H200 "\r\n",
      .outcome = STET_OUT_TIMEOUT,
      .truncated = STET_TRUNCATED_TIME },
    { .script = { .path = "/drip-head",
                  .parts = { S(H200), S("x: y\r\n") },
                  .pause_ms = 40,
                  .repeat = 100000,
                  .end = ORIGIN_CLOSE },
      .outcome = STET_OUT_TIMEOUT,
      .truncated = STET_TRUNCATED_TIME },
    { .script = { .path = "/endless-head",
                  .parts = { S(H200), S("x: "
                                        "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
                                        "yy\r\n") },
                  .repeat = 1000000,
                  .end = ORIGIN_CLOSE },
      .outcome = STET_OUT_MALFORMED,
      .truncated = STET_TRUNCATED_UNSPECIFIED },
    { .script = { .path = "/endless-interim",
                  .parts = { S(
                      "HTTP/1.1 100 Continue\r\nx: yyyyyyyyyyyyyyyyyyyy\r\n"
                      "\r\n") },
                  .repeat = 1000000,
                  .end = ORIGIN_CLOSE },
      .outcome = STET_OUT_MALFORMED },
};

enum { N_ROWS = sizeof(rows) / sizeof(rows[0]) };

static struct origin_script scripts[N_ROWS];

static void check_exchange(const struct row *r, struct stet_exchange *x)
{
    const char *entity = r->entity ? r->entity : r->body;
    struct stet_digest d;
    struct stet_span body;

    CHECK_STR(stet_outcome_name(x->outcome), stet_outcome_name(r->outcome));
    CHECK_INT(x->truncated, r->truncated);
    CHECK((x->why[0] != '\0') == (r->outcome != STET_OUT_OK));
    if (r->head)
        CHECK_SPAN(span_of_bytes(&x->head), r->head);
    CHECK_SPAN(span_of_bytes(&x->interim), r->interim        ? r->interim
                                           : x->interim.data ? x->interim.data
                                                             : "");
    CHECK_INT(x->excess, r->excess);
    CHECK_INT(x->id, 7);
    CHECK(x->ctx == &origin);
    CHECK(x->took_ms >= 0 && x->took_ms < 5000);
    CHECK_STR(x->ip, "127.0.0.1");
    CHECK_INT(x->port, origin.port);
    CHECK_INT(stet_spool_view(&x->body, &body, NULL), STET_OK);
    if (!r->body)
        return;
    CHECK_SPAN(body, r->body);
    if (r->outcome == STET_OUT_EMPTY || !x->head_is_whole)
        return;
    CHECK_INT(stet_digest_of(&d, STET_SHA256, stet_span_of(entity), NULL),
              STET_OK);
    CHECK(stet_digest_eq(&d, &x->entity_digest));
    CHECK_INT(x->entity_len, strlen(entity));
}

static void keeps_the_bytes_that_the_server_sent(void)
{
    struct stet_fetch_options o = options();
    struct stet_fetcher f;

    for (size_t i = 0; i < N_ROWS; i++)
        scripts[i] = rows[i].script;
    if (!CHECK(origin_open(&origin, scripts, N_ROWS)))
        return;
    CHECK_INT(stet_fetch_curl_new(&f, &o, &stet_clock_real, NULL), STET_OK);
    for (size_t i = 0; i < N_ROWS; i++) {
        tap_row(rows[i].script.path);
        fetch(&f, rows[i].script.path);
        CHECK_INT(n_done, 1);
        if (got)
            check_exchange(&rows[i], got);
        drop_got();
    }
    tap_row(NULL);
    stet_fetcher_free(&f);
    origin_close(&origin);
}

TESTS({ "keeps the bytes that the server sent",
        keeps_the_bytes_that_the_server_sent })
