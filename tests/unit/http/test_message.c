#include "http/message.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

static const struct {
    const char *name, *bytes;
    size_t end;
} ends[] = {
    { "CRLF", "HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 25 },
    { "bare LF", "HTTP/1.1 200 OK\nA: b\n\nbody", 22 },
    { "LF then CRLF", "HTTP/1.1 200 OK\nA: b\n\r\nbody", 23 },
    { "CR CR LF is no empty line", "A\r\n\r\r\nB\r\n\r\n", 11 },
    { "not there yet", "HTTP/1.1 200 OK\r\nA: b\r\n", 0 },
    { "nothing", "", 0 },
    { "an empty line first", "\r\nA", 2 },
    { "a LF first", "\nA", 1 },
};

static void finds_the_end_of_a_head_however_it_is_cut(void)
{
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct stet_span all = stet_span_of(ends[i].bytes);

        tap_row(ends[i].name);
        CHECK_INT(stet_head_end(all, NULL), ends[i].end);
        for (size_t step = 1; step <= all.len; step++) {
            size_t scanned = 0, end = 0;

            for (size_t n = step; !end; n += step) {
                end = stet_head_end(stet_span_sub(all, 0, n), &scanned);
                if (n >= all.len)
                    break;
            }
            CHECK_INT(end, ends[i].end);
        }
    }
    tap_row(NULL);
}

static void keeps_fields_in_order_with_their_bytes(void)
{
    struct stet_span s = STET_SPAN("HTTP/1.1 200 Fine\r\n"
                                   "conTENT-type:text/html\r\n"
                                   "X-A:  one \t\r\n"
                                   "x-a: two\r\n"
                                   "Empty:\r\n"
                                   "\r\nbody: no");
    struct stet_buf b;
    struct stet_head h;

    stet_buf_init(&b, 100);
    stet_head_init(&h);
    CHECK_INT(stet_head_parse_response(&h, s, NULL), STET_OK);
    CHECK(h.is_response);
    CHECK_INT(h.status, 200);
    CHECK_INT(h.major * 10 + h.minor, 11);
    CHECK_SPAN(h.reason, "Fine");
    CHECK_INT(h.n_fields, 4);
    CHECK_INT(h.notes, 0);
    CHECK_INT(h.bytes.len, s.len - 8);
    CHECK_SPAN(h.fields[0].name, "conTENT-type");
    CHECK_SPAN(stet_span_sub(s, h.fields[1].offset, h.fields[1].len),
               "X-A:  one \t\r\n");
    CHECK_SPAN(stet_head_get(&h, "Content-Type"), "text/html");
    CHECK_SPAN(stet_head_get(&h, "x-A"), "one");
    CHECK(stet_head_get(&h, "empty").ptr != NULL);
    CHECK(!stet_head_get(&h, "absent").ptr);
    CHECK(stet_head_join(&h, "x-a", &b));
    CHECK_SPAN(stet_buf_span(&b), "one, two");
    CHECK(!stet_head_join(&h, "absent", &b));
    stet_buf_clear(&b);
    stet_head_clear(&h);
}

static const struct {
    const char *name;
    struct stet_span bytes;
    unsigned notes;
    size_t n;
    const char *a; /* the value of field "A", joined */
} odd[] = {
    { "a fold", STET_SPAN_INIT("HTTP/1.1 200 OK\r\nA: x\r\n  y\r\n\tz\r\n\r\n"),
      STET_HEAD_FOLD, 1, "x y z" },
    { "an empty fold", STET_SPAN_INIT("HTTP/1.1 200 OK\r\nA: x\r\n \r\n\r\n"),
      STET_HEAD_FOLD, 1, "x" },
    { "a fold first",
      STET_SPAN_INIT("HTTP/1.1 200 OK\r\n  B: y\r\nA: x\r\n\r\n"),
      STET_HEAD_FIRST_FOLD, 1, "x" },
    { "a NUL", STET_SPAN_INIT("HTTP/1.1 200 OK\r\nA: x\0y\r\n\r\n"),
      STET_HEAD_NUL, 1, "x y" },
    { "a bare CR", STET_SPAN_INIT("HTTP/1.1 200 OK\r\nA: x\ry\r\n\r\n"),
      STET_HEAD_BARE_CR, 1, "x y" },
    { "no colon and its fold",
      STET_SPAN_INIT("HTTP/1.1 200 OK\r\nbad\r\n more\r\nA: x\r\n\r\n"),
      STET_HEAD_NO_COLON, 1, "x" },
    { "a space before the colon",
      STET_SPAN_INIT("HTTP/1.1 200 OK\r\nA : x\r\n\r\n"), STET_HEAD_SPACE_COLON,
      1, "x" },
    { "a name that is no token",
      STET_SPAN_INIT("HTTP/1.1 200 OK\r\nA: x\r\n(b): y\r\n\r\n"),
      STET_HEAD_BAD_NAME, 2, "x" },
    { "eight bits", STET_SPAN_INIT("HTTP/1.1 200 OK\r\nA: \xC3\xA9\r\n\r\n"),
      STET_HEAD_EIGHT_BIT, 1, "\xC3\xA9" },
    { "bare LF", STET_SPAN_INIT("HTTP/1.1 200 OK\nA: x\n\n"), STET_HEAD_BARE_LF,
      1, "x" },
    { "cut", STET_SPAN_INIT("HTTP/1.1 200 OK\r\nA: x"), STET_HEAD_CUT, 1, "x" },
    { "no reason", STET_SPAN_INIT("HTTP/1.1 200\r\nA: x\r\n\r\n"),
      STET_HEAD_ODD_START, 1, "x" },
    { "an empty reason", STET_SPAN_INIT("HTTP/1.1 200 \r\nA: x\r\n\r\n"), 0, 1,
      "x" },
    { "lower case", STET_SPAN_INIT("http/1.1 200 OK\r\nA: x\r\n\r\n"),
      STET_HEAD_ODD_START, 1, "x" },
    { "curl's HTTP/2", STET_SPAN_INIT("HTTP/2 200 \r\na: x\r\n\r\n"), 0, 1,
      "x" },
};

static void notes_what_is_odd_and_reads_on(void)
{
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        struct stet_head h;
        struct stet_buf b;

        tap_row(odd[i].name);
        stet_head_init(&h);
        stet_buf_init(&b, 100);
        CHECK_INT(stet_head_parse(&h, odd[i].bytes, NULL), STET_OK);
        CHECK_INT(h.status, 200);
        CHECK_INT(h.notes, odd[i].notes);
        CHECK_INT(h.n_fields, odd[i].n);
        CHECK(stet_head_join(&h, "a", &b));
        CHECK_SPAN(stet_buf_span(&b), odd[i].a);
        stet_buf_clear(&b);
        stet_head_clear(&h);
    }
    tap_row(NULL);
}

static void refuses_what_has_no_status_line(void)
{
    static const char *const bad[] = {
        "",
        "\r\n\r\n",
        "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 20\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 -200 OK\r\n\r\n",
        "HTTP/ 200 OK\r\n\r\n",
        "HTTP/1.1200 OK\r\n\r\n",
        "HTTP/1. 200 OK\r\n\r\n",
        "HTTP/1.1 200OK\r\n\r\n",
        "<html>\r\n\r\n",
    };
    struct stet_error err;
    struct stet_head h;

    stet_head_init(&h);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        tap_row(bad[i]);
        CHECK_INT(stet_head_parse_response(&h, stet_span_of(bad[i]), &err),
                  STET_EFORMAT);
        CHECK_INT(h.bytes.len, 0);
    }
    tap_row(NULL);
}

static const struct {
    const char *line, *method, *target;
    int version;
    bool odd;
} requests[] = {
    { "GET / HTTP/1.1", "GET", "/", 11, false },
    { "OPTIONS * HTTP/1.0", "OPTIONS", "*", 10, false },
    { "GET http://a/ HTTP/1.1", "GET", "http://a/", 11, false },
    { "GET /a b HTTP/1.1", "GET", "/a b", 11, true },
    { "GET /old", "GET", "/old", 9, true },
    { "GET /x HTTP/1.1x", NULL, NULL, 0, false },
    { "GET", NULL, NULL, 0, false },
    { "G(T / HTTP/1.1", NULL, NULL, 0, false },
    { "GET  HTTP/1.1", NULL, NULL, 0, false },
};

static void reads_request_lines(void)
{
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        struct stet_head h;
        struct stet_buf b;
        int rc;

        tap_row(requests[i].line);
        stet_head_init(&h);
        stet_buf_init(&b, 100);
        stet_buf_addf(&b, "%s\r\nHost: a\r\n\r\n", requests[i].line);
        rc = stet_head_parse(&h, stet_buf_span(&b), NULL);
        CHECK_INT(rc, requests[i].method ? STET_OK : STET_EFORMAT);
        if (!rc) {
            CHECK_SPAN(h.method, requests[i].method);
            CHECK_SPAN(h.target, requests[i].target);
            CHECK_INT(h.major * 10 + h.minor, requests[i].version);
            CHECK_INT(h.notes, requests[i].odd ? STET_HEAD_ODD_START : 0);
            CHECK(!h.is_response);
        }
        stet_buf_clear(&b);
        stet_head_clear(&h);
    }
    tap_row(NULL);
}

static void stops_listing_at_its_limits(void)
{
    struct stet_buf b;
    struct stet_head h;

    stet_head_init(&h);
    stet_buf_init(&b, 2 * STET_MAX_HEAD);
    stet_buf_adds(&b, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < STET_MAX_FIELDS + 5; i++)
        stet_buf_adds(&b, "A: x\r\n");
    stet_buf_adds(&b, " folded\r\n\r\n");
    CHECK_INT(stet_head_parse(&h, stet_buf_span(&b), NULL), STET_OK);
    CHECK_INT(h.n_fields, STET_MAX_FIELDS);
    CHECK_INT(h.notes, STET_HEAD_MANY_FIELDS);

    stet_buf_reset(&b);
    stet_buf_adds(&b, "HTTP/1.1 200 OK\r\nA: ");
    for (int i = 0; i < STET_MAX_HEAD; i++)
        stet_buf_addc(&b, 'x');
    CHECK_INT(stet_head_parse(&h, stet_buf_span(&b), NULL), STET_ELIMIT);
    stet_buf_clear(&b);
    stet_head_clear(&h);
}

static void cuts_lists_at_commas_outside_quotes(void)
{
    struct stet_span rest = STET_SPAN(" a ,, \"b,\\\",c\" , d"), m;

    CHECK(stet_list_next(&rest, &m));
    CHECK_SPAN(m, "a");
    CHECK(stet_list_next(&rest, &m));
    CHECK_SPAN(m, "\"b,\\\",c\"");
    CHECK(stet_list_next(&rest, &m));
    CHECK_SPAN(m, "d");
    CHECK(!stet_list_next(&rest, &m));
    CHECK(stet_list_has(STET_SPAN("keep-alive, Close"), "close"));
    CHECK(!stet_list_has(STET_SPAN("closed"), "close"));
}

static void takes_credentials_out_of_requests_only(void)
{
    struct stet_span s = STET_SPAN("GET / HTTP/1.1\r\nHost: a\r\n"
                                   "authorization:  Basic eDp5 \r\n"
                                   "Cookie: a=b;\r\n c=d\r\n"
                                   "Proxy-Authorization:\r\n"
                                   "Accept: */*\r\n\r\n");
    struct stet_span r = STET_SPAN("HTTP/1.1 200 OK\r\nCookie: a\r\n\r\n");
    struct stet_head h;
    struct stet_buf b;

    stet_head_init(&h);
    stet_buf_init(&b, 1000);
    CHECK_INT(stet_head_parse(&h, s, NULL), STET_OK);
    CHECK(stet_head_redact(&h, &b));
    CHECK_SPAN(stet_buf_span(&b), "GET / HTTP/1.1\r\nHost: a\r\n"
                                  "authorization:  [redacted] \r\n"
                                  "Cookie: [redacted]\r\n"
                                  "Proxy-Authorization:\r\n"
                                  "Accept: */*\r\n\r\n");
    stet_buf_reset(&b);
    CHECK_INT(stet_head_parse(&h, r, NULL), STET_OK);
    CHECK(!stet_head_redact(&h, &b));
    CHECK(stet_span_eq(stet_buf_span(&b), r));
    stet_buf_clear(&b);
    stet_head_clear(&h);
}

static int parse_one(void)
{
    struct stet_head h;
    int rc;

    stet_head_init(&h);
    rc = stet_head_parse(&h, odd[0].bytes, NULL);
    stet_head_clear(&h);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(parse_one));
}

TESTS({ "finds the end of a head however it is cut",
        finds_the_end_of_a_head_however_it_is_cut },
      { "keeps fields in order with their bytes",
        keeps_fields_in_order_with_their_bytes },
      { "notes what is odd and reads on", notes_what_is_odd_and_reads_on },
      { "refuses what has no status line", refuses_what_has_no_status_line },
      { "reads request lines", reads_request_lines },
      { "stops listing at its limits", stops_listing_at_its_limits },
      { "cuts lists at commas outside quotes",
        cuts_lists_at_commas_outside_quotes },
      { "takes credentials out of requests only",
        takes_credentials_out_of_requests_only },
      { "survives want of memory", survives_want_of_memory })
