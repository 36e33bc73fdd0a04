#include "index/post.h"

#include "base/base64.h"
#include "base/mem.h"
#include "json/json.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX = 1 << 20 };

#define FORM "application/x-www-form-urlencoded"
#define JSON "application/json"

static const struct row {
    const char *name, *method, *type, *body, *want;
} rows[] = {
    { "nothing is added to a GET", "GET", FORM, "a=1", "" },
    { "nor to a HEAD", "HEAD", "", "", "" },
    { "a form is unescaped, once", "POST", FORM, "a=%2541&b=x+y&c=%",
      "a=%41&b=x y&c=%" },
    { "in any case of the method", "put", FORM "; charset=utf-8", "a=b",
      "a=b" },
    { "what is not UTF-8 after it is replaced", "POST", FORM, "a=%FFz",
      "a=\xEF\xBF\xBDz" },
    { "a form that is not text is binary", "POST", FORM, "\xFF\xFE",
      "__wb_post_data=//4=" },
    { "leaves of JSON are pairs", "POST", JSON,
      "{\"a\":true,\"b\":null,\"c\":[1,2.50,1e300,100000.0,0.00025,-0.0],\"d\":"
      "{\"e "
      "f\":\"\xC3\xA9&\"}"
      "}",
      "a=True&b=None&c=1&c.2_=2.5&c.3_=1e%2B300&c.4_=100000.0&c.5_=0.00025&c.6_"
      "=-0.0&e+f=%C3%A9%26" },
    { "JSON may stand in lines", "POST", "text/plain", "{\"a\":1}\n{\"a\":2}",
      "a=1&a.2_=2" },
    { "broken JSON is nothing", "POST", JSON, "{\"a\":1}\n{", "" },
    { "but as plain text it is binary", "POST", "text/plain", "{\"a\":1}\n{",
      "__wb_post_data=eyJhIjoxfQp7" },
    { "JSON without names is nothing", "POST", "text/plain", "7", "" },
    { "parts of multipart are pairs", "POST",
      "multipart/form-data; boundary=\"x y\"",
      "--x y\r\nContent-Disposition: form-data; name=\"a b\"\r\n\r\n1\r\n2\r\n"
      "--x y\r\ncontent-disposition: form-data; name=f; filename=\"z\"\r\n"
      "Content-Type: text/x\r\n\r\n\xFF\r\n--x y--\r\n",
      "a+b=1%0D%0A2&f=%FF" },
    { "multipart without a boundary is binary", "POST", "multipart/form-data",
      "x", "__wb_post_data=eA==" },
    { "one whose boundary is not there is nothing", "POST",
      "multipart/form-data; boundary=b", "x", "" },
    { "all else is binary", "POST", "", "abc", "__wb_post_data=YWJj" },
};

static int query_of(const struct row *r, struct stet_buf *out)
{
    struct stet_post p = { .method = stet_span_of(r->method),
                           .type = stet_span_of(r->type),
                           .length = { NULL, 0 },
                           .body = stet_span_of(r->body) };

    return stet_post_query(out, &p);
}

static void bodies_become_queries(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_buf out;

        stet_buf_init(&out, MAX);
        tap_row(rows[i].name);
        CHECK_INT(query_of(&rows[i], &out), STET_OK);
        CHECK_SPAN(stet_buf_span(&out), rows[i].want);
        stet_buf_clear(&out);
    }
    tap_row(NULL);
}

static void a_query_is_cut_between_characters(void)
{
    struct stet_post p = { .method = STET_SPAN("POST"),
                           .type = STET_SPAN(FORM) };
    struct stet_buf body, out;

    stet_buf_init(&body, MAX);
    stet_buf_init(&out, MAX);
    while (body.len < 2 * 5000)
        stet_buf_adds(&body, "\xC3\xA9");
    p.body = stet_buf_span(&body);
    p.length = STET_SPAN("10000");
    CHECK_INT(stet_post_query(&out, &p), STET_OK);
    CHECK_INT(out.len, 2 * STET_MAX_POST_QUERY);
    stet_buf_reset(&out);
    p.length = STET_SPAN("-1");
    CHECK_INT(stet_post_query(&out, &p), STET_OK);
    CHECK_INT(out.len, 0);
    stet_buf_clear(&body);
    stet_buf_clear(&out);
}

/* -- cdxj-indexer's own ---------------------------------------------------- */

static struct stet_span text_of(const struct stet_json_value *v, char *room)
{
    struct stet_span s = stet_json_get_string(v, "b64");
    int64_t n;

    if (s.ptr && stet_base64_decode(room, &s.len, s) == STET_OK)
        return (struct stet_span){ room, s.len };
    if (stet_json_int(v, &n)) {
        snprintf(room, 32, "%lld", (long long)n);
        return stet_span_of(room);
    }
    return stet_json_string(v);
}

static void check_vector(const struct stet_json_value *row)
{
    char body[4096], length[4096], name[200];
    struct stet_span id = stet_json_get_string(row, "id");
    struct stet_post p = {
        .method = stet_json_get_string(row, "method"),
        .type = stet_json_get_string(row, "content_type"),
        .length = text_of(stet_json_get(row, "length"), length),
        .body = text_of(stet_json_get(row, "body"), body),
    };
    struct stet_buf query, url;

    snprintf(name, sizeof(name), "%.*s", (int)id.len, id.ptr);
    tap_row(name);
    stet_buf_init(&query, MAX);
    stet_buf_init(&url, MAX);
    CHECK_INT(stet_post_query(&query, &p), STET_OK);
    stet_buf_add_span(&url, stet_json_get_string(row, "url"));
    stet_post_append(&url, p.method, stet_buf_span(&query));
    stet_buf_addc(&url, '\0');
    CHECK_SPAN(stet_json_get_string(row, "want"), url.data);
    stet_buf_clear(&query);
    stet_buf_clear(&url);
    tap_row(NULL);
}

static void queries_are_those_of_cdxj_indexer(void)
{
    const char *vectors = getenv("STET_VECTORS");
    char path[PATH_MAX];
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    int n = 0;
    FILE *f;

    snprintf(path, sizeof(path), "%s/cdxj-indexer/post_append.jsonl",
             vectors ? vectors : "../shared/vectors");
    f = fopen(path, "r");
    if (!f) {
        tap_skip("no vectors of cdxj-indexer here");
        return;
    }
    while ((len = getline(&line, &cap, f)) > 0) {
        struct stet_span text = { line, (size_t)len };
        struct stet_json *j = NULL;

        if (CHECK_INT(stet_json_parse(&j, text, NULL, NULL), STET_OK))
            check_vector(stet_json_root(j));
        stet_json_free(j);
        n++;
    }
    free(line);
    fclose(f);
    CHECK(n > 0);
}

static int all_rows(void)
{
    int rc = STET_OK;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && rc == 0; i++) {
        struct stet_buf out;

        stet_buf_init(&out, MAX);
        rc = query_of(&rows[i], &out);
        stet_buf_clear(&out);
    }
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(all_rows));
}

TESTS({ "bodies become queries", bodies_become_queries },
      { "a query is cut between characters",
        a_query_is_cut_between_characters },
      { "queries are those of cdxj-indexer",
        queries_are_those_of_cdxj_indexer },
      { "survives want of memory", survives_want_of_memory })
