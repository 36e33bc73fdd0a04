#ifndef STET_STORE_STORE_H
#define STET_STORE_STORE_H

#include "stet/error.h"

/*
 * One SQLite file (the only user of SQLite).  It is opened with a
 * write-ahead log and synchronous=FULL, so that a commit that returned is
 * on disk.  One thread at a time.
 *
 * A statement is compiled once and used many times:
 *
 *     stet_stmt_reset(s);
 *     stet_stmt_bind_int(s, 1, id);
 *     while ((rc = stet_stmt_step(s, err)) == STET_OK)
 *         use(stet_stmt_int(s, 0));
 *
 * Every error is STET_EIO (the disk, or the file is not a database) or
 * STET_ENOMEM, with SQLite's own words.
 */
struct stet_store;
struct stet_stmt;

/*
 * Opens or makes the file and runs those of `steps` (SQL scripts, ending
 * with NULL) that it has not seen; each in a transaction of its own.
 * STET_EUNSUPPORTED: the file has seen more steps than there are, so a
 * newer program wrote it.
 */
STET_NODISCARD int stet_store_open(struct stet_store **out, const char *path,
                                   const char *const *steps,
                                   struct stet_error *err);

/* Rolls back what is not committed.  Statements are freed before. */
void stet_store_close(struct stet_store *s);

STET_NODISCARD int stet_store_exec(struct stet_store *s, const char *sql,
                                   struct stet_error *err);

/* Transactions do not nest; a second _begin() is harmless. */
STET_NODISCARD int stet_store_begin(struct stet_store *s,
                                    struct stet_error *err);
STET_NODISCARD int stet_store_commit(struct stet_store *s,
                                     struct stet_error *err);
void stet_store_rollback(struct stet_store *s);
bool stet_store_in_transaction(const struct stet_store *s);

/*
 * Called by each _commit() that ends a transaction, while that is still
 * open: for what is gathered in memory and written once.  What it returns
 * but STET_OK fails the commit.  NULL for none.
 */
void stet_store_before_commit(struct stet_store *s,
                              int (*fn)(void *ctx, struct stet_error *err),
                              void *ctx);

/* The rowid of the newest insert, and the rows the last statement changed. */
int64_t stet_store_last_id(const struct stet_store *s);
int64_t stet_store_changes(const struct stet_store *s);

STET_NODISCARD int stet_stmt_new(struct stet_stmt **out, struct stet_store *s,
                                 const char *sql, struct stet_error *err);
void stet_stmt_free(struct stet_stmt *q);
void stet_stmt_reset(struct stet_stmt *q);

/* Parameters count from 1.  Text must live until the next _reset(). */
void stet_stmt_bind_int(struct stet_stmt *q, int at, int64_t value);
void stet_stmt_bind_text(struct stet_stmt *q, int at, struct stet_span text);

/* STET_OK with a row, STET_END with none left. */
STET_NODISCARD int stet_stmt_step(struct stet_stmt *q, struct stet_error *err);

/* Steps to the end: for statements that give no rows. */
STET_NODISCARD int stet_stmt_run(struct stet_stmt *q, struct stet_error *err);

/* Columns count from 0.  Spans live until the next step or reset; NULL
 * gives 0 and an empty span with a NULL ptr. */
int64_t stet_stmt_int(struct stet_stmt *q, int column);
struct stet_span stet_stmt_text(struct stet_stmt *q, int column);
bool stet_stmt_is_null(struct stet_stmt *q, int column);

#endif
