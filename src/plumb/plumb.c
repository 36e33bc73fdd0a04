#include "stet/plumb.h"

#include "base/fail.h"
#include "base/span.h"
#include "plumb/question.h"

#include <string.h>

static const struct stet_stage *find_stage(const char *name,
                                           struct stet_error *err)
{
    static const struct stet_stage *const stages[] = {
        &stet_stage_url,     &stet_stage_tokens,  &stet_stage_links,
        &stet_stage_article, &stet_stage_rewrite, &stet_stage_robots,
    };

    for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
        if (strcmp(stages[i]->name, name) == 0)
            return stages[i];
    }
    stet_fail(err, STET_EUSAGE, "no stage '%.60s'", name);
    return NULL;
}

static void begin(struct stet_json_writer *w, struct stet_buf *b,
                  const struct stet_json_value *id)
{
    stet_buf_reset(b);
    stet_json_writer_init(w, b, STET_JSON_COMPACT);
    stet_json_begin_object(w);
    if (id) {
        stet_json_key(w, "id");
        stet_json_put_value(w, id);
    }
}

/* What a stage could not do is its answer; only want of memory is ours. */
static int answer(const struct stet_stage *stage, struct stet_question *q,
                  struct stet_buf *b, int rc, struct stet_error *why)
{
    const struct stet_json_value *id = stet_json_get(q->object, "id");
    struct stet_json_writer w;

    begin(&w, b, id);
    if (rc == STET_OK)
        rc = stage->answer(q, &w, why);
    if (rc >= 0)
        rc = stet_buf_status(b);
    if (rc < 0 && rc != STET_ENOMEM) {
        begin(&w, b, id);
        stet_json_member_string(
            &w, "error",
            stet_span_of(why->text[0] ? why->text : stet_strerror(rc)));
        rc = STET_OK;
    }
    if (rc == STET_OK)
        stet_json_end(&w);
    return rc < 0 ? rc : stet_buf_status(b);
}

int stet_plumb_answer(struct stet_bytes *out, const char *stage,
                      struct stet_span line, struct stet_error *err)
{
    const struct stet_json_options lenient = { .max_bytes = STET_MAX_PLUMB_LINE,
                                               .lenient = true };
    const struct stet_stage *s = find_stage(stage, err);
    struct stet_error why = { 0 };
    struct stet_json *j = NULL;
    struct stet_question q;
    struct stet_buf b;
    int rc;

    *out = (struct stet_bytes){ NULL, 0 };
    if (!s)
        return STET_EUSAGE;
    stet_buf_init(&b, STET_MAX_PLUMB_OUT);
    stet_question_init(&q);
    rc = stet_json_parse(&j, line, &lenient, &why);
    q.object = stet_json_root(j);
    if (rc == STET_OK && stet_json_type(q.object) != STET_JSON_OBJECT)
        rc = stet_fail(&why, STET_EFORMAT, "not a JSON object");
    if (rc != STET_ENOMEM)
        rc = answer(s, &q, &b, rc, &why);
    if (rc == STET_OK)
        *out = stet_buf_take_bytes(&b);
    else
        stet_fail(err, rc, "%s: %s", stage, stet_strerror(rc));
    stet_buf_clear(&b);
    stet_question_clear(&q);
    stet_json_free(j);
    return rc;
}

int stet_plumb_ask(const char *stage, const struct stet_plumb_field *fields,
                   size_t n, stet_plumb_line_fn fn, void *ctx,
                   struct stet_error *err)
{
    const struct stet_stage *s = find_stage(stage, err);
    struct stet_json_writer w;
    struct stet_question q;
    struct stet_buf b;
    size_t empty;
    int rc, stop;

    if (!s)
        return STET_EUSAGE;
    stet_buf_init(&b, STET_MAX_PLUMB_OUT);
    stet_question_init(&q);
    q.fields = fields;
    q.n_fields = n;
    q.fn = fn;
    q.ctx = ctx;
    begin(&w, &b, NULL);
    empty = b.len;
    rc = s->answer(&q, &w, err);
    if (rc >= 0 && b.len > empty) {
        stet_json_end(&w);
        if (stet_buf_status(&b) < 0)
            rc = stet_fail(err, stet_buf_status(&b), "%s: %s", stage,
                           stet_strerror(stet_buf_status(&b)));
        else if ((stop = fn(ctx, stet_buf_span(&b))) != 0)
            rc = stop;
    }
    stet_buf_clear(&b);
    stet_question_clear(&q);
    return rc;
}
