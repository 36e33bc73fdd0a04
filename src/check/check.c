#include "check/inside.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "index/make.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct stet_rule rules[] = {
#define STET_X(id, name, clause, level) { name, clause, STET_##level },
    STET_CHECK_RULES(STET_X)
#undef STET_X
        { NULL, NULL, STET_MUST },
};

const struct stet_rule *stet_check_rules(void)
{
    return rules;
}

const char *stet_level_name(enum stet_level level)
{
    switch (level) {
    case STET_MUST:
        return "must";
    case STET_SHOULD:
        return "should";
    case STET_ADVICE:
        return "advice";
    }
    return "";
}

void stet_check_tell(struct stet_checker *c, enum stet_check_rule rule,
                     uint64_t offset, const char *fmt, ...)
{
    char text[400];
    struct stet_finding f = { &rules[rule], c->file, offset, text };
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    c->result->counts[f.rule->level]++;
    if (c->on_finding)
        c->on_finding(c->ctx, &f);
}

/* The reader's problems are the first rules, in the same order. */
static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    stet_check_tell(ctx, (enum stet_check_rule)p, offset, "%s", text);
}

static int check_record(struct stet_checker *c, struct stet_warc_reader *r,
                        const struct stet_warc_record *rec,
                        struct stet_error *err)
{
    uint64_t length;
    int rc;

    c->result->records++;
    stet_check_fields(c, rec);
    rc = stet_check_refs_add(c, rec);
    if (rc < 0)
        return stet_fail(err, rc, "no memory to check a record");
    rc = stet_check_block(c, r, rec, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_finish(r, &length, err);
    if (rc == STET_OK && stet_index_wants(rec)) {
        rc = stet_check_refs_capture(c, rec, stet_index_length(r, rec, length));
        if (rc < 0)
            return stet_fail(err, rc, "no memory for captures");
    }
    return rc;
}

static int check_file(struct stet_checker *c, const char *path,
                      struct stet_error *err)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, c };
    uint64_t before = c->result->records;
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    int rc = stet_check_refs_file(&c->refs, path);

    c->file = path;
    if (rc < 0)
        return stet_fail(err, rc, "no memory to check");
    if (stet_span_ends(stet_span_of(path), STET_SPAN(".open")))
        stet_check_tell(c, STET_CHECK_STILL_OPEN, 0,
                        "the file is still being written, or was when its "
                        "writer stopped");
    rc = stet_warc_reader_open(&r, path, &o, err);
    while (rc == STET_OK) {
        rc = stet_warc_reader_next(r, &rec, err);
        if (rc == STET_OK)
            rc = check_record(c, r, &rec, err);
    }
    stet_warc_reader_free(r);
    if (rc != STET_END)
        return rc;
    if (c->result->records == before)
        stet_check_tell(c, STET_CHECK_EMPTY_FILE, 0, "there is no record");
    c->result->files++;
    return STET_OK;
}

/* The WARC files of a path, and of an archive what was derived as well. */
static int add_path(struct stet_warc_files *files, const char *path,
                    struct stet_error *err)
{
    char sub[PATH_MAX];
    int n = snprintf(sub, sizeof(sub), "%s/derived", path);
    int rc = stet_warc_files_add(files, path, err);

    if (rc < 0 || n < 0 || (size_t)n >= sizeof(sub))
        return rc;
    rc = stet_warc_files_add(files, sub, NULL);
    if (rc == STET_ENOMEM)
        return stet_fail(err, rc, "no memory for the files' names");
    return STET_OK; /* most paths have no such folder */
}

static int check_all(struct stet_checker *c, const char *const *paths, size_t n,
                     struct stet_error *err)
{
    struct stet_warc_files files = { 0 };
    struct stat st;
    int rc = STET_OK;

    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = add_path(&files, paths[i], err);
    for (size_t i = 0; i < files.len && rc == STET_OK; i++)
        rc = check_file(c, files.paths[i], err);
    if (rc == STET_OK)
        stet_check_refs_resolve(c);
    /* With several folders an index would be held against all of them. */
    if (rc == STET_OK && n == 1 && stat(paths[0], &st) == 0 &&
        S_ISDIR(st.st_mode))
        rc = stet_check_index(c, paths[0], err);
    stet_warc_files_clear(&files);
    return rc;
}

int stet_check(const char *const *paths, size_t n, stet_finding_fn on_finding,
               void *ctx, struct stet_check_result *result,
               struct stet_error *err)
{
    struct stet_checker c = {
        .on_finding = on_finding, .ctx = ctx, .result = result, .file = ""
    };
    int rc;

    *result = (struct stet_check_result){ 0 };
    stet_check_refs_init(&c.refs);
    c.piece = stet_alloc(STET_CHECK_PIECE);
    rc = c.piece ? check_all(&c, paths, n, err)
                 : stet_fail(err, STET_ENOMEM, "no memory to check");
    stet_free(c.piece);
    stet_hasher_free(c.block);
    stet_hasher_free(c.raw);
    stet_hasher_free(c.entity);
    stet_check_refs_clear(&c.refs);
    return rc;
}
