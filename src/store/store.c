#include "store/store.h"

#include "base/fail.h"
#include "base/mem.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>

struct stet_store {
    sqlite3 *db;
    int (*before_commit)(void *ctx, struct stet_error *err);
    void *ctx;
};

struct stet_stmt {
    sqlite3_stmt *st;
    sqlite3 *db;
    int bound; /* the first binding that failed, as SQLite's code */
};

enum { BUSY_MS = 5000 };

static int fail(sqlite3 *db, int code, struct stet_error *err)
{
    int kind = code == SQLITE_NOMEM ? STET_ENOMEM : STET_EIO;

    if (code == SQLITE_FULL)
        return stet_fail(err, kind, "stet.db: no space left on the disk");
    return stet_fail(err, kind, "stet.db: %s",
                     db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
}

static int exec(struct stet_store *s, const char *sql, struct stet_error *err)
{
    int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

    return code == SQLITE_OK ? STET_OK : fail(s->db, code, err);
}

static int read_version(struct stet_store *s, int64_t *out,
                        struct stet_error *err)
{
    struct stet_stmt *q = NULL;
    int rc = stet_stmt_new(&q, s, "PRAGMA user_version", err);

    if (rc == STET_OK)
        rc = stet_stmt_step(q, err);
    if (rc == STET_OK)
        *out = stet_stmt_int(q, 0);
    stet_stmt_free(q);
    return rc == STET_END ? STET_OK : rc;
}

static int take_step(struct stet_store *s, const char *sql, int64_t number,
                     struct stet_error *err)
{
    char mark[64];
    int rc;

    snprintf(mark, sizeof(mark), "PRAGMA user_version=%lld", (long long)number);
    rc = stet_store_begin(s, err);
    if (rc == STET_OK)
        rc = exec(s, sql, err);
    if (rc == STET_OK)
        rc = exec(s, mark, err);
    if (rc == STET_OK)
        rc = stet_store_commit(s, err);
    else
        stet_store_rollback(s);
    return rc;
}

static int migrate(struct stet_store *s, const char *const *steps,
                   struct stet_error *err)
{
    int64_t seen = 0, number = 0;
    int rc = read_version(s, &seen, err);

    for (; rc == STET_OK && steps[number]; number++) {
        if (number >= seen)
            rc = take_step(s, steps[number], number + 1, err);
    }
    if (rc == STET_OK && seen > number)
        rc = stet_fail(err, STET_EUNSUPPORTED,
                       "stet.db was written by a newer stet (schema %lld)",
                       (long long)seen);
    return rc;
}

int stet_store_open(struct stet_store **out, const char *path,
                    const char *const *steps, struct stet_error *err)
{
    struct stet_store *s = stet_alloc(sizeof(*s));
    int code, rc;

    *out = NULL;
    if (!s)
        return stet_fail(err, STET_ENOMEM, "no memory for the store");
    code = sqlite3_open_v2(
        path, &s->db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    rc = code == SQLITE_OK ? STET_OK : fail(s->db, code, err);
    if (rc == STET_OK) {
        sqlite3_busy_timeout(s->db, BUSY_MS);
        rc = exec(s,
                  "PRAGMA journal_mode=WAL;"
                  "PRAGMA synchronous=FULL;"
                  "PRAGMA temp_store=MEMORY;"
                  "PRAGMA foreign_keys=ON;",
                  err);
    }
    if (rc == STET_OK)
        rc = migrate(s, steps, err);
    if (rc < 0) {
        stet_store_close(s);
        return rc;
    }
    *out = s;
    return STET_OK;
}

void stet_store_close(struct stet_store *s)
{
    if (!s)
        return;
    sqlite3_close_v2(s->db);
    stet_free(s);
}

int stet_store_exec(struct stet_store *s, const char *sql,
                    struct stet_error *err)
{
    return exec(s, sql, err);
}

bool stet_store_in_transaction(const struct stet_store *s)
{
    return !sqlite3_get_autocommit(s->db);
}

int stet_store_begin(struct stet_store *s, struct stet_error *err)
{
    return stet_store_in_transaction(s) ? STET_OK
                                        : exec(s, "BEGIN IMMEDIATE", err);
}

void stet_store_before_commit(struct stet_store *s,
                              int (*fn)(void *ctx, struct stet_error *err),
                              void *ctx)
{
    s->before_commit = fn;
    s->ctx = ctx;
}

int stet_store_commit(struct stet_store *s, struct stet_error *err)
{
    int rc = STET_OK;

    if (!stet_store_in_transaction(s))
        return STET_OK;
    if (s->before_commit)
        rc = s->before_commit(s->ctx, err);
    return rc == STET_OK ? exec(s, "COMMIT", err) : rc;
}

void stet_store_rollback(struct stet_store *s)
{
    if (stet_store_in_transaction(s))
        (void)exec(s, "ROLLBACK", NULL);
}

int64_t stet_store_last_id(const struct stet_store *s)
{
    return sqlite3_last_insert_rowid(s->db);
}

int64_t stet_store_changes(const struct stet_store *s)
{
    return sqlite3_changes(s->db);
}

int stet_stmt_new(struct stet_stmt **out, struct stet_store *s, const char *sql,
                  struct stet_error *err)
{
    struct stet_stmt *q = stet_alloc(sizeof(*q));
    int code;

    *out = NULL;
    if (!q)
        return stet_fail(err, STET_ENOMEM, "no memory for a statement");
    q->db = s->db;
    code = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->st,
                              NULL);
    if (code != SQLITE_OK) {
        int rc = fail(s->db, code, err);
        stet_stmt_free(q);
        return rc;
    }
    *out = q;
    return STET_OK;
}

void stet_stmt_free(struct stet_stmt *q)
{
    if (!q)
        return;
    sqlite3_finalize(q->st);
    stet_free(q);
}

void stet_stmt_reset(struct stet_stmt *q)
{
    sqlite3_reset(q->st);
    sqlite3_clear_bindings(q->st);
    q->bound = SQLITE_OK;
}

static void bound(struct stet_stmt *q, int code)
{
    if (code != SQLITE_OK && q->bound == SQLITE_OK)
        q->bound = code;
}

void stet_stmt_bind_int(struct stet_stmt *q, int at, int64_t value)
{
    bound(q, sqlite3_bind_int64(q->st, at, value));
}

void stet_stmt_bind_text(struct stet_stmt *q, int at, struct stet_span text)
{
    bound(q, sqlite3_bind_text64(q->st, at, text.ptr ? text.ptr : "", text.len,
                                 SQLITE_STATIC, SQLITE_UTF8));
}

int stet_stmt_step(struct stet_stmt *q, struct stet_error *err)
{
    int code;

    assert(q);
    code = q->bound != SQLITE_OK ? q->bound : sqlite3_step(q->st);
    if (code == SQLITE_ROW)
        return STET_OK;
    if (code == SQLITE_DONE) {
        sqlite3_reset(q->st);
        return STET_END;
    }
    code = fail(q->db, code, err);
    sqlite3_reset(q->st);
    return code;
}

int stet_stmt_run(struct stet_stmt *q, struct stet_error *err)
{
    int rc;

    do
        rc = stet_stmt_step(q, err);
    while (rc == STET_OK);
    return rc == STET_END ? STET_OK : rc;
}

int64_t stet_stmt_int(struct stet_stmt *q, int column)
{
    return sqlite3_column_int64(q->st, column);
}

struct stet_span stet_stmt_text(struct stet_stmt *q, int column)
{
    const void *p = sqlite3_column_blob(q->st, column);
    int n = sqlite3_column_bytes(q->st, column);

    return (struct stet_span){ p, p && n > 0 ? (size_t)n : 0 };
}

bool stet_stmt_is_null(struct stet_stmt *q, int column)
{
    return sqlite3_column_type(q->st, column) == SQLITE_NULL;
}
