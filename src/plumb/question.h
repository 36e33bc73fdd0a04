#ifndef STET_PLUMB_QUESTION_H
#define STET_PLUMB_QUESTION_H

#include "base/arena.h"
#include "stet/plumb.h"
#include "json/json.h"
#include "json/write.h"

/*
 * A question, from JSON or from fields, and where its answer goes: members
 * of one object, or lines.  Texts that had to be decoded live in the arena.
 */
struct stet_question {
    const struct stet_json_value *object; /* or NULL: */
    const struct stet_plumb_field *fields;
    size_t n_fields;
    struct stet_arena texts;
    stet_plumb_line_fn fn; /* NULL: members of one object */
    void *ctx;
};

/* Allocates nothing. */
void stet_question_init(struct stet_question *q);
void stet_question_clear(struct stet_question *q);

/*
 * A text member, until the question is cleared; ptr is NULL when there is
 * none.  STET_EFORMAT: it is no text, or bad base64.
 */
int stet_question_text(struct stet_question *q, const char *name,
                       struct stet_span *out, struct stet_error *err);

/* The same for one that must be there: STET_EUSAGE when it is not. */
int stet_question_need(struct stet_question *q, const char *name,
                       struct stet_span *out, struct stet_error *err);

/* The member is true, or a field that is not empty. */
bool stet_question_flag(const struct stet_question *q, const char *name);

/*
 * A stage adds the members of its answer to the object that w has open; or,
 * where q->fn is set and it has many things to tell, calls that for each
 * and adds nothing.  STET_END: the answer is there and says what is wrong.
 */
struct stet_stage {
    const char *name;
    int (*answer)(struct stet_question *q, struct stet_json_writer *w,
                  struct stet_error *err);
};

extern const struct stet_stage stet_stage_url, stet_stage_tokens,
    stet_stage_links, stet_stage_article, stet_stage_rewrite, stet_stage_robots;

#endif
