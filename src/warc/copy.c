#include "stet/copy.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/spool.h"
#include "warc/outfile.h"
#include "warc/reader.h"
#include "warc/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum {
    PIECE = 64 * 1024,
    IN_MEMORY = 8 << 20,    /* of a record; beyond it a temporary file */
    RECORD_END = 4,         /* CR LF CR LF after the block */
    URL_SHOWN = 120,        /* bytes of it, in what is told */
    REREAD_FREE = 64 << 20, /* see may_reread() */
};

/* Where in a record the reader is when it tells a problem. */
enum phase { NEXT, BLOCK, FINISH };

/* The record that was read last; what follows it is not known yet. */
struct held {
    bool any;
    uint64_t offset, length; /* length: as stet_warc_reader_finish() says */
    uint64_t end;            /* plain: of the block */
    uint64_t header_len;
    unsigned in_member;
    bool cut;       /* the block is not whole */
    bool no_length; /* there is no good Content-Length */
    bool runs_on;   /* the header does, into another record's */
    bool ends_ill;  /* no two line ends after it */
    bool broke;     /* its member did, while it was read */
    bool broke_on;  /* its member did, after it */
    bool truncated; /* the break is the file's end */
    struct stet_warc_verdicts verdicts;
    char name[URL_SHOWN + 40]; /* "response of http://..." */
};

struct copier {
    const struct stet_warc_copy_options *options;
    struct stet_warc_copy_result *result;
    struct stet_warc_reader *reader;
    bool mend;
    enum phase phase;
    struct held held;
    struct stet_spool record; /* header and block of held */
    uint64_t size;            /* of the input; 0: not known */
    uint64_t good_end;        /* where the last good record ended */
    uint64_t reread;          /* bytes */
    struct stet_warc_outfile *out;
    bool any_broken;          /* a member was */
    bool broken_by_end;       /* of the file: the last one that was */
    uint64_t broken_at;       /* likewise */
    struct stet_error damage; /* the first that recompressing cannot take */
    char piece[PIECE];
};

/* -- telling --------------------------------------------------------------- */

static void note(struct copier *c, enum stet_warc_copy_note kind,
                 uint64_t offset, const char *text)
{
    if (c->options->on_note)
        c->options->on_note(c->options->ctx, kind, offset, text);
}

STET_PRINTF(4, 5)
static void notef(struct copier *c, enum stet_warc_copy_note kind,
                  uint64_t offset, const char *fmt, ...)
{
    char text[URL_SHOWN + 160];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    note(c, kind, offset, text);
}

static bool is_broken_member(enum stet_warc_problem p)
{
    return p == STET_WARC_GZIP_BROKEN || p == STET_WARC_GZIP_CHECKSUM ||
           p == STET_WARC_GZIP_TRUNCATED;
}

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct copier *c = ctx;
    struct held *h = &c->held;

    c->result->problems++;
    note(c, STET_WARC_NOTE_PROBLEM, offset, text);
    if (stet_warc_problem_is_damage(p) && c->damage.code == 0)
        stet_fail(&c->damage, STET_EFORMAT, "damaged at %" PRIu64 ": %s",
                  offset, text);
    if (is_broken_member(p)) {
        c->any_broken = true;
        c->broken_at = offset;
        c->broken_by_end = p == STET_WARC_GZIP_TRUNCATED;
    }
    if (!h->any)
        return;
    if (is_broken_member(p) && c->phase != NEXT)
        h->broke = true;
    else if (is_broken_member(p) && offset == h->offset)
        h->broke_on = true;
    if (p == STET_WARC_GZIP_TRUNCATED)
        h->truncated = true;
    if (p == STET_WARC_RECORD_END && c->phase == FINISH)
        h->ends_ill = true;
}

/* -- writing --------------------------------------------------------------- */

static int write_record(struct copier *c, struct stet_error *err)
{
    struct stet_span parts[] = { { NULL, 0 }, STET_SPAN_INIT("\r\n\r\n") };
    int rc = stet_spool_view(&c->record, &parts[0], err);

    c->result->records++;
    return rc == STET_OK ? stet_warc_outfile_add(c->out, parts, 2, err) : rc;
}

/* -- judging --------------------------------------------------------------- */

static bool is_plain(const struct copier *c)
{
    return !stet_warc_reader_is_compressed(c->reader);
}

/* A plain record's end is in doubt: what follows is neither a record nor
 * the end of the file. */
static bool is_astray(const struct copier *c,
                      const struct stet_warc_record *next)
{
    const struct held *h = &c->held;
    uint64_t at = next ? next->offset : c->size;

    return is_plain(c) && h->ends_ill && at != 0 &&
           (at < h->end || at - h->end > RECORD_END);
}

/* Why the held record is not to be kept, or NULL. */
static const char *fault(const struct copier *c,
                         const struct stet_warc_record *next)
{
    const struct held *h = &c->held;
    enum stet_warc_verdict v = h->verdicts.block;
    bool shared = h->in_member > 0 || h->broke_on ||
                  (next && !is_plain(c) && next->offset == h->offset);

    if (h->runs_on)
        return "its header has no end";
    if (h->no_length)
        return "it has no good Content-Length";
    if (h->cut)
        return "its block is cut off";
    if (h->broke && h->truncated)
        return v == STET_WARC_DISPROVEN ? "its block is not what it was" : NULL;
    if (h->broke || h->broke_on)
        return shared && v == STET_WARC_PROVEN
                   ? NULL
                   : "its compressed data is broken";
    if (is_astray(c, next) && v != STET_WARC_PROVEN)
        return "its Content-Length leads astray";
    return NULL;
}

static void tell_digests(struct copier *c)
{
    const struct held *h = &c->held;
    bool block = h->verdicts.block == STET_WARC_DISPROVEN;

    if (!block && h->verdicts.payload != STET_WARC_DISPROVEN)
        return;
    c->result->bad_digests++;
    notef(c, STET_WARC_NOTE_DIGEST, h->offset,
          "the %s of the %s has not the digest that its header says",
          block ? "block" : "payload", h->name);
}

/* What lies between the last good record and `to` gave nothing. */
static void tell_gap(struct copier *c, uint64_t to)
{
    uint64_t n;

    if (to <= c->good_end + RECORD_END)
        return;
    n = to - c->good_end;
    c->result->gap_bytes += n;
    notef(c, STET_WARC_NOTE_GAP, c->good_end,
          "from here to %" PRIu64 ", %" PRIu64 " bytes gave no record", to, n);
}

/*
 * A plain record that is lost may have led across others: then its block is
 * looked through.  Each time costs a read, so a file made to cost many is
 * given up on: its records are then searched after the block.
 */
static bool may_reread(struct copier *c)
{
    const struct held *h = &c->held;
    uint64_t cost = h->cut ? 0 : h->end - h->offset;

    if (!is_plain(c) || (h->no_length && !h->runs_on) ||
        c->reread + cost > REREAD_FREE + 4 * c->size)
        return false;
    c->reread += cost;
    return true;
}

/*
 * Decides on the held record, now that it is known what follows.  *again:
 * the reader was set back, and `next` is not to be used.
 */
static int judge(struct copier *c, const struct stet_warc_record *next,
                 bool *again, struct stet_error *err)
{
    struct held h = c->held;
    const char *why;
    int rc;

    *again = false;
    if (!h.any)
        return STET_OK;
    why = fault(c, next);
    c->held.any = false;
    if (!why) {
        if (h.in_member == 0)
            tell_gap(c, h.offset);
        tell_digests(c);
        rc = write_record(c, err);
        if (h.length > 0)
            c->good_end = h.offset + h.length;
        return rc;
    }
    if (!c->mend)
        return stet_fail(err, STET_EFORMAT, "damaged at %" PRIu64 ": %s",
                         h.offset, why);
    c->result->lost++;
    notef(c, STET_WARC_NOTE_LOST, h.offset, "the %s is lost: %s", h.name, why);
    if (may_reread(c))
        *again = stet_warc_reader_seek(
                     c->reader, h.offset + (h.runs_on ? 1 : h.header_len),
                     NULL) == STET_OK;
    return STET_OK;
}

/* -- reading --------------------------------------------------------------- */

static void hold(struct copier *c, const struct stet_warc_record *rec)
{
    struct stet_span length = stet_warc_record_field(rec, "Content-Length");
    struct stet_span url = stet_warc_record_uri(rec, "WARC-Target-URI");
    struct held *h = &c->held;
    uint64_t n;

    *h = (struct held){ .any = true,
                        .offset = rec->offset,
                        .header_len = rec->raw_header.len,
                        .in_member = rec->in_member };
    h->no_length = !stet_span_to_u64(length, &n);
    h->runs_on = stet_span_ifind(rec->raw_header, STET_SPAN("\nWARC/")) <
                 rec->raw_header.len;
    /* A small member has been read whole by now. */
    h->broke = !is_plain(c) && c->any_broken && c->broken_at == rec->offset;
    h->truncated = h->broke && c->broken_by_end;
    h->end = rec->offset + rec->raw_header.len;
    if (rec->block_length < UINT64_MAX - h->end)
        h->end += rec->block_length;
    else
        h->end = UINT64_MAX;
    snprintf(h->name, sizeof(h->name), "%.*s%s%.*s",
             rec->type.len < 20 ? (int)rec->type.len : 20, rec->type.ptr,
             url.len > 0 ? " of " : "",
             url.len < URL_SHOWN ? (int)url.len : URL_SHOWN,
             url.len > 0 ? url.ptr : "");
}

/* A plain block that passes the end of the file need not be read to know. */
static bool passes_end(const struct copier *c)
{
    return is_plain(c) && c->size > 0 && c->held.end > c->size;
}

static int read_block(struct copier *c, struct stet_error *err)
{
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0) {
        rc = stet_warc_reader_read(c->reader, c->piece, PIECE, &got, err);
        if (rc == STET_ETRUNC) {
            c->held.cut = true;
            return STET_OK;
        }
        if (rc == STET_OK)
            rc = stet_spool_add(&c->record, c->piece, got, err);
    }
    return rc;
}

/* Reads the record that the reader is at. */
static int take(struct copier *c, const struct stet_warc_record *rec,
                struct stet_error *err)
{
    struct stet_span header = rec->is_arc ? rec->header : rec->raw_header;
    struct held *h = &c->held;
    struct stet_span all;
    int rc;

    hold(c, rec);
    if (c->mend && (h->runs_on || passes_end(c))) {
        h->cut = true;
        return STET_OK;
    }
    rc = stet_spool_cut(&c->record, 0, err);
    if (rc == STET_OK)
        rc = stet_spool_add(&c->record, header.ptr, header.len, err);
    c->phase = BLOCK;
    if (rc == STET_OK)
        rc = read_block(c, err);
    c->phase = FINISH;
    if (rc == STET_OK)
        rc = stet_warc_reader_finish(c->reader, &h->length, err);
    c->phase = NEXT;
    if (rc < 0 || h->cut || rec->is_arc) /* ARC has no digests */
        return rc;
    rc = stet_spool_view(&c->record, &all, err);
    return rc == STET_OK ? stet_warc_verify(&h->verdicts, rec, all, err) : rc;
}

static int copy_all(struct copier *c, struct stet_error *err)
{
    struct stet_warc_record rec;
    bool again;
    int rc = STET_OK;

    while (rc == STET_OK) {
        int next = STET_OK;

        /* A lost record is left without reading it to its end. */
        if (c->mend && c->held.any && c->held.cut && is_plain(c))
            rc = judge(c, NULL, &again, err);
        if (rc == STET_OK)
            next = stet_warc_reader_next(c->reader, &rec, err);
        if (rc < 0 || next < 0)
            return rc < 0 ? rc : next;
        rc = judge(c, next == STET_OK ? &rec : NULL, &again, err);
        if (rc == STET_OK && !c->mend && c->damage.code != 0) {
            if (err)
                *err = c->damage;
            return c->damage.code;
        }
        if (rc < 0 || again)
            continue;
        if (next == STET_END)
            break;
        rc = take(c, &rec, err);
    }
    if (rc == STET_OK && c->size > 0)
        tell_gap(c, c->size);
    return rc;
}

/* -- the whole ------------------------------------------------------------- */

static int run(struct copier *c, const char *in, const char *out,
               struct stet_error *err)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, c };
    struct stet_warc_press_options how = {
        .packing = c->options->packing,
        .level = c->options->level,
        .dictionary = c->options->dictionary,
    };
    int rc = stet_warc_infile_check(in, &c->size, err);

    if (rc == STET_OK)
        rc = stet_warc_reader_open(&c->reader, in, &o, err);
    if (rc == STET_OK)
        c->good_end = c->reader->stream.first;
    if (rc == STET_OK)
        rc = stet_warc_outfile_open(&c->out, out, &how, err);
    if (rc == STET_OK)
        rc = copy_all(c, err);
    if (rc == STET_OK && c->mend && c->result->records == 0)
        rc = stet_fail(err, STET_EFORMAT, "no whole record is in %s", in);
    return stet_warc_outfile_close(c->out, rc, &c->result->bytes, err);
}

static int copy(bool mend, const char *in, const char *out,
                const struct stet_warc_copy_options *options,
                struct stet_warc_copy_result *result, struct stet_error *err)
{
    static const struct stet_warc_copy_options none = { 0 };
    struct stet_warc_copy_result unasked;
    struct copier *c = stet_alloc(sizeof(*c));
    int rc;

    if (!result)
        result = &unasked;
    *result = (struct stet_warc_copy_result){ 0 };
    if (!c)
        return stet_fail(err, STET_ENOMEM, "no memory to copy a WARC");
    c->options = options ? options : &none;
    c->result = result;
    c->mend = mend;
    stet_spool_init(&c->record, NULL, IN_MEMORY);
    rc = run(c, in, out, err);
    stet_warc_reader_free(c->reader);
    stet_spool_clear(&c->record);
    stet_free(c);
    return rc;
}

int stet_warc_recompress(const char *in, const char *out,
                         const struct stet_warc_copy_options *options,
                         struct stet_warc_copy_result *result,
                         struct stet_error *err)
{
    return copy(false, in, out, options, result, err);
}

int stet_warc_mend(const char *in, const char *out,
                   const struct stet_warc_copy_options *options,
                   struct stet_warc_copy_result *result, struct stet_error *err)
{
    return copy(true, in, out, options, result, err);
}
