/*
 * Dubious responses that others have collected, sent by the scripted server
 * as they are: what is kept must be what was sent, and what must work, works.
 */
#include "client.h"

#include "base/arena.h"
#include "base/file.h"
#include "http/coding.h"
#include "json/json.h"

enum { MAX_ROWS = 1024, MAX_VECTORS = 32 << 20 };

/* The harmless sentence that http-evader hides. */
#define PAYLOAD "It is completely harmless"

static struct {
    char name[80], path[16];
    struct stet_span bytes;
    bool must_work;
} rows[MAX_ROWS];
static struct origin_script scripts[MAX_ROWS];
static size_t n_rows;
static struct stet_arena arena;

static int value_of(char c)
{
    const char *all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                      "0123456789+/";
    const char *at = c ? strchr(all, c) : NULL;

    return at ? (int)(at - all) : -1;
}

static struct stet_span unbase64(struct stet_span s)
{
    char *p = stet_arena_alloc(&arena, s.len + 1);
    unsigned bits = 0, have = 0;
    size_t n = 0;

    for (size_t i = 0; p && i < s.len && s.ptr[i] != '='; i++) {
        bits = bits << 6 | (unsigned)value_of(s.ptr[i]);
        have += 6;
        if (have >= 8) {
            have -= 8;
            p[n++] = (char)(bits >> have & 0xFF);
        }
    }
    return (struct stet_span){ p, n };
}

static void add_row(const struct stet_json_value *v)
{
    struct stet_span name = stet_json_get_string(v, "id");
    struct stet_span b64 = stet_json_get_string(v, "response_b64");
    int64_t valid = 0;

    if (!b64.ptr)
        b64 = stet_json_get_string(stet_json_get(v, "replies_b64"), "data");
    if (!b64.len || n_rows == MAX_ROWS)
        return;
    stet_json_int(stet_json_get(v, "valid"), &valid);
    snprintf(rows[n_rows].name, sizeof(rows[0].name), "%.*s", (int)name.len,
             name.ptr);
    snprintf(rows[n_rows].path, sizeof(rows[0].path), "/%zu", n_rows);
    rows[n_rows].bytes = unbase64(b64);
    rows[n_rows].must_work = valid > 0;
    scripts[n_rows] = (struct origin_script){ .path = rows[n_rows].path,
                                              .parts = { rows[n_rows].bytes },
                                              .end = ORIGIN_CLOSE };
    n_rows++;
}

static bool read_rows(const char *name)
{
    const char *dir = getenv("STET_VECTORS");
    struct stet_buf path, text;
    struct stet_span rest;

    n_rows = 0;
    stet_buf_init(&path, 4096);
    stet_buf_init(&text, MAX_VECTORS);
    if (!stet_path_join(&path, dir ? dir : "../shared/vectors", name) &&
        !stet_file_read(path.data, &text, NULL)) {
        rest = stet_buf_span(&text);
        while (rest.len) {
            struct stet_span line = stet_span_cut(&rest, '\n');
            struct stet_json *j = NULL;

            if (line.len && CHECK_INT(stet_json_parse(&j, line, NULL, NULL), 0))
                add_row(stet_json_root(j));
            stet_json_free(j);
        }
    } else {
        tap_skip("no vectors (STET_VECTORS)");
    }
    stet_buf_clear(&path);
    stet_buf_clear(&text);
    return n_rows > 0;
}

/* Takes the part from the front of *sent; false if it is not there. */
static bool take(struct stet_span *sent, struct stet_span part)
{
    if (!part.len)
        return true;
    if (!stet_span_starts(*sent, part))
        return false;
    *sent = stet_span_sub(*sent, part.len, sent->len);
    return true;
}

/* The entity, its content coding undone, has the sentence. */
static bool has_payload(struct stet_exchange *x, struct stet_span body)
{
    struct stet_buf room, decoded, coding;
    struct stet_coding_chain chain;
    enum stet_decoded verdict;
    struct stet_span entity, out = { 0 };
    struct stet_head h;
    bool found;

    stet_head_init(&h);
    stet_buf_init(&room, 1 << 20);
    stet_buf_init(&decoded, 1 << 20);
    stet_buf_init(&coding, 1 << 10);
    found = !stet_head_parse(&h, span_of_bytes(&x->head), NULL) &&
            !stet_body_entity(&entity, &room, &x->framing, body);
    stet_head_join(&h, "content-encoding", &coding);
    stet_coding_parse(&chain, stet_buf_span(&coding));
    found = found &&
            !stet_coding_decode(&out, &decoded, &chain, entity,
                                &stet_decode_limits_default, &verdict) &&
            stet_span_find(out, STET_SPAN(PAYLOAD)) < out.len;
    stet_buf_clear(&coding);
    stet_buf_clear(&room);
    stet_buf_clear(&decoded);
    stet_head_clear(&h);
    return found;
}

static void check_row(size_t i, struct stet_exchange *x)
{
    struct stet_span sent = rows[i].bytes, body;

    CHECK_INT(stet_spool_view(&x->body, &body, NULL), STET_OK);
    CHECK(take(&sent, span_of_bytes(&x->interim)));
    CHECK(take(&sent, span_of_bytes(&x->head)));
    CHECK(take(&sent, body));
    if (x->outcome == STET_OUT_OK)
        CHECK(x->excess <= sent.len);
    if (rows[i].must_work) {
        CHECK_STR(stet_outcome_name(x->outcome), "ok");
        CHECK(has_payload(x, body));
    }
}

static void fetch_all(const char *name)
{
    struct stet_fetch_options o = options();
    size_t outcomes[STET_OUTCOMES_COUNT] = { 0 };
    struct stet_fetcher f;

    stet_arena_init(&arena, MAX_VECTORS);
    if (!read_rows(name) || !CHECK(origin_open(&origin, scripts, n_rows)))
        return;
    CHECK_INT(stet_fetch_curl_new(&f, &o, &stet_clock_real, NULL), STET_OK);
    for (size_t i = 0; i < n_rows; i++) {
        tap_row(rows[i].name);
        fetch(&f, rows[i].path);
        check_row(i, got);
        outcomes[got->outcome]++;
        drop_got();
    }
    tap_row(NULL);
    for (int i = 0; i < STET_OUTCOMES_COUNT; i++)
        if (outcomes[i])
            printf("# %s: %zu %s\n", name, outcomes[i],
                   stet_outcome_name((enum stet_outcome)i));
    stet_fetcher_free(&f);
    origin_close(&origin);
    stet_arena_clear(&arena);
}

static void keeps_evasive_responses_as_sent(void)
{
    fetch_all("http-evader/responses.jsonl");
}

static void keeps_the_replies_of_curl_s_tests_as_sent(void)
{
    fetch_all("http-curl/replies.jsonl");
}

TESTS({ "keeps evasive responses as sent", keeps_evasive_responses_as_sent },
      { "keeps the replies of curl's tests as sent",
        keeps_the_replies_of_curl_s_tests_as_sent })
