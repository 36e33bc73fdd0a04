/*
 * Large captures: each in a WARC file of its own, which grows slice by slice
 * while commits go on, and counts from the commit that has its last records.
 *
 * The store knows such a file from its first slice on, with nothing committed
 * to it: what a crash leaves of it is then removed.
 */
#include "archive/inside.h"

#include "base/crash.h"
#include "base/fail.h"
#include "base/mem.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

struct stet_large {
    struct stet_large *next;
    int64_t target;
    struct stet_warc_writer *writer;
    struct stet_warc_place place; /* of the first slice */
    uint64_t synced;              /* of the file's length */
    bool whole;                   /* all its records are there */
};

static struct stet_large *find(const struct stet_archive *a, int64_t target)
{
    struct stet_large *l = a->large;

    while (l && (l->whole || l->target != target))
        l = l->next;
    return l;
}

static int note(struct stet_archive *a, const struct stet_large *l,
                uint64_t length, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_add_file);

    stet_stmt_bind_text(q, 1, stet_span_of(l->place.filename));
    stet_stmt_bind_int(q, 2, (int64_t)length);
    return stet_stmt_run(q, err);
}

/* No later slice has anything for the store. */
static int note_first(struct stet_archive *a, const struct stet_large *l,
                      struct stet_error *err)
{
    int rc = stet_store_begin(a->store, err);

    a->held_bytes += STET_COMMIT_BYTES; /* to be known of at once */
    return rc == STET_OK ? note(a, l, 0, err) : rc;
}

static int begin(struct stet_archive *a, int64_t target,
                 struct stet_large **out, struct stet_error *err)
{
    struct stet_large *l = stet_alloc(sizeof(*l));
    int rc;

    *out = l;
    if (!l)
        return stet_fail(err, STET_ENOMEM, "no memory for a large capture");
    rc = stet_warc_writer_beside(&l->writer, a->writer, err);
    if (rc < 0) {
        stet_free(l);
        return rc;
    }
    l->target = target;
    l->next = a->large;
    a->large = l;
    return STET_OK;
}

/* So that no sync has more to do than that of a group. */
static int sync_some(const struct stet_archive *a, struct stet_large *l,
                     struct stet_error *err)
{
    uint64_t length = stet_warc_writer_length(l->writer);
    int rc;

    if (length - l->synced < STET_COMMIT_BYTES)
        return STET_OK;
    rc = stet_archive_sync(a, l->writer, err);
    l->synced = length;
    return rc;
}

int stet_archive_take_slice(struct stet_archive *a, int64_t target,
                            struct stet_spool *slice, struct stet_error *err)
{
    struct stet_large *l = find(a, target);
    struct stet_warc_place place = { NULL, 0, 0 };
    int rc = stet_archive_is_sound(a, err);

    if (rc == STET_OK && !l)
        rc = begin(a, target, &l, err);
    if (rc == STET_OK)
        rc = stet_warc_writer_add(l->writer, slice, stet_clock_wall(a->o.clock),
                                  &place, err);
    if (rc == STET_OK && !l->place.filename) {
        l->place = place;
        rc = note_first(a, l, err);
    }
    if (rc == STET_OK)
        rc = sync_some(a, l, err);
    stet_crash_point(STET_CRASH_SLICE);
    a->broken = rc;
    return rc;
}

static void unlink_large(struct stet_archive *a, struct stet_large *l)
{
    struct stet_large **at = &a->large;

    while (*at != l)
        at = &(*at)->next;
    *at = l->next;
    stet_warc_writer_free(l->writer);
    stet_free(l);
}

void stet_archive_drop_slices(struct stet_archive *a, int64_t target)
{
    struct stet_large *l = find(a, target);

    if (!l)
        return;
    stet_warc_writer_drop(l->writer);
    unlink_large(a, l);
}

int stet_large_finish(struct stet_archive *a, struct stet_product *p,
                      struct stet_warc_place *place, struct stet_error *err)
{
    struct stet_large *l = find(a, p->target->id);
    struct stet_warc_place rest;
    int rc;

    if (!l || stet_warc_writer_length(l->writer) - l->place.offset != p->sliced)
        return stet_fail(err, STET_EIO, "a slice of a large capture is lost");
    rc = stet_warc_writer_add(l->writer, &p->records,
                              stet_clock_wall(a->o.clock), &rest, err);
    l->whole = rc == STET_OK;
    *place = l->place;
    a->held_records++;
    return rc;
}

int stet_large_sync(struct stet_archive *a, struct stet_error *err)
{
    int rc = STET_OK;

    for (struct stet_large *l = a->large; rc == STET_OK && l; l = l->next) {
        if (l->whole)
            rc = stet_archive_sync(a, l->writer, err);
        if (l->whole && rc == STET_OK)
            rc = note(a, l, stet_warc_writer_length(l->writer), err);
    }
    return rc;
}

int stet_large_seal(struct stet_archive *a, struct stet_error *err)
{
    struct stet_large *next = a->large;
    int rc = STET_OK;

    while (rc == STET_OK && next) {
        struct stet_large *l = next;
        next = l->next;
        if (l->whole)
            rc = stet_warc_writer_seal(l->writer, err);
        if (l->whole && rc == STET_OK)
            unlink_large(a, l);
    }
    return rc;
}

void stet_large_clear(struct stet_archive *a)
{
    while (a->large) {
        if (!a->large->whole)
            stet_warc_writer_drop(a->large->writer);
        unlink_large(a, a->large);
    }
}

int stet_large_remove(struct stet_archive *a, struct stet_span name,
                      struct stet_error *err)
{
    struct stet_buf path;
    int rc;

    stet_buf_init(&path, PATH_MAX);
    stet_buf_addf(&path, "%s/archive/%.*s.open", a->o.path, (int)name.len,
                  name.ptr);
    rc = stet_buf_status(&path);
    if (rc < 0)
        rc = stet_fail(err, rc, "no memory for a path");
    else if (unlink(path.data) < 0 && errno != ENOENT)
        rc = stet_fail_sys(err, STET_EIO, "cannot remove %s", path.data);
    stet_buf_clear(&path);
    stet_crash_point(STET_CRASH_RECOVER);
    return rc;
}
