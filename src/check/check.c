#include "check/set.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"
#include "index/cdxj.h"
#include "sign/chain.h"
#include "stet/index.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_ARENA = 4 * STET_MAX_CDXJ_LINE, MAX_LIST = 1 << 30 };

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

/* What one path stands for. */
struct source {
    const char *path;
    bool is_folder;
    void *map; /* of a WACZ */
    size_t map_len;
    struct stet_check_wacz *wacz;
    struct stet_warc_files files;
    size_t from, to; /* its inputs */
};

struct check {
    struct stet_check_set set;
    const struct stet_check_options *options;
    struct stet_roots *roots;
    struct source *sources;
    size_t n;
};

/* -- which rules ----------------------------------------------------------- */

static int find_rule(const char *name, struct stet_error *err)
{
    for (int i = 0; i < STET_CHECK_N_RULES; i++)
        if (strcmp(rules[i].name, name) == 0)
            return i;
    return stet_fail(err, STET_EUSAGE, "there is no rule %s", name);
}

static int choose_rules(struct check *c, struct stet_error *err)
{
    const struct stet_check_options *o = c->options;
    int rule = 0;

    for (size_t i = 0; i < STET_CHECK_N_RULES; i++)
        c->set.muted[i] = o->n_rules > 0;
    for (size_t i = 0; i < o->n_rules && rule >= 0; i++) {
        rule = find_rule(o->rules[i], err);
        if (rule >= 0)
            c->set.muted[rule] = false;
    }
    for (size_t i = 0; i < o->n_ignored && rule >= 0; i++) {
        rule = find_rule(o->ignored[i], err);
        if (rule >= 0)
            c->set.muted[rule] = true;
    }
    return rule < 0 ? rule : STET_OK;
}

/* -- what there is --------------------------------------------------------- */

/* A ZIP file by its first bytes, or a WACZ by its name. */
static bool is_wacz(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char head[4];
    bool is =
        fd >= 0 && read(fd, head, 4) == 4 && memcmp(head, "PK\x03\x04", 4) == 0;

    if (fd >= 0)
        close(fd);
    return is || stet_span_ends(stet_span_of(path), STET_SPAN(".wacz"));
}

static int map_file(struct source *s, struct stet_error *err)
{
    int fd = open(s->path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    int rc = STET_OK;

    if (fd < 0 || fstat(fd, &st) < 0)
        rc = stet_fail_sys(err, STET_EIO, "cannot open %s", s->path);
    else if (st.st_size > 0) {
        s->map_len = (size_t)st.st_size;
        s->map = mmap(NULL, s->map_len, PROT_READ, MAP_PRIVATE, fd, 0);
        if (s->map == MAP_FAILED) {
            s->map = NULL;
            rc = stet_fail_sys(err, STET_EIO, "cannot map %s", s->path);
        }
    }
    if (fd >= 0)
        close(fd);
    return rc;
}

/* Its suffix says how a file is packed (annex D.2, and the zstd proposal). */
static void check_name(struct stet_check_set *s, const char *path)
{
    struct stet_span name = stet_span_of(path), open_end = STET_SPAN(".open");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    unsigned char head[4] = { 0 };
    bool gzip, zstd, said_gzip, said_zstd;

    if (stet_span_ends(name, open_end)) {
        stet_check_say(s, path, STET_CHECK_STILL_OPEN, 0,
                       "the file is still being written, or was when its "
                       "writer stopped");
        name.len -= open_end.len;
    }
    if (fd >= 0 && read(fd, head, sizeof(head)) == (ssize_t)sizeof(head)) {
        gzip = head[0] == 0x1f && head[1] == 0x8b;
        zstd = (head[0] == 0x28 && head[1] == 0xb5 && head[2] == 0x2f) ||
               (head[0] == 0x5d && head[1] == 0x2a && head[2] == 0x4d);
        said_gzip = stet_span_ends(name, STET_SPAN(".gz"));
        said_zstd = stet_span_ends(name, STET_SPAN(".zst"));
        if (gzip != said_gzip || zstd != said_zstd)
            stet_check_say(s, path, STET_CHECK_FILE_NAME, 0,
                           "the name does not say how the file is packed");
    }
    if (fd >= 0)
        close(fd);
}

/* The WARC files of a path, and of an archive what was derived as well. */
static int add_files(struct check *c, struct source *s, struct stet_error *err)
{
    struct stet_span none = { NULL, 0 };
    char sub[PATH_MAX];
    int n = snprintf(sub, sizeof(sub), "%s/derived", s->path);
    int rc = stet_warc_files_add(&s->files, s->path, err);

    if (rc < 0)
        return rc;
    /* Most paths have no such folder. */
    if (s->is_folder && n > 0 && (size_t)n < sizeof(sub) &&
        stet_warc_files_add(&s->files, sub, NULL) == STET_ENOMEM)
        rc = STET_ENOMEM;
    for (size_t i = 0; i < s->files.len && rc == STET_OK; i++) {
        const char *path = s->files.paths[i];

        if (strcmp(path, "-") != 0)
            check_name(&c->set, path);
        rc = stet_check_set_input(&c->set, path, path, none);
    }
    return rc < 0 ? stet_fail(err, rc, "no memory for the files' names") : rc;
}

static int add_source(struct check *c, struct source *s, struct stet_error *err)
{
    struct stat st;
    bool there = stat(s->path, &st) == 0;
    int rc;

    s->from = c->set.n_inputs;
    s->is_folder = there && S_ISDIR(st.st_mode);
    if (!there || s->is_folder || !S_ISREG(st.st_mode) || !is_wacz(s->path)) {
        rc = add_files(c, s, err);
    } else {
        rc = map_file(s, err);
        if (rc == STET_OK)
            rc = stet_check_wacz_open(&s->wacz, &c->set, s->path,
                                      (struct stet_span){ s->map, s->map_len },
                                      c->roots, err);
        c->set.result->files += rc == STET_OK;
    }
    s->to = c->set.n_inputs;
    return rc;
}

/* -- folders --------------------------------------------------------------- */

static int next_of_cdx(void *ctx, struct stet_span *line,
                       struct stet_error *err)
{
    return stet_cdx_next(ctx, line, err);
}

/* STET_ENOTFOUND: there is no index, and that is told. */
static int check_index(struct check *c, const struct source *s,
                       struct stet_check_keys *keys, struct stet_error *err)
{
    char path[PATH_MAX];
    struct stet_check_lines lines = { next_of_cdx, NULL };
    struct stet_cdx *cdx = NULL;
    int n = snprintf(path, sizeof(path), "%s/indexes/index.cdx", s->path);
    int rc = n > 0 && (size_t)n < sizeof(path) ? stet_cdx_open(&cdx, path, err)
                                               : STET_ENOTFOUND;

    if (rc == STET_ENOTFOUND)
        stet_check_say(&c->set, path, STET_CHECK_INDEX_ABSENT, 0,
                       "there is no index");
    lines.ctx = cdx;
    if (rc == STET_OK)
        rc = stet_check_index(&c->set, path, &lines, keys, err);
    stet_cdx_close(cdx);
    if (rc == STET_OK)
        stet_check_unseen(&c->set);
    return rc;
}

/* Lines of an index that is made for the purpose. */
struct made {
    struct stet_check_keys *keys;
    struct stet_arena arena;
};

static int on_line(void *ctx, struct stet_span line)
{
    struct made *m = ctx;
    struct stet_cdxj parsed;
    int rc;

    stet_arena_clear(&m->arena);
    rc = stet_cdxj_parse(&parsed, line, &m->arena);
    if (rc == STET_OK && parsed.url.len > 0)
        rc = stet_check_keys_add(m->keys, parsed.key, parsed.url);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static int make_keys(const struct source *s, struct stet_check_keys *keys,
                     struct stet_error *err)
{
    struct made m = { .keys = keys };
    int rc;

    stet_arena_init(&m.arena, LINE_ARENA);
    rc = stet_index_files((const char *const *)s->files.paths, s->files.len,
                          NULL, on_line, &m, err);
    stet_arena_clear(&m.arena);
    return rc;
}

/* A page list of the folder; one that is not there is fine. */
static int read_list(struct check *c, const char *path, struct stet_buf *text,
                     struct stet_check_pages *pages, struct stet_error *err)
{
    int rc;

    stet_buf_reset(text);
    rc = stet_file_read(path, text, NULL);
    if (rc == STET_OK)
        rc = stet_check_page_list(&c->set, path, stet_buf_span(text), pages,
                                  err);
    return stet_is_fatal(rc) ? rc : STET_OK;
}

static int replay_folder(struct check *c, const struct source *s,
                         const struct stet_check_keys *keys,
                         struct stet_error *err)
{
    static const char *const names[] = { "pages.jsonl", "extraPages.jsonl" };
    struct stet_check_pages pages = { 0 };
    char path[2][PATH_MAX];
    struct stet_buf text;
    int rc = STET_OK;

    stet_buf_init(&text, MAX_LIST);
    for (size_t i = 0; i < 2 && rc == STET_OK && s->is_folder; i++) {
        int n = snprintf(path[i], PATH_MAX, "%s/pages/%s", s->path, names[i]);

        if (n > 0 && n < PATH_MAX)
            rc = read_list(c, path[i], &text, &pages, err);
    }
    if (rc == STET_OK)
        rc = stet_check_replay(&c->set, keys, pages.items, pages.len);
    stet_buf_clear(&text);
    stet_free(pages.items);
    return rc < 0 ? stet_fail(err, rc, "no memory to look for pages") : rc;
}

static int finish_files(struct check *c, const struct source *s,
                        struct stet_error *err)
{
    struct stet_check_keys *keys = NULL;
    int rc = STET_OK;

    if (c->set.replay)
        rc = stet_check_keys_new(&keys, err);
    if (rc == STET_OK && s->is_folder && !c->set.full)
        rc = check_index(c, s, keys, err);
    if (keys && (rc == STET_ENOTFOUND || (rc == STET_OK && !s->is_folder)))
        rc = make_keys(s, keys, err);
    else if (rc == STET_ENOTFOUND)
        rc = STET_OK;
    if (rc == STET_OK && keys)
        rc = replay_folder(c, s, keys, err);
    stet_check_keys_free(keys);
    return rc;
}

/* -- the whole ------------------------------------------------------------- */

static int check_all(struct check *c, struct stet_error *err)
{
    int rc = STET_OK;

    for (size_t i = 0; i < c->n && rc == STET_OK; i++)
        rc = add_source(c, &c->sources[i], err);
    for (size_t i = 0; i < c->n; i++)
        c->set.replay |= c->sources[i].is_folder || c->sources[i].wacz;
    if (c->options->replay != STET_CHECK_REPLAY_AUTO)
        c->set.replay = c->options->replay == STET_CHECK_REPLAY_YES;
    if (rc == STET_OK)
        rc = stet_check_set_run(&c->set, 0, err);
    if (rc == STET_OK)
        stet_check_set_resolve(&c->set);
    for (size_t i = 0; i < c->n && rc == STET_OK; i++) {
        c->set.from = c->sources[i].from;
        c->set.to = c->sources[i].to;
        rc = c->sources[i].wacz
                 ? stet_check_wacz_finish(c->sources[i].wacz, &c->set, err)
                 : finish_files(c, &c->sources[i], err);
    }
    return rc;
}

static void clear(struct check *c)
{
    stet_check_set_clear(&c->set);
    for (size_t i = 0; i < c->n; i++) {
        stet_check_wacz_close(c->sources[i].wacz);
        stet_warc_files_clear(&c->sources[i].files);
        if (c->sources[i].map)
            munmap(c->sources[i].map, c->sources[i].map_len);
    }
    stet_free(c->sources);
    stet_roots_free(c->roots);
}

int stet_check(const char *const *paths, size_t n,
               const struct stet_check_options *options,
               struct stet_check_result *result, struct stet_error *err)
{
    static const struct stet_check_options none = { 0 };
    struct check c = { .options = options ? options : &none, .n = n };
    int rc;

    *result = (struct stet_check_result){ 0 };
    c.sources = stet_alloc((n + 1) * sizeof(*c.sources));
    if (!c.sources)
        return stet_fail(err, STET_ENOMEM, "no memory to check");
    for (size_t i = 0; i < n; i++)
        c.sources[i].path = paths[i];
    stet_check_set_init(&c.set);
    c.set.on_finding = c.options->on_finding;
    c.set.ctx = c.options->ctx;
    c.set.result = result;
    rc = choose_rules(&c, err);
    if (rc == STET_OK && c.options->cacert)
        rc = stet_roots_open(&c.roots, c.options->cacert, err);
    if (rc == STET_OK)
        rc = check_all(&c, err);
    clear(&c);
    return rc;
}
