#include "report/log.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "json/json.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_KEPT = 16 << 20 };

const char *stet_log_kind_name(enum stet_log_kind k)
{
    static const char *const names[] = {
#define STET_X(name, word) word,
        STET_LOG_KINDS(STET_X)
#undef STET_X
    };
    return names[k];
}

static enum stet_log_kind kind_of(struct stet_span mime)
{
    if (stet_span_starts(mime, STET_SPAN("image/")))
        return STET_LOG_IMAGE;
    if (stet_span_starts(mime, STET_SPAN("font/")) ||
        stet_span_starts(mime, STET_SPAN("application/font")))
        return STET_LOG_FONT;
    if (stet_span_starts(mime, STET_SPAN("video/")) ||
        stet_span_starts(mime, STET_SPAN("audio/")))
        return STET_LOG_MEDIA;
    if (stet_span_eqs(mime, "text/css"))
        return STET_LOG_STYLE;
    if (stet_span_find(mime, STET_SPAN("javascript")) < mime.len)
        return STET_LOG_SCRIPT;
    if (stet_span_eqs(mime, "text/html") ||
        stet_span_eqs(mime, "application/xhtml+xml"))
        return STET_LOG_DOCUMENT;
    return STET_LOG_OTHER;
}

static int add_failure(struct stet_log *l, const struct stet_json_value *v,
                       int64_t status)
{
    struct stet_log_failure *f;

    if (l->n_failures++ >= STET_MAX_LOG_FAILURES)
        return STET_OK;
    f = &l->failures[l->n_failures - 1];
    f->url = stet_arena_dup(&l->arena, stet_json_get_string(v, "url"));
    f->outcome = stet_arena_dup(&l->arena, stet_json_get_string(v, "outcome"));
    f->role = stet_arena_dup(&l->arena, stet_json_get_string(v, "role"));
    f->status = status;
    return f->url.ptr && f->outcome.ptr && f->role.ptr ? STET_OK : STET_ENOMEM;
}

static int add_line(struct stet_log *l, struct stet_span line)
{
    struct stet_json *tree = NULL;
    const struct stet_json_value *v;
    int64_t status = 0, bytes = 0;
    enum stet_log_kind kind;
    int rc = stet_json_parse(&tree, line, NULL, NULL);

    v = stet_json_root(tree);
    if (rc == STET_OK) {
        (void)stet_json_int(stet_json_get(v, "status"), &status);
        (void)stet_json_int(stet_json_get(v, "bytes"), &bytes);
        kind = kind_of(stet_json_get_string(v, "mime"));
        l->urls++;
        l->total += bytes;
        l->n[kind]++;
        l->bytes[kind] += bytes;
        if (!stet_span_eqs(stet_json_get_string(v, "role"), "robots") &&
            (!stet_span_eqs(stet_json_get_string(v, "outcome"), "ok") ||
             status >= 400))
            rc = add_failure(l, v, status);
    }
    stet_json_free(tree);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

int stet_log_read(struct stet_log *l, const char *archive,
                  struct stet_error *err)
{
    struct stet_buf path;
    FILE *f = NULL;
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    int rc;

    *l = (struct stet_log){ .urls = 0 };
    stet_arena_init(&l->arena, MAX_KEPT);
    stet_buf_init(&path, PATH_MAX);
    rc = stet_path_join(&path, archive, "logs/crawl.jsonl");
    if (rc == STET_OK)
        f = fopen(path.data, "rbe");
    while (rc == STET_OK && f && (n = getline(&line, &cap, f)) >= 0)
        rc = add_line(l, (struct stet_span){ line, (size_t)n });
    if (rc < 0)
        rc = stet_fail(err, rc, "no memory for a log");
    else if (f && ferror(f))
        rc = stet_fail_sys(err, STET_EIO, "cannot read %s", path.data);
    free(line);
    if (f)
        fclose(f);
    stet_buf_clear(&path);
    return rc;
}

void stet_log_clear(struct stet_log *l)
{
    stet_arena_clear(&l->arena);
}
