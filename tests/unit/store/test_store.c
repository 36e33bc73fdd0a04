#include "store/store.h"

#include "base/span.h"
#include "lib/folder.h"
#include "lib/tap.h"

#include <stdio.h>

static const char *const one[] = { "CREATE TABLE t(a, b);", NULL };
static const char *const two[] = { "CREATE TABLE t(a, b);",
                                   "ALTER TABLE t ADD c DEFAULT 7;", NULL };
static const char *const broken[] = { "CREATE TABLE t(a, b); NONSENSE;", NULL };

static int64_t number(struct stet_store *s, const char *sql)
{
    struct stet_stmt *q = NULL;
    int64_t n = -1;

    if (stet_stmt_new(&q, s, sql, NULL) == STET_OK &&
        stet_stmt_step(q, NULL) == STET_OK)
        n = stet_stmt_int(q, 0);
    stet_stmt_free(q);
    return n;
}

static void keeps_what_was_committed(void)
{
    struct stet_store *s = NULL;
    struct stet_stmt *q = NULL;

    folder_make();
    CHECK_INT(stet_store_open(&s, folder_path("db"), one, NULL), STET_OK);
    CHECK_INT(stet_stmt_new(&q, s, "INSERT INTO t VALUES(?1, ?2)", NULL), 0);
    for (int i = 0; i < 4; i++) {
        CHECK_INT(stet_store_begin(s, NULL), STET_OK);
        stet_stmt_reset(q);
        stet_stmt_bind_int(q, 1, i);
        stet_stmt_bind_text(q, 2, STET_SPAN("text"));
        CHECK_INT(stet_stmt_run(q, NULL), STET_OK);
        if (i % 2)
            stet_store_rollback(s);
        else
            CHECK_INT(stet_store_commit(s, NULL), STET_OK);
    }
    CHECK(!stet_store_in_transaction(s));
    CHECK_INT(stet_store_begin(s, NULL), STET_OK);
    CHECK_INT(stet_store_exec(s, "DELETE FROM t", NULL), STET_OK);
    stet_stmt_free(q);
    stet_store_close(s);

    CHECK_INT(stet_store_open(&s, folder_path("db"), one, NULL), STET_OK);
    CHECK_INT(number(s, "SELECT count(*) FROM t"), 2);
    CHECK_INT(number(s, "SELECT sum(a) FROM t"), 2);
    stet_store_close(s);
    folder_remove();
}

static void takes_new_steps_and_no_old_ones_twice(void)
{
    struct stet_error err = { 0, 0, "" };
    struct stet_store *s = NULL;

    folder_make();
    CHECK_INT(stet_store_open(&s, folder_path("db"), one, NULL), STET_OK);
    CHECK_INT(stet_store_exec(s, "INSERT INTO t VALUES(1, 2)", NULL), 0);
    stet_store_close(s);
    CHECK_INT(stet_store_open(&s, folder_path("db"), two, NULL), STET_OK);
    CHECK_INT(number(s, "SELECT c FROM t"), 7);
    stet_store_close(s);
    CHECK_INT(stet_store_open(&s, folder_path("db"), one, &err),
              STET_EUNSUPPORTED);
    CHECK_STR(err.text, "stet.db was written by a newer stet (schema 2)");
    CHECK(s == NULL);
    folder_remove();
}

static int count_up(void *ctx, struct stet_error *err)
{
    (void)err;
    return ++*(int *)ctx == 3 ? STET_ENOMEM : STET_OK;
}

static void calls_before_each_commit(void)
{
    struct stet_store *s = NULL;
    int n = 0;

    folder_make();
    CHECK_INT(stet_store_open(&s, folder_path("db"), one, NULL), STET_OK);
    stet_store_before_commit(s, count_up, &n);
    CHECK_INT(stet_store_commit(s, NULL), STET_OK);
    CHECK_INT(n, 0);
    for (int i = 1; i <= 3; i++) {
        CHECK_INT(stet_store_begin(s, NULL), STET_OK);
        CHECK_INT(stet_store_exec(s, "INSERT INTO t VALUES(1, 2)", NULL), 0);
        CHECK_INT(stet_store_commit(s, NULL), i == 3 ? STET_ENOMEM : STET_OK);
        CHECK_INT(n, i);
    }
    CHECK(stet_store_in_transaction(s));
    stet_store_rollback(s);
    CHECK_INT(number(s, "SELECT count(*) FROM t"), 2);
    stet_store_close(s);
    folder_remove();
}

static void says_what_is_wrong(void)
{
    struct stet_error err = { 0, 0, "" };
    struct stet_store *s = NULL;
    FILE *f;

    folder_make();
    CHECK_INT(stet_store_open(&s, folder_path("none/db"), one, &err), STET_EIO);
    CHECK_STR(err.text, "stet.db: unable to open database file");
    CHECK_INT(stet_store_open(&s, folder_path("broken"), broken, &err),
              STET_EIO);
    f = fopen(folder_path("text"), "w");
    for (int i = 0; f && i < 1000; i++)
        fprintf(f, "this is no database\n");
    if (f)
        fclose(f);
    CHECK_INT(stet_store_open(&s, folder_path("text"), one, &err), STET_EIO);
    CHECK_STR(err.text, "stet.db: file is not a database");
    folder_remove();
}

TESTS({ "keeps what was committed", keeps_what_was_committed },
      { "takes new steps and no old ones twice",
        takes_new_steps_and_no_old_ones_twice },
      { "calls before each commit", calls_before_each_commit },
      { "says what is wrong", says_what_is_wrong })
