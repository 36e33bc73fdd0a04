#include "stet/links.h"

#include "base/fail.h"
#include "base/span.h"
#include "plumb/question.h"

struct teller {
    struct stet_question *q;
    struct stet_json_writer *w;
    struct stet_buf line;
};

static void put_flag(struct stet_json_writer *w, const char *name, bool yes)
{
    if (yes)
        stet_json_member_bool(w, name, true);
}

static void put_some(struct stet_json_writer *w, const char *name,
                     struct stet_span s)
{
    if (s.len > 0)
        stet_json_member_string(w, name, s);
}

static void put_link(struct stet_json_writer *w, const struct stet_link *l)
{
    char hop = stet_link_hop(l);

    stet_json_begin_object(w);
    stet_json_member_string(w, "url", l->url);
    put_some(w, "fragment", l->fragment);
    stet_json_member_string(w, "raw", l->raw);
    put_some(w, "rel", l->rel);
    stet_json_member_string(w, "role",
                            stet_span_of(stet_link_role_name(l->role)));
    stet_json_member_string(w, "context", stet_span_of(l->context));
    stet_json_member_string(w, "hop", (struct stet_span){ &hop, 1 });
    if (l->place != STET_PLACE_NONE) {
        stet_json_member_int(w, "offset", (int64_t)l->offset);
        stet_json_member_int(w, "length", (int64_t)l->length);
    }
    put_some(w, "text", l->text);
    put_flag(w, "requisite", l->requisite);
    put_flag(w, "speculative", l->speculative);
    put_flag(w, "fallback", l->fallback);
    put_flag(w, "linkedMedia", l->linked_media);
    put_flag(w, "nofollow", l->nofollow);
    stet_json_end(w);
}

static int on_link(void *ctx, const struct stet_link *l)
{
    struct teller *t = ctx;
    struct stet_json_writer line;
    int rc;

    if (!t->q->fn) {
        put_link(t->w, l);
        return stet_buf_status(t->w->out);
    }
    stet_buf_cut(&t->line, 0);
    stet_json_writer_init(&line, &t->line, STET_JSON_COMPACT);
    put_link(&line, l);
    rc = stet_buf_status(&t->line);
    return rc < 0 ? rc : t->q->fn(t->q->ctx, stet_buf_span(&t->line));
}

static int read_options(struct stet_question *q, struct stet_links_options *o,
                        struct stet_span *content, struct stet_error *err)
{
    struct stet_span type;
    int rc;

    if ((rc = stet_question_need(q, "base", &o->base, err)) < 0 ||
        (rc = stet_question_need(q, "content", content, err)) < 0 ||
        (rc = stet_question_text(q, "type", &type, err)) < 0 ||
        (rc = stet_question_text(q, "charset", &o->charset, err)) < 0)
        return rc;
    o->type = type.ptr ? stet_links_type_find(type) : STET_LINKS_HTML;
    o->in_order = stet_question_flag(q, "inOrder");
    o->everything = stet_question_flag(q, "everything");
    if (o->type == STET_LINKS_NONE)
        return stet_fail(err, STET_EUSAGE, "type: no type '%.*s'",
                         (int)(type.len < 40 ? type.len : 40),
                         type.ptr ? type.ptr : "");
    return STET_OK;
}

static int answer(struct stet_question *q, struct stet_json_writer *w,
                  struct stet_error *err)
{
    struct teller t = { .q = q, .w = w };
    struct stet_links_options o = { .type = STET_LINKS_HTML };
    struct stet_span content;
    int rc;

    stet_buf_init(&t.line, STET_MAX_PLUMB_OUT);
    if ((rc = read_options(q, &o, &content, err)) < 0)
        goto done;
    if (!q->fn) {
        stet_json_key(w, "links");
        stet_json_begin_array(w);
    }
    rc = stet_links_find(&o, content, on_link, &t, err);
    if (rc == STET_OK && !q->fn)
        stet_json_end(w);
done:
    stet_buf_clear(&t.line);
    return rc;
}

const struct stet_stage stet_stage_links = { "links", answer };
