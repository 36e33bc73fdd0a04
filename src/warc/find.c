#include "warc/reader.h"

#include "base/span.h"

#include <string.h>

enum { KEPT = 16 * 1024 }; /* bytes ahead that were looked at */

/* Drops bytes until a record begins with a line, in this member; the first
 * byte ahead counts as the beginning of one, unless it cannot be. */
static int find_sign(struct stet_warc_reader *r)
{
    bool at_line = !r->mid_line;
    size_t at = 0;

    for (;;) {
        int rc = at_line ? stet_warc_ahead_is_record(r, at) : 0;
        struct stet_span a = stet_buf_span(&r->ahead);
        const char *lf = NULL;

        if (rc != 0) {
            r->mid_line = false;
            stet_warc_ahead_drop(r, at);
            return rc < 0 ? rc : STET_OK;
        }
        if (at < a.len)
            lf = memchr(a.ptr + at, '\n', a.len - at);
        at_line = lf != NULL;
        at = lf ? (size_t)(lf - a.ptr) + 1 : a.len;
        if (lf && at < KEPT)
            continue;
        stet_warc_ahead_drop(r, at);
        at = 0;
        rc = lf ? STET_OK : stet_warc_ahead_more(r);
        if (rc != STET_OK)
            return rc;
    }
}

/* Line ends before a record are no damage, but there should be none. */
static int skip_blank_lines(struct stet_warc_reader *r)
{
    bool any = false;
    int rc;

    for (;;) {
        size_t n = 0;

        rc = stet_warc_ahead_want(r, STET_WARC_SIGN);
        if (rc < 0)
            return rc;
        while (n < r->ahead.len &&
               (r->ahead.data[n] == '\r' || r->ahead.data[n] == '\n'))
            n++;
        if (n == 0)
            break;
        any = true;
        stet_warc_ahead_drop(r, n);
    }
    if (any && r->begun && !r->lost && r->kind != STET_WARC_KIND_ARC)
        return stet_warc_tell(r, STET_WARC_RECORD_END, stet_warc_ahead_at(r),
                              STET_EFORMAT,
                              "superfluous line ends between records");
    return STET_OK;
}

int stet_warc_tell_garbage(struct stet_warc_reader *r)
{
    r->lost = true;
    return stet_warc_tell(r, STET_WARC_GARBAGE, stet_warc_ahead_at(r),
                          STET_EFORMAT, "no record begins here");
}

/*
 * Into the next member, past what lies between.  One that was found by its
 * magic number alone is on trial until a record begins in it.  STET_END:
 * the file is over.
 */
static int enter_member(struct stet_warc_reader *r)
{
    uint64_t at = stet_warc_stream_at(&r->stream);
    int rc = STET_EFORMAT;

    r->trial = false;
    if (!r->scan)
        rc = stet_warc_ahead_begin(r);
    if (rc != STET_EFORMAT)
        return rc;
    rc = STET_OK;
    if (!r->lost && !r->scan)
        rc = stet_warc_tell(r, STET_WARC_GARBAGE, at, STET_EFORMAT,
                            "bytes that belong to no record");
    r->lost = true;
    if (rc == STET_OK)
        rc = stet_warc_stream_scan(&r->stream, &r->why);
    if (rc == STET_OK)
        rc = stet_warc_ahead_begin(r);
    r->trial = rc == STET_OK;
    return rc;
}

/* It was no member, or none with records: search on one byte after it. */
static void leave_trial(struct stet_warc_reader *r)
{
    uint64_t it = r->stream.member_start;

    stet_warc_ahead_drop(r, r->ahead.len);
    r->scan = true;
    if (stet_warc_stream_seek(&r->stream, it + 1, NULL) < 0)
        r->stream.in_member = false;
}

/* The member ends in what may be "WARC/". */
static bool is_torn(const struct stet_warc_reader *r)
{
    struct stet_span a = stet_buf_span(&r->ahead);

    return !stet_warc_is_plain(r) && !r->trial && a.len > 0 &&
           a.len < STET_WARC_SIGN &&
           stet_span_eq(a, stet_span_sub(STET_SPAN("WARC/"), 0, a.len));
}

static int mend_torn(struct stet_warc_reader *r)
{
    int rc;

    r->torn_at = r->stream.member_start;
    rc = stet_warc_ahead_cross(r);
    if (rc != STET_OK)
        return rc == STET_END ? STET_OK : rc;
    rc = stet_warc_ahead_is_record(r, 0);
    r->torn = rc > 0;
    return rc < 0 ? rc : STET_OK;
}

/* Brings bytes ahead that may be a record: into the next member if this one
 * is over, and past line ends.  STET_END: the file is over. */
static int approach(struct stet_warc_reader *r)
{
    int rc = STET_OK;

    if (r->ahead.len == 0 && !r->stream.in_member) {
        r->mid_line = false;
        if (stet_warc_is_plain(r))
            r->plain_at = stet_warc_stream_at(&r->stream);
        rc = enter_member(r);
    }
    if (rc == STET_OK)
        rc = skip_blank_lines(r);
    if (rc == STET_OK && is_torn(r))
        rc = mend_torn(r);
    return rc;
}

/* What is ahead is no record: passes by it. */
static int pass_garbage(struct stet_warc_reader *r)
{
    int rc = STET_OK;

    if (r->trial) {
        leave_trial(r);
        return STET_OK;
    }
    if (r->ahead.len == 0)
        return STET_OK;
    if (!r->lost)
        rc = stet_warc_tell_garbage(r);
    if (rc == STET_OK)
        rc = find_sign(r);
    return rc < 0 ? rc : STET_OK;
}

int stet_warc_find_record(struct stet_warc_reader *r)
{
    int rc = STET_OK;

    while (rc == STET_OK) {
        rc = approach(r);
        if (rc != STET_OK)
            break;
        if (!r->mid_line)
            rc = stet_warc_ahead_is_record(r, 0);
        if (rc > 0) {
            r->trial = false;
            return STET_OK;
        }
        if (rc == 0)
            rc = pass_garbage(r);
    }
    return rc;
}
