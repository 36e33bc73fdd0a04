#include "stet/warc.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "warc/head.h"
#include "warc/stream.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    CHUNK = 16 * 1024,
    SIGN = 5,              /* "WARC/" */
    RECORD_END = 4,        /* CR LF CR LF after the block */
    RESCAN_BACK = 1 << 20, /* how far back a broken member is searched */
};

/*
 * `ahead` holds decompressed bytes that are not passed by yet.  Between two
 * calls it begins with what is left of the current record's block, whose
 * header was moved to `text`: once to be cut into fields, once as it is.
 */
struct stet_warc_reader {
    struct stet_warc_stream stream;
    struct stet_warc_reader_options options;
    struct stet_buf ahead, text;
    struct stet_warc_head head;
    bool in_record;
    bool lost;         /* damage was told; until a record comes, no more */
    bool scan;         /* a member broke, so where it ends is not known */
    bool trial;        /* this member may be none: see enter_member() */
    bool told_member;  /* that this member holds several records */
    bool torn;         /* "WARC/" itself is cut by a member's end ... */
    uint64_t torn_at;  /* ... the one that begins here */
    bool begun;        /* something was read since the last seek */
    uint64_t plain_at; /* offset of ahead's first byte, when plain */
    uint64_t offset;   /* of the current record */
    uint64_t block_left;
    unsigned n_in_member; /* records begun in this member */
    int status;           /* once not STET_OK, every further answer */
    struct stet_error why;
};

/* What a record begins with; ABNF strings know no case. */
static bool is_sign(struct stet_span s)
{
    return stet_span_istarts(s, "WARC/");
}

const char *stet_warc_problem_name(enum stet_warc_problem p)
{
    switch (p) {
#define STET_X(name, text) \
    case name:             \
        return text;
        STET_WARC_PROBLEMS(STET_X)
#undef STET_X
    }
    return "";
}

/* -- opening and closing -------------------------------------------------- */

static int start(struct stet_warc_reader **out, struct stet_warc_source *source,
                 const struct stet_warc_reader_options *options,
                 struct stet_error *err)
{
    struct stet_warc_reader *r = stet_alloc(sizeof(*r));
    int rc;

    *out = NULL;
    if (!r) {
        stet_warc_source_close(source);
        return stet_fail(err, STET_ENOMEM, "no memory for a WARC reader");
    }
    stet_buf_init(&r->ahead, STET_WARC_HEADER_MAX + 2 * CHUNK);
    stet_buf_init(&r->text, 2 * (STET_WARC_HEADER_MAX + 2 * CHUNK));
    stet_warc_head_init(&r->head);
    if (options)
        r->options = *options;
    rc = stet_warc_stream_open(&r->stream, source, err);
    if (rc < 0) {
        stet_free(r);
        return rc;
    }
    *out = r;
    return STET_OK;
}

int stet_warc_reader_open(struct stet_warc_reader **out, const char *path,
                          const struct stet_warc_reader_options *options,
                          struct stet_error *err)
{
    struct stet_warc_source source;
    int rc = stet_warc_source_open(&source, path, err);

    *out = NULL;
    return rc < 0 ? rc : start(out, &source, options, err);
}

int stet_warc_reader_from_memory(struct stet_warc_reader **out,
                                 struct stet_span bytes,
                                 const struct stet_warc_reader_options *options,
                                 struct stet_error *err)
{
    struct stet_warc_source source;

    stet_warc_source_of(&source, bytes);
    return start(out, &source, options, err);
}

void stet_warc_reader_free(struct stet_warc_reader *r)
{
    if (!r)
        return;
    stet_warc_stream_close(&r->stream);
    stet_warc_head_clear(&r->head);
    stet_buf_clear(&r->ahead);
    stet_buf_clear(&r->text);
    stet_free(r);
}

/* -- problems ------------------------------------------------------------- */

/* STET_OK to go on, or the code when the policy is strict. */
STET_PRINTF(5, 6)
static int problem(struct stet_warc_reader *r, enum stet_warc_problem p,
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

static bool is_plain(const struct stet_warc_reader *r)
{
    return r->stream.packing == STET_WARC_PLAIN;
}

/* Where the next byte of `ahead` is, as well as a file offset can tell. */
static uint64_t here(const struct stet_warc_reader *r)
{
    return is_plain(r) ? r->plain_at : r->stream.member_start;
}

static void pass_by(struct stet_warc_reader *r, size_t n)
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
                  : problem(r, p, s->member_start, rc, "%s", why->text);
    if (rc < 0)
        return rc;
    r->lost = r->scan = true;
    if (!r->trial && s->member_end > from + RESCAN_BACK)
        from = s->member_end - RESCAN_BACK;
    /* A pipe cannot go back: then it is searched from here on. */
    (void)!stet_warc_stream_seek(s, from, NULL);
    return STET_END;
}

/* Adds bytes to `ahead`.  STET_END: the member is over. */
static int more(struct stet_warc_reader *r)
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

/* Makes `want` bytes ahead, unless the member ends first (STET_END). */
static int want(struct stet_warc_reader *r, size_t n)
{
    int rc = STET_OK;

    while (rc == STET_OK && r->ahead.len < n)
        rc = more(r);
    return rc;
}

static bool is_sign_ahead(const struct stet_warc_reader *r)
{
    return is_sign(stet_buf_span(&r->ahead));
}

static int begin_member(struct stet_warc_reader *r)
{
    int rc = stet_warc_stream_begin(&r->stream, &r->why);

    if (rc == STET_OK) {
        r->n_in_member = 0;
        r->told_member = r->scan = false;
    }
    return rc;
}

/*
 * The member ended inside a record.  Some tools cut the compressed stream
 * anywhere: unless the next member begins a record of its own, the record
 * goes on there.  STET_END: it does not; what was ahead of it is dropped.
 */
static int cross(struct stet_warc_reader *r)
{
    size_t before = r->ahead.len;
    int rc;

    do {
        if (r->scan || is_plain(r))
            return STET_END;
        rc = begin_member(r);
        if (rc == STET_EFORMAT || rc == STET_END)
            return STET_END;
        if (rc == STET_OK)
            rc = want(r, before + SIGN);
        if (rc < 0)
            return rc;
    } while (r->ahead.len == before);
    if (is_sign(stet_span_sub(stet_buf_span(&r->ahead), before, SIGN))) {
        pass_by(r, before);
        return STET_END;
    }
    return problem(r, STET_WARC_GZIP_MEMBER, r->offset, STET_EFORMAT,
                   "the record goes on in the next compressed member");
}

/* -- from record to record ------------------------------------------------ */

static int passed_end(struct stet_warc_reader *r)
{
    return problem(r, STET_WARC_TRUNCATED, r->offset, STET_ETRUNC,
                   "the file or member ends %" PRIu64
                   " bytes before the block does",
                   r->block_left);
}

/* Passes by what is left of the block. */
static int skip_block(struct stet_warc_reader *r)
{
    int rc = STET_OK;

    while (rc == STET_OK && r->block_left > 0) {
        size_t n = r->ahead.len;

        if (n > r->block_left)
            n = (size_t)r->block_left;
        pass_by(r, n);
        r->block_left -= n;
        if (r->block_left > 0)
            rc = more(r);
        if (rc == STET_END)
            rc = cross(r);
    }
    if (rc == STET_END) {
        rc = passed_end(r);
        r->block_left = 0;
        return rc < 0 ? rc : STET_END;
    }
    return rc;
}

/* The two line ends after the block (section 4). */
static int skip_record_end(struct stet_warc_reader *r)
{
    size_t n = 0;
    int rc = want(r, RECORD_END);

    if (rc < 0)
        return rc;
    if (r->ahead.len >= RECORD_END &&
        memcmp(r->ahead.data, "\r\n\r\n", RECORD_END) == 0) {
        pass_by(r, RECORD_END);
        return STET_OK;
    }
    if (r->scan) /* the file or member broke: that was told */
        return STET_OK;
    rc = want(r, RECORD_END + SIGN);
    if (rc < 0)
        return rc;
    if (is_sign(stet_span_sub(stet_buf_span(&r->ahead), RECORD_END, SIGN)))
        n = RECORD_END; /* whatever these are, they stand for them */
    while (n < r->ahead.len && n < RECORD_END &&
           (r->ahead.data[n] == '\r' || r->ahead.data[n] == '\n'))
        n++;
    pass_by(r, n);
    return problem(r, STET_WARC_RECORD_END, r->offset, STET_EFORMAT,
                   "the block is not followed by two line ends");
}

/* Brings the stream to the member's end if nothing is left in it. */
static int settle(struct stet_warc_reader *r)
{
    if (is_plain(r) || r->ahead.len > 0 || !r->stream.in_member)
        return STET_OK;
    int rc = want(r, 1);
    return rc < 0 ? rc : STET_OK;
}

static int finish(struct stet_warc_reader *r)
{
    int rc;

    if (!r->in_record)
        return STET_OK;
    r->in_record = false;
    rc = skip_block(r);
    if (rc == STET_OK && !r->lost)
        rc = skip_record_end(r);
    if (rc >= 0)
        rc = settle(r);
    return rc;
}

/* Drops bytes until "WARC/" at the beginning of a line, in this member. */
static int find_sign(struct stet_warc_reader *r)
{
    int rc = STET_OK;

    while (!is_sign_ahead(r)) {
        struct stet_span a = stet_buf_span(&r->ahead);
        size_t at = stet_span_ifind(a, STET_SPAN("\nWARC/"));

        if (at < a.len) {
            pass_by(r, at + 1);
            break;
        }
        size_t n = a.len > SIGN ? a.len - SIGN : 0;
        pass_by(r, n);
        rc = more(r);
        if (rc < 0)
            return rc;
        if (rc == STET_END) {
            pass_by(r, r->ahead.len);
            return STET_END;
        }
    }
    return STET_OK;
}

/* Line ends before a record are no damage, but there should be none. */
static int skip_blank_lines(struct stet_warc_reader *r)
{
    bool any = false;
    int rc;

    for (;;) {
        size_t n = 0;

        rc = want(r, SIGN);
        if (rc < 0)
            return rc;
        while (n < r->ahead.len &&
               (r->ahead.data[n] == '\r' || r->ahead.data[n] == '\n'))
            n++;
        if (n == 0)
            break;
        any = true;
        pass_by(r, n);
    }
    if (any && r->begun && !r->lost)
        return problem(r, STET_WARC_RECORD_END, here(r), STET_EFORMAT,
                       "superfluous line ends between records");
    return STET_OK;
}

static int tell_garbage(struct stet_warc_reader *r)
{
    r->lost = true;
    if (!r->begun &&
        stet_span_starts(stet_buf_span(&r->ahead), STET_SPAN("filedesc:")))
        return stet_fail(&r->why, STET_EUNSUPPORTED, "this is an ARC file");
    return problem(r, STET_WARC_GARBAGE, here(r), STET_EFORMAT,
                   "no WARC record begins here");
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
        rc = begin_member(r);
    if (rc != STET_EFORMAT)
        return rc;
    rc = STET_OK;
    if (!r->lost && !r->scan)
        rc = problem(r, STET_WARC_GARBAGE, at, STET_EFORMAT,
                     "bytes that belong to no record");
    r->lost = true;
    if (rc == STET_OK)
        rc = stet_warc_stream_scan(&r->stream, &r->why);
    if (rc == STET_OK)
        rc = begin_member(r);
    r->trial = rc == STET_OK;
    return rc;
}

/* It was no member, or none with records: search on one byte after it. */
static void leave_trial(struct stet_warc_reader *r)
{
    uint64_t it = r->stream.member_start;

    pass_by(r, r->ahead.len);
    r->scan = true;
    if (stet_warc_stream_seek(&r->stream, it + 1, NULL) < 0)
        r->stream.in_member = false;
}

/* The member ends in what may be "WARC/". */
static bool is_torn(const struct stet_warc_reader *r)
{
    struct stet_span a = stet_buf_span(&r->ahead);

    return !is_plain(r) && !r->trial && a.len > 0 && a.len < SIGN &&
           stet_span_eq(a, stet_span_sub(STET_SPAN("WARC/"), 0, a.len));
}

static int mend_torn(struct stet_warc_reader *r)
{
    int rc;

    r->torn_at = r->stream.member_start;
    rc = cross(r);
    r->torn = rc == STET_OK && is_sign_ahead(r);
    return rc == STET_END ? STET_OK : rc;
}

/* Leaves `ahead` at the first byte of a record, or STET_END. */
static int find_record(struct stet_warc_reader *r)
{
    for (;;) {
        int rc = STET_OK;

        if (r->ahead.len == 0 && !r->stream.in_member) {
            if (is_plain(r))
                r->plain_at = stet_warc_stream_at(&r->stream);
            rc = enter_member(r);
        }
        if (rc == STET_OK)
            rc = skip_blank_lines(r);
        if (rc == STET_OK && is_torn(r))
            rc = mend_torn(r);
        if (rc == STET_OK && is_sign_ahead(r)) {
            r->trial = false;
            return STET_OK;
        }
        if (rc != STET_OK)
            return rc;
        if (r->trial) {
            leave_trial(r);
            continue;
        }
        if (r->ahead.len == 0)
            continue;
        if (!r->lost)
            rc = tell_garbage(r);
        if (rc == STET_OK)
            rc = find_sign(r);
        if (rc < 0)
            return rc;
    }
}

/* -- one record ----------------------------------------------------------- */

/* STET_END: there is no whole header here; look on. */
static int read_header(struct stet_warc_reader *r, size_t *len)
{
    size_t looked = 0;

    while ((*len = stet_warc_head_length(stet_buf_span(&r->ahead), &looked)) ==
           0) {
        int rc = STET_OK;

        if (r->ahead.len > STET_WARC_HEADER_MAX) {
            rc = problem(r, STET_WARC_HEADER_LONG, r->offset, STET_ELIMIT,
                         "the header is longer than %zu bytes",
                         STET_WARC_HEADER_MAX);
            r->lost = true;
            pass_by(r, 1);
            return rc < 0 ? rc : STET_END;
        }
        rc = more(r);
        if (rc == STET_END)
            rc = cross(r);
        if (rc < 0)
            return rc;
        if (rc == STET_END) {
            rc = problem(r, STET_WARC_TRUNCATED, r->offset, STET_ETRUNC,
                         "the header is cut off");
            r->lost = true;
            if (is_plain(r) || r->n_in_member > 0)
                pass_by(r, 1); /* cross() has not done so */
            return rc < 0 ? rc : STET_END;
        }
    }
    return STET_OK;
}

static int judge_lines(struct stet_warc_reader *r)
{
    const struct stet_warc_head *h = &r->head;
    int rc = STET_OK;

    if (!stet_warc_is_known_version(h->version))
        rc = problem(r, STET_WARC_VERSION, r->offset, STET_EFORMAT,
                     "the version line is '%.*s'",
                     (int)(h->version.len < 40 ? h->version.len : 40),
                     h->version.ptr);
    if (rc == STET_OK && h->bare_lf)
        rc = problem(r, STET_WARC_LINE_END, r->offset, STET_EFORMAT,
                     "a header line does not end with CR LF");
    if (rc == STET_OK && h->odd.len > 0)
        rc = problem(r, STET_WARC_HEADER_LINE, r->offset, STET_EFORMAT,
                     "a header line is not a field: '%.*s'",
                     (int)(h->odd.len < 60 ? h->odd.len : 60), h->odd.ptr);
    if (rc == STET_OK && h->too_many)
        rc =
            problem(r, STET_WARC_HEADER_LONG, r->offset, STET_ELIMIT,
                    "the header has more than %d fields", STET_WARC_FIELDS_MAX);
    return rc;
}

static int fill_record(struct stet_warc_reader *r, struct stet_warc_record *rec)
{
    struct stet_span text = stet_buf_span(&r->text);
    struct stet_span length;
    int rc = STET_OK;

    *rec = (struct stet_warc_record){
        .offset = r->offset,
        .in_member = r->n_in_member ? r->n_in_member - 1 : 0,
        .version = r->head.version,
        .header = stet_span_sub(text, 0, text.len / 2),
        .raw_header = stet_span_sub(text, text.len / 2, text.len / 2),
        .fields = r->head.fields,
        .n_fields = r->head.n_fields,
    };
    rec->type = stet_warc_record_field(rec, "WARC-Type");
    if (!rec->type.ptr)
        rec->type = STET_SPAN("");
    if (rec->type.len == 0)
        rc = problem(r, STET_WARC_NO_TYPE, r->offset, STET_EFORMAT,
                     "there is no WARC-Type");
    length = stet_warc_record_field(rec, "Content-Length");
    if (rc == STET_OK && !stet_span_to_u64(length, &rec->block_length)) {
        rec->block_length = 0;
        r->lost = true; /* what follows is looked through */
        rc = problem(r, STET_WARC_BAD_LENGTH, r->offset, STET_EFORMAT,
                     "there is no good Content-Length");
    }
    r->block_left = rec->block_length;
    return rc;
}

static int note_place(struct stet_warc_reader *r)
{
    r->offset = r->torn ? r->torn_at : here(r);
    r->torn = false;
    r->begun = true;
    r->lost = false;
    if (is_plain(r))
        return STET_OK;
    if (r->n_in_member++ == 0 || r->told_member)
        return STET_OK;
    r->told_member = true;
    return problem(r, STET_WARC_GZIP_MEMBER, r->offset, STET_EFORMAT,
                   "several records in one compressed member");
}

static int next_record(struct stet_warc_reader *r, struct stet_warc_record *rec)
{
    size_t len = 0;
    int rc = note_place(r);

    if (rc == STET_OK)
        rc = read_header(r, &len);
    if (rc != STET_OK)
        return rc;
    stet_buf_reset(&r->text);
    stet_buf_add(&r->text, r->ahead.data, len);
    stet_buf_add(&r->text, r->ahead.data, len); /* as it is */
    rc = stet_buf_status(&r->text);
    if (rc == STET_OK)
        rc = stet_warc_head_parse(&r->head, r->text.data, len);
    if (rc < 0)
        return stet_fail(&r->why, rc, "no memory for a header");
    if (!stet_warc_is_version(stet_span_trim(r->head.version))) {
        pass_by(r, 1);
        rc = tell_garbage(r);
        return rc < 0 ? rc : STET_END;
    }
    pass_by(r, len);
    rc = judge_lines(r);
    if (rc == STET_OK)
        rc = fill_record(r, rec);
    r->in_record = rc == STET_OK;
    return rc;
}

static int answer(struct stet_warc_reader *r, int rc, struct stet_error *err)
{
    r->status = rc;
    if (rc < 0) {
        r->why.code = rc;
        if (err)
            *err = r->why;
    }
    return rc;
}

int stet_warc_reader_next(struct stet_warc_reader *r,
                          struct stet_warc_record *rec, struct stet_error *err)
{
    int rc = r->status;

    if (rc == STET_OK)
        rc = finish(r);
    while (rc == STET_OK) {
        rc = find_record(r);
        if (rc != STET_OK)
            break;
        rc = next_record(r, rec);
        if (rc != STET_END)
            break;
        rc = STET_OK;
    }
    return answer(r, rc, err);
}

int stet_warc_reader_read(struct stet_warc_reader *r, void *buf, size_t cap,
                          size_t *got, struct stet_error *err)
{
    size_t n;
    int rc = r->status;

    *got = 0;
    if (rc < 0)
        return answer(r, rc, err);
    if (!r->in_record || r->block_left == 0 || cap == 0)
        return STET_OK;
    if (r->ahead.len == 0) {
        rc = more(r);
        if (rc == STET_END)
            rc = cross(r);
    }
    if (rc < 0)
        return answer(r, rc, err);
    if (rc == STET_END) {
        rc = passed_end(r);
        r->block_left = 0;
        r->lost = true;
        if (rc < 0)
            return answer(r, rc, err);
        return stet_fail(err, STET_ETRUNC,
                         "record at %" PRIu64 ": the block is cut off",
                         r->offset);
    }
    n = r->ahead.len < cap ? r->ahead.len : cap;
    if (n > r->block_left)
        n = (size_t)r->block_left;
    memcpy(buf, r->ahead.data, n);
    pass_by(r, n);
    r->block_left -= n;
    *got = n;
    return STET_OK;
}

int stet_warc_reader_finish(struct stet_warc_reader *r, uint64_t *length,
                            struct stet_error *err)
{
    int rc = r->status;

    *length = 0;
    if (rc == STET_OK)
        rc = finish(r);
    if (rc < 0)
        return answer(r, rc, err);
    if (is_plain(r))
        *length = r->plain_at - r->offset;
    else if (r->ahead.len == 0 && r->stream.member_end > r->offset)
        *length = r->stream.member_end - r->offset;
    return STET_OK;
}

int stet_warc_reader_seek(struct stet_warc_reader *r, uint64_t offset,
                          struct stet_error *err)
{
    int rc = stet_warc_stream_seek(&r->stream, offset, &r->why);

    if (rc < 0)
        return answer(r, rc, err);
    stet_buf_reset(&r->ahead);
    r->in_record = r->lost = r->begun = r->scan = r->trial = false;
    return answer(r, STET_OK, err);
}

bool stet_warc_reader_is_compressed(const struct stet_warc_reader *r)
{
    return !is_plain(r);
}
