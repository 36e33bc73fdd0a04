#include "http/body.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include "vectors.h"

static const struct {
    const char *name, *head, *method;
    enum stet_framing_kind kind;
    uint64_t length;
    unsigned notes;
} framings[] = {
    { "a length", "HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n", "GET",
      STET_FRAMING_LENGTH, 42, 0 },
    { "equal lengths", "HTTP/1.1 200 OK\r\nContent-Length: 4, 4\r\n\r\n", "GET",
      STET_FRAMING_LENGTH, 4, STET_FRAMING_MANY_LENGTHS },
    { "unequal lengths",
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
      "GET", STET_FRAMING_CLOSE, 0, STET_FRAMING_UNEQUAL_LENGTHS },
    { "a negative length", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
      "GET", STET_FRAMING_CLOSE, 0, STET_FRAMING_BAD_LENGTH },
    { "a length with a plus", "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n",
      "GET", STET_FRAMING_CLOSE, 0, STET_FRAMING_BAD_LENGTH },
    { "a length past 64 bits",
      "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551617\r\n\r\n", "GET",
      STET_FRAMING_CLOSE, 0, STET_FRAMING_BAD_LENGTH },
    { "an empty length", "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", "GET",
      STET_FRAMING_CLOSE, 0, STET_FRAMING_BAD_LENGTH },
    { "chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n", "GET",
      STET_FRAMING_CHUNKED, 0, 0 },
    { "chunked wins over a length",
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: "
      "chunked\r\n\r\n",
      "GET", STET_FRAMING_CHUNKED, 0, STET_FRAMING_BOTH },
    { "gzip under chunked",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "GET",
      STET_FRAMING_CHUNKED, 0, STET_FRAMING_OTHER_CODING },
    { "chunked not last",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n", "GET",
      STET_FRAMING_CLOSE, 0, STET_FRAMING_BAD_CODING },
    { "chunked twice",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
      "Transfer-Encoding: chunked\r\n\r\n",
      "GET", STET_FRAMING_CHUNKED, 0, STET_FRAMING_BAD_CODING },
    { "chunked from 1.0",
      "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "GET",
      STET_FRAMING_CHUNKED, 0, STET_FRAMING_OLD_CHUNKED },
    { "neither", "HTTP/1.1 200 OK\r\n\r\n", "GET", STET_FRAMING_CLOSE, 0, 0 },
    { "204", "HTTP/1.1 204 No\r\nContent-Length: 4\r\n\r\n", "GET",
      STET_FRAMING_NONE, 0, 0 },
    { "304", "HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n", "GET",
      STET_FRAMING_NONE, 0, 0 },
    { "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", "HEAD",
      STET_FRAMING_NONE, 0, 0 },
    { "a request without a body", "GET / HTTP/1.1\r\n\r\n", NULL,
      STET_FRAMING_NONE, 0, 0 },
    { "a request with one", "PUT / HTTP/1.1\r\nContent-Length: 7\r\n\r\n", NULL,
      STET_FRAMING_LENGTH, 7, 0 },
};

static void frames_bodies_as_rfc_9112_says(void)
{
    for (size_t i = 0; i < sizeof(framings) / sizeof(framings[0]); i++) {
        struct stet_framing f;
        struct stet_head h;

        tap_row(framings[i].name);
        stet_head_init(&h);
        CHECK_INT(stet_head_parse(&h, stet_span_of(framings[i].head), NULL),
                  STET_OK);
        if (framings[i].method)
            CHECK_INT(stet_framing_of_response(
                          &f, &h, stet_span_of(framings[i].method)),
                      STET_OK);
        else
            CHECK_INT(stet_framing_of_request(&f, &h), STET_OK);
        CHECK_INT(f.kind, framings[i].kind);
        CHECK_INT(f.length, framings[i].length);
        CHECK_INT(f.notes, framings[i].notes);
        stet_head_clear(&h);
    }
    tap_row(NULL);
}

/* A body of so many bytes and then the end; what browsers make of it. */
static void check_length(const struct stet_json_value *row)
{
    struct stet_body_reader r;
    struct stet_framing f;
    struct stet_head h;
    struct stet_buf b;
    int64_t sent = 0, want = -1;
    size_t used;
    int rc = STET_OK;

    stet_head_init(&h);
    stet_buf_init(&b, 4096);
    stet_buf_adds(&b, "HTTP/1.1 200 OK\r\n");
    stet_buf_add_span(&b, stet_json_get_string(row, "header"));
    stet_buf_adds(&b, "\r\n\r\n");
    tap_row(b.data);
    CHECK(stet_json_int(stet_json_get(row, "body_bytes"), &sent));
    stet_json_int(stet_json_get(row, "want_body_len"), &want);
    CHECK_INT(stet_head_parse(&h, stet_buf_span(&b), NULL), STET_OK);
    CHECK_INT(stet_framing_of_response(&f, &h, STET_SPAN("GET")), STET_OK);
    stet_body_init(&r, &f, NULL, NULL);
    for (int64_t i = 0; !rc && i < sent; i++)
        rc = stet_body_feed(&r, STET_SPAN("x"), &used);
    rc = stet_body_finish(&r);
    if (want >= 0)
        CHECK(rc == STET_END && r.entity == (uint64_t)want);
    else
        CHECK(rc == STET_ETRUNC || f.notes);
    tap_row(NULL);
    stet_buf_clear(&b);
    stet_head_clear(&h);
}

static void measures_as_the_standard_s_tests_want(void)
{
    each_line("wpt-http/content_lengths.jsonl", check_length);
}

static const struct {
    const char *name;
    struct stet_framing framing;
    const char *raw, *entity;
    int end;      /* after finish */
    size_t whole; /* bytes that belong to the message */
    unsigned notes;
} bodies[] = {
    { "none", { STET_FRAMING_NONE, 0, 0 }, "xyz", "", STET_END, 0, 0 },
    { "length 0", { STET_FRAMING_LENGTH, 0, 0 }, "xyz", "", STET_END, 0, 0 },
    { "length",
      { STET_FRAMING_LENGTH, 4, 0 },
      "abcdef",
      "abcd",
      STET_END,
      4,
      0 },
    { "short",
      { STET_FRAMING_LENGTH, 9, 0 },
      "abcdef",
      "abcdef",
      STET_ETRUNC,
      6,
      0 },
    { "close",
      { STET_FRAMING_CLOSE, 0, 0 },
      "abcdef",
      "abcdef",
      STET_END,
      6,
      0 },
#define CHUNKED                    \
    {                              \
        STET_FRAMING_CHUNKED, 0, 0 \
    }
    { "chunks", CHUNKED, "3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\n",
      "abc0123456789", STET_END, 29, 0 },
    { "bytes after", CHUNKED, "1\r\na\r\n0\r\n\r\nHTTP/1.1", "a", STET_END, 11,
      0 },
    { "extensions", CHUNKED, "1;x=\"y\"\r\na\r\n0 ; z\r\n\r\n", "a", STET_END,
      21, STET_BODY_EXTENSIONS },
    { "trailers", CHUNKED, "1\r\na\r\n0\r\nA: b\r\nC: d\r\n\r\n", "a", STET_END,
      23, STET_BODY_TRAILERS },
    { "bare LF", CHUNKED, "1\na\n0\n\n", "a", STET_END, 7, STET_BODY_BARE_LF },
    { "blank after the size", CHUNKED, "1  \r\na\r\n0\r\n\r\n", "a", STET_END,
      13, 0 },
    { "cut in a chunk", CHUNKED, "5\r\nabc", "abc", STET_ETRUNC, 6, 0 },
    { "cut between chunks", CHUNKED, "3\r\nabc\r\n", "abc", STET_ETRUNC, 8, 0 },
    { "cut before the last line", CHUNKED, "0\r\n", "", STET_ETRUNC, 3, 0 },
    { "not hex", CHUNKED, "zz\r\n", "", STET_EFORMAT, 0, 0 },
    { "negative", CHUNKED, "-1\r\n", "", STET_EFORMAT, 0, 0 },
    { "no size", CHUNKED, "\r\n", "", STET_EFORMAT, 0, 0 },
    { "17 f", CHUNKED, "fffffffffffffffff\r\n", "", STET_EFORMAT, 15, 0 },
    { "no line end after data", CHUNKED, "3\r\nabcX", "abc", STET_EFORMAT, 6,
      0 },
    { "a bare CR after the size", CHUNKED, "3\rabc", "", STET_EFORMAT, 2, 0 },
    { "a bare CR at the end", CHUNKED, "0\r\n\rX", "", STET_EFORMAT, 4, 0 },
#undef CHUNKED
};

static int keep(void *ctx, const char *p, size_t n)
{
    stet_buf_add(ctx, p, n);
    return stet_buf_status(ctx);
}

static void reads_the_same_however_it_is_cut(void)
{
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        struct stet_span raw = stet_span_of(bodies[i].raw);

        tap_row(bodies[i].name);
        for (size_t step = 1; step <= raw.len; step++) {
            struct stet_body_reader r;
            struct stet_buf b;
            size_t used, n = 0;
            int rc = STET_OK;

            stet_buf_init(&b, 100);
            stet_body_init(&r, &bodies[i].framing, keep, &b);
            CHECK_INT(stet_body_is_over(&r),
                      bodies[i].end == STET_END && !bodies[i].whole);
            for (size_t at = 0; !rc && at < raw.len; at += used) {
                rc = stet_body_feed(&r, stet_span_sub(raw, at, step), &used);
                n += used;
                if (!used)
                    break;
            }
            CHECK_INT(stet_body_finish(&r), bodies[i].end);
            CHECK_INT(n, bodies[i].whole);
            CHECK_INT(r.consumed, bodies[i].whole);
            CHECK_SPAN(stet_buf_span(&b), bodies[i].entity);
            CHECK_INT(r.entity, b.len);
            CHECK_INT(r.notes, bodies[i].notes);
            CHECK((r.fault != NULL) == (bodies[i].end == STET_EFORMAT));
            stet_buf_clear(&b);
        }
    }
    tap_row(NULL);
}

static void limits_chunk_lines_and_trailers(void)
{
    const struct stet_framing f = { STET_FRAMING_CHUNKED, 0, 0 };
    struct stet_body_reader r;
    size_t used;
    int rc;

    stet_body_init(&r, &f, NULL, NULL);
    rc = stet_body_feed(&r, STET_SPAN("1;"), &used);
    for (size_t n = 0; !rc && n <= STET_MAX_CHUNK_LINE; n++)
        rc = stet_body_feed(&r, STET_SPAN("x"), &used);
    CHECK_INT(rc, STET_ELIMIT);

    stet_body_init(&r, &f, NULL, NULL);
    rc = stet_body_feed(&r, STET_SPAN("0\r\n"), &used);
    for (size_t n = 0; !rc && n <= STET_MAX_TRAILERS; n++)
        rc = stet_body_feed(&r, STET_SPAN("a:b\r\n"), &used);
    CHECK_INT(rc, STET_ELIMIT);
}

static void gives_the_entity_of_a_stored_body(void)
{
    struct stet_framing f = { STET_FRAMING_LENGTH, 3, 0 };
    struct stet_span raw = STET_SPAN("abcd"), out;
    struct stet_buf room;

    stet_buf_init(&room, 100);
    CHECK_INT(stet_body_entity(&out, &room, &f, raw), STET_OK);
    CHECK_SPAN(out, "abc");
    CHECK(out.ptr == raw.ptr);
    f.length = 5;
    CHECK_INT(stet_body_entity(&out, &room, &f, raw), STET_ETRUNC);
    CHECK_SPAN(out, "abcd");
    f.kind = STET_FRAMING_CHUNKED;
    CHECK_INT(stet_body_entity(&out, &room, &f,
                               STET_SPAN("2\r\nab\r\n1\r\nc\r\n0\r\n\r\n")),
              STET_OK);
    CHECK_SPAN(out, "abc");
    CHECK_INT(stet_body_entity(&out, &room, &f, STET_SPAN("2\r\nab\r\n1\r")),
              STET_ETRUNC);
    CHECK_SPAN(out, "ab");
    stet_buf_clear(&room);
}

static int entity_of_one(void)
{
    const struct stet_framing f = { STET_FRAMING_CHUNKED, 0, 0 };
    struct stet_span out;
    struct stet_buf room;
    int rc;

    stet_buf_init(&room, 1000);
    rc = stet_body_entity(&out, &room, &f,
                          STET_SPAN("2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"));
    stet_buf_clear(&room);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(entity_of_one));
}

TESTS({ "frames bodies as RFC 9112 says", frames_bodies_as_rfc_9112_says },
      { "measures as the standard's tests want",
        measures_as_the_standard_s_tests_want },
      { "reads the same however it is cut", reads_the_same_however_it_is_cut },
      { "limits chunk lines and trailers", limits_chunk_lines_and_trailers },
      { "gives the entity of a stored body",
        gives_the_entity_of_a_stored_body },
      { "survives want of memory", survives_want_of_memory })
