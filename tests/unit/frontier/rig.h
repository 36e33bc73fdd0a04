#ifndef STET_TESTS_FRONTIER_RIG_H
#define STET_TESTS_FRONTIER_RIG_H

#include "frontier/frontier.h"
#include "lib/folder.h"
#include "lib/tap.h"

#include <stdio.h>
#include <string.h>

/*
 * A frontier in a folder of its own, for tests that know it by its table of
 * functions alone.  Another store is held against them by another rig_open()
 * and rig_commit().
 */
struct rig {
    struct stet_store *store;
    struct stet_frontier f;
    struct stet_frontier_options o;
    char got[512]; /* what was handed out: the last letter of each URL */
    int64_t ids[512];
    int attempts[512];
    size_t n;
};

static const int64_t run_1 = 1, noon = INT64_C(1700000000000);

static inline int rig_open(struct rig *r)
{
    static const char *const schema[] = { stet_frontier_schema,
                                          stet_frontier_schema_hosts, NULL };
    int rc = stet_store_open(&r->store, folder_path("db"), schema, NULL);

    /* Nothing here pulls the plug. */
    if (rc == STET_OK)
        rc = stet_store_exec(r->store, "PRAGMA synchronous=OFF", NULL);
    return rc == STET_OK
               ? stet_frontier_sqlite_new(&r->f, r->store, &r->o, NULL)
               : rc;
}

static inline void rig_close(struct rig *r)
{
    stet_frontier_free(&r->f);
    stet_store_close(r->store);
    r->store = NULL;
}

static inline int rig_commit(struct rig *r)
{
    return stet_store_commit(r->store, NULL);
}

static inline void rig_begin(struct rig *r, int pages, int targets)
{
    *r = (struct rig){ .o = { pages, targets } };
    folder_make();
    CHECK_INT(rig_open(r), STET_OK);
}

static inline void rig_end(struct rig *r)
{
    rig_close(r);
    folder_remove();
}

/* As when the program dies: what is not committed is gone. */
static inline void rig_crash(struct rig *r)
{
    rig_close(r);
    CHECK_INT(rig_open(r), STET_OK);
}

/* The id of the target; negative: it was known. */
static inline int64_t rig_add(struct rig *r, const char *url,
                              enum stet_role role)
{
    struct stet_target t = { .url = stet_span_of(url),
                             .via = STET_SPAN("http://via/"),
                             .hops = STET_SPAN("LE"),
                             .role = role,
                             .resource = STET_RESOURCE_IMAGE,
                             .page_id = "page-id",
                             .depth = 2,
                             .outside = 1 };
    int64_t id = 0;
    bool fresh = false;

    CHECK_INT(stet_frontier_add(&r->f, run_1, &t, &id, &fresh, NULL), STET_OK);
    return fresh ? id : -id;
}

static inline int rig_take(void *ctx, const struct stet_target *t)
{
    struct rig *r = ctx;

    if (r->n == sizeof(r->got) - 1)
        return STET_ELIMIT;
    r->ids[r->n] = t->id;
    r->attempts[r->n] = t->attempts;
    r->got[r->n++] = t->url.ptr[t->url.len - 1];
    r->got[r->n] = '\0';
    return STET_OK;
}

/* What a lease gives, one letter each; good until the next. */
static inline const char *rig_lease(struct rig *r, size_t max, int64_t now_ms)
{
    const struct stet_frontier_taker to = { rig_take, r };

    r->n = 0;
    r->got[0] = '\0';
    CHECK_INT(stet_frontier_lease(&r->f, run_1, max, now_ms, &to, NULL),
              STET_OK);
    return r->got;
}

static inline void rig_finish(struct rig *r, int64_t id)
{
    const struct stet_fate fate = { .outcome = "ok", .why = "", .status = 200 };

    CHECK_INT(stet_frontier_finish(&r->f, id, &fate, NULL), STET_OK);
}

static inline int64_t rig_next_due(struct rig *r, int64_t now_ms)
{
    int64_t due = -1;

    CHECK_INT(stet_frontier_next_due(&r->f, run_1, now_ms, &due, NULL),
              STET_OK);
    return due;
}

static inline void rig_hold(struct rig *r, const char *origin, int64_t until_ms)
{
    CHECK_INT(
        stet_frontier_hold(&r->f, run_1, stet_span_of(origin), until_ms, NULL),
        STET_OK);
}

/* "queued later handed_out done hosts" */
static inline const char *rig_counts(struct rig *r)
{
    static char text[128];
    struct stet_frontier_counts c;

    CHECK_INT(stet_frontier_count(&r->f, run_1, &c, NULL), STET_OK);
    snprintf(text, sizeof(text), "%lld %lld %lld %lld %lld",
             (long long)c.queued, (long long)c.later, (long long)c.handed_out,
             (long long)c.done, (long long)c.hosts);
    return text;
}

#endif
