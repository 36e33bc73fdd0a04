#include "stet/plumb.h"

#include "base/buf.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s, s ? strlen(s) : 0 };
}

static void answers_lines(void)
{
    static const struct {
        const char *stage, *line, *want; /* want: what it begins with */
    } rows[] = {
        { "url", "{\"id\":1,\"input\":\"/x\",\"base\":\"http://a.org\"}",
          "{\"id\":1,\"input\":\"/x\",\"href\":\"http://a.org/x\"," },
        { "url", "{\"id\":\"a\",\"input\":\"/x\"}",
          "{\"id\":\"a\",\"input\":\"/x\",\"error\":\"not a URL: /x\"}" },
        { "url", "{\"id\":[1],\"input\":7}",
          "{\"id\":[1],\"error\":\"input: not a string\"}" },
        { "url", "{\"input\":{\"b64\":\"eDovLw==\"}}",
          "{\"input\":\"x://\",\"href\":\"x://\"" },
        { "url", "{\"input_b64\":\"eDovLw\"}", "{\"input\":\"x://\"," },
        { "url", "{\"id\":2,\"input_b64\":\"e\"}",
          "{\"id\":2,\"error\":\"input: not base64\"}" },
        { "url", "[]", "{\"error\":\"not a JSON object\"}" },
        { "url", "{", "{\"error\":\"JSON line 1" },
        { "robots",
          "{\"id\":1,\"robots\":\"user-agent:*\\ndisallow:/x\",\"agent\":\"a\","
          "\"url\":\"http://a.org/xy\"}",
          "{\"id\":1,\"allowed\":false,\"rule\":\"/x\",\"line\":2}" },
        { "robots",
          "{\"robots\":\"crawl-delay: 1\",\"agent\":\"\",\"url\":\"\"}",
          "{\"allowed\":true}" },
        { "robots", "{\"robots\":\"\",\"url\":\"/\"}",
          "{\"error\":\"agent is missing\"}" },
        { "tokens", "{\"input\":\"a&amp;b<p x y=1 x>\"}",
          "{\"output\":[[\"Character\",\"a&b\"],[\"StartTag\",\"p\",{\"x\":"
          "\"\","
          "\"y\":\"1\"}]]}" },
        { "tokens",
          "{\"input\":\"<b></x>\",\"initialState\":\"RCDATA state\","
          "\"lastStartTag\":\"x\",\"offsets\":true}",
          "{\"output\":[[\"Character\",\"<b>\",{\"offset\":0,\"length\":3}],"
          "[\"EndTag\",\"x\",{\"offset\":3,\"length\":4}]]}" },
        { "tokens", "{\"input\":\"\",\"initialState\":\"X\"}",
          "{\"error\":\"initialState: no state 'X'\"}" },
        { "links", "{\"base\":\"http://a.org/\",\"content\":\"<img src=b>\"}",
          "{\"links\":[{\"url\":\"http://a.org/b\",\"raw\":\"b\"" },
        { "links",
          "{\"base\":\"http://a.org/\",\"type\":\"x\",\"content\":\"\"}",
          "{\"error\":\"type: no type 'x'\"}" },
        { "rewrite",
          "{\"base\":\"http://a.org/\",\"content\":\"<img src=/b>\","
          "\"prefix\":\"/w/\",\"timestamp\":\"2020\"}",
          "{\"content\":\"<img src=/w/2020im_/http://a.org/b>\"}" },
        { "rewrite",
          "{\"base\":\"http://a.org/\",\"content_b64\":\"/w==\","
          "\"prefix\":\"/w/\"}",
          "{\"content_b64\":\"/w==\"}" },
        { "article", "{\"content\":\"<title>T</title>\",\"captured\":\"x\"}",
          "{\"error\":\"captured: not a date: x\"}" },
    };
    struct stet_bytes out;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t n = strlen(rows[i].want);

        tap_row(rows[i].line);
        CHECK_INT(
            stet_plumb_answer(&out, rows[i].stage, span(rows[i].line), NULL),
            STET_OK);
        if (out.len > n && rows[i].want[n - 1] != '}')
            out.data[n] = '\0';
        CHECK_STR(out.data, rows[i].want);
        stet_bytes_clear(&out);
    }
}

static void knows_its_stages(void)
{
    struct stet_error err = { 0 };
    struct stet_bytes out;

    CHECK_INT(stet_plumb_answer(&out, "x", span("{}"), &err), STET_EUSAGE);
    CHECK_STR(err.text, "no stage 'x'");
    CHECK(out.data == NULL);
}

static int add_line(void *ctx, struct stet_span line)
{
    stet_buf_add_span(ctx, line);
    stet_buf_addc(ctx, '\n');
    return STET_OK;
}

static int stop(void *ctx, struct stet_span line)
{
    (void)ctx;
    (void)line;
    return 7;
}

static void asks_for_lines(void)
{
    struct stet_plumb_field fields[] = {
        { "input", STET_SPAN_INIT("<p>x") },
        { "offsets", STET_SPAN_INIT("yes") },
        { "initialState", { NULL, 0 } },
    };
    struct stet_error err = { 0 };
    struct stet_buf b;

    stet_buf_init(&b, 1000);
    CHECK_INT(stet_plumb_ask("tokens", fields, 3, add_line, &b, &err), STET_OK);
    CHECK_STR(b.data, "[\"StartTag\",\"p\",{},{\"offset\":0,\"length\":3}]\n"
                      "[\"Character\",\"x\",{\"offset\":3,\"length\":1}]\n");
    CHECK_INT(stet_plumb_ask("tokens", fields, 3, stop, NULL, &err), 7);
    CHECK_INT(stet_plumb_ask("tokens", fields + 1, 2, add_line, &b, &err),
              STET_EUSAGE);
    CHECK_STR(err.text, "input is missing");
    stet_buf_reset(&b);
    CHECK_INT(stet_plumb_ask("url", fields, 1, add_line, &b, &err), STET_END);
    CHECK_STR(b.data, "{\"input\":\"<p>x\",\"error\":\"not a URL: <p>x\"}\n");
    stet_buf_clear(&b);
}

static int work(void)
{
    static const char *const lines[][2] = {
        { "url", "{\"id\":[1,2],\"input\":\"/x\",\"base\":\"http://a.org\"}" },
        { "robots", "{\"id\":1,\"robots_b64\":\"YTpi\",\"agent\":\"a\","
                    "\"url\":\"http://a.org/xy\"}" },
        { "tokens", "{\"input\":\"x<p>\"}" },
    };
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < 3; i++) {
        struct stet_bytes out;
        rc = stet_plumb_answer(&out, lines[i][0], span(lines[i][1]), NULL);
        stet_bytes_clear(&out);
    }
    return rc;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(work));
}

TESTS({ "answers lines", answers_lines },
      { "knows its stages", knows_its_stages },
      { "asks for lines", asks_for_lines },
      { "survives every failed allocation", survives_every_failed_allocation })
