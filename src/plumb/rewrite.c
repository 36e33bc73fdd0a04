#include "stet/rewrite.h"

#include "base/base64.h"
#include "base/fail.h"
#include "base/span.h"
#include "base/utf8.h"
#include "plumb/question.h"

struct job {
    struct stet_rewrite_options o;
    struct stet_replay_options replay;
    struct stet_replay_map *replay_map;
    struct stet_mirror_map *mirror_map;
    struct stet_bytes from; /* the document's own place in the mirror */
};

static int read_type(struct stet_question *q, struct job *j,
                     struct stet_error *err)
{
    struct stet_span type;
    int rc = stet_question_text(q, "type", &type, err);

    if (rc < 0)
        return rc;
    j->o.type = type.ptr ? stet_links_type_find(type) : STET_LINKS_HTML;
    if (j->o.type == STET_LINKS_NONE)
        return stet_fail(err, STET_EUSAGE, "type: no type '%.*s'",
                         (int)(type.len < 40 ? type.len : 40), type.ptr);
    return STET_OK;
}

static int map_to_mirror(struct job *j, struct stet_error *err)
{
    struct stet_mirror_options o = { .find = NULL };
    const char *type = j->o.type == STET_LINKS_CSS ? "text/css" : "text/html";
    int rc = stet_mirror_path(&j->from, j->o.base, stet_span_of(type), err);

    if (rc < 0)
        return rc;
    o.from = (struct stet_span){ j->from.data, j->from.len };
    rc = stet_mirror_map_new(&j->mirror_map, &o, err);
    j->o.map = stet_mirror_map_link;
    j->o.ctx = j->mirror_map;
    j->o.drop = STET_REWRITE_DROP_INTEGRITY | STET_REWRITE_DROP_CROSSORIGIN |
                STET_REWRITE_DROP_CSP | STET_REWRITE_DROP_BASE;
    return rc;
}

static int map_to_prefix(struct stet_question *q, struct job *j,
                         struct stet_error *err)
{
    struct stet_replay_options *o = &j->replay;
    int rc;

    if ((rc = stet_question_need(q, "prefix", &o->prefix, err)) < 0 ||
        (rc = stet_question_text(q, "timestamp", &o->timestamp, err)) < 0 ||
        (rc = stet_question_text(q, "mod", &o->mod, err)) < 0)
        return rc;
    o->keep_relative = !stet_question_flag(q, "absolute");
    rc = stet_replay_map_new(&j->replay_map, o, err);
    j->o.map = stet_replay_map_link;
    j->o.ctx = j->replay_map;
    j->o.drop = STET_REWRITE_DROP_INTEGRITY | STET_REWRITE_DROP_CSP |
                STET_REWRITE_DROP_REFERRER;
    return rc;
}

static void put_content(struct stet_json_writer *w, struct stet_span s)
{
    if (stet_utf8_is_valid(s)) {
        stet_json_member_string(w, "content", s);
        return;
    }
    stet_json_key(w, "content_b64");
    stet_json_put_raw(w, STET_SPAN("\""));
    stet_base64_add(w->out, s);
    stet_buf_addc(w->out, '"');
}

static int answer(struct stet_question *q, struct stet_json_writer *w,
                  struct stet_error *err)
{
    struct job j = { .replay_map = NULL };
    struct stet_bytes out = { NULL, 0 };
    struct stet_span content, document;
    int rc;

    if ((rc = stet_question_need(q, "base", &j.o.base, err)) < 0 ||
        (rc = stet_question_need(q, "content", &content, err)) < 0 ||
        (rc = stet_question_text(q, "charset", &j.o.charset, err)) < 0 ||
        (rc = read_type(q, &j, err)) < 0)
        goto done;
    rc = stet_question_flag(q, "mirror") ? map_to_mirror(&j, err)
                                         : map_to_prefix(q, &j, err);
    if (rc == STET_OK)
        rc = stet_rewrite(&out, &j.o, content, err);
    document = (struct stet_span){ out.data ? out.data : "", out.len };
    if (rc == STET_OK && q->fn)
        rc = q->fn(q->ctx, document);
    else if (rc == STET_OK)
        put_content(w, document);
done:
    stet_bytes_clear(&out);
    stet_bytes_clear(&j.from);
    stet_mirror_map_free(j.mirror_map);
    stet_replay_map_free(j.replay_map);
    return rc;
}

const struct stet_stage stet_stage_rewrite = { "rewrite", answer };
