/*
 * What is the SQLite frontier's own: older tables, and what fails.
 */
#include "unit/frontier/rig.h"

#include "base/span.h"
#include "lib/torture.h"

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

/* As the first step of the schema has it. */
static const char older[] =
    "INSERT INTO url(id, run, key, url, via, hops, role, resource, page,"
    " page_id, depth, embeds, redirects, priority, done, status) VALUES"
    "(1, 1, 'http://h/a', 'http://h/a', '', '', 0, 0, 1, 'p', 0, 0, 0, 3, 1,"
    " 200),"
    "(2, 1, 'http://h/robots.txt#robots', 'http://h/robots.txt', '', 'P', 4, 7,"
    " 0, '', 0, 0, 0, 0, 0, NULL),"
    "(3, 1, 'http://h/robots.txt#robots-of-2', 'http://h/robots.txt', '', 'P',"
    " 4, 7, 2, '', 0, 0, 0, 0, 0, NULL),"
    "(4, 1, 'http://h/b', 'http://h/b', 'http://h/a', 'E', 2, 2, 1, 'p', 0, 0,"
    " 0, 1, 0, NULL),"
    "(5, 1, 'http://i/c', 'http://i/c', 'http://h/a', 'E', 2, 2, 1, 'p', 0, 0,"
    " 0, 1, 0, NULL),"
    "(6, 2, 'http://h/a', 'http://h/a', '', '', 0, 0, 2, 'q', 0, 0, 0, 3, 0,"
    " NULL);";

static void takes_over_what_an_older_one_left(void)
{
    static const char *const schema[] = { stet_frontier_schema, NULL };
    struct stet_store *s = NULL;
    struct rig r = { .store = NULL };
    int64_t found = 0;

    folder_make();
    CHECK_INT(stet_store_open(&s, folder_path("db"), schema, NULL), STET_OK);
    CHECK_INT(stet_store_exec(s, older, NULL), STET_OK);
    stet_store_close(s);
    for (int again = 0; again < 2; again++) {
        CHECK_INT(rig_open(&r), STET_OK);
        CHECK_STR(rig_counts(&r), "4 0 0 1 2");
        CHECK_INT(rig_add(&r, "http://h/a", STET_ROLE_SEED), -1);
        CHECK_INT(rig_add(&r, "http://h/robots.txt", STET_ROLE_ROBOTS), -2);
        CHECK_INT(rig_add(&r, "http://i/c", STET_ROLE_LINKED), -5);
        CHECK_STR(rig_lease(&r, 9, noon), "tctb");
        CHECK_INT(stet_frontier_find_answer(&r.f, STET_SPAN("http://h/a"),
                                            &found, NULL),
                  STET_OK);
        CHECK_INT(found, 1);
        rig_close(&r);
    }
    folder_remove();
}

/* Adds, leases, defers, holds, finishes and starts anew. */
static int work(void)
{
    static const struct stet_fate fate = { .outcome = "ok", .why = "" };
    static const char *const schema[] = { stet_frontier_schema,
                                          stet_frontier_schema_hosts, NULL };
    struct rig r = { .o = { 1, 2 } };
    struct stet_frontier_counts c;
    int rc;

    folder_make();
    rc = stet_store_open(&r.store, folder_path("db"), schema, NULL);
    if (rc == STET_OK)
        rc = stet_frontier_sqlite_new(&r.f, r.store, &r.o, NULL);
    for (int i = 0; rc == STET_OK && i < 600; i++) {
        char url[40];
        struct stet_target t = { .role = STET_ROLE_SEED };
        int64_t id;
        bool fresh;
        snprintf(url, sizeof(url), "http://h%d/%d", i % 5, i);
        t.url = stet_span_of(url);
        rc = stet_frontier_add(&r.f, run_1, &t, &id, &fresh, NULL);
    }
    if (rc == STET_OK)
        rc = stet_frontier_lease(&r.f, run_1, 9, noon,
                                 &(struct stet_frontier_taker){ rig_take, &r },
                                 NULL);
    if (rc == STET_OK)
        rc = stet_frontier_defer(&r.f, r.ids[0], noon + 1, 1, STET_SPAN("why"),
                                 NULL);
    if (rc == STET_OK)
        rc = stet_frontier_hold(&r.f, run_1, STET_SPAN("http://other"),
                                noon + 1, NULL);
    if (rc == STET_OK)
        rc = stet_frontier_finish(&r.f, r.ids[1], &fate, NULL);
    if (rc == STET_OK)
        rc = stet_store_commit(r.store, NULL);
    stet_frontier_free(&r.f);
    if (rc == STET_OK)
        rc = stet_frontier_sqlite_new(&r.f, r.store, &r.o, NULL);
    if (rc == STET_OK)
        rc = stet_frontier_lease(&r.f, run_1, 9, noon + 1,
                                 &(struct stet_frontier_taker){ rig_take, &r },
                                 NULL);
    if (rc == STET_OK)
        rc = stet_frontier_count(&r.f, run_1, &c, NULL);
    CHECK(rc != STET_OK || (c.queued == 599 && c.done == 1));
    rig_end(&r);
    return rc;
}

static void survives_every_lack_of_memory(void)
{
    CHECK(torture(work));
}

/* The database may grow to so many pages: at one of them each call meets the
 * end of the disk, and what was committed before is there after. */
static void survives_a_full_disk(void)
{
    int failed = 0;

    for (int pages = 24; pages < 84; pages += 6) {
        struct rig r;
        struct stet_error err = { 0, 0, "" };
        char sql[64];
        int64_t kept = 0;
        int rc = STET_OK;

        rig_begin(&r, 0, 0);
        snprintf(sql, sizeof(sql), "PRAGMA max_page_count=%d", pages);
        CHECK_INT(stet_store_exec(r.store, sql, NULL), STET_OK);
        for (int i = 0; rc == STET_OK && i < 1500; i++) {
            char url[40];
            struct stet_target t = { .role = STET_ROLE_SEED };
            int64_t id;
            bool fresh;
            snprintf(url, sizeof(url), "http://host%d/%d", i, i);
            t.url = stet_span_of(url);
            rc = stet_frontier_add(&r.f, run_1, &t, &id, &fresh, &err);
            if (rc == STET_OK && i % 7 == 0) {
                rc = stet_store_commit(r.store, &err);
                kept = rc == STET_OK ? i + 1 : kept;
            }
        }
        if (rc != STET_OK) {
            CHECK_INT(rc, STET_EIO);
            CHECK_STR(err.text, "stet.db: no space left on the disk");
            failed++;
        }
        rig_crash(&r);
        if (rc != STET_OK) {
            struct stet_frontier_counts c;
            CHECK_INT(stet_frontier_count(&r.f, run_1, &c, NULL), STET_OK);
            CHECK_INT(c.queued, kept);
            CHECK_INT(c.hosts, kept);
            CHECK_INT(number(r.store, "SELECT count(*) FROM url"), kept);
        }
        rig_end(&r);
    }
    CHECK(failed > 5);
}

TESTS({ "takes over what an older one left",
        takes_over_what_an_older_one_left },
      { "survives every lack of memory", survives_every_lack_of_memory },
      { "survives a full disk", survives_a_full_disk })
