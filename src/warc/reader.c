#include "warc/reader.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "warc/arc.h"

#include <inttypes.h>
#include <string.h>

enum { CHUNK = 16 * 1024 };

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

bool stet_warc_problem_is_damage(enum stet_warc_problem p)
{
    return p != STET_WARC_GZIP_MEMBER && p != STET_WARC_VERSION &&
           p != STET_WARC_LINE_END && p != STET_WARC_HEADER_LINE &&
           p != STET_WARC_NO_TYPE && p != STET_WARC_RECORD_END;
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
    stet_warc_header_init(&r->arc);
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
    stet_warc_header_clear(&r->arc);
    stet_buf_clear(&r->ahead);
    stet_buf_clear(&r->text);
    stet_free(r);
}

/* -- from record to record ------------------------------------------------ */

static int passed_end(struct stet_warc_reader *r)
{
    return stet_warc_tell(r, STET_WARC_TRUNCATED, r->offset, STET_ETRUNC,
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
        stet_warc_ahead_drop(r, n);
        r->block_left -= n;
        if (r->block_left > 0)
            rc = stet_warc_ahead_more(r);
        if (rc == STET_END)
            rc = stet_warc_ahead_cross(r);
    }
    if (rc == STET_END) {
        rc = passed_end(r);
        r->block_left = 0;
        return rc < 0 ? rc : STET_END;
    }
    return rc;
}

static size_t count_line_ends(const struct stet_warc_reader *r)
{
    size_t n = 0;

    while (n < r->ahead.len &&
           (r->ahead.data[n] == '\r' || r->ahead.data[n] == '\n'))
        n++;
    return n;
}

static int tell_record_end(struct stet_warc_reader *r, const char *text)
{
    return stet_warc_tell(r, STET_WARC_RECORD_END, r->offset, STET_EFORMAT,
                          "%s", text);
}

/* A record's line of a kind that cannot be the tail of another's: a length
 * that is wrong by a few bytes leads into the line after. */
static int is_common_arc_line(struct stet_warc_reader *r, size_t from)
{
    static const char *const schemes[] = { "http:", "https:", "dns:",
                                           "filedesc:" };
    struct stet_span a;
    int rc = stet_warc_ahead_is_record(r, from);

    a = stet_span_sub(stet_buf_span(&r->ahead), from, r->ahead.len);
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (rc > 0 && stet_span_starts(a, stet_span_of(schemes[i])))
            return 1;
    return rc < 0 ? rc : 0;
}

/* ARC: a line end before the next record's line; many writers put more. */
static int skip_arc_end(struct stet_warc_reader *r)
{
    bool any = false;
    size_t n = 1;
    int rc = STET_OK;

    while (rc == STET_OK && n > 0) {
        rc = stet_warc_ahead_want(r, 1);
        n = count_line_ends(r);
        stet_warc_ahead_drop(r, n);
        any = any || n > 0;
    }
    if (any || rc != STET_OK)
        return rc;
    rc = is_common_arc_line(r, 0);
    if (rc == 0) {
        rc = is_common_arc_line(r, 1);
        stet_warc_ahead_drop(r, rc > 0); /* whatever it is, it stands for it */
        r->mid_line = rc == 0;
    }
    if (rc < 0)
        return rc;
    return tell_record_end(r, "the block is not followed by a line end");
}

/* The two line ends after the block (section 4). */
static int skip_warc_end(struct stet_warc_reader *r)
{
    enum { GAP = STET_WARC_RECORD_GAP };
    size_t n;
    int rc = stet_warc_ahead_want(r, GAP);

    if (rc < 0)
        return rc;
    if (r->ahead.len >= GAP && memcmp(r->ahead.data, "\r\n\r\n", GAP) == 0) {
        stet_warc_ahead_drop(r, GAP);
        return STET_OK;
    }
    if (r->scan) /* the file or member broke: that was told */
        return STET_OK;
    rc = stet_warc_ahead_is_record(r, GAP);
    if (rc < 0)
        return rc;
    n = count_line_ends(r);
    if (rc > 0 || n > GAP)
        n = GAP; /* whatever these are, they stand for them */
    stet_warc_ahead_drop(r, n);
    return tell_record_end(r, "the block is not followed by two line ends");
}

/* Brings the stream to the member's end if nothing is left in it. */
static int settle(struct stet_warc_reader *r)
{
    if (stet_warc_is_plain(r) || r->ahead.len > 0 || !r->stream.in_member)
        return STET_OK;
    int rc = stet_warc_ahead_want(r, 1);
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
        rc = r->kind == STET_WARC_KIND_ARC ? skip_arc_end(r) : skip_warc_end(r);
    if (rc >= 0)
        rc = settle(r);
    return rc;
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
            rc = stet_warc_tell(
                r, STET_WARC_HEADER_LONG, r->offset, STET_ELIMIT,
                "the header is longer than %zu bytes", STET_WARC_HEADER_MAX);
            r->lost = true;
            stet_warc_ahead_drop(r, 1);
            return rc < 0 ? rc : STET_END;
        }
        rc = stet_warc_ahead_more(r);
        if (rc == STET_END)
            rc = stet_warc_ahead_cross(r);
        if (rc < 0)
            return rc;
        if (rc == STET_END) {
            rc = stet_warc_tell(r, STET_WARC_TRUNCATED, r->offset, STET_ETRUNC,
                                "the header is cut off");
            r->lost = true;
            if (stet_warc_is_plain(r) || r->n_in_member > 0)
                stet_warc_ahead_drop(r, 1); /* cross() has not done so */
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
        rc = stet_warc_tell(r, STET_WARC_VERSION, r->offset, STET_EFORMAT,
                            "the version line is '%.*s'",
                            (int)(h->version.len < 40 ? h->version.len : 40),
                            h->version.ptr);
    if (rc == STET_OK && h->bare_lf)
        rc = stet_warc_tell(r, STET_WARC_LINE_END, r->offset, STET_EFORMAT,
                            "a header line does not end with CR LF");
    if (rc == STET_OK && h->odd.len > 0)
        rc = stet_warc_tell(r, STET_WARC_HEADER_LINE, r->offset, STET_EFORMAT,
                            "a header line is not a field: '%.*s'",
                            (int)(h->odd.len < 60 ? h->odd.len : 60),
                            h->odd.ptr);
    if (rc == STET_OK && h->too_many)
        rc = stet_warc_tell(r, STET_WARC_HEADER_LONG, r->offset, STET_ELIMIT,
                            "the header has more than %d fields",
                            STET_WARC_FIELDS_MAX);
    return rc;
}

/* `header_len` bytes of the text are the header as WARC has it. */
static int fill_record(struct stet_warc_reader *r, struct stet_warc_record *rec,
                       size_t header_len)
{
    struct stet_span text = stet_buf_span(&r->text);
    struct stet_span length;
    int rc = STET_OK;

    *rec = (struct stet_warc_record){
        .offset = r->offset,
        .in_member = r->n_in_member ? r->n_in_member - 1 : 0,
        .version = r->head.version,
        .header = stet_span_sub(text, 0, header_len),
        .raw_header = stet_span_sub(text, header_len, text.len),
        .is_arc = r->kind == STET_WARC_KIND_ARC,
        .fields = r->head.fields,
        .n_fields = r->head.n_fields,
    };
    rec->type = stet_warc_record_field(rec, "WARC-Type");
    if (!rec->type.ptr)
        rec->type = STET_SPAN("");
    if (rec->type.len == 0)
        rc = stet_warc_tell(r, STET_WARC_NO_TYPE, r->offset, STET_EFORMAT,
                            "there is no WARC-Type");
    length = stet_warc_record_field(rec, "Content-Length");
    if (rc == STET_OK && !stet_span_to_u64(length, &rec->block_length)) {
        rec->block_length = 0;
        r->lost = true; /* what follows is looked through */
        rc = stet_warc_tell(r, STET_WARC_BAD_LENGTH, r->offset, STET_EFORMAT,
                            "there is no good Content-Length");
    }
    r->block_left = rec->block_length;
    return rc;
}

static int note_place(struct stet_warc_reader *r)
{
    r->offset = r->torn ? r->torn_at : stet_warc_ahead_at(r);
    r->torn = false;
    r->begun = true;
    r->lost = r->mid_line = false;
    if (stet_warc_is_plain(r))
        return STET_OK;
    if (r->n_in_member++ == 0 || r->told_member)
        return STET_OK;
    r->told_member = true;
    return stet_warc_tell(r, STET_WARC_GZIP_MEMBER, r->offset, STET_EFORMAT,
                          "several records in one compressed member");
}

/* Moves a header to `text`: as WARC has it, then as it is. */
static int take_header(struct stet_warc_reader *r, struct stet_span header,
                       size_t raw_len)
{
    int rc;

    stet_buf_reset(&r->text);
    stet_buf_add_span(&r->text, header);
    stet_buf_add(&r->text, r->ahead.data, raw_len);
    rc = stet_buf_status(&r->text);
    if (rc == STET_OK)
        rc = stet_warc_head_parse(&r->head, r->text.data, header.len);
    if (rc < 0)
        return stet_fail(&r->why, rc, "no memory for a header");
    return STET_OK;
}

static int take_arc_line(struct stet_warc_reader *r, size_t *raw_len)
{
    struct stet_span line = stet_warc_ahead_line(r, 0);
    struct stet_arc_line arc;
    int rc;

    stet_arc_line_parse(&arc, line); /* it is one: that was asked for */
    rc = stet_arc_line_to_header(&r->arc, &arc, r->offset);
    if (rc < 0)
        return stet_fail(&r->why, rc, "no memory for a header");
    *raw_len = line.len + 1;
    if (line.ptr[line.len] == '\r')
        ++*raw_len;
    rc = take_header(r, stet_buf_span(&r->arc.text), *raw_len);
    if (rc == STET_OK && stet_date_parse_digits(arc.date) == STET_NO_DATE)
        rc = stet_warc_tell(r, STET_WARC_HEADER_LINE, r->offset, STET_EFORMAT,
                            "a header line without a good date");
    return rc;
}

/* STET_END: what stands here is no record after all; look on. */
static int take_warc_header(struct stet_warc_reader *r, size_t *raw_len)
{
    int rc = read_header(r, raw_len);

    if (rc == STET_OK)
        rc = take_header(
            r, stet_span_sub(stet_buf_span(&r->ahead), 0, *raw_len), *raw_len);
    if (rc != STET_OK)
        return rc;
    if (stet_warc_is_version(stet_span_trim(r->head.version)))
        return judge_lines(r);
    stet_warc_ahead_drop(r, 1);
    rc = stet_warc_tell_garbage(r);
    return rc < 0 ? rc : STET_END;
}

static int next_record(struct stet_warc_reader *r, struct stet_warc_record *rec)
{
    bool is_arc = !stet_span_istarts(stet_buf_span(&r->ahead), "WARC/");
    size_t raw_len = 0;
    int rc = note_place(r);

    if (rc == STET_OK)
        rc =
            is_arc ? take_arc_line(r, &raw_len) : take_warc_header(r, &raw_len);
    if (rc != STET_OK)
        return rc;
    r->kind = is_arc ? STET_WARC_KIND_ARC : STET_WARC_KIND_WARC;
    stet_warc_ahead_drop(r, raw_len);
    rc = fill_record(r, rec, r->text.len - raw_len);
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
        rc = stet_warc_find_record(r);
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
        rc = stet_warc_ahead_more(r);
        if (rc == STET_END)
            rc = stet_warc_ahead_cross(r);
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
    stet_warc_ahead_drop(r, n);
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
    if (stet_warc_is_plain(r))
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
    r->mid_line = false;
    return answer(r, STET_OK, err);
}

bool stet_warc_reader_is_compressed(const struct stet_warc_reader *r)
{
    return !stet_warc_is_plain(r);
}

enum stet_warc_packing stet_warc_reader_packing(
    const struct stet_warc_reader *r)
{
    return r->stream.packing;
}
