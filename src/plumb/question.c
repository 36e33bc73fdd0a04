#include "plumb/question.h"

#include "base/base64.h"
#include "base/fail.h"
#include "base/span.h"

#include <stdio.h>
#include <string.h>

enum {
    MAX_NAME = 64 /* of a member, with "_b64" */
};

void stet_question_init(struct stet_question *q)
{
    *q = (struct stet_question){ .fn = NULL };
    stet_arena_init(&q->texts, STET_MAX_PLUMB_LINE);
}

void stet_question_clear(struct stet_question *q)
{
    stet_arena_clear(&q->texts);
}

static int decode(struct stet_question *q, const char *name,
                  struct stet_span coded, struct stet_span *out,
                  struct stet_error *err)
{
    size_t room = coded.len / 4 * 3 + 3;
    char *bytes = stet_arena_alloc(&q->texts, room);
    size_t n;

    if (!bytes)
        return stet_fail(err, STET_ENOMEM, "%s: out of memory", name);
    if (stet_base64_decode(bytes, &n, coded) < 0)
        return stet_fail(err, STET_EFORMAT, "%s: not base64", name);
    *out = (struct stet_span){ bytes, n };
    return STET_OK;
}

static int json_text(struct stet_question *q, const char *name,
                     struct stet_span *out, struct stet_error *err)
{
    const struct stet_json_value *v = stet_json_get(q->object, name);
    char coded_name[MAX_NAME];
    struct stet_span coded;

    *out = stet_json_string(v);
    if (out->ptr)
        return STET_OK;
    snprintf(coded_name, sizeof(coded_name), "%s_b64", name);
    coded = stet_json_get_string(q->object, coded_name);
    if (!coded.ptr)
        coded = stet_json_get_string(v, "b64");
    if (coded.ptr)
        return decode(q, name, coded, out, err);
    if (!v || stet_json_type(v) == STET_JSON_NULL)
        return STET_OK;
    return stet_fail(err, STET_EFORMAT, "%s: not a string", name);
}

static struct stet_span field(const struct stet_question *q, const char *name)
{
    for (size_t i = 0; i < q->n_fields; i++) {
        if (strcmp(q->fields[i].name, name) == 0)
            return q->fields[i].value;
    }
    return (struct stet_span){ NULL, 0 };
}

int stet_question_text(struct stet_question *q, const char *name,
                       struct stet_span *out, struct stet_error *err)
{
    if (q->object)
        return json_text(q, name, out, err);
    *out = field(q, name);
    return STET_OK;
}

int stet_question_need(struct stet_question *q, const char *name,
                       struct stet_span *out, struct stet_error *err)
{
    int rc = stet_question_text(q, name, out, err);

    if (rc == STET_OK && !out->ptr)
        return stet_fail(err, STET_EUSAGE, "%s is missing", name);
    return rc;
}

bool stet_question_flag(const struct stet_question *q, const char *name)
{
    if (q->object)
        return stet_json_is_true(stet_json_get(q->object, name));
    return field(q, name).len > 0;
}
