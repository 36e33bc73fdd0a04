#include "warc/reader.h"

#include "base/fail.h"
#include "base/span.h"
#include "warc/arc.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    CHUNK = 16 * 1024,
    RESCAN_BACK = 1 << 20, /* how far back a broken member is searched */
};

/* -- problems ------------------------------------------------------------- */

int stet_warc_tell(struct stet_warc_reader *r, enum stet_warc_problem p,
                   uint64_t offset, int code, const char *fmt, ...)
{
    char text[200];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    if (r->options.on_problem && r->options.policy != STET_WARC_LENIENT)
        r->options.on_problem(r->options.ctx, p, offset, text);
    if (r->options.policy == STET_WARC_STRICT)
        return stet_fail(&r->why, code, "record at %" PRIu64 ": %s", offset,
                         text);
    return STET_OK;
}

bool stet_warc_is_plain(const struct stet_warc_reader *r)
{
    return r->stream.packing == STET_WARC_PLAIN;
}

uint64_t stet_warc_ahead_at(const struct stet_warc_reader *r)
{
    return stet_warc_is_plain(r) ? r->plain_at : r->stream.member_start;
}

void stet_warc_ahead_drop(struct stet_warc_reader *r, size_t n)
{
    stet_buf_drop(&r->ahead, n);
    r->plain_at += n;
}

/*
 * A member broke.  What it gave before stays in `ahead`; after that the
 * next record is looked for, from a little after the break's record on.
 */
static int member_broke(struct stet_warc_reader *r, int rc,
                        const struct stet_error *why)
{
    struct stet_warc_stream *s = &r->stream;
    enum stet_warc_problem p = STET_WARC_GZIP_BROKEN;
    uint64_t from = s->member_start + 1;

    if (rc == STET_ETRUNC)
        p = STET_WARC_GZIP_TRUNCATED;
    else if (strstr(why->text, "data check") || strstr(why->text, "checksum") ||
             strstr(why->text, "length check"))
        p = STET_WARC_GZIP_CHECKSUM;
    rc = r->trial ? STET_OK
                  : stet_warc_tell(r, p, s->member_start, rc, "%s", why->text);
    if (rc < 0)
        return rc;
    r->lost = r->scan = true;
    if (!r->trial && s->member_end > from + RESCAN_BACK)
        from = s->member_end - RESCAN_BACK;
    /* A pipe cannot go back: then it is searched from here on. */
    (void)!stet_warc_stream_seek(s, from, NULL);
    return STET_END;
}

int stet_warc_ahead_more(struct stet_warc_reader *r)
{
    struct stet_error why = { 0 };
    char *room = stet_buf_room(&r->ahead, CHUNK);
    size_t got;
    int rc;

    if (!room)
        return stet_fail(&r->why, stet_buf_status(&r->ahead),
                         "no memory to read on");
    rc = stet_warc_stream_read(&r->stream, room, CHUNK, &got, &why);
    stet_buf_added(&r->ahead, got);
    if (rc == STET_EFORMAT || rc == STET_ETRUNC || rc == STET_ELIMIT)
        rc = member_broke(r, rc, &why);
    else if (rc < 0)
        r->why = why;
    return rc == STET_END && got > 0 ? STET_OK : rc;
}

int stet_warc_ahead_want(struct stet_warc_reader *r, size_t n)
{
    int rc = STET_OK;

    while (rc == STET_OK && r->ahead.len < n)
        rc = stet_warc_ahead_more(r);
    return rc;
}

/* -- what they are -------------------------------------------------------- */

struct stet_span stet_warc_ahead_line(const struct stet_warc_reader *r,
                                      size_t from)
{
    struct stet_span line =
        stet_span_sub(stet_buf_span(&r->ahead), from, STET_MAX_ARC_LINE);
    const char *lf = line.len ? memchr(line.ptr, '\n', line.len) : NULL;

    line.len = lf ? (size_t)(lf - line.ptr) : 0;
    if (line.len > 0 && line.ptr[line.len - 1] == '\r')
        line.len--;
    return line;
}

/* Makes a line ahead, as far as there is one. */
static int want_line(struct stet_warc_reader *r, size_t from)
{
    size_t looked = from;
    int rc = STET_OK;

    while (rc == STET_OK) {
        struct stet_span a = stet_buf_span(&r->ahead);

        if (looked < a.len && memchr(a.ptr + looked, '\n', a.len - looked))
            break;
        if (a.len > from + STET_MAX_ARC_LINE)
            break;
        looked = a.len > from ? a.len : from;
        rc = stet_warc_ahead_more(r);
    }
    return rc < 0 ? rc : STET_OK;
}

/* What a WARC record begins with; ABNF strings know no case. */
static bool is_sign(struct stet_span s)
{
    return stet_span_istarts(s, "WARC/");
}

int stet_warc_ahead_is_record(struct stet_warc_reader *r, size_t from)
{
    struct stet_arc_line arc;
    int rc = stet_warc_ahead_want(r, from + STET_WARC_SIGN);

    if (rc < 0)
        return rc;
    if (r->kind != STET_WARC_KIND_ARC &&
        is_sign(stet_span_sub(stet_buf_span(&r->ahead), from, STET_WARC_SIGN)))
        return 1;
    if (r->kind == STET_WARC_KIND_WARC)
        return 0;
    rc = want_line(r, from);
    if (rc < 0)
        return rc;
    return stet_arc_line_parse(&arc, stet_warc_ahead_line(r, from)) ? 1 : 0;
}

/* -- from member to member ------------------------------------------------ */

int stet_warc_ahead_begin(struct stet_warc_reader *r)
{
    int rc = stet_warc_stream_begin(&r->stream, &r->why);

    if (rc == STET_OK) {
        r->n_in_member = 0;
        r->told_member = r->scan = false;
    }
    return rc;
}

int stet_warc_ahead_cross(struct stet_warc_reader *r)
{
    size_t before = r->ahead.len;
    int rc;

    do {
        if (r->scan || stet_warc_is_plain(r))
            return STET_END;
        rc = stet_warc_ahead_begin(r);
        if (rc == STET_EFORMAT || rc == STET_END)
            return STET_END;
        if (rc == STET_OK)
            rc = stet_warc_ahead_is_record(r, before);
        if (rc < 0)
            return rc;
    } while (r->ahead.len == before);
    if (rc > 0) {
        stet_warc_ahead_drop(r, before);
        return STET_END;
    }
    return stet_warc_tell(r, STET_WARC_GZIP_MEMBER, r->offset, STET_EFORMAT,
                          "the record goes on in the next compressed member");
}
