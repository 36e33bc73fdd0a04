/*
 * Opening the folder: layout, lock, store, and recovery of what a crash
 * left behind.
 */
#include "archive/inside.h"

#include "base/crash.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MAX_TEXT = 1 << 20, /* of copied options */
    MAX_LOG = 64 << 20, /* log lines of one commit */
    SCRATCH_MEMORY = 1 << 20,
};

const char *stet_archive_path(struct stet_archive *a, const char *name)
{
    if (stet_path_join(&a->path, a->o.path, name) < 0)
        return "";
    return a->path.data;
}

bool stet_archive_exists(const char *path)
{
    char db[PATH_MAX];
    struct stat st;
    int n = snprintf(db, sizeof(db), "%s/stet.db", path);

    return n < (int)sizeof(db) && stat(db, &st) == 0;
}

static int make_folders(struct stet_archive *a, struct stet_error *err)
{
    static const char *const names[] = { "archive", "indexes", "pages", "logs",
                                         "derived" };
    int rc = stet_file_make_dirs(a->o.path, err);

    for (size_t i = 0; rc == STET_OK && i < sizeof(names) / sizeof(names[0]);
         i++)
        rc = stet_file_make_dirs(stet_archive_path(a, names[i]), err);
    return rc;
}

static int take_lock(struct stet_archive *a, struct stet_error *err)
{
    char text[32] = "";
    ssize_t n;

    a->lock_fd = open(stet_archive_path(a, "lock"),
                      O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (a->lock_fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot open %s", a->path.data);
    if (flock(a->lock_fd, LOCK_EX | LOCK_NB) < 0) {
        if (errno != EWOULDBLOCK)
            return stet_fail_sys(err, STET_EIO, "cannot lock %s", a->o.path);
        n = pread(a->lock_fd, text, sizeof(text) - 1, 0);
        text[n > 0 ? n : 0] = '\0';
        return stet_fail(err, STET_ELOCKED, "%s is in use by process %s",
                         a->o.path, text[0] ? text : "unknown");
    }
    n = snprintf(text, sizeof(text), "%ld", (long)getpid());
    if (ftruncate(a->lock_fd, 0) < 0)
        return stet_fail_sys(err, STET_EIO, "cannot write %s", a->path.data);
    return stet_file_write_at(a->lock_fd, 0,
                              (struct stet_span){ text, (size_t)n }, err);
}

static int prepare(struct stet_archive *a, struct stet_error *err)
{
    static const char *const sql[] = {
#define STET_X(name, text) text,
        STET_ARCHIVE_STATEMENTS(STET_X)
#undef STET_X
    };
    int rc =
        stet_frontier_sqlite_new(&a->frontier, a->store, &a->o.frontier, err);

    for (size_t i = 0; rc == STET_OK && i < STET_N_STATEMENTS; i++)
        rc = stet_stmt_new(&a->q[i], a->store, sql[i], err);
    return rc;
}

struct stet_stmt *stet_archive_query(struct stet_archive *a,
                                     enum stet_archive_statement q)
{
    stet_stmt_reset(a->q[q]);
    return a->q[q];
}

/* Keeps what the pointers of the options point to. */
static int copy_options(struct stet_archive *a,
                        const struct stet_archive_options *o,
                        struct stet_error *err)
{
    a->o = *o;
    a->o.path = stet_arena_dup(&a->text, stet_span_of(o->path)).ptr;
    a->o.software = stet_arena_dup(&a->text, stet_span_of(o->software)).ptr;
    a->o.host = stet_arena_dup(&a->text, stet_span_of(o->host)).ptr;
    a->o.info = stet_arena_dup(&a->text, o->info);
    /* Once and for all: what it is asked for is never for want of memory. */
    if (!stet_buf_room(&a->path, PATH_MAX) || !a->o.path || !a->o.software ||
        !a->o.host || !a->o.info.ptr)
        return stet_fail(err, STET_ENOMEM, "no memory for an archive");
    return STET_OK;
}

static void add_info(struct stet_archive *a, struct stet_buf *b)
{
    bool old = a->o.version == STET_WARC_1_0;

    stet_buf_addf(b, "software: %s\r\n", a->o.software);
    stet_buf_addf(b, "format: WARC File Format %s\r\n", old ? "1.0" : "1.1");
    stet_buf_addf(b,
                  "conformsTo: http://iipc.github.io/warc-specifications/"
                  "specifications/warc-format/warc-%s/\r\n",
                  old ? "1.0" : "1.1");
    stet_buf_add_span(b, a->o.info);
}

static int make_writer(struct stet_archive *a, struct stet_error *err)
{
    struct stet_warc_writer_options o = {
        .dir = stet_archive_path(a, "archive"),
        .prefix = "stet",
        .host = a->o.host,
        .max_bytes = a->o.max_file_bytes,
        .version = a->o.version,
        .pack = { .gzip = a->gzip, .digest = a->o.digest },
        .ids = a->o.ids,
    };
    struct stet_buf info;
    int rc;

    stet_buf_init(&info, MAX_TEXT);
    add_info(a, &info);
    o.info = stet_buf_span(&info);
    rc = stet_buf_status(&info);
    if (rc < 0)
        rc = stet_fail(err, rc, "the warcinfo of %s", a->o.path);
    else
        rc = stet_warc_writer_new(&a->writer, &o, err);
    stet_buf_clear(&info);
    return rc;
}

/* Whether a file may hold more, or be called otherwise, than the store
 * says: then the crash came between an append and its commit. */
static bool needs_recovery(struct stet_archive *a, const char *name,
                           uint64_t committed)
{
    char part[PATH_MAX];
    struct stat st;

    snprintf(part, sizeof(part), "archive/%s.open", name);
    if (stat(stet_archive_path(a, part), &st) == 0)
        return true;
    snprintf(part, sizeof(part), "archive/%s", name);
    return stat(stet_archive_path(a, part), &st) == 0 &&
           (uint64_t)st.st_size != committed;
}

/* The writer goes on with the file, when one before it is sealed. */
static int recover_file(struct stet_archive *a, struct stet_span name,
                        uint64_t committed, struct stet_error *err)
{
    struct stet_buf text;
    int rc;

    if (committed == 0)
        return stet_large_remove(a, name, err);
    stet_buf_init(&text, PATH_MAX);
    stet_buf_add_span(&text, name);
    rc = stet_buf_status(&text);
    if (rc < 0)
        rc = stet_fail(err, rc, "no memory for a path");
    else if (needs_recovery(a, text.data, committed)) {
        rc = stet_warc_writer_seal(a->writer, err);
        if (rc == STET_OK)
            rc = stet_warc_writer_recover(a->writer, text.data, committed, err);
        stet_crash_point(STET_CRASH_RECOVER);
    }
    stet_buf_clear(&text);
    return rc;
}

/* All of them are looked at: which was the last cannot be told from names,
 * as clocks go back. */
static int recover_files(struct stet_archive *a, struct stet_error *err)
{
    struct stet_stmt *q = NULL;
    int rc = stet_stmt_new(
        &q, a->store, "SELECT name, committed FROM file ORDER BY name", err);

    while (rc == STET_OK && (rc = stet_stmt_step(q, err)) == STET_OK)
        rc = recover_file(a, stet_stmt_text(q, 0),
                          (uint64_t)stet_stmt_int(q, 1), err);
    stet_stmt_free(q);
    return rc == STET_END
               ? stet_store_exec(a->store,
                                 "DELETE FROM file WHERE committed = 0", err)
               : rc;
}

/* Files begun and never committed hold nothing: out of the way, not away. */
static bool is_orphan(struct stet_archive *a, struct stet_span name,
                      const char *what)
{
    const char *current = stet_warc_writer_filename(a->writer);

    (void)what;
    if (!stet_span_ends(name, STET_SPAN(".open")))
        return false;
    name.len -= strlen(".open");
    return !current || !stet_span_eqs(name, current);
}

static bool is_of_prefix(struct stet_archive *a, struct stet_span name,
                         const char *prefix)
{
    (void)a;
    return stet_span_starts(name, stet_span_of(prefix));
}

static int put_aside(struct stet_archive *a, const char *folder,
                     const char *name, struct stet_error *err)
{
    struct stet_buf from, to;
    int rc;

    stet_buf_init(&from, PATH_MAX);
    stet_buf_init(&to, PATH_MAX);
    stet_buf_addf(&from, "%s/%s/%s", a->o.path, folder, name);
    stet_buf_addf(&to, "%s/orphan/%s", a->o.path, name);
    rc = stet_file_make_dirs(stet_archive_path(a, "orphan"), err);
    if (rc == STET_OK && (!from.data || !to.data))
        rc = stet_fail(err, STET_ENOMEM, "no memory for a path");
    if (rc == STET_OK && rename(from.data, to.data) < 0)
        rc = stet_fail_sys(err, STET_EIO, "cannot move %s", from.data);
    stet_buf_clear(&to);
    stet_buf_clear(&from);
    return rc;
}

/* Puts those aside that are asked for. */
static int clear_folder(struct stet_archive *a, const char *folder,
                        bool (*is)(struct stet_archive *a,
                                   struct stet_span name, const char *what),
                        const char *what, struct stet_error *err)
{
    DIR *dir = opendir(stet_archive_path(a, folder));
    struct dirent *entry;
    int rc = STET_OK;

    if (!dir)
        return stet_fail_sys(err, STET_EIO, "cannot read %s", a->path.data);
    while (rc == STET_OK && (entry = readdir(dir))) {
        if (is(a, stet_span_of(entry->d_name), what))
            rc = put_aside(a, folder, entry->d_name, err);
    }
    closedir(dir);
    return rc;
}

int stet_archive_drop_derived(struct stet_archive *a, const char *prefix,
                              struct stet_error *err)
{
    return clear_folder(a, "derived", is_of_prefix, prefix, err);
}

int stet_archive_set_traps(struct stet_archive *a,
                           const struct stet_trap_limits *l,
                           struct stet_error *err)
{
    stet_traps_free(a->traps);
    a->traps = NULL;
    return l->max_url > 0 ? stet_traps_new(&a->traps, l, err) : STET_OK;
}

static int look_elsewhere(struct stet_archive *a, struct stet_error *err)
{
    int rc = a->o.n_dedup_from > 0
                 ? stet_elsewhere_new(&a->elsewhere, a->store, err)
                 : STET_OK;

    for (size_t i = 0; rc == STET_OK && i < a->o.n_dedup_from; i++)
        rc = stet_elsewhere_add(a->elsewhere, a->o.dedup_from[i], err);
    return rc;
}

static int open_store(struct stet_archive *a, struct stet_error *err)
{
    int rc = stet_store_open(&a->store, stet_archive_path(a, "stet.db"),
                             stet_archive_schema, err);

    /* The write-ahead log is still written in order. */
    if (rc == STET_OK && a->o.sync == STET_SYNC_NONE)
        rc = stet_store_exec(a->store, "PRAGMA synchronous=NORMAL", err);
    if (rc == STET_OK)
        rc = prepare(a, err);
    if (rc == STET_OK)
        rc = look_elsewhere(a, err);
    if (rc == STET_OK)
        rc = stet_gzip_new(&a->gzip, stet_gzip_level_of_notes(a->o.gzip_level),
                           err);
    if (rc == STET_OK)
        rc = make_writer(a, err);
    return rc;
}

static int recover(struct stet_archive *a, struct stet_error *err)
{
    int rc = recover_files(a, err);

    if (rc == STET_OK)
        rc = clear_folder(a, "archive", is_orphan, NULL, err);
    if (rc == STET_OK)
        rc = clear_folder(a, "derived", is_orphan, NULL, err);
    if (rc == STET_OK)
        rc = stet_archive_rebuild_log(a, err);
    return rc;
}

int stet_archive_open(struct stet_archive **out,
                      const struct stet_archive_options *o,
                      struct stet_error *err)
{
    struct stet_archive *a = stet_alloc(sizeof(*a));
    int rc;

    *out = NULL;
    if (!a)
        return stet_fail(err, STET_ENOMEM, "no memory for an archive");
    a->lock_fd = a->log_fd = -1;
    stet_arena_init(&a->text, MAX_TEXT);
    stet_buf_init(&a->path, PATH_MAX);
    stet_buf_init(&a->log, MAX_LOG);
    stet_buf_init(&a->file, PATH_MAX);
    stet_spool_init(&a->scratch, NULL, SCRATCH_MEMORY);
    rc = copy_options(a, o, err);
    if (rc == STET_OK)
        rc = make_folders(a, err);
    if (rc == STET_OK)
        rc = take_lock(a, err);
    if (rc == STET_OK)
        rc = open_store(a, err);
    if (rc == STET_OK)
        rc = recover(a, err);
    if (rc < 0) {
        stet_archive_close(a);
        return rc;
    }
    *out = a;
    return STET_OK;
}

void stet_archive_close(struct stet_archive *a)
{
    if (!a)
        return;
    stet_large_clear(a);
    stet_warc_writer_free(a->writer);
    stet_gzip_free(a->gzip);
    if (a->store)
        stet_store_rollback(a->store);
    for (size_t i = 0; i < STET_N_STATEMENTS; i++)
        stet_stmt_free(a->q[i]);
    stet_elsewhere_free(a->elsewhere);
    stet_traps_free(a->traps);
    stet_frontier_free(&a->frontier);
    stet_store_close(a->store);
    if (a->log_fd >= 0)
        close(a->log_fd);
    if (a->lock_fd >= 0)
        close(a->lock_fd);
    stet_rows_clear(&a->needed);
    stet_fates_clear(a);
    stet_twins_clear(a);
    stet_tallies_clear(a);
    stet_bytes_clear(&a->found);
    stet_bytes_clear(&a->found_mime);
    stet_spool_clear(&a->scratch);
    stet_buf_clear(&a->log);
    stet_buf_clear(&a->file);
    stet_buf_clear(&a->path);
    stet_arena_clear(&a->text);
    stet_free(a);
}
