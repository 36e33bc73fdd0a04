/*
 * Taking products in and making them durable.
 */
#include "archive/inside.h"

#include "base/crash.h"
#include "base/fail.h"
#include "base/file.h"
#include "stet/url.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

int64_t stet_archive_run(const struct stet_archive *a)
{
    return a->run;
}

int64_t stet_archive_known(const struct stet_archive *a)
{
    return a->known;
}

bool stet_archive_is_full(const struct stet_archive *a)
{
    return a->held_records >= STET_COMMIT_RECORDS ||
           a->held_bytes >= STET_COMMIT_BYTES || a->o.sync == STET_SYNC_RECORD;
}

bool stet_archive_is_dirty(const struct stet_archive *a)
{
    return stet_store_in_transaction(a->store);
}

bool stet_archive_is_short_of_space(const struct stet_archive *a)
{
    struct statvfs fs;

    return a->o.min_free > 0 && statvfs(a->o.path, &fs) == 0 &&
           (uint64_t)fs.f_bavail * fs.f_frsize < a->o.min_free;
}

/* Notes how long the file is that was appended to, if one was. */
static int keep_length(struct stet_archive *a, struct stet_error *err)
{
    struct stet_stmt *q;

    if (a->file_length == 0)
        return STET_OK;
    q = stet_archive_query(a, STET_Q_add_file);
    stet_stmt_bind_text(q, 1, stet_buf_span(&a->file));
    stet_stmt_bind_int(q, 2, (int64_t)a->file_length);
    a->file_length = 0;
    return stet_stmt_run(q, err);
}

int stet_archive_append(struct stet_archive *a, struct stet_spool *records,
                        struct stet_warc_place *place, struct stet_error *err)
{
    int rc = stet_warc_writer_add(a->writer, records,
                                  stet_clock_wall(a->o.clock), place, err);

    if (rc < 0)
        return rc;
    stet_crash_point(STET_CRASH_APPEND);
    a->held_records++;
    a->held_bytes += records->len;
    if (!stet_span_eqs(stet_buf_span(&a->file), place->filename)) {
        rc = keep_length(a, err);
        stet_buf_reset(&a->file);
        stet_buf_adds(&a->file, place->filename);
    }
    a->file_length = stet_warc_writer_length(a->writer);
    if (rc == STET_OK && stet_buf_status(&a->file) < 0)
        rc = stet_fail(err, stet_buf_status(&a->file), "the name of a WARC");
    return rc;
}

int stet_archive_index(struct stet_archive *a, const struct stet_product *p,
                       const struct stet_entry *e,
                       const struct stet_warc_place *place,
                       struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_add_capture);
    struct stet_bytes key = { NULL, 0 };
    int rc = stet_url_surt(&key, e->url, err);

    if (rc == STET_EFORMAT || rc == STET_ELIMIT)
        return STET_OK; /* no key, no line: see stet_cdxj_add() */
    if (rc < 0)
        return rc;
    stet_stmt_bind_int(q, 1, a->run);
    stet_stmt_bind_int(q, 2, p->target->id);
    stet_stmt_bind_text(q, 3, e->url);
    stet_stmt_bind_text(q, 4, (struct stet_span){ key.data, key.len });
    stet_stmt_bind_int(q, 5, p->date_ms);
    stet_stmt_bind_text(q, 6, stet_span_of(e->type));
    if (e->status > 0)
        stet_stmt_bind_int(q, 7, e->status);
    stet_stmt_bind_text(q, 8, e->mime);
    stet_stmt_bind_text(q, 9, e->digest);
    stet_stmt_bind_int(q, 10, p->chunked);
    stet_stmt_bind_int(q, 11, (int64_t)p->entity_len);
    stet_stmt_bind_text(q, 12, stet_span_of(place->filename));
    stet_stmt_bind_int(q, 13, (int64_t)(place->offset + e->offset));
    stet_stmt_bind_int(q, 14, (int64_t)e->length);
    stet_stmt_bind_text(q, 15, stet_span_of(e->record_id));
    rc = stet_stmt_run(q, err);
    stet_bytes_clear(&key);
    return rc;
}

static int append_records(struct stet_archive *a, struct stet_product *p,
                          struct stet_error *err)
{
    struct stet_warc_place place;
    int rc;

    if (p->records.len == 0 && p->sliced == 0)
        return STET_OK;
    rc = p->sliced > 0 ? stet_large_finish(a, p, &place, err)
                       : stet_archive_append(a, &p->records, &place, err);
    for (size_t i = 0; rc == STET_OK && i < p->n_entries; i++) {
        if (p->entries[i].indexed)
            rc = stet_archive_index(a, p, &p->entries[i], &place, err);
    }
    return rc;
}

/* A target came to its end. */
static int finish(struct stet_archive *a, const struct stet_target *t,
                  int64_t id, const struct stet_fate *fate,
                  struct stet_error *err)
{
    const struct stet_tally one = { .role = t->role,
                                    .outcome = stet_span_of(fate->outcome),
                                    .why = stet_span_of(fate->why),
                                    .status_class = fate->status / 100,
                                    .came = fate->came,
                                    .n = 1,
                                    .bytes = (int64_t)fate->bytes };
    int rc = stet_frontier_finish(&a->frontier, id, fate, err);

    return rc == STET_OK ? stet_tallies_add(a, &one, err) : rc;
}

static int finish_target(struct stet_archive *a, const struct stet_product *p,
                         struct stet_error *err)
{
    struct stet_fate fate = {
        .outcome = p->outcome,
        .why = p->why.ptr ? p->why.ptr : "",
        .status = p->status,
        .mime = p->mime,
        .date_ms = p->date_ms,
        .took_ms = p->took_ms,
        .bytes = p->bytes,
        .came = p->came,
        .resource = p->target->resource,
    };

    return finish(a, p->target, p->target->id, &fate, err);
}

/* The robots.txt that must be known before `t` may be fetched. */
static int add_robots(struct stet_archive *a, const struct stet_target *t,
                      struct stet_error *err)
{
    struct stet_target robots = { .role = STET_ROLE_ROBOTS,
                                  .resource = STET_RESOURCE_OTHER,
                                  .via = t->url,
                                  .hops = STET_SPAN("P") };
    struct stet_url page, url;
    int64_t id;
    bool fresh = false;
    int rc;

    stet_url_init(&page);
    stet_url_init(&url);
    rc = stet_url_parse(&page, t->url, NULL, err);
    if (rc == STET_OK)
        rc = stet_url_parse(&url, STET_SPAN("/robots.txt"), &page, err);
    if (rc == STET_OK) {
        stet_url_strip_credentials(&url);
        robots.url = stet_url_href(&url);
        rc = stet_frontier_add(&a->frontier, a->run, &robots, &id, &fresh, err);
        a->known += rc == STET_OK && fresh;
    }
    stet_url_clear(&url);
    stet_url_clear(&page);
    return rc;
}

int stet_archive_renew_rules(struct stet_archive *a,
                             const struct stet_rules *old,
                             struct stet_error *err)
{
    struct stet_target robots = { .role = STET_ROLE_ROBOTS,
                                  .resource = STET_RESOURCE_OTHER,
                                  .page = -2 - old->edition,
                                  .url = old->origin,
                                  .via = old->origin,
                                  .hops = STET_SPAN("P") };
    int64_t id;
    bool fresh = false;
    int rc = stet_store_begin(a->store, err);

    if (rc == STET_OK)
        rc = stet_frontier_add(&a->frontier, a->run, &robots, &id, &fresh, err);
    a->known += rc == STET_OK && fresh;
    return rc;
}

/* A page that is one of too many alike stays known, and is done with. */
static int refuse(struct stet_archive *a, struct stet_target *t, int64_t id,
                  enum stet_rule rule, struct stet_error *err)
{
    struct stet_product about = { .target = t, .outcome = "trap" };
    struct stet_fate fate = { .outcome = "trap",
                              .why = stet_rule_name(rule),
                              .mime = STET_SPAN(""),
                              .date_ms = stet_clock_wall(a->o.clock) };
    int rc = finish(a, t, id, &fate, err);

    about.why = stet_span_of(fate.why);
    about.date_ms = fate.date_ms;
    return rc == STET_OK ? stet_archive_log(&about, &a->log, err) : rc;
}

/* Adds a target and what comes with it; *id is its id, *fresh or old. */
static int add_target(struct stet_archive *a, struct stet_target *t,
                      int64_t *id, bool *fresh, struct stet_error *err)
{
    int rc = stet_frontier_add(&a->frontier, a->run, t, id, fresh, err);
    enum stet_rule rule;

    if (rc < 0 || !*fresh)
        return rc;
    if (a->traps && t->role == STET_ROLE_PAGE && t->redirects == 0 &&
        stet_traps_catch(a->traps, t->url, &rule))
        return refuse(a, t, *id, rule, err);
    a->known++;
    if (t->role == STET_ROLE_SEED && t->page == 0)
        rc = stet_pages_add(a, *id, t, err);
    if (rc == STET_OK && stet_scope_asks_robots(t))
        rc = add_robots(a, t, err);
    return rc;
}

/* Why a story is followed: the list that named it. */
static int add_listing(struct stet_archive *a, int64_t target,
                       const struct stet_wanted *w, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_add_listing);

    stet_stmt_bind_int(q, 1, target);
    stet_stmt_bind_text(q, 2, w->list);
    stet_stmt_bind_int(q, 3, w->position);
    return stet_stmt_run(q, err);
}

static int add_want(struct stet_archive *a, struct stet_product *p,
                    const struct stet_wanted *w, struct stet_span hops,
                    struct stet_error *err)
{
    const struct stet_target *from = p->target;
    struct stet_target t = {
        .url = w->url,
        .via = from->url,
        .hops = hops,
        .role = w->how.role,
        .resource = w->how.resource,
        .depth = w->how.depth,
        .embeds = w->how.embeds,
        .redirects = w->how.redirects,
        .outside = w->how.outside,
    };
    bool own_page = stet_role_is_page(t.role) && w->how.redirects == 0;
    bool fresh = false;
    int64_t id;
    int rc;

    if (t.role == STET_ROLE_ROBOTS) {
        t.page = from->page > 0 ? from->page : from->id;
    } else if (!own_page && t.role != STET_ROLE_LIST) {
        t.page = from->page;
        memcpy(t.page_id, from->page_id, sizeof(t.page_id));
    }
    rc = add_target(a, &t, &id, &fresh, err);
    if (rc == STET_OK && fresh && w->position > 0)
        rc = add_listing(a, id, w, err);
    /* A chain that bites its tail has no end to wait for; it is judged as
     * one that is too long (RFC 9309 section 2.3.1.2). */
    if (rc == STET_OK && !fresh && t.role == STET_ROLE_ROBOTS)
        p->robots_answer = STET_ROBOTS_ALLOW;
    if (rc == STET_OK && !own_page && t.role != STET_ROLE_LINKED &&
        t.role != STET_ROLE_ROBOTS && t.role != STET_ROLE_LIST)
        rc = stet_needs_note(a, id, err);
    return rc;
}

static int add_wants(struct stet_archive *a, struct stet_product *p,
                     struct stet_error *err)
{
    char hops[STET_MAX_HOPS + 2];
    size_t n = p->target->hops.len;
    int rc = STET_OK;

    if (n > STET_MAX_HOPS)
        return STET_OK;
    if (n > 0)
        memcpy(hops, p->target->hops.ptr, n);
    for (size_t i = 0; rc == STET_OK && i < p->n_wants; i++) {
        hops[n] = p->wants[i].how.hop;
        rc = add_want(a, p, &p->wants[i], (struct stet_span){ hops, n + 1 },
                      err);
    }
    return rc;
}

static int keep_robots(struct stet_archive *a, const struct stet_product *p,
                       struct stet_error *err)
{
    struct stet_stmt *q;
    struct stet_span origin;
    int rc;

    if (p->robots_answer == STET_ROBOTS_NONE)
        return STET_OK;
    rc = stet_archive_robots_origin(a, p->target, &origin, err);
    if (rc < 0)
        return rc;
    q = stet_archive_query(a, STET_Q_add_robots);
    stet_stmt_bind_int(q, 1, a->run);
    stet_stmt_bind_text(q, 2, origin);
    stet_stmt_bind_int(q, 3, p->robots_answer);
    stet_stmt_bind_text(q, 4, p->robots);
    stet_stmt_bind_int(q, 5, p->date_ms);
    return stet_stmt_run(q, err);
}

int stet_archive_sync(const struct stet_archive *a, struct stet_warc_writer *w,
                      struct stet_error *err)
{
    return a->o.sync == STET_SYNC_NONE ? STET_OK
                                       : stet_warc_writer_sync(w, err);
}

int stet_archive_is_sound(const struct stet_archive *a, struct stet_error *err)
{
    return a->broken < 0 ? stet_fail(err, a->broken,
                                     "the archive is not to be written to"
                                     " after a failure")
                         : STET_OK;
}

/* What links lead to has no page before it is fetched: most of what a crawl
 * comes to know never is. */
static int own_page(struct stet_archive *a, struct stet_target *t,
                    struct stet_error *err)
{
    return stet_role_is_page(t->role) && t->page == 0
               ? stet_pages_add(a, t->id, t, err)
               : STET_OK;
}

int stet_archive_take(struct stet_archive *a, struct stet_product *p,
                      struct stet_error *err)
{
    int rc = stet_archive_is_sound(a, err);

    if (rc == STET_OK)
        rc = stet_store_begin(a->store, err);
    if (rc == STET_OK)
        rc = own_page(a, p->target, err);
    if (rc == STET_OK)
        rc = append_records(a, p, err);
    if (rc == STET_OK)
        rc = finish_target(a, p, err);
    if (rc == STET_OK)
        rc = add_wants(a, p, err);
    if (rc == STET_OK)
        rc = keep_robots(a, p, err);
    if (rc == STET_OK)
        rc = stet_pages_settle(a, p, err);
    if (rc == STET_OK)
        rc = stet_archive_log(p, &a->log, err);
    a->broken = rc;
    return rc;
}

/* The log tells of what is committed; it is no part of the promise, and
 * made anew when it falls behind. */
static int write_log(struct stet_archive *a, struct stet_error *err)
{
    struct stat st;
    int rc;

    if (a->log.len == 0)
        return STET_OK;
    if (fstat(a->log_fd, &st) < 0)
        return stet_fail_sys(err, STET_EIO, "cannot look at crawl.jsonl");
    rc = stet_file_write_at(a->log_fd, (uint64_t)st.st_size,
                            stet_buf_span(&a->log), err);
    stet_buf_reset(&a->log);
    return rc;
}

int stet_archive_commit(struct stet_archive *a, struct stet_error *err)
{
    int rc = stet_archive_is_sound(a, err);

    if (rc == STET_OK && !stet_store_in_transaction(a->store))
        return STET_OK;
    if (rc == STET_OK && a->held_records > 0)
        rc = stet_archive_sync(a, a->writer, err);
    if (rc == STET_OK)
        rc = stet_large_sync(a, err);
    stet_crash_point(STET_CRASH_SYNC);
    if (rc == STET_OK)
        rc = keep_length(a, err);
    if (rc == STET_OK)
        rc = stet_tallies_write(a, err);
    if (rc == STET_OK)
        rc = stet_store_commit(a->store, err);
    stet_crash_point(STET_CRASH_COMMIT);
    if (rc == STET_OK)
        rc = write_log(a, err);
    stet_crash_point(STET_CRASH_LOG);
    if (rc == STET_OK)
        rc = stet_large_seal(a, err);
    a->held_records = 0;
    a->held_bytes = 0;
    a->broken = rc;
    return rc;
}

int stet_archive_unfinished(struct stet_archive *a, struct stet_bytes *job,
                            struct stet_error *err)
{
    struct stet_stmt *q = NULL;
    int rc = stet_stmt_new(&q, a->store,
                           "SELECT job FROM run WHERE ended_ms IS NULL"
                           " ORDER BY id DESC LIMIT 1",
                           err);

    *job = (struct stet_bytes){ NULL, 0 };
    if (rc == STET_OK)
        rc = stet_stmt_step(q, err);
    if (rc == STET_OK) {
        struct stet_span text = stet_stmt_text(q, 0);
        *job = (struct stet_bytes){ stet_span_dup(text), text.len };
        if (!job->data)
            rc = stet_fail(err, STET_ENOMEM, "no memory for seeds");
    }
    stet_stmt_free(q);
    return rc;
}

/* The newest run that was not ended, if it is the same job. */
static int find_run(struct stet_archive *a, struct stet_span job, bool *resumed,
                    struct stet_error *err)
{
    struct stet_stmt *q = NULL;
    int rc = stet_stmt_new(&q, a->store,
                           "SELECT id, started_ms FROM run"
                           " WHERE ended_ms IS NULL AND job = ?1"
                           " ORDER BY id DESC LIMIT 1",
                           err);

    *resumed = false;
    if (rc == STET_OK) {
        stet_stmt_bind_text(q, 1, job);
        rc = stet_stmt_step(q, err);
    }
    if (rc == STET_OK) {
        a->run = stet_stmt_int(q, 0);
        a->began_ms = stet_stmt_int(q, 1);
        *resumed = true;
    }
    stet_stmt_free(q);
    return rc == STET_END ? STET_OK : rc;
}

static int new_run(struct stet_archive *a, struct stet_span job,
                   struct stet_error *err)
{
    struct stet_stmt *q = NULL;
    int rc = stet_stmt_new(
        &q, a->store, "INSERT INTO run(job, started_ms) VALUES(?1, ?2)", err);

    a->began_ms = stet_clock_wall(a->o.clock);
    stet_tallies_clear(a);
    if (rc == STET_OK) {
        stet_stmt_bind_text(q, 1, job);
        stet_stmt_bind_int(q, 2, a->began_ms);
        rc = stet_stmt_run(q, err);
    }
    if (rc == STET_OK)
        a->run = stet_store_last_id(a->store);
    stet_stmt_free(q);
    return rc;
}

int stet_archive_begin_run(struct stet_archive *a, struct stet_span job,
                           const struct stet_seed *seeds, size_t n,
                           bool *resumed, struct stet_error *err)
{
    struct stet_frontier_counts counts;
    int rc = find_run(a, job, resumed, err);

    if (rc == STET_OK && *resumed) {
        rc = stet_archive_count(a, &counts, err);
        a->known = counts.queued;
    }
    if (rc == STET_OK && *resumed)
        rc = stet_tallies_load(a, err);
    if (rc < 0 || *resumed)
        return rc;
    rc = stet_store_begin(a->store, err);
    if (rc == STET_OK)
        rc = new_run(a, job, err);
    for (size_t i = 0; rc == STET_OK && i < n; i++) {
        bool page = seeds[i].role == STET_ROLE_SEED;
        struct stet_target t = { .url = seeds[i].url,
                                 .role = seeds[i].role,
                                 .resource = page ? STET_RESOURCE_DOCUMENT
                                                  : STET_RESOURCE_OTHER };
        bool fresh = false;
        int64_t id;
        rc = add_target(a, &t, &id, &fresh, err);
    }
    return rc == STET_OK ? stet_archive_commit(a, err) : rc;
}

int stet_archive_end_run(struct stet_archive *a, struct stet_error *err)
{
    struct stet_stmt *q = NULL;
    int rc = stet_stmt_new(&q, a->store,
                           "UPDATE run SET ended_ms = ?1 WHERE id = ?2", err);

    stet_crash_point(STET_CRASH_END);
    if (rc == STET_OK) {
        stet_stmt_bind_int(q, 1, stet_clock_wall(a->o.clock));
        stet_stmt_bind_int(q, 2, a->run);
        rc = stet_stmt_run(q, err);
    }
    stet_stmt_free(q);
    return rc;
}
