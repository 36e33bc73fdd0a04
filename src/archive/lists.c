/*
 * Lists of stories that a page's script would have asked for: they become
 * facts of the pages that need them.
 */
#include "archive/inside.h"

#include "base/fail.h"
#include "json/json.h"
#include "json/write.h"

enum { MAX_FACTS = 64 << 20 };

/* Is a story with this URL among the first list's? */
static bool has_story(const struct stet_json_value *list, struct stet_span url)
{
    struct stet_json_iter it = { .of = list };

    if (stet_json_type(list) != STET_JSON_ARRAY)
        return false;
    while (stet_json_next(&it))
        if (stet_span_eq(stet_json_get_string(it.value, "url"), url))
            return true;
    return false;
}

/* A list with what is new in another one behind it. */
static void put_both(struct stet_json_writer *w,
                     const struct stet_json_value *list,
                     const struct stet_json_value *more)
{
    struct stet_json_iter old = { .of = list };
    struct stet_json_iter new = { .of = more };

    stet_json_begin_array(w);
    while (stet_json_next(&old))
        stet_json_put_value(w, old.value);
    while (stet_json_next(&new))
        if (!has_story(list, stet_json_get_string(new.value, "url")))
            stet_json_put_value(w, new.value);
    stet_json_end(w);
}

static void put_merged(struct stet_json_writer *w,
                       const struct stet_json_value *facts,
                       const struct stet_json_value *lists)
{
    struct stet_json_iter it = { .of = facts };

    stet_json_begin_object(w);
    while (stet_json_next(&it)) {
        const struct stet_json_value *more =
            stet_json_get(lists, it.key.ptr ? it.key.ptr : "");

        stet_json_key_span(w, it.key);
        if (stet_json_type(more) == STET_JSON_ARRAY &&
            stet_json_type(it.value) == STET_JSON_ARRAY)
            put_both(w, it.value, more);
        else
            stet_json_put_value(w, it.value);
    }
    it = (struct stet_json_iter){ .of = lists };
    while (stet_json_next(&it)) {
        if (stet_json_type(stet_json_get(facts, it.key.ptr)) != STET_JSON_NONE)
            continue;
        stet_json_key_span(w, it.key);
        stet_json_put_value(w, it.value);
    }
    stet_json_end(w);
}

static int merge(struct stet_buf *out, struct stet_span facts,
                 struct stet_span lists)
{
    struct stet_json *a = NULL;
    struct stet_json *b = NULL;
    struct stet_json_writer w;
    int rc = stet_json_parse(&a, facts, NULL, NULL);

    if (rc == STET_OK)
        rc = stet_json_parse(&b, lists, NULL, NULL);
    if (rc == STET_OK) {
        stet_json_writer_init(&w, out, STET_JSON_COMPACT);
        put_merged(&w, stet_json_root(a), stet_json_root(b));
        rc = stet_buf_status(out);
    }
    stet_json_free(a);
    stet_json_free(b);
    return rc;
}

int stet_pages_add_lists(struct stet_archive *a, int64_t page,
                         struct stet_span lists, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_page_facts);
    struct stet_buf facts;
    int rc;

    stet_buf_init(&facts, MAX_FACTS);
    stet_stmt_bind_int(q, 1, page);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK && stet_stmt_text(q, 0).len > 0)
        rc = merge(&facts, stet_stmt_text(q, 0), lists);
    stet_stmt_reset(q);
    if (rc == STET_OK && facts.len > 0) {
        q = stet_archive_query(a, STET_Q_set_facts);
        stet_stmt_bind_int(q, 1, page);
        stet_stmt_bind_text(q, 2, stet_buf_span(&facts));
        rc = stet_stmt_run(q, err);
    }
    stet_buf_clear(&facts);
    if (rc == STET_ENOMEM)
        return stet_fail(err, rc, "no memory for page facts");
    return rc == STET_END || rc == STET_EFORMAT || rc == STET_ELIMIT ? STET_OK
                                                                     : rc;
}
