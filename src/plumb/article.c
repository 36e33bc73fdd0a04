#include "stet/article.h"

#include "base/date.h"
#include "base/fail.h"
#include "plumb/question.h"

/* A WARC-Date or the 14 digits of an index. */
static int read_time(struct stet_question *q, int64_t *out,
                     struct stet_error *err)
{
    struct stet_span text;
    int rc = stet_question_text(q, "captured", &text, err);

    *out = STET_ARTICLE_NO_TIME;
    if (rc < 0 || !text.ptr)
        return rc;
    *out = stet_date_parse_w3c(text);
    if (*out == STET_NO_DATE)
        *out = stet_date_parse_digits(text);
    if (*out == STET_NO_DATE)
        return stet_fail(err, STET_EUSAGE, "captured: not a date: %.*s",
                         (int)(text.len < 40 ? text.len : 40), text.ptr);
    return STET_OK;
}

static int read_optional(struct stet_question *q, const char *name,
                         struct stet_span *out, struct stet_error *err)
{
    int rc = stet_question_text(q, name, out, err);

    if (!out->ptr)
        *out = (struct stet_span){ "", 0 };
    return rc;
}

static int answer(struct stet_question *q, struct stet_json_writer *w,
                  struct stet_error *err)
{
    struct stet_bytes json = { NULL, 0 };
    struct stet_article *a = NULL;
    struct stet_span html, url, charset;
    int64_t captured;
    int rc;

    if ((rc = stet_question_need(q, "content", &html, err)) < 0 ||
        (rc = read_optional(q, "url", &url, err)) < 0 ||
        (rc = read_optional(q, "charset", &charset, err)) < 0 ||
        (rc = read_time(q, &captured, err)) < 0 ||
        (rc = stet_article_parse(&a, html, url, charset, captured, err)) < 0 ||
        (rc = stet_article_print_json(&json, a, err)) < 0)
        goto done;
    if (q->fn) {
        rc = q->fn(q->ctx, (struct stet_span){ json.data, json.len });
    } else {
        stet_json_key(w, "article");
        stet_json_put_raw(w, (struct stet_span){ json.data, json.len });
    }
done:
    stet_bytes_clear(&json);
    stet_article_free(a);
    return rc;
}

const struct stet_stage stet_stage_article = { "article", answer };
